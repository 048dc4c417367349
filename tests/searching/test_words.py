from __future__ import annotations

import random
import shutil
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.searching.rows import SeenRows
from index.searching.terms import FIELDS, accented_terms, either_terms, folded_terms
from index.searching.words import FOLDER, WordRow, WordStore, open_words, write_words

SYLLABLES = ["đảng", "ủy", "chi", "bộ", "hội", "nghị", "quyết", "kỷ", "luật", "phòng", "cháy", "chữa", "hòa", "giải"]
ROWS = [
    WordRow(text=" ".join(generator.choices(SYLLABLES, k=generator.randint(1, 19))), heading="Mục I", title="Kế hoạch")
    for generator in [random.Random(7)]
    for _ in range(200)
]
"""Short texts: tantivy keeps a length of up to 40 terms exactly, and a longer one only roughly."""
SOME = np.array([0, 5, 6, 7, 60, 61, 150, 199], dtype=np.int64)
QUESTION = {"chi": 1.0, "chi_bộ": 0.5, "kỷ_luật": 2.0, "cháy": 1.0}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> WordStore:
    return _store(tmp_path_factory.mktemp("words"), ROWS)


def _store(folder: Path, rows: Sequence[WordRow]) -> WordStore:
    write_words(folder, rows)
    return open_words(folder)


def _bm25(documents: Sequence[Sequence[str]], terms: Mapping[str, float]) -> dict[int, float]:
    """The formula of BM25 as Lucene has it, k1 1.2 and b .75, for the documents that hold a term."""
    mean = sum(map(len, documents)) / len(documents)
    scores: dict[int, float] = {}
    for term, boost in terms.items():
        holding = sum(term in document for document in documents)
        idf = log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for row, document in enumerate(documents):
            if count := document.count(term):
                weight = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(document) / mean))
                scores[row] = scores.get(row, 0.0) + boost * idf * weight
    return scores


@pytest.mark.parametrize("rows", [None, SOME, np.arange(3, 200)], ids=["all", "some", "nearly-all"])
@pytest.mark.parametrize("k", [3, 8, 500])
def test_the_best_rows_and_their_scores_are_those_of_plain_bm25(
    store: WordStore, rows: NDArray[np.int64] | None, k: int
) -> None:
    scores = _bm25([accented_terms(row.text) for row in ROWS], QUESTION)
    counting = {row: score for row, score in scores.items() if rows is None or row in rows}
    expected = sorted(counting.items(), key=lambda hit: (-round(hit[1], 4), hit[0]))[:k]
    found, measured = store.search("accented", QUESTION, k, rows=rows)
    assert measured == pytest.approx([score for _, score in expected], rel=1e-4)
    assert {row: scores[row] for row in found.tolist()} == dict(expected)


def test_equal_scores_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    store = _store(tmp_path, [WordRow("chi bộ", "", "")] * 30)
    assert store.search("accented", {"chi": 1.0}, 7)[0].tolist() == list(range(7))


def test_a_filter_never_lets_in_a_row_without_a_term(store: WordStore) -> None:
    holding = {row for row in SOME.tolist() if "luật" in ROWS[row].text}
    assert set(store.search("accented", {"luật": 1.0}, 50, rows=SOME)[0].tolist()) == holding


def test_rows_far_behind_all_others_are_found(tmp_path: Path) -> None:
    texts = ["chi bộ"] * 1000 + ["chi bộ đảng viên hội nghị"] * 100
    last = np.arange(1000, 1100)
    store = _store(tmp_path, [WordRow(text, "", "") for text in texts])
    assert store.search("accented", {"chi": 1.0}, 5, rows=last)[0].tolist() == list(range(1000, 1005))


def test_a_filter_does_not_change_a_score(store: WordStore) -> None:
    scores = dict(zip(*map(np.ndarray.tolist, store.search("accented", QUESTION, 200)), strict=True))
    found, limited = store.search("accented", QUESTION, 200, rows=SOME)
    assert limited == pytest.approx([scores[row] for row in found.tolist()])


