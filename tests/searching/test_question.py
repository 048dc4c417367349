from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.text import fold
from index.searching.question import read_question

CARRIED = ("24", "143", "294")
WORDS = ("cho", "tôi", "hỏi", "gì", "ai", "a", "đảng", "viên", "là", "dạ", "nào", "24", "điều", "5")


def _terms(text: str) -> str:
    return " ".join(term.form for term in read_question(text, carried=CARRIED).terms)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Cho tôi hỏi chi bộ họp khi nào?", "chi bộ họp"),
        ("Dạ cho em hỏi, bí thư là ai ạ?", "bí thư"),
        ("Bạn ơi đảng phí đóng bao nhiêu vậy?", "đảng phí đóng"),
        ("Đảng viên vắng mặt thì sao?", "đảng viên vắng mặt"),
        ("cho toi hoi chi bo hop khi nao", "chi bo hop"),
        ("bi thu la ai vay a", "bi thu"),
    ],
)
def test_words_that_only_ask_are_left_out(text: str, terms: str) -> None:
    assert _terms(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "đấu tranh phê bình",
        "dấu của đảng ủy",
        "đầu nhiệm kỳ",
        "vay vốn",
        "máy tính",
        "đa số đảng viên",
        "tối đa",
        "thiếu nhi",
        "dau tranh phe binh",
        "vay von",
        "toi da",
        "da so dang vien",
    ],
)
def test_words_that_only_look_like_asking_stay(text: str) -> None:
    assert _terms(text) == text


@pytest.mark.parametrize("text", ["gì vậy", "thế nào?", "Ai?", "bao nhiêu", "gi vay a"])
def test_a_question_of_nothing_but_asking_words_keeps_them(text: str) -> None:
    assert _terms(text)


@pytest.mark.parametrize("text", ["QĐ 294 nói gì?", "mục 6.3.1 thế nào", "294 mục II nói gì", "theo 294 thì sao"])
def test_asking_words_are_not_kept_beside_a_number_or_a_place(text: str) -> None:
    assert _terms(text) == ""


@pytest.mark.parametrize("text", ["", "  ", "?!", "🙂🙂", "...", "-"])
def test_a_question_without_words_has_no_terms(text: str) -> None:
    assert read_question(text).terms == ()


def test_numbers_and_places_are_no_terms() -> None:
    question = read_question("Theo Chỉ thị 24-CT/TU, điểm a khoản 2 Điều 5, chi bộ làm gì?")
    assert [number.symbol for number in question.numbers] == ["24-CT/TU"]
    assert [f"{item.kind.value} {item.value}" for item in question.items] == ["article 5", "clause 2", "point a"]
    assert [term.form for term in question.terms] == ["theo", "chi", "bộ", "làm"]


@pytest.mark.parametrize(
    "text",
    [
        "24-CT/TU",
        "Chỉ thị 24-CT/TU",
        "chỉ thị số 24-CT/TU",
        "chi thi so 24-CT/TU",
        "chỉ thị 24",
        "Nghị quyết số: 143-NQ/ĐU",
        "Quy định 294-QĐ/TW",
    ],
)
def test_the_type_belongs_to_the_number(text: str) -> None:
    assert _terms(text) == ""


def test_another_word_before_a_number_is_a_term() -> None:
    assert _terms("đảng phí 24-CT/TU") == "đảng phí"


# -- numbers without a type


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("294 mục 6.3.1", ("294",)),
        ("điều 4 trong 294", ("294",)),
        ("văn bản 294 nói gì", ("294",)),
        ("theo số 024", ("24",)),
        ("295 mục 6.3.1", ()),
        ("294", ("294",)),
        ("294 có hiệu lực từ khi nào", ("294",)),
        ("9 ngày làm việc", ()),
        ("trong 24 giờ phải báo cáo", ()),
        ("trong 24 ngày", ()),
        ("theo 24%", ()),
        ("trong 143 đảng viên", ()),
        ("24-CT/TU mục 294", ()),
    ],
)
def test_a_bare_number_names_a_directive_that_carries_it(text: str, bare: tuple[str, ...]) -> None:
    assert read_question(text, carried=CARRIED).bare == bare


def test_a_bare_number_is_no_term() -> None:
    assert _terms("văn bản 294 về đảng phí") == "về đảng phí"


# -- marks


def test_a_question_with_marks_is_compared_in_marks() -> None:
    question = read_question("Chi bộ họp theo quy chế")
    assert question.marked
    assert [(term.form, term.folded) for term in question.terms][:2] == [("chi", "chi"), ("bộ", "bo")]


def test_a_question_without_marks_is_compared_folded() -> None:
    question = read_question("Chi bo hop")
    assert not question.marked
    assert all(term.form == term.folded and term.pair == term.folded_pair for term in question.terms)


def test_neighbours_are_paired_and_words_around_a_gap_are_not() -> None:
    question = read_question("đảng viên 24-CT/TU dự bị")
    assert [term.pair for term in question.terms] == ["đảng viên", None, "dự bị", None]
    assert question.terms[2].folded_pair == "du bi"


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    question = read_question(text, carried=CARRIED)
    assert all(term.form and fold(term.form) == term.folded for term in question.terms)


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_words_never_vanish_without_leaving_a_number_a_place_or_a_term(words: list[str]) -> None:
    question = read_question(" ".join(words), carried=CARRIED)
    assert bool(words) == bool(question.terms or question.numbers or question.items or question.bare)
