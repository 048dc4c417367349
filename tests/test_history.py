"""Earlier wordings are kept when a paper is issued anew, and nothing of a classified one is."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.build import build_library
from index.errors import BuildBusy, BuildFailed, HistoryClosed, HistoryDamaged, LibraryMissing
from index.history import FILE, Version, differences, forget_versions, versions, wording, words_changed
from index.intake import Steps
from index.lock import locked
from index.report import BuildReport
from index.searching.snapshot import open_current
from index.types import DirectiveId, Printed
from tests.fakes import WordHashes
from tests.test_build import STEPS, _every_byte, _put

FIRST, SECOND, THIRD = (f"Lịch họp\nChi bộ họp ngày {day} hằng tháng tại nhà văn hóa." for day in ("03", "05", "07"))
MEETING = DirectiveId("Lịch")
BEGUN = datetime(2026, 3, 1, tzinfo=UTC)


class Office:
    """A corpus and its library; each build is a day after the one before."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.library = folder / "corpus", folder / "library"
        self.now = BEGUN
        self.put("lich.txt", FIRST)
        self.put("khac.txt", "Khác\nMột văn bản khác.")

    def put(self, name: str, text: str) -> Path:
        return _put(self.corpus, name, text)

    def build(self, steps: Steps = STEPS) -> BuildReport:
        self.now += timedelta(days=1)
        return build_library(self.corpus, self.library, encoder=WordHashes(), steps=steps, now=lambda: self.now)

    def kept(self) -> list[str]:
        return [wording(self.library, version).text for version in self.versions()]

    def versions(self) -> tuple[Version, ...]:
        return versions(self.library).get(MEETING, ())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.build()
    return office


def test_a_paper_that_never_changed_has_no_versions(office: Office) -> None:
    office.build()
    assert versions(office.library) == {}


def test_the_wordings_of_a_paper_are_kept_with_their_times(office: Office) -> None:
    for text in (SECOND, THIRD):
        office.put("lich.txt", text)
        office.build()
    assert office.kept() == [FIRST, SECOND, THIRD]
    days = [(each.number, each.since and each.since.day, each.until and each.until.day) for each in office.versions()]
    assert days == [(1, 2, 3), (2, 3, 4), (3, 4, None)]


def test_a_new_issue_in_another_file_is_a_version_too(office: Office) -> None:
    (office.corpus / "lich.txt").unlink()
    office.put("lich-sua.txt", SECOND)
    office.build()
    assert [(each.directive.file, each.until is None) for each in office.versions()] == [
        ("lich.txt", False),
        ("lich-sua.txt", True),
    ]


@pytest.mark.parametrize("text", [FIRST + "\n", FIRST.replace(" ", "  "), FIRST.replace("hóa", "hoá")])
def test_a_file_that_was_only_saved_anew_is_no_version(office: Office, text: str) -> None:
    office.put("lich.txt", text)
    office.build()
    assert office.versions() == ()


def test_another_reading_of_the_same_file_is_no_version(office: Office) -> None:
    def read(path: Path, **said: object) -> object:
        return tuple(
            each.model_copy(update={"printed": Printed(text=each.printed.text.upper() + " Thêm")})
            for each in STEPS.read(path, **said)
        )

    office.build(STEPS._replace(read=read, version="2"))  # type: ignore[arg-type]
    office.put("lich.txt.yaml", "audience: member")
    office.build(STEPS._replace(read=read, version="3"))  # type: ignore[arg-type]
    assert office.versions() == ()


def test_a_text_that_stands_under_another_name_beside_the_new_one_is_no_version(office: Office) -> None:
    office.put("a-lich.txt", SECOND)  # takes the name over, and the other gets one of its own
    office.build()
    assert office.versions() == ()
    (office.corpus / "lich.txt").unlink()
    office.build()
    assert office.versions() == ()


def test_the_versions_of_a_paper_that_was_taken_away_stay(office: Office) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    (office.corpus / "lich.txt").unlink()
    office.build()
    assert office.kept() == [FIRST]


def test_versions_are_never_searched(office: Office) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    catalog = open_current(office.library).catalog
    assert not any("03" in passage.text for passage in catalog.passages(range(catalog.size)))


