"""The snapshot before answers again, but for what may not come back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from index.build import build_library
from index.errors import (
    BadSidecar,
    BuildBusy,
    BuildFailed,
    CorpusMissing,
    LibraryMissing,
    NoPreviousSnapshot,
    PreviousOutdated,
)
from index.history import versions
from index.library import Library
from index.lock import LOCK
from index.rollback import Rollback, roll_back
from index.searching.snapshot import MANIFEST, current_snapshot, open_current, rolled_back, snapshots_of
from index.types import DirectiveId, Reading
from tests.fakes import WordHashes
from tests.test_build import STEPS, _every_byte, _put, _read

FIRST, SECOND = "Lịch họp\nChi bộ họp ngày 03.", "Lịch họp\nChi bộ họp ngày 05."
MEETING, OTHER = DirectiveId("Lịch"), DirectiveId("Khác")


def _read_with_audience(path: Path, *, name: str, **_: object) -> tuple[Reading, ...]:
    """The audience stands in the sidecar as its whole text; ``?`` is a bad one, and ``%`` in a text is damage."""
    sidecar = path.with_name(path.name + ".yaml")
    said = sidecar.read_text(encoding="utf-8") if sidecar.exists() else None
    if said == "?":
        raise BadSidecar(path=name, fault="bad_value", key="audience", value="?")
    (reading,) = _read(path, name=name)
    directive = reading.directive.model_copy(update={"audience": said})
    return (reading.model_copy(update={"directive": directive}),)


AUDIENCE_STEPS = STEPS._replace(read=_read_with_audience)


class Office:
    def __init__(self, folder: Path) -> None:
        self.corpus, self.library = folder / "corpus", folder / "library"
        self.put("lich.txt", FIRST)
        self.put("khac.txt", "Khác\nMột văn bản khác.")
        self.build()

    def put(self, name: str, text: str) -> Path:
        return _put(self.corpus, name, text)

    def build(self) -> None:
        build_library(self.corpus, self.library, encoder=WordHashes(), steps=AUDIENCE_STEPS)

    def roll_back(self, **said: str) -> Rollback:
        return roll_back(self.corpus, self.library, steps=AUDIENCE_STEPS, **said)  # type: ignore[arg-type]

    def texts(self) -> dict[str, str]:
        """What a library that is opened now holds."""
        library = Library(self.library, WordHashes())
        found = {each.id: library.printed(each.id) for each in library.list()}
        return {name: printed.text for name, printed in found.items() if printed}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """With an issue of a paper that turned out wrong."""
    office = Office(tmp_path)
    office.put("lich.txt", SECOND)
    office.put("moi.txt", "Mới\nMột văn bản mới.")
    office.build()
    return office


def test_the_snapshot_before_answers_again(office: Office) -> None:
    office.roll_back()
    assert office.texts() == {MEETING: FIRST, OTHER: "Khác\nMột văn bản khác."}


def test_it_says_which_one_and_what_changes(office: Office) -> None:
    said = office.roll_back()
    named = [[each.id for each in part] for part in (said.returned, said.gone, said.other, said.hidden)]
    assert (said.snapshot, said.directives, named) == (
        current_snapshot(office.library).name,
        2,
        [[], ["Mới"], [MEETING], []],
    )


def test_an_open_library_follows_by_itself_and_forward_again(office: Office) -> None:
    library = Library(office.library, WordHashes())
    numbers = [len(library.list())]
    office.roll_back()
    numbers.append(len(library.list()))
    office.build()
    numbers.append(len(library.list()))
    assert numbers == [3, 2, 3]


def test_a_later_build_goes_forward_as_if_nothing_had_been(office: Office) -> None:
    office.roll_back()
    office.build()
    assert (office.texts()[MEETING], rolled_back(office.library)) == (SECOND, None)
    assert [each.number for each in versions(office.library)[MEETING]] == [1, 2]


def test_after_a_rollback_the_old_wording_is_the_one_that_answers(office: Office) -> None:
    office.roll_back()
    assert versions(office.library) == {}


def test_it_is_known_that_a_snapshot_answers_again(office: Office) -> None:
    left = current_snapshot(office.library).name
    assert rolled_back(office.library) is None
    office.roll_back(mark="as the folder stands")
    said = rolled_back(office.library)
    assert said is not None
    assert (said.left, said.mark) == (left, "as the folder stands")


# -- what may not come back


def _take_away(office: Office) -> None:
    (office.corpus / "khac.txt").unlink()


def _mark_text(office: Office) -> None:
    office.put("khac.txt", "MẬT\nMột văn bản khác.")


def _mark_name(office: Office) -> None:
    (office.corpus / "khac.txt").rename(office.corpus / "mật.txt")


def _narrow(office: Office) -> None:
    office.put("khac.txt.yaml", "committee")


def _spoil_sidecar(office: Office) -> None:
    office.put("khac.txt.yaml", "?")


@pytest.mark.parametrize("change", [_take_away, _mark_text, _mark_name, _narrow, _spoil_sidecar])
@pytest.mark.parametrize("taken_in", [True, False], ids=["before the last build", "after it"])
def test_what_was_taken_away_classified_or_narrowed_stays_hidden(
    tmp_path: Path, change: Callable[[Office], None], taken_in: bool
) -> None:
    office = Office(tmp_path)
    office.put("lich.txt", SECOND)
    if not taken_in:
        office.build()
    change(office)
    if taken_in:
        office.build()
    try:
        said = office.roll_back()
    except NoPreviousSnapshot:  # a build that finds a classified paper keeps no snapshot before it
        assert (taken_in, change in (_mark_text, _mark_name)) == (True, True)
        return
    assert ([each.id for each in said.hidden], said.classified) == ([OTHER], change in (_mark_text, _mark_name))
    assert office.texts() == {MEETING: FIRST}


def test_the_nightly_look_is_not_held_back_from_taking_a_classified_paper_off_the_disk(office: Office) -> None:
    _mark_text(office)
    office.roll_back(mark="as the folder stands")
    said = rolled_back(office.library)
    assert said is not None
    assert said.mark == ""
    office.build()
    assert "văn bản khác".encode() not in _every_byte(office.library)


def test_what_is_hidden_is_nobodys_in_any_way_to_ask(office: Office) -> None:
    _take_away(office)
    office.roll_back()
    library, everything = Library(office.library, WordHashes()), frozenset((OTHER, MEETING))
    for visible in (None, everything):
        found = library.search("Một văn bản khác", visible=visible)
        assert OTHER not in {hit.directive.id for hit in found.hits} | {near.id for near in found.nearest}
        assert library.printed(OTHER, visible=visible) is None
        assert library.info(visible=visible).directives == 1
    assert OTHER not in library.relations()


@pytest.mark.parametrize(
    ("then", "now", "comes_back"),
    [
        (None, "member", True),
        (None, "public", True),
        ("committee", "member", True),
        ("public", None, False),
        ("secretary", "secretary:Tổ 3", False),
        ("cell:Tổ 3", "cell:Tổ 4", False),
    ],
)
def test_a_paper_comes_back_only_where_all_who_saw_it_then_may_see_it_now(
    tmp_path: Path, then: str | None, now: str | None, comes_back: bool
) -> None:
    office = Office(tmp_path)
    sidecar = office.corpus / "khac.txt.yaml"
    for audience in (then, now):
        sidecar.unlink(missing_ok=True)
        if audience:
            sidecar.write_text(audience, encoding="utf-8")
        office.build()
    office.roll_back()
    assert (OTHER in office.texts()) is comes_back


def test_a_file_that_was_moved_is_still_there(office: Office) -> None:
    (office.corpus / "khac.txt").rename(office.corpus / "dời.txt")
    office.roll_back()
    assert OTHER in office.texts()


def test_a_file_that_is_damaged_now_may_be_why_one_goes_back(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.put("khac.txt", "%")
    office.build()
    assert OTHER not in office.texts()
    office.roll_back()
    assert OTHER in office.texts()


def test_a_file_of_two_that_hold_a_paper_is_enough_unless_the_other_is_classified(tmp_path: Path) -> None:
    office = Office(tmp_path)
    copy = office.put("khac-2.txt", "Khác\nMột văn bản khác.")
    for text in (SECOND, FIRST):
        office.put("lich.txt", text)
        office.build()
    _take_away(office)
    office.roll_back()
    assert OTHER in office.texts()
    office.build()
    office.put("lich.txt", SECOND)
    office.build()
    copy.write_text("MẬT\nkhác", encoding="utf-8")
    office.roll_back()
    assert OTHER not in office.texts()


# -- when it cannot be


def test_there_is_nothing_before_the_first_snapshot(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with pytest.raises(NoPreviousSnapshot):
        office.roll_back()


def test_a_second_rollback_does_not_go_forward(office: Office) -> None:
    office.roll_back()
    before = current_snapshot(office.library)
    with pytest.raises(NoPreviousSnapshot):
        office.roll_back()
    assert current_snapshot(office.library) == before


@pytest.mark.parametrize(("key", "value"), [("reader", "2"), ("fingerprint", "another"), ("schema_version", 0)])
def test_a_snapshot_that_other_code_or_another_encoder_made_is_not_gone_back_to(
    office: Office, key: str, value: object
) -> None:
    (older,) = (path for path in snapshots_of(office.library).iterdir() if path != current_snapshot(office.library))
    manifest = older / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_bytes()), key: value}), encoding="utf-8")
    with pytest.raises(PreviousOutdated):
        office.roll_back()
    assert office.texts()[MEETING] == SECOND


def test_a_snapshot_that_is_not_whole_is_not_gone_back_to(office: Office) -> None:
    (older,) = (path for path in snapshots_of(office.library).iterdir() if path != current_snapshot(office.library))
    (older / "vectors.faiss").unlink()
    with pytest.raises(BuildFailed):
        office.roll_back()
    assert office.texts()[MEETING] == SECOND


def test_it_waits_for_no_build_and_does_nothing_beside_one(office: Office) -> None:
    with (office.library / LOCK).open("w") as handle:
        flock(handle, LOCK_EX)
        with pytest.raises(BuildBusy):
            office.roll_back()


def test_without_a_corpus_nobody_knows_what_must_stay_hidden(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        roll_back(tmp_path / "nowhere", office.library, steps=STEPS)
    with pytest.raises(LibraryMissing):
        roll_back(office.corpus, tmp_path / "nowhere", steps=STEPS)
    assert not (tmp_path / "nowhere").exists()


def test_a_note_of_what_is_hidden_that_cannot_be_read_shows_nothing(office: Office) -> None:
    office.roll_back()
    (current_snapshot(office.library) / "rollback.json").write_text("{", encoding="utf-8")
    with pytest.raises(Exception, match="opened"):
        open_current(office.library)


KILLED = """
from pathlib import Path
from index.rollback import roll_back
from tests.test_rollback import AUDIENCE_STEPS
roll_back(Path({corpus!r}), Path({library!r}), steps=AUDIENCE_STEPS)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "held"), [("before_switch_back", 3), ("after_switch_back", 1)])
def test_a_rollback_that_is_killed_leaves_the_one_or_the_other(office: Office, moment: str, held: int) -> None:
    _take_away(office)
    code = KILLED.format(corpus=str(office.corpus), library=str(office.library))
    environment = {**os.environ, "DIRECTIVE_BOT_STOP_AT": moment}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=Path(__file__).parents[1], timeout=60)
    assert (done.returncode, len(office.texts())) == (-signal.SIGKILL, held)
