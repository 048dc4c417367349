"""``reindex`` and ``evaluate``: the library made anew, and measured; with progress for people and JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from bot import app, texts
from bot.commands.batch import print_json
from bot.corpus.report import Rebuilt, rebuilt, report_lines, shortened, skipped_lines, trial_lines, trouble_lines

if TYPE_CHECKING:
    from bot.settings import Settings
    from index import Directive, Evaluation

_MOST_TROUBLES: Final = 200
"""Lines on the terminal; all of them are in the JSON."""


def reindex(settings: Settings, *, as_json: bool, accept: bool = False) -> bool:
    """Builds and reports; False when no directive could be taken in, or the library before goes on answering."""
    with progress_bar() as progress:
        report = app.rebuild(settings, progress=progress, accept=accept)
    done = rebuilt(report)
    if as_json:
        print_json(done)
    else:
        print_report(done)
        for line in app.what_waits(settings, report):
            print(line, file=sys.stderr)
    if not done.filled:
        print(texts.NOTHING_INDEXED.format(folder=settings.corpus_dir), file=sys.stderr)
    return not done.kept and (done.filled or (done.removed > 0 and not done.skipped))


class Named(BaseModel):
    """A directive of a rollback, as programs read it."""

    model_config = ConfigDict(frozen=True)

    directive: str
    number: str | None
    title: str
    file: str


class WentBack(BaseModel):
    """What programs read of a rollback; of what stays hidden only the files are named."""

    model_config = ConfigDict(frozen=True)

    snapshot: str
    built_at: datetime
    directives: int
    returned: tuple[Named, ...]
    gone: tuple[Named, ...]
    other: tuple[Named, ...]
    hidden: tuple[str, ...]
    classified: bool


def roll_back(settings: Settings, *, as_json: bool) -> None:
    """Lets the snapshot before answer again, and says what that changes."""
    with progress_bar() as progress:
        done = app.roll_back(settings, progress=progress)
    parts = {name: tuple(map(_named, getattr(done, name))) for name in ("returned", "gone", "other")}
    went = WentBack(
        snapshot=done.snapshot,
        built_at=done.built_at,
        directives=done.directives,
        hidden=tuple(directive.file for directive in done.hidden),
        classified=done.classified,
        **parts,
    )
    if as_json:
        print_json(went)
    else:
        print("\n".join(rollback_lines(went, zone=settings.zone)))


def _named(directive: Directive) -> Named:
    return Named(directive=directive.id, number=directive.number, title=directive.title, file=directive.file)


def rollback_lines(went: WentBack, *, zone: tzinfo) -> list[str]:
    """Which snapshot answers, then each directive that differs from what answered until now."""
    parts = {
        texts.ROLLED_BACK_RETURNED: went.returned,
        texts.ROLLED_BACK_GONE: went.gone,
        texts.ROLLED_BACK_OTHER: went.other,
    }
    counts = {"returned": len(went.returned), "gone": len(went.gone), "other": len(went.other)}
    built_at = f"{went.built_at.astimezone(zone):%H:%M %d/%m/%Y}"
    lines = [texts.ROLLED_BACK.format(built_at=built_at, directives=went.directives, **counts)]
    for heading, directives in parts.items():
        if directives:
            names = (f"{each.number or texts.UNNUMBERED} – {each.title}" for each in directives)
            lines += [heading, *(texts.ROLLED_BACK_LINE.format(directive=name) for name in names)]
    if went.hidden:
        lines += [texts.ROLLED_BACK_HIDDEN.format(count=len(went.hidden))]
        lines += [texts.ROLLED_BACK_LINE.format(directive=file) for file in went.hidden]
    if went.classified:
        lines.append(texts.ROLLED_BACK_CLASSIFIED)
    return lines


def build_first(settings: Settings) -> None:
    """Builds a library where there is none yet, and says so."""
    print(texts.BUILD_FIRST.format(folder=settings.corpus_dir), file=sys.stderr)
    with progress_bar() as progress:
        done = rebuilt(app.rebuild(settings, progress=progress))
    print_report(done, file=sys.stderr)


def print_report(done: Rebuilt, *, file: Any = None) -> None:
    print("\n".join(report_lines(done)), file=file)
    troubles = shortened(trouble_lines(done), _MOST_TROUBLES, rest=texts.TROUBLE_REST)
    for line in (*trial_lines(done), *skipped_lines(done), *troubles):
        print(line, file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Callable[[Any], None]]:
    """A bar on stderr, one row for each stage; nothing where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True)
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    rows: dict[str, TaskID] = {}
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as bar:

        def show(step: Any) -> None:
            stage = str(step.stage)
            if stage not in rows:
                rows[stage] = bar.add_task(texts.BUILD_STAGES.get(stage, stage), total=step.total)
            bar.update(rows[stage], completed=step.done, total=step.total)

        yield show


def evaluate(path: Path, *, encoder: str, unaccented: bool, half: Literal["even", "odd"] | None, as_json: bool) -> None:
    """Measures how well questions with known answers are answered."""
    from index import evaluate as measure
    from index import load_encoder

    with progress_bar() as progress:
        evaluation = measure(path, encoder=load_encoder(encoder), unaccented=unaccented, half=half, progress=progress)
    if as_json:
        print_json(evaluation)
    else:
        print("\n".join(evaluation_lines(evaluation)))


def evaluation_lines(evaluation: Evaluation) -> list[str]:
    """The title, then a line for each metric with its interval."""
    data = evaluation.model_dump(mode="json")
    metrics: dict[str, Any] = data["metrics"]
    intervals: dict[str, list[float]] = metrics.get("intervals", {})
    lines = [texts.EVALUATION_TITLE.format(kind=data["kind"], questions=data["questions"])]
    for name, value in metrics.items():
        if isinstance(value, int | float):
            low_high = intervals.get(name)
            interval = (
                texts.EVALUATION_INTERVAL.format(low=f"{low_high[0]:.3f}", high=f"{low_high[1]:.3f}")
                if low_high
                else ""
            )
            lines.append(f"{name:<10} {value:8.3f}{interval}")
    return lines
