"""A reply that has waited may show what is withdrawn or lapsed by now: each part is looked at before it goes."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import texts
from bot.answering.citation import name_of
from bot.answering.standings import Standings
from bot.asking.sight import Sight
from bot.messages import Block, QuoteBlock, Reply, Text, papers_of
from bot.people.access import Asker, Ceiling, rights
from bot.state import accounts, groups, members, overrides
from bot.state.outbox import Parcel
from index import DirectiveId, Span

if TYPE_CHECKING:
    from bot.state.database import Database


def as_allowed(database: Database, sight: Sight, parcel: Parcel) -> Reply | None:
    """The reply as its chat may see it at this moment; None where none of it may be seen."""
    if not any(map(papers_of, parcel.reply.blocks)):
        return parcel.reply
    with database.reading() as db:
        shown = shown_in(db, sight, parcel.channel, parcel.chat)
    return left_of(parcel.reply, sight.standings(shown))


def shown_in(db: Connection, sight: Sight, channel: str, chat: str) -> frozenset[DirectiveId]:
    """In a member's chat what the member may see there; in all others what is public, or what a group may see."""
    member = accounts.member_in(db, channel, chat)
    if member is not None:
        return sight.of_asker(db, Asker(member=members.by_id(db, member)), channel=channel).shown
    view = sight.of_asker(db, Asker(everything=True), channel=channel)
    most: Ceiling = "member" if groups.audience_of(db, channel, chat) == "member" else "public"
    known = rights(view.directives.values(), overrides.everything(db), Asker(everything=True), ceiling=most)
    return known.shown & view.shown


def left_of(reply: Reply, standings: Standings) -> Reply | None:
    """Without what may not be seen any more, and marked with what holds no longer; None where nothing is left. What
    stands in the place of all that is left out is said once.
    """
    shown: Set[str] = standings.visible or frozenset()
    kept: list[Block] = []
    said = Text(text=texts.NO_LONGER_SHOWN)
    for block in reply.blocks:
        if papers_of(block) <= shown:
            kept.append(marked_anew(block, standings) if isinstance(block, QuoteBlock) else block)
        elif said not in kept:
            kept.append(said)
    return None if kept == [said] else without_doubtful(Reply(blocks=tuple(kept)))


def without_doubtful(reply: Reply) -> Reply:
    """Without a machine's sentences, where a warning has come to stand above any quote by now."""
    if not any(isinstance(block, QuoteBlock) and block.warning for block in reply.blocks):
        return reply
    return Reply(blocks=tuple(each for each in reply.blocks if not (isinstance(each, Text) and each.by_machine)))


def hidden_names(standings: Standings) -> frozenset[str]:
    """The numbers, or the names, of the papers that may not be seen and share them with none that may."""
    if standings.visible is None:
        return frozenset()
    everything = standings.library.list()
    seen = {directive.number or name_of(directive) for directive in everything if directive.id in standings.visible}
    return frozenset(each.number or name_of(each) for each in everything if each.id not in standings.visible) - seen


def is_named(name: str, text: str) -> bool:
    """As a whole: ``7-QĐ/ĐU`` is not named by ``17-QĐ/ĐU``."""
    return name in text and bool(re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", text))


def marked_anew(block: QuoteBlock, standings: Standings) -> QuoteBlock:
    """With what is known by now against its words, wherever they stand. A warning that stood there is never taken
    away, but it names nothing that may not be seen by now.
    """
    directive = DirectiveId(block.directive)
    if not directive:
        return block
    if warning := _warning_now(block.text, directive, standings):
        return block.model_copy(update={"warning": warning, "warned_by": standings.warned_by(directive)})
    hidden = standings.visible is not None and not standings.visible.issuperset(block.warned_by)
    if block.warning and (hidden or any(is_named(name, block.warning) for name in hidden_names(standings))):
        return block.model_copy(update={"warning": texts.QUOTE_CHANGED_PERHAPS, "warned_by": ()})
    return block


def _warning_now(text: str, directive: DirectiveId, standings: Standings) -> str:
    """All that is known against any place where these words stand; against the paper alone where they do not."""
    printed = standings.library.printed(directive, visible=standings.visible)
    found = re.finditer(re.escape(text), printed.text) if printed and text else ()
    warnings = [standings.warning_at(directive, Span(start=each.start(), end=each.end())) for each in found]
    return " ".join(dict.fromkeys(filter(None, warnings))) or standings.warning_of_paper(directive)
