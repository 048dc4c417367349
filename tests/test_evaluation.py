from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import write_library
from index.errors import BadQuestionSet, QuestionSetMissing
from index.evaluation import Evaluation, evaluate, ranking_metrics
from index.findings import Passage
from index.language.text import fold
from index.library import Library
from index.progress import Progress, Stage
from index.searching.catalog import Entry
from index.types import Directive, DirectiveId, Printed, Reading
from tests.fakes import WordHashes

CORPUS = {
    "p1": ("Điều 1. Phòng cháy", "Chi bộ kiểm tra bình chữa cháy ba tháng một lần."),
    "p2": ("Điều 2. Hòa giải", "Tổ hòa giải họp hằng quý tại nhà văn hóa."),
    "p3": ("Điều 3. Tiếp dân", "Bí thư tiếp công dân vào sáng thứ năm."),
    "p4": ("", "Đảng viên nộp đảng phí hằng tháng."),
    "p5": ("Điều 5. Đảng phí", "Chi bộ thu đảng phí và nộp lên đảng ủy."),
}
QUERIES = {
    "q1": "chi bộ kiểm tra bình chữa cháy bao lâu một lần",
    "q2": "tổ hòa giải họp khi nào",
    "q3": "nộp đảng phí",
    "q4": "bí thư tiếp công dân hôm nào",
}
QRELS = {"q1": ["p1"], "q2": ["p2"], "q3": ["p4", "p5"], "q4": ["p1"], "q9": ["p2"]}
NAMES = {"mrr@10", "recall@1", "recall@3", "recall@5", "recall@10", "recall@20", "ndcg@10"}
CONTEXT = "1. Chi bộ kiểm tra bình chữa cháy ba tháng một lần.\n2. Tổ hòa giải họp hằng quý."


