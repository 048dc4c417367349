"""What a build and a library say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from index.types import Frozen


class Skipped(Frozen):
    """A file that was left out. ``reason``: the stable code of the error; ``facts``: what it knows (path, line, key
    …).
    """

    path: str
    reason: str
    facts: Mapping[str, str] = Field(default_factory=dict)
    message: str


class Trouble(Frozen):
    """Something to look at in a file that was taken in.

    ``code``: ``unread_pages`` (pages that are pictures and could not be read; facts ``pages``, ``reason``),
    ``weak_pages`` (read with doubt; ``pages``), ``two_texts`` (two different texts under one identity, both kept;
    ``number``, ``other``), ``two_sources`` (the same text in two files; ``number``, ``other``).
    """

    path: str
    code: str
    facts: Mapping[str, str] = Field(default_factory=dict)


class BuildReport(Frozen):
    """What a build did, counted in directives."""

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    troubles: tuple[Trouble, ...] = ()
    passages: int
    seconds: float


class LibraryInfo(Frozen):
    """The snapshot that answers. Counts are of what the asker may see."""

    directives: int
    passages: int
    snapshot: str
    built_at: datetime
    encoder: str
