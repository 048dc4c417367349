"""One question -> what was answered, and what of it was right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from time import perf_counter
from typing import TYPE_CHECKING, Final

from bot.answering.answer import Answer
from bot.answering.citation import citation_of
from bot.answering.standings import ValidityNow, Visible
from bot.errors import QuestionFailed
from bot.local import local_desk
from bot.messages import Frozen, Incoming
from bot.quality.places import stands_at
from bot.quality.questions import Question, joined
from index import Directive, Printed, Quote, fold, number_key

if TYPE_CHECKING:
    from index import Library

FIRST: Final = 3
"""So many quotes are looked at beside the first."""
Sight = Callable[[], Visible]

RIGHT: Final = ("directive@1", "directive@3", "place@1", "place@3", "words@1", "words@3")
REFUSED: Final = "refused"
"""Right for a refusal, wrong for all others."""


class Outcome(Frozen):
    """What became of one question. ``scores``: 1.0 or 0.0 by measure (of `RIGHT`, and `REFUSED`); a measure is missing
    where the question does not ask for it. ``citation``, ``quote``: of the first quote, None where nothing was quoted.
    ``ms``: milliseconds of the last turn alone.
    """

    id: str
    kind: str
    held: bool
    scores: dict[str, float]
    citation: str | None
    quote: str | None
    ms: float

    @property
    def is_right(self) -> bool:
        if self.kind.startswith("refuse"):
            return self.scores[REFUSED] == 1
        return self.scores["directive@1"] == 1 and self.scores["words@1"] == 1


def ask_all(
    library: Library,
    questions: Sequence[Question],
    *,
    visible: Sight,
    validity: ValidityNow,
    unaccented: bool = False,
    watch: Callable[[int], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Each question, asked as `ask --batch` asks it, in a conversation of its own. ``watch``: how many are done."""
    for done, question in enumerate(questions, start=1):
        answer, ms = _ask(library, question, visible=visible, validity=validity, unaccented=unaccented)
        first = answer.quotes[0] if answer.quotes else None
        yield Outcome(
            id=question.id,
            kind=question.kind,
            held=question.held,
            scores=scores_of(question, answer, library),
            citation=citation_of(first) if first else None,
            quote=joined(first.text) if first else None,
            ms=ms,
        )
        watch(done)


def _ask(
    library: Library, question: Question, *, visible: Sight, validity: ValidityNow, unaccented: bool
) -> tuple[Answer, float]:
    desk = local_desk(library, visible, validity=validity)
    for position, turn in enumerate(question.turns):
        text = fold(turn) if unaccented else turn
        began = perf_counter()
        answer = desk.answer(Incoming(channel="ask", sender="local", chat="local", message=str(position), text=text))
        ms = (perf_counter() - began) * 1000
    if answer.error:
        raise QuestionFailed(id=question.id, error=answer.error)
    return answer, ms


def scores_of(question: Question, answer: Answer, library: Library) -> dict[str, float]:
    """A question back, a list of what may be near and a kind word are no answers; a quote is one."""
    scores = {REFUSED: float(not answer.answered and not answer.quotes)}
    if question.is_refusal:
        return scores
    quotes = answer.quotes
    score = _score_comparison if question.kind == "compare" else _score_one
    return scores | {name: float(right) for name, right in score(question, quotes, library).items()}


def _score_one(question: Question, quotes: Sequence[Quote], library: Library) -> dict[str, bool]:
    top, three = quotes[:1], quotes[:FIRST]
    scores = {}
    for name, shown in (("1", top), ("3", three)):
        scores[f"directive@{name}"] = any(_is_of(quote.directive, question.directive) for quote in shown)
        if question.place:
            scores[f"place@{name}"] = any(_is_at(quote, question, library) for quote in shown)
        scores[f"words@{name}"] = bool(shown) and all(_holds(shown, words) for words in question.words)
    return scores


def _score_comparison(question: Question, quotes: Sequence[Quote], library: Library) -> dict[str, bool]:
    """The first quote is of either paper; among all that are shown, one of each holds its words at its place."""
    each = [[quote for quote in quotes if is_named(quote.directive, name)] for name in question.directive]
    words = all(_holds(shown, words) for shown, words in zip(each, question.words, strict=True))
    scores = {
        "directive@1": any(_is_of(quote.directive, question.directive) for quote in quotes[:1]),
        "directive@3": all(each),
        "words@1": words,
        "words@3": words,
    }
    if question.place:
        right = [
            any(_stands(quote, place, library) for quote in shown)
            for shown, place in zip(each, question.place, strict=True)
        ]
        scores |= {"place@1": all(right), "place@3": all(right)}
    return scores


def is_named(directive: Directive, name: str) -> bool:
    """By its number, its id, or the name of its file without the ending."""
    if directive.number and (key := number_key(name)) and number_key(directive.number) == key:
        return True
    return name == directive.id or joined(PurePosixPath(directive.file).stem).casefold() == name.casefold()


def _is_of(directive: Directive, names: Sequence[str]) -> bool:
    return any(is_named(directive, name) for name in names)


def _is_at(quote: Quote, question: Question, library: Library) -> bool:
    """At one of the places; where there is one for each of several directives, at its own."""
    if len(question.place) == len(question.directive):
        pairs = list(zip(question.directive, question.place, strict=True))
    else:
        pairs = [(name, place) for name in question.directive for place in question.place]
    return any(is_named(quote.directive, name) and _stands(quote, place, library) for name, place in pairs)


def _stands(quote: Quote, place: str, library: Library) -> bool:
    printed: Printed | None = library.printed(quote.directive.id)
    return printed is not None and stands_at(printed, quote.span, place)


def _holds(quotes: Sequence[Quote], words: str) -> bool:
    return any(words in joined(quote.text) for quote in quotes)
