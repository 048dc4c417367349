"""What a choice of a list shows where there are no members: a directive, a place of it, or the next page."""

from __future__ import annotations

import re
from typing import Final

from bot import texts
from bot.answering import naming
from bot.answering.answer import Answer, remark
from bot.answering.citation import name_of
from bot.answering.conversation import Conversation
from bot.answering.corpus import answer_corpus, asked_corpus
from bot.answering.dialogue import respond
from bot.answering.listed import listed_page
from bot.answering.related import open_place
from bot.answering.standings import Standings
from index import DirectiveId, newest_first

TURN: Final = re.compile(r"trang (\d{1,6})(?:\s+|$)", re.IGNORECASE)


def answer_choice(arguments: str, conversation: Conversation, standings: Standings) -> tuple[Answer, Conversation]:
    """What stands behind ``/vanban``: an id, perhaps with a place, else a page and the question that it belongs to."""
    turned = TURN.match(arguments)
    words = arguments[turned.end() if turned else 0 :].strip()
    chosen, _, place = words.partition(" ")
    directive = None if turned else standings.seen(DirectiveId(chosen))
    if directive:
        if place and (opened := open_place(directive, place, standings)):
            return opened, conversation.model_copy(update={"focus": opened.quotes[0]})
        question = directive.number or name_of(directive)
        alone = frozenset({directive.id})
        return respond(standings.library, conversation, question, validity=standings.validity, visible=alone)
    page = int(turned[1]) if turned else 1
    selection = None if naming.numbers_in(words) else asked_corpus(words, standings)
    if selection and (answer := answer_corpus(selection, standings, words=words, page=page)):
        return answer, conversation
    listed = [] if words else newest_first(standings.library.list(visible=standings.visible))
    if not listed:
        return remark(texts.NO_DIRECTIVES), conversation
    said = [texts.DIRECTIVES_LISTED.format(count=len(listed))]
    return listed_page(listed, page, said=said, words="", standings=standings, answered=False), conversation
