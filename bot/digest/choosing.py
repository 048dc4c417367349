"""Whether the digest comes to a member, and on which of the own channels."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.state import accounts, digest_choices
from bot.state.digest_choices import DigestChoice


def own_channels(db: Connection, member: int, *, among: Collection[str]) -> tuple[str, ...]:
    """The channels, of those that are set up, on which this member can be reached."""
    reached = {account.channel for account in accounts.of_member(db, member) if account.active}
    return tuple(channel for channel in among if channel in reached)


def choose(db: Connection, member: int, choice: DigestChoice, *, now: datetime) -> None:
    """Holds from now on, also for a digest that waits to go out: it is asked for before it goes (`digest.wanted`)."""
    digest_choices.save(db, member, choice, now=now)
