"""An update of Telegram as an incoming message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.channels.telegram_calls import CHANNEL
from bot.messages import Attachment, Incoming

if TYPE_CHECKING:
    from telegram import CallbackQuery, Chat, Message, Update, User

_COMMAND: Final = re.compile(r"(/\w+)(?:@(\w+))?(?!\S)")
_PRIVATE: Final = "private"
_OURS: Final = {f"/{name}" for name in (*texts.TELEGRAM_MENU, "start", "help", "trogiup", "vanbangoc", "nhom")}
"""Commands that are taken for ours in a group though they do not name us."""


def incoming_of(update: Update, me: User | None) -> Incoming | None:
    """None for what is no message of a person: of bots and channels, edits, events of a group.

    None as well for what is said in a group and not to us: it is nobody's to store.

    ``me``: needed in groups.
    """
    if update.callback_query:
        return _pressed(update.callback_query)
    message = update.message
    if not message or not message.from_user or message.from_user.is_bot or message.sender_chat:
        return None
    attachment = _attachment(message)
    written = message.text or message.caption or ""
    if not written and not attachment:
        return None
    text = _for_us(written, message, me)
    if text is None:
        return None
    return Incoming(
        channel=CHANNEL,
        sender=str(message.from_user.id),
        chat=str(message.chat.id),
        message=f"{message.chat.id}:{message.message_id}",
        text=text,
        private=_is_private(message.chat),
        attachment=attachment,
        sent_at=message.date,
    )


def _pressed(query: CallbackQuery) -> Incoming | None:
    if not query.message or not query.data:
        return None
    return Incoming(
        channel=CHANNEL,
        sender=str(query.from_user.id),
        chat=str(query.message.chat.id),
        message=f"cb:{query.id}",
        private=_is_private(query.message.chat),
        choice=query.data,
    )


def _is_private(chat: Chat) -> bool:
    return chat.type == _PRIVATE


def _for_us(text: str, message: Message, me: User | None) -> str | None:
    """The text without our name in it; None where it is not meant for us.

    In a group that is a mention, a reply to us, a command that names us, or one of ours that names nobody.
    """
    command = _COMMAND.match(text)
    whose = command and command.group(2)
    if me is None or _is_private(message.chat):
        return _without_name(text, command) if command else text
    replied = message.reply_to_message and message.reply_to_message.from_user
    addressed = bool(replied and replied.id == me.id)
    if command:
        names_us = whose and whose.casefold() == (me.username or "").casefold()
        if names_us or (not whose and command.group(1).casefold() in _OURS):
            return _without_name(text, command)
        return text if addressed else None
    mention = re.compile(rf"\s*(?<![\w@])@{re.escape(me.username or '')}(?!\w)[,:;]?\s*", re.IGNORECASE)
    rest, mentions = mention.subn(" ", text)
    if mentions:
        return rest.strip()
    return text if addressed else None


def _without_name(text: str, command: re.Match[str]) -> str:
    return command.group(1) + text[command.end() :]


def _attachment(message: Message) -> Attachment | None:
    """The largest size of a photo; an animation comes with a document too, and is none."""
    if message.photo:
        photo = message.photo[-1]
        return Attachment(kind="photo", size=photo.file_size, reference=photo.file_id)
    if message.document and not message.animation:
        file = message.document
        return Attachment(kind="file", name=file.file_name or "", size=file.file_size, reference=file.file_id)
    if message.voice:
        return Attachment(kind="voice", size=message.voice.file_size, reference=message.voice.file_id)
    if message.sticker:
        return Attachment(kind="sticker", size=message.sticker.file_size, reference=message.sticker.file_id)
    return Attachment(kind="unsupported") if message.effective_attachment else None
