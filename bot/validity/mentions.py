"""What papers say of one that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answering.wording import dated_name, passive
from bot.validity.register import Known
from index import Directive, DirectiveId, DocumentNumber, Relation, find_numbers


def mentions(
    numbers: Sequence[DocumentNumber], known: Known, *, visible: frozenset[DirectiveId]
) -> Iterator[tuple[Directive, Relation, str]]:
    """Each visible directive that names one of these numbers in a relation, the relation, and how that is said of the
    paper named: ``được thay thế bởi …``. A draft says nothing.
    """
    for directive in known.directives.values():
        if directive.id not in visible or directive.draft:
            continue
        for relation in known.relations.get(directive.id, ()):
            if relation.explicit and any(_is_named(number, relation) for number in numbers):
                yield directive, relation, passive(relation, dated_name(directive))


def _is_named(number: DocumentNumber, relation: Relation) -> bool:
    if relation.reference is None or relation.reference.number is None:
        return False
    return any(_is_same(number, other) for other in find_numbers(relation.reference.number))


def _is_same(typed: DocumentNumber, printed: DocumentNumber) -> bool:
    if typed.symbol:
        return typed.symbol == printed.symbol
    return typed.number.lstrip("0") == printed.number.lstrip("0") and printed.type in (typed.type, *typed.candidates)
