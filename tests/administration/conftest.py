"""The library of the small committee, and an office with an administrator, a member and a cell of each kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.department import Department
from bot.state.database import Database
from index import Library, build_library, load_encoder
from tests.administration.office import ADMINISTRATOR, Office
from tests.asking.ward import write_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "corpus"
    write_corpus(folder)
    return folder


@pytest.fixture(scope="session")
def library(corpus: Path) -> Library:
    build_library(corpus, corpus.parent / "library", encoder=load_encoder())
    return Library.open(corpus.parent / "library")


@pytest.fixture
def make_office(database: Database) -> Callable[..., Office]:
    def make(*departments: Department, **more: object) -> Office:
        office = Office(database, departments, **more)  # type: ignore[arg-type]
        office.link(office.add(ADMINISTRATOR, "administrator", name="Lê Quản Trị"))
        office.link(office.add("DV-1", name="Trần Văn Bình"))
        return office

    return make
