"""What rooms share: the sample library, built once, the program as a person starts it, and both databases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.state.database import Database
from index import Library, build_library, load_encoder
from tests.programs import missing_programs
from tests.servers import POSTGRESQL_NOT_RUN, PostgreSQL, postgresql_url, required_postgresql_url

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY / "docs_corpus"

settings.register_profile("shared machine", deadline=None)  # two busy cores: a slow example is no failure
settings.load_profile("shared machine")

RunBot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library that is built from docs_corpus; only to be read."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    build_library(CORPUS, folder, encoder=load_encoder())
    return folder


@pytest.fixture(scope="session")
def sample_library(sample_folder: Path) -> Library:
    return Library.open(sample_folder)


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment without settings of this machine, for processes."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("BOT_")}


@pytest.fixture
def run_bot(clean_environment: dict[str, str], tmp_path: Path) -> RunBot:
    """``python -m bot ARGUMENTS`` in an empty folder; ``settings`` are environment variables."""

    def run(
        *arguments: str | Path, stdin: str = "", python: tuple[str, ...] = (), **settings: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *python, "-m", "bot", *map(str, arguments)],
            input=stdin,
            env={**clean_environment, "PYTHONPATH": str(REPOSITORY), **settings},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[PostgreSQL]:
    with PostgreSQL.of_this_session(required_postgresql_url()) as server:
        yield server


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "state.sqlite3"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database of this test alone, migrated and without rows; skipped where there is no such server."""
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("_postgresql")
        return server.emptied()
    path = tmp_path / "state.sqlite3"
    shutil.copyfile(request.getfixturevalue("_migrated_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a place where no table has been made yet."""
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("_postgresql")
        return server.without_tables()
    return f"sqlite:///{tmp_path / 'empty' / 'state.sqlite3'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if postgresql_url() is None:
        terminalreporter.write_line(POSTGRESQL_NOT_RUN)
    for program, why in missing_programs().items():
        terminalreporter.write_line(f"{program}: not run ({why})")
