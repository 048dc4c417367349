"""One directive, page by page: the picture beside what was understood, and the form that puts it right."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import texts
from bot.channels.web.bodies import limited
from bot.channels.web.corpus_desk import CorpusDesk, Correcting, Correction, Saved, Understood
from bot.channels.web.desk import Visitor
from bot.channels.web.offices import DECISIONS, SHELF, for_administrators, number_in
from bot.channels.web.rendering import render
from bot.channels.web.site import BODY_LIMIT, site_of

_FIELDS: Final = (
    *("number", "type", "issuer", "date", "title", "audience", "draft"),
    *("attached_type", "attached_title"),
)
_STANDS: Final = {"1": True, "0": False, "rut": None}
_LONGEST: Final = 2000
_MOST_FIELDS: Final = 1600
_EMPTY_ROWS: Final = 2
_KEPT: Final = "private, max-age=300"


@for_administrators
async def show_directive(request: Request, _: Visitor, desk: CorpusDesk) -> Response:
    """``?trang=PAGE``; ``luu``: what came of saving (1: saved, 0: there was nothing to save), or of deciding (khac:
    somebody else has decided meanwhile). ``tep``: the file, which after a correction may be read under another id.
    """
    saved, file = request.query_params.get("luu", ""), request.query_params.get("tep", "")
    try:
        return _page(request, await _understood(request, desk), saved=saved)
    except HTTPException:
        moved = await run_in_threadpool(desk.read_from, file) if file else None
        if moved is None or moved == request.path_params["directive"]:
            raise
        return RedirectResponse(f"{_address(moved)}?luu={saved if saved in ('0', '1') else ''}", 303)


@for_administrators
async def show_picture(request: Request, _: Visitor, desk: CorpusDesk) -> Response:
    directive, page = request.path_params["directive"], number_in(request.path_params["page"])
    if not page or not directive.isprintable():
        raise HTTPException(404)
    async with site_of(request).drawing.turn():
        drawn = await run_in_threadpool(desk.picture, directive, page=page)
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn[0], media_type=drawn[1], headers={"cache-control": _KEPT})


@for_administrators
async def correct(request: Request, visitor: Visitor, desk: CorpusDesk) -> Response:
    form = await limited(request, BODY_LIMIT).form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=BODY_LIMIT)
    given = _given(form)
    directive = request.path_params["directive"]
    file = str(form.get("file", ""))[:_LONGEST]
    saved = await run_in_threadpool(desk.correct, visitor, directive, given) if directive.isprintable() else None
    if saved is None:
        saved = Saved(faults={"": texts.READ_FAULT_CHANGED})
    if not saved.faults:
        page = number_in(request.query_params.get("trang"))
        return RedirectResponse(f"{_address(directive)}?trang={page}&luu={int(saved.changed)}&tep={quote(file)}", 303)
    read = await _understood_anew(request, desk, file)
    form_again = read.form.model_copy(
        update={
            "values": {**read.form.values, **given.values},
            "draft": given.values.get("draft", ""),
            "corrections": given.corrections,
        }
    )
    return _page(request, read.model_copy(update={"form": form_again}), faults=saved.faults, status=422)


@for_administrators
async def decide(request: Request, visitor: Visitor, desk: CorpusDesk) -> Response:
    form = await limited(request, BODY_LIMIT).form(max_files=0, max_fields=8)
    key, stands = str(form.get("key", "")), str(form.get("stands", ""))
    back = str(form.get("directive", ""))
    was = str(form.get("was", ""))
    if stands not in _STANDS or was not in _STANDS:
        raise HTTPException(404)
    done = await run_in_threadpool(desk.decide, visitor, key, was=_STANDS[was], stands=_STANDS[stands])
    if done is None:
        raise HTTPException(404)
    said = "" if done else "&luu=khac"
    return RedirectResponse(f"{_address(back)}?trang={number_in(str(form.get('page', '1')))}{said}", 303)


async def _understood_anew(request: Request, desk: CorpusDesk, file: str) -> Understood:
    """A build in between may read the file under another id, and on other pages: what was typed is not lost for it."""
    try:
        return await _understood(request, desk)
    except HTTPException:
        moved = await run_in_threadpool(desk.read_from, file) if file else None
        read = await run_in_threadpool(desk.understood, moved, page=1) if moved else None
        if read is None:
            raise
        return read


async def _understood(request: Request, desk: CorpusDesk) -> Understood:
    directive, page = request.path_params["directive"], number_in(request.query_params.get("trang"))
    read = None
    if directive.isprintable() and page:
        read = await run_in_threadpool(desk.understood, directive, page=page)
    if read is None:
        raise HTTPException(404)
    return read


def _page(
    request: Request, read: Understood, *, faults: dict[str, str] | object = None, saved: str = "", status: int = 200
) -> Response:
    known = {each.read for each in read.form.corrections}
    doubted = [word for word in read.sheet.weak_words if word not in known]
    page = render(
        "directive.html",
        organization=site_of(request).organization,
        read=read,
        address=_address(read.listed.id),
        doubted=doubted,
        empty_rows=range(_EMPTY_ROWS),
        faults=faults or {},
        saved=saved,
    )
    return HTMLResponse(page, status)


def _address(directive: str) -> str:
    return f"{SHELF}/{quote(directive, safe='')}"


def _given(form: FormData) -> Correcting:
    """A pair without the word that was meant is one that nobody filled in, or that somebody emptied."""
    values = {key: value[:_LONGEST] for key in _FIELDS if isinstance(value := form.get(key), str)}
    pairs = zip(*(map(str, form.getlist(name)) for name in ("read", "meant", "at")), strict=False)
    corrections = tuple(
        Correction(
            read=" ".join(read.split())[:_LONGEST],
            meant=" ".join(meant.split())[:_LONGEST],
            page=number_in(at.strip()) if at.strip() else None,
        )
        for read, meant, at in pairs
        if meant.strip()
    )
    return Correcting(values=values, corrections=corrections, mark=str(form.get("mark", "")))


ROUTES: Final = [
    Route(f"{SHELF}/{{directive}}", show_directive),
    Route(f"{SHELF}/{{directive}}", correct, methods=["POST"]),
    Route(f"{SHELF}/{{directive}}/anh/{{page}}", show_picture),
    Route(DECISIONS, decide, methods=["POST"]),
]
