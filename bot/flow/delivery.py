"""Stored replies go out: each is marked before the act, sent once, in the order of its chat, at the channel's pace."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import Connection

from bot import texts
from bot.channels.base import Channel
from bot.channels.pacing import Pace
from bot.channels.splitting import sent_parts
from bot.errors import BotError, ChannelError, StateBusy
from bot.flow.commits import Commits
from bot.flow.waking import LOOK_EVERY, end, rung
from bot.messages import Block, Chain, File, Outgoing, QuoteBlock, Reply, Text, say
from bot.state import accounts, conversations, groups, outbox
from bot.state.database import Database
from bot.state.letters import Skip
from bot.state.outbox import Parcel, Status

if TYPE_CHECKING:
    from bot.flow.metrics import Metrics

logger = logging.getLogger(__name__)

GIVE_UP: Final = timedelta(hours=24)
GIVE_UP_PUSHED: Final = timedelta(days=7)
_LONGEST_PAUSE: Final = 600.0
_CLOSED_PAUSE: Final = 60.0
WINDOW_CLOSED: Final = "window closed"

Result = TypeVar("Result")


class Delivery:
    """``workers``: sends at once. ``clock``: the time of the day in UTC; ``monotonic``: seconds. ``jitter``: 0 to 1.

    A parcel that ends at some time goes outside the quiet hours only. ``quiet_until``: when those around a moment end,
    None outside of them. ``unwanted``: asked in a thread just before such a parcel goes; why it is not to go any more.

    ``grace``: seconds for what is under way when it is cancelled. ``still_allowed``: asked in a thread just
    before each part goes; gives the whole reply as it may be shown at this moment, None where nothing is left of it.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        *,
        workers: int,
        commits: Commits,
        metrics: Metrics,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        grace: float = 10.0,
        still_allowed: Callable[[Parcel], Reply | None] | None = None,
        quiet_until: Callable[[datetime], datetime | None] = lambda _: None,
        unwanted: Callable[[Parcel], Skip | None] | None = None,
    ) -> None:
        self._database, self._channel, self._commits, self._metrics = database, channel, commits, metrics
        self._workers, self._grace = workers, grace
        self._still_allowed, self._quiet_until, self._unwanted = still_allowed, quiet_until, unwanted
        self._clock, self._monotonic, self._sleep, self._jitter = clock, monotonic, sleep, jitter
        able = channel.capabilities
        self._pace = Pace(able.per_second, able.chat_interval, clock=monotonic, sleep=sleep)
        self._bell = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, float] = {}  # chats that no worker is to wait for, and until when
        self._doubts: dict[int, str] = {}  # replies of which a part may not have arrived, and why

    def wake(self) -> None:
        """There is something to send."""
        self._bell.set()

    async def run(self) -> None:
        """Only for whoever holds the channel's lease. When it is cancelled, what is under way is finished, and answers
        that are due still go.
        """
        self._bell = asyncio.Event()  # of the loop that runs now
        again = await self._written(partial(outbox.recover, channel=self._channel.name))
        if again:
            logger.warning("%s: %d replies go out again, as the last run did not end well", self._channel.name, again)
        try:
            while True:
                self._bell.clear()
                await self._start_due()
                await rung(self._bell, within=self._next_look())
        finally:
            await self._finish()

    async def _finish(self) -> None:
        ends_at = asyncio.get_running_loop().time() + self._grace
        while (left := ends_at - asyncio.get_running_loop().time()) > 0:
            await self._start_due(answers_only=True)
            if not self._under_way:
                return
            await asyncio.wait(self._under_way.values(), timeout=left, return_when=asyncio.FIRST_COMPLETED)
        await end(list(self._under_way.values()), grace=0)

    def _next_look(self) -> float:
        """Seconds: a chat may have something more when it has rested, if a worker is free for it."""
        if not self._free() or not self._resting:
            return LOOK_EVERY
        return max(0.0, min(LOOK_EVERY, min(self._resting.values()) - self._monotonic()))

    def _free(self) -> int:
        return self._workers - len(self._under_way)

    async def _start_due(self, *, answers_only: bool = False) -> None:
        if not (free := self._free()):
            return
        now = self._monotonic()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        for parcel in await self._due(free):
            if not (answers_only and parcel.pushed):
                task = asyncio.create_task(self._carry(parcel))
                self._under_way[parcel.chat] = task
                task.add_done_callback(partial(self._end_of, parcel))

    async def _due(self, limit: int) -> Sequence[Parcel]:
        try:
            return await asyncio.to_thread(self._read_due, limit, (*self._under_way, *self._resting))
        except StateBusy as error:
            logger.warning("%s: %s", self._channel.name, error)
            return ()

    def _read_due(self, limit: int, without: Sequence[str]) -> Sequence[Parcel]:
        with self._database.reading() as db:
            return outbox.due(db, self._channel.name, now=self._clock(), limit=limit, without=without)

    def _end_of(self, parcel: Parcel, task: asyncio.Task[None]) -> None:
        del self._under_way[parcel.chat]
        self._bell.set()
        if not task.cancelled() and (fault := task.exception()):
            logger.error("reply %s: its end could not be written down", parcel.number, exc_info=fault)

    async def _carry(self, parcel: Parcel) -> None:
        """Sends the next part of a parcel, and writes down what became of it."""
        if write := self._kept_back(parcel):
            await self._written(write)
            return
        await self._pace.turn(parcel.chat)
        if not await self._written(partial(outbox.mark_sending, number=parcel.number)):
            return
        messages = sent_parts(parcel.reply, self._channel.capabilities)
        result = await self._sent(parcel, messages)
        if isinstance(result, _NotSent):
            await self._written(result.write)
            return
        if interval := self._channel.capabilities.chat_interval:
            self._resting[parcel.chat] = self._monotonic() + interval
        if isinstance(result, BaseException):
            reason = _logged(parcel, result)
            if isinstance(result, ChannelError) and not result.unknown:
                await self._written(self._write_after(parcel, result, reason))
                return
            self._doubts[parcel.number] = reason  # only this part may have arrived; it is not sent again
        if parcel.parts_sent + 1 < len(messages):
            await self._written(partial(outbox.mark_part, number=parcel.number, parts_sent=parcel.parts_sent + 1))
        else:
            await self._written(self._write_end(parcel, result))

    def _kept_back(self, parcel: Parcel) -> Callable[[Connection], None] | None:
        """What is written instead of sending a part for which it is too late, or at which hour nobody is written to."""
        if parcel.ends_at is None:
            return None
        now = self._clock()
        if now >= parcel.ends_at:
            status = Status.UNKNOWN if parcel.number in self._doubts else Status.FAILED
            return self._ended(parcel, status, WINDOW_CLOSED)
        if until := self._quiet_until(now):
            return partial(outbox.hold, number=parcel.number, until=until, tries=parcel.tries)
        return None

    def _write_end(self, parcel: Parcel, result: str | BaseException | None) -> Callable[[Connection], None]:
        """After the last part: a reply has arrived when each of its parts has."""
        if reason := self._doubts.pop(parcel.number, None):
            return self._ended(parcel, Status.UNKNOWN, reason)
        now = self._clock()
        self._count_sent(parcel, now)
        shown = result if isinstance(result, str) else None
        return partial(outbox.mark_sent, number=parcel.number, platform_message=shown, now=now)

    async def _sent(self, parcel: Parcel, messages: Sequence[Reply]) -> str | BaseException | None:
        """The platform's id, or the error, of whatever kind: a fault of an adapter must not hold up the others."""
        if parcel.parts_sent >= len(messages):
            return None
        return (await asyncio.gather(self._send(parcel, messages[parcel.parts_sent]), return_exceptions=True))[0]

    async def _send(self, parcel: Parcel, part: Reply) -> str | None:
        if parcel.ends_at and self._unwanted and (skip := await self._looked_at(parcel, self._unwanted)):
            raise _NotSent(partial(outbox.withdraw, number=parcel.number, skipped=skip))
        reply = await self._allowed(parcel, part)
        if parcel.again:
            again = texts.DIGEST_SENT_AGAIN if parcel.ends_at else texts.SENT_AGAIN
            reply = Reply(blocks=(Text(text=again), *reply.blocks))
        if write := self._kept_back(parcel):  # it may have waited for its turn, and for what it was looked at with
            raise _NotSent(write)
        replaces = None if parcel.parts_sent else parcel.replaces
        outgoing = Outgoing(reply=reply, number=parcel.number, replaces=replaces)
        return await self._channel.send(parcel.chat, outgoing)

    async def _allowed(self, parcel: Parcel, part: Reply) -> Reply:
        if self._still_allowed is None:
            return part
        found = await self._looked_at(parcel, self._still_allowed)
        if found == parcel.reply:
            return part
        return _left_of(part, found) if found else say(texts.NO_LONGER_SHOWN)

    async def _looked_at(self, parcel: Parcel, look: Callable[[Parcel], Result]) -> Result:
        """What cannot be looked at now does not go; it is put off as if the platform had failed."""
        found = (await asyncio.gather(asyncio.to_thread(look, parcel), return_exceptions=True))[0]
        if isinstance(found, BaseException):
            logger.error("reply %s: could not be looked at", parcel.number, exc_info=found)
            raise ChannelError(channel=parcel.channel, detail=f"not looked at: {type(found).__name__}") from found
        return found

    def _count_sent(self, parcel: Parcel, now: datetime) -> None:
        self._metrics.sent.labels(parcel.channel).inc()
        if parcel.asked_at:
            self._metrics.seconds.labels(parcel.channel).observe((now - parcel.asked_at).total_seconds())

    def _write_after(self, parcel: Parcel, error: ChannelError, reason: str) -> Callable[[Connection], None]:
        """What is written when a part has not arrived for certain."""
        now = self._clock()
        put_off = partial(outbox.put_off, number=parcel.number, reason=reason)
        if error.permanent and not error.closed:
            end = self._ended(parcel, Status.FAILED, reason)
            return partial(_shut_off, parcel=parcel, end=end) if error.gone else end
        asked = self._rest(parcel, error)
        if now - parcel.created_at >= (GIVE_UP_PUSHED if parcel.pushed else GIVE_UP):
            return self._ended(parcel, Status.FAILED, reason)
        pause = timedelta(seconds=self._pause_after(parcel.tries) if asked is None else asked)
        later = partial(put_off, until=min(now + pause, parcel.ends_at or now + pause))
        if asked is not None:
            return later
        if error.moved_to:
            again = later if parcel.tries else partial(put_off, until=now)
            return partial(_move, parcel=parcel, to=error.moved_to, again=again)
        return later

    def _rest(self, parcel: Parcel, error: ChannelError) -> float | None:
        """Lets the channel rest, or only this chat, for as long as the platform asks for; the seconds."""
        asked = _CLOSED_PAUSE if error.closed else error.retry_after
        if asked is None:
            return None
        if error.of_chat:
            self._resting[parcel.chat] = self._monotonic() + asked
        else:
            self._pace.pause(asked)
        return asked

    def _ended(self, parcel: Parcel, status: Status, reason: str) -> Callable[[Connection], None]:
        self._doubts.pop(parcel.number, None)
        self._metrics.failed.labels(parcel.channel).inc()
        return partial(outbox.mark_ended, number=parcel.number, status=status, reason=reason)

    def _pause_after(self, tries: int) -> float:
        return min(_LONGEST_PAUSE, 2.0 ** min(tries, 10) * (1 + self._jitter() / 2))

    async def _written(self, write: Callable[[Connection], Result]) -> Result:
        """Until the database can be reached: what has been done must not be forgotten."""
        while True:
            try:
                return await self._commits.run(write)
            except StateBusy as error:
                logger.warning("%s: %s", self._channel.name, error)
                await self._sleep(1.0)


