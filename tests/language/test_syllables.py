"""Which words can be Vietnamese, and what recognition must have misread."""

from __future__ import annotations

import pytest

from index.language.misreadings import capitals_read_right, read_right
from index.language.syllables import is_syllable, valid_share

PROSE = "Cấp ủy có trách nhiệm quán triệt và tổ chức thực hiện; giếng, quốc, khuỷu, nghiêng, gì, quyết, xoèn, yếm."


@pytest.mark.parametrize("word", ["quốc", "gì", "giếng", "nghiêng", "khuya", "hoà", "hòa", "ủy", "uỷ", "ĐƯỢC", "thuở"])
def test_a_vietnamese_syllable_is_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["with", "committee", "cäp", "§¶ng", "quôk", "ngh", "bcd", "cấpp", "đẫc", "1"])
def test_what_cannot_be_vietnamese_is_none(word: str) -> None:
    assert not is_syllable(word)


def test_prose_is_valid_and_garbage_is_not() -> None:
    assert valid_share(PROSE) == 1.0
    garbage = valid_share(PROSE.encode().decode("latin-1"))
    assert garbage is not None
    assert garbage < 0.6


def test_too_few_words_are_not_judged() -> None:
    assert valid_share("Số 12-CT/TU") is None


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Chỉ bộ họp mỗi tháng", "Chi bộ họp mỗi tháng"),
        ("chỉ bộ phận văn phòng", "chỉ bộ phận văn phòng"),
        ("ĐÐU và ĐĐảng ủy", "ĐU và Đảng ủy"),
        ("Số 05-KIL/TU", "Số 05-KL/TU"),
        ("BAN CHÁP HÀNH ĐĂNG BỘ", "BAN CHẤP HÀNH ĐẢNG BỘ"),
        ("tô chức đảng, câp ủy", "tổ chức đảng, cấp ủy"),
        ("cấp ủy chỉ đạo tổ chức", "cấp ủy chỉ đạo tổ chức"),
    ],
)
def test_what_cannot_have_been_printed_is_read_right(read: str, right: str) -> None:
    assert read_right(read) == right


def test_capitals_take_the_accents_that_the_text_gives_them() -> None:
    body = "về thi hành điều lệ và việc thi hành điều lệ\nTHỊ HÀNH"
    assert capitals_read_right("THỊ HÀNH ĐIÊU LỆ", body) == "THI HÀNH ĐIỀU LỆ"


def test_capitals_stay_where_the_text_leaves_it_open() -> None:
    assert capitals_read_right("BÁN BỘ", "bản bộ, bạn bộ, ban bộ") == "BÁN BỘ"
