"""How often one person may ask."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from typing import Final

_MOST_KEYS: Final = 10_000


class RateLimit:
    """At most ``limit`` times in any ``seconds`` for each key; in memory, for several threads.

    A refused call does not count. Of more than ``most_keys`` keys, those that were used longest ago are forgotten.
    """

    def __init__(self, limit: int, *, seconds: int = 60, most_keys: int = _MOST_KEYS) -> None:
        self._limit = limit
        self._window = timedelta(seconds=seconds)
        self._most_keys = most_keys
        self._taken: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str, now: datetime) -> bool:
        with self._lock:
            taken = self._taken.setdefault(key, deque())
            self._taken.move_to_end(key)
            while taken and now - taken[0] >= self._window:
                taken.popleft()
            if len(taken) >= self._limit:
                return False
            taken.append(now)
            self._forget_idle()
            return True

    def seconds_to_wait(self, key: str, now: datetime) -> int:
        """Whole seconds until it is allowed again, 0 when it is now."""
        with self._lock:
            taken = self._taken.get(key)
            if taken is None or len(taken) < self._limit:
                return 0
            return max(0, ceil((taken[0] + self._window - now).total_seconds()))

    def _forget_idle(self) -> None:
        while len(self._taken) > self._most_keys:
            self._taken.popitem(last=False)
