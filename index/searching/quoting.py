"""From a passage the shortest run of whole sentences or clauses that answers, as offsets into the printed text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from index.reading.markers import CAPITALS
from index.reading.tables import is_row
from index.types import Printed, Section, SectionKind, Span

LIMIT = 400
"""A quote is never longer than this many characters."""

# "V.I. Lênin", "TP. Hồ Chí Minh" are no two sentences.
_SENTENCE_END = re.compile(rf"(?<=[.!?…])(?<!\b[{CAPITALS}]\.)(?<!\bTP\.)[\"”’)\]]?\s+(?=[\"“‘(\[]?[{CAPITALS}0-9])")
_CLAUSE_END = re.compile(r"(?<=;)\s+")
_SHORT_BREAK = re.compile(r"(?<=[;:,.])\s|\s(?=-\s)")
_LABEL = re.compile(r"\s*(?:(?:Điều|Mục|Chương|Phần)\s+)?[\dIVXLC]{1,5}(?:\.\d{1,2})*[.)]?\s*$|\s*[a-zđ][.)]\s*$")
_ITEMS = (SectionKind.NUMBER, SectionKind.POINT, SectionKind.DASH, SectionKind.PLUS)
_ITEM_END = re.compile(rf"(?:(?<=[:;])|(?<=,))\s+(?=[“‘\"(]?[{CAPITALS}])")
"""Inside a sentence that is a list: its lead and its items, which begin with capitals."""
_LEAST_ITEM = 40
"""Characters of an item; "Đảng ủy, Ủy ban nhân dân" are names."""
_LONG = 280
"""A sentence longer than this is taken clause by clause."""

Judge = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""How surely each of these texts, which follow one another, answers under its heading, as log-odds up to a constant:
texts, headings -> odds.
"""

_LENGTH = 0.03
"""What a quote of full length costs of the probability that it answers: words that say nothing are left out."""


class Run(NamedTuple):
    """A quote as offsets. ``lead``: the lead line of its list when the quote begins at a later item.

    ``more``: items of the list behind the quote; ``cut``: the sentence goes on behind it. ``best``: the sentence or
    clause in it that answers best, None where none was looked for; ``stressed``: the words in it that answer.
    """

    span: Span
    score: float
    lead: Span | None = None
    more: int = 0
    cut: bool = False
    best: Span | None = None
    stressed: tuple[Span, ...] = ()


def best_run(printed: Printed, start: int, end: int, judge: Judge) -> Run | None:
    """The run of text[start:end] that answers best; None where there are no words."""
    units = split_units(printed.text, start, end)
    found = runs_by_share(printed, units, shares_of(judge(*words_of(printed, units))), at_most=1) if units else []
    return found[0] if found else None


def words_of(printed: Printed, units: Sequence[Span]) -> tuple[list[str], list[str]]:
    """The words of units, and the headings over each."""
    texts = [printed.text[unit.start : unit.end] for unit in units]
    return texts, [" ".join(printed.path_at(unit.start)[-2:]) for unit in units]


def shares_of(odds: Sequence[float]) -> list[float]:
    """The probability that each holds the answer, where one of them does (softmax)."""
    most = max(odds)
    powers = [math.exp(each - most) for each in odds]
    total = sum(powers)
    return [power / total for power in powers]


def runs_by_share(printed: Printed, units: list[Span], shares: Sequence[float], *, at_most: int) -> list[Run]:
    """Runs of these units that most surely hold the answer, of which no two overlap, best first.

    ``shares``: the probability of each unit; that of a run (its ``score``) is the sum over its units.
    """
    runs: list[Run] = []
    windows = list(_windows(printed, units, shares))
    while windows and len(runs) < at_most:
        _, first, last = max(windows, key=lambda window: window[0])
        run = _finish(printed, units, *_whole(printed, units, first, last))
        best = max(range(first, last + 1), key=lambda position: shares[position])
        runs.append(run._replace(score=sum(shares[first : last + 1]), best=units[best]))
        windows = [(worth, low, high) for worth, low, high in windows if high < first or last < low]
    return runs


def opening_run(printed: Printed, start: int, end: int) -> Run | None:
    """The first whole units of text[start:end] that fit: what a named place says."""
    units = split_units(printed.text, start, end)
    return _finish(printed, units, 0, _last_fitting(printed, units, 0)) if units else None


