"""From a passage the shortest run of whole sentences or clauses that answers, as offsets into the printed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
_LONG = 280
"""A sentence longer than this is taken clause by clause."""

Judge = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""How well each of these texts answers under its heading, 0-1: texts, headings -> scores."""

_AS_GOOD = 0.97
_LATER = 0.02
"""What a unit loses by each one before it: the rule comes first, exceptions follow."""


class Run(NamedTuple):
    """A quote as offsets. ``lead``: the lead line of its list when the quote begins at a later item.

    ``more``: items of the list behind the quote; ``cut``: the sentence goes on behind it.
    """

    span: Span
    score: float
    lead: Span | None = None
    more: int = 0
    cut: bool = False


def best_run(printed: Printed, start: int, end: int, judge: Judge) -> Run | None:
    """The run of text[start:end] that answers best; None where there are no words."""
    units = split_units(printed.text, start, end)
    if not units:
        return None
    scores = _judged(printed, units, judge)
    best = max(range(len(units)), key=lambda position: scores[position] - _LATER * position)
    run = _finish(printed, units, *_grow(printed, units, best))
    return run._replace(score=_judged(printed, [run.span], judge)[0])


def equal_rows(printed: Printed, start: int, end: int, judge: Judge, *, best: Run) -> list[Run]:
    """Where the best run is a row of a table: the other rows of text[start:end] that answer as well, at most two."""
    if not is_row(printed.text[best.span.start : best.span.end]):
        return []
    others = [
        unit
        for unit in split_units(printed.text, start, end)
        if unit != best.span and is_row(printed.text[unit.start : unit.end]) and unit.end - unit.start <= LIMIT
    ]
    scores = _judged(printed, others, judge) if others else []
    return [Run(unit, score) for unit, score in zip(others, scores, strict=True) if score >= _AS_GOOD * best.score][:2]


def opening_run(printed: Printed, start: int, end: int) -> Run | None:
    """The first whole units of text[start:end] that fit: what a named place says."""
    units = split_units(printed.text, start, end)
    return _finish(printed, units, 0, _last_fitting(printed, units, 0)) if units else None


def _judged(printed: Printed, units: Sequence[Span], judge: Judge) -> Sequence[float]:
    texts = [printed.text[unit.start : unit.end] for unit in units]
    return judge(texts, [" ".join(printed.path_at(unit.start)[-2:]) for unit in units])


def split_units(text: str, start: int, end: int) -> list[Span]:
    """Whole sentences of text[start:end], never over a line; long ones clause by clause; a table's row whole."""
    units: list[Span] = []
    for line in re.finditer(r"[^\s][^\n]*", text[start:end]):
        if is_row(line[0]):
            units.append(Span(start=start + line.start(), end=start + line.start() + len(line[0].rstrip())))
            continue
        for sentence in _pieces(line[0], _SENTENCE_END, start + line.start()):
            words = text[sentence.start : sentence.end]
            units += _pieces(words, _CLAUSE_END, sentence.start) if len(words) > _LONG else [sentence]
    # A rule under a title says nothing.
    return [unit for unit in units if any(map(str.isalnum, text[unit.start : unit.end]))]


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


def _grow(printed: Printed, units: list[Span], best: int) -> tuple[int, int]:
    """Widen the run inside its own section: a lead takes its items, a sentence its neighbours, while it stays short.

    A row of a table stands alone: the one beside it says the same of something else.
    """
    rows = {position for position, unit in enumerate(units) if is_row(printed.text[unit.start : unit.end])}
    if best in rows:
        return best, best
    section = printed.section_at(units[best].start)
    if _is_lead(printed, units[best]):
        end = printed.sections[section].end if section is not None else len(printed.text)
        return best, _last_fitting(printed, [unit for unit in units if unit.start < end], best)
    own = [
        position
        for position, unit in enumerate(units)
        if position not in rows and printed.section_at(unit.start) == section
    ]
    first = last = best
    while first - 1 in own and units[last].end - units[first - 1].start <= LIMIT:
        first -= 1
    while last + 1 in own and units[last + 1].end - units[first].start <= LIMIT:
        last += 1
    return first, last


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


def _finish(printed: Printed, units: list[Span], first: int, last: int) -> Run:
    span = Span(start=units[first].start, end=units[last].end)
    # A clause that ends with ";" inside its line: the sentence goes on.
    cut = (
        last + 1 < len(units)
        and printed.text[span.end - 1] == ";"
        and "\n" not in printed.text[span.end : units[last + 1].start]
    )
    if span.end - span.start > LIMIT:
        span, cut = _shorten(printed.text, span), True
    lead = _lead_of(printed, span)
    if lead and span.end - lead.start <= LIMIT:
        span, lead = Span(start=lead.start, end=span.end), None
    return Run(span, 1.0, lead, _items_left(printed, span), cut)


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
