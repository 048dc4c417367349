"""The days and periods that a text names, each as its last day: "15/12/2026", "quý II năm 2026", "cuối tháng 9".

Everything is read in the search key of a text (`key`), with a few flaws of recognition ("l7/4/2026", "03 / 4 / 2026").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

_YEAR = r"2[0o][\dlo][\dlo]"
_D = r"(?:[0-3lo]?[\do]|(?:mùng|mồng)\s+\d{1,2})"
_M = r"(?:[01lo]\s?\d|\d)"
_MONTH_WORDS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười một": 11,
    "mười hai": 12, "mười": 10,
}  # fmt: skip
_MONTH_WORD = "giêng|hai|ba|tư|năm(?=\\s+năm)|sáu|bảy|tám|chín|mười\\s+một|mười\\s+hai|mười"
_SPLIT = r"\s*(?:/|-|,?\s*năm)\s*"
_OF_YEAR = rf"(?:{_SPLIT}(?P<{{}}>{_YEAR})(?!\d))"
_QUARTER = r"(?:[il]v|[il]{1,3}|[1-4])(?![\w%])"
_PLACE = (
    r"(?P<{}>(?:hết|cuối|giữa|đầu|tuần\s+(?:đầu(?:\s+tiên)?|cuối(?:\s+cùng)?|thứ\s+(?:nhất|hai|ba"
    r"|tư)))\s+(?:của\s+)?)?"
)
MOMENT = re.compile(
    r"(?<![\w/.,-])(?:"
    rf"(?:ngày\s+)?(?:(?:\d{{1,2}}\s*-\s*)?(?P<d1>{_D})\s?(?P<sep>[/.-])\s?(?P<m1>{_M})\s?(?P=sep)\s?(?P<y1>{_YEAR})(?!\w|\s?/\s?\w)"
    r""
    rf"|(?P<d2>{_D})\s+tháng\s+(?P<m2>\d{{1,2}}(?!\d)|{_MONTH_WORD})(?!\w)(?:\s*(?:[/,-]"
    rf"|,?\s*năm)\s*(?P<y2>{_YEAR})(?!\d))?"
    rf"|(?P<d3>{_D})\s?[/-]\s?(?P<m3>{_M})(?!\s?[/-]\s?\w|[\w%.]\w|\w|\s*(?:%|chi\s+bộ|đồng\s+chí|đảng\s+viên"
    r"|hộ(?!\w)|phiếu|người|việc|nhiệm\s+vụ|chỉ\s+tiêu|nội\s+dung|thôn|xã|phường|khu|tổ|cơ\s+sở|trường|đại\s+biểu)))"
    rf"|{_PLACE.format('p4')}tháng\s+(?:\d{{1,2}}(?:\s*(?:-|,|và"
    r"|đến)\s*(?:tháng\s+)?(?=\d))){0,3}(?P<m4>\d{1,2})(?!\d|\.\d)"
    rf"(?:{_OF_YEAR.format('y4')}|(?!\s*[/-]\s*\d|\s+năm\s+19))"
    rf"|{_PLACE.format('p5')}quý\s+(?:{_QUARTER}(?:\s*(?:-|,|và"
    rf"|đến)\s*(?:quý\s+)?(?=[il1-4]))){{0,3}}(?P<q5>{_QUARTER}){_OF_YEAR.format('y5')}?"
    rf"|(?P<n6>0?6|sáu|0?9|chín)\s+tháng\s+(?P<h6>đầu|cuối)\s+năm(?:\s+(?P<y6>{_YEAR}))?(?!\d)"
    rf"|(?P<p7>(?:hết|cuối|giữa|trong)\s+)?năm\s+(?P<y7>{_YEAR})(?!\s*-|\d)"
    r"|(?P<this>(?:trong|hết|cuối)\s+(?:tháng|quý|năm)\s+(?:này|nay))(?!\w)"
    r")"
)
"""Where a day or a period stands; a mere number of days with "ngày" only where a year or a month follows."""
_SPANS = re.compile(r"đến|-\s*(?:tháng|quý|\d{1,2}\s*/)")
_NO_DIGIT = re.compile(r"\D+")
_MID_MONTH = 15
_EARLY = 10
_WEEKS = {"đầu": 7, "nhất": 7, "hai": 14, "ba": 21, "tư": 28}


class Moment(NamedTuple):
    """``text[start:end]`` names ``day`` at the latest. ``dated``: a day and not a period. ``has_year``: it says its
    year. ``written``: day and month as written without the year (``15/6``), for what comes every year; ``placed``: a
    part of a period ("cuối tháng 9"); ``yearly``: a bare year;
    ``within``: it says so itself ("trong năm 2026"); ``spans``: several months or quarters.
    """

    start: int
    end: int
    day: Date
    dated: bool
    has_year: bool
    written: str = ""
    placed: bool = False
    yearly: bool = False
    within: bool = False
    spans: bool = False


def find_moments(shown: str, *, issued: Date | None) -> Iterator[Moment]:
    """The days and periods of a text in order. ``shown``: its key. One without a year is the next after ``issued``."""
    for match in MOMENT.finditer(shown):
        if (moment := _moment(match, issued)) is not None:
            yield moment


def _moment(match: re.Match[str], issued: Date | None) -> Moment | None:
    start, end = match.span()
    if match["m1"] or match["m2"] or match["m3"]:
        return _day_named(match, issued)
    if match["y7"]:
        middle = (match["p7"] or "").startswith("giữa")
        last = Date(_figure(match["y7"]), 6, 30) if middle else Date(_figure(match["y7"]), 12, 31)
        return Moment(start, end, last, False, True, yearly=not match["p7"], within=bool(match["p7"]))
    if match["this"]:
        period = match["this"].split()[1]
        return Moment(start, end, _end_of(issued, period), False, True, within=True) if issued else None
    return _period_named(match, issued)


def _day_named(match: re.Match[str], issued: Date | None) -> Moment | None:
    month = match["m1"] or match["m2"] or match["m3"]
    day = _figure(match["d1"] or match["d2"] or match["d3"])
    number = _MONTH_WORDS.get(" ".join(month.split())) or _figure(month)
    year = match["y1"] or match["y2"]
    found = _with_year(_figure(year) if year else None, number, day, issued)
    return Moment(match.start(), match.end(), found, True, bool(year), f"{day}/{number}") if found else None


def _period_named(match: re.Match[str], issued: Date | None) -> Moment | None:
    place = " ".join((match["p4"] or match["p5"] or "").split())
    if match["n6"]:
        six = match["n6"].lstrip("0") in ("6", "sáu")
        number, year = (12 if match["h6"] == "cuối" else 6 if six else 9), match["y6"]
    elif match["q5"]:
        early = place.startswith("đầu")
        number, year = _quarter(match["q5"]) * 3 - (2 if early else 0), match["y5"]
        place = "" if early else place
    else:
        number, year = int(match["m4"]), match["y4"]
    last = _with_year(_figure(year) if year else None, number, 0, issued, place=place)
    if last is None:
        return None
    spans = _SPANS.search(match[0]) is not None
    return Moment(match.start(), match.end(), last, False, bool(year), placed=bool(place), spans=spans)


def _with_year(year: int | None, month: int, day: int, issued: Date | None, *, place: str = "") -> Date | None:
    """``day`` 0: the last of the month, or of the part of it that ``place`` names."""
    if year is not None:
        return _day(year, month, day, place)
    if issued is None:
        return None
    this = _day(issued.year, month, day, place)
    return _day(issued.year + 1, month, day, place) if this is None or this < issued else this


def _day(year: int, month: int, day: int, place: str) -> Date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day:
        return Date(year, month, day) if day <= last else None
    words = place.split()
    if "tuần" in words:
        return Date(year, month, next((_WEEKS[word] for word in words if word in _WEEKS), last))
    early = {"giữa": _MID_MONTH, "đầu": _EARLY}
    return Date(year, month, next((early[word] for word in words if word in early), last))


def _end_of(day: Date, period: str) -> Date:
    """The last day of the month, quarter or year that a day is in."""
    month = {"tháng": day.month, "quý": (day.month + 2) // 3 * 3}.get(period, 12)
    return Date(day.year, month, monthrange(day.year, month)[1])


def _figure(words: str) -> int:
    return int(_NO_DIGIT.sub("", words.replace("l", "1").replace("o", "0")))


def _quarter(words: str) -> int:
    return int(words) if words.isdigit() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[words.replace("l", "i")]


def later(start: Date, count: int, unit: str) -> Date:
    """``count`` days, working days (Monday to Friday, without holidays), weeks or months after a day."""
    if unit == "ngày làm việc":
        weeks, rest = divmod(count, 5)
        day = start + timedelta(weeks=weeks)
        while rest:
            day += timedelta(days=1)
            rest -= day.weekday() < 5
        while day.weekday() >= 5:  # counted from a weekend
            day += timedelta(days=1)
        return day
    if unit == "tháng":
        year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
        return Date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return start + timedelta(days={"giờ": -(-count // 24), "phút": 1, "tuần": 7 * count}.get(unit, count))
