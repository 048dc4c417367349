"""Files on the administrators' page: read, corrected, taken in or dropped; and the list that they come into."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.channels.web.corpus_desk import Arrival
from bot.errors import ChildFailed
from bot.state import audit, overrides, relation_decisions
from bot.state.database import Database
from index import Library, read_sidecar
from tests.corpus.fakes import TWO_IN_ONE, paper, pictures_of
from tests.corpus.shelves import ADMIN, NOW, PAGED, TEXT, Office
from tests.programs import needs
from tests.reading.pdf_fixture import pdf_of

CLAUSE = "3. Chỉ thị này thay thế Chỉ thị số 31-CT/ĐU, ngày 05/02/2026 của Đảng ủy phường Bình An."
REPLACING = paper("40-CT/ĐU").replace("Nơi nhận:".encode(), f"{CLAUSE}\n\nNơi nhận:".encode())

PICTURED_PAGES = (
    (
        "ĐẢNG ỦY PHƯỜNG BÌNH AN",
        "Số 60-KH/ĐU",
        "Bình An, ngày 09 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "trồng cây đầu xuân",
        "-----",
        "1. Mỗi khu phố trồng mười cây bóng mát.",
    ),
    ("2. Văn phòng theo dõi việc thực hiện kế hoạch này.",),
    ("3. Các chi bộ nắm tình hình và báo cáo hằng tuần.",),
)


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


def test_a_row_tells_what_to_beware_of(office: Office) -> None:
    data = paper("19-CT/ĐU", mark="DỰ THẢO\n\nLưu hành nội bộ")
    assert set(office.arrive("du-thao.txt", data).notes) == {
        texts.UPLOAD_DRAFT,
        texts.UPLOAD_CIRCULATION.format(mark="Lưu hành nội bộ"),
    }
    attached = office.arrive("kem-theo.txt", TWO_IN_ONE).notes
    assert [note.partition(":")[0] for note in attached] == [texts.UPLOAD_ATTACHED.partition(":")[0]]


@pytest.mark.slow
def test_pictures_that_come_together_are_one_paper_in_the_order_of_their_numbers(office: Office) -> None:
    needs("tesseract")
    pages = dict(zip(("trang 1.PNG", "trang 2.png", "trang 10.png"), pictures_of(PICTURED_PAGES), strict=True))
    arrival = office.desk.arrive_as_one(ADMIN, reversed(pages.items()))
    assert field(arrival, "number") == "60-KH/ĐU"
    assert arrival.notes == (texts.ARRIVE_PAGES.format(count=3, names=", ".join(pages)),)
    taken = office.desk.accept(ADMIN, arrival.ticket, mark=arrival.mark)
    office.settle()
    printed = office.library.printed(office.library.find("60-KH/ĐU")[0].id)
    assert printed is not None
    assert [printed.page_at(printed.text.index(words)) for words in ("mười", "Văn phòng", "nắm tình")] == [1, 2, 3]
    assert sorted(path.name for path in office.corpus.iterdir()) == sorted([str(taken), TEXT, PAGED])


def test_a_picture_that_is_none_is_named_and_nothing_stays(office: Office) -> None:
    (good,) = pictures_of(PICTURED_PAGES[:1])
    arrival = office.desk.arrive_as_one(ADMIN, [("1.png", good), ("2.png", b"no picture")])
    assert (arrival.name, arrival.ticket, arrival.refusal) == ("2.png", "", texts.UPLOAD_REASONS["damaged"])
    assert [path for path in (office.corpus.parent / "staged").rglob("*") if path.is_file()] == []


def test_more_pictures_than_a_paper_may_have_are_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.corpus.receiving.MOST", 1)
    arrival = office.desk.arrive_as_one(ADMIN, [("1.png", b"1"), ("2.png", b"2")])
    assert arrival.refusal == texts.ARRIVE_PAGES_MOST.format(most=1)


def test_a_file_is_not_read_again_to_be_shown_as_it_was(office: Office) -> None:
    """A long scan takes minutes."""
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    path = office.staging.path(arrival.ticket)
    assert path is not None
    path.write_bytes(paper("33-CT/ĐU"))
    shown = office.desk.amend(ADMIN, arrival.ticket, {})
    assert shown is not None
    assert field(shown, "number") == "32-CT/ĐU"
    amended = office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "title": "khác"})
    assert amended is not None
    assert (field(amended, "number"), field(amended, "title")) == ("33-CT/ĐU", "khác")


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
        assert office.desk.decide(ADMIN, link.key, was=link.decided, stands=stands)
        link = after = next(each for each in office.understood("thay-the.txt").links if each.key == link.key)
        seen.append((after.state, office.understood(TEXT).listed.status))
    assert seen == [
        (texts.READ_STANDS_NOT, texts.SHELF_STATUS["in_force"]),
        (texts.READ_STANDS, texts.SHELF_STATUS["replaced"]),
    ]
    assert office.desk.decide(ADMIN, "none", was=None, stands=True) is None
    with office.database.reading() as db:
        decision = relation_decisions.get(db, link.key)
    assert decision is not None
    assert (decision.stands, decision.decided_by) == (True, "QT-1")


def test_what_was_decided_is_taken_back_where_it_is_read(office: Office) -> None:
    office.put("thay-the.txt", REPLACING)
    office.desk.rebuild(ADMIN)
    office.settle()
    (link,) = (each for each in office.understood("thay-the.txt").links if each.key)
    seen = []
    for stands in (False, None, None):
        assert office.desk.decide(ADMIN, link.key, was=link.decided, stands=stands)
        link = next(each for each in office.understood("thay-the.txt").links if each.key)
        seen.append((link.state, link.decided))
    assert seen == [(texts.READ_STANDS_NOT, False), (texts.READ_STANDS, None), (texts.READ_STANDS, None)]
    with office.database.reading() as db:
        assert relation_decisions.everything(db) == {}
        assert [each.action for each in audit.entries(db) if each.action.startswith("relation")] == [
            "relation.reject",
            "relation.reset",
        ]


def test_a_decision_on_a_paper_holds_for_what_was_issued_with_it(office: Office) -> None:
    office.put("hai.txt", TWO_IN_ONE)
    clause = "3. Chỉ thị này thay thế Quyết định số 61-QĐ/ĐU, ngày 12/01/2026 của Đảng ủy phường Bình An."
    office.put("thay-the.txt", paper("40-CT/ĐU").replace("Nơi nhận:".encode(), f"{clause}\n\nNơi nhận:".encode()))
    office.desk.rebuild(ADMIN)
    office.settle()
    (link,) = (each for each in office.understood("thay-the.txt").links if each.key)
    assert len(office.library.find("61-QĐ/ĐU")) == 2
    for was, stands, status in ((None, False, "in_force"), (False, True, "replaced")):
        assert office.desk.decide(ADMIN, link.key, was=was, stands=stands)
        shown = {each.status for each in office.desk.listing("61-QĐ", page=1).directives}
        assert shown == {texts.SHELF_STATUS[status]}


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


# ------------------------------------------------------------------------------------------------- two things at once
def fail(error: Exception) -> Callable[..., Any]:
    def failing(*_: Any, **__: Any) -> Any:
        raise error

    return failing


def at_once(*works: Callable[[], Any]) -> list[Any]:
    barrier = threading.Barrier(len(works))

    def begun(work: Callable[[], Any]) -> Any:
        barrier.wait(20)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result(20) for done in [pool.submit(begun, work) for work in works]]


def test_of_two_clicks_one_takes_the_new_version_in_and_the_paper_stays(office: Office) -> None:
    """Both come while another file is being read."""
    arrival = office.arrive("ban-moi.txt", paper() + "\n3. Thêm một việc.\n".encode())
    assert office.staging.one_at_a_time.acquire()
    accept = lambda: office.desk.accept(ADMIN, arrival.ticket, mark=arrival.mark)  # noqa: E731
    release = office.staging.one_at_a_time.release
    taken = at_once(accept, accept, release)
    assert sorted(map(str, taken)) == ["None", "None", "ban-moi.txt"]
    assert sorted(path.name for path in office.corpus.iterdir()) == ["ban-moi.txt", PAGED]
    with office.database.reading() as db:
        assert [each.action for each in audit.entries(db)] == ["corpus.add"]


def test_two_papers_of_one_name_are_both_taken_in(office: Office) -> None:
    rows = [office.arrive("moi.txt", paper(number)) for number in ("32-CT/ĐU", "33-CT/ĐU")]
    paths = [office.staging.path(row.ticket) for row in rows]
    accept = [lambda path=path: office.staging.accept(path, by="1", now=NOW) for path in paths]
    assert sorted(at_once(*accept)) == ["moi-2.txt", "moi.txt"]


def test_a_file_that_cannot_be_read_again_says_why_and_still_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival, words = office.arrive("moi.txt", paper("32-CT/ĐU")), texts.UPLOAD_REASONS["damaged"]
    with monkeypatch.context() as patched:
        patched.setattr("tests.corpus.shelves.read_directives", fail(ChildFailed("damaged", {})))
        shown = office.desk.amend(ADMIN, arrival.ticket, {**arrival.values, "title": "khác"})
        assert shown is not None
        assert (shown.faults, field(shown, "number")) == ({"": words}, "32-CT/ĐU")
        patched.undo()
        patched.setattr("bot.corpus.receiving._KEPT", 1)
        office.arrive("khac.txt", paper("33-CT/ĐU"))  # the first is remembered no longer
        patched.setattr("tests.corpus.shelves.read_directives", fail(ChildFailed("damaged", {})))
        forgotten = office.desk.amend(ADMIN, arrival.ticket, {})
        assert forgotten == Arrival(name="moi.txt", ticket=arrival.ticket, refusal=words)
        assert office.desk.accept(ADMIN, arrival.ticket, mark="old") == forgotten
    retried = office.desk.amend(ADMIN, arrival.ticket, {})
    assert retried is not None
    assert field(retried, "number") == "32-CT/ĐU"


def test_a_full_disk_is_told_and_nothing_is_half_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (good,) = pictures_of(PICTURED_PAGES[:1])
    arrival = office.arrive("moi.txt", paper("32-CT/ĐU"))
    with monkeypatch.context() as patched:
        patched.setattr("bot.corpus.staging._write_whole", fail(OSError(28, "No space left on device")))
        assert office.arrive("khac.txt", paper("33-CT/ĐU")).refusal == texts.ARRIVE_DISK
        assert office.desk.arrive_as_one(ADMIN, [("1.png", good)]).refusal == texts.ARRIVE_DISK
        shown = office.desk.accept(ADMIN, arrival.ticket, mark=arrival.mark)
    assert isinstance(shown, Arrival)
    assert (shown.faults, shown.ticket) == ({"": texts.ARRIVE_DISK}, arrival.ticket)
    assert [folder.name for folder in (office.corpus.parent / "staged").iterdir()] == [arrival.ticket]
    assert office.desk.accept(ADMIN, arrival.ticket, mark=shown.mark) == "moi.txt"


def test_what_a_colleague_decided_after_the_page_was_opened_is_not_overwritten(office: Office) -> None:
    office.put("thay-the.txt", REPLACING)
    office.desk.rebuild(ADMIN)
    office.settle()
    (key,) = (each.key for each in office.understood("thay-the.txt").links if each.key)
    assert office.desk.decide(ADMIN, key, was=None, stands=False)
    assert office.desk.decide(ADMIN, key, was=None, stands=True) is False
    assert office.desk.decide(ADMIN, key, was=None, stands=False)  # clicked twice
    with office.database.reading() as db:
        assert relation_decisions.everything(db) == {key: False}


def test_a_page_and_its_picture_read_the_file_through_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    found, read = Library.is_as_read, []

    def counted(*arguments: Any) -> bool:
        read.append(arguments)
        return found(*arguments)

    monkeypatch.setattr(Library, "is_as_read", counted)
    monkeypatch.setattr("bot.corpus.desk._TICK", 0)
    assert office.understood(PAGED).sheet.has_picture
    assert office.desk.picture(office.id_of(PAGED), page=1)
    assert len(read) == 1
    office.put(PAGED, pdf_of([["TUYỆT MẬT", "Số 13-KH/ĐU"]]))
    assert office.desk.picture(office.id_of(PAGED), page=1) is None