class _NotSent(Exception):
    """It did not go, and this is to be written."""

    def __init__(self, write: Callable[[Connection], None]) -> None:
        super().__init__()
        self.write = write


def _left_of(part: Reply, allowed: Reply) -> Reply:
    """What of a part comes from blocks of the allowed reply. A quote may have been cut into plain texts."""
    words = [block.text for block in allowed.blocks if isinstance(block, Text)]
    directives = {"", *(block.directive for block in allowed.blocks if isinstance(block, QuoteBlock | File))}
    said = Text(text=texts.NO_LONGER_SHOWN)
    kept: list[Block] = []
    for block in part.blocks:
        match block:
            case Text(text=text):
                is_left = any(text.strip() in each for each in words)
            case QuoteBlock(directive=directive) | File(directive=directive):
                is_left = directive in directives
            case Chain():
                is_left = block in allowed.blocks
            case _:
                is_left = True
        if is_left or said not in kept:
            kept.append(block if is_left else said)
    return Reply(blocks=tuple(kept))


def _logged(parcel: Parcel, error: BaseException) -> str:
    reason = str(error) if isinstance(error, BotError) else type(error).__name__
    logger.warning("reply %s: %s", parcel.number, reason, exc_info=None if isinstance(error, BotError) else error)
    return reason


def _shut_off(db: Connection, *, parcel: Parcel, end: Callable[[Connection], None]) -> None:
    end(db)
    accounts.set_active(db, parcel.channel, parcel.chat, active=False)


def _move(db: Connection, *, parcel: Parcel, to: str, again: Callable[[Connection], None]) -> None:
    """The platform gave the chat a new id: it has it everywhere, and the reply goes there."""
    again(db)
    for noun in (accounts, conversations, groups, outbox):
        noun.move(db, parcel.channel, chat=parcel.chat, to=to)
