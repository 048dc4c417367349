"""The wording of a turn: folded syllables, the words that carry no subject of their own.

A *form* is the turn in lower case without accents, syllables divided by one space. Where folding joins two words of
which one matters (``đó``/``do``, ``còn``/``con``), a turn typed with accents keeps the other one apart with a ``~``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from index import DocumentNumber, fold

_KEPT: Final = {
    "do": "đó", "nay": "này", "ay": "ấy", "no": "nó", "con": "còn", "the": "thế", "vay": "vậy", "tren": "trên",
    "khoan": "khoản", "diem": "điểm", "chao": "chào", "da": "dạ", "vang": "vâng",
}  # fmt: skip


def form_of(text: str) -> str:
    return " ".join(_forms(_words(text)))


def cut(text: str, *patterns: re.Pattern[str]) -> str:
    """The words of the turn, as typed, without those whose form the patterns match."""
    words = _words(text)
    for pattern in patterns:
        form = " ".join(_forms(words))
        places = [place for match in pattern.finditer(form) for place in range(*match.span()) if form[place] != " "]
        covered = {form[:place].count(" ") for place in places}
        words = [word for position, word in enumerate(words) if position not in covered]
    return " ".join(words) if len(words) < len(_words(text)) else text


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.]*\w", unicodedata.normalize("NFC", text))


def _forms(words: list[str]) -> list[str]:
    accented = any(fold(word) != word.lower() for word in words)
    return [_keep_apart(word.lower()) if accented else fold(word) for word in words]


def _keep_apart(word: str) -> str:
    folded = fold(word)
    return folded if _KEPT.get(folded, word) == word else f"{folded}~"


def without_numbers(text: str, numbers: Iterable[DocumentNumber]) -> str:
    """The turn with the document numbers cut out."""
    for number in sorted(numbers, key=lambda each: each.span.start, reverse=True):
        text = f"{text[: number.span.start]} {text[number.span.end :]}"
    return " ".join(text.split())


TYPES: Final = (
    "van ban|vb|chi thi|nghi quyet|quy dinh|quyet dinh|ket luan|huong dan|thong bao|ke hoach|chuong trinh|de an|"
    "bao cao|quy che|thong tri|cong van|to trinh|du an|phuong an|tai lieu"
)

_PERSON = r"(?:dong chi|d c|ad|admin|bot|ban|anh|chi|em|co|chu|bac)"
_ME = r"(?:toi|em|minh|tui|chau|tao)"
_POLITE_OPENING = re.compile(
    rf"^(?:(?:da|vang|ok|oke|uhm?|um|alo|oi|a|lam on|vui long|cam on(?: {_PERSON})?"
    rf"|(?:xin |kinh )?chao~?(?: {_PERSON})?|{_PERSON} (?:oi|a))\b\s*"
    rf"|(?:{_PERSON} )?(?:xin |cho )?(?:phep )?(?:cho )?(?:{_ME} )?(?:muon |can )?hoi\b"
    r"(?: them| tiep| chut| ti| xiu| la| rang| ve viec)*\s*"
    rf"|(?:{_PERSON} )?cho {_ME} biet\s*)+"
)
_ITEM = re.compile(
    r"\b(?:(?:dieu|khoan|diem|muc|tieu muc|tiet|phan|chuong|phu luc|doan|cau|y) (?:thu |so )?"
    r"(?:\d+(?:\.\d+)*[a-z]?|dau tien|dau|cuoi cung|cuoi|tiep theo|ke tiep|tiep|sau|truoc|nhat|hai|ba)"
    r"|(?:diem|tiet) [a-z]|(?:phan|chuong|muc|phu luc) [ivxl]+)(?=\s|$)"
)
BEFORE: Final = "truoc day|truoc kia|hoi truoc|luc truoc"
_FILLING_PHRASES = re.compile(
    rf"\b(?:{TYPES}|{BEFORE}|ngay thang nam nao|ngay nao|bao gio|khi nao|luc nao|bao nhieu|bao lau|nhu the nao|the nao|"
    r"ra sao|tai sao|vi sao|lam sao|cu the|chi tiet|ro hon|noi ro|chinh xac|giai thich|dong chi|cho biet|cho hoi|"
    r"giup voi|giup|quy dinh|noi dung|van de|truong hop|chu tri|thuc hien|chiu trach nhiem|"
    r"phu trach|phoi hop|ap dung|(?:ban hanh )?kem theo)\b"
)
_FILLING_WORDS = """
    ~ ai gi nao sao may khi luc thi la co khong ko k hong a ah ha nhi nhe vay~ vay the the~ do do~ nay nay~ ay
    no con con~ va hay hoac cua cho ve trong theo voi den tu tai o duoc dc phai can nhu da da~ se hoi xin toi
    em minh tui anh chi biet noi neu hon di them tiep nua roi ma thoi cac nhung cai viec dieu khoan diem muc tren
    thuoc bi boi ra de lam van ntn j z v ngay thang nam bang gom so vua dau xem
"""
_FILLERS = frozenset(_FILLING_WORDS.split())


def content_of(form: str) -> tuple[str, ...]:
    """The syllables that name a subject: without items (``khoản 2``), question words and other filling."""
    rest = _FILLING_PHRASES.sub(" ", _ITEM.sub(" ", _POLITE_OPENING.sub("", form)))
    return tuple(syllable for syllable in rest.split() if syllable not in _FILLERS)


def names_item(form: str) -> bool:
    return bool(_ITEM.search(form))


_COMPARING = re.compile(
    r"\b(?:so sanh|doi chieu|khac nhau|giong nhau|khac gi nhau|khac gi|khac biet|khac|giong gi|giua|su)\b"
)


_KINDS = re.compile(rf"\b(?:{TYPES})\b")
_BESIDE_THE_MATTER = re.compile(
    r"\b(?:(?:o )?(?:cho|diem|nhung diem) nao|(?:noi|quy dinh|ghi|viet)?(?: la)? (?:sao|the nao|nhu the nao|ra sao)"
    r"|moi (?:ben|van ban|cai)|hai (?:ben|van ban|cai)(?: nay| do)?|voi nhau|nhu nhau|voi|va|con)\b"
)
_LEADING = re.compile(r"^(?:(?:ve|trong|theo|cua) )+")


def without_comparing(text: str) -> str:
    """The words of a turn, as typed, without those that only ask for a comparison, or name kinds of papers."""
    return cut(text, _COMPARING, _KINDS, _BESIDE_THE_MATTER, _LEADING)


def names_nothing_else(form: str) -> bool:
    """Nothing but the papers (whose numbers are cut out) is said: ``so sánh … và …``."""
    return not names_item(form) and not content_of(_COMPARING.sub(" ", form))


def without_opening(form: str) -> str:
    """Without ``dạ cho em hỏi`` and the like in front."""
    return _POLITE_OPENING.sub("", form).strip()
