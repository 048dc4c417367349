"""A question by a number that several directives bear: which of them is meant, or that it has to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answering import naming
from bot.answering.citation import full_name_of, spoken_date
from index import Directive, DirectiveId, fold, newest_first

if TYPE_CHECKING:
    from index import Library


_WORD = re.compile(r"[\w/-]*\w")


def bearers(library: Library, question: str, *, visible: frozenset[DirectiveId]) -> tuple[Directive, ...]:
    """The visible directives that the one ambiguous number of a question may mean, newest first.

    Empty where no number is ambiguous, or more than one is. A decision and what was issued with it share one number,
    which is not ambiguous for that.
    """
    found = [
        library.find(number.symbol or f"{number.type} {number.number}", visible=visible)
        for number in naming.numbers_in(question)
    ]
    if naming.may_name_bare(question):
        found += naming.spelled_out(question, library.list(visible=visible))[1].values()
    ambiguous = {
        frozenset(directive.id for directive in each): each for each in found if len(set(map(matter, each))) > 1
    }
    return tuple(newest_first(next(iter(ambiguous.values())))) if len(ambiguous) == 1 else ()


def matter(directive: Directive) -> DirectiveId:
    """The same for a decision and what was issued with it."""
    return directive.attached_to or directive.id


def by_matter(directives: Sequence[Directive]) -> tuple[Directive, ...]:
    """Of each decision and what was issued with it only the decision, in the given order."""
    known = {directive.id for directive in directives}
    return tuple(directive for directive in directives if directive.attached_to not in known)


def named_among(directives: Sequence[Directive], question: str) -> tuple[Directive, ...]:
    """Those whose date the question says, else those whose whole issuer, where not all have the same."""
    words = _words(question)
    if dated := tuple(directive for directive in directives if _says_date(words, directive)):
        return dated
    issuers = {_words(directive.issuer or "") for directive in directives}
    said = [issuer for issuer in issuers if issuer.strip() and issuer in words]
    whole = {issuer for issuer in said if not any(issuer in other for other in said if other != issuer)}
    if len(issuers) < 2:
        return ()
    return tuple(directive for directive in directives if _words(directive.issuer or "") in whole)


def chosen_from(directives: Sequence[Directive], text: str) -> Directive | None:
    """The one whose full name is, or holds, what was typed or pressed."""
    typed = _words(text)
    exact = [directive for directive in directives if _words(full_name_of(directive)) == typed]
    fitting = exact or [directive for directive in directives if typed in _words(full_name_of(directive))]
    return fitting[0] if len(fitting) == 1 else None


def _says_date(words: str, directive: Directive) -> bool:
    """``16/5/2023``, or the year right behind the number: ``20-CT/TU năm 2023``."""
    if directive.date is None:
        return False
    day = directive.date
    spellings = {spoken_date(day), f"{day.day}/{day.month}/{day.year}", f"{day.day:02}/{day.month:02}/{day.year}"}
    if any(f" {spelling} " in words for spelling in spellings):
        return True
    return bool(re.search(rf" \d+[\w/-]* (?:ban hanh )?nam {day.year} ", words))


def _words(text: str) -> str:
    """Folded, with a space at both ends."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
