"""What the library found -> a reply in its own words, or an honest "không tìm thấy"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot import texts
from bot.answering.citation import citation_of, full_name_of, name_of, shorten
from bot.answering.fields import FieldAnswer
from bot.messages import Block, Frozen, QuoteBlock, Reply, Text, say
from index import Directive, DirectiveId, Findings, Quote, newest_first

QUOTES: Final = 3
_NEAREST: Final = 3
_OTHERS: Final = 4
_TITLE_LIMIT: Final = 160

Named = Mapping[str, tuple[Directive, ...]]
"""Each document number of the question, as typed, and the directives that it may mean."""


class Answer(Frozen):
    """``quotes``: those that the reply shows. ``error``: the code of what went wrong. ``asks_back``: the reply asks
    what was meant.
    """

    answered: bool
    reply: Reply
    quotes: tuple[Quote, ...] = ()
    error: str | None = None
    asks_back: bool = False


def ask_back(*paragraphs: str) -> Answer:
    """A question to the person, without which theirs cannot be answered."""
    return Answer(answered=False, reply=say(*paragraphs), asks_back=True)


def remark(*paragraphs: str, error: str | None = None) -> Answer:
    """A word that is no answer: a greeting, help, an error."""
    return Answer(answered=False, reply=say(*paragraphs), error=error)


def word_findings(findings: Findings, *, named: Named) -> Answer:
    """At most three quotes, each with its citation; or the nearest directives, and no quote."""
    if not findings.answered or not findings.quotes:
        return _not_found(findings.nearest, missing=[typed for typed, matches in named.items() if not matches])
    quotes = findings.quotes[:QUOTES]
    notes = _notes(named, used=[quote.directive for quote in quotes])
    return Answer(answered=True, reply=Reply(blocks=(*notes, *map(quote_block, quotes))), quotes=quotes)


def word_fields(answers: Sequence[FieldAnswer], *, named: Named, used: Sequence[Directive]) -> Answer:
    """The sentences, then the lines of the paper that they rest on."""
    lines = {(answer.quote.directive.id, answer.quote.span): answer.quote for answer in answers if answer.quote}
    quotes = tuple(lines.values())[:QUOTES]
    sentences = [Text(text=answer.sentence) for answer in answers]
    blocks: tuple[Block, ...] = (*_notes(named, used=used), *sentences, *map(quote_block, quotes))
    answered = any(answer.known for answer in answers)
    return Answer(answered=answered, reply=Reply(blocks=blocks), quotes=quotes if answered else ())


def quote_block(quote: Quote) -> QuoteBlock:
    return QuoteBlock(
        text=quote.text,
        citation=citation_of(quote),
        lead=quote.lead,
        more=quote.more,
        cut=quote.cut,
        sample=quote.directive.sample,
        directive=quote.directive.id,
        page=quote.page,
    )


def _not_found(nearest: Sequence[Directive], *, missing: Sequence[str]) -> Answer:
    opening = texts.NUMBER_NOT_FOUND.format(numbers=", ".join(missing)) if missing else texts.NOT_FOUND
    listed = [f"• {_titled(directive)}" for directive in nearest[:_NEAREST]]
    return remark(opening, "\n".join([texts.NEAREST, *listed]) if listed else "", texts.TRY_AGAIN)


def _titled(directive: Directive) -> str:
    title = f": {shorten(directive.title, _TITLE_LIMIT)}" if directive.number and directive.title else ""
    sample = f" {texts.SAMPLE}" if directive.sample else ""
    return f"{name_of(directive)}{title}{sample}"


def _notes(named: Named, *, used: Sequence[Directive]) -> list[Text]:
    """Which of several directives of one number is meant, and which numbers the corpus lacks."""
    notes = [Text(text=note) for matches in named.values() if (note := _ambiguity(matches, used=used))]
    missing = [typed for typed, matches in named.items() if not matches]
    if missing:
        notes.append(Text(text=texts.ALSO_MISSING.format(numbers=", ".join(missing))))
    return notes


def _ambiguity(matches: Sequence[Directive], *, used: Sequence[Directive]) -> str:
    ids: set[DirectiveId] = {directive.id for directive in used}
    others = newest_first(directive for directive in matches if directive.id not in ids)
    meant = [directive for directive in matches if directive.id in ids]
    if not others or not meant:
        return ""
    shown = "; ".join(full_name_of(directive) for directive in others[:_OTHERS])
    if len(others) > _OTHERS:
        shown = texts.SEVERAL_MATCH_REST.format(shown=shown, count=len(others) - _OTHERS)
    return texts.SEVERAL_MATCH.format(used="; ".join(map(full_name_of, meant)), others=shown)
