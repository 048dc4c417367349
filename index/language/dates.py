"""The dates written in a text."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from index.language.text import aligned

_YEAR = r"((?:19|20)\d\d)"
_YEARS = re.compile(_YEAR)
_DIGITS = re.compile(rf"(?<![\w/.])(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?{_YEAR}(?!\w|\s?/\s?\w|\2\d)")
_WORDS = re.compile(
    rf"(?<![\w/.])(?:ng[àa]y\s+)?(\d{{1,2}})\s*th[áa]ng\s*(\d{{1,2}})\s*,?\s*n[ăa]m\s*{_YEAR}(?!\w)", re.IGNORECASE
)


class FoundDate(NamedTuple):
    """A day and where it is written, ``text[start:end]``."""

    day: date
    start: int
    end: int


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates of the text in order: 5/9/2026, 05-9-2026, 5.9.2026, ngày 5 tháng 9 năm 2026; no impossible ones."""
    if not _YEARS.search(text):
        return ()
    shown, offsets = aligned(text)
    written = [(match, match.group(1, 3, 4)) for match in _DIGITS.finditer(shown)]
    written += [(match, match.group(1, 2, 3)) for match in _WORDS.finditer(shown)]
    days = sorted((match.span(), day) for match, parts in written if (day := _day(*map(int, parts))))
    return tuple(FoundDate(day, offsets[start], offsets[end]) for (start, end), day in days)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
