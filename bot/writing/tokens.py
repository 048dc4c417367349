"""The words of a text as they are compared: what must stand in the quote, and what is free to come and go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

NEGATIONS: Final = frozenset({"không", "chưa", "cấm", "chẳng", "chớ", "đừng"})
_LIMITS: Final = (
    "trừ", "chỉ", "nếu", "khi", "hoặc", "riêng", "trường hợp", "đối với", "có thể", "ít nhất", "nhiều nhất",
    "chậm nhất", "tối thiểu", "tối đa",
)  # fmt: skip
_NO_LIMITS: Final = (
    "khai trừ", "chỉ thị", "chỉ đạo", "chỉ huy", "chỉ tiêu", "chỉ số", "chỉ dẫn", "chỉ định", "nói riêng",
)  # fmt: skip
_FREE: Final = ("là", "của", "các", "những", "thì", "mà", "về", "tại", "ở", "trong", "vào", "và", "này", "đó")
_COUNTING: Final = (
    "một", "hai", "ba", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "trăm", "nghìn", "ngàn",
    "triệu", "tỷ", "tỉ", "nửa",
)  # fmt: skip
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD: Final = re.compile(r"\w+(?:[-/.,:]\w+)*%?|(?P<stop>,)")


@dataclass(frozen=True)
class Token:
    """``form``: how it is compared. ``before_comma``: nothing but a comma stands between it and the next one."""

    form: str
    before_comma: bool = False

    @property
    def is_number(self) -> bool:
        return any(map(str.isdigit, self.form)) or self.form in _COUNTED

    @property
    def is_negation(self) -> bool:
        return self.form in _NEGATED


def tokens_of(text: str) -> tuple[Token, ...]:
    """Without the words that are free."""
    found: list[Token] = []
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        if match["stop"]:
            found[-1:] = [Token(each.form, before_comma=True) for each in found[-1:]]
        elif (form := form_of(match[0])) not in _FREED:
            found.append(Token(form))
    return tuple(found)


def limits_in(tokens: Sequence[Token]) -> int:
    """How many words narrow what is said ("chỉ", "có thể", "ít nhất"): none of the quote's may be lost."""
    said = f" {' '.join(each.form for each in tokens)} "
    return _count(_LIMITED, said) - _count(_NOT_LIMITED, said)


def _count(phrases: Iterable[str], said: str) -> int:
    return sum(said.count(f" {phrase} ") for phrase in phrases)


def form_of(word: str) -> str:
    """In lower case, the tone behind the letters, so that ``hoà`` is ``hòa``; a number without leading zeros.

    Other marks stay where they are: ``cấm`` is not ``cầm``.
    """
    if word.isdecimal():
        return str(int(word))
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(each for each in letters if each in _TONES)
    return unicodedata.normalize("NFC", "".join(each for each in letters if each not in _TONES)) + tones


_NEGATED: Final = frozenset(map(form_of, NEGATIONS))
_LIMITED: Final = tuple(" ".join(map(form_of, phrase.split())) for phrase in _LIMITS)
_NOT_LIMITED: Final = tuple(" ".join(map(form_of, phrase.split())) for phrase in _NO_LIMITS)
_FREED: Final = frozenset(map(form_of, _FREE))
_COUNTED: Final = frozenset(map(form_of, _COUNTING))
