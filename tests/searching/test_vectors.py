from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.searching.rows import SeenRows
from index.searching.vectors import CENTRE, FILE, VectorStore, open_vectors, write_vectors

SIZE, DIMENSION = 300, 16
SOME = np.array([3, 4, 5, 90, 91, 200, 299], dtype=np.int64)


def _unit(size: int, *, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(size, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _store(folder: Path, vectors: NDArray[np.float32]) -> VectorStore:
    write_vectors(folder, vectors)
    return open_vectors(folder)


def _nearest(
    vectors: NDArray[np.float32], question: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None
) -> list[tuple[int, float]]:
    cosines = {row: float(vectors[row] @ question) for row in (range(len(vectors)) if rows is None else rows)}
    return sorted(((int(row), cosine) for row, cosine in cosines.items()), key=lambda hit: -hit[1])[:k]


@pytest.mark.parametrize("rows", [None, SOME, np.arange(1, SIZE)], ids=["all", "some", "nearly-all"])
@pytest.mark.parametrize("k", [1, 5, 7, 120, SIZE + 9])
def test_the_nearest_rows_and_their_cosines_are_those_of_plain_numpy(
    tmp_path: Path, rows: NDArray[np.int64] | None, k: int
) -> None:
    vectors = _unit(SIZE, seed=1)
    store = _store(tmp_path, vectors)
    for question in _unit(5, seed=2):
        found, cosines = store.search(question, k, rows=rows)
        expected = _nearest(vectors, question, k, rows)
        assert found.tolist() == [row for row, _ in expected]
        assert cosines == pytest.approx([cosine for _, cosine in expected], abs=1e-6)


def test_the_likeness_of_rows_is_their_cosine(tmp_path: Path) -> None:
    vectors, question = _unit(SIZE, seed=1), _unit(1, seed=2)[0]
    whole = _store(tmp_path, vectors)
    rows = np.array([200, 3, 90], dtype=np.int64)
    for store in (whole, whole.among(SeenRows(SOME, SIZE))):
        assert store.likeness(question, rows) == pytest.approx(vectors[rows] @ question, abs=1e-6)
        assert len(store.likeness(question, rows[:0])) == 0


def test_a_higher_score_means_nearer(tmp_path: Path) -> None:
    vectors = np.eye(DIMENSION, dtype=np.float32)
    found, cosines = _store(tmp_path, vectors).search(vectors[4], 2)
    assert (found[0], cosines[0]) == (4, 1.0)
    assert cosines[1] == 0.0


def test_equal_vectors_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    vectors = np.repeat(_unit(1, seed=3), 40, axis=0)
    assert _store(tmp_path, vectors).search(vectors[0], 7)[0].tolist() == list(range(7))


@pytest.mark.parametrize("size", [0, 1, SIZE])
def test_the_mean_likeness_is_the_mean_of_all_cosines(tmp_path: Path, size: int) -> None:
    vectors, question = _unit(size, seed=9), _unit(1, seed=10)[0]
    mean = float((vectors @ question).mean()) if size else 0.0
    assert _store(tmp_path, vectors).mean_likeness(question) == pytest.approx(mean, abs=1e-6)


def test_some_rows_are_searched_and_counted_as_if_there_were_no_others(tmp_path: Path) -> None:
    vectors = _unit(SIZE, seed=13)
    among = _store(tmp_path, vectors).among(SeenRows(SOME, SIZE))
    assert (among.size, among.dimension) == (len(SOME), DIMENSION)
    for question in _unit(5, seed=14):
        assert among.mean_likeness(question) == pytest.approx(float((vectors[SOME] @ question).mean()), abs=1e-6)
        for rows, allowed in ((None, SOME), (np.array([4, 8, 90]), np.array([4, 90]))):
            found, cosines = among.search(question, 5, rows=rows)
            expected = _nearest(vectors, question, 5, allowed)
            assert found.tolist() == [row for row, _ in expected]
            assert cosines == pytest.approx([cosine for _, cosine in expected], abs=1e-6)


def test_where_no_row_may_be_seen_nothing_is_found(tmp_path: Path) -> None:
    vectors = _unit(9, seed=15)
    among = _store(tmp_path, vectors).among(SeenRows(np.empty(0, np.int64), 9))
    assert (among.size, among.mean_likeness(vectors[0]), len(among.search(vectors[0], 5)[0])) == (0, 0.0, 0)


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", None], ids=["empty", "cut short", "gone"])
def test_vectors_without_their_mean_are_not_opened(tmp_path: Path, content: bytes | None) -> None:
    write_vectors(tmp_path, _unit(9, seed=11))
    (tmp_path / CENTRE).unlink()
    if content is not None:
        (tmp_path / CENTRE).write_bytes(content)
    with pytest.raises((OSError, EOFError, ValueError)):
        open_vectors(tmp_path)


def test_a_mean_of_another_dimension_is_not_opened(tmp_path: Path) -> None:
    write_vectors(tmp_path, _unit(9, seed=12))
    np.save(tmp_path / CENTRE, np.zeros(DIMENSION + 1, np.float32))
    with pytest.raises(ValueError, match="mean"):
        open_vectors(tmp_path)


def test_a_filter_that_lets_nothing_through_finds_nothing(tmp_path: Path) -> None:
    vectors = _unit(9, seed=4)
    found, cosines = _store(tmp_path, vectors).search(vectors[0], 5, rows=np.empty(0, np.int64))
    assert (len(found), len(cosines)) == (0, 0)


def test_none_asked_for_is_none_found(tmp_path: Path) -> None:
    vectors = _unit(9, seed=5)
    assert len(_store(tmp_path, vectors).search(vectors[0], 0)[0]) == 0


def test_an_empty_store_knows_its_dimension_and_finds_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path, np.empty((0, DIMENSION), np.float32))
    assert (store.size, store.dimension) == (0, DIMENSION)
    assert len(store.search(_unit(1, seed=6)[0], 5)[0]) == 0


def test_an_open_store_answers_after_its_folder_is_deleted(tmp_path: Path) -> None:
    vectors = _unit(50, seed=7)
    folder = tmp_path / "snapshot"
    folder.mkdir()
    store = _store(folder, vectors)
    shutil.rmtree(folder)
    assert store.search(vectors[20], 1)[0].tolist() == [20]


def test_a_file_cut_short_is_not_opened(tmp_path: Path) -> None:
    write_vectors(tmp_path, _unit(50, seed=8))
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(RuntimeError, match="read error"):
        open_vectors(tmp_path)
