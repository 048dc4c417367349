"""What administrators decided, carried over to the edges of today.

The key of an edge holds the ids of both directives and the articles: a corrected number, issuer or date, or a better
reading, makes another key. A decision whose own edge is there no more then counts for the nearest one of the same file,
kind and target on which nobody has decided. Where there is none it waits in the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot.department import Stale
from bot.state import audit, relation_decisions
from bot.state.relation_decisions import Decision, Place
from index import Directive, DirectiveId, Edge, number_key

if TYPE_CHECKING:
    from bot.validity.register import Known

_PARTS: Final = 4
"""Of a key: source, kind, target, articles."""
_DONE: Final = {True: "relation.confirm", False: "relation.reject", None: "relation.reset"}


def place_of(edge: Edge, directives: Mapping[DirectiveId, Directive]) -> Place:
    return _place(edge, directives[edge.source].file, directives[edge.target])


def carried(
    decisions: Iterable[Decision], edges: Mapping[str, Edge], directives: Mapping[DirectiveId, Directive]
) -> Mapping[str, Decision]:
    """By the key of an edge of today, the decision that counts for it; of several the last one."""
    given = sorted(decisions, key=lambda decision: decision.decided_at)
    found = {decision.edge: decision for decision in given if decision.edge in edges}
    free: dict[Place, list[Edge]] = {}
    for edge in edges.values():
        if edge.key not in found:
            for file in directives[edge.source].files:
                free.setdefault(_place(edge, file, directives[edge.target]), []).append(edge)
    for decision in given:
        if decision.edge not in edges:
            place = Place(file=decision.file, kind=decision.kind, target=decision.target)
            for edge in _meant(decision, free.get(place, ()), directives):
                found[edge.key] = decision
    return found


def decision_on(db: Connection, edge: Edge, known: Known) -> Decision | None:
    """What was decided on it; one that was carried over is kept under the keys of today from now on."""
    held = known.held.get(edge.key)
    old = relation_decisions.get(db, held.edge) if held and held.edge != edge.key else None
    if old is not None:
        for key, each in known.held.items():
            if each.edge == old.edge and relation_decisions.get(db, key) is None:
                place = place_of(known.edges[key], known.directives)
                relation_decisions.save(db, key, place, stands=old.stands, by=old.decided_by, now=old.decided_at)
        relation_decisions.drop(db, old.edge)
    return relation_decisions.get(db, edge.key)


def decide(
    db: Connection, edge: Edge, known: Known, *, was: bool | None, stands: bool | None, by: str, now: datetime
) -> None:
    """Whether it stands; None takes back what was decided. ``by``: for the audit log. Raises Stale where something else
    was decided on it than ``was``, by somebody else meanwhile.
    """
    before = decision_on(db, edge, known)
    if (before.stands if before else None) is not was:
        raise Stale
    if was is stands:
        return
    place = place_of(edge, known.directives)
    relation_decisions.save(db, edge.key, place, stands=stands, by=by, now=now)
    facts = {"edge": edge.key, "source": edge.source, "target": edge.target, "kind": edge.relation.kind.value}
    audit.record(db, actor=by, action=_DONE[stands], now=now, **facts)


def _place(edge: Edge, file: str, target: Directive) -> Place:
    number = number_key(target.number) if target.number else target.file
    return Place(file=file, kind=edge.relation.kind.value, target=number)


def _meant(decision: Decision, free: Iterable[Edge], directives: Mapping[DirectiveId, Directive]) -> tuple[Edge, ...]:
    """The nearest of these; none where they name several papers, or, for what was let stand, several parts."""
    ranked = [(_nearness(decision, edge), edge) for edge in free]
    best = max((rank for rank, _ in ranked), default=None)
    nearest = tuple(edge for rank, edge in ranked if rank == best)
    papers = {directives[edge.target].file for edge in nearest}
    parts = {frozenset(edge.relation.articles) for edge in nearest}
    return () if len(papers) > 1 or (decision.stands and len(parts) > 1) else nearest


def _nearness(decision: Decision, edge: Edge) -> tuple[bool, bool, bool, int]:
    source, _, target, articles = (*decision.edge.split("|", _PARTS - 1), "", "", "")[:_PARTS]
    before, now = set(filter(None, articles.split(";"))), set(edge.relation.articles)
    return source == edge.source, target == edge.target, before == now, len(before & now)
