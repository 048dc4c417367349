"""What a clause says by the way, blanked in its shape: brackets, what became of a paper earlier, exceptions, adverbs.

"Luật số 5 (gọi tắt là …) đã được sửa đổi theo Luật số 9 nay hết hiệu lực, trừ Điều 70" says of Luật số 5 only that it
ends. An exception is blanked too: whoever reads the clause makes what is said of the whole paper a proposal.
"""

from __future__ import annotations

import re

from index.language.text import key

_R, _P = "\x01++", "\x02++"
_BRACKET = re.compile(r"\(([^()]{0,600})\)")
_ITEM = re.compile(r"\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\s*")
_PLACE = re.compile(rf"\s*(?:tại|ở|trong|thuộc)\s+{_P}\s*")
_RULES = re.compile(
    r"\s*(?:\x03++\s+)?(?:(?:được\s+)?(?:ban\s+hành\s+)?(?:để\s+)?)?(?:thay\s+thế|thay|bãi\s+bỏ|sửa\s+đổi|bổ\s+sung)"
    r"(?:\s+cho)?\s+[^()]{0,30}[\x01\x02]"
)
_CHANGED = r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|điều\s+chỉnh|hợp\s+nhất|kéo\s+dài|gia\s+hạn|đính\s+chính)"
_RETOLD = re.compile(
    rf"(?<=[\x01\x02])\s*,?\s*(?:đã\s+)?(?:được|bị)\s+{_CHANGED}(?:\s*(?:,|và|,\s*và)\s+{_CHANGED})*+"
    rf"[^;:.\x01-\x03\x05]{{0,60}}?\s(?:theo|bởi|tại|bằng|ở)\s+(?:các\s+)?(?:{_P}[^;:\x01-\x05]{{0,30}}?)?{_R}"
    rf"(?:(?:\s*,\s*(?:và\s+)?|\s+và\s+)(?:{_P}[^;:,\x01-\x05]{{0,12}}?)?{_R})*+"
)
_EXCEPT = re.compile(
    r"(?P<first>^\W*(?:ngoại\s+)?trừ\s[^;,]*,)|(?<!\w)(?:(?:ngoại\s+)?trừ|không\s+bao\s+gồm)(?!\w)[^;]*"
)
_KEPT = re.compile(
    r"(?<!\w)(?:trừ|không\s+bao\s+gồm|riêng|giữ\s+nguyên)(?!\w)[^;]{0,60}?(?<!\w)(?:điều|khoản|điểm|mục|chương|phần"
    r"|phụ\s+lục)\s+\w"
)
"""Parts that go on to hold, which no relation can say."""
_ADVERBS = re.compile(
    r"(?<!\w)(?:(?<!từ\s)(?<!đến\s)(?<!hiện\s)nay|chính\s+thức|đều|hẳn|đồng\s+loạt|hoàn\s+toàn|đương\s+nhiên"
    r"|cũng|cùng(?=\s+(?:được|bị|hết|thôi|chấm|không)\s))(?!\w)"
)


def without_asides(text: str) -> str:
    """The text of a shape, as long as before."""
    text = _BRACKET.sub(_unbracketed, text)
    text = _RETOLD.sub(_blank, text)
    text = _EXCEPT.sub(_blank, text)
    return _ADVERBS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _unbracketed(match: re.Match[str]) -> str:
    inside = match[1]
    if _ITEM.fullmatch(inside):
        return match[0]
    if _PLACE.fullmatch(inside):
        return f" {inside} "
    return (
        f",{inside.lstrip().ljust(len(inside) + 1)}"
        if _RULES.match(inside) and not _BY.search(inside)
        else _blank(match)
    )


_BY = re.compile(r"(?:bởi|bằng|theo)\s+(?:các\s+)?\x01")


def excepts_parts(clause: str) -> bool:
    """Whether parts of a paper are said to go on holding."""
    return _KEPT.search(key(clause)) is not None
