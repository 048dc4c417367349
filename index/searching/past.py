"""Whether a question asks for what held before, or for a draft: pure functions over what a person typed."""

from __future__ import annotations

import re

from index.language.text import fold, key

_BEFORE = r"(?:(?:thoi gian )?truoc (?:day|kia)|(?:hoi|luc|thoi gian|thoi ky) truoc)"
_SPELLED = re.compile(r"(?:(?:thời gian )?trước (?:đây|kia)|(?:hồi|lúc|thời gian|thời kỳ) trước)")
_ASKS_FIRST = re.compile(r"\b(?:xin|cho|toi|em|minh|muon|can|phep) hoi truoc\b")
"""Without accents "hỏi trước" (to ask first) is "hồi trước"."""
_PERSON = r"(?:toi|em|minh|chau|tui|anh|chi|bac|dong chi|chung toi|bot|ad)"
_TALK = r"(?:hoi|nhan|trao doi|gui|noi chuyen|tra loi|thac mac|phan anh|lien he)"
_PAPER = (
    r"(?:van ban|vb|quy dinh|quyet dinh|chi thi|nghi quyet|quy che|huong dan|ket luan|thong bao|ke hoach|chuong trinh"
    r"|cong van|dieu le|ban|noi dung|cach tinh|muc)"
)
_IN_TIME = re.compile(
    rf"\b{_BEFORE}\b"
    r"(?! \d+ (?:ngay|tuan|gio))"
    rf"(?! (?:{_PERSON} )?(?:(?:co|da|tung|vua|cung) )*{_TALK}\b)"
)
_SAID_OF_SOMEBODY = re.compile(
    r"\b(?:dang vien|nguoi|can bo|quan chung|cong dan|cong chuc|don vi|chi bo|bi thu|ho gia dinh|doan vien)"
    rf"(?: \w+)? {_BEFORE} (?:da |tung |van )*(?:bi|duoc|la|lam|cong tac|sinh hoat|co|vi pham|tham gia|hoc|song|o)\b"
)
"""``đảng viên trước đây bị khai trừ``: a person's past, not the papers'."""
_NO_LONGER = re.compile(
    r"\bda het hieu luc\b|\b(?:bi|da duoc) (?:thay the|bai bo|huy bo)\b|\bkhong con hieu luc\b"
    r"|\b(?:truoc khi|luc chua|khi chua) (?:bi |duoc |co )?(?:sua(?: doi)?|thay the|bo sung|quy dinh moi|van ban moi)\b"
)
_OLD = re.compile(rf"\b{_PAPER} cu\b(?! (?:the|tri|nguoi|chi|ly|hanh|tuyen|di|lam)\b)")
_OLD_SPELLED = re.compile(r"(?<!\w)cũ(?!\w)")
_DRAFT = re.compile(
    r"\b(?:ban|trong|theo|tai|cua|xem|van ban|la) (?:ban )?du thao\b|\bdu thao (?:lan|moi)\b"
    rf"|^du thao\b|\bdu thao (?:{_PAPER} )(?:[\w/-]+ ){{0,12}}(?:noi|neu|quy dinh|co) (?:gi|nhung|the nao|nhu)\b"
)
_WORK_ON_DRAFT = re.compile(
    r"\b(?:gui|soan|soan thao|chuan bi|xay dung|gop y|lay y kien|thao luan|thong qua|trinh|hoan thien|viet|tham dinh"
    r"|phat|nhan|ky|duyet|cho y kien)(?: \w+){0,4} du thao\b|\bdu thao(?: \w+){0,8} (?:gui|duoc gui|duoc trinh|trinh)\b"
)
"""``gửi dự thảo nghị quyết trước ba ngày``: what is to be done with drafts, not what one of them says."""


def asks_past(text: str) -> bool:
    """The question asks for what held before ("trước đây", "quy định cũ", "đã hết hiệu lực"), typed with or without
    accents; not for what somebody did before.
    """
    keyed, folded = _read(text)
    return bool(_time_words(keyed, folded) or _NO_LONGER.search(folded) or _is_old(keyed, folded))


def without_past(text: str) -> str:
    """The words "trước đây" and the like blanked out, each in its place: no paper says them of itself."""
    for match in _time_words(key(text), fold(text)):
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


def asks_draft(text: str) -> bool:
    """The question asks what a draft says ("bản dự thảo", "dự thảo lần 2"); not what is to be done with drafts."""
    _, folded = _read(text)
    return bool(_DRAFT.search(folded)) and not _WORK_ON_DRAFT.search(folded)


def _time_words(keyed: str, folded: str) -> list[re.Match[str]]:
    if _SAID_OF_SOMEBODY.search(folded) or _ASKS_FIRST.search(folded):
        return []
    return [match for match in _IN_TIME.finditer(folded) if _is_so_spelled(keyed[slice(*match.span())], match[0])]


def _is_so_spelled(keyed: str, folded: str) -> bool:
    """Where accents are typed, they are those of these words: "hỏi trước" is no "hồi trước"."""
    return keyed == folded or _SPELLED.fullmatch(keyed) is not None


def _is_old(keyed: str, folded: str) -> bool:
    """Where accents are typed, "cũ" stands there as spelled: "quy định cụ thể" is none."""
    return bool(_OLD.search(folded)) and (keyed == folded or bool(_OLD_SPELLED.search(keyed)))


def _read(text: str) -> tuple[str, str]:
    """The key and the folded form, single-spaced."""
    text = " ".join(text.split())
    return key(text), fold(text)
