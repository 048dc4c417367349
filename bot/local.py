"""Answers for the person who runs the program: at once, nothing stored but what is kept in memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import Answer, remark
from bot.answering.choosing import answer_choice
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.answering.standings import Standings, ValidityNow, Visible
from bot.clock import now_utc
from bot.department import Command, Outcome, Request, Stale, Write, state_after, told
from bot.errors import BotError
from bot.messages import Incoming, Reply, plain_text
from bot.people.access import Asker
from bot.router import Arrived, Router
from bot.state.conversations import ChatState

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

logger = logging.getLogger(__name__)

_TRIES: Final = 3


class LocalDesk:
    """``database``: where what administrators do at the console is written; None where there is none."""

    def __init__(self, router: Router, *, database: Database | None = None) -> None:
        self._router = router
        self._database = database
        self._states: dict[tuple[str, str], ChatState] = {}
        self._last: dict[tuple[str, str], Reply] = {}

    async def handle(self, incoming: Incoming) -> Reply:
        """Off the event loop: a search may take milliseconds, a snapshot that has just been switched on longer."""
        return (await asyncio.to_thread(self.answer, incoming)).reply

    def answer(self, incoming: Incoming) -> Answer:
        """The same with its quotes."""
        chat = incoming.channel, incoming.chat
        state = self._states.get(chat, ChatState())
        outcome = self._settled(incoming, state)
        self._states[chat] = state_after(state, outcome)
        answer = outcome.answer or Answer(answered=False, reply=Reply(blocks=()))
        self._last[chat] = answer.reply
        return answer

    def _settled(self, incoming: Incoming, state: ChatState) -> Outcome:
        """An outcome whose writes are done; answered anew where it came too late."""
        for _ in range(_TRIES):
            now, asker = now_utc(), Asker(everything=True)
            offered = self._last.get((incoming.channel, incoming.chat))
            try:
                outcome = self._router.respond(
                    Arrived(incoming=incoming, asker=asker, now=now, state=state, offered=offered)
                )
                self._write(outcome.writes)
            except Stale:
                continue
            except BotError as error:
                logger.warning("%s/%s: %s", incoming.channel, incoming.message, error)
                return Outcome(remark(texts.error_text(error), error=error.code))
            return outcome
        return told(texts.UNEXPECTED)

    def _write(self, writes: tuple[Write, ...]) -> None:
        if self._database and writes:
            with self._database.transaction() as connection:
                for write in writes:
                    write(connection)


def print_reply(reply: Reply) -> None:
    """Shows a reply that comes between the turns, as the report of a build."""
    if text := plain_text(reply):
        print(text, end="\n\n", flush=True)


def local_desk(library: Library, visible: Callable[[], Visible] = lambda: None, *, validity: ValidityNow) -> LocalDesk:
    """One that only answers questions, about what is visible when they are asked. ``validity``: of all directives."""

    def ask(request: Request) -> Outcome:
        return _of_one_snapshot(
            library,
            lambda: respond(library, request.conversation, request.text, validity=validity(), visible=visible()),
        )

    def choose(request: Request) -> Outcome:
        standings = Standings(library, validity(), visible())
        return _of_one_snapshot(library, lambda: answer_choice(request.arguments, request.conversation, standings))

    return LocalDesk(Router(ask, quiet=[Command(names=("vanban",), answer=choose)]))


def _of_one_snapshot(library: Library, answer: Callable[[], tuple[Answer, Conversation]]) -> Outcome:
    relations = library.relations()
    said = answer()
    if library.relations() is not relations:
        raise Stale
    return Outcome(*said)
