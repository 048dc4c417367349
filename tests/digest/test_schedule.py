"""Planned moments and quiet hours, over weeks, months, years and changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import (
    LEAST_WINDOW,
    QuietHours,
    Schedule,
    last_slot,
    next_slot,
    parse_quiet,
    parse_schedule,
    quiet_until,
    slot_name,
    window_end,
    words,
)
from tests.digest.makers import MONDAY, NIGHT, ZONE, local

BERLIN, SAMOA, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")
FIRST_MONDAY = Schedule(weekday=0, at=time(7, 30), monthly=True)

zones = st.sampled_from([ZONE, BERLIN, SAMOA, LORD_HOWE, ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/New_York")])
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
schedules = st.builds(Schedule, weekday=st.integers(0, 6), at=times, monthly=st.booleans())
moments = st.datetimes(datetime(2005, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thứ hai 07:30", "monday 07:30"),
        ("Thứ Hai 7h30", "monday 07:30"),
        ("thu bay luc 19g05", "saturday 19:05"),
        ("thứ 5, 7h", "thursday 07:00"),
        ("T2 7h30", "monday 07:30"),
        ("chủ nhật 8:00", "sunday 08:00"),
        ("CN 8:00", "sunday 08:00"),
        ("monday 07:30", "monday 07:30"),
        ("first monday 07:30", "first monday 07:30"),
        ("đầu tháng thứ hai 07:30", "first monday 07:30"),
        ("hằng tuần thứ ba 06:30", "tuesday 06:30"),
        ("thứ sáu 16 giờ", "friday 16:00"),
        ("thứ hai lúc 7 giờ 30 phút", "monday 07:30"),
        ("thứ 2 hàng tuần 7:30", "monday 07:30"),
        ("thứ 2 đầu tháng 7h30", "first monday 07:30"),
        ("7:30 thứ hai", "monday 07:30"),
        ("lúc 8 giờ, chủ nhật đầu tiên hằng tháng", "first sunday 08:00"),
    ],
)
def test_a_schedule_is_read_as_people_write_it(text: str, expected: str) -> None:
    assert str(parse_schedule(text)) == expected


@given(schedules)
def test_a_schedule_is_read_as_the_bot_says_it(schedule: Schedule) -> None:
    assert parse_schedule(words(schedule)) == schedule


@pytest.mark.parametrize("text", ["đầu tháng thứ hai hằng tuần 7:30", "thứ hai 7 giờ kém", "7 giờ", "thứ hai 7:3"])
def test_a_schedule_that_says_too_much_or_too_little_is_none(text: str) -> None:
    assert parse_schedule(text) is None


@pytest.mark.parametrize("text", ["", "off", "thứ hai", "07:30", "thứ 8 07:30", "thứ hai 24:00", "thứ hai 7:60", "hai"])
def test_what_is_no_schedule_is_none(text: str) -> None:
    assert parse_schedule(text) is None


@given(schedules)
def test_a_schedule_is_read_again_as_it_was_written(schedule: Schedule) -> None:
    assert parse_schedule(str(schedule)) == schedule


def test_a_schedule_is_told_in_vietnamese() -> None:
    assert words(MONDAY) == "thứ hai hằng tuần, lúc 07:30"
    assert words(FIRST_MONDAY) == "thứ hai đầu tiên của tháng, lúc 07:30"
    assert words(None) == "không tự gửi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("21:30-06:00", "21:30-06:00"), (" 21h30 – 6h ", "21:30-06:00"), ("12:00-13:30", "12:00-13:30")],
)
def test_quiet_hours_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert str(parse_quiet(text)) == expected


@pytest.mark.parametrize("text", ["", "21:30", "21:30-", "21:30-21:30", "25:00-06:00", "đêm"])
def test_what_are_no_quiet_hours_are_none(text: str) -> None:
    assert parse_quiet(text) is None


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-23 07:29:59", "2026-11-16 07:30", "2026-11-23 07:30"),
        ("2026-11-23 07:30", "2026-11-23 07:30", "2026-11-30 07:30"),
        ("2026-11-29 23:59", "2026-11-23 07:30", "2026-11-30 07:30"),
        ("2027-01-01 00:00", "2026-12-28 07:30", "2027-01-04 07:30"),
        ("2027-01-04 12:00", "2027-01-04 07:30", "2027-01-11 07:30"),
    ],
    ids=["just before", "at it", "end of the week", "new year", "first week"],
)
def test_weeks_and_years_have_their_planned_moments(now: str, last: str, following: str) -> None:
    assert last_slot(MONDAY, local(now), ZONE) == local(last)
    assert next_slot(MONDAY, local(now), ZONE) == local(following)


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-23 07:30", "2026-11-02 07:30", "2026-12-07 07:30"),
        ("2026-12-31 23:59", "2026-12-07 07:30", "2027-01-04 07:30"),
        ("2026-06-01 07:30", "2026-06-01 07:30", "2026-07-06 07:30"),
        ("2026-02-28 07:30", "2026-02-02 07:30", "2026-03-02 07:30"),
    ],
)
def test_only_the_first_such_day_of_a_month_is_planned(now: str, last: str, following: str) -> None:
    assert last_slot(FIRST_MONDAY, local(now), ZONE) == local(last)
    assert next_slot(FIRST_MONDAY, local(now), ZONE) == local(following)


@given(schedules, moments, zones)
def test_planned_moments_follow_each_other_without_a_gap_or_a_repeat(
    schedule: Schedule, now: datetime, zone: ZoneInfo
) -> None:
    """Whatever the clocks do: between the last and the next there is none, each has a day of its own, and it is told
    from the moment itself.
    """
    last, following = last_slot(schedule, now, zone), next_slot(schedule, now, zone)
    assert last <= now < following
    assert next_slot(schedule, last, zone) == following
    assert last_slot(schedule, following - timedelta(microseconds=1), zone) == last
    assert last_slot(schedule, following, zone) == following
    assert slot_name(last, zone) != slot_name(following, zone)


def test_a_time_that_does_not_exist_comes_right_after_the_change() -> None:
    sunday = Schedule(weekday=6, at=time(2, 30))
    assert next_slot(sunday, local("2026-03-28 12:00", BERLIN), BERLIN) == local("2026-03-29 03:30", BERLIN)


def test_a_time_that_exists_twice_comes_once() -> None:
    sunday = Schedule(weekday=6, at=time(2, 30))
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert last_slot(sunday, first, BERLIN) == first
    assert last_slot(sunday, first + timedelta(hours=1, minutes=20), BERLIN) == first
    assert next_slot(sunday, first, BERLIN) == local("2026-11-01 02:30", BERLIN)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23 21:29:59", None),
        ("2026-11-23 21:30", "2026-11-24 06:00"),
        ("2026-11-23 23:59", "2026-11-24 06:00"),
        ("2026-11-24 00:00", "2026-11-24 06:00"),
        ("2026-11-24 05:59:59", "2026-11-24 06:00"),
        ("2026-11-24 06:00", None),
        ("2026-12-31 22:00", "2027-01-01 06:00"),
    ],
)
def test_quiet_hours_run_over_midnight(now: str, until: str | None) -> None:
    assert quiet_until(NIGHT, local(now), ZONE) == (local(until) if until else None)
    assert quiet_until(None, local(now), ZONE) is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23 07:30", "2026-11-23 21:30"),
        ("2026-11-23 06:00", "2026-11-23 21:30"),
        ("2026-11-23 20:30", "2026-11-23 21:30"),
        ("2026-11-23 20:31", "2026-11-24 21:30"),
        ("2026-12-31 21:00", "2027-01-01 21:30"),
    ],
)
def test_sending_ends_at_the_next_quiet_hours_that_leave_it_an_hour(start: str, end: str) -> None:
    assert window_end(NIGHT, local(start), ZONE) == local(end)


def test_without_quiet_hours_sending_ends_with_the_day() -> None:
    assert window_end(None, local("2026-11-23 07:30"), ZONE) == local("2026-11-24 00:00")
    assert window_end(None, local("2026-11-23 23:30"), ZONE) == local("2026-11-25 00:00")


@given(st.builds(QuietHours, start=times, end=times).filter(lambda quiet: quiet.start != quiet.end), moments, zones)
def test_whatever_the_clocks_do_the_end_of_the_quiet_hours_is_not_quiet(
    quiet: QuietHours, now: datetime, zone: ZoneInfo
) -> None:
    until = quiet_until(quiet, now, zone)
    assert (until is None) == (not quiet.cover(now.astimezone(zone).time()))
    if until is not None:
        assert now < until <= now + timedelta(days=2)
        assert not quiet.cover(until.astimezone(zone).time())
    assert window_end(quiet, now, zone) >= now + LEAST_WINDOW
