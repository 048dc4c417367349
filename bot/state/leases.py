"""Who of several processes does what only one may do at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.state.tables import leases


def take(db: Connection, name: str, *, holder: str, now: datetime, until: datetime) -> bool:
    """Takes or renews a lease; False while somebody else holds it."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    statement = insert(leases).values(name=name, holder=holder, until=until)
    taken = db.scalar(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "until": until},
            where=(leases.c.holder == holder) | (leases.c.until <= now),
        ).returning(leases.c.name)  # an insert's rowcount says nothing on PostgreSQL
    )
    return taken is not None


def release(db: Connection, name: str, *, holder: str) -> None:
    db.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def holder_of(db: Connection, name: str, *, now: datetime) -> str | None:
    return db.scalar(select(leases.c.holder).where(leases.c.name == name, leases.c.until > now))
