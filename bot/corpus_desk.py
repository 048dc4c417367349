"""The administrators' pages put together: everything that they ask of the application."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from bot import texts
from bot.clock import now_utc
from bot.corpus.child import run_child
from bot.corpus.correcting import Correcting
from bot.corpus.desk import AdministratorsDesk
from bot.corpus.receiving import Receiving
from bot.corpus.reindexing import Reindexing
from bot.corpus.shelf import Shelf
from bot.corpus.staging import Staging, refuses_uploads
from bot.state import members

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database
    from bot.validity.register import Register
    from index import Library


def corpus_desk(
    settings: Settings,
    library: Library,
    database: Database,
    *,
    staging: Staging,
    reindexing: Reindexing,
    register: Register,
    wait: Callable[[Coroutine[Any, Any, Any]], Any],
) -> AdministratorsDesk:
    """``wait`` runs a coroutine on the event loop and waits for it, from another thread."""
    closed = texts.UPLOAD_NO_CORPUS if refuses_uploads(settings.corpus_dir) else ""

    def cells() -> set[str]:
        with database.reading() as db:
            return set(members.cells(db))

    shelf = _shelf(settings, library, database, register=register, closed=closed)
    correcting = Correcting(
        staging,
        database,
        cells=cells,
        aside=settings.state_dir,
        read=lambda job: wait(run_child(job)),
        closed=closed,
    )
    receiving = Receiving(
        staging,
        library,
        database,
        wait=wait,
        limit=settings.upload_limit,
        cells=cells,
        override_of=shelf.override_of,
        closed=closed,
    )
    return AdministratorsDesk(
        library,
        database,
        corpus=settings.corpus_dir,
        shelf=shelf,
        correcting=correcting,
        receiving=receiving,
        reindexing=reindexing,
        register=register,
        wait=wait,
        clock=now_utc,
        closed=closed,
    )


def _shelf(settings: Settings, library: Library, database: Database, *, register: Register, closed: str) -> Shelf:
    return Shelf(
        library,
        database,
        corpus=settings.corpus_dir,
        validity=register.now,
        report=library.report,
        zone=settings.zone,
        closed=closed,
    )
