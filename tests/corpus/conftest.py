from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.corpus.child import run_child
from bot.state.database import Database
from index import build_library, load_encoder
from tests.conftest import CORPUS
from tests.corpus.fakes import paper, paragraph_bomb
from tests.corpus.upload_desk import Desk, not_at_all


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


@pytest.fixture(scope="session")
def first(tmp_path_factory) -> Path:
    """A corpus of one paper for the committee, and its library."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "old.md").write_bytes(paper("12-CT/ĐU"))
    (folder / "corpus" / "old.md.yaml").write_text("audience: committee\n")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return folder


@pytest.fixture
def make_desk(database, tmp_path, wait, loop, first):
    made = []

    def make(**more) -> Desk:
        shutil.copytree(first, tmp_path / "desk")
        made.append(Desk(database, tmp_path / "desk", wait, loop, **more))
        return made[-1]

    yield make
    for desk in made:
        desk.finish()


@pytest.fixture
def desk(make_desk):
    return make_desk(build=not_at_all)


@pytest.fixture
def real_desk(make_desk):
    """With processes of their own for reading and for building."""
    return make_desk(read=run_child)
