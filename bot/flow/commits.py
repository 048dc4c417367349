"""Writes of the event loop: those that come while one commit is under way go into the next one together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from bot.errors import StateBusy
from bot.state.database import Database

Result = TypeVar("Result")
_Write = Callable[[Connection], Any]
_MOST: Final = 64
"""Writes of one transaction, so that no one holds up the other threads that write."""


class Commits:
    """A commit waits for the disk, which costs more than what is written; so one is shared.

    A write may be run a second time: where one of several fails, all are rolled back, and then each is run in a
    transaction of its own.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="commits")
        self._waiting: list[tuple[_Write, asyncio.Future[Any]]] = []
        self._work: asyncio.Task[None] | None = None

    async def run(self, write: Callable[[Connection], Result]) -> Result:
        """What the write gives, when it is committed. Raises what it raises, and StateBusy, StateDamaged."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, future))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._commit_all())
        return await future

    def close(self) -> None:
        self._thread.shutdown()

    async def _commit_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            results = await self._results_of([write for write, _ in batch])
            for (_, future), result in zip(batch, results, strict=True):
                _settle(future, result)

    async def _results_of(self, writes: Sequence[_Write]) -> Sequence[Any]:
        """What each gave, or the error that it ended with."""
        outcome: list[Any] | BaseException = (await asyncio.gather(self._commit(writes), return_exceptions=True))[0]
        if not isinstance(outcome, BaseException):
            return outcome
        if len(writes) == 1 or isinstance(outcome, StateBusy):
            return [outcome] * len(writes)
        return [result for write in writes for result in await self._results_of([write])]

    async def _commit(self, writes: Sequence[_Write]) -> list[Any]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._commit_now, writes)

    def _commit_now(self, writes: Sequence[_Write]) -> list[Any]:
        with self._database.transaction() as db:
            return [write(db) for write in writes]


def _settle(future: asyncio.Future[Any], result: Any) -> None:
    if future.done():  # whoever asked has been cancelled
        return
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)
