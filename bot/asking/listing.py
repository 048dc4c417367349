"""``/vanban``: the list of directives, as far as the asker may see them here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import texts
from bot.answering import citation, naming
from bot.answering.answer import Answer
from bot.answering.choosing import TURN
from bot.answering.corpus import answer_corpus, asked_corpus
from bot.answering.listed import listed_page
from bot.asking.service import Asking
from bot.asking.sight import View
from bot.department import Command, Department, Outcome, Request, told
from index import Directive, DirectiveId, fold, newest_first

if TYPE_CHECKING:
    from index import Library


class Listing:
    """A choice of the list sends ``/vanban`` with the directive's id, which says nothing to whoever may not see it;
    behind the id a place of it may stand.
    """

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
        turned = TURN.match(request.arguments)
        words = " ".join(request.arguments[turned.end() if turned else 0 :].split())
        chosen, _, place = words.partition(" ")
        if not turned and view.shows(chosen):
            return self._asking.about(request, view.directives[DirectiveId(chosen)], view=view, place=place)
        page = int(turned[1]) if turned else 1
        if selected := self._selected(words, page, view):
            return Outcome(selected, writes=view.checks)
        found = self._matching(words, view)
        if not found:
            return told(texts.NO_DIRECTIVES, writes=view.checks)
        opening = texts.DIRECTIVES_FOUND if words else texts.DIRECTIVES_LISTED
        said = [opening.format(count=len(found), words=words)]
        listed = listed_page(found, page, said=said, words=words, standings=view.standings, answered=False)
        return Outcome(listed, writes=view.checks)

    def _selected(self, words: str, page: int, view: View) -> Answer | None:
        """What a question about the corpus itself selects: the further pages of its answer are asked for with it."""
        selection = None if naming.numbers_in(words) else asked_corpus(words, view.standings)
        return answer_corpus(selection, view.standings, words=words, page=page) if selection else None

    def _matching(self, words: str, view: View) -> Sequence[Directive]:
        """By number where one is typed, else those whose name, issuer or year holds all the words; newest first."""
        numbers = naming.numbers_in(words)
        if numbers:
            symbols = (number.symbol or f"{number.type} {number.number}" for number in numbers)
            found = {each.id: each for symbol in symbols for each in self._library.find(symbol, visible=view.shown)}
            return newest_first(found.values())
        asked = _words(words)
        return newest_first(each for each in view.listed() if _words_of(each).issuperset(asked))


def _words_of(directive: Directive) -> frozenset[str]:
    """Folded; of figures only the directive's own number and year."""
    said = f"{citation.name_of(directive)} {directive.issuer or ''} {directive.title}"
    words = {word for word in _words(said) if not word.isdecimal()}
    count = _words(directive.number or "")[:1]
    return frozenset({*words, *count, *([str(directive.date.year)] if directive.date else [])})


def _words(text: str) -> list[str]:
    return [word.lstrip("0") for word in re.findall(r"\w+", fold(text))]
