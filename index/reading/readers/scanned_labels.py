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
_SIGN = r"[\dIl|§OSB]"
_NUMBER = re.compile(
    rf"(?P<label>{_SIGN}{{1,3}}(?:\s?[.,·]\s?{_SIGN}+|\s{_SIGN}{{1,2}}(?=[.,]))+)(?P<end>\s?[.,]?)(?=\s)"
)
_SPECK = re.compile(r"^['‘`´¡](?=\d{1,3}[.,])")
_TIDY = re.compile(r"\d{1,3}(?:\.\d{1,3})+")
_ALONE = re.compile(rf"(?P<label>{_SIGN}{{1,3}})(?P<end>[.,])(?=\s+[^\W\d_])")
_DIGITS = str.maketrans("Il|§OSB", "1118058")


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
            coming = (*page[position + 1 :], *(pages[number] if number < len(pages) else ()))
            lines.append(_mended(line, row, coming, may_change=number in scanned))
        mended.append(tuple(lines))
    return tuple(mended)


def _points(lines: Sequence[str]) -> Iterator[str]:
    """The signs of the points that come next."""
    return (found["sign"] for line in lines if (found := _POINT.match(line)))


def _numbers(lines: Sequence[str]) -> Iterator[str]:
    """The numbers with dots that come next."""
    return (found["label"] for line in lines if (found := _NUMBER.match(line)))


def _mended(line: str, row: _Row, coming: Sequence[str], *, may_change: bool) -> str:
    if may_change:
        line = _SPECK.sub("", line)
    if found := _POINT.match(line):
        sign = _right_point(found["sign"], row.point, _points(coming)) if may_change else found["sign"]
        row.point = sign
        return sign + line[found.end("sign") :]
    if found := _NUMBER.match(line):
        label = _right_number(found["label"], row.number) if may_change else found["label"]
        follows = may_change and label in map(_written, _following(row.number))
        if _TIDY.fullmatch(label):
            row.number, row.point = tuple(map(int, label.split("."))), ""
            return f"{label}.{line[found.end() :]}" if follows else line
    elif found := _ALONE.match(line):
        label = found["label"].translate(_DIGITS)
        expected = str(row.number[0] + 1) if row.number else ""
        if may_change and len(label) == len(expected) and next(_numbers(coming), "") == f"{expected}.1":
            label = expected
        follows = may_change and label == expected
        if follows or (found["label"].isdigit() and found["end"] == "."):
            row.number, row.point = (int(label),), ""
            return f"{label}.{line[found.end() :]}" if follows else line
    return line


def _following(before: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers that may come next: the first below, or the next on each level."""
    return [(*before, 1), *((*before[:depth], before[depth] + 1) for depth in range(len(before)))]


def _written(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


def _right_point(sign: str, before: str, coming: Iterator[str]) -> str:
    place = _ROW.find(before) + 1 if before else 0
    expected = _ROW[place] if place < len(_ROW) else ""
    if sign == expected or sign == "a" or not expected:
        return sign
    if sign.isdigit() and expected != "i" and next(coming, "") == "b":
        return "a"
    if sign == "đ" and expected == "d" and next(coming, "") in ("e", "c"):
        return sign  # the line of "d)" may be lost
    if sign in _TAKEN_FOR.get(expected, ""):
        return expected
    return "a" if sign in _TAKEN_FOR["a"] else sign


def _right_number(label: str, before: tuple[int, ...]) -> str:
    """The label that follows and has the same digits; else as read."""
    digits = re.sub(r"\D", "", label.translate(_DIGITS))
    for numbers in _following(before):
        wanted = "".join(map(str, numbers))
        dot_lost = label.count(".") < len(numbers) - 1
        if len(numbers) > 1 and (wanted == digits or (dot_lost and _has_a_dot_as_four(wanted, digits))):
            return _written(numbers)
    return label


def _has_a_dot_as_four(wanted: str, digits: str) -> bool:
    """A dot that was read together with the figure behind it: ``31.2.2`` as ``31.242``."""
    return any(digits[:place] + digits[place + 1 :] == wanted for place, sign in enumerate(digits) if sign == "4")
