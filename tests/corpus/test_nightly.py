from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.corpus.nightly import Nightly, fingerprint, gone_back
from bot.corpus.report import rebuilt
from bot.errors import ChildFailed, StateBusy
from index import BuildReport, Skipped, Trouble
from tests.corpus.fakes import Board

NOTHING = BuildReport(added=0, changed=0, unchanged=3, removed=0, skipped=(), passages=40, seconds=1)
NEWS = NOTHING.model_copy(update={"added": 1})
TORN = (Skipped(path="torn.docx", reason="damaged", facts={"path": "torn.docx"}, message=""),)


class Builder:
    """What a build of the nightly look comes to, in order; the last one again and again."""

    def __init__(self) -> None:
        self.results: list[BuildReport | Exception] = [NEWS]
        self.built = 0
        self.running = False
        self.waiting_lines: list[str] = []

    async def build(self):
        result = self.results[min(self.built, len(self.results) - 1)]
        self.built += 1
        if isinstance(result, Exception):
            raise result
        return rebuilt(result)


class Night:
    """``at`` is local time in Hà Nội; UTC is seven hours behind."""

    def __init__(self, database, folder) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.database = database
        self.builder, self.board = Builder(), Board()
        self.now = datetime(2026, 5, 3, 0, 0, tzinfo=UTC)
        self.back: tuple[datetime, str] | None = None
        self.nightly = self.again()
        self.change("a.md")

    def again(self) -> Nightly:
        """As after a restart."""
        self.nightly = Nightly(
            self.builder,
            self.board,
            corpus=self.corpus,
            at=time(2, 0),
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            database=self.database,
            clock=lambda: self.now,
            rolled_back=lambda: self.back,
        )
        return self.nightly

    def look_at(self, text: str) -> bool:
        """``3 02:00``: day of May and time, in Hà Nội."""
        self.now = datetime.strptime(f"2026 05 {text} +0700", "%Y %m %d %H:%M %z")
        return asyncio.run(self.nightly.look())

    def change(self, name: str, data: bytes = b"x") -> None:
        (self.corpus / name).write_bytes(data)


@pytest.fixture
def night(database, tmp_path):
    return Night(database, tmp_path)


def test_nothing_is_done_before_the_hour_of_the_zone(night):
    assert [night.look_at(each) for each in ("3 00:30", "3 01:59")] == [False, False]
    assert night.look_at("3 02:00")


def test_a_machine_that_slept_through_the_hour_looks_when_it_wakes(night):
    assert night.look_at("3 17:45")


def test_it_looks_once_a_day_also_after_a_restart(night):
    night.look_at("3 02:00")
    night.change("b.md")
    night.again()
    assert not night.look_at("3 02:01")
    assert night.look_at("4 02:00")


def test_a_folder_that_is_as_it_was_is_not_built(night):
    night.look_at("3 02:00")
    assert not night.look_at("4 02:00")
    assert night.builder.built == 1


@pytest.mark.parametrize("change", ["new", "written", "gone", "sidecar", "below"])
def test_whatever_changes_in_the_folder_is_taken_in(night, change):
    night.look_at("3 02:00")
    match change:
        case "gone":
            (night.corpus / "a.md").unlink()
        case "below":
            (night.corpus / "2025").mkdir()
            night.change("2025/b.md")
        case _:
            night.change({"new": "b.md", "written": "a.md", "sidecar": "a.md.yaml"}[change], b"longer")
    assert night.look_at("4 02:00")


def test_administrators_hear_what_changed(night):
    night.look_at("3 02:00")
    assert [text.startswith("Đã lập chỉ mục trong 1,0 giây: thêm 1") for text in night.board.administrators] == [True]


def test_they_hear_nothing_when_the_library_is_the_same(night):
    night.builder.results = [NOTHING]
    assert night.look_at("3 02:00")
    assert night.board.administrators == []


def test_they_hear_of_a_new_file_that_was_left_out_and_only_once(night):
    night.builder.results = [NOTHING.model_copy(update={"skipped": TORN})]
    night.look_at("3 02:00")
    night.change("b.md")
    night.look_at("4 02:00")
    assert night.builder.built == 2
    assert ["torn.docx" in text for text in night.board.administrators] == [True]


def test_a_failed_build_is_told_and_tried_again_the_next_day(night):
    night.builder.results = [ChildFailed("corpus_missing", {"folder": "/data"}), NEWS]
    night.look_at("3 02:00")
    assert not night.look_at("3 03:00")
    assert night.look_at("4 02:00")
    failed, done = night.board.administrators
    assert failed == texts.NIGHTLY_FAILED.format(reason=texts.ERRORS["corpus_missing"].format(folder="/data"))
    assert "thêm 1" in done


