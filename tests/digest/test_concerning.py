"""Whether words are about a cell."""

from __future__ import annotations

import pytest

from bot.digest.concerning import is_cell, is_for_cell, names_cell, names_every_cell


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("Chi bộ Khu phố 3 nộp danh sách", "Khu phố 3"),
        ("chi bộ khu  phố 3", "Chi bộ Khu phố 3"),
        ("Các chi bộ 1, 3 và 5", "3"),
        ("Các chi bộ 1, 3 và 5", "Chi bộ 5"),
        ("Chi bộ 2 đến chi bộ 6", "Chi bộ 4"),
        ("các khu phố 1-4", "Khu phố 2"),
        ("Chi bộ Trường Tiểu học Kênh Bắc", "Trường Tiểu học Kênh Bắc"),
        ("giao Chi bộ A thực hiện", "A"),
    ],
)
def test_a_cell_is_named(words: str, cell: str) -> None:
    assert names_cell(words, cell)


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("Chi bộ Khu phố 35", "Khu phố 3"),
        ("Các chi bộ 1 và 5", "3"),
        ("trong 3 ngày", "3"),
        ("Khu phố Hóa", "Khu phố Hòa"),
        ("điểm a) khoản 2", "A"),
        ("các chi bộ trực thuộc", "Khu phố 3"),
        ("Khu phố 3", ""),
    ],
)
def test_a_cell_is_not_named(words: str, cell: str) -> None:
    assert not names_cell(words, cell)


def test_all_cells_are_meant_where_none_is_named() -> None:
    assert names_every_cell("Các chi bộ trực thuộc")
    assert names_every_cell("100% chi bộ")
    assert names_every_cell("từng chi ủy")
    assert not names_every_cell("các chi bộ 1 và 3")
    assert not names_every_cell("Văn phòng Đảng ủy")


def test_an_audience_of_a_cell_is_about_it() -> None:
    assert is_for_cell(("member", "secretary:khu phố 1"), "Khu phố 1")
    assert not is_for_cell(("cell:Khu phố 2",), "Khu phố 1")
    assert not is_for_cell(("member",), "")


def test_a_body_is_a_cell_only_where_it_calls_itself_so() -> None:
    assert is_cell("Chi bộ Khu phố 3", "Khu phố 3")
    assert not is_cell("Đảng ủy phường", "Đảng ủy")
