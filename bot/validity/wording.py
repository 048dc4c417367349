"""What is known of papers and of their edges, in a sentence each."""

from __future__ import annotations

from datetime import date as Date
from typing import Final

from bot import texts
from bot.answering import wording
from bot.answering.citation import spoken_date
from bot.answering.wording import active, dated_name, since_text
from bot.validity.register import Known
from index import Directive, DirectiveId, Edge, Relation, RelationKind

_OWN_TERM: Final = (RelationKind.IN_FORCE_FROM, RelationKind.EXPIRES_ON)


def standing_text(directive: Directive, known: Known, *, visible: frozenset[DirectiveId]) -> str:
    """Whether it holds, as far as somebody may be told who sees these."""
    return standing_told(directive, known, visible=visible)[0]


def standing_told(
    directive: Directive, known: Known, *, visible: frozenset[DirectiveId]
) -> tuple[str, tuple[DirectiveId, ...]]:
    """The same, and the papers that it may name."""
    named = {directive.id: None}

    def seen(source: DirectiveId) -> Directive | None:
        if source not in visible:
            return None
        named[source] = None
        return known.directives[source]

    text = wording.standing_text(directive, known.validity, seen=seen)
    return text, tuple(named)


def says(edge: Edge, known: Known) -> str:
    """``Chỉ thị 09-CT/TU ngày … thay thế Chỉ thị 24-CT/TU ngày …``"""
    target = known.directives[edge.target]
    return f"{dated_name(known.directives[edge.source])} {active(edge.relation, dated_name(target))}{since_text(edge)}"


def term_lines(relations: tuple[Relation, ...]) -> list[str]:
    """What a directive says of its own term."""
    return [
        texts.OWN_TERM[relation.kind].format(date=spoken_date(relation.date))
        for relation in relations
        if relation.kind in _OWN_TERM and relation.date
    ]


def year_of(day: Date | None) -> str:
    return str(day.year) if day else ""
