"""The directives' own files. What is hidden and what is not there are refused in the same words."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.desk import Original
from bot.channels.web.refusals import refusal
from bot.channels.web.site import peer_of, site_of, visitor_of

logger = logging.getLogger(__name__)


async def show_original(request: Request) -> Response:
    visitor = await visitor_of(request)
    if visitor is None:
        return RedirectResponse("/", 303)
    directive = request.path_params["directive"]
    desk = site_of(request).desk
    found = await run_in_threadpool(desk.original, visitor, directive) if directive.isprintable() else None
    return await _hand_out(request, found, by=visitor.account)


async def show_linked_original(request: Request) -> Response:
    signature = request.path_params["signature"]
    found = await run_in_threadpool(site_of(request).desk.linked_original, signature)
    return await _hand_out(request, found, by=peer_of(request))


async def _hand_out(request: Request, original: Original | None, *, by: str) -> Response:
    path = await run_in_threadpool(_path, original, site_of(request).corpus_dir) if original else None
    if original is None or path is None:
        logger.warning("%r, asked for by %s, is not there or not for them", request.scope["path"], by)
        return refusal(request, 404)
    is_pdf = path.suffix.lower() == ".pdf"  # shown by the browser, which opens it at #page=
    return FileResponse(
        path,
        filename=original.name,
        media_type="application/pdf" if is_pdf else None,
        content_disposition_type="inline" if is_pdf else "attachment",
    )


def _path(original: Original, corpus_dir: Path | None) -> Path | None:
    """The file, where it is one and lies in the corpus."""
    root = corpus_dir.resolve() if corpus_dir else None
    path = (root / original.path if root else original.path).resolve()
    return path if path.is_file() and (root is None or path.is_relative_to(root)) else None


ROUTES: Final = [
    Route("/van-ban/{directive:path}", show_original),
    Route("/lien-ket/{signature:path}", show_linked_original),
]
