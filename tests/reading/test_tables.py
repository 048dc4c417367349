"""Rows of tables say by themselves what their cells are."""

from __future__ import annotations

import pytest

from index.reading.tables import cells_of, counted_row, read_header, table_lines

HEADER = ["STT", "Nội dung", "Chủ trì", "Thời hạn"]


def test_each_row_names_its_columns() -> None:
    rows = [HEADER, ["1", "Rà soát nhà kho", "Văn phòng", "15/3/2027"], ["2", "Sơ kết", "", "30/6/2027"]]
    assert table_lines(rows) == [
        "STT | Nội dung | Chủ trì | Thời hạn",
        "STT: 1 | Nội dung: Rà soát nhà kho | Chủ trì: Văn phòng | Thời hạn: 15/3/2027",
        "STT: 2 | Nội dung: Sơ kết | Chủ trì: | Thời hạn: 30/6/2027",
    ]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["STT", "Việc", "Thời hạn", None], [None, None, "Bắt đầu", "Kết thúc"]),
        (["STT", "Việc", "Thời hạn", "Thời hạn"], ["STT", "Việc", "Bắt đầu", "Kết thúc"]),
    ],
)
def test_names_of_two_storeys_are_joined(upper: list[str | None], lower: list[str | None]) -> None:
    names, body = read_header([upper, lower, ["1", "Họp", "01/3", "02/3"]])
    assert names == ("STT", "Việc", "Thời hạn – Bắt đầu", "Thời hạn – Kết thúc")
    assert len(body) == 1


def test_the_figures_below_a_header_and_a_repeated_header_are_no_rows() -> None:
    rows = [HEADER, ["(1)", "(2)", "(3)", "(4)"], ["1", "Họp", "VP", "3/3"], HEADER, ["2", "Báo cáo", "VP", "4/4"]]
    assert [line[:6] for line in table_lines(rows)[1:]] == ["STT: 1", "STT: 2"]


def test_rows_that_count_upwards_are_data_all_the_same() -> None:
    rows = [["Tháng", "Số buổi", "Số vắng"], ["4", "2", "1"], ["5", "6", "8"]]
    assert table_lines(rows)[1:] == ["Tháng: 4 | Số buổi: 2 | Số vắng: 1", "Tháng: 5 | Số buổi: 6 | Số vắng: 8"]


@pytest.mark.parametrize("rest", [[None, None, None], ["", "", ""]])
def test_a_heading_between_rows_stands_alone_and_begins_the_rows_below(rest: list[str | None]) -> None:
    rows = [HEADER, ["I. VỀ TỔ CHỨC", *rest], ["1", "Họp", "VP", "3/3"]]
    assert table_lines(rows)[1:] == [
        "I. VỀ TỔ CHỨC",
        "I. VỀ TỔ CHỨC | STT: 1 | Nội dung: Họp | Chủ trì: VP | Thời hạn: 3/3",
    ]


def test_a_remark_between_rows_heads_none() -> None:
    rows = [HEADER, ["Ghi chú: họp vào buổi tối", None, None, None], ["1", "Họp", "VP", "3/3"]]
    assert table_lines(rows)[2].startswith("STT: 1 |")


def test_a_form_of_two_columns_has_no_header() -> None:
    rows = [["Họ và tên", "Nguyễn Văn Tý"], ["Chức vụ", "Tổ trưởng"], ["Điện thoại", "0900000000"]]
    assert table_lines(rows)[0] == "Họ và tên | Nguyễn Văn Tý"


def test_names_of_empty_cells_are_left_out_where_most_are_empty() -> None:
    rows = [HEADER, ["", "Nghỉ", "", ""], ["2", "Họp", "VP", ""]]
    assert table_lines(rows)[1:] == ["Nội dung: Nghỉ", "STT: 2 | Nội dung: Họp | Chủ trì: VP | Thời hạn:"]


def test_a_title_over_the_whole_table_stands_above_the_header() -> None:
    rows = [["BIỂU PHÂN CÔNG NHIỆM VỤ"] * 4, HEADER, ["1", "Họp", "VP", "3/3"]]
    assert table_lines(rows)[:2] == ["BIỂU PHÂN CÔNG NHIỆM VỤ", "STT | Nội dung | Chủ trì | Thời hạn"]


def test_a_merged_cell_bears_the_names_of_all_its_columns() -> None:
    rows = [["STT", "Chủ trì", "Phối hợp"], ["1", "Văn phòng", "Văn phòng"], ["2", "Mặt trận", None]]
    assert table_lines(rows)[1:] == [
        "STT: 1 | Chủ trì: Văn phòng | Phối hợp: Văn phòng",
        "STT: 2 | Chủ trì, Phối hợp: Mặt trận",
    ]


def test_a_table_without_names_keeps_its_cells() -> None:
    assert table_lines([["Tháng Giêng", "12"], ["Tháng Hai", "14"]]) == ["Tháng Giêng | 12", "Tháng Hai | 14"]


def test_a_header_that_the_format_marks_needs_no_known_names() -> None:
    assert table_lines([["Ca", "Em phụ"], ["Sáng", "Lan"]], header_rows=1)[1] == "Ca: Sáng | Em phụ: Lan"


def test_words_of_a_cell_stay_as_they_are_but_for_breaks() -> None:
    assert table_lines([HEADER, ["1", "Dự  án:\nđường | cầu", "VP", ""]])[1].startswith(
        "STT: 1 | Nội dung: Dự án: đường"
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("STT: 5 | Nội dung: Họp", 5),
        ("Số TT: 12. | Việc: Họp", 12),
        ("TT: 3 | A: B", 3),
        ("I. TỔ CHỨC | STT: 4 | A: B", 4),
        ("Tháng: 5 | A: B", None),
    ],
)
def test_the_count_of_a_row_is_known(line: str, number: int | None) -> None:
    found = counted_row(line)
    assert (found and found[0]) == number


def test_cells_are_told_apart() -> None:
    assert list(cells_of("STT: 1 | Nội dung: Họp: sáng | ghi thêm")) == [
        ("STT", "1"),
        ("Nội dung", "Họp: sáng"),
        ("", "ghi thêm"),
    ]
