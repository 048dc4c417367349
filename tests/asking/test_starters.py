"""Questions to begin with: answered for certain, and of nothing that may not be seen."""

from __future__ import annotations

from bot.asking.starters import MOST, Starters
from bot.people.access import Asker
from tests.asking.ward import COMMITTEE, Ward
from tests.bot.judged import by_own_words


def test_a_greeting_offers_questions_that_are_answered(ward):
    ward.send("an", "chào đồng chí")
    starters = ward.labels
    assert 3 <= len(starters) <= MOST
    for question in starters:
        ward.send("an", question)
        assert ward.outcome.answer.answered


def test_no_starter_is_of_a_hidden_directive(ward):
    ward.send("chi", "xin chào")
    assert any("77-NQ/ĐU" in label for label in ward.labels)
    ward.send("an", "xin chào")
    assert not any("77-NQ/ĐU" in label for label in ward.labels)


def test_starters_are_the_same_as_without_the_hidden_directive(library, library_without):
    hidden = next(directive.id for directive in library.list() if directive.file == COMMITTEE)
    visible = frozenset(directive.id for directive in library.list()) - {hidden}
    validity = by_own_words(library)()
    told, wanted = (Starters(each).offered(visible, validity=validity) for each in (library, library_without))
    assert told == wanted


def test_a_number_of_two_directives_starts_nothing(ward):
    ward.send("quan", "xin chào")
    assert not any("20-CT/TU" in label for label in ward.labels)


def test_who_is_not_linked_gets_no_starters(make_ward):
    ward = make_ward(public_answers=True)
    ward.send("guest", "xin chào")
    assert ward.choices == []


def test_where_nothing_may_be_seen_nothing_is_offered(library):
    assert Starters(library).offered(frozenset(), validity=by_own_words(library)()) is None


def test_starters_of_the_samples_are_answered(sample_library, state, tmp_path):
    ward = Ward(sample_library, state, tmp_path)
    ward.add("quan", "administrator")
    ward.send("quan", "xin chào")
    starters = ward.labels
    assert len(starters) == MOST
    for question in starters:
        ward.send("quan", question)
        assert ward.outcome.answer.answered, question
    assert ward.asker("quan") != Asker()
