from __future__ import annotations

import pytest

from index.language.text import fold
from index.searching.expectation import Expectation, expected, share_met

ASKED = {
    "Chi bộ họp khi nào?": {Expectation.TIME},
    "Thời hạn giải quyết là mấy ngày?": {Expectation.TIME},
    "Tỷ lệ phiếu cần có?": {Expectation.AMOUNT},
    "Độ tuổi kết nạp": {Expectation.AMOUNT},
    "Ai ký giấy giới thiệu?": {Expectation.BODY},
    "Cơ quan nào quyết định?": {Expectation.BODY},
    "Quy định có hiệu lực chưa?": {Expectation.EFFECT},
    "Chỉ thị có bị thay thế không?": {Expectation.EFFECT},
    "Bao nhiêu ngày phải trả lời?": {Expectation.TIME, Expectation.AMOUNT},
    "Nêu nhiệm vụ của chi bộ": set(),
    "": set(),
}


@pytest.mark.parametrize(("question", "kinds"), ASKED.items(), ids=ASKED)
def test_the_words_of_a_question_say_what_it_waits_for(question: str, kinds: set[Expectation]) -> None:
    assert expected(question) == kinds


@pytest.mark.parametrize(("question", "kinds"), ASKED.items(), ids=ASKED)
def test_they_say_it_without_accents_too(question: str, kinds: set[Expectation]) -> None:
    assert expected(fold(question)) == kinds


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Expectation.TIME, "chậm nhất là 30 ngày làm việc"),
        (Expectation.TIME, "ba tháng một lần"),
        (Expectation.AMOUNT, "quá một nửa số phiếu"),
        (Expectation.AMOUNT, "đủ 18 tuổi"),
        (Expectation.BODY, "do Ban Thường vụ quyết định"),
        (Expectation.EFFECT, "có hiệu lực từ ngày ký"),
        (Expectation.EFFECT, "thay thế Chỉ thị số 12"),
    ],
)
def test_a_text_that_holds_such_an_answer_meets_it(kind: Expectation, text: str) -> None:
    assert share_met(frozenset({kind}), text) == 1


@pytest.mark.parametrize("kind", Expectation)
def test_a_text_that_holds_none_does_not(kind: Expectation) -> None:
    assert share_met(frozenset({kind}), "làm cho tốt") == 0


def test_the_share_counts_each_kind() -> None:
    assert share_met(frozenset(Expectation), "do chi bộ quyết định") == 1 / len(Expectation)


def test_nothing_expected_is_nothing_met() -> None:
    assert share_met(frozenset(), "trong 30 ngày") == 0