def test_a_library_never_built_has_no_versions(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        versions(tmp_path)


def test_nothing_is_built_where_a_classified_paper_could_not_be_taken_out_of_the_versions(office: Office) -> None:
    (office.library / FILE).write_bytes(b"not a database" * 999)
    with pytest.raises(HistoryDamaged):
        office.build()


def test_a_full_disk_is_no_damage(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def fail(path: Path, **said: object) -> sqlite3.Connection:
        if Path(path).name == FILE:
            raise sqlite3.OperationalError("database or disk is full")
        return connect(path, **said)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr("index.history.sqlite3.connect", fail)
    with pytest.raises(BuildFailed):
        office.build()


def _damage(office: Office, column: str, value: object) -> None:
    with closing(sqlite3.connect(office.library / FILE)) as base, base:
        base.execute(f"UPDATE versions SET {column} = ? WHERE number = 1", (value,))


@pytest.mark.parametrize("column", ["fields", "printed", "until"])
@pytest.mark.parametrize("value", ["{", b"\xff\xfe"])
def test_a_stored_version_that_cannot_be_read_is_left_out_with_a_word(
    office: Office, column: str, value: object
) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    office.put("lich.txt", THIRD)
    office.build()
    _damage(office, column, value)
    office.put("z.txt", "MẬT\nKhông liên quan.")
    office.build()
    told: list[tuple[DirectiveId, int]] = []
    found = versions(office.library, unreadable=lambda name, number: told.append((name, number)))
    assert ([each.number for each in found[MEETING]], told) == ([2, 3], [(MEETING, 1)])


def test_versions_of_a_folder_that_must_not_be_written_are_read(office: Office) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    before = sorted(path.name for path in office.library.iterdir())
    for path in (office.library / FILE, office.library):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert office.kept() == [FIRST, SECOND]
    finally:
        office.library.chmod(0o755)
    assert sorted(path.name for path in office.library.iterdir()) == before


def test_versions_that_another_program_holds_are_no_damage(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    connect = sqlite3.connect
    with closing(connect(office.library / FILE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("index.history.sqlite3.connect", lambda path, **said: connect(path, timeout=0, **said))
        with pytest.raises(HistoryClosed, match="locked"):
            office.versions()
        with pytest.raises(HistoryClosed, match="locked"):
            forget_versions(office.library, [MEETING])


def test_versions_kept_by_another_program_are_not_touched(office: Office) -> None:
    with closing(sqlite3.connect(office.library / FILE)) as base:
        base.execute("PRAGMA user_version = 99")
    with pytest.raises(HistoryDamaged):
        versions(office.library)
    with pytest.raises(HistoryDamaged):
        office.build()


# -- forgotten


def test_versions_that_are_to_be_forgotten_are_nowhere_on_the_disk(office: Office) -> None:
    office.put("khac.txt", "Khác\nMột văn bản khác hẳn.")
    office.put("lich.txt", SECOND)
    office.build()
    assert forget_versions(office.library, [MEETING]) == 1
    assert office.kept() == []
    assert "ngày 03 hằng".encode() not in _every_byte(office.library)
    assert len(versions(office.library)) == 1
    office.build()
    assert office.kept() == []
    office.put("lich.txt", THIRD)
    office.build()
    assert office.kept() == [SECOND, THIRD]


def test_nothing_is_forgotten_of_a_paper_without_versions(office: Office) -> None:
    assert forget_versions(office.library, [MEETING]) == 0


def test_nothing_is_forgotten_while_a_build_runs(office: Office) -> None:
    with locked(office.library), pytest.raises(BuildBusy):
        forget_versions(office.library, [MEETING])


# -- classified


def _mark_text(office: Office) -> None:
    office.put("lich.txt", "MẬT\n" + THIRD)


def _mark_name(office: Office) -> None:
    (office.corpus / "lich.txt").rename(office.corpus / "mật.txt")


def _mark_and_move(office: Office) -> None:
    (office.corpus / "lich.txt").unlink()
    office.put("z.txt", "MẬT\n" + THIRD)


def _mark_and_put_another_in_its_place(office: Office) -> None:
    _mark_and_move(office)
    office.put("lich-khac.txt", "Lịch khác\nKhông có gì ở đây.")


@pytest.mark.parametrize("mark", [_mark_text, _mark_name, _mark_and_move, _mark_and_put_another_in_its_place])
def test_a_paper_found_classified_later_leaves_no_version(office: Office, mark: Callable[[Office], None]) -> None:
    office.put("lich.txt", SECOND)
    office.build()
    mark(office)
    office.build()
    assert office.versions() == ()
    assert "nhà văn hóa".encode() not in _every_byte(office.library)


def test_a_classified_paper_takes_no_versions_of_others_away(office: Office) -> None:
    office.put("lich.txt", SECOND)
    office.put("z.txt", "MẬT\nKhông liên quan.")
    office.build()
    office.put("lich.txt", THIRD)
    office.build()
    assert office.kept() == [FIRST, SECOND, THIRD]


# -- killed


KILLED = """
from pathlib import Path
from index.build import build_library
from tests.test_build import STEPS, WordHashes
build_library(Path({corpus!r}), Path({library!r}), encoder=WordHashes(), steps=STEPS)
"""


def _build_until_killed(office: Office, at: str) -> None:
    code = KILLED.format(corpus=str(office.corpus), library=str(office.library))
    environment = {**os.environ, "DIRECTIVE_BOT_STOP_AT": at}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=Path(__file__).parents[1], timeout=60)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before_history", "before_switch", "after_switch"])
def test_a_build_that_is_killed_keeps_each_wording_once(office: Office, moment: str) -> None:
    office.put("lich.txt", SECOND)
    _build_until_killed(office, moment)
    office.build()
    assert office.kept() == [FIRST, SECOND]
    office.put("lich.txt", THIRD)
    office.build()
    assert office.kept() == [FIRST, SECOND, THIRD]


@pytest.mark.slow
def test_a_wording_that_answers_on_after_a_killed_build_is_no_older_one(office: Office) -> None:
    office.put("lich.txt", SECOND)
    _build_until_killed(office, "before_switch")
    assert office.versions() == ()


# -- differences


def test_differences_are_words_with_what_stands_around_them() -> None:
    before = Printed(text="Chi bộ họp ngày 03 hằng tháng.\nBáo cáo Đảng ủy.")
    after = Printed(text="Chi bộ họp ngày 05 hằng tháng.\nBáo cáo ngay Đảng ủy.")
    found = differences(before, after)
    assert [(each.lead, each.before, each.after, each.rest) for each in found] == [
        ("Chi bộ họp ngày", "03", "05", "hằng tháng. Báo cáo ngay Đảng"),
        ("ngày 05 hằng tháng. Báo cáo", "", "ngay", "Đảng ủy."),
    ]
    assert words_changed(found) == 2


@pytest.mark.parametrize(
    ("before", "after", "count"), [("a b", "", 2), ("", "a", 1), ("a", "a", 0), ("a  b", "a b", 0)]
)
def test_words_that_came_went_or_changed_are_counted(before: str, after: str, count: int) -> None:
    assert words_changed(differences(Printed(text=before), Printed(text=after))) == count
