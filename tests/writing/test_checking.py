"""A sentence stands where a quote that it cites covers it, and nowhere else."""

from __future__ import annotations

import pytest

from bot.writing.checking import covered_sentences

ABSENT = "Đảng viên vắng mặt phải báo cáo bí thư chi bộ trước một ngày. Quần chúng được dự họp khi có giấy mời."
ANSWERS = "Phản ánh đơn giản được trả lời trong 05 ngày làm việc, phản ánh phức tạp được trả lời trong 15 ngày."
FORBIDS = "Nghiêm cấm các việc sau:\na) Uống rượu trong giờ làm việc;\nb) Sử dụng xe công vào việc riêng."
DRINKS = "Cán bộ không được uống rượu trong giờ trực. Cán bộ được uống trà."
LEAST = "Việc mở hòm thư do ít nhất 02 người thực hiện, trừ ngày nghỉ. Mẫu số 7-HD/ĐU ban hành ngày 12/8/2016, phí 5%."
QUOTES = (ABSENT, ANSWERS, FORBIDS, DRINKS, LEAST)


def shown(text: str) -> list[tuple[str, int]]:
    return [(each.words, each.quote) for each in covered_sentences(text, QUOTES)]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Đảng viên vắng mặt phải báo cáo bí thư chi bộ trước một ngày", 1),
        ("Đảng viên vắng mặt phải báo cáo bí thư trước một ngày", 1),
        ("Phản ánh đơn giản được trả lời trong 5 ngày làm việc", 2),
        ("Phản ánh phức tạp được trả lời trong 15 ngày", 2),
        ("Nghiêm cấm uống rượu trong giờ làm việc", 3),
        ("Cán bộ không được uống rượu trong giờ trực", 4),
        ("Mẫu số 7-HD/ĐU ban hành ngày 12/8/2016, phí 5%", 5),
    ],
)
def test_what_a_quote_says_stands_with_its_citation(sentence: str, quote: int) -> None:
    assert shown(f"{sentence} [{quote}].") == shown(f"{sentence}. [{quote}]") == [(sentence, quote)]


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("a word that no quote has", "Đảng viên vắng mặt phải nộp phạt trước một ngày [1]."),
        ("another quote has it", "Phản ánh đơn giản được trả lời trong 05 ngày làm việc [1]."),
        ("it cites nothing", "Đảng viên vắng mặt phải báo cáo bí thư chi bộ trước một ngày."),
        ("there is no such quote", "Đảng viên vắng mặt phải báo cáo bí thư chi bộ [1][9]."),
        ("an invented number", "Đảng viên vắng mặt phải báo cáo bí thư chi bộ trước 03 ngày [1]."),
        ("the number of something else", "Phản ánh đơn giản được trả lời trong 15 ngày [2]."),
        ("another unit", "Phản ánh đơn giản được trả lời trong 05 ngày [2]."),
        ("another date", "Mẫu số 7-HD/ĐU ban hành ngày 12/9/2016 [5]."),
        ("another symbol", "Mẫu số 7-HD/TU ban hành ngày 12/8/2016 [5]."),
        ("another share", "Mẫu số 7-HD/ĐU ban hành ngày 12/8/2016, phí 5 [5]."),
        ("a dropped negation", "Cán bộ được uống rượu trong giờ trực [4]."),
        ("an added negation", "Cán bộ không được uống trà [4]."),
        ("a dropped ban in the lead line", "Sử dụng xe công vào việc riêng [3]."),
        ("a dropped limit", "Việc mở hòm thư do 02 người thực hiện, trừ ngày nghỉ [5]."),
        ("a dropped exception", "Việc mở hòm thư do ít nhất 02 người thực hiện [5]."),
        ("a dropped condition", "Quần chúng được dự họp [1]."),
        ("two sentences made one", "Đảng viên vắng mặt được dự họp khi có giấy mời [1]."),
        ("turned round", "Bí thư chi bộ phải báo cáo đảng viên vắng mặt [1]."),
        ("without accents", "Dang vien vang mat phai bao cao bi thu chi bo [1]."),
        ("a question", "Đảng viên vắng mặt phải báo cáo bí thư chi bộ? [1]"),
        ("set with marks", "**Đảng viên** vắng mặt phải báo cáo bí thư chi bộ [1]."),
        ("in quotation marks", "“Đảng viên vắng mặt phải báo cáo bí thư chi bộ” [1]."),
        ("broken off", "Đảng viên vắng mặt phải báo cáo"),
        ("too little", "Phải báo cáo"),
    ],
)  # fmt: skip
def test_what_is_not_covered_is_dropped(why: str, sentence: str) -> None:
    good = "Cán bộ được uống trà [4]."
    assert shown(f"{sentence}\n{good}") == [("Cán bộ được uống trà", 4)], why


def test_at_most_two_sentences_are_shown_and_none_twice() -> None:
    said = (
        "Cán bộ được uống trà [4]. " * 3
        + "Phản ánh phức tạp được trả lời trong 15 ngày [2]. "
        + ("Cán bộ không được uống rượu trong giờ trực [4].")
    )
    assert [quote for _, quote in shown(said)] == [4, 2]


def test_of_several_citations_the_one_that_covers_is_kept() -> None:
    assert shown("Cán bộ được uống trà [1][4].") == [("Cán bộ được uống trà", 4)]


def test_the_place_of_a_tone_is_no_other_word() -> None:
    quote = "Người lao động hoà giải tại uỷ ban phường."
    assert covered_sentences("Người lao động hòa giải tại ủy ban phường [1].", [quote])


def test_what_it_thought_aloud_is_not_read() -> None:
    assert shown("<think>Cán bộ được uống trà [4].</think>\n- Phản ánh phức tạp được trả lời trong 15 ngày [2].") == [
        ("Phản ánh phức tạp được trả lời trong 15 ngày", 2)
    ]


@pytest.mark.parametrize(
    "text", ["[" * 4000, "[1] " * 1000, "a. " * 2000, "Cán bộ " * 900 + "[4].", "\0" * 100, "[1].", "1 [1]."]
)
def test_rubbish_is_nothing(text: str) -> None:
    assert shown(text) == []
