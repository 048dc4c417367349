"""A question from chat -> its answer, what is offered under it, and its row in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering import courtesy, phrases
from bot.answering.answer import Answer
from bot.answering.citation import full_name_of, name_of
from bot.answering.dialogue import kind_word
from bot.answering.related import open_place
from bot.answering.singling import singled_out
from bot.answering.standings import ValidityNow
from bot.asking import ambiguity
from bot.asking.askers import asker_hash
from bot.asking.finding import (
    Found,
    elsewhere,
    find_answer,
    give_office_answer,
    means_one_thing,
    question_form,
    with_block,
)
from bot.asking.sight import Sight, View
from bot.asking.starters import Starters
from bot.department import Department, Outcome, Request, Task, Write, told
from bot.messages import Choice, Choices, Reply, Text
from bot.people.access import Ceiling
from bot.people.keys import Keys
from bot.people.limits import RateLimit
from bot.state import office_answers, questions
from index import Directive

if TYPE_CHECKING:
    from bot.state.database import Database
    from bot.writing.composing import Composing
    from index import Library

_WHICH: Final = "which_directive"
_WAITS: Final = timedelta(minutes=30)
_MOST_CHOICES: Final = 8


class Asking:
    """``ceilings``: by channel, the most that it shows. ``public_url``: of the signed-in web page. ``validity``: of all
    directives at this moment. ``composing``: writes above the quotes, None where nothing is set up.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        keys: Keys,
        ceilings: Mapping[str, Ceiling],
        public_url: str | None,
        public_answers: bool,
        limit: RateLimit,
        validity: ValidityNow,
        composing: Composing | None = None,
    ) -> None:
        self._library = library
        self._database = database
        self._keys = keys
        self._public_url = public_url
        self._limit = limit
        self.sight = Sight(library, database, ceilings=ceilings, public_answers=public_answers, validity=validity)
        self._starters = Starters(library)
        self._composing = composing

    def department(self) -> Department:
        return Department(tasks={_WHICH: self._ask_of_chosen})

    def ask(self, request: Request) -> Outcome:
        if refused := self._too_many(request):
            return refused
        if polite := kind_word(request.text):
            greets = courtesy.is_greeting(phrases.form_of(request.text))
            return Outcome(with_block(polite, self.starters(request) if greets else None))
        view = self.sight.of(request)
        candidates = self._candidates(request.text, view) if request.number else ()
        if not candidates:
            return self._answer(request, request.text, view)
        if singled_out(candidates, request.text).paper:
            return self._answer(request, request.text, view)
        if chosen := _decided(candidates, request):
            return self._answer_of(request, request.text, view=view, chosen=chosen)
        alike = len(set(map(full_name_of, candidates))) < len(candidates)
        if alike or _is_settled(candidates, view) or ambiguity.named_among(candidates, request.text):
            return self._answer(request, request.text, view)
        return _ask_which(request, candidates, view)

    def about(self, request: Request, directive: Directive, *, view: View, place: str = "") -> Outcome:
        """What a directive that ``view`` shows is about, as if nothing but its number had been asked; or a place of
        it, whole.
        """
        if place and (opened := open_place(directive, place, view.standings)):
            conversation = request.conversation.model_copy(update={"focus": opened.quotes[0]})
            offered = with_block(opened, reading_choices()) if request.number else opened
            return self._too_many(request) or Outcome(offered, conversation=conversation, writes=view.checks)
        alone = view.without(view.own - {directive.id})
        return self._too_many(request) or self._answer(request, directive.number or name_of(directive), alone)

    def starters(self, request: Request) -> Choices | None:
        """Questions to begin with, for somebody who is linked."""
        if not (request.number and request.asker.is_linked):
            return None
        view = self.sight.of(request)
        return self._starters.offered(view.shown, validity=view.validity)

    # -- which directive -----------------------------------------------------------------------------------------------

    def _ask_of_chosen(self, request: Request) -> Outcome | None:
        """The step after the question back; the question itself was kept."""
        question = request.task.facts["question"] if request.task else ""
        view = self.sight.of(request)
        candidates = self._candidates(question, view)
        chosen = ambiguity.chosen_from(candidates, request.text)
        if chosen is None:
            return None
        return self._too_many(request) or self._answer_of(request, question, view=view, chosen=chosen)

    def _answer_of(self, request: Request, question: str, *, view: View, chosen: Directive) -> Outcome:
        alike = ambiguity.bearers(self._library, question, visible=view.own)
        others = {each.id for each in alike if ambiguity.matter(each) != ambiguity.matter(chosen)}
        return self._answer(request, question, view.without(others))

    def _candidates(self, question: str, view: View) -> tuple[Directive, ...]:
        return ambiguity.by_matter(ambiguity.bearers(self._library, question, visible=view.shown))

    # -- answering -----------------------------------------------------------------------------------------------------

    def _answer(self, request: Request, question: str, view: View) -> Outcome:
        found = self._of_the_office(request, question, view) or find_answer(
            self._library, request.conversation, question, view=view
        )
        answer = found.answer
        if answer is None:
            log = self._log(request, question, answered=True)
            return Outcome(elsewhere(self._public_url), writes=(*view.checks, *log))
        if answer.asks_back or answer.declined:
            return Outcome(answer, conversation=found.conversation, writes=view.checks)
        quoted = tuple(dict.fromkeys(quote.directive.id for quote in answer.quotes))
        log = self._log(request, question, answered=answer.answered, directives=quoted)
        if self._composing:
            answer = self._composing.above(answer, question, standings=view.standings)
        offered = _with_choices(answer, request.number) if request.number else answer
        return Outcome(offered, conversation=found.conversation, writes=(*view.checks, *log))

    def _of_the_office(self, request: Request, question: str, view: View) -> Found | None:
        if not means_one_thing(question):
            return None
        with self._database.reading() as db:
            given = office_answers.all_with_form(db, question_form(question))
        answers = (give_office_answer(self._library, each, request.conversation, question, view=view) for each in given)
        return next((found for found in answers if found), None)

    def _log(
        self, request: Request, question: str, *, answered: bool, directives: tuple[str, ...] = ()
    ) -> tuple[Write, ...]:
        if not request.number:
            return ()

        def write(db: Connection) -> None:
            questions.add(
                db,
                number=request.number,
                asker=asker_hash(self._keys, request),
                channel=request.incoming.channel,
                text=question,
                answered=answered,
                directives=directives,
                now=request.now,
            )

        return (write,)

    # -- beside the answer ---------------------------------------------------------------------------------------------

    def _too_many(self, request: Request) -> Outcome | None:
        asker = asker_hash(self._keys, request)
        if not request.number or self._limit.allows(asker, request.now):
            return None
        seconds = max(self._limit.seconds_to_wait(asker, request.now), 1)
        return told(texts.TOO_MANY_QUESTIONS.format(seconds=seconds))


