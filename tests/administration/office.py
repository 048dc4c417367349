"""The way of an administrator's message but for its channel: stored, answered, written down in one transaction."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from bot.department import Department, Outcome, Request, Stale, state_after, told
from bot.messages import Attachment, Choice, Choices, Incoming, Reply, plain_text
from bot.people.access import Asker
from bot.router import Arrived, Router
from bot.state import accounts, audit, conversations, inbox, members, outbox, tables
from bot.state.audit import Entry
from bot.state.database import Database
from bot.state.members import Member, Role

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
ADMINISTRATOR = "QT-1"

Stumble = Literal["batch", "crash"]
"""``batch``: the writes are rolled back and run again. ``crash``: rolled back, and the message is answered anew."""


class RolledBack(Exception):
    pass


class Office:
    """``asked`` is what any other message is answered with."""

    def __init__(
        self,
        database: Database,
        departments: Iterable[Department],
        *,
        ask: Callable[[Request], Outcome] = lambda request: told(f"asked: {request.text}"),
    ) -> None:
        self.database = database
        self.router = Router(ask, list(departments))
        self.now = NOW
        self.last = Reply(blocks=())
        self._numbers = itertools.count(1)

    # -- people --------------------------------------------------------------------------------------------------------

    def add(self, code: str, role: str = "member", *, name: str = "Nguyễn Văn An", cell: str = "Khu phố 1") -> Member:
        with self.database.transaction() as db:
            return members.add(db, code=code, name=name, cell=cell, role=Role(role), now=self.now)

    def link(self, member: Member, channel: str = "telegram", *, active: bool = True) -> None:
        chat = f"{channel}-{member.code}"
        with self.database.transaction() as db:
            accounts.link(db, member=member.id, channel=channel, account=member.code, chat=chat, now=self.now)
            accounts.set_active(db, channel, chat, active=active)

    def people(self) -> dict[str, Member]:
        with self.database.reading() as db:
            return {member.code: member for member in members.everybody(db)}

    # -- messages ------------------------------------------------------------------------------------------------------

    def send(
        self,
        code: str,
        text: str = "",
        *,
        group: str | None = None,
        attachment: Attachment | None = None,
        stumble: Stumble | None = None,
    ) -> str:
        """What the person with this code reads; ``guest`` is linked to nobody."""
        incoming = Incoming(
            channel="telegram",
            sender=code,
            chat=group or f"telegram-{code}",
            message=str(next(self._numbers)),
            text=text,
            private=group is None,
            attachment=attachment,
        )
        with self.database.transaction() as db:
            inbox.store(db, incoming, now=self.now)
            number = db.scalar(select(func.max(tables.inbox.c.id))) or 0
        self.last = self._answer(incoming, number, stumble)
        return plain_text(self.last)

    def press(self, code: str, label: str, *, of: Reply | None = None, stumble: Stumble | None = None) -> str:
        """A choice of the last reply, or of an older one."""
        return self.send(code, {each.label: each.send for each in choices_of(of or self.last)}[label], stumble=stumble)

    def _answer(self, incoming: Incoming, number: int, stumble: Stumble | None) -> Reply:
        for _ in range(3):
            try:
                outcome, state = self._respond(incoming, number)
                if stumble:
                    self._roll_back(outcome)
                if stumble == "crash":
                    outcome, state = self._respond(incoming, number)
                return self._commit(incoming, number, outcome, state)
            except Stale:
                stumble = None
        raise AssertionError("answered anew too often")

    def _respond(self, incoming: Incoming, number: int) -> tuple[Outcome, Any]:
        with self.database.reading() as db:
            member = members.by_code(db, incoming.sender)
            state = conversations.load(db, incoming.channel, incoming.chat)
            offered = outbox.last_reply(db, incoming.channel, incoming.chat)
        arrived = Arrived(
            incoming=incoming, asker=Asker(member=member), now=self.now, state=state, number=number, offered=offered
        )
        return self.router.respond(arrived), state

    def _roll_back(self, outcome: Outcome) -> None:
        try:
            with self.database.transaction() as db:
                run(outcome, db)
                raise RolledBack
        except RolledBack:
            pass

    def _commit(self, incoming: Incoming, number: int, outcome: Outcome, state: Any) -> Reply:
        assert outcome.answer is not None
        channel, chat, reply = incoming.channel, incoming.chat, outcome.answer.reply
        with self.database.transaction() as db:
            conversations.save(db, channel, chat, state_after(state, outcome), now=self.now)
            outbox.put(db, channel=channel, chat=chat, reply=reply, now=self.now, answers=number)
            run(outcome, db)
            inbox.mark_answered(db, number, now=self.now)
        return reply

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)

    # -- what is stored ------------------------------------------------------------------------------------------------

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in choices_of(self.last)]

    def pushed(self) -> dict[str, list[str]]:
        """By chat, what went out that nobody asked for."""
        found: dict[str, list[str]] = {}
        with self.database.reading() as db:
            for row in db.execute(select(tables.outbox).where(tables.outbox.c.inbox_id.is_(None))).mappings():
                found.setdefault(row["chat"], []).append(plain_text(Reply.model_validate_json(row["reply"])))
        return found

    def audited(self) -> list[Entry]:
        with self.database.reading() as db:
            return list(audit.entries(db))


def run(outcome: Outcome, db: Connection) -> None:
    for write in outcome.writes:
        write(db)


def choices_of(reply: Reply) -> Sequence[Choice]:
    return [choice for block in reply.blocks if isinstance(block, Choices) for choice in block.choices]
