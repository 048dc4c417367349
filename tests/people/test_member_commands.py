from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.commands.members import import_roll, invite, list_members
from bot.errors import AmbiguousMember, BadRoll, BadUsage, NoSuchMember
from bot.people.linking import Linking
from bot.state import accounts
from tests.people.people import NOW

ROLL = (
    "Mã;Họ tên;Chi bộ;Vai trò\n"
    "Q1;Trần Thị Bình;Khu phố 2;quản trị viên\n"
    "A1;Nguyễn Văn An;Khu phố 1;đảng viên\n"
    "A2;Lê Đình Đức;Khu phố 1;bí thư\n"
)


@pytest.fixture
def take_in(database, tmp_path, capsys):
    def run(text: str, *, remove_missing: bool = False) -> list[str]:
        path = tmp_path / "roll.csv"
        path.write_text(text, encoding="utf-8")
        import_roll(database, path, remove_missing=remove_missing, now=NOW)
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def give_out(database, keys, capsys):
    def run(argument: str | None = None, *, everybody: bool = False, as_json: bool = True) -> list[str]:
        invite(
            database, keys, argument, everybody=everybody, as_json=as_json, days=14, now=NOW,
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        )  # fmt: skip
        return capsys.readouterr().out.splitlines()

    return run


def test_an_import_says_what_it_did(take_in):
    assert take_in(ROLL) == ["Đã nhập danh sách: thêm 3, cập nhật 0, giữ nguyên 0, xóa 0 người."]


def test_a_second_import_lists_whom_it_would_remove_and_removes_when_told_to(people, take_in):
    take_in(ROLL)
    shorter = ROLL.replace("A1;Nguyễn Văn An;Khu phố 1;đảng viên\n", "").replace("Khu phố 2", "Khu phố 9")
    assert take_in(shorter) == [
        "Đã nhập danh sách: thêm 0, cập nhật 1, giữ nguyên 1, xóa 0 người.",
        "Có 1 người không còn trong tệp, chưa xóa (chạy lại với --remove-missing để xóa):",
        "- A1 – Nguyễn Văn An – Khu phố 1",
    ]
    assert take_in(shorter, remove_missing=True) == [
        "Đã nhập danh sách: thêm 0, cập nhật 0, giữ nguyên 2, xóa 1 người.",
        "Đã xóa 1 người không còn trong tệp:",
        "- A1 – Nguyễn Văn An – Khu phố 1",
    ]
    assert set(people.everybody()) == {"Q1", "A2"}


def test_an_import_says_that_the_last_administrator_stays(take_in):
    take_in(ROLL)
    lines = take_in(ROLL.replace("quản trị viên", "đảng viên"))
    assert lines[1:] == [texts.ROLL_KEPT, "- Q1 – Trần Thị Bình – Khu phố 2"]


def test_of_a_roll_with_a_bad_row_nothing_is_taken_in(people, take_in):
    take_in(ROLL)
    before = people.everybody()
    with pytest.raises(BadRoll):
        take_in(ROLL.replace("Khu phố 2", "Khu phố 7") + "A3;;Khu phố 1;đảng viên\n", remove_missing=True)
    assert people.everybody() == before


def test_the_list_is_one_json_object_a_line(database, people, take_in, capsys):
    take_in(ROLL)
    with database.transaction() as db:
        for channel, account in (("zalo", "1"), ("telegram", "2"), ("web", "3"), ("web", "4")):
            accounts.link(
                db, member=people.everybody()["A2"].id, channel=channel, account=account, chat=account, now=NOW
            )
    list_members(database, as_json=True)
    an = {"member": "A1", "name": "Nguyễn Văn An", "cell": "Khu phố 1", "role": "member", "linked": []}
    duc = {"member": "A2", "name": "Lê Đình Đức", "cell": "Khu phố 1", "role": "secretary"}
    binh = {"member": "Q1", "name": "Trần Thị Bình", "cell": "Khu phố 2", "role": "administrator", "linked": []}
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        an,
        {**duc, "linked": ["telegram", "web", "zalo"]},
        binh,
    ]


def test_the_list_for_people_says_who_is_linked(database, people, take_in, capsys):
    take_in(ROLL)
    people.link(people.everybody()["A2"], "77")
    list_members(database, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "A1 – Nguyễn Văn An – Khu phố 1 – đảng viên – chưa liên kết",
        "A2 – Lê Đình Đức – Khu phố 1 – bí thư – Telegram",
        "Q1 – Trần Thị Bình – Khu phố 2 – quản trị viên – chưa liên kết",
    ]


