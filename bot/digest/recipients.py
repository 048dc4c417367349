"""Who of the roll gets a digest, and on which of their accounts; who does not, or no more, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.messages import Frozen
from bot.notices import preferred
from bot.state import accounts, digest_choices, letters, members
from bot.state.accounts import Account
from bot.state.digest_choices import DigestChoice
from bot.state.letters import Skip
from bot.state.members import Member
from bot.state.outbox import Parcel

if TYPE_CHECKING:
    from bot.state.database import Database


class Recipient(Frozen):
    """``channel`` and ``chat``: where it goes, None for one who is ``skipped``."""

    member: Member
    channel: str | None = None
    chat: str | None = None
    skipped: Skip | None = None


def recipients(db: Connection, *, channels: Collection[str]) -> tuple[Recipient, ...]:
    """Everybody of the roll, in the order of cell and code. ``channels``: those that are set up, the page as well."""
    choices = digest_choices.everything(db)
    own: dict[int, list[Account]] = defaultdict(list)
    for account in accounts.everybody(db):
        if account.channel in channels:
            own[account.member].append(account)
    return tuple(
        _recipient(member, choices.get(member.id, DigestChoice()), own[member.id]) for member in members.everybody(db)
    )


def own_channels(db: Connection, member: int, *, among: Collection[str]) -> tuple[str, ...]:
    """The channels, of those that are set up, on which this member can be reached."""
    reached = {account.channel for account in accounts.of_member(db, member) if account.active}
    return tuple(channel for channel in among if channel in reached)


def why_unwanted(database: Database, parcel: Parcel) -> Skip | None:
    """Asked of a letter that waits, before it goes: its reader may have left, or want none any more. None where it is
    to go. Who turns digests off gets the rest of a letter that has begun to arrive.
    """
    with database.reading() as db:
        letter = letters.of_outbox(db, parcel.number)
        if letter is None or accounts.member_in(db, parcel.channel, parcel.chat) != letter.member:
            return Skip.NO_CHANNEL
        if not parcel.parts_sent and not digest_choices.of_member(db, letter.member).receives:
            return Skip.OPTED_OUT
    return None


def _recipient(member: Member, choice: DigestChoice, own: Sequence[Account]) -> Recipient:
    if not choice.receives:
        return Recipient(member=member, skipped=Skip.OPTED_OUT)
    active = [account for account in own if account.active]
    if not active:
        return Recipient(member=member, skipped=Skip.INACTIVE if own else Skip.NO_CHANNEL)
    chosen = preferred([account for account in active if account.channel == choice.channel] or active)
    return Recipient(member=member, channel=chosen.channel, chat=chosen.chat)
