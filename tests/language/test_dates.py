from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.dates import find_dates
from index.language.numbers import find_numbers

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SPELLINGS = (
    "{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0.day}-{0.month}-{0.year}", "{0:%d.%m.%Y}", "{0:%d / %m / %Y}",
    "ngày {0.day} tháng {0.month} năm {0.year}", "ngày {0:%d} tháng {0:%m} năm {0:%Y}",
    "Ngày {0.day}\ntháng {0.month}\n năm {0.year}",
    "ngay {0.day} thang {0.month} nam {0.year}", "NGÀY {0.day} THÁNG {0.month} NĂM {0.year}",
    "{0.day} tháng {0.month}, năm {0.year}",
)  # fmt: skip


@given(day=DAYS, spelling=st.sampled_from(SPELLINGS))
def test_a_day_in_any_spelling_is_found_where_it_stands(day: date, spelling: str) -> None:
    written = spelling.format(day)
    text = f"Hà Nội, {written} của"
    assert find_dates(text) == ((day, 8, 8 + len(written)),)


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2025", "0/5/2025", "12/13/2025", "ngày 30 tháng 2 năm 2025", "2/9", "tháng 7/1954",
        "10/2026", "2021-2025",
        "30/2020/NĐ-CP", "12/8-2016", "5/9/26", "6.3.1", "1.12.3.2025", "12/8/20161", "ngày … tháng … năm 2025", "",
    ],
)  # fmt: skip
def test_what_is_no_day_is_left_out(text: str) -> None:
    assert find_dates(text) == ()


def test_dates_come_in_the_order_of_the_text() -> None:
    found = find_dates("từ ngày 1 tháng 7 năm 2025 đến 30/4/2026, trước 05-9-1960.")
    assert [one.day for one in found] == [date(2025, 7, 1), date(2026, 4, 30), date(1960, 9, 5)]


def test_a_decomposed_date_is_found_with_offsets_of_the_given_text() -> None:
    text = "nga\u0300y 5 tha\u0301ng 9 na\u0306m 2026"
    assert find_dates(text) == ((date(2026, 9, 5), 0, len(text)),)


PIECES = ["chỉ thị", "nq", "24", "5/9/2026", "ngày 5 tháng 9 năm 2026", "/", "-", "CT/TU", " ", ", ", "số", "12.8.2016"]


@given(st.lists(st.sampled_from(PIECES)))
def test_dates_never_overlap_numbers(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for day in find_dates(text):
        assert all(number.span.end <= day.start or day.end <= number.span.start for number in find_numbers(text))
