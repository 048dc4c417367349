"""The corpus as a build takes it in: every file read and cut, from the cache where it has not changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from index.cache import Cache, cache_key
from index.errors import ClassifiedPaper, ReadError
from index.findings import Passage
from index.identity import text_digest, unite
from index.progress import Progress, Stage, Watch, stop_at
from index.reading.readers import CorpusFile
from index.reading.tools import NO_TOOLS, Tools
from index.report import Skipped, Trouble
from index.searching.catalog import Entry
from index.types import Frozen, Printed, Reading


class Steps(NamedTuple):
    """How files become passages.

    ``files``: the files of a corpus folder by name, and why others are left out. ``read``: the directives of one of
    them, called as ``read(path, name=…, tools=…)``. ``cut``: a reading into passages. ``version``: with another one,
    all is read again. ``tools``: the programs that readers may call.
    """

    files: Callable[[Path], tuple[Sequence[CorpusFile], Sequence[ReadError]]]
    read: Callable[..., tuple[Reading, ...]]
    cut: Callable[[Reading], Sequence[Passage]]
    version: str
    tools: Tools = NO_TOOLS


class Intake(NamedTuple):
    """``entries``: each directive once, by file. ``skipped``, ``troubles``: by path. ``files``: the digests of those
    that were taken in, each of its bytes alone (`bytes_digest`).
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    troubles: tuple[Trouble, ...]
    files: frozenset[str]

    @property
    def refuses(self) -> bool:
        """Whether a classified paper was left out."""
        return any(skipped.reason == ClassifiedPaper.code for skipped in self.skipped)


class _KeptReading(Frozen):
    reading: Reading
    passages: tuple[Passage, ...]


class _Kept(Frozen):
    """The directives of one file."""

    readings: tuple[_KeptReading, ...]


def take_in(corpus: Path, *, steps: Steps, cache: Cache, watch: Watch) -> Intake:
    """Everything that the corpus holds; what cannot be taken in is skipped with its reason."""
    files, errors = steps.files(corpus)
    failed, read = list(errors), list[Entry]()
    reader = _Reader(steps, cache, watch, marks=_marks_of_texts(corpus, errors, steps=steps))
    for done, file in enumerate(files, start=1):
        try:
            read.extend(reader.entries(file))
        except ReadError as err:
            failed.append(err)
        watch(Progress(stage=Stage.READ, done=done, total=len(files)))
        stop_at("mid_read")
    united = unite(read)
    troubles = _once((*united.troubles, *_page_troubles(read, can_read=steps.tools.tesseract is not None)))
    return Intake(
        entries=united.entries,
        skipped=tuple(sorted(map(_skipped, failed), key=lambda skipped: skipped.path)),
        troubles=troubles,
        files=frozenset(bytes_digest(entry.digest) for entry in read),
    )


def digest_of(file: CorpusFile) -> str:
    """Of the bytes of the file and, behind a dot, of its sidecar where it has one; empty where they cannot be had: the
    reader then says why.
    """
    try:
        return f"{_digest_of_bytes(file.path)}.{_digest_of_bytes(file.sidecar) if file.sidecar else ''}"
    except OSError:
        return ""


def bytes_digest(digest: str) -> str:
    """Of the file alone, out of what `digest_of` gives."""
    return digest.partition(".")[0]


