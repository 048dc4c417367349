"""Which member an account of a channel belongs to."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.people.access import Asker
from bot.state import accounts, members


def identify(db: Connection, channel: str, account: str) -> Asker:
    """Somebody unknown where the account is not linked."""
    member = accounts.member_of(db, channel, account)
    return Asker(member=None if member is None else members.by_id(db, member))
