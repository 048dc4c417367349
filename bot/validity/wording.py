"""How it is said whether a directive holds, and how one stands to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from typing import Final

from bot import texts
from bot.answering.citation import name_of, spoken_date
from bot.answering.standings import ENDING
from bot.validity.register import Known
from index import Directive, DirectiveId, Edge, Relation, RelationKind, Standing, Status

_OWN_TERM: Final = (RelationKind.IN_FORCE_FROM, RelationKind.EXPIRES_ON)
_ENDED: Final[Mapping[Status, str]] = {
    Status.REPLACED: texts.HOLDING_REPLACED,
    Status.REPEALED: texts.HOLDING_REPEALED,
}


def dated_name(directive: Directive) -> str:
    day = f" {texts.ON_DATE.format(date=spoken_date(directive.date))}" if directive.date else ""
    return f"{name_of(directive)}{day}"


def standing_text(directive: Directive, known: Known, standing: Standing, *, visible: frozenset[DirectiveId]) -> str:
    """Whether it holds, in a sentence or two. A paper that may not be seen is never named: only that something else
    ended it, or changed a part of it, is said.
    """
    name, status = dated_name(directive), standing.status
    told = [edge for edge in standing.edges if edge.source in visible]
    if status in _ENDED:
        by = _sources(told, known)
        return _ENDED[status].format(directive=name, by=by) if by else texts.HOLDING_ENDED.format(directive=name)
    if status is Status.EXPIRED:
        last = _last_day(directive, known, standing, visible)
        if last is None:
            return texts.HOLDING_ENDED.format(directive=name)
        return texts.HOLDING_EXPIRED.format(directive=name, date=spoken_date(last))
    if status is Status.NOT_YET:
        since = f" {texts.HOLDING_NOT_YET_SINCE.format(date=spoken_date(standing.since))}" if standing.since else ""
        return texts.HOLDING_NOT_YET.format(directive=name) + since
    if status is Status.DRAFT:
        return texts.HOLDING_DRAFT.format(directive=name)
    coming, doubts = _coming_end(directive, known, visible=visible), _doubts(directive, known, visible=visible)
    if status is Status.AMENDED:
        said = _amended(name, told, known)
    else:
        said = (texts.HOLDING_SO_FAR if coming or doubts else texts.HOLDING).format(directive=name)
    last = _last_day(directive, known, standing, visible)
    until = [texts.HOLDING_UNTIL.format(date=spoken_date(last))] if last else []
    return " ".join([said, *coming, *until, *doubts])


def _sources(edges: list[Edge], known: Known) -> str:
    named = {edge.source: _with_day(dated_name(known.directives[edge.source]), edge) for edge in edges}
    return "; ".join(named.values())


def _with_day(name: str, edge: Edge) -> str:
    return f"{name}, {texts.HOLDING_SINCE.format(date=spoken_date(edge.since))}" if edge.since else name


def _amended(name: str, told: list[Edge], known: Known) -> str:
    if not told:
        return texts.HOLDING_CHANGED.format(directive=name)
    how = (passive(edge.relation, _with_day(dated_name(known.directives[edge.source]), edge)) for edge in told)
    return texts.HOLDING_AMENDED.format(directive=name, how="; ".join(dict.fromkeys(how)))


def _last_day(directive: Directive, known: Known, standing: Standing, visible: frozenset[DirectiveId]) -> Date | None:
    """None where it is not known, or a paper that may not be seen has put it off."""
    extending = (edge for edge in known.validity.edges_to(directive.id) if edge.relation.kind is RelationKind.EXTENDS)
    hidden = any(edge.stands and edge.source not in visible for edge in extending)
    return None if hidden else standing.until


def _coming_end(directive: Directive, known: Known, *, visible: frozenset[DirectiveId]) -> list[str]:
    """What will end or change it on a later day."""
    return [
        texts.HOLDING_COMING.format(
            how=passive(edge.relation, dated_name(known.directives[edge.source])),
            date=spoken_date(edge.since),
        )
        for edge in known.validity.edges_to(directive.id)
        if edge.stands and edge.since and edge.since > known.today
        if edge.source in visible and edge.source not in known.validity.lapsed
        if edge.relation.kind in (*ENDING, RelationKind.AMENDS)
    ]


def _doubts(directive: Directive, known: Known, *, visible: frozenset[DirectiveId]) -> list[str]:
    """What may have ended or changed it, and waits for an administrator."""
    papers = {
        edge.source: dated_name(known.directives[edge.source])
        for edge in known.validity.edges_to(directive.id)
        if edge.proposed and edge.source in visible and edge.relation.kind in (*ENDING, RelationKind.AMENDS)
    }
    return [texts.HOLDING_IN_DOUBT.format(papers="; ".join(papers.values()))] if papers else []


# -- edges -------------------------------------------------------------------------------------------------------------


def says(edge: Edge, known: Known) -> str:
    """``Chỉ thị 09-CT/TU ngày … thay thế Chỉ thị 24-CT/TU ngày …``"""
    target = known.directives[edge.target]
    return f"{dated_name(known.directives[edge.source])} {active(edge.relation, dated_name(target))}{since_text(edge)}"


def active(relation: Relation, other: str) -> str:
    """What its directive does to the other one: ``sửa đổi, bổ sung Điều 5 của …``."""
    articles = f"{', '.join(relation.articles)} {texts.RELATION_OF} " if relation.articles else ""
    return texts.RELATION_ACTIVE[relation.kind].format(articles=articles, other=other)


def passive(relation: Relation, other: str) -> str:
    """What is done by the other one: ``được thay thế bởi …``."""
    articles = f"{', '.join(relation.articles)} " if relation.articles else ""
    return texts.RELATION_PASSIVE[relation.kind].format(articles=articles, other=other)


def since_text(edge: Edge) -> str:
    """The day from which it counts, or until which an extension goes, in brackets."""
    if edge.relation.kind is RelationKind.EXTENDS:
        day, words = edge.relation.date, texts.RELATION_UNTIL
    else:
        day, words = (edge.since if edge.relation.kind is not RelationKind.IMPLEMENTS else None), texts.RELATION_SINCE
    return f" {words.format(date=spoken_date(day))}" if day else ""


def term_lines(relations: tuple[Relation, ...]) -> list[str]:
    """What a directive says of its own term."""
    return [
        texts.OWN_TERM[relation.kind].format(date=spoken_date(relation.date))
        for relation in relations
        if relation.kind in _OWN_TERM and relation.date
    ]


def year_of(day: Date | None) -> str:
    return str(day.year) if day else ""
