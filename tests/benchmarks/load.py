"""How long people wait when many ask at once: `make bench`, or `python tests/benchmarks/load.py [SECONDS]`.

The whole bot over a stand-in for Telegram with Telegram's own limits; the stand-in and the people take part of the same
cores. New files come into the corpus meanwhile, and an administrator has them indexed. Prints figures, asserts nothing.
"""

from __future__ import annotations

import os
import platform
import queue
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from tests.channels.fake_telegram import FakeTelegram

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, SECONDS, GIVE_UP = 50, 60.0, 60.0
THINKING = (1.5, 3.0)
"""Seconds between an answer and the next question; long enough for the rest of a long answer to come before it."""
HELD_BACK = 5
"""One file of so many comes only with the reindex, each with its sidecar."""
FIRST = 500_000
ADMINISTRATOR = FIRST - 1


@dataclass
class Figures:
    """``waits``: when a question was posted, and the seconds until its answer arrived. ``reindex``: from when to when;
    None where nothing was heard of it.
    """

    waits: list[tuple[float, float]] = field(default_factory=list)
    asked: int = 0
    unanswered: int = 0
    reindex: tuple[float, float] | None = None


def main() -> None:
    from tests.channels.fake_telegram import FakeTelegram

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with TemporaryDirectory() as name, FakeTelegram(limits=1) as telegram:
        folder = Path(name)
        questions = prepare(folder)
        with running_bot(folder, telegram):
            figures = ask_for(seconds, telegram, questions, folder)
    print_figures(figures, seconds)


def prepare(folder: Path) -> list[str]:
    """The corpus but for what comes later, its library, and the members with their accounts; what can be asked."""
    from bot.state.database import Database
    from index import build_library, load_encoder
    from tests.benchmarks.speed import own_questions

    copy_corpus(folder, later=False)
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    database = Database.open(f"sqlite:///{folder / 'state.sqlite3'}")
    link_people(database)
    database.close()
    return own_questions(folder / "library")


def copy_corpus(folder: Path, *, later: bool) -> None:
    for path in (ROOT / "docs_corpus").rglob("*"):
        is_later = crc32(path.name.removesuffix(".yaml").encode()) % HELD_BACK == 0
        if path.is_file() and is_later is later:
            target = folder / "corpus" / path.relative_to(ROOT / "docs_corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def link_people(database: object) -> None:
    from bot.state import accounts, members
    from bot.state.database import Database

    assert isinstance(database, Database)
    now = datetime.now(UTC)
    with database.transaction() as db:
        for user in (ADMINISTRATOR, *people()):
            role = members.Role.ADMINISTRATOR if user == ADMINISTRATOR else members.Role.MEMBER
            member = members.add(db, code=str(user), name=f"Đảng viên {user}", cell="Chi bộ 1", role=role, now=now)
            accounts.link(db, member=member.id, channel="telegram", account=str(user), chat=str(user), now=now)


def people() -> range:
    return range(FIRST, FIRST + PEOPLE)


@contextmanager
def running_bot(folder: Path, telegram: FakeTelegram) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment(folder, telegram))
    try:
        telegram.wait_for(lambda fake: bool(fake.called("getUpdates")) or process.poll() is not None, timeout=120)
        if process.poll() is not None:
            sys.exit(f"the bot ended with {process.returncode}")
        yield
        began = time.monotonic()
        process.terminate()
        process.wait(60)
        print(f"stop       {time.monotonic() - began:7.2f} s   after SIGTERM")
    finally:
        process.kill()
        process.wait()


