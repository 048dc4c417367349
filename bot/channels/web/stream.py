"""Replies as they come: server-sent events, each with the number of its line, so that a broken stream goes on there."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web.bells import heard
from bot.channels.web.desk import Line
from bot.channels.web.rendering import render_line
from bot.channels.web.site import Site, site_of, token_of, visitor_of
from bot.channels.web.transcript import lines_after
from bot.errors import BotError

logger = logging.getLogger(__name__)

_RETRY: Final = "retry: 2000\n\n"
_BEAT: Final = ": \n\n"
_SIGNED_OUT: Final = "event: het\ndata: {}\n\n"


async def show_stream(request: Request) -> Response:
    """``?sau=NUMBER``: the last line that the page holds; a browser that comes back says it by itself.

    Without a session the stream says that it is over and ends: a page cannot read the status of its stream.
    """
    token, visitor = token_of(request), await visitor_of(request)
    if token is None or visitor is None:
        return Response(_SIGNED_OUT, media_type="text/event-stream")
    after = _number(request.headers.get("last-event-id")) or _number(request.query_params.get("sau"))
    return StreamingResponse(
        events(site_of(request), token, visitor.chat, after=after),
        media_type="text/event-stream",
        headers={"x-accel-buffering": "no"},  # a proxy shall hand each event on at once
    )


async def events(site: Site, token: str, chat: str, *, after: int) -> AsyncIterator[str]:
    """Ends when the session does, or when the server stops. The session is looked at anew with the transcript."""
    yield _RETRY
    silence = 0.0
    with site.bells.listening(chat) as bell:
        while not site.bells.stopped:
            bell.clear()
            lines = await run_in_threadpool(_news, site, token, chat, after)
            if lines is None:
                yield _SIGNED_OUT
                return
            for line in lines:
                after = max(after, line.number)
                yield _event(line)
            silence = 0.0 if lines else silence
            if site.bells.stopped or await heard(bell, site.poll):
                continue
            silence += site.poll
            if silence >= site.beat:
                silence = 0.0
                yield _BEAT


def _news(site: Site, token: str, chat: str, after: int) -> Sequence[Line] | None:
    """None when the session has ended. While the state cannot be read there is nothing new."""
    try:
        visitor = site.desk.visitor(token)
        if visitor is None or visitor.chat != chat:
            return None
        return lines_after(site.desk, chat, after)
    except BotError as error:
        logger.warning("the stream of %s: %s", chat, error)
        return ()


def _event(line: Line) -> str:
    data = {
        "number": line.number,
        "html": render_line(line),
        "replaces": line.replaces,
        "message": line.message,
        "question": line.question,
    }
    return f"id: {line.number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 18 else 0


ROUTES: Final = [Route("/dong", show_stream)]
