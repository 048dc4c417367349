"""A library of papers that end and change one another, and an office that asks and decides about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.asking.sight import Sight
from bot.people.access import Ceiling
from bot.state.database import Database
from bot.validity.inquiry import Inquiry
from bot.validity.missing import MissingPapers
from bot.validity.naming import naming_of
from bot.validity.proposals import Proposals
from bot.validity.register import Register
from index import Library, build_library, load_encoder
from tests.administration.office import ADMINISTRATOR, Office
from tests.validity.papers import write_papers

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)
PAGE = "https://tracuu.example.vn"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("validity")
    write_papers(folder / "corpus")
    return built(folder)


def built(folder: Path) -> Library:
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_register(library: Library, database: Database, clock: Clock) -> Callable[..., Register]:
    def make(*, over: Library = library, at_once: bool = True, database: Database | None = database) -> Register:
        return Register(over, database, zone=ZONE, at_once=at_once, clock=clock)

    return make


@pytest.fixture
def register(make_register: Callable[..., Register]) -> Register:
    return make_register()


@pytest.fixture
def make_office(library: Library, database: Database, make_register: Callable[..., Register]) -> Callable[..., Office]:
    """With an administrator, a member, somebody of the committee, on a channel that shows all or up to a ceiling."""

    def make(*, over: Library = library, ceiling: Ceiling | None = None, **settings: bool) -> Office:
        register = make_register(over=over, **settings)
        ceilings: dict[str, Ceiling] = {"telegram": ceiling} if ceiling else {}
        naming = naming_of(over, database, ceilings=ceilings, public_url=PAGE)
        sight = Sight(over, database, ceilings=ceilings, public_answers=False, validity=register.now)
        rooms = (
            Inquiry(over, register, sight, public_url=PAGE),
            Proposals(over, register, naming=naming),
            MissingPapers(register, naming=naming),
        )
        office = Office(database, [room.department() for room in rooms])
        for code, role in ((ADMINISTRATOR, "administrator"), ("DV-1", "member"), ("CU-1", "committee")):
            office.link(office.add(code, role, name=f"Đồng chí {code}"))
        return office

    return make


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    return make_office()
