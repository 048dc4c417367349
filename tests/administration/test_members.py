from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.administration.members import MemberAdministration
from bot.department import told
from bot.messages import Incoming, Link, Picture
from bot.people.identity import identify
from bot.people.keys import Keys
from bot.people.linking import Linking
from bot.router import Arrived, Router
from bot.state.members import Role
from tests.administration.office import ADMINISTRATOR, run

KEYS = Keys("a secret of this installation")


@pytest.fixture
def office(make_office, database):
    administration = MemberAdministration(
        database, KEYS, days=14, zone=ZoneInfo("Asia/Ho_Chi_Minh"), telegram=lambda: "dang_uy_bot"
    )
    return make_office(administration.department())


def redeem(office, code: str, account: str = "new phone") -> str | None:
    """The code of the member whom a one-time code links, None for a code that is none."""
    linking = Linking(office.database, KEYS)
    incoming = Incoming(channel="zalo", sender=account, chat=account, message="1", text=code)
    with office.database.reading() as db:
        asker = identify(db, "zalo", account)
    router = Router(lambda _: told("asked"), gate=linking.answer)
    outcome = router.respond(Arrived(incoming=incoming, asker=asker, now=office.now, number=1))
    with office.database.transaction() as db:
        run(outcome, db)
    with office.database.reading() as db:
        member = identify(db, "zalo", account).member
    return member and member.code


def code_in(said: str) -> str:
    found = re.search(r"\d{5} \d{5}", said)
    assert found
    return found[0]


# -- inviting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["moi DV-1", "mời dv-1", "mời Trần Văn Bình", "moi tran van binh"])
def test_an_invited_member_is_linked_by_the_code(office, typed):
    assert redeem(office, code_in(office.send(ADMINISTRATOR, f"/thanhvien {typed}"))) == "DV-1"


def test_an_invitation_says_for_whom_and_until_when(office):
    said = office.send(ADMINISTRATOR, "/thanhvien moi DV-1")
    assert "DV-1 – Trần Văn Bình – Khu phố 1" in said
    assert "14:30 17/05/2026" in said


def test_an_invitation_runs_out_after_its_days(office):
    code = code_in(office.send(ADMINISTRATOR, "/thanhvien moi DV-1"))
    office.now += timedelta(days=15)
    assert redeem(office, code) is None


def test_an_invitation_brings_the_link_for_telegram_and_its_picture(office):
    code = code_in(office.send(ADMINISTRATOR, "/thanhvien moi DV-1")).replace(" ", "")
    links = [block.url for block in office.last.blocks if isinstance(block, Link)]
    assert links == [f"https://t.me/dang_uy_bot?start={code}"]
    assert [isinstance(block, Picture) for block in office.last.blocks][-1]


def test_a_second_invitation_ends_the_first(office):
    first, second = (code_in(office.send(ADMINISTRATOR, "/thanhvien moi DV-1")) for _ in range(2))
    assert redeem(office, first) is None
    assert redeem(office, second) == "DV-1"


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_the_code_that_was_shown_is_the_one_that_is_stored(office, stumble):
    code = code_in(office.send(ADMINISTRATOR, "/thanhvien moi DV-1", stumble=stumble))
    assert redeem(office, code) == "DV-1"


# -- roles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("vaitro DV-1 bí thư", Role.SECRETARY),
        ("vai trò DV-1 cấp ủy viên", Role.COMMITTEE),
        ("vaitro Trần Văn Bình quản trị viên", Role.ADMINISTRATOR),
        ("vaitro dv-1 dang vien", Role.MEMBER),
    ],
)
def test_a_role_is_changed(office, typed, role):
    office.send(ADMINISTRATOR, f"/thanhvien {typed}")
    assert office.people()["DV-1"].role is role


def test_an_unknown_role_changes_nothing_and_lists_the_roles(office):
    said = office.send(ADMINISTRATOR, "/thanhvien vaitro DV-1 giám đốc")
    assert all(role in said for role in texts.ROLE_NAMES.values())
    assert office.people()["DV-1"].role is Role.MEMBER


def test_the_last_administrator_keeps_the_role(office):
    said = office.send(ADMINISTRATOR, f"/thanhvien vaitro {ADMINISTRATOR} đảng viên")
    assert said.startswith(f"{ADMINISTRATOR} – Lê Quản Trị – Khu phố 1 là quản trị viên duy nhất")
    assert office.people()[ADMINISTRATOR].role is Role.ADMINISTRATOR


def test_one_of_two_administrators_may_step_down(office):
    office.add("QT-2", "administrator")
    office.send(ADMINISTRATOR, f"/thanhvien vaitro {ADMINISTRATOR} đảng viên")
    assert office.people()[ADMINISTRATOR].role is Role.MEMBER


def test_of_two_who_dismiss_each_other_at_once_one_stays(office, monkeypatch):
    """The second has looked before the first is written."""
    office.add("QT-2", "administrator")
    respond = office.router.respond
    dismissals = iter([f"/thanhvien vaitro {ADMINISTRATOR} đảng viên"])

    def first_the_other(arrived):
        outcome = respond(arrived)
        for text in dismissals:
            office.send("QT-2", text)
        return outcome

    monkeypatch.setattr(office.router, "respond", first_the_other)
    office.send(ADMINISTRATOR, "/thanhvien vaitro QT-2 đảng viên")
    roles = [member.role for member in office.people().values()]
    assert roles.count(Role.ADMINISTRATOR) == 1


