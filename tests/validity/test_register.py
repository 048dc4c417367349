"""What is known is made anew when something has changed, and only then."""

from __future__ import annotations

from datetime import timedelta

from bot.state import overrides, relation_decisions
from bot.state.relation_decisions import Place
from index import Status
from tests.validity.conftest import TODAY, built
from tests.validity.papers import NEWEST, OLDER, OLDEST, write_papers

PLACE = Place(file="a.docx", kind="replaces", target="1-ct/tu")


def status_of(register, number: str) -> Status:
    known = register.known()
    directive = next(each for each in known.directives.values() if each.number == number)
    return known.validity.standing_of(directive.id).status


def test_nothing_is_made_anew_while_nothing_has_changed(register):
    assert register.known() is register.known()
    assert register.now() is register.now()


def test_another_day_is_another_validity(register, clock):
    before = register.known()
    clock.now = TODAY + timedelta(hours=9)  # 16:30, the same day here
    assert register.known() is before
    clock.now = TODAY + timedelta(hours=10)
    assert register.known() is not before


def test_a_decision_counts_at_the_next_question(register, database):
    edge = next(edge for edge in register.known().edges.values() if edge.stands)
    target = register.known().directives[edge.target].number
    before = status_of(register, target)
    with database.transaction() as db:
        relation_decisions.save(db, edge.key, PLACE, stands=False, by="QT-1", now=TODAY)
    assert status_of(register, target) is not before
    with database.transaction() as db:
        relation_decisions.save(db, edge.key, PLACE, stands=None, by="QT-1", now=TODAY)
    assert status_of(register, target) is before


def test_what_was_turned_down_is_still_among_the_edges(register, database):
    edge = next(iter(register.known().edges))
    with database.transaction() as db:
        relation_decisions.save(db, edge, PLACE, stands=False, by="QT-1", now=TODAY)
    assert edge in register.known().edges


def test_what_a_withdrawn_paper_ended_stays_ended_until_that_is_rejected(register, database, library):
    newest = library.find("09-CT/TU")[0]
    assert status_of(register, "24-CT/TU") is Status.REPLACED
    with database.transaction() as db:
        overrides.save(db, newest.id, file=newest.file, audience=None, withdrawn=True, now=TODAY)
    assert status_of(register, "24-CT/TU") is Status.REPLACED
    (edge,) = (each for each in register.known().edges.values() if each.source == newest.id and each.stands)
    with database.transaction() as db:
        relation_decisions.save(db, edge.key, PLACE, stands=False, by="QT-1", now=TODAY)
    assert status_of(register, "24-CT/TU") is Status.IN_FORCE


def test_a_withdrawn_paper_is_known_under_whatever_id_its_file_is_read(register, database, library):
    newest = library.find("09-CT/TU")[0]
    with database.transaction() as db:
        overrides.save(db, "another-id", file=newest.file, audience=None, withdrawn=True, now=TODAY)  # type: ignore[arg-type]
    assert register.known().ignored == {newest.id}


def test_a_new_build_is_seen(make_register, tmp_path):
    write_papers(tmp_path / "corpus", (OLDEST, OLDER))
    register = make_register(over=built(tmp_path))
    assert status_of(register, "24-CT/TU") is Status.IN_FORCE
    write_papers(tmp_path / "corpus", (NEWEST,))
    built(tmp_path)
    assert status_of(register, "24-CT/TU") is Status.REPLACED


def test_without_a_database_papers_speak_for_themselves(make_register):
    assert status_of(make_register(database=None), "24-CT/TU") is Status.REPLACED
