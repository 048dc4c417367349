"""Quotes of different directives that give different amounts, dates or frequencies on the same point.

A pure function, and a careful one: what it names is shown to people as a contradiction. Two clauses are on one point
where both hold most of what is asked, and the same of it, and share most of their words; they differ where what they
count in the same unit has nothing in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from index.findings import Quote
from index.language.dates import find_dates
from index.language.text import fold, syllables
from index.searching.question import read_question

ASKED_SHARE = 0.7
"""Of the content syllables of the question, so many stand in each clause or the headings above it."""
SHARED = 0.65
"""Of the content syllables of the shorter clause, so many stand in the other one too."""
LEAST = 3
"""Content syllables that the two clauses share at least."""

_NUMERALS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_VALUE = rf"(?<![\w/.,-])(?P<value>\d+(?:[.,]\d+)*|{'|'.join(_NUMERALS)})"
_UNIT = (
    r"(?P<unit>ngay lam viec|ngay|thang|nam|tuan|gio|phut|phan tram|%|diem|trieu dong|ty dong|nghin dong|dong chi"
    r"|dong|nguoi|lan|buoi|ky|dang vien|ho so|tieu chi|quy)"
)
_AMOUNT = re.compile(rf"{_VALUE}\s*{_UNIT}(?!\w)(?P<rate>\s+(?:mot|1)\s+lan(?!\w))?")
_THINGS = re.compile(
    r"(?<![\w/.,-])(?<!dieu )(?<!khoan )(?<!muc )(?P<value>\d+(?:[.,]\d+)*)\s*"
    r"(?P<unit>trang|cuon|quyen|cay|suat|giai|met|km|kg|m2|cau|chi bo|dai bieu|thanh vien|uy vien)(?!\w)"
)
"""Only behind digits: "năm" before a thing is a year more often than five."""
_TIMES_IN = re.compile(
    r"(?:moi|mot|hang)\s+(?P<span>thang|quy|nam|tuan|ngay)\s+(?P<value>\d+|mot|hai|ba|bon|nam)\s+lan(?!\w)"
)
_DAY_OF_MONTH = re.compile(r"(?<!\w)ngay\s+(?P<value>\d{1,2})(?:\s*/\s*(?P<month>\d{1,2}))?(?![\d/]|\s*ngay)")
_EVERY = re.compile(r"(?<!\w)(?:hang|moi)\s+(?P<span>ngay|tuan|thang|quy|nam)(?!\w)(?!\s+\d)")
_IN_MONTHS = {"thang": 1, "quy": 3, "nam": 12}
_CUT = re.compile(r"[;\n]|[.](?!\d)")
_EMPTY_WORDS = """
    la va cua cac nhung cho voi tu den tai trong ngoai tren duoi ve theo thi ma hoac hay khi de se da dang duoc bi co
    khong mot hai ba so voi moi hang nay do truoc sau it nhat toi da thieu khong qua lan ngay thang nam quy tuan gio
    phut diem phan tram nguoi ky dieu khoan muc chua hon kem
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


class Clause(NamedTuple):
    """``words``: its content syllables; ``around``: with those of the headings and the lead above it.

    ``measures``: what it counts, by unit.
    """

    words: frozenset[str]
    around: frozenset[str]
    measures: dict[str, frozenset[str]]


def differing(question: str, quotes: Sequence[Quote]) -> tuple[tuple[Quote, Quote], ...]:
    """The pairs of quotes, of different directives, that say different things on the point that is asked."""
    if len({quote.directive.id for quote in quotes}) < 2:
        return ()
    clauses = {id(quote): tuple(_clauses(quote)) for quote in quotes}
    apart = [
        (one, other, found)
        for one, other in combinations(quotes, 2)
        if one.directive.id != other.directive.id and (found := _apart(clauses[id(one)], clauses[id(other)]))
    ]
    if not apart:
        return ()
    asked = [term.folded for term in read_question(question).terms if term.folded not in _EMPTY]
    return tuple((one, other) for one, other, found in apart if any(_is_asked(asked, *pair) for pair in found))


