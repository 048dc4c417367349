"""Wakes the streams of a chat when something new stands in its transcript."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Bells:
    """One bell for each listener. Rung from the loop on which they are heard; ``stopped``: everybody shall end."""

    def __init__(self) -> None:
        self._bells: dict[str, set[asyncio.Event]] = {}
        self.stopped = False

    @contextmanager
    def listening(self, chat: str) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self._bells.setdefault(chat, set()).add(bell)
        try:
            yield bell
        finally:
            self._bells[chat].discard(bell)
            if not self._bells[chat]:
                del self._bells[chat]

    def ring(self, chat: str) -> None:
        for bell in self._bells.get(chat, ()):
            bell.set()

    def start(self) -> None:
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True
        for chat in self._bells:
            self.ring(chat)


async def heard(bell: asyncio.Event, seconds: float) -> bool:
    """Whether it rang within that time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):  # wait_for of Python 3.11 may swallow a cancellation
            await bell.wait()
    return bell.is_set()
