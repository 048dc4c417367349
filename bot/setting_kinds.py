"""The kinds of values that settings take, each with its check. What is needed is said in `texts.SETTINGS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.digest.schedule import parse_quiet, parse_schedule

_KEY_LENGTH: Final = 16
_DATABASES: Final = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
_THIS_MACHINE: Final = "127.0.0.1"
_OFF: Final = "off"

Given = TypeVar("Given")


def endpoint_of(address: str) -> tuple[str, int]:
    """Host and port of ``host:port``, ``[::1]:port``, or ``:port`` on this machine alone; port 0 is any that is free.

    Raises ValueError.
    """
    found = re.fullmatch(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s\[\]:/@]*)):(?P<port>\d{1,5})", address)
    if not found or int(found["port"]) > 65_535:
        raise ValueError("no host:port")
    return found["six"] or found["host"] or _THIS_MACHINE, int(found["port"])


def _is_sayable(value: Given) -> Given:
    """Neither empty, which would be the folder one stands in, nor with bytes that are no UTF-8."""
    if not str(value).strip():
        raise ValueError("empty")
    str(value).encode("utf-8")  # UnicodeEncodeError is a ValueError
    return value


def _looks_like(pattern: str) -> Callable[[SecretStr], SecretStr]:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError("another form")
        return value

    return check


def _is_database(value: SecretStr) -> SecretStr:
    """SQLite with a path, or PostgreSQL; an @ in a password would make its end part of the host's name."""
    parts = _split(value.get_secret_value(), _DATABASES)
    if parts.scheme == "sqlite" and (parts.netloc or parts.path in ("", "/", "/:memory:")):
        raise ValueError("no path")
    if parts.netloc.count("@") > 1:
        raise ValueError("an @ that is not written as %40")
    return value


def _is_web_url(value: str) -> str:
    parts = _split(value, ("http", "https"))
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("no plain address")
    return value.rstrip("/")


def _has_no_token(value: str) -> str:
    if re.search(r"/bot(\d+:|/|$)", urlsplit(value).path):
        raise ValueError("with /bot")
    return value


def _split(url: str, schemes: tuple[str, ...]) -> SplitResult:
    """Raises ValueError for another scheme, a port that is none, and blanks."""
    parts = urlsplit(url)
    if parts.scheme not in schemes or re.search(r"\s", url) or parts.port == 0:
        raise ValueError("another kind of address")
    return parts


def _is_endpoint(value: str) -> str:
    endpoint_of(value)
    return value


def _time_of_day(value: object) -> object:
    """``HH:MM``, or ``off``; pydantic alone would take seconds, too."""
    if not isinstance(value, str):
        return value
    said = value.strip()
    if said.lower() == _OFF:
        return None
    if not re.fullmatch(r"\d{1,2}:\d{2}", said):
        raise ValueError("no time of day")
    return said.rjust(5, "0")


def _schedule(value: str) -> str:
    """``monday 07:30``, ``first monday 07:30``, or ``off``; in one spelling."""
    if value.strip().lower() == _OFF:
        return _OFF
    if (found := parse_schedule(value)) is None:
        raise ValueError("no weekday and time")
    return str(found)


def _quiet_hours(value: str) -> str:
    """``21:30-06:00``, in one spelling; nothing is none."""
    if not value.strip():
        return ""
    if (found := parse_quiet(value)) is None:
        raise ValueError("no hours")
    return str(found)


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, LookupError) as error:  # a KeyError where it is not known, an OSError where it is a folder
        raise ValueError("unknown") from error
    return value


Folder = Annotated[Path, BeforeValidator(_is_sayable)]
Said = Annotated[str, BeforeValidator(_is_sayable)]
Token = Annotated[SecretStr, AfterValidator(_looks_like(r"\d+:[^\s/?#%]+"))]
"""Both platforms give them as ``digits:secret``."""
TelegramSecret = Annotated[SecretStr, AfterValidator(_looks_like(r"[A-Za-z0-9_-]{1,256}"))]
ZaloSecret = Annotated[SecretStr, AfterValidator(_looks_like(r"[!-~]{8,256}"))]
"""It is sent as a header."""
Key = Annotated[SecretStr, AfterValidator(_looks_like(rf"(?s).{{{_KEY_LENGTH},}}"))]
ApiKey = Annotated[SecretStr, AfterValidator(_looks_like(r"[!-~]{1,512}"))]
"""It is sent as a header."""
DatabaseURL = Annotated[SecretStr, AfterValidator(_is_database)]
WebURL = Annotated[str, AfterValidator(_is_web_url)]
ApiURL = Annotated[str, AfterValidator(_is_web_url), AfterValidator(_has_no_token)]
Endpoint = Annotated[str, AfterValidator(_is_endpoint)]
TimeOfDay = BeforeValidator(_time_of_day)
Planned = Annotated[str, AfterValidator(_schedule)]
Quiet = Annotated[str, AfterValidator(_quiet_hours)]
Zone = Annotated[str, AfterValidator(_is_zone)]
