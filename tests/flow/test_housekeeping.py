"""What is kept for a time only goes when that time is over; nothing that still waits ever goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, select

from bot.errors import StateBusy
from bot.flow.housekeeping import discard_old, keep_house
from bot.messages import say
from bot.state import conversations, inbox, invitations, outbox, questions, sessions
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.tables import metadata
from tests.flow.fakes import NAME, START, Clock, Flow, message


def counts(database: Database) -> dict[str, int]:
    with database.reading() as db:
        found = {
            table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


def fill(flow: Flow) -> None:
    with flow.database.transaction() as db:
        inbox.store(db, message(1), now=START)
        inbox.store(db, message(2), now=START)
        inbox.mark_answered(db, 1, now=START)
        outbox.mark_sent(db, put(db, answers=1), platform_message=None, now=START)
        put(db, answers=None)
        conversations.save(db, NAME, "an", ChatState(), now=START)
        sessions.add(db, token_hash="t", account="an", now=START, expires_at=START + timedelta(days=1))
        invitations.add_attempt(db, channel=NAME, account="an", now=START)
        questions.add(db, asker="x", channel=NAME, text="?", answered=True, directives=(), now=START)


def put(db: Connection, *, answers: int | None) -> int:
    return outbox.put(db, channel=NAME, chat="an", reply=say("đáp"), now=START, answers=answers)


def test_everything_stays_while_its_time_lasts(make_flow: Callable[..., Flow], database: Database) -> None:
    fill(make_flow())
    before = counts(database)
    discard_old(database, now=START + timedelta(hours=23), question_days=90)
    assert counts(database) == before


def test_only_what_still_waits_stays_for_ever(make_flow: Callable[..., Flow], database: Database) -> None:
    fill(make_flow())
    discard_old(database, now=START + timedelta(days=91), question_days=90)
    assert counts(database) == {"inbox": 1, "outbox": 1}


def test_a_busy_database_is_tried_again_an_hour_later(
    make_flow: Callable[..., Flow], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(make_flow())
    clock, pauses = Clock(), []
    clock.wait(days=91)
    real = database.transaction

    def busy() -> object:
        raise StateBusy(detail="locked")

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError
        monkeypatch.setattr(database, "transaction", real)

    monkeypatch.setattr(database, "transaction", busy)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(keep_house(database, question_days=90, clock=clock, sleep=sleep))
    assert (pauses, counts(database)) == ([3600, 3600], {"inbox": 1, "outbox": 1})
