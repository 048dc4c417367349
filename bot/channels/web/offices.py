"""Who comes to the administrators' pages: everybody else is told that there is nothing."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.corpus_desk import CorpusDesk
from bot.channels.web.desk import Visitor
from bot.channels.web.site import peer_of, site_of, visitor_of

logger = logging.getLogger(__name__)

SHELF: Final = "/quan-tri/van-ban"
UPLOADS: Final = "/quan-tri/tai-len"
BUILD: Final = "/quan-tri/lap-chi-muc"
DECISIONS: Final = "/quan-tri/quan-he"

Page = Callable[[Request, Visitor, CorpusDesk], Awaitable[Response]]
Desk = TypeVar("Desk")


def for_administrators(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page, with its administrator. For everybody else it is not there, and nothing that they send is read."""

    async def guarded(request: Request) -> Response:
        return await page(request, *await administrator_of(request, site_of(request).corpus_desk))

    return guarded


async def administrator_of(request: Request, desk: Desk | None) -> tuple[Visitor, Desk]:
    """Raises HTTPException 404 for everybody else, and where there is no such desk."""
    visitor = await visitor_of(request)
    if visitor is None or not visitor.is_admin or desk is None:
        logger.warning("%s, asked for by %s", request.scope["path"], visitor.account if visitor else peer_of(request))
        raise HTTPException(404)
    return visitor, desk


def number_in(text: str | None, *, otherwise: int = 1) -> int:
    """A page number as it stands in an address; 0 for one that is none."""
    if text is None:
        return otherwise
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
