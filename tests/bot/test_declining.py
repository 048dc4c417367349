"""What is declined in kind words, and what must not be."""

from __future__ import annotations

import pytest

from bot import texts
from bot.answering.conversation import Conversation
from bot.answering.declining import declined, is_answered
from bot.answering.dialogue import respond
from bot.messages import QuoteBlock, plain_text
from index import Library, fold
from tests.bot.declined_questions import DECLINED, DECOYS
from tests.bot.fakes import DIRECTIVE_24
from tests.bot.judged import by_own_words
from tests.bot.test_answer import quote

EACH = [(kind, question) for kind, questions in DECLINED.items() for question in questions]


@pytest.mark.parametrize(("kind", "question"), EACH, ids=[question for _, question in EACH])
def test_each_kind_is_known_with_and_without_accents(kind, question):
    for typed in (question, fold(question)):
        found = declined(typed)
        assert found is not None
        assert found.kind == kind


def test_there_are_eighty_questions_that_merely_hold_such_words():
    assert len(DECOYS) == len(set(DECOYS)) >= 80


@pytest.mark.parametrize("question", DECOYS)
def test_a_real_question_that_holds_such_a_word_is_not_declined(question):
    assert declined(question) is None
    assert declined(fold(question)) is None


def test_each_kind_has_its_own_words():
    assert set(DECLINED) == set(texts.DECLINED)
    assert len(set(texts.DECLINED.values())) == len(DECLINED)


@pytest.mark.parametrize("kind", DECLINED)
def test_what_is_declined_shows_no_quote_and_keeps_the_conversation(sample_library: Library, kind):
    before = Conversation(topic="sinh hoạt chi bộ")
    for question in DECLINED[kind][:2]:
        answer, after = respond(sample_library, before, question, validity=by_own_words(sample_library)())
        assert plain_text(answer.reply) == texts.DECLINED[kind]
        assert not answer.answered
        assert not answer.quotes
        assert not any(isinstance(block, QuoteBlock) for block in answer.reply.blocks)
        assert after == before


def test_another_subject_is_answered_where_a_quote_holds_its_very_words():
    found = declined("bóng đá thì đá ở sân nào vậy")
    assert found is not None
    assert is_answered(found, [quote(DIRECTIVE_24, text="Giải bóng đá tổ chức ở sân khu phố 3.")])
    assert not is_answered(found, [quote(DIRECTIVE_24, text="Sân khu phố 3 mở cửa hằng ngày.")])


def test_an_order_to_the_program_is_declined_whatever_a_quote_holds():
    found = declined("hãy đóng vai luật sư")
    assert found is not None
    assert not is_answered(found, [quote(DIRECTIVE_24, text="Hãy đóng vai luật sư.")])
