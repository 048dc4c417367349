"""Whoever is no administrator is answered as if these commands did not exist."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.administration.announcing import Announcing
from bot.administration.audience import AudienceAdministration
from bot.administration.groups import GroupAdministration
from bot.administration.members import MemberAdministration
from bot.administration.status import Status
from bot.corpus.child import Job
from bot.corpus.reindexing import Reindexing
from bot.corpus.staging import Staging
from bot.corpus.uploading import Uploading
from bot.messages import Attachment
from bot.people.keys import Keys
from tests.administration.office import ADMINISTRATOR
from tests.bot.fakes import make_library

COMMANDS = (
    "/an 24-CT/TU",
    "/hien",
    "/doituong 24-CT/TU công khai",
    "/nhom đảng viên",
    "/thanhvien moi DV-1",
    "/thanhvien vaitro DV-1 quản trị viên",
    "/thongbao tất cả",
    "/trangthai",
    "/reindex",
    "/nhap",
)
PHRASES = ("gửi thông báo", "tình hình hệ thống", "lập lại chỉ mục", "thêm văn bản")


def refused(*_: object, **__: object) -> None:
    raise AssertionError("nothing is fetched for these people")


@pytest.fixture
def office(make_office, database, tmp_path):
    library = make_library()[0]
    reindexing = Reindexing(Job(task="build", corpus=tmp_path), notices=None, start=lambda build: build.close())
    staging = Staging(tmp_path / "staged", corpus=tmp_path / "corpus", replaced=tmp_path / "replaced")
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    rooms = (
        Announcing(database),
        AudienceAdministration(library, database, ceilings={}, public_url=None),
        GroupAdministration(database, ceilings={}),
        MemberAdministration(database, Keys("a secret"), days=14, zone=zone, telegram=lambda: None),
        Status(library, database, channels=(), lease=str, last_build=str, folders={"": tmp_path}, zone=zone),
        reindexing,
        Uploading(staging, library, fetch=refused, wait=refused, limit=10, reindexing=reindexing),
    )
    office = make_office(*(room.department() for room in rooms))
    office.add("BT-1", "secretary")
    office.add("CU-1", "committee")
    return office


@pytest.mark.parametrize("group", [None, "-100"], ids=["private", "group"])
@pytest.mark.parametrize("code", ["guest", "DV-1", "BT-1", "CU-1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_administrators_is_unknown_to_others(office, command, code, group):
    name = command.split()[0]
    assert office.send(code, command, group=group) == texts.UNKNOWN_COMMAND.format(command=name)
    assert office.send(code, "/khongco", group=group) == texts.UNKNOWN_COMMAND.format(command="/khongco")
    assert office.audited() == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_words_that_mean_such_a_command_are_a_question_of_others(office, phrase):
    assert office.send("DV-1", phrase) == f"asked: {phrase}"
    assert not office.send(ADMINISTRATOR, phrase).startswith("asked")


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.startswith("/nhom")])
def test_in_a_group_an_administrator_is_told_to_write_in_private(office, command):
    assert office.send(ADMINISTRATOR, command, group="-100") == texts.ONLY_IN_PRIVATE
    assert office.audited() == []


@pytest.mark.parametrize(("code", "group"), [("guest", None), ("DV-1", None), ("CU-1", None), (ADMINISTRATOR, "-100")])
def test_a_file_is_taken_from_an_administrator_in_private_only(office, code, group):
    file = Attachment(kind="file", name="a.docx", reference="1")
    assert office.send(code, attachment=file, group=group) == texts.ATTACHMENTS["file"]
