"""A validity that is said by hand: which paper does what to which, without the clauses being read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.answering.standings import ValidityNow
from bot.validity.register import Register
from index import Directive, DirectiveId, Edge, Library, Relation, RelationKind, Span, Standing, Status, Validity
from index.places import covers

_ENDED = {RelationKind.REPLACES: Status.REPLACED, RelationKind.REPEALS: Status.REPEALED}


def by_own_words(library: Library) -> ValidityNow:
    """What papers say of each other, where nobody decides on it."""
    return Register(library, None, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at_once=True).now


def edge(
    source: Directive,
    kind: RelationKind,
    target: Directive,
    *,
    articles: tuple[str, ...] = (),
    span: Span | None = None,
    words: Span | None = None,
    since: date | None = None,
    proposed: bool = False,
) -> Edge:
    relation = Relation(kind=kind, articles=articles, span=span, words=words, explicit=not proposed)
    return Edge(
        key=f"{source.id} {kind} {target.id} {articles}",
        source=source.id,
        target=target.id,
        relation=relation,
        since=since or source.date,
        stands=not proposed,
        proposed=proposed,
    )


class Judged(Validity):
    """``others``: what is so of a directive without another paper, as a draft or one that holds only later."""

    def __init__(self, edges: Iterable[Edge] = (), *, others: dict[DirectiveId, Standing] | None = None) -> None:
        self.edges = tuple(edges)
        self.others = others or {}

    def without(self, dropped: Edge) -> Judged:
        return Judged((each for each in self.edges if each != dropped), others=self.others)

    @property
    def today(self) -> date:
        return date(2026, 12, 31)

    def standing_of(self, directive: DirectiveId) -> Standing:
        if directive in self.others:
            return self.others[directive]
        said = [each for each in self.edges if each.target == directive and each.stands]
        ends = [each for each in said if each.relation.kind in _ENDED and not each.relation.articles]
        if ends:
            return Standing(status=_ENDED[ends[0].relation.kind], since=ends[0].since, edges=tuple(ends))
        changes = [each for each in said if each.relation.kind in (*_ENDED, RelationKind.AMENDS)]
        return Standing(status=Status.AMENDED if changes else Status.IN_FORCE, edges=tuple(changes))

    def edges_from(self, directive: DirectiveId) -> tuple[Edge, ...]:
        return tuple(each for each in self.edges if each.source == directive)

    def edges_to(self, directive: DirectiveId) -> tuple[Edge, ...]:
        return tuple(each for each in self.edges if each.target == directive)

    def amendments_of(self, directive: DirectiveId, path: Sequence[str]) -> tuple[Edge, ...]:
        return tuple(
            each for each in self.standing_of(directive).edges if not each.relation.articles or _is_at(each, path)
        )

    def superseding(self, directive: DirectiveId, span: Span) -> tuple[Edge, ...]:
        """By its own clauses: the standing edges to the same papers on a later day, of the same parts."""
        amended = [each for each in self.edges_from(directive) if each.relation.span and _crosses(each, span)]
        return tuple(
            each
            for one in amended
            for each in self.edges_to(one.target)
            if each.stands and each.source != directive and each.since and one.since and each.since > one.since
            if set(each.relation.articles) & set(one.relation.articles)
        )

    @property
    def lapsed(self) -> frozenset[DirectiveId]:
        known = {*self.others, *(each.target for each in self.edges)}
        gone = (Status.REPLACED, Status.REPEALED, Status.EXPIRED, Status.DRAFT)
        return frozenset(each for each in known if self.standing_of(each).status in gone)


def _crosses(each: Edge, span: Span) -> bool:
    own = each.relation.words or each.relation.span
    return own is not None and own.start < span.end and span.start < own.end


def _is_at(each: Edge, path: Sequence[str]) -> bool:
    return any(covers(part, tuple(path)) for part in each.relation.articles)
