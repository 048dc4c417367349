"""Unit vectors by row, searched by cosine: exact, on one thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.searching.rows import MadeOfRows, SeenRows

if TYPE_CHECKING:
    import faiss

FILE = "vectors.faiss"
CENTRE = "centre.npy"
"""The mean of all vectors."""


class VectorStore(Protocol):
    """Row ``i`` is passage ``i``. A store once opened answers on, even when its folder is deleted."""

    @property
    def size(self) -> int: ...

    @property
    def dimension(self) -> int: ...

    def mean_likeness(self, vector: NDArray[np.float32]) -> float:
        """The mean cosine of all rows with a unit vector: what likeness is worth nothing."""
        ...

    def likeness(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of each of these rows with a unit vector."""
        ...

    def among(self, seen: SeenRows) -> VectorStore:
        """The store as if it held only these rows, under the same numbers."""
        ...

    def search(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The at most ``k`` rows nearest to a unit vector ``(dimension,)`` with their cosines, best first, ties by row.

        ``rows``: the only ones that count; None means all.
        """
        ...


def write_vectors(folder: Path, vectors: NDArray[np.float32]) -> None:
    """Write unit vectors ``(n, dimension)``; ``n`` may be 0."""
    import faiss

    size, dimension = vectors.shape
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    index = faiss.IndexFlatIP(dimension)
    index.add(vectors)
    faiss.write_index(index, str(folder / FILE))
    np.save(folder / CENTRE, vectors.mean(axis=0) if size else np.zeros(dimension, dtype=np.float32))


def open_vectors(folder: Path) -> VectorStore:
    """The store written there, read whole into memory.

    Raises RuntimeError, OSError, EOFError or ValueError on a missing or damaged file.
    """
    import faiss

    return FaissVectors(faiss.read_index(str(folder / FILE)), np.load(folder / CENTRE))


class FaissVectors:
    """A flat FAISS index of inner products, which are cosines between unit vectors. ``centre``: their mean."""

    def __init__(self, index: faiss.Index, centre: NDArray[np.float32]) -> None:
        if centre.shape != (index.d,):
            raise ValueError(f"a mean of shape {centre.shape} beside vectors of dimension {index.d}")
        self._index = index
        self._centre = centre
        self._only = MadeOfRows(self._search_only)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def mean_likeness(self, vector: NDArray[np.float32]) -> float:
        return float(self._centre @ vector)

    def likeness(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        if not len(rows):
            return np.empty(0, np.float32)
        cosines: NDArray[np.float32] = self._index.reconstruct_batch(rows) @ vector
        return cosines

    def among(self, seen: SeenRows) -> VectorStore:
        return _SeenVectors(self, seen, self._mean(seen.rows))

    def _mean(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        if not len(rows):
            return np.zeros(self.dimension, dtype=np.float32)
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        centre: NDArray[np.float32] = vectors.mean(axis=0)
        return centre

    def search(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        import faiss

        k = min(k, self.size if rows is None else len(rows))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        faiss.omp_set_num_threads(1)  # starting threads costs 20 times what one question does
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, found = self._index.search(question, k, params=None if rows is None else self._only(rows))
        return _ranked(found[0], scores[0])

    def _search_only(self, rows: NDArray[np.int64]) -> faiss.SearchParameters:
        import faiss

        wanted = np.zeros(self.size, dtype=bool)
        wanted[rows] = True
        selector = faiss.IDSelectorBitmap(np.packbits(wanted, bitorder="little"))  # type: ignore[call-arg, arg-type]
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


class _SeenVectors:
    """Some rows of a store. ``centre``: their mean."""

    def __init__(self, whole: FaissVectors, seen: SeenRows, centre: NDArray[np.float32]) -> None:
        self._whole = whole
        self._seen = seen
        self._centre = centre
        self.dimension = whole.dimension

    @property
    def size(self) -> int:
        return len(self._seen.rows)

    def mean_likeness(self, vector: NDArray[np.float32]) -> float:
        return float(self._centre @ vector)

    def likeness(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._whole.likeness(vector, rows)

    def among(self, seen: SeenRows) -> VectorStore:
        return self._whole.among(seen)

    def search(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        return self._whole.search(vector, k, rows=self._seen.of(rows))


def _ranked(found: NDArray[np.int64], scores: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Best first, equal scores by row, without the -1 that FAISS puts where it ran out of rows."""
    found, scores = found[found >= 0], scores[found >= 0]
    order = np.lexsort((found, -scores))
    return found[order], scores[order]
