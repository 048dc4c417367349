"""Two papers in one question: the words of each under its own name."""

from __future__ import annotations

import pytest

from bot import texts
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.messages import QuoteBlock, Text
from index import Library
from tests.bot.judged import by_own_words


@pytest.mark.parametrize(
    "question",
    [
        "24-QĐ với quy chế 33 khác nhau chỗ nào về giấy mời",
        "so sánh quy định 24 và quyết định 33 về giấy mời họp",
        "giấy mời họp Ban Chấp hành gửi trước mấy ngày: qđ 24 nói sao, quy chế 33 nói sao?",
    ],
)
def test_each_paper_is_quoted_under_its_own_lead(sample_library: Library, question):
    answer, _ = respond(sample_library, Conversation(), question, validity=by_own_words(sample_library)())
    blocks = answer.reply.blocks
    assert blocks[0] == Text(text=texts.COMPARED)
    leads = [at for at, block in enumerate(blocks) if isinstance(block, Text) and block.directives]
    assert len(leads) == 2
    for at, words in zip(leads, ("trước ít nhất 03 ngày", "trước ít nhất 05 ngày"), strict=True):
        shown = blocks[at + 1]
        assert isinstance(shown, QuoteBlock)
        assert shown.directive in blocks[at].directives or "33-QĐ/ĐU" in shown.citation
        assert words in shown.text


def test_a_paper_that_says_nothing_on_it_is_named_as_such(sample_library: Library):
    question = "so sánh 24-QĐ/ĐU với 25-CT/TU về giấy mời họp Ban Chấp hành Đảng bộ phường"
    answer, _ = respond(sample_library, Conversation(), question, validity=by_own_words(sample_library)())
    said = [block.text for block in answer.reply.blocks if isinstance(block, Text)]
    assert any(text.startswith("Quy định 24-QĐ/ĐU") for text in said)
    assert answer.answered
