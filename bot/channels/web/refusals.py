"""Everything that goes wrong as a small Vietnamese page, or as JSON for the page's own script."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot import texts
from bot.channels.web.rendering import render
from bot.channels.web.site import peer_of, site_of, too_large
from bot.errors import BotError

logger = logging.getLogger(__name__)


def refusal(
    request: Request, status: int, words: str | None = None, *, headers: Mapping[str, str] | None = None
) -> Response:
    said = words or _words(request, status)
    if wants_json(request):
        return JSONResponse({"error": said}, status, headers)
    return HTMLResponse(render("refusal.html", words=said), status, headers)


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _words(request: Request, status: int) -> str:
    if status == 413:
        return too_large(site_of(request).upload_limit)
    return texts.WEB_FAULTS.get(status, texts.WEB_FAULTS[400 if status < 500 else 500])


async def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    level = logging.WARNING if error.status_code == 413 else logging.INFO
    logger.log(level, "%s %s from %s: %s", request.method, request.scope["path"], peer_of(request), error.status_code)
    return refusal(request, error.status_code, headers=error.headers)


async def on_known_error(request: Request, error: Exception) -> Response:
    """What failed is for the log; a visitor is told to come again."""
    logger.warning("%s %s: %s", request.method, request.scope["path"], error)
    return refusal(request, 503)


async def on_parting(_: Request, __: Exception) -> Response:
    """The browser went away in the middle of its request; nobody reads this."""
    return Response(status_code=400)


async def on_fault(request: Request, _: Exception) -> Response:
    """The server logs it."""
    return refusal(request, 500)


HANDLERS = {
    HTTPException: on_http_error,
    BotError: on_known_error,
    ClientDisconnect: on_parting,
    Exception: on_fault,
}
