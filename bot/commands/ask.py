"""``ask`` and ``numbers``: one question or many, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot import texts
from bot.answering.answer import Answer, quote_block
from bot.answering.standings import Standings, ValidityNow, Visible
from bot.commands.batch import Line, print_json, run_batch
from bot.commands.explained import explained_lines
from bot.local import local_desk
from bot.messages import Incoming, plain_text, printed_text
from index import Explained, Quote, Status, find_numbers

if TYPE_CHECKING:
    from index import Library

Sight = Callable[[], Visible]
"""What may be seen now."""


class Contract(BaseModel):
    """What programs read: keys may be added, none removed."""

    model_config = ConfigDict(frozen=True)


class AskLine(Line):
    """``question``: one, or the turns of one conversation, of which the last is answered."""

    question: str | Annotated[list[str], Field(min_length=1)]

    @property
    def turns(self) -> list[str]:
        return [self.question] if isinstance(self.question, str) else self.question


class Citation(Contract):
    """``page``: 1-based physical page where the quote begins. ``quote``, ``lead``: exact parts of the printed text.

    ``status``: of the directive today; ``replaced_by``: symbols of what replaced or repealed it, as far as it may be
    seen. ``warning``: what stands above the words that hold no longer; ``marks``: what stands behind the citation.
    """

    directive: str
    number: str | None
    type: str | None
    title: str
    issuer: str | None
    date: date | None
    path: tuple[str, ...]
    page: int | None
    quote: str
    score: float
    status: Status
    file: str
    lead: str | None
    replaced_by: tuple[str, ...]
    warning: str
    marks: tuple[str, ...]


class Asked(Contract):
    """``text``: what a person would see."""

    id: JsonValue
    answered: bool
    text: str
    citations: tuple[Citation, ...]
    elapsed_ms: float


class AskedExplained(Asked):
    """With what was made of the question."""

    explained: Explained


class NumbersLine(Line):
    text: str


class FoundNumber(Contract):
    number: str
    type: str
    symbol: str | None
    candidates: tuple[str, ...]


class FoundNumbers(Contract):
    id: JsonValue
    numbers: tuple[FoundNumber, ...]


def ask(
    library: Library, question: str, *, as_json: bool, visible: Sight, validity: ValidityNow, explain: bool = False
) -> bool:
    """Prints the answer, after what was made of the question where that is asked for; False when something went wrong
    on the way.
    """
    answer, asked = _answer_turns(library, [question], line_id=None, visible=visible, validity=validity)
    if explain:
        explained = library.explain(printed_text(question), visible=visible())
        asked = AskedExplained(**dict(asked), explained=explained)
        if not as_json:
            print("\n".join(explained_lines(explained)), end="\n\n")
    if answer.error:
        print(asked.text, file=sys.stderr)
    elif as_json:
        print_json(asked)
    else:
        print(asked.text)
    return answer.error is None


def ask_batch(library: Library, source: str, *, visible: Sight, validity: ValidityNow) -> bool:
    """One JSON object for each line; False when a line was bad or something went wrong."""
    clean = True

    def answer_line(line: AskLine) -> Asked:
        nonlocal clean
        answer, asked = _answer_turns(library, line.turns, line_id=line.id, visible=visible, validity=validity)
        clean = clean and answer.error is None
        return asked

    return run_batch(source, AskLine, answer_line, expected=texts.ASK_LINE_EXPECTED) and clean


def _answer_turns(
    library: Library, turns: Sequence[str], *, line_id: JsonValue, visible: Sight, validity: ValidityNow
) -> tuple[Answer, Asked]:
    """The answer to the last turn, with the time that it alone took."""
    desk = local_desk(library, visible, validity=validity)
    for position, text in enumerate(turns):
        began = perf_counter()
        answer = desk.answer(Incoming(channel="ask", sender="local", chat="local", message=str(position), text=text))
        elapsed_ms = (perf_counter() - began) * 1000
    standings = Standings(library, validity(), visible())
    return answer, Asked(
        id=line_id,
        answered=answer.answered,
        text=plain_text(answer.reply),
        citations=tuple(_citation(quote, standings) for quote in answer.quotes),
        elapsed_ms=round(elapsed_ms, 3),
    )


def _citation(quote: Quote, standings: Standings) -> Citation:
    directive, block = quote.directive, quote_block(quote, standings)
    return Citation(
        directive=directive.id,
        number=directive.number,
        type=directive.type,
        title=directive.title,
        issuer=directive.issuer,
        date=directive.date,
        path=quote.path,
        page=quote.page,
        quote=quote.text,
        score=quote.score,
        status=standings.status_of(directive.id),
        replaced_by=tuple(by.number or by.title for by in standings.replaced_by(directive.id)),
        file=directive.file,
        lead=quote.lead,
        warning=block.warning,
        marks=block.marks,
    )


def numbers(text: str) -> None:
    """Prints each document number on its line."""
    found = find_numbers(printed_text(text))
    print("\n".join(number.symbol or f"{number.type} {number.number}" for number in found) or texts.NO_NUMBERS)


def numbers_batch(source: str) -> bool:
    return run_batch(source, NumbersLine, _find_line_numbers, expected=texts.NUMBERS_LINE_EXPECTED)


def _find_line_numbers(line: NumbersLine) -> FoundNumbers:
    found = find_numbers(line.text)
    return FoundNumbers(
        id=line.id,
        numbers=tuple(
            FoundNumber(number=n.number, type=n.type, symbol=n.symbol, candidates=n.candidates) for n in found
        ),
    )