def _apart(ones: Sequence[Clause], others: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """The clauses that share most of their words and count differently in one unit."""
    return [(one, other) for one in ones for other in others if _is_alike(one, other) and _counts_otherwise(one, other)]


def _is_alike(one: Clause, other: Clause) -> bool:
    return len(one.words & other.words) >= max(LEAST, SHARED * min(len(one.words), len(other.words)))


def _counts_otherwise(one: Clause, other: Clause) -> bool:
    units = one.measures.keys() & other.measures.keys()
    return any(not one.measures[unit] & other.measures[unit] for unit in units)


def _is_asked(asked: Sequence[str], one: Clause, other: Clause) -> bool:
    """Both hold most of the question, and the same of it; some of that in the clauses themselves."""
    words = frozenset(asked)
    both = words & one.around & other.around
    if not asked or len(both) < ASKED_SHARE * len(words):
        return False
    only = words & (one.around ^ other.around)
    if len(only) > 1 or any(not _is_chance(each, asked, one, other) for each in only):
        return False
    return bool(both & one.words & other.words)


def _is_chance(syllable: str, asked: Sequence[str], one: Clause, other: Clause) -> bool:
    """Whether a heading holds only half of a word that is asked: "văn" of "văn bản", where "văn phòng" is asked."""
    if syllable in one.words | other.words:
        return False
    beside = {
        asked[place + step]
        for place, each in enumerate(asked)
        if each == syllable
        for step in (-1, 1)
        if 0 <= place + step < len(asked)
    }
    return bool(beside - one.around - other.around)


def _clauses(quote: Quote) -> Iterator[Clause]:
    """Those that count something."""
    above = _content(" ".join((*quote.path, quote.lead or "")))
    for text in _CUT.split(quote.text):
        if measures := _measures(text):
            words = _content(text)
            yield Clause(words, words | above, measures)


def _content(text: str) -> frozenset[str]:
    return frozenset(each for each in syllables(fold(text)) if not each[0].isdigit()) - _EMPTY


def _measures(text: str) -> dict[str, frozenset[str]]:
    folded = fold(text)
    found: dict[str, set[str]] = {}
    for date in find_dates(text):
        found.setdefault("date", set()).add(date.day.isoformat())
        folded = folded[: date.start] + " " * (date.end - date.start) + folded[date.end :]
    for unit, value in _counted(folded):
        found.setdefault(unit, set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def _counted(folded: str) -> Iterator[tuple[str, str]]:
    """Unit and value of each amount; how often is counted in months from one time to the next."""
    for match in _TIMES_IN.finditer(folded):
        yield "often", _often(match["span"], every=1, times=int(_number(match["value"])))
    folded = _TIMES_IN.sub(" ", folded)
    for match in _AMOUNT.finditer(folded):
        if match["rate"]:
            yield "often", _often(match["unit"], every=match["value"])
        else:
            yield match["unit"], _number(match["value"])
    for match in _THINGS.finditer(folded):
        yield match["unit"], _number(match["value"])
    for match in _EVERY.finditer(folded):
        yield "often", _often(match["span"])
    for match in _DAY_OF_MONTH.finditer(folded):
        yield "day", f"{int(match['value'])}/{int(match['month']) if match['month'] else ''}"


def _often(unit: str, *, every: str | int = 1, times: int = 1) -> str:
    """``hằng quý``, ``03 tháng một lần`` and ``mỗi năm 4 lần`` are one."""
    count = _number(str(every))
    if not count.isdigit() or not times:
        return f"{unit} {every}"
    months = _IN_MONTHS.get(unit)
    return f"{Fraction(int(count) * (months or 1), times)} {'thang' if months else unit}"


def _number(value: str) -> str:
    """``05`` and ``5``, ``năm`` and ``5`` are one."""
    return str(_NUMERALS[value]) if value in _NUMERALS else value.lstrip("0") or "0"
