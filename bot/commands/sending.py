"""Letters of a digest sent from the command line: by the process that runs, or by this one where none does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.app import chat_channels
from bot.asking.recheck import as_allowed
from bot.assembly import lease_of
from bot.channels.base import Capabilities, Channel
from bot.channels.web.channel import Web
from bot.clock import now_utc
from bot.digest.recipients import why_unwanted
from bot.errors import ChannelError
from bot.flow.commits import Commits
from bot.flow.delivery import Delivery
from bot.flow.duty import Duty, this_process
from bot.flow.metrics import Metrics
from bot.flow.waking import LOOK_EVERY, end, rung
from bot.messages import Attachment, Handler, Outgoing
from bot.serving import stop_on_signals
from bot.state import letters
from bot.state.letters import LetterStatus

if TYPE_CHECKING:
    from bot.asking.sight import Sight
    from bot.digest.timetable import Timetable
    from bot.settings import Settings
    from bot.state.database import Database

_GRACE: Final = 25.0
_ON_THE_WAY: Final = (LetterStatus.PENDING, LetterStatus.SENDING)


class Page:
    """The web page from another process: it shows what is stored as soon as it looks."""

    name: str = Web.name
    capabilities: Capabilities = Web.capabilities

    async def serve(self, handler: Handler) -> None:
        """Nobody writes here."""

    async def send(self, chat: str, message: Outgoing) -> str | None:
        return str(message.number)

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        raise ChannelError(channel=self.name, detail="not served by this process", permanent=True)

    async def close(self) -> None:
        """There is nothing to give back."""


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Those that are set up, by name. To be made where they are used, on the event loop."""
    return {**chat_channels(settings), Page.name: Page()}


async def deliver(
    settings: Settings,
    database: Database,
    sight: Sight,
    timetable: Timetable,
    number: int,
    *,
    show: Callable[[], None],
) -> bool:
    """Until no letter of the digest waits on a channel of this process, the quiet hours begin, or it is told to stop;
    whether none waits. Whoever holds a channel's lease sends on it: another process, else this one.

    ``show``: called in a thread whenever it has looked.
    """
    stop = stop_on_signals()
    async with AsyncExitStack() as stack:
        channels = channels_of(settings)
        commits, metrics = Commits(database), Metrics(database)
        stack.callback(commits.close)
        duties = []
        for channel in channels.values():
            stack.push_async_callback(channel.close)
            delivery = Delivery(
                database,
                channel,
                workers=settings.send_workers,
                commits=commits,
                metrics=metrics,
                clock=now_utc,
                still_allowed=None if channel.name == Web.name else lambda each: as_allowed(database, sight, each),
                quiet_until=timetable.quiet_until,
                unwanted=partial(why_unwanted, database),
            )
            duty = Duty(database, lease_of(channel.name), holder=this_process(), clock=now_utc)
            duties.append(asyncio.create_task(duty.hold(delivery.run), name=channel.name))
        try:
            while True:
                waiting = await asyncio.to_thread(_is_waiting, database, number, set(channels))
                await asyncio.to_thread(show)
                if not waiting or stop.is_set() or timetable.quiet_until(now_utc()):
                    return not waiting
                await rung(stop, within=LOOK_EVERY)
        finally:
            for task in duties:
                task.cancel()
            await end(duties, grace=_GRACE)


def _is_waiting(database: Database, number: int, channels: set[str]) -> bool:
    with database.reading() as db:
        waiting = [letter for status in _ON_THE_WAY for letter in letters.of_digest(db, number, status=status)]
    return any(letter.channel in channels for letter in waiting)
