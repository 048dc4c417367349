"""When a digest is planned and when nobody may be written to: pure reckoning with local times, correct over changes of
the clock. A planned time that a change leaves out comes right after it; one that comes twice counts the first time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from datetime import date as Date
from typing import Final
from zoneinfo import ZoneInfo

from bot import texts
from bot.messages import Frozen
from index import fold

OFF: Final = "off"
LEAST_WINDOW: Final = timedelta(hours=1)
"""Time for sending that is shorter is none: the sending goes on after the quiet hours."""
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_VIETNAMESE: Final = {
    **{f"thu {word}": day for day, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{f"{short}{day + 2}": day for day in range(6) for short in ("thu ", "thu", "t")},
    **{"chu nhat": 6, "chunhat": 6, "cn": 6},
}
_DAYS: Final = {name: day for day, name in enumerate(_WEEKDAYS)} | _VIETNAMESE
_CLOCK: Final = r"\d{1,2}(?:[:hg]| ?gio\b)(?: ?\d{2}(?: phut)?)?"
_SCHEDULE: Final = re.compile(
    r"(?:(?P<monthly>first|dau thang)|hang tuan|moi tuan|weekly|) ?(?P<day>.+?)"
    r"(?P<first> dau tien(?: cua| hang| moi)? thang| dau thang)?(?(monthly)|(?(first)|(?: hang tuan| moi tuan)?))"
    rf",? +(?:luc |at |vao )?(?P<time>{_CLOCK})"
)
_TIME_FIRST: Final = re.compile(rf"(?:luc |at |vao )?(?P<time>{_CLOCK}),? +(?P<rest>\D.*)")
_TIME: Final = re.compile(r"(?P<hour>\d{1,2})(?:[:hg]| ?gio)(?: ?(?P<minute>\d{2})(?: phut)?)?")
_QUIET: Final = re.compile(r"\s*(\S+?)\s*[-–—]\s*(\S+)\s*")
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_TWO_MONTHS: Final = 62


class Schedule(Frozen):
    """Every ``weekday`` (0: Monday) at a local time, or with ``monthly`` the first such day of each month."""

    weekday: int
    at: time
    monthly: bool = False

    def __str__(self) -> str:
        """As a setting says it; `parse_schedule` reads it."""
        return f"{'first ' if self.monthly else ''}{_WEEKDAYS[self.weekday]} {self.at:%H:%M}"

    def takes(self, day: Date) -> bool:
        return day.weekday() == self.weekday and (day.day <= _WEEK.days or not self.monthly)


class QuietHours(Frozen):
    """Local times, ``start`` among them and ``end`` not; a ``start`` after the ``end`` runs over midnight."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def cover(self, moment: time) -> bool:
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def parse_schedule(text: str) -> Schedule | None:
    """``monday 07:30``, ``thứ hai 7h30``, ``đầu tháng chủ nhật 8:00``, and what `words` says; None for what is none."""
    folded = " ".join(fold(text).split())
    if ahead := _TIME_FIRST.fullmatch(folded):
        folded = f"{ahead['rest']} {ahead['time']}"
    found = _SCHEDULE.fullmatch(folded)
    if not found or (day := _DAYS.get(found["day"])) is None or (at := parse_time(found["time"])) is None:
        return None
    return Schedule(weekday=day, at=at, monthly=bool(found["monthly"] or found["first"]))


def parse_quiet(text: str) -> QuietHours | None:
    """``21:30-06:00``; None for what is none, also for hours that would last no time or all day."""
    found = _QUIET.fullmatch(text)
    start, end = (parse_time(each) for each in found.groups()) if found else (None, None)
    if start is None or end is None or start == end:
        return None
    return QuietHours(start=start, end=end)


def parse_time(text: str) -> time | None:
    """``7:30``, ``07h30``, ``7h``, ``7 giờ 30``."""
    found = _TIME.fullmatch(fold(text).strip())
    if not found or int(found["hour"]) > 23 or int(found["minute"] or 0) > 59:
        return None
    return time(int(found["hour"]), int(found["minute"] or 0))


def words(schedule: Schedule | None) -> str:
    """``thứ hai hằng tuần, lúc 07:30``."""
    if schedule is None:
        return texts.DIGEST_PLANNED_NEVER
    said = texts.DIGEST_PLANNED_MONTHLY if schedule.monthly else texts.DIGEST_PLANNED_WEEKLY
    return said.format(weekday=texts.WEEKDAYS[schedule.weekday], at=f"{schedule.at:%H:%M}")


def last_slot(schedule: Schedule, now: datetime, zone: ZoneInfo) -> datetime:
    """UTC; the newest planned moment that is not after ``now``."""
    today = now.astimezone(zone).date()
    days = (today + _DAY - count * _DAY for count in range(_TWO_MONTHS))  # a change may move one into the day before
    return next(moment for moment in _moments(schedule, days, zone) if moment <= now)


def next_slot(schedule: Schedule, now: datetime, zone: ZoneInfo) -> datetime:
    """UTC; the first planned moment after ``now``."""
    today = now.astimezone(zone).date()
    days = (today - _DAY + count * _DAY for count in range(_TWO_MONTHS))
    return next(moment for moment in _moments(schedule, days, zone) if moment > now)


def slot_name(slot: datetime, zone: ZoneInfo) -> str:
    """The local day of a planned moment, as it stands in the ledger."""
    return slot.astimezone(zone).date().isoformat()


def quiet_until(quiet: QuietHours | None, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """UTC; when the quiet hours around this moment end. None: people may be written to now."""
    local = moment.astimezone(zone)
    if quiet is None or not quiet.cover(local.time()):
        return None
    days = (local.date() + count * _DAY for count in range(3))
    ends = (_moment(day, quiet.end.replace(fold=fold), zone) for day in days for fold in (0, 1))
    return next(end for end in ends if end > moment and not quiet.cover(end.astimezone(zone).time()))


def window_end(quiet: QuietHours | None, start: datetime, zone: ZoneInfo) -> datetime:
    """UTC; when the next quiet hours begin after ``start``, without quiet hours the end of that local day: the first
    such moment that leaves `LEAST_WINDOW`.
    """
    begin = quiet.start if quiet else time(0)
    today = start.astimezone(zone).date()
    moments = (_moment(today + count * _DAY, begin, zone) for count in range(4))
    return next(moment for moment in moments if moment >= start + LEAST_WINDOW)


def _moments(schedule: Schedule, days: Iterator[Date], zone: ZoneInfo) -> Iterator[datetime]:
    return (_moment(day, schedule.at, zone) for day in days if schedule.takes(day))


def _moment(day: Date, at: time, zone: ZoneInfo) -> datetime:
    """UTC. Of a time that does not exist, as much later as the clock is put on."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
