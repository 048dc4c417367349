"""What a channel is: it hands on messages and shows replies, and knows nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from bot.messages import Attachment, Frozen, Handler, Outgoing


class Capabilities(Frozen):
    """``length``: most characters of one message, in UTF-16 units, None without a limit. ``choices``: shows buttons;
    without them choices are numbered lines. ``files``: sends files; ``edits``: changes a message that was sent.
    ``per_second``: most messages a second over all chats; ``chat_interval``: seconds between two to one chat.
    """

    length: int | None = None
    choices: bool = False
    files: bool = False
    edits: bool = False
    per_second: float | None = None
    chat_interval: float = 0


class Channel(Protocol):
    """An adapter translates and nothing else: no state, no search, no prose.

    Every error of the platform leaves as `bot.errors.ChannelError`.
    """

    name: str
    capabilities: Capabilities

    async def serve(self, handler: Handler) -> None:
        """Hands every message to ``handler`` until the channel ends or is cancelled.

        A message is confirmed to the platform only when ``handler`` has returned. A failing platform is tried again
        with growing pauses; only an error that no waiting mends (a wrong token) leaves as a permanent ChannelError.
        """

    async def send(self, chat: str, message: Outgoing) -> str | None:
        """Shows one message; the platform's id of it, None where there is none. Raises ChannelError."""

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        """The bytes of what was attached. Raises ChannelError, or FileTooLarge above ``limit`` bytes."""

    async def close(self) -> None:
        """Gives back connections; the channel is not used afterwards."""


@runtime_checkable
class Webhook(Protocol):
    """A channel whose platform may call us instead of being polled."""

    webhook_path: str

    async def accept(self, headers: Mapping[str, str], body: bytes, handler: Handler) -> int:
        """Takes one call of the platform in; the HTTP status to answer with. Header names are in lower case.

        403 for a wrong or missing secret, 400 for a body that is none of the platform's, 200 when all is stored (and
        for events that say nothing to us), 503 when it could not be stored and the platform should come again.
        """

    async def set_webhook(self, url: str) -> None: ...

    async def delete_webhook(self) -> None: ...
