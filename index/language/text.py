"""The two texts of a line: what is printed and quoted, and the keys by which it is searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_QUALITIES = "\u0302\u0306\u031b"  # circumflex, breve, horn: they belong to the letter, so they stand before its tone
_MARK_RUN = re.compile(f"[{_TONES}{_QUALITIES}]{{2,}}")
_CLUSTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]*", re.DOTALL)
_SPACES = re.compile(r"\s+")
_SYLLABLE = re.compile(r"[^\W_]+")

_INVISIBLE = (
    *range(0x00, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x180E,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
)  # fmt: skip
_REPAIRS: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ",  # look-alikes that OCR and old fonts leave behind
}  # fmt: skip
_NEEDS_REPAIR = re.compile("[" + "".join(map(re.escape, map(chr, _REPAIRS))) + "\u0300-\u036f]")

_DASH = re.compile("[‐‑‒–—―⁃−⸺⸻﹘﹣－]")
_OLD_TONES = {
    new: old
    for letter, toned, other in (("o", "òóỏõọ", "aàáảãạ"), ("o", "òóỏõọ", "eèéẻẽẹ"), ("u", "ùúủũụ", "yỳýỷỹỵ"))
    for new, old in ((letter + other[tone + 1], toned[tone] + other[0]) for tone in range(5))
}
_NEW_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")


class _Plain(dict[int, str]):
    """Letter -> the same without its marks, always one character; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code))
        self[code] = letters[0] if all(map(unicodedata.combining, letters[1:])) else chr(code)
        return self[code]


_PLAIN = _Plain({ord("đ"): "d"})


def printed(line: str) -> str:
    """The printed text of one line: composed, marks in order, single spaces, nothing invisible; idempotent."""
    return _SPACES.sub(" ", _repaired(line)).strip()


def key(text: str) -> str:
    """The search key: lower case, old tone placement (hoà -> hòa), every dash ``-``; as long as `text`."""
    lower = _DASH.sub("-", text).replace("İ", "i").lower()  # "İ".lower() would be two characters
    return _NEW_TONE.sub(lambda match: _OLD_TONES[match[0]], lower)


def fold(text: str) -> str:
    """The search key without accents (đ -> d); as long as `text`."""
    return key(text).translate(_PLAIN)


def syllables(text: str) -> list[str]:
    """The runs of letters and digits, in order."""
    return _SYLLABLE.findall(text)


def aligned(text: str) -> tuple[str, Sequence[int]]:
    """The text with its letters repaired as in `printed`, and for each character and the end its offset in `text`."""
    if not _needs_repair(text):
        return text, range(len(text) + 1)
    shown: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _repaired(cluster[0])
        shown.append(piece)
        offsets.extend([cluster.start()] * len(piece))
    return "".join(shown), (*offsets, len(text))


def _needs_repair(text: str) -> bool:
    return _NEEDS_REPAIR.search(text) is not None or not unicodedata.is_normalized("NFC", text)


def _repaired(text: str) -> str:
    """NFC alone does not compose ``e + acute + circumflex``: marks of one combining class keep their order."""
    if not _needs_repair(text):
        return text
    text = unicodedata.normalize("NFD", text.translate(_REPAIRS))
    return unicodedata.normalize("NFC", _MARK_RUN.sub(_qualities_first, text))


def _qualities_first(marks: re.Match[str]) -> str:
    return "".join(sorted(marks[0], key=_TONES.__contains__))
