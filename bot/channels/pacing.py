"""When the next message may go: so many a second over all chats, so long between two to one chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

_BURST: Final = 5.0
"""Messages at once after a rest: they come on top of what the rate allows in the same second."""
_TINY: Final = 1e-9
"""Seconds, or shares of a message, that only rounding makes."""


class Pace:
    """``per_second``: messages over all chats, a few of them at once after a rest; None without a limit.

    ``chat_interval``: seconds. ``clock`` gives monotonic seconds. Turns over all chats are given in the order asked
    for; who gives up while waiting takes nothing away.
    """

    def __init__(
        self,
        per_second: float | None,
        chat_interval: float,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._per_second = per_second
        self._chat_interval = chat_interval
        self._clock = clock
        self._sleep = sleep
        self._capacity = max(1.0, min(per_second or 0, _BURST))
        self._tokens = self._capacity
        self._filled_at = clock()
        self._paused_until = self._filled_at
        self._chat_ready_at: dict[str, float] = {}  # the earliest first; only those still to come are kept
        self._queue = asyncio.Lock()

    async def turn(self, chat: str) -> None:
        """Returns when a message may go to this chat, and counts it."""
        while True:
            await self._wait_for(lambda: self._chat_wait(chat))
            async with self._queue:
                await self._wait_for(self._common_wait)
                if self._chat_wait(chat) <= _TINY:  # another message to this chat may have gone meanwhile
                    self._count(chat)
                    return

    def pause(self, seconds: float) -> None:
        """Nothing goes for so long: what a platform asks for when there was too much."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def _wait_for(self, remaining: Callable[[], float]) -> None:
        while (seconds := remaining()) > _TINY:
            await self._sleep(seconds)

    def _chat_wait(self, chat: str) -> float:
        ready_at = self._chat_ready_at.get(chat)
        return 0.0 if ready_at is None else ready_at - self._clock()

    def _common_wait(self) -> float:
        self._fill()
        missing = (1 - self._tokens) / self._per_second if self._per_second else 0.0
        return max(self._paused_until - self._clock(), missing)

    def _fill(self) -> None:
        now = self._clock()
        grown = (now - self._filled_at) * (self._per_second or 0)
        self._tokens, self._filled_at = min(self._capacity, self._tokens + grown), now

    def _count(self, chat: str) -> None:
        now = self._clock()
        if self._per_second:
            self._tokens -= 1
        while self._chat_ready_at and next(iter(self._chat_ready_at.values())) <= now:
            del self._chat_ready_at[next(iter(self._chat_ready_at))]
        self._chat_ready_at.pop(chat, None)
        if self._chat_interval:
            self._chat_ready_at[chat] = now + self._chat_interval
