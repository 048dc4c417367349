from __future__ import annotations

import pytest

from index.language.text import fold
from index.searching.expectation import Expectation, awaited, expected, share_met

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
    "Dời sang hôm nào?": {Expectation.TIME},
    "Bên nào soạn tài liệu?": {Expectation.BODY},
    "Ông nào dẫn đoàn?": {Expectation.BODY},
    "Ngõ hẹp cỡ nào thì phải xét?": {Expectation.AMOUNT},
    "Vì sao chưa làm xong?": {Expectation.REASON},
    "Hội nghị họp tại đâu?": {Expectation.PLACE},
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
    assert share_met(frozenset({Expectation.BODY, Expectation.TIME}), "giao chi bộ quyết định") == 1 / 2


def test_nothing_expected_is_nothing_met() -> None:
    assert share_met(frozenset(), "trong 30 ngày") == 0


def test_with_marks_only_interrogatives_ask() -> None:
    assert expected("Lắp máy lạnh ở trụ sở") == set()
    assert expected("lap may lanh o tru so") == {Expectation.AMOUNT}


@pytest.mark.parametrize(
    ("question", "counted", "other"),
    [
        ("vắng mấy bữa thì bị nhắc", "vắng 02 buổi trở lên", "trừ 02 điểm"),
        ("được bao lâu", "không quá 05 phút", "không quá 05 trang"),
        ("hạn là hôm nào", "trước ngày 20/11", "trong 20 buổi"),
        ("Giảm bao nhiêu phần trăm?", "giảm 10%", "giảm 10 khoản"),
        ("bn nguoi du hop", "36 đồng chí dự", "36 điểm"),
    ],
)
def test_what_is_counted_is_looked_for_in_its_unit(question: str, counted: str, other: str) -> None:
    assert awaited(question).counts(fold(counted))
    assert not awaited(question).counts(fold(other))
