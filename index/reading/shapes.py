"""A clause as the rules read it: its key, where papers, parts, dates, the paper itself and quotes are single signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from index.language.dates import find_dates
from index.language.text import key
from index.reading.asides import without_asides
from index.reading.clauses import QUOTED
from index.reading.parts import find_parts
from index.reading.references import TYPE_NAME, find_references
from index.types import Reference

R, P, S, D, Q = "\x01++", "\x02++", "\x03++", "\x04++", f"{QUOTED}++"
"""A paper, parts of one, the paper itself ("Quy định này"), a date with its "ngày", a quote; patterns over a shape."""

ISSUED = (
    r"(?:(?:ngày|thời\s+điểm|khi|lúc)\s+)(?:được\s+)?(?:ký(?:\s*,?\s+(?:ban\s+hành|quyết\s+định|thông\s+qua))?"
    r"|ban\s+hành)"
)
_SELF = re.compile(rf"(?<!\w)(?:các\s+)?(?P<type>{TYPE_NAME}|văn\s+bản)(?:\s+[^\W\d_]+){{0,2}}?\s+này(?!\w)")
_BARE = re.compile(
    rf"(?:^|;)\s*(?P<type>{TYPE_NAME})(?=\s+(?:(?:có|hết)\s+(?:hiệu\s+lực|giá\s+trị)|(?:được\s+)?(?:thực\s+hiện"
    rf"|áp\s+dụng)\s+(?:từ|đến))\s)"
)
_NAMED = re.compile(rf"^(?P<type>{TYPE_NAME})\s[^;:,.\x01-\x04]{{3,60}}?(?=\s+được\s+ban\s+hành\s+(?:để|nhằm)\s)")
"""The paper itself without "này", which only its own effect is said of: "…; Quyết định có hiệu lực từ ngày ký"."""
_NO_SIGNS = dict.fromkeys(range(1, 5), " ")
"""What a paper itself prints of these control characters stands for nothing."""
_DAY_BEFORE = re.compile(r"ngày\s+$")


@dataclass(frozen=True)
class Shape:
    """``text``: the clause without its asides, each run of spaces as one; ``places``: where in the clause each of its
    letters stands, and where it ends. What each sign stands for is found by the offset in ``text`` where it begins.
    """

    text: str
    places: Sequence[int]
    references: Mapping[int, Reference]
    parts: Mapping[int, tuple[str, ...]]
    days: Mapping[int, Date]


def read_shape(
    clause: str, *, own_types: frozenset[str], is_own: Callable[[Reference], bool] = lambda _: False
) -> Shape:
    """``own_types``: the names (as `key`) by which the paper may speak of itself; empty for any. ``is_own``: whether a
    reference is the paper's own number.
    """
    text = list(key(clause).translate(_NO_SIGNS))
    references = find_references(clause)
    for found in references:
        _fill(text, found.start, found.end, "\x03" if is_own(found.reference) else "\x01")
    days = {}
    for day in find_dates(clause):
        before = _DAY_BEFORE.search("".join(text[max(0, day.start - 8) : day.start]))
        start = day.start - len(before[0]) if before else day.start
        if _fill(text, start, day.end, "\x04"):
            days[start] = day.day
    parts = {one.start: one.labels for one in find_parts(clause) if _fill(text, one.start, one.end, "\x02")}
    for match in _SELF.finditer("".join(text)):
        name = " ".join(match["type"].split())
        if not own_types or name == "văn bản" or name in own_types:
            _fill(text, match.start(), match.end(), "\x03")
    for match in (*_BARE.finditer("".join(text)), *_NAMED.finditer("".join(text))):
        if " ".join(match["type"].split()) in own_types:
            _fill(text, *(match.span() if match.re is _NAMED else match.span("type")), "\x03")
    spread = without_asides("".join(text))
    places = [at for at, letter in enumerate(spread) if not (letter.isspace() and spread[at - 1 : at].isspace())]
    at = {place: start for start, place in enumerate(places)}
    return Shape(
        "".join(" " if spread[place].isspace() else spread[place] for place in places),
        (*places, len(spread)),
        {at[one.start]: one.reference for one in references if one.start in at},
        {at[start]: labels for start, labels in parts.items() if start in at},
        {at[start]: day for start, day in days.items() if start in at},
    )


def _fill(text: list[str], start: int, end: int, sign: str) -> bool:
    if any(letter < "\x06" for letter in text[start:end]):
        return False
    text[start:end] = sign * (end - start)
    return True
