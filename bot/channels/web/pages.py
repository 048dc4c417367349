"""The page to ask on, and how one comes in and goes out."""

from __future__ import annotations

import logging
from typing import Final
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import texts
from bot.channels.web.bodies import limited
from bot.channels.web.desk import Visitor
from bot.channels.web.rendering import render
from bot.channels.web.site import (
    GOODBYE,
    end_session,
    is_stranger,
    peer_of,
    set_session,
    site_of,
    token_of,
    visitor_of,
    way_back,
)
from bot.channels.web.transcript import chat_page, empty_page

logger = logging.getLogger(__name__)

_CODE_BODY: Final = 4096
_CODE_LENGTH: Final = 64


async def show_chat(request: Request) -> Response:
    """The chat of whoever is signed in; somebody unknown sees it empty, or is asked for a code. Asked for its head, as
    the script does to learn whether the session lives, it makes nothing.
    """
    site, visitor = site_of(request), await visitor_of(request)
    if request.method == "HEAD":
        return HTMLResponse() if visitor or is_stranger(request) else RedirectResponse("/vao", 303)
    if visitor is not None:
        return HTMLResponse(await chat_page(site, visitor, new_message=str(uuid4())))
    if not site.desk.public_answers:
        return RedirectResponse("/vao", 303)
    response = HTMLResponse(empty_page(site, new_message=str(uuid4())))
    _forget_dead_session(request, response)
    return response


async def show_sign_in(request: Request) -> Response:
    visitor = await visitor_of(request)
    back = way_back(request.query_params.get("ve"))
    if visitor is not None and not _is_guest(visitor):
        return RedirectResponse(back or "/", 303)
    response = _sign_in_page(request, goodbye="xong" in request.query_params, back=back)
    if visitor is None:
        _forget_dead_session(request, response)
    return response


async def sign_in(request: Request) -> Response:
    site, old = site_of(request), token_of(request)
    form = await limited(request, _CODE_BODY).form(max_files=0, max_fields=4)
    code = str(form.get("code", "")).strip()[:_CODE_LENGTH]
    back = way_back(str(form.get("ve", "")))
    result = await run_in_threadpool(site.desk.sign_in, code, address=peer_of(request))
    if result.token is None:
        logger.warning("sign-in refused%s, from %s", " (locked)" if result.locked else "", peer_of(request))
        status = 429 if result.locked else 403
        return _sign_in_page(request, result.refusal or texts.WEB_CODE_REFUSED, status=status, back=back)
    if old:
        await run_in_threadpool(site.desk.sign_out, old)
    response = RedirectResponse(back or "/", 303)
    set_session(request, response, result.token)
    return response


async def sign_out(request: Request) -> Response:
    site, token, visitor = site_of(request), token_of(request), await visitor_of(request)
    if token:
        await run_in_threadpool(site.desk.sign_out, token)
    if visitor:
        site.bells.ring(visitor.chat)
    response = RedirectResponse(GOODBYE, 303)
    end_session(response)
    return response


def _forget_dead_session(request: Request, response: Response) -> None:
    """It would stand in the way of a new one."""
    if token_of(request):
        end_session(response)


def _is_guest(visitor: Visitor) -> bool:
    return visitor.name is None


def _sign_in_page(
    request: Request, reason: str | None = None, *, status: int = 200, goodbye: bool = False, back: str = ""
) -> Response:
    """``back``: where one comes when the code is right."""
    site = site_of(request)
    page = render(
        "sign_in.html",
        organization=site.organization,
        reason=reason,
        goodbye=goodbye,
        guests=site.desk.public_answers,
        back=back,
    )
    return HTMLResponse(page, status)


ROUTES: Final = [
    Route("/", show_chat),
    Route("/vao", show_sign_in),
    Route("/vao", sign_in, methods=["POST"]),
    Route("/ra", sign_out, methods=["POST"]),
]
