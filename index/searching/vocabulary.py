"""The words of a snapshot: how often each stands in what may be seen, alone and behind another, and its short forms.

What may not be seen does not help: every figure is that of a library which holds nothing else.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.accents import NUMBER, START
from index.language.shortening import Short, find_shorts
from index.language.text import fold, key
from index.language.usage import Usage, usage
from index.searching.rows import SeenRows
from index.searching.words import WordRow

FOLDER = "vocabulary"
_COMMON, _SHARE = 0.05, 4.0
"""What one meeting in laws, an encyclopaedia and speech counts at most beside one row of the library, and what all of
them together count beside all words of the library.
"""
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_PART = re.compile(r"[.;:!?()\[\]\"“”\n]")
_NOWHERE = 0xFFFFFFFF
"""The place of a word that the library does not hold."""
_KEPT = 10_000
"""Syllables whose spellings are kept at hand."""
_LONGEST = 12
"""Letters of a word; a Vietnamese syllable has seven at most."""


class _Stored(NamedTuple):
    """``keys``, rising: of words and of pairs. ``starts``, ``rows``: the rows of key ``i`` are
    ``rows[starts[i]:starts[i + 1]]``.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]


class _Said(NamedTuple):
    """A short form that a directive explains, and the rows in which it does."""

    short: str
    long: str
    rows: tuple[int, ...]


