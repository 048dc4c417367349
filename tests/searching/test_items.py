from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.text import fold
from index.searching.items import find_items, resolve_items
from index.types import Printed
from tests.searching.fakes import GUIDE, MEETING, RULES, printed_of

NAMED = {
    "Điều 5": ["article 5"],
    "điều 4, 5 và 7": ["article 4", "article 5", "article 7"],
    "điều 4a": ["article 4a"],
    "khoản 2 Điều 5": ["article 5", "clause 2"],
    "điểm a khoản 2 Điều 5": ["article 5", "clause 2", "point a"],
    "điểm a) khoản 2": ["clause 2", "point a"],
    "điểm a, b và c khoản 2": ["clause 2", "point a", "point b", "point c"],
    "mục II": ["division ii"],
    "mục 3": ["division 3"],
    "tiểu mục 4": ["division 4"],
    "mục II.2": ["division ii", "number 2"],
    "mục II - 2.1": ["division ii", "number 2.1"],
    "mục 6.3.1": ["number 6.3.1"],
    "điểm 10.6.2": ["number 10.6.2"],
    "6.3.1": ["number 6.3.1"],
    "mục 6.3.1 a": ["number 6.3.1", "point a"],
    "điểm 4": ["clause 4"],
    "Chương II": ["chapter ii"],
    "chương 2": ["chapter 2"],
    "phần thứ ba": ["part 3"],
    "phần thứ tư": ["part 4"],
    "phần II": ["part ii"],
    "phần một": ["part 1"],
    "Phụ lục": ["annex "],
    "Phụ lục số 2": ["annex 2"],
    "phụ lục II": ["annex ii"],
    "Chương I, Điều 2": ["chapter i", "article 2"],
}
NO_PLACES = [
    "hai phần ba đảng viên",
    "một phần tư số phiếu",
    "phần sau của nghị quyết",
    "các phần tử xấu",
    "mức 2 triệu đồng",
    "mức 50%",
    "muc 2 trieu dong",
    "1.5 triệu đồng",
    "khoảng 5 người",
    "tài khoản 5",
    "điều kiện kết nạp",
    "điều hành",
    "địa điểm ở đâu",
    "dia diem o dau",
    "chương trình 2",
    "ngày 30.8.2023",
    "66.25/2026/NQ-CP",
    "",
]


def _found(text: str) -> list[str]:
    return [f"{item.kind.value} {item.value}" for item in find_items(text)]


def _places(text: str, printed: Printed, *, near: int | None = None) -> list[str]:
    """The first lines of the sections that the text names."""
    positions = resolve_items(find_items(text), printed, near=near)
    return [printed.text[printed.sections[position].start :].split("\n")[0] for position in positions]


def _position(printed: Printed, line: str) -> int:
    return next(
        position for position, section in enumerate(printed.sections) if printed.text.startswith(line, section.start)
    )


# -- what a question names


@pytest.mark.parametrize(("text", "items"), NAMED.items(), ids=NAMED)
def test_places_are_found_outermost_first(text: str, items: list[str]) -> None:
    assert _found(f"cho hỏi {text} nói gì") == items


@pytest.mark.parametrize(("text", "items"), NAMED.items(), ids=NAMED)
def test_places_are_found_without_accents(text: str, items: list[str]) -> None:
    assert _found(fold(text)) == items


def test_the_letter_d_with_a_stroke_is_another_point() -> None:
    assert (_found("điểm d"), _found("điểm đ")) == (["point d"], ["point đ"])


@pytest.mark.parametrize("text", NO_PLACES)
def test_other_words_and_numbers_are_no_places(text: str) -> None:
    assert _found(text) == []


@given(st.text(st.sampled_from("điểm khoản Điều mục chương phần 0123456789.,()aIVđ"), max_size=80))
def test_the_span_of_a_place_lies_in_the_text(text: str) -> None:
    assert all(0 <= item.span.start < item.span.end <= len(text) for item in find_items(text))


