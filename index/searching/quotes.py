"""Quotes: runs of words with where they stand, none twice."""

from __future__ import annotations

from collections.abc import Sequence

from index.findings import Quote
from index.searching.quoting import Run, opening_run
from index.searching.units import Unit
from index.types import Directive, Printed, Span


def make_quote(directive: Directive, printed: Printed, run: Run, score: float) -> Quote:
    """The run with its words and where they stand."""
    return Quote(
        directive=directive,
        text=printed.text[run.span.start : run.span.end],
        span=run.span,
        path=printed.path_at(run.span.start),
        page=printed.page_at(run.span.start),
        score=round(min(max(score, 0.0), 1.0), 4),
        lead=printed.text[run.lead.start : run.lead.end] if run.lead else None,
        more=run.more,
        cut=run.cut,
        scan=printed.scan_at(run.span.start),
        stressed=tuple(
            Span(start=span.start - run.span.start, end=span.end - run.span.start)
            for span in run.stressed
            if run.span.start <= span.start and span.end <= run.span.end
        ),
    )


def whole_quote(quote: Quote, printed: Printed, unit: Unit | None) -> Quote | None:
    """A unit near a quote as a quote itself, cited by the section that holds all of it; None where there is none."""
    if unit is None:
        return None
    whole = make_quote(quote.directive, printed, Run(unit.span, quote.score, cut=unit.cut), quote.score)
    return whole.model_copy(update={"path": printed.path_of(_section_of_all(printed, unit.span))})


def _section_of_all(printed: Printed, span: Span) -> int | None:
    """The innermost section that holds the whole span."""
    position = printed.section_at(span.start)
    while position is not None and printed.sections[position].end < span.end:
        position = printed.sections[position].parent
    return position


def runs_in_order(printed: Printed, position: int, *, at_most: int) -> list[Run]:
    """A section as runs one behind the other; the last says how many of its items are left."""
    section = printed.sections[position]
    runs: list[Run] = []
    start = section.start
    while len(runs) < at_most and (run := opening_run(printed, start, section.end)):
        runs.append(run._replace(more=0))
        start = run.span.end
    left = sum(inner.parent == position and inner.start >= start for inner in printed.sections)
    return [*runs[:-1], *(run._replace(more=left) for run in runs[-1:])]


def distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """Without quotes that overlap an earlier one or repeat its words."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(_overlap(quote, other) or quote.text == other.text for other in kept):
            kept.append(quote)
    return kept


def _overlap(one: Quote, other: Quote) -> bool:
    return (
        one.directive.id == other.directive.id and one.span.start < other.span.end and other.span.start < one.span.end
    )
