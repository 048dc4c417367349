"""Quotes that are asked for by their place: a named article or point, or how a paper begins."""

from __future__ import annotations

from collections.abc import Iterable

from index.findings import Quote
from index.searching.catalog import Catalog
from index.searching.choosing import stress
from index.searching.evidence import Evidence
from index.searching.items import resolve_items
from index.searching.judging import Judge
from index.searching.question import Question
from index.searching.quotes import distinct, make_quote, runs_in_order
from index.searching.quoting import Run, best_run, opening_run
from index.types import Directive, Printed, SectionKind

PLACE_ANSWERS = 0.35
"""Score from which the words asked for inside a named place are quoted before its beginning."""


def quotes_of_places(
    directives: Iterable[Directive],
    question: Question,
    *,
    evidence: Evidence,
    catalog: Catalog,
    focus: Quote | None,
    at_most: int,
) -> list[Quote]:
    """What the named places say: the words asked for inside them, else how they begin."""
    judge = Judge(evidence)
    asked: list[tuple[float, Quote]] = []
    opening: list[tuple[float, list[Quote]]] = []
    for directive in directives:
        printed = catalog.printed(directive.id)
        is_near = focus is not None and focus.directive.id == directive.id
        near = printed.section_at(focus.span.start) if focus and is_near else None
        for position in resolve_items(question.items, printed, near=near):
            section = printed.sections[position]
            run = best_run(printed, section.start, section.end, judge) if question.terms else None
            share = _share_asked(run, printed, evidence) if run else 0.0
            if run and share > PLACE_ANSWERS:
                asked.append((share, make_quote(directive, printed, stress(run, printed, judge), 1.0)))
            else:
                share = 0.0
            runs = runs_in_order(printed, position, at_most=at_most)
            opening.append((share, [make_quote(directive, printed, each, 1.0) for each in runs]))
    # Where several places bear the name, the one whose words are asked for comes first.
    best = [quote for _, quote in sorted(asked, key=lambda one: -one[0])]
    rest = [
        quote
        for _, quotes in sorted(opening, key=lambda one: -one[0])
        for quote in quotes
        if not any(_overlap(quote, each) for each in best)
    ]
    return distinct([*best, *rest])[:at_most]


def _overlap(one: Quote, other: Quote) -> bool:
    is_same = one.directive.id == other.directive.id
    return is_same and one.span.start < other.span.end and other.span.start < one.span.end


def _share_asked(run: Run, printed: Printed, evidence: Evidence) -> float:
    """How much of what is asked a run says."""
    words = printed.text[run.span.start : run.span.end]
    [share] = evidence.judge([words], [" ".join(printed.path_at(run.span.start)[-2:])])
    return share


def opening_quotes(directives: Iterable[Directive], catalog: Catalog, *, at_most: int) -> list[Quote]:
    """What papers are about, when a number is all that was typed: the title of each and how its body begins."""
    quotes = [quote for each in directives for quote in _opening(each, catalog.printed(each.id))]
    return distinct(quotes)[:at_most]


def _opening(directive: Directive, printed: Printed) -> list[Quote]:
    title = printed.fields.get("title")
    body = next((section.end for section in printed.sections if section.kind is SectionKind.HEADER), 0)
    runs = [
        opening_run(printed, title.start, title.end) if title else None,
        opening_run(printed, body, len(printed.text)),
    ]
    return [make_quote(directive, printed, run, 1.0) for run in runs if run]
