"""The list of all directives, and the build that reads them."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.corpus_desk import CorpusDesk
from bot.channels.web.desk import Visitor
from bot.channels.web.offices import BUILD, SHELF, for_administrators, number_in
from bot.channels.web.refusals import wants_json
from bot.channels.web.rendering import render
from bot.channels.web.site import site_of

MOST_FILES: Final = 60
"""That are sent at once."""

_WORDS: Final = 200
_LOOK: Final = "3"  # seconds until a page without a script looks again


@for_administrators
async def show_shelf(request: Request, _: Visitor, desk: CorpusDesk) -> Response:
    """``?q=WORDS&trang=PAGE``"""
    words = request.query_params.get("q", "").replace("\0", "")[:_WORDS]
    page = number_in(request.query_params.get("trang"))
    listing = await run_in_threadpool(desk.listing, words, page=page)
    building = await run_in_threadpool(desk.building)
    site = site_of(request)
    return HTMLResponse(
        render(
            "shelf.html",
            organization=site.organization,
            listing=listing,
            building=building,
            words=words,
            upload_limit=site.upload_limit,
            most_files=MOST_FILES,
        )
    )


@for_administrators
async def show_build(request: Request, _: Visitor, desk: CorpusDesk) -> Response:
    """Looks again by itself while a build runs, with or without a script."""
    building = await run_in_threadpool(desk.building)
    if wants_json(request):
        return JSONResponse(building.model_dump())
    page = render("build.html", organization=site_of(request).organization, building=building)
    return HTMLResponse(page, headers={"refresh": _LOOK} if building.running else None)


@for_administrators
async def begin_build(request: Request, visitor: Visitor, desk: CorpusDesk) -> Response:
    """One that runs already is looked at."""
    await run_in_threadpool(desk.rebuild, visitor)
    return JSONResponse({}, 202) if wants_json(request) else RedirectResponse(BUILD, 303)


ROUTES: Final = [
    Route(SHELF, show_shelf),
    Route(BUILD, show_build),
    Route(BUILD, begin_build, methods=["POST"]),
]
