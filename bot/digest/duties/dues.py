"""By when, in words; and what an administrator types of a duty: "hạn 20/12/2026", "hằng tháng ngày 25", "bỏ hạn"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Final

from bot import texts
from bot.answering.citation import spoken_date
from index import Due, Recurrence, fold

WHO_LIMIT: Final = 200
"""Characters."""

_LEAP: Final = 2028
_DECEMBER: Final = 12
_LONGEST_MONTH: Final = 31
_SHORT_YEAR: Final = 100
_LIMIT: Final = 1000
_PART: Final = re.compile(r"[;\n]+")
_WHO: Final = re.compile(
    r"(?P<no>(?:bo|xoa|khong(?: co| ro)?) )?(?:(?:nguoi|don vi|co quan) (?:lam|thuc hien|phu trach|chiu trach nhiem)"
    r"|ai lam|giao cho|phu trach|chu tri)\b(?: la\b)?\s*:?\s*(?P<who>.*)"
)
_NO_TIME: Final = re.compile(r"(?:bo|xoa|khong(?: co)?) (?:thoi )?han")
_OPENING: Final = re.compile(
    r"(?:(?:thoi han|han(?: chot| cuoi)?|den han|hoan thanh)\b)?\s*:?\s*"
    r"(?:(?:cham nhat|muon nhat|truoc|den|vao|het|trong|la)\b\s*)*:?\s*"
)
_YEAR_BEHIND: Final = r"(?:\s*(?:,?\s*nam\s*|[/.-]\s*)(?P<year>\d{4}))?"
_DATES: Final = tuple(
    re.compile(form)
    for form in (
        r"(?:ngay\s*)?(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}|\d{2}))?",
        rf"(?:ngay\s*)?(?P<day>\d{{1,2}})\s*,?\s*thang\s*(?P<month>\d{{1,2}}){_YEAR_BEHIND}",
        r"(?:ngay\s*)?(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    )
)
_LAST_DAYS: Final = tuple(
    re.compile(rf"(?:ngay )?(?:cuoi )?(?:cua )?{form}")
    for form in (
        rf"thang\s*(?P<month>\d{{1,2}}){_YEAR_BEHIND}",
        rf"quy\s*(?P<quarter>iv|i{{1,3}}|[1-4]){_YEAR_BEHIND}",
        r"nam\s*(?P<year>\d{4})",
    )
)
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_EVERY: Final = re.compile(
    r"(?:(?:hang|moi|tung|dinh ky)\s+)+(?P<unit>tuan|thang|quy|nam|nua nam|(?:6|sau|9|chin) thang)\b(?: (?:mot|1) lan)?"
)
_PERIOD: Final = re.compile(r"(?P<unit>nua nam|(?:6|sau|9|chin) thang)\b(?!\s*\d)(?: (?:dau nam|mot lan|1 lan))?")
_UNITS: Final = {
    "tuan": Recurrence.WEEK, "thang": Recurrence.MONTH, "quy": Recurrence.QUARTER, "nam": Recurrence.YEAR,
    "nua nam": Recurrence.HALF_YEAR, "6 thang": Recurrence.HALF_YEAR, "sau thang": Recurrence.HALF_YEAR,
    "9 thang": Recurrence.NINE_MONTHS, "chin thang": Recurrence.NINE_MONTHS,
}  # fmt: skip
_DAYS: Final = re.compile(
    r"(?P<day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<month>\d{1,2})(?![\d/.-])|(?P<alone>\d{1,2})(?![\d/.-])"
    r"|(?P<weekday>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b"
    r"|(?:truoc|vao|cham nhat|muon nhat|den|het|han|ngay|la|cuoi cung|cuoi|va|cua|thang(?!\s*\d)|quy|nam(?!\s*\d))\b"
    r"|[\s,:]+"
)
_WEEKDAYS: Final = {
    "hai": "thứ Hai", "ba": "thứ Ba", "tu": "thứ Tư", "nam": "thứ Năm", "sau": "thứ Sáu", "bay": "thứ Bảy",
    "2": "thứ Hai", "3": "thứ Ba", "4": "thứ Tư", "5": "thứ Năm", "6": "thứ Sáu", "7": "thứ Bảy",
}  # fmt: skip
_SUNDAY: Final = "Chủ nhật"


@dataclass(frozen=True)
class Correction:
    """``who``: None where it stays as it is. ``due``: counts where ``timed``; None: there is no time."""

    who: str | None = None
    due: Due | None = None
    timed: bool = False

    def of(self, who: str, due: Due | None) -> tuple[str, Due | None]:
        return who if self.who is None else self.who, self.due if self.timed else due


class _Refused(Exception):
    pass


def due_words(due: Due | None) -> str:
    """``20/12/2026``, ``hằng quý, ngày 25 tháng cuối quý``; what is not clear is said so."""
    if due is None:
        return texts.DUE_NONE
    if due.date is not None:
        return spoken_date(due.date)
    if due.every is None:
        return due.after
    every = texts.DUE_EVERY[due.every.value]
    if not due.on:
        return f"{every} ({texts.DUE_LAST_DAY[due.every.value]})"
    alone = texts.DUE_DAY_ALONE.get(due.every.value, texts.DUE_DAY)
    said = [(alone if day.isdecimal() else texts.DUE_DAY if day[:1].isdigit() else "{day}") for day in due.on]
    return f"{every}, {', '.join(form.format(day=day) for form, day in zip(said, due.on, strict=True))}"


def typed_due(due: Due | None) -> str:
    """As it may be typed again; empty for none, and for what no day can be told of."""
    return "" if due is None or due.after else due_words(due).partition(" (")[0]


def typed_who(who: str) -> Correction | str:
    """Alone, as it is typed; or the words of the refusal."""
    return texts.DUTY_WHO_TOO_LONG.format(limit=WHO_LIMIT) if len(who) > WHO_LIMIT else Correction(who=who)


def read_correction(text: str, *, today: Date) -> Correction | str:
    """What is typed of a duty, each matter in a line of its own or between semicolons. A day without a year is the
    next one. What cannot be, or is not understood, comes back as the words of the refusal.
    """
    found = Correction()
    parts = [" ".join(part.split()).strip(" .,") for part in _PART.split(text[:_LIMIT])]
    try:
        for part in filter(None, parts):
            found = _with(found, part, today)
    except _Refused as refused:
        return str(refused)
    return found if any(parts) else texts.DUTY_NOT_UNDERSTOOD.format(words="")


def _with(found: Correction, part: str, today: Date) -> Correction:
    form = fold(part)
    if said := _WHO.fullmatch(form):
        who = part[said.start("who") :].strip(" :")
        if bool(who) is bool(said["no"]):
            raise _Refused(texts.DUTY_NOT_UNDERSTOOD.format(words=part[:60]))
        named = typed_who(who)
        if isinstance(named, str):
            raise _Refused(named)
        return replace(found, who=who)
    if _NO_TIME.fullmatch(form):
        return replace(found, due=None, timed=True)
    due = _due(form, today)
    if due is None:
        raise _Refused(texts.DUTY_NOT_UNDERSTOOD.format(words=part[:60]))
    return replace(found, due=due, timed=True)


def _due(form: str, today: Date) -> Due | None:
    if every := _EVERY.search(form):
        return _recurring(every["unit"], f"{form[: every.start()]} {form[every.end() :]}")
    opening = _OPENING.match(form)
    body = form[opening.end() :] if opening else form
    for named in _DATES:
        if said := named.fullmatch(body):
            return Due(date=_date(int(said["day"]), int(said["month"]), said["year"], today))
    for period in _LAST_DAYS:
        if said := period.fullmatch(body):
            return Due(date=_last_day(said.groupdict(), today))
    every = _PERIOD.match(body)
    return _recurring(every["unit"], body[every.end() :]) if every else None


def _recurring(unit: str, rest: str) -> Due | None:
    """``rest``: all the other words, which may only name days."""
    every, place, on = _UNITS[unit], 0, []
    while place < len(rest):
        said = _DAYS.match(rest, place)
        if said is None:
            return None
        if said["weekday"]:
            on.append(_WEEKDAYS.get(said["weekday"].removeprefix("thu "), _SUNDAY))
        elif said["day"] or said["alone"]:
            on.append(_day_of(said["day"] or said["alone"], said["month"]))
        place = said.end()
    if any((day[0].isdigit()) is (every is Recurrence.WEEK) for day in on):
        return None
    return Due(every=every, on=tuple(dict.fromkeys(on)))


def _day_of(day: str, month: str | None) -> str:
    """As it is kept in ``on``; there is such a day in some year."""
    said = f"{day}/{month}" if month else day
    last = _LONGEST_MONTH
    if month:
        last = monthrange(_LEAP, int(month))[1] if 1 <= int(month) <= _DECEMBER else 0
    if not 1 <= int(day) <= last:
        raise _Refused(texts.DUTY_NO_SUCH_DAY.format(day=said))
    return f"{int(day)}/{int(month)}" if month else str(int(day))


def _date(day: int, month: int, year: str | None, today: Date) -> Date:
    if year is not None:
        given = int(year) if int(year) >= _SHORT_YEAR else int(year) + today.year // _SHORT_YEAR * _SHORT_YEAR
        return _to_come(_existing(given, month, day), today)
    this = _existing_or_none(today.year, month, day)
    return this if this and this >= today else _existing(today.year + 1, month, day)


def _last_day(said: dict[str, str | None], today: Date) -> Date:
    """Of a month, a quarter or a year."""
    quarter, year = said.get("quarter"), said.get("year")
    month = int(said.get("month") or _DECEMBER)
    if quarter:
        month = 3 * (_QUARTERS.get(quarter) or int(quarter))
    if not 1 <= month <= _DECEMBER:
        raise _Refused(texts.DUTY_NO_SUCH_MONTH.format(month=month))
    years = [int(year)] if year else [today.year, today.year + 1]
    last = [Date(each, month, monthrange(each, month)[1]) for each in years if each >= 1]
    return next((day for day in last if day >= today), None) or _to_come(last[0] if last else Date.min, today)


def _existing_or_none(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _existing(year: int, month: int, day: int) -> Date:
    if found := _existing_or_none(year, month, day):
        return found
    raise _Refused(texts.DUTY_NO_SUCH_DAY.format(day=f"{day:02}/{month:02}/{year}"))


def _to_come(day: Date, today: Date) -> Date:
    if day < today:
        raise _Refused(texts.DUTY_PAST.format(day=spoken_date(day), today=spoken_date(today)))
    return day
