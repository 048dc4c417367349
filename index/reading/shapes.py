"""A clause as the rules read it: its key, where papers, parts, dates, the paper itself and quotes are single signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from index.language.dates import find_dates
from index.language.text import key
from index.reading.clauses import QUOTED
from index.reading.parts import find_parts
from index.reading.references import TYPE_NAME, find_references
from index.types import Reference

R, P, S, D, Q = "\x01++", "\x02++", "\x03++", "\x04++", f"{QUOTED}++"
"""A paper, parts of one, the paper itself ("Quy định này"), a date with its "ngày", a quote; patterns over a shape."""

ISSUED = r"(?:ngày|thời\s+điểm)\s+(?:ký(?:\s*,?\s+(?:ban\s+hành|quyết\s+định))?|ban\s+hành)"
_SELF = re.compile(rf"(?<!\w)(?:các\s+)?(?P<type>{TYPE_NAME}|văn\s+bản)(?:\s+[^\W\d_]+){{0,2}}?\s+này(?!\w)")
_BARE = re.compile(rf"(?:^|;)\s*(?P<type>{TYPE_NAME})(?=\s+có\s+hiệu\s+lực\s)")
"""The paper itself without "này", which only its own effect is said of: "…; Quyết định có hiệu lực từ ngày ký"."""
_NO_SIGNS = dict.fromkeys(range(1, 5), " ")
"""What a paper itself prints of these control characters stands for nothing."""
_DAY_BEFORE = re.compile(r"ngày\s+$")


@dataclass(frozen=True)
class Shape:
    """``text``: as long as the clause. What each sign stands for is found by the offset where it begins."""

    text: str
    references: Mapping[int, Reference]
    parts: Mapping[int, tuple[str, ...]]
    days: Mapping[int, Date]


def read_shape(clause: str, *, own_types: frozenset[str]) -> Shape:
    """``own_types``: the names (as `key`) by which the paper may speak of itself; empty for any."""
    text = list(key(clause).translate(_NO_SIGNS))
    references = find_references(clause)
    for found in references:
        _fill(text, found.start, found.end, "\x01")
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
    for match in _BARE.finditer("".join(text)):
        if " ".join(match["type"].split()) in own_types:
            _fill(text, match.start("type"), match.end("type"), "\x03")
    return Shape("".join(text), {one.start: one.reference for one in references}, parts, days)


def _fill(text: list[str], start: int, end: int, sign: str) -> bool:
    if any(letter < "\x06" for letter in text[start:end]):
        return False
    text[start:end] = sign * (end - start)
    return True
