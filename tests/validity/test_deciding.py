"""A decision outlives a corrected number, issuer or date, and articles that are read otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from bot.state import relation_decisions
from bot.state.database import Database
from bot.validity.deciding import carried, decision_on, place_of
from bot.validity.register import Known
from index import Directive, DirectiveId, Relation, Status
from index import RelationKind as Kind
from tests.state.makers import NOW, later
from tests.test_validity import OLD, paper, says

TODAY = date(2026, 10, 1)


def source(day: date = date(2026, 6, 12), *, issuer: str = OLD.issuer or "", file: str = "moi.docx") -> Directive:
    return paper("19-QĐ/ĐU", day, issuer=issuer).model_copy(update={"file": file})


SOURCE = source()
REPEALS = says(Kind.REPEALS, "5-QĐ/ĐU")
BOTH = (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5"), says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 7"))


def known(database: Database, *said: Relation, by: Directive = SOURCE, old: Iterable[Directive] = (OLD,)) -> Known:
    directives = {each.id: each for each in (*old, by)}
    bare = Known(directives, {by.id: said}, {}, frozenset(), TODAY, at_once=True)
    with database.reading() as db:
        held = carried(relation_decisions.decisions(db), bare.edges, directives)
    decisions = {key: each.stands for key, each in held.items()}
    return Known(directives, {by.id: said}, decisions, frozenset(), TODAY, at_once=True, held=held)


def decide(database: Database, known: Known, part: str = "", *, stands: bool | None, days: float = 0) -> None:
    (edge,) = (each for each in known.edges.values() if part in each.key)
    with database.transaction() as db:
        decision_on(db, edge, known)
        place = place_of(edge, known.directives)
        relation_decisions.save(db, edge.key, place, stands=stands, by="QT-1", now=later(days=days))


def parts(known: Known) -> list[tuple[str, ...]]:
    """What still stands."""
    return sorted(edge.relation.articles for edge in known.validity.edges_to(OLD.id) if edge.stands)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (source(date(2026, 6, 13)), REPEALS),
        (source(issuer="Đảng ủy phường An Hòa"), REPEALS),
        (SOURCE, says(Kind.REPEALS, "5-QĐ/ĐU", "Điều 5")),
        (source(date(2026, 6, 13)), says(Kind.REPEALS, "05-QĐ/ĐU", "Điều 5")),
    ],
)
def test_what_was_turned_down_stays_so_when_the_edge_is_read_otherwise(
    database: Database, by: Directive, said: Relation
) -> None:
    decide(database, known(database, REPEALS), stands=False)
    after = known(database, said, by=by)
    assert after.undecided.standing_of(OLD.id).status is not Status.IN_FORCE
    assert after.validity.standing_of(OLD.id).status is Status.IN_FORCE


def test_what_was_turned_down_stays_so_when_the_other_paper_is_read_otherwise(database: Database) -> None:
    decide(database, known(database, REPEALS), stands=False)
    old = OLD.model_copy(update={"id": DirectiveId("corrected"), "date": date(2025, 1, 11)})
    after = known(database, REPEALS, old=[old])
    assert after.undecided.lapsed == {old.id}
    assert not after.validity.lapsed


def test_a_decision_on_one_of_two_edges_stays_with_its_own(database: Database) -> None:
    decide(database, known(database, *BOTH), "Điều 5", stands=False)
    assert parts(known(database, *BOTH)) == [("Điều 7",)]
    assert parts(known(database, *BOTH, by=source(date(2026, 6, 13)))) == [("Điều 7",)]
    wider = says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5", "Điều 6")
    assert parts(known(database, wider, BOTH[1], by=source(date(2026, 6, 13)))) == [("Điều 7",)]


@pytest.mark.parametrize(
    ("by", "said"),
    [(source(file="khac.docx"), REPEALS), (source(), says(Kind.REPLACES, "5-QĐ/ĐU"))],
)
def test_a_decision_is_not_carried_to_another_file_or_kind(database: Database, by: Directive, said: Relation) -> None:
    decide(database, known(database, REPEALS), stands=False)
    moved = by.model_copy(update={"id": DirectiveId("moved")})
    assert known(database, said, by=moved).validity.lapsed == {OLD.id}


def test_what_was_let_stand_is_not_carried_to_one_of_several_papers(database: Database) -> None:
    doubtful = says(Kind.REPEALS, "5-QĐ/ĐU", explicit=False)
    decide(database, known(database, doubtful), stands=True)
    assert known(database, doubtful, by=source(date(2026, 6, 13))).validity.lapsed == {OLD.id}
    twins = [
        OLD.model_copy(update={"id": DirectiveId(name), "file": f"{name}.docx", "date": date(2025, 1, day)})
        for name, day in (("one", 11), ("two", 12))
    ]
    assert not known(database, doubtful, old=twins).validity.lapsed


def test_a_decision_that_meets_no_edge_waits(database: Database) -> None:
    decide(database, known(database, REPEALS), stands=False)
    assert not known(database).decisions
    assert not known(database, REPEALS).validity.lapsed


@pytest.mark.parametrize(("stands", "lapsed"), [(True, {OLD.id}), (None, {OLD.id}), (False, set())])
def test_what_was_carried_over_can_be_decided_otherwise_or_taken_back(
    database: Database, stands: bool | None, lapsed: set[DirectiveId]
) -> None:
    decide(database, known(database, REPEALS), stands=False)
    corrected = source(date(2026, 6, 13))
    decide(database, known(database, REPEALS, by=corrected), stands=stands, days=1)
    after = known(database, REPEALS, by=corrected)
    assert after.validity.lapsed == lapsed
    with database.reading() as db:
        assert len(relation_decisions.decisions(db)) == (0 if stands is None else 1)


def test_deciding_on_one_edge_leaves_what_was_carried_to_another(database: Database) -> None:
    whole = says(Kind.AMENDS, "5-QĐ/ĐU")
    decide(database, known(database, whole), stands=False)
    assert parts(known(database, *BOTH)) == []
    decide(database, known(database, *BOTH), "Điều 5", stands=None)
    assert parts(known(database, *BOTH)) == [("Điều 5",)]
    with database.reading() as db:
        assert [(each.decided_by, each.decided_at) for each in relation_decisions.decisions(db)] == [("QT-1", NOW)]


def test_the_last_of_several_decisions_is_carried(database: Database) -> None:
    for day, stands in ((0, True), (1, False)):
        by = source(date(2026, 6, 12) + timedelta(days=day))
        before = known(database, REPEALS, by=by)
        with database.transaction() as db:
            (edge,) = before.edges.values()
            place = place_of(edge, before.directives)
            relation_decisions.save(db, edge.key, place, stands=stands, by="QT-1", now=later(days=day))
    assert not known(database, REPEALS, by=source(date(2026, 6, 14))).validity.lapsed
