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
    return Rebuilt(**report.model_dump(exclude={"skipped"}), skipped=skipped)


def report_lines(done: Rebuilt) -> list[str]:
    counts = done.model_dump(exclude={"skipped"}) | {"seconds": f"{done.seconds:.1f}".replace(".", ",")}
    return [texts.REPORT.format(**counts)]


def skipped_lines(done: Rebuilt) -> list[str]:
    """A heading and a line for each file that was left out; nothing where none was."""
    if not done.skipped:
        return []
    lines = [texts.SKIPPED_LINE.format(path=each.path, text=each.text) for each in done.skipped]
    return [texts.REPORT_SKIPPED.format(count=len(lines)), *lines]
