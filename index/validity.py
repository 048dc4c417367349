"""Whether each directive holds on a day, from what all of them say of each other.

A relation becomes an edge when its reference resolves to one directive of the library. An edge stands at once where its
clause is explicit and its issuer is the same body or a superior one; else it is a proposal until an administrator has
decided. What a draft says makes no edge. Withdrawing a paper from view rescinds nothing: what it ended stays ended,
until an administrator has rejected the edge; it only proposes and misses nothing more.

- A reference that may mean several papers makes a proposal for each of them where they are two or three, else nothing.
- A paper and what was issued with it share a number: naming the paper means both (`resolving.Shelf`). What was issued
  with a decision has the decision's term where it says none.
- What an administrator said in a sidecar stands at once. That a paper implements another stands without regard to the
  issuer and changes nothing.
- An edge holds from the day that its clause says, else from the day that its source is in force. It never holds where
  its source had lapsed before that day. What replaced a paper may lapse later: the paper does not come back. But an
  amendment falls with the paper that made it, be that repealed, replaced or expired.
- A paper that only amends others (its title says so, and all that it says of others amends or ends parts of them) falls
  with them, once all of them are over: it is what they are, by the same edges. Of a paper that says more, only the
  words are marked that changed what is over (`Validity.superseding`).
- Of two changes of one part the later one holds; the words of the earlier are marked too.
- The last day of a paper is the one of the newest extension, else its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as Date
from datetime import timedelta
from functools import cached_property

from index.edges import ENDINGS, Edge, Missing, Standing, is_amending, is_partial, is_said_in, meet, newness
from index.places import covers
from index.reading.bodies import is_same_or_superior
from index.resolving import Shelf, number_key
from index.types import Directive, DirectiveId, Reference, Relation, Span, Status
from index.types import RelationKind as Kind

__all__ = ["Edge", "Missing", "Standing", "Validity"]


class Validity:
    """``decisions``: by edge key, whether an administrator let it stand. ``at_once``: explicit edges stand by
    themselves. ``ignored``: withdrawn directives; what stands by their words or was decided holds on, nothing of them
    waits for anybody or is missed.
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
        self._directives = {directive.id: directive for directive in directives}
        self._relations = relations
        self._today = today
        self._decisions = decisions or {}
        self._at_once = at_once
        self._lapses: dict[DirectiveId, Date | None] = {}
        self._missing: dict[tuple[DirectiveId, str], Missing] = {}
        self._from: dict[DirectiveId, list[Edge]] = defaultdict(list)
        self._to: dict[DirectiveId, list[Edge]] = defaultdict(list)
        self._ignored = ignored
        self._loose: set[DirectiveId] = set()
        self._lay_edges()
        self._standings = {directive: self._standing(directive) for directive in self._directives}

    @property
    def today(self) -> Date:
        return self._today

    def standing_of(self, directive: DirectiveId) -> Standing:
        """In force where nothing is known against it, also for an unknown id."""
        return self._standings.get(directive, Standing(status=Status.IN_FORCE))

    def edges_from(self, directive: DirectiveId) -> tuple[Edge, ...]:
        """What it says of others, standing or proposed; of a withdrawn one also what nobody has decided."""
        return tuple(self._from.get(directive, ()))

    def edges_to(self, directive: DirectiveId) -> tuple[Edge, ...]:
        """What others say of it, standing or proposed, newest first."""
        return tuple(self._to.get(directive, ()))

    def amendments_of(self, directive: DirectiveId, path: tuple[str, ...]) -> tuple[Edge, ...]:
        """The standing edges that amend (or repeal, or replace a part of) the place with this heading path; also those
        that name no part. Newest first.
        """
        return tuple(
            edge
            for edge in self._amending(directive)
            if not edge.relation.articles or any(covers(part, path) for part in edge.relation.articles)
        )

    def superseding(self, directive: DirectiveId, span: Span) -> tuple[Edge, ...]:
        """The edges that ended the papers which these words of it amend, or changed the same parts of them on a later
        day. Newest first.
        """
        found = {
            after.key: after
            for edge in self._from.get(directive, ())
            if edge.stands and edge.relation.kind is Kind.AMENDS and is_said_in(edge.relation, span)
            for after in self._after(edge)
        }
        return tuple(sorted(found.values(), key=newness, reverse=True))

    @cached_property
    def lapsed(self) -> frozenset[DirectiveId]:
        """Replaced, repealed, expired, and drafts: nothing that ordinary questions are answered from."""
        return frozenset(directive for directive, standing in self._standings.items() if standing.status in _LAPSED)

    @cached_property
    def proposals(self) -> tuple[Edge, ...]:
        """What waits for an administrator, in the order of the directives."""
        return tuple(edge for directive in self._directives for edge in self._from.get(directive, ()) if edge.proposed)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Each paper that is lacking once for each directive that names it."""
        return tuple(self._missing.values())

    def _lay_edges(self) -> None:
        shelf = Shelf(self._directives.values())
        for source in self._directives.values():
            if not source.draft:
                for relation in self._relations.get(source.id, ()):
                    self._lay(relation, source, shelf)
        for edges in self._to.values():
            edges.sort(key=newness, reverse=True)

    def _lay(self, relation: Relation, source: Directive, shelf: Shelf) -> None:
        reference = relation.reference
        if reference is None or _is_own(reference, source):
            return
        papers, sure = shelf.resolve(reference, source)
        if not sure:
            self._loose.add(source.id)
        if not papers and source.id not in self._ignored:
            lacking = source.id, number_key(reference.number or reference.words)
            self._missing.setdefault(lacking, Missing(source=source.id, relation=relation))
        if len(papers) > _MOST_CANDIDATES:
            return
        for target in (member for paper in papers for member in paper):
            self._add(self._edge(relation, source, target, sure=sure))

    def _edge(self, relation: Relation, source: Directive, target: Directive, *, sure: bool) -> Edge:
        key = "|".join((source.id, relation.kind.value, target.id, ";".join(sorted(relation.articles))))
        decided = self._decisions.get(key)
        by_person = relation.span is None
        entitled = relation.kind is Kind.IMPLEMENTS or by_person or is_same_or_superior(source, target)
        stands = sure and relation.explicit and entitled and (self._at_once or by_person)
        return Edge(
            key=key,
            source=source.id,
            target=target.id,
            relation=relation,
            since=self._since(relation, source),
            stands=stands if decided is None else decided,
            proposed=decided is None and not stands and source.id not in self._ignored,
        )

    def _add(self, edge: Edge) -> None:
        """An edge once by its key, standing where one of the clauses lets it; one that was rejected is left out."""
        if not (edge.stands or edge.proposed or edge.source in self._ignored) or self._decisions.get(edge.key) is False:
            return
        twin = next((one for one in self._from[edge.source] if one.key == edge.key), None)
        if twin is None or (edge.stands and not twin.stands):
            for edges in (self._from[edge.source], self._to[edge.target]):
                edges[:] = [one for one in edges if one.key != edge.key]
                edges.append(edge)

    def _since(self, relation: Relation, source: Directive) -> Date | None:
        return relation.date if relation.date and relation.kind is not Kind.EXTENDS else self._begins(source)

    def _begins(self, directive: Directive) -> Date | None:
        return self._said(directive, Kind.IN_FORCE_FROM) or directive.date

    def _said(self, directive: Directive, kind: Kind) -> Date | None:
        """What it says of its own term, or the decision that it was issued with."""
        places = (directive.id, directive.attached_to)
        found = (one.date for place in places if place for one in self._relations.get(place, ()) if one.kind is kind)
        return next((day for day in found if day), None)

    def _holding(self, target: DirectiveId, *kinds: Kind) -> list[Edge]:
        """The standing edges to it that hold by today, newest first."""
        return [
            edge
            for edge in self._to.get(target, ())
            if edge.stands and edge.relation.kind in kinds and self._has_begun(edge) and not self._is_void(edge)
        ]

    def _has_begun(self, edge: Edge) -> bool:
        return edge.since is None or edge.since <= self._today

    def _is_void(self, edge: Edge) -> bool:
        lapse = self._lapse(edge.source)
        return lapse is not None and edge.since is not None and lapse < edge.since

    def _lapse(self, directive: DirectiveId) -> Date | None:
        """The first day on which it holds no more, as far as is known by today."""
        if directive not in self._lapses:
            self._settle(directive)
        return self._lapses[directive]

    def _settle(self, directive: DirectiveId) -> None:
        """Its lapse, after those that it rests on: a chain of papers may be longer than Python's stack."""
        self._lapses[directive] = None  # two papers that end each other on one day: neither is void
        waiting = [(directive, self._rests_on(directive))]
        while waiting:
            current, sources = waiting[-1]
            source = next((one for one in sources if one not in self._lapses), None)
            if source is not None:
                self._lapses[source] = None
                waiting.append((source, self._rests_on(source)))
                continue
            waiting.pop()
            days = [edge.since for edge in self._ending(current) if edge.since]
            until = self._until(current)
            days += [until + timedelta(days=1)] if until and until < self._today else []
            self._lapses[current] = min(days, default=None)

    def _rests_on(self, directive: DirectiveId) -> Iterator[DirectiveId]:
        """The papers whose own lapse decides when it lapses."""
        kinds = (*ENDINGS, Kind.EXTENDS)
        return (edge.source for edge in self._to.get(directive, ()) if edge.stands and edge.relation.kind in kinds)

    def _ending(self, directive: DirectiveId) -> list[Edge]:
        return [edge for edge in self._holding(directive, *ENDINGS) if not edge.relation.articles]

    def _amending(self, directive: DirectiveId) -> list[Edge]:
        """What changes parts of it and has not fallen with its source."""
        changing = self._holding(directive, Kind.AMENDS, *ENDINGS)
        parts = [edge for edge in changing if edge.relation.kind is Kind.AMENDS or edge.relation.articles]
        return [edge for edge in parts if edge.relation.kind is not Kind.AMENDS or not self._is_over(edge.source)]

    def _is_over(self, directive: DirectiveId) -> bool:
        """Also where nobody knows since when."""
        lapse = self._lapse(directive)
        return bool(self._ending(directive)) or (lapse is not None and lapse <= self._today)

    def _after(self, edge: Edge) -> list[Edge]:
        return self._ending(edge.target) or [
            later
            for later in self._amending(edge.target)
            if later.source != edge.source and later.since and edge.since and later.since > edge.since
            if meet(later.relation.articles, edge.relation.articles)
        ]

    def _bases(self, directive: DirectiveId) -> set[DirectiveId]:
        """What it amends in the end, through others that only amend; empty where it says more."""
        found: set[DirectiveId] = set()
        seen, waiting = {directive}, [directive] if self._only_amends(directive) else []
        while waiting:
            for target in {edge.target for edge in self._from.get(waiting.pop(), ())} - seen:
                seen.add(target)
                (waiting.append if self._only_amends(target) and not self._is_over(target) else found.add)(target)
        return found

    def _only_amends(self, directive: DirectiveId) -> bool:
        edges = self._from.get(directive, ())
        return (
            bool(edges)
            and directive not in self._loose
            and is_amending(self._directives[directive])
            and all(edge.stands and is_partial(edge.relation) for edge in edges)
        )

    def _fallen(self, directive: DirectiveId) -> Standing | None:
        """With all the papers that it only amends."""
        ends = [self._ended(base) for base in self._bases(directive)]
        over = [end for end in ends if end]
        if not over or len(over) < len(ends):
            return None
        last = max(over, key=lambda end: (end.since or Date.min, end.status))
        edges = {edge.key: edge for end in over for edge in end.edges}
        return last.model_copy(update={"edges": tuple(sorted(edges.values(), key=newness, reverse=True))})

    def _until(self, directive: DirectiveId) -> Date | None:
        """Its last day: of the newest extension, else as it says itself."""
        own = self._said(self._directives[directive], Kind.EXPIRES_ON)
        for edge in self._holding(directive, Kind.EXTENDS):
            if own or not edge.relation.articles:
                return edge.relation.date
        return own

    def _ended(self, directive: DirectiveId) -> Standing | None:
        until = self._until(directive)
        if ending := self._ending(directive):
            first = min(ending, key=lambda edge: (edge.since or Date.min, edge.relation.kind is Kind.REPEALS))
            status = Status.REPEALED if first.relation.kind is Kind.REPEALS else Status.REPLACED
            return Standing(status=status, since=first.since, until=until, edges=tuple(ending))
        if until and until < self._today:
            return Standing(status=Status.EXPIRED, since=until + timedelta(days=1), until=until)
        return None

    def _standing(self, directive: DirectiveId) -> Standing:
        paper, until = self._directives[directive], self._until(directive)
        begins = self._begins(paper)
        if paper.draft:
            return Standing(status=Status.DRAFT)
        if ended := self._ended(directive) or self._fallen(directive):
            return ended
        if begins and begins > self._today:
            return Standing(status=Status.NOT_YET, since=begins, until=until)
        if amending := self._amending(directive):
            since = min((edge.since for edge in amending if edge.since), default=None)
            return Standing(status=Status.AMENDED, since=since, until=until, edges=tuple(amending))
        return Standing(status=Status.IN_FORCE, since=begins, until=until)


_LAPSED = frozenset({Status.REPLACED, Status.REPEALED, Status.EXPIRED, Status.DRAFT})
_MOST_CANDIDATES = 3


def _is_own(reference: Reference, source: Directive) -> bool:
    if not (reference.number and source.number) or number_key(reference.number) != number_key(source.number):
        return False
    return reference.date is None or reference.date == source.date