@pytest.mark.parametrize(
    ("terms", "k", "rows"),
    [({}, 5, None), ({"không_có": 1.0}, 5, None), (QUESTION, 0, None), (QUESTION, 5, np.empty(0, np.int64))],
    ids=["no terms", "unknown terms", "none asked for", "nothing let through"],
)
def test_nothing_asked_is_nothing_found(
    store: WordStore, terms: dict[str, float], k: int, rows: NDArray[np.int64] | None
) -> None:
    found, scores = store.search("accented", terms, k, rows=rows)
    assert (len(found), len(scores)) == (0, 0)


def test_a_term_that_never_occurs_changes_nothing(store: WordStore) -> None:
    with_it = store.search("accented", {**QUESTION, "không_có": 9.0}, 20)
    assert with_it[0].tolist() == store.search("accented", QUESTION, 20)[0].tolist()


def test_document_frequency_counts_the_rows_that_hold_a_term(store: WordStore) -> None:
    for term in ("bộ", "chi_bộ", "không_có"):
        holding = sum(term in accented_terms(row.text) for row in ROWS)
        assert store.document_frequency("accented", term) == holding


@pytest.mark.parametrize("seen", [None, SOME], ids=["whole", "some"])
def test_terms_are_tallied_in_the_rows_and_counted_over_the_store(
    store: WordStore, seen: NDArray[np.int64] | None
) -> None:
    store = store if seen is None else store.among(SeenRows(seen, len(ROWS)))
    terms, rows = ["chi", "karaoke", "chi_bộ", "chi"], np.array([61, 0, 199, 7])
    documents = [accented_terms(row.text) for row in ROWS]
    tally = store.tally("accented", terms, rows)
    assert tally.counts.tolist() == [[documents[row].count(term) for row in rows] for term in terms]
    assert tally.lengths.tolist() == [len(documents[row]) for row in rows]
    counted = [documents[row] for row in (range(len(ROWS)) if seen is None else seen)]
    for _ in range(2):
        assert store.frequencies("accented", terms).tolist() == [
            sum(term in document for document in counted) for term in terms
        ]
    assert store.mean_length("accented") == pytest.approx(sum(map(len, counted)) / len(counted))


def test_every_field_is_fed_from_its_own_string(tmp_path: Path) -> None:
    store = _store(tmp_path, [WordRow(text="kỷ luật", heading="Mục hai", title="Kế hoạch")])
    held = {
        name: [term for term in ("ky", "kỷ", "hai", "ke") if store.document_frequency(name, term)] for name in FIELDS
    }
    assert held == {"accented": ["kỷ"], "folded": ["ky"], "heading": ["hai"], "title": ["ke"]}


def test_a_document_number_is_one_term(tmp_path: Path) -> None:
    store = _store(tmp_path, [WordRow("Chỉ thị 24-CT/TU", "", ""), WordRow("Chỉ thị 24", "", "")])
    assert store.search("accented", {"24-ct/tu": 1.0}, 5)[0].tolist() == [0]


def test_either_terms_hold_a_plain_syllable_once() -> None:
    assert either_terms("ban chi ủy").count("ban") == 1


def test_either_terms_hold_both_spellings() -> None:
    text = "Phòng cháy, chữa cháy"
    assert set(either_terms(text)) == {*accented_terms(text), *folded_terms(text)}


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path, [])
    for each in (store, store.among(SeenRows(np.empty(0, np.int64), 0))):
        assert (each.size, len(each.search("accented", QUESTION, 5)[0])) == (0, 0)


def test_an_open_store_answers_after_its_folder_is_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    store = _store(folder, ROWS)
    shutil.rmtree(folder)
    assert len(store.search("accented", QUESTION, 20)[0]) == 20


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("k", [3, 500])
def test_a_store_of_all_rows_gives_what_the_whole_gives(store: WordStore, field: str, k: int) -> None:
    terms = {**QUESTION, "không_có": 1.0, "mục": 1.0, "kế_hoạch": 0.5, "bo": 2.0}
    among = store.among(SeenRows(np.arange(len(ROWS)), len(ROWS)))
    (found, scores), (wanted, measured) = among.search(field, terms, k), store.search(field, terms, k)
    assert scores == pytest.approx(measured, rel=1e-4)  # the weight of a term that all rows hold is near 0
    assert found.tolist() == wanted.tolist()


