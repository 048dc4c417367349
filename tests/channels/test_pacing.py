import asyncio
import heapq
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.pacing import Pace


class Time:
    """A clock that jumps to the next sleeper whenever everybody sleeps."""

    def __init__(self):
        self.now = 1000.0
        self._sleepers = []

    def clock(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, id(woken), woken))
        await woken

    async def run(self, *work):
        tasks = [asyncio.ensure_future(each) for each in work]
        while not all(task.done() for task in tasks):
            for _ in range(20):  # all that can go on without time passing
                await asyncio.sleep(0)
            if self._sleepers:
                self.now, _, woken = heapq.heappop(self._sleepers)
                if not woken.done():
                    woken.set_result(None)
        return [task.result() for task in tasks]


def went_at(chats, *, per_second=None, chat_interval=0.0, pauses=()):
    """(seconds from the start, chat) of every message, when all are asked for at once."""
    time = Time()
    start = time.now
    gone = []

    async def go():
        pace = Pace(per_second, chat_interval, clock=time.clock, sleep=time.sleep)

        async def one(chat):
            await pace.turn(chat)
            gone.append((time.now - start, chat))

        async def pause(after, seconds):
            await time.sleep(after)
            pace.pause(seconds)

        await time.run(*(one(chat) for chat in chats), *(pause(*each) for each in pauses))

    asyncio.run(go())
    return gone


def test_a_few_go_at_once_and_the_rest_evenly():
    times = [at for at, _ in went_at([str(n) for n in range(20)], per_second=10)]
    assert times == pytest.approx([0.0] * 5 + [n / 10 for n in range(1, 16)])


def test_less_than_one_a_second_is_possible():
    assert [at for at, _ in went_at(["a", "b", "c"], per_second=0.5)] == pytest.approx([0, 2, 4])


def test_turns_over_all_chats_come_in_the_order_asked_for():
    chats = [str(n) for n in range(30)]
    assert [chat for _, chat in went_at(chats, per_second=5)] == chats


def test_one_chat_waits_its_interval_while_others_go():
    gone = went_at(["a", "a", "a", "b"], chat_interval=1.5)
    assert sorted(gone) == [(0.0, "a"), (0.0, "b"), (1.5, "a"), (3.0, "a")]


def test_one_chat_waits_its_interval_though_both_messages_were_in_the_queue():
    gone = went_at("bcaa", per_second=2, chat_interval=3)
    assert [at for at, chat in gone if chat == "a"] == pytest.approx([0.5, 3.5])


def test_without_limits_nobody_waits():
    assert {at for at, _ in went_at(["a"] * 50)} == {0.0}


def test_a_pause_stops_everything_and_what_was_left_goes_at_the_same_rate_after_it():
    times = [at for at, _ in went_at([str(n) for n in range(6)], per_second=2, pauses=[(0.1, 30)])]
    assert times == pytest.approx([0, 0, 30.1, 30.1, 30.6, 31.1])


def test_a_shorter_pause_does_not_end_a_longer_one():
    times = [at for at, _ in went_at(["a", "a"], chat_interval=1, pauses=[(0.1, 30), (0.2, 1)])]
    assert times == pytest.approx([0, 30.1])


@pytest.mark.parametrize("per_second", [0.7, 1, 3, 25])
@pytest.mark.parametrize("chat_interval", [0, 0.3, 1, 4])
@settings(max_examples=10)
@given(chats=st.lists(st.sampled_from("abcdef"), min_size=10, max_size=30))
def test_no_second_and_no_chat_has_more_than_its_share(chats, per_second, chat_interval):
    gone = went_at(chats, per_second=per_second, chat_interval=chat_interval)
    times = sorted(at for at, _ in gone)
    burst = max(1, min(5, per_second))
    crowded = [
        (start, end)
        for first, start in enumerate(times)
        for last, end in enumerate(times[first:], start=first)
        if last - first + 1 > burst + (end - start) * per_second + 1e-6
    ]
    close = [
        (a, b)
        for chat in set(chats)
        for a, b in pairwise(sorted(at for at, to in gone if to == chat))
        if b - a < chat_interval - 1e-6
    ]
    assert (crowded, close, len(gone)) == ([], [], len(chats))


def test_chats_whose_interval_is_over_are_forgotten():
    time = Time()

    async def go():
        pace = Pace(None, 1, clock=time.clock, sleep=time.sleep)
        for number in range(500):
            await pace.turn(str(number))
            time.now += 0.5
        return len(pace._chat_ready_at)

    assert asyncio.run(go()) <= 3


def test_who_gives_up_takes_no_turn_away():
    time = Time()

    async def go():
        pace = Pace(1, 0, clock=time.clock, sleep=time.sleep)
        await pace.turn("a")
        waiting = asyncio.create_task(pace.turn("b"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await time.run(pace.turn("c"))
        return time.now

    assert asyncio.run(go()) == pytest.approx(1001)
