from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from index.searching.encoder import load_static
from index.training import BATCH, batches_of, main
from index.training_pairs import (
    WINDOW_WORDS,
    Text,
    Window,
    ngrams,
    ngrams_below,
    pair_of,
    read_texts,
    text_of,
    unlike,
    windows_of,
)

BODY = "\n".join(
    f"{number}. Chi bộ số {number} họp vào ngày {number} hằng tháng; cấp ủy phân công đảng viên theo dõi tổ {number}."
    for number in range(1, 60)
)
DRAWS = 200


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())


def _window(*sentences: str, heading: str = "", document: str = "", opens: bool = False) -> Window:
    return Window(document, heading, sentences, opens)


def test_texts_are_read_from_plain_and_packed_files(tmp_path: Path) -> None:
    _write(tmp_path / "a.jsonl", [{"title": "Một", "text": "thân một"}])
    _write(tmp_path / "laws" / "b.jsonl.gz", [{"title": "Hai", "text": "thân hai", "law_title": "Luật Du lịch"}])
    assert list(read_texts(tmp_path)) == [Text("", "Một", "thân một"), Text("Luật Du lịch", "Hai", "thân hai")]


def test_a_question_set_below_the_folder_is_never_read(tmp_path: Path) -> None:
    _write(tmp_path / "set" / "corpus.jsonl", [{"_id": "1", "title": "Một", "text": "thân một"}])
    (tmp_path / "set" / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    assert list(read_texts(tmp_path)) == []


def test_lines_without_title_or_text_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path / "a.jsonl", [{"title": "Một"}, {"text": "thân"}, {"title": "Hai", "text": ""}])
    assert list(read_texts(tmp_path)) == []


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Điều 12. Thời giờ làm việc", "Thời giờ làm việc"),
        ("Điều 12a. Thời giờ làm việc", "Thời giờ làm việc"),
        ("Chương IV: Tổ chức", "Tổ chức"),
        ("Điều kiện kinh doanh", "Điều kiện kinh doanh"),
    ],
)
def test_a_heading_loses_its_label(title: str, heading: str) -> None:
    assert text_of(title, "thân").heading == heading


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bộ luật lao động 2019 số 45/2019/QH14 áp dụng 2024 mới nhất", "Bộ luật lao động"),
        ("Luật Du lịch số 09/2017/QH14", "Luật Du lịch"),
        ("Luật Nhà ở", "Luật Nhà ở"),
    ],
)
def test_a_document_loses_its_year_and_number(title: str, name: str) -> None:
    assert text_of("Điều 1", "thân", document=title).document == name


def test_an_article_ends_where_its_references_begin() -> None:
    assert text_of("x", "Thân bài.\n\n== Lịch sử ==\nPhần hai.\n\n== Tham khảo ==\nNguồn").body == (
        "Thân bài.\n\nLịch sử.\nPhần hai."
    )


def test_runs_of_words_are_those_of_a_hand_count() -> None:
    assert ngrams("Một hai, ba bốn năm; sáu bảy tám CHÍN") == {
        "một hai ba bốn năm sáu bảy tám",
        "hai ba bốn năm sáu bảy tám chín",
    }


@pytest.mark.parametrize(("own_words", "kept"), [(0, False), (8, False), (9, True), (30, True)])
def test_a_text_that_shares_half_of_its_runs_is_left_out(own_words: int, kept: bool) -> None:
    shared = " ".join(f"chung{i}" for i in range(15))  # 8 runs; each further word adds one that is not shared
    text = Text("", "", " ".join([shared, *(f"riêng{i}" for i in range(own_words))]))
    assert list(unlike([text], frozenset(ngrams(shared)))) == ([text] if kept else [])


def test_a_short_text_that_is_held_out_is_left_out() -> None:
    assert list(unlike([Text("", "", "Ba từ thôi")], frozenset(ngrams("ba từ thôi.")))) == []


def test_runs_below_a_question_set_are_those_of_its_corpus(tmp_path: Path) -> None:
    _write(tmp_path / "corpus.jsonl", [{"_id": "1", "title": "Một", "text": BODY}])
    assert ngrams_below(tmp_path) == ngrams(BODY)


def test_windows_hold_every_word_of_the_text_in_order() -> None:
    windows = windows_of(Text("", "", BODY))
    assert " ".join(" ".join(window.sentences) for window in windows).split() == BODY.split()


def test_no_window_is_longer_than_the_limit() -> None:
    long_sentence = " ".join(f"từ{i}" for i in range(400))
    windows = list(windows_of(Text("", "", f"{BODY}\n{long_sentence}")))
    assert max(sum(len(line.split()) for line in window.sentences) for window in windows) <= WINDOW_WORDS