def test_while_somebody_else_builds_it_waits_for_its_turn(night):
    night.builder.running = True
    assert not night.look_at("3 02:00")
    night.builder.running = False
    night.builder.results = [ChildFailed("build_busy", {"folder": "kho"}), NEWS]
    assert not night.look_at("3 02:01")
    assert night.look_at("3 02:02")
    assert len(night.board.administrators) == 1


def test_what_an_administrator_went_back_to_is_left_until_the_folder_changes_and_told_once(night):
    night.back = datetime(2026, 5, 2, 9, 30, tzinfo=UTC), fingerprint(night.corpus)
    assert [night.look_at(each) for each in ("3 02:00", "3 02:01", "4 02:00")] == [False, False, False]
    assert night.board.administrators == [texts.NIGHTLY_ROLLED_BACK.format(at="16:30 02/05/2026")]
    night.change("b.md")
    assert night.look_at("5 02:00")


def test_what_changed_before_somebody_went_back_does_not_undo_it(night):
    night.look_at("3 02:00")
    night.change("b.md")
    night.back = datetime(2026, 5, 3, 9, 30, tzinfo=UTC), fingerprint(night.corpus)
    night.again()
    assert not night.look_at("4 02:00")
    assert night.builder.built == 1


def test_each_time_that_somebody_goes_back_is_told(night):
    for day in (2, 3):
        night.back = datetime(2026, 5, day, 9, 30, tzinfo=UTC), fingerprint(night.corpus)
        night.look_at(f"{day + 1} 02:00")
    assert len(night.board.administrators) == 2


def test_they_hear_of_a_new_trouble_and_only_once(night):
    trouble = Trouble(path="a.pdf", code="weak_pages", facts={"pages": "3"})
    night.builder.results = [NOTHING.model_copy(update={"troubles": (trouble,)})]
    night.look_at("3 02:00")
    night.change("b.md")
    night.look_at("4 02:00")
    assert ["a.pdf: trang 3" in text for text in night.board.administrators] == [True]


@pytest.mark.parametrize("built", [True, False])
def test_nobody_went_back_where_a_library_is_new_or_missing(tmp_path, sample_folder, built):
    assert gone_back(sample_folder if built else tmp_path) is None


def test_of_two_processes_one_builds(night):
    async def both() -> list[bool]:
        one, other = night.again(), night.again()
        return await asyncio.gather(one.look(), other.look())

    night.now = datetime(2026, 5, 3, 3, 0, tzinfo=UTC)
    assert sorted(asyncio.run(both())) == [False, True]


def test_trouble_with_the_database_or_the_folder_does_not_end_the_looking(night, caplog):
    faults = iter([StateBusy(detail="locked"), OSError("the disk is away")])
    looks = 0

    async def look() -> bool:
        nonlocal looks
        looks += 1
        if fault := next(faults, None):
            raise fault
        return False

    class Enough(Exception):
        pass

    async def sleep(seconds: float) -> None:
        assert seconds == 60
        if looks == 3:
            raise Enough

    night.nightly.look = look
    with pytest.raises(Enough):
        asyncio.run(night.nightly.run_forever(sleep))
    assert "the disk is away" in caplog.text


# -- the fingerprint ---------------------------------------------------------------------------------------------------


def test_hidden_files_drafts_and_dead_links_are_no_change(night):
    before = fingerprint(night.corpus)
    night.change(".a.md.part")
    (night.corpus / ".git").mkdir()
    night.change(".git/b")
    (night.corpus / "link.md").symlink_to("nowhere")
    assert fingerprint(night.corpus) == before


def test_a_file_written_with_the_same_size_is_a_change(night):
    before = fingerprint(night.corpus)
    night.change("a.md", b"y")
    later = (night.now + timedelta(days=1)).timestamp()
    os.utime(night.corpus / "a.md", (later, later))
    assert fingerprint(night.corpus) != before


def test_a_name_that_is_no_utf_8_and_a_folder_that_is_not_there_are_no_trouble(night):
    (night.corpus / os.fsdecode(b"\xff.md")).write_bytes(b"x")
    assert fingerprint(night.corpus) != fingerprint(night.corpus / "none")


def test_what_waits_for_an_administrator_is_told_with_the_report(night):
    night.builder.waiting_lines = ["3 quan hệ chờ xác nhận"]
    night.look_at("3 02:00")
    assert "3 quan hệ chờ xác nhận" in night.board.administrators[-1]
