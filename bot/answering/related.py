"""What may concern a question without an answer: headings to open, apart from any quote; and what opening shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot import texts
from bot.answering.answer import Answer, with_amending
from bot.answering.citation import name_of, place_of, shorten
from bot.answering.fields import quote_line
from bot.answering.listed import COMMAND, LABEL_LIMIT
from bot.answering.standings import Standings
from bot.messages import Block, Choice, Choices, Reply, Text
from index import Directive, Findings, Hit, Printed, Quote, Span, fold

_MOST: Final = 3
_HEADING_LIMIT: Final = 70
_LABEL: Final = re.compile(r"^((?:Phần|Chương|Mục|Điều|Phụ lục) \w+|[IVXLC]+|\d+(?:\.\d+)*) (?=\w)")


def with_related(answer: Answer, findings: Findings, standings: Standings) -> Answer:
    """Where there is no answer, what may concern the question instead of the papers that are nearest."""
    blocks = () if answer.answered else related_blocks(findings.related, standings)
    if not blocks:
        return answer
    said = answer.reply.blocks[:1]
    return answer.model_copy(update={"reply": Reply(blocks=(*said, Text(text=texts.TRY_AGAIN), *blocks))})


def related_blocks(hits: Sequence[Hit], standings: Standings) -> tuple[Block, ...]:
    """A line that says what they are, and the nearest headings as choices; nothing where there are none."""
    places: dict[tuple[str, ...], Hit] = {}
    for hit in hits:
        places.setdefault((hit.directive.id, *place_of(hit.passage.path)), hit)
    nearest = list(places.values())[:_MOST]
    if not nearest:
        return ()
    named = tuple(dict.fromkeys(hit.directive.id for hit in nearest))
    choices = Choices(choices=tuple(_choice(hit, standings) for hit in nearest), directives=named)
    return (Text(text=texts.RELATED), choices)


def open_place(directive: Directive, words: str, standings: Standings) -> Answer | None:
    """The whole place of these words (``khoản 2, Điều 4``) in a directive; None where it has none."""
    printed = standings.library.printed(directive.id, visible=standings.visible)
    start = _start_of(printed, words) if printed else None
    if printed is None or start is None:
        return None
    line = quote_line(directive, printed, _line(printed.text, start))
    whole = standings.library.unit_of(line, visible=standings.visible) or line
    quotes, blocks = with_amending([_of_paper(whole, directive)], standings)
    return Answer(answered=True, reply=Reply(blocks=blocks), quotes=quotes)


def _choice(hit: Hit, standings: Standings) -> Choice:
    directive, place = hit.directive, ", ".join(place_of(hit.passage.path))
    heading = _LABEL.sub(r"\1. ", hit.passage.path[-1]) if hit.passage.path else directive.title
    mark = standings.mark_of(directive.id)
    name = f"{name_of(directive)} ({mark})" if mark else name_of(directive)
    said = texts.RELATED_LABEL.format(heading=shorten(heading, _HEADING_LIMIT), directive=name)
    label = shorten(said if directive.number else name, LABEL_LIMIT)
    return Choice(label=label, send=f"{COMMAND} {directive.id} {place}".strip())


def _start_of(printed: Printed, words: str) -> int | None:
    asked = fold(words).strip()
    for position, section in enumerate(printed.sections):
        if asked and fold(", ".join(place_of(printed.path_of(position)))) == asked:
            return section.start
    return None


def _line(text: str, start: int) -> Span:
    end = text.find("\n", start)
    return Span(start=start, end=len(text) if end < 0 else end)


def _of_paper(quote: Quote, directive: Directive) -> Quote:
    return quote.model_copy(update={"directive": directive})
