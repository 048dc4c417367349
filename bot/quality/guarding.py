"""The administrators' own questions, asked of every new library before it answers: one that falls is not let on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import texts
from bot.errors import BotError
from bot.messages import Frozen
from index import Progress, Share, Stage, Trial

if TYPE_CHECKING:
    from bot.quality.questions import Question
    from bot.quality.scoring import Outcome
    from bot.settings import Settings
    from index import Check, Library

MEASURES: Final = ("directive@1", "words@1")
"""What may not fall."""


class Guard(Frozen):
    """``folder``: of the sets; it may be absent. ``margin``: so much of either share may be lost (0-1).

    ``timezone``, ``at_once``: as in the settings. The questions are asked as by somebody who sees all, with directives
    standing as they say themselves: what administrators decided is the same for the old library and the new one.
    """

    folder: Path
    margin: float
    timezone: str
    at_once: bool

    def accepting(self) -> Guard:
        """The questions are asked all the same, and everything may be lost."""
        return self.model_copy(update={"margin": 1.0})

    def check(self) -> Check | None:
        """What a build calls; None where there is no set."""
        from bot.quality.questions import is_question_set

        return self._check if is_question_set(self.folder) else None

    def _check(self, before: Library | None, now: Library, progress: Callable[[Progress], None]) -> Trial:
        from bot.quality.questions import read_questions

        try:
            questions = [question for question in read_questions(self.folder) if not question.is_refusal]
            total = len(questions) * (2 if before else 1)
            new = self._ask(now, questions, progress=progress, done=0, total=total)
            old = self._ask(before, questions, progress=progress, done=len(new), total=total) if before else []
        except BotError as error:  # nothing is held back for a set that cannot be read
            return Trial(asked=0, problem=texts.error_text(error))
        shares = tuple(_shares(old, new, margin=self.margin)) if questions else ()
        worse = [
            question
            for question, was, is_now in zip(questions, old, new, strict=False)
            if was.is_right and not is_now.is_right
        ]
        return Trial(
            asked=len(questions),
            shares=shares,
            questions=tuple(question.turns[-1] for question in worse if not question.held),
            held=sum(question.held for question in worse),
        )

    def _ask(
        self,
        library: Library,
        questions: Sequence[Question],
        *,
        progress: Callable[[Progress], None],
        done: int,
        total: int,
    ) -> list[Outcome]:
        from bot.quality.scoring import ask_all
        from bot.validity.register import Register

        register = Register(library, None, zone=ZoneInfo(self.timezone), at_once=self.at_once)

        def watch(asked: int) -> None:
            progress(Progress(stage=Stage.ASK, done=done + asked, total=total))

        return list(ask_all(library, questions, visible=lambda: None, validity=register.now, watch=watch))


def guard_of(settings: Settings) -> Guard:
    return Guard(
        folder=settings.questions_dir,
        margin=settings.quality_margin,
        timezone=settings.timezone,
        at_once=settings.relations_at_once,
    )


def _shares(old: Sequence[Outcome], new: Sequence[Outcome], *, margin: float) -> Iterator[Share]:
    """What is exactly the margin lower has not fallen."""
    for measure in MEASURES:
        now = _mean(new, measure)
        before = _mean(old, measure) if old else None
        fell = before is not None and before - now > margin + 1e-9
        yield Share(measure=measure, before=before, now=now, fell=fell)


def _mean(outcomes: Sequence[Outcome], measure: str) -> float:
    return sum(outcome.scores[measure] for outcome in outcomes) / len(outcomes)
