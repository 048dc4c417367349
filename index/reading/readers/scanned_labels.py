"""The numbers of paragraphs on scanned pages, read by their place in the row: behind ``b)`` stands ``c)``, not ``e)``.

A label is changed only into the one that must follow, and only where the signs read are known to be taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_ROW = "abcdđeghiklmnopqrstuvxy"
_TAKEN_FOR: Mapping[str, str] = {
    "a": "âáäàãạảă@", "b": "h6ö", "c": "eoC©€¢ćčœG", "d": "đđäá", "đ": "däðĐ", "e": "cêèé€©ẹ", "g": "øqø89ợơoøẹ&pợ",
    "h": "nbñ", "i": "ïí¡ì1lj", "k": "x", "l": "1I|iï", "m": "n", "n": "mñ", "o": "ôòóơ0", "p": "ø",
}  # fmt: skip
"""What recognition makes of a letter before a bracket."""
_POINT = re.compile(r"(?P<sign>\S)\)(?=\s|\w)")
_NUMBER = re.compile(
    r"(?P<label>[\dIl|][\dIl|]*(?:\s?[.,·]\s?[\dIl|]+|\s[\dIl|]{1,2}(?=[.,]))+)(?P<end>\s?[.,]?)(?=\s)"
)
_TIDY = re.compile(r"\d{1,3}(?:\.\d{1,3})+")
_ALONE = re.compile(r"(?P<label>\d{1,3})\.(?=\s)")
_DIGITS = str.maketrans("Il|", "111")


@dataclass
class _Row:
    """The labels met last: of points, and of numbers (``11.1.2`` as ``(11, 1, 2)``)."""

    point: str = ""
    number: tuple[int, ...] = ()


def with_right_labels(pages: Sequence[tuple[str, ...]], scanned: frozenset[int]) -> tuple[tuple[str, ...], ...]:
    """The pages; ``scanned``: the numbers (from 1) of those whose labels may have been misread."""
    row, mended = _Row(), []
    for number, page in enumerate(pages, start=1):
        lines = []
        for position, line in enumerate(page):
            coming = _points(page, position + 1, pages[number] if number < len(pages) else ())
            lines.append(_mended(line, row, coming, may_change=number in scanned))
        mended.append(tuple(lines))
    return tuple(mended)


def _points(page: Sequence[str], start: int, following: Sequence[str]) -> Iterator[str]:
    """The signs of the points that come next."""
    for line in (*page[start:], *following):
        if found := _POINT.match(line):
            yield found["sign"]


def _mended(line: str, row: _Row, coming: Iterator[str], *, may_change: bool) -> str:
    if found := _POINT.match(line):
        sign = _right_point(found["sign"], row.point, coming) if may_change else found["sign"]
        row.point = sign
        return sign + line[found.end("sign") :]
    if found := _NUMBER.match(line):
        label = _right_number(found["label"], row.number) if may_change else found["label"]
        if _TIDY.fullmatch(label):
            row.number, row.point = tuple(map(int, label.split("."))), ""
            return line if label == found["label"] else f"{label}.{line[found.end() :]}"
    elif found := _ALONE.match(line):
        row.number, row.point = (int(found["label"]),), ""
    return line


def _right_point(sign: str, before: str, coming: Iterator[str]) -> str:
    place = _ROW.find(before) + 1 if before else 0
    expected = _ROW[place] if place < len(_ROW) else ""
    if sign == expected or sign == "a" or not expected:
        return sign
    if sign == "đ" and expected == "d" and next(coming, "") in ("e", "c"):
        return sign  # the line of "d)" may be lost
    if sign in _TAKEN_FOR.get(expected, ""):
        return expected
    return "a" if sign in _TAKEN_FOR["a"] else sign


def _right_number(label: str, before: tuple[int, ...]) -> str:
    """The label that follows and has the same digits; else as read, without its spaces where it has none in between."""
    digits = re.sub(r"\D", "", label.translate(_DIGITS))
    following = [(*before, 1), *((*before[:depth], before[depth] + 1) for depth in range(len(before)))]
    for numbers in following:
        if len(numbers) > 1 and "".join(map(str, numbers)) == digits:
            return ".".join(map(str, numbers))
    return label
