"""Which passages lead: those that the fields and the vectors find, then looked at concept by concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.text import fold
from index.searching.concepts import Floats, covered, present_in, scores_in, weigh
from index.searching.evidence import Evidence
from index.searching.meaning import Rows
from index.searching.ranking import Learned, Ranked, combine
from index.searching.vectors import VectorStore
from index.searching.words import WordStore

DEPTH = 200
"""Rows taken from each field before they are joined."""
LOOKED_AT = 100
"""Of these, so many are looked at."""
FORMAL_BOOST = 0.4
"""What a term of a formal phrase counts in the word index beside one that was typed."""
MARKS = ("text", "headings", "covered", "topic", "likeness")


class Led(NamedTuple):
    """``rows``: best first; ``scores``: of each. ``marks``: ``(rows, MARKS)``, each 0-1; of the rest of the rows there
    are none, and their scores are lower.
    """

    rows: NDArray[np.int64]
    scores: Floats
    marks: Floats


class Leading:
    """The passages that lead for one question."""

    def __init__(self, evidence: Evidence, words: WordStore, vectors: VectorStore, *, learned: Learned) -> None:
        self._evidence, self._words, self._vectors, self._learned = evidence, words, vectors, learned

    def lead(self, rows: Rows) -> Led:
        """The passages among these rows."""
        joined = combine(self._rankings(rows), self._learned.fields)
        found = np.array([row for row, _ in joined], dtype=np.int64)
        looked, rest = found[:LOOKED_AT], found[LOOKED_AT:]
        if not len(looked):
            return Led(found, np.empty(0), np.empty((0, len(MARKS))))
        marks = self._marks(looked)
        weights = np.array([getattr(self._learned.passage, mark) for mark in MARKS])
        scores = marks @ weights
        order = np.lexsort((looked, -scores))
        behind = np.array([score for _, score in joined[LOOKED_AT:]], dtype=np.float64)
        behind *= min(1.0, float(scores.min()) / max(float(behind.max(initial=0.0)), 1e-9))
        return Led(np.concatenate([looked[order], rest]), np.concatenate([scores[order], behind]), marks[order])

    def _rankings(self, rows: Rows) -> Mapping[str, Ranked]:
        question = self._evidence.question
        terms, formal = question.terms, self._evidence.formal
        folded = _counted(
            [t.folded for t in terms], [t.folded_pair for t in terms], [fold(phrase) for phrase in formal]
        )
        typed = _counted([t.form for t in terms], [t.pair for t in terms], formal) if question.marked else folded
        by_folded = self._words.search("folded", folded, DEPTH, rows=rows)
        return {
            "accented": by_folded if typed is folded else self._words.search("accented", typed, DEPTH, rows=rows),
            "folded": by_folded,
            "heading": self._words.search("heading", typed, DEPTH, rows=rows),
            "title": self._words.search("title", typed, DEPTH, rows=rows),
            "dense": self._vectors.search(self._evidence.vector, DEPTH, rows=rows),
        }

    def _marks(self, rows: NDArray[np.int64]) -> Floats:
        concepts, worth = self._evidence.concepts, self._evidence.worth
        likeness = np.maximum(self._vectors.likeness(self._evidence.vector, rows).astype(np.float64), 0.0)
        if not concepts.terms:
            nothing = np.zeros(len(rows))
            return np.stack([nothing, nothing, nothing, nothing, _scaled(likeness)], axis=1)
        text = self._words.tally(self._evidence.field, concepts.terms, rows)
        scores = scores_in(concepts, worth, text, mean=self._words.mean_length(self._evidence.field))
        headings, above = np.zeros(len(rows)), np.zeros(text.counts.shape, dtype=bool)
        for field in ("heading", "title"):
            tally = self._words.tally(field, concepts.terms, rows)
            own = weigh(concepts, self._words.frequencies(field, concepts.terms), self._words.size)
            headings += scores_in(concepts, own, tally, mean=self._words.mean_length(field))
            above |= tally.counts > 0
        everywhere = covered(worth, present_in(concepts, worth, (text.counts > 0) | above))
        topic = covered(worth, present_in(concepts, worth, above))
        return np.stack([_scaled(scores), _scaled(headings), everywhere, topic, _scaled(likeness)], axis=1)


def _scaled(values: Floats) -> Floats:
    best = float(values.max(initial=0.0))
    return values / best if best > 0 else np.zeros(len(values))


def _counted(syllables: Sequence[str], pairs: Sequence[str | None], formal: Sequence[str]) -> dict[str, float]:
    """Terms of the word index with how often they are asked; of a formal phrase its pairs, or its one syllable, which
    count `FORMAL_BOOST`: single syllables out of phrases would find everything.
    """
    asked = Counter[str]((*syllables, *(pair.replace(" ", "_") for pair in pairs if pair)))
    terms = {term: float(count) for term, count in asked.items()}
    for phrase in formal:
        words = phrase.split()
        for term in [f"{left}_{right}" for left, right in pairwise(words)] or words:
            terms.setdefault(term, FORMAL_BOOST)
    return terms
