"""``python -m bot digest …`` over a platform on loopback: what programs read, and who sends."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import texts
from bot.__main__ import run_command
from bot.assembly import lease_of
from bot.flow.duty import this_process
from bot.state import accounts, leases, members, outbox, tables
from bot.state.database import Database
from bot.state.members import Role
from bot.state.outbox import Status
from index import build_library, load_encoder
from tests.asking.ward import write_corpus
from tests.channels.fake_telegram import FakeTelegram, Sent
from tests.conftest import REPOSITORY

LINKED = datetime(2026, 1, 5, tzinfo=UTC)
COUNTS = ("sent", "failed", "unknown", "pending", "skipped")
PEOPLE = {"DV-1": "Khu phố 1", "DV-2": "Khu phố 1", "DV-3": "Khu phố 2"}
"""Each with an account on Telegram, whose chat is 1001 and so on."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digest")
    write_corpus(folder / "corpus")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return folder


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@dataclass
class Place:
    """Where the bot runs: ``run`` in this process, ``start`` in one of its own."""

    folder: Path
    settings: Mapping[str, str]
    database: Database
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *arguments: str, stdin: str = "", **more: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        with self.monkeypatch.context() as patch:
            for name in [each for each in os.environ if each.startswith("BOT_")]:
                patch.delenv(name)
            for name, value in {**self.settings, **more}.items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
            code = run_command(["digest", *arguments])
        out, err = self.capsys.readouterr()
        return code, out, err

    def json(self, *arguments: str, **more: str) -> dict[str, Any]:
        code, out, err = self.run(*arguments, "--json", **more)
        assert code == 0, err
        found: dict[str, Any] = json.loads(out)
        return found

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "digest", *arguments],
            env={**environment, "PYTHONPATH": str(REPOSITORY), **self.settings, **more},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.started.append(process)
        return process

    def waiting(self) -> list[int]:
        """The rows of the outbox that wait."""
        with self.database.reading() as db:
            return list(db.scalars(select(tables.outbox.c.id).where(tables.outbox.c.status == Status.PENDING.value)))


@pytest.fixture
def place(
    built: Path,
    fake: FakeTelegram,
    _migrated_sqlite: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Place]:
    (tmp_path / "state").mkdir()
    shutil.copyfile(_migrated_sqlite, tmp_path / "state" / "state.sqlite3")
    database = Database.open(f"sqlite:///{tmp_path / 'state' / 'state.sqlite3'}")
    with database.transaction() as db:
        for chat, (code, cell) in enumerate(PEOPLE.items(), start=1001):
            member = members.add(db, code=code, name=f"Nguyễn Văn {code}", cell=cell, role=Role.MEMBER, now=LINKED)
            accounts.link(db, member=member.id, channel="telegram", account=str(chat), chat=str(chat), now=LINKED)
            fake.meet(chat)
        members.add(db, code="DV-9", name="Lê Thị Chín", cell="Khu phố 2", role=Role.MEMBER, now=LINKED)
    settings = {
        "BOT_STATE_DIR": str(tmp_path / "state"),
        "BOT_CORPUS_DIR": str(built / "corpus"),
        "BOT_LIBRARY_DIR": str(built / "library"),
        "BOT_TELEGRAM_TOKEN": fake.token,
        "BOT_TELEGRAM_API_URL": fake.url,
        "BOT_QUIET_HOURS": "",
    }
    made = Place(tmp_path, settings, database, monkeypatch, capsys)
    yield made
    for process in made.started:
        process.kill()
        process.communicate()
    database.close()


def told(shown: list[Sent], chat: int) -> list[str]:
    return [each.text for each in shown if each.chat_id == chat]


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


# -- what would go out -------------------------------------------------------------------------------------------------


