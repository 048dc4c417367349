"""The directives, printed texts and passages of one snapshot, in one SQLite file that never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.findings import Passage
from index.types import Directive, DirectiveId, Duty, Printed, Reading, Relation

FILE = "catalog.sqlite"
_KEPT = 64
"""How many printed texts, and how many answers of `Catalog.rows_of`, are kept at hand."""
_RELATIONS = TypeAdapter(tuple[Relation, ...])
_DUTIES = TypeAdapter(tuple[Duty, ...])
_TABLES = """
CREATE TABLE directives (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    fields TEXT NOT NULL, printed TEXT NOT NULL, relations TEXT NOT NULL,
    duties TEXT NOT NULL
);
CREATE TABLE passages (row INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""


class Entry(NamedTuple):
    """One directive with its passages. ``digest``: of the bytes it was read from."""

    digest: str
    reading: Reading
    passages: tuple[Passage, ...]


def write_catalog(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the catalog; the passages get rows 0, 1, … in the order of the entries."""
    row = 0
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        base.executescript(_TABLES)
        for entry in entries:
            directive = entry.reading.directive
            first, row = row, row + len(entry.passages)
            fields, printed = directive.model_dump_json(), entry.reading.printed.model_dump_json()
            relations, duties = _RELATIONS.dump_json(entry.reading.relations), _DUTIES.dump_json(entry.reading.duties)
            values = (directive.id, entry.digest, first, row, fields, printed, relations, duties)
            base.execute("INSERT INTO directives VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
            bodies = (passage.model_dump_json() for passage in entry.passages)
            base.executemany("INSERT INTO passages VALUES (?, ?)", enumerate(bodies, start=first))


def open_catalog(folder: Path, *, hidden: frozenset[DirectiveId] = frozenset()) -> Catalog:
    """The catalog written there. ``hidden``: directives that are as if they were not in it. Raises sqlite3.Error on a
    missing or damaged file.
    """
    place = (folder / FILE).absolute().as_uri() + "?mode=ro&immutable=1"
    with ExitStack() as opened:
        catalog = Catalog(sqlite3.connect(place, uri=True, check_same_thread=False), hidden)
        opened.callback(catalog.close)
        catalog.digests()  # SQLite opens the file at the first question: now, while its folder is sure to be there
        opened.pop_all()
    return catalog


class Catalog:
    """Everything that is known of the directives; reads on demand, from any thread, even when its folder is deleted.

    An unknown directive or row is a KeyError. ``hidden`` directives are unknown; only `digests`, `size` and the rows,
    which belong to the files of the snapshot, still count them.
    """

    def __init__(self, base: sqlite3.Connection, hidden: frozenset[DirectiveId] = frozenset()) -> None:
        self.hidden = hidden
        self._base = base
        self._lock = Lock()
        self._kept_printed = lru_cache(_KEPT)(self._read_printed)
        self._kept_rows = lru_cache(_KEPT)(self._join_rows)

    def directives(self) -> tuple[Directive, ...]:
        """All, in the order of their rows."""
        return tuple(self._directives.values())

    def __contains__(self, directive: object) -> bool:
        return directive in self._directives

    def directive(self, directive: DirectiveId) -> Directive:
        return self._directives[directive]

    def digests(self) -> dict[DirectiveId, str]:
        """What each directive was read from, to tell a changed one."""
        return {DirectiveId(name): digest for name, digest in self._all("SELECT id, digest FROM directives")}

    def printed(self, directive: DirectiveId) -> Printed:
        return self._kept_printed(directive)

    @cached_property
    def relations(self) -> Mapping[DirectiveId, tuple[Relation, ...]]:
        """What each directive says of others and of its own term."""
        found = self._all("SELECT id, relations FROM directives")
        return {DirectiveId(name): _RELATIONS.validate_json(said) for name, said in found if name not in self.hidden}

    @cached_property
    def duties(self) -> Mapping[DirectiveId, tuple[Duty, ...]]:
        """What each directive gives whom to do."""
        found = self._all("SELECT id, duties FROM directives")
        return {DirectiveId(name): _DUTIES.validate_json(said) for name, said in found if name not in self.hidden}

    def rows_of(self, directives: frozenset[DirectiveId]) -> NDArray[np.int64]:
        """The rows of all their passages, rising; an unknown id has none. Not to be written to."""
        return self._kept_rows(directives)

    @cached_property
    def size(self) -> int:
        """How many passages there are."""
        return int(self._all("SELECT count(*) FROM passages")[0][0])

    def passage(self, row: int) -> Passage:
        return self.passages([row])[0]

    def passages(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[Passage, ...]:
        """The passages of these rows, in the order asked."""
        wanted = [int(row) for row in rows]
        marks = ",".join("?" * len(wanted))
        bodies = dict(self._all(f"SELECT row, body FROM passages WHERE row IN ({marks})", *wanted))
        return tuple(Passage.model_validate_json(bodies[row]) for row in wanted)

    def is_sound(self) -> bool:
        """SQLite's own check of the file."""
        return self._all("PRAGMA quick_check") == [("ok",)]

    def close(self) -> None:
        self._base.close()

    def _read_printed(self, directive: DirectiveId) -> Printed:
        found = self._all("SELECT printed FROM directives WHERE id = ?", directive)
        if not found or directive in self.hidden:
            raise KeyError(directive)
        return Printed.model_validate_json(found[0][0])

    def _join_rows(self, directives: frozenset[DirectiveId]) -> NDArray[np.int64]:
        spans = sorted(self._spans[directive] for directive in directives if directive in self._spans)
        parts = [np.arange(first, last, dtype=np.int64) for first, last in spans]
        rows = np.concatenate(parts) if parts else np.empty(0, np.int64)
        rows.setflags(write=False)
        return rows

    @cached_property
    def _directives(self) -> dict[DirectiveId, Directive]:
        fields = self._all("SELECT fields FROM directives ORDER BY rowid")
        read = (Directive.model_validate_json(text) for (text,) in fields)
        return {each.id: each for each in read if each.id not in self.hidden}

    @cached_property
    def _spans(self) -> dict[DirectiveId, tuple[int, int]]:
        found = self._all("SELECT id, first, last FROM directives")
        return {DirectiveId(name): (first, last) for name, first, last in found if name not in self.hidden}

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._base.execute(statement, values).fetchall()
