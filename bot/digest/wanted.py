"""Whether a letter that waits is still to go: its reader may have left, or want none any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.state import accounts, digest_choices, letters
from bot.state.letters import Skip
from bot.state.outbox import Parcel

if TYPE_CHECKING:
    from bot.state.database import Database


def why_unwanted(database: Database, parcel: Parcel) -> Skip | None:
    """None where it is to go. Who turns digests off gets the rest of a letter that has begun to arrive."""
    with database.reading() as db:
        letter = letters.of_outbox(db, parcel.number)
        if letter is None or accounts.member_in(db, parcel.channel, parcel.chat) != letter.member:
            return Skip.NO_CHANNEL
        if not parcel.parts_sent and not digest_choices.of_member(db, letter.member).receives:
            return Skip.OPTED_OUT
    return None