def test_what_is_previewed_is_what_arrives(place: Place, fake: FakeTelegram) -> None:
    previewed = place.json("preview")
    assert set(previewed) == {"period", "recipients", "skipped"}
    assert [(each["member"], each["cell"], each["channel"]) for each in previewed["recipients"]] == [
        (code, cell, "telegram") for code, cell in PEOPLE.items()
    ]
    assert previewed["skipped"] == [{"member": "DV-9", "reason": "no_channel"}]
    assert place.json("status") == {"digest": None, **dict.fromkeys(COUNTS, 0)}
    assert fake.sent == []

    done = place.json("send", "--now", "--yes")
    assert done == {"digest": 1, "sent": 3, "failed": 0, "unknown": 0, "pending": 0, "skipped": 1}
    assert place.json("status") == done
    for chat, letter in enumerate(previewed["recipients"], start=1001):
        assert told(fake.sent, chat) == letter["parts"]


def test_the_period_is_an_interval_of_local_time_up_to_the_moment_that_is_asked_for(place: Place) -> None:
    asked = place.json("preview", "--as-of", "2030-11-25T07:30")
    assert asked["period"] == "2030-11-18T07:30:00+07:00/2030-11-25T07:30:00+07:00"
    same = place.json("preview", "--as-of", "2030-11-25T00:30:00+00:00")
    assert same["period"] == asked["period"]


def test_a_preview_can_be_of_one_member_or_of_one_cell(place: Place) -> None:
    one = place.json("preview", "--member", "dv-2")
    assert ([each["member"] for each in one["recipients"]], one["skipped"]) == (["DV-2"], [])
    cell = place.json("preview", "--cell", "chi bộ khu phố 2")
    assert ([each["member"] for each in cell["recipients"]], len(cell["skipped"])) == (["DV-3"], 1)


def test_a_preview_for_people_says_who_gets_what_and_why_others_do_not(place: Place) -> None:
    code, out, _ = place.run("preview")
    assert code == 0
    assert "3 đồng chí nhận, 1 đồng chí không nhận" in out
    assert "chưa có tài khoản: 1 đồng chí (Lê Thị Chín)" in out
    assert "15-HD/ĐU" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["preview", "--as-of", "hôm qua"], 2, texts.DIGEST_BAD_TIME.format(value="hôm qua")),
        (["preview", "--as-of", "9999-12-31T23:59"], 2, texts.DIGEST_BAD_TIME.format(value="9999-12-31T23:59")),
        (["preview", "--cell", "9"], 2, texts.DIGEST_CLI_NO_CELL.format(cell="9", cells="Khu phố 1; Khu phố 2")),
        (["preview", "--cell", "khu"], 2, texts.DIGEST_CLI_NO_CELL.format(cell="khu", cells="Khu phố 1; Khu phố 2")),
        (["preview", "--member", "DV-77"], 1, "“DV-77”"),
        (["send"], 2, texts.DIGEST_NEEDS_NOW),
        (["send", "--yes"], 2, texts.DIGEST_NEEDS_NOW),
    ],
    ids=["time", "a time after all times", "cell", "half a cell", "member", "send", "send without now"],
)
def test_what_cannot_be_meant_is_one_line(place: Place, arguments: list[str], code: int, said: str) -> None:
    found, out, err = place.run(*arguments)
    assert (found, out) == (code, "")
    assert said in err
    assert err.count("\n") == 1


# -- sending -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "goes"), [("gửi\n", True), ("không\n", False), ("", False)])
def test_sending_asks_first(place: Place, fake: FakeTelegram, answer: str, goes: bool) -> None:
    code, _, err = place.run("send", "--now", stdin=answer)
    assert texts.DIGEST_CLI_ASK.format(count=3) in err
    assert (code, len({each.chat_id for each in fake.sent})) == ((0, 3) if goes else (1, 0))


def test_a_second_send_on_a_day_with_nothing_new_shows_the_first_and_sends_nothing(
    place: Place, fake: FakeTelegram
) -> None:
    first = place.json("send", "--now", "--yes")
    shown = len(fake.sent)
    assert place.json("send", "--now", "--yes") == first
    assert len(fake.sent) == shown


