from __future__ import annotations

import pytest

from index.language.text import fold
from index.searching.past import asks_draft, asks_past, without_past
from index.searching.question import read_question

PAST = (
    "Trước đây chi bộ họp mấy lần?",
    "quy định trước kia về xếp loại thế nào",
    "hồi trước kiểm điểm mấy tháng một lần",
    "lúc trước nộp đảng phí thế nào",
    "quy định cũ nói gì",
    "văn bản cũ quy định thế nào",
    "mức cũ là bao nhiêu",
    "Văn bản đã hết hiệu lực quy định ra sao?",
    "văn bản đã bị thay thế nói gì",
    "theo quy định không còn hiệu lực thì sao",
    "trước khi sửa đổi thì hạn là ngày nào",
)
NOT_PAST = (
    "trước ngày 15/12 phải nộp gì",
    "trước đây tôi có hỏi về đảng phí",
    "hồi trước em đã hỏi rồi",
    "trước đây đồng chí có trả lời",
    "quy định cụ thể về xếp loại",
    "gửi chi ủy trước kỳ họp mấy ngày",
    "đảng viên trước đây bị khai trừ có được kết nạp lại không",
    "cho tôi hỏi trước một việc",
    "quy định cử tri",
    "nộp hồ sơ trước bao lâu",
    "văn bản nào đã thay thế 05-QĐ/ĐU",
    "Quy định 19 còn hiệu lực không",
    "trước đây 5 ngày tôi gửi đơn",
    "đồ dùng cũ thanh lý thế nào",
)
DRAFT = (
    "bản dự thảo quy định về kết nạp nói gì",
    "trong dự thảo nghị quyết có gì mới",
    "dự thảo lần 2 nêu chỉ tiêu nào",
    "dự thảo nghị quyết nói gì",
)
NOT_DRAFT = (
    "bí thư gửi dự thảo nghị quyết trước mấy ngày",
    "ai chuẩn bị bản dự thảo nghị quyết",
    "dự thảo nghị quyết được gửi trước mấy ngày",
    "góp ý dự thảo văn kiện thế nào",
    "chi bộ thông qua dự thảo khi nào",
)


@pytest.mark.parametrize("text", [*PAST, *map(fold, PAST)])
def test_what_held_before_is_asked_with_and_without_accents(text: str) -> None:
    assert asks_past(text)


@pytest.mark.parametrize("text", [*NOT_PAST, *map(fold, NOT_PAST)])
def test_somebodys_own_past_and_deadlines_ask_for_no_old_paper(text: str) -> None:
    assert not asks_past(text)


@pytest.mark.parametrize("text", [*DRAFT, *map(fold, DRAFT)])
def test_what_a_draft_says_is_asked(text: str) -> None:
    assert asks_draft(text)


@pytest.mark.parametrize("text", [*NOT_DRAFT, *map(fold, NOT_DRAFT), *PAST])
def test_what_is_to_be_done_with_drafts_is_no_question_for_one(text: str) -> None:
    assert not asks_draft(text)


def test_the_words_of_time_are_not_searched() -> None:
    question = read_question("Trước đây chi bộ họp mấy lần?")
    assert question.past
    assert " ".join(term.form for term in question.terms) == "chi bộ họp lần"


@pytest.mark.parametrize("text", [*PAST, *NOT_PAST])
def test_what_is_left_keeps_its_places(text: str) -> None:
    assert len(without_past(text)) == len(text)
