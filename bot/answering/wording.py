"""How it is said whether a paper holds, and how one stands to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.citation import name_of, spoken_date
from index import Directive, DirectiveId, Edge, Relation, RelationKind, Status

if TYPE_CHECKING:
    from index import Validity

Seen = Callable[[DirectiveId], Directive | None]
"""The directive of an id; None where it may not be seen."""
ENDING: Final = (RelationKind.REPLACES, RelationKind.REPEALS)
_CHANGING: Final = (*ENDING, RelationKind.AMENDS)
_ENDED: Final[Mapping[Status, str]] = {
    Status.REPLACED: texts.HOLDING_REPLACED,
    Status.REPEALED: texts.HOLDING_REPEALED,
}


def dated_name(directive: Directive) -> str:
    day = f" {texts.ON_DATE.format(date=spoken_date(directive.date))}" if directive.date else ""
    return f"{name_of(directive)}{day}"


# -- whether it holds --------------------------------------------------------------------------------------------------


def standing_text(directive: Directive, validity: Validity, *, seen: Seen) -> str:
    """Whether it holds, in a sentence or two. A paper that may not be seen is never named: only that something else
    ended it, or changed a part of it, is said.
    """
    name, standing = dated_name(directive), validity.standing_of(directive.id)
    status, last = standing.status, last_day(directive.id, validity, seen=seen)
    if status in _ENDED:
        by = _sources(standing.edges, seen)
        return _ENDED[status].format(directive=name, by=by) if by else texts.HOLDING_ENDED.format(directive=name)
    if status is Status.EXPIRED:
        ended = texts.HOLDING_EXPIRED.format(directive=name, date=spoken_date(last)) if last else ""
        return " ".join([ended or texts.HOLDING_ENDED.format(directive=name), *_extended(directive, validity, seen)])
    if status is Status.NOT_YET:
        since = f" {texts.HOLDING_NOT_YET_SINCE.format(date=spoken_date(standing.since))}" if standing.since else ""
        return texts.HOLDING_NOT_YET.format(directive=name) + since
    if status is Status.DRAFT:
        return texts.HOLDING_DRAFT.format(directive=name)
    open_ends = [*_coming(directive, validity, seen), *_doubts(directive, validity, seen)]
    if status is Status.AMENDED:
        said = amended_text(name, standing.edges, seen)
    else:
        said = (texts.HOLDING_SO_FAR if open_ends else texts.HOLDING).format(directive=name)
    until = [texts.HOLDING_UNTIL.format(date=spoken_date(last))] if last else []
    return " ".join([said, *open_ends, *_extended(directive, validity, seen), *until])


def last_day(directive: DirectiveId, validity: Validity, *, seen: Seen) -> Date | None:
    """None where it is not known, or a paper that may not be seen has put it off."""
    extending = (edge for edge in validity.edges_to(directive) if edge.relation.kind is RelationKind.EXTENDS)
    is_hidden = any(edge.stands and seen(edge.source) is None for edge in extending)
    return None if is_hidden else validity.standing_of(directive).until


def extending_edges(directive: DirectiveId, validity: Validity) -> list[Edge]:
    """What has put off its last day, newest first."""
    return [
        edge
        for edge in validity.edges_to(directive)
        if edge.stands and edge.relation.kind is RelationKind.EXTENDS
        if edge.since is None or edge.since <= validity.today
    ]


def coming_edges(directive: DirectiveId, validity: Validity) -> list[Edge]:
    """What will end or change it on a later day."""
    return [
        edge
        for edge in validity.edges_to(directive)
        if edge.stands and edge.since and edge.since > validity.today
        if edge.relation.kind in _CHANGING and edge.source not in validity.lapsed
    ]


def doubtful_edges(directive: DirectiveId, validity: Validity) -> list[Edge]:
    """What may have ended or changed it, and waits for an administrator."""
    return [edge for edge in validity.edges_to(directive) if edge.proposed and edge.relation.kind in _CHANGING]


def in_print(edges: Iterable[Edge]) -> list[Edge]:
    """The sources in this order, what each says in the order of its text."""
    listed = list(edges)
    order = list(dict.fromkeys(edge.source for edge in listed))
    return sorted(
        listed, key=lambda edge: (order.index(edge.source), edge.relation.span.start if edge.relation.span else 0)
    )


def _extended(directive: Directive, validity: Validity, seen: Seen) -> list[str]:
    by = _sources(extending_edges(directive.id, validity), seen)
    return [texts.HOLDING_EXTENDED.format(by=by)] if by else []


def _coming(directive: Directive, validity: Validity, seen: Seen) -> list[str]:
    told: dict[tuple[Date, RelationKind, str], list[str]] = {}
    for edge in coming_edges(directive.id, validity):
        source = seen(edge.source)
        if source and edge.since:
            told.setdefault((edge.since, edge.relation.kind, dated_name(source)), []).extend(edge.relation.articles)
    return [
        texts.HOLDING_COMING.format(how=passive_in(kind, parts, by), date=spoken_date(day))
        for (day, kind, by), parts in told.items()
    ]


def _doubts(directive: Directive, validity: Validity, seen: Seen) -> list[str]:
    sources = (seen(edge.source) for edge in doubtful_edges(directive.id, validity))
    papers = {source.id: dated_name(source) for source in sources if source}
    return [texts.HOLDING_IN_DOUBT.format(papers="; ".join(papers.values()))] if papers else []


def amended_text(name: str, edges: Iterable[Edge], seen: Seen) -> str:
    changed: dict[tuple[RelationKind, str], list[str]] = {}
    for edge in in_print(edges):
        if by := _sources([edge], seen):
            changed.setdefault((edge.relation.kind, by), []).extend(edge.relation.articles)
    if not changed:
        return texts.HOLDING_CHANGED.format(directive=name)
    how = (passive_in(kind, parts, by) for (kind, by), parts in changed.items())
    return texts.HOLDING_AMENDED.format(directive=name, how="; ".join(how))


def _sources(edges: Iterable[Edge], seen: Seen) -> str:
    """Those that may be seen, each with the day from which it counts."""
    named = {edge.source: _with_day(source, edge) for edge in edges if (source := seen(edge.source))}
    return "; ".join(named.values())


def _with_day(source: Directive, edge: Edge) -> str:
    name = dated_name(source)
    return f"{name}, {texts.HOLDING_SINCE.format(date=spoken_date(edge.since))}" if edge.since else name


# -- what one does to another ------------------------------------------------------------------------------------------


def active(relation: Relation, other: str) -> str:
    """What its directive does to the other one: ``sửa đổi, bổ sung Điều 5 của …``."""
    return active_in(relation.kind, relation.articles, other)


def active_in(kind: RelationKind, parts: Iterable[str], other: str) -> str:
    articles = ", ".join(dict.fromkeys(parts))
    whole = f"{articles} {texts.RELATION_OF} " if articles else ""
    return texts.RELATION_ACTIVE[kind].format(articles=whole, other=other)


def passive(relation: Relation, other: str) -> str:
    """What is done by the other one: ``được thay thế bởi …``."""
    return passive_in(relation.kind, relation.articles, other)


def passive_in(kind: RelationKind, parts: Iterable[str], other: str) -> str:
    articles = ", ".join(dict.fromkeys(parts))
    return texts.RELATION_PASSIVE[kind].format(articles=f"{articles} " if articles else "", other=other)


def since_text(edge: Edge) -> str:
    """The day from which it counts, or until which an extension goes, in brackets."""
    if edge.relation.kind is RelationKind.EXTENDS:
        day, words = edge.relation.date, texts.RELATION_UNTIL
    else:
        day, words = (edge.since if edge.relation.kind is not RelationKind.IMPLEMENTS else None), texts.RELATION_SINCE
    return f" {words.format(date=spoken_date(day))}" if day else ""
