"""The whole program as a process, with stand-ins of both platforms: members link, ask, read on; it stops and starts."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import texts
from bot.commands.members import PrintedInvite
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_zalo import FakeZalo
from tests.conftest import CORPUS, REPOSITORY

pytestmark = pytest.mark.slow

ROLL = "mã,họ tên,chi bộ,vai trò\nDV1,Nguyễn <b>An</b>,Tổ 1,đảng viên\nQT1,Trần Bình,Tổ 2,quản trị viên\n"
QUESTION, WORDS = "chi bo sinh hoat dinh ky moi thang may lan", "Chi bộ sinh hoạt định kỳ mỗi tháng một lần"
HIDDEN = "---\nSố 77-KH/ĐU\n\nKẾ HOẠCH\nvề điều động Zanzibaro\n\n1. Điều động Zanzibaro trong tháng 5.\n"


class Ward:
    """A running bot in a folder of its own, with its members' chats."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.telegram, self.zalo = folder, FakeTelegram(), FakeZalo()
        self.telegram.start()
        self.zalo.start()
        self.environment = {
            **environment,
            "PYTHONPATH": str(REPOSITORY),
            "BOT_CORPUS_DIR": str(folder / "corpus"),
            "BOT_ALLOW_SAMPLES": "1",
            "BOT_REINDEX_AT": "off",  # a nightly build would be under way when one is asked for
            "BOT_WEB_ADDRESS": "127.0.0.1:0",
            "BOT_PUBLIC_URL": "https://dang.example.vn",
            "BOT_TELEGRAM_TOKEN": self.telegram.token,
            "BOT_TELEGRAM_API_URL": self.telegram.url,
            "BOT_ZALO_TOKEN": self.zalo.token,
            "BOT_ZALO_API_URL": self.zalo.url,
        }
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def command(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "bot", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def code_of(self, member: str) -> str:
        return PrintedInvite.model_validate(json.loads(self.command("members", "invite", member, "--json"))).code

    def start(self) -> None:
        command = [sys.executable, "-m", "bot", "run"]
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", self.process.stdout.readline())
        assert found
        self.address = found[0]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(how)
        self.process.communicate(timeout=40)
        return self.process.returncode

    def on_telegram(self, user: int, text: str) -> str:
        return self._answer(lambda: self.telegram.post_text(user, text), lambda: self.told(user))

    def on_zalo(self, user: str, text: str) -> str:
        return self._answer(lambda: self.zalo.post_text(user, text), lambda: [each.text for each in self.zalo.sent])

    def told(self, user: int) -> list[str]:
        return [each.text for each in self.telegram.sent if each.user == user and each.method == "sendMessage"]

    def _answer(self, say: Callable[[], Any], heard: Callable[[], list[str]]) -> str:
        before = len(heard())
        say()
        deadline = time.monotonic() + 30
        while len(heard()) == before:
            assert time.monotonic() < deadline, "no answer came"
            time.sleep(0.02)
        return "\n".join(heard()[before:])

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop(signal.SIGKILL)
        self.telegram.stop()
        self.zalo.stop()


@pytest.fixture
def ward(tmp_path: Path, clean_environment: dict[str, str]) -> Iterator[Ward]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for paper in CORPUS.glob("hd-04-*"):
        (corpus / paper.name).write_bytes(paper.read_bytes())
    (corpus / "kh-77.md").write_text(HIDDEN, encoding="utf-8")
    (corpus / "kh-77.md.yaml").write_text("audience: committee\n", encoding="utf-8")
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    made = Ward(tmp_path, clean_environment)
    made.command("members", "import", "roll.csv")
    yield made
    made.close()


def test_a_member_links_asks_and_reads_on_in_both_chats(ward: Ward) -> None:
    code = ward.code_of("DV1")
    ward.start()
    assert texts.HOW_TO_LINK in ward.on_telegram(1, QUESTION)
    assert "Nguyễn <b>An</b>" in ward.on_telegram(1, f"Mã của tôi: {code[:5]} {code[5:]}")
    assert WORDS in ward.on_telegram(1, QUESTION)
    assert "Lương Thị Mai Quyên" in ward.on_telegram(1, "ai ký?")
    assert WORDS in ward.on_telegram(1, "xem thêm")
    assert texts.CODE_WRONG in ward.on_telegram(2, code), "a code is good once"
    ward.on_zalo("z1", ward.code_of("DV1"))
    assert WORDS in ward.on_zalo("z1", QUESTION)
    assert "https://dang.example.vn/lien-ket/" in ward.on_zalo("z1", "2")
    assert ward.stop() == 0


def test_nobody_hears_of_a_paper_that_is_not_for_them(ward: Ward) -> None:
    code = ward.code_of("DV1")
    ward.start()
    ward.on_telegram(1, code)
    for question in (
        "điều động ở tháng mấy?",
        "kế hoạch về điều động",
        "/vanban",
        "/vanban điều động",
        "danh sách văn bản",
    ):
        answer = ward.on_telegram(1, question)
        assert "Zanzibaro" not in answer
        assert "77-KH" not in answer
    assert "không tìm thấy văn bản 77-KH/ĐU" in ward.on_telegram(1, "77-KH/ĐU nói gì?")
    assert "không tìm thấy văn bản 78-KH/ĐU" in ward.on_telegram(1, "78-KH/ĐU nói gì?")


def test_an_administrator_withdraws_a_paper_and_it_is_gone_for_everybody(ward: Ward) -> None:
    member, administrator = ward.code_of("DV1"), ward.code_of("QT1")
    ward.start()
    ward.on_telegram(1, member)
    ward.on_telegram(9, administrator)
    assert WORDS in ward.on_telegram(1, QUESTION)
    assert "Đã rút" in ward.on_telegram(9, "/an 04-HD/ĐU")
    assert WORDS not in ward.on_telegram(1, QUESTION)
    ward.on_telegram(9, "/reindex")
    ward.telegram.wait_for(lambda _: any("Đã lập chỉ mục" in text for text in ward.told(9)), timeout=30)
    assert WORDS not in ward.on_telegram(1, QUESTION)
    assert json.loads(ward.command("audit").splitlines()[-1])["actor"] == "QT1"


def test_what_was_asked_while_it_was_down_is_answered_once_when_it_is_back(ward: Ward) -> None:
    code = ward.code_of("DV1")
    ward.start()
    ward.on_telegram(1, code)
    assert ward.stop(signal.SIGKILL) == -signal.SIGKILL
    ward.telegram.post_text(1, QUESTION)
    ward.start()
    ward.telegram.wait_for(lambda _: any(WORDS in text for text in ward.told(1)), timeout=30)
    time.sleep(1.5)  # a second copy would come within the interval of one chat
    assert sum(WORDS in text for text in ward.told(1)) == 1
    assert httpx.get(f"{ward.address}/health/ready").json()["ready"] is True


def test_a_database_that_was_taken_away_is_said(ward: Ward) -> None:
    ward.start()
    (ward.folder / "state" / "state.sqlite3").unlink()
    health = httpx.get(f"{ward.address}/health/ready")
    assert (health.status_code, health.json()["problems"][0]) == (503, "database: the file is gone")
