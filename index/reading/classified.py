"""Marks of state secrecy, on the paper and in the name of its file; in doubt a mark is seen.

The marks are the stamps MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước 117/2025/QH15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.types import Pages

_HEAD_LINES = 40
_TOP_LINES = 5
_LONGEST_HEAD_LINE = 200

_MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_NOT_A_LETTER = re.compile(r"[\W_]+")
_LABEL = re.compile(
    r"^\W*(?:(?:(?:mức|cấp)\s+)?độ\s+mật\s*[:.–-]?|dấu\b(?:\s+(?:chỉ\s+)?độ\s+mật\b)?\s*:?)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s+")
_COPIES = re.compile(
    r"\b(?:(?:bản\s+số|số\s+bản|bản)\b(?:\s*:[\s\d./…_]*|\s*[\d.…_][\d./…_]*)|\d+\s+bản\b)\W*", re.IGNORECASE
)
_URGENCY = re.compile(r"(?:THƯỢNGKHẨN|HỎATỐC|HOẢTỐC|KHẨN)")
_LIST_OR_CELL = re.compile(r"^\s*(?:[-+•]|(?:\d{1,2}|[a-zđ])[.)])\s|\|")
_COUNTED_ROW = re.compile(r"^\W*\d+\W*\|")  # a row of a list of papers

# A title about secrets, broken before its last word, is no stamp; the name of a man called Bảo above a stamp is one.
_BROKEN_TITLE = re.compile(
    r"(?:(?:BẢO VỆ|GIỮ|GIỮ GÌN|LỘ|LỌT|VỀ|TÁC|DANH MỤC|TÀI LIỆU|VÀ|NHỮNG|CÁC|,)\s+|^)BÍ$"
    r"|(?:(?:AN NINH|AN TOÀN|CÔNG TÁC|TĂNG CƯỜNG|VỀ|VÀ|CHẾ ĐỘ|YÊU CẦU|KỶ LUẬT|,|-)\s+|^)BẢO$",
    re.IGNORECASE,
)
_SPEAKS_OF = (
    *("BÍ", "BẢO", "ĐỘ", "DẤU", "MẬT", "LIỆU", "BẢN", "TIN", "SƠ", "VẬT", "ĐIỆN"),
    *("VÀ", "HOẶC", "VỀ", "LÀ"),
)
"""Last words before the mark in a title about secrets ("QUẢN LÝ TÀI LIỆU MẬT")."""

# Two columns of a header that a PDF runs together into one line, and a number with the mark as its suffix.
_SYMBOL = re.compile(r"^\W*Số\s*:?\s*[\d./…_-].{0,60}?(?<![^\W\d_])(?P<mark>(?:TUYỆT\s+|TỐI\s+)?MẬT)(?!\w)")
_BESIDE = re.compile(
    r"^\W*(?P<left>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W+(?:ĐẢNG (?:CỘNG SẢN|BỘ|ỦY|UỶ)|CỘNG (?:HÒA|HOÀ) XÃ HỘI"
    r"|Trang\s+\d|Số\b|[^,]{2,40},\s*ngày\b)"
    r"|(?:VIỆT NAM|năm\s+\d{4})\W+(?P<right>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*$"
)
_AT_THE_END = re.compile(r"^(?P<left>.+?)\W+(?P<mark>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*$")
_PAGE = re.compile(r"\W*Trang\s+\d+(?:\s*/\s*\d+)?\W*$", re.IGNORECASE)

_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"(?:[\s_-]*\(\d+\)|[\s_-]+\d{1,2}|\.[a-z]{2,4})$", re.IGNORECASE)
"""What a browser or a program adds behind a name: "x (1).pdf", "x 2.pdf", "x.docx.pdf"."""
_SECRET = ("mat", "mật")
_DEGREES = {
    "toi": "TỐI MẬT",
    "tối": "TỐI MẬT",
    "tuyet": "TUYỆT MẬT",
    "tuyệt": "TUYỆT MẬT",
    "do": "MẬT",
    "đo": "MẬT",
    "độ": "MẬT",
}
_NO_STAMP_BEFORE = ("bí", "bi", "bảo")  # "bí mật nhà nước", "bảo mật" are what a paper is about
_NO_STAMP_AFTER = ("mã", "khẩu", "vụ", "độ")


def mark_of_name(name: str) -> str | None:
    """The mark that a file name, or a folder above it, carries; ``name`` is a path with forward slashes."""
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    parts = (*path.parent.parts, *_stems(path.stem))
    return next((mark for part in parts if (mark := _mark_of_words(_WORD.findall(part)))), None)


def _stems(stem: str) -> Iterator[str]:
    """The name, and what is left of it as its tails are taken away."""
    yield stem
    while (shorter := _TAIL.sub("", stem)) != stem:
        yield (stem := shorter)


def mark_of_pages(pages: Pages) -> str | None:
    """The mark that stands on a line of its own anywhere, or beside other words of a header."""
    before, seen = "", 0
    for page in pages.pages:
        for position, line in enumerate(filter(None, map(_normal, page))):
            in_head = seen < _HEAD_LINES or position < _TOP_LINES
            mark = _mark_in_head(line) if in_head else None if _LIST_OR_CELL.search(line) else _mark_of_line(line)
            if mark and not _BROKEN_TITLE.search(before):
                return mark
            before, seen = line, seen + 1
    return None


def _normal(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _mark_of_line(line: str) -> str | None:
    """Letters alone decide, so brackets, asterisks and spaced-out letters (M Ậ T) make no difference; capitals only."""
    letters = _NOT_A_LETTER.sub("", _LABEL.sub("", _COPIES.sub(" ", _NUMBERED.sub("", line))))
    return _MARKS.get(letters) or _MARKS.get(_URGENCY.sub("", letters))


def _mark_in_head(line: str) -> str | None:
    """The mark of a line, or of one cell of a table in which the head is set."""
    if len(line) > _LONGEST_HEAD_LINE or _COUNTED_ROW.match(line):
        return None
    cells = map(str.strip, line.split("|"))
    return next((mark for cell in cells if (mark := _mark_of_line(cell) or _mark_beside(cell))), None)


def _mark_beside(line: str) -> str | None:
    if found := _BESIDE.search(line):
        return " ".join((found["left"] or found["right"]).split())
    if (found := _SYMBOL.search(line)) and not line[: found.start("mark")].rstrip().upper().endswith((" BÍ", " BẢO")):
        return " ".join(found["mark"].split())
    found = _AT_THE_END.match(_COPIES.sub(" ", line).strip())
    if found and _stands_before_a_mark(found["left"]):
        return " ".join(found["mark"].split())
    return None


def _stands_before_a_mark(words: str) -> bool:
    """Capitals of a letterhead or a page number, no title that speaks of secrets."""
    return _PAGE.match(words) is not None or (words.isupper() and words.split()[-1].strip(",;") not in _SPEAKS_OF)


def _mark_of_words(words: list[str]) -> str | None:
    for position, word in enumerate(words):
        before = words[position - 1].lower() if position else ""
        after = words[position + 1].lower() if position + 1 < len(words) else ""
        if word.lower() in _SECRET and (mark := _mark_of_word(word, before, after)):
            return mark
    return None


def _mark_of_word(word: str, before: str, after: str) -> str | None:
    """``mat`` may be an unaccented ``mặt``: it counts after a degree or as the last word, not in ``mat-tran``."""
    if before in _NO_STAMP_BEFORE or after in _NO_STAMP_AFTER:
        return None
    if before in _DEGREES and not (word.lower() == "mat" and after in ("tran", "trận")):
        return _DEGREES[before]
    return "MẬT" if word == "MẬT" or not after else None
