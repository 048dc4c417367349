"""A time that a question names ("năm 2023", "tháng 9/2026", "quý III năm nay"), as days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as Date
from typing import Final

from bot import texts
from bot.messages import Frozen


class Period(Frozen):
    """From ``first`` to ``last``, both included. ``label``: as it is said back."""

    first: Date
    last: Date
    label: str

    def holds(self, day: Date | None) -> bool:
        return day is not None and self.first <= day <= self.last


_YEAR: Final = r"(?:nam )?(?P<year>(?:19|20)\d\d|nay|ngoai)"
_LED: Final = r"\b(?:(?:duoc )?ban hanh |ra |ky )?(?:trong |vao |o )?"
_QUARTERS: Final = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_BETWEEN: Final = re.compile(rf"{_LED}tu (?:nam )?(?P<first>\d{{4}}) (?:den|toi) (?:nam )?(?P<last>\d{{4}}|nay)\b")
_QUARTER: Final = re.compile(rf"{_LED}quy (?P<quarter>[1-4]|i{{1,3}}|iv) {_YEAR}\b")
_MONTH: Final = re.compile(rf"{_LED}thang (?P<month>\d{{1,2}}) {_YEAR}\b")
_THIS_MONTH: Final = re.compile(rf"{_LED}thang (?P<which>nay|truoc)\b")
_SIDE: Final = re.compile(rf"{_LED}(?P<side>truoc|sau|tu) nam (?P<year>\d{{4}})(?: den nay| tro di| tro lai day)?\b")
_WHOLE: Final = re.compile(rf"{_LED}(?:nam (?P<year>(?:19|20)\d\d|nay|ngoai|truoc)|(?P<bare>(?:19|20)\d\d))\b")


def read_period(form: str, *, today: Date) -> tuple[Period | None, str]:
    """The first time that a form names, and the form without it."""
    for pattern in (_BETWEEN, _QUARTER, _MONTH, _THIS_MONTH, _SIDE, _WHOLE):
        found = pattern.search(form)
        period = _period(found, today) if found else None
        if found and period:
            return period, " ".join(f"{form[: found.start()]} {form[found.end() :]}".split())
    return None, form


def _period(found: re.Match[str], today: Date) -> Period | None:
    said = {name: value for name, value in found.groupdict().items() if value}
    year = _year(said.get("year") or said.get("bare") or "nay", today)
    if "first" in said:
        last = today.year if said["last"] == "nay" else int(said["last"])
        return _years(int(said["first"]), last)
    if "quarter" in said:
        quarter = _QUARTERS[said["quarter"]]
        label = texts.SELECTED_IN_QUARTER.format(quarter=quarter, year=year)
        return _months(year, 3 * quarter - 2, 3 * quarter, label)
    if "which" in said:
        back = said["which"] == "truoc"
        year, month = (today.year - 1, 12) if back and today.month == 1 else (today.year, today.month - back)
        return _months(year, month, month, texts.SELECTED_IN_MONTH.format(month=month, year=year))
    if "month" in said:
        month = int(said["month"])
        label = texts.SELECTED_IN_MONTH.format(month=month, year=year)
        return _months(year, month, month, label) if 1 <= month <= 12 else None
    if side := said.get("side"):
        return {"truoc": _years(1930, year - 1), "sau": _years(year + 1, 9999), "tu": _years(year, 9999)}[side]
    return _years(year, year)


def _year(said: str, today: Date) -> int:
    if said.isdecimal():
        return int(said)
    return today.year - (said in ("ngoai", "truoc"))


def _years(first: int, last: int) -> Period:
    if first == last:
        label = texts.SELECTED_IN_YEAR.format(year=first)
    elif last == 9999:
        label = texts.SELECTED_SINCE.format(year=first)
    elif first == 1930:
        label = texts.SELECTED_BEFORE.format(year=last + 1)
    else:
        label = texts.SELECTED_YEARS.format(first=first, last=last)
    return Period(first=Date(min(first, last), 1, 1), last=Date(max(first, last), 12, 31), label=label)


def _months(year: int, first: int, last: int, label: str) -> Period:
    return Period(first=Date(year, first, 1), last=Date(year, last, monthrange(year, last)[1]), label=label)
