"""What people type -> the words that documents use: abbreviations written out, everyday words beside formal ones.

The two tables stand in `lexicon/`, to be read and edited by people who know the language of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from index.language.text import fold, key, syllables

_LEXICON = Path(__file__).with_name("lexicon")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[^\W\d_]+(?:[/-][^\W\d_]+)*")
_LONG_ENOUGH = 3
_MARKED_SHARE = 0.3


class Formal(NamedTuple):
    """What says the same as a run of words: formal words for everyday ones, the short form of a long one.

    ``start``, ``end``: where the run stands. ``phrases``: syllables with single spaces.
    """

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


class Written(NamedTuple):
    """A text with its short forms in full. ``shorts``: where each long form stands, and the short one it came from."""

    text: str
    shorts: tuple[Formal, ...]


def written_out(text: str) -> Written:
    """The text with its abbreviations and chat spellings in full; without accents where the text is typed without."""
    with_marks, plain = is_typed_with_marks(text), fold(text)
    pieces: list[str] = []
    shorts: list[Formal] = []
    length = position = 0
    for match in _short_forms(text):
        long = _full_form(key(match[0]), before=plain[: match.start()], behind=plain[match.end() :])
        if long is None:
            continue
        shown = long if with_marks else fold(long)
        pieces += [text[position : match.start()], shown]
        length += match.start() - position
        shorts.append(
            Formal(
                length, length + len(shown), (_syllables(key(match[0]) if with_marks else plain[slice(*match.span())]),)
            )
        )
        length, position = length + len(shown), match.end()
    return Written("".join([*pieces, text[position:]]), tuple(shorts))


def _short_forms(text: str) -> Iterator[re.Match[str]]:
    """The words of the text; such as ``kt-xh`` whole where they are known whole."""
    for match in _JOINED.finditer(text):
        if match[0].isalpha() or _full_form(key(match[0]), before="", behind="") is not None:
            yield match
        else:
            yield from _WORD.finditer(text, match.start(), match.end())


def _full_form(word: str, *, before: str, behind: str) -> str | None:
    """What a short form stands for between these folded texts; None where it is no short form."""
    table = _abbreviations()
    entry = table.exact.get(word) or (table.folded.get(word) if word == fold(word) else None)
    if entry is None:
        return None
    for long, near in entry.others:
        if any(
            f" {before.rstrip()}".endswith(f" {phrase}") or f"{behind.lstrip()} ".startswith(f"{phrase} ")
            for phrase in near
        ):
            return long
    return entry.default


def formal_words(text: str) -> tuple[Formal, ...]:
    """The everyday phrases in this text with the formal words for them, longest first where they overlap."""
    with_marks = is_typed_with_marks(text)
    searched = key(text) if with_marks else fold(text)
    found: list[Formal] = []
    for said, phrases in _everyday(with_marks):
        if said not in searched:  # a thousand phrases: most are out at once
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", searched):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Formal(match.start(), match.end(), phrases))
    return tuple(sorted(found))


def _syllables(phrase: str) -> str:
    return " ".join(syllables(phrase))


class _Entry(NamedTuple):
    default: str
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Other readings, each with the folded phrases beside the short form that choose it."""


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
        others = tuple((key(long), tuple(map(fold, near))) for long, near in entry["others"].items())
        exact[key(short)] = _Entry(key(entry["default"]), others)
    unsafe = {fold(short) for short in table["accented_only"]}
    return _Abbreviations(exact, {fold(short): entry for short, entry in exact.items() if fold(short) not in unsafe})


@lru_cache(2)
def _everyday(with_marks: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday phrase and the formal ones as syllables, longest first; all folded unless ``with_marks``."""
    form = key if with_marks else fold
    pairs: dict[str, dict[str, None]] = {}
    for row in _load("everyday.yaml"):
        formal = dict.fromkeys(_syllables(form(one)) for one in row["formal"])
        for said in row["said"]:
            pairs.setdefault(form(said), {}).update(formal)
    return tuple(
        sorted(((said, tuple(formal)) for said, formal in pairs.items()), key=lambda pair: (-len(pair[0]), pair[0]))
    )


def _load(name: str) -> Any:
    import yaml

    return yaml.load(
        (_LEXICON / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
