"""The learned weights, and pure functions over rows and scores: the fields joined, so many hits of a directive."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.findings import Hit
from index.types import Frozen

Ranked = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows and their scores, best first."""


WEIGHTS = Path(__file__).with_name("weights.json")
"""What was learned, with its figures (`index.fitting`)."""


class FieldWeights(Frozen):
    """Shares of the fields in the score by which passages are chosen to be looked at."""

    accented: float = 0.47
    folded: float = 0.27
    heading: float = 0.11
    title: float = 0.05
    dense: float = 0.10


class PassageWeights(Frozen):
    """Shares (sum 1) in the score of a passage that is looked at, each of something between 0 and 1.

    ``text``, ``headings``: BM25 of the question's concepts in it and in its heading path and title, divided by the
    best. ``covered``: the share of the question, by the rarity of its words, that stands in any of these; ``topic``: in
    the headings alone. ``likeness``: the encoder's cosine, divided by the best. ``expected``: of the kind of answer.
    """

    text: float = 0.2
    headings: float = 0.08
    covered: float = 0.5
    topic: float = 0.08
    likeness: float = 0.08
    expected: float = 0.06


class Added(Frozen):
    """What is added to the score of a passage where it applies. ``fits``: for the share of what the question says of
    the paper that is true of this one; ``fits_plainly``: instead, where a type is said with a year or issuer, all true.
    """

    effect: float = 0.6
    focus: float = 0.1
    place: float = 0.3
    bygone: float = 0.15
    fits: float = 0.1
    fits_plainly: float = 0.25


class SignWeights(Frozen):
    """A logistic regression over `Signs`: what each counts, and ``bias``."""

    bias: float = 0.0
    gained: float = 0.0
    settled: float = 0.0
    found: float = 0.0
    likeness: float = 0.0
    near: float = 0.0
    margin: float = 0.0
    together: float = 0.0
    named: float = 0.0
    gap: float = 0.0
    unknown: float = 0.0
    strange: float = 0.0
    numerals: float = 0.0


class Learned(Frozen):
    """``threshold``: the confidence from which there is an answer; ``related``: from which there may be something near.
    ``quote``: what the words of a quote count beside its passage. ``figures``: for readers.
    """

    fields: FieldWeights = FieldWeights()
    passage: PassageWeights = PassageWeights()
    added: Added = Added()
    signs: SignWeights = SignWeights()
    threshold: float = 0.5
    related: float = 0.25
    quote: float = 0.2
    figures: Mapping[str, Any] = {}


@lru_cache(1)
def learned() -> Learned:
    """What stands in the package."""
    return Learned.model_validate_json(WEIGHTS.read_bytes())


def combine(rankings: Mapping[str, Ranked], weights: FieldWeights) -> list[tuple[int, float]]:
    """One ranking (row, score 0-1), best first, ties by row: the weighted sum of the scaled scores.

    A sum of scores, since reciprocal rank fusion loses where one side is weaker.
    """
    share = {
        name: getattr(weights, name) for name, (rows, _) in rankings.items() if len(rows) and getattr(weights, name)
    }
    total = sum(share.values())
    scaled = [
        (rows, weight / total * np.maximum(scores.astype(np.float64), 0.0) / float(scores[0]))
        for weight, (rows, scores) in ((weight, rankings[name]) for name, weight in share.items())
        if float(scores[0]) > 0
    ]
    if not scaled:
        return []
    found, places = np.unique(np.concatenate([rows for rows, _ in scaled]), return_inverse=True)
    joined = np.bincount(places, np.concatenate([scores for _, scores in scaled]))
    order = np.lexsort((found, -joined))
    return list(zip(found[order].tolist(), joined[order].tolist(), strict=True))


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
