"""``/canbosung``: what the papers of the library name, and it does not hold."""

from __future__ import annotations

from bot import texts
from bot.state import overrides
from bot.validity.waiting import waiting_lines
from index import BuildReport, Trouble
from tests.administration.office import ADMINISTRATOR
from tests.validity.conftest import built
from tests.validity.papers import NAMES_IT_TOO, NAMES_MISSING, OLDEST, Paper, write_papers


def listed(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("•")]


def test_a_missing_paper_is_named_once_with_all_who_name_it_most_named_first(make_office, tmp_path):
    write_papers(tmp_path / "corpus", (OLDEST, NAMES_MISSING, NAMES_IT_TOO))
    said = make_office(over=built(tmp_path)).send(ADMINISTRATOR, "/canbosung")
    assert said.startswith("Cần bổ sung 2 văn bản")
    assert ["99-NQ/TU" in listed(said)[0], "11-KH/ĐU" in listed(said)[1]] == [True, True]
    for how in (
        "   – được thực hiện bởi Kế hoạch 70-KH/ĐU ngày 03/3/2024",
        "   – được thực hiện bởi Kế hoạch 71-KH/ĐU ngày 03/5/2024",
        "   – được thay thế bởi Kế hoạch 70-KH/ĐU ngày 03/3/2024",
    ):
        assert said.count(how) == 1


def test_a_paper_that_has_come_is_no_longer_missing(make_office, tmp_path):
    write_papers(tmp_path / "corpus", (NAMES_IT_TOO,))
    office = make_office(over=built(tmp_path))
    assert "99-NQ/TU" in office.send(ADMINISTRATOR, "/canbosung")
    write_papers(
        tmp_path / "corpus", (Paper("99-NQ/TU", "2023-10-01", "Tỉnh ủy Lâm Giang", "về đọc sách", "1. Đọc sách."),)
    )
    built(tmp_path)
    assert office.send(ADMINISTRATOR, "/canbosung") == texts.MISSING_NONE


def test_what_only_a_paper_above_the_ceiling_names_is_not_named(make_office, tmp_path):
    write_papers(tmp_path / "corpus", (OLDEST, NAMES_IT_TOO._replace(audience="committee")))
    office = make_office(over=built(tmp_path), ceiling="member")
    said = office.send(ADMINISTRATOR, "/canbosung")
    assert (said.startswith(texts.ADMIN_HIDDEN_DIRECTIVES), "99-NQ/TU" in said) == (True, False)


def test_what_waits_is_counted_in_a_line_each(register):
    proposals, missing = waiting_lines(register.known())
    assert proposals == texts.PROPOSALS_WAIT.format(count=len(register.known().proposals))
    assert missing == texts.MISSING_WAIT.format(count=2)


def test_where_nothing_waits_there_is_no_line(make_register, tmp_path):
    write_papers(tmp_path / "corpus", (OLDEST,))
    assert waiting_lines(make_register(over=built(tmp_path)).known()) == []


def test_what_a_withdrawn_paper_names_is_not_missed(make_office, database, tmp_path):
    write_papers(tmp_path / "corpus", (NAMES_IT_TOO,))
    library = built(tmp_path)
    office, paper = make_office(over=library), library.list()[0]
    with database.transaction() as db:
        overrides.save(db, paper.id, file=paper.file, audience=None, withdrawn=True, now=office.now)
    assert office.send(ADMINISTRATOR, "/canbosung") == texts.MISSING_NONE


def test_files_with_pages_that_could_not_be_read_well_are_counted(make_register, tmp_path):
    write_papers(tmp_path / "corpus", (OLDEST,))
    codes = ("weak_pages", "unread_pages", "two_sources")
    report = BuildReport(
        added=0, changed=0, unchanged=0, removed=0, skipped=(), passages=0, seconds=0,
        troubles=tuple(Trouble(path=f"{code}.pdf", code=code) for code in codes),
    )  # fmt: skip
    known = make_register(over=built(tmp_path)).known()
    assert waiting_lines(known, report) == [texts.SCANS_WEAK.format(count=2)]
