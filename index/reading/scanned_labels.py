"""The numbers of paragraphs on scanned pages, read by their place in the row: behind ``b)`` stands ``c)``, not ``e)``.

A label is read as another one only where it cannot stand as it was read, the other one alone can, the signs are known
to be taken for each other, and the labels that follow say nothing else. The printed line stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.reading.markers import LETTERS

_ROW = "abcdđeghiklmnopqrstuvxy"
_TAKEN_FOR: Mapping[str, str] = {
    "a": "âáäàãạảă@", "b": "h6ö", "c": "eoC©€¢ćčœG", "d": "đđäá", "đ": "däðĐ", "e": "cêèé€©ẹ", "g": "øqø89ợơoøẹ&pợ",
    "h": "nbñ", "i": "ïí¡ì1lj", "k": "x", "l": "1I|iï", "m": "n", "n": "mñ", "o": "ôòóơ0", "p": "ø",
}  # fmt: skip
"""What recognition makes of a letter before a bracket."""
_GAP = 2
"""So many steps on, a label may stand: one line may be lost, as the outline has it."""
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
    """The pages, line by line; ``scanned``: the numbers (from 1) of those whose labels may have been misread."""
    if not scanned:
        return tuple(pages)
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


def _next_number(lines: Sequence[str]) -> str:
    """The number that comes next."""
    return next((found["label"] for line in lines if (found := _NUMBER.match(line) or _ALONE.match(line))), "")


def _mended(line: str, row: _Row, coming: Sequence[str], *, may_change: bool) -> str:
    if may_change:
        line = _SPECK.sub("", line)
    if found := _POINT.match(line):
        sign = _right_point(found["sign"], row.point, coming) if may_change else found["sign"]
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
        if may_change and _is_alike(label, expected) and _next_number(coming) == f"{expected}.1":
            label = expected
        follows = may_change and label == expected
        if follows or (found["label"].isdigit() and found["end"] == "."):
            row.number, row.point = (int(label),), ""
            return f"{label}.{line[found.end() :]}" if follows else line
    return line


def _following(before: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers that may come next: the first below, or the next on each level."""
    return [(*before, 1), *((*before[:depth], before[depth] + 1) for depth in range(len(before)))]


def _may_stand(number: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Whether the number may stand behind this one, be it that a line between them is lost."""
    *outer, last = number
    depth = len(outer)
    if depth > len(before) or tuple(outer) != before[:depth]:
        return False
    return 0 < last - (before[depth] if depth < len(before) else 0) <= _GAP


def _written(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


def _is_alike(label: str, expected: str) -> bool:
    """One figure may be read as another, not two."""
    return len(label) == len(expected) and sum(one != other for one, other in zip(label, expected, strict=True)) <= 1


def _right_point(sign: str, before: str, coming: Sequence[str]) -> str:
    """The sign that must be meant; else as read."""
    if _is_first(sign, before, coming):
        return "a"
    place = _ROW.find(before) + 1 if before else 0
    expected = _ROW[place] if place < len(_ROW) else ""
    if not place or not expected or sign in (expected, "a") or sign not in _TAKEN_FOR.get(expected, ""):
        return sign
    after = _ROW[place + 1] if place + 1 < len(_ROW) else ""
    beyond = _ROW[place + 2 : place + 3]
    if _follows(before, sign) or (sign.isdigit() and _is_counted(sign, coming)):
        # It may stand as read, a line lost before it: unless what comes can only follow the other one.
        following = next(_points(coming), "")
        return expected if _is_like(following, after) and not _follows(sign, following) else sign
    for following in _points(coming):
        if _is_like(following, after) or (beyond and following == beyond):
            return expected
        if following == "a" or following in _TAKEN_FOR["a"]:
            break
        if not following.isdigit():  # "1)" counts inside the point
            return sign
    return expected


def _is_first(sign: str, before: str, coming: Sequence[str]) -> bool:
    """Whether a row begins here whose "a)" was read as another sign."""
    is_taken = sign in _TAKEN_FOR["a"] or (sign.isdigit() and sign != "1" and not _counts(before, sign))
    return is_taken and before != "a" and next(_points(coming), "") == "b"


def _is_like(sign: str, meant: str) -> bool:
    return bool(sign and meant) and (sign == meant or sign in _TAKEN_FOR.get(meant, ""))


def _follows(before: str, sign: str) -> bool:
    """Whether the outline takes the point as it was read."""
    return len(sign) == 1 and sign in LETTERS and 0 < LETTERS.index(sign) - LETTERS.find(before) <= _GAP


def _is_counted(sign: str, coming: Sequence[str]) -> bool:
    """Whether "2)" comes behind "1)": a row of numbers."""
    return _counts(sign, next(_points(coming), ""))


def _counts(before: str, sign: str) -> bool:
    return before.isdigit() and sign.isdigit() and int(sign) == int(before) + 1


def _right_number(label: str, before: tuple[int, ...]) -> str:
    """The only label that follows and has the same digits; else as read."""
    if _TIDY.fullmatch(label) and _may_stand(tuple(map(int, label.split("."))), before):
        return label
    digits = re.sub(r"\D", "", label.translate(_DIGITS))
    fitting = []
    for numbers in _following(before):
        wanted = "".join(map(str, numbers))
        dot_lost = label.count(".") < len(numbers) - 1
        if len(numbers) > 1 and (wanted == digits or (dot_lost and _has_a_dot_as_four(wanted, digits))):
            fitting.append(_written(numbers))
    return fitting[0] if len(fitting) == 1 else label


def _has_a_dot_as_four(wanted: str, digits: str) -> bool:
    """A dot that was read together with the figure behind it: ``31.2.2`` as ``31.242``."""
    return any(digits[:place] + digits[place + 1 :] == wanted for place, sign in enumerate(digits) if sign == "4")
