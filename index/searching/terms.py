"""The terms under which a text is found, the same for writing and for asking.

A field's terms are syllables and bigrams of neighbouring syllables (``chỉ thị`` gives ``chỉ``, ``thị``, ``chỉ_thị``);
document numbers are one term (``24-ct/tu``). What recognition must have misread stands beside what it should be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from index.language.misreadings import read_right
from index.language.text import fold
from index.language.tokens import bigrams, tokens


class Field(NamedTuple):
    """``source``: which string of a `WordRow` feeds it; ``terms``: text -> terms, in order, repeated as they occur."""

    source: str
    terms: Callable[[str], list[str]]


def accented_terms(text: str) -> list[str]:
    return list(_accented(text))


def folded_terms(text: str) -> list[str]:
    return fold(" ".join(_accented(text))).split()


def either_terms(text: str) -> list[str]:
    """Accented terms, and beside them the folded ones where they differ: a short text that is asked in both ways."""
    pairs = zip(accented_terms(text), folded_terms(text), strict=True)
    return [term for pair in pairs for term in dict.fromkeys(pair)]


@lru_cache(64)  # the passages of a directive have one title, and often one heading
def _accented(text: str) -> tuple[str, ...]:
    terms = _terms(text)
    right = read_right(text)
    if right == text:
        return terms
    known = set(terms)
    return *terms, *(term for term in _terms(right) if term not in known)


def _terms(text: str) -> tuple[str, ...]:
    found = [token._replace(key=token.key[:_LONGEST]) for token in tokens(text)]
    return *(token.key for token in found), *bigrams(found)


_LONGEST = 100
"""Characters of a term: no word is longer, and what is (a line of garbage) the index would leave out."""


FIELDS = {
    "accented": Field("text", accented_terms),
    "folded": Field("text", folded_terms),
    "heading": Field("heading", either_terms),
    "title": Field("title", either_terms),
}
"""The fields of the word index by name."""
