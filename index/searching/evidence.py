"""How much a text says of what is asked: the question's words found, its likeness, the kind of answer it waits for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.findings import Hit
from index.language.text import fold, key, syllables
from index.reading.tables import is_row
from index.searching.cells import is_of_another, numbered_things
from index.searching.encoder import Encoder
from index.searching.expectation import expected, share_met
from index.searching.question import Question, Term
from index.searching.ranking import coverage, idf
from index.searching.snapshot import Snapshot


class Evidence:
    """The evidence for one question in one snapshot. All shares are 0-1, higher is better."""

    def __init__(self, question: Question, snapshot: Snapshot, encoder: Encoder) -> None:
        self.vector = encoder.encode_question(" ".join((question.wording, *question.formal)))
        self.expected = expected(question.wording)
        self._things = numbered_things(question.wording)
        self._terms = question.terms
        self._marked = question.marked
        self._words = snapshot.words
        self._encoder = encoder
        self._usual = snapshot.vectors.mean_likeness(self.vector)
        self._weights: dict[Term, float] = {}
        self._cosines: dict[str, float] = {}
        self._read: dict[str, str] = {}

    def of_words(self, *texts: str, alone: float = 0.5) -> float:
        """Share of the question's words, weighted by their rarity, that these texts hold (`ranking.coverage`)."""
        syllables = " ".join(filter(None, map(self._syllables, texts)))
        return coverage(self._terms, f" {syllables} ", self._weight, alone=alone)

    def of_hit(self, hit: Hit) -> float:
        """The same, mostly of neighbours, with the passage's headings and its directive's type, title and issuer."""
        directive = hit.directive
        about = (directive.type_name or "", directive.title, directive.issuer or "")
        return self.of_words(*hit.passage.path, hit.passage.text, *about, alone=0.25)

    def judge(self, texts: Sequence[str], headings: Sequence[str]) -> list[float]:
        """How well each run of words answers under its heading."""
        return [
            0.0
            if self.is_of_another(text)
            else 0.35 * self.of_words(text)
            + 0.25 * self.of_words(heading, text)
            + 0.3 * max(near, 0.0)
            + 0.1 * share_met(self.expected, text)
            for text, heading, near in zip(texts, headings, self.likeness(texts), strict=True)
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

    def confidence(self, found: float, likeness: float, texts: Sequence[str], *, known: float) -> float:
        """How surely the best passages answer (a logistic of four features).

        ``found``: the best share of words; ``likeness``: the best cosine of a passage; ``texts``: the runs to be
        quoted; ``known``: share of the question's pairs of syllables that the library holds anywhere. Cosines count
        from the mean of the whole library, since each encoder has its own level. Cosine alone or words alone do not
        tell an answerable question from one that is not.
        """
        nearest = max(self.likeness(texts), default=0.0) if self._encoder.is_quick else likeness
        likeness, nearest = likeness - self._usual, nearest - self._usual
        return 1 / (1 + math.exp(-(1.1 * found + 5.0 * likeness + 7.2 * nearest + 2.3 * known - 4.6)))

    def _syllables(self, text: str) -> str:
        """The syllables of a text in the form that the terms have; a text is read once."""
        if text not in self._read:
            form = key(text) if self._marked else fold(text)
            self._read[text] = " ".join(syllables(form))
        return self._read[text]

    def _weight(self, term: Term) -> float:
        if term not in self._weights:
            frequency = self._words.document_frequency("accented" if self._marked else "folded", term.form)
            self._weights[term] = idf(frequency, self._words.size)
        return self._weights[term]
