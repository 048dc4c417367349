"""Single values under a name."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.state.putting import put
from bot.state.tables import notes


def read(db: Connection, name: str) -> str | None:
    return db.scalar(select(notes.c.value).where(notes.c.name == name))


def write(db: Connection, name: str, value: str) -> None:
    put(db, notes, {"name": name}, {"value": value})
