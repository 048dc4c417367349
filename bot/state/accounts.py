"""Members' accounts on channels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from bot.messages import Frozen
from bot.state.tables import accounts


class Account(Frozen):
    """``account``: the channel's id of the person; ``chat``: where they are written to. ``active`` False: the platform
    refuses for good.
    """

    member: int
    channel: str
    account: str
    chat: str
    active: bool
    linked_at: datetime


def link(db: Connection, *, member: int, channel: str, account: str, chat: str, now: datetime) -> None:
    """An account belongs to one member; linking it anew moves it."""
    unlink(db, channel, account)
    db.execute(
        insert(accounts).values(
            member_id=member, channel=channel, account=account, chat=chat, active=True, linked_at=now
        )
    )


def unlink(db: Connection, channel: str, account: str) -> None:
    db.execute(delete(accounts).where(accounts.c.channel == channel, accounts.c.account == account))


def member_of(db: Connection, channel: str, account: str) -> int | None:
    """The member's id."""
    return db.scalar(select(accounts.c.member_id).where(accounts.c.channel == channel, accounts.c.account == account))


def member_in(db: Connection, channel: str, chat: str) -> int | None:
    """The id of the member who is written to in this chat."""
    return db.scalar(
        select(accounts.c.member_id).where(accounts.c.channel == channel, accounts.c.chat == chat).limit(1)
    )


def of_member(db: Connection, member: int) -> Sequence[Account]:
    rows = db.execute(select(accounts).where(accounts.c.member_id == member).order_by(accounts.c.id)).mappings()
    return [_account(row) for row in rows]


def everybody(db: Connection) -> Sequence[Account]:
    return [_account(row) for row in db.execute(select(accounts).order_by(accounts.c.id)).mappings()]


def set_active(db: Connection, channel: str, chat: str, *, active: bool) -> None:
    db.execute(update(accounts).where(accounts.c.channel == channel, accounts.c.chat == chat).values(active=active))


def revive(db: Connection, channel: str, account: str) -> None:
    """Whoever writes can be written to."""
    db.execute(
        update(accounts)
        .where(accounts.c.channel == channel, accounts.c.account == account, accounts.c.active.is_(False))
        .values(active=True)
    )


def move(db: Connection, channel: str, *, chat: str, to: str) -> None:
    """The platform gave a chat a new id."""
    db.execute(update(accounts).where(accounts.c.channel == channel, accounts.c.chat == chat).values(chat=to))


def _account(row: RowMapping) -> Account:
    return Account(
        member=row["member_id"],
        channel=row["channel"],
        account=row["account"],
        chat=row["chat"],
        active=row["active"],
        linked_at=row["linked_at"],
    )
