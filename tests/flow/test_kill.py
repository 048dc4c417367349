"""Killed under load at any moment, the bot answers everything, and says so when an answer may come twice."""

from __future__ import annotations

import json
import os
import random
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

KILLS, WORKERS, CHATS = 20, 8, 20
LOAD = 60
"""Questions that are posted before every start, and again while it runs; more than are answered until it is killed."""
SEED = int(os.environ.get("FLOW_SEED") or random.randrange(10**6))


@dataclass(frozen=True)
class Arrived:
    run: int
    chat: str
    text: str


class Platform(socketserver.ThreadingTCPServer):
    """Keeps questions until they are confirmed; remembers what arrived, and in which run of the process."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.run, self.posted, self.polled = 0, 0, 0
        self.arrived: list[Arrived] = []
        self._unconfirmed: list[tuple[int, str, str]] = []
        self.changed = threading.Condition()

    def post(self, count: int) -> None:
        with self.changed:
            for number in range(self.posted + 1, self.posted + count + 1):
                self._unconfirmed.append((number, f"chat-{number % CHATS}", f"câu {number}"))
            self.posted += count
            self.changed.notify_all()

    def poll(self, after: int) -> list[tuple[int, str, str]]:
        with self.changed:
            self.polled += 1
            self._unconfirmed = [each for each in self._unconfirmed if each[0] > after]
            self.changed.notify_all()
            self.changed.wait_for(lambda: bool(self._unconfirmed), 0.2)
            return self._unconfirmed[:100]

    def send(self, chat: str, text: str) -> int:
        with self.changed:
            self.arrived.append(Arrived(self.run, chat, text))
            self.changed.notify_all()
        time.sleep(0.005)  # a kill may come between the arrival and the answer
        return len(self.arrived)

    def wait_for(self, claim: Callable[[], bool], seconds: float = 40) -> None:
        with self.changed:
            assert self.changed.wait_for(claim, seconds), f"{len(self.answers())} of {self.posted}, seed {SEED}"

    def answers(self) -> set[str]:
        return {each.text.split("\n")[-1] for each in self.arrived}


class _Call(socketserver.StreamRequestHandler):
    server: Platform

    def handle(self) -> None:
        request: dict[str, Any] = json.loads(self.rfile.readline() or b"{}")
        if "poll" in request:
            answer: object = self.server.poll(request["poll"])
        elif "send" in request:
            answer = self.server.send(*request["send"])
        else:
            return
        try:
            self.wfile.write(json.dumps(answer).encode() + b"\n")
        except OSError:
            return  # killed meanwhile


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start(platform: Platform, tmp_path: Path) -> Iterator[Start]:
    """Starts the process and returns when it asks for messages."""
    started: list[subprocess.Popen[bytes]] = []
    url = f"sqlite:///{tmp_path / 'state.db'}"

    def go() -> subprocess.Popen[bytes]:
        platform.run += 1
        polled = platform.polled
        command = [sys.executable, "-m", "tests.flow.worker", url, str(platform.server_address[1]), str(WORKERS)]
        started.append(subprocess.Popen(command, cwd=REPOSITORY))
        platform.wait_for(lambda: platform.polled > polled)
        return started[-1]

    yield go
    for process in started:
        process.kill()
        process.wait()


@contextmanager
def load(platform: Platform) -> Iterator[None]:
    """Questions come all the time."""
    over = threading.Event()

    def post() -> None:
        while not over.wait(0.05):
            if platform.posted - len(platform.answers()) < 3 * LOAD:
                platform.post(LOAD // 4)

    thread = threading.Thread(target=post)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def all_are_answered(platform: Platform) -> None:
    expected = {f"đáp câu {number}" for number in range(1, platform.posted + 1)}
    platform.wait_for(lambda: platform.answers() == expected)
    time.sleep(0.7)  # a copy too many would come by now: the database is looked at twice a second


def numbers_by_chat(platform: Platform) -> dict[str, list[int]]:
    """In the order in which they arrived first."""
    found: dict[str, list[int]] = {f"chat-{chat}": [] for chat in range(CHATS)}
    for each in platform.arrived:
        number = int(each.text.split()[-1])
        if number not in found[each.chat]:
            found[each.chat].append(number)
    return found


def test_killed_twenty_times_under_load_every_question_is_answered(platform: Platform, start: Start) -> None:
    moments = random.Random(SEED)
    print(f"seed {SEED} (set FLOW_SEED to repeat)")
    with load(platform):
        for _ in range(KILLS):
            process = start()
            time.sleep(moments.uniform(0, 0.6))
            process.kill()
            assert process.wait() == -9, f"it ended by itself, seed {SEED}"
    last = start()
    all_are_answered(platform)
    last.terminate()
    assert last.wait(20) == 0

    copies = Counter(each.text.split("\n")[-1] for each in platform.arrived)
    seen: set[str] = set()
    twice: Counter[int] = Counter()
    for each in platform.arrived:
        answer = each.text.split("\n")[-1]
        if answer in seen:
            assert each.text.startswith("Tôi xin gửi lại câu trả lời"), f"{each}, seed {SEED}"
            twice[each.run] += 1
        seen.add(answer)
    for run in range(1, platform.run + 1):
        assert sum(twice[each] for each in range(1, run + 1)) <= WORKERS * (run - 1), f"run {run}, seed {SEED}"
    assert all(numbers == sorted(numbers) for numbers in numbers_by_chat(platform).values()), f"seed {SEED}"
    print(f"{platform.posted} questions, {sum(copies.values()) - len(copies)} answers twice after {KILLS} kills")


def test_stopped_politely_under_load_no_answer_goes_twice(platform: Platform, start: Start) -> None:
    with load(platform):
        for _ in range(3):
            process = start()
            time.sleep(0.5)
            process.terminate()
            assert process.wait(20) == 0
    last = start()
    all_are_answered(platform)
    last.terminate()
    assert last.wait(20) == 0
    assert len(platform.arrived) == platform.posted
    assert not [each for each in platform.arrived if texts.SENT_AGAIN in each.text]
    assert all(numbers == sorted(numbers) for numbers in numbers_by_chat(platform).values())
