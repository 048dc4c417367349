"""A digest to a whole roll over the fake platforms, by processes that are killed, and what became of it."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from socket import socket
from subprocess import PIPE, Popen
from typing import Any

from sqlalchemy import select

from bot.state import accounts, digests, letters, members
from bot.state.database import Database
from bot.state.digests import Digest
from bot.state.letters import LetterStatus
from bot.state.members import Role
from bot.state.tables import outbox as outbox_table
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_telegram import Refused as TooMuch
from tests.channels.fake_zalo import Action, Broken, FakeZalo, Hang, Pass, Refuse, Refused
from tests.conftest import REPOSITORY
from tests.digest import worker
from tests.digest.makers import LINKED, Clock, Digests

CELLS = 5
SHARES = {429: 0.10, 500: 0.05, "timeout": 0.02}
"""Of all calls; 3 of 100 people have blocked the bot beside."""
BLOCKED = 0.03
MOSTLY = 0.995
"""How likely it is, every few milliseconds, that a process that sends nothing yet is not to be killed."""
RESTART = 1.0
"""Seconds of the process between a kill and the next start: no system starts one within less."""


class LimitedTelegram(FakeTelegram):
    """Remembers what it refused because of its limits."""

    def __init__(self, *, limits: float) -> None:
        super().__init__(limits=limits)
        self.refused_by_limit: list[int] = []

    def _count(self, chat: int) -> None:
        try:
            super()._count(chat)
        except TooMuch:
            self.refused_by_limit.append(chat)
            raise


class TimedZalo(FakeZalo):
    """Remembers when each message was sent to it, also those that it refused; seconds. ``blocked``: people."""

    def __init__(self) -> None:
        super().__init__()
        self.arrivals: list[tuple[float, str]] = []
        self.blocked: set[str] = set()
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    def answer(self, token: str, method: str, body: bytes, connection: socket) -> tuple[int, bytes] | None:
        if method == "sendMessage" and body.endswith(b"}"):  # else it was killed while it wrote
            self.arrivals.append((time.monotonic(), json.loads(body)["chat_id"]))
        return super().answer(token, method, body, connection)

    def _known_chat(self, chat_id: object) -> str:
        chat = super()._known_chat(chat_id)
        if chat in self.blocked:
            raise Refused(403, "the user has blocked the bot")
        return chat


@dataclass
class Outcome:
    """``seen``: how often each person got it, by chat; ``status``: what the ledger says of each. ``in_flight``: letters
    that were being sent at a kill; ``timeouts``: scripted answers that never came. ``over``: calls beyond the limits.
    """

    seen: Counter[str] = field(default_factory=Counter)
    status: dict[str, LetterStatus] = field(default_factory=dict)
    inactive: set[str] = field(default_factory=set)
    digests: list[Digest] = field(default_factory=list)
    in_flight: int = 0
    timeouts: int = 0
    over: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def of(self, status: LetterStatus) -> set[str]:
        return {chat for chat, each in self.status.items() if each is status}

    def lines(self) -> list[str]:
        counts = Counter(each.value for each in self.status.values())
        unknown = Counter(self.seen[chat] for chat in self.of(LetterStatus.UNKNOWN))
        return [
            f"people {len(self.status)}, digests {len(self.digests)}, {self.seconds:.1f} s",
            "ledger: " + ", ".join(f"{status} {count}" for status, count in sorted(counts.items())),
            f"twice: {sum(count > 1 for count in self.seen.values())}",
            f"unknown: {unknown.total()}; in flight at kills {self.in_flight}, scripted timeouts {self.timeouts}",
            f"of the unknown the platforms saw {unknown[1]}, and did not see {unknown[0]}",
            f"over the limits: {len(self.over)}",
        ]


class Campaign:
    """``people``: half of them on Telegram, half on Zalo, in `CELLS` cells. ``speed``: as in `worker`."""

    def __init__(self, folder: Path, *, people: int, speed: float, seed: int) -> None:
        self._url, self._speed = f"sqlite:///{folder / 'campaign.sqlite3'}", speed
        self._random = random.Random(seed)
        self._database = Database.open(self._url)
        self._telegram, self._zalo = LimitedTelegram(limits=speed), TimedZalo()
        self._chats = {f"{1000 + number}": "telegram" if number % 2 else "zalo" for number in range(people)}
        self._timeouts: dict[str, set[int]] = {"telegram": set(), "zalo": set()}
        self._began = 0.0
        self.blocked: set[str] = set()
        self.outcome = Outcome()
        self._running: set[int] = set()
        self._sending: set[int] = set()

    @contextmanager
    def open(self) -> Iterator[Campaign]:
        command = [sys.executable, "-m", "tests.digest.worker"]
        with (
            self._telegram,
            self._zalo,
            Popen(command, cwd=REPOSITORY, stdin=PIPE, stdout=PIPE, text=True) as self._nurse,
        ):
            try:
                self._enrol()
                yield self
            finally:
                for process in set(self._running):
                    self.kill(process)
                self._database.close()

    def _enrol(self) -> None:
        Digests(self._database, Clock("2026-11-22 12:00")).clockwork.look()  # it was installed before
        with self._database.transaction() as db:
            for number, (chat, channel) in enumerate(self._chats.items()):
                cell = f"Khu phố {number // 2 % CELLS + 1}"
                member = members.add(db, code=chat, name=f"Nguyễn Văn {chat}", cell=cell, role=Role.MEMBER, now=LINKED)
                accounts.link(db, member=member.id, channel=channel, account=chat, chat=chat, now=LINKED)
                self._meet(chat, channel)

    def _meet(self, chat: str, channel: str) -> None:
        if channel == "telegram":
            self._telegram.meet(int(chat))
        else:
            self._zalo.admit(chat)

    def script_faults(self) -> None:
        """So many of the calls fail as `SHARES` says, in any order; and so many of the people have blocked the bot."""
        self.blocked = set(self._random.sample(sorted(self._chats), round(BLOCKED * len(self._chats))))
        for chat in self.blocked:
            if self._chats[chat] == "telegram":
                self._telegram.block(int(chat))
            else:
                self._zalo.blocked.add(chat)
        actions: dict[object, Action] = {429: Refuse(429, extra={"retry_after": 1}), 500: Broken(502), "pass": Pass()}
        for number in range(len(self._chats)):
            kind = self._fault("telegram", number)
            kind = self._random.choice(["hang", "refuse"]) if kind == "timeout" else kind
            self._telegram.script("sendMessage", kind, **({"retry_after": 1} if kind == 429 else {}))
            timeout = self._random.choice([Hang(), Refuse(408)])
            self._zalo.script("sendMessage", actions.get(self._fault("zalo", number), timeout))

    def _fault(self, channel: str, number: int) -> Any:
        kind = self._random.choices([*SHARES, "pass"], [*SHARES.values(), 1 - sum(SHARES.values())])[0]
        if kind == "timeout":
            self._timeouts[channel].add(number)
        return kind

    def start(self) -> int:
        """The number of a new process; time begins with the first."""
        self._began = self._began or time.time()
        number = int(self._ask("start", self._url, self._telegram.url, self._zalo.url, self._began, self._speed))
        self._running.add(number)
        return number

    def kill(self, process: int, *, by: signal.Signals = signal.SIGKILL) -> None:
        """Returns when it has ended, in the way that it should."""
        os.kill(process, by)
        ended = int(self._ask("wait", process))
        self._running.discard(process)
        assert ended == (-by if by is signal.SIGKILL else 0), f"it ended with {ended}"

    def _ask(self, *words: object) -> str:
        assert self._nurse.stdin
        assert self._nurse.stdout
        print(*words, file=self._nurse.stdin, flush=True)
        return self._nurse.stdout.readline()

    def kill_at_random(self, kills: int, *, within: float) -> None:
        """Each time after at most so many seconds of sending, now and then of starting; then it is started again."""
        for _ in range(kills):
            before, process = self._calls(), self.start()
            while self._random.random() < MOSTLY and self._calls() == before:
                time.sleep(0.005)
            time.sleep(self._random.uniform(0, within))
            self.kill(process)
            self._sending |= self._rows("sending")
            time.sleep(RESTART / self._speed)

    def finish(self, *processes: int, seconds: float = 60) -> Outcome:
        """Lets processes go on until nothing is left to send; what became of everybody."""
        running = processes or (self.start(),)
        gives_up = time.monotonic() + seconds
        while not self._is_over():
            assert time.monotonic() < gives_up, f"{len(self._rows('pending'))} still wait"
            time.sleep(0.1)
        time.sleep(1.2 / self._speed + 0.6)  # a copy too many would come by now
        for process in running:
            self.kill(process, by=signal.SIGTERM)
        return self._result()

    def _calls(self) -> int:
        return len(self._telegram.calls) + len(self._zalo.calls)

    def _is_over(self) -> bool:
        with self._database.reading() as db:
            last = digests.last(db)
            counts = letters.counts(db, last.number) if last else {}
        return bool(counts) and not counts[LetterStatus.PENDING] and not counts[LetterStatus.SENDING]

    def _rows(self, status: str) -> set[int]:
        with self._database.reading() as db:
            return set(db.scalars(select(outbox_table.c.id).where(outbox_table.c.status == status)))

    def _result(self) -> Outcome:
        found = self.outcome
        found.in_flight = len(self._sending)
        found.seconds = time.time() - self._began
        found.seen = Counter(
            [str(sent.chat_id) for sent in self._telegram.sent] + [sent.chat for sent in self._zalo.sent]
        )
        with self._database.reading() as db:
            codes = {member.id: member.code for member in members.everybody(db)}
            found.digests = list(digests.newest(db, limit=9))
            for digest in found.digests:
                found.status |= {codes[each.member]: each.status for each in letters.of_digest(db, digest.number)}
            found.inactive = {each.chat for each in accounts.everybody(db) if not each.active}
        calls = self._telegram.called("sendMessage")
        found.timeouts = sum(number < len(calls) for number in self._timeouts["telegram"])
        found.timeouts += sum(number < len(self._zalo.called("sendMessage")) for number in self._timeouts["zalo"])
        found.over = [*self._over_on_telegram(), *self._over_on_zalo()]
        return found

    def _over_on_telegram(self) -> list[str]:
        """What the fake has refused by itself: 30 a second and one a second to a chat, and a tenth."""
        return [f"telegram, {chat}" for chat in self._telegram.refused_by_limit]

    def _over_on_zalo(self) -> list[str]:
        """The adapter's own pace, as it arrived; the fake knows none."""
        able = worker.Zalo.capabilities
        most, least = 1.1 * (able.per_second or 0) + 5, 0.9 * able.chat_interval
        times = [(at * self._speed, chat) for at, chat in self._zalo.arrivals]
        over = [
            f"zalo, {chat}" for (at, chat), (later, _) in zip(times, times[int(most) :], strict=False) if later - at < 1
        ]
        for chat in {chat for _, chat in times}:
            own = [at for at, to in times if to == chat]
            over += [f"zalo, {chat} within {b - a:.2f} s" for a, b in pairwise(own) if b - a < least]
        return over
