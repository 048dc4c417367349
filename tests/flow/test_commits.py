"""Writes that come together are committed together, and one that fails fails alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.flow.commits import Commits
from bot.state import members, notes
from bot.state.database import Database
from tests.flow.fakes import START


@pytest.fixture
def commits(database: Database) -> Iterator[Commits]:
    made = Commits(database)
    yield made
    made.close()


def add(db: Connection, code: str) -> str:
    return members.add(db, code=code, name="An", cell="1", role=members.Role.MEMBER, now=START).code


def test_a_write_gives_what_it_gives(commits: Commits) -> None:
    async def go() -> list[str]:
        return await asyncio.gather(*(commits.run(lambda db, code=str(n): add(db, code)) for n in range(5)))

    assert asyncio.run(go()) == ["0", "1", "2", "3", "4"]


def test_one_that_fails_fails_alone(commits: Commits, database: Database) -> None:
    async def go() -> list[str | BaseException]:
        codes = ("1", "2", "2", "3")
        return await asyncio.gather(
            *(commits.run(lambda db, code=code: add(db, code)) for code in codes), return_exceptions=True
        )

    results = asyncio.run(go())
    assert [result for result in results if isinstance(result, str)] == ["1", "2", "3"]
    assert isinstance(results[2], IntegrityError)
    with database.reading() as db:
        assert members.count(db) == 3


def test_a_write_that_fails_leaves_nothing_of_itself(commits: Commits, database: Database) -> None:
    def half(db: Connection) -> None:
        notes.write(db, "half", "1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(commits.run(half))
    with database.reading() as db:
        assert notes.read(db, "half") is None


def test_writes_go_in_the_order_in_which_they_came(commits: Commits, database: Database) -> None:
    async def go() -> None:
        await asyncio.gather(*(commits.run(lambda db, n=n: notes.write(db, "last", str(n))) for n in range(200)))

    asyncio.run(go())
    with database.reading() as db:
        assert notes.read(db, "last") == "199"


def test_whoever_gives_up_waiting_holds_nobody_up(commits: Commits) -> None:
    async def go() -> str:
        gone = asyncio.create_task(commits.run(lambda db: add(db, "1")))
        stays = asyncio.create_task(commits.run(lambda db: add(db, "2")))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(go()) == "2"
