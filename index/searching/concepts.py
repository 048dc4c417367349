"""What a question looks for, concept by concept, and how much of each a passage or a run of words holds.

A concept is a run of typed words together with the formal words that say the same: it counts by the form that is held
best, never by the sum, so that a long list of formal phrases does not outweigh what was typed. Two typed neighbours are
a further concept, as the pair that they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.text import fold
from index.searching.postings import Tally
from index.searching.question import Term

FORMAL = 0.9
"""What the formal words for an everyday phrase count in place of its own."""
K1, B = 1.2, 0.75
"""Of BM25 (Robertson and Walker)."""

Floats = NDArray[np.float64]


class Form(NamedTuple):
    """One way to say a concept: its syllables, and its pairs of neighbours as terms of the word index."""

    concept: int
    typed: bool
    words: tuple[str, ...]
    pairs: tuple[str, ...]


class Concepts(NamedTuple):
    """The concepts of a question in one spelling, each with its forms one behind the other.

    ``terms``: of the word index. ``words``, ``pairs``: which of them each form has, ``(forms, terms)``. ``starts``: the
    first form of each concept; ``owners``: the concept of each form; ``typed``: whether it was typed.
    """

    terms: tuple[str, ...]
    words: Floats
    pairs: Floats
    starts: NDArray[np.intp]
    owners: NDArray[np.intp]
    typed: NDArray[np.bool_]

    @property
    def said(self) -> NDArray[np.bool_]:
        """Which concepts are words, not only neighbours of words."""
        said: NDArray[np.bool_] = self.words[self.starts].sum(axis=1) > 0
        return said


class Worth(NamedTuple):
    """What the store makes of concepts. ``rarity``: of each term. ``words``, ``pairs``: what each form's may count at
    most, ``(forms,)``. ``known``: whether any row holds a form of it whole; ``counts``: what it counts ``(concepts,)``.
    """

    rarity: Floats
    words: Floats
    pairs: Floats
    known: NDArray[np.bool_]
    counts: Floats


def concepts_of(terms: Sequence[Term], *, folded: bool, further: Sequence[str] = ()) -> Concepts:
    """The concepts of a question. ``further``: phrases that belong to no typed word, any of which will do."""
    forms = list(_forms(terms, folded=folded, further=further))
    known = tuple(dict.fromkeys(term for form in forms for term in (*form.words, *form.pairs)))
    place = {term: position for position, term in enumerate(known)}
    words, pairs = np.zeros((len(forms), len(known))), np.zeros((len(forms), len(known)))
    for row, form in enumerate(forms):
        words[row, [place[term] for term in form.words]] = 1
        pairs[row, [place[term] for term in form.pairs]] = 1
    owners = np.array([form.concept for form in forms], dtype=np.intp)
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    return Concepts(known, words, pairs, starts, owners, np.array([form.typed for form in forms], dtype=bool))


def _forms(terms: Sequence[Term], *, folded: bool, further: Sequence[str]) -> Iterator[Form]:
    concept = 0
    for phrases, group in groupby(enumerate(terms), key=lambda pair: pair[1].formal or pair[0]):
        run = [term for _, term in group]
        words = tuple(term.folded if folded else term.form for term in run)
        yield Form(concept, True, words, _pairs(run[:-1], folded=folded))
        if isinstance(phrases, tuple):
            yield from (_formal(concept, phrase, folded=folded) for phrase in phrases)
        concept += 1
        if crossing := _pairs(run[-1:], folded=folded):
            yield Form(concept, True, (), crossing)
            concept += 1
    for phrase in further:
        yield _formal(concept, phrase, folded=folded)


def _pairs(run: Sequence[Term], *, folded: bool) -> tuple[str, ...]:
    pairs = [term.folded_pair if folded else term.pair for term in run]
    return tuple(pair.replace(" ", "_") for pair in pairs if pair)


def _formal(concept: int, phrase: str, *, folded: bool) -> Form:
    words = (fold(phrase) if folded else phrase).split()
    return Form(concept, False, tuple(words), tuple(f"{left}_{right}" for left, right in pairwise(words)))


def weigh(concepts: Concepts, frequencies: Floats, size: int) -> Worth:
    """``frequencies``: in how many of the ``size`` rows of the store each term stands.

    Typed words that no row holds count no more than the formal words for them that some row does, so that an everyday
    word is not a rare one. What belongs to no typed word counts nothing.
    """
    rarity = np.log(1 + (size - frequencies + 0.5) / (frequencies + 0.5))
    words, pairs = concepts.words @ rarity, concepts.pairs @ rarity
    typed = concepts.typed
    is_known = ~(((concepts.words + concepts.pairs) > 0) & (frequencies == 0)).any(axis=1)
    most = _best(concepts, np.where(typed, words + pairs, 0.0))
    most_formal = _best(concepts, np.where(is_known & ~typed, words + pairs, 0.0))
    typed_known = _any(concepts, is_known & typed)
    formal_known = _any(concepts, is_known & ~typed)
    own_words, own_pairs = _best(concepts, np.where(typed, words, 0.0)), _best(concepts, np.where(typed, pairs, 0.0))
    has_typed = _any(concepts, typed)[concepts.owners]
    return Worth(
        rarity=rarity,
        words=np.where(has_typed, np.minimum(words, own_words[concepts.owners]), words),
        pairs=np.where(has_typed, np.minimum(pairs, own_pairs[concepts.owners]), pairs),
        known=typed_known | formal_known,
        counts=np.where(formal_known & ~typed_known, np.minimum(most, most_formal), most),
    )


def scores_in(concepts: Concepts, worth: Worth, tally: Tally, *, mean: float) -> Floats:
    """BM25 of the concepts in the rows of a tally, ``(rows,)``. ``mean``: the mean length of a row in the store."""
    saturated = (K1 + 1) * tally.counts / (tally.counts + K1 * (1 - B + B * tally.lengths / (mean or 1.0)))
    valued = saturated * worth.rarity[:, None]
    words, pairs = concepts.words @ valued, concepts.pairs @ valued
    full_words, full_pairs = concepts.words @ worth.rarity, concepts.pairs @ worth.rarity
    # A formal phrase counts by the share of it that is found: of its pairs, where it has some.
    found = np.where((full_pairs > 0)[:, None], _share(pairs, full_pairs), _share(words, full_words))
    formal = FORMAL * found * (worth.words + worth.pairs)[:, None]
    best = _best(concepts, np.where(concepts.typed[:, None], words + pairs, formal))
    summed: Floats = best.sum(axis=0)
    return summed


def present_in(concepts: Concepts, worth: Worth, held: NDArray[np.bool_]) -> Floats:
    """The share (0-1) of each concept that texts hold, ``(concepts, texts)``, from the terms that they hold ``(terms,
    texts)``: of a form's pairs, where it has some.
    """
    valued = held * worth.rarity[:, None]
    words, pairs = concepts.words @ worth.rarity, concepts.pairs @ worth.rarity
    there = np.where(
        (pairs > 0)[:, None], _share(concepts.pairs @ valued, pairs), _share(concepts.words @ valued, words)
    )
    best = _best(concepts, np.where(concepts.typed[:, None], there, FORMAL * there))
    return best


def covered(worth: Worth, present: Floats) -> Floats:
    """The share (0-1) of all that is asked for, ``(texts,)``, from what is present of each concept."""
    shares: Floats = worth.counts @ present / max(float(worth.counts.sum()), 1e-9)
    return shares


def _best(concepts: Concepts, values: Floats) -> Floats:
    """Of the forms of each concept the best."""
    if not len(concepts.starts):
        return np.zeros((0, *values.shape[1:]))
    best: Floats = np.maximum.reduceat(values, concepts.starts)
    return best


def _any(concepts: Concepts, values: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if not len(concepts.starts):
        return np.zeros(0, dtype=bool)
    found: NDArray[np.bool_] = np.logical_or.reduceat(values, concepts.starts)
    return found


def _share(part: Floats, whole: Floats) -> Floats:
    shares: Floats = part / np.where(whole > 0, whole, 1.0)[:, None]
    return shares