def _decided(candidates: tuple[Directive, ...], request: Request) -> Directive | None:
    """The one that the question's words, or the paper that the conversation stands at, single out."""
    named = ambiguity.named_among(candidates, request.text)
    focus = request.conversation.focus
    if not named and focus:
        named = tuple(each for each in candidates if each.id == focus.directive.id)
    return named[0] if len(named) == 1 else None


def _is_settled(candidates: tuple[Directive, ...], view: View) -> bool:
    """Of several papers of one number only one holds: that one is meant, and the answer names the others."""
    return sum(view.standings.holds(each.id) for each in candidates) == 1


def _ask_which(request: Request, candidates: tuple[Directive, ...], view: View) -> Outcome:
    names = [full_name_of(directive) for directive in candidates[:_MOST_CHOICES]]
    choices = Choices(choices=tuple(Choice(label=name, send=name) for name in names))
    asked = Answer(answered=False, reply=Reply(blocks=(Text(text=texts.WHICH_OF_SEVERAL), choices)), asks_back=True)
    task = Task(name=_WHICH, until=request.now + _WAITS, facts={"question": request.text})
    return Outcome(asked, task=task, writes=view.checks)


def reading_choices() -> Choices:
    """What one may do with a quote."""
    ways = ((texts.READ_MORE, "/xemthem"), (texts.ORIGINAL, "/vanbangoc"))
    return Choices(choices=tuple(Choice(label=label, send=send) for label, send in ways))


def _with_choices(answer: Answer, number: int) -> Answer:
    if not answer.answered:
        return with_block(answer, Choices(choices=(Choice(label=texts.ASK_OFFICE, send=f"/hoivanphong {number}"),)))
    reading = reading_choices().choices
    voting = (Choice(label=texts.GOOD, send=f"/tot {number}"), Choice(label=texts.BAD, send=f"/chuatot {number}"))
    return with_block(answer, Choices(choices=(*reading, *voting) if answer.quotes else voting))
