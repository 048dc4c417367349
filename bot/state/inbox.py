"""Messages as they came in, each kept until it has been answered, and a while longer so that none is taken twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.messages import Frozen, Incoming
from bot.state.masking import masked
from bot.state.tables import inbox


class Waiting(Frozen):
    """A stored message. ``number`` grows in the order of arrival."""

    number: int
    incoming: Incoming
    received_at: datetime


def store(db: Connection, incoming: Incoming, *, now: datetime) -> bool:
    """False when this message is there already."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    stored = db.scalar(
        insert(inbox)
        .values(
            channel=incoming.channel,
            message=incoming.message,
            chat=incoming.chat,
            incoming=incoming.model_dump_json(),
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["channel", "message"])
        .returning(inbox.c.id)  # an insert's rowcount says nothing on PostgreSQL
    )
    return stored is not None


def waiting(db: Connection, channel: str, *, limit: int, without: Collection[str] = ()) -> Sequence[Waiting]:
    """The oldest message of each chat that waits for its answer, but for the chats named in ``without``."""
    firsts = (
        select(func.min(inbox.c.id))
        .where(inbox.c.channel == channel, inbox.c.answered_at.is_(None), inbox.c.chat.not_in(list(without)))
        .group_by(inbox.c.chat)
        .scalar_subquery()
    )
    rows = db.execute(
        select(inbox.c.id, inbox.c.incoming, inbox.c.received_at)
        .where(inbox.c.id.in_(firsts))
        .order_by(inbox.c.id)
        .limit(limit)
    )
    return [
        Waiting(number=row.id, incoming=Incoming.model_validate_json(row.incoming), received_at=row.received_at)
        for row in rows
    ]


def unreadable(db: Connection, channel: str) -> Sequence[int]:
    """Numbers of messages that wait and can no longer be read: kept by another version, or damaged."""
    rows = db.execute(
        select(inbox.c.id, inbox.c.incoming).where(inbox.c.channel == channel, inbox.c.answered_at.is_(None))
    )
    return [row.id for row in rows if not _is_readable(row.incoming)]


def _is_readable(incoming: str) -> bool:
    try:
        Incoming.model_validate_json(incoming)
    except ValidationError:
        return False
    return True


def waiting_in(db: Connection, channel: str, chat: str) -> Sequence[Incoming]:
    """What one chat still waits for, oldest first."""
    rows = db.scalars(
        select(inbox.c.incoming)
        .where(inbox.c.channel == channel, inbox.c.chat == chat, inbox.c.answered_at.is_(None))
        .order_by(inbox.c.id)
    )
    return [Incoming.model_validate_json(row) for row in rows]


def lock_waiting(db: Connection, number: int) -> bool:
    """Whether it still waits; until the transaction ends, nobody else can answer it.

    One that somebody else is answering at this moment is theirs: waiting for it, several in one transaction would wait
    for one another without end.
    """
    waits = select(inbox.c.id).where(inbox.c.id == number, inbox.c.answered_at.is_(None))
    return db.scalar(waits.with_for_update(skip_locked=True)) is not None


def mark_answered(db: Connection, number: int, *, now: datetime) -> bool:
    """False when somebody else has answered it meanwhile."""
    done = db.execute(update(inbox).where(inbox.c.id == number, inbox.c.answered_at.is_(None)).values(answered_at=now))
    return done.rowcount == 1


def mask(db: Connection, number: int) -> None:
    """Leaves no digit in the text of a stored message, which held a one-time code."""
    stored = db.scalar(select(inbox.c.incoming).where(inbox.c.id == number))
    if stored is None:
        return
    incoming = Incoming.model_validate_json(stored)
    kept = incoming.model_copy(update={"text": masked(incoming.text)})
    db.execute(update(inbox).where(inbox.c.id == number).values(incoming=kept.model_dump_json()))


def count_waiting(db: Connection, channel: str | None = None) -> int:
    query = select(func.count()).select_from(inbox).where(inbox.c.answered_at.is_(None))
    return db.scalar(query if channel is None else query.where(inbox.c.channel == channel)) or 0


def forget_chat(db: Connection, channel: str, chat: str) -> None:
    """Erases what was written in a chat and has been answered."""
    db.execute(delete(inbox).where(inbox.c.channel == channel, inbox.c.chat == chat, inbox.c.answered_at.is_not(None)))


def discard_old(db: Connection, *, before: datetime) -> None:
    db.execute(delete(inbox).where(inbox.c.answered_at < before))
