"""One file that holds all of an installation: state, corpus, the snapshot that answers, and the key.

    library/…        CURRENT and the folder that it names, and the earlier versions of directives
    corpus/…         every file but hidden ones
    state/TABLE.jsonl   the rows, the same from SQLite and PostgreSQL
    secret.key       where the key is a file of the state folder
    manifest.json    at the end: what a whole backup must hold

Files are copied before rows: a directive in the files without its audience in the rows would be shown to everybody,
an audience without its directive harms nobody.
"""

from __future__ import annotations

import io
import os
import secrets
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot import texts
from bot.errors import BadUsage, FileMissing
from bot.people.keys import KEY_FILE, Keys
from bot.state import copying
from bot.state.database import HEAD, Database

if TYPE_CHECKING:
    from bot.settings import Settings

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CURRENT: Final = "CURRENT"
"""The file of a library that names the snapshot which answers, a folder of ``snapshots``."""
SNAPSHOTS: Final = "snapshots"
HISTORY: Final = "history.sqlite"
"""The file of a library that holds the earlier versions."""
LIBRARY, CORPUS, STATE = "library", "corpus", "state"
_IN_MEMORY: Final = 8_000_000


class Manifest(BaseModel):
    """``rows``: of each table; ``numbers``: the last one that each has given. ``files``: of corpus and library.

    ``snapshot``: None where no library had been built. ``key``: a hash of the secret key; ``holds_key``: it is here.
    ``left_out``: paths that could not be read.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    format: Literal[1] = FORMAT
    version: str
    revision: str
    made_at: AwareDatetime
    rows: dict[str, int]
    numbers: dict[str, int]
    files: dict[str, int]
    snapshot: str | None
    key: str | None
    holds_key: bool
    left_out: tuple[str, ...] = ()


class _Snapshot(NamedTuple):
    """Its files held open: a build that switches and sweeps meanwhile takes nothing away from them."""

    name: str
    files: dict[str, BinaryIO]


def write_backup(path: Path, database: Database, settings: Settings, *, now: datetime) -> Manifest:
    """Writes beside and renames; the bot may run meanwhile. Only the owner may read the file.

    Raises FileMissing for what can be neither read nor written, BadUsage for a path inside what is backed up.
    """
    for folder in (settings.corpus_dir, settings.library_dir):
        if path.resolve().is_relative_to(folder.resolve()):
            raise BadUsage(detail=texts.BACKUP_INSIDE.format(folder=folder))
    with _telling(path), _replacing(path) as draft, tarfile.open(fileobj=draft, mode="w:gz", compresslevel=6) as tar:
        writer = _Writer(tar, now=now)
        snapshot = _add_library(writer, settings.library_dir)
        history = _add_history(writer, settings.library_dir)
        left_out = (str(settings.library_dir / HISTORY),) if history is None else ()
        corpus = _add_corpus(writer, settings.corpus_dir)
        with database.reading() as db:
            rows = {
                table.name: writer.lines(f"{STATE}/{table.name}.jsonl", copying.lines_of(db, table))
                for table in copying.COPIED
            }
            numbers = copying.last_numbers(db)
        key, held = _add_key(writer, settings)
        manifest = Manifest(
            version=_version(),
            revision=HEAD,
            made_at=now,
            rows=rows,
            numbers=numbers,
            files={LIBRARY: (len(snapshot.files) if snapshot else 0) + (history or 0), CORPUS: corpus},
            snapshot=snapshot.name if snapshot else None,
            key=key,
            holds_key=held,
            left_out=left_out,
        )
        writer.add(MANIFEST, manifest.model_dump_json(indent=2).encode())
    return manifest


class _Writer:
    def __init__(self, tar: tarfile.TarFile, *, now: datetime) -> None:
        self._tar = tar
        self._now = now

    def add(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), size=len(content), changed=self._now.timestamp())

    def copy(self, name: str, source: BinaryIO) -> None:
        """By way of a copy, whose size stays what it is."""
        with SpooledTemporaryFile(_IN_MEMORY) as copy:
            while part := source.read(1_000_000):
                copy.write(part)
            self._rest(name, copy, changed=os.fstat(source.fileno()).st_mtime)

    def lines(self, name: str, lines: Iterator[str]) -> int:
        count = 0
        with SpooledTemporaryFile(_IN_MEMORY) as copy:
            for line in lines:
                copy.write(f"{line}\n".encode())
                count += 1
            self._rest(name, copy, changed=self._now.timestamp())
        return count

    def _rest(self, name: str, copy: SpooledTemporaryFile[bytes], *, changed: float) -> None:
        size = copy.tell()
        copy.seek(0)
        self._add(name, copy, size=size, changed=changed)

    def _add(self, name: str, source: IO[bytes], *, size: int, changed: float) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = size, int(changed), 0o600
        self._tar.addfile(entry, source)


def _add_library(writer: _Writer, library: Path) -> _Snapshot | None:
    with ExitStack() as opened:
        snapshot = _open_current(library, opened)
        if snapshot is None:
            return None
        writer.add(f"{LIBRARY}/{CURRENT}", f"{snapshot.name}\n".encode())
        for name, source in snapshot.files.items():
            writer.copy(f"{LIBRARY}/{SNAPSHOTS}/{snapshot.name}/{name}", source)
        return snapshot


def _add_history(writer: _Writer, library: Path) -> int | None:
    """As one moment has it; how many files that makes. None where it cannot be read: all else is saved even so."""
    path = library / HISTORY
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            sound = base.execute("PRAGMA quick_check").fetchone() == ("ok",)
            content = base.serialize() if sound else b""
    except sqlite3.Error:
        return None
    if sound:
        writer.add(f"{LIBRARY}/{HISTORY}", content)
    return 1 if sound else None


def _open_current(library: Path, opened: ExitStack) -> _Snapshot | None:
    """None where no library has been built. Sweeping begins only after a switch: what CURRENT still names when all its
    files are open is whole.
    """
    while (name := _current(library)) is not None:
        with ExitStack() as trying:
            folder = library / SNAPSHOTS / name
            files: dict[str, BinaryIO] = {}
            with suppress(FileNotFoundError):
                for path in sorted(_files_in(folder)):
                    files[path.relative_to(folder).as_posix()] = trying.enter_context(path.open("rb"))
            if _current(library) != name:
                continue
            if not files:
                raise FileMissing(path=folder, detail=CURRENT)
            opened.enter_context(trying.pop_all())
            return _Snapshot(name, files)
    return None


def _current(library: Path) -> str | None:
    try:
        name = (library / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not name or Path(name).name != name:
        raise FileMissing(path=library / CURRENT, detail=name)
    return name


def _add_corpus(writer: _Writer, corpus: Path) -> int:
    """The count of files."""
    count = 0
    root = corpus.resolve()
    for path in sorted(_files_in(root)):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        if hidden or not path.resolve().is_relative_to(root):
            continue
        with suppress(FileNotFoundError):  # taken away meanwhile
            source = path.open("rb")
            with closing(source):
                writer.copy(f"{CORPUS}/{path.relative_to(root).as_posix()}", source)
            count += 1
    return count


def _files_in(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder, onerror=_raise):
        yield from (path for name in names if (path := Path(place, name)).is_file())


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _add_key(writer: _Writer, settings: Settings) -> tuple[str | None, bool]:
    """The hash of the key, and whether the key is in the backup: one that is a setting is kept where settings are."""
    if settings.secret_key is not None:
        return hash_of_key(settings.secret_key.get_secret_value()), False
    try:
        key = (settings.state_dir / KEY_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None, False
    writer.add(KEY_FILE, key.encode())
    return hash_of_key(key), True


def hash_of_key(key: str) -> str:
    return Keys(key).hash("backup", "key")


def _version() -> str:
    try:
        return version("directive-bot")
    except PackageNotFoundError:  # run from its folder, never installed
        return "0"


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside that takes the place of ``path`` when all has gone well."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileMissing(path=error.filename or path, detail=error.strerror or error) from error
