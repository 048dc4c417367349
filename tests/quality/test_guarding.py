"""A new library is tried by the administrators' questions before it answers, with real builds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.corpus.child import Job, run_child
from bot.corpus.report import rebuilt, report_lines, trial_lines
from bot.quality.guarding import Guard
from index import BuildReport, Library, Trial, build_library
from index.searching.snapshot import BUILDING, snapshots_of
from tests.fakes import WordHashes

HEAD = """ĐẢNG ỦY PHƯỜNG BÌNH AN

Số {number}

Bình An, ngày {day} tháng 02 năm 2026

HƯỚNG DẪN

{title}

-----

{body}

Nơi nhận:

- Như trên;
"""
MEETING = "1. Chi bộ họp vào ngày mồng năm hằng tháng.\n\n2. Bí thư chi bộ chủ trì cuộc họp."
OUTDOING = "1. Chi bộ họp ngày nào hằng tháng do chi bộ chọn.\n\n2. Chi bộ họp hằng tháng."
QUESTIONS = """- id: w1
  kind: plain
  question: Chi bộ họp ngày nào hằng tháng?
  directive: 11-HD/ĐU
  place: '1'
  words: ngày mồng năm hằng tháng
- id: w2
  kind: plain
  question: Cây xanh trên phố được cắt tỉa vào mùa nào?
  directive: 12-HD/ĐU
  words: đầu mùa mưa
- id: w3
  kind: refuse_other
  question: Mai có mưa không?
"""
TREES = "1. Cây xanh trên phố được cắt tỉa vào đầu mùa mưa."


class Place(NamedTuple):
    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def guard(self) -> Guard:
        return Guard(folder=self.folder / "questions", margin=0.05, timezone="Asia/Ho_Chi_Minh", at_once=True)

    def put(self, number: str, body: str, *, day: str = "05", title: str = "về nền nếp", audience: str = "") -> None:
        path = self.corpus / f"{number.partition('-')[0]}.md"
        path.write_text(HEAD.format(number=number, body=body, day=day, title=title), encoding="utf-8")
        if audience:
            path.with_name(path.name + ".yaml").write_text(f"audience: {audience}\n", encoding="utf-8")

    def ask(self, text: str) -> None:
        (self.folder / "questions" / "own.yaml").write_text(text, encoding="utf-8")

    def build(self, guard: Guard | None = None) -> BuildReport:
        return build_library(self.corpus, self.library, encoder=WordHashes(), check=(guard or self.guard).check())

    def numbers(self) -> list[str | None]:
        return [directive.number for directive in Library(self.library, WordHashes()).list()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A library that answers both questions."""
    found = Place(tmp_path)
    for folder in (found.corpus, tmp_path / "questions"):
        folder.mkdir()
    found.put("11-HD/ĐU", MEETING)
    found.put("12-HD/ĐU", TREES, title="về cây xanh")
    found.ask(QUESTIONS)
    found.build()
    return found


def tried(report: BuildReport) -> Trial:
    assert report.trial is not None
    return report.trial


def outdo(place: Place) -> None:
    """A newer paper that takes the first quote away."""
    place.put("13-HD/ĐU", OUTDOING, day="20")


def test_the_first_library_is_measured_and_compared_with_nothing(place, tmp_path):
    report = build_library(place.corpus, tmp_path / "first", encoder=WordHashes(), check=place.guard.check())
    trial = tried(report)
    assert (trial.asked, trial.kept) == (2, False)
    assert [(share.before, share.now) for share in trial.shares] == [(None, 1), (None, 1)]
    assert trial_lines(rebuilt(report)) == [
        "Hỏi thử 2 câu của cơ quan: đúng văn bản ở trích dẫn đầu 100,0 %; đúng lời ở trích dẫn đầu 100,0 %."
    ]


def test_without_a_set_nothing_is_tried(place):
    absent = place.guard.model_copy(update={"folder": place.folder / "none"})
    assert absent.check() is None
    assert place.build(absent).trial is None


def test_a_library_that_answers_worse_is_not_let_on_and_says_why(place):
    outdo(place)
    report = place.build()
    trial = tried(report)
    assert (trial.kept, trial.questions) == (True, ("Chi bộ họp ngày nào hằng tháng?",))
    assert place.numbers() == ["11-HD/ĐU", "12-HD/ĐU"]
    assert not list(snapshots_of(place.library).glob(f"*{BUILDING}"))
    (opening,) = report_lines(rebuilt(report))
    shares, heading, worse, cure = trial_lines(rebuilt(report))
    assert opening.startswith("CHƯA dùng kho mới")
    assert "100,0 % → 50,0 % (giảm quá mức)" in shares
    assert "(1)" in heading
    assert worse == "- Chi bộ họp ngày nào hằng tháng?"
    assert "--accept" in cure


