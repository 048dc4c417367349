"""Of several processes on one database, one does what only one may do: it holds a lease."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from bot.errors import StateBusy
from bot.flow.waking import end
from bot.state import leases
from bot.state.database import Database

logger = logging.getLogger(__name__)

LENGTH: Final = timedelta(seconds=30)
RENEW_EVERY: Final = 10.0
TRY_EVERY: Final = 2.0
_MARGIN: Final = timedelta(seconds=10)
"""Work ends that long before a lease that could not be renewed, so that sends under way are over when it runs out."""
_PROC: Final = Path("/proc")


class Duty:
    """Holds the lease ``name`` for ``holder`` while there is work. ``clock`` gives the time of the day in UTC.

    ``sleep``: between two tries, and before a renewal.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        holder: str,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database, self._name, self._holder = database, name, holder
        self._clock, self._sleep = clock, sleep
        self._until = clock()
        self._taking: set[asyncio.Task[bool]] = set()

    async def hold(self, work: Callable[[], Awaitable[None]]) -> None:
        """Does ``work`` whenever the lease is ours, until it returns or raises, or this is cancelled.

        When the lease is lost, ``work`` is cancelled at once, and started again with the next lease.
        """
        try:
            while not await self._hold_once(work):
                logger.warning("%s: lost to another process", self._name)
        finally:
            await self._release()

    async def _hold_once(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether the work came to its end; False when the lease was lost."""
        while not await self._take():
            await self._sleep(TRY_EVERY)
        logger.info("%s: held by this process", self._name)
        try:
            return await self._work_while_held(work)
        finally:
            await self._release()

    async def _work_while_held(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether the work came to its end; False when the lease was lost."""
        working: asyncio.Task[None] = asyncio.create_task(_awaited(work))
        keeping = asyncio.create_task(self._keep())
        try:
            await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                return False
            await working
            return True
        finally:
            working.cancel()
            await end([keeping], grace=0)
            await asyncio.gather(working, return_exceptions=True)

    async def _keep(self) -> None:
        """Returns when the lease is lost, or cannot be renewed in time."""
        pause = RENEW_EVERY
        while True:
            await self._sleep(pause)
            left = (self._until - _MARGIN - self._clock()).total_seconds()
            if left <= 0:
                return
            try:
                async with asyncio.timeout(left):
                    taken = await self._take()
            except TimeoutError:  # the database hangs; what comes of it is seen at the next try
                continue
            if taken:
                pause = RENEW_EVERY
            elif self._until - _MARGIN <= self._clock() or await self._is_lost():
                return
            else:
                pause = TRY_EVERY

    async def _take(self) -> bool:
        """False while it is somebody else's, or the database cannot be reached."""
        now = self._clock()
        until = now + LENGTH
        taking = asyncio.create_task(self._write(lambda db: self._taken(db, now=now, until=until)))
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        if taken := await asyncio.shield(taking):
            self._until = until
        return taken

    def _taken(self, db: Connection, *, now: datetime, until: datetime) -> bool:
        other = leases.holder_of(db, self._name, now=now)
        if other is not None and other != self._holder and is_gone(other):
            leases.release(db, self._name, holder=other)
        return leases.take(db, self._name, holder=self._holder, now=now, until=until)

    async def _is_lost(self) -> bool:
        return await self._write(lambda db: leases.holder_of(db, self._name, now=self._clock()) != self._holder)

    async def _release(self) -> None:
        """After what is being written: a thread goes on when its task is cancelled, and would take the lease again."""
        if self._taking:
            await asyncio.wait(self._taking, timeout=LENGTH.total_seconds())
        await self._write(lambda db: leases.release(db, self._name, holder=self._holder))

    async def _write(self, write: Callable[[Connection], Any]) -> bool:
        return await asyncio.to_thread(self._written, write)

    def _written(self, write: Callable[[Connection], Any]) -> bool:
        try:
            with self._database.transaction() as db:
                return bool(write(db))
        except StateBusy as error:
            logger.warning("%s: %s", self._name, error)
            return False


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def this_process() -> str:
    """A name that no other process ever has, from which a later one of this machine can tell that it is gone."""
    return f"{_room()} {os.getpid()} {_started(os.getpid()) or os.urandom(8).hex()}"


def is_gone(holder: str) -> bool:
    """Whether a process of this name ran here and has ended, without waiting for its lease to run out.

    False for those of other machines and containers, of which nothing can be known.
    """
    room, _, rest = holder.partition(" ")
    process, _, began = rest.partition(" ")
    if not room or room != _room() or not process.isdigit():
        return False
    found = _started(int(process))
    return not _is_running(int(process)) if found is None else found != began


def _room() -> str:
    """Where process numbers mean the same: one start of a machine, one container. Empty where it cannot be known."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return ""


def _started(process: int) -> str | None:
    """When a process began, in the kernel's ticks; empty when it has ended, None where it cannot be seen."""
    try:
        stat = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()  # the name before it may hold anything
    return "" if state == "Z" else fields[18]  # a zombie does nothing any more


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
