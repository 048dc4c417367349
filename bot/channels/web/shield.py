"""Round everything: headers that browsers obey, and no form that another site sends in a member's name."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.refusals import refusal

logger = logging.getLogger(__name__)

_PAGE_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_FILE_POLICY: Final = "frame-ancestors 'none'"  # the PDF viewers of browsers are pages with styles of their own
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not no-referrer, under which browsers send our own forms with "Origin: null"
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    "cache-control": "no-store",
}
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


class Shield:
    """``open_paths``: what other servers post to, with secrets of their own."""

    def __init__(self, app: ASGIApp, *, public_url: str | None, open_paths: Collection[str]) -> None:
        self._app = app
        self._public_origin = _origin(public_url) if public_url else None
        self._open_paths = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(scope, MutableHeaders(scope=message))
            await send(message)

        if self._is_forged(scope):
            logger.warning("%s %s: forged, from %s", scope["method"], scope["path"], _origin_of(scope))
            request = Request({**scope, "app": self._app})
            await refusal(request, 403)(scope, receive, send_headed)
        else:
            await self._app(scope, receive, send_headed)

    def _is_forged(self, scope: Scope) -> bool:
        """Browsers say where a request comes from; what says nothing is no browser of these ten years."""
        if scope["method"] in ("GET", "HEAD") or scope["path"] in self._open_paths:
            return False
        site = Headers(scope=scope).get("sec-fetch-site")
        if site is not None:
            return site not in ("same-origin", "none")
        origin = _origin_of(scope)
        return origin is not None and origin != self._public_origin and urlsplit(origin).netloc != _host_of(scope)


def _origin_of(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    referer = headers.get("referer")
    return headers.get("origin") or (_origin(referer) if referer else None)


def _host_of(scope: Scope) -> str:
    return Headers(scope=scope).get("host", "").lower()


def _origin(url: str) -> str:
    scheme, separator, rest = url.lower().partition("://")
    return scheme + separator + rest.partition("/")[0]


def _add_headers(scope: Scope, headers: MutableHeaders) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    is_file = "content-disposition" in headers
    headers.setdefault("content-security-policy", _FILE_POLICY if is_file else _PAGE_POLICY)
    if scope["path"].startswith("/static/") and b"v=" in scope["query_string"]:
        headers["cache-control"] = _FOR_GOOD
