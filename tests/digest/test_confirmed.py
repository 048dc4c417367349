"""Only what an administrator has confirmed counts, as long as neither its words nor their reading has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from bot.digest.duties.confirmed import ConfirmedDuty, as_read, carried, confirmed_duties, holding_duties, next_day
from bot.state.duty_decisions import DutyDecision
from index import Directive, Due, Duty, Recurrence, Validity
from tests.digest.duty_papers import ENDS_OVER, FIRST, PAPERS, DutyLibrary, built, papers_in
from tests.validity.papers import PHUONG, Paper, file_of, write_papers

TODAY = date(2026, 5, 3)
NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
RIVER, WASTE, TREES = "Khu phố 1 dọn bến sông", "Văn phòng tổng hợp", "Khu phố 2 trồng"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> DutyLibrary:
    return papers_in(tmp_path_factory.mktemp("duties"))


@dataclass(frozen=True)
class Found:
    """What is known of a library on a day."""

    library: DutyLibrary
    validity: Validity

    def clause(self, directive: Directive, duty: Duty) -> str:
        printed = self.library.printed(directive.id)
        return printed.text[duty.span.start : duty.span.end] if printed else ""

    def clauses(self) -> list[str]:
        return [self.clause(directive, duty) for directive, duty in holding_duties(self.library, self.validity)]

    def decided(self, words: str, *, confirmed: bool = True, **values: object) -> DutyDecision:
        """A decision on the clause that begins with these words, as it was read."""
        for directive, duty in holding_duties(self.library, self.validity):
            if self.clause(directive, duty).startswith(words):
                read = as_read(self.library, self.validity, duty=duty, of=directive)
                assert read is not None
                given = {
                    "duty": duty.key, "directive": directive.id, "file": directive.file, "words": read.words,
                    "who": duty.who, "due": duty.due, "decided_by": "QT-1", "decided_at": NOW,
                }  # fmt: skip
                return DutyDecision.model_validate({**given, "confirmed": confirmed, **values})
        raise AssertionError(words)

    def confirmed(self, *decisions: DutyDecision) -> tuple[ConfirmedDuty, ...]:
        return confirmed_duties(self.library, decisions, self.validity)


def found(library: DutyLibrary, *, today: date = TODAY) -> Found:
    return Found(library, Validity(library.list(), library.relations(), today=today))


# -- which duties there are --------------------------------------------------------------------------------------------


def test_duties_of_papers_in_force_are_listed_the_newest_paper_first(library):
    assert [clause.split(",")[0] for clause in found(library).clauses()] == [
        "Khu phố 1 dọn bến sông",
        "Văn phòng tổng hợp rác thải hằng quý.",
        "Khu phố 2 trồng mười cây phượng.",
        "Tổ đọc sách kiểm kê tủ sách",
        "Tổ đọc sách mua sách",
        "Kế toán nộp sổ",
    ]


def test_nothing_is_confirmed_before_somebody_has_decided(library):
    assert found(library).confirmed() == ()


def test_a_confirmed_duty_is_as_it_was_confirmed(library):
    here = found(library)
    due = Due(date=date(2026, 7, 1))
    (one,) = here.confirmed(here.decided(RIVER, who="Khu phố 9", due=due))
    assert (one.directive.number, one.who, one.due) == (FIRST.number, "Khu phố 9", due)
    assert here.clause(one.directive, one.duty).startswith(RIVER)


def test_what_was_dropped_is_not_confirmed(library):
    here = found(library)
    assert here.confirmed(here.decided(RIVER, confirmed=False)) == ()


def test_a_confirmed_duty_without_a_time_is_not_pushed(library):
    here = found(library)
    assert here.confirmed(here.decided(TREES)) == ()


def test_a_confirmed_duty_ends_with_its_paper(tmp_path):
    before = found(papers_in(tmp_path, tuple(paper for paper in PAPERS if paper is not ENDS_OVER)))
    decision = before.decided("Khu phố 3 treo")
    assert len(before.confirmed(decision)) == 1
    write_papers(tmp_path / "corpus", (ENDS_OVER,))
    assert found(built(tmp_path)).confirmed(decision) == ()


# -- a new build -------------------------------------------------------------------------------------------------------


def test_a_decision_holds_where_the_clause_stands_elsewhere_in_its_paper(tmp_path):
    decision = found(papers_in(tmp_path, (FIRST,))).decided(RIVER)
    moved = FIRST._replace(body=f"1. Mùa nước nổi đã tới.\n{FIRST.body.replace('1. Khu', '4. Khu')}")
    write_papers(tmp_path / "corpus", (moved,))
    assert len(found(built(tmp_path)).confirmed(decision)) == 1


def test_a_decision_is_carried_over_where_the_paper_has_another_number(tmp_path):
    before = found(papers_in(tmp_path, (FIRST,)))
    decisions = [before.decided(RIVER), before.decided(WASTE, confirmed=False)]
    folder = tmp_path / "corpus"
    sidecar = folder / f"{file_of(FIRST)}.yaml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("11-KH", "17-KH"), encoding="utf-8")
    here = found(built(tmp_path))
    (one,) = here.confirmed(*decisions)
    assert one.directive.number == "17-KH/ĐU"
    assert one.duty.key != decisions[0].duty
    assert len(carried(here.library, decisions, here.validity)) == 2


@pytest.mark.parametrize(
    "change", [("20/6/2026", "21/6/2026"), ("Khu phố 1", "Khu phố 5"), ("dọn bến", "dọn sạch bến")]
)
def test_a_changed_clause_is_a_proposal_again(tmp_path, change):
    decision = found(papers_in(tmp_path, (FIRST,))).decided(RIVER)
    write_papers(tmp_path / "corpus", (FIRST._replace(body=FIRST.body.replace(*change)),))
    here = found(built(tmp_path))
    assert carried(here.library, [decision], here.validity) == {}


def test_a_clause_that_is_read_otherwise_now_is_a_proposal_again(library):
    here = found(library)
    decision = here.decided(RIVER)
    words = decision.words.replace("2026-06-20", "2026-06-19")
    assert words != decision.words
    assert here.confirmed(decision.model_copy(update={"words": words})) == ()


def test_the_same_clause_of_another_paper_is_not_decided_on(tmp_path):
    copy = FIRST._replace(number="18-KH/ĐU", date="2026-04-09", title="về bến sông nhỏ")
    here = found(papers_in(tmp_path, (FIRST, copy)))
    assert len(here.confirmed(here.decided(RIVER))) == 1


def test_a_decision_on_one_of_two_equal_clauses_counts_once_after_a_new_build(tmp_path):
    class Counted(DutyLibrary):
        def duties(self):
            (paper,) = super().duties()
            line = super().duties()[paper][0]
            return {paper: tuple(line.model_copy(update={"key": f"line {place}"}) for place in (1, 2))}

    papers_in(tmp_path, (FIRST,))
    here = found(Counted.open(tmp_path / "library"))
    decision = here.decided(RIVER, duty="another key")
    assert len(here.confirmed(decision)) == 1
    assert len(here.confirmed(decision, here.decided(RIVER, duty="a third key"))) == 2


def test_what_a_paper_says_twice_is_one_duty(tmp_path):
    line = "Khu phố 1 dọn bến sông, xong trước ngày 20/6/2026."
    here = found(papers_in(tmp_path, (FIRST._replace(body=f"1. {line}\n2. {line}"),)))
    assert len(here.clauses()) == 1


def test_of_two_decisions_on_one_clause_the_last_counts(library):
    here = found(library)
    old = here.decided(RIVER, duty="an old key")
    new = here.decided(RIVER, duty="another old key", confirmed=False, decided_at=NOW.replace(hour=9))
    assert here.confirmed(old, new) == ()
    assert len(here.confirmed(new.model_copy(update={"confirmed": True}), old)) == 1


def test_a_decision_falls_when_a_later_paper_changes_its_place(tmp_path):
    rule = Paper(
        "30-QĐ/ĐU", "2026-01-05", PHUONG, "về bến đò",
        "Điều 1. Khu phố 1 dọn bến đò hằng quý.\nĐiều 2. Khu phố 2 làm bảng tên hằng quý.",
    )  # fmt: skip
    change = Paper(
        "31-QĐ/ĐU", "2026-04-06", PHUONG, "sửa đổi, bổ sung một số điều của Quy định số 30-QĐ/ĐU, ngày 05/01/2026",
        "Điều 1. Sửa đổi, bổ sung Điều 2 Quy định số 30-QĐ/ĐU, ngày 05/01/2026 như sau:\n"
        "“Điều 2. Bảng tên sơn lại mỗi năm một lần.”\nĐiều 2. Quy định này có hiệu lực kể từ ngày ký.",
    )  # fmt: skip
    before = found(papers_in(tmp_path, (rule,)))
    decisions = [before.decided("Khu phố 1 dọn"), before.decided("Khu phố 2 làm")]
    assert len(before.confirmed(*decisions)) == 2
    write_papers(tmp_path / "corpus", (change,))
    after = found(built(tmp_path))
    (left,) = after.confirmed(*decisions)
    assert after.clause(left.directive, left.duty).startswith("Khu phố 1 dọn")
    assert len(after.confirmed(*decisions, after.decided("Khu phố 2 làm"))) == 2


# -- days --------------------------------------------------------------------------------------------------------------


def every(unit: str, *on: str) -> Due:
    return Due(every=Recurrence(unit), on=on)


@pytest.mark.parametrize(
    ("due", "after", "day"),
    [
        (Due(date=date(2026, 5, 3)), "2026-05-03", "2026-05-03"),
        (Due(date=date(2026, 5, 2)), "2026-05-03", None),
        (Due(after="5 ngày kể từ ngày nhận đơn"), "2026-05-03", None),
        (Due(), "2026-05-03", None),
        (every("week"), "2026-05-03", "2026-05-03"),  # a Sunday
        (every("week"), "2026-05-04", "2026-05-10"),
        (every("week", "thứ Sáu"), "2026-05-03", "2026-05-08"),
        (every("week", "thứ 2", "Thứ năm"), "2026-05-05", "2026-05-07"),
        (every("week", "thứ Sáu"), "2026-12-30", "2027-01-01"),
        (every("month"), "2026-02-03", "2026-02-28"),
        (every("month"), "2028-02-03", "2028-02-29"),
        (every("month", "25"), "2026-05-25", "2026-05-25"),
        (every("month", "25"), "2026-12-26", "2027-01-25"),
        (every("month", "31"), "2026-04-03", "2026-04-30"),
        (every("month", "ngày 5", "20"), "2026-04-06", "2026-04-20"),
        (every("quarter"), "2026-05-03", "2026-06-30"),
        (every("quarter"), "2026-10-01", "2026-12-31"),
        (every("quarter", "20"), "2026-06-21", "2026-09-20"),
        (every("quarter", "5/1", "5/4", "5/7", "5/10"), "2026-10-06", "2027-01-05"),
        (every("half_year"), "2026-07-01", "2026-12-31"),
        (every("half_year", "15/6", "15/12"), "2026-06-16", "2026-12-15"),
        (every("nine_months"), "2026-10-01", "2027-09-30"),
        (every("year"), "2026-12-31", "2026-12-31"),
        (every("year", "15/11"), "2026-11-16", "2027-11-15"),
        (every("year", "29/2"), "2026-01-01", "2026-02-28"),
        (every("year", "29/2"), "2028-01-01", "2028-02-29"),
        (every("month", "sau cuộc họp"), "2026-05-03", None),
        (every("week", "25"), "2026-05-03", None),
        (every("year", "5/13"), "2026-05-03", None),
    ],
)
def test_the_next_day(due, after, day):
    assert next_day(due, after=date.fromisoformat(after)) == (date.fromisoformat(day) if day else None)
