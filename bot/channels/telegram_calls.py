"""Calls to Telegram: what goes wrong there as an error of ours, updates that can be read, and no token in a log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from ssl import SSLContext
from typing import TYPE_CHECKING, Any, Final

from bot.errors import ChannelError

if TYPE_CHECKING:
    from telegram import Update
    from telegram.request import HTTPXRequest

logger = logging.getLogger(__name__)

CHANNEL: Final = "telegram"
_UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What reading a foreign answer of a wrong shape may raise."""
_TALKATIVE: Final = ("httpx", "httpcore", "telegram")
_WITH_TOKENS: Final = ("httpx", "telegram.Bot", "telegram.request.BaseRequest", "telegram.request.HTTPXRequest")
_TOKEN_IN_URL: Final = re.compile(r"(/bot)[^/\s\"'<>]+")


@contextmanager
def foreign_errors(token: str) -> Iterator[None]:
    """Every error of python-telegram-bot and httpx inside leaves as ChannelError."""
    import httpx
    from telegram.error import TelegramError

    try:
        yield
    except (TelegramError, httpx.HTTPError, httpx.InvalidURL, *_UNREADABLE) as error:
        if isinstance(error, TelegramError):
            error.message = redacted(error.message, token)  # it is printed with a traceback
        raise channel_error(error, token) from error


def channel_error(error: Exception, token: str) -> ChannelError:
    """Only what got an answer, or never left, is to be sent again; what may have arrived is ``unknown``."""
    from telegram import error as foreign

    detail = redacted(str(error) or type(error).__name__, token)[:300]
    match error:
        case foreign.RetryAfter(retry_after=wait):
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return ChannelError(channel=CHANNEL, detail=detail, retry_after=seconds)
        case foreign.ChatMigrated(new_chat_id=chat):
            return ChannelError(channel=CHANNEL, detail=detail, moved_to=str(chat))
        case foreign.InvalidToken():
            return ChannelError(channel=CHANNEL, detail=detail, permanent=True, closed=True)
        case foreign.Forbidden() | foreign.BadRequest():
            gone = isinstance(error, foreign.Forbidden) or "chat not found" in detail.casefold()
            return ChannelError(channel=CHANNEL, detail=detail, permanent=True, gone=gone)
        case foreign.Conflict():
            return ChannelError(channel=CHANNEL, detail=detail)
        case foreign.NetworkError():
            return ChannelError(channel=CHANNEL, detail=detail, unknown=_may_have_arrived(error.__cause__))
        case _:  # a success code, and then something that is no answer
            return ChannelError(channel=CHANNEL, detail=detail, unknown=True)


def _may_have_arrived(cause: BaseException | None) -> bool:
    """Without a cause, or where only the text of the answer could not be read, Telegram answered with an error."""
    import httpx
    from telegram.error import TelegramError

    never_left = (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.InvalidURL,
    )
    return cause is not None and not isinstance(cause, (TelegramError, *never_left))


def is_wrong_token(error: BaseException) -> bool:
    from telegram.error import InvalidToken

    return isinstance(error.__cause__, InvalidToken)


def says(error: ChannelError, *words: str) -> bool:
    return any(each in error.facts["detail"].casefold() for each in words)


def redacted(text: str, token: str = "") -> str:
    """The text without the token, wherever it stands, and without any other in the address of a call."""
    hidden = text.replace(token, "***") if token else text
    return _TOKEN_IN_URL.sub(r"\1***", hidden)


def keep_tokens_out_of_logs() -> None:
    """The libraries log addresses, which hold the token, and at DEBUG what people write."""
    for name in _TALKATIVE:
        if logging.getLogger(name).level == logging.NOTSET:
            logging.getLogger(name).setLevel(logging.WARNING)
    for name in _WITH_TOKENS:
        logging.getLogger(name).addFilter(_redact)


def _redact(record: logging.LogRecord) -> bool:
    record.msg, record.args = redacted(record.getMessage()), ()
    return True


def read_update(data: object) -> Update | None:
    """An update without content where it cannot be read; None for what is no update."""
    from telegram import Update

    if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
        return None
    try:
        return Update.de_json(data, None)
    except _UNREADABLE:
        logger.warning("update %s cannot be read and is passed over", data["update_id"])
        return Update(data["update_id"])


@cache
def _certificates() -> SSLContext:
    """Read once; it takes long."""
    import httpx

    return httpx.create_ssl_context()


def make_request(*, seconds: float, connections: int) -> HTTPXRequest:
    """``seconds``: how long an answer is waited for."""
    from telegram.request import HTTPXRequest

    class Readable(HTTPXRequest):
        """Without what cannot be read.

        One such update would hold back all that come after it; a message that was sent would look as if it were not,
        and only its id is wanted.
        """

        @staticmethod
        def parse_json_payload(payload: bytes) -> dict[str, Any]:
            data = HTTPXRequest.parse_json_payload(payload)
            match data.get("result"):
                case list(found):
                    updates = [read_update(each) for each in found]
                    data["result"] = [update.to_dict() for update in updates if update]
                case {"message_id": int(number)}:
                    data["result"] = {"message_id": number, "date": 0, "chat": {"id": 0, "type": "private"}}
                case None if data.get("ok") is True:
                    data["result"] = True
            return data

    return Readable(
        connection_pool_size=connections,
        connect_timeout=min(10.0, seconds),
        read_timeout=seconds,
        write_timeout=seconds,
        pool_timeout=10.0,
        media_write_timeout=120.0,
        httpx_kwargs={"verify": _certificates()},
    )


async def download(url: str, *, limit: int, seconds: float) -> bytes | None:
    """None above ``limit`` bytes."""
    import httpx

    content = bytearray()
    async with (
        httpx.AsyncClient(timeout=seconds, verify=_certificates()) as client,
        client.stream("GET", url) as answer,
    ):
        if answer.status_code != 200:
            raise ChannelError(channel=CHANNEL, detail=f"the file cannot be had (HTTP {answer.status_code})")
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > limit:
                return None
    return bytes(content)
