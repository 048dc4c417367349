"""The words that make a time of a day or a period, and what a time is."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from index.reading.moments import Moment
from index.types import Due


class Force(IntEnum):
    """How surely a time is a deadline by its own words."""

    BARE = 0  # "quý I/2027": at the head of a clause
    WITHIN = 1  # "trong tháng 6", "vào ngày 5/6": where somebody is told to act
    LAST = 2  # "trước ngày", "chậm nhất", "hạn cuối"


class Time(NamedTuple):
    """``text[start:end]`` says ``due``. ``day``: the day itself where it is one; ``moment``: what was read."""

    start: int
    end: int
    due: Due
    force: Force
    moment: Moment | None = None


BEFORE = r"tr[ưu][ơớóo]c"
DONE = r"(?:xong|hoàn\s+(?:thành|tất|thiện|chỉnh)|dứt\s+điểm|kết\s+thúc|gọn)"
CLOCK = (
    r"(?:(?:\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{1,2}(?:\s*(?:phút|['’]))?)?|\d{1,2}:\d\d)(?:\s+(?:sáng|trưa|chiều|tối|đêm))?"
    r"(?:\s*,)?\s+(?:của\s+)?|(?:sáng|trưa|chiều|tối)\s+)?"
)
LAST = (
    rf"(?:{BEFORE}(?:\s+hết|\s+thời\s+(?:điểm|hạn))?|(?:chậm|muộn|trễ)\s+nhất(?:\s+(?:là|vào|đến|trong|{BEFORE}|cũng))*"
    rf"(?:\s+hết)?|không\s+(?:(?:để|được|kéo\s+dài)\s+){{0,2}}(?:quá|muộn\s+hơn|chậm\s+hơn|trễ\s+hơn|sau)"
    r"|(?:thời\s+)?hạn(?!\s+(?:chế|hẹp))(?:\s+(?:cuối(?:\s+cùng)?|chót|hoàn\s+thành|thực\s+hiện|nộp|gửi|báo\s+cáo"
    r"|đăng\s+ký|tổng\s+hợp|xong"
    r"|trình|nhận)(?:\s[^,;:.()\d]{1,40}?)?)?\s*(?::|là|đến|vào|(?=\s))(?:\s+(?:là|vào|hết|đến|trong|ngày))*"
    r"|thời\s+(?:gian|điểm)(?:\s+(?:hoàn\s+thành|thực\s+hiện|kết\s+thúc|tổ\s+chức|tiến\s+hành|nộp|gửi|báo\s+cáo|xong))"
    r"(?:\s+là)?\s*(?::|(?=\s))(?:\s+(?:trong|vào|đến\s+hết|hết|đến))*|(?<=,\s)(?:thời\s+gian|tiến\s+độ)\s*:)"
)
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
}  # fmt: skip
COUNT = r"(?:\d{1,3}|mười\s+hai|mười\s+lăm|hai\s+mươi|ba\s+mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"


def number_of(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[" ".join(words.split())]