# -- removing ----------------------------------------------------------------------------------------------------------


def test_a_member_is_removed_once_it_is_confirmed(office):
    office.send(ADMINISTRATOR, "/thanhvien xóa DV-1")
    assert "DV-1" in office.people()
    office.send(ADMINISTRATOR, "có")
    assert "DV-1" not in office.people()
    with office.database.reading() as db:
        assert identify(db, "telegram", "DV-1").member is None


@pytest.mark.parametrize("word", ["không", "thôi", "Chi bộ họp ngày nào?"])
def test_anything_but_a_yes_keeps_the_member(office, word):
    office.send(ADMINISTRATOR, "/thanhvien xoa DV-1")
    office.send(ADMINISTRATOR, word)
    office.send(ADMINISTRATOR, "có")
    assert "DV-1" in office.people()


def test_a_removal_that_nobody_confirmed_in_time_is_off(office):
    office.send(ADMINISTRATOR, "/thanhvien xoa DV-1")
    office.wait(minutes=11)
    assert office.send(ADMINISTRATOR, "có") == "asked: có"
    assert "DV-1" in office.people()


def test_the_last_administrator_is_not_removed(office):
    assert "duy nhất" in office.send(ADMINISTRATOR, f"/thanhvien xoa {ADMINISTRATOR}")
    assert office.send(ADMINISTRATOR, "có") == "asked: có"


def test_who_became_the_last_administrator_before_the_yes_is_not_removed(office):
    office.add("QT-2", "administrator")
    office.send(ADMINISTRATOR, f"/thanhvien xoa {ADMINISTRATOR}")
    office.send("QT-2", "/thanhvien vaitro QT-2 đảng viên")
    assert "duy nhất" in office.send(ADMINISTRATOR, "có")
    assert ADMINISTRATOR in office.people()


def test_somebody_who_has_gone_meanwhile_is_said_to_be_gone(office):
    office.add("QT-2", "administrator")
    office.send(ADMINISTRATOR, "/thanhvien xoa DV-1")
    office.send("QT-2", "/thanhvien xoa DV-1")
    office.send("QT-2", "có")
    assert office.send(ADMINISTRATOR, "có") == texts.MEMBER_GONE


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_a_removal_whose_first_try_was_rolled_back_is_made_once(office, stumble):
    office.send(ADMINISTRATOR, "/thanhvien xoa DV-1")
    office.send(ADMINISTRATOR, "có", stumble=stumble)
    assert [entry.action for entry in office.audited()] == ["member.remove"]


# -- who is meant ------------------------------------------------------------------------------------------------------


def test_a_name_that_two_bear_is_asked_back_with_both(office):
    office.add("DV-7", name="Trần Văn Bình", cell="Khu phố 3")
    for step in ("moi", "xoa", "vaitro"):
        said = office.send(ADMINISTRATOR, f"/thanhvien {step} Trần Văn Bình {'bí thư' if step == 'vaitro' else ''}")
        assert ("DV-1 – " in said, "DV-7 – " in said) == (True, True)
    assert office.audited() == []


def test_somebody_who_is_not_on_the_roll_is_said_so(office):
    assert "“DV-99”" in office.send(ADMINISTRATOR, "/thanhvien moi DV-99")


def test_a_code_alone_shows_the_member_with_the_accounts(office):
    said = office.send(ADMINISTRATOR, "/thanhvien DV-1")
    assert said.startswith("DV-1 – Trần Văn Bình – Khu phố 1 – đảng viên – Telegram")


@pytest.mark.parametrize("text", ["/thanhvien", "/thanhvien moi", "/thanhvien vai trò"])
def test_without_a_member_the_roll_is_counted_and_the_use_told(office, text):
    said = office.send(ADMINISTRATOR, text)
    assert said.startswith(texts.MEMBERS_OVERVIEW.format(members=2, cells=1, linked=2))
    assert texts.MEMBERS_USAGE in said


# -- the audit log -----------------------------------------------------------------------------------------------------


def test_everything_is_audited_by_codes_and_no_one_time_code_stands_there(office):
    code = code_in(office.send(ADMINISTRATOR, "/thanhvien moi DV-1"))
    office.send(ADMINISTRATOR, "/thanhvien vaitro DV-1 bí thư")
    office.send(ADMINISTRATOR, "/thanhvien xoa DV-1")
    office.send(ADMINISTRATOR, "có")
    entries = office.audited()
    assert [(entry.actor, entry.action, entry.facts) for entry in entries] == [
        (ADMINISTRATOR, "member.invite", {"member": "DV-1"}),
        (ADMINISTRATOR, "member.role", {"member": "DV-1", "role": "secretary"}),
        (ADMINISTRATOR, "member.remove", {"member": "DV-1"}),
    ]
    assert code.replace(" ", "") not in "".join(entry.model_dump_json() for entry in entries).replace(" ", "")


# -- who is on the roll ------------------------------------------------------------------------------------------------


def test_a_cell_lists_its_people(office):
    office.add("DV-8", name="Phạm Thị Cúc", cell="Khu phố 3")
    office.send(ADMINISTRATOR, "/thanhvien")
    said = office.press(ADMINISTRATOR, "Khu phố 3")
    assert said == "Chi bộ “Khu phố 3” có 1 đảng viên:\n• DV-8 – Phạm Thị Cúc"
