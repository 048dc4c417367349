"""``evaluate`` on a question set of our own: figures of the library in use, a plot, and two runs compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from bot import app, texts
from bot.commands import corpus as corpora
from bot.commands.batch import print_json
from bot.commands.corpus import progress_bar
from bot.errors import BadUsage, FileMissing
from bot.quality.comparing import compare, read_measured
from bot.quality.figures import Measured, PartName
from bot.quality.measuring import measure
from bot.quality.plot import plot_page
from bot.quality.questions import Question, is_question_set, read_questions
from bot.quality.wording import comparison_lines, measured_lines, miss_lines

if TYPE_CHECKING:
    from bot.settings import Settings


Half = Literal["even", "odd"]
BEIR: Final = "qrels.tsv"
"""What a folder of the BEIR layout holds."""


class Wanted(NamedTuple):
    """``part`` None: both, apart. ``plot``: the file to write. ``against``: an earlier run, as JSON."""

    part: PartName | None = None
    misses: bool = False
    unaccented: bool = False
    as_json: bool = False
    plot: Path | None = None
    against: Path | None = None


def evaluate_any(path: Path, wanted: Wanted, *, half: Half | None, settings: Settings) -> None:
    """A set of ours is asked of the library in use; for the layouts of others, one is built of what they hold."""
    if is_question_set(path) and not (path / BEIR).exists():
        if half:
            raise BadUsage(detail=texts.QUALITY_HALF_NOT_YAML)
        evaluate(path, wanted, settings=settings)
        return
    given = {"--part": wanted.part, "--misses": wanted.misses, "--plot": wanted.plot, "--against": wanted.against}
    if option := next((name for name, value in given.items() if value), None):
        raise BadUsage(detail=texts.QUALITY_ONLY_YAML.format(option=option))
    corpora.evaluate(path, encoder=settings.encoder, unaccented=wanted.unaccented, half=half, as_json=wanted.as_json)


def evaluate(path: Path, wanted: Wanted, *, settings: Settings) -> None:
    """Asks the library in use, and sees all that is not withdrawn, as `ask` does."""
    questions = read_questions(path)
    before = read_measured(wanted.against) if wanted.against else None
    library = app.open_library(settings)
    with progress_bar() as progress:
        measured = measure(
            library,
            questions,
            name=str(path),
            visible=app.sight(settings, library, member=None),
            validity=app.validity(settings, library),
            part=wanted.part,
            unaccented=wanted.unaccented,
            progress=progress,
        )
    if wanted.plot:
        _write(wanted.plot, plot_page(measured))
    if wanted.as_json:
        print_json(measured)
    else:
        print("\n".join(_lines(measured, before, questions, wanted=wanted)))


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise FileMissing(path=path, detail=error.strerror or "") from error


def _lines(
    measured: Measured, before: Measured | None, questions: tuple[Question, ...], *, wanted: Wanted
) -> Iterator[str]:
    by_id = {question.id: question for question in questions}
    yield from measured_lines(measured)
    if wanted.misses:
        yield ""
        yield from miss_lines(measured, by_id)
    if before:
        yield ""
        yield from comparison_lines(compare(before, measured), by_id)
