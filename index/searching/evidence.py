"""How much a text says of what is asked: the question's words found, its likeness, the kind of answer it waits for."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.findings import Hit, Signs
from index.language.text import fold, key, syllables
from index.reading.tables import is_row
from index.searching.cells import is_of_another, numbered_things
from index.searching.concepts import Floats, concepts_of, covered, present_in, weigh
from index.searching.encoder import Encoder
from index.searching.expectation import Expectation, expected, share_met
from index.searching.question import Question
from index.searching.ranking import SignWeights, idf
from index.searching.snapshot import Snapshot

_EFFECT = ("có hiệu lực", "thay thế", "bãi bỏ")
"""What papers say of what holds."""
_NUMERAL = re.compile(r"\d+")
_LITTLE = 1e-9
_MANY = 10
"""So many of the rarest words are all that counts."""


class Evidence:
    """The evidence for one question in one snapshot. All shares are 0-1, higher is better.

    ``formal``: the phrases that documents use for what is asked. ``field``: of the word index, in which the question is
    looked for.
    """

    def __init__(self, question: Question, snapshot: Snapshot, encoder: Encoder) -> None:
        self.question = question
        self.vector = encoder.encode_question(" ".join((question.wording, *question.formal)))
        self.expected = expected(question.wording)
        self.formal = (*question.formal, *(_EFFECT if Expectation.EFFECT in self.expected else ()))
        self.field = "accented" if question.marked else "folded"
        own = {phrase for term in question.terms for phrase in term.formal}
        further = [phrase for phrase in self.formal if phrase not in own]
        self.concepts = concepts_of(question.terms, folded=not question.marked, further=further)
        words = snapshot.words
        self.worth = weigh(self.concepts, words.frequencies(self.field, self.concepts.terms), words.size)
        self._rarest = idf(0, words.size)
        self._things = numbered_things(question.wording)
        self._encoder = encoder
        self._usual = snapshot.vectors.mean_likeness(self.vector)
        self._cosines: dict[str, float] = {}
        self._read: dict[str, NDArray[np.bool_]] = {}
        self._sought = [f" {term.replace('_', ' ')} " for term in self.concepts.terms]

    def of_words(self, *texts: str) -> float:
        """Share of what is asked, weighted by the rarity of its words, that these texts hold together."""
        return float(self._shares([texts])[0])

    def of_hit(self, hit: Hit) -> float:
        """The same, with the passage's headings and its directive's type, title and issuer."""
        return self.of_words(*_all_of(hit))

    def judge(self, texts: Sequence[str], headings: Sequence[str]) -> list[float]:
        """How well each run of words answers under its heading."""
        alone, under = self._shares([(text,) for text in texts]), self._shares(list(zip(headings, texts, strict=True)))
        return [
            0.0
            if self.is_of_another(text)
            else 0.35 * own + 0.25 * both + 0.3 * max(near, 0.0) + 0.1 * share_met(self.expected, text)
            for text, own, both, near in zip(texts, alone.tolist(), under.tolist(), self.likeness(texts), strict=True)
        ]

    def is_of_another(self, text: str) -> bool:
        """A row of a table about another thing than the one that is asked for by its number."""
        return bool(self._things) and is_row(text) and is_of_another(self._things, text)

    def likeness(self, texts: Sequence[str]) -> list[float]:
        """The cosine of each text with the question; a text is encoded once. 0 where the encoder is not quick."""
        if not self._encoder.is_quick:
            return [0.0] * len(texts)
        if new := [text for text in dict.fromkeys(texts) if text not in self._cosines]:
            cosines = self._encoder.encode_passages(new) @ self.vector
            self._cosines.update(zip(new, cosines.tolist(), strict=True))
        return [self._cosines[text] for text in texts]

    def signs(
        self, hits: Sequence[Hit], quotes: Sequence[tuple[str, ...]], *, likeness: float, settled: float, named: bool
    ) -> Signs:
        """What speaks for and against these hits (at least one, best first) and quotes as an answer.

        ``quotes``: the words of each, then what stands above them. ``likeness``: the best cosine of a passage. Cosines
        count from the mean of the whole library, since each encoder has its own level. ``settled``: as in `Signs`.
        """
        in_hits = self._present([_all_of(hit) for hit in hits])
        counts, known, said = self.worth.counts, self.worth.known, self.concepts.said
        words, pairs, usable = counts * said, counts * ~said, counts * known
        shares = usable @ in_hits / max(float(usable.sum()), _LITTLE)
        best = int(np.argmax(shares))
        near = max(self.likeness([text for text, *_ in quotes]), default=0.0) if self._encoder.is_quick else likeness
        others = [hit.score for hit in hits if hit.directive.id != hits[0].directive.id]
        return Signs(
            gained=min(1.0, float((words @ in_hits).max(initial=0.0)) / (_MANY * self._rarest)),
            settled=min(1.0, settled),
            found=float(shares[best]),
            likeness=likeness - self._usual,
            near=near - self._usual,
            margin=max(0.0, 1 - max(others, default=0.0) / max(hits[0].score, _LITTLE)),
            together=1 - len(others) / max(len(hits) - 1, 1),
            named=float(named),
            gap=float((words * (1 - in_hits[:, best])).max(initial=0.0)) / max(float(words.sum()), _LITTLE),
            unknown=float(words[~known].sum()) / max(float(words.sum()), _LITTLE),
            strange=float(pairs[~known].sum()) / max(float(pairs.sum()), _LITTLE),
            numerals=self._numerals_missing(hits[best]),
        )

    def _numerals_missing(self, hit: Hit) -> float:
        asked = _NUMERAL.findall(self.question.wording)
        held = {number.lstrip("0") for text in _all_of(hit) for number in _NUMERAL.findall(text)}
        return sum(number.lstrip("0") not in held for number in asked) / len(asked) if asked else 0.0

    def _shares(self, texts: Sequence[Sequence[str]]) -> Floats:
        return covered(self.worth, self._present(texts))

    def _present(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Of each concept the share that each of these holds, all its texts together: ``(concepts, texts)``."""
        held = np.zeros((len(self._sought), len(texts)), dtype=bool)
        for position, each in enumerate(texts):
            for text in each:
                held[:, position] |= self._held_in(text)
        return present_in(self.concepts, self.worth, held)

    def _held_in(self, text: str) -> NDArray[np.bool_]:
        """Which terms a text holds; a text is read once."""
        if text not in self._read:
            words = f" {' '.join(syllables(key(text) if self.question.marked else fold(text)))} "
            self._read[text] = np.array([sought in words for sought in self._sought], dtype=bool)
        return self._read[text]


_NOWHERE = 0.8
"""So much of what is asked, by its rarity, stands nowhere in the library: nothing there answers it."""


def confidence_of(signs: Signs, weights: SignWeights) -> float:
    """How surely there is an answer: cosine alone or words alone do not tell."""
    if signs.unknown > _NOWHERE and not signs.named:  # what leads among such passages says nothing
        return 0.0
    weighed = weights.bias + sum(getattr(weights, name) * value for name, value in signs)
    return 1 / (1 + math.exp(-weighed))


def _all_of(hit: Hit) -> tuple[str, ...]:
    directive = hit.directive
    return (*hit.passage.path, hit.passage.text, directive.type_name or "", directive.title, directive.issuer or "")
