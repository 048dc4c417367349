"""Telegram over python-telegram-bot: polled, or called by it at a webhook with a secret."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.channels.base import Capabilities
from bot.channels.telegram_calls import (
    CHANNEL,
    download,
    foreign_errors,
    is_wrong_token,
    keep_tokens_out_of_logs,
    make_request,
    read_update,
    says,
)
from bot.channels.telegram_html import parts_of
from bot.channels.telegram_incoming import incoming_of
from bot.channels.telegram_sending import Screen
from bot.errors import BotError, ChannelError, FileTooLarge
from bot.messages import Attachment, Handler, Outgoing

if TYPE_CHECKING:
    from telegram import Update, User

logger = logging.getLogger(__name__)

_UPDATES: Final = ("message", "callback_query")
_SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"
_LONGEST_PAUSE: Final = 60.0
_LONGEST_PAUSE_OF_OURS: Final = 5.0
_TYPING_WAIT: Final = 0.5
_GROUP: Final = "-"
"""How the ids of groups begin; each of them has a limit of its own, which is far below that of the bot."""
_EMPTY_POLL_PAUSE: Final = 0.1
"""Seconds; for a server that does not hold polls open."""

Sleep = Callable[[float], Awaitable[None]]


class Telegram:
    """With ``webhook_secret`` Telegram calls us, without it is polled.

    ``poll_seconds``: how long Telegram may hold a poll open; ``answer_seconds``: how long any other answer is waited
    for; ``jitter``: from 0 to 1.
    """

    name = CHANNEL
    webhook_path = "/telegram/webhook"
    # Telegram takes 30 a second: so many, with the few that go at once after a rest
    capabilities = Capabilities(length=4096, choices=True, files=True, edits=True, per_second=25, chat_interval=1)

    def __init__(
        self,
        token: str,
        *,
        corpus_dir: Path,
        api_url: str = "https://api.telegram.org",
        webhook_secret: str | None = None,
        poll_seconds: int = 25,
        answer_seconds: float = 15,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns at every 429 otherwise
        from telegram import Bot

        keep_tokens_out_of_logs()
        self._token, self._secret = token, webhook_secret
        self._poll_seconds, self._answer_seconds = poll_seconds, answer_seconds
        self._sleep, self._jitter = sleep, jitter
        self._files_url = f"{api_url.rstrip('/')}/file/bot{token}/"
        self._requests = [make_request(seconds=answer_seconds, connections=size) for size in (1, 256)]
        with foreign_errors(token):
            self._bot = Bot(
                token,
                base_url=f"{api_url.rstrip('/')}/bot",
                base_file_url=f"{api_url.rstrip('/')}/file/bot",
                get_updates_request=self._requests[0],
                request=self._requests[1],
            )
        self._screen = Screen(self._bot, corpus_dir=corpus_dir)
        self._me: User | None = None
        self._offset: int | None = None
        self._typing: dict[str, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def serve(self, handler: Handler) -> None:
        self._offset = None
        is_reached, failures = False, 0
        while True:
            try:
                if not is_reached:
                    await (self._identity() if self._secret else self._poll(handler, seconds=0))
                    self._start(self._set_menu())
                    is_reached = True
                if self._secret:
                    await asyncio.Event().wait()
                await self._poll(handler, seconds=self._poll_seconds)
                failures = 0
            except BotError as error:
                if is_wrong_token(error):
                    raise
                failures += 1
                logger.warning("receiving: %s", error)
                await self._sleep(self._pause(error, failures))

    async def send(self, chat: str, message: Outgoing) -> str | None:
        await self._end_typing(chat)
        shown: str | None = None
        for position, part in enumerate(parts_of(message)):
            if position:
                await self._sleep(self.capabilities.chat_interval)
            try:
                shown = await self._screen.show(chat, part, replaces=None if position else message.replaces)
            except ChannelError as error:
                error.of_chat = error.retry_after is not None and chat.startswith(_GROUP)
                if not position:
                    raise
                raise _not_again(error) from error
        return shown

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        """The size is not believed: no more than ``limit`` bytes are read."""
        too_large = FileTooLarge(limit=limit // 1_048_576)
        if (attachment.size or 0) > limit:
            raise too_large
        try:
            with foreign_errors(self._token):
                file = await self._bot.get_file(attachment.reference)
        except ChannelError as error:
            if says(error, "file is too big"):
                raise FileTooLarge(limit=20) from error
            raise
        if (file.file_size or 0) > limit:
            raise too_large
        if not (file.file_path or "").startswith(self._files_url):  # the library would open a path of this machine
            raise ChannelError(channel=CHANNEL, detail="the address of the file is not one of Telegram's")
        with foreign_errors(self._token):
            content = await download(str(file.file_path), limit=limit, seconds=self._answer_seconds)
        if content is None:
            raise too_large
        return content

    async def close(self) -> None:
        tasks = {*self._background, *self._typing.values()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for request in self._requests:
            await request.shutdown()

    async def accept(self, headers: Mapping[str, str], body: bytes, handler: Handler) -> int:
        given = headers.get(_SECRET_HEADER, "").encode()
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            logger.warning("a call of the webhook with a missing or wrong secret was refused")
            return 403
        try:
            update = read_update(json.loads(body))
        except (ValueError, RecursionError):
            update = None
        if update is None:
            return 400
        try:
            await self._take_in(update, handler)
        except BotError as error:
            logger.warning("update %s is to come again: %s", update.update_id, error)
            return 503
        return 200

    async def set_webhook(self, url: str) -> None:
        """``url``: the whole address, ending in ``webhook_path``."""
        with foreign_errors(self._token):
            await self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=_UPDATES)

    async def delete_webhook(self) -> None:
        with foreign_errors(self._token):
            await self._bot.delete_webhook()

    async def username(self) -> str:
        return (await self._identity()).username or ""

    async def deep_link(self, code: str) -> str:
        """Opens the chat with the bot and sends ``/start CODE`` there."""
        return f"https://t.me/{await self.username()}?start={code}"

    async def _identity(self) -> User:
        if self._me is None:
            with foreign_errors(self._token):
                self._me = await self._bot.get_me()
        return self._me

    async def _set_menu(self) -> None:
        commands = list(texts.TELEGRAM_MENU.items())
        try:
            with foreign_errors(self._token):
                await self._bot.set_my_commands(commands)
                await self._bot.set_my_commands(commands, language_code="vi")
        except ChannelError as error:
            logger.warning("the menu of commands was not set: %s", error)

    async def _poll(self, handler: Handler, *, seconds: int) -> None:
        """Asking from an offset on confirms all before it, so it moves only past what ``handler`` has stored."""
        with foreign_errors(self._token):
            updates = await self._bot.get_updates(offset=self._offset, timeout=seconds, allowed_updates=_UPDATES)
        for update in updates:
            await self._take_in(update, handler)
            self._offset = update.update_id + 1
        if not updates:
            await self._sleep(_EMPTY_POLL_PAUSE)

    def _pause(self, error: BotError, failures: int) -> float:
        longest = _LONGEST_PAUSE if isinstance(error, ChannelError) else _LONGEST_PAUSE_OF_OURS
        asked = error.retry_after if isinstance(error, ChannelError) else None
        grown = min(longest, 2.0 ** min(failures - 1, 10))
        return max(grown * (1 + self._jitter()) / 2, asked or 0)

    async def _take_in(self, update: Update, handler: Handler) -> None:
        in_group = update.effective_chat and update.effective_chat.type != "private"
        incoming = incoming_of(update, await self._identity() if in_group else None)
        reply = await handler(incoming) if incoming else None
        if update.callback_query:
            self._start(self._end_pressing(update.callback_query.id))
        if incoming is None:
            return
        if reply:
            await self._answer(incoming.chat, Outgoing(reply=reply))
        elif incoming.chat not in self._typing:
            self._typing[incoming.chat] = self._start(self._show_typing(incoming.chat))

    async def _answer(self, chat: str, message: Outgoing) -> None:
        try:
            await self.send(chat, message)
        except ChannelError as error:
            logger.warning("the reply could not be sent: %s", error)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task

    async def _end_pressing(self, query: str) -> None:
        """Until it is answered, the button shows that it is at work."""
        try:
            with foreign_errors(self._token):
                await self._bot.answer_callback_query(query)
        except ChannelError as error:
            logger.info("a button: %s", error)

    async def _show_typing(self, chat: str) -> None:
        try:
            with foreign_errors(self._token):
                await self._bot.send_chat_action(chat, "typing")
        except ChannelError as error:
            logger.info("typing: %s", error)
        finally:
            self._typing.pop(chat, None)

    async def _end_typing(self, chat: str) -> None:
        """The sign must not come after the answer, where it would stand for seconds."""
        if task := self._typing.get(chat):
            await asyncio.wait({task}, timeout=_TYPING_WAIT)
            task.cancel()


def _not_again(error: ChannelError) -> ChannelError:
    """Part of the message has been shown: sent again as a whole, it would be there twice."""
    return ChannelError(
        channel=CHANNEL,
        detail=error.facts["detail"],
        permanent=error.permanent,
        gone=error.gone,
        closed=error.closed,
        unknown=not error.permanent,
    )