def split_units(text: str, start: int, end: int) -> list[Span]:
    """Whole sentences of text[start:end], never over a line; long ones clause by clause; a table's row whole."""
    units: list[Span] = []
    for line in re.finditer(r"[^\s][^\n]*", text[start:end]):
        if is_row(line[0]):
            units.append(Span(start=start + line.start(), end=start + line.start() + len(line[0].rstrip())))
            continue
        for sentence in _pieces(line[0], _SENTENCE_END, start + line.start()):
            words = text[sentence.start : sentence.end]
            units += _clauses(words, sentence.start) if len(words) > _LONG else [sentence]
    # A rule under a title says nothing.
    return [unit for unit in units if any(map(str.isalnum, text[unit.start : unit.end]))]


def _clauses(words: str, offset: int) -> list[Span]:
    """The clauses of a long sentence; where it is a list behind a colon, its lead and its items."""
    clauses = []
    for clause in _pieces(words, _CLAUSE_END, offset):
        text = words[clause.start - offset : clause.end - offset]
        listed = len(text) > _LONG and ": " in text
        clauses += _joined(_pieces(text, _ITEM_END, clause.start)) if listed else [clause]
    return clauses


def _joined(pieces: Sequence[Span]) -> list[Span]:
    """With those that are too short to be items joined to the one before."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and min(piece.end - piece.start, joined[-1].end - joined[-1].start) < _LEAST_ITEM:
            joined[-1] = Span(start=joined[-1].start, end=piece.end)
        else:
            joined.append(piece)
    return joined


def _pieces(words: str, boundary: re.Pattern[str], offset: int) -> list[Span]:
    pieces, begin = [], 0
    for match in boundary.finditer(words):
        piece = words[begin : match.start()]
        # "6.3.1. Chuyển …": the number is no sentence; and nothing is parted inside brackets.
        if _LABEL.match(piece) or piece.count("(") > piece.count(")"):
            continue
        pieces.append(Span(start=offset + begin, end=offset + match.start() + len(match[0].rstrip())))
        begin = match.end()
    tail = words[begin:].rstrip()
    if tail:
        pieces.append(Span(start=offset + begin, end=offset + begin + len(tail)))
    return pieces


def _windows(printed: Printed, units: list[Span], shares: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    """What each run of units is worth, its first and its last one.

    A run stays inside its own section, save that a lead takes its items; a row of a table stands alone, since the one
    beside it says the same of something else.
    """
    rows = [is_row(printed.text[unit.start : unit.end]) for unit in units]
    sections = [printed.section_at(unit.start) for unit in units]
    for first, unit in enumerate(units):
        lasts = [first]
        if not rows[first] and _is_lead(printed, unit):
            if any(rows[first + 1 : first + 2]):
                continue  # it says nothing without the table, whose rows stand for themselves
            table = next((place for place in range(first, len(units)) if rows[place]), len(units))
            last = _last_fitting(printed, _led_by(printed, units[:table], sections[first]), first)
            # What stands under the heading of a heading answers by itself.
            held = first if first < last and _is_heading(printed, units[first + 1]) else last
            yield sum(shares[first : held + 1]) - _cost(unit, units[last]), first, last
            continue
        if not rows[first]:
            for last in range(first + 1, len(units)):
                if rows[last] or sections[last] != sections[first] or units[last].end - unit.start > LIMIT:
                    break
                lasts.append(last)
        for last in lasts:
            yield sum(shares[first : last + 1]) - _cost(unit, units[last]), first, last


def _cost(first: Span, last: Span) -> float:
    return _LENGTH * min(last.end - first.start, LIMIT) / LIMIT


def _led_by(printed: Printed, units: list[Span], section: int | None) -> list[Span]:
    """Those up to the end of the section that a lead opens."""
    end = printed.sections[section].end if section is not None else len(printed.text)
    return [unit for unit in units if unit.start < end]


def _whole(printed: Printed, units: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """With the rest of the sentences in which it begins and ends, where that fits."""
    low, high = first, last
    while low > 0 and _goes_on(printed.text, units[low - 1], units[low]):
        low -= 1
    while high + 1 < len(units) and _goes_on(printed.text, units[high], units[high + 1]):
        high += 1
    for start, end in ((low, high), (low, last), (first, high)):
        if units[end].end - units[start].start <= LIMIT:
            return start, end
    return first, last


def _goes_on(text: str, unit: Span, following: Span) -> bool:
    """The two are clauses of one sentence."""
    return text[unit.end - 1] in ";,:" and "\n" not in text[unit.end : following.start]


def _is_lead(printed: Printed, unit: Span) -> bool:
    """A heading or the line before a list: it answers only with what follows."""
    text = printed.text
    words = text[unit.start : unit.end]
    if text[unit.end : unit.end + 1] != "\n":
        return words.endswith(":")
    return words.endswith(":") or (words[-1] not in ".;!?" and len(words) < 200) or _is_heading(printed, unit)


def _is_heading(printed: Printed, unit: Span) -> bool:
    """The first line of a section that has a heading, as where it ends with a full stop ("6.3. Chuyển sinh hoạt.")."""
    position = printed.section_at(unit.start)
    return (
        position is not None
        and printed.sections[position].start == unit.start
        and bool(printed.sections[position].heading)
    )


def _last_fitting(printed: Printed, units: list[Span], first: int) -> int:
    """The last unit that fits; where items of a list fit whole, the last unit of one."""
    last = first
    while last + 1 < len(units) and units[last + 1].end - units[first].start <= LIMIT:
        last += 1
    whole = (position for position in range(last, first, -1) if _ends_an_item(printed, units, position))
    return next(whole, last)


def _ends_an_item(printed: Printed, units: list[Span], position: int) -> bool:
    """Whether the next unit opens a section, and none inside this one."""
    if position + 1 == len(units):
        return True
    here, after = (printed.section_at(units[place].start) for place in (position, position + 1))
    return after is not None and after != here and printed.sections[after].parent != here


def _finish(printed: Printed, units: Sequence[Span], first: int, last: int) -> Run:
    span = Span(start=units[first].start, end=units[last].end)
    cut = last + 1 < len(units) and _goes_on(printed.text, units[last], units[last + 1])
    if span.end - span.start > LIMIT:
        span, cut = _shorten(printed.text, span), True
    lead = _lead_inside(printed.text, units, first) or _lead_of(printed, span)
    if lead and span.end - lead.start <= LIMIT:
        span, lead = Span(start=lead.start, end=span.end), None
    return Run(span, 1.0, lead, _items_left(printed, span), cut)


def _lead_inside(text: str, units: Sequence[Span], first: int) -> Span | None:
    """The clause with the colon before the one with which a quote begins, inside one sentence."""
    for before in range(first - 1, -1, -1):
        if not _goes_on(text, units[before], units[before + 1]):
            return None
        if text[units[before].end - 1] == ":":
            return units[before] if units[before].end - units[before].start <= LIMIT else None
    return None


def _shorten(text: str, span: Span) -> Span:
    """Cut at the last clause boundary before the limit, else at the last word; a word without an end at the limit."""
    words = text[span.start : span.start + LIMIT + 1]
    breaks = [match.start() for match in _SHORT_BREAK.finditer(words) if match.start() > LIMIT // 3]
    spaces = [match.start() for match in re.finditer(r"\s+", words)]
    kept = words[: (breaks or spaces or [LIMIT])[-1]].rstrip()
    return Span(start=span.start, end=span.start + len(kept))


def _lead_of(printed: Printed, span: Span) -> Span | None:
    """The lead line ("… gồm:") of the list in which the quote begins, when it stands before the quote."""
    position = printed.section_at(span.start)
    if position is None or printed.sections[position].kind not in _ITEMS:
        return None
    item = _list_of(printed, position)[0]
    floor = printed.sections[item.parent].start if item.parent is not None else 0
    before = printed.text[floor : item.start].rstrip()
    line = before.rfind("\n") + 1
    if not before.endswith(":") or before[line:].isupper() or len(before) - line > LIMIT:
        return None
    return Span(start=floor + line, end=floor + len(before)) if floor + len(before) <= span.start else None


def _items_left(printed: Printed, span: Span) -> int:
    """Items behind the quote, of the list that the quote begins to show: behind its lead, or from a later item on."""
    opening = printed.section_at(span.start)
    around = printed.sections[opening].parent if opening is not None else None
    shown = next((p for p, s in enumerate(printed.sections) if span.start < s.start < span.end), None)
    if (
        shown is None
        or printed.sections[shown].kind not in _ITEMS
        or printed.sections[shown].parent not in (opening, around)
    ):
        return 0
    return sum(item.start >= span.end for item in _list_of(printed, shown))


def _list_of(printed: Printed, position: int) -> Sequence[Section]:
    """The items of the list that this section is one of: those of its kind beside it, with nothing between them."""
    one = printed.sections[position]
    lists: list[list[Section]] = []
    for section in printed.sections:
        if section.parent != one.parent or section.kind is not one.kind:
            continue
        if lists and not printed.text[lists[-1][-1].end : section.start].strip():
            lists[-1].append(section)
        else:
            lists.append([section])
    return next(items for items in lists if one.start <= items[-1].start)
