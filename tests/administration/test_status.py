from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.administration.status import Status
from bot.messages import Incoming, say
from bot.state import inbox, leases, outbox, questions
from bot.state.outbox import Status as Sending
from tests.administration.office import ADMINISTRATOR
from tests.bot.fakes import make_library


@pytest.fixture
def office(make_office, database, tmp_path):
    status = Status(
        make_library()[0],
        database,
        channels=("telegram", "zalo", "web"),
        lease=lambda channel: f"channel:{channel}",
        last_build=lambda: "thêm 2",
        folders={"dữ liệu": tmp_path / "not made yet"},
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
    )
    return make_office(status.department())


def status(office) -> str:
    return office.send(ADMINISTRATOR, "/trangthai")


def test_the_library_and_its_last_build_are_told(office):
    said = status(office)
    assert said.startswith("Kho: 3 văn bản, 9 đoạn, lập lúc 07:00 05/02/2026.\nLần lập gần nhất: thêm 2")


def test_a_channel_runs_while_somebody_holds_it(office):
    with office.database.transaction() as db:
        for channel, seconds in (("zalo", 30), ("web", -30)):
            until = office.now + timedelta(seconds=seconds)
            leases.take(db, f"channel:{channel}", holder="one", now=office.now - timedelta(hours=1), until=until)
    assert "Kênh Telegram: chưa chạy, Kênh Zalo: đang chạy, Kênh trang web: chưa chạy" in status(office)


def test_what_waits_and_what_failed_is_counted(office):
    with office.database.transaction() as db:
        for number in range(2):
            incoming = Incoming(channel="zalo", sender="a", chat="a", message=str(number), text="?")
            inbox.store(db, incoming, now=office.now)
        for end in (None, None, None, Sending.FAILED, Sending.UNKNOWN, Sending.UNKNOWN):
            number = outbox.put(db, channel="zalo", chat="a", reply=say("x"), now=office.now)
            if end:
                outbox.mark_ended(db, number, end, reason="zalo: mạng đứt")
        questions.add(db, asker="x", channel="zalo", text="?", answered=True, directives=(), now=office.now)
    said = status(office)  # but the command itself
    assert texts.STATUS_QUEUE.format(waiting=2, pending=3, failed=1, unknown=2) in said
    assert texts.STATUS_PEOPLE.format(members=2, questions=1) in said
    assert said.count("- 14:30 03/05/2026 · Zalo: zalo: mạng đứt") == 3


def test_the_free_room_on_the_disk_is_told(office):
    assert "Ổ đĩa còn trống " in status(office)


def test_nothing_of_messages_codes_or_people_is_told(office):
    office.send("DV-1", "mã của tôi là 12345 67890")
    said = status(office)
    assert [word for word in ("12345", "Trần Văn Bình", "DV-1", "telegram-DV-1") if word in said] == []


def test_every_disk_is_told_with_what_is_kept_there(make_office, database, tmp_path):
    status = Status(
        make_library()[0],
        database,
        channels=(),
        lease=str,
        last_build=str,
        folders={"dữ liệu": tmp_path / "state", "văn bản": tmp_path / "not" / "made", "kho": tmp_path},
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        disk=lambda folder: 1 if folder.name == "state" else 2,
    )
    (tmp_path / "state").mkdir()
    said = make_office(status.department()).send(ADMINISTRATOR, "/trangthai")
    assert said.index("Ổ đĩa chứa dữ liệu còn trống ") < said.index("Ổ đĩa chứa văn bản, kho còn trống ")
