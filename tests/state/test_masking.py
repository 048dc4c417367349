"""What is kept of a reply that hands out a one-time code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import texts
from bot.messages import Link, Picture, Reply, Text, plain_text, say
from bot.people.sessions import discard_expired
from bot.state import outbox
from bot.state.database import Database
from bot.state.outbox import Status
from tests.state.makers import NOW, later

CODE = "12345 67890"
WEB_CODE = texts.WEB_CODE_FOR_YOU.format(code=CODE, minutes=10)
INVITED = texts.MEMBER_INVITED.format(member="DV-0912345678 – Trần {Văn} An", code=CODE, expires="14:30 17/05/2026")
INVITATION = Reply(
    blocks=(
        Text(text=INVITED),
        Link(label="Telegram", url="https://t.me/bot?start=1234567890"),
        Picture(data="iVBORw0K", caption="QR"),
    )
)


def put(database: Database, reply: Reply, *, channel: str = "telegram") -> int:
    with database.transaction() as db:
        number = outbox.put(db, channel=channel, chat="c1", reply=reply, now=NOW)
        outbox.mark_sending(db, number)
    return number


def kept(database: Database, number: int, *, channel: str = "telegram") -> Reply:
    with database.reading() as db:
        reply = outbox.reply_of(db, number, channel=channel, chat="c1")
    assert reply is not None
    return reply


def test_a_code_stays_until_it_has_arrived_and_goes_then(database: Database) -> None:
    number = put(database, INVITATION)
    assert kept(database, number) == INVITATION
    with database.transaction() as db:
        outbox.mark_sent(db, number, platform_message="7", now=NOW)
    assert kept(database, number) == say(INVITED.replace(CODE, "••••• •••••"))


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNKNOWN])
def test_a_code_that_is_not_sent_again_goes(database: Database, status: Status) -> None:
    late = Reply(blocks=(Text(text=texts.LATE_ANSWER), Text(text=WEB_CODE), Link(label="Web", url="https://a.vn")))
    number = put(database, late)
    with database.transaction() as db:
        outbox.mark_ended(db, number, status, reason="")
    assert kept(database, number) == Reply(
        blocks=(late.blocks[0], Text(text=WEB_CODE.replace(CODE, "••••• •••••")), late.blocks[2])
    )


def test_the_web_page_shows_a_code_for_ten_minutes(database: Database) -> None:
    number = put(database, INVITATION, channel="web")
    with database.transaction() as db:
        outbox.mark_sent(db, number, platform_message=None, now=NOW)
        discard_expired(db, now=NOW + timedelta(minutes=10))
    assert kept(database, number, channel="web") == INVITATION
    with database.transaction() as db:
        discard_expired(db, now=later(minutes=10, seconds=1))
    assert CODE not in plain_text(kept(database, number, channel="web"))
    assert "1234567890" not in kept(database, number, channel="web").model_dump_json()


def test_ten_digits_that_are_no_code_stay(database: Database) -> None:
    reply = say("Cần mã liên kết, hãy gọi.\nSố máy của Đảng ủy phường: 12345 67890\n", "Mã liên kết: hết hạn\n")
    number = put(database, reply)
    with database.transaction() as db:
        outbox.mark_sent(db, number, platform_message="7", now=NOW)
    assert kept(database, number) == reply
