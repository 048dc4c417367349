"""What administrators decided on single relations, on both databases."""

from __future__ import annotations

from bot.state import relation_decisions
from bot.state.database import Database
from bot.state.relation_decisions import Decision, Place
from tests.state.makers import NOW, later

EDGE = "a.chi-thi.2020|replaces|b.chi-thi.2012|"
PLACE = Place(file="a.docx", kind="replaces", target="5-ct/tu")


def test_the_last_decision_on_an_edge_holds_with_who_made_it(database: Database) -> None:
    with database.transaction() as db:
        relation_decisions.save(db, EDGE, PLACE, stands=True, by="QT-1", now=NOW)
        relation_decisions.save(db, EDGE, PLACE, stands=False, by="QT-2", now=later(days=1))
    with database.reading() as db:
        decided = Decision(**PLACE.model_dump(), edge=EDGE, stands=False, decided_by="QT-2", decided_at=later(days=1))
        assert relation_decisions.get(db, EDGE) == decided
        assert relation_decisions.everything(db) == {EDGE: False}


def test_a_decision_that_is_taken_back_is_gone_and_others_stay(database: Database) -> None:
    with database.transaction() as db:
        for edge in (EDGE, "other"):
            relation_decisions.save(db, edge, PLACE, stands=True, by="QT-1", now=NOW)
        relation_decisions.save(db, EDGE, PLACE, stands=None, by="QT-1", now=NOW)
        assert relation_decisions.get(db, EDGE) is None
        assert relation_decisions.everything(db) == {"other": True}
