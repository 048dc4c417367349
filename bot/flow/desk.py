"""Messages are stored before they are confirmed, and each is answered once, in the order of its chat."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from sqlalchemy import Connection

from bot import texts
from bot.department import Outcome, Stale, state_after, told
from bot.errors import StateBusy
from bot.flow.commits import Commits
from bot.flow.waking import end, fault_of, rung
from bot.messages import Incoming, Reply, Text
from bot.state import accounts, conversations, inbox, outbox
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.inbox import Waiting

if TYPE_CHECKING:
    from bot.flow.metrics import Metrics

logger = logging.getLogger(__name__)

LONGEST: Final = 20_000
"""Characters of a message that are kept; far more than any that is answered, so it is still refused as too long."""
LATE: Final = timedelta(minutes=2)
_BELIEVED: Final = timedelta(hours=48)
"""No platform hands on older messages; what says that it is older has a wrong clock."""
_GRACE: Final = 10.0
_TRIES: Final = 3
_LONGEST_PAUSE: Final = 30.0

Respond = Callable[[Waiting, ChatState], Outcome]


class Desk:
    """``respond`` is called in a thread. ``replied``: called with a channel's name when a reply to it is stored.

    ``chats``: how many are answered at once; ``threads``: how many of them think at once.
    """

    def __init__(
        self,
        database: Database,
        respond: Respond,
        *,
        commits: Commits,
        metrics: Metrics,
        clock: Callable[[], datetime],
        replied: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chats: int = 16,
        threads: int = 4,
    ) -> None:
        self._database, self._commits, self._metrics = database, commits, metrics
        self._respond, self._replied = respond, replied
        self._clock, self._sleep = clock, sleep
        self._chats = chats
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answers")
        self._bells: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def receive(self, incoming: Incoming) -> None:
        """Returns when the message is stored, or was there already. Raises StateBusy."""
        if await self._commits.run(partial(_store, incoming=_shortened(incoming), now=self._clock())):
            self._metrics.received.labels(incoming.channel).inc()
            self._bells[incoming.channel].set()

    async def answer_forever(self, channel: str) -> None:
        """Only for whoever holds the channel's lease. When it is cancelled, answers that are under way are finished."""
        bell = self._bells[channel] = asyncio.Event()  # of the loop that runs now
        under_way: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                bell.clear()
                for waiting in await self._oldest(channel, without=under_way):
                    task = asyncio.create_task(self._answer(waiting))
                    under_way[waiting.incoming.chat] = task
                    task.add_done_callback(partial(_forget, under_way, waiting.incoming.chat, bell))
                await rung(bell)
        finally:
            await end(list(under_way.values()), grace=_GRACE)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _oldest(self, channel: str, *, without: Collection[str]) -> Sequence[Waiting]:
        free = self._chats - len(without)
        if free <= 0:
            return ()
        try:
            return await asyncio.to_thread(self._read_oldest, channel, free, tuple(without))
        except StateBusy as error:
            logger.warning("%s: %s", channel, error)
            return ()
        except ValidationError:
            pass_over = partial(_pass_over, channel=channel, now=self._clock())
            if await fault_of(self._commits.run(pass_over)) is None:
                self._bells[channel].set()
            return ()

    def _read_oldest(self, channel: str, limit: int, without: Collection[str]) -> Sequence[Waiting]:
        with self._database.reading() as db:
            return inbox.waiting(db, channel, limit=limit, without=without)

    async def _answer(self, waiting: Waiting) -> None:
        """Ends when it is answered: a message that fails gets an apology, a database out of reach is waited for."""
        respond, failures, stale = self._respond, 0, 0
        while (fault := await fault_of(self._answer_with(respond, waiting))) is not None:
            if isinstance(fault, Stale) and (stale := stale + 1) < _TRIES:
                continue
            if respond is not _apologize and not isinstance(fault, StateBusy):
                logger.error("message %s: unexpected", waiting.number, exc_info=fault)
                respond = _apologize
                continue
            logger.warning("message %s: %s", waiting.number, fault)
            failures += 1
            await self._sleep(min(_LONGEST_PAUSE, 2.0 ** min(failures - 2, 10)))

    async def _answer_with(self, respond: Respond, waiting: Waiting) -> None:
        loop = asyncio.get_running_loop()
        state, outcome = await loop.run_in_executor(self._threads, self._think, respond, waiting)
        now = self._clock()
        reply = _reply_of(outcome, waiting, now=now)
        keep = partial(_keep, waiting=waiting, state=state, outcome=outcome, reply=reply, now=now)
        if not await self._commits.run(keep):
            return
        self._metrics.answered.labels(waiting.incoming.channel).inc()
        if reply:
            self._replied(waiting.incoming.channel)

    def _think(self, respond: Respond, waiting: Waiting) -> tuple[ChatState, Outcome]:
        with self._database.reading() as db:
            state = conversations.load(db, waiting.incoming.channel, waiting.incoming.chat)
        return state, respond(waiting, state)


def _forget(tasks: dict[str, asyncio.Task[None]], chat: str, bell: asyncio.Event, _: asyncio.Task[None]) -> None:
    del tasks[chat]
    bell.set()


def _pass_over(db: Connection, *, channel: str, now: datetime) -> None:
    """What cannot be read is not answered, and must not stop the channel."""
    for number in inbox.unreadable(db, channel):
        inbox.mark_answered(db, number, now=now)
        logger.error("message %s: cannot be read, and is passed over", number)


def _apologize(_: Waiting, __: ChatState) -> Outcome:
    return told(texts.UNEXPECTED)


def _shortened(incoming: Incoming) -> Incoming:
    if len(incoming.text) <= LONGEST:
        return incoming
    return incoming.model_copy(update={"text": incoming.text[:LONGEST] + "…"})


def _store(db: Connection, *, incoming: Incoming, now: datetime) -> bool:
    is_new = inbox.store(db, incoming, now=now)
    if is_new and incoming.private:
        accounts.revive(db, incoming.channel, incoming.sender)
    return is_new


def _reply_of(outcome: Outcome, waiting: Waiting, *, now: datetime) -> Reply | None:
    if outcome.answer is None:
        return None
    reply = outcome.answer.reply
    if now - _asked_at(waiting) <= LATE:
        return reply
    return Reply(blocks=(Text(text=texts.LATE_ANSWER), *reply.blocks))


def _asked_at(waiting: Waiting) -> datetime:
    """A platform keeps messages while nobody asks for them, so they may be older than their arrival here."""
    sent_at, received_at = waiting.incoming.sent_at, waiting.received_at
    if sent_at is None or received_at - sent_at > _BELIEVED:
        return received_at
    return min(sent_at, received_at)


def _keep(
    db: Connection, *, waiting: Waiting, state: ChatState, outcome: Outcome, reply: Reply | None, now: datetime
) -> bool:
    """All that an answer writes; False when somebody else has answered. What the outcome erases is erased last."""
    if not inbox.lock_waiting(db, waiting.number):
        return False
    channel, chat = waiting.incoming.channel, waiting.incoming.chat
    if reply or outcome.conversation or outcome.task:
        conversations.save(db, channel, chat, state_after(state, outcome), now=now)
    if reply:
        outbox.put(db, channel=channel, chat=chat, reply=reply, now=now, answers=waiting.number)
    for write in outcome.writes:
        write(db)
    return inbox.mark_answered(db, waiting.number, now=now)
