"""How well each sentence of a passage answers, judged beside its neighbours: what it says of what is asked, what its
passage says nowhere else, and whether an answer of the awaited kind stands near the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from index.language.text import fold, key, syllables
from index.searching.concepts import Concepts, Floats, Worth, covered, present_in
from index.searching.expectation import Awaited, awaited, share_hinted, share_told
from index.searching.question import Question
from index.types import Span

REACH = 60
"""Characters round an answer in which the question's words are looked for."""
_ANSWERED = 0.2
"""What an answer counts beside the question's words round it."""
_TRIED = 3
"""Answers of one sentence that are looked at."""
_SUBJECT = 5
"""Syllables of what is to be defined, at most."""
_WHAT_IS = re.compile(r"^(.*?)\s*(?:\bduoc\s+)?(?:\b(?:goi|hieu)\s+)?\b(?:la (?:gi|ai|j)|nghia la)\b")
_MEANING_OF = re.compile(r"\b(?:the nao la|dinh nghia|khai niem|viet tat)\s+(?:cua\s+|cho\s+)?(.*)")
_SENTENCE_WEIGHTS = {
    "headed": 1.93,
    "near": 0.58,
    "met": 0.57,
    "hinted": 0.22,
    "unit": 1.57,
    "cosine": 1.59,
    "local": 2.15,
    "before": 1.09,
    "behind": 0.43,
    "together": 2.65,
    "defines": 1.2,
}
"""Log-odds that a sentence answers, by what speaks for it (`Judge.signs`); learned by a softmax over the sentences of
all passages that lead for a question.
"""
OF_ANOTHER = -20.0
"""Log-odds of a row about another thing than the one that is asked for by its number."""
_WEIGHTS = np.array(list(_SENTENCE_WEIGHTS.values()))


Passage = tuple[Sequence[str], Sequence[str]]
"""Sentences that follow one another, and the headings over each."""


class Known(Protocol):
    """What is known of a question in one snapshot (`index.searching.evidence.Evidence`)."""

    question: Question
    concepts: Concepts
    worth: Worth

    def likeness(self, texts: Sequence[str]) -> list[float]: ...

    def is_of_another(self, text: str) -> bool: ...


class _Sentence(NamedTuple):
    """``folded``, ``keyed``: of the same length as the text."""

    folded: str
    keyed: str


