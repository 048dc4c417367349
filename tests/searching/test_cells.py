"""Questions about one row of a table, answered with the row and the names of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Library, build_library, load_encoder
from index.searching.cells import asked_row, is_of_another, numbered_things
from index.searching.question import read_question

PLAN = """ĐẢNG ỦY PHƯỜNG BẾN THỦY

Số 15-KH/ĐU

Bến Thủy, ngày 03 tháng 9 năm 2026

KẾ HOẠCH

về chỉnh trang chợ Vườn Dừa

-----

1. Mục đích: chợ sạch, lối đi thông thoáng.

2. Phân công như sau:

| STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |
|---|---|---|---|---|
| 1 | Kẻ vạch lối đi | Ban Quản lý chợ | Công an phường | 20/9/2026 |
| 2 | Lắp thùng rác | Hội Phụ nữ | | 25/9/2026 |
| 3 | Sửa mái che | Tổ xây dựng | Ban Quản lý chợ | |

3. Sơ kết vào cuối năm.
"""
VISITS = """ĐẢNG ỦY PHƯỜNG BẾN THỦY

Số 16-TB/ĐU

Bến Thủy, ngày 05 tháng 9 năm 2026

THÔNG BÁO

lịch kiểm tra các khu phố

-----

Lịch kiểm tra:

| Đơn vị được kiểm tra | Trưởng đoàn | Ngày kiểm tra |
|---|---|---|
| Khu phố 1 | Nguyễn An | 03/12 |
| Khu phố 4 | Võ Chi | |
| Khu phố 5 | Trần Bình | 05/12 |
| Khu phố 5 | Lê Dung | 09/12 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("cells")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "corpus" / "visits.md").write_text(VISITS, encoding="utf-8")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


def rows(library: Library, question: str) -> list[str]:
    return [quote.text for quote in library.search(question).quotes]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("đơn vị nào chủ trì nội dung 2 của kế hoạch 15?", "STT: 2 |"),
        ("don vi nao chu tri noi dung 2 ke hoach 15", "STT: 2 |"),
        ("15-KH/ĐU thời hạn hoàn thành nội dung số 1", "STT: 1 |"),
        ("ai phối hợp nội dung 3 trong kế hoạch 15-KH/ĐU", "STT: 3 |"),
        ("đơn vị nào chủ trì nội dung 2?", "STT: 2 |"),
    ],
)
def test_the_row_of_that_number_is_quoted_whole(library: Library, question: str, row: str) -> None:
    found = rows(library, question)
    assert found[0].startswith(row)
    assert "Thời hạn:" in found[0]


def test_a_numbered_clause_is_quoted_where_no_column_is_asked_for(library: Library) -> None:
    assert rows(library, "mục 3 kế hoạch 15-KH/ĐU")[0].startswith("3. Sơ kết")


def test_a_column_word_prefers_the_row_to_the_clause(library: Library) -> None:
    assert rows(library, "mục 1 kế hoạch 15-KH/ĐU do đơn vị nào chủ trì")[0].startswith("STT: 1 |")


def test_an_empty_cell_shows_that_nothing_stands_there(library: Library) -> None:
    assert rows(library, "hạn của nội dung 3 kế hoạch 15-KH/ĐU")[0].endswith("Thời hạn:")


def test_the_row_of_another_thing_of_the_kind_is_never_quoted(library: Library) -> None:
    found = rows(library, "ai là trưởng đoàn kiểm tra khu phố 4")
    assert "Võ Chi" in found[0]
    assert not [row for row in found if "Khu phố 1" in row or "Khu phố 5" in row]
    assert not [row for row in rows(library, "ngày kiểm tra khu phố 9") if " | " in row and "Khu phố" in row]


def test_two_rows_that_fit_alike_are_both_quoted(library: Library) -> None:
    found = rows(library, "ngày kiểm tra khu phố 5")
    assert [row for row in found if "Trần Bình" in row]
    assert [row for row in found if "Lê Dung" in row]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("hạn của mục 3?", 3),
        ("nội dung số 12 ai làm", 12),
        ("nội dung Quy định số 24-QĐ/ĐU", None),
        ("báo cáo 6 tháng", None),
        ("mục 3.2 nói gì", None),
    ],
)
def test_the_row_that_a_question_means(text: str, number: int | None) -> None:
    asked = asked_row(read_question(text))
    assert (asked and asked.number) == number


def test_things_with_numbers_are_told_apart() -> None:
    assert numbered_things("chi bộ khu phố 3, 5 và 07") == {"pho": {"3", "5", "7"}}
    assert numbered_things("trước ngày 15/12, Điều 4") == {}
    assert is_of_another({"pho": frozenset("4")}, "Đơn vị: Khu phố 1 | Ngày: 04/12")
    assert not is_of_another({"pho": frozenset("4")}, "Đơn vị: Khu phố 3, 4")
    assert not is_of_another({"pho": frozenset("4")}, "Đơn vị: Trạm y tế")
