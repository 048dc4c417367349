"""A message -> whose it is to answer; and the one table of errors, where what went wrong becomes a Vietnamese line."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from bot import texts
from bot.answering.answer import Answer, remark
from bot.answering.conversation import Conversation
from bot.answering.phrases import form_of
from bot.department import SILENCE, Command, Department, Outcome, Rank, Request, Stale, Task, told
from bot.errors import BotError, StateBusy
from bot.messages import Attachment, Choices, Incoming, Link, Reply, Text
from bot.people.access import Asker
from bot.state.conversations import ChatState
from bot.texts import CodedError
from index import LibraryError, fold

logger = logging.getLogger(__name__)

_PLAIN_NUMBER: Final = re.compile(r"\s*(?:chon |chọn )?(\d{1,2})\s*[.)]?\s*", re.IGNORECASE)
_LONE_DIGIT: Final = re.compile(r"\d[.)]?")
_LONGEST_PHRASE: Final = 60
_HELP_WORDS: Final = ("giup do", "giup do~", "huong dan", "huong dan su dung", "tro giup")
"""``giup do~`` is ``giúp đỡ`` as it is spelled with its accents."""

Answering = Callable[[Request], Outcome]


@dataclass(frozen=True)
class Arrived:
    """A message with all that is known when it comes to be answered. ``offered``: the reply that a choice is made
    from.
    """

    incoming: Incoming
    asker: Asker
    now: datetime
    state: ChatState = field(default_factory=ChatState)
    number: int = 0
    offered: Reply | None = None


class Router:
    """``ask`` answers whatever is no command. ``gate`` may answer before everything else: one-time codes, people who
    are not linked. Departments are asked in their order. ``public_url``: of the web page, None where there is none.
    ``quiet``: commands that choices send, and help does not name.
    """

    def __init__(
        self,
        ask: Answering,
        departments: Sequence[Department] = (),
        *,
        gate: Callable[[Request], Outcome | None] = lambda _: None,
        public_url: str | None = None,
        quiet: Sequence[Command] = (),
    ) -> None:
        self._ask = ask
        self._gate = gate
        self._public_url = public_url
        everything = [*departments, _basics(alone=not departments), Department(commands=tuple(quiet))]
        commands = [command for department in everything for command in department.commands]
        self._commands = {name: command for command in reversed(commands) for name in command.names}
        self._phrases = {phrase: command for command in reversed(commands) for phrase in command.phrases}
        self._tasks = {name: answer for department in everything for name, answer in department.tasks.items()}
        self._files = [department.files for department in everything if department.files]

    def respond(self, arrived: Arrived) -> Outcome:
        """Never raises but Stale and, for a stored message, StateBusy: both mean that it is to be answered anew."""
        try:
            return self._dispatch(_request(arrived))
        except Stale:
            raise
        except (LibraryError, BotError) as error:
            if isinstance(error, StateBusy) and arrived.number:
                raise
            logger.warning("%s/%s: %s", arrived.incoming.channel, arrived.incoming.message, error)
            return Outcome(remark(_words_for(arrived.asker, error), error=error.code))
        except Exception as error:
            logger.exception("%s/%s: unexpected", arrived.incoming.channel, arrived.incoming.message)
            return Outcome(remark(texts.UNEXPECTED, error=type(error).__name__))

    def _dispatch(self, request: Request) -> Outcome:
        if not request.incoming.addressed:
            return SILENCE
        if (stopped := self._gate(request)) is not None:
            return stopped
        if request.incoming.choice and not request.text:
            return told(texts.CHOICE_GONE, task=request.task)
        if command := self._command(request):
            return self._obey(command, request)
        if request.number and _LONE_DIGIT.fullmatch(request.text) and not request.task:
            return told(texts.NUMBER_NOT_OFFERED.format(number=request.text[0]))
        if request.text.startswith("/") and request.text[1:2].isalpha():
            return _unknown(request)
        if request.task and (step := self._tasks.get(request.task.name)) and (outcome := step(request)) is not None:
            return outcome
        if request.incoming.attachment and (outcome := self._take_file(request)) is not None:
            return outcome
        return self._ask(request)

    def _command(self, request: Request) -> Command | None:
        text = request.text
        if text.startswith("/"):
            whole = fold(text[1:]).replace(" ", "") if text[1:2].isalpha() else ""  # "/văn bản"
            return self._commands.get(_name_of(text)) or self._commands.get(whole) or self._reader(text[1:])
        if len(text) > _LONGEST_PHRASE:
            return None
        form = form_of(text)
        bare = form.replace(" ", "")  # many leave the slash out
        named = self._commands.get(bare) if bare in texts.TELEGRAM_MENU else None
        return self._phrases.get(form) or named or self._reader(text)

    def _reader(self, text: str) -> Command | None:
        return next((command for command in self._commands.values() if command.reads(text) is not None), None)

    def _obey(self, command: Command, request: Request) -> Outcome:
        if _rank(request.asker) < command.rank:
            return _unknown(request) if request.text.startswith("/") else self._ask(request)
        if command.private and not request.incoming.private:
            return told(texts.ONLY_IN_PRIVATE)
        typed = request.text.split(maxsplit=1) if request.text.startswith("/") else []
        read = command.reads(request.text.removeprefix("/"))
        return command.answer(replace(request, arguments="".join(typed[1:]) if read is None else read))

    def _take_file(self, request: Request) -> Outcome | None:
        for take in self._files:
            if (outcome := take(request)) is not None:
                return outcome
        attachment = request.incoming.attachment
        if attachment and not request.text:
            return self._not_taken(attachment)
        return None

    def _not_taken(self, attachment: Attachment) -> Outcome:
        if attachment.kind not in ("voice", "unsupported") or not self._public_url:
            return told(texts.ATTACHMENTS[attachment.kind])
        said = f"{texts.ATTACHMENTS[attachment.kind]} {texts.ATTACHMENT_ON_PAGE}"
        blocks = (Text(text=said), Link(label=texts.OPEN_PAGE, url=self._public_url))
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)))


def _request(arrived: Arrived) -> Request:
    return Request(
        incoming=arrived.incoming,
        asker=arrived.asker,
        text=_chosen(arrived),
        now=arrived.now,
        number=arrived.number,
        conversation=_read_conversation(arrived.state.conversation),
        task=_read_task(arrived.state.task, now=arrived.now),
    )


def _chosen(arrived: Arrived) -> str:
    """What was typed, or what the choice stands for that was pressed, or typed by its number or its label."""
    text = arrived.incoming.text.strip()
    blocks = arrived.offered.blocks if arrived.offered else ()
    choices = [choice for block in blocks if isinstance(block, Choices) for choice in block.choices]
    pressed = arrived.incoming.choice
    number = pressed.rpartition(":")[2] if pressed else (match[1] if (match := _PLAIN_NUMBER.fullmatch(text)) else "")
    if number.isdecimal() and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1].send
    if pressed:
        return ""
    return next((choice.send for choice in choices if choice.label == text), text)


def _read_conversation(state: str) -> Conversation:
    try:
        return Conversation.model_validate_json(state)
    except ValidationError:  # kept by another version
        return Conversation()


def _read_task(state: str | None, *, now: datetime) -> Task | None:
    try:
        task = Task.model_validate_json(state) if state else None
    except ValidationError:
        return None
    return task if task and task.until > now else None


def _name_of(text: str) -> str:
    return fold(text.split()[0][1:]).partition("@")[0]


def _rank(asker: Asker) -> Rank:
    if asker.is_administrator:
        return Rank.ADMINISTRATOR
    return Rank.LINKED if asker.is_linked else Rank.ANYBODY


def _words_for(asker: Asker, error: CodedError) -> str:
    """Paths, addresses and commands of the server are for administrators; the log has them all."""
    if not asker.is_administrator:
        return texts.UNEXPECTED
    return texts.error_text(error) if asker.everything else texts.error_text_in_chat(error)


def _unknown(request: Request) -> Outcome:
    return told(texts.UNKNOWN_COMMAND.format(command=request.text.split()[0][:30]))


def _start_anew(_: Request) -> Outcome:
    return Outcome(remark(texts.NEW_CONVERSATION), conversation=Conversation())


def _help(request: Request) -> Outcome:
    administers = request.asker.is_administrator and request.incoming.private
    return told(texts.HELP, texts.HELP_MORE, texts.HELP_ADMINISTRATOR if administers else "")


def _basics(*, alone: bool) -> Department:
    """What is answered everywhere. ``alone``: where there are no departments, help names only what there is."""
    answer_help = (lambda _: told(texts.HELP)) if alone else _help
    return Department(
        commands=(
            Command(names=("moi",), answer=_start_anew, rank=Rank.ANYBODY, phrases=("chuyen moi", "hoi chuyen khac")),
            Command(names=("giupdo", "trogiup", "help"), answer=answer_help, rank=Rank.ANYBODY, phrases=_HELP_WORDS),
            Command(names=("start",), answer=lambda _: told(texts.GREETING), rank=Rank.ANYBODY),
        )
    )
