"""A channel that is scripted, a clock that is set, and a desk with its delivery over a real database."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.channels.base import Capabilities
from bot.department import Outcome, told
from bot.flow.commits import Commits
from bot.flow.delivery import Delivery
from bot.flow.desk import Desk, Respond
from bot.flow.metrics import Metrics
from bot.flow.waking import end
from bot.messages import Attachment, Handler, Incoming, Outgoing, Reply, plain_text, say
from bot.state import outbox
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.inbox import Waiting
from bot.state.letters import Skip
from bot.state.outbox import Parcel
from bot.state.tables import outbox as outbox_table

NAME = "scripted"
START = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


class Clock:
    """The time of the day: as set, and going on by itself only through `wait`."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


class ScriptedChannel:
    """``script``: what the next sends to a chat end with, None for well. ``gate``: sends wait until it is open."""

    name = NAME

    def __init__(self, **capabilities: Any) -> None:
        self.capabilities = Capabilities(**capabilities)
        self.script: defaultdict[str, deque[BaseException | None]] = defaultdict(deque)
        self.sent: list[tuple[str, Outgoing]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = self.most_at_once = 0

    async def serve(self, handler: Handler) -> None:
        await asyncio.Event().wait()

    async def send(self, chat: str, message: Outgoing) -> str | None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
        finally:
            self.at_once -= 1
        if self.script[chat] and (error := self.script[chat].popleft()):
            raise error
        self.sent.append((chat, message))
        return f"platform-{len(self.sent)}"

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        return b""

    async def close(self) -> None: ...

    def texts(self, chat: str | None = None) -> list[str]:
        return [plain_text(message.reply) for to, message in self.sent if chat in (None, to)]


def message(number: int, *, chat: str = "an", text: str | None = None, **fields: Any) -> Incoming:
    words = f"câu {number}" if text is None else text
    return Incoming(channel=NAME, sender=chat, chat=chat, message=f"{chat}-{number}", text=words, **fields)


def echo(waiting: Waiting, _: ChatState) -> Outcome:
    return told(f"đáp {waiting.incoming.text}")


@dataclass
class Flow:
    """A desk and a delivery, as one process has them."""

    database: Database
    channel: ScriptedChannel
    respond: Respond = echo
    clock: Clock = field(default_factory=Clock)
    workers: int = 8
    chats: int = 16
    still_allowed: Callable[[Parcel], Reply | None] | None = None
    quiet_until: Callable[[datetime], datetime | None] = lambda _: None
    unwanted: Callable[[Parcel], Skip | None] | None = None

    def __post_init__(self) -> None:
        self.commits = Commits(self.database)
        self.metrics = Metrics(self.database)
        self.delivery = Delivery(
            self.database,
            self.channel,
            workers=self.workers,
            commits=self.commits,
            metrics=self.metrics,
            clock=self.clock,
            jitter=lambda: 0.0,
            still_allowed=self.still_allowed,
            quiet_until=self.quiet_until,
            unwanted=self.unwanted,
        )
        self.desk = Desk(
            self.database,
            self.respond,
            commits=self.commits,
            metrics=self.metrics,
            clock=self.clock,
            replied=lambda _: self.delivery.wake(),
            sleep=lambda _: asyncio.sleep(0.01),
            chats=self.chats,
        )

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.desk.answer_forever(NAME))
        try:
            yield
        finally:
            await stop(task)

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.delivery.run())
        try:
            yield
        finally:
            await stop(task)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.delivering(), self.answering():
            yield

    async def receive(self, *messages: Incoming) -> None:
        await asyncio.gather(*(self.desk.receive(each) for each in messages))

    def close(self) -> None:
        self.desk.close()
        self.commits.close()

    def rows(self) -> Sequence[Any]:
        with self.database.reading() as db:
            return db.execute(select(outbox_table).order_by(outbox_table.c.id)).all()

    def statuses(self) -> list[str]:
        return [row.status for row in self.rows()]

    def put(self, text: str | Reply, *, chat: str = "an", answers: Incoming | None = None, **more: Any) -> int:
        """A reply in the outbox: pushed, or the answer to a message that is stored for it."""
        from bot.state import inbox

        reply = say(text) if isinstance(text, str) else text
        with self.database.transaction() as db:
            number = None
            if answers:
                inbox.store(db, answers, now=self.clock())
                [waiting] = inbox.waiting(db, NAME, limit=1)
                inbox.mark_answered(db, waiting.number, now=self.clock())
                number = waiting.number
            return outbox.put(db, channel=NAME, chat=chat, reply=reply, now=self.clock(), answers=number, **more)


async def stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await end([task], grace=15)
    if not task.cancelled():
        task.result()


async def until(claim: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until the claim holds."""
    ends_at = time.monotonic() + seconds
    while not await asyncio.to_thread(claim):
        assert time.monotonic() < ends_at, "waited in vain"
        await asyncio.sleep(0.01)
