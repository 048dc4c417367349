"""Files on the administrators' page: read, corrected, taken in or dropped; and the list that they come into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.channels.web.corpus_desk import Arrival
from bot.state import audit, overrides, relation_decisions
from bot.state.database import Database
from index import read_sidecar
from tests.corpus.fakes import paper
from tests.corpus.shelves import ADMIN, NOW, PAGED, TEXT, Office
from tests.reading.pdf_fixture import pdf_of

CLAUSE = "3. Chỉ thị này thay thế Chỉ thị số 31-CT/ĐU, ngày 05/02/2026 của Đảng ủy phường Bình An."
REPLACING = paper("40-CT/ĐU").replace("Nơi nhận:".encode(), f"{CLAUSE}\n\nNơi nhận:".encode())


@pytest.fixture
def office(tmp_path: Path, database: Database, wait: Any) -> Iterator[Office]:
    made = Office(tmp_path, database, wait)
    yield made
    made.settle()


def field(arrival: Arrival, key: str) -> str:
    return next(each.value for each in arrival.fields if each.key == key)


# ------------------------------------------------------------------------------------------------------------ arriving
def test_a_file_is_shown_before_anything_of_it_is_in_the_corpus(office: Office) -> None:
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    assert (field(arrival, "number"), field(arrival, "date")) == ("32-CT/ĐU", "05/02/2026")
    assert sorted(path.name for path in office.corpus.iterdir()) == [TEXT, PAGED]


def test_an_accepted_file_is_answered_from_with_what_was_corrected(office: Office) -> None:
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    amended = office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "number": "34-CT/ĐU", "audience": "cấp ủy"})
    assert amended is not None
    assert office.desk.accept(ADMIN, arrival.ticket, mark=amended.mark) == "moi.txt"
    office.settle()
    assert [each.audience for each in office.library.find("34-CT/ĐU")] == ["committee"]
    with office.database.reading() as db:
        assert [each.action for each in audit.entries(db)] == ["corpus.add"]


def test_a_bad_correction_is_said_beside_its_field_and_forgotten(office: Office) -> None:
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    amended = office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "date": "hôm qua"})
    assert amended is not None
    assert list(amended.faults) == ["date"]
    again = office.desk.amend(ADMIN, arrival.ticket, {})
    assert again is not None
    assert field(again, "date") == "05/02/2026"


def test_a_classified_file_is_refused_and_leaves_nothing(office: Office) -> None:
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU", mark="TỐI MẬT"))
    assert (arrival.ticket, "TỐI MẬT" in arrival.refusal) == ("", True)
    assert [path for path in office.corpus.parent.rglob("*") if path.is_file() and path.name == "moi.txt"] == []


def test_what_was_shown_is_what_is_taken_in(office: Office) -> None:
    """A yes to an older state of the row shows the newer one."""
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "title": "khác"})
    shown = office.desk.accept(ADMIN, arrival.ticket, mark=arrival.mark)
    assert isinstance(shown, Arrival)
    assert field(shown, "title") == "khác"
    assert not (office.corpus / "moi.txt").exists()


def test_a_file_is_taken_in_once_and_a_dropped_one_never(office: Office) -> None:
    first, second = office.arrive("a.txt", paper("41-CT/ĐU")), office.arrive("b.txt", paper("42-CT/ĐU"))
    assert office.desk.accept(ADMIN, first.ticket, mark=first.mark) == "a.txt"
    assert office.desk.accept(ADMIN, first.ticket, mark=first.mark) is None
    office.desk.drop(ADMIN, second.ticket)
    assert office.desk.accept(ADMIN, second.ticket, mark=second.mark) is None
    assert office.desk.amend(ADMIN, second.ticket, {}) is None
    assert sorted(path.name for path in office.corpus.iterdir()) == ["a.txt", TEXT, PAGED]


def test_a_new_version_takes_the_place_of_the_old_file_which_is_kept(office: Office) -> None:
    arrival = office.arrive("ban-moi.txt", paper() + "\n3. Thêm một việc.\n".encode())
    assert (arrival.replaces, arrival.notes) == (True, (texts.UPLOAD_TAKEN.format(file=TEXT),))
    office.desk.accept(ADMIN, arrival.ticket, mark=arrival.mark)
    assert sorted(path.name for path in office.corpus.iterdir()) == ["ban-moi.txt", PAGED]
    assert [kept.read_bytes() for kept in office.replaced.iterdir()] == [paper()]


# ------------------------------------------------------------------------------------------------------------ the list
def test_the_list_shows_status_audience_source_and_what_is_withdrawn(office: Office) -> None:
    with office.database.transaction() as db:
        overrides.save(db, office.id_of(PAGED), file=PAGED, audience="public", withdrawn=True, now=NOW)  # type: ignore[arg-type]
    shown = {each.files[0]: each for each in office.desk.listing("", page=1).directives}
    paged, text = shown[PAGED], shown[TEXT]
    assert (paged.withdrawn, paged.audience, paged.audience_by) == (
        True,
        texts.AUDIENCES["public"],
        texts.SHELF_BY_OVERRIDE,
    )
    assert (text.withdrawn, text.status, text.audience_by) == (
        False,
        texts.SHELF_STATUS["in_force"],
        texts.SHELF_BY_DEFAULT,
    )


def test_the_list_is_newest_first_and_is_filtered_by_words_of_anything_it_shows(office: Office) -> None:
    assert [each.files[0] for each in office.desk.listing("", page=1).directives] == [PAGED, TEXT]
    for words in ("ke hoach", "12-KH", "trồng cây", PAGED, "7/02/2026"):
        assert [each.files[0] for each in office.desk.listing(words, page=1).directives] == [PAGED], words
    assert office.desk.listing("nghị quyết", page=1).directives == ()


def test_a_long_list_is_shown_in_pages_and_a_page_beyond_the_last_is_the_last(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.corpus.shelf.PAGE", 1)
    shown = [office.desk.listing("", page=page) for page in (0, 1, 2, 99)]
    assert [each.directives[0].files[0] for each in shown] == [PAGED, PAGED, TEXT, TEXT]
    assert {(each.found, each.pages) for each in shown} == {(2, 2)}


def test_a_file_that_is_gone_or_newer_than_the_library_is_to_be_looked_at(office: Office) -> None:
    (office.corpus / TEXT).unlink()
    shown = {each.files[0]: each.troubles for each in office.desk.listing("", page=1).directives}
    assert shown == {TEXT: (texts.SHELF_FILE_GONE,), PAGED: ()}


def test_what_the_last_build_left_out_is_listed_with_the_reason(office: Office) -> None:
    office.put("mat.txt", paper("50-CT/ĐU", mark="MẬT"))
    office.desk.rebuild(ADMIN)
    office.settle()
    left_out = office.desk.listing("", page=1).left_out
    assert left_out is not None
    assert [(each.file, "MẬT" in each.reason) for each in left_out] == [("mat.txt", True)]
    assert office.desk.building().report[0].startswith("Đã lập chỉ mục")


# ------------------------------------------------------------------------------------------------ pictures and edges
def test_a_page_of_a_paper_is_drawn(office: Office) -> None:
    drawn = office.desk.picture(office.id_of(PAGED), page=2)
    assert drawn is not None
    assert (drawn[0][:8], drawn[1]) == (b"\x89PNG\r\n\x1a\n", "image/png")
    assert office.desk.picture(office.id_of(PAGED), page=3) is None
    assert office.desk.picture(office.id_of(TEXT), page=1) is None


def test_no_picture_is_drawn_of_what_took_the_place_of_a_file(office: Office) -> None:
    """It may be classified: nobody has read it yet."""
    office.put(PAGED, pdf_of([["TUYỆT MẬT", "Số 13-KH/ĐU"]]))
    assert office.desk.picture(office.id_of(PAGED), page=1) is None
    assert texts.READ_PICTURE_NOT_SHOWN in office.understood(PAGED).notes


def test_a_relation_is_rejected_and_confirmed_where_it_is_read(office: Office) -> None:
    office.put("thay-the.txt", REPLACING)
    office.desk.rebuild(ADMIN)
    office.settle()
    link = next(each for each in office.understood("thay-the.txt").links if "31-CT/ĐU" in each.text)
    assert link.key
    seen = []
    for stands in (False, True):
        assert office.desk.decide(ADMIN, link.key, stands=stands)
        after = next(each for each in office.understood("thay-the.txt").links if each.key == link.key)
        seen.append((after.state, office.understood(TEXT).listed.status))
    assert seen == [
        (texts.READ_STANDS_NOT, texts.SHELF_STATUS["in_force"]),
        (texts.READ_STANDS, texts.SHELF_STATUS["replaced"]),
    ]
    assert not office.desk.decide(ADMIN, "none", stands=True)
    with office.database.reading() as db:
        decision = relation_decisions.get(db, link.key)
    assert decision is not None
    assert (decision.stands, decision.decided_by) == (True, "QT-1")


def test_each_page_shows_its_own_part_of_the_tree(office: Office) -> None:
    first, second = (office.understood(PAGED, page=page).sheet for page in (1, 2))
    assert ["mười cây" in each.text for each in first.tree] == [True]
    assert [each.text.split()[0] for each in second.tree] == ["2", "3"]
    assert office.desk.understood(office.id_of(PAGED), page=3) is None


def test_the_sidecar_of_an_accepted_file_holds_only_what_was_corrected(office: Office) -> None:
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    amended = office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "title": "giữ phố sạch"})
    assert amended is not None
    office.desk.accept(ADMIN, arrival.ticket, mark=amended.mark)
    said = read_sidecar(office.corpus / "moi.txt", name="moi.txt")
    assert said.model_dump(exclude_defaults=True) == {"title": "giữ phố sạch"}