def environment(folder: Path, telegram: FakeTelegram) -> Mapping[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return {
        **ours,
        "PYTHONPATH": str(ROOT),
        "BOT_TELEGRAM_TOKEN": telegram.token,
        "BOT_TELEGRAM_API_URL": telegram.url,
        "BOT_ALLOW_SAMPLES": "1",
        "BOT_CORPUS_DIR": str(folder / "corpus"),
        "BOT_LIBRARY_DIR": str(folder / "library"),
        "BOT_STATE_DIR": str(folder / "state"),
        "BOT_DATABASE_URL": f"sqlite:///{folder / 'state.sqlite3'}",
        "BOT_WEB_ADDRESS": "127.0.0.1:0",
        "BOT_QUESTIONS_PER_MINUTE": "1000",
    }


def ask_for(seconds: float, telegram: FakeTelegram, questions: list[str], folder: Path) -> Figures:
    figures, ends_at = Figures(), time.monotonic() + seconds
    letters: dict[int, queue.Queue[float]] = {user: queue.Queue() for user in (ADMINISTRATOR, *people())}
    over = threading.Event()
    postman = threading.Thread(target=hand_out, args=(telegram, letters, over))
    askers = [
        threading.Thread(target=ask, args=(u, telegram, letters[u], questions, ends_at, figures)) for u in people()
    ]
    for thread in (postman, *askers):
        thread.start()
    time.sleep(seconds / 3)
    began = time.monotonic()
    copy_corpus(folder, later=True)
    telegram.post_text(ADMINISTRATOR, "/reindex")
    figures.reindex = reindex_span(telegram, began, ends_at)
    for thread in askers:
        thread.join()
    over.set()
    postman.join()
    return figures


def hand_out(telegram: FakeTelegram, letters: Mapping[int, queue.Queue[float]], over: threading.Event) -> None:
    """Tells everybody what arrived for them, and when."""
    seen = 0
    while not over.is_set():
        try:
            telegram.wait_for(seen + 1, timeout=1)
        except TimeoutError:
            continue
        for sent in telegram.sent[seen:]:
            letters[sent.chat_id].put(sent.at)
            seen += 1


def ask(
    user: int,
    telegram: FakeTelegram,
    letters: queue.Queue[float],
    questions: list[str],
    ends_at: float,
    figures: Figures,
) -> None:
    """One person: a question, its answer, a while of reading, the next question."""
    chance = random.Random(user)
    time.sleep(chance.uniform(0, THINKING[1]))
    while time.monotonic() < ends_at:
        while not letters.empty():
            letters.get()
        posted = time.monotonic()
        figures.asked += 1
        telegram.post_text(user, chance.choice(questions))
        try:
            wait = letters.get(timeout=GIVE_UP) - posted
        except queue.Empty:
            figures.unanswered += 1
            continue
        figures.waits.append((posted, wait))
        time.sleep(chance.uniform(*THINKING))


def reindex_span(telegram: FakeTelegram, began: float, ends_at: float) -> tuple[float, float] | None:
    """From the command to the last word about it; None where none came."""
    last, quiet_since = began, time.monotonic()
    count = 0
    while time.monotonic() < ends_at and not (count and time.monotonic() - quiet_since > 5):
        words = [sent for sent in list(telegram.sent) if sent.chat_id == ADMINISTRATOR and sent.at > began]
        if len(words) > count:
            count, last, quiet_since = len(words), words[-1].at, time.monotonic()
        time.sleep(0.2)
    return (began, last) if count else None


def print_figures(figures: Figures, seconds: float) -> None:
    print(f"{PEOPLE} people for {seconds:.0f} s, Python {platform.python_version()}, {machine()}")
    waits = sorted(wait for _, wait in figures.waits)
    if len(waits) < 2:
        sys.exit(f"{figures.asked} questions, {len(waits)} answers")
    print(f"questions  {figures.asked:7d}     {figures.unanswered} without an answer in {GIVE_UP:.0f} s")
    print(f"wait       {statistics.median(waits):7.2f} s   median, from posting to arrival")
    print(f"           {statistics.quantiles(waits, n=100)[-1]:7.2f} s   99th percentile")
    print(f"           {waits[-1]:7.2f} s   longest")
    if figures.reindex is None:
        return print("reindex    no word of it")
    began, ended = figures.reindex
    print(f"reindex    {ended - began:7.2f} s   from the command to the last word about it")
    if during := [wait for posted, wait in figures.waits if began <= posted <= ended]:
        print(f"           {statistics.median(during):7.2f} s   median wait meanwhile, {max(during):.2f} s the longest")


def machine() -> str:
    try:
        names = [
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ]
    except OSError:
        names = []
    return (
        f"{os.cpu_count()} CPUs ({names[0] if names else platform.machine()}), load {os.getloadavg()[0]:.1f} at the end"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
