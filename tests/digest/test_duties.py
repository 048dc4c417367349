"""``/nhiemvu``: nothing is pushed before an administrator has said so, and everything can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot import texts
from bot.department import Stale
from bot.digest.duties.confirmed import confirmed_duties
from bot.digest.duties.deciding import Judged, decide, duties_now, judged_anew, waiting_duties
from bot.digest.duties.room import DutyRoom
from bot.state import duty_decisions, overrides
from bot.state.database import Database
from bot.validity.naming import naming_of
from bot.validity.register import Register
from index import Due, Recurrence
from tests.administration.office import ADMINISTRATOR, NOW, Office
from tests.digest.duty_papers import FIRST, PAPERS, DutyLibrary, built, papers_in
from tests.validity.conftest import PAGE, ZONE
from tests.validity.papers import PHUONG, Paper, file_of, write_papers

OTHER = "QT-2"
MEMBER = "DV-1"
RIVER = "Khu phố 1 dọn bến sông"
CONFIRM, CORRECT, DROP, BACK = ("Xác nhận 1", "Sửa 1", "Bỏ 1", "Rút lại 1")


class Desk(Office):
    """With two administrators and a member, and what is known of the duties."""

    def __init__(self, database: Database, library: DutyLibrary, *, ceilings: dict[str, str]) -> None:
        self.library = library
        self.register = Register(library, database, zone=ZONE, at_once=True, clock=lambda: self.now)
        naming = naming_of(library, database, ceilings=ceilings, public_url=PAGE)
        super().__init__(database, [DutyRoom(library, database, self.register, naming=naming).department()])
        for code, role in ((ADMINISTRATOR, "administrator"), (OTHER, "administrator"), (MEMBER, "member")):
            self.link(self.add(code, role))

    def confirmed(self) -> list[tuple[str | None, str, Due]]:
        """Paper, who and due of everything that the digest may speak of."""
        with self.database.reading() as db:
            decisions = duty_decisions.everything(db)
        found = confirmed_duties(self.library, decisions, self.register.now())
        return [(each.directive.number, each.who, each.due) for each in found]

    def waiting(self) -> list[str]:
        return waiting_duties(self.library, self.database, self.register)

    def actions(self) -> list[str]:
        return [entry.action for entry in self.audited()]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> DutyLibrary:
    return papers_in(tmp_path_factory.mktemp("duties"))


@pytest.fixture
def make_desk(library: DutyLibrary, database: Database) -> Callable[..., Desk]:
    def make(over: DutyLibrary = library, *, ceilings: dict[str, str] | None = None) -> Desk:
        return Desk(database, over, ceilings=ceilings or {})

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


# -- what is proposed --------------------------------------------------------------------------------------------------


def test_a_proposal_shows_who_by_when_and_its_clause_with_the_paper(desk):
    said = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert said.startswith(texts.DUTIES_OPENING["waiting"].format(count=4))
    assert "1. Người làm: Khu phố 1\nHạn: 20/6/2026" in said
    assert "“Khu phố 1 dọn bến sông, xong trước ngày 20/6/2026.”\n— Kế hoạch 11-KH/ĐU ngày 02/4/2026 của" in said
    assert "2. Người làm: Văn phòng\nHạn: hằng quý (ngày cuối quý); lần tới 30/6/2026" in said


def test_what_does_not_hold_or_is_a_draft_or_withdrawn_is_not_proposed(desk):
    with desk.database.transaction() as db:
        (paper,) = desk.library.find("13-KH/ĐU")
        overrides.save(db, paper.id, file=paper.file, audience=None, withdrawn=True, now=NOW)
    said = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert said.startswith(texts.DUTIES_OPENING["waiting"].format(count=3))
    assert [number for number in ("05-KH", "20-KH", "13-KH") if number in said] == []
    (key,) = (duty.key for duty in desk.library.duties()[paper.id])
    assert desk.send(ADMINISTRATOR, f"/nhiemvu co {key}") == texts.DUTY_GONE


def test_past_ones_are_only_counted_and_those_without_a_day_stand_in_a_list_of_their_own(desk):
    said = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert texts.DUTIES_PAST.format(count=1) in said
    assert "mua sách" not in said
    assert "cây phượng" not in said
    assert "cây phượng" in desk.press(ADMINISTRATOR, texts.DUTIES_LISTS["undated"].format(count=1))


def test_a_page_has_five(make_desk, tmp_path):
    lines = "\n".join(f"{place}. Khu phố {place} dọn bến {place}, xong trước ngày 20/6/2026." for place in range(1, 8))
    desk = make_desk(papers_in(tmp_path, (FIRST._replace(body=lines),)))
    first = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert texts.DIRECTIVES_PAGE.format(page=1, pages=2) in first
    assert [place for place in range(1, 8) if f"dọn bến {place}," in first] == [1, 2, 3, 4, 5]
    second = desk.press(ADMINISTRATOR, texts.DIRECTIVES_NEXT)
    assert [place for place in range(1, 8) if f"dọn bến {place}," in second] == [6, 7]
    after = desk.press(ADMINISTRATOR, "Bỏ 1")
    assert "dọn bến 7," in after
    assert "dọn bến 1," not in after


def test_the_duties_of_one_paper_are_shown_with_their_state(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CONFIRM)
    said = desk.send(ADMINISTRATOR, "/nhiemvu 11-KH/ĐU")
    assert said.startswith(texts.DUTIES_OF.format(count=3, words="11-KH/ĐU"))
    assert said.count(texts.DUTY_STATE.format(state="đã xác nhận")) == 1
    assert said.count(texts.DUTY_STATE.format(state="chờ xác nhận")) == 2
    assert texts.DUTY_STATE.format(state=texts.DUTY_OVER_UNDECIDED) in desk.send(ADMINISTRATOR, "/nhiemvu 12-KH/ĐU")
    assert desk.send(ADMINISTRATOR, "/nhiemvu 99-KH/ĐU").startswith(texts.DUTIES_NONE_OF.format(words="99-KH/ĐU"))


def test_only_administrators_decide_and_only_in_private(desk):
    assert desk.send(MEMBER, "/nhiemvu") == texts.UNKNOWN_COMMAND.format(command="/nhiemvu")
    assert desk.send(ADMINISTRATOR, "/nhiemvu", group="nhom") == texts.ONLY_IN_PRIVATE


def test_papers_above_the_ceiling_are_not_named(make_desk):
    desk = make_desk(ceilings={"telegram": "member"})
    said = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert said.startswith(texts.DUTIES_OPENING["waiting"].format(count=3))
    assert texts.ADMIN_HIDDEN_DIRECTIVES in said
    assert "Kế toán" not in said + desk.send(ADMINISTRATOR, "/nhiemvu 13-KH/ĐU")
    (paper,) = desk.library.find("13-KH/ĐU")
    (key,) = (duty.key for duty in desk.library.duties()[paper.id])
    assert desk.send(ADMINISTRATOR, f"/nhiemvu co {key}") == texts.DUTY_GONE
    assert desk.confirmed() == []


# -- deciding ----------------------------------------------------------------------------------------------------------


def test_a_confirmed_duty_is_what_the_digest_may_speak_of(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    said = desk.press(ADMINISTRATOR, CONFIRM)
    assert said.startswith("Đã xác nhận: Khu phố 1; hạn: 20/6/2026 (theo Kế hoạch 11-KH/ĐU")
    assert texts.DUTIES_OPENING["waiting"].format(count=3) in said
    assert desk.confirmed() == [("11-KH/ĐU", "Khu phố 1", Due(date=date(2026, 6, 20)))]


def test_a_dropped_duty_is_asked_no_more(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    assert desk.press(ADMINISTRATOR, DROP).startswith("Đã bỏ một nhiệm vụ của Kế hoạch 11-KH/ĐU")
    assert RIVER not in desk.send(ADMINISTRATOR, "/nhiemvu")
    assert RIVER in desk.send(ADMINISTRATOR, "/nhiemvu đã bỏ")
    assert desk.confirmed() == []


@pytest.mark.parametrize("step", [CONFIRM, DROP])
def test_a_decision_can_be_taken_back_at_once_or_from_its_list(desk, step):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, step)
    assert RIVER in desk.press(ADMINISTRATOR, texts.DUTY_BACK)
    desk.press(ADMINISTRATOR, step)
    listed = "confirmed" if step == CONFIRM else "dropped"
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, texts.DUTIES_LISTS[listed].format(count=1))
    assert texts.DUTIES_NONE[listed] in desk.press(ADMINISTRATOR, BACK)
    assert desk.confirmed() == []
    assert RIVER in desk.send(ADMINISTRATOR, "/nhiemvu")


def test_a_decision_goes_on_with_the_list_it_was_taken_in(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu không hạn")
    assert texts.DUTIES_NONE["undated"] in desk.press(ADMINISTRATOR, DROP)


def test_confirming_what_another_has_dropped_says_so(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    asked = desk.last
    desk.send(OTHER, "/nhiemvu")
    desk.press(OTHER, DROP)
    said = desk.press(ADMINISTRATOR, CONFIRM, of=asked)
    assert texts.DUTY_BEFORE.format(state="đã bỏ") in said
    assert len(desk.confirmed()) == 1


# -- correcting --------------------------------------------------------------------------------------------------------


def test_a_corrected_duty_counts_as_corrected(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    assert texts.DUTY_ASK in desk.press(ADMINISTRATOR, CORRECT)
    said = desk.send(ADMINISTRATOR, "hạn 25/6; người làm: Chi bộ 3")
    assert said.startswith("Đã sửa và xác nhận: Chi bộ 3; hạn: 25/6/2026")
    assert desk.confirmed() == [("11-KH/ĐU", "Chi bộ 3", Due(date=date(2026, 6, 25)))]
    listed = desk.send(ADMINISTRATOR, "/nhiemvu đã xác nhận")
    assert texts.DUTY_AS_READ.format(who="Khu phố 1", due="20/6/2026") in listed
    assert desk.actions() == ["duty.correct"]


def test_a_confirmed_duty_is_corrected_from_what_was_confirmed(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    desk.send(ADMINISTRATOR, "người làm: Chi bộ 3")
    desk.send(ADMINISTRATOR, "/nhiemvu đã xác nhận")
    desk.press(ADMINISTRATOR, "Sửa 1")
    desk.send(ADMINISTRATOR, "hằng tháng ngày 25")
    assert desk.confirmed() == [("11-KH/ĐU", "Chi bộ 3", Due(every=Recurrence.MONTH, on=("25",)))]


def test_a_correction_goes_on_with_the_page_it_was_begun_on(make_desk, tmp_path):
    lines = "\n".join(f"{place}. Khu phố {place} dọn bến {place}, xong trước ngày 20/6/2026." for place in range(1, 13))
    desk = make_desk(papers_in(tmp_path, (FIRST._replace(body=lines),)))
    desk.send(ADMINISTRATOR, "/nhiemvu trang 2")
    desk.press(ADMINISTRATOR, CORRECT)
    desk.send(ADMINISTRATOR, "hạn 31/02")
    assert texts.DIRECTIVES_PAGE.format(page=2, pages=3) in desk.send(ADMINISTRATOR, "hạn 30/6")


def test_a_duty_without_a_day_is_given_one(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu không hạn")
    assert desk.press(ADMINISTRATOR, CONFIRM).startswith("Đã xác nhận: Khu phố 2; hạn: chưa rõ hạn")
    assert texts.DUTY_UNTIMED in desk.send(ADMINISTRATOR, f"/nhiemvu sua {_key(desk, 'trồng')} người làm: Khu phố 6")
    assert desk.confirmed() == []
    desk.send(ADMINISTRATOR, f"/nhiemvu sua {_key(desk, 'trồng')} hạn 30/6/2026")
    assert desk.confirmed() == [("11-KH/ĐU", "Khu phố 6", Due(date=date(2026, 6, 30)))]


def test_without_its_time_a_confirmed_duty_is_not_pushed(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    assert texts.DUTY_UNTIMED in desk.send(ADMINISTRATOR, "bỏ hạn")
    assert desk.confirmed() == []


def test_a_correction_that_cannot_be_is_refused_and_asked_again(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    assert desk.send(ADMINISTRATOR, "hạn 31/02").startswith(texts.DUTY_NO_SUCH_DAY.format(day="31/02/2027"))
    assert desk.send(ADMINISTRATOR, "hạn 1/5/2026").startswith("Ngày 01/5/2026 đã qua")
    assert desk.send(ADMINISTRATOR, "xong ngay").startswith("Tôi chưa hiểu “xong ngay”")
    assert desk.confirmed() == []
    desk.send(ADMINISTRATOR, "hạn 30/6")
    assert desk.confirmed() == [("11-KH/ĐU", "Khu phố 1", Due(date=date(2026, 6, 30)))]


def test_a_correction_may_be_given_up_or_left_for_a_question(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    assert desk.press(ADMINISTRATOR, texts.CANCEL) == texts.CANCELLED
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    assert desk.send(ADMINISTRATOR, "Chỉ thị 24 nói gì?") == "asked: Chỉ thị 24 nói gì?"
    assert desk.send(ADMINISTRATOR, "hạn 30/6") == "asked: hạn 30/6"
    assert desk.confirmed() == []


def test_a_correction_waits_a_quarter_of_an_hour(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CORRECT)
    desk.wait(minutes=16)
    assert desk.send(ADMINISTRATOR, "hạn 30/6") == "asked: hạn 30/6"


# -- what is written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stumble", [None, "batch", "crash"])
def test_each_decision_is_written_once_with_who_made_it(desk, stumble):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CONFIRM, stumble=stumble)
    with desk.database.reading() as db:
        (decision,) = duty_decisions.everything(db)
    assert (decision.confirmed, decision.decided_by, decision.decided_at) == (True, ADMINISTRATOR, desk.now)
    (entry,) = desk.audited()
    assert (entry.actor, entry.action, entry.facts["duty"]) == (ADMINISTRATOR, "duty.confirm", decision.duty)
    assert (entry.facts["who"], entry.facts["due"]) == ("Khu phố 1", "20/6/2026")


def test_every_kind_of_decision_is_audited(desk):
    desk.send(ADMINISTRATOR, "/nhiemvu")
    for step in (CONFIRM, texts.DUTY_BACK, DROP, texts.DUTY_BACK):
        desk.press(ADMINISTRATOR, step)
    assert desk.actions() == ["duty.confirm", "duty.reset", "duty.drop", "duty.reset"]


def test_of_two_who_decide_at_once_the_second_is_answered_anew(desk):
    duties = duties_now(desk.library, desk.database, desk.register)
    was = duties.waiting[0]
    yes = _decided(was, duties, by=ADMINISTRATOR, confirmed=True)
    no = _decided(was, duties, by=OTHER, confirmed=False)
    with desk.database.transaction() as db:
        decide(db, duties, was, yes, by=ADMINISTRATOR, now=NOW)
    with pytest.raises(Stale), desk.database.transaction() as db:
        decide(db, duties, was, no, by=OTHER, now=NOW)
    assert desk.actions() == ["duty.confirm"]


def test_decisions_are_kept_under_the_keys_of_today_when_one_more_is_taken(make_desk, tmp_path):
    desk = make_desk(papers_in(tmp_path))
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CONFIRM)
    desk.press(ADMINISTRATOR, DROP)
    sidecar = tmp_path / "corpus" / f"{file_of(FIRST)}.yaml"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("11-KH", "17-KH"), encoding="utf-8")
    built(tmp_path)
    assert [number for number, _, _ in desk.confirmed()] == ["17-KH/ĐU"]
    said = desk.send(ADMINISTRATOR, "/nhiemvu")
    assert said.startswith(texts.DUTIES_OPENING["waiting"].format(count=2))
    desk.press(ADMINISTRATOR, DROP)
    today = {duty.key for duties in desk.library.duties().values() for duty in duties}
    with desk.database.reading() as db:
        decisions = duty_decisions.everything(db)
    assert sorted(each.confirmed for each in decisions) == [False, False, True]
    assert {each.duty for each in decisions} <= today


def test_a_changed_clause_is_proposed_again(make_desk, tmp_path):
    desk = make_desk(papers_in(tmp_path))
    desk.send(ADMINISTRATOR, "/nhiemvu")
    desk.press(ADMINISTRATOR, CONFIRM)
    asked = desk.last
    write_papers(tmp_path / "corpus", (FIRST._replace(body=FIRST.body.replace("20/6/2026", "21/6/2026")),))
    built(tmp_path)
    assert desk.confirmed() == []
    assert "Hạn: 21/6/2026" in desk.send(ADMINISTRATOR, "/nhiemvu")
    assert desk.press(ADMINISTRATOR, texts.DUTY_BACK, of=asked) == texts.DUTY_GONE


# -- what waits --------------------------------------------------------------------------------------------------------


def test_what_waits_is_told_in_one_line_until_all_is_decided(desk):
    assert desk.waiting() == [texts.DUTIES_WAIT.format(count=4)]
    desk.send(ADMINISTRATOR, "/nhiemvu")
    for step in (CONFIRM, DROP, DROP, CONFIRM):
        last = desk.press(ADMINISTRATOR, step)
    assert texts.DUTIES_NONE["waiting"] in last
    assert desk.waiting() == []


def test_a_proposal_waits_no_more_when_its_day_is_over(desk):
    desk.now += timedelta(days=13)
    assert desk.waiting() == [texts.DUTIES_WAIT.format(count=3)]


def test_where_there_are_no_duties_that_is_said(make_desk, tmp_path):
    desk = make_desk(papers_in(tmp_path, (PAPERS[-2],)))
    assert desk.send(ADMINISTRATOR, "/nhiemvu") == texts.DUTIES_NONE["waiting"]


def test_a_clause_that_another_paper_changed_is_shown_with_that(make_desk, tmp_path):
    rule = Paper("30-QĐ/ĐU", "2026-01-05", PHUONG, "về bảng tên", "Điều 1. Khu phố 2 làm bảng tên hằng quý.")
    change = Paper(
        "31-QĐ/ĐU", "2026-04-06", PHUONG, "sửa đổi, bổ sung một số điều của Quy định số 30-QĐ/ĐU, ngày 05/01/2026",
        "Điều 1. Sửa đổi, bổ sung Điều 1 Quy định số 30-QĐ/ĐU, ngày 05/01/2026 như sau:\n"
        "“Điều 1. Bảng tên sơn lại mỗi năm một lần.”\nĐiều 2. Quy định này có hiệu lực kể từ ngày ký.",
    )  # fmt: skip
    desk = make_desk(papers_in(tmp_path, (rule, change)))
    assert "31-QĐ/ĐU" in desk.send(ADMINISTRATOR, "/nhiemvu").partition("Khu phố 2 làm bảng tên hằng quý.")[0]


def _key(desk: Desk, word: str) -> str:
    duties = duties_now(desk.library, desk.database, desk.register)
    (key,) = (one.duty.key for one in duties.judged if word in _clause(desk, one))
    return key


def _clause(desk: Desk, one: Judged) -> str:
    printed = desk.library.printed(one.directive.id)
    return printed.text[one.duty.span.start : one.duty.span.end] if printed else ""


def _decided(was: Judged, duties, *, by: str, confirmed: bool) -> Judged:
    becomes = judged_anew(was, duties, confirmed=confirmed, who=was.who, due=was.due, by=by, now=NOW)
    assert becomes is not None
    return becomes
