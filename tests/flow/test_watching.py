"""Duties: what goes wrong in one is logged and shown, and it goes on."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.errors import ChannelError
from bot.flow.watching import TRY_AGAIN, Watch


@pytest.mark.parametrize("fault", [KeyError("lỗi"), ChannelError(channel="telegram", detail="sai token")])
def test_a_duty_that_fails_is_logged_and_shown_and_tried_again_after_a_minute(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    faults, seen, pauses = [fault, fault], [], []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        seen.append(watch.problems())

    async def work() -> None:
        assert watch.problems() == ()
        if faults:
            raise faults.pop()

    watch = Watch(sleep=sleep)
    asyncio.run(watch.keep("telegram", work))
    assert (pauses, watch.problems()) == ([TRY_AGAIN] * 2, ())
    assert seen == [(f"telegram: {type(fault).__name__}",)] * 2
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    assert all(bool(record.exc_info) is isinstance(fault, KeyError) for record in caplog.records)


def test_a_duty_ends_when_it_is_cancelled_and_what_it_does_last_is_waited_for() -> None:
    done = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            done.append("xong")

    async def go() -> None:
        task = asyncio.create_task(Watch().keep("web", work))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    assert done == ["xong"]