# -- where it is in a directive


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Chương I", ["Chương I"]),
        ("chương 2", ["Chương II"]),
        ("Điều 2", ["Điều 2. Lịch tiếp công dân"]),
        ("khoản 1 Điều 2", ["1. Bí thư tiếp công dân vào sáng thứ năm hằng tuần."]),
        ("khoan 1 dieu 3", ["1. Văn phòng bố trí phòng tiếp công dân có nước uống."]),
        ("điểm b khoản 2 Điều 2", ["b) Văn phòng cấp ủy;"]),
        ("điểm a và c khoản 2 Điều 2", ["a) Ban thường vụ đảng ủy;", "c) Ủy ban kiểm tra;"]),
        ("điểm đ khoản 2 Điều 2", ["đ) Mặt trận Tổ quốc phường."]),
        ("điểm d khoản 2 Điều 2", ["d) Ban tuyên giáo phường;"]),
        ("Điều 1 và 3", ["Điều 1. Phạm vi điều chỉnh", "Điều 3. Trách nhiệm"]),
        ("Chương II Điều 3", ["Điều 3. Trách nhiệm"]),
    ],
)
def test_a_place_is_found_in_a_text_of_articles(text: str, lines: list[str]) -> None:
    assert _places(text, printed_of(RULES)) == lines


@pytest.mark.parametrize("text", ["Điều 9", "Chương V", "Chương II Điều 1", "khoản 7 Điều 2", "điểm g", "phụ lục 1"])
def test_an_absent_place_is_nowhere(text: str) -> None:
    assert _places(text, printed_of(RULES)) == []


def test_no_items_name_no_place() -> None:
    assert resolve_items((), printed_of(RULES)) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("mục II", ["II- NHIỆM VỤ"]),
        ("mục 2", ["II- NHIỆM VỤ"]),
        ("phần II", ["II- NHIỆM VỤ"]),
        ("mục I.2", ["2. Sổ biên bản ghi chưa đủ ý kiến đảng viên."]),
        ("mục II.2", ["2. Bí thư chi bộ gửi dự thảo nghị quyết trước khi họp ba ngày."]),
    ],
)
def test_a_place_is_found_in_a_text_of_roman_numbers(text: str, lines: list[str]) -> None:
    assert _places(text, printed_of(MEETING)) == lines


def test_a_number_that_is_printed_with_its_roman_part_is_found() -> None:
    printed = printed_of("I. TÌNH HÌNH\nI.1. Chi bộ họp ít.\nII. NHIỆM VỤ\nII.1. Họp đều.\nII.2. Ghi sổ.")
    assert _places("mục II.2", printed) == ["II.2. Ghi sổ."]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("mục 1.2", ["1.2. Chi bộ thẩm tra lý lịch của người vào Đảng."]),
        ("mục 3", ["3. Điều 9: Hệ thống tổ chức"]),
        ("Điều 9", ["3. Điều 9: Hệ thống tổ chức"]),
        (
            "Điều 4",
            ["1. Điều 4 (Khoản 1): Thủ tục kết nạp đảng viên", "2. Điều 4 (Khoản 2): Thời gian dự bị"],
        ),
        ("khoản 2 Điều 4", ["2. Điều 4 (Khoản 2): Thời gian dự bị"]),
        ("khoản 1 Điều 9", ["3.1. Tổ chức đảng lập theo địa bàn dân cư."]),
    ],
)
def test_articles_of_another_text_are_found_in_the_headings_that_implement_them(text: str, lines: list[str]) -> None:
    assert _places(text, printed_of(GUIDE)) == lines


# -- follow-ups


def test_a_place_is_looked_for_around_the_one_before_it() -> None:
    printed = printed_of(RULES)
    for article, line in (
        ("Điều 2", "1. Bí thư tiếp công dân vào sáng thứ năm hằng tuần."),
        ("Điều 3", "1. Văn phòng bố trí phòng tiếp công dân có nước uống."),
    ):
        assert _places("còn khoản 1?", printed, near=_position(printed, article)) == [line]


def test_a_place_beside_the_one_before_it_is_found() -> None:
    printed = printed_of(RULES)
    near = _position(printed, "1. Văn phòng")
    assert _places("khoản 2", printed, near=near) == ["2. Công an phường bảo đảm trật tự nơi tiếp công dân."]


def test_a_place_far_from_the_one_before_it_is_found() -> None:
    printed = printed_of(RULES)
    assert _places("Điều 3", printed, near=_position(printed, "Điều 1")) == ["Điều 3. Trách nhiệm"]
