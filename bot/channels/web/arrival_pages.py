"""Files for the corpus, sent from the page: each becomes a row that shows what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot import texts
from bot.channels.web.bodies import limited
from bot.channels.web.corpus_desk import PICTURES, Arrival, CorpusDesk
from bot.channels.web.desk import Visitor
from bot.channels.web.offices import UPLOADS, for_administrators
from bot.channels.web.refusals import wants_json
from bot.channels.web.rendering import render
from bot.channels.web.shelf_pages import MOST_FILES
from bot.channels.web.site import BODY_LIMIT, Site, site_of
from bot.channels.web.uploads import label_of
from bot.messages import printed_text

_TICKET: Final = re.compile(r"[0-9a-f]{16}")
_FIELDS: Final = ("number", "type", "issuer", "date", "title", "audience")
_LONGEST: Final = 2000
_AT_ONCE: Final = 20
"""Files of the largest size that are taken with one request."""


@for_administrators
async def send(request: Request, visitor: Visitor, desk: CorpusDesk) -> Response:
    """``rieng``: each picture is a paper of its own."""
    site = site_of(request)
    bounded = limited(request, BODY_LIMIT + _AT_ONCE * site.upload_limit)
    try:
        form = await bounded.form(max_files=MOST_FILES, max_fields=8, max_part_size=BODY_LIMIT)
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
        if not files:
            raise HTTPException(400, texts.ARRIVE_NONE)
        pages = [] if form.get("rieng") else [each for each in files if _is_picture(each)]
        rows = []
        if len(pages) > 1:
            rows = [await run_in_threadpool(desk.arrive_as_one, visitor, _pages(pages, limit=site.upload_limit))]
            files = [each for each in files if each not in pages]
        rows += [await _arrived(site, visitor, desk, file) for file in files]
    finally:
        await bounded.close()
    return _answer(request, [_row(each, tickets=_tickets(rows)) for each in rows])


async def _arrived(site: Site, visitor: Visitor, desk: CorpusDesk, file: UploadFile) -> Arrival:
    name = _label(file)
    if (file.size or 0) > site.upload_limit:
        words = texts.ARRIVE_LARGE.format(megabytes=site.upload_limit // 1024**2)
        return Arrival(name=name, refusal=words)
    data = await file.read(site.upload_limit + 1)
    return await run_in_threadpool(desk.arrive, visitor, name, data)


def _label(file: UploadFile) -> str:
    return label_of(printed_text(file.filename or ""))


def _is_picture(file: UploadFile) -> bool:
    return PurePath(_label(file)).suffix.lower() in PICTURES


def _pages(files: Sequence[UploadFile], *, limit: int) -> Iterator[tuple[str, bytes]]:
    """One after the other, as they are asked for off the event loop; one byte above the limit says enough."""
    for file in files:
        yield _label(file), file.file.read(limit + 1)


@for_administrators
async def act(request: Request, visitor: Visitor, desk: CorpusDesk) -> Response:
    """``viec``: take it in, read it again as it was corrected, or drop it. Without a script, the other rows that stood
    on the page come along.
    """
    ticket = request.path_params["ticket"]
    form = await limited(request, BODY_LIMIT).form(max_files=0, max_fields=32, max_part_size=BODY_LIMIT)
    if not _TICKET.fullmatch(ticket):
        raise HTTPException(404)
    others = [each for each in re.split(r"\W+", str(form.get("con", ""))) if _TICKET.fullmatch(each)][:MOST_FILES]
    others = [each for each in others if each != ticket]
    row = await run_in_threadpool(_done, desk, visitor, ticket, form, others)
    if wants_json(request):
        return _answer(request, [row])
    again = [await run_in_threadpool(desk.amend, visitor, each, {}) for each in others]
    return _answer(request, [row, *(_row(each, tickets=others) for each in again if each)])


def _done(desk: CorpusDesk, visitor: Visitor, ticket: str, form: FormData, others: Sequence[str]) -> str:
    tickets = (ticket, *others)
    match form.get("viec"):
        case "nhan":
            taken = desk.accept(visitor, ticket, mark=str(form.get("mark", "")))
            if isinstance(taken, str):
                return _said(texts.ARRIVE_ACCEPTED.format(name=taken), is_good=True)
            return _row(taken, tickets=tickets) if taken else _said(texts.ARRIVE_GONE)
        case "sua":
            values = {key: value[:_LONGEST] for key in _FIELDS if isinstance(value := form.get(key), str)}
            amended = desk.amend(visitor, ticket, values)
            return _row(amended, tickets=tickets) if amended else _said(texts.ARRIVE_GONE)
        case "bo":
            desk.drop(visitor, ticket)
            return _said(texts.ARRIVE_DROPPED)
    raise HTTPException(400)


def _tickets(rows: Sequence[Arrival]) -> list[str]:
    return [row.ticket for row in rows if row.ticket]


def _row(arrival: Arrival, *, tickets: Sequence[str]) -> str:
    return render("arrival.html", arrival=arrival, said="", is_good=False, others=" ".join(tickets))


def _said(words: str, *, is_good: bool = False) -> str:
    return render("arrival.html", arrival=None, said=words, is_good=is_good, others="")


def _answer(request: Request, rows: Sequence[str]) -> Response:
    if wants_json(request):
        return JSONResponse({"rows": rows})
    return HTMLResponse(render("arrivals.html", organization=site_of(request).organization, rows=rows))


ROUTES: Final = [
    Route(UPLOADS, send, methods=["POST"]),
    Route(f"{UPLOADS}/{{ticket}}", act, methods=["POST"]),
]
