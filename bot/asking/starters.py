"""Questions to begin with: a few that the library answers for certain, out of what the asker may see."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.citation import name_of
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.answering.standings import Standings
from bot.messages import Choice, Choices
from index import Directive, DirectiveId, SectionKind, newest_first

if TYPE_CHECKING:
    from index import Library, Validity

MOST: Final = 4
_TRIED: Final = 12
_KEPT: Final = 64
_HEADING_WORDS: Final = (2, 12)
_HEADED: Final = (SectionKind.ARTICLE, SectionKind.ROMAN, SectionKind.NUMBER, SectionKind.DIVISION)

Visible = frozenset[DirectiveId]


class Starters:
    """Keeps what it found for a snapshot, what is visible of it, and what of that holds."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[tuple[str, Visible, Visible], Choices | None] = OrderedDict()
        self._lock = Lock()

    def offered(self, visible: Visible, *, validity: Validity) -> Choices | None:
        """At most `MOST`, of papers that hold; None where nothing can be asked."""
        standings = Standings(self._library, validity, visible)
        out = (standings.lapsed | standings.pending) & visible
        key = self._library.info(visible=visible).snapshot, visible, out
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._find(visible, standings)
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]

    def _find(self, visible: Visible, standings: Standings) -> Choices | None:
        directives = self._library.list(visible=visible)
        bearers = Counter(directive.number for directive in directives)
        held = (each for each in newest_first(directives) if standings.holds(each.id))
        tried = [each for each in held if each.number and bearers[each.number] == 1][:_TRIED]
        found: list[str] = []
        for turn, directive in enumerate((*tried, *tried)):  # a second one of each, where there are few
            questions = (each for each in self._questions(directive, visible, turn=turn) if each not in found)
            good = next((each for each in questions if self._is_answered(each, directive, standings)), None)
            found += [good] if good else []
            if len(found) == MOST:
                break
        return Choices(choices=tuple(Choice(label=each, send=each) for each in found)) if found else None

    def _questions(self, directive: Directive, visible: Visible, *, turn: int) -> Iterator[str]:
        """A different kind first at every turn."""
        name = name_of(directive)
        kinds = [texts.STARTER_ABOUT.format(directive=name), *self._by_heading(directive, name, visible)[:1]]
        kinds += [texts.STARTER_DATE.format(directive=name), texts.STARTER_SIGNER.format(directive=name)]
        first = turn % len(kinds)
        yield from (*kinds[first:], *kinds[:first])

    def _by_heading(self, directive: Directive, name: str, visible: Visible) -> list[str]:
        printed = self._library.printed(directive.id, visible=visible)
        headings = [section.heading for section in printed.sections if section.kind in _HEADED] if printed else []
        least, most = _HEADING_WORDS
        return [
            texts.STARTER_HEADING.format(directive=name, heading=heading[0].lower() + heading[1:])
            for heading in (each.strip(" .:;") for each in headings)
            if least <= len(heading.split()) <= most and not heading.isupper()
        ]

    def _is_answered(self, question: str, directive: Directive, standings: Standings) -> bool:
        answer, _ = respond(
            self._library, Conversation(), question, validity=standings.validity, visible=standings.visible
        )
        return answer.answered and {quote.directive.id for quote in answer.quotes} == {directive.id}
