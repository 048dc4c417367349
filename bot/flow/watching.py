"""What goes on until it is cancelled, whatever goes wrong in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot import texts
from bot.errors import BotError
from bot.flow.waking import fault_of

logger = logging.getLogger(__name__)

TRY_AGAIN: Final = 60.0


class Watch:
    """Duties by name. ``sleep``: between two tries."""

    def __init__(self, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._failing: dict[str, str] = {}

    async def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does ``work``, and again a minute after every error, of any kind; returns when it has come to its end."""
        while (fault := await fault_of(work())) is not None:
            self._failing[name] = type(fault).__name__
            if isinstance(fault, BotError):
                logger.error("%s: %s", name, texts.error_text(fault))
            else:
                logger.error("%s: unexpected", name, exc_info=fault)
            await self._sleep(TRY_AGAIN)
            del self._failing[name]

    def problems(self) -> tuple[str, ...]:
        """Each duty that has failed and is to be tried again, with the class of its error."""
        return tuple(f"{name}: {fault}" for name, fault in self._failing.items())
