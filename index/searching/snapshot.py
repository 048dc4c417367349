"""A snapshot is one whole state of the library, in a folder that never changes; CURRENT names the one that answers.

    library/CURRENT                    the name of a snapshot
    library/snapshots/NAME/            manifest.json, catalog.sqlite, vectors.faiss, centre.npy, words/,
                                       postings/, vocabulary/
    library/snapshots/NAME/rollback.json   where this one answers again after a later one: what stays hidden of it
    library/snapshots/NAME.building    one that is being written, or was left over by a build that was killed

A crash at any moment leaves either the old snapshot answering or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from index.errors import LibraryDamaged, LibraryMissing, LibraryOutdated
from index.searching.catalog import Catalog, open_catalog
from index.searching.names import Names
from index.searching.rows import SeenRows
from index.searching.vectors import VectorStore, open_vectors
from index.searching.vocabulary import Vocabulary, open_vocabulary
from index.searching.words import WordStore, open_words
from index.types import DirectiveId, Frozen

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
ROLLBACK = "rollback.json"
SCHEMA = 6
"""Raised when the files of a snapshot change their form: an older library then has to be built again."""
BUILDING = ".building"
_KEPT = 32
"""For how many sets of directives what their stores know of them is kept: a committee has few."""


class Manifest(Frozen):
    """What a snapshot holds, and what made it.

    ``reader``: version of the code that made texts, passages and terms (`index.version`).
    ``fingerprint``, ``dimension``: of the encoder named ``encoder``.
    """

    schema_version: int
    snapshot: str
    built_at: datetime
    reader: str
    encoder: str
    fingerprint: str
    dimension: int
    directives: int
    passages: int


class RolledBack(Frozen):
    """That a snapshot answers again. ``hidden``: its directives that stay unknown, since their files were taken away,
    classified or narrowed meanwhile. ``left``: the snapshot that answered until ``at``. ``mark``: what the caller of
    the rollback wants to find again.
    """

    at: datetime
    left: str
    hidden: frozenset[DirectiveId]
    mark: str = ""


@dataclass(frozen=True)
class Snapshot:
    """An open snapshot. Row ``i`` is the same passage in all three stores; all outlive their folder."""

    manifest: Manifest
    catalog: Catalog
    vectors: VectorStore
    words: WordStore
    vocabulary: Vocabulary

    @cached_property
    def names(self) -> Names:
        """The numbers and titles of all directives."""
        return Names(self.catalog.directives())

    def seen_by(self, visible: frozenset[DirectiveId] | None) -> Snapshot:
        """With vectors and words as if the library held only the directives that are visible; None means all.

        Catalog and names stay whole. What is hidden after a rollback is nobody's.
        """
        if visible is None and self.catalog.hidden:
            visible = frozenset(directive.id for directive in self.catalog.directives())
        return self if visible is None else self._seen(visible)

    @cached_property
    def _seen(self) -> Callable[[frozenset[DirectiveId]], Snapshot]:
        return lru_cache(_KEPT)(self._limited)

    def _limited(self, visible: frozenset[DirectiveId]) -> Snapshot:
        seen = SeenRows(self.catalog.rows_of(visible), self.catalog.size)
        return replace(
            self,
            vectors=self.vectors.among(seen),
            words=self.words.among(seen),
            vocabulary=self.vocabulary.among(seen),
        )


def snapshots_of(library: Path) -> Path:
    return library / "snapshots"


def current_snapshot(library: Path) -> Path:
    """The folder of the snapshot that answers. Raises LibraryMissing or LibraryDamaged."""
    try:
        name = (library / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as err:
        raise LibraryMissing(folder=library) from err
    except (OSError, UnicodeDecodeError) as err:
        raise LibraryDamaged(folder=library, detail=f"{CURRENT}: {type(err).__name__}") from err
    folder = snapshots_of(library) / name
    if not name or Path(name).name != name or not folder.is_dir():
        raise LibraryDamaged(folder=library, detail=f"{CURRENT} names no snapshot")
    return folder


def rolled_back(library: Path) -> RolledBack | None:
    """What the last rollback said, while its snapshot answers. Raises LibraryMissing or LibraryDamaged."""
    folder = current_snapshot(library)
    try:
        return read_rollback(folder)
    except (OSError, ValueError) as err:
        raise LibraryDamaged(folder=library, detail=f"{ROLLBACK}: {type(err).__name__}") from err


def read_rollback(folder: Path) -> RolledBack | None:
    """What stands in the folder of a snapshot. Raises OSError and ValueError."""
    try:
        return RolledBack.model_validate_json((folder / ROLLBACK).read_bytes())
    except FileNotFoundError:
        return None


def open_current(library: Path) -> Snapshot:
    """The snapshot that answers, opened. Raises LibraryMissing or LibraryDamaged."""
    while True:
        folder = current_snapshot(library)
        try:
            return open_snapshot(folder)
        except LibraryDamaged:
            if current_snapshot(library) == folder:  # else a build switched and swept while this one was being opened
                raise


def open_snapshot(folder: Path) -> Snapshot:
    """The snapshot in this folder. Raises LibraryDamaged, or LibraryOutdated for one of another schema."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        if isinstance(said, dict) and said.get("schema_version", SCHEMA) != SCHEMA:
            raise LibraryOutdated(folder=folder.parent.parent)
        return _open_stores(Manifest.model_validate(said), folder)
    except (OSError, EOFError, ValueError, RuntimeError, sqlite3.Error) as err:
        raise LibraryDamaged(folder=folder, detail=f"{type(err).__name__} on opening") from err


