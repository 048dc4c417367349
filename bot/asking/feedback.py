"""``/tot N`` and ``/chuatot N``: what the asker thinks of the answer to question N, and why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import remark
from bot.asking.askers import own_question
from bot.asking.finding import with_block
from bot.department import Command, Department, Outcome, Rank, Request, Task, told
from bot.messages import Choice, Choices
from bot.people.keys import Keys
from bot.state import questions
from index import fold

if TYPE_CHECKING:
    from bot.state.database import Database

_REASON: Final = "bad_answer"
_WORDS: Final = "bad_answer_words"
_WAITS: Final = timedelta(minutes=30)
_REASON_LIMIT: Final = 500


class Feedback:
    def __init__(self, database: Database, *, keys: Keys) -> None:
        self._database = database
        self._keys = keys

    def department(self) -> Department:
        return Department(
            commands=(
                Command(names=("tot",), answer=self.praise, rank=Rank.ANYBODY),
                Command(names=("chuatot",), answer=self.blame, rank=Rank.ANYBODY),
            ),
            tasks={_REASON: self._choose_reason, _WORDS: self._note_words},
        )

    def praise(self, request: Request) -> Outcome:
        question = own_question(self._database, self._keys, request, request.arguments)
        if question is None:
            return told(texts.UNKNOWN_QUESTION)
        return told(texts.VOTED_GOOD, writes=(lambda db: questions.vote(db, question.number, "good"),))

    def blame(self, request: Request) -> Outcome:
        question = own_question(self._database, self._keys, request, request.arguments)
        if question is None:
            return told(texts.UNKNOWN_QUESTION)
        reasons = Choices(choices=tuple(Choice(label=each, send=each) for each in _offered()))
        return Outcome(
            with_block(remark(texts.VOTED_BAD), reasons),
            task=_task(_REASON, question.number, request),
            writes=(lambda db: questions.vote(db, question.number, "bad"),),
        )

    def _choose_reason(self, request: Request) -> Outcome | None:
        """Anything but an offered reason is a new message: no question is swallowed."""
        chosen = next((each for each in _offered() if fold(each) == fold(request.text)), None)
        if chosen is None or request.task is None:
            return None
        if chosen == texts.OTHER_REASON:
            return told(texts.SAY_REASON, task=_task(_WORDS, int(request.task.facts["question"]), request))
        return self._note(request, chosen)

    def _note_words(self, request: Request) -> Outcome | None:
        return self._note(request, request.text[:_REASON_LIMIT])

    def _note(self, request: Request, reason: str) -> Outcome | None:
        number = request.task.facts["question"] if request.task else ""
        question = own_question(self._database, self._keys, request, number)
        if question is None:  # in a group, somebody else's message
            return None
        office = Choices(choices=(Choice(label=texts.ASK_OFFICE, send=f"/hoivanphong {question.number}"),))
        note = partial(questions.vote, number=question.number, vote="bad", reason=reason)
        return Outcome(with_block(remark(texts.REASON_NOTED), office), writes=(note,))


def _offered() -> tuple[str, ...]:
    return (*texts.BAD_REASONS, texts.OTHER_REASON)


def _task(name: str, question: int, request: Request) -> Task:
    return Task(name=name, until=request.now + _WAITS, facts={"question": str(question)})