def test_the_report_of_the_library_that_answers_stays_that_of_its_own_build(place):
    before = Library(place.library, WordHashes()).report()
    outdo(place)
    place.build()
    assert Library(place.library, WordHashes()).report() == before


def test_it_is_let_on_where_that_much_may_be_lost(place):
    outdo(place)
    assert not tried(place.build(place.guard.model_copy(update={"margin": 0.5}))).kept
    assert "13-HD/ĐU" in place.numbers()


def test_an_administrator_may_accept_it(place):
    outdo(place)
    trial = tried(place.build(place.guard.accepting()))
    assert (trial.kept, trial.questions) == (False, ("Chi bộ họp ngày nào hằng tháng?",))
    assert "13-HD/ĐU" in place.numbers()


def test_a_removal_is_never_delayed_and_only_reported(place):
    (place.corpus / "12.md").unlink()
    report = place.build()
    trial = tried(report)
    assert (trial.fell, trial.kept, place.numbers()) == (True, False, ["11-HD/ĐU"])
    assert any("vẫn được dùng ngay" in line for line in trial_lines(rebuilt(report)))
    assert report_lines(rebuilt(report))[0].startswith("Đã lập chỉ mục")


def test_a_narrower_audience_is_never_delayed(place):
    place.put("12-HD/ĐU", TREES, title="về cây xanh", audience="committee")
    outdo(place)
    trial = tried(place.build())
    assert (trial.fell, trial.kept) == (True, False)
    assert len(place.numbers()) == 3


@pytest.mark.parametrize(
    "clause",
    [
        "Hướng dẫn này thay thế Hướng dẫn số 11-HD/ĐU, ngày 05/02/2026 của Đảng ủy phường Bình An.",
        "Sửa đổi mục 1 Hướng dẫn số 11-HD/ĐU, ngày 05/02/2026 của Đảng ủy phường Bình An như sau: “1. Ngày mồng sáu.”",
    ],
)
def test_a_paper_after_which_an_older_one_does_not_hold_as_before_is_never_delayed(place, clause):
    place.put("13-HD/ĐU", f"{OUTDOING}\n\n3. {clause}", day="20")
    trial = tried(place.build())
    assert (trial.fell, trial.kept) == (True, False)
    assert "13-HD/ĐU" in place.numbers()


def test_a_wider_audience_may_wait(place):
    place.put("12-HD/ĐU", TREES, title="về cây xanh", audience="public")
    outdo(place)
    assert tried(place.build()).kept


def test_a_paper_found_classified_is_never_delayed(place):
    path = place.corpus / "12.md"
    path.write_text("MẬT\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    outdo(place)
    trial = tried(place.build())
    assert (trial.fell, trial.kept) == (True, False)
    assert "12-HD/ĐU" not in place.numbers()


def test_a_set_with_a_mistake_holds_nothing_back_and_is_told(place):
    place.ask(QUESTIONS + "- id: w4\n  kind: odd\n")
    outdo(place)
    report = place.build()
    (line,) = trial_lines(rebuilt(report))
    assert not tried(report).kept
    assert "own.yaml, dòng 15" in line
    assert "13-HD/ĐU" in place.numbers()


def test_held_questions_count_and_are_not_shown(place):
    place.ask(QUESTIONS.replace("hằng tháng\n- id: w2", "hằng tháng\n  held: true\n- id: w2"))
    outdo(place)
    report = place.build()
    trial = tried(report)
    assert (trial.kept, trial.questions, trial.held) == (True, (), 1)
    assert "Chi bộ họp" not in "\n".join(trial_lines(rebuilt(report)))


def test_a_library_of_another_encoder_is_no_measure(place):
    outdo(place)
    report = build_library(place.corpus, place.library, encoder=WordHashes("another"), check=place.guard.check())
    assert [share.before for share in tried(report).shares] == [None, None]
    assert not tried(report).kept


def test_a_set_of_refusals_alone_has_nothing_that_could_fall(place):
    place.ask("- {id: r, kind: refuse_other, question: Mai có mưa không}\n")
    trial = tried(place.build())
    assert (trial.asked, trial.shares, trial.kept) == (0, (), False)


@pytest.mark.slow
def test_the_child_tries_it_too(place):
    job = Job(task="build", corpus=place.corpus, library=place.folder / "real", encoder="built-in", guard=place.guard)
    stages = []
    asyncio.run(run_child(job))
    outdo(place)
    said = asyncio.run(run_child(job, watch=lambda step: stages.append(str(step.stage))))
    assert said.report.trial.asked == 2
    assert "ask" in stages
    accepted = asyncio.run(run_child(job.accepting()))
    assert not accepted.report.trial.kept
