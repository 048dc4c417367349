"""The validity of every directive at this moment, from the library, what administrators decided, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.clock import now_utc
from bot.people.access import Asker, rights
from bot.state import overrides, relation_decisions
from bot.state.relation_decisions import Decision
from bot.validity.deciding import carried
from index import Directive, DirectiveId, Edge, Relation, Validity

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

_TRIES: Final = 3


@dataclass(frozen=True)
class Known:
    """All that the validity of directives rests on. ``decisions``: by edge. ``ignored``: what is withdrawn: what it
    ended stays ended, and its edges are among the others, to be rejected where it should never have been there.

    ``at_once``: explicit edges stand by themselves. ``held``: the decisions as they are in the state, by the edge for
    which they count today.
    """

    directives: Mapping[DirectiveId, Directive]
    relations: Mapping[DirectiveId, tuple[Relation, ...]]
    decisions: Mapping[str, bool]
    ignored: frozenset[DirectiveId]
    today: Date
    at_once: bool
    held: Mapping[str, Decision] = field(default_factory=dict)

    @cached_property
    def validity(self) -> Validity:
        return self._with(self.decisions)

    @cached_property
    def undecided(self) -> Validity:
        """As if nobody had decided anything: all its edges, also those that were turned down."""
        return self._with({})

    def supposing(self, edges: Iterable[str], *, stands: bool | None) -> Known:
        """What is known when this is decided on them; None: when what was decided is taken back."""
        decided = dict.fromkeys(edges, stands)
        decisions = {**self.decisions, **decided}
        return replace(self, decisions={edge: value for edge, value in decisions.items() if value is not None})

    @cached_property
    def edges(self) -> Mapping[str, Edge]:
        """Every edge by its key, with what it would be if nobody had decided on it, in the order of the directives."""
        return {edge.key: edge for directive in self.directives for edge in self.undecided.edges_from(directive)}

    @property
    def proposals(self) -> tuple[Edge, ...]:
        """What waits for an administrator, each clause once for a paper and what was issued with it."""
        return tuple(edge for edge in self.validity.proposals if self.is_first(edge))

    def is_first(self, edge: Edge) -> bool:
        twins = self.twins_of(edge)
        return not twins or twins[0].key == edge.key

    def twins_of(self, edge: Edge) -> tuple[Edge, ...]:
        """The edge and what the same clause says of what was issued with its target: decided on together."""
        return self._twins.get((edge.source, edge.relation, self.matter_of(edge.target)), ())

    @cached_property
    def _twins(self) -> Mapping[tuple[DirectiveId, Relation, DirectiveId], tuple[Edge, ...]]:
        found: dict[tuple[DirectiveId, Relation, DirectiveId], tuple[Edge, ...]] = {}
        for edge in self.edges.values():
            clause = edge.source, edge.relation, self.matter_of(edge.target)
            found[clause] = (*found.get(clause, ()), edge)
        return found

    def matter_of(self, directive: DirectiveId) -> DirectiveId:
        """The decision that it was issued with, else itself: both bear one number."""
        decision = self.directives[directive].attached_to
        return decision if decision and decision in self.directives else directive

    @cached_property
    def matters(self) -> Mapping[DirectiveId, tuple[DirectiveId, ...]]:
        """Each decision, or directive that stands alone, with what was issued with it."""
        found: dict[DirectiveId, tuple[DirectiveId, ...]] = {}
        for directive in self.directives:
            matter = self.matter_of(directive)
            found[matter] = (*found.get(matter, ()), directive)
        return found

    def _with(self, decisions: Mapping[str, bool]) -> Validity:
        return Validity(
            self.directives.values(),
            self.relations,
            today=self.today,
            decisions=decisions,
            at_once=self.at_once,
            ignored=self.ignored,
        )


class Register:
    """Made anew when the library, a decision, a withdrawal or the day has changed. May be asked from several threads.

    ``database`` None: nobody has decided or withdrawn anything. ``zone``: where it becomes another day.
    """

    def __init__(
        self,
        library: Library,
        database: Database | None,
        *,
        zone: ZoneInfo,
        at_once: bool,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        self._library = library
        self._database = database
        self._zone = zone
        self._at_once = at_once
        self._clock = clock
        self._lock = Lock()
        self._known: Known | None = None
        self._given: tuple[Decision, ...] = ()

    def now(self) -> Validity:
        return self.known().validity

    def known(self) -> Known:
        today = self._clock().astimezone(self._zone).date()
        directives, relations = self._of_library()
        given, ignored = self._of_state(directives)
        with self._lock:
            before = self._known
            if (
                before is None
                or before.relations is not relations
                or (before.today, self._given, before.ignored) != (today, given, ignored)
            ):
                named = {directive.id: directive for directive in directives}
                undecided = Known(named, relations, {}, ignored, today, self._at_once)
                self._known = before = _with_decisions(undecided, given)
                self._given = given
        return before

    def _of_library(self) -> tuple[tuple[Directive, ...], Mapping[DirectiveId, tuple[Relation, ...]]]:
        """Both of one snapshot, also when another one is switched on in between."""
        for _ in range(_TRIES):
            relations, directives = self._library.relations(), self._library.list()
            if self._library.relations() is relations:
                break
        return directives, relations

    def _of_state(self, directives: tuple[Directive, ...]) -> tuple[tuple[Decision, ...], frozenset[DirectiveId]]:
        if self._database is None:
            return (), frozenset()
        with self._database.reading() as db:
            decisions, overridden = relation_decisions.decisions(db), overrides.everything(db)
        if not any(override.withdrawn for override in overridden):
            return decisions, frozenset()
        left = rights(directives, overridden, Asker(everything=True), ceiling=None).own
        return decisions, frozenset(directive.id for directive in directives) - left


def _with_decisions(known: Known, given: Iterable[Decision]) -> Known:
    held = carried(given, known.edges, known.directives)
    return replace(known, decisions={edge: decision.stands for edge, decision in held.items()}, held=held)
