"""From when a clause says that something holds, and until when."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from index.language.numerals import roman_value
from index.reading.shapes import ISSUED, D, S, Shape

_YEAR = r"(?:19|20)\d\d"
PERIOD = (
    rf"(?:(?:tháng\s+(?P<{{0}}month>\d{{{{1,2}}}})|quý\s+(?P<{{0}}quarter>iv|i{{{{1,3}}}}|[1-4]))\s*(?:/|năm)\s*"
    rf"|năm\s+)"
    rf"(?P<{{0}}year>{_YEAR})(?!\s*-|\d)"
)
_WHEN = rf"(?:(?P<issued>{ISSUED})|(?P<day>{D})|{PERIOD.format('')})"
_HOLDS = (
    r"(?:có\s+(?:thời\s+hạn(?:\s+(?:thực\s+hiện|áp\s+dụng))?|hiệu\s+lực(?:\s+(?:thi\s+hành|thực\s+hiện|áp\s+dụng))?"
    r"|giá\s+trị(?:\s+(?:thi\s+hành|thực\s+hiện))?)"
    r"|(?:được\s+)?(?:chính\s+thức\s+)?(?:bắt\s+đầu\s+)?(?:thi\s+hành|triển\s+khai(?:\s+thực\s+hiện)?|thực\s+hiện"
    r"|áp\s+dụng))"
)
_CLOCK = r"(?:\d{1,2}\s+giờ(?:\s+\d{1,2}(?:\s+phút)?)?\s*,?\s+)?"
_FROM = (
    rf"\s*,?\s*(?:(?:bắt\s+đầu\s+)?(?:kể\s+)?từ|vào|là|ngay(?:\s+(?:sau|từ))?|sau)\s+{_CLOCK}"
    rf"(?:ngày\s+[^,;:\x01-\x04]{{3,40}}\sthông\s+qua\s*,?\s*)?"
)
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_DURING = rf"(?:\s*,?\s+(?:trong\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?:là\s+)?{_COUNT}\s+(?:năm|tháng|nhiệm\s+kỳ))?"
_WHERE = r"(?:\s+(?:thí\s+điểm|thống\s+nhất))*(?:\s+(?:trong|đối\s+với)\s+toàn\s+[^,;\x01-\x04]{2,60}?)?"
_MANNER = r"(?:\s+(?:sẽ|chính\s+thức|bắt\s+đầu|được|cũng|chỉ))*\s+"
_FILLER = rf"(?P<filler>(?:[^;\x03]*?(?:[,;]|\s(?:và|đồng\s+thời)))?{_MANNER})"
"""Between the paper itself and its verb: nothing, or other clauses closed by a comma or "và"."""

_IN_FORCE = re.compile(rf"{S}{_FILLER}{_HOLDS}{_WHERE}(?:{_DURING}(?=[^;]*đến)|){_FROM}{_WHEN}")
_AFTER_DAYS = re.compile(rf"{S}{_FILLER}{_HOLDS}\s+sau\s+(?P<days>\d{{1,3}})\s+ngày\s*,?\s*kể\s+từ\s+{_WHEN}")
_FROM_DAY = re.compile(rf"^\W*(?:kể\s+)?từ\s+{_WHEN}\s*,?\s*{S}{_MANNER}{_HOLDS}")
_FROM_DAY_BY = re.compile(
    rf"(?:^|[:;])\W*(?:kể\s+)?từ\s+{_WHEN}\s*,?\s[^;:.\x02\x03]{{0,200}}?(?:áp\s+dụng|thực\s+hiện|thi\s+hành)"
    rf"(?:\s+theo)?\s+{S}"
)
_DAY_IS = re.compile(
    rf"(?P<day>{D})(?P<issued>(?!))?(?P<year>(?!))?(?P<month>(?!))?(?P<quarter>(?!))?\s+là\s+(?:ngày"
    rf"|thời\s+điểm)\s+{S}\s+(?:bắt\s+đầu\s+)?(?:có\s+hiệu\s+lực|được\s+áp\s+dụng)"
)
_ENDS_AFTER = re.compile(
    rf"^\W*(?:(?P<from>(?:kể\s+)?từ)|sau|đến(?:\s+hết)?)\s+(?:(?P<last>{D})|{PERIOD.format('last')})\s*,?\s*"
    rf"(?:thì\s+)?{S}(?:\s+(?:sẽ|tự\s+động))*"
    r"\s+(?:hết|chấm\s+dứt|không\s+còn)\s+(?:hiệu\s+lực|giá\s+trị)"
)
_TIME_OF = re.compile(
    rf"(?:thời\s+điểm|thời\s+gian|ngày|hiệu\s+lực)(?:\s+(?:bắt\s+đầu|có|thi\s+hành|áp\s+dụng|thực\s+hiện"
    rf"|hiệu\s+lực))*\s+(?:của\s+)?{S}"
    rf"\s*(?:là|:|được\s+tính|tính|bắt\s+đầu)?\s*(?:{_FROM}|\s){_WHEN}"
)
_UNTIL = rf"(?:cho\s+)?đến\s+(?:hết\s+)?(?:(?P<last>{D})|{PERIOD.format('last')})"
_EXPIRES = re.compile(
    rf"{S}{_FILLER}{_HOLDS}(?:(?:\s+thí\s+điểm)?{_DURING}{_FROM}(?:{ISSUED}|{D}|nay|{PERIOD.format('first')})\s*,?"
    rf"(?:\s+và)?)?"
    rf"(?:\s+{_HOLDS})?\s+{_UNTIL}"
)
_TERM_OF = re.compile(
    r"(?:thời\s+(?:hạn|gian)|hiệu\s+lực)(?:\s+(?:có\s+)?(?:hiệu\s+lực|thực\s+hiện|áp\s+dụng|thi\s+hành))?\s+(?:của\s+)?"
    rf"{S}\s*(?:là|:|kéo\s+dài|được\s+tính)?\s*(?:{_FROM}(?:{ISSUED}|{D}|{PERIOD.format('first')})\s*)?{_UNTIL}"
)
_ENDS = re.compile(
    rf"{S}{_FILLER}(?:(?:hết|chấm\s+dứt|không\s+còn|thôi)\s+(?:hiệu\s+lực|giá\s+trị|áp\s+dụng)(?:\s+thi\s+hành)?"
    rf"|hết\s+(?:thời\s+)?hạn)\s+"
    rf"(?:(?:(?P<from>(?:kể\s+)?từ)|vào|sau(?:\s+khi)?(?:\s+hết)?)\s+)?(?:hết\s+)?(?:(?P<last>{D})"
    rf"|{PERIOD.format('last')})"
)
_TERM = re.compile(
    rf"{S}{_FILLER}{_HOLDS}\s+(?:trong\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?P<count>{_COUNT})\s+(?P<unit>năm|tháng)\s*,?\s*"
    rf"kể\s+từ\s+{_WHEN}"
)
_DOUBT = re.compile(
    r"(?<!\w)(?:không(?!\s+(?:còn\s+)?(?:áp\s+dụng|thực\s+hiện|thi\s+hành))|chưa|nếu|khi(?!\s+(?:được\s+)?(?:ký"
    r"|ban\s+hành))|đối\s+với|(?<!làm\s)việc|thì|trường\s+hợp|dự\s+thảo|cho\s+đến)(?!\w)(?!\s+toàn)"
)
_ANY_DAY = re.compile(rf"(?:kể\s+)?từ\s+{_WHEN}(?!\s*(?:thành|sang|đến)(?!\w))")
LAST_DAY = re.compile(rf"đến\s+(?:hết\s+)?(?:(?P<last>{D})|{PERIOD.format('last')})")


class Effect(NamedTuple):
    """``begins``: the first day; ``ends``: the last one. None where nothing is said."""

    begins: Date | None = None
    ends: Date | None = None


def read_effect(shape: Shape, *, issued: Date | None) -> Effect:
    """What a clause says of the paper's own term. ``issued``: its date, for "kể từ ngày ký".

    "Có hiệu lực sau 15 ngày kể từ ngày ký" counts from the day after; a term of years ends on the same day of the last
    year (Bộ luật Dân sự 2015, điều 147, 148); what ends "từ ngày" held the day before for the last time.
    """
    if "\x03" not in shape.text:
        return Effect()
    begins = _first(shape, issued, _IN_FORCE, _FROM_DAY, _FROM_DAY_BY, _TIME_OF, _DAY_IS)
    if begins is None and (match := _sure(_AFTER_DAYS, shape)) and (day := _when(match, shape, issued)):
        begins = day + timedelta(days=int(match["days"]))
    return Effect(begins, _ends(shape, issued))


_BY_IT = re.compile(r"(?:bằng|bởi|theo)\s+$")


def _first(shape: Shape, issued: Date | None, *patterns: re.Pattern[str]) -> Date | None:
    for pattern in patterns:
        if match := _sure(pattern, shape):
            day = _when(match, shape, issued)
            # Behind another paper an old date is that paper's.
            foreign = "\x01" in match[0] and day and issued and (issued - day).days > 31
            return None if foreign else day
    return None


def _ends(shape: Shape, issued: Date | None) -> Date | None:
    if match := _sure(_EXPIRES, shape) or _sure(_TERM_OF, shape):
        return last_day(match, shape)
    if (match := _sure(_ENDS, shape)) and not _BY_IT.search(shape.text, 0, match.start()):
        last = last_day(match, shape)
        return last - timedelta(days=1) if last and match["from"] and match["last"] else last
    if match := _ENDS_AFTER.search(shape.text):
        last = last_day(match, shape)
        return last - timedelta(days=1) if last and match["from"] and match["last"] else last
    if (match := _sure(_TERM, shape)) and (day := _when(match, shape, issued)):
        months = _count(match["count"]) * (12 if match["unit"] == "năm" else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return Date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return None


def _sure(pattern: re.Pattern[str], shape: Shape) -> re.Match[str] | None:
    """The match, unless a condition or a denial stands before or in it, or only parts are spoken of."""
    match = pattern.search(shape.text)
    if not match or _DOUBT.search(shape.text, _clause_start(shape.text, match.start()), match.end()):
        return None
    before = shape.text[: match.start()].rstrip()
    return None if before.endswith(("\x02", "\x02 của", "không áp dụng")) else match


def _clause_start(text: str, position: int) -> int:
    return max(text.rfind(";", 0, position), 0)


def clause_day(shape: Shape, start: int, end: int, *, issued: Date | None) -> Date | None:
    """The day of the first "từ ngày …" between these offsets of the shape."""
    match = _ANY_DAY.search(shape.text, start, end)
    return _when(match, shape, issued) if match else None


def _when(match: re.Match[str], shape: Shape, issued: Date | None) -> Date | None:
    if match["issued"]:
        return issued
    if match["day"]:
        return shape.days.get(match.start("day"))
    month = (
        int(match["month"] or 0) or (_quarter(match["quarter"]) - 1) * 3 + 1
        if match["quarter"] or match["month"]
        else 1
    )
    return Date(int(match["year"]), month, 1) if 1 <= month <= 12 else None


def last_day(match: re.Match[str], shape: Shape) -> Date | None:
    """The last day that a match of `LAST_DAY` names: of the year, the quarter or the month where it says no more."""
    if match["last"]:
        return shape.days.get(match.start("last"))
    month = int(match["lastmonth"] or 0) or (_quarter(match["lastquarter"]) * 3 if match["lastquarter"] else 12)
    year = int(match["lastyear"])
    return Date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTS.index(words) + 1


_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _quarter(words: str) -> int:
    return int(words) if words.isdigit() else roman_value(words.upper())
