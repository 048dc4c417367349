"""Times, transactions and many writers, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from bot.state import inbox, notes
from bot.state.database import Database
from bot.state.tables import attempts
from tests.state.makers import NOW, at_once, message

HANOI = timezone(timedelta(hours=7))


def kept(database: Database, moment: datetime) -> datetime:
    with database.transaction() as db:
        db.execute(insert(attempts).values(channel="zalo", account="a", at=moment))
    with database.reading() as db:
        return db.scalars(select(attempts.c.at)).one()


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 3, 2, 8, 30, 15, 123456, tzinfo=HANOI), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)],
    ids=["Hà Nội", "UTC"],
)
def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database, moment: datetime) -> None:
    back = kept(database, moment)
    assert (back, back.tzinfo) == (moment, UTC)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        kept(database, datetime(2026, 3, 2))


def test_times_are_compared_as_moments(database: Database) -> None:
    morning = datetime(2026, 3, 2, 6, 0, tzinfo=HANOI)  # before midnight in UTC
    kept(database, morning)
    with database.reading() as db:
        later = select(attempts.c.id).where(attempts.c.at > datetime(2026, 3, 1, 22, 59, tzinfo=UTC))
        earlier = select(attempts.c.id).where(attempts.c.at > datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
        assert (len(db.execute(later).all()), len(db.execute(earlier).all())) == (1, 0)


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as db:
            notes.write(db, "a", "1")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail()
    with database.reading() as db:
        assert notes.read(db, "a") is None


def test_a_reading_sees_one_state_while_others_write(database: Database) -> None:
    with database.transaction() as db:
        notes.write(db, "a", "before")
    with database.reading() as db:
        first = notes.read(db, "a")
        with database.transaction() as other:
            notes.write(other, "a", "after")
        assert (first, notes.read(db, "a")) == ("before", "before")
    with database.reading() as db:
        assert notes.read(db, "a") == "after"


def test_writers_of_eight_threads_wait_for_each_other(database: Database) -> None:
    def write(name: int) -> None:
        for number in range(10):
            with database.transaction() as db:
                inbox.store(db, message(f"{name}.{number}"), now=NOW)
                count = int(notes.read(db, f"count {name}") or 0)
                notes.write(db, f"count {name}", str(count + 1))

    at_once(*[lambda name=name: write(name) for name in range(8)])
    with database.reading() as db:
        assert inbox.count_waiting(db) == 80
        assert [notes.read(db, f"count {name}") for name in range(8)] == ["10"] * 8


def test_writers_of_several_processes_wait_for_each_other(database_url: str) -> None:
    """Each has its own connections, as another process would, and none of the other's locks."""
    opened = [Database.open(database_url) for _ in range(4)]

    def write(database: Database, name: int) -> None:
        for number in range(10):
            with database.transaction() as db:
                inbox.store(db, message(f"{name}.{number}"), now=NOW)

    at_once(*[lambda database=database, name=name: write(database, name) for name, database in enumerate(opened)])
    with opened[0].reading() as db:
        assert inbox.count_waiting(db) == 40
    for database in opened:
        database.close()


@pytest.mark.parametrize("text", ["Đảng phí, điều 7 – “đúng lời” 🙂", "'; DROP TABLE notes; --", "%s :name ?", ""])
def test_a_text_comes_back_letter_by_letter(database: Database, text: str) -> None:
    with database.transaction() as db:
        notes.write(db, "text", text)
        assert notes.read(db, "text") == text
