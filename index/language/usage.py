"""How often Vietnamese words and pairs of neighbouring words were met in laws, an encyclopaedia, and speech.

The counts stand in `model/usage.npz`, made by `index.counting`: facts about the language, no text. They are the same
for every library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.text import fold

FILE = Path(__file__).with_name("model") / "usage.npz"
STEPS = 8
"""Counts are kept as ``STEPS`` times their logarithm to base 2, rounded: within 5 %."""


class Usage(NamedTuple):
    """``places``: word -> where its count stands in ``often``, from 1. ``keys``: of the pairs, rising: 8,192
    times the place of the first word and that of the second; ``met``: how often. ``spelled``: without accents -> words.
    """

    places: dict[str, int]
    often: NDArray[np.float64]
    keys: NDArray[np.uint32]
    met: NDArray[np.uint8]
    spelled: dict[str, list[str]]

    @property
    def total(self) -> float:
        return float(self.often.sum())

    def spellings(self, folded: str) -> Sequence[str]:
        return self.spelled.get(folded, ())

    def words(self, words: Sequence[str]) -> list[float]:
        return [float(self.often[self.places.get(word, 0)]) for word in words]

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        places = self.places
        wanted = np.array([key_of(places.get(one, 0), places.get(two, 0)) for one, two in pairs], dtype=np.uint32)
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        counts: list[float] = np.where(self.keys[found] == wanted, _COUNTS[self.met[found]], 0.0).tolist()
        return counts


def key_of(first: int, second: int) -> int:
    """Of the pair of the words at these places; 0 where one is unknown."""
    return (first << 13) + second if first and second else 0


_COUNTS = np.exp2(np.arange(256) / STEPS)


@lru_cache(1)
def usage() -> Usage:
    with np.load(FILE) as stored:
        words = stored["words"].tobytes().decode().split()
        often = np.concatenate([[0.0], _COUNTS[stored["often"]]])
        steps, met = stored["steps"], stored["met"]
    spelled: dict[str, list[str]] = defaultdict(list)
    for word in words:
        spelled[fold(word)].append(word)
    places = {word: place for place, word in enumerate(words, start=1)}
    return Usage(places, often, np.cumsum(steps, dtype=np.uint32), met, dict(spelled))
