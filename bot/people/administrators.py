"""The administrators as a group: there is always one, and they are told of attacks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.messages import Reply
from bot.state import accounts, members, outbox
from bot.state.members import Member, Role


def is_last_administrator(db: Connection, member: Member) -> bool:
    """Whether nobody would be one without this member."""
    return [each.id for each in members.with_role(db, Role.ADMINISTRATOR)] == [member.id]


def tell_administrators(db: Connection, reply: Reply, *, now: datetime) -> None:
    """Pushes a message to every account of theirs that can be reached."""
    for member in members.with_role(db, Role.ADMINISTRATOR):
        for account in accounts.of_member(db, member.id):
            if account.active:
                outbox.put(db, channel=account.channel, chat=account.chat, reply=reply, now=now)
