"""The library of the small committee, once with and once without its committee directive."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.state.database import Database
from index import Library, build_library, load_encoder
from tests.asking.ward import COMMITTEE, Ward, write_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward") / "corpus"
    write_corpus(folder)
    return folder


@pytest.fixture(scope="session")
def library(corpus: Path) -> Library:
    return _built(corpus)


@pytest.fixture(scope="session")
def library_without(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same library without the committee directive."""
    folder = tmp_path_factory.mktemp("without") / "corpus"
    write_corpus(folder, without=COMMITTEE)
    return _built(folder)


def _built(corpus: Path) -> Library:
    build_library(corpus, corpus.parent / "library", encoder=load_encoder())
    return Library.open(corpus.parent / "library")


@pytest.fixture
def state(_migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """One database is enough here: the queries have their own tests on both."""
    opened = Database.open(f"sqlite:///{shutil.copyfile(_migrated_sqlite, tmp_path / 'ward.sqlite3')}")
    yield opened
    opened.close()


@pytest.fixture
def make_ward(library: Library, state: Database, corpus: Path) -> Callable[..., Ward]:
    def make(**settings: object) -> Ward:
        return Ward(library, state, corpus, **settings)  # type: ignore[arg-type]

    return make


@pytest.fixture
def ward(make_ward: Callable[..., Ward]) -> Ward:
    """With a member, a committee member and an administrator."""
    made = make_ward()
    for code, role in (("an", "member"), ("binh", "member"), ("chi", "committee"), ("quan", "administrator")):
        made.add(code, role)
    return made
