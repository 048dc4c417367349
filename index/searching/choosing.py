"""Of the passages that lead, the places to quote: all their sentences are judged together, so that a passage further
down, whose sentence answers far better, goes first; and a passage may be quoted in several places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.findings import Hit
from index.searching.catalog import Catalog
from index.searching.judging import OF_ANOTHER, Judge
from index.searching.quoting import LIMIT, Run, runs_by_share, shares_of, split_units, words_of
from index.types import Printed, Span

PASSAGE = 3.44
"""Log-odds that a passage of score 1 gives its sentences before one of score 0 (learned with `judging`)."""
PLACES = 3
"""Places of one passage, at most."""


class Chosen(NamedTuple):
    """``run.score``: the probability that it holds the answer, where some passage does."""

    hit: Hit
    run: Run


class _Read(NamedTuple):
    hit: Hit
    printed: Printed
    units: list[Span]


def choose(hits: Sequence[Hit], catalog: Catalog, judge: Judge, *, at_most: int) -> list[Chosen]:
    """The places of these passages that most surely answer, best first."""
    read = [each for each in (_units_of(hit, catalog) for hit in hits) if each.units]
    if not read:
        return []
    all_odds = judge.of_passages([words_of(each.printed, each.units) for each in read])
    odds_of_all = [one + PASSAGE * each.hit.score for each, own in zip(read, all_odds, strict=True) for one in own]
    shares = iter(shares_of(odds_of_all))
    chosen = []
    for each, odds in zip(read, all_odds, strict=True):
        own = [next(shares) for _ in each.units]
        other = {unit for unit, one in zip(each.units, odds, strict=True) if one == OF_ANOTHER}
        runs = runs_by_share(each.printed, each.units, own, at_most=PLACES)
        chosen += [Chosen(each.hit, run) for run in runs if run.best not in other]
    best = sorted(chosen, key=lambda one: -one.run.score)[:at_most]
    return [one._replace(run=stress(one.run, catalog.printed(one.hit.passage.directive), judge)) for one in best]


def _units_of(hit: Hit, catalog: Catalog) -> _Read:
    printed = catalog.printed(hit.passage.directive)
    return _Read(hit, printed, split_units(printed.text, hit.passage.start, hit.passage.end))


def stress(run: Run, printed: Printed, judge: Judge) -> Run:
    """With the words that answer: the amounts or times that were asked for, else the best clause of several."""
    if run.best is None:
        return run
    best = Span(start=max(run.best.start, run.span.start), end=min(run.best.end, run.span.end))
    if best.end <= best.start:
        return run
    found = [
        Span(start=best.start + span.start, end=best.start + span.end)
        for span in judge.answers(printed.text[best.start : best.end])
    ]
    if not found and best != run.span and best.end - best.start <= LIMIT // 2:
        found = [best]
    return run._replace(stressed=_merged(found))


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, those that touch or overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
