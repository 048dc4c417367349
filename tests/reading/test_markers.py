"""Which lines open with a mark, and what the mark says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numerals import roman_value
from index.reading.markers import CAPITALS, LETTERS, read_marker
from index.types import SectionKind as Kind

MARKS = [
    ("PHẦN THỨ NHẤT", Kind.PART, "PHẦN THỨ NHẤT", (1,)),
    ("Phần thứ hai. Nội dung", Kind.PART, "Phần thứ hai", (2,)),
    ("Phần III", Kind.PART, "Phần III", (3,)),
    ("A- ĐẶC ĐIỂM TÌNH HÌNH", Kind.PART, "A", (1,)),
    ("Chương IV", Kind.CHAPTER, "Chương IV", (4,)),
    ("CHƯƠNG II QUY ĐỊNH CHUNG", Kind.CHAPTER, "CHƯƠNG II", (2,)),
    ("Mục 2. Tổ chức", Kind.DIVISION, "Mục 2", (2,)),
    ("Điều 5. Nguyên tắc", Kind.ARTICLE, "Điều 5", (5,)),
    ("Điều 5", Kind.ARTICLE, "Điều 5", (5,)),
    ("Điều 4a. Bổ sung", Kind.ARTICLE, "Điều 4a", (4, 1)),
    ("ĐIỀU 12: HIỆU LỰC", Kind.ARTICLE, "ĐIỀU 12", (12,)),
    ("I- MỤC ĐÍCH", Kind.ROMAN, "I", (1,)),
    ("IX. Tổ chức", Kind.ROMAN, "IX", (9,)),
    ("II/ YÊU CẦU", Kind.ROMAN, "II", (2,)),
    ("1- Ưu điểm", Kind.NUMBER, "1", (1,)),
    ("1 - Ưu điểm", Kind.NUMBER, "1", (1,)),
    ("3. Nguyên nhân", Kind.NUMBER, "3", (3,)),
    ("3.Nguyên nhân", Kind.NUMBER, "3", (3,)),
    ("2/ Yêu cầu", Kind.NUMBER, "2", (2,)),
    ("1) một việc", Kind.NUMBER, "1", (1,)),
    ("1.2. 100% chi bộ", Kind.NUMBER, "1.2", (1, 2)),
    ("6.3.1. Chuyển sinh hoạt", Kind.NUMBER, "6.3.1", (6, 3, 1)),
    ("10.4.3 Các tổ chức", Kind.NUMBER, "10.4.3", (10, 4, 3)),
    ("2.1. (Khoản 1): Quyền", Kind.NUMBER, "2.1", (2, 1)),
    ('2. "Chi bộ họp"', Kind.NUMBER, "2", (2,)),
    ("II.2. Nội dung", Kind.NUMBER, "II.2", (2, 2)),
    ("II.2 Nội dung", Kind.NUMBER, "II.2", (2, 2)),
    ("đ) chi ủy", Kind.POINT, "đ)", (5,)),
    ("a/ chi ủy", Kind.POINT, "a/", (1,)),
    ("b. chi ủy", Kind.POINT, "b.", (2,)),
    ("- Chi ủy", Kind.DASH, "-", ()),
    ("-Chi ủy", Kind.DASH, "-", ()),
    ("• Chi ủy", Kind.DASH, "•", ()),
    ("+ Chi ủy", Kind.PLUS, "+", ()),
    ("PHỤ LỤC", Kind.ANNEX, "PHỤ LỤC", ()),
    ("PHỤ LỤC II: DANH SÁCH", Kind.ANNEX, "PHỤ LỤC II", (2,)),
    ("Phụ lục số 02", Kind.ANNEX, "Phụ lục số 02", (2,)),
]
PROSE = [
    "",
    "Năm 2024 có 100 hộ",
    "I am",
    "V.I. Lênin dạy rằng",
    "IIX- viết sai",
    "30 ngày làm việc kể từ ngày nhận",
    "10% đối với chi bộ",
    "1.000 đảng viên trở lên",
    "7 chi ủy viên. Chi bộ còn lại",
    "2/9; 7/11 và 30/4",
    "02/6/1997 của Ban",
    "01/7/2025. Các tổ chức",
    "2025. Trong đó",
    "3.5 mét",
    "5 giờ",
    "Mục 3 nêu trên",
    "Chương II Luật này quy định",
    "Phần lớn đảng viên",
    "Điều này cho thấy",
    "Điều 5 Quy định này",
    "mục 2. nội dung",
    "A- Nội dung",
    "+84 912",
    "-----",
    "(1) Nội dung",
    "Phần thứ tám mươi",
]


@pytest.mark.parametrize(("line", "kind", "label", "ordinal"), MARKS, ids=[row[0] for row in MARKS])
def test_a_mark_gives_kind_label_and_ordinal(line: str, kind: Kind, label: str, ordinal: tuple[int, ...]) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.kind, marker.label, marker.ordinal) == (kind, label, ordinal)


@pytest.mark.parametrize("line", PROSE)
def test_prose_has_no_mark(line: str) -> None:
    assert read_marker(line) is None


@pytest.mark.parametrize("line", [row[0] for row in MARKS])
def test_the_length_ends_where_the_words_begin(line: str) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert not line[marker.length :].startswith((" ", ".", ")", "-", ":"))


@given(st.integers(1, 399))
def test_a_roman_numeral_has_its_value(value: int) -> None:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    numeral = "C" * hundreds
    numeral += ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens]
    numeral += ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
    assert roman_value(numeral) == value


@given(st.text("IVXLC", min_size=1, max_size=8))
def test_each_roman_value_is_written_in_one_way_only(numeral: str) -> None:
    value = roman_value(numeral)
    assert value == 0 or (len(numeral) <= len("CCCLXXXVIII") and numeral.count("V") <= 1)


def test_a_numeral_that_is_not_canonical_has_no_value() -> None:
    assert [roman_value(numeral) for numeral in ("IIX", "VV", "IIII", "IC")] == [0, 0, 0, 0]


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [read_marker(f"{letter}) chi ủy") for letter in "abcdđeghiklmnopqrstuvxy"]
    assert [marker.ordinal for marker in letters if marker] == sorted(
        (LETTERS.index(letter) + 1,) for letter in "abcdđeghiklmnopqrstuvxy"
    )


@given(st.text(max_size=40))
def test_any_line_is_read(line: str) -> None:
    marker = read_marker(line)
    assert marker is None or 0 < marker.length <= len(line)


def test_the_capitals_are_those_of_vietnamese() -> None:
    assert all(letter.isupper() for letter in CAPITALS[3:])
    assert set("ĂÂÊÔƠƯĐẮẶỆỖỢỰỸỴ") <= set(CAPITALS)
