"""What people type -> the words that documents use: abbreviations written out, everyday words beside formal ones.

The two tables stand in `lexicon/`, to be read and edited by people who know the language of the documents.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from index.language.text import fold, key

_LEXICON = Path(__file__).with_name("lexicon")
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
_LONG_ENOUGH = 3
_MARKED_SHARE = 0.3


class Formal(NamedTuple):
    """Formal words for a run of everyday ones. ``start``, ``end``: where the everyday words stand."""

    start: int
    end: int
    phrases: tuple[str, ...]


def is_typed_with_marks(text: str) -> bool:
    """Whether the accents of this text count: enough of its syllables carry them (``đv dang sinh hoat`` carries
    none).
    """
    words = [word for word in _WORD.findall(text) if len(word) >= _LONG_ENOUGH] or _WORD.findall(text)
    marked = sum(fold(word) != word.lower() for word in words)
    return bool(words) and marked >= _MARKED_SHARE * len(words)


def written_out(text: str) -> str:
    """The text with its abbreviations and chat spellings in full; without accents where the text is typed without."""
    with_marks = is_typed_with_marks(text)
    around = frozenset(_WORD.findall(fold(text)))

    def full(match: re.Match[str]) -> str:
        word = key(match[0])
        if match[0].isupper() and len(match[0]) == 1:
            return match[0]
        long = _full_form(word, around)
        return match[0] if long is None else (long if with_marks else fold(long))

    return _WORD.sub(full, text)


def _full_form(word: str, around: frozenset[str]) -> str | None:
    table = _abbreviations()
    entry = table.exact.get(word) or (table.folded.get(word) if word == fold(word) else None)
    if entry is None:
        return None
    return next((long for long, near in entry.others if around & near), entry.default)


def formal_words(text: str) -> tuple[Formal, ...]:
    """The everyday phrases in this text with the formal words for them, longest first where they overlap."""
    with_marks = is_typed_with_marks(text)
    searched = key(text) if with_marks else fold(text)
    found: list[Formal] = []
    for said, formal in _everyday():
        wanted = said if with_marks else fold(said)
        for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", searched):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                phrases = formal if with_marks else tuple(map(fold, formal))
                found.append(Formal(match.start(), match.end(), phrases))
    return tuple(sorted(found))


class _Entry(NamedTuple):
    default: str
    others: tuple[tuple[str, frozenset[str]], ...] = ()


class _Abbreviations(NamedTuple):
    """``exact``: by the key as typed with its marks; ``folded``: by the folded key, where that is no word of its
    own.
    """

    exact: dict[str, _Entry]
    folded: dict[str, _Entry]


@lru_cache(1)
def _abbreviations() -> _Abbreviations:
    table = _load("abbreviations.yaml")
    exact = {key(short): _Entry(key(long)) for short, long in table["plain"].items()}
    for short, entry in table["ambiguous"].items():
        others = tuple((key(long), frozenset(map(fold, near))) for long, near in entry["others"].items())
        exact[key(short)] = _Entry(key(entry["default"]), others)
    unsafe = {fold(short) for short in table["accented_only"]}
    return _Abbreviations(exact, {fold(short): entry for short, entry in exact.items() if fold(short) not in unsafe})


@lru_cache(1)
def _everyday() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday phrase and its formal ones, longest first."""
    pairs = [(key(said), tuple(map(key, row["formal"]))) for row in _load("everyday.yaml") for said in row["said"]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _load(name: str) -> Any:
    import yaml

    return yaml.load(
        (_LEXICON / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
