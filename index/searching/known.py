"""How much of a question's wording the library holds at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.searching.meaning import Rows
from index.searching.question import Question
from index.searching.words import WordStore

_LOOKED_AT = 8
"""Rows among which one that counts is looked for, before the search is limited to these."""


def known_share(question: Question, words: WordStore, rows: Rows) -> float:
    """Share of the question's pairs of syllables, or their formal words, that any of these passages holds."""
    pairs = [(term.pair, *term.formal) for term in question.terms if term.pair]
    field = "accented" if question.marked else "folded"
    known = [any(_is_known(phrase, field, words, rows) for phrase in phrases) for phrases in pairs]
    return sum(known) / len(pairs) if pairs else 1.0


def _is_known(phrase: str, field: str, words: WordStore, rows: Rows) -> bool:
    syllables = phrase.split()
    if len(syllables) != 2:
        return False
    term = {"_".join(syllables): 1.0}
    found, _ = words.search(field, term, _LOOKED_AT)  # a limited search costs several times as much
    if rows is None or not len(found) or _holds_any(rows, found):
        return len(found) > 0
    return len(found) == _LOOKED_AT and len(words.search(field, term, 1, rows=rows)[0]) > 0


def _holds_any(rising: NDArray[np.int64], rows: NDArray[np.int64]) -> bool:
    places = np.searchsorted(rising, rows)
    inside = places < len(rising)
    return bool((rising[places[inside]] == rows[inside]).any())
