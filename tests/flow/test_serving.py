"""The whole service: a fault in one channel is seen, and the page goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.messages import Handler
from bot.people.keys import Keys
from bot.serving import Service
from bot.settings import Settings
from bot.state.database import Database
from index import Library
from tests.flow.fakes import NAME, ScriptedChannel, until


class BrokenChannel(ScriptedChannel):
    async def serve(self, handler: Handler) -> None:
        raise KeyError("lỗi của kênh")


@pytest.mark.slow
def test_a_channel_with_a_fault_is_a_problem_of_the_service_and_the_page_is_served(
    sample_library: Library, database: Database, tmp_path: Path
) -> None:
    settings = Settings(state_dir=tmp_path)

    async def go() -> tuple[str, ...]:
        service = Service(
            settings,
            sample_library,
            database,
            keys=Keys("bí mật"),
            chats={NAME: BrokenChannel()},
            host="127.0.0.1",
            port=0,
        )
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop=stop))
        assert (await service.web.listening()).startswith("http://127.0.0.1:")
        await until(lambda: service.problems() != ())
        problems = service.problems()
        assert not running.done()
        stop.set()
        await running
        return problems

    assert asyncio.run(go()) == (f"{NAME}: KeyError",)
