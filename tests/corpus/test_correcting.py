"""A correction on the page: the sidecar changes and what members are answered, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.channels.web.corpus_desk import Correcting as Given
from bot.channels.web.corpus_desk import Correction, Saved
from bot.corpus.child import Job, Said
from bot.corpus.correcting import Correcting
from bot.people.access import Asker, rights
from bot.state import audit, overrides
from bot.state.database import Database
from bot.state.members import Member, Role
from index import Printed, Scan, read_sidecar
from tests.corpus.fakes import TWO_IN_ONE, paper
from tests.corpus.shelves import ADMIN, NOW, PAGED, TEXT, Office


@pytest.fixture
def office(tmp_path: Path, database: Database, wait: Any) -> Iterator[Office]:
    made = Office(tmp_path, database, wait)
    yield made
    made.settle()


def test_a_corrected_number_is_what_the_directive_is_found_by(office: Office) -> None:
    assert office.correct(TEXT, number="33-CT/ĐU").changed
    office.settle()
    assert [each.file for each in office.library.find("33-CT/ĐU")] == [TEXT]
    assert office.library.find("31-CT/ĐU") == ()
    assert office.understood(TEXT).form.values["number"] == "33-CT/ĐU"


def test_an_emptied_field_is_read_from_the_paper_again(office: Office) -> None:
    office.correct(TEXT, number="33-CT/ĐU", title="giữ phố sạch")
    office.settle()
    assert office.correct(TEXT, number="").changed
    office.settle()
    assert office.library.find("31-CT/ĐU")[0].title == "giữ phố sạch"
    assert read_sidecar(office.corpus / TEXT, name=TEXT).number is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", "không phải số"), ("date", "31/02/2026"), ("type", "xyz"), ("audience", "chi bộ Mặt Trăng")],
)
def test_a_bad_value_leaves_the_sidecar_and_the_library_as_they_were(office: Office, field: str, value: str) -> None:
    (office.corpus / f"{TEXT}.yaml").write_text("title: của tôi  # lời riêng\n", encoding="utf-8")
    before = office.sidecar(TEXT)
    saved = office.correct(TEXT, **{field: value})
    assert (saved.changed, list(saved.faults)) == (False, [field])
    assert value in saved.faults[field]
    assert office.sidecar(TEXT) == before
    assert not office.reindexing.running
    assert not office.replaced.exists()


def test_other_keys_stay_and_the_sidecar_before_is_kept(office: Office) -> None:
    old = "title: giữ phố sạch\nsample: true\n"
    (office.corpus / f"{TEXT}.yaml").write_text(old, encoding="utf-8")
    office.correct(TEXT, date="6/2/2026")
    said = read_sidecar(office.corpus / TEXT, name=TEXT)
    assert (said.title, said.sample, said.date) == ("giữ phố sạch", True, date(2026, 2, 6))
    assert [kept.read_text(encoding="utf-8") for kept in office.replaced.iterdir()] == [old]


def test_what_somebody_else_saved_meanwhile_is_not_undone(office: Office) -> None:
    mark = office.understood(TEXT).form.mark
    office.correct(TEXT, title="giữ phố sạch")
    assert office.correct(TEXT, title="khác", mark=mark).faults == {"": texts.READ_FAULT_CHANGED}
    assert read_sidecar(office.corpus / TEXT, name=TEXT).title == "giữ phố sạch"


def test_nothing_is_written_where_nothing_was_changed(office: Office) -> None:
    saved = office.correct(TEXT)
    assert (saved.changed, saved.faults, office.sidecar(TEXT)) == (False, {}, "")


def test_an_attached_paper_has_fields_of_its_own(office: Office) -> None:
    office.put("hai.txt", TWO_IN_ONE)
    office.desk.rebuild(ADMIN)
    office.settle()
    decision, attached = sorted(office.library.find("61-QĐ/ĐU"), key=lambda each: each.attached_to is not None)
    read = office.desk.understood(attached.id, page=1)
    assert read is not None
    assert (read.form.values["title"], read.form.values["attached_type"]) == (decision.title, "Quy chế")
    assert next(each.value for each in read.fields if each.key == "attached_to") == "Quyết định 61-QĐ/ĐU"
    values = {**read.form.values, "attached_title": "tiếp công dân", "draft": ""}
    saved = office.desk.correct(ADMIN, attached.id, Given(values=values, mark=read.form.mark))
    assert saved == Saved(changed=True)
    office.settle()
    assert read_sidecar(office.corpus / "hai.txt", name="hai.txt").model_dump(exclude_defaults=True) == {
        "attached": {"title": "tiếp công dân"}
    }
    titles = {each.title for each in office.library.find("61-QĐ/ĐU")}
    assert titles == {decision.title, "tiếp công dân"}
    again = office.correct("hai.txt", attached_title="", attached_type="thơ")
    assert list(again.faults) == ["attached_type"]
    assert office.correct("hai.txt", attached_title="").changed
    assert office.sidecar("hai.txt") == ""


def test_a_misread_word_is_put_right_in_what_is_quoted(office: Office) -> None:
    pair = Correction(read="bóng mát", meant="ăn quả", page=1)
    assert office.correct(PAGED, corrections=(pair,)).changed
    office.settle()
    printed = office.library.printed(office.library.find("12-KH/ĐU")[0].id)
    assert printed is not None
    assert "mười cây ăn quả" in printed.text
    assert office.understood(PAGED).form.corrections == (pair,)


@pytest.mark.parametrize(
    ("read", "page", "words"),
    [
        ("chữ không có", None, texts.READ_FAULT_NOT_MET.format(value="chữ không có")),
        ("bóng mát", 2, texts.READ_FAULT_NOT_MET.format(value="bóng mát")),
        ("bóng mát", 7, texts.READ_FAULT_PAGE.format(value=7)),
        ("", 1, texts.READ_FAULT_PAIR),
    ],
)
def test_a_correction_that_meets_nothing_is_refused(office: Office, read: str, page: int | None, words: str) -> None:
    saved = office.correct(PAGED, corrections=(Correction(read=read, meant="khác", page=page),))
    assert saved.faults == {"corrections": words}
    assert office.sidecar(PAGED) == ""


def test_a_scan_is_not_read_again_to_try_a_sidecar_and_a_bad_one_is_refused_all_the_same(office: Office) -> None:
    def read(job: Job) -> Said:
        raise AssertionError("a scan takes minutes")

    correcting = Correcting(office.staging, office.database, cells=lambda: (), aside=office.corpus.parent, read=read)
    directive = office.library.find("12-KH/ĐU")[0]
    printed = Printed(text="chỉ bộ họp", page_starts=(0,), scans=(Scan(page=1, confidence=80, weak_words=("chỉ",)),))
    form = correcting.form(directive, None)

    def save(meant: str, **values: str) -> Saved:
        pair = Correction(read="chỉ", meant=meant, page=1)
        given = Given(values={**form.values, **values}, corrections=(pair,), mark=form.mark)
        return correcting.save(directive, None, given, printed=printed, by="QT-1", now=NOW)

    assert list(save("chi", number="không phải số").faults) == ["number"]
    assert office.sidecar(PAGED) == ""
    assert save("chi").changed
    assert [each.meant for each in read_sidecar(office.corpus / PAGED, name=PAGED).corrections] == ["chi"]


def test_a_correction_never_makes_a_paper_pass_as_another_than_it_can_be_read(office: Office) -> None:
    """A stamp that the correction would make is one."""
    saved = office.correct(PAGED, corrections=(Correction(read="trồng cây đầu xuân", meant="TỐI MẬT", page=1),))
    assert (saved.changed, list(saved.faults), office.sidecar(PAGED)) == (False, [""], "")


def test_who_may_see_it_changes_at_once(office: Office) -> None:
    mai = Member(id=9, code="DV-9", name="Mai", cell="Khu phố 1", role=Role.MEMBER)
    office.correct(TEXT, audience="cấp ủy")
    with office.database.reading() as db:
        seen = rights(office.library.list(), overrides.everything(db), Asker(member=mai), ceiling=None).own
    assert seen == {office.id_of(PAGED)}
    assert read_sidecar(office.corpus / TEXT, name=TEXT).audience == "committee"


def test_what_was_corrected_stands_in_the_audit_log(office: Office) -> None:
    office.correct(TEXT, title="giữ phố sạch", draft="yes")
    with office.database.reading() as db:
        said = [(each.actor, each.action, each.facts) for each in audit.entries(db)]
    assert said == [("QT-1", "corpus.correct", {"file": TEXT, "keys": "draft, title"})]


def test_the_programs_own_corpus_is_not_written_to(tmp_path: Path, database: Database, wait: Any) -> None:
    office = Office(tmp_path, database, wait, closed=texts.UPLOAD_NO_CORPUS)
    assert office.correct(TEXT, title="khác").faults == {"": texts.UPLOAD_NO_CORPUS}
    assert office.arrive("moi.txt", paper("32-CT/ĐU")).refusal == texts.UPLOAD_NO_CORPUS
    assert sorted(path.name for path in office.corpus.iterdir()) == [TEXT, PAGED]


def test_a_sidecar_that_was_broken_by_hand_is_not_overwritten(office: Office) -> None:
    broken = "title: [\n"
    (office.corpus / f"{TEXT}.yaml").write_text(broken, encoding="utf-8")
    assert list(office.correct(TEXT, title="khác").faults) == [""]
    assert office.sidecar(TEXT) == broken


def test_the_build_that_follows_is_told_to_whoever_saved(office: Office) -> None:
    office.correct(TEXT, title="giữ phố sạch")
    office.settle()
    assert {(channel, chat) for channel, chat, _, _ in office.board.told} == {("web", ADMIN.chat)}


def test_what_is_withdrawn_while_a_correction_is_tried_stays_withdrawn(office: Office) -> None:
    """Trying one takes up to two minutes."""
    (directive,) = office.library.find("31-CT/ĐU")

    def read(job: Job) -> Said:
        with office.database.transaction() as db:
            overrides.save(db, directive.id, file=TEXT, audience="member", withdrawn=True, now=NOW)
        return Said(directive=directive)

    correcting = Correcting(office.staging, office.database, cells=lambda: (), aside=office.corpus.parent, read=read)
    form, printed = correcting.form(directive, None), office.library.printed(directive.id)
    given = Given(values={**form.values, "audience": "cấp ủy"}, mark=form.mark)
    assert printed is not None
    assert correcting.save(directive, None, given, printed=printed, by="QT-1", now=NOW).changed
    with office.database.reading() as db:
        after = overrides.get(db, directive.id)
    assert after is not None
    assert (after.audience, after.withdrawn) == ("committee", True)
