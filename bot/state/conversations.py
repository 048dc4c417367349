"""Where each chat stands: what follow-ups refer to, and the step that waits for an answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import conversations


class ChatState(Frozen):
    """``conversation``: JSON of `answering.conversation.Conversation`; ``task``: JSON of a step that waits for an
    answer. ``greeted``: has been told what this is.
    """

    conversation: str = "{}"
    task: str | None = None
    greeted: bool = False


def load(db: Connection, channel: str, chat: str) -> ChatState:
    row = db.execute(
        select(conversations.c.state, conversations.c.task, conversations.c.greeted).where(
            conversations.c.channel == channel, conversations.c.chat == chat
        )
    ).one_or_none()
    return ChatState(conversation=row.state, task=row.task, greeted=row.greeted) if row else ChatState()


def save(db: Connection, channel: str, chat: str, state: ChatState, *, now: datetime) -> None:
    values = {"state": state.conversation, "task": state.task, "greeted": state.greeted, "updated_at": now}
    put(db, conversations, {"channel": channel, "chat": chat}, values)


def forget(db: Connection, channel: str, chat: str) -> None:
    db.execute(delete(conversations).where(conversations.c.channel == channel, conversations.c.chat == chat))


def move(db: Connection, channel: str, *, chat: str, to: str) -> None:
    forget(db, channel, to)
    db.execute(
        update(conversations).where(conversations.c.channel == channel, conversations.c.chat == chat).values(chat=to)
    )


def discard_old(db: Connection, *, before: datetime) -> None:
    db.execute(delete(conversations).where(conversations.c.updated_at < before))
