"""A backup put back into empty folders and an empty database: all of it, or nothing.

The file is read to its end and checked before anything is made. Then files are written into a hidden folder of each
target, rows into one transaction; the files are moved to their places, and the transaction is committed last.
"""

from __future__ import annotations

import gzip
import os
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, Table, make_url
from sqlalchemy.exc import DBAPIError

from bot import texts
from bot.backup import CORPUS, CURRENT, FORMAT, HISTORY, LIBRARY, MANIFEST, SNAPSHOTS, STATE, Manifest, hash_of_key
from bot.clock import now_utc
from bot.digest.clockwork import RESTORED
from bot.errors import BadBackup, FileMissing, RestoreRefused
from bot.people.keys import KEY_FILE
from bot.state import copying, notes, outbox
from bot.state.database import Database, known_revisions

if TYPE_CHECKING:
    from bot.settings import Settings

_OF_THE_SYSTEM: Final = {"lost+found"}
_TABLES: Final = {f"{STATE}/{table.name}.jsonl": table for table in copying.COPIED}
_BROKEN: Final = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)

Take = Callable[[str, IO[bytes], tarfile.TarInfo], None]


class _Head(BaseModel):
    """What a manifest of any version says of itself."""

    model_config = ConfigDict(frozen=True)

    format: int
    version: str
    revision: str


def restore(path: Path, settings: Settings, *, clock: Callable[[], datetime] = now_utc) -> Manifest:
    """Raises RestoreRefused for a target that is not empty, BadBackup for a file that is not whole or not one of ours,
    FileMissing for what can be neither read nor written.
    """
    folders = {CORPUS: settings.corpus_dir, LIBRARY: settings.library_dir, STATE: settings.state_dir}
    for folder in folders.values():
        if not _is_empty(folder):
            raise RestoreRefused(target=folder)
    manifest = _checked(path, settings)
    with ExitStack() as undo, _telling(path):
        drafts = {name: _draft_in(folder, undo) for name, folder in folders.items()}
        database = _empty_database(settings, undo)
        with database.transaction() as db:
            _read(path, _placing(db, drafts))
            copying.go_on_from(db, manifest.numbers)
            outbox.restored(db)
            notes.write(db, RESTORED, clock().isoformat())
            for name, folder in folders.items():
                _move_up(drafts[name], folder, undo)
        undo.pop_all()
        database.close()
    return manifest


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileMissing(path=error.filename or path, detail=error.strerror or error) from error
    except DBAPIError as error:
        raise BadBackup(path=path, detail=texts.BACKUP_DAMAGED_AT.format(part=STATE)) from error


def _is_empty(folder: Path) -> bool:
    try:
        return {entry.name for entry in folder.iterdir()} <= _OF_THE_SYSTEM
    except FileNotFoundError:
        return True
    except OSError as error:
        raise FileMissing(path=folder, detail=error.strerror or error) from error


def _checked(path: Path, settings: Settings) -> Manifest:
    """The manifest of a backup that is whole."""
    check = _Check(path)
    _read(path, check.take)
    manifest = check.manifest()
    if settings.secret_key is not None:
        in_force: str | None = hash_of_key(settings.secret_key.get_secret_value())
    else:
        in_force = check.key
    if manifest.key != in_force and manifest.key is not None:
        raise BadBackup(path=path, detail=texts.BACKUP_OTHER_KEY)
    return manifest


