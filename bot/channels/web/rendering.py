"""Replies as HTML: the same templates for the page, the stream and every error."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import texts
from bot.channels.web.desk import Line
from bot.channels.web.drawing import drawn
from bot.messages import stressed_parts

STATIC: Final = Path(__file__).parent / "static"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(texts=texts, version=_version())
    environment.filters.update(
        address=safe_address, original=original_address, base64=safe_base64, drawn=drawn, stressed=stressed_parts
    )
    return environment


def _version() -> str:
    """Changes with any of the static files, so that a browser may keep them for good."""
    return sha256(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))).hexdigest()[:12]


def render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values)


def render_line(line: Line) -> str:
    return render("line.html", line=line)


def safe_address(url: str) -> str:
    """The address where it is of the web or of this site; else empty: no script, no other protocol."""
    if not url.isprintable() or " " in url or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return url if parts.netloc else ""
    # more slashes than one lead to another host
    return url if not parts.scheme and url.startswith("/") and not url.startswith("//") else ""


def original_address(directive: str, page: int | None = None) -> str:
    return f"/van-ban/{quote(directive)}" + (f"#page={page}" if page else "")


def safe_base64(data: str) -> str:
    return data if _BASE64.fullmatch(data) else ""


def folded(lines: Iterable[Line]) -> list[Line]:
    """The transcript as it is seen: a line stands where the one stood that it replaces, each question once."""
    shown: list[Line] = []
    for line in lines:
        place = next((at for at, other in enumerate(shown) if other.number == line.replaces), None)
        if place is None:
            asked = line.message is not None and line.message in messages_of(shown)
            shown.append(line.model_copy(update={"question": None}) if asked else line)
        else:
            before = shown[place]
            kept = {"question": before.question, "message": before.message}
            shown[place] = line.model_copy(update=kept if before.question is not None or line.question is None else {})
    return shown


def messages_of(lines: Iterable[Line]) -> Collection[str]:
    return {line.message for line in lines if line.message is not None}
