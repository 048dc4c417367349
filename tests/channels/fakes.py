"""What tests of channels hand in: a handler that remembers, and sleep that does not last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.channels.base import Channel
from bot.errors import StateBusy
from bot.messages import Handler, Incoming, Reply


class Desk:
    """A handler that keeps what it is handed; it fails as often as ``failures`` says, and answers with ``reply``."""

    def __init__(self, *, failures: int = 0, reply: Reply | None = None) -> None:
        self.received: list[Incoming] = []
        self.asked = 0
        self._failures, self._reply = failures, reply
        self._arrived = asyncio.Event()

    async def __call__(self, incoming: Incoming) -> Reply | None:
        self.asked += 1
        if self.asked <= self._failures:
            raise StateBusy(detail="locked")
        self.received.append(incoming)
        self._arrived.set()
        return self._reply

    async def has(self, count: int) -> list[Incoming]:
        async with asyncio.timeout(10):
            while len(self.received) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.received


class Pauses:
    """Sleeps only long enough to let others run; remembers for how long it was asked to."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0.001)


@asynccontextmanager
async def serving(channel: Channel, handler: Handler) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.serve(handler))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