class _Check:
    """Looks at every part without keeping it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: set[str] = set()
        self._rows: dict[str, int] = {}
        self._files = {LIBRARY: 0, CORPUS: 0}
        self._current: str | None = None
        self._manifest: bytes | None = None
        self.key: str | None = None

    def take(self, name: str, content: IO[bytes], _: tarfile.TarInfo) -> None:
        if name in self._names or self._names & {str(parent) for parent in PurePosixPath(name).parents}:
            raise BadBackup(path=self._path, detail=texts.BACKUP_STRANGE.format(name=name))
        self._names.add(name)
        if (table := _TABLES.get(name)) is not None:
            self._rows[table.name] = sum(1 for _ in _rows_of(table, content, self._path))
        elif name == MANIFEST:
            self._manifest = content.read()
        elif name == KEY_FILE:
            self.key = hash_of_key(content.read().decode("ascii"))
        elif name == f"{LIBRARY}/{CURRENT}":
            self._current = content.read().decode().strip()
        else:
            self._files[PurePosixPath(name).parts[0]] += 1

    def manifest(self) -> Manifest:
        """Raises BadBackup where it does not say what was found."""
        if self._manifest is None:
            self._fail(texts.BACKUP_DAMAGED)
        try:
            head = _Head.model_validate_json(self._manifest)
            if head.format > FORMAT or head.revision not in known_revisions():
                self._fail(texts.BACKUP_NEWER.format(version=head.version))
            manifest = Manifest.model_validate_json(self._manifest)
        except ValidationError as error:
            raise BadBackup(path=self._path, detail=texts.BACKUP_DAMAGED_AT.format(part=MANIFEST)) from error
        found = {
            STATE: self._rows == manifest.rows,
            LIBRARY: (self._files[LIBRARY], self._current) == (manifest.files.get(LIBRARY), manifest.snapshot),
            CORPUS: self._files[CORPUS] == manifest.files.get(CORPUS),
            KEY_FILE: (self.key is not None) == manifest.holds_key,
        }
        for part, agrees in found.items():
            if not agrees:
                self._fail(texts.BACKUP_INCOMPLETE.format(part=part))
        return manifest

    def _fail(self, detail: str) -> NoReturn:
        raise BadBackup(path=self._path, detail=detail)


def _read(path: Path, take: Take) -> None:
    """Hands on every part in turn. Raises BadBackup for a file that is damaged or holds what no backup does."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise FileMissing(path=path, detail=error.strerror or error) from error
    try:
        with closing(raw), gzip.open(raw) as whole:
            with tarfile.open(fileobj=whole, mode="r|") as tar:
                for entry in tar:
                    content = tar.extractfile(entry) if entry.isreg() and _is_ours(entry.name) else None
                    if content is None:
                        raise BadBackup(path=path, detail=texts.BACKUP_STRANGE.format(name=_printed(entry.name)))
                    take(entry.name, content, entry)
            while whole.read(1_000_000):  # to its end, where the checksum stands
                pass
    except _BROKEN as error:
        raise BadBackup(path=path, detail=texts.BACKUP_DAMAGED) from error


def _is_ours(name: str) -> bool:
    """Such a name stays below the folder that it is put into."""
    if name in (MANIFEST, KEY_FILE, f"{LIBRARY}/{CURRENT}", f"{LIBRARY}/{HISTORY}") or name in _TABLES:
        return True
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        return False
    return (parts[0] == CORPUS and len(parts) > 1) or (parts[:2] == [LIBRARY, SNAPSHOTS] and len(parts) > 3)


def _printed(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _rows_of(table: Table, content: IO[bytes], path: Path) -> Iterator[dict[str, Any]]:
    for line in content:
        try:
            yield copying.read_row(table, line)
        except ValidationError as error:
            detail = texts.BACKUP_DAMAGED_AT.format(part=f"{STATE}/{table.name}")
            raise BadBackup(path=path, detail=detail) from error


def _draft_in(folder: Path, undo: ExitStack) -> Path:
    """A hidden folder in it; renaming out of it works also where ``folder`` is a disk of its own."""
    if not folder.exists():
        folder.mkdir(parents=True)
        undo.callback(_remove, folder)
    draft = folder / f".restoring-{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    undo.callback(_remove, draft)
    return draft


def _empty_database(settings: Settings, undo: ExitStack) -> Database:
    url = make_url(settings.database)
    if url.drivername == "sqlite" and url.database and not Path(url.database).exists():
        undo.callback(_remove, Path(url.database))
    database = Database.open(settings.database)
    undo.callback(database.close)
    with database.reading() as db:
        if not copying.is_empty(db):
            raise RestoreRefused(target=url.render_as_string(hide_password=True))
    return database


def _placing(db: Connection, drafts: dict[str, Path]) -> Take:
    def take(name: str, content: IO[bytes], entry: tarfile.TarInfo) -> None:
        if (table := _TABLES.get(name)) is not None:
            copying.load(db, table, (copying.read_row(table, line) for line in content))
        elif name == KEY_FILE:
            _write(drafts[STATE] / KEY_FILE, content, entry, mode=0o600)
        elif name != MANIFEST:
            room, _, rest = name.partition("/")
            _write(drafts[room] / rest, content, entry, mode=0o644)

    return take


def _write(path: Path, content: IO[bytes], entry: tarfile.TarInfo, *, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (entry.mtime, entry.mtime))


def _move_up(draft: Path, folder: Path, undo: ExitStack) -> None:
    for path in sorted(draft.iterdir(), key=lambda each: each.name == CURRENT):  # the name after what it names
        target = folder / path.name
        undo.callback(_remove, target)
        path.rename(target)
    draft.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
