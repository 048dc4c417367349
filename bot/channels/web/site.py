"""What every route of the web page needs, and who is asking."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot import texts
from bot.channels.base import Webhook
from bot.channels.web.bells import Bells
from bot.channels.web.corpus_desk import CorpusDesk
from bot.channels.web.desk import Visitor, WebDesk
from bot.channels.web.digest_desk import DigestDesk
from bot.channels.web.duty_desk import DutyDesk
from bot.channels.web.turns import Turns
from bot.messages import Handler

Metrics = Callable[[], tuple[bytes, str]]
"""The figures for a monitor, and their content type."""

TEXT_LIMIT: Final = 100 * 1024
"""Bytes of a message's text."""

BODY_LIMIT: Final = 512 * 1024
"""Bytes of a request around such a text: a form writes three characters for each byte of Vietnamese."""

GOODBYE: Final = "/vao?xong"
"""Where one is when the session has ended."""

LETTERS: Final = "/ban-tin"
"""Where a member's digests are; links in other channels lead there."""

_LETTER: Final = re.compile(rf"{LETTERS}(?:/[0-9]{{1,7}})?")
_COOKIE: Final = "phien"
_COOKIE_SECONDS: Final = 400 * 24 * 3600  # the longest that browsers keep one; the desk says when a session ends
_TOKEN_LENGTH: Final = 200


@dataclass(frozen=True, kw_only=True)
class Site:
    """``upload_limit``: bytes. ``poll``: seconds from one look at a transcript to the next; ``beat``: of silence.

    ``unavailable``: errors of what stands behind the page; a visitor is told to come again.
    """

    desk: WebDesk
    handler: Handler
    organization: str
    metrics: Metrics
    uploads: Path
    upload_limit: int
    corpus_dir: Path | None = None
    corpus_desk: CorpusDesk | None = None
    digest_desk: DigestDesk | None = None
    duty_desk: DutyDesk | None = None
    webhooks: Sequence[Webhook] = ()
    public_url: str | None = None
    unavailable: Sequence[type[Exception]] = ()
    bells: Bells = field(default_factory=Bells)
    drawing: Turns = field(default_factory=Turns)
    poll: float = 1.0
    beat: float = 15.0


def too_large(upload_limit: int) -> str:
    return texts.WEB_TOO_LARGE.format(kilobytes=TEXT_LIMIT // 1024, megabytes=upload_limit // 1024**2)


def site_of(request: Request) -> Site:
    return cast("Site", request.app.state.site)


def token_of(request: Request) -> str | None:
    token = request.cookies.get(_COOKIE, "")
    return token if 0 < len(token) <= _TOKEN_LENGTH else None


async def visitor_of(request: Request) -> Visitor | None:
    token = token_of(request)
    return await run_in_threadpool(site_of(request).desk.visitor, token) if token else None


def is_stranger(request: Request) -> bool:
    """Somebody who never had a session, where such people are answered. Whose session has ended is told so first."""
    return site_of(request).desk.public_answers and token_of(request) is None


def sign_in_first(path: str) -> Response:
    """To the form for the code, and from there to the letter."""
    return RedirectResponse(f"/vao?ve={way_back(path) or LETTERS}", 303)


def way_back(path: str | None) -> str:
    """The path where it is one of letters; else empty, so that nobody is led anywhere else."""
    return path if path and _LETTER.fullmatch(path) else ""


def set_session(request: Request, response: Response, token: str) -> None:
    secure = (site_of(request).public_url or "").lower().startswith("https:")
    response.set_cookie(_COOKIE, token, max_age=_COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)


def end_session(response: Response) -> None:
    response.delete_cookie(_COOKIE, httponly=True, samesite="lax")


def peer_of(request: Request) -> str:
    """The address of the browser; behind a proxy that the server trusts, the one that the proxy names."""
    return request.client.host if request.client else ""
