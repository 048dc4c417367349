"""What goes when an account is given up."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from bot.state import accounts, conversations, inbox, members, outbox, sessions
from bot.state.members import Member

WEB: Final = "web"


def erase_account(db: Connection, *, channel: str, account: str, chat: str) -> None:
    """The link, what was written in its private chat and is over, and its web sessions."""
    accounts.unlink(db, channel, account)
    conversations.forget(db, channel, chat)
    inbox.forget_chat(db, channel, chat)
    outbox.forget_chat(db, channel, chat)
    if channel == WEB:
        sessions.end_of_account(db, account)


def remove_member(db: Connection, member: Member) -> None:
    """Takes somebody off the roll, with all their accounts; their questions, without a name, run out by themselves."""
    for account in accounts.of_member(db, member.id):
        erase_account(db, channel=account.channel, account=account.account, chat=account.chat)
    members.remove(db, member.id)
