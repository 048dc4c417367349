"""One build of a library at a time, and one error for all that may go wrong with its disk."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BuildBusy, BuildFailed, LibraryDamaged
from index.searching.snapshot import snapshots_of

LOCK = "LOCK"


@contextmanager
def locked(library: Path) -> Iterator[None]:
    """Held for one build; the system lets go of it when its process ends, however it ends. Raises BuildBusy."""
    snapshots_of(library).mkdir(parents=True, exist_ok=True)
    with (library / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise BuildBusy(folder=library) from err
        yield


@contextmanager
def failing(library: Path) -> Iterator[None]:
    """Turns what goes wrong with disk, stores or encoder into BuildFailed, without the words of a ValueError: they may
    quote a paper.
    """
    try:
        yield
    except (OSError, RuntimeError, sqlite3.Error, LibraryDamaged) as err:
        raise BuildFailed(folder=library, detail=f"{type(err).__name__}: {err}") from err
    except ValueError as err:
        raise BuildFailed(folder=library, detail=type(err).__name__) from err
