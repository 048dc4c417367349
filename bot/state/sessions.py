"""Signed-in web pages. The token stands here only as its keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.state.tables import sessions


def add(db: Connection, *, token_hash: str, account: str, now: datetime, expires_at: datetime) -> None:
    db.execute(insert(sessions).values(token_hash=token_hash, account=account, created_at=now, expires_at=expires_at))


def account_of(db: Connection, token_hash: str, *, now: datetime) -> str | None:
    return db.scalar(select(sessions.c.account).where(sessions.c.token_hash == token_hash, sessions.c.expires_at > now))


def end_of_account(db: Connection, account: str) -> None:
    db.execute(delete(sessions).where(sessions.c.account == account))


def expired(db: Connection, *, now: datetime) -> Sequence[str]:
    """The accounts of sessions that have run out."""
    return db.scalars(select(sessions.c.account).where(sessions.c.expires_at <= now)).all()
