"""What Zalo Bot Platform sends: its JSON as models, and an update as our message. The undocumented is optional."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.messages import Attachment, Incoming

NAME: Final = "zalo"
_MENTION: Final = re.compile(r"^\s*@\S+\s*")
_EVENTS: Final = {
    f"message.{kind}.received": kind for kind in ("text", "link", "image", "sticker", "voice", "unsupported")
}


def _words(value: object) -> object:
    return value if isinstance(value, str) else ""


Words = Annotated[str, BeforeValidator(_words)]
"""Text that may be missing or of another kind; then it is empty."""


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Envelope(_Wire):
    ok: bool
    result: object = None
    description: Words = ""
    error_code: int | None = None
    retry_after: float | None = None

    @model_validator(mode="before")
    @classmethod
    def _lifted(cls, data: Any) -> Any:
        """``parameters.retry_after``, as other platforms have it: none is documented here."""
        inner = data.get("parameters") if isinstance(data, dict) else None
        return {**inner, **data} if isinstance(inner, dict) else data


class Sent(_Wire):
    message_id: str | None = None


class _Sender(_Wire):
    id: str
    is_bot: bool = False


class _Chat(_Wire):
    id: str
    chat_type: Words = ""


class _Message(_Wire):
    sender: _Sender = Field(alias="from")
    chat: _Chat
    message_id: str
    date: object = None
    text: Words = ""
    caption: Words = ""
    url: Words = ""
    photo: Words = ""
    photo_url: Words = ""
    voice_url: Words = ""


class Update(_Wire):
    """Documented within ``{ok, result}``, seen without it too."""

    event_name: str
    message: object = None

    @model_validator(mode="before")
    @classmethod
    def _unwrapped(cls, data: Any) -> Any:
        return data["result"] if isinstance(data, dict) and isinstance(data.get("result"), dict) else data


def received_message(update: Update) -> Incoming | None:
    """None for what is no message of a person. Raises ValidationError."""
    kind = _EVENTS.get(update.event_name)
    if kind is None:
        return None
    message = _Message.model_validate(update.message)
    if message.sender.is_bot:
        return None
    private = _is_private(message)
    text = message.text or message.caption or (message.url if kind == "link" else "")
    return Incoming(
        channel=NAME,
        sender=message.sender.id,
        chat=message.chat.id,
        message=message.message_id,
        text=text if private else _MENTION.sub("", text),
        private=private,
        addressed=True,  # of a group, only what mentions us or replies to us is delivered
        attachment=_attachment(kind, message),
        sent_at=_moment(message.date),
    )


def _is_private(message: _Message) -> bool:
    """A chat of an unknown type counts as a group, where less is shown."""
    return message.chat.chat_type.upper() == "PRIVATE" or (
        not message.chat.chat_type and message.chat.id == message.sender.id
    )


def _attachment(kind: str, message: _Message) -> Attachment | None:
    match kind:
        case "image":
            return Attachment(kind="photo", reference=message.photo_url or message.photo)
        case "sticker":
            return Attachment(kind="sticker", reference=message.url)
        case "voice":
            return Attachment(kind="voice", reference=message.voice_url)
        case "unsupported":
            return Attachment(kind="unsupported")
        case _:
            return None


def _moment(milliseconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(milliseconds)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
