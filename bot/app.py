"""The composition root: the only place that sees everything and joins it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from bot import texts
from bot.channels.base import Channel
from bot.channels.console import Console
from bot.errors import NoChannel
from bot.router import ConversationsInMemory, Router
from index import LibraryError

if TYPE_CHECKING:
    from bot.settings import Settings
    from index import BuildReport, Library, Progress

Watch = Callable[["Progress"], None]


def set_up_logging(level: str) -> None:
    """To stderr, what this program says at ``level``, and of the libraries under it only errors."""
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("bot", "index"):
        logging.getLogger(name).setLevel(level)


def open_library(settings: Settings) -> Library:
    from index import Library

    return Library.open(settings.library_dir, encoder=settings.encoder)


def rebuild(settings: Settings, *, progress: Watch | None = None) -> BuildReport:
    """Makes the library answer from what the corpus holds now."""
    from index import build_library, load_encoder

    return build_library(
        settings.corpus_dir, settings.library_dir, encoder=load_encoder(settings.encoder), progress=progress
    )


def open_or_build(settings: Settings, build: Callable[[Settings], object]) -> Library:
    """The library; where none has been built yet, or by another version or model, ``build`` is called first."""
    try:
        return open_library(settings)
    except LibraryError as error:
        if error.code not in ("library_missing", "library_outdated", "encoder_mismatch"):
            raise
    build(settings)
    return open_library(settings)


def configured_channels(settings: Settings) -> list[Channel]:
    """The channels that the settings switch on; none is built yet that needs no terminal."""
    return []


def chosen_channels(settings: Settings, *, console: bool) -> list[Channel]:
    """Raises NoChannel where there would be nothing to serve."""
    channels = configured_channels(settings)
    if not channels and not console:
        raise NoChannel
    return channels


def serve(library: Library, channels: Sequence[Channel], *, console: bool) -> None:
    """Serves all channels until the last one ends or the process is stopped."""
    router = Router(library, ConversationsInMemory())
    everything = [*channels, *([Console(greeting=_greeting(library))] if console else [])]
    try:
        with suppress(KeyboardInterrupt):  # Ctrl-C is how one leaves
            asyncio.run(_serve_all(router, everything))
    except* BrokenPipeError as group:
        raise BrokenPipeError from group  # one channel among several wrote to a reader that had gone


async def _serve_all(router: Router, channels: Sequence[Channel]) -> None:
    async with asyncio.TaskGroup() as group:
        for channel in channels:
            group.create_task(channel.serve(router.handle), name=channel.name)


def _greeting(library: Library) -> str:
    from bot.answering.citation import spoken_date

    info = library.info()
    return texts.CONSOLE_LIBRARY.format(
        directives=info.directives, built_at=spoken_date(info.built_at.astimezone().date())
    )
