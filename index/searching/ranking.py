"""Joins the rankings of the fields and judges the evidence: pure functions over rows, scores and terms."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.findings import Hit
from index.searching.question import Term
from index.types import Frozen

Ranked = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows and their scores, best first."""


class Weights(Frozen):
    """Shares in the score of a passage.

    The first five are of the fields, whose scores are divided by their maximum first. Of the passages that lead by
    these, the words are read: ``joined`` is the share of the fields, ``words`` of the question's words found,
    ``expected`` of the kind of answer found; the last four are added where they apply. Without marks in the question,
    ``accented`` falls to the folded words.
    """

    accented: float = 0.47
    folded: float = 0.27
    heading: float = 0.11
    title: float = 0.05
    dense: float = 0.10

    joined: float = 0.69
    words: float = 0.19
    expected: float = 0.12

    effect: float = 0.6
    focus: float = 0.1
    place: float = 0.3
    bygone: float = 0.15


def combine(rankings: Mapping[str, Ranked], weights: Weights) -> list[tuple[int, float]]:
    """One ranking (row, score 0-1), best first, ties by row: the weighted sum of the scaled scores.

    A sum of scores, since reciprocal rank fusion loses where one side is weaker.
    """
    share = {
        name: getattr(weights, name) for name, (rows, _) in rankings.items() if len(rows) and getattr(weights, name)
    }
    total = sum(share.values())
    joined: dict[int, float] = {}
    for name, weight in share.items():
        rows, scores = rankings[name]
        best = float(scores[0])
        if best <= 0:
            continue
        for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
            joined[row] = joined.get(row, 0.0) + weight / total * max(score, 0.0) / best
    return sorted(joined.items(), key=lambda pair: (-pair[1], pair[0]))


def limit_per_directive(hits: Iterable[Hit], at_most: int) -> list[Hit]:
    """The hits in order, at most so many of one directive."""
    seen: dict[str, int] = {}
    kept = []
    for hit in hits:
        seen[hit.directive.id] = seen.get(hit.directive.id, 0) + 1
        if seen[hit.directive.id] <= at_most:
            kept.append(hit)
    return kept


def idf(frequency: int, size: int) -> float:
    """Inverse document frequency as in BM25 (Robertson and Walker), never negative."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


_FORMAL = 0.8
"""What the formal words for an everyday phrase count in place of its own."""


def coverage(terms: Sequence[Term], syllables: str, weight: Callable[[Term], float], *, alone: float = 0.5) -> float:
    """Share (0-1) of the terms' weight that a text holds, given as its syllables between single spaces.

    A syllable counts ``alone`` unless it stands beside its neighbour of the question, since single syllables are
    ambiguous; the formal words for it count `_FORMAL`.
    """
    total = gained = 0.0
    before: Term | None = None
    before_paired = False
    for term in terms:
        value = weight(term)
        total += value
        paired = term.pair is not None and f" {term.pair} " in syllables
        has_neighbour = term.pair is not None or (before is not None and before.pair is not None)
        share = 0.0
        if f" {term.form} " in syllables:
            share = 1.0 if paired or before_paired or not has_neighbour else alone
        if share < _FORMAL and any(f" {phrase} " in syllables for phrase in term.formal):
            share = _FORMAL
        gained += value * share
        before, before_paired = term, paired
    return gained / total if total else 0.0
