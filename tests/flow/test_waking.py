"""What runs together comes to an end in good order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.flow.waking import in_line, rung
from tests.flow.fakes import stop


async def work(name: str, log: list[str]) -> None:
    log.append(f"{name} begins")
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0.02)
        log.append(f"{name} ends")


def test_works_are_stopped_one_after_the_other() -> None:
    log: list[str] = []

    async def go() -> None:
        task = asyncio.create_task(in_line(*(work(name, log) for name in ("nhận", "đáp", "gửi"))))
        await asyncio.sleep(0.02)
        await stop(task)

    asyncio.run(go())
    assert log == ["nhận begins", "đáp begins", "gửi begins", "nhận ends", "đáp ends", "gửi ends"]


def test_the_error_of_one_ends_all_and_leaves() -> None:
    log: list[str] = []

    async def fail() -> None:
        raise ZeroDivisionError

    async def go() -> Any:
        await in_line(work("nhận", log), fail(), work("gửi", log))

    with pytest.raises(ZeroDivisionError):
        asyncio.run(go())
    assert log[-2:] == ["nhận ends", "gửi ends"]


def test_a_bell_is_heard_and_silence_is_not_waited_for_longer_than_said() -> None:
    async def go() -> None:
        bell = asyncio.Event()
        await rung(bell, within=0.01)
        bell.set()
        await asyncio.wait_for(rung(bell, within=3600), 5)

    asyncio.run(go())


@pytest.mark.parametrize("steps", range(5))
def test_a_wait_that_is_cancelled_while_the_bell_rings_is_cancelled(steps: int) -> None:
    async def go() -> bool:
        bell = asyncio.Event()
        task = asyncio.create_task(rung(bell, within=3600))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        bell.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        accepted = task.cancel()
        await asyncio.wait({task})
        return task.cancelled() or not accepted

    assert asyncio.run(go())
