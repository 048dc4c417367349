from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.state.database import Database
from tests.conftest import CORPUS
from tests.corpus.fakes import paragraph_bomb


@pytest.fixture(scope="session")
def too_many_paragraphs() -> bytes:
    """A Word document of which a reader needs gigabytes."""
    return paragraph_bomb(CORPUS / "nq-12-du-nhiem-vu-2026.docx")


@pytest.fixture
def database(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Database]:
    """On SQLite alone: what is asked of the database here is asked of both elsewhere."""
    shutil.copyfile(_migrated_sqlite, tmp_path / "state.sqlite3")
    opened = Database.open(f"sqlite:///{tmp_path / 'state.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in a thread of its own, as the application has one beside the threads that answer."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join()
    made.close()


@pytest.fixture
def wait(loop: asyncio.AbstractEventLoop) -> Callable[[Coroutine[Any, Any, Any]], Any]:
    return lambda work: asyncio.run_coroutine_threadsafe(work, loop).result()
