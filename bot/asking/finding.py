"""What the library, or the office, says to a question: what the asker may see, and no more than the chat shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot import texts
from bot.answering import conversation as talk
from bot.answering import naming, phrases
from bot.answering.answer import Answer, with_amending
from bot.answering.conversation import Conversation, Turn
from bot.answering.dialogue import respond
from bot.asking.sight import View
from bot.messages import Choices, Link, Reply, Text, say
from bot.state.office_answers import OfficeAnswer
from index import DirectiveId, Quote

if TYPE_CHECKING:
    from index import Library

_LEAST_SYLLABLES: Final = 2


class Found(NamedTuple):
    """``answer`` None: the best that the asker may see lies above what this chat shows. ``conversation``: after it."""

    answer: Answer | None
    conversation: Conversation


def find_answer(library: Library, conversation: Conversation, question: str, *, view: View) -> Found:
    answer, after = respond(library, conversation, question, validity=view.validity, visible=view.shown)
    if view.own != view.shown:
        own, own_after = respond(library, conversation, question, validity=view.validity, visible=view.own)
        named = own_after.focus if own_after.focus != conversation.focus else None  # in vain, where nothing is quoted
        best = own.quotes[0] if own.quotes else named
        if view.is_above(best.directive.id) if best else _says_more(own, answer):
            return Found(None, conversation)
    return Found(answer, after)


def _says_more(own: Answer, shown: Answer) -> bool:
    """Where neither quotes: only what lies above made an answer, or told which directive was meant."""
    return (own.answered and not shown.answered) or (shown.asks_back and not own.asks_back)


def elsewhere(public_url: str | None) -> Answer:
    """All that is said of what lies above the chat's ceiling; it names no directive."""
    if not public_url:
        return Answer(answered=True, reply=say(texts.ABOVE_CEILING))
    link = Link(label=texts.ABOVE_CEILING_LINK, url=public_url)
    return Answer(answered=True, reply=Reply(blocks=(Text(text=texts.ABOVE_CEILING), link)))


def question_form(text: str) -> str:
    """How questions are compared with each other; with accents or without, it is the same."""
    return phrases.without_opening(phrases.form_of(text)).replace("~", "")


def means_one_thing(text: str) -> bool:
    """The question means the same in every conversation, so that one answer may serve all who ask it."""
    if naming.numbers_in(text):
        return True
    alone = not talk.points_at_nothing(Conversation(), text)
    return alone and len(phrases.content_of(phrases.form_of(text))) >= _LEAST_SYLLABLES


def stands(library: Library, quote: Quote, *, visible: frozenset[DirectiveId]) -> bool:
    """The words may be seen, and are still printed where they were quoted from."""
    printed = library.printed(quote.directive.id, visible=visible)
    if printed is None or printed.text[quote.span.start : quote.span.end] != quote.text:
        return False
    return quote.lead is None or quote.lead in printed.text


def give_office_answer(
    library: Library, given: OfficeAnswer, conversation: Conversation, question: str, *, view: View
) -> Found | None:
    """The office's own words and the quote; None where the question goes on from another one, or the quote is gone."""
    numbers = naming.numbers_in(question)
    turn = talk.next_turn(conversation, question, numbers)
    if not turn.stands_alone or not stands(library, given.quote, visible=view.own):
        return None
    if view.is_above(given.quote.directive.id):
        return Found(None, conversation)
    quote = given.quote.model_copy(update={"directive": view.directives[given.quote.directive.id]})
    said = Text(text=office_words(given.remark))
    quotes, blocks = with_amending([quote], view.standings)
    answer = Answer(answered=True, reply=Reply(blocks=(said, *blocks)), quotes=quotes)
    return Found(answer, talk.after(conversation, Turn(question=question), numbers, focus=quote))


def office_words(words: str) -> str:
    """The office's own words, marked as such; a quote follows them, also where there are none."""
    return f"{texts.OFFICE_ANSWERS} {words}".strip()


def with_block(answer: Answer, block: Choices | None) -> Answer:
    """The answer with this block at its end; where it ends with choices, they are one list with one numbering."""
    if block is None:
        return answer
    blocks = answer.reply.blocks
    if blocks and isinstance(last := blocks[-1], Choices):
        both = dict.fromkeys((*last.directives, *block.directives))
        blocks, block = blocks[:-1], Choices(choices=(*last.choices, *block.choices), directives=tuple(both))
    return answer.model_copy(update={"reply": Reply(blocks=(*blocks, block))})
