"""Questions about the corpus itself: what they select, what is said back, and what is no such question."""

from __future__ import annotations

from datetime import date

import pytest

from bot import texts
from bot.answering.answer import Answer
from bot.answering.conversation import Conversation
from bot.answering.corpus import asked_corpus, filter_label, selected
from bot.answering.dialogue import respond
from bot.answering.periods import read_period
from bot.answering.standings import Standings
from bot.local import local_desk
from bot.messages import Choices, Incoming, plain_text
from index import Library, fold
from tests.bot.judged import by_own_words

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def standings(sample_library: Library) -> Standings:
    return Standings(sample_library, by_own_words(sample_library)())


def ask(library: Library, *turns: str) -> Answer:
    conversation, answer = Conversation(), None
    for turn in turns:
        answer, conversation = respond(library, conversation, turn, validity=by_own_words(library)())
    assert answer is not None
    return answer


def choices(answer: Answer) -> Choices:
    return next(block for block in answer.reply.blocks if isinstance(block, Choices))


@pytest.mark.parametrize(
    ("question", "label", "count"),
    [
        ("có bao nhiêu nghị quyết năm 2023?", "Nghị quyết, năm 2023", 2),
        ("co may nq nam 2023", "Nghị quyết, năm 2023", 2),
        ("liệt kê các kế hoạch", "Kế hoạch", 7),
        ("văn bản nào đã hết hiệu lực?", "Văn bản, không còn hiệu lực", 4),
        ("Thành ủy có những chỉ thị gì", "Chỉ thị, của Thành ủy", 4),
        ("chi bộ khu phố 3 có nghị quyết nào", "Nghị quyết, của Chi bộ Khu phố 3", 1),
        ("có những văn bản nào về sinh hoạt chi bộ?", "Văn bản, tên có “sinh hoạt chi bộ”", 4),
        ("có những văn bản nào về phòng cháy của thành ủy", "Văn bản, của Thành ủy, tên có “phòng cháy”", 1),
        ("danh sách quy định từ năm 2025 đến năm 2026", "Quy định, từ năm 2025 đến năm 2026", 5),
        ("các thông báo ban hành tháng 10/2026", "Thông báo, tháng 10/2026", 2),
        ("liệt kê dự thảo", "Văn bản, dự thảo", 1),
        ("có bao nhiêu văn bản tất cả", "Tất cả văn bản", 45),
    ],
)
def test_the_filter_that_was_understood_is_said_with_the_count(standings, question, label, count):
    for typed in (question, fold(question)):
        selection = asked_corpus(typed, standings)
        assert selection is not None
        assert len(selected(selection, standings)) == count
    selection = asked_corpus(question, standings)
    assert selection is not None
    assert filter_label(selection) == label


@pytest.mark.parametrize(
    "question",
    [
        "mỗi tháng chi bộ phải ra mấy nghị quyết?",
        "Chi bộ ban hành mấy nghị quyết một năm?",
        "quy định về phát ngôn trên mạng",
        "có quy định nào về hội họp không",
        "văn bản nào quy định về đảng phí",
        "bí thư có bao nhiêu văn bản phải ký",
        "văn bản gửi chậm thì xử lý thế nào",
        "nghị quyết của chi bộ gửi về đâu",
        "kế hoạch kiểm tra năm nay có mấy nội dung",
        "trong 9 tháng đã ban hành mấy kế hoạch",
    ],
)
def test_a_question_for_what_papers_say_selects_nothing(standings, question):
    assert asked_corpus(question, standings) is None
    assert asked_corpus(fold(question), standings) is None


def test_they_are_listed_newest_first_and_what_lapsed_is_marked(sample_library):
    answer = ask(sample_library, "liệt kê các quy định")
    labels = [choice.label for choice in choices(answer).choices]
    assert answer.answered
    assert labels[0].startswith("Quy định 24-QĐ/ĐU (20/10/2026)")
    assert any("08-QĐ/ĐU (20/9/2025, hết hiệu lực)" in label for label in labels)
    assert "5 văn bản, trong đó 2 văn bản không còn hiệu lực." in plain_text(answer.reply)


def test_where_none_is_there_the_filter_is_said_and_nothing_is_answered(sample_library):
    answer = ask(sample_library, "có bao nhiêu nghị quyết năm 2010?")
    assert not answer.answered
    assert plain_text(answer.reply) == texts.SELECTED_NONE.format(filter="Nghị quyết, năm 2010")


def test_a_matter_that_no_title_holds_is_searched_in_the_texts(sample_library):
    answer = ask(sample_library, "có những văn bản nào về hòm thư điện tử công vụ")
    assert texts.SELECTED_CHOOSE not in plain_text(answer.reply)


def test_the_newest_is_named_with_its_own_line_and_later_turns_mean_it(sample_library):
    answer = ask(sample_library, "nghị quyết mới nhất là nghị quyết nào?")
    assert "mới nhất là Nghị quyết 10-NQ/CB ngày 05/10/2026" in plain_text(answer.reply)
    assert [quote.directive.number for quote in answer.quotes] == ["10-NQ/CB"]
    assert "10-NQ/CB" in plain_text(ask(sample_library, "nghị quyết mới nhất?", "ban hành ngày nào?").reply)


def test_a_follow_up_changes_one_part_of_the_filter(sample_library):
    said = plain_text(ask(sample_library, "có bao nhiêu nghị quyết năm 2023?", "còn năm 2026?").reply)
    assert said.startswith("Nghị quyết, năm 2026: 2 văn bản")
    said = plain_text(ask(sample_library, "có bao nhiêu nghị quyết năm 2023?", "còn chỉ thị thì sao?").reply)
    assert said.startswith("Chỉ thị, năm 2023: 3 văn bản")


def test_what_may_not_be_seen_counts_for_nothing(sample_library):
    seen = frozenset(each.id for each in sample_library.list() if each.number != "29-NQ/HU")
    validity = by_own_words(sample_library)()
    question = "có bao nhiêu nghị quyết năm 2023?"
    answer, _ = respond(sample_library, Conversation(), question, validity=validity, visible=seen)
    assert plain_text(answer.reply).startswith("Nghị quyết, năm 2023: 1 văn bản.")
    assert "29-NQ/HU" not in plain_text(answer.reply)
    assert seen.issuperset(choices(answer).directives)


def test_a_list_is_turned_over_and_opened_where_there_are_no_members(sample_library):
    desk = local_desk(sample_library, validity=by_own_words(sample_library))

    def send(text: str) -> str:
        incoming = Incoming(channel="test", sender="one", chat="one", message=text, text=text)
        return plain_text(desk.answer(incoming).reply)

    first = send("có những văn bản nào còn hiệu lực?")
    second = send(texts.DIRECTIVES_NEXT)
    assert "Trang 1/4" in first
    assert "Trang 2/4" in second
    assert "“" in send("1")


@pytest.mark.parametrize(
    ("form", "first", "last"),
    [
        ("thang 9 nam 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("thang truoc", date(2026, 10, 1), date(2026, 10, 31)),
        ("quy iii nam 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("nam ngoai", date(2025, 1, 1), date(2025, 12, 31)),
        ("tu nam 2020 den nay", date(2020, 1, 1), date(2026, 12, 31)),
        ("truoc nam 2020", date(1930, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_time_is_read_as_days(form, first, last):
    period, rest = read_period(form, today=TODAY)
    assert period is not None
    assert (period.first, period.last, rest) == (first, last, "")
