"""Tables: a row carries its header, in every format, over merges and the end of a page."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Final

from tests.hard.paper import docx_of, font, foot, head, paragraph, paragraphs, run, table
from tests.hard.traps import Converted, Shelf, Traps, has_fields, page_of_words

TRAPS: Final = Traps()
_DOWN, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def merged_down() -> bytes:
    rows = [
        ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"],
        ["1", "Đắp bờ bao kênh Rạch Cát", "Tổ thủy nông", "15/5/2026"],
        ["2", "Nạo vét cống Bà Tư", "", "20/6/2026"],
        ["3", "Trồng cừ tràm ven sông", "Hội Nông dân", "30/7/2026"],
    ]
    top = head("81-KH/ĐU", "02/5/2026", "KẾ HOẠCH", "về công tác thủy lợi nội đồng")
    return docx_of(
        paragraphs(top) + table(rows, {(1, 2): _DOWN, (2, 2): _GOES_ON}) + paragraphs(foot())
    )  # fmt: skip


@TRAPS.set("Word table with a cell over two rows", {"table-merged-down.docx": merged_down}, built=True)
def _(shelf: Shelf) -> None:
    text = shelf.one("table-merged-down.docx").printed.text
    assert "STT: 2 | Nội dung: Nạo vét cống Bà Tư | Đơn vị chủ trì: Tổ thủy nông | Thời hạn: 20/6/2026" in text
    answer = shelf.ask("Theo Kế hoạch 81-KH/ĐU, đơn vị nào chủ trì nội dung 2?")
    assert "Đơn vị chủ trì: Tổ thủy nông" in answer.quotes[0].text
    assert "Nạo vét cống Bà Tư" in answer.quotes[0].text


@TRAPS.set("deadline of one row", {}, built=True)
def _(shelf: Shelf) -> None:
    answer = shelf.ask("Hạn của mục 3 trong Kế hoạch 81-KH/ĐU?")
    assert "Thời hạn: 30/7/2026" in answer.quotes[0].text
    assert "20/6/2026" not in answer.quotes[0].text


def two_storeys() -> bytes:
    rows = [
        ["STT", "Công trình", "Thời gian", ""],
        ["", "", "Khởi công", "Hoàn thành"],
        ["1", "Sân bóng Gò Mả", "02/01/2027", "30/6/2027"],
        ["2", "Nhà bia Cây Gáo", "05/02/2027", "31/8/2027"],
    ]
    rows[0].pop()
    merged = {
        **{(0, column): _DOWN for column in (0, 1)}, **{(1, column): _GOES_ON for column in (0, 1)},
        (0, 2): '<w:gridSpan w:val="2"/>',
    }  # fmt: skip
    top = head("82-KH/ĐU", "03/5/2026", "KẾ HOẠCH", "về xây dựng công trình nhỏ")
    return docx_of(paragraphs(top) + table(rows, merged) + paragraphs(foot()))


@TRAPS.set("Word table with a header of two storeys", {"table-two-storeys.docx": two_storeys})
def _(shelf: Shelf) -> None:
    text = shelf.one("table-two-storeys.docx").printed.text
    (row,) = [line for line in text.split("\n") if "Cây Gáo" in line]
    assert "Thời gian – Khởi công: 05/02/2027" in row
    assert "Thời gian – Hoàn thành: 31/8/2027" in row


def over_a_page() -> bytes:
    """Ruled, in a font that has all letters, and long enough for two pages."""
    face = font("FreeSerif")
    rows = [["STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"]]
    rows += [[str(n), f"Khảo sát tuyến đường số {n}", f"Tổ khảo sát {n}", f"{n % 28 + 1}/9/2026"] for n in range(1, 61)]
    top = head("83-KH/ĐU", "04/5/2026", "KẾ HOẠCH", "về khảo sát đường ngõ")
    body = paragraphs(top, face) + table(rows).replace("<w:rPr></w:rPr>", f"<w:rPr>{face}</w:rPr>")
    return docx_of(body + paragraphs(foot(), face))


@TRAPS.set("PDF table over the end of a page", {"table-over-a-page.pdf": lambda: Converted(over_a_page())},
           needs=("LibreOffice",))  # fmt: skip
def _(shelf: Shelf) -> None:
    reading = shelf.one("table-over-a-page.pdf")
    has_fields(reading, number="83-KH/ĐU", title="về khảo sát đường ngõ")
    words = "Nội dung công việc: Khảo sát tuyến đường số 55 | Đơn vị chủ trì: Tổ khảo sát 55 | Thời hạn: 28/9/2026"
    assert f"STT: 55 | {words}" in reading.printed.text
    assert (page_of_words(reading, words) or 0) >= 2


def plan() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kế hoạch"
    for row, line in enumerate(
        [
            "ĐẢNG ỦY PHƯỜNG BÃI LAU",
            "Số 84-KH/ĐU",
            "Bãi Lau, ngày 05 tháng 5 năm 2026",
            "KẾ HOẠCH",
            "phun thuốc diệt muỗi",
        ],
        1,
    ):
        sheet.cell(row, 1, line)
    for column, name in enumerate(("STT", "Nội dung", "Thời gian", None, "Kinh phí"), start=1):
        sheet.cell(7, column, name)
    sheet.cell(8, 3, "Bắt đầu")
    sheet.cell(8, 4, "Kết thúc")
    for area in ("A7:A8", "B7:B8", "C7:D7", "E7:E8"):
        sheet.merge_cells(area)
    for row, (name, begin, end, cost) in enumerate(
        [
            ("Phun khu chợ Lác", datetime.date(2026, 6, 1), datetime.date(2026, 6, 5), 12_500_000),
            ("Phun xóm Cầu Ván", datetime.date(2026, 7, 3), datetime.date(2026, 7, 9), 8_000_000),
        ],
        start=1,
    ):
        for column, value in enumerate((row, name, begin, end, cost), start=1):
            cell = sheet.cell(8 + row, column, value)
            if column == 5:
                cell.number_format = "#,##0"
    return book_of(book)


def book_of(book: object) -> bytes:
    file = BytesIO()
    book.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


@TRAPS.set("sheet with merged names and days", {"plan.xlsx": plan}, built=True)
def _(shelf: Shelf) -> None:
    reading = shelf.one("plan.xlsx")
    has_fields(reading, number="84-KH/ĐU", type="KH", date="2026-05-05")
    row = (
        "STT: 2 | Nội dung: Phun xóm Cầu Ván | Thời gian – Bắt đầu: 03/07/2026 | Thời gian – Kết thúc: 09/07/2026"
        " | Kinh phí: 8.000.000"
    )
    assert row in reading.printed.text
    answer = shelf.ask("Phun thuốc diệt muỗi ở xóm Cầu Ván kết thúc ngày nào?")
    assert "09/07/2026" in answer.quotes[0].text


def hiding() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    shown = book.active
    assert shown is not None
    for row in (
        ["STT", "Nội dung", "Chủ trì"],
        [1, "Kiểm kê trống hội", "Ban quản lý đình"],
        [2, "Sửa kiệu rước", "Tổ mộc"],
    ):
        shown.append(row)
    hidden = book.create_sheet("Nháp")
    for row in (["STT", "Nội dung", "Chủ trì"], [1, "Thay người giữ quỹ", "Thủ quỹ"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    shown.row_dimensions[3].hidden = True
    return book_of(book)


@TRAPS.set("sheet that is hidden", {"hidden-sheet.xlsx": hiding})
def _(shelf: Shelf) -> None:
    text = shelf.one("hidden-sheet.xlsx").printed.text
    assert "STT: 1 | Nội dung: Kiểm kê trống hội | Chủ trì: Ban quản lý đình" in text
    assert "giữ quỹ" not in text
    assert "Sửa kiệu" not in text


def with_list() -> bytes:
    """A heading between rows, and a cell of two paragraphs."""
    rows = [
        ["TT", "Việc", "Người làm"],
        ["I. VIỆC TRƯỚC LỄ", "", ""],
        ["1", "Treo cờ phướn", "Anh Tư"],
        ["II. VIỆC SAU LỄ", "", ""],
        ["2", "Thu cờ phướn", "Chị Năm"],
    ]
    made = table(rows).replace(run("Chị Năm"), run("Chị Năm") + "</w:p><w:p>" + run("Chú Bảy"))
    top = head("85-KH/ĐU", "06/5/2026", "KẾ HOẠCH", "về việc trang trí ngày lễ")
    return docx_of(paragraphs(top) + made + paragraph() + paragraphs(foot()))


@TRAPS.set("headings between the rows of a table", {"table-headings.docx": with_list})
def _(shelf: Shelf) -> None:
    lines = shelf.one("table-headings.docx").printed.text.split("\n")
    assert "II. VIỆC SAU LỄ" in lines
    (row,) = [line for line in lines if "Thu cờ phướn" in line]
    assert row.startswith("II. VIỆC SAU LỄ | TT: 2 | Việc: Thu cờ phướn | Người làm: Chị Năm")
    assert "Chú Bảy" in row
