"""Waiting for something to do, and coming to an end in good order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection, Coroutine
from contextlib import suppress
from typing import Any, Final

LOOK_EVERY: Final = 0.5
"""Seconds: other processes write into the database too, and ring no bell here."""


async def rung(bell: asyncio.Event, *, within: float = LOOK_EVERY) -> None:
    """Returns when the bell rings, and after so many seconds without."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within):  # wait_for of Python 3.11 may swallow a cancellation
            await bell.wait()


async def end(tasks: Collection[asyncio.Task[Any]], *, grace: float) -> None:
    """Lets tasks finish for so many seconds, and cancels what is left."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def in_line(*works: Coroutine[Any, Any, None]) -> None:
    """All at once until one of them ends or this is cancelled; then each is cancelled when the one before it has ended.

    So nothing more is taken in, then what has been taken in is answered, then the answers are sent. Raises what one of
    them raised.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
            await asyncio.wait({task})
    for task in tasks:
        if not task.cancelled():
            task.result()


async def fault_of(work: Awaitable[Any]) -> BaseException | None:
    """The error that work ends with, of any kind: for loops that no single fault may end."""
    result = (await asyncio.gather(work, return_exceptions=True))[0]
    return result if isinstance(result, BaseException) else None
