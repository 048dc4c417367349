"""The duties that the digest may speak of, for administrators to confirm, correct or drop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.bodies import limited
from bot.channels.web.desk import Visitor
from bot.channels.web.duty_desk import DutyDeed, DutyDesk, DutyView
from bot.channels.web.offices import administrator_of, number_in
from bot.channels.web.rendering import render
from bot.channels.web.site import site_of

DUTIES: Final = "/quan-tri/nhiem-vu"

_BODY: Final = 16384
_LONGEST: Final = 1000
_VIEWS: Final[dict[str, DutyView]] = {
    "": "waiting", "chua-ro-han": "undated", "da-xac-nhan": "confirmed", "da-bo": "dropped"
}  # fmt: skip
_DEEDS: Final[dict[str, DutyDeed]] = {"co": "confirm", "sua": "correct", "bo": "drop", "rut": "take_back"}

Page = Callable[[Request, Visitor, DutyDesk], Awaitable[Response]]


def for_office(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page, with its administrator. For everybody else it is not there, and nothing that they send is read."""

    async def guarded(request: Request) -> Response:
        return await page(request, *await administrator_of(request, site_of(request).duty_desk))

    return guarded


@for_office
async def show_duties(request: Request, _: Visitor, desk: DutyDesk) -> Response:
    """``?muc=LIST&trang=PAGE``; ``luu=1``: a decision was just written."""
    asked = request.query_params
    return await _page(
        request, desk, asked.get("muc", ""), number_in(asked.get("trang")), saved=asked.get("luu") == "1"
    )


@for_office
async def decide(request: Request, visitor: Visitor, desk: DutyDesk) -> Response:
    """``viec``: what is done to the duty ``key``; ``muc`` and ``trang``: where one comes from, and goes back to."""
    form = await limited(request, _BODY).form(max_files=0, max_fields=10)
    given = {name: value[:_LONGEST] for name, value in form.items() if isinstance(value, str)}
    deed, key = _DEEDS.get(given.get("viec", "")), given.get("key", "")
    slug, page = given.get("muc", ""), number_in(given.get("trang"))
    if deed is None or slug not in _VIEWS or not page:
        raise HTTPException(400)
    mark, who, due = (given.get(name, "") for name in ("mark", "who", "due"))
    refusal = await run_in_threadpool(lambda: desk.decide(visitor, key, deed, mark=mark, who=who, due=due))
    if refusal is None:
        raise HTTPException(404)
    if refusal:
        typed = {key: {"who": who, "due": due}} if deed == "correct" else {}
        return await _page(request, desk, slug, page, faults={key: refusal}, typed=typed)
    return RedirectResponse(f"{DUTIES}?muc={slug}&trang={page}&luu=1", 303)


async def _page(
    request: Request,
    desk: DutyDesk,
    slug: str,
    page: int,
    *,
    saved: bool = False,
    faults: dict[str, str] | None = None,
    typed: dict[str, dict[str, str]] | None = None,
) -> Response:
    view = _VIEWS.get(slug)
    if view is None or not page:
        raise HTTPException(404)
    listing = await run_in_threadpool(desk.listing, view, page=page)
    shown = render(
        "duties.html",
        organization=site_of(request).organization,
        listing=listing,
        address=DUTIES,
        slug=slug,
        views=_VIEWS,
        saved=saved,
        faults=faults or {},
        typed=typed or {},
    )
    return HTMLResponse(shown, 422 if faults else 200)


ROUTES: Final = [
    Route(DUTIES, show_duties),
    Route(DUTIES, decide, methods=["POST"]),
]
