"""From a passage the shortest run of whole sentences or clauses that answers, as offsets into the printed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index.types import Printed, Span

LIMIT = 400
"""A quote is never longer than this many characters."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]?\s+(?=[\"“‘(\[]?[A-ZĐÀ-Ỹ0-9])")
_CLAUSE_END = re.compile(r"(?<=;)\s+")
_SHORT_BREAK = re.compile(r"[;:,.]\s|\s-\s")
_LABEL = re.compile(r"\s*(?:(?:Điều|Mục|Chương|Phần)\s+)?[\dIVXLC]{1,5}(?:\.\d{1,2})*[.)]?\s*$|\s*[a-zđ][.)]\s*$")
_LONG = 280
"""A sentence longer than this is taken clause by clause."""
ENOUGH = LIMIT
"""A sentence takes its neighbours in the same section along while the quote is no longer than this."""

Judge = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""How well each of these texts answers under its heading, 0-1: texts, headings -> scores."""

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


def opening_run(printed: Printed, start: int, end: int) -> Run | None:
    """The first whole units of text[start:end] that fit: what a named place says."""
    units = split_units(printed.text, start, end)
    return _finish(printed, units, 0, _last_fitting(units, 0, len(units))) if units else None


def _judged(printed: Printed, units: Sequence[Span], judge: Judge) -> Sequence[float]:
    texts = [printed.text[unit.start : unit.end] for unit in units]
    return judge(texts, [" ".join(printed.path_at(unit.start)[-2:]) for unit in units])


def split_units(text: str, start: int, end: int) -> list[Span]:
    """Whole sentences of text[start:end], never over a line; long ones clause by clause."""
    units: list[Span] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        for sentence in _pieces(line[0], _SENTENCE_END, start + line.start()):
            words = text[sentence.start : sentence.end]
            units += _pieces(words, _CLAUSE_END, sentence.start) if len(words) > _LONG else [sentence]
    return [unit for unit in units if text[unit.start : unit.end].strip()]


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
    """Widen the run inside its own section: a lead takes its items, a sentence its neighbours, while it stays short."""
    if _is_lead(printed.text, units[best]):
        return best, _last_fitting(units, best, len(units))
    section = printed.section_at(units[best].start)
    own = [position for position, unit in enumerate(units) if printed.section_at(unit.start) == section]
    first = last = best
    for position in range(best - 1, own[0] - 1, -1):
        if position in own and units[last].end - units[position].start <= ENOUGH:
            first = position
        else:
            break
    for position in range(best + 1, own[-1] + 1):
        if position in own and units[position].end - units[first].start <= ENOUGH:
            last = position
        else:
            break
    return first, last


def _is_lead(text: str, unit: Span) -> bool:
    """A heading or the line before a list: it answers only with what follows."""
    words = text[unit.start : unit.end]
    following = text[unit.end : unit.end + 1]
    return words.endswith(":") or (following == "\n" and words[-1] not in ".;!?" and len(words) < 200) or (
        following == "\n" and len(words) < 90 and _heading_like(text, unit)
    )


def _heading_like(text: str, unit: Span) -> bool:
    """A short first line of a numbered unit that ends with a full stop ("6.3. Chuyển sinh hoạt đảng.")."""
    words = text[unit.start : unit.end]
    return re.match(r"(?:\d{1,2}\.)+\d{0,2}\s|[IVX]+\s*[-.]\s|Điều \d+", words) is not None and words.count(",") < 3


def _last_fitting(units: list[Span], first: int, end: int) -> int:
    last = first
    while last + 1 < end and units[last + 1].end - units[first].start <= LIMIT:
        last += 1
    return last


def _finish(printed: Printed, units: list[Span], first: int, last: int) -> Run:
    span, cut = Span(start=units[first].start, end=units[last].end), False
    if span.end - span.start > LIMIT:
        span, cut = _shorten(printed.text, span), True
    lead = _lead_of(printed, span)
    if lead and span.end - lead.start <= LIMIT:
        span, lead = Span(start=lead.start, end=span.end), None
    return Run(span, 1.0, lead, _items_left(printed, span), cut)


def _shorten(text: str, span: Span) -> Span:
    """Cut at the last clause boundary before the limit, else at the last word."""
    words = text[span.start : span.start + LIMIT]
    breaks = [match.start() + 1 for match in _SHORT_BREAK.finditer(words) if match.start() > LIMIT // 3]
    return Span(start=span.start, end=span.start + (breaks[-1] if breaks else words.rindex(" ")))


def _lead_of(printed: Printed, span: Span) -> Span | None:
    """The lead line ("… gồm:") of the list in which the quote begins, when it stands before the quote."""
    position = printed.section_at(span.start)
    if position is None or printed.sections[position].parent is None:
        return None
    section = printed.sections[position]
    parent = printed.sections[section.parent]  # type: ignore[index]
    children = [s.start for s in printed.sections if s.parent == section.parent and s.start >= parent.start]
    own = printed.text[parent.start : min(children)].rstrip()
    line = own.rfind("\n") + 1
    if not own.endswith(":") or len(own) - line > LIMIT or parent.start + len(own) > span.start:
        return None
    return Span(start=parent.start + line, end=parent.start + len(own))


def _items_left(printed: Printed, span: Span) -> int:
    """Items behind the quote, of the list that the quote begins to show."""
    opening = printed.section_at(span.start)
    for parent in (opening, printed.sections[opening].parent if opening is not None else None):
        items = [s for s in printed.sections if s.parent == parent and parent is not None]
        shown = [s for s in items if span.start <= s.start < span.end]
        if shown:
            return sum(1 for s in items if s.start >= span.end) if len(shown) > 1 or parent == opening else 0
    return 0
