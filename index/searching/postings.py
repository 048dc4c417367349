"""In which rows each term of a field stands and how often: BM25 whose statistics are of some rows alone.

What a person may not see must not show in what the person gets, not even through the weight of a word. Over all rows
this gives what tantivy gives, with its k1, b and rounding of lengths.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.searching.ranking import idf
from index.searching.rows import SeenRows
from index.searching.terms import FIELDS

FOLDER = "postings"
_K1, _B = 1.2, 0.75
_MOST = np.iinfo(np.uint16).max
_REMEMBERED = 1 << 16
"""Terms whose frequency is kept."""
_EXACT = 24
"""Lengths below this, and 16 more, are kept as they are, longer ones with four significant bits, rounded down: a byte
each, as Lucene's SmallFloat and tantivy have them.
"""
_LENGTHS = np.array(
    [
        *range(_EXACT),
        *range(_EXACT, _EXACT + 8),
        *(_EXACT + ((8 + low) << high) for high in range(28) for low in range(8)),
    ]
)


class PostingsWriter:
    """Takes the terms of row 0, 1, … in turn."""

    def __init__(self) -> None:
        self._keys, self._rows, self._counts = array("Q"), array("I"), array("H")
        self._lengths = {field: array("I") for field in FIELDS}
        self._size = 0

    def add(self, terms: Mapping[str, Sequence[str]]) -> None:
        """The terms of the next row by field."""
        for field, each in terms.items():
            counted = Counter(each)
            self._keys.extend(_key(field, term) for term in counted)
            self._rows.extend([self._size] * len(counted))
            self._counts.extend(min(count, _MOST) for count in counted.values())
            self._lengths[field].append(len(each))
        self._size += 1

    def write(self, folder: Path) -> None:
        keys = np.array(self._keys, dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        known, starts = np.unique(keys[order], return_index=True)
        lengths = [np.array(self._lengths[field], dtype=np.uint32) for field in FIELDS]
        postings = Postings(
            keys=known,
            starts=np.append(starts, len(keys)).astype(np.int64),
            rows=np.array(self._rows, dtype=np.int32)[order],
            counts=np.array(self._counts, dtype=np.uint16)[order],
            lengths=np.stack(lengths),
        )
        (folder / FOLDER).mkdir()
        for name, values in zip(Postings._fields, postings, strict=True):
            np.save(folder / FOLDER / f"{name}.npy", np.asarray(values))


class Postings(NamedTuple):
    """``keys``: of the terms, rising. Those of term ``i`` are ``rows`` and ``counts`` from ``starts[i]`` to
    ``starts[i + 1]``, rows rising. ``lengths``: how many terms each row has, by field ``(fields, rows)``.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.uint32]

    @property
    def size(self) -> int:
        return int(self.lengths.shape[1])

    def places(self, field: str, terms: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where these terms stand in ``rows``, term by term, and for each place the position of its term."""
        wanted = np.array([_key(field, term) for term in terms], dtype=np.uint64)
        found = np.searchsorted(self.keys, wanted)
        known = np.flatnonzero(found < len(self.keys))
        known = known[self.keys[found[known]] == wanted[known]]
        begins = self.starts[found[known]]
        lengths = self.starts[found[known] + 1] - begins
        before = np.cumsum(lengths) - lengths
        return np.repeat(begins - before, lengths) + np.arange(lengths.sum()), np.repeat(known, lengths)

    def tally(self, field: str, terms: Sequence[str], rows: NDArray[np.int64]) -> Tally:
        """How often each of these rows holds each term."""
        counts = np.zeros((len(terms), len(rows)))
        wanted = rows.astype(np.int32)  # another kind of number would have every posting copied
        for position, (begin, end) in enumerate(self.ranges(field, terms)):
            if begin == end:
                continue
            holding = self.rows[begin:end]
            places = np.minimum(np.searchsorted(holding, wanted), end - begin - 1)
            found = np.flatnonzero(holding[places] == wanted)
            counts[position, found] = self.counts[begin + places[found]]
        return Tally(counts, self.lengths[list(FIELDS).index(field)][rows].astype(np.float64))

    def ranges(self, field: str, terms: Sequence[str]) -> list[tuple[int, int]]:
        """From where to where each term stands in ``rows``; nowhere is ``(0, 0)``."""
        if not (terms and len(self.keys)):
            return [(0, 0)] * len(terms)
        wanted = np.array([_key(field, term) for term in terms], dtype=np.uint64)
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = self.keys[found] == wanted
        begins, ends = np.where(known, self.starts[found], 0), np.where(known, self.starts[found + 1], 0)
        return list(zip(begins.tolist(), ends.tolist(), strict=True))


class Tally(NamedTuple):
    """``counts``: of terms in rows, ``(terms, rows)``. ``lengths``: all terms of each row, ``(rows,)``."""

    counts: NDArray[np.float64]
    lengths: NDArray[np.float64]


def open_postings(folder: Path) -> Postings:
    """Those written there, memory-mapped. Raises OSError, EOFError or ValueError where they are missing or damaged."""
    loaded = (np.load(folder / FOLDER / f"{name}.npy", mmap_mode="r") for name in Postings._fields)
    opened = Postings(*map(np.asarray, loaded))  # a slice of a plain array costs a tenth of one of a memmap
    sizes = (len(opened.starts), len(opened.rows), len(opened.counts), len(opened.lengths))
    if sizes != (len(opened.keys) + 1, opened.starts[-1], opened.starts[-1], len(FIELDS)):
        raise ValueError(f"postings that do not fit together: {sizes}")
    return opened


class SeenWords:
    """The word index as if it held only these rows, under the numbers that they have in the whole."""

    def __init__(self, postings: Postings, seen: SeenRows) -> None:
        self._postings = postings
        self._seen = seen
        self._norms: dict[str, NDArray[np.float64]] = {}
        self._means: dict[str, float] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    @property
    def size(self) -> int:
        return len(self._seen.rows)

    def among(self, seen: SeenRows) -> SeenWords:
        return SeenWords(self._postings, seen)

    def document_frequency(self, field: str, term: str) -> int:
        return int(self.frequencies(field, [term])[0])

    def tally(self, field: str, terms: Sequence[str], rows: NDArray[np.int64]) -> Tally:
        return self._postings.tally(field, terms, rows)

    def frequencies(self, field: str, terms: Sequence[str]) -> NDArray[np.float64]:
        known = self._frequencies
        new = [term for term in dict.fromkeys(terms) if (field, term) not in known]
        for term, (begin, end) in zip(new, self._postings.ranges(field, new), strict=True):
            known[field, term] = int(np.count_nonzero(self._seen.mask[self._postings.rows[begin:end]]))
        found = np.array([known[field, term] for term in terms], dtype=np.float64)
        if len(known) > _REMEMBERED:
            self._frequencies = {}
        return found

    def mean_length(self, field: str) -> float:
        if field not in self._means:
            lengths = self._postings.lengths[list(FIELDS).index(field)]
            self._means[field] = int(lengths[self._seen.rows].sum(dtype=np.int64)) / max(self.size, 1)
        return self._means[field]

    def search(
        self, field: str, terms: Mapping[str, float], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        totals, holds = self._scored(field, terms)
        held = np.flatnonzero(holds) if rows is None else rows[holds[rows]]
        if k <= 0 or not len(held):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores = totals[held].astype(np.float32)
        if k < len(held):
            leading = scores >= np.partition(scores, -k)[-k]
            held, scores = held[leading], scores[leading]
        order = np.lexsort((held, -scores))[:k]
        return held[order].astype(np.int64), scores[order]

    def _scored(self, field: str, terms: Mapping[str, float]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The score of every row, and which rows hold a term."""
        places, term = self._postings.places(field, list(terms))
        rows = self._postings.rows[places]
        seen = self._seen.mask[rows]
        rows, term, counts = rows[seen], term[seen], self._postings.counts[places[seen]].astype(np.float64)
        frequencies = np.bincount(term, minlength=len(terms)).tolist()
        weights = np.array(
            [boost * (1 + _K1) * idf(held, self.size) for boost, held in zip(terms.values(), frequencies, strict=True)]
        )
        scores: NDArray[np.float64] = weights[term] * counts / (counts + self._norm(field)[rows])
        holds = np.zeros(self._postings.size, dtype=bool)
        holds[rows] = True
        return np.bincount(rows, scores, minlength=self._postings.size).astype(np.float64, copy=False), holds

    def _norm(self, field: str) -> NDArray[np.float64]:
        """What the length of each row adds to a count."""
        if field not in self._norms:
            lengths = self._postings.lengths[list(FIELDS).index(field)]
            mean = self.mean_length(field)
            kept = _LENGTHS[np.searchsorted(_LENGTHS, lengths, side="right") - 1].astype(np.float64)
            self._norms[field] = _K1 * (1 - _B + _B * kept / (mean or 1.0))
        return self._norms[field]


@lru_cache(1 << 16)
def _key(field: str, term: str) -> int:
    """Eight bytes of a digest: in a library of ten million terms, two alike are not to be expected."""
    return int.from_bytes(blake2b(f"{field} {term}".encode(), digest_size=8).digest(), "little")
