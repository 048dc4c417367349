"""A reply that has waited may show what is withdrawn by now: each part is looked at once more before it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeGuard

from sqlalchemy import Connection

from bot import texts
from bot.asking.sight import Sight
from bot.messages import Block, File, QuoteBlock, Reply, Text
from bot.people.access import Asker, Ceiling, rights
from bot.state import accounts, groups, members, overrides
from bot.state.outbox import Parcel
from index import DirectiveId

if TYPE_CHECKING:
    from bot.state.database import Database


def as_allowed(database: Database, sight: Sight, parcel: Parcel) -> Reply | None:
    """The reply as its chat may see it at this moment; None where none of it may be seen."""
    if not any(_shows_paper(block) for block in parcel.reply.blocks):
        return parcel.reply
    with database.reading() as db:
        shown = shown_in(db, sight, parcel.channel, parcel.chat)
    return _without(parcel.reply, lambda directive: directive in shown)


def shown_in(db: Connection, sight: Sight, channel: str, chat: str) -> frozenset[DirectiveId]:
    """In a member's chat what the member may see there; in all others what is public, or what a group may see."""
    member = accounts.member_in(db, channel, chat)
    if member is not None:
        return sight.of_asker(db, Asker(member=members.by_id(db, member)), channel=channel).shown
    view = sight.of_asker(db, Asker(everything=True), channel=channel)
    most: Ceiling = "member" if groups.audience_of(db, channel, chat) == "member" else "public"
    known = rights(view.directives.values(), overrides.everything(db), Asker(everything=True), ceiling=most)
    return known.shown & view.shown


def _without(reply: Reply, is_shown: Callable[[str], bool]) -> Reply | None:
    """What stands in the place of all that is left out is said once."""
    kept: list[Block] = []
    said = Text(text=texts.NO_LONGER_SHOWN)
    for block in reply.blocks:
        if not _shows_paper(block) or is_shown(block.directive):
            kept.append(block)
        elif said not in kept:
            kept.append(said)
    return None if kept == [said] else Reply(blocks=tuple(kept))


def _shows_paper(block: Block) -> TypeGuard[QuoteBlock | File]:
    return isinstance(block, QuoteBlock | File) and bool(block.directive)
