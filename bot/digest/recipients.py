"""Who of the roll gets a digest, and on which of their accounts; who does not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from bot.messages import Frozen
from bot.notices import preferred
from bot.state import accounts, digest_choices, members
from bot.state.accounts import Account
from bot.state.digest_choices import DigestChoice
from bot.state.letters import Skip
from bot.state.members import Member


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


def _recipient(member: Member, choice: DigestChoice, own: Sequence[Account]) -> Recipient:
    if not choice.receives:
        return Recipient(member=member, skipped=Skip.OPTED_OUT)
    active = [account for account in own if account.active]
    if not active:
        return Recipient(member=member, skipped=Skip.INACTIVE if own else Skip.NO_CHANNEL)
    chosen = preferred([account for account in active if account.channel == choice.channel] or active)
    return Recipient(member=member, channel=chosen.channel, chat=chosen.chat)
