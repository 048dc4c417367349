"""Short ways to say who is there and what they send."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from bot.department import Outcome, Request, Task
from bot.messages import Incoming, Reply, plain_text
from bot.people.access import Asker
from bot.people.identity import identify
from bot.state import accounts, audit, members, outbox, tables
from bot.state.database import Database
from bot.state.members import Member, Role

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)


class People:
    """The members of one database. ``link`` gives an account; ``asks`` is what an account sends, as it stands now."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self._numbers = itertools.count(1)

    def add(self, code: str, name: str = "Nguyễn Văn An", cell: str = "Khu phố 1", role: str = "member") -> Member:
        with self.database.transaction() as db:
            return members.add(db, code=code, name=name, cell=cell, role=Role(role), now=self.now)

    def link(self, member: Member, account: str, *, channel: str = "telegram", chat: str | None = None) -> None:
        with self.database.transaction() as db:
            accounts.link(
                db, member=member.id, channel=channel, account=account, chat=chat or f"chat-{account}", now=self.now
            )

    def asks(
        self, account: str, text: str, *, channel: str = "telegram", now: datetime | None = None,
        task: Task | None = None, private: bool = True,
    ) -> Request:  # fmt: skip
        with self.database.reading() as db:
            asker = identify(db, channel, account)
        chat = f"chat-{account}" if private else "group"
        incoming = Incoming(
            channel=channel, sender=account, chat=chat, message=str(next(self._numbers)), text=text, private=private
        )
        return Request(incoming=incoming, asker=asker, text=text, now=now or self.now, number=1, task=task)

    def write(self, outcome: Outcome) -> None:
        with self.database.transaction() as db:
            for each in outcome.writes:
                each(db)

    def asker(self, account: str, *, channel: str = "telegram") -> Asker:
        with self.database.reading() as db:
            return identify(db, channel, account)

    def code_of(self, account: str, *, channel: str = "telegram") -> str | None:
        member = self.asker(account, channel=channel).member
        return member.code if member else None

    def everybody(self) -> dict[str, Member]:
        with self.database.reading() as db:
            return {member.code: member for member in members.everybody(db)}

    def audited(self, action: str) -> list[dict[str, Any]]:
        with self.database.reading() as db:
            return [{"actor": entry.actor, **entry.facts} for entry in audit.entries(db) if entry.action == action]

    def pushed_to(self, chat: str, *, channel: str = "telegram") -> list[Reply]:
        with self.database.reading() as db:
            due = outbox.transcript(db, channel, chat, after=0, limit=100)
        return [sent.reply for sent in due if sent.asked is None]

    def count(self, table: str) -> int:
        with self.database.reading() as db:
            return db.scalar(select(func.count()).select_from(getattr(tables, table))) or 0


def said(outcome: Outcome | None) -> str:
    assert outcome is not None
    assert outcome.answer is not None
    return plain_text(outcome.answer.reply)


def codes(everybody: Sequence[Member]) -> list[str]:
    return [member.code for member in everybody]
