"""The rows that a search is limited to, and what a store makes of them, kept while the same rows are asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_KEPT = 8


class SeenRows:
    """The rows that an asker may see, not to be written to. ``mask``: whether each of all rows is one of them."""

    def __init__(self, rows: NDArray[np.int64], size: int) -> None:
        """``rows``: rising. ``size``: how many rows there are in all."""
        self.rows = rows
        self.mask = np.zeros(size, dtype=bool)
        self.mask[rows] = True

    def of(self, rows: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """Those of these rows that may be seen (the same array where all may be); None means all."""
        if rows is None:
            return self.rows
        seen = self.mask[rows]
        return rows if seen.all() else rows[seen]


Made = TypeVar("Made")


class MadeOfRows(Generic[Made]):
    """The same as ``make``, which is not called again for one of the last arrays that cannot be written to.

    An array is known by its identity, since comparing long ones costs as much as making. Any thread may call.
    """

    def __init__(self, make: Callable[[NDArray[np.int64]], Made]) -> None:
        self._make = make
        self._kept: tuple[tuple[NDArray[np.int64], Made], ...] = ()

    def __call__(self, rows: NDArray[np.int64]) -> Made:
        for kept, made in self._kept:
            if kept is rows:
                return made
        made = self._make(rows)
        if not rows.flags.writeable:
            self._kept = ((rows, made), *self._kept[: _KEPT - 1])
        return made
