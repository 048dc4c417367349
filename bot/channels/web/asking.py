"""Messages from the page: its script sends JSON, the plain form works without any script."""

from __future__ import annotations

import logging
from typing import Annotated, Final

from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import texts
from bot.channels.web.bodies import limited
from bot.channels.web.desk import Visitor
from bot.channels.web.refusals import refusal, wants_json
from bot.channels.web.site import (
    BODY_LIMIT,
    GOODBYE,
    TEXT_LIMIT,
    Site,
    is_stranger,
    set_session,
    site_of,
    token_of,
    visitor_of,
)
from bot.channels.web.transcript import message_id, settled
from bot.channels.web.uploads import keep_upload, label_of
from bot.messages import Attachment, Frozen, Incoming, printed_text

logger = logging.getLogger(__name__)

_PATIENCE: Final = 3.0  # a page without a script is shown again with the answer on it


class Sent(Frozen):
    """``message``: made by the page, unique in its chat. ``choice``: the id of a button instead of a text."""

    message: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{8,64}$")]
    text: str = ""
    choice: Annotated[str, Field(pattern=r"^[0-9]{1,18}:[0-9]{1,3}$")] | None = None


async def ask(request: Request) -> Response:
    """The first message of a stranger makes their session."""
    site, visitor = site_of(request), await visitor_of(request)
    if visitor is None and not is_stranger(request):
        return _unknown(request)
    is_admin = visitor is not None and visitor.is_admin
    who = visitor.account if visitor else "a stranger"
    bounded = limited(request, BODY_LIMIT + (site.upload_limit if is_admin else 0))
    try:
        sent, file = await _read(bounded)
        if len(sent.text.encode("utf-8", "replace")) > TEXT_LIMIT or (file and (file.size or 0) > site.upload_limit):
            logger.warning("a message of %s is too large", who)
            return refusal(request, 413)
        if file and not is_admin:
            logger.warning("a file of %s, who is no administrator", who)
            return refusal(request, 403, texts.WEB_FILE_ADMINS_ONLY)
        attachment = await _keep(site, file) if file else None
    finally:
        await bounded.close()
    if not (sent.text.strip() or sent.choice or attachment):
        return refusal(request, 400) if wants_json(request) else RedirectResponse("/", 303)
    token = token_of(request) if visitor else await run_in_threadpool(site.desk.guest)
    visitor = visitor or (await run_in_threadpool(site.desk.visitor, token) if token else None)
    if visitor is None or token is None:
        return _unknown(request)
    await site.handler(_incoming(visitor, sent, attachment))
    site.bells.ring(visitor.chat)
    response = await _accepted(request, visitor, sent, token=token)
    if token != token_of(request):
        set_session(request, response, token)
    return response


def _unknown(request: Request) -> Response:
    return refusal(request, 401) if wants_json(request) else RedirectResponse("/vao", 303)


async def _accepted(request: Request, visitor: Visitor, sent: Sent, *, token: str) -> Response:
    """The script hears at once; a form waits for the answer, which may have ended the session."""
    site = site_of(request)
    if wants_json(request):
        return JSONResponse({"message": sent.message}, 202)
    await settled(site, visitor.chat, sent.message, seconds=_PATIENCE)
    is_over = await run_in_threadpool(site.desk.visitor, token) is None
    return RedirectResponse(GOODBYE if is_over else "/#cuoi", 303)


async def _read(request: Request) -> tuple[Sent, UploadFile | None]:
    """Raises HTTPException 400 for what is not of the page, 413 above the limits."""
    try:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
            return Sent.model_validate_json(await request.body()), None
        form = await request.form(max_files=1, max_fields=8, max_part_size=BODY_LIMIT)
        return _sent(form), _file(form)
    except ValidationError as error:
        raise HTTPException(400) from error


def _sent(form: FormData) -> Sent:
    fields = {name: value for name in ("message", "text", "choice") if isinstance(value := form.get(name), str)}
    return Sent.model_validate(fields if fields.get("choice") else {**fields, "choice": None})


def _file(form: FormData) -> UploadFile | None:
    """A form without a chosen file sends one without a name."""
    file = form.get("file")
    return file if isinstance(file, UploadFile) and file.filename else None


async def _keep(site: Site, file: UploadFile) -> Attachment:
    reference = await run_in_threadpool(keep_upload, site.uploads, file.file)
    return Attachment(
        kind="file", name=label_of(printed_text(file.filename or "")), size=file.size, reference=reference
    )


def _incoming(visitor: Visitor, sent: Sent, attachment: Attachment | None) -> Incoming:
    return Incoming(
        channel="web",
        sender=visitor.account,
        chat=visitor.chat,
        message=message_id(visitor.chat, sent.message),
        text="" if sent.choice else sent.text.replace("\0", ""),
        choice=sent.choice,
        attachment=attachment,
    )


ROUTES: Final = [Route("/hoi", ask, methods=["POST"])]
