"""A process to be killed: desk and delivery as the bot has them, over a platform on loopback that speaks lines of JSON.

``python -m tests.flow.worker DATABASE_URL PORT WORKERS``; ends well on SIGTERM.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.channels.base import Capabilities
from bot.department import Outcome, told
from bot.flow.commits import Commits
from bot.flow.delivery import Delivery
from bot.flow.desk import Desk
from bot.flow.duty import Duty, this_process
from bot.flow.metrics import Metrics
from bot.flow.waking import in_line
from bot.messages import Handler, Incoming, Outgoing, plain_text
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.inbox import Waiting

NAME = "loopback"


class Loopback:
    """Confirms a message as Telegram does: by asking for those after it."""

    name = NAME
    capabilities = Capabilities()

    def __init__(self, port: int) -> None:
        self._port = port

    async def serve(self, handler: Handler) -> None:
        after = 0
        while True:
            for number, chat, text in await self._call(poll=after):
                await handler(Incoming(channel=NAME, sender=chat, chat=chat, message=str(number), text=text))
                after = number

    async def send(self, chat: str, message: Outgoing) -> str | None:
        return str(await self._call(send=[chat, plain_text(message.reply)]))

    async def _call(self, **request: Any) -> Any:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(json.dumps(request).encode() + b"\n")
            return json.loads(await reader.readline())
        finally:
            writer.close()


def respond(waiting: Waiting, _: ChatState) -> Outcome:
    return told(f"đáp {waiting.incoming.text}")


async def work(database: Database, channel: Loopback, workers: int) -> None:
    clock = partial(datetime.now, UTC)
    commits, metrics = Commits(database), Metrics(database)
    delivery = Delivery(
        database,
        channel,  # type: ignore[arg-type]
        workers=workers,
        commits=commits,
        metrics=metrics,
        clock=clock,
    )
    desk = Desk(database, respond, commits=commits, metrics=metrics, clock=clock, replied=lambda _: delivery.wake())

    async def everything() -> None:
        await in_line(channel.serve(desk.receive), desk.answer_forever(NAME), delivery.run())

    duty = Duty(database, f"channel:{NAME}", holder=this_process(), clock=clock)
    holding = asyncio.create_task(duty.hold(everything))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, holding.cancel)
    await asyncio.wait({holding})
    if not holding.cancelled():
        holding.result()


if __name__ == "__main__":
    url, port, workers = sys.argv[1:]
    asyncio.run(work(Database.open(url), Loopback(int(port)), int(workers)))
