"""Programs of the system that some readers call, and where the costly work on a page is kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PATIENCE = 20
"""Seconds in which a program says its version."""


class PageCache(Protocol):
    """Bytes by key, as `index.cache.Cache` keeps them."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, body: bytes) -> None: ...


@dataclass(frozen=True)
class Tools:
    """``tesseract``, ``soffice``: the programs; None where they are not installed. ``pages``: None keeps nothing.

    ``watch``: called with how many pages of a file were read from pictures, and of how many.
    ``version``: of the programs; with another one, what they read is read again.
    ``turns``: whether tesseract can tell by itself which side of a page is up.
    """

    tesseract: Path | None = None
    soffice: Path | None = None
    version: str = ""
    pages: PageCache | None = None
    watch: Callable[[int, int], None] = lambda _done, _total: None
    turns: bool = False


NO_TOOLS = Tools()


def find_tools(
    *, pages: PageCache | None = None, watch: Callable[[int, int], None] = lambda _done, _total: None
) -> Tools:
    """What is installed here. Tesseract counts only with its Vietnamese data (``tesseract-ocr-vie``)."""
    tesseract, soffice = _program("tesseract"), _program("soffice") or _program("libreoffice")
    languages = _said(tesseract, "--list-langs").split() if tesseract else []
    if "vie" not in languages:
        tesseract = None
    versions = [_first_line(_said(tesseract, "--version"))] if tesseract else []
    if soffice:
        versions.append(_first_line(_said(soffice, "--version")) or soffice.name)
    return Tools(
        tesseract=tesseract,
        soffice=soffice,
        version="; ".join(versions),
        pages=pages,
        watch=watch,
        turns="osd" in languages,
    )


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _said(program: Path, question: str) -> str:
    """What the program answers; empty where it cannot be run."""
    try:
        ended = subprocess.run(
            [program, question], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (ended.stdout or ended.stderr).decode(errors="replace")


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()
