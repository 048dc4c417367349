"""What a store makes of the rows that a search is limited to, kept while the same rows are asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_KEPT = 8
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
