"""The question log, the office's answers, overrides, audit and notes, on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.state import audit, notes, office_answers, overrides, questions
from bot.state.audit import Entry
from bot.state.database import Database
from bot.state.overrides import Override
from index import Directive, DirectiveId, Quote, Span
from tests.state.makers import NOW, later

DIRECTIVE = Directive(
    id=DirectiveId("24-ct-tu.2023"),
    file="ct-24.docx",
    number="24-CT/TU",
    type="CT",
    type_name="Chỉ thị",
    issuer="Thành ủy",
    place=None,
    date=None,
    title="Về kỷ cương",
)
QUOTE = Quote(directive=DIRECTIVE, text="Điều 7. Đúng lời.", span=Span(start=0, end=17), path=(), page=2, score=0.5)


def ask(
    db: Connection,
    text: str = "hỏi",
    *,
    asker: str = "k1",
    answered: bool = True,
    days: float = 0,
    number: int | None = None,
    of: Sequence[str] = (),
) -> int:
    return questions.add(
        db,
        number=number,
        asker=asker,
        channel="zalo",
        text=text,
        answered=answered,
        directives=of,
        now=later(days=days),
    )


def settle(db: Connection, *numbers: int, form: str = "hoi") -> int:
    answer = office_answers.add(db, question="Hỏi?", form=form, quote=QUOTE, remark="", now=NOW)
    questions.settle(db, numbers, office_answer=answer)
    return answer


def test_a_question_is_logged_as_asked(database: Database) -> None:
    with database.transaction() as db:
        found = questions.get(db, ask(db, "Đảng phí?", of=("a", "b")))
        assert found is not None
        assert (found.asker, found.channel, found.text, found.answered) == ("k1", "zalo", "Đảng phí?", True)
        assert (found.directives, found.vote, found.forwarded, found.asked_at) == (("a", "b"), None, False, NOW)
        assert questions.get(db, found.number + 1) is None


def test_a_question_without_quotes_names_no_directive(database: Database) -> None:
    with database.transaction() as db:
        found = questions.get(db, ask(db))
        assert found is not None
        assert found.directives == ()


def test_a_question_has_the_number_of_its_message_or_one_below_zero(database: Database) -> None:
    with database.transaction() as db:
        assert [ask(db, number=7), ask(db), ask(db)] == [7, -1, -2]


def test_a_vote_is_the_last_one_given(database: Database) -> None:
    with database.transaction() as db:
        number = ask(db)
        questions.vote(db, number, "bad", reason="sai điều")
        first = questions.get(db, number)
        questions.vote(db, number, "good")
        second = questions.get(db, number)
    assert first is not None
    assert second is not None
    assert ((first.vote, first.reason), (second.vote, second.reason)) == (("bad", "sai điều"), ("good", None))


def test_the_office_sees_what_was_not_answered_well_newest_first(database: Database) -> None:
    with database.transaction() as db:
        none = ask(db, answered=False)
        bad, sent, good = (ask(db, number=number, days=number) for number in (1, 2, 3))
        questions.vote(db, bad, "bad")
        questions.vote(db, good, "good")
        questions.forward(db, sent)
        assert [each.number for each in questions.open_questions(db, limit=9)] == [sent, bad, none]
        assert [each.number for each in questions.open_questions(db, limit=1)] == [sent]


def test_what_is_settled_or_dropped_leaves_the_list(database: Database) -> None:
    with database.transaction() as db:
        first, second, third = (ask(db, answered=False, number=number) for number in (4, 5, 6))
        answer = settle(db, first)
        questions.drop(db, [second])
        settled = questions.get(db, first)
        assert settled is not None
        assert settled.office_answer == answer
        assert [each.number for each in questions.open_questions(db, limit=9)] == [third]


def test_questions_are_counted_by_asker_and_time(database: Database) -> None:
    with database.transaction() as db:
        for day in (-2, 0):
            questions.vote(db, ask(db, days=day), "good")
        ask(db)
        ask(db, asker="k2", days=-2)
        assert (questions.of_asker(db, "k1"), questions.of_asker(db, "nobody")) == (3, 0)
        assert questions.votes_of(db, "k1") == 2
        assert questions.count_since(db, later(days=-2)) == 4
        assert questions.count_since(db, later(days=-1)) == 2


def test_an_asker_is_forgotten_and_others_are_not(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        kept = ask(db, asker="k2")
        questions.forget_asker(db, "k1")
        assert (questions.of_asker(db, "k1"), questions.get(db, kept) is None) == (0, False)


def test_the_log_is_cut_after_its_days(database: Database) -> None:
    with database.transaction() as db:
        old, new = ask(db, days=-91), ask(db, days=-90)
        questions.discard_old(db, before=later(days=-90))
        assert [questions.get(db, number) is None for number in (old, new)] == [True, False]


def test_the_next_asker_gets_the_newest_answer_of_the_office(database: Database) -> None:
    with database.transaction() as db:
        first = settle(db, form="dang phi")
        newest = settle(db, form="dang phi")
        other = settle(db, form="sinh hoat")
        found = office_answers.with_form(db, "dang phi")
        assert found is not None
        assert (found.number, found.quote, found.created_at) == (newest, QUOTE, NOW)
        assert office_answers.with_form(db, "khac") is None
        assert [each.number for each in office_answers.all_with_form(db, "dang phi")] == [newest, first]
        assert [each.number for each in office_answers.everything(db)][:2] == [other, newest]


def test_an_override_is_the_last_one_saved(database: Database) -> None:
    with database.transaction() as db:
        overrides.save(db, DIRECTIVE.id, file="a.docx", audience="committee", withdrawn=False, now=NOW)
        overrides.save(db, DIRECTIVE.id, file="a.docx", audience=None, withdrawn=True, now=later(days=1))
        expected = Override(
            directive=DIRECTIVE.id, file="a.docx", audience=None, withdrawn=True, changed_at=later(days=1)
        )
        assert (overrides.get(db, DIRECTIVE.id), list(overrides.everything(db))) == (expected, [expected])


def test_an_override_that_says_nothing_is_none(database: Database) -> None:
    with database.transaction() as db:
        overrides.save(db, DIRECTIVE.id, file="a.docx", audience="public", withdrawn=False, now=NOW)
        overrides.save(db, DIRECTIVE.id, file="a.docx", audience=None, withdrawn=False, now=NOW)
        assert (overrides.get(db, DIRECTIVE.id), list(overrides.everything(db))) == (None, [])


def test_the_audit_log_keeps_the_order_of_acts(database: Database) -> None:
    with database.transaction() as db:
        audit.record(db, actor="DV1", action="member.invite", now=NOW, member="DV2", days=14)
        audit.record(db, actor="system", action="reindex", now=later(hours=-1))
        assert list(audit.entries(db)) == [
            Entry(at=NOW, actor="DV1", action="member.invite", facts={"member": "DV2", "days": "14"}),
            Entry(at=later(hours=-1), actor="system", action="reindex", facts={}),
        ]


def test_a_note_holds_the_last_value(database: Database) -> None:
    with database.transaction() as db:
        assert notes.read(db, "looked") is None
        for value in ("2026-03-01", "2026-03-02"):
            notes.write(db, "looked", value)
        assert notes.read(db, "looked") == "2026-03-02"
