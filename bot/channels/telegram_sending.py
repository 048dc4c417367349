"""One message onto the screen of a Telegram chat: text, an edit, a file, a picture."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.channels.telegram_calls import foreign_errors, says
from bot.channels.telegram_html import Part
from bot.errors import ChannelError
from bot.messages import File, Picture

if TYPE_CHECKING:
    from telegram import Bot, InlineKeyboardMarkup

logger = logging.getLogger(__name__)

_CAPTION_LENGTH: Final = 1024
_UPLOAD_BYTES: Final = 50_000_000
_UPLOAD_SECONDS: Final = 60.0
_NOT_EDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "no text in the message to edit",
)


class Screen:
    """``corpus_dir``: files are sent from inside it only."""

    def __init__(self, bot: Bot, *, corpus_dir: Path) -> None:
        self._bot = bot
        self._corpus = corpus_dir.resolve()

    async def show(self, chat: str, part: Part, *, replaces: str | None = None) -> str:
        """The id of the message. Raises ChannelError."""
        match part.content:
            case File():
                return await self._show_file(chat, part, part.content)
            case Picture():
                return await self._show_picture(chat, part, part.content)
            case None:
                return await self._show_text(chat, part, replaces if replaces and replaces.isdecimal() else None)

    async def _show_text(self, chat: str, part: Part, replaces: str | None) -> str:
        try:
            return await self._write(chat, part, replaces, mode="HTML")
        except ChannelError as error:
            if replaces and says(error, "message is not modified"):
                return replaces
            if replaces and says(error, *_NOT_EDITABLE):
                return await self._show_text(chat, part, None)
            if not says(error, "can't parse entities"):
                raise
            logger.warning("a message is sent without its form: %s", error)
            return await self._write(chat, part, replaces, mode=None)

    async def _write(self, chat: str, part: Part, replaces: str | None, *, mode: str | None) -> str:
        from telegram import LinkPreviewOptions

        look: Mapping[str, Any] = {
            "text": part.html if mode else part.plain,
            "parse_mode": mode,
            "reply_markup": _keyboard(part),
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
        }
        with foreign_errors(self._bot.token):
            if replaces:
                await self._bot.edit_message_text(chat_id=chat, message_id=int(replaces), **look)
                return replaces
            sent = await self._bot.send_message(chat, **look)
        return str(sent.message_id)

    async def _show_picture(self, chat: str, part: Part, picture: Picture) -> str:
        with foreign_errors(self._bot.token):
            sent = await self._bot.send_photo(
                chat,
                base64.b64decode(picture.data),
                caption=picture.caption[:_CAPTION_LENGTH],
                reply_markup=_keyboard(part),
                read_timeout=_UPLOAD_SECONDS,
            )
        return str(sent.message_id)

    async def _show_file(self, chat: str, part: Part, file: File) -> str:
        """What lies outside the corpus folder, is gone or is too large for Telegram is not sent, and that is said."""
        content = await asyncio.to_thread(self._read, file.path)
        if content is None:
            logger.warning("the file %r is not sent: not in the corpus folder, or too large", file.path)
            words = texts.TELEGRAM_FILE_NOT_SENT.format(name=file.name)
            return await self._write(chat, Part(plain=words, rows=part.rows), None, mode=None)
        with foreign_errors(self._bot.token):
            sent = await self._bot.send_document(
                chat,
                content,
                filename=Path(file.name).name,
                reply_markup=_keyboard(part),
                read_timeout=_UPLOAD_SECONDS,
            )
        return str(sent.message_id)

    def _read(self, path: str) -> bytes | None:
        """None for what is not to be sent; an empty file is none that Telegram takes."""
        try:
            target = (self._corpus / path).resolve()
            if not target.is_relative_to(self._corpus) or target.stat().st_size > _UPLOAD_BYTES:
                return None
            return target.read_bytes() or None
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return None


def _keyboard(part: Part) -> InlineKeyboardMarkup | None:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    rows = [[InlineKeyboardButton(each.label, callback_data=each.data) for each in row] for row in part.rows]
    return InlineKeyboardMarkup(rows) if rows else None
