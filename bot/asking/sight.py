"""What an asker may see in a chat at this moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot.answering.standings import Standings, ValidityNow
from bot.department import Rank, Request, Stale, Write
from bot.people.access import Asker, Ceiling, Rights, rights
from bot.state import groups, members, overrides
from index import Directive, DirectiveId

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library, Validity

_NOTHING: Final = Rights(own=frozenset(), shown=frozenset())


@dataclass(frozen=True)
class View:
    """``own``: what the asker may see; ``shown``: the part of it that this chat may show. ``directives``: those of
    ``own``. ``checks``: writes that raise Stale where rights, or the papers, have changed since. ``validity_now`` is
    asked once, when it is needed: it reads the database, which nobody may do inside of a transaction.
    """

    own: frozenset[DirectiveId]
    shown: frozenset[DirectiveId]
    directives: Mapping[DirectiveId, Directive]
    library: Library
    validity_now: ValidityNow
    checks: tuple[Write, ...] = ()

    @cached_property
    def validity(self) -> Validity:
        """What holds at this moment."""
        return self.validity_now()

    @property
    def standings(self) -> Standings:
        """What holds, as far as this chat may be told."""
        return Standings(self.library, self.validity, self.shown)

    def without(self, directives: Collection[DirectiveId]) -> View:
        validity = self.validity
        own, shown = self.own.difference(directives), self.shown.difference(directives)
        return replace(self, own=own, shown=shown, validity_now=lambda: validity)

    def shows(self, directive: str) -> bool:
        return directive in self.shown

    def is_above(self, directive: str) -> bool:
        """The asker may see it, but not here."""
        return directive in self.own and directive not in self.shown

    def listed(self) -> tuple[Directive, ...]:
        """What this chat may show, in the order of the library."""
        return tuple(directive for directive in self.directives.values() if directive.id in self.shown)


class Sight:
    """Overrides are read anew at every look: what an administrator withdraws is gone at the next question.

    ``ceilings``: by channel; a channel that is not named shows all. ``public_answers``: people who are not linked see
    what is public, else nothing. ``validity``: of all directives at this moment.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        ceilings: Mapping[str, Ceiling],
        public_answers: bool,
        validity: ValidityNow,
    ) -> None:
        self._library = library
        self._database = database
        self._ceilings = ceilings
        self._public_answers = public_answers
        self._validity = validity

    @property
    def rank(self) -> Rank:
        """Who may give the commands that show directives."""
        return Rank.ANYBODY if self._public_answers else Rank.LINKED

    def standings(self, shown: frozenset[DirectiveId]) -> Standings:
        """What holds at this moment, as far as somebody may be told who is shown these."""
        return Standings(self._library, self._validity(), shown)

    def of(self, request: Request) -> View:
        """In a group nobody sees more than the group may: what lies above is as if it did not exist."""
        relations = self._library.relations()
        with self._database.reading() as db:
            directives, seen = self._look(db, request)

        def check(db: Connection) -> None:
            if self._library.relations() is not relations:  # the answer may be of two snapshots
                raise Stale
            member = request.asker.member
            if member and members.by_id(db, member.id) != member:
                raise Stale
            if self._look(db, request)[1] != seen:
                raise Stale

        return self._view(directives, seen, checks=(check,) if request.number else ())

    def of_asker(self, db: Connection, asker: Asker, *, channel: str | None = None) -> View:
        """In a private chat on this channel; None: under no ceiling."""
        directives = self._library.list()
        return self._view(directives, self._rights(db, directives, asker, ceiling=self._ceilings.get(channel or "")))

    def _look(self, db: Connection, request: Request) -> tuple[tuple[Directive, ...], Rights]:
        incoming = request.incoming
        directives = self._library.list()
        ceiling = self._ceilings.get(incoming.channel)
        if incoming.private:
            return directives, self._rights(db, directives, request.asker, ceiling=ceiling)
        registered = groups.audience_of(db, incoming.channel, incoming.chat)
        least: Ceiling = "member" if registered == "member" and ceiling != "public" else "public"
        shown = self._rights(db, directives, request.asker, ceiling=least).shown
        return directives, Rights(own=shown, shown=shown)

    def _rights(
        self, db: Connection, directives: tuple[Directive, ...], asker: Asker, *, ceiling: Ceiling | None
    ) -> Rights:
        if not (asker.is_linked or self._public_answers):
            return _NOTHING
        return rights(directives, overrides.everything(db), asker, ceiling=ceiling)

    def _view(self, directives: tuple[Directive, ...], seen: Rights, *, checks: tuple[Write, ...] = ()) -> View:
        return View(
            own=seen.own,
            shown=seen.shown,
            directives={directive.id: directive for directive in directives if directive.id in seen.own},
            library=self._library,
            validity_now=self._validity,
            checks=checks,
        )
