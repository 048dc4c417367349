"""What may concern a question without an answer: headings to open, never a quote."""

from __future__ import annotations

import pytest

from bot import texts
from bot.answering.answer import remark
from bot.answering.related import open_place, related_blocks, with_related
from bot.answering.standings import Standings
from bot.local import local_desk
from bot.messages import Choices, Incoming, QuoteBlock, Text, papers_of, plain_text
from index import Directive, Findings, Hit, Library, Passage
from tests.bot.judged import by_own_words


@pytest.fixture(scope="module")
def standings(sample_library: Library) -> Standings:
    return Standings(sample_library, by_own_words(sample_library)())


def paper(library: Library, number: str) -> Directive:
    return next(each for each in library.list() if each.number == number)


def hit(library: Library, number: str, words: str) -> Hit:
    directive = paper(library, number)
    printed = library.printed(directive.id)
    assert printed is not None
    start = printed.text.index(words)
    passage = Passage(
        directive=directive.id, start=start, end=start + len(words), text=words, path=printed.path_at(start), page=None
    )
    return Hit(directive=directive, passage=passage, score=0.5)


def found(*hits: Hit) -> Findings:
    return Findings(answered=False, quotes=(), hits=(), nearest=(), related=hits)


def test_the_reply_says_that_there_is_no_answer_and_offers_headings_to_open(sample_library, standings):
    absent = hit(sample_library, "24-QĐ/ĐU", "Đảng viên vắng họp phải báo cáo")
    answer = with_related(remark(texts.NOT_FOUND), found(absent, absent), standings)
    said, again, apart, choices = answer.reply.blocks
    assert [said, again, apart] == [Text(text=text) for text in (texts.NOT_FOUND, texts.TRY_AGAIN, texts.RELATED)]
    assert isinstance(choices, Choices)
    assert [choice.label for choice in choices.choices] == ["Điều 4. Vắng mặt – Quy định 24-QĐ/ĐU"]
    assert not answer.answered
    assert not answer.quotes
    assert papers_of(choices) == {absent.directive.id}


def test_nothing_is_offered_beside_an_answer_or_without_any_hit(sample_library, standings):
    absent = hit(sample_library, "24-QĐ/ĐU", "Đảng viên vắng họp phải báo cáo")
    answered = remark("…").model_copy(update={"answered": True})
    assert with_related(answered, found(absent), standings) == answered
    assert related_blocks((), standings) == ()


def test_at_most_three_are_offered_and_what_lapsed_is_marked(sample_library, standings):
    words = (
        ("08-QĐ/ĐU", "Đảng viên vắng họp"),
        ("24-QĐ/ĐU", "Đảng viên vắng họp"),
        ("24-QĐ/ĐU", "Giấy mời và tài liệu"),
    )
    hits = [hit(sample_library, *each) for each in (*words, ("04-HD/ĐU", "Đảng viên có mặt"))]
    choices = related_blocks(hits, standings)[1]
    assert isinstance(choices, Choices)
    assert len(choices.choices) == 3
    assert choices.choices[0].label.endswith("Quy định 08-QĐ/ĐU (hết hiệu lực)")


def test_choosing_one_shows_its_whole_place(sample_library, standings):
    absent = hit(sample_library, "24-QĐ/ĐU", "Đảng viên vắng họp phải báo cáo")
    choices = related_blocks([absent], standings)[1]
    assert isinstance(choices, Choices)
    send = choices.choices[0].send
    desk = local_desk(sample_library, validity=by_own_words(sample_library))
    answer = desk.answer(Incoming(channel="test", sender="one", chat="one", message="1", text=send))
    (shown,) = (block for block in answer.reply.blocks if isinstance(block, QuoteBlock))
    assert shown.text.startswith("Điều 4. Vắng mặt")
    assert "trước 02 ngày" in shown.text
    assert "Điều 4" in shown.citation


def test_a_place_that_a_paper_lacks_opens_nothing(sample_library, standings):
    assert open_place(paper(sample_library, "24-QĐ/ĐU"), "Điều 99", standings) is None


def test_what_an_old_paper_says_is_opened_under_its_warning(sample_library, standings):
    opened = open_place(paper(sample_library, "08-QĐ/ĐU"), "điều 3", standings)
    assert opened is not None
    assert plain_text(opened.reply).startswith("Đã được thay thế bởi")
