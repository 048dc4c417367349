"""Of several processes, one works; and when it is gone, another does."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import StateBusy
from bot.flow.duty import Duty, is_gone, this_process
from bot.state import leases, tables
from bot.state.database import Database
from tests.conftest import REPOSITORY
from tests.flow.fakes import Clock, stop, until

LEASE = "channel:scripted"


async def soon(_: float) -> None:
    await asyncio.sleep(0.01)


class Worker:
    """Counts how often its work began, and is ``working`` while it has the lease."""

    def __init__(self, database: Database, holder: str, clock: Clock) -> None:
        self.duty = Duty(database, LEASE, holder=holder, clock=clock, sleep=soon)
        self.began, self.working = 0, False

    async def work(self) -> None:
        self.began += 1
        self.working = True
        try:
            await asyncio.Event().wait()
        finally:
            self.working = False

    def start(self) -> asyncio.Task[None]:
        return asyncio.create_task(self.duty.hold(self.work))


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def go() -> None:
        await work()

    asyncio.run(go())


def holder(database: Database, clock: Clock) -> str | None:
    with database.reading() as db:
        return leases.holder_of(db, LEASE, now=clock())


def test_of_two_holders_one_works_and_the_other_when_it_stops(database: Database) -> None:
    clock = Clock()
    one, two = Worker(database, "một", clock), Worker(database, "hai", clock)

    async def go() -> None:
        first = one.start()
        await until(lambda: one.working)
        second = two.start()
        await asyncio.sleep(0.2)
        assert (one.working, two.working) == (True, False)
        await stop(first)
        await until(lambda: two.working)
        assert not one.working
        await stop(second)

    run(go)
    assert (one.began, two.began, holder(database, clock)) == (1, 1, None)


def ends_at(database: Database) -> datetime:
    with database.reading() as db:
        found: datetime = db.execute(select(tables.leases.c.until)).scalar_one()
    return found


def test_the_lease_is_renewed_while_there_is_work(database: Database) -> None:
    clock = Clock()
    one, two = Worker(database, "một", clock), Worker(database, "hai", clock)

    async def go() -> None:
        tasks = [one.start()]
        await until(lambda: one.working)
        tasks.append(two.start())
        for _ in range(12):
            clock.wait(seconds=10)
            await until(lambda: ends_at(database) >= clock() + timedelta(seconds=25))
        for task in reversed(tasks):  # the one that waits first: it may take what the other gives back
            await stop(task)

    run(go)
    assert (one.began, two.began) == (1, 0)


def test_a_lease_that_another_has_taken_ends_the_work_at_once(database: Database) -> None:
    clock = Clock()
    one = Worker(database, "một", clock)

    async def go() -> None:
        task = one.start()
        await until(lambda: one.working)
        with database.transaction() as db:
            leases.release(db, LEASE, holder="một")
            leases.take(db, LEASE, holder="hai", now=clock(), until=clock() + timedelta(seconds=30))
        await until(lambda: not one.working)
        await asyncio.sleep(0.1)
        assert not one.working
        clock.wait(seconds=31)
        await until(lambda: one.working)
        await stop(task)

    run(go)
    assert one.began == 2


def test_work_ends_before_a_lease_that_cannot_be_renewed(database: Database) -> None:
    clock = Clock()
    one = Worker(database, "một", clock)
    real = database.transaction

    def busy() -> Any:
        raise StateBusy(detail="gone")

    async def go() -> None:
        task = one.start()
        await until(lambda: one.working)
        database.transaction = busy  # type: ignore[method-assign]
        clock.wait(seconds=19)
        await asyncio.sleep(0.2)
        assert one.working
        clock.wait(seconds=1)
        await until(lambda: not one.working)
        database.transaction = real  # type: ignore[method-assign]
        await until(lambda: one.working)
        await stop(task)

    run(go)


def test_work_that_ends_gives_the_lease_back(database: Database) -> None:
    clock = Clock()

    async def nothing() -> None: ...

    run(lambda: Duty(database, LEASE, holder="một", clock=clock, sleep=soon).hold(nothing))
    assert holder(database, clock) is None


def test_an_error_of_the_work_leaves_and_gives_the_lease_back(database: Database) -> None:
    clock = Clock()

    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(lambda: Duty(database, LEASE, holder="một", clock=clock, sleep=soon).hold(fail))
    assert holder(database, clock) is None


def name_of_ended_process() -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from bot.flow.duty import this_process; print(this_process())"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_the_lease_of_a_process_that_was_killed_here_is_taken_at_once(database: Database) -> None:
    clock = Clock()
    with database.transaction() as db:
        leases.take(db, LEASE, holder=name_of_ended_process(), now=clock(), until=clock() + timedelta(seconds=30))
    one = Worker(database, this_process(), clock)

    async def go() -> None:
        task = one.start()
        await until(lambda: one.working)
        await stop(task)

    run(go)


def test_only_ended_processes_of_this_machine_are_known_to_be_gone() -> None:
    room, process, began = this_process().split(" ")
    assert int(process) == os.getpid()
    assert is_gone(f"{room} {process} {int(began) + 1}"), "the number belongs to another process now"
    assert not is_gone(this_process())
    assert not is_gone(f"elsewhere {process} 1")
    assert not is_gone("một")
