"""Slow work of which one piece is done at a time: a few wait for their turn, without a thread; others come again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.exceptions import HTTPException

_WAITING: Final = 8
_RETRY_SECONDS: Final = 5


class Turns:
    """``waiting``: so many at most; who comes then is refused with 503. Of one event loop."""

    def __init__(self, *, waiting: int = _WAITING) -> None:
        self._most = 1 + waiting
        self._here = 0
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        if self._here >= self._most:
            raise HTTPException(503, headers={"retry-after": str(_RETRY_SECONDS)})
        self._here += 1
        try:
            async with self._one:
                yield
        finally:
            self._here -= 1
