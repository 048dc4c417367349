"""The figures of a run as lines of text: tables, misses, and what changed since another run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot import texts
from bot.answering.citation import shorten
from bot.quality.comparing import Comparison
from bot.quality.figures import ANSWERABLE, REFUSALS, Figure, Measured, Part, Row
from bot.quality.questions import Question
from bot.quality.scoring import REFUSED, RIGHT, Outcome

_LABEL: Final = 22
_CELL: Final = 16
_QUOTED: Final = 160
_SUMS: Final = (ANSWERABLE, REFUSALS)


def measured_lines(measured: Measured) -> Iterator[str]:
    """A title, then for each part a table of what is answerable and one of what is to be refused."""
    total = sum(part.questions for part in measured.parts)
    yield texts.QUALITY_TITLE.format(questions=measured.questions, count=total, snapshot=measured.snapshot)
    if measured.unaccented:
        yield texts.QUALITY_UNACCENTED
    for part in measured.parts:
        yield ""
        yield texts.QUALITY_PARTS[part.name].format(count=part.questions)
        yield from _tables(part)
    for name, same in measured.same_citation:
        yield ""
        yield texts.QUALITY_SAME.format(
            part=texts.QUALITY_PART_NAMES[name], share=cell(same.share), count=same.questions
        )
    if measured.unknown:
        yield ""
        yield texts.QUALITY_UNKNOWN.format(directives=", ".join(measured.unknown))
    yield ""
    yield texts.QUALITY_FOOT.format(seed=measured.seed)


def _tables(part: Part) -> Iterator[str]:
    for sum_of, measures in ((ANSWERABLE, (*RIGHT, REFUSED)), (REFUSALS, (REFUSED,))):
        rows = [row for row in part.rows if is_refusal(row.kind) == (sum_of == REFUSALS)]
        if rows:
            named = texts.QUALITY_MEASURES if sum_of == ANSWERABLE else texts.QUALITY_REFUSAL_MEASURES
            yield ""
            yield _header([named[measure] for measure in measures])
            yield from (_line(row, measures) for row in rows)


def is_refusal(kind: str) -> bool:
    return kind == REFUSALS or kind.startswith("refuse_")


def _header(measures: Sequence[str]) -> str:
    columns = "".join(f"{measure:>{_CELL}}" for measure in measures)
    return f"{texts.QUALITY_KIND:<{_LABEL}}{texts.QUALITY_COUNT:>5}{columns}{texts.QUALITY_MS:>16}"


def _line(row: Row, measures: Sequence[str]) -> str:
    cells = "".join(f"{cell(row.shares[name]) if name in row.shares else '–':>{_CELL}}" for name in measures)
    times = f"{row.median_ms:.1f} / {row.p99_ms:.1f}".replace(".", ",")
    return f"{texts.QUALITY_KINDS[row.kind]:<{_LABEL}}{row.questions:>5}{cells}{times:>16}"


def cell(figure: Figure) -> str:
    """``95,2 [90–99]``: percent, and the interval in whole percents."""
    return f"{percent(figure.value)} [{100 * figure.low:.0f}–{100 * figure.high:.0f}]"


def percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def miss_lines(measured: Measured, questions: Mapping[str, Question]) -> Iterator[str]:
    """Every open question whose first quote is not right, or which was answered and should not have been."""
    part = measured.part("open")
    misses = [each for each in part.outcomes if not each.is_right] if part else []
    yield texts.QUALITY_MISSES.format(count=len(misses))
    for outcome in misses:
        yield from _miss(outcome, questions[outcome.id])


def _miss(outcome: Outcome, question: Question) -> Iterator[str]:
    asked = " → ".join(question.turns)
    yield texts.QUALITY_MISS.format(id=outcome.id, kind=texts.QUALITY_KINDS[outcome.kind], question=asked)
    if not question.is_refusal:
        wrong = [texts.QUALITY_MEASURES[name] for name in RIGHT if outcome.scores.get(name) == 0]
        yield texts.QUALITY_EXPECTED.format(
            directive="; ".join(question.directive),
            place="; ".join(question.place) or "–",
            words="; ".join(question.words),
            wrong=", ".join(wrong),
        )
    yield texts.QUALITY_GIVEN.format(given=_given(outcome))


def _given(outcome: Outcome) -> str:
    if outcome.citation is None:
        return texts.QUALITY_REFUSED if outcome.scores[REFUSED] else texts.QUALITY_NOTHING_QUOTED
    return f"{outcome.citation}: {shorten(outcome.quote or '', _QUOTED)}"


def comparison_lines(comparison: Comparison, questions: Mapping[str, Question]) -> Iterator[str]:
    """What rose and fell, then the questions that turned right, turned wrong, or are answered otherwise."""
    yield texts.QUALITY_COMPARED
    for change in comparison.changes:
        names = texts.QUALITY_REFUSAL_MEASURES if is_refusal(change.kind) else texts.QUALITY_MEASURES
        yield texts.QUALITY_CHANGE.format(
            arrow="↑" if change.now > change.before else "↓",
            part=texts.QUALITY_PART_NAMES[change.part],
            kind=texts.QUALITY_KINDS[change.kind],
            measure=names[change.measure],
            before=percent(change.before),
            now=percent(change.now),
        )
    if not comparison.changes:
        yield texts.QUALITY_NO_CHANGE
    if comparison.new or comparison.gone:
        yield texts.QUALITY_OTHER_QUESTIONS.format(new=comparison.new, gone=comparison.gone)
    named = {
        texts.QUALITY_BETTER: comparison.better,
        texts.QUALITY_WORSE: comparison.worse,
        texts.QUALITY_OTHERWISE: comparison.others,
    }
    for heading, ids in named.items():
        if ids:
            yield heading.format(count=len(ids))
            for name in ids:
                yield texts.QUALITY_CHANGED_QUESTION.format(id=name, question=questions[name].question)
