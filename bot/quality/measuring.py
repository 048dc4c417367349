"""A question set against a library: what is asked, in which part, with accents or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.answering.standings import ValidityNow
from bot.quality.figures import Measured, PartName, part_of, parts_of, same_citations
from bot.quality.questions import Question
from bot.quality.scoring import Outcome, Sight, ask_all, is_named
from index import Progress, Stage, fold

if TYPE_CHECKING:
    from index import Library


def measure(
    library: Library,
    questions: Sequence[Question],
    *,
    name: str,
    visible: Sight,
    validity: ValidityNow,
    part: PartName | None = None,
    unaccented: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Measured:
    """``name``: of the set. ``part``: only that one is asked. ``unaccented``: the figures are of the questions without
    accents, and it is counted how often the first citation stays the same.
    """
    asked = [question for question in questions if part is None or part_of(question) == part]
    total = len(asked) * (2 if unaccented else 1)

    def ask(*, bare: bool, before: int) -> list[Outcome]:
        def watch(done: int) -> None:
            progress(Progress(stage=Stage.ASK, done=before + done, total=total))

        return list(ask_all(library, asked, visible=visible, validity=validity, unaccented=bare, watch=watch))

    info = library.info()
    with_accents = ask(bare=False, before=0)
    without = ask(bare=True, before=len(asked)) if unaccented else []
    carries = [any(_has_accents(turn) for turn in question.turns) for question in asked]
    return Measured(
        questions=name,
        snapshot=info.snapshot,
        encoder=info.encoder,
        unaccented=unaccented,
        parts=parts_of(without or with_accents),
        same_citation=same_citations(asked, with_accents, without, carries=carries) if without else (),
        unknown=_unknown(library, asked, visible=visible),
    )


def _has_accents(text: str) -> bool:
    return fold(text) != text.lower()


def _unknown(library: Library, questions: Sequence[Question], *, visible: Sight) -> tuple[str, ...]:
    """Directives that the questions name and nobody finds, in their order."""
    listed = library.list(visible=visible())
    named = dict.fromkeys(name for question in questions for name in question.directive)
    return tuple(name for name in named if not any(is_named(directive, name) for directive in listed))
