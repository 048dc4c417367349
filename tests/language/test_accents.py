from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.accents import restore, with_accents
from index.language.text import fold, printed
from index.language.usage import usage


def _restored(text: str) -> str:
    return with_accents(text, restore(text, usage()))


@pytest.mark.parametrize(
    "text",
    [
        "chi bộ sinh hoạt định kỳ mỗi tháng một lần",
        "quy định của đảng ủy về phòng cháy chữa cháy",
        "đảng viên được kết nạp năm nay",
        "ủy ban nhân dân phường tiếp công dân",
    ],
)
def test_accents_come_back(text: str) -> None:
    assert _restored(fold(text)) == text


@pytest.mark.parametrize("text", ["Đảng ủy họp ngày 5 tháng 9", "ma túy", "chi bộ theo dõi ai", "má mà mã"])
def test_what_is_typed_with_accents_stays(text: str) -> None:
    assert _restored(text) == text


def test_a_line_may_carry_accents_in_a_part_only() -> None:
    assert _restored("chỉ thị 24 noi gi ve phong chay chua chay").startswith("chỉ thị 24 ")
    assert _restored("chỉ thị 24 noi gi ve phong chay chua chay").endswith("phòng cháy chữa cháy")


def test_capitals_stay() -> None:
    assert _restored("Dang Vien sinh hoat Chi Bo") == "Đảng Viên sinh hoạt Chi Bộ"


def test_what_is_settled_stays() -> None:
    text = "hop chi bo dang uy"
    assert with_accents(text, restore(text, usage(), settled=[(4, 10)]))[4:10] == "chi bo"


def test_a_guess_names_what_else_may_be_meant() -> None:
    (only,) = restore("bo", usage())
    assert only.sure < 0.9
    assert only.others
    assert {fold(word) for word in (only.word, *only.others)} == {"bo"}


@given(st.text(max_size=80))
def test_only_accents_change(text: str) -> None:
    text = printed(text)
    assert fold(_restored(text)) == fold(text)
    assert len(_restored(text)) == len(text)