def test_lengths_are_rounded_as_the_word_index_rounds_them(tmp_path: Path) -> None:
    texts = ["chi " + "bộ " * length for length in range(1, 700, 7)]
    store = _store(tmp_path, [WordRow(text, "", "") for text in texts])
    among = store.among(SeenRows(np.arange(len(texts)), len(texts)))
    by_row = [
        dict(zip(*map(np.ndarray.tolist, each.search("accented", {"chi": 1.0}, 200)), strict=True))
        for each in (among, store)
    ]
    assert by_row[0] == pytest.approx(by_row[1], rel=1e-5)


@pytest.mark.parametrize("rows", [None, np.array([5, 60, 150]), np.array([5, 8, 150])], ids=["all", "some", "not-all"])
def test_some_rows_count_as_if_there_were_no_others(
    store: WordStore, tmp_path: Path, rows: NDArray[np.int64] | None
) -> None:
    among = store.among(SeenRows(SOME, len(ROWS)))
    alone = _store(tmp_path, [ROWS[row] for row in SOME])
    alone = alone.among(SeenRows(np.arange(len(SOME)), len(SOME)))
    asked = None if rows is None else np.flatnonzero(np.isin(SOME, rows))
    found, scores = among.search("accented", QUESTION, 50, rows=rows)
    wanted, measured = alone.search("accented", QUESTION, 50, rows=asked)
    assert found.tolist() == SOME[wanted].tolist()
    assert scores.tolist() == measured.tolist()
    assert among.size == len(SOME)
    for term in (*QUESTION, "không_có"):
        assert among.document_frequency("accented", term) == alone.document_frequency("accented", term)


def test_a_store_without_its_postings_is_not_opened(tmp_path: Path) -> None:
    write_words(tmp_path, ROWS)
    (tmp_path / "postings" / "rows.npy").unlink()
    with pytest.raises(OSError, match="rows"):
        open_words(tmp_path)


def test_postings_of_another_store_are_not_opened(tmp_path: Path) -> None:
    for name, rows in (("one", ROWS), ("other", ROWS[:9])):
        (tmp_path / name).mkdir()
        write_words(tmp_path / name, rows)
    shutil.copytree(tmp_path / "other" / "postings", tmp_path / "one" / "postings", dirs_exist_ok=True)
    with pytest.raises(ValueError, match="9 rows"):
        open_words(tmp_path / "one")
    (tmp_path / "one" / "postings" / "starts.npy").write_bytes((tmp_path / "one/postings/keys.npy").read_bytes())
    with pytest.raises(ValueError, match="fit together"):
        open_words(tmp_path / "one")


def test_a_store_without_its_files_is_not_opened(tmp_path: Path) -> None:
    write_words(tmp_path, ROWS)
    (tmp_path / FOLDER / "meta.json").unlink()
    with pytest.raises(ValueError, match="meta"):
        open_words(tmp_path)


def test_a_word_of_any_length_is_written_and_found(tmp_path: Path) -> None:
    store = _store(tmp_path, [WordRow("a" * 70_000, "", ""), WordRow("chi bộ", "", "")])
    (term,) = set(accented_terms("a" * 70_000))
    assert store.search("accented", {term: 1.0}, 5)[0].tolist() == [0]


def test_an_index_that_may_only_be_read_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_words(tmp_path, [WordRow("chi bộ", "", "")])
    (tmp_path / "words" / ".tantivy-meta.lock").unlink(missing_ok=True)
    (tmp_path / "words" / ".tantivy-meta.lock").mkdir()  # no lock can be had, as on a disk that is only read
    monkeypatch.setattr("index.searching.words.os.access", lambda path, mode: False)
    assert open_words(tmp_path).search("accented", {"chi": 1.0}, 5)[0].tolist() == [0]
