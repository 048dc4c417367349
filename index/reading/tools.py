"""Programs of the system that some readers call, and where the costly work on a page is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class PageCache(Protocol):
    """Bytes by key, as `index.cache.Cache` keeps them."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, body: bytes) -> None: ...


@dataclass(frozen=True)
class Tools:
    """``tesseract``, ``soffice``: the programs; None where they are not installed. ``pages``: None keeps nothing.

    ``watch``: called with how many pages of a file were read from pictures, and of how many.
    ``version``: of the programs; with another one, what they read is read again.
    """

    tesseract: Path | None = None
    soffice: Path | None = None
    version: str = ""
    pages: PageCache | None = None
    watch: Callable[[int, int], None] = lambda _done, _total: None


NO_TOOLS = Tools()
