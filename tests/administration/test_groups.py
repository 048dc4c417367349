from __future__ import annotations

import pytest

from bot import texts
from bot.administration.groups import GroupAdministration
from bot.state import groups
from tests.administration.office import ADMINISTRATOR


@pytest.fixture
def office(make_office, database):
    return make_office(GroupAdministration(database, ceilings={}).department())


def registered(office, group: str = "-100") -> str | None:
    with office.database.reading() as db:
        return groups.audience_of(db, "telegram", group)


@pytest.mark.parametrize("typed", ["đảng viên", "Đảng viên", "dang vien", "member"])
def test_a_group_is_registered_for_members(office, typed):
    assert office.send(ADMINISTRATOR, f"/nhom {typed}", group="-100") == texts.GROUP_SET.format(
        level=texts.GROUP_LEVELS["member"]
    )
    assert registered(office) == "member"


def test_a_group_goes_back_to_public(office):
    office.send(ADMINISTRATOR, "/nhom đảng viên", group="-100")
    office.send(ADMINISTRATOR, "/nhom công khai", group="-100")
    assert registered(office) is None


def test_another_group_is_not_touched(office):
    office.send(ADMINISTRATOR, "/nhom đảng viên", group="-100")
    assert registered(office, "-200") is None


def test_in_a_private_chat_it_says_where_the_command_belongs(office):
    assert office.send(ADMINISTRATOR, "/nhom đảng viên") == texts.GROUP_USAGE
    assert office.audited() == []


def test_without_an_audience_the_present_one_is_told(office):
    assert "chỉ trả lời từ văn bản công khai." in office.send(ADMINISTRATOR, "/nhom", group="-100")


@pytest.mark.parametrize("typed", ["cấp ủy", "chi bộ Khu phố 1", "bí thư", "gì đó"])
def test_a_group_gets_nothing_that_is_for_fewer_than_all_members(office, typed):
    assert office.send(ADMINISTRATOR, f"/nhom {typed}", group="-100").startswith(texts.GROUP_ONLY)
    assert registered(office) is None


def test_the_audit_log_tells_who_set_which_group(office):
    office.send(ADMINISTRATOR, "/nhom đảng viên", group="-100")
    (entry,) = office.audited()
    assert (entry.actor, entry.action) == (ADMINISTRATOR, "group.audience")
    assert entry.facts == {"channel": "telegram", "chat": "-100", "audience": "member"}


def test_a_group_is_never_promised_more_than_its_channel_shows(make_office, database):
    office = make_office(GroupAdministration(database, ceilings={"telegram": "public"}).department())
    assert office.send(ADMINISTRATOR, "/nhom đảng viên", group="-100") == texts.GROUP_ABOVE.format(channel="Telegram")
    assert registered(office) is None
    with office.database.transaction() as db:
        groups.register(db, "telegram", "-100", audience="member", now=office.now)  # before the ceiling was set
    assert texts.GROUP_LEVELS["member"] not in office.send(ADMINISTRATOR, "/nhom", group="-100")
