"""Whether each directive holds on a day, from what all of them say of each other.

A relation becomes an edge when its reference resolves to one directive of the library. An edge stands at once where its
clause is explicit and its issuer is the same body or a superior one; else it is a proposal until an administrator has
decided. What is ignored (withdrawn papers), and what a draft says, makes no edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date

from index.types import Directive, DirectiveId, Frozen, Relation, Status


class Edge(Frozen):
    """``key``: the same in every build, for an administrator's decision. ``stands``: it counts. ``proposed``: it does
    not stand by itself, and nobody has decided. ``since``: the day from which it holds.
    """

    key: str
    source: DirectiveId
    target: DirectiveId
    relation: Relation
    since: Date | None
    stands: bool
    proposed: bool


class Missing(Frozen):
    """A paper that ``source`` names and the library lacks."""

    source: DirectiveId
    relation: Relation


class Standing(Frozen):
    """``since``: the day from which it is so, None where unknown. ``edges``: those that make it so, newest first; their
    sources replaced, repealed or amended the directive. ``until``: its last day, where one is said.
    """

    status: Status
    since: Date | None = None
    until: Date | None = None
    edges: tuple[Edge, ...] = ()


class Validity:
    """``decisions``: by edge key, whether an administrator let it stand. ``at_once``: explicit edges stand by
    themselves. ``ignored``: directives whose words count for nothing.
    """

    def __init__(
        self,
        directives: Iterable[Directive],
        relations: Mapping[DirectiveId, tuple[Relation, ...]],
        *,
        today: Date,
        decisions: Mapping[str, bool] | None = None,
        at_once: bool = True,
        ignored: frozenset[DirectiveId] = frozenset(),
    ) -> None:
        self._standings = {directive.id: Standing(status=Status.IN_FORCE) for directive in directives}

    def standing_of(self, directive: DirectiveId) -> Standing:
        """In force where nothing is known against it, also for an unknown id."""
        return self._standings.get(directive, Standing(status=Status.IN_FORCE))

    def edges_from(self, directive: DirectiveId) -> tuple[Edge, ...]:
        """What it says of others, standing or proposed."""
        return ()

    def edges_to(self, directive: DirectiveId) -> tuple[Edge, ...]:
        """What others say of it, standing or proposed, newest first."""
        return ()

    def amendments_of(self, directive: DirectiveId, path: tuple[str, ...]) -> tuple[Edge, ...]:
        """The standing edges that amend (or repeal, or replace a part of) the place with this heading path; also those
        that name no part. Newest first.
        """
        return ()

    @property
    def lapsed(self) -> frozenset[DirectiveId]:
        """Replaced, repealed, expired, and drafts: nothing that ordinary questions are answered from."""
        return frozenset()

    @property
    def proposals(self) -> tuple[Edge, ...]:
        """What waits for an administrator, in the order of the directives."""
        return ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        return ()
