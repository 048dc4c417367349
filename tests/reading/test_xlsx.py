"""Plans in Excel: sheets, rows with their header, days as papers write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from index.errors import ReadError
from index.reading.readers import xlsx
from index.reading.readers.xlsx import read_xlsx


def lines_of(fill: Callable[[Workbook], Any]) -> list[str]:
    return [line for line in read_xlsx(saved(fill), "a.xlsx").pages[0] if line]


def saved(fill: Callable[[Workbook], Any]) -> bytes:
    book = Workbook()
    fill(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows(*written: list[Any]) -> Callable[[Workbook], Any]:
    return lambda book: [book.active.append(row) for row in written]


def test_lines_above_a_table_are_lines_and_its_rows_name_their_columns() -> None:
    lines = lines_of(rows(["KẾ HOẠCH"], ["về dạy bơi"], [], ["STT", "Nội dung", "Thời hạn"], [1, "Mở lớp", "tháng 6"]))
    assert lines == [
        "KẾ HOẠCH",
        "về dạy bơi",
        "STT | Nội dung | Thời hạn",
        "STT: 1 | Nội dung: Mở lớp | Thời hạn: tháng 6",
    ]


def test_a_merged_header_names_both_its_columns() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.append(["STT", "Thời hạn", None])
        sheet.append([None, "Bắt đầu", "Kết thúc"])
        sheet.append([1, "01/3", "05/3"])
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    assert lines_of(fill)[-1] == "STT: 1 | Thời hạn – Bắt đầu: 01/3 | Thời hạn – Kết thúc: 05/3"


def test_a_cell_merged_over_rows_stands_in_each() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row in (["STT", "Việc", "Chủ trì"], [1, "Họp", "Văn phòng"], [2, "Báo cáo", None]):
            sheet.append(row)
        sheet.merge_cells("C2:C3")

    assert lines_of(fill)[-1] == "STT: 2 | Việc: Báo cáo | Chủ trì: Văn phòng"


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (date(2027, 3, 5), "dd/mm/yyyy", "05/03/2027"),
        (datetime(2027, 3, 5, 7, 30), "dd/mm/yyyy hh:mm", "07:30 05/03/2027"),
        (time(7, 5), "hh:mm", "07:05"),
        (12, "General", "12"),
        (12.0, "General", "12"),
        (2.5, "General", "2,5"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12,5%"),
        (1_500_000, "#,##0", "1.500.000"),
        (1_500_000, "General", "1500000"),
        (True, "General", "x"),
    ],
)
def test_values_are_read_as_the_sheet_shows_them(value: Any, shape: str, shown: str) -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["Tên", "Ghi chú"])
        book.active.append(["Một", value])
        book.active["B2"].number_format = shape

    assert lines_of(fill)[-1] == f"Tên: Một | Ghi chú: {shown}"


def test_what_is_hidden_is_not_printed_and_not_read() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row in (["Tên", "Nội dung", "Ghi chú"], ["A", "kín", "một"], ["B", "kín", "hai"]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        other = book.create_sheet("Nháp")
        other.append(["nháp"])
        other.sheet_state = "hidden"

    assert lines_of(fill) == ["Tên | Ghi chú", "Tên: B | Ghi chú: hai"]


def test_each_of_several_sheets_has_its_name_above_it() -> None:
    def fill(book: Workbook) -> None:
        book.active.title = "Quý I"
        book.active.append(["một"])
        book.create_sheet("Quý II").append(["hai"])
        book.create_sheet("Trống")

    assert lines_of(fill) == ["Quý I", "một", "Quý II", "hai"]


def test_a_formula_is_read_by_its_saved_value_and_without_one_it_is_empty() -> None:
    assert lines_of(rows(["Tên", "Ghi chú"], ["A", "=1+1"]))[-1] == "Tên: A | Ghi chú:"


def in_a_hidden_sheet(book: Workbook) -> None:
    other = book.create_sheet("Phụ")
    other.append(["MẬT"])
    other.sheet_state = "hidden"


def in_a_hidden_column(book: Workbook) -> None:
    book.active["E1"] = "Tối mật"
    book.active.column_dimensions["E"].hidden = True


def in_a_hidden_row(book: Workbook) -> None:
    book.active["A9"] = "TÀI LIỆU MẬT"
    book.active.row_dimensions[9].hidden = True


def in_the_name_of_a_sheet(book: Workbook) -> None:
    book.active.title = "MẬT"


def in_a_comment(book: Workbook) -> None:
    book.active["A1"].comment = Comment("Độ mật: Mật", "a")


def in_the_properties(book: Workbook) -> None:
    book.properties.keywords = "nhân sự; TỐI MẬT"


@pytest.mark.parametrize(
    "mark",
    [
        *(in_a_hidden_sheet, in_a_hidden_column, in_a_hidden_row),
        *(in_the_name_of_a_sheet, in_a_comment, in_the_properties),
    ],
)
def test_a_stamp_is_seen_where_the_sheet_prints_nothing(mark: Callable[[Workbook], Any]) -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["nội dung"])
        mark(book)

    with pytest.raises(ReadError) as caught:
        read_xlsx(saved(fill), "a.xlsx")
    assert caught.value.code == "classified"


def test_a_stamp_above_the_printed_page_is_seen() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["nội dung"])
        book.active.oddHeader.center.text = "TỐI MẬT"

    with pytest.raises(ReadError) as caught:
        read_xlsx(saved(fill), "a.xlsx")
    assert caught.value.code == "classified"


def test_more_cells_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_CELLS", 5)
    with pytest.raises(ReadError) as caught:
        read_xlsx(saved(rows([1, 2, 3], [4, 5, 6])), "a.xlsx")
    assert caught.value.code == "damaged"


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr("[Content_Types].xml" if name == "types" else name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a zip", "mislabelled"),
        (b"PK\x03\x04 torn", "damaged"),
        (zipped(types=b"wordprocessingml"), "mislabelled"),
        (zipped(types=b"spreadsheetml"), "damaged"),
        (zipped(types=b"spreadsheetml", bomb=bytes(40 * 2**20)), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "mislabelled"),
    ],
)
def test_what_is_no_readable_workbook_is_told(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_xlsx(data, "a.xlsx")
    assert caught.value.code == code
