"""``/vanban``: the list of directives, as far as the asker may see them here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import citation, naming
from bot.answering.answer import Answer
from bot.answering.standings import Standings
from bot.asking.service import Asking
from bot.asking.sight import View
from bot.department import Command, Department, Outcome, Request, told
from bot.messages import Choice, Choices, Reply, say
from index import Directive, DirectiveId, fold, newest_first

if TYPE_CHECKING:
    from index import Library

PAGE: Final = 10
_LABEL_LIMIT: Final = 120
_TURN: Final = re.compile(r"trang (\d{1,6})(?:\s+|$)", re.IGNORECASE)


class Listing:
    """A choice of the list sends ``/vanban`` with the directive's id, which says nothing to whoever may not see it."""

    def __init__(self, library: Library, asking: Asking) -> None:
        self._library = library
        self._asking = asking

    def department(self) -> Department:
        command = Command(
            names=("vanban",),
            answer=self.list,
            rank=self._asking.sight.rank,
            phrases=("danh sach van ban", "danh muc van ban", "cac van ban", "co nhung van ban nao"),
        )
        return Department(commands=(command,))

    def list(self, request: Request) -> Outcome:
        view = self._asking.sight.of(request)
        turned = _TURN.match(request.arguments)
        words = " ".join(request.arguments[turned.end() if turned else 0 :].split())
        if not turned and view.shows(words):
            return self._asking.about(request, view.directives[DirectiveId(words)], view=view)
        found = self._matching(words, view)
        if not found:
            return told(texts.NO_DIRECTIVES, writes=view.checks)
        page = min(max(int(turned[1]) if turned else 1, 1), -(-len(found) // PAGE))
        return Outcome(_page(found, page, words=words, standings=view.standings), writes=view.checks)

    def _matching(self, words: str, view: View) -> Sequence[Directive]:
        """By number where one is typed, else those whose name, issuer or year holds all the words; newest first."""
        numbers = naming.numbers_in(words)
        if numbers:
            symbols = (number.symbol or f"{number.type} {number.number}" for number in numbers)
            found = {each.id: each for symbol in symbols for each in self._library.find(symbol, visible=view.shown)}
            return newest_first(found.values())
        asked = _words(words)
        return newest_first(each for each in view.listed() if _words_of(each).issuperset(asked))


def _page(found: Sequence[Directive], page: int, *, words: str, standings: Standings) -> Answer:
    pages = -(-len(found) // PAGE)
    opening = texts.DIRECTIVES_FOUND if words else texts.DIRECTIVES_LISTED
    said = say(
        opening.format(count=len(found), words=words),
        texts.DIRECTIVES_PAGE.format(page=page, pages=pages) if pages > 1 else "",
    )
    choices = [
        Choice(label=_label(directive, standings), send=f"/vanban {directive.id}")
        for directive in found[(page - 1) * PAGE : page * PAGE]
    ]
    if page < pages:
        choices.append(Choice(label=texts.DIRECTIVES_NEXT, send=f"/vanban trang {page + 1} {words}".strip()))
    return Answer(answered=False, reply=Reply(blocks=(*said.blocks, Choices(choices=tuple(choices)))))


def _label(directive: Directive, standings: Standings) -> str:
    title = f": {directive.title}" if directive.number and directive.title else ""
    day = citation.spoken_date(directive.date) if directive.date else ""
    said = ", ".join(filter(None, (day, standings.mark_of(directive.id))))
    behind = f" ({said})" if said else ""
    return citation.shorten(f"{citation.name_of(directive)}{behind}{title}", _LABEL_LIMIT)


def _words_of(directive: Directive) -> frozenset[str]:
    """Folded; of figures only the directive's own number and year."""
    said = f"{citation.name_of(directive)} {directive.issuer or ''} {directive.title}"
    words = {word for word in _words(said) if not word.isdecimal()}
    count = _words(directive.number or "")[:1]
    return frozenset({*words, *count, *([str(directive.date.year)] if directive.date else [])})


def _words(text: str) -> list[str]:
    return [word.lstrip("0") for word in re.findall(r"\w+", fold(text))]