class Judge:
    """The judge of the sentences for one question."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._awaited: Awaited = awaited(known.question.wording)
        self._asked = f" {' '.join(syllables(fold(known.question.wording)))} "
        self._marked = known.question.marked
        self._sought = [f" {term.replace('_', ' ')} " for term in known.concepts.terms]

    def __call__(self, texts: Sequence[str], headings: Sequence[str]) -> Sequence[float]:
        """Log-odds that each of these sentences of one passage, in their order, answers under its heading."""
        return self.of_passages([(texts, headings)])[0]

    def of_passages(self, passages: Sequence[Passage]) -> list[list[float]]:
        """The same for several passages at once, which is quicker."""
        odds = []
        for (texts, _), signs in zip(passages, self.signs(passages), strict=True):
            another = np.array([self._known.is_of_another(text) for text in texts], dtype=bool)
            odds.append(np.where(another, OF_ANOTHER, signs @ _WEIGHTS).tolist())
        return odds

    def signs(self, passages: Sequence[Passage]) -> list[Floats]:
        """Of each passage ``(texts, len(_SENTENCE_WEIGHTS))``, each 0-1."""
        texts = [text for texts, _ in passages for text in texts]
        headings = [heading for _, headings in passages for heading in headings]
        read = [self._read(text) for text in texts]
        around = [
            (row, self._around(one, span)) for row, one in enumerate(read) for span in self._answers(one)[:_TRIED]
        ]
        over = list(dict.fromkeys(headings))
        present = self._present([*(one.keyed for one in read), *map(self._form, over), *(words for _, words in around)])
        own = present[:, : len(texts)]
        heads = present[:, [len(texts) + over.index(heading) for heading in headings]]
        worth = self._known.worth
        headed = (covered(worth, own) + covered(worth, np.maximum(own, heads))) / 2
        near = np.zeros(len(texts))
        shares = covered(worth, present[:, len(texts) + len(over) :])
        for (row, _), share in zip(around, shares.tolist(), strict=True):
            near[row] = max(near[row], _ANSWERED + share)
        alone = np.column_stack(
            [
                headed,
                near,
                [share_told(self._awaited.kinds, one.folded) for one in read],
                [share_hinted(self._awaited.kinds, one.folded) for one in read],
                [float(self._awaited.counts(one.folded)) for one in read],
                self._known.likeness(texts),
            ]
        )
        signs, start = [], 0
        for passage, _ in passages:
            rows = slice(start, start + len(passage))
            signs.append(np.column_stack([alone[rows], _beside(worth, own[:, rows]), self._defines(read[rows])]))
            start += len(passage)
        return signs

    def answers(self, text: str) -> list[Span]:
        """Where what was asked for by its unit stands in a text: all of them; else the amount or time that stands
        nearest to the question's words.
        """
        one = self._read(text)
        if found := self._new(one, self._awaited.units(one.folded)):
            return found
        found = self._new(one, self._awaited.amounts(one.folded))
        shares = covered(self._known.worth, self._present([self._around(one, span) for span in found]))
        return [found[int(np.argmax(shares))]] if found else []

    def _answers(self, one: _Sentence) -> list[Span]:
        return self._new(one, self._awaited.answers(one.folded))

    def _new(self, one: _Sentence, found: Iterable[tuple[int, int]]) -> list[Span]:
        """Those that the question does not say itself."""
        spans = [Span(start=start, end=end) for start, end in found]
        return [span for span in spans if f" {one.folded[span.start : span.end]} " not in self._asked]

    def _around(self, one: _Sentence, span: Span) -> str:
        start, end = max(span.start - REACH, 0), span.end + REACH
        return one.keyed[start:end]

    def _form(self, text: str) -> str:
        return key(text) if self._marked else fold(text)

    def _read(self, text: str) -> _Sentence:
        folded = fold(text)
        return _Sentence(folded, key(text) if self._marked else folded)

    def _present(self, forms: Sequence[str]) -> Floats:
        """How much of each concept each of these texts holds, ``(concepts, texts)``."""
        words = [f" {' '.join(syllables(form))} " for form in forms]
        held = np.array([[sought in each for each in words] for sought in self._sought], dtype=bool)
        return present_in(self._known.concepts, self._known.worth, held.reshape(len(self._sought), len(forms)))

    def _defines(self, read: Sequence[_Sentence]) -> list[float]:
        """Where it is asked what something is: whether a sentence says "it is", "it:" or what it is short for."""
        asked = self._asked.strip()
        named = _WHAT_IS.search(asked)
        meant = None if named else _MEANING_OF.search(asked)
        words = named[1].split()[-_SUBJECT:] if named else meant[1].split()[:_SUBJECT] if meant else []
        for length in range(len(words), 0, -1):
            subject = " ".join(words[-length:])
            pattern = re.compile(rf"(?<!\w){re.escape(subject)}\W*(?:\([^)]*\)\s*)?(?:la\b|:|=|\()")
            found = [length / len(words) if pattern.search(one.folded) else 0.0 for one in read]
            if any(found):
                return found
        return [0.0] * len(read)


def _beside(worth: Worth, own: Floats) -> Floats:
    """What tells a sentence from its neighbours, ``(texts, 4)``: what only it says, what the one before and the one
    behind say, what all say together.
    """
    here = covered(worth, own)
    before, behind = np.concatenate([[0.0], here[:-1]]), np.concatenate([here[1:], [0.0]])
    together = covered(worth, own.max(axis=1, initial=0.0, keepdims=True))
    return np.column_stack([_only_here(worth, own), before, behind, np.full(len(here), together[0])])


def _only_here(worth: Worth, own: Floats) -> Floats:
    """The share of what a passage says in few sentences that each of them holds."""
    sentences = (own > 0).sum(axis=1)
    telling = worth.counts * np.log((own.shape[1] + 1) / np.maximum(sentences, 1)) * (sentences > 0)
    shares: Floats = telling @ own / max(float(telling.sum()), 1e-9)
    return shares