def write_vocabulary(folder: Path, rows: Iterable[WordRow]) -> None:
    places: dict[str, int] = {}
    keys, numbers = array("Q"), array("I")
    shorts: dict[Short, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        text = f"{row.heading}\n{row.text}"
        found: set[int] = set()
        for line in _words(text):
            at = [places.setdefault(word, len(places) + 1) for word in line]
            found.update(_key(*run) for run in (*zip(at), *pairwise(at)))
        keys.extend(found)
        numbers.extend([number] * len(found))
        for short in find_shorts(text):
            shorts[short].append(number)
    all_keys = np.array(keys, dtype=np.uint64)
    order = np.argsort(all_keys, kind="stable")
    known, starts = np.unique(all_keys[order], return_index=True)
    (folder / FOLDER).mkdir()
    np.save(folder / FOLDER / "keys.npy", known)
    np.save(folder / FOLDER / "starts.npy", np.append(starts, len(all_keys)).astype(np.int64))
    np.save(folder / FOLDER / "rows.npy", np.array(numbers, dtype=np.int32)[order])
    said = [[short.short, short.long, sorted(set(at))] for short, at in shorts.items()]
    (folder / FOLDER / "words.json").write_text(
        json.dumps({"words": list(places), "shorts": said}, ensure_ascii=False), encoding="utf-8"
    )


def _words(text: str) -> Iterator[list[str]]:
    for line in _PART.split(key(text)):
        if words := _TOKENS.findall(line):
            yield [START, *(NUMBER if word[0].isdigit() else word[:_LONGEST] for word in words)]


def open_vocabulary(folder: Path) -> Vocabulary:
    """The one written there. Raises OSError, EOFError or ValueError where it is missing or damaged."""
    stored = _Stored(*(np.load(folder / FOLDER / f"{name}.npy", mmap_mode="r") for name in _Stored._fields))
    if len(stored.starts) != len(stored.keys) + 1 or stored.starts[-1] != len(stored.rows):
        raise ValueError("a vocabulary that does not fit together")
    said = json.loads((folder / FOLDER / "words.json").read_bytes())
    shorts = tuple(_Said(short, long, tuple(rows)) for short, long, rows in said["shorts"])
    return Vocabulary(_Words(said["words"]), stored, shorts, None)


@dataclass(frozen=True)
class _Words:
    listed: Sequence[str]

    @cached_property
    def places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.listed, start=1)}

    @cached_property
    def spelled(self) -> dict[str, list[str]]:
        """Without accents -> the words."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.listed:
            found[fold(word)].append(word)
        return dict(found)


class Vocabulary:
    """Counts for `index.language.accents`: rows of the library that may be seen, and what is common everywhere."""

    def __init__(self, words: _Words, stored: _Stored, shorts: Sequence[_Said], seen: SeenRows | None) -> None:
        self._words, self._stored, self._said, self._seen = words, stored, shorts, seen
        self._spelled: dict[str, list[str]] = {}

    def among(self, seen: SeenRows) -> Vocabulary:
        """As if the library held only these rows."""
        return Vocabulary(self._words, self._stored, self._said, seen)

    @cached_property
    def shorts(self) -> dict[str, str]:
        """Short form (key) -> what it stands for, as the directives say it: the one that most rows say."""
        best: dict[str, tuple[int, str]] = {}
        for said in self._said:
            rows = np.array(said.rows)
            often = len(rows) if self._seen is None else int(np.count_nonzero(self._seen.mask[rows]))
            if often and (often, said.long) > best.get(said.short, (0, "")):
                best[said.short] = often, said.long
        return {short: long for short, (_, long) in best.items()}

    @cached_property
    def total(self) -> float:
        return self._common.total * self._weight + float(self._singles.sum())

    def spellings(self, folded: str) -> Sequence[str]:
        if folded not in self._spelled:
            own = self._words.spelled.get(folded, ())
            seen = [word for word, often in zip(own, self.rows(own), strict=True) if often]
            if len(self._spelled) > _KEPT:
                self._spelled.clear()
            self._spelled[folded] = list(dict.fromkeys((*self._common.spellings(folded), *seen)))
        return self._spelled[folded]

    def words(self, words: Sequence[str]) -> list[float]:
        common, weight = self._common.words(words), self._weight
        return [often + weight * other for often, other in zip(self.rows(words), common, strict=True)]

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        common, weight = self._common.pairs(pairs), self._weight
        return [often + weight * other for often, other in zip(self._counted(pairs), common, strict=True)]

    def rows(self, words: Sequence[str]) -> list[float]:
        """In how many rows that may be seen each word stands."""
        return self._counted([(word,) for word in words])

    @cached_property
    def folded_words(self) -> dict[str, float]:
        """The words that may be seen without their accents, and in how many rows they stand."""
        listed = self._words.listed
        found: dict[str, float] = defaultdict(float)
        for word, often in zip(listed, self.rows(listed), strict=True):
            if often and word[0].isalpha():
                found[fold(word)] += often
        return dict(found)

    @property
    def _common(self) -> Usage:
        return usage()

    @cached_property
    def _weight(self) -> float:
        return min(_COMMON, _SHARE * (float(self._singles.sum()) + 1) / self._common.total)

    @cached_property
    def _counts(self) -> NDArray[np.int64]:
        """By key, over the rows that may be seen."""
        if self._seen is None:
            return _int64(self._stored.starts[1:] - self._stored.starts[:-1])
        if not len(self._stored.rows):
            return np.zeros(0, np.int64)
        held = self._seen.mask[self._stored.rows].astype(np.int64)
        return _int64(np.add.reduceat(held, self._stored.starts[:-1]))

    @cached_property
    def _singles(self) -> NDArray[np.int64]:
        return _int64(self._counts[(self._stored.keys & np.uint64(0xFFFFFFFF)) == 0])

    def _counted(self, runs: Sequence[tuple[str, ...]]) -> list[float]:
        if not runs or not len(self._stored.keys):
            return [0.0] * len(runs)
        place = self._words.places.get
        keys = [(place(run[0], _NOWHERE) << 32) + (place(run[1], _NOWHERE) if len(run) > 1 else 0) for run in runs]
        wanted = np.array(keys, dtype=np.uint64)
        found = np.minimum(np.searchsorted(self._stored.keys, wanted), len(self._stored.keys) - 1)
        counts: list[float] = (
            np.where(self._stored.keys[found] == wanted, self._counts[found], 0).astype(float).tolist()
        )
        return counts


def _int64(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def _key(first: int, second: int = 0) -> int:
    """Of the word at this place, or of it and the one behind it."""
    return (first << 32) + second
