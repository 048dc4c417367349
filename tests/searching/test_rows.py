from __future__ import annotations

import numpy as np

from index.searching.rows import MadeOfRows


def _fixed(*rows: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    array = np.array(rows, dtype=np.int64)
    array.setflags(write=False)
    return array


def test_the_same_rows_are_made_once() -> None:
    made = MadeOfRows(np.ndarray.tolist)
    rows = _fixed(1, 2)
    assert made(rows) is made(rows)


def test_rows_that_may_be_written_to_are_made_anew() -> None:
    made = MadeOfRows(np.ndarray.tolist)
    rows = np.array([1, 2])
    made(rows)
    rows[0] = 7
    assert made(rows) == [7, 2]


def test_every_array_has_its_own_after_many_others() -> None:
    made = MadeOfRows(np.ndarray.tolist)
    arrays = [_fixed(number) for number in range(50)]
    assert [made(rows) for rows in (*arrays, *arrays)] == 2 * [[number] for number in range(50)]


def test_arrays_that_are_gone_leave_nothing_to_a_later_one() -> None:
    made = MadeOfRows(np.ndarray.tolist)
    assert all(made(_fixed(number)) == [number] for number in range(200))  # an address in memory is used again
