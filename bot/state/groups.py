"""Group chats that an administrator has registered; every other group is shown public directives only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.state.putting import put
from bot.state.tables import groups


def audience_of(db: Connection, channel: str, chat: str) -> str | None:
    """``public`` or ``member``; None for one that is not registered."""
    return db.scalar(select(groups.c.audience).where(groups.c.channel == channel, groups.c.chat == chat))


def register(db: Connection, channel: str, chat: str, *, audience: str, now: datetime) -> None:
    put(db, groups, {"channel": channel, "chat": chat}, {"audience": audience, "registered_at": now})


def remove(db: Connection, channel: str, chat: str) -> None:
    db.execute(delete(groups).where(groups.c.channel == channel, groups.c.chat == chat))


def move(db: Connection, channel: str, *, chat: str, to: str) -> None:
    remove(db, channel, to)
    db.execute(update(groups).where(groups.c.channel == channel, groups.c.chat == chat).values(chat=to))
