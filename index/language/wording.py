"""What people type -> the words that documents use: abbreviations written out, everyday words beside formal ones.

The two tables stand in `lexicon/`, to be read and edited by people who know the language of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from index.language.text import fold, key, syllables

_LEXICON = Path(__file__).with_name("lexicon")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[^\W\d_]+(?:[/-][^\W\d_]+)*")
_FIRST = re.compile(r"\w+")
_LONG_ENOUGH = 3
_MARKED_SHARE = 0.3
_NO_MORE: Mapping[str, str] = {}


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


def written_out(text: str, *, with_marks: bool | None = None, more: Mapping[str, str] = _NO_MORE) -> Written:
    """The text with its abbreviations and chat spellings in full; without accents where the text is typed without,
    unless ``with_marks`` says otherwise. ``more``: further short forms by their keys, where the table has none.
    """
    marked, plain = is_typed_with_marks(text), fold(text)
    with_marks = marked if with_marks is None else with_marks
    pieces: list[str] = []
    shorts: list[Formal] = []
    length = position = 0
    for match in _short_forms(text):
        short = key(match[0])
        long = _full_form(short, before=plain[: match.start()], behind=plain[match.end() :]) or more.get(short)
        if long is None or long == key(match[0]):  # left as typed
            continue
        shown = long if with_marks else fold(long)
        pieces += [text[position : match.start()], shown]
        length += match.start() - position
        shorts.append(
            Formal(length, length + len(shown), (_syllables(key(match[0]) if marked else plain[slice(*match.span())]),))
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


def formal_words(text: str, *, with_marks: bool | None = None) -> tuple[Formal, ...]:
    """The everyday phrases in this text with the formal words for them, longest first where they overlap.

    ``with_marks``: compared with accents; None: where the text is typed with them.
    """
    with_marks = is_typed_with_marks(text) if with_marks is None else with_marks
    return _found(key(text) if with_marks else fold(text), _everyday(with_marks, with_marks))


def formal_words_heard(text: str) -> tuple[Formal, ...]:
    """The same where the accents of the text do not count, with the formal words as documents print them."""
    return _found(fold(text), _everyday(False, True))


def _found(searched: str, pairs: _Phrases) -> tuple[Formal, ...]:
    found: list[Formal] = []
    begun = sorted({each for word in _FIRST.findall(searched) for each in pairs.by_first.get(word, ())})
    for said, phrases in (pairs.listed[place] for place in begun):
        if said not in searched:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", searched):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Formal(match.start(), match.end(), phrases))
    return tuple(sorted(found))


def everyday_phrases() -> Iterator[tuple[list[str], list[str]]]:
    """What people say, and the formal phrases for it, row by row."""
    for row in _load("everyday.yaml"):
        yield row["said"], row["formal"]


def spoken_phrases() -> Iterator[str]:
    """How people talk and ask: phrases that stand for nothing else."""
    lines = (_LEXICON / "spoken.txt").read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


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


class _Phrases(NamedTuple):
    """``listed``: what is said and the formal phrases for it, longest first. ``by_first``: its first word -> places."""

    listed: tuple[tuple[str, tuple[str, ...]], ...]
    by_first: dict[str, list[int]]


@lru_cache(3)
def _everyday(said_marked: bool, formal_marked: bool) -> _Phrases:
    """Everyday phrase and the formal ones as syllables, longest first; folded where they are not ``…_marked``."""
    spoken, form = (key if marked else fold for marked in (said_marked, formal_marked))
    pairs: dict[str, dict[str, None]] = {}
    for row in _load("everyday.yaml"):
        formal = dict.fromkeys(_syllables(form(one)) for one in row["formal"])
        for said in row["said"]:
            pairs.setdefault(spoken(said), {}).update(formal)
    listed = sorted(
        ((said, tuple(formal)) for said, formal in pairs.items()), key=lambda pair: (-len(pair[0]), pair[0])
    )
    by_first: dict[str, list[int]] = {}
    for place, (said, _) in enumerate(listed):
        by_first.setdefault(_FIRST.findall(said)[0], []).append(place)
    return _Phrases(tuple(listed), by_first)


def _load(name: str) -> Any:
    import yaml

    return yaml.load(
        (_LEXICON / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
