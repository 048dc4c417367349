"""Text -> who answers it; and the one table of errors, where what went wrong becomes a Vietnamese line."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from bot import texts
from bot.answering.answer import Answer, remark
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.errors import BotError
from bot.messages import Incoming, Reply
from index import LibraryError, fold

if TYPE_CHECKING:
    from index import Library

logger = logging.getLogger(__name__)


class Conversations(Protocol):
    """Where conversations are kept, by channel and chat."""

    def load(self, channel: str, chat: str) -> Conversation: ...

    def save(self, channel: str, chat: str, conversation: Conversation) -> None: ...


class ConversationsInMemory:
    """Forgets everything when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Conversation] = {}

    def load(self, channel: str, chat: str) -> Conversation:
        return self._kept.get((channel, chat), Conversation())

    def save(self, channel: str, chat: str, conversation: Conversation) -> None:
        self._kept[channel, chat] = conversation


class Router:
    """Answers messages. ``handle`` is what channels are handed; ``answer`` is the same, at once, with its quotes."""

    def __init__(self, library: Library, conversations: Conversations) -> None:
        self._library = library
        self._conversations = conversations
        self._commands: dict[str, Callable[[Incoming], Answer]] = {
            "moi": self._start_anew,
            "trogiup": _help,
            "giupdo": _help,
            "help": _help,
            "start": _greet,
        }

    async def handle(self, incoming: Incoming) -> Reply:
        """Off the event loop: a search may take milliseconds, a snapshot that has just been switched on longer."""
        answer = await asyncio.to_thread(self.answer, incoming)
        return answer.reply

    def answer(self, incoming: Incoming) -> Answer:
        try:
            return self._dispatch(incoming)
        except (LibraryError, BotError) as error:
            logger.warning("%s/%s: %s", incoming.channel, incoming.message, error)
            return remark(texts.error_text(error), error=error.code)
        except Exception as error:
            logger.exception("%s/%s: unexpected", incoming.channel, incoming.message)
            return remark(texts.UNEXPECTED, error=type(error).__name__)

    def _dispatch(self, incoming: Incoming) -> Answer:
        text = incoming.text.strip()
        if text.startswith("/") and len(text) > 1 and text[1].isalpha():
            word = text.split()[0]
            command = self._commands.get(fold(word[1:]).partition("@")[0])
            return command(incoming) if command else remark(texts.UNKNOWN_COMMAND.format(command=word[:30]))
        conversation = self._conversations.load(incoming.channel, incoming.chat)
        answer, conversation = respond(self._library, conversation, incoming.text)
        self._conversations.save(incoming.channel, incoming.chat, conversation)
        return answer

    def _start_anew(self, incoming: Incoming) -> Answer:
        self._conversations.save(incoming.channel, incoming.chat, Conversation())
        return remark(texts.NEW_CONVERSATION)


def _help(_: Incoming) -> Answer:
    return remark(texts.HELP)


def _greet(_: Incoming) -> Answer:
    return remark(texts.GREETING)
