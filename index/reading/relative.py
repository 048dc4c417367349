"""Periods from an event: "trong 5 ngày làm việc kể từ ngày nhận đơn", "xong trước Đại hội"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date

from index.reading.moments import later
from index.reading.references import TYPE_NAME
from index.reading.time_words import BEFORE, COUNT, DONE, Force, Time, number_of
from index.types import Due

_UNIT = r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ|phút|tuần|tháng)"
_UNITS = ("ngày", "giờ", "phút", "tuần", "tháng")
_WITHIN = (
    r"(?:trong(?:\s+(?:vòng|thời\s+(?:hạn|gian)|khoảng))?(?:\s+(?:tối\s+đa|không\s+quá|chậm\s+nhất))?|(?:chậm"
    r"|muộn)\s+nhất"
    rf"(?:\s+(?:là|sau|trong(?:\s+vòng)?|{BEFORE}))*|không\s+(?:quá|muộn\s+hơn|chậm\s+hơn)|tối\s+đa(?:\s+(?:là"
    r"|không\s+quá))?"
    rf"|sau(?:\s+(?:tối\s+đa|không\s+quá))?|thời\s+hạn(?:\s+là)?|(?:{BEFORE}\s+)?(?:ít\s+nhất|tối\s+thiểu))"
)
_EVENT = r"[^,;.()\n]{2,110}"
_SINCE = re.compile(
    rf"(?<!\w){_WITHIN}\s+(?P<n>{COUNT})\s*(?:\([^()]{{1,20}}\)\s*)?{_UNIT}(?:\s+\(?làm\s+việc\)?)?\s*,?\s*(?:"
    r"(?:được\s+)?tính\s+)?"
    rf"(?P<event>(?:(?:kể\s+|tính\s+)?từ|sau|{BEFORE})(?!\w)(?!\s+{COUNT}\s){_EVENT})"
)
_NO_EVENT = re.compile(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+(?:hạn|gian))(?:\s+(?:tối\s+đa|không\s+quá))?|(?:chậm"
    r"|muộn)\s+nhất(?:\s+(?:là|sau))*"
    rf"|không\s+quá|{BEFORE}(?:\s+(?:mỗi|khi|ngày|kỳ|buổi|cuộc"
    rf"|hội\s+nghị)(?:\s[^,;.()\d]{{2,50}}?))?(?:\s+(?:ít\s+nhất|tối\s+thiểu))|{BEFORE}(?=\s+{COUNT}\s+ngày)|{BEFORE}\s+(?:mỗi|khi|ngày|kỳ|buổi"
    r"|cuộc|hội\s+nghị)\s[^,;.()\d]{2,50}?|trong(?=\s+\d+\s+(?:ngày\s+làm|giờ\s*[,.;])))"
    rf"\s+(?P<n>{COUNT})\s+(?P<unit>ngày\s+làm\s+việc|ngày|tuần|giờ(?!\s*,?\s*(?:\d|ngày|sáng|chiều)))(?!\w)(?!\s+(?:tuổi|công|phép|lễ|\d|đầu|cuối|nghỉ|một"
    r"|/))"
)
_FIRST = re.compile(
    rf"(?<!\w)(?:{DONE}\s+(?:toàn\s+bộ\s+)?|(?:chậm"
    rf"|muộn)\s+nhất\s+(?:là\s+)?)?(?P<event>(?:{BEFORE}(?:\s+thời\s+điểm)?\s+(?:khi|đại\s+hội|kỳ\s+họp|phiên\s+họp"
    r"|hội\s+nghị|tết|mùa|khai\s+(?:giảng|mạc)|bế\s+mạc|kỳ\s+(?:thi|nghỉ)|lễ"
    r"|(?:mỗi|các)\s+(?:kỳ|cuộc|buổi|phiên|đợt)|kỳ\s+sinh\s+hoạt|cuộc\s+họp|ngày\s+(?:khai|bầu|tổ\s+chức|họp|diễn"
    r"|hội|đại|lễ|tết))|trong\s+ngày\s+làm\s+việc\s+(?:tiếp|kế|liền)|ngay\s+sau(?:\s+(?:khi|đại|hội|kỳ|mỗi|cuộc"
    r"|buổi))?)(?!\w)[^,;.()\d]{0,80})"
)
_FINISHES = re.compile(rf"{DONE}|chậm|muộn")
_EVENT_END = re.compile(r"\s(?:phải|thì|để)(?!\w)")
_ISSUED = re.compile(
    rf"(?:kể\s+từ|tính\s+từ|từ|sau)\s+(?:khi\s+|ngày\s+|thời\s+điểm\s+)?(?:được\s+)?"
    rf"(?:(?:ký(?:\s*,?\s+(?:ban\s+hành|phát\s+hành))?|ban\s+hành|phát\s+hành)(?:\s+(?:{TYPE_NAME}"
    rf"|văn\s+bản)(?!\s+\w)|\s+(?:{TYPE_NAME}|văn\s+bản)\s+này)?"
    rf"|(?:{TYPE_NAME}|văn\s+bản)\s+(?:này\s+)?(?:được\s+)?(?:ký|ban\s+hành|phát\s+hành)(?:\s+ban\s+hành)?)\s*$"
)
_LEAD = re.compile(
    r"^(?:trong(?:\s+(?:vòng|thời\s+(?:hạn|gian)|khoảng))?|(?:chậm|muộn)\s+nhất(?:\s+(?:là|sau|trong(?:\s+vòng)?))*"
    r"|không\s+(?:quá|muộn\s+hơn|chậm\s+hơn)|tối\s+đa|sau(?=\s+\d)|thời\s+hạn(?:\s+là)?|ít\s+nhất|tối\s+thiểu)\s+"
)


def find_relative(shown: str, text: str, issued: Date | None) -> Iterator[Time]:
    if not any(unit in shown for unit in _UNITS):
        return
    position = 0
    for match in sorted((*_SINCE.finditer(shown), *_NO_EVENT.finditer(shown)), key=lambda match: match.start()):
        if match.start() < position:
            continue
        since = "event" in match.re.groupindex
        position = match.end()
        if since and (stop := _EVENT_END.search(shown, match.start("event"), position)):
            position = stop.start()
        position = match.start() + len(shown[match.start() : position].rstrip())
        lead = _LEAD.match(shown[match.start() : position])
        due = Due(after=text[match.start() + (lead.end() if lead else 0) : position])
        if issued and since and _ISSUED.match(shown[match.start("event") : position]):
            due = Due(date=later(issued, number_of(match["n"]), " ".join(match["unit"].split())))
        yield Time(match.start(), position, due, Force.WITHIN)


def find_events(shown: str, text: str) -> Iterator[Time]:
    """ "Xong trước Đại hội": times that name only what comes behind them; for clauses that say no other."""
    for match in _FIRST.finditer(shown):
        end = match.start() + len(match[0].rstrip())
        force = Force.LAST if _FINISHES.match(match[0]) else Force.WITHIN
        yield Time(match.start(), end, Due(after=text[match.start("event") : end]), force)
