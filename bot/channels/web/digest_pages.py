"""The digest on the page: each member's own letters, and for administrators what goes out, to whom, and what became of
it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import texts
from bot.channels.web.bodies import limited
from bot.channels.web.desk import Visitor
from bot.channels.web.digest_desk import DigestDesk
from bot.channels.web.offices import administrator_of, number_in
from bot.channels.web.rendering import render
from bot.channels.web.showing import shown
from bot.channels.web.site import LETTERS, sign_in_first, site_of, visitor_of

DIGESTS: Final = "/quan-tri/ban-tin"
PREVIEW: Final = f"{DIGESTS}/xem-truoc"
SENDING: Final = f"{DIGESTS}/gui"

_BODY: Final = 8192
_LONGEST: Final = 200

Page = Callable[[Request, Visitor, DigestDesk], Awaitable[Response]]


# -- a member's own -------------------------------------------------------------------------------------------------


def for_members(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page, with its member. Whoever has not signed in is asked to, and then comes to the letter."""

    async def guarded(request: Request) -> Response:
        visitor, desk = await visitor_of(request), site_of(request).digest_desk
        if desk is None:
            raise HTTPException(404)
        if visitor is None or visitor.name is None:
            return sign_in_first(request.scope["path"])
        return await page(request, visitor, desk)

    return guarded


@for_members
async def show_letter(request: Request, visitor: Visitor, desk: DigestDesk) -> Response:
    """The newest letter, or the one of this number. ``?luu=1``: a choice was just kept."""
    number = _number(request) if "number" in request.path_params else None
    mailbox = await run_in_threadpool(desk.mailbox, visitor, number)
    if mailbox is None:
        raise HTTPException(404)
    page = render(
        "letter.html",
        organization=site_of(request).organization,
        visitor=visitor,
        mailbox=mailbox,
        letters=LETTERS,
        office=DIGESTS,
        saved=request.query_params.get("luu") == "1",
    )
    return HTMLResponse(page)


@for_members
async def mark_read(request: Request, visitor: Visitor, desk: DigestDesk) -> Response:
    number = _number(request)
    if not await run_in_threadpool(desk.mark_read, visitor, number):
        raise HTTPException(404)
    return RedirectResponse(f"{LETTERS}/{number}#da-doc", 303)


@for_members
async def choose(request: Request, visitor: Visitor, desk: DigestDesk) -> Response:
    """``nhan``: 1 or 0; ``kenh``: a channel, or empty."""
    form = await limited(request, _BODY).form(max_files=0, max_fields=4)
    receives, channel = form.get("nhan"), str(form.get("kenh", ""))[:_LONGEST]
    if receives not in ("0", "1"):
        raise HTTPException(400)
    if not await run_in_threadpool(lambda: desk.choose(visitor, receives=receives == "1", channel=channel)):
        raise HTTPException(400)
    return RedirectResponse(f"{LETTERS}?luu=1#lua-chon", 303)


# -- the administrators' --------------------------------------------------------------------------------------------


def for_office(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page, with its administrator. For everybody else it is not there, and nothing that they send is read."""

    async def guarded(request: Request) -> Response:
        desk = site_of(request).digest_desk
        return await page(request, *await administrator_of(request, desk))

    return guarded


@for_office
async def show_overview(request: Request, _: Visitor, desk: DigestDesk) -> Response:
    overview = await run_in_threadpool(desk.overview)
    return _office(request, "digests.html", overview=overview)


@for_office
async def show_preview(request: Request, _: Visitor, desk: DigestDesk) -> Response:
    """``?chi-bo=CELL&kenh=CHANNEL``, either of them empty for all."""
    cell, channel = (request.query_params.get(name, "")[:_LONGEST] for name in ("chi-bo", "kenh"))
    preview = await run_in_threadpool(lambda: desk.preview(cell=cell, channel=channel))
    if preview is None:
        raise HTTPException(404)
    seen = [(version, shown(version.channel, version.parts)) for version in preview.versions]
    return _office(request, "digest_preview.html", preview=preview, seen=seen)


@for_office
async def ask_to_send(request: Request, _: Visitor, desk: DigestDesk) -> Response:
    draft = await run_in_threadpool(desk.draft)
    return _office(request, "digest_sending.html", draft=draft, said="")


@for_office
async def send(request: Request, visitor: Visitor, desk: DigestDesk) -> Response:
    """``mark``: of what was shown; where it is another by now, it is shown and asked again."""
    form = await limited(request, _BODY).form(max_files=0, max_fields=4)
    mark = str(form.get("mark", ""))[:_LONGEST]
    sent = await run_in_threadpool(lambda: desk.send(visitor, mark=mark))
    if sent.digest is not None:
        return RedirectResponse(f"{DIGESTS}/{sent.digest}", 303)
    draft = await run_in_threadpool(desk.draft)
    return _office(request, "digest_sending.html", draft=draft, said=sent.said, status=409)


@for_office
async def show_ledger(request: Request, _: Visitor, desk: DigestDesk) -> Response:
    """``?lai=COUNT``: to so many it was just sent once more."""
    ledger = await run_in_threadpool(desk.ledger, _number(request))
    if ledger is None:
        raise HTTPException(404)
    again = request.query_params.get("lai")
    said = texts.DIGEST_WEB_AGAIN_DONE.format(count=number_in(again)) if again is not None else ""
    return _office(request, "digest_ledger.html", ledger=ledger, said=said)


@for_office
async def retry_unknown(request: Request, visitor: Visitor, desk: DigestDesk) -> Response:
    number = _number(request)
    count = await run_in_threadpool(desk.retry_unknown, visitor, number)
    if count is None:
        raise HTTPException(404)
    return RedirectResponse(f"{DIGESTS}/{number}?lai={count}", 303)


def _office(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    organization = site_of(request).organization
    return HTMLResponse(render(template, organization=organization, office=DIGESTS, **values), status)


def _number(request: Request) -> int:
    """Raises HTTPException 404 for what is no number."""
    number = number_in(request.path_params["number"])
    if not number:
        raise HTTPException(404)
    return number


ROUTES: Final = [
    Route(LETTERS, show_letter),
    Route(f"{LETTERS}/lua-chon", choose, methods=["POST"]),
    Route(f"{LETTERS}/{{number}}", show_letter),
    Route(f"{LETTERS}/{{number}}/da-doc", mark_read, methods=["POST"]),
    Route(DIGESTS, show_overview),
    Route(PREVIEW, show_preview),
    Route(SENDING, ask_to_send),
    Route(SENDING, send, methods=["POST"]),
    Route(f"{DIGESTS}/{{number}}", show_ledger),
    Route(f"{DIGESTS}/{{number}}/gui-lai", retry_unknown, methods=["POST"]),
]