def test_an_empty_list_says_how_to_fill_it(database, capsys):
    list_members(database, as_json=False)
    assert capsys.readouterr().err.strip() == texts.NO_MEMBERS


def test_an_invitation_is_a_json_object_with_a_code_that_links(people, keys, database, take_in, give_out):
    take_in(ROLL)
    [line] = give_out("a1")
    printed = json.loads(line)
    assert {name: printed[name] for name in ("member", "name", "cell")} == {
        "member": "A1", "name": "Nguyễn Văn An", "cell": "Khu phố 1",
    }  # fmt: skip
    assert list(printed) == ["member", "name", "cell", "code", "expires"]
    assert printed["expires"].endswith("Z")
    assert datetime.fromisoformat(printed["expires"]) == NOW + timedelta(days=14)
    people.write(Linking(database, keys).answer(people.asks("77", printed["code"])))
    assert people.code_of("77") == "A1"


def test_an_invitation_for_people_shows_the_code_in_groups_and_until_when(take_in, give_out):
    take_in(ROLL)
    [line] = give_out("Lê Đình Đức", as_json=False)
    assert re.fullmatch(
        r"Lê Đình Đức \(Khu phố 1\), mã liên kết: \d{5} \d{5}, dùng một lần, đến 14:30 17/05/2026", line
    )


def test_all_invites_those_who_cannot_be_reached_yet_each_with_a_code_of_their_own(people, database, take_in, give_out):
    take_in(ROLL)
    people.link(people.everybody()["A2"], "77")
    people.link(people.everybody()["A1"], "88")
    with database.transaction() as db:
        accounts.set_active(db, "telegram", "chat-88", active=False)
    printed = [json.loads(line) for line in give_out(everybody=True)]
    assert [each["member"] for each in printed] == ["A1", "Q1"]
    assert len({each["code"] for each in printed}) == 2


def test_all_again_leaves_codes_that_were_handed_out_and_says_how_many(database, people, keys, take_in, capsys):
    take_in(ROLL)

    def invite_all(now: datetime) -> tuple[list[dict[str, str]], str]:
        invite(database, keys, None, everybody=True, as_json=True, days=14, now=now, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
        printed = capsys.readouterr()
        return [json.loads(line) for line in printed.out.splitlines()], printed.err.strip()

    first, said_first = invite_all(NOW)
    people.add("A3", "Phạm Thị Lan")
    second, said_second = invite_all(NOW + timedelta(days=1))
    assert [each["member"] for each in second] == ["A3"]
    assert (said_first, said_second) == ("", texts.INVITE_SKIPPED.format(count=3))
    people.write(Linking(database, keys).answer(people.asks("77", first[0]["code"])))
    assert people.code_of("77") == first[0]["member"]
    third, said_third = invite_all(NOW + timedelta(days=14))
    assert len(third) == 2
    assert said_third == texts.INVITE_SKIPPED.format(count=1)


def test_inviting_again_ends_the_earlier_code(people, keys, database, take_in, give_out):
    take_in(ROLL)
    earlier = json.loads(give_out("A1")[0])["code"]
    give_out("A1")
    people.write(Linking(database, keys).answer(people.asks("77", earlier)))
    assert people.code_of("77") is None


def test_invitations_are_audited_without_their_codes(people, take_in, give_out):
    take_in(ROLL)
    give_out("A1")
    assert people.audited("member.invite") == [{"actor": "console", "member": "A1"}]


@pytest.mark.parametrize(("argument", "everybody"), [(None, False), ("A1", True)])
def test_one_member_or_all_must_be_named(give_out, argument, everybody):
    with pytest.raises(BadUsage):
        give_out(argument, everybody=everybody)


def test_somebody_unknown_or_ambiguous_is_not_invited(people, take_in, give_out):
    take_in(ROLL)
    people.add("A9", "Nguyễn Văn An")
    with pytest.raises(NoSuchMember):
        give_out("A7")
    with pytest.raises(AmbiguousMember):
        give_out("nguyen van an")
    assert people.count("invitations") == 0


def test_when_everybody_is_linked_that_is_said(database, people, keys, capsys):
    people.link(people.add("A1"), "77")
    invite(database, keys, None, everybody=True, as_json=False, days=14, now=NOW, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert capsys.readouterr().err.strip() == texts.NOBODY_TO_INVITE
