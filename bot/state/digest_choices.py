"""Who changed whether, and on which channel, the digest comes to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import digest_choices as table


class DigestChoice(Frozen):
    """``channel`` None: wherever notices go."""

    receives: bool = True
    channel: str | None = None


def of_member(db: Connection, member: int) -> DigestChoice:
    return everything(db, member=member).get(member, DigestChoice())


def everything(db: Connection, *, member: int | None = None) -> Mapping[int, DigestChoice]:
    """By the member's id, of those who chose."""
    query = select(table.c.member_id, table.c.receives, table.c.channel)
    if member is not None:
        query = query.where(table.c.member_id == member)
    return {row.member_id: DigestChoice(receives=row.receives, channel=row.channel) for row in db.execute(query)}


def save(db: Connection, member: int, choice: DigestChoice, *, now: datetime) -> None:
    """Holds from now on, also for a digest that waits to go out: it is asked for before it goes."""
    values = {"receives": choice.receives, "channel": choice.channel, "changed_at": now}
    put(db, table, {"member_id": member}, values)


def forget(db: Connection, member: int) -> None:
    db.execute(delete(table).where(table.c.member_id == member))
