"""Zalo Bot Platform: text of at most 2,000 characters each way; the platform calls us, or is polled while developing.

It answers ``{ok, result | description, error_code}``; ``ok: false`` comes under HTTP 200 too.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

import httpx
from pydantic import ValidationError

from bot import messages, texts
from bot.channels.base import Capabilities
from bot.channels.splitting import parts
from bot.channels.zalo_incoming import NAME, Envelope, Sent, Update, received_message
from bot.errors import BotError, ChannelError, FileTooLarge
from bot.messages import Attachment, Choices, Handler, Incoming, Outgoing, Reply

logger = logging.getLogger(__name__)

_TEXT_LENGTH: Final = 2000
_SECRET_LENGTHS: Final = range(8, 257)
_SECRET_HEADER: Final = "x-bot-api-secret-token"
_EMPTY_POLL_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
_QUOTA_PAUSES: Final = (30.0, 600.0)
"""Seconds after the first 429 and at most; the platform does not say how long. They double from one to the next."""
_TYPING_WAIT: Final = 0.5
_GONE: Final = re.compile(r"block|not.{0,12}friend|follow|deactivat|interact|chặn|quan tâm|kết bạn", re.IGNORECASE)
"""403 is called an internal error; these words in its description mean that this person does not want us."""
_NOBODY: Final = re.compile(r"(chat|user).{0,12}not.{0,6}(found|exist)|not.{0,12}friend|blocked the bot", re.IGNORECASE)
"""The same for 400 and 404, which mean a mistake of ours else."""
_TRANSPORT_ERRORS: Final = (httpx.HTTPError, httpx.InvalidURL)

Some = TypeVar("Some")


class Zalo:
    """``api_url``: without ``/bot<TOKEN>``. ``webhook_secret``: set, the platform calls `accept` and is not polled.

    ``poll_seconds``: how long the platform may hold a poll open; ``answer_seconds``: how long any other answer is
    waited for.
    """

    name = NAME
    webhook_path = "/zalo/webhook"
    capabilities = Capabilities(
        length=_TEXT_LENGTH - len(texts.ZALO_CHOOSE) - 1,  # the line above choices is added here
        per_second=20,
        chat_interval=0.5,
    )

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://bot-api.zaloplatforms.com",
        webhook_secret: str | None = None,
        poll_seconds: int = 30,
        answer_seconds: float = 20,
        client: httpx.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._token = token
        self._url = f"{api_url.rstrip('/')}/bot{token}"
        self._secret = webhook_secret
        self._poll_seconds, self._answer_seconds = poll_seconds, answer_seconds
        self._own_client = client is None
        self._client = client or httpx.AsyncClient()
        self._sleep = sleep
        self._over_quota = 0  # answers 429 in a row
        self._typing: dict[str, asyncio.Task[None]] = {}
        self._redaction = _Redaction(token)
        logging.getLogger("httpx").addFilter(self._redaction)

    async def serve(self, handler: Handler) -> None:
        if self._secret is not None:
            await asyncio.Event().wait()  # until it is cancelled; messages come through `accept`
        while True:
            incoming = await self._patiently(self._poll, "polling")
            if incoming is None:
                await self._sleep(_EMPTY_POLL_PAUSE)
            else:
                await self._hand_on(incoming, handler)

    async def accept(self, headers: Mapping[str, str], body: bytes, handler: Handler) -> int:
        given = headers.get(_SECRET_HEADER, "")
        if not self._secret or not hmac.compare_digest(given.encode(), self._secret.encode()):
            logger.warning("%s: a call of the webhook with a missing or wrong secret was refused", self.name)
            return 403
        try:
            incoming = received_message(Update.model_validate_json(body))
        except ValidationError:
            return 400
        if incoming is None:
            return 200
        try:
            reply = await handler(incoming)
        except BotError as error:
            logger.warning("%s/%s: not stored (%s)", self.name, incoming.message, error)
            return 503
        await self._answer(incoming.chat, reply)
        return 200

    async def send(self, chat: str, message: Outgoing) -> str | None:
        text = shown_text(message.reply)
        if not text:
            return None
        if typing := self._typing.get(chat):
            await asyncio.wait({typing}, timeout=_TYPING_WAIT)  # after the message it would look like a further one
        result = await self._call("sendMessage", chat_id=chat, text=text)
        try:
            return Sent.model_validate(result).message_id
        except ValidationError:
            return None

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        if not attachment.reference.startswith(("https://", "http://")):
            raise _error(texts.ZALO_NOTHING_TO_FETCH, permanent=True)
        content = bytearray()
        try:
            async with self._client.stream("GET", attachment.reference, timeout=self._answer_seconds) as response:
                if not response.is_success:
                    raise self._refusal("GET", response.status_code)
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > limit:
                        raise FileTooLarge(limit=limit // 1_048_576)
        except _TRANSPORT_ERRORS as error:
            raise _unanswered(error) from error
        return bytes(content)

    async def close(self) -> None:
        for typing in (*self._typing.values(),):
            typing.cancel()
            await asyncio.wait({typing})
        if self._own_client:
            await self._client.aclose()
        logging.getLogger("httpx").removeFilter(self._redaction)

    async def set_webhook(self, url: str) -> None:
        secret = self._secret or ""
        if len(secret) not in _SECRET_LENGTHS:
            raise _error(texts.ZALO_SECRET.format(length=len(secret)), permanent=True)
        await self._call("setWebhook", url=url, secret_token=secret)

    async def delete_webhook(self) -> None:
        await self._call("deleteWebhook")

    async def _poll(self) -> Incoming | None:
        """What is fetched is gone at the platform: there is no offset. An empty poll ends as error 408."""
        try:
            result = await self._call(
                "getUpdates", seconds=self._poll_seconds + self._answer_seconds, timeout=self._poll_seconds
            )
        except ChannelError as error:
            if error.unknown:
                return None
            raise
        try:
            return received_message(Update.model_validate(result)) if result else None
        except ValidationError as error:
            logger.warning("%s: a message that cannot be read (%s)", self.name, error.error_count())
            return None

    async def _hand_on(self, incoming: Incoming, handler: Handler) -> None:
        reply = await self._patiently(lambda: handler(incoming), f"message {incoming.message}")
        await self._answer(incoming.chat, reply)

    async def _patiently(self, act: Callable[[], Awaitable[Some]], what: str) -> Some:
        """Tries again, with growing pauses, what our own errors stop; a permanent one leaves."""
        pause = 1.0
        while True:
            try:
                return await act()
            except BotError as error:
                if isinstance(error, ChannelError) and error.permanent:
                    raise
                asked = error.retry_after if isinstance(error, ChannelError) else None
                logger.warning("%s: %s, again in %g s: %s", self.name, what, asked or pause, error)
                await self._sleep(asked or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _answer(self, chat: str, reply: Reply | None) -> None:
        if reply is None:
            self._begin_typing(chat)
            return
        try:
            for part in parts(reply, length=self.capabilities.length, choices=self.capabilities.choices):
                await self.send(chat, Outgoing(reply=part))
        except ChannelError as error:
            logger.warning("%s: the reply could not be shown: %s", self.name, error)

    def _begin_typing(self, chat: str) -> None:
        if chat not in self._typing:
            self._typing[chat] = asyncio.create_task(self._show_typing(chat))
            self._typing[chat].add_done_callback(lambda _: self._typing.pop(chat, None))

    async def _show_typing(self, chat: str) -> None:
        with suppress(ChannelError):  # a kindness only
            await self._call("sendChatAction", chat_id=chat, action="typing")

    async def _call(self, method: str, *, seconds: float | None = None, **parameters: object) -> object:
        """The result. ``seconds``: how long the answer may take."""
        timeout = httpx.Timeout(10, read=seconds or self._answer_seconds)
        try:
            response = await self._client.post(f"{self._url}/{method}", json=parameters, timeout=timeout)
        except _TRANSPORT_ERRORS as error:
            raise _unanswered(error) from error
        try:
            envelope = Envelope.model_validate_json(response.content)
        except ValidationError as error:
            if response.is_success:  # taken in, as it seems
                raise _error(texts.ZALO_NO_ANSWER.format(detail="JSON"), unknown=True) from error
            envelope = Envelope(ok=False)
        if envelope.ok and response.is_success:
            self._over_quota = 0
            return envelope.result
        code = envelope.error_code or response.status_code
        raise self._refusal(method, code, envelope.description, retry_after=envelope.retry_after)

    def _refusal(
        self, method: str, code: int, description: str = "", *, retry_after: float | None = None
    ) -> ChannelError:
        """What an error code of the platform means for the message."""
        said = description.replace(self._token, texts.HIDDEN)[:200] or texts.ZALO_NO_DESCRIPTION
        detail = texts.ZALO_REFUSED.format(code=code, method=method, description=said)
        match code:
            case 401:
                return _error(texts.ZALO_TOKEN, permanent=True, closed=True)
            case 400 | 404:
                # a webhook that stands in the way of polling may be deleted meanwhile
                return _error(detail, permanent=method != "getUpdates", gone=_NOBODY.search(description) is not None)
            case 403:
                gone = _GONE.search(description) is not None
                return _error(detail, permanent=gone, gone=gone)
            case 408 | 504:
                return _error(detail, unknown=True)
            case 429:
                first, longest = _QUOTA_PAUSES
                pause = min(first * 2 ** min(self._over_quota, 10), longest)
                self._over_quota += 1
                return _error(detail, retry_after=retry_after or pause)
            case _:
                return _error(detail)


def _unanswered(error: httpx.HTTPError | httpx.InvalidURL) -> ChannelError:
    """Unknown once the request has left; before, trying again helps, save at an address that is none."""
    name = type(error).__name__
    if isinstance(error, httpx.ReadError | httpx.ReadTimeout | httpx.RemoteProtocolError | httpx.DecodingError):
        return _error(texts.ZALO_NO_ANSWER.format(detail=name), unknown=True)
    no_address = isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol)
    return _error(texts.ZALO_UNREACHED.format(detail=name), permanent=no_address)


def _error(detail: str, **kind: Any) -> ChannelError:
    return ChannelError(channel=NAME, detail=detail, **kind)


def shown_text(reply: Reply) -> str:
    """Plain text; above the first choices stands how to choose."""
    first = next((block for block in reply.blocks if isinstance(block, Choices)), None)
    shown = (
        f"{texts.ZALO_CHOOSE}\n{messages.block_text(block)}" if block is first else messages.block_text(block)
        for block in reply.blocks
    )
    return unicodedata.normalize("NFC", messages.printed_text("\n\n".join(shown))).strip()


class _Redaction(logging.Filter):
    """Takes the token out of the addresses that httpx logs."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage().replace(self._token, texts.HIDDEN), ()
        return True
