"""``ask --explain``: what was made of a question, step by step, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot import texts
from index import TYPE_NAMES, fold

if TYPE_CHECKING:
    from index import Explained


def explained_lines(explained: Explained) -> Iterator[str]:
    """What was read otherwise than typed, what is looked for, and of which papers."""
    yield texts.EXPLAIN_TITLE
    for step in explained.steps:
        yield texts.EXPLAIN_STEP.format(step=texts.EXPLAIN_STEPS[step.kind], typed=step.typed, read=step.read)
    yield texts.EXPLAIN_WORDING.format(wording=explained.wording)
    if explained.numbers:
        yield texts.EXPLAIN_NUMBERS.format(numbers=", ".join(explained.numbers))
    if explained.places:
        yield texts.EXPLAIN_PLACES.format(places=", ".join(explained.places))
    yield texts.EXPLAIN_TERMS.format(terms=" · ".join(term.word for term in explained.terms) or texts.EXPLAIN_NOTHING)
    for formal in dict.fromkeys(term.formal for term in explained.terms if term.formal):
        said = " ".join(term.word for term in explained.terms if term.formal == formal)
        yield texts.EXPLAIN_FORMAL.format(said=said, formal=", ".join(formal))
    yield from _told(explained)


def _told(explained: Explained) -> Iterator[str]:
    filters = explained.filters
    told = [_named(each) for each in filters.types]
    if filters.year:
        told.append(f"{filters.month}/{filters.year}" if filters.month else str(filters.year))
    told += [" ".join(filters.issuer)] if filters.issuer else []
    told += [texts.EXPLAIN_NEWEST] if filters.newest else []
    told += [texts.EXPLAIN_PAST] if explained.past else []
    told += [texts.EXPLAIN_DRAFT] if explained.draft else []
    if told:
        yield texts.EXPLAIN_FILTERS.format(filters="; ".join(told))
    if explained.expected:
        yield texts.EXPLAIN_EXPECTED.format(
            expected=", ".join(texts.EXPLAIN_KINDS[each] for each in explained.expected)
        )


def _named(folded: str) -> str:
    """The name of a type with its accents."""
    return next((name for name in TYPE_NAMES.values() if fold(name) == folded), folded)
