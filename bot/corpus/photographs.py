"""Photographs of the pages of one paper: kept aside in the order in which they came, then bound into one PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot import texts
from bot.channels.web.corpus_desk import PICTURES
from bot.corpus.child import Job, Said
from bot.corpus.staging import Staging
from bot.messages import Attachment, Choice, Choices, Incoming, Reply, Text

MOST: Final = 60
"""Pages of one paper."""
_SECONDS: Final = 120
_DONE: Final = frozenset({"xong", "xong roi", "het", "het roi", "du roi", "da du", "doc di", "la xong"})


class Photographs:
    """``fetch``, ``wait``, ``limit`` as `Uploading` has them; ``run`` as `run_child`."""

    def __init__(
        self,
        staging: Staging,
        *,
        fetch: Callable[[str, Attachment, int], Coroutine[Any, Any, bytes]],
        wait: Callable[[Coroutine[Any, Any, Any]], Any],
        limit: int,
        run: Callable[[Job], Coroutine[Any, Any, Said]],
    ) -> None:
        self._staging = staging
        self._fetch, self._wait, self._limit, self._run = fetch, wait, limit, run

    def add(self, incoming: Incoming, attachment: Attachment, *, ticket: str, now: datetime) -> Reply:
        """Puts the page behind those of this ticket, once for each message."""
        name = hashlib.sha256(f"{incoming.channel}/{incoming.message}".encode()).hexdigest()[:16]
        pages = self._staging.pages(ticket)
        if not any(page.name.endswith(name) for page in pages):
            if len(pages) >= MOST:
                return _asked(texts.PHOTOS_TOO_MANY.format(most=MOST), ticket)
            data = self._wait(self._fetch(incoming.channel, attachment, self._limit))
            self._staging.put_page(f"{len(pages) + 1:03}-{name}", data, now=now, ticket=ticket)
            pages = self._staging.pages(ticket)
        return _asked(texts.PHOTO_TAKEN.format(count=len(pages)), ticket)

    def bind(self, ticket: str, *, now: datetime) -> Path | None:
        """As `bound_pages`."""
        return bound_pages(self._staging, ticket, now=now, run=lambda job: self._wait(self._run(job)))


def bound_pages(
    staging: Staging, ticket: str, *, now: datetime, run: Callable[[Job], Said], order: Sequence[int] | None = None
) -> Path | None:
    """The pages as one staged PDF, in the order of their names or in this one (positions from 0); None where there are
    none. Raises ChildFailed.
    """
    pages = staging.pages(ticket)
    if not pages:
        return None
    files = tuple(pages[place].name for place in (order or range(len(pages))))
    name = texts.PHOTOS_NAME.format(at=now.astimezone(staging.zone))
    run(Job(task="bind", corpus=pages[0].parent, files=files, file=name, seconds=_SECONDS))
    for page in pages:
        page.unlink(missing_ok=True)
    return staging.path(ticket)


def is_photograph(attachment: Attachment) -> bool:
    """Sent as a photograph, or as a file that is one."""
    return attachment.kind == "photo" or (
        attachment.kind == "file" and Path(attachment.name).suffix.lower() in PICTURES
    )


def says_done(form: str) -> bool:
    """``form``: folded, as `says_yes` compares."""
    return form in _DONE


def _asked(words: str, ticket: str) -> Reply:
    choices = (
        Choice(label=texts.PHOTOS_DONE, send=f"/nhap xong {ticket}"),
        Choice(label=texts.UPLOAD_NO, send=f"/nhap bỏ {ticket}"),
    )
    return Reply(blocks=(Text(text=words), Choices(choices=choices)))
