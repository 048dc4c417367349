"""Which turns follow on, and which stand alone."""

import pytest

from bot.answering.conversation import Conversation, after, next_turn
from index import Quote, Span, find_numbers
from tests.bot.fakes import DIRECTIVE_24

TOPIC = "Thời hạn chuyển sinh hoạt đảng là bao nhiêu ngày?"
QUOTE = Quote(directive=DIRECTIVE_24, text="abc", span=Span(start=0, end=3), path=(), page=1, score=0.5)
TALK = Conversation(topic=TOPIC, asked=TOPIC, focus=QUOTE)


def turn_of(text: str, talk: Conversation = TALK):
    return next_turn(talk, text, find_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "còn khoản 2?",
        "con khoan 2 thi sao",
        "thế điểm b thì sao",
        "dạ cho em hỏi còn điểm c thì sao ạ",
        "khoản tiếp theo",
        "mục 6.3.1 nói gì",
    ],
)
def test_a_place_is_looked_for_near_the_last_quote(text):
    turn = turn_of(text)
    assert (turn.focus, turn.within, turn.question) == (QUOTE, False, text)


@pytest.mark.parametrize(
    "text",
    [
        "ai ký?",
        "ai ky vay",
        "văn bản đó ban hành ngày nào?",
        "van ban do ban hanh ngay nao",
        "van ban do do ai ky",
        "chỉ thị này do cơ quan nào ban hành",
        "văn bản đó còn hiệu lực không",
        "có hiệu lực từ ngày nào",
        "thay thế văn bản nào",
        "tiêu đề là gì",
        "nội dung gồm những gì",
        "nó nói về gì",
        "về việc gì",
    ],
)
def test_a_question_about_the_paper_stays_within_the_last_one(text):
    turn = turn_of(text)
    assert (turn.focus, turn.within) == (QUOTE, True)


@pytest.mark.parametrize(
    ("text", "new_words"),
    [
        ("thế đảng viên dự bị thì sao?", "đảng viên dự bị"),
        ("the dang vien du bi thi sao", "dang vien du bi"),
        ("còn ở nước ngoài thì mấy ngày?", "ở nước ngoài thì mấy ngày"),
        ("con o nuoc ngoai thi may ngay", "o nuoc ngoai thi may ngay"),
        ("nếu quá hạn thì sao", "nếu quá hạn"),
        ("ai chủ trì?", "ai chủ trì?"),
        ("vì sao", "vì sao"),
        ("nói rõ hơn đi", "nói rõ hơn đi"),
        ("điều đó áp dụng cho ai?", "áp dụng cho ai"),
        ("dieu do ap dung cho ai", "ap dung cho ai"),
    ],
)
def test_a_turn_without_a_subject_is_searched_with_the_last_question_its_own_words_twice(text, new_words):
    turn = turn_of(text)
    assert turn.question == f"{TOPIC.rstrip('?')}, {new_words}, {new_words}"
    assert turn.focus == QUOTE


@pytest.mark.parametrize(
    "text",
    [
        "Đảng phí nộp thế nào?",
        "đảng phí là gì",
        "Thế nào là đảng viên dự bị?",
        "the nao la dang vien du bi",
        "Thế hệ trẻ cần làm gì?",
        "con của đảng viên có được hưởng không",
        "Ai ký quyết định kết nạp đảng viên?",
        "Ai có thẩm quyền khai trừ đảng viên?",
        "Nếu đảng viên không đóng đảng phí 3 tháng thì sao?",
        "Chỉ thị 24-CT/TU nói về gì",
        "QĐ 294 điều 4 nói gì",
        "Hội nghị do ai triệu tập",
        "Điều 5 Điều lệ Đảng nói gì",
        "điều 4 của 294 nói gì",
        "cấp ủy cấp trên trực tiếp có quyền gì",
        "Các quy định trên địa bàn phường",
        "Khi nào đảng viên được miễn sinh hoạt đảng?",
        "Vậy nếu chi bộ có dưới 9 đảng viên thì bầu mấy người?",
    ],
)
def test_a_question_with_its_own_subject_is_not_dragged_to_the_last_paper(text):
    turn = turn_of(text)
    assert (turn.question, turn.focus, turn.stands_alone) == (text, None, True)


def test_another_paper_takes_the_last_question_over():
    talk = Conversation(topic="Chỉ thị 24-CT/TU do ai ký?", asked="do ai ký?", focus=QUOTE)
    turn = turn_of("còn chỉ thị 25-CT/TU thì sao?", talk)
    assert turn.question == "do ai ký còn chỉ thị 25-CT/TU thì sao?"
    assert turn.focus is None


@pytest.mark.parametrize("text", ["còn khoản 2?", "ai ký?", "thế đảng viên dự bị thì sao?"])
def test_a_first_turn_stands_alone(text):
    assert turn_of(text, Conversation()).stands_alone


def test_a_follow_up_does_not_become_the_topic():
    assert after(TALK, turn_of("thế đảng viên dự bị thì sao?"), (), focus=QUOTE).topic == TOPIC


@pytest.mark.parametrize(
    ("text", "question"), [("thế còn 9.1", "thế còn mục 9.1"), ("the con 9.1?", "the con muc 9.1?"), ("9.1", "mục 9.1")]
)
def test_a_bare_dotted_number_is_a_place_near_the_last_quote(text, question):
    turn = turn_of(text)
    assert (turn.question.replace("muc 9.1", "mục 9.1"), turn.focus) == (question.replace("muc", "mục"), QUOTE)


def test_a_dotted_amount_is_no_place():
    assert turn_of("hỗ trợ 1.000 đồng cho ai").question == "hỗ trợ 1.000 đồng cho ai"
