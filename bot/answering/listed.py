"""Directives as a list to choose from, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import citation
from bot.answering.answer import Answer
from bot.messages import Choice, Choices, Reply, say

if TYPE_CHECKING:
    from bot.answering.standings import Standings
    from index import Directive

PAGE: Final = 10
LABEL_LIMIT: Final = 120
COMMAND: Final = "/vanban"


def listed_page(
    found: Sequence[Directive], page: int, *, said: Sequence[str], words: str, standings: Standings, answered: bool
) -> Answer:
    """``words``: what the next page is asked for with. ``page``: from 1; one beyond the last is the last."""
    pages = -(-len(found) // PAGE)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    paging = texts.DIRECTIVES_PAGE.format(page=page, pages=pages) if pages > 1 else ""
    choices = [Choice(label=label_of(each, standings), send=f"{COMMAND} {each.id}") for each in shown]
    if page < pages:
        choices.append(Choice(label=texts.DIRECTIVES_NEXT, send=f"{COMMAND} trang {page + 1} {words}".strip()))
    named = tuple(each.id for each in shown)
    blocks = (*say(*said, paging).blocks, Choices(choices=tuple(choices), directives=named))
    return Answer(answered=answered, reply=Reply(blocks=blocks))


def label_of(directive: Directive, standings: Standings) -> str:
    title = f": {directive.title}" if directive.number and directive.title else ""
    day = citation.spoken_date(directive.date) if directive.date else ""
    said = ", ".join(filter(None, (day, standings.mark_of(directive.id))))
    behind = f" ({said})" if said else ""
    return citation.shorten(f"{citation.name_of(directive)}{behind}{title}", LABEL_LIMIT)
