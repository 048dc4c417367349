from __future__ import annotations

import pytest

from bot.channels.base import Capabilities
from bot.messages import plain_text, say
from bot.notices import Notices, put_for
from bot.state import accounts, outbox
from tests.people.people import NOW


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def notices(people, woken):
    capabilities = {"telegram": Capabilities(edits=True), "zalo": Capabilities()}
    return Notices(people.database, capabilities, clock=lambda: NOW, wake=woken.append)


def texts_to(people, chat: str, channel: str = "telegram") -> list[str]:
    return [plain_text(reply) for reply in people.pushed_to(chat, channel=channel)]


def test_a_notice_is_stored_before_its_sender_is_woken(notices, people, woken):
    number = notices.tell("telegram", "chat", say("một"))
    assert (number > 0, texts_to(people, "chat"), woken) == (True, ["một"], ["telegram"])


def test_a_notice_may_take_the_place_of_an_earlier_one(notices, people):
    first = notices.tell("telegram", "chat", say("một"))
    notices.tell("telegram", "chat", say("hai"), replaces=first)
    with people.database.reading() as db:
        sent = outbox.transcript(db, "telegram", "chat", after=first, limit=9)
    assert [each.replaces for each in sent] == [first]


def test_what_nothing_here_can_send_is_logged_and_waits_nowhere(notices, people, woken, caplog):
    assert notices.tell("console", "console", say("xong rồi")) == 0
    assert "xong rồi" in caplog.text
    assert (people.count("outbox"), woken) == (0, [])


@pytest.mark.parametrize(("channel", "edits"), [("telegram", True), ("zalo", False), ("console", False)])
def test_where_messages_can_be_edited(notices, channel, edits):
    assert notices.edits(channel) is edits


def test_administrators_are_told_wherever_they_can_be_reached_and_members_are_not(notices, people, woken):
    administrator, member = people.add("QT-1", role="administrator"), people.add("DV-1")
    for account, channel in (("a", "telegram"), ("b", "zalo"), ("c", "web")):
        people.link(administrator, account, channel=channel)
    people.link(member, "d")
    with people.database.transaction() as db:
        accounts.set_active(db, "zalo", "chat-b", active=False)
    notices.tell_administrators(say("một"))
    chats = {"a": "telegram", "b": "zalo", "c": "web", "d": "telegram"}
    told = {chat: texts_to(people, f"chat-{chat}", channel) for chat, channel in chats.items()}
    assert told == {"a": ["một"], "b": [], "c": ["một"], "d": []}
    assert set(woken) == {"telegram", "zalo"}


def test_each_person_is_told_once_on_the_account_linked_last_and_the_web_page_only_where_there_is_no_other(people):
    first, second, third = (people.add(code) for code in ("DV-1", "DV-2", "DV-3"))
    for member, account, channel in (
        (first, "a", "telegram"), (first, "b", "zalo"), (first, "c", "web"), (second, "d", "web"),
    ):  # fmt: skip
        people.link(member, account, channel=channel)
        people.now = people.now.replace(minute=people.now.minute + 1)
    with people.database.transaction() as db:
        assert put_for(db, [first.id, second.id, third.id, first.id], say("một"), now=NOW) == 2
    chats = {"a": "telegram", "b": "zalo", "c": "web", "d": "web"}
    assert [chat for chat, channel in chats.items() if texts_to(people, f"chat-{chat}", channel)] == ["b", "d"]


def test_an_account_that_the_platform_refuses_is_passed_over(people):
    member = people.add("DV-1")
    people.link(member, "a")
    people.link(member, "b", channel="zalo")
    with people.database.transaction() as db:
        accounts.set_active(db, "zalo", "chat-b", active=False)
        assert put_for(db, [member.id], say("một"), now=NOW) == 1
    assert texts_to(people, "chat-a") == ["một"]
