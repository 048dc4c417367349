"""What a build did, as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from bot import texts

if TYPE_CHECKING:
    from index import BuildReport


class SkippedFile(BaseModel):
    """``path``: relative to the corpus folder. ``reason``: the stable code; ``text``: its Vietnamese, with the cure."""

    model_config = ConfigDict(frozen=True)

    path: str
    reason: str
    text: str


class TroubledFile(BaseModel):
    """A file that was taken in, and what is to be looked at in it; as `SkippedFile`."""

    model_config = ConfigDict(frozen=True)

    path: str
    trouble: str
    text: str


class Rebuilt(BaseModel):
    """What programs read: counts of directives; keys may be added, none removed."""

    model_config = ConfigDict(frozen=True)

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]
    passages: int
    seconds: float
    troubles: tuple[TroubledFile, ...] = ()

    @property
    def filled(self) -> bool:
        return self.added + self.changed + self.unchanged > 0

    @property
    def differs(self) -> bool:
        return self.added + self.changed + self.removed > 0


def rebuilt(report: BuildReport) -> Rebuilt:
    skipped = tuple(
        SkippedFile(path=each.path, reason=each.reason, text=texts.skip_text(each.reason, each.facts))
        for each in report.skipped
    )
    troubles = tuple(
        TroubledFile(path=each.path, trouble=each.code, text=texts.trouble_text(each.code, each.facts))
        for each in report.troubles
    )
    return Rebuilt(**report.model_dump(exclude={"skipped", "troubles"}), skipped=skipped, troubles=troubles)


def report_lines(done: Rebuilt) -> list[str]:
    counts = done.model_dump(exclude={"skipped", "troubles"}) | {"seconds": f"{done.seconds:.1f}".replace(".", ",")}
    return [texts.REPORT.format(**counts)]


def skipped_lines(done: Rebuilt) -> list[str]:
    """A heading and a line for each file that was left out; nothing where none was."""
    if not done.skipped:
        return []
    lines = [texts.SKIPPED_LINE.format(path=each.path, text=each.text) for each in done.skipped]
    return [texts.REPORT_SKIPPED.format(count=len(lines)), *lines]


def trouble_lines(done: Rebuilt) -> list[str]:
    """A heading and a line for each thing to look at; nothing where there is none."""
    if not done.troubles:
        return []
    lines = [texts.SKIPPED_LINE.format(path=each.path, text=each.text) for each in done.troubles]
    return [texts.REPORT_TROUBLES.format(count=len(lines)), *lines]


def shortened(lines: list[str], most: int, *, rest: str) -> list[str]:
    """At most so many lines, and how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], rest.format(count=len(lines) - most)]
