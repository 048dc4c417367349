from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.state.database import Database
from tests.digest.makers import Clock, Digests


@pytest.fixture
def own_database(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite, where it does not matter which database it is."""
    path = tmp_path / "digests.sqlite3"
    shutil.copyfile(_migrated_sqlite, path)
    opened = Database.open(f"sqlite:///{path}")
    yield opened
    opened.close()


MakeDigests = Callable[..., Digests]


@pytest.fixture
def make_digests(own_database: Database) -> MakeDigests:
    """Of a process that looks at this moment first: nothing that was planned before goes out."""

    def make(now: str, **more: object) -> Digests:
        return Digests(own_database, Clock(now), **more)  # type: ignore[arg-type]

    return make
