"""What directives are called: their numbers and their titles, looked up without going through all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.language.numbers import matches
from index.language.text import fold, printed, syllables
from index.types import Directive, DirectiveId, DocumentNumber

_LEAST = 5
"""Syllables that a type and title have at least where they name a directive."""
_NUMBER = re.compile(r"\d+")


class Names:
    """The names of some directives, which never change.

    ``visible``: the only directives that count, None for all. What is found stands in no order.
    """

    def __init__(self, directives: Iterable[Directive]) -> None:
        self._numbered: dict[str, list[Directive]] = defaultdict(list)
        self._typed: dict[str, list[Directive]] = defaultdict(list)
        self._titled: dict[str, list[Directive]] = defaultdict(list)
        self._lengths: dict[tuple[str, ...], set[int]] = defaultdict(set)
        """The first syllables of titles -> how many syllables these titles have."""
        self._issued: dict[DirectiveId, list[Directive]] = defaultdict(list)
        """A decision -> itself and what is attached to it."""
        for directive in directives:
            self._issued[directive.attached_to or directive.id].append(directive)
            if directive.number:
                self._numbered[_digits(directive.number)].append(directive)
            if directive.type:
                self._typed[directive.type].append(directive)
            title = _syllables(f"{directive.type_name or ''} {directive.title}")
            if len(title) >= _LEAST:
                self._titled[" ".join(title)].append(directive)
                self._lengths[tuple(title[:_LEAST])].add(len(title))

    def numbered(
        self, asked: Iterable[DocumentNumber], *, visible: frozenset[DirectiveId] | None = None
    ) -> list[Directive]:
        """The directives whose number one of these may mean."""
        found: dict[DirectiveId, Directive] = {}
        for number in asked:
            for directive in _seen(self._numbered.get(_digits(number.number), ()), visible):
                if directive.id not in found and matches(number, directive.number or ""):
                    found[directive.id] = directive
        return list(found.values())

    def issued_with(self, directive: Directive) -> list[Directive]:
        """The decision that a paper is attached to, what is attached to a decision: without the paper itself."""
        together = self._issued.get(directive.attached_to or directive.id, ())
        return [each for each in together if each.id != directive.id]

    def beginning_with(self, digits: str, *, visible: frozenset[DirectiveId] | None = None) -> list[Directive]:
        """The directives whose number begins with these digits, without leading zeros, and no further one."""
        return list(_seen(self._numbered.get(digits, ()), visible)) if digits else []

    def like(self, asked: DocumentNumber, *, visible: frozenset[DirectiveId] | None = None) -> list[Directive]:
        """What may be meant by a number that none carries: the same digits, then the same type; newest first each."""
        alike = newest_first(self.beginning_with(_digits(asked.number), visible=visible))
        return [*alike, *newest_first(_seen(self._typed.get(asked.type, ()), visible))]

    def carried(self, text: str, *, visible: frozenset[DirectiveId] | None = None) -> frozenset[str]:
        """Those of the numbers in a text, without leading zeros, with which the number of a directive begins."""
        runs = {run.lstrip("0") for run in _NUMBER.findall(printed(text))} - {""}
        return frozenset(run for run in runs if any(True for _ in _seen(self._numbered.get(run, ()), visible)))

    def titled(self, text: str, *, visible: frozenset[DirectiveId] | None = None) -> list[Directive]:
        """The directives whose type and whole title stand in a text, unless they are short."""
        said = _syllables(text)
        titles = {
            " ".join(said[start : start + length])
            for start in range(len(said) - _LEAST + 1)
            for length in self._lengths.get(tuple(said[start : start + _LEAST]), ())
        }
        return [directive for title in titles for directive in _seen(self._titled.get(title, ()), visible)]


def newest_first(directives: Iterable[Directive]) -> list[Directive]:
    """By date, those without one last."""
    return sorted(directives, key=lambda d: (d.date is None, -(d.date.toordinal() if d.date else 0), d.id))


def _seen(directives: Iterable[Directive], visible: frozenset[DirectiveId] | None) -> Iterator[Directive]:
    return (directive for directive in directives if visible is None or directive.id in visible)


def _digits(number: str) -> str:
    """The digits that a number begins with, without leading zeros; empty where there are none."""
    return re.split(r"\D", number, maxsplit=1)[0].lstrip("0")


def _syllables(text: str) -> list[str]:
    return syllables(fold(text))
