"""The corpus as a build takes it in: every file read and cut, from the cache where it has not changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from index.cache import Cache, cache_key
from index.errors import DuplicateDirective, ReadError
from index.progress import Progress, Stage, Watch, stop_at
from index.reading.readers import CorpusFile
from index.reading.tools import NO_TOOLS, Tools
from index.report import Skipped
from index.searching.catalog import Entry
from index.types import DirectiveId, Frozen, Passage, Reading


class Steps(NamedTuple):
    """How files become passages.

    ``files``: the files of a corpus folder by name, and why others are left out. ``read``: the directives of one of
    them, called as ``read(path, name=…, tools=…)``. ``cut``: a reading into passages. ``version``: with another one,
    all is read again.
    """

    files: Callable[[Path], tuple[Sequence[CorpusFile], Sequence[ReadError]]]
    read: Callable[..., tuple[Reading, ...]]
    cut: Callable[[Reading], Sequence[Passage]]
    version: str


class Intake(NamedTuple):
    """``entries``: in the order of their files. ``skipped``: by path."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]


class _KeptReading(Frozen):
    reading: Reading
    passages: tuple[Passage, ...]


class _Kept(Frozen):
    """The directives of one file."""

    readings: tuple[_KeptReading, ...]


def take_in(corpus: Path, *, steps: Steps, cache: Cache, watch: Watch, tools: Tools = NO_TOOLS) -> Intake:
    """Everything that the corpus holds; what cannot be taken in is skipped with its reason."""
    files, errors = steps.files(corpus)
    failed = list(errors)
    entries: dict[DirectiveId, Entry] = {}
    for done, file in enumerate(files, start=1):
        try:
            for entry in _entries(file, steps=steps, cache=cache, tools=tools):
                _keep(entry, entries)
        except ReadError as err:
            failed.append(err)
        watch(Progress(stage=Stage.READ, done=done, total=len(files)))
        stop_at("mid_read")
    return Intake(tuple(entries.values()), tuple(sorted(map(_skipped, failed), key=lambda skipped: skipped.path)))


def _skipped(err: ReadError) -> Skipped:
    return Skipped(path=err.facts["path"], reason=err.code, facts=err.facts, message=str(err))


def _keep(entry: Entry, entries: dict[DirectiveId, Entry]) -> None:
    directive = entry.reading.directive
    if first := entries.get(directive.id):
        raise DuplicateDirective(
            path=directive.file, number=directive.number or directive.title, other=first.reading.directive.file
        )
    entries[directive.id] = entry


def _entries(file: CorpusFile, *, steps: Steps, cache: Cache, tools: Tools) -> tuple[Entry, ...]:
    digest = _digest(file)
    key = cache_key("reading", steps.version, tools.version, file.name, digest)
    if digest and (kept := _unpacked(cache.get(key))):
        return tuple(Entry(digest, each.reading, each.passages) for each in kept.readings)
    readings = steps.read(file.path, name=file.name, tools=tools)
    entries = tuple(Entry(digest, reading, tuple(steps.cut(reading))) for reading in readings)
    if digest and digest == _digest(file):  # else it was changed while it was read: the next build reads it again
        readings_kept = tuple(_KeptReading(reading=each.reading, passages=each.passages) for each in entries)
        cache.put(key, _Kept(readings=readings_kept).model_dump_json().encode())
    return entries


def _unpacked(body: bytes | None) -> _Kept | None:
    try:
        return _Kept.model_validate_json(body) if body else None
    except ValidationError:  # of an earlier form
        return None


def _digest(file: CorpusFile) -> str:
    """Of the bytes of the file and of its sidecar; empty where they cannot be had: the reader then says why."""
    whole = hashlib.sha256()
    try:
        for path in filter(None, (file.path, file.sidecar)):
            with path.open("rb") as stream:
                whole.update(hashlib.file_digest(stream, "sha256").digest())
    except OSError:
        return ""
    return whole.hexdigest()
