"""One-time codes and wrong tries. A code stands here only as its keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.messages import Frozen
from bot.state.tables import attempts, invitations


class Invitation(Frozen):
    id: int
    member: int
    expires_at: datetime
    used_at: datetime | None = None


def add(db: Connection, *, member: int, code_hash: str, now: datetime, expires_at: datetime) -> None:
    db.execute(insert(invitations).values(member_id=member, code_hash=code_hash, created_at=now, expires_at=expires_at))


def withdraw(db: Connection, member: int) -> None:
    """Ends the member's codes that have not been used."""
    db.execute(delete(invitations).where(invitations.c.member_id == member, invitations.c.used_at.is_(None)))


def find(db: Connection, code_hash: str) -> Invitation | None:
    """The invitation of a code, whether it is still valid or not."""
    row = db.execute(select(invitations).where(invitations.c.code_hash == code_hash)).one_or_none()
    if row is None:
        return None
    return Invitation(id=row.id, member=row.member_id, expires_at=row.expires_at, used_at=row.used_at)


def members_with_code(db: Connection, *, now: datetime) -> set[int]:
    """Whose code can still be used."""
    valid = select(invitations.c.member_id).where(invitations.c.used_at.is_(None), invitations.c.expires_at > now)
    return set(db.scalars(valid))


def redeem(db: Connection, code_hash: str, *, now: datetime) -> Invitation | None:
    """The invitation of a code that is valid, which it is no longer afterwards."""
    row = db.execute(
        update(invitations)
        .where(invitations.c.code_hash == code_hash, invitations.c.used_at.is_(None), invitations.c.expires_at > now)
        .values(used_at=now)
        .returning(invitations.c.id, invitations.c.member_id, invitations.c.expires_at)
    ).one_or_none()
    return Invitation(id=row.id, member=row.member_id, expires_at=row.expires_at) if row else None


def discard_old(db: Connection, *, before: datetime) -> None:
    """Codes that ran out, or were used, before then; wrong tries before then."""
    db.execute(delete(invitations).where(or_(invitations.c.expires_at < before, invitations.c.used_at < before)))
    db.execute(delete(attempts).where(attempts.c.at < before))


def add_attempt(db: Connection, *, channel: str, account: str, now: datetime) -> None:
    db.execute(insert(attempts).values(channel=channel, account=account, at=now))


def attempt_times(
    db: Connection, *, since: datetime, channel: str | None = None, account: str | None = None
) -> Sequence[datetime]:
    """When the wrong tries since then were, oldest first, of one account or of all."""
    query = select(attempts.c.at).where(attempts.c.at >= since).order_by(attempts.c.at, attempts.c.id)
    if channel is not None and account is not None:
        query = query.where(attempts.c.channel == channel, attempts.c.account == account)
    return db.scalars(query).all()
