"""What directives are called: their numbers and their titles, looked up without going through all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from index.language.numbers import matches
from index.language.text import fold, printed, syllables
from index.types import Directive, DirectiveId, DocumentNumber

_LEAST = 5
"""Syllables that a type and title have at least where they name a directive."""
_LEAST_FIT, _CLEARLY = 2, 2
"""Syllables of a title that a text says at least behind the type, and more than of any other title."""
_JOINING = frozenset({"ve", "viec", "cua", "cac", "nhung", "mot", "va", "trong", "doi", "voi", "tai", "o", "den"})
_ABOUT_ANOTHER = tuple(words.split() for words in ("sua doi", "bo sung", "bai bo", "thay the", "ban hanh"))
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
        self._named_types: dict[tuple[str, ...], list[Directive]] = defaultdict(list)
        """The syllables of a type's name -> the directives that call themselves so."""
        self._issued: dict[DirectiveId, list[Directive]] = defaultdict(list)
        """A decision -> itself and what is attached to it."""
        for directive in directives:
            self._issued[directive.attached_to or directive.id].append(directive)
            if directive.number:
                self._numbered[_digits(directive.number)].append(directive)
            if directive.type:
                self._typed[directive.type].append(directive)
            if name := tuple(_syllables(directive.type_name or "")):
                self._named_types[name].append(directive)
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
                if directive.id not in found and _is_called(directive, number):
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

    def titled_best(
        self, text: str, *, visible: frozenset[DirectiveId] | None = None, out: frozenset[DirectiveId] = frozenset()
    ) -> list[Directive]:
        """The one directive of a type that stands in a text whose title goes on with the words behind it ("quy chế làm
        việc của Văn phòng"), clearly further than that of any other; empty where there is none.

        ``out``: those that count only where no other fits at all.
        """
        said = _syllables(text)
        fits = [
            (directive.id not in out, fit, directive)
            for name, directives in self._named_types.items()
            for start in _places(name, said)
            for directive in _seen(directives, visible)
            if (fit := _fit(said[start + len(name) :], directive))
        ]
        best = max(fits, key=lambda each: each[:2], default=None)
        if best is None or best[1] < _LEAST_FIT:
            return []
        others = [fit for holds, fit, each in fits if holds == best[0] and each.id != best[2].id]
        return [] if max(others, default=0) > best[1] - _CLEARLY else [best[2]]

    def titled(self, text: str, *, visible: frozenset[DirectiveId] | None = None) -> list[Directive]:
        """The directives whose type and whole title stand in a text, unless they are short."""
        said = _syllables(text)
        titles = {
            " ".join(said[start : start + length])
            for start in range(len(said) - _LEAST + 1)
            for length in self._lengths.get(tuple(said[start : start + _LEAST]), ())
        }
        return [directive for title in titles for directive in _seen(self._titled.get(title, ()), visible)]


def of_type_said(directives: Sequence[Directive], text: str) -> Sequence[Directive]:
    """Of a decision and what was issued with it only what the text calls by its own type ("Quy chế kèm theo Quyết định
    số …"); all of them where it calls none so, or says that the decision issues it ("ban hành quy chế gì").
    """
    if not any(directive.attached_to for directive in directives):
        return directives
    said = " ".join(_syllables(text))
    named = [
        each
        for each in directives
        if each.attached_to and (name := " ".join(_syllables(each.type_name or ""))) and _calls(said, name)
    ]
    return named or directives


def _is_called(directive: Directive, asked: DocumentNumber) -> bool:
    """By the number that it bears, or by its own type and the count of its decision: "quy chế 33"."""
    if matches(asked, directive.number or ""):
        return True
    return directive.attached_to is not None and asked.symbol is None and asked.type == directive.type


def _calls(said: str, name: str) -> bool:
    return re.search(rf"(?<!ban hanh )(?<!kem theo )(?<!\w){re.escape(name)}(?!\w)", said) is not None


def newest_first(directives: Iterable[Directive]) -> list[Directive]:
    """By date, those without one last."""
    return sorted(directives, key=lambda d: (d.date is None, -(d.date.toordinal() if d.date else 0), d.id))


def _places(name: Sequence[str], said: Sequence[str]) -> list[int]:
    """Where a name stands in a text of syllables."""
    return [start for start in range(len(said)) if tuple(said[start : start + len(name)]) == tuple(name)]


def _fit(said: Sequence[str], directive: Directive) -> int:
    """How many syllables at the beginning of a text the title has in this order, two or more side by side; joining
    words count for nothing. A paper about another one ("sửa đổi Quy định …") is meant only where that is said first.
    """
    whole = _syllables(directive.title)
    if whole[:2] in _ABOUT_ANOTHER and list(said[:2]) != whole[:2]:
        return 0
    title, words = ([each for each in text if each not in _JOINING] for text in (whole, said))
    places: list[int] = []
    for syllable in words:
        at = places[-1] + 1 if places else 0
        if syllable not in title[at:]:
            break
        places.append(title.index(syllable, at))
    return sum(place - 1 in places or place + 1 in places for place in places)


def _seen(directives: Iterable[Directive], visible: frozenset[DirectiveId] | None) -> Iterator[Directive]:
    return (directive for directive in directives if visible is None or directive.id in visible)


def _digits(number: str) -> str:
    """The digits that a number begins with, without leading zeros; empty where there are none."""
    return re.split(r"\D", number, maxsplit=1)[0].lstrip("0")


def _syllables(text: str) -> list[str]:
    return syllables(fold(text))