def _write_lines(path: Path, lines: Iterable[object]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _json(**row: object) -> str:
    return json.dumps(row, ensure_ascii=False)


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "beir"
    folder.mkdir()
    _write_lines(folder / "corpus.jsonl", (_json(_id=name, title=t, text=x) for name, (t, x) in CORPUS.items()))
    kinds = {"q1": "hard", "q2": "easy", "q3": "easy"}
    _write_lines(
        folder / "queries.jsonl",
        (
            _json(_id=name, text=text, **({"kind": kinds[name]} if name in kinds else {}))
            for name, text in QUERIES.items()
        ),
    )
    rows = [f"{question}\t{passage}\t1" for question, passages in QRELS.items() for passage in passages]
    _write_lines(folder / "qrels.tsv", ["query-id\tcorpus-id\tscore", *rows, "q1\tp2\t0"])
    return folder


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    def asked(name: str, question: str, *golds: str) -> dict[str, object]:
        return {"id": name, "question": question, "answers": [{"text": gold, "answer_start": 0} for gold in golds]}

    questions = [
        asked("s1", "Chi bộ kiểm tra bình chữa cháy bao lâu một lần?", "ba tháng một lần"),
        asked("s2", "Tổ hòa giải họp khi nào?", "không có ở đó", "HẰNG  QUÝ"),
        asked("s3", "Chi bộ kiểm tra bình chữa cháy mấy tháng một lần?", "mỗi ngày"),
        asked("s4", "Câu này không có lời đáp?"),
    ]
    data = [{"title": "Phường Mẫu", "paragraphs": [{"context": CONTEXT, "qas": questions}]}]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": data}, ensure_ascii=False), encoding="utf-8")
    return path


def _evaluate(path: Path, **options: object) -> Evaluation:
    return evaluate(path, encoder=WordHashes(), **options)  # type: ignore[arg-type]


def _means(evaluation: Evaluation) -> dict[str, float]:
    return {name: value for name, value in evaluation.metrics.items() if isinstance(value, float) and name != "ms"}


# -- figures


def test_metrics_equal_a_hand_count() -> None:
    figures = ranking_metrics(["x", "a", "y", "b", *"123456", "c"], frozenset("abcd"))
    assert figures == {
        "mrr@10": 1 / 2,
        "recall@1": 0,
        "recall@3": 1 / 4,
        "recall@5": 2 / 4,
        "recall@10": 2 / 4,
        "recall@20": 3 / 4,
        "ndcg@10": pytest.approx(
            (1 / math.log2(3) + 1 / math.log2(5)) / sum(1 / math.log2(rank + 1) for rank in range(1, 5))
        ),
    }


def test_what_is_found_behind_the_tenth_has_no_reciprocal_rank() -> None:
    figures = ranking_metrics([*map(str, range(10)), "a"], frozenset("a"))
    assert (figures["mrr@10"], figures["ndcg@10"], figures["recall@20"]) == (0, 0, 1)


@given(st.permutations(list("abcdefghijklmnopqrstuvwxyz")), st.sets(st.sampled_from("abcdefghijkl"), min_size=1))
def test_all_that_is_right_on_top_is_perfect_and_no_figure_leaves_0_to_1(ranked: list[str], right: set[str]) -> None:
    best = ranking_metrics([*sorted(right), *(name for name in ranked if name not in right)], frozenset(right))
    assert best["ndcg@10"] == pytest.approx(1)
    assert best["mrr@10"] == 1
    assert all(0 <= value <= 1 for value in ranking_metrics(ranked, frozenset(right)).values())


# -- BEIR


def _hand_count(*, asked: Mapping[str, str] = QUERIES) -> dict[str, float]:
    """The means over the questions, ranked by a library made by hand of the same rows."""
    rows = [ranking_metrics(_ranked(text), frozenset(QRELS[name])) for name, text in asked.items()]
    return {name: sum(row[name] for row in rows) / len(rows) for name in NAMES}


_LIBRARIES: dict[str, Library] = {}


@pytest.fixture(autouse=True, scope="module")
def _hand_made(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hand") / "library"
    unknown = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    entries = []
    for name, (title, text) in CORPUS.items():
        directive = Directive(id=DirectiveId(name), file=name, title=title, **unknown)
        path = (title,) if title else ()
        passage = Passage(directive=directive.id, start=0, end=len(text), text=text, path=path, page=None)
        entries.append(Entry(name, Reading(directive=directive, printed=Printed(text=text)), (passage,)))
    write_library(folder, entries, encoder=WordHashes())
    _LIBRARIES["hand"] = Library(folder, WordHashes())


def _ranked(text: str) -> list[str]:
    return [hit.directive.id for hit in _LIBRARIES["hand"].search(text, limit=20).hits]


def test_a_beir_folder_is_counted_as_by_hand(beir: Path) -> None:
    evaluation = _evaluate(beir)
    assert (evaluation.kind, evaluation.questions) == ("beir", 4)
    assert _means(evaluation) == pytest.approx(_hand_count())


def test_questions_are_asked_without_accents_of_the_same_passages(beir: Path) -> None:
    folded = {name: fold(text) for name, text in QUERIES.items()}
    assert _means(_evaluate(beir, unaccented=True)) == pytest.approx(_hand_count(asked=folded))


def test_a_half_keeps_the_questions_of_that_hash(beir: Path) -> None:
    odd = {name for name in QUERIES if int(sha256(name.encode()).hexdigest(), 16) % 2}
    halves = {"odd": {n: QUERIES[n] for n in odd}, "even": {n: QUERIES[n] for n in QUERIES if n not in odd}}
    for half, asked in halves.items():
        evaluation = _evaluate(beir, half=half)
        assert evaluation.questions == len(asked)
        assert _means(evaluation) == pytest.approx(_hand_count(asked=asked))


def test_the_keys_are_those_of_the_contract(beir: Path) -> None:
    found = json.loads(_evaluate(beir).model_dump_json())
    assert set(found) == {"kind", "questions", "metrics", "by_kind"}
    assert set(found["metrics"]) == {*NAMES, "ms", "intervals"}
    assert set(found["metrics"]["intervals"]) == NAMES
    assert [(kind, set(figures)) for kind, figures in found["by_kind"].items()] == [
        (kind, {*NAMES, "ms"}) for kind in ("easy", "hard")
    ]


def test_an_interval_holds_its_mean(beir: Path) -> None:
    evaluation = _evaluate(beir)
    intervals = evaluation.metrics["intervals"]
    assert isinstance(intervals, dict)
    assert all(low <= value <= high for name, value in _means(evaluation).items() for low, high in [intervals[name]])


def test_figures_by_kind_are_those_of_its_questions(beir: Path) -> None:
    by_kind = _evaluate(beir).by_kind
    expected = _hand_count(asked={name: QUERIES[name] for name in ("q2", "q3")})
    assert {name: by_kind["easy"][name] for name in NAMES} == pytest.approx(expected)


def test_figures_are_the_same_every_time(beir: Path) -> None:
    assert [_evaluate(beir).metrics["intervals"] for _ in range(2)] == [_evaluate(beir).metrics["intervals"]] * 2


def test_qrels_may_have_the_four_columns_of_trec(beir: Path) -> None:
    before = _means(_evaluate(beir))
    rows = [f"{question}\t0\t{passage}\t1" for question, passages in QRELS.items() for passage in passages]
    _write_lines(beir / "qrels.tsv", rows)
    assert _means(_evaluate(beir)) == before


def test_progress_counts_the_questions(beir: Path) -> None:
    seen: list[Progress] = []
    _evaluate(beir, progress=seen.append)
    assert [one.done for one in seen if one.stage is Stage.ASK] == [1, 2, 3, 4]


# -- SQuAD


def test_the_gold_text_is_looked_for_in_the_quotes(squad: Path) -> None:
    evaluation = _evaluate(squad)
    assert (evaluation.kind, evaluation.questions, evaluation.by_kind) == ("squad", 3, {})
    assert _means(evaluation) == pytest.approx({"quote@1": 2 / 3, "quote@3": 2 / 3})


def test_only_the_metrics_of_quotes_apply_to_squad(squad: Path) -> None:
    metrics = _evaluate(squad).metrics
    assert set(metrics) == {"quote@1", "quote@3", "ms", "intervals"}
    assert set(metrics["intervals"]) == {"quote@1", "quote@3"}  # type: ignore[arg-type]


def test_the_hash_of_a_squad_question_is_of_its_id(squad: Path) -> None:
    odd = sum(int(sha256(name.encode()).hexdigest(), 16) % 2 for name in ("s1", "s2", "s3"))
    counts = []
    for half, some in (("odd", odd), ("even", 3 - odd)):
        counts.append(_evaluate(squad, half=half).questions if some else 0)
    assert counts == [odd, 3 - odd]


def test_contexts_with_one_header_are_two_directives(tmp_path: Path) -> None:
    header = "THÀNH ỦY MẪU\nSố 25-CT/TU\nHà Nội, ngày 13 tháng 9 năm 2023\nCHỈ THỊ\nvề việc họp\n"
    contexts = [header + "1. Chi bộ họp sáng thứ hai.", header + "1. Đảng ủy họp chiều thứ sáu."]
    asked = {"id": "s", "question": "Đảng ủy họp chiều nào?", "answers": [{"text": "chiều thứ sáu"}]}
    paragraphs = [{"context": contexts[0], "qas": []}, {"context": contexts[1], "qas": [asked]}]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    assert _evaluate(path).questions == 1


# -- sets that are none

BAD_LINES = {
    "no JSON": ("corpus.jsonl", "{", 3),
    "no object": ("corpus.jsonl", "[]", 3),
    "no text": ("corpus.jsonl", '{"_id": "p9"}', 3),
    "an id that is a number": ("queries.jsonl", '{"_id": 9, "text": "x"}', 3),
    "a title that is a number": ("corpus.jsonl", '{"_id": "p9", "text": "x", "title": 9}', 3),
    "an id twice": ("corpus.jsonl", '{"_id": "p1", "text": "x"}', 3),
    "spaces for tabs": ("qrels.tsv", "q1 p1 1", 3),
    "a score in words": ("qrels.tsv", "q1\tp1\tyes", 3),
    "two columns": ("qrels.tsv", "q1\t1", 3),
}


@pytest.mark.parametrize(("file", "line", "number"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_with_its_file(beir: Path, file: str, line: str, number: int) -> None:
    lines = (beir / file).read_text(encoding="utf-8").splitlines()
    _write_lines(beir / file, [*lines[: number - 1], line, *lines[number - 1 :]])
    with pytest.raises(BadQuestionSet) as raised:
        _evaluate(beir)
    assert raised.value.facts["path"] == str(beir / file)
    assert f"line {number}:" in raised.value.facts["detail"]


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(beir: Path, file: str) -> None:
    (beir / file).unlink()
    with pytest.raises(BadQuestionSet, match=file):
        _evaluate(beir)


def test_a_file_in_another_encoding_is_named(beir: Path) -> None:
    (beir / "corpus.jsonl").write_bytes('{"_id": "p1", "text": "Điều"}'.encode("utf-16"))
    with pytest.raises(BadQuestionSet, match=r"corpus\.jsonl"):
        _evaluate(beir)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"data": [{}]}', '{"data": [{"paragraphs": [{"context": "x"}]}]}', '{"data": 3}'],
)
def test_a_json_file_that_is_no_squad_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=r"set\.json"):
        _evaluate(path)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetMissing, match="nowhere"):
        _evaluate(tmp_path / "nowhere.json")


def test_a_set_without_questions_that_have_an_answer_is_none(beir: Path) -> None:
    _write_lines(beir / "qrels.tsv", ["q1\tp1\t0"])
    with pytest.raises(BadQuestionSet, match="no question"):
        _evaluate(beir)
