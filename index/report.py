"""What a build and a library say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError

from index.types import Frozen


class Skipped(Frozen):
    """A file that was left out. ``reason``: the stable code of the error; ``facts``: what it knows (path, line, key
    …).
    """

    path: str
    reason: str
    facts: Mapping[str, str] = Field(default_factory=dict)
    message: str


TROUBLES = ("unread_pages", "weak_pages", "two_texts", "two_sources", "two_audiences")
UNREAD = ("no_program", "unreadable")
"""Why pages stay unread: the program for it is not installed, or it made nothing of them."""


class Trouble(Frozen):
    """Something to look at in a file that was taken in.

    ``code``: ``unread_pages`` (pages that are pictures and could not be read; facts ``pages``, ``reason``: one of
    `UNREAD`), ``weak_pages`` (read with doubt; ``pages``), ``two_texts`` (two different texts under one identity, both
    kept; ``number``, ``other``), ``two_sources`` (the same text in two files; ``number``, ``other``: the one that is
    quoted), ``two_audiences`` (the same text in files that say different audiences, of which the narrower holds;
    ``number``, ``other``, ``audience``).
    """

    path: str
    code: str
    facts: Mapping[str, str] = Field(default_factory=dict)


class Share(Frozen):
    """Of the questions that were asked of the new snapshot and of the one before (None where there was none to ask).

    ``measure``: the caller's name for what was counted. ``fell``: by more than it may.
    """

    measure: str
    before: float | None
    now: float
    fell: bool = False


class Trial(Frozen):
    """What the caller's check of a new snapshot said. ``questions``: as they were asked, those that are answered worse;
    ``held``: how many more such there are, which are not shown. ``problem``: why nothing was asked, in the caller's
    words. ``kept``: the snapshot before goes on answering.
    """

    asked: int
    shares: tuple[Share, ...] = ()
    questions: tuple[str, ...] = ()
    held: int = 0
    problem: str = ""
    kept: bool = False

    @property
    def fell(self) -> bool:
        return any(share.fell for share in self.shares)


class BuildReport(Frozen):
    """What a build did, counted in directives. ``trial``: None where there was no check."""

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    troubles: tuple[Trouble, ...] = ()
    passages: int
    seconds: float
    trial: Trial | None = None


class LibraryInfo(Frozen):
    """The snapshot that answers. Counts are of what the asker may see."""

    directives: int
    passages: int
    snapshot: str
    built_at: datetime
    encoder: str


def keep_report(snapshot: Path, report: BuildReport) -> None:
    """Beside the snapshot that was built; one that cannot be written is missed by nobody who searches."""
    with suppress(OSError):
        (snapshot / _FILE).write_text(report.model_dump_json(), encoding="utf-8")


def kept_report(snapshot: Path) -> BuildReport | None:
    """None where none was kept, or one of another form."""
    try:
        return BuildReport.model_validate_json((snapshot / _FILE).read_bytes())
    except (OSError, ValidationError):
        return None


_FILE = "report.json"
