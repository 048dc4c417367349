"""Outcomes -> figures: means over questions with their intervals, by kind, the open and the held ones apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from bot.messages import Frozen
from bot.quality.questions import KINDS, Question
from bot.quality.scoring import REFUSED, RIGHT, Outcome

PartName = Literal["open", "held"]
PARTS: Final[tuple[PartName, ...]] = ("open", "held")
ANSWERABLE: Final = "answerable"
REFUSALS: Final = "refusals"
SEED: Final = 0
_RESAMPLES: Final = 1000


class Figure(Frozen):
    """A share of the questions and its 95 % interval (percentile bootstrap, Efron)."""

    value: float
    low: float
    high: float


class Row(Frozen):
    """``kind``: one of the set's, or `ANSWERABLE` or `REFUSALS` for all such. ``shares``: by measure."""

    kind: str
    questions: int
    shares: dict[str, Figure]
    median_ms: float
    p99_ms: float


class Part(Frozen):
    """``rows``: the kinds in their order, then the sums. ``outcomes``: of open questions only."""

    name: PartName
    questions: int
    rows: tuple[Row, ...]
    outcomes: tuple[Outcome, ...] = ()

    def row(self, kind: str) -> Row | None:
        return next((row for row in self.rows if row.kind == kind), None)


class Same(Frozen):
    """Of so many ``questions`` that carry accents, the share that gives the same first citation without them."""

    questions: int
    share: Figure


class Measured(Frozen):
    """One run of a question set, as it is written and read again. ``unknown``: directives of it that the library has
    not got. ``seed``: of the intervals.
    """

    questions: str
    snapshot: str
    encoder: str
    unaccented: bool = False
    seed: int = SEED
    parts: tuple[Part, ...]
    same_citation: tuple[tuple[PartName, Same], ...] = ()
    unknown: tuple[str, ...] = ()

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)


def part_of(question: Question | Outcome) -> PartName:
    return "held" if question.held else "open"


def parts_of(outcomes: Sequence[Outcome]) -> tuple[Part, ...]:
    """The parts that have a question."""
    of_part = {name: [each for each in outcomes if part_of(each) == name] for name in PARTS}
    return tuple(
        Part(
            name=name,
            questions=len(found),
            rows=tuple(_rows(found)),
            outcomes=tuple(found) if name == "open" else (),
        )
        for name, found in of_part.items()
        if found
    )


def _rows(outcomes: Sequence[Outcome]) -> Iterable[Row]:
    groups = {kind: [each for each in outcomes if each.kind == kind] for kind in KINDS}
    answerable = [each for each in outcomes if not each.kind.startswith("refuse")]
    refusals = [each for each in outcomes if each.kind.startswith("refuse")]
    for kind, found in {**groups, ANSWERABLE: answerable, REFUSALS: refusals}.items():
        if found:
            yield _row(kind, found)


def _row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    import numpy as np

    named = {name: [each.scores[name] for each in outcomes if name in each.scores] for name in (*RIGHT, REFUSED)}
    ms = [each.ms for each in outcomes]
    return Row(
        kind=kind,
        questions=len(outcomes),
        shares={name: share_of(values) for name, values in named.items() if values},
        median_ms=round(float(np.median(ms)), 3),
        p99_ms=round(float(np.percentile(ms, 99)), 3),
    )


def share_of(values: Sequence[float]) -> Figure:
    """The mean of at least one value."""
    import numpy as np

    given = np.array(values, dtype=np.float64)
    draws = np.random.default_rng(SEED).integers(0, len(given), (_RESAMPLES, len(given)))
    low, high = np.percentile(given[draws].mean(axis=1), [2.5, 97.5])
    return Figure(value=float(given.mean()), low=float(low), high=float(high))


def same_citations(
    questions: Sequence[Question], accented: Sequence[Outcome], bare: Sequence[Outcome], *, carries: Sequence[bool]
) -> tuple[tuple[PartName, Same], ...]:
    """``carries``: whether the question has an accent to lose. Nothing quoted both times is the same, too."""
    found: dict[PartName, list[float]] = {}
    for question, one, other, has_accents in zip(questions, accented, bare, carries, strict=True):
        if has_accents:
            found.setdefault(part_of(question), []).append(float(one.citation == other.citation))
    return tuple((name, Same(questions=len(each), share=share_of(each))) for name, each in found.items())
