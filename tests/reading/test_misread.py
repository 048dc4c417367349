"""Heads read from a picture: the fields are what was printed, the text stays as read."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.symbols import symbol_read_right
from index.reading.attached import attached_starts, cut_at
from index.reading.circulation import read_marks
from index.reading.classified import mark_of_pages
from index.reading.form import read_form
from index.reading.misread import head_line_read_right
from index.types import Pages, Reading, Scan


def read(*lines: str, scanned: bool = True) -> Reading:
    scans = (Scan(page=1, confidence=80),) if scanned else ()
    return read_form(Pages(pages=(lines,), physical=True, wrapped=True, scans=scans), file="a.pdf")


HEAD = (
    "ĐẢNG BỘ THÀNH PHỐ MINH GIANG",
    "ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG",
    "*",
    "Sô O5-KIL/ĐÐU",
    "ĐẢNG CÔNG SẢN VIỆT NAM",
    "An Hòa Đông, ngày O5 thâng 02 nâm 2026",
    "KÊT LUÁN",
    "của Ban Thường vụ về công tác thu gom rác",
    "-----",
    "1. Chi bộ họp.",
    "T/M BẠN THƯỜNG VỤ",
    "BÍ THƯ",
    "Đinh Trọng Khải",
)


def test_a_misread_date_that_a_narrow_column_broke_is_read_right() -> None:
    lines = [*HEAD[:5], "An Hòa Đông, ngày O5 thâng 02 nắm", "2026", *HEAD[6:]]
    found = read(*lines)
    assert found.directive.date == datetime.date(2026, 2, 5)
    assert "ngày O5 thâng 02 nắm" in found.printed.text


def test_the_fields_of_a_scan_are_read_right() -> None:
    found = read(*HEAD).directive
    assert (found.number, found.type, found.type_name) == ("05-KL/ĐU", "KL", "Kết luận")
    assert (found.date, found.place) == (datetime.date(2026, 2, 5), "An Hòa Đông")
    assert (found.issuer, found.signer) == ("Ban Thường vụ Đảng ủy phường An Hòa Đông", "Đinh Trọng Khải")
    assert found.title == "của Ban Thường vụ về công tác thu gom rác"


def test_the_text_stays_as_read() -> None:
    assert read(*HEAD).printed.text == "\n".join(HEAD)


def test_a_page_of_text_is_taken_at_its_word() -> None:
    found = read(*HEAD, scanned=False).directive
    assert (found.number, found.date) == (None, None)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("05-KIL/TU", "05-KL/TU"),
        ("12-QĐ/ĐÐU", "12-QĐ/ĐU"),
        ("12-QÐ/ÐU", "12-QĐ/ĐU"),
        ("24-CT/TÚ", "24-CT/TU"),
        ("24-CI/TU", "24-CT/TU"),
        ("O5-NQ/ĐU", "05-NQ/ĐU"),
        ("l2-QĐ/TU", "12-QĐ/TU"),
        ("1O-NO/ĐU", "10-NQ/ĐU"),
        ("12-QB/ĐU", "12-QĐ/ĐU"),
        ("12-QĐ/ĐỮ", "12-QĐ/ĐU"),
        ("12-QĐ/BU", "12-QĐ/ĐU"),
        ("31-KN/ĐU", "31-KH/ĐU"),
        ("12 QĐ|ĐU", "12-QĐ/ĐU"),
        ("15-DA/TU", "15-DA/TU"),
        ("19-QĐi/TU", "19-QĐi/TU"),
        ("02-CTr/ĐU", "02-CTr/ĐU"),
        ("07-TB/UBKTĐU", "07-TB/UBKTĐU"),
        ("12-QĐ/ĐU-VP", "12-QĐ/ĐU-VP"),
    ],
)
def test_a_misread_symbol_is_read_right(line: str, right: str) -> None:
    assert symbol_read_right(f"Số {line} và") == f"Số {right} và"


@pytest.mark.parametrize(
    "line",
    ["họp 3 và/hoặc gửi", "12-XYZ/ĐU", "12-KH/BCĐ-XDNTM", "30/2020/NĐ-CP", "IO-NQ/ABC", "từ 5-10 ngày/tháng", "3 KM/H"],
)
def test_what_may_be_anything_stays_as_read(line: str) -> None:
    assert symbol_read_right(line) == line


@pytest.mark.parametrize(
    "line",
    [
        "Số 12-QĐ/ĐU",
        "An Hòa Đông, ngày 05 tháng 02 năm 2026",
        "QUY ĐỊNH",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Điều 5. Họp",
        "BÃI",
    ],
)
def test_a_line_that_was_read_well_stays(line: str) -> None:
    assert head_line_read_right(line) == line


@given(st.lists(st.lists(st.text(max_size=60), max_size=6).map(tuple), max_size=3).map(tuple), st.booleans())
def test_any_scan_at_all_is_looked_through(pages: tuple[tuple[str, ...], ...], physical: bool) -> None:
    scans = tuple(Scan(page=page + 1, confidence=50) for page in range(len(pages)))
    held = Pages(
        pages=pages, physical=physical, wrapped=True, scans=scans, furniture=tuple(pages[0][:2]) if pages else ()
    )
    assert mark_of_pages(held) in (None, "MẬT", "TỐI MẬT", "TUYỆT MẬT")
    assert read_marks(held, file="a.pdf").restricted is False
    assert len(cut_at(held, attached_starts(held))) == 1
    for page in pages:
        for line in page:
            assert isinstance(head_line_read_right(line), str)
