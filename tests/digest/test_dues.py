"""What an administrator types of a duty is understood, or refused with the reason; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from bot import texts
from bot.digest.duties.dues import Correction, due_words, read_correction
from index import Due, Recurrence

TODAY = date(2026, 5, 3)


def day(text: str) -> Due:
    return Due(date=date.fromisoformat(text))


def every(unit: str, *on: str) -> Due:
    return Due(every=Recurrence(unit), on=on)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("hạn 20/12/2026", day("2026-12-20")),
        ("Hạn: 20/12/2026.", day("2026-12-20")),
        ("han 20-12-2026", day("2026-12-20")),
        ("20.12.26", day("2026-12-20")),
        ("hạn chót là ngày 5/6/2027", day("2027-06-05")),
        ("chậm nhất ngày 20 tháng 12 năm 2026", day("2026-12-20")),
        ("trước ngày 20 tháng 12", day("2026-12-20")),
        ("2026-12-20", day("2026-12-20")),
        ("20/12", day("2026-12-20")),
        ("3/5", day("2026-05-03")),
        ("2/5", day("2027-05-02")),
        ("hết tháng 6", day("2026-06-30")),
        ("cuối tháng 2/2027", day("2027-02-28")),
        ("tháng 4", day("2027-04-30")),
        ("hết quý IV/2026", day("2026-12-31")),
        ("quý 1", day("2027-03-31")),
        ("cuối năm 2026", day("2026-12-31")),
        ("bỏ hạn", None),
        ("Không có hạn", None),
        ("hằng tháng ngày 25", every("month", "25")),
        ("hàng tháng, vào ngày 25", every("month", "25")),
        ("ngày 05 và 20 hằng tháng", every("month", "5", "20")),
        ("hang thang", every("month")),
        ("mỗi tháng một lần", every("month")),
        ("hằng quý", every("quarter")),
        ("hạn: hằng quý", every("quarter")),
        ("định kỳ hằng quý, ngày 20 tháng cuối quý", every("quarter", "20")),
        ("hằng quý: 5/1, 5/4, 5/7, 5/10", every("quarter", "5/1", "5/4", "5/7", "5/10")),
        ("thứ sáu hằng tuần", every("week", "thứ Sáu")),
        ("hằng tuần, thứ 2 và chủ nhật", every("week", "thứ Hai", "Chủ nhật")),
        ("thứ năm hằng tuần", every("week", "thứ Năm")),
        ("hằng năm, trước ngày 15/11", every("year", "15/11")),
        ("ngày 6 tháng 12 hằng năm", every("year", "6/12")),
        ("29/2 hằng năm", every("year", "29/2")),
        ("6 tháng một lần", every("half_year")),
        ("hằng 6 tháng, 15/6 và 15/12", every("half_year", "15/6", "15/12")),
        ("nửa năm", every("half_year")),
        ("9 tháng", every("nine_months")),
    ],
)
def test_a_time_is_understood(typed, due):
    assert read_correction(typed, today=TODAY) == Correction(due=due, timed=True)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("người làm: Chi bộ 3", "Chi bộ 3"),
        ("Người thực hiện là Văn phòng Đảng ủy", "Văn phòng Đảng ủy"),
        ("nguoi lam Chi bộ Hạnh Phúc", "Chi bộ Hạnh Phúc"),
        ("giao cho: các chi bộ (cả khối trường học)", "các chi bộ (cả khối trường học)"),
        ("bỏ người làm", ""),
    ],
)
def test_who_is_to_do_it_is_taken_as_it_is_written(typed, who):
    assert read_correction(typed, today=TODAY) == Correction(who=who)


@pytest.mark.parametrize("joint", ["\n", "; ", " ;\n\n"])
def test_who_and_when_are_corrected_at_once(joint):
    found = read_correction(f"người làm: Chi bộ 3{joint}hạn 20/12", today=TODAY)
    assert found == Correction(who="Chi bộ 3", due=day("2026-12-20"), timed=True)


def test_what_is_not_spoken_of_stays():
    assert Correction(who="Chi bộ 3").of("Văn phòng", day("2026-12-20")) == ("Chi bộ 3", day("2026-12-20"))
    assert Correction(timed=True).of("Văn phòng", day("2026-12-20")) == ("Văn phòng", None)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("hạn 31/02/2027", "31/02/2027"),
        ("31/2", "31/02/2027"),
        ("29/02/2027", "29/02/2027"),
        ("20/13/2026", "20/13/2026"),
        ("0/5/2027", "00/05/2027"),
        ("hằng tháng ngày 32", "32"),
        ("hằng năm 31/6", "31/6"),
        ("hằng năm 5/13", "5/13"),
    ],
)
def test_a_day_that_is_not_is_refused(typed, named):
    assert read_correction(typed, today=TODAY) == texts.DUTY_NO_SUCH_DAY.format(day=named)


def test_a_month_that_is_not_is_refused():
    assert read_correction("hết tháng 14", today=TODAY) == texts.DUTY_NO_SUCH_MONTH.format(month=14)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hạn 20/12/2025", "20/12/2025"),
        ("2/5/2026", "02/5/2026"),
        ("quý I/2026", "31/3/2026"),
        ("20/12/25", "20/12/2025"),
    ],
)
def test_a_day_in_the_past_is_refused(typed, said):
    assert read_correction(typed, today=TODAY) == texts.DUTY_PAST.format(day=said, today="03/5/2026")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ";",
        "đúng rồi",
        "hạn",
        "người làm:",
        "bỏ người làm Chi bộ 3",
        "tuần sau",
        "hằng tháng sau cuộc họp",
        "hằng quý, ngày 5 tháng đầu quý sau",
        "hằng tuần ngày 25",
        "thứ sáu hằng tháng",
        "20/12/2026 hoặc 25/12/2026",
        "hằng năm 15/11/2026",
        "12",
        "hạn 20/12/2026 người làm Chi bộ 3",
        "0000-00-00000",
    ],
)
def test_what_is_not_understood_is_refused_with_examples(typed):
    said = read_correction(typed, today=TODAY)
    assert isinstance(said, str)
    assert said.startswith("Tôi chưa hiểu")
    assert texts.DUTY_FORMS in said


def test_one_bad_line_refuses_all():
    assert isinstance(read_correction("người làm: Chi bộ 3\nhạn 31/2/2027", today=TODAY), str)


def test_too_long_a_name_is_refused():
    said = read_correction(f"người làm: {'a' * 300}", today=TODAY)
    assert said == texts.DUTY_WHO_TOO_LONG.format(limit=200)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (None, "chưa rõ hạn"),
        (day("2026-12-20"), "20/12/2026"),
        (Due(after="5 ngày kể từ ngày nhận đơn"), "5 ngày kể từ ngày nhận đơn"),
        (every("month"), "hằng tháng (ngày cuối tháng)"),
        (every("month", "25"), "hằng tháng, ngày 25"),
        (every("quarter", "20"), "hằng quý, ngày 20 tháng cuối quý"),
        (every("week", "thứ Sáu"), "hằng tuần, thứ Sáu"),
        (every("half_year", "15/6", "15/12"), "6 tháng một lần, ngày 15/6, ngày 15/12"),
        (every("nine_months"), "9 tháng đầu năm (30/9)"),
    ],
)
def test_a_due_in_words(due, said):
    assert due_words(due) == said


@pytest.mark.parametrize(
    "due",
    [
        day("2026-12-20"),
        *(every(unit) for unit in Recurrence),
        every("month", "25"),
        every("week", "thứ Sáu", "Chủ nhật"),
        every("year", "15/11"),
    ],
)
def test_what_is_said_of_a_due_may_be_typed_back(due):
    words = due_words(due).partition(" (")[0]
    assert read_correction(words, today=TODAY) == Correction(due=due, timed=True)
