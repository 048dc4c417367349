"""Means, intervals and times over outcomes, the open and the held ones apart."""

from __future__ import annotations

import pytest

from bot.quality.comparing import compare
from bot.quality.figures import ANSWERABLE, REFUSALS, Measured, same_citations, share_of
from bot.quality.plot import plot_page
from bot.quality.questions import Question
from bot.quality.wording import comparison_lines, measured_lines, miss_lines
from tests.quality.outcomes import measured, outcome


def question(name: str, **said: object) -> Question:
    known = {"id": name, "kind": "plain", "question": f"câu {name}?", "directive": "4-HD/ĐU", "words": "mỗi tháng"}
    return Question(**(known | said))


def test_sums_are_over_all_that_is_answerable_and_over_all_refusals():
    outcomes = [
        outcome("a"),
        outcome("b", right=False),
        outcome("c", kind="number"),
        outcome("d", kind="refuse_other"),
        outcome("e", kind="refuse_subject", right=False),
    ]
    (part,) = measured(*outcomes).parts
    assert [row.kind for row in part.rows] == [
        "plain",
        "number",
        "refuse_subject",
        "refuse_other",
        ANSWERABLE,
        REFUSALS,
    ]
    answerable, refusals = part.row(ANSWERABLE), part.row(REFUSALS)
    assert (answerable.questions, answerable.shares["words@1"].value) == (3, pytest.approx(2 / 3))
    assert (answerable.shares["refused"].value, refusals.shares["refused"].value) == (pytest.approx(1 / 3), 0.5)
    assert set(refusals.shares) == {"refused"}


def test_held_questions_are_counted_apart_and_never_named():
    run = measured(outcome("a"), outcome("secret", right=False, held=True))
    assert [(part.name, part.questions, len(part.outcomes)) for part in run.parts] == [("open", 1, 1), ("held", 1, 0)]
    assert "secret" not in run.model_dump_json()
    assert "secret" not in "\n".join((*measured_lines(run), *miss_lines(run, {"a": question("a")})))


def test_an_interval_is_the_same_each_time_and_holds_the_mean():
    values = [1.0] * 30 + [0.0] * 10
    figure = share_of(values)
    assert figure == share_of(values)
    assert 0.55 < figure.low < figure.value == 0.75 < figure.high < 0.95
    assert share_of([1.0, 1.0]).low == 1


def test_times_are_the_middle_and_the_slowest_hundredth():
    (part,) = measured(*(outcome(str(ms), ms=float(ms)) for ms in range(101))).parts
    assert (part.rows[0].median_ms, part.rows[0].p99_ms) == (50, 99)


def test_a_run_is_read_again_as_it_was_written():
    run = measured(outcome("a"), outcome("b", held=True), unknown=("9-QĐ/ĐU",))
    assert Measured.model_validate_json(run.model_dump_json()) == run


def test_the_same_citation_is_counted_only_where_there_were_accents_to_lose():
    questions = [question("a"), question("b"), question("c")]
    one = [outcome("a"), outcome("b"), outcome("c", right=False)]
    other = [outcome("a"), outcome("b", right=False), outcome("c", right=False)]
    ((name, same),) = same_citations(questions, one, other, carries=[True, True, False])
    assert (name, same.questions, same.share.value) == ("open", 2, 0.5)


def test_two_runs_differ_in_figures_and_in_questions():
    before = measured(outcome("a"), outcome("b", right=False), outcome("c"), outcome("gone"))
    now = measured(outcome("a", right=False), outcome("b"), outcome("c", quote="Mỗi quý."), outcome("new"))
    found = compare(before, now)
    assert (found.better, found.worse, found.others, found.new, found.gone) == (("b",), ("a",), ("c",), 1, 1)
    assert found.changes == ()
    fell = compare(measured(outcome("a"), outcome("b")), measured(outcome("a"), outcome("b", right=False)))
    assert {(change.kind, change.measure, change.before, change.now) for change in fell.changes} >= {
        ("plain", "words@1", 1.0, 0.5),
        (ANSWERABLE, "refused", 0.0, 0.5),
    }
    lines = "\n".join(comparison_lines(fell, {"b": question("b")}))
    assert "↓ phần mở, thường, lời, 1: 100,0 → 50,0" in lines
    assert "↑ phần mở, thường, từ chối nhầm: 0,0 → 50,0" in lines
    assert "- b: câu b?" in lines


def test_the_table_says_the_shares_their_intervals_and_the_seed():
    lines = list(measured_lines(measured(outcome("a"), outcome("b"), outcome("r", kind="refuse_other"))))
    row = next(line for line in lines if line.startswith("thường"))
    assert row.split()[1] == "2"
    assert row.count("100,0 [100–100]") == 6
    assert "hạt giống 0" in lines[-1]


def test_a_miss_says_what_was_wanted_and_what_came():
    run = measured(outcome("a"), outcome("b", right=False), outcome("r", kind="refuse_other", right=False))
    questions = {"a": question("a"), "b": question("b", place="II.1")}
    questions["r"] = Question(id="r", kind="refuse_other", question="Mưa không?")
    said = "\n".join(miss_lines(run, questions))
    assert "câu a?" not in said
    assert "cần: 4-HD/ĐU, II.1: “mỗi tháng”" in said
    assert "được: (không trả lời)" in said
    assert "được: Hướng dẫn 04-HD/ĐU, mục 1: Mỗi tháng." in said


def test_the_plot_is_one_page_with_a_drawing_and_nothing_that_runs_or_is_fetched():
    run = measured(outcome("a"), outcome("b", right=False), outcome("r", kind="refuse_other"), outcome("h", held=True))
    page = plot_page(run.model_copy(update={"questions": "<b>set</b>"}))
    assert page.count("<svg") == 2
    assert "width=device-width" in page
    assert "&lt;b&gt;set" in page
    for word in ("<script", "http:", "https:", "src=", "@import", "url("):
        assert word not in page
    assert page.count('class="bar"') + page.count('class="bar wrong"') == page.count('class="track"')
