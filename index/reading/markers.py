"""The marks that open a numbered unit: Phần, Chương, Mục, Điều, A-, I-, 1., 1.1., II.2., a), -, +, Phụ lục.

Levels and marks as Party and State papers print them (form of documents: 66-QĐ/TW, 399-QĐ/TW; Nghị định 30/2020/NĐ-CP).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from index.language.numerals import roman_value
from index.language.text import fold
from index.types import SectionKind

LETTERS = "abcdđefghijklmnopqrstuvxyz"
"""Order of points: the Vietnamese alphabet with f and j, which word processors count too."""

CAPITALS = "A-ZĐ" + "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "AĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if not (letter + tone).isascii()
)
"""The capital letters of Vietnamese, for a character class."""

_ORDINAL_WORDS = {
    word: value
    for value, words in enumerate(
        ("nhat mot", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi"),
        start=1,
    )
    for word in words.split()
}


class Marker(NamedTuple):
    """The mark at the start of a line.

    ``ordinal``: its number, one part per dot; empty where it has none. ``length``: characters up to the words.
    """

    kind: SectionKind
    label: str
    ordinal: tuple[int, ...]
    style: str
    length: int


_NAMED = re.compile(
    r"(?P<label>(?P<word>phần|chương|mục|phụ\s+lục)\s+(?:số\s+)?(?P<number>thứ\s+\w+|[ivxlc]+|\d+))\b"
    r"(?P<close>\s*[.:)\-–])?\s*",
    re.IGNORECASE,
)
_BARE_ANNEX = re.compile(r"(?P<label>PHỤ\s+LỤC)\s*[:.]?\s*$")
_ARTICLE = re.compile(r"(?P<label>(?:Điều|ĐIỀU)\s+(?P<number>\d{1,3})(?P<letter>[a-zđ]?))(?:\s*[.:)\-–]\s*|$)")
_LETTER = re.compile(r"(?P<label>[A-EĐG])\s?[-.)/–]\s+(?=\S)")
# Not the initials of a name: "V.I. Lênin", "C. Mác".
_ROMAN = re.compile(r"(?P<label>[IVX]{1,6})(?P<style>\s*[-.)/–])\s*(?=\S)(?!\w\.)")
_NUMBER = re.compile(
    r"(?P<label>(?:(?P<roman>[IVX]{1,6})\.)?\d{1,2}(?:\.\d{1,2}){0,3})"
    r"(?P<style>\s?[.)/]|\s?[-–](?=\s)|(?<=\w\.\d)|(?<=\w\.\d\d))"
    rf"(?:\s+(?=[\"“'(\[]?[^\W_])|(?<=[.)])(?=[{CAPITALS}]))"
)
_POINT = re.compile(r"(?P<label>[a-zđ]\s?\))\s*(?=\S)|(?P<slashed>[a-zđ])(?P<style>[./])\s+(?=\S)")
_DASH = re.compile(rf"(?P<label>[-–—•*+])(?:\s+(?=\S)|(?<=[-–+])(?=[{CAPITALS}]))")

_NAMED_KINDS = {
    "phan": SectionKind.PART,
    "chuong": SectionKind.CHAPTER,
    "muc": SectionKind.DIVISION,
    "phu luc": SectionKind.ANNEX,
}


def read_marker(line: str) -> Marker | None:
    """The mark that this line opens with, None for prose. Whether it is in order is decided by the outline."""
    for read in (_read_named, _read_article, _read_number, _read_roman, _read_letter, _read_point, _read_dash):
        if marker := read(line):
            return marker
    return None


def _read_named(line: str) -> Marker | None:
    if match := _BARE_ANNEX.match(line):
        return Marker(SectionKind.ANNEX, match["label"], (), "", match.end())
    match = _NAMED.match(line)
    if not match or not line[0].isupper() or not _names(line[match.end() :], closed=match["close"] is not None):
        return None
    number = fold(match["number"])
    if number.startswith("thu "):
        value = _ORDINAL_WORDS.get(number.removeprefix("thu "), 0)
    else:
        value = int(number) if number.isdigit() else roman_value(number.upper())
    kind = _NAMED_KINDS[" ".join(fold(match["word"]).split())]
    return Marker(kind, match["label"], (value,), "", match.end()) if value else None


def _names(words: str, *, closed: bool) -> bool:
    """The words behind "Chương II" are its name; "Mục 3 nêu trên …", "Chương II Luật này …" are prose."""
    return not words or (words[0].isupper() if closed else words.isupper())


def _read_article(line: str) -> Marker | None:
    match = _ARTICLE.match(line)
    if not match:
        return None
    letter = (LETTERS.index(match["letter"]) + 1,) if match["letter"] else ()
    return Marker(SectionKind.ARTICLE, match["label"], (int(match["number"]), *letter), "", match.end())


def _read_letter(line: str) -> Marker | None:
    """``A- TÊN PHẦN``, in capitals throughout: a part."""
    match = _LETTER.match(line)
    if not match or not line.isupper():
        return None
    return Marker(SectionKind.PART, match["label"], ("ABCDĐEG".index(match["label"]) + 1,), "", match.end())


def _read_roman(line: str) -> Marker | None:
    match = _ROMAN.match(line)
    value = roman_value(match["label"]) if match else 0
    if not match or not value:
        return None
    return Marker(SectionKind.ROMAN, match["label"], (value,), match["style"].strip(), match.end())


def _read_number(line: str) -> Marker | None:
    match = _NUMBER.match(line)
    if not match:
        return None
    style = match["style"].strip()
    # Without a closing mark only a capital tells "10.4.3 Các tổ chức" from an amount.
    if not style and not line[match.end()].isupper():
        return None
    numbers = match["label"].removeprefix(f"{match['roman']}.").split(".")
    outer = (roman_value(match["roman"]),) if match["roman"] else ()
    return Marker(SectionKind.NUMBER, match["label"], (*outer, *map(int, numbers)), style, match.end())


def _read_point(line: str) -> Marker | None:
    match = _POINT.match(line)
    letter = (match["label"] or match["slashed"])[0] if match else ""
    if not match or letter not in LETTERS:
        return None
    style = match["style"] or ")"
    return Marker(SectionKind.POINT, f"{letter}{style}", (LETTERS.index(letter) + 1,), style, match.end())


def _read_dash(line: str) -> Marker | None:
    match = _DASH.match(line)
    if not match:
        return None
    kind = SectionKind.PLUS if match["label"] == "+" else SectionKind.DASH
    return Marker(kind, match["label"], (), match["label"], match.end())
