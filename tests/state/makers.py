"""Rows for tests: a clock that stands, members, messages, replies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Connection

from bot.messages import Incoming, Reply, say
from bot.state import inbox, members, outbox
from bot.state.members import Member, Role

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Given = TypeVar("Given")


def later(**amount: float) -> datetime:
    return NOW + timedelta(**amount)


def add_member(db: Connection, code: str = "DV001", *, role: Role = Role.MEMBER, cell: str = "Chi bộ 1") -> Member:
    return members.add(db, code=code, name=f"Nguyễn Thị {code}", cell=cell, role=role, now=NOW)


def message(number: int | str, *, chat: str = "c1", channel: str = "telegram") -> Incoming:
    return Incoming(channel=channel, sender=chat, chat=chat, message=str(number), text=f"câu hỏi {number}", sent_at=NOW)


def receive(db: Connection, number: int | str, *, chat: str = "c1", channel: str = "telegram") -> int:
    """A stored message's number."""
    assert inbox.store(db, message(number, chat=chat, channel=channel), now=NOW)
    return max(each.number for each in inbox.waiting(db, channel, limit=1000) if each.incoming.chat == chat)


def answer(db: Connection, number: int | str, *, chat: str = "c1", text: str = "trả lời") -> int:
    """The outbox number of the answer to a message that is received now."""
    received = receive(db, number, chat=chat)
    inbox.mark_answered(db, received, now=NOW)
    return outbox.put(db, channel="telegram", chat=chat, reply=say(text), now=NOW, answers=received)


def push(db: Connection, *, chat: str = "c1", reply: Reply | None = None, now: datetime = NOW) -> int:
    return outbox.put(db, channel="telegram", chat=chat, reply=reply or say("thông báo"), now=now)


def at_once(*works: Callable[[], Given]) -> list[Given]:
    """What each gives; they start together, each in its own thread."""
    together = Barrier(len(works))

    def start(work: Callable[[], Given]) -> Given:
        together.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works))
