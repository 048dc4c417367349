"""What a channel is: it hands on messages and shows replies, and knows nothing else."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Frozen, Handler, Reply


class Capabilities(Frozen):
    """``length``: most characters of one message, None without a limit."""

    length: int | None = None
    choices: bool = False
    files: bool = False


class Channel(Protocol):
    name: str
    capabilities: Capabilities

    async def serve(self, handler: Handler) -> None:
        """Answers messages with ``handler`` until the channel ends or is cancelled."""

    async def send(self, chat: str, reply: Reply) -> None:
        """Shows a reply that nobody has just asked for."""
