"""What comes again: "hằng tháng", "6 tháng một lần", "trước ngày 20 của tháng cuối quý"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.reading.time_words import CLOCK, COUNT, DONE, LAST, Force, Time, number_of
from index.types import Due, Recurrence

_REACH = 110
"""Characters beside a period in which its days stand."""

_FIRST_MORE = (
    r"(?:\s*(?:,|và|;)\s*(?:trước\s+)?(?:ngày\s+)?(?P<more>\d{1,2}(?:\s?[/-]\s?\d{1,2}|\s+tháng\s+\d{1,2})?))?"
)
_BY = rf"(?:(?:{DONE}\s+)?{LAST}|vào)"
_ON = r"(?<!tháng\s)(?P<on>(?:mùng\s+|mồng\s+)?\d{1,2}(?:\s?[/-]\s?\d{1,2})?(?:\s+tháng\s+\d{1,2})?)(?![\d/])"
_ON_LEFT = re.compile(
    rf"(?<!\w)(?:{_BY}\s*)?{CLOCK}(?:vào\s+)?(?:(?:các\s+)?ngày\s+)?{_ON}{_FIRST_MORE}\s*,?\s*(?:của\s+)?"
    r"(?:định\s+kỳ\s+)?$"
)
_ON_RIGHT = re.compile(
    rf"(?:\s+(?:một|0?1)\s+lần)?\s*,?\s*(?:\(?\s*)(?:{_BY})\s*{CLOCK}(?:"
    rf"(?:các\s+)?ngày\s+){_ON}{_FIRST_MORE}(?!\s*/\s*20\d\d)"
    rf"|(?:\s+(?:một|0?1)\s+lần)?\s*,?\s*{_BY}\s*(?P<bare>\d{{1,2}}\s?/\s?\d{{1,2}})(?!\s?/)"
)
_WEEKDAY = (
    r"(?:(?:vào\s+)?(?:\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?\s+)?(?:sáng|chiều|tối)?\s*(?:ngày\s+)?"
    r"(?<!tuần\s)(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật))"
)
_WEEKDAY_LEFT = re.compile(rf"(?<!\w)(?:{_BY}\s+)?{_WEEKDAY}\s*,?\s*(?:của\s+)?$")
_WEEKDAY_RIGHT = re.compile(rf"(?:\s+(?:một|0?1)\s+lần)?\s*,?\s*(?:{_BY}\s+)?{_WEEKDAY}")
_SPAN = (
    r"(?:0?6\s+tháng|sáu\s+tháng|0?9\s+tháng|chín\s+tháng|0?3\s+tháng|ba\s+tháng|tuần|tháng|quý|(?:(?:0?1"
    r"|một)\s+)?năm)"
)
_ONCE = r"(?:(?:một|1|01)\s+lần)"
_EVERY = re.compile(
    rf"(?<!\w)(?:(?:định\s+kỳ\s+)?(?:hằng|hàng|mỗi|từng)\s+(?P<each>{_SPAN})(?P<list>(?:\s*(?:,|và|;)\s*(?:hằng\s+"
    rf"|hàng\s+|cả\s+)?{_SPAN}(?!\w))*)"
    rf"(?:\s+(?:họp\s+|ít\s+nhất\s+)*{_ONCE})?"
    rf"|định\s+kỳ\s+\(?(?P<term>{_SPAN})(?P<list2>(?:\s*(?:,|và|;)\s*{_SPAN}(?!\w))*)(?:\s+{_ONCE})?"
    rf"|(?P<count>{COUNT})\s+(?P<unit>tuần|tháng|quý|năm)\s+{_ONCE}"
    rf"|(?P<per>{COUNT})\s+(?P<perunit>tuần|tháng|quý|năm)\s*/\s*(?:0?1\s+)?lần"
    r"|(?P<times>(?:một|0?1)\s+năm\s+(?:hai|ba|bốn|0?[2-4])\s+lần)"
    rf"|(?P<next>tháng\s+(?:sau|kế\s+tiếp|liền\s+kề|tiếp\s+theo))"
    rf"|(?P<week>(?:đầu|cuối)\s+(?:mỗi\s+)?tuần)"
    rf"|báo\s+cáo\s+(?P<report>tuần|tháng|quý)"
    rf"|(?P<once>tuần|tháng|quý|năm)\s+{_ONCE}"
    r"|(?P<tail>tháng\s+(?:đầu|cuối|thứ\s+(?:nhất|hai|ba))(?:\s+tiên|\s+cùng)?\s+(?:của\s+)?(?:mỗi\s+|hằng\s+"
    r"|hàng\s+|từng\s+)?quý)"
    r"|(?P<lastday>ngày(?:\s+làm\s+việc)?\s+cuối(?:\s+cùng)?\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?(?P<of>tuần"
    r"|tháng|quý|năm))"
    rf"|cuối\s+(?:mỗi|hằng|hàng)\s+(?P<endof>tuần|tháng|quý|năm)"
    r"|(?:tuần(?:\s+(?:đầu|cuối)(?:\s+(?:tiên|cùng))?|\s+thứ\s+(?:nhất|hai|ba|tư))|ngày\s+đầu(?:\s+tiên)?)\s+(?:của"
    r"|trong)\s+(?P<part>tháng|quý)(?!\s+(?:này|nay|\d|[ivx]+(?!\w)|giêng|chạp|đó|trước))"
    r"|(?:^|(?<=[;:,.]\s))(?:vào\s+)?(?:đầu|cuối)\s+(?P<end>tháng|quý)(?=\s*,)"
    rf"|(?P<same>tháng\s+đó)"
    rf")(?!\w)(?!\s*(?:/\s*)?20\d\d)(?!\s*(?:/|-)\s*\d)(?!\s+(?:đầu|cuối|công\s+tác|tuổi)(?!\w))"
)
_REPORTED = re.compile(
    r"(?<!\w)(?P<what>sơ\s+kết|tổng\s+kết|báo\s+cáo)\s+(?:định\s+kỳ\s+|công\s+tác\s+"
    rf"|kết\s+quả\s+)*(?:vào\s+)?(?:dịp\s+)?(?:cuối\s+)?(?P<span>{_SPAN})(?!\w)"
    r"(?!\s*(?:/\s*)?20\d\d|\s+(?:đầu|cuối|qua|thực|học|công|i)(?!\w))"
)
_NEEDS_DAY = ("same", "next", "report", "week")
_NAMED_SPANS = ("each", "term", "once", "of", "endof", "part", "end")
_BY_LAST = re.compile(rf"(?:{DONE}\s+)?{LAST}")
_PERIODS = {"tuần": Recurrence.WEEK, "quý": Recurrence.QUARTER, "năm": Recurrence.YEAR}
_MONTHS = {
    1: Recurrence.MONTH, 3: Recurrence.QUARTER, 6: Recurrence.HALF_YEAR, 9: Recurrence.NINE_MONTHS, 12: Recurrence.YEAR
}  # fmt: skip


def find_recurring(shown: str, text: str) -> Iterator[Time]:
    """What a clause says comes again, each with the days that it names beside it."""
    last: Recurrence | None = None
    position = 0
    for match in _EVERY.finditer(shown):
        start, end, on = _days_of(shown, text, match)
        if start < position and on:
            continue  # the same days, said once more: "…, trước ngày 20/6 và 20/12 hằng năm"
        last_of = _BY_LAST.match(shown[start:end]) or _BY_LAST.search(shown[match.end() : end])
        for kind in [last] if match["same"] else _kinds(match):
            if kind is not None and (on or not any(match[name] for name in _NEEDS_DAY)):
                last, position = kind, end
                yield Time(start, end, Due(every=kind, on=on), Force.LAST if on and last_of else Force.WITHIN)


def _kinds(match: re.Match[str]) -> list[Recurrence | None]:
    if match["count"]:
        count = number_of(match["count"])
        month = {"tháng": 1, "quý": 3, "năm": 12}.get(match["unit"])
        return [_MONTHS.get(count * month) if month else Recurrence.WEEK if count == 1 else None]
    if match["per"]:
        month = {"tháng": 1, "quý": 3, "năm": 12}.get(match["perunit"])
        return [_MONTHS.get(number_of(match["per"]) * month) if month else Recurrence.WEEK]
    if match["times"]:
        return [Recurrence.YEAR]
    if match["tail"]:
        return [Recurrence.QUARTER]
    if match["next"]:
        return [Recurrence.MONTH]
    if match["week"]:
        return [Recurrence.WEEK]
    if match["report"]:
        return [_kind(match["report"])]
    first = next(match[name] for name in _NAMED_SPANS if match[name])
    further = re.findall(_SPAN, match["list"] or match["list2"] or "")
    return [_kind(words) for words in (first, *further)]


def _kind(words: str) -> Recurrence | None:
    name = words.split()[-1]
    if name != "tháng":
        return _PERIODS[name]
    count = words.split()[0]
    return _MONTHS[1 if count == "tháng" else number_of(count)]


def _days_of(shown: str, text: str, match: re.Match[str]) -> tuple[int, int, tuple[str, ...]]:
    """Where the words stand with the days that they name, and those."""
    from_ = max(0, match.start() - _REACH)
    before = shown[from_ : match.start()]
    if left := _WEEKDAY_LEFT.search(before):
        return from_ + left.start(), match.end(), (_as_printed(text, from_, left),)
    if left := _ON_LEFT.search(before):
        return from_ + left.start(), match.end(), _named(left["on"], left["more"])
    after = shown[match.end() : match.end() + _REACH]
    if match["report"] and (lone := _LONE.search(after.partition(";")[0])):
        on = _named(lone["day"], None) if lone["day"] else (_as_printed(text, match.end(), lone),)
        return match.end() + lone.start(), match.end() + lone.end(), on
    if right := _ON_RIGHT.match(after):
        days = _named(right["on"], right["more"]) if right["on"] else _named(right["bare"], None)
        return match.start(), match.end() + right.end(), days
    if right := _WEEKDAY_RIGHT.match(after):
        return match.start(), match.end() + right.end(), (_as_printed(text, match.end(), right),)
    return match.start(), match.end(), ()


def _as_printed(text: str, base: int, match: re.Match[str]) -> str:
    return " ".join(text[base + match.start("weekday") : base + match.end("weekday")].split())


_LONE = re.compile(
    rf"(?<!\w)(?P<words>{_BY}\s*{CLOCK}(?:ngày\s+(?P<day>(?:mùng\s+|mồng\s+)?\d{{1,2}})(?!\s*(?:[/.-]\s*\d"
    rf"|tháng\s+\d)|\d)|{_WEEKDAY}))"
)


def with_lone_days(times: Sequence[Time], shown: str, text: str) -> tuple[Time, ...]:
    """Times that come again, each with the day that the same segment names apart: "Hằng tháng, … trước ngày 25"."""
    found = list(times)
    for place, time in enumerate(found):
        if not time.due.every or time.due.on or time.due.every is Recurrence.YEAR:
            continue
        stop = shown.find(";", time.end)
        behind = [one.start for one in found if one.start >= time.end]
        end = min(stop if stop >= 0 else len(shown), *behind, len(shown))
        if (lone := _LONE.search(shown, time.end, end)) and (lone["day"] or time.due.every is Recurrence.WEEK):
            on = _named(lone["day"], None) if lone["day"] else (_as_printed(text, 0, lone),)
            due = time.due.model_copy(update={"on": on})
            found[place] = Time(time.start, time.end, due, Force.LAST)
    return tuple(found)


def _named(first: str, more: str | None) -> tuple[str, ...]:
    return tuple("/".join(str(int(part)) for part in re.findall(r"\d+", words)) for words in (first, more) if words)


def find_reports(shown: str, times: Sequence[Time]) -> Iterator[Time]:
    """ "Sơ kết 6 tháng, tổng kết năm" where no time of its own follows."""
    found = [*_REPORTED.finditer(shown)]
    if len(found) < 2 and not any(time.due.every for time in times):
        return
    for match in found:
        near = any(match.start() < time.end and time.start < match.end() + 60 for time in times)
        if match["what"] != "báo cáo" and not near and (every := _kind(match["span"])):
            yield Time(match.start(), match.end(), Due(every=every), Force.WITHIN)
