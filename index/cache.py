"""What a build need not do twice: readings and vectors by a key of everything they came from, in one SQLite file; and
what was read from pictures of pages, which outlives a change of the code for as long as its file is in the corpus.

A lost or damaged cache costs time and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

FILE = "cache.sqlite"
_COMMIT_EVERY = 64


def cache_key(*parts: str | bytes) -> str:
    """A key of these parts, in this order."""
    digest = sha256()
    for part in parts:
        value = part if isinstance(part, bytes) else part.encode(errors="surrogateescape")
        digest.update(len(value).to_bytes(8, "big") + value)
    return digest.hexdigest()


@contextmanager
def open_cache(folder: Path) -> Iterator[Cache]:
    """The cache kept in this folder; what was put in is there next time, even when the build fails later."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(_sound_base(folder / FILE)) as base:
        try:
            yield Cache(base)
        finally:
            base.commit()


class Cache:
    """Bytes by key. It remembers which keys were of use, so that `prune` can drop the others."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._used: set[str] = set()
        self._waiting = 0

    def get(self, key: str) -> bytes | None:
        self._used.add(key)
        found = self._base.execute("SELECT body FROM kept WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def put(self, key: str, body: bytes) -> None:
        self._used.add(key)
        self._base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, body))
        self._waiting += 1
        if self._waiting >= _COMMIT_EVERY:
            self._base.commit()
            self._waiting = 0

    def drop(self, key: str) -> None:
        """Forget, and overwrite on the disk, what is kept under this key."""
        self._used.discard(key)
        self._base.execute("DELETE FROM kept WHERE key = ?", (key,))
        self._base.commit()

    def pages_of(self, file: str) -> FilePages:
        """What is kept of the pages of the file with this digest."""
        return FilePages(self._base, file)

    def prune(self, *, files: Set[str]) -> None:
        """Forget, and overwrite on the disk, what this build had no use for: withdrawn papers, earlier versions.

        Of pages, those of every file but these, given by their digests.
        """
        for table, column, wanted in (("kept", "key", self._used), ("pages", "file", files)):
            found = {name for (name,) in self._base.execute(f"SELECT DISTINCT {column} FROM {table}")}
            gone = [(name,) for name in found - wanted]
            self._base.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)
        self._base.commit()


class FilePages:
    """Bytes by key, of the pages of one file. What is put stays in memory until `keep`: a paper that
    turns out to be classified must not reach the disk.
    """

    def __init__(self, base: sqlite3.Connection, file: str) -> None:
        self._base = base
        self._file = file
        self._new: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        where = (self._file, key)
        row = self._base.execute("SELECT body FROM pages WHERE file = ? AND key = ?", where).fetchone()
        return row[0] if row else self._new.get(key)

    def put(self, key: str, body: bytes) -> None:
        self._new[key] = body

    def keep(self) -> None:
        rows = [(self._file, key, body) for key, body in self._new.items()]
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", rows)
        self._new.clear()


def _sound_base(file: Path) -> sqlite3.Connection:
    try:
        return _opened(file)
    except sqlite3.DatabaseError:
        file.unlink()
        return _opened(file)


def _opened(file: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError on a file that SQLite finds damaged."""
    base = sqlite3.connect(file)
    try:
        base.execute("PRAGMA secure_delete = ON")
        base.execute("PRAGMA synchronous = OFF")  # a crash of the machine may cost the cache, never a library
        base.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, body BLOB NOT NULL)")
        pages = "file TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (file, key)"
        base.execute(f"CREATE TABLE IF NOT EXISTS pages ({pages})")
        if base.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base