def _digest_of_bytes(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _skipped(err: ReadError) -> Skipped:
    return Skipped(path=err.facts["path"], reason=err.code, facts=err.facts, message=str(err))


class _Reader:
    """Files into entries. ``marks``: of papers whose name alone says that they are classified, by the digest of their
    text and of their bytes; the same paper under a harmless name is refused as well.
    """

    def __init__(self, steps: Steps, cache: Cache, watch: Watch, *, marks: Mapping[str, str]) -> None:
        self._steps = steps
        self._cache = cache
        self._watch = watch
        self._marks = marks
        self._pages = (0, 0)

    def entries(self, file: CorpusFile) -> tuple[Entry, ...]:
        """Raises ReadError."""
        digest = digest_of(file)
        key = cache_key("reading", self._steps.version, self._steps.tools.version, file.name, digest)
        kept = _unpacked(self._cache.get(key)) if digest else None
        if kept:
            entries = tuple(Entry(digest, each.reading, each.passages) for each in kept.readings)
        else:
            pages = self._cache.pages_of(bytes_digest(digest))
            tools = replace(self._steps.tools, pages=pages if digest else None, watch=self._watching())
            readings = self._steps.read(file.path, name=file.name, tools=tools)
            entries = tuple(Entry(digest, reading, tuple(self._steps.cut(reading))) for reading in readings)
        try:
            self._refuse_copies(file.name, entries)
        except ClassifiedPaper:
            self._cache.drop(key)
            raise
        if not kept and digest and digest == digest_of(file):  # else it was changed while it was read: once more then
            pages.keep()
            each_kept = tuple(_KeptReading(reading=each.reading, passages=each.passages) for each in entries)
            self._cache.put(key, _Kept(readings=each_kept).model_dump_json().encode())
        return entries

    def _refuse_copies(self, name: str, entries: Iterable[Entry]) -> None:
        if not self._marks:
            return
        for entry in entries:
            for digest in (bytes_digest(entry.digest), text_digest(entry.reading.printed.text)):
                if mark := self._marks.get(digest):
                    raise ClassifiedPaper(path=name, mark=mark)

    def _watching(self) -> Callable[[int, int], None]:
        """Counts the pages of this file on top of those of the files before."""
        before, total_before = self._pages

        def watch(done: int, total: int) -> None:
            self._pages = before + done, total_before + total
            self._watch(Progress(stage=Stage.PAGES, done=self._pages[0], total=self._pages[1]))

        return watch


def _marks_of_texts(corpus: Path, errors: Iterable[ReadError], *, steps: Steps) -> dict[str, str]:
    """For each paper that its name says is classified, its mark by the digests of its text and of its bytes.

    They are read here and nothing of them is kept. No program is called, as it would write to the disk; and no two
    recognitions of a picture agree to the letter anyhow.
    """
    marks: dict[str, str] = {}
    for error in errors:
        if not isinstance(error, ClassifiedPaper):
            continue
        path = corpus / error.facts["path"]
        try:
            marks[_digest_of_bytes(path)] = error.facts["mark"]
            tools = replace(steps.tools, tesseract=None, soffice=None, pages=None)
            for reading in steps.read(path, name=f"paper{path.suffix}", tools=tools):
                marks[text_digest(reading.printed.text)] = error.facts["mark"]
        except (ReadError, OSError):  # marked in its text as well, or not to be read: no copy of its text is taken in
            continue
    return marks


def _once(troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
    """Each once, by path: two directives of one file have the same pages."""
    found = {(each.path, each.code, *sorted(each.facts.items())): each for each in troubles}
    return tuple(found[place] for place in sorted(found))


def _page_troubles(entries: Iterable[Entry], *, can_read: bool) -> Iterator[Trouble]:
    for entry in entries:
        printed, file = entry.reading.printed, entry.reading.directive.file
        if printed.unread:
            reason = "unreadable" if can_read else "no_program"
            yield _of_pages("unread_pages", file, printed.unread, reason=reason)
        if weak := _weak_pages(printed):
            yield _of_pages("weak_pages", file, weak)


def _weak_pages(printed: Printed) -> list[int]:
    return [scan.page for scan in printed.scans if scan.weak]


def _of_pages(code: str, file: str, pages: Iterable[int], **facts: str) -> Trouble:
    return Trouble(path=file, code=code, facts={"pages": _spans(pages), **facts})


def _spans(pages: Iterable[int]) -> str:
    """``2, 5-7``."""
    runs = []
    for _, run in groupby(enumerate(sorted(pages)), key=lambda counted: counted[1] - counted[0]):
        numbers = [page for _, page in run]
        runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ", ".join(runs)


def _unpacked(body: bytes | None) -> _Kept | None:
    try:
        return _Kept.model_validate_json(body) if body else None
    except ValidationError:  # of an earlier form
        return None
