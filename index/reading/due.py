"""By when something is to be done: the times that a text names, each with the words that name it.

"Trước ngày 15/12/2026", "trong quý II", "ngày 25 hằng tháng", "trong 5 ngày làm việc kể từ ngày nhận đơn". A time that
only tells when something was or is ("Hội nghị ngày 22/9/2026", "kể từ quý III") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from index.reading.moments import Moment, find_moments
from index.reading.recurring import find_recurring, with_lone_days
from index.reading.relative import find_relative
from index.reading.time_words import CLOCK, DONE, LAST, Force, Time
from index.types import Due

_LEFT_LAST = re.compile(rf"(?<!\w)(?:{DONE}\s+(?:toàn\s+bộ\s+)?(?:ngay\s+)?)?{LAST}\s*{CLOCK}(?:ngày\s+)?$")
_LEFT_DONE = re.compile(
    rf"(?<!\w){DONE}\s+(?:toàn\s+bộ\s+)?(?:(?:ngay\s+)?(?:trong|vào)(?:\s+ngày)?|đến\s+hết)?\s*{CLOCK}(?:ngày\s+)?$"
)
_LEFT_RANGE = re.compile(
    rf"(?<!\w)(?:kể\s+)?từ\s+{CLOCK}(?:(?:ngày|tháng|quý)\s+)?[\di][^,;.()]{{0,28}}?\s*(?:cho\s+)?(?:đến|tới"
    rf"|-)\s+(?:hết\s+)?{CLOCK}(?:ngày\s+)?$"
    r"|(?<!\w)(?:trong|vào)\s+(?:(?:các|hai|ba|\d+)\s+)?ngày\s+\d{1,2}(?:/\d{1,2})?(?:\s*(?:,|và"
    r"|-)\s*\d{1,2}(?:/\d{1,2})?){0,3}\s*(?:,|và|-)\s*$"
)
_LABELLED = re.compile(r"(?<!\w)(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn)(?:\s+[^\W\d]+){0,5}\s*:\s*$")
_THEN_DONE = re.compile(
    r"\s*[,:]?\s*(?:(?:phải|cơ\s+bản|sẽ|tất\s+cả|là|cần)\s+){0,2}(?:xong|hoàn\s+(?:thành|tất)|(?:thời\s+)?hạn\s+(?:cuối"
    r"|chót|nộp|gửi|cuối\s+cùng))(?!\w)"
)
_LEFT_WITHIN = re.compile(
    rf"(?<!\w)(?:(?:ngay\s+)?trong(?:\s+(?:cả|thời\s+gian|khoảng))?(?:\s+ngày)?|vào(?:\s+(?:khoảng|lúc|dịp|ngày))*"
    rf"|(?:cho\s+)?đến(?:\s+hết)?|đúng|chốt|(?<=[^\W\d]\s)(?:tối|chiều|sáng))\s*{CLOCK}(?:ngày\s+)?$"
)
_LEFT_SESSION = re.compile(
    r"(?<!\w)(?:kỳ\s+họp|phiên\s+họp|hội\s+nghị|kỳ\s+sinh\s+hoạt|buổi\s+sinh\s+hoạt"
    r"|cuộc\s+họp)(?:\s[^,;.()\d]{1,50}?)?\s+$"
)
_LEFT_AT = re.compile(r"(?:tại|vào|trong|ở)\s+(?:\w+\s+)?$")
_LEFT_EVENT = re.compile(
    r"(?<!\w)(?:tổ\s+chức|khai\s+mạc|tiến\s+hành|ra\s+quân|phát\s+động|tổng\s+kết|sơ\s+kết|công\s+bố|khai\s+trương"
    r"|khai\s+giảng|bàn\s+giao|trao|họp)(?!\w)[^,;.:()\d]{0,60}$"
)
_LEFT_NAMED = re.compile(
    r"(?<!\w)(?:số|nghị\s+quyết|kế\s+hoạch|thông\s+báo|công\s+văn|quyết\s+định|chỉ\s+thị|kết\s+luận|hướng\s+dẫn"
    r"|hội\s+nghị|kỳ\s+họp|cuộc\s+họp|phiên\s+họp|biên\s+bản|tờ\s+trình|báo\s+cáo"
    r"|dịp|kỷ\s+niệm|ký|lập|sinh|vào\s+đảng|thành\s+lập|đợt|dự\s+kiến|ngày\s+lễ|đại\s+hội)(?:\s[^,;.:()\d]{0,40})?$"
)
_LEFT_HEAD = re.compile(r"(?:^|[;:.]\s*|(?:^|\s)(?:và|riêng)\s+)$")
_FROM = re.compile(r"(?<!\w)(?:từ|sau|tính\s+đến|số\s+liệu(?:\s+lấy)?\s+đến|sinh|ký)\s+(?:ngày\s+)?$")
_SINCE_PERIOD = re.compile(r"(?<!\w)(?<!kể\s)từ\s+$")
_EXPECTED = re.compile(r"(?<!\w)dự\s+kiến\s+(?:sẽ\s+)?(?:khánh\s+thành\s+|vào\s+)?$")
_DOUBTED = re.compile(r"(?<!\w)(?:dự\s+kiến|ký|sinh|thành\s+lập)\s+(?:vào\s+)?(?:ngày\s+)?$")
_THEN = re.compile(r"\s*,?\s+thì(?!\w)")
"""A case and no deadline: "cấp thẻ trước ngày 01/4 thì …"."""
_REACH = 110
"""Characters before a day in which its own words stand."""


def may_name_time(shown: str) -> bool:
    """Whether a look at the times of a clause can find any; quick."""
    return any(words in shown for words in _CUES) and (_FIGURE.search(shown) is not None or _often(shown))


def _often(shown: str) -> bool:
    return any(words in shown for words in _OFTEN)


_CUES = ("ngày", "tháng", "quý", "năm", "tuần", "giờ", "/", "-", "phút", ".2")
_OFTEN = (
    "hằng", "hàng ", "mỗi", "định kỳ", " lần", "/lần", "sơ kết", "đầu tuần", "báo cáo t", "báo cáo q", "tháng đó",
    " cuối ", "cuối quý", "cuối tháng", "đầu tháng", "đầu quý", "tuần đầu", "tuần thứ", "ngày đầu", "tháng đầu",
    "tháng sau", "tháng kế", "tháng tiếp", "tháng liền",
)  # fmt: skip
_FIGURE = re.compile(
    r"\d|(?<!\w)(?:quý\s+i|(?:một|hai|ba|bốn|năm|sáu|bảy|mười)(?:\s+lăm)?\s+(?:ngày|tháng|tuần|giờ)|(?:tháng|quý"
    r"|năm)\s+n[aà]y(?!\w))"
)


def find_times(shown: str, text: str, *, issued: Date | None) -> tuple[Time, ...]:
    """The times of a clause in order. ``shown``: its key; ``text``: as printed, for what is kept in its words."""
    found = [*find_relative(shown, text, issued)]
    if _often(shown):
        found += _free(found, find_recurring(shown, text))
    moments = [*find_moments(shown, issued=issued)] if _FIGURE.search(shown) else []
    found += _free(found, (time for moment in moments if (time := _dated(shown, moment))))
    return with_lone_days(sorted(found, key=lambda time: (time.start, time.end)), shown, text)


def _free(taken: Sequence[Time], times: Iterator[Time]) -> Iterator[Time]:
    fixed = tuple(taken)
    for time in times:
        if all(time.end <= one.start or one.end <= time.start for one in fixed):
            yield time


def _dated(shown: str, moment: Moment) -> Time | None:
    """The time that a day or period is, by the words before it, or behind it ("ngày 5/6 là hạn cuối")."""
    from_ = max(0, moment.start - _REACH)
    before = shown[from_ : moment.start]
    start, force = _framed(before, moment)
    if force is not None and _EXPECTED.search(shown, from_, from_ + start):
        return None
    if force is None or _THEN.match(shown, moment.end) or (moment.yearly and force is not Force.LAST):
        return None
    begin = from_ + start
    if force is not Force.LAST:
        labelled = _LABELLED.search(shown, max(0, begin - _REACH), begin)
        if (labelled and not (moment.dated and force is Force.BARE)) or _THEN_DONE.match(shown, moment.end):
            force = Force.LAST
    return Time(begin, moment.end, Due(date=moment.day), force, moment)


def _framed(before: str, moment: Moment) -> tuple[int, Force | None]:
    """Where in the words before it a time begins, and what they make of it."""
    for pattern, force in ((_LEFT_LAST, Force.LAST), (_LEFT_DONE, Force.LAST), (_LEFT_RANGE, Force.WITHIN)):
        if (left := pattern.search(before)) and (pattern is not _LEFT_DONE or _may_close(moment, left[0])):
            return left.start(), force
    if moment.spans and (since := _SINCE_PERIOD.search(before)):
        return since.start(), Force.WITHIN
    if _FROM.search(before) or _DOUBTED.search(before):
        return 0, None
    if session := _LEFT_SESSION.search(before):
        told = _LEFT_AT.search(before, 0, session.start())
        return session.start(), Force.WITHIN if told and not moment.dated and moment.has_year else None
    if left := _LEFT_WITHIN.search(before):
        return left.start(), Force.WITHIN
    if moment.placed or moment.within:
        return len(before), Force.WITHIN
    if moment.dated and moment.has_year and _LEFT_EVENT.search(before) and not _LEFT_NAMED.search(before):
        return len(before), Force.WITHIN
    labelled = not moment.dated and _LABELLED.search(before)
    return len(before), Force.BARE if labelled or _LEFT_HEAD.search(before) else None


def _may_close(moment: Moment, before: str) -> bool:
    """False for "hoàn thành 05/06 việc"."""
    return not moment.dated or moment.has_year or before.rstrip().endswith(("ngày", "trong", "vào", "hết"))
