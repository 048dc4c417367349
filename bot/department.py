"""What a department of the bot is: it answers requests, and says what is to be written together with its answer.

Writes are not done by a department itself: they are functions over a connection, run in the one transaction that also
stores the reply and marks the message as answered. So a crash leaves either all of it or nothing, and the message is
answered again from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Final

from sqlalchemy import Connection

from bot.answering.answer import Answer, remark
from bot.answering.conversation import Conversation
from bot.messages import Frozen, Incoming
from bot.people.access import Asker
from bot.state.conversations import ChatState

Write = Callable[[Connection], None]
"""May raise Stale."""


class Stale(Exception):
    """What the answer rests on has changed since it was read: the message is to be answered anew."""


class Task(Frozen):
    """A step of a chat that waits for the person's next message. ``name``: whose it is (`Department.tasks`)."""

    name: str
    until: datetime
    facts: Mapping[str, str] = {}


@dataclass(frozen=True)
class Request:
    """One message with who sends it and where the chat stands.

    ``text``: what was typed, or what the pressed or numbered choice stands for. ``arguments``: of a command, the text
    behind its name. ``number``: of the stored message, 0 where it is not stored; a logged question has the same.
    """

    incoming: Incoming
    asker: Asker
    text: str
    now: datetime
    number: int = 0
    arguments: str = ""
    conversation: Conversation = field(default_factory=Conversation)
    task: Task | None = None


@dataclass(frozen=True)
class Outcome:
    """``answer`` None: silence. ``conversation`` None: as it was. ``task``: what waits for the next message, None ends
    what waited.
    """

    answer: Answer | None
    conversation: Conversation | None = None
    task: Task | None = None
    writes: tuple[Write, ...] = ()


class Rank(IntEnum):
    """Who may give a command; whoever may not is answered as if there were none."""

    ANYBODY = 0
    LINKED = 1
    ADMINISTRATOR = 2


@dataclass(frozen=True)
class Command:
    """``names``: folded, without the slash, the first is the one that is shown. ``phrases``: folded plain words that
    mean the same when they are the whole message. ``reads``: the arguments in a message of plain words that means the
    command, None in any other.
    """

    names: tuple[str, ...]
    answer: Callable[[Request], Outcome]
    rank: Rank = Rank.LINKED
    phrases: tuple[str, ...] = ()
    private: bool = False
    reads: Callable[[str], str | None] = lambda _: None


@dataclass(frozen=True)
class Department:
    """What one part of the bot answers to. A task's function gives None where the message was not meant for it;
    ``files`` is asked about every attachment that no task waits for.
    """

    commands: tuple[Command, ...] = ()
    tasks: Mapping[str, Callable[[Request], Outcome | None]] = field(default_factory=dict)
    files: Callable[[Request], Outcome | None] | None = None


SILENCE: Final = Outcome(answer=None)


def told(*paragraphs: str, task: Task | None = None, writes: tuple[Write, ...] = ()) -> Outcome:
    """An outcome that only says something."""
    return Outcome(answer=remark(*paragraphs), task=task, writes=writes)


def state_after(state: ChatState, outcome: Outcome) -> ChatState:
    """Where the chat stands after this outcome; silence changes nothing."""
    if outcome.answer is None and outcome.conversation is None and outcome.task is None:
        return state
    return ChatState(
        conversation=state.conversation if outcome.conversation is None else outcome.conversation.model_dump_json(),
        task=outcome.task.model_dump_json() if outcome.task else None,
        greeted=True,
    )
