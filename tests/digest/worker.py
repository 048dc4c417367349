"""A process to be killed: the clockwork and the senders as the bot has them, over the real adapters and fake platforms.

``python -m tests.digest.worker`` starts a copy of itself for each line of its input that says ``start DATABASE_URL
TELEGRAM_URL ZALO_URL BEGAN SPEED``, and answers with its number; what it has loaded need not be loaded again. To
``wait NUMBER`` it answers how that one ended. In a copy time runs SPEED times as fast, from `START` on since BEGAN, in
seconds of the epoch; it ends well on SIGTERM.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.channels.base import Channel
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.digest.claiming import Claiming
from bot.digest.clockwork import Clockwork
from bot.digest.edition import Written
from bot.digest.recipients import why_unwanted
from bot.flow.commits import Commits
from bot.flow.delivery import Delivery
from bot.flow.duty import Duty, this_process
from bot.flow.metrics import Metrics
from bot.messages import Choice, Choices, Reply, Text, say
from bot.state.database import Database
from bot.state.digests import Digest
from bot.state.members import Member
from tests.digest.makers import TABLE, local

START = local("2026-11-23 07:29:58")
"""Two seconds before the planned hour."""
ANSWER_SECONDS = 4
TELEGRAM_TOKEN, ZALO_TOKEN = "123456:fake-telegram-token", "1234567890:zalo-secret-part"


class Paper:
    """Each cell has its own text, with a button."""

    papers = "{}"

    def __init__(self, last: Digest | None, until: datetime) -> None: ...

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        read = Choices(choices=(Choice(label="Đã đọc", send=f"/daxem {number}"),))
        text = Text(text=f"Bản tin số {number} của {member.cell}")
        return Written(Reply(blocks=(text, read)), say(f"toàn văn {number}"), is_quiet=False, has_news=True)


class Process:
    def __init__(self, database: Database, channels: list[Channel], *, began: float, speed: float) -> None:
        self._database, self._channels, self._began, self._speed = database, channels, began, speed
        self._commits, self._metrics = Commits(database), Metrics(database)

    def clock(self) -> datetime:
        return START + timedelta(seconds=(time.time() - self._began) * self._speed)

    def monotonic(self) -> float:
        return time.monotonic() * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    async def run(self) -> None:
        works = {f"channel:{channel.name}": self._delivery(channel).run for channel in self._channels}
        works["digest"] = self._clockwork
        tasks = [asyncio.create_task(self._on_duty(name, work)) for name, work in works.items()]
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        stopping = asyncio.create_task(stop.wait())
        ended, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in ended:
            task.result()

    async def _on_duty(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        duty = Duty(self._database, name, holder=this_process(), clock=self.clock, sleep=self.sleep)
        await duty.hold(work)

    def _delivery(self, channel: Channel) -> Delivery:
        return Delivery(
            self._database,
            channel,
            workers=8,
            commits=self._commits,
            metrics=self._metrics,
            clock=self.clock,
            monotonic=self.monotonic,
            sleep=self.sleep,
            quiet_until=TABLE.quiet_until,
            unwanted=partial(why_unwanted, self._database),
        )

    async def _clockwork(self) -> None:
        capabilities = {channel.name: channel.capabilities for channel in self._channels}
        claiming = Claiming(
            self._database, Paper, TABLE, capabilities=capabilities, quiet_week="line", clock=self.clock
        )
        await Clockwork(self._database, claiming, TABLE, clock=self.clock).run_forever(lambda _: self.sleep(0.5))


async def main(url: str, telegram: str, zalo: str, began: str, speed: str) -> None:
    channels: list[Channel] = [
        Telegram(TELEGRAM_TOKEN, corpus_dir=Path(), api_url=telegram, answer_seconds=ANSWER_SECONDS),
        Zalo(ZALO_TOKEN, api_url=zalo, answer_seconds=ANSWER_SECONDS),
    ]
    await Process(Database.open(url), channels, began=float(began), speed=float(speed)).run()


def nurse() -> None:
    for module in ("telegram.ext", "alembic.command", "httpx"):
        importlib.import_module(module)
    for line in sys.stdin:
        match line.split():
            case ["start", *arguments]:
                number = os.fork()
                if not number:
                    asyncio.run(main(*arguments))
                    os._exit(0)
                print(number, flush=True)
            case ["wait", number]:
                print(os.waitstatus_to_exitcode(os.waitpid(int(number), 0)[1]), flush=True)


if __name__ == "__main__":
    nurse()