def _open_stores(manifest: Manifest, folder: Path) -> Snapshot:
    again = read_rollback(folder)
    with ExitStack() as opened:
        catalog = open_catalog(folder, hidden=again.hidden if again else frozenset())
        opened.callback(catalog.close)
        snapshot = Snapshot(manifest, catalog, open_vectors(folder), open_words(folder), open_vocabulary(folder))
        _check_counts(snapshot, folder)
        opened.pop_all()
    return snapshot


def _check_counts(snapshot: Snapshot, folder: Path) -> None:
    manifest = snapshot.manifest
    counted = {
        "directives": (manifest.directives, len(snapshot.catalog.digests())),
        "passages": (manifest.passages, snapshot.catalog.size),
        "vectors": (manifest.passages, snapshot.vectors.size),
        "words": (manifest.passages, snapshot.words.size),
        "dimension": (manifest.dimension, snapshot.vectors.dimension),
    }
    for what, (said, found) in counted.items():
        if said != found:
            raise LibraryDamaged(folder=folder, detail=f"{what}: {said} said, {found} found")


def switch(library: Path, building: Path) -> Path:
    """Make a finished ``.building`` folder the snapshot that answers; a crash leaves either the old one or the new."""
    folder = building.with_name(building.name.removesuffix(BUILDING))
    _flush(*building.rglob("*"), building)
    building.rename(folder)
    _flush(folder.parent)
    _replace(library / CURRENT, f"{folder.name}\n")
    return folder


def switch_back(library: Path, folder: Path, said: RolledBack) -> None:
    """Make a snapshot that is whole the one that answers again; what it must hide stands in it before it answers."""
    _replace(folder / ROLLBACK, said.model_dump_json(indent=2))
    _replace(library / CURRENT, f"{folder.name}\n")


def _replace(file: Path, text: str) -> None:
    """The whole new text or the whole old one stands there, whenever the machine stops."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(text, encoding="utf-8")
    _flush(new)
    new.replace(file)
    _flush(file.parent)


def sweep_unfinished(library: Path) -> None:
    """Delete what a build left that was killed."""
    for folder in snapshots_of(library).glob(f"*{BUILDING}"):
        shutil.rmtree(folder)


def sweep_old(library: Path, *, keep: Path | None) -> None:
    """Delete every snapshot but the current one and ``keep``."""
    kept = {current_snapshot(library), keep}
    for folder in snapshots_of(library).iterdir():
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _flush(*paths: Path) -> None:
    """Have these files and folders on the disk, not only in the system's memory."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