def test_where_nobody_can_be_reached_nothing_is_made(place: Place) -> None:
    with place.database.transaction() as db:
        for chat in (1001, 1002, 1003):
            accounts.set_active(db, "telegram", str(chat), active=False)
    code, out, err = place.run("send", "--now", "--yes", "--json")
    assert (code, json.loads(out)["digest"]) == (1, None)
    assert texts.DIGEST_NOBODY in err


def test_who_has_blocked_the_bot_is_counted_as_failed(place: Place, fake: FakeTelegram) -> None:
    fake.block(1001)
    done = place.json("send", "--now", "--yes")
    assert done == {"digest": 1, "sent": 2, "failed": 1, "unknown": 0, "pending": 0, "skipped": 1}


def test_only_those_of_whom_it_is_not_known_are_sent_to_again_and_are_told_so(place: Place, fake: FakeTelegram) -> None:
    with place.database.transaction() as db:
        for chat in (1002, 1003):
            accounts.set_active(db, "telegram", str(chat), active=False)
    fake.script("sendMessage", "drop")
    done = place.json("send", "--now", "--yes")
    assert done == {"digest": 1, "sent": 0, "failed": 0, "unknown": 1, "pending": 0, "skipped": 3}
    assert place.json("retry-unknown") == {**done, "sent": 1, "unknown": 0}
    assert [text.startswith(texts.DIGEST_SENT_AGAIN) for text in told(fake.sent, 1001)] == [False, True]
    code, _, err = place.run("retry-unknown")
    assert (code, err.strip()) == (0, texts.DIGEST_NONE_UNKNOWN.format(number=1))
    assert len(fake.sent) == 2


def test_in_the_quiet_hours_it_is_said_when_it_goes_and_nobody_is_written_to(place: Place, fake: FakeTelegram) -> None:
    now = datetime.now(UTC)
    start, end = (f"{now + timedelta(hours=hours):%H}:00" for hours in (-2, 2))
    more = {"BOT_QUIET_HOURS": f"{start}-{end}", "BOT_TIMEZONE": "UTC", "BOT_DIGEST_AT": "off"}
    code, out, err = place.run("send", "--now", "--yes", "--json", **more)
    assert (code, json.loads(out)["pending"]) == (0, 3)
    assert f" {end} " in err
    assert fake.sent == []


@pytest.mark.slow
def test_where_a_process_runs_it_sends_and_the_command_only_watches(place: Place, fake: FakeTelegram) -> None:
    now = datetime.now(UTC)
    with place.database.transaction() as db:  # as if this process served the channel
        leases.take(db, lease_of("telegram"), holder=this_process(), now=now, until=now + timedelta(minutes=5))
    watching = place.start("send", "--now", "--yes", "--json")
    until(lambda: len(place.waiting()) == 3)
    with place.database.transaction() as db:
        for row in place.waiting():
            outbox.mark_sent(db, row, platform_message="1", now=now)
    out, err = watching.communicate(timeout=60)
    assert (watching.returncode, json.loads(out)["sent"]) == (0, 3), err
    assert fake.called("sendMessage") == []


@pytest.mark.slow
def test_killed_while_it_sends_the_next_call_sends_the_rest_and_nobody_gets_two(
    place: Place, fake: FakeTelegram
) -> None:
    fake.script("sendMessage", "hang")
    first = place.start("send", "--now", "--yes", "--json", BOT_SEND_WORKERS="1")
    until(lambda: len(fake.called("sendMessage")) == 1)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=60)
    done = place.json("send", "--now", "--yes")
    assert done == {"digest": 1, "sent": 2, "failed": 0, "unknown": 1, "pending": 0, "skipped": 1}
    assert [len(told(fake.sent, chat)) for chat in (1001, 1002, 1003)] == [1, 1, 1]
