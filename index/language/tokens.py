"""A printed text as search tokens: syllables, and document numbers that stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from index.language.numbers import find_numbers
from index.language.text import fold, key
from index.types import DocumentNumber

_SYLLABLE = re.compile(r"[^\W_]+")
_DOUBLED = re.compile("đ{2,}")  # OCR doubles the letter; the offsets still point at what is printed

Kind = Literal["word", "number", "part"]


class Token(NamedTuple):
    """One key of a text and where it is printed, ``text[start:end]``. ``folded``: the key without accents."""

    key: str
    folded: str
    start: int
    end: int
    kind: Kind


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a printed text in order of their start.

    A document number is one ``number`` token: its symbol in lower case without leading zeros (``24-ct/tu``), or
    ``24-ct`` where no issuer is said. Where one is said, a ``part`` token without it follows (``24-ct``), so that
    ``chỉ thị 24`` meets ``24-CT/TU``. The pieces of a symbol are no tokens; the syllables of words are.
    """
    keyed = key(text)
    found: list[Token] = []
    position = 0
    for number in find_numbers(text):
        start, end = number.span.start, number.span.end
        found += _words(keyed, position, start)
        found += _of_number(number)
        position = end if text[start].isdigit() else start
    return (*found, *_words(keyed, position, len(text)))


def bigrams(found: Iterable[Token]) -> list[str]:
    """The keys of neighbouring syllables joined by ``_``; a document number parts its neighbours."""
    return [f"{one.key}_{two.key}" for one, two in pairwise(found) if one.kind == two.kind == "word"]


def _words(keyed: str, start: int, end: int) -> list[Token]:
    syllables = _SYLLABLE.finditer(keyed, start, end)
    return [Token(*_word_keys(match[0]), match.start(), match.end(), "word") for match in syllables]


@lru_cache(maxsize=1 << 16)
def _word_keys(word: str) -> tuple[str, str]:
    single = _DOUBLED.sub("đ", word)
    return single, fold(single)


def _of_number(number: DocumentNumber) -> list[Token]:
    count = "/".join(part.lstrip("0") for part in number.number.split("/"))
    short = f"{count}-{number.type}"
    written: list[tuple[str, Kind]] = [(short, "number")]
    if number.symbol:
        written = [(number.symbol, "number"), (short, "part")]
    return [Token(key(name), fold(name), number.span.start, number.span.end, kind) for name, kind in written]