def test_only_the_first_window_opens_its_text() -> None:
    assert [window.opens for window in windows_of(Text("", "", BODY))].count(True) == 1


def test_a_label_stays_with_its_sentence() -> None:
    (window,) = windows_of(Text("", "", "1. Câu một. Câu hai.\n12. Câu ba."))
    assert window.sentences == ("1. Câu một.", "Câu hai.", "12. Câu ba.")


def test_a_question_is_a_heading_or_a_run_of_words_of_its_window() -> None:
    random = Random(5)
    for window in windows_of(Text("", "Sinh hoạt chi bộ", BODY)):
        for _ in range(DRAWS):
            pair = pair_of(window, random)
            assert pair is not None
            assert pair.question == window.heading or any(pair.question in line for line in window.sentences)


def test_a_heading_asks_for_the_body_without_itself() -> None:
    window = _window("Chi bộ họp mỗi tháng một lần ở trụ sở.", heading="Sinh hoạt định kỳ", opens=True)
    random = Random(5)
    pairs = [pair_of(window, random) for _ in range(DRAWS)]
    assert {pair.passage for pair in pairs if pair and pair.question == window.heading} == {window.sentences[0]}


def test_the_asked_sentence_is_at_times_taken_out_of_its_passage() -> None:
    window = _window("Chi bộ họp mỗi tháng một lần ở trụ sở.", "Bí thư chủ trì và ghi biên bản cuộc họp.")
    random = Random(5)
    held = {pair.question in pair.passage for _ in range(DRAWS) if (pair := pair_of(window, random))}
    assert held == {True, False}


def test_a_passage_has_its_document_and_heading_in_front() -> None:
    window = _window("Chi bộ họp mỗi tháng một lần ở trụ sở.", heading="Họp", document="Điều lệ")
    pair = pair_of(window, Random(5))
    assert pair is not None
    assert pair.passage.startswith("Điều lệ Họp")


def test_a_window_of_a_few_words_asks_nothing() -> None:
    assert pair_of(_window("Ngắn quá."), Random(5)) is None


def test_every_window_is_in_one_batch_of_each_pass() -> None:
    windows = [_window(f"Đây là câu hỏi có đủ sáu từ {number}.") for number in range(BATCH + 100)]
    batches = list(batches_of(windows, Random(5), passes=2))
    assert [len(batch) for batch in batches] == [BATCH, 100] * 2


@pytest.mark.slow
class TestCommand:
    """The whole command over a tiny folder of made-up text."""

    def test_both_loaders_answer_alike_from_the_folder_it_writes(self, trained: Path) -> None:
        from sentence_transformers import SentenceTransformer

        texts = ["Chi bộ họp hằng tháng", "dang vien theo doi to", "NGÀY 12"]
        theirs = SentenceTransformer(str(trained), device="cpu").encode(texts, normalize_embeddings=True)
        np.testing.assert_allclose(load_static(trained, name="x").encode_passages(texts), theirs, atol=1e-3)

    def test_the_same_seed_gives_the_same_weights(self, trained: Path, corpus: Path, tmp_path: Path) -> None:
        _train(corpus, "--out", str(tmp_path))
        assert load_static(tmp_path, name="x").fingerprint == load_static(trained, name="x").fingerprint

    def test_it_says_how_many_texts_were_left_out(self, corpus: Path, tmp_path: Path) -> None:
        _write(tmp_path / "set" / "corpus.jsonl", [{"_id": "1", "title": "Một", "text": BODY}])
        said = _train(corpus, "--out", str(tmp_path / "out"), "--exclude-like", str(tmp_path / "set"))
        assert "1 of 3 texts left out" in said


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    other = BODY.replace("Chi bộ", "Tổ dân phố").replace("họp vào", "tuần tra")
    third = BODY.replace("Chi bộ", "Đoàn viên").replace("đảng viên", "thanh niên").replace("họp", "tập huấn")
    rows = [{"title": f"Điều {at}. Việc thứ {at}", "text": body} for at, body in enumerate((BODY, other, third))]
    _write(folder / "texts.jsonl.gz", rows)
    return folder


@pytest.fixture(scope="module")
def trained(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("trained")
    _train(corpus, "--out", str(out))
    return out


def _train(corpus: Path, *options: str) -> str:
    app = typer.Typer()
    app.command()(main)
    result = CliRunner().invoke(app, [str(corpus), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output
