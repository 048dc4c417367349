"""Invented papers that give duties, and a library that reads them by a rule of these tests alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from index import Directive, DirectiveId, Due, Duty, Library, Recurrence, Span, build_library, load_encoder
from tests.validity.papers import PHUONG, Paper, write_papers

FIRST = Paper(
    "11-KH/ĐU",
    "2026-04-02",
    PHUONG,
    "về dọn dẹp bến sông",
    "1. Khu phố 1 dọn bến sông, xong trước ngày 20/6/2026.\n"
    "2. Văn phòng tổng hợp rác thải hằng quý.\n"
    "3. Khu phố 2 trồng mười cây phượng.",
)
SECOND = Paper(
    "12-KH/ĐU",
    "2026-03-05",
    PHUONG,
    "về sách báo",
    "1. Tổ đọc sách kiểm kê tủ sách, xong trước ngày 15/5/2026.\n2. Tổ đọc sách mua sách, xong trước ngày 10/4/2026.",
)
LENT = Paper(
    "13-KH/ĐU",
    "2026-02-10",
    PHUONG,
    "về kế toán",
    "1. Kế toán nộp sổ, xong trước ngày 30/6/2026.",
    audience="committee",
)
OVER = Paper("05-KH/ĐU", "2020-01-06", PHUONG, "về đèn lồng", "1. Khu phố 3 treo đèn lồng hằng quý.")
ENDS_OVER = Paper(
    "06-QĐ/ĐU",
    "2021-01-06",
    PHUONG,
    "về đèn đường",
    "Điều 1. Đèn đường sáng từ 18 giờ.\nĐiều 2. Quy định này thay thế Kế hoạch số 05-KH/ĐU, ngày 06/01/2020.",
)
DRAFT = Paper("20-KH/ĐU", "2026-04-20", PHUONG, "về vườn rau", "1. Khu phố 4 làm vườn rau hằng quý.", draft=True)
PAPERS = (FIRST, SECOND, LENT, OVER, ENDS_OVER, DRAFT)

_LINE = re.compile(
    r"^(?:Điều )?\d+\. (?P<clause>(?P<who>[^\n]*?) (?:dọn|tổng hợp|trồng|kiểm kê|mua|nộp|treo|làm) [^\n]*)$", re.M
)
_DAY = re.compile(r"trước ngày (?P<day>\d+)/(?P<month>\d+)/(?P<year>\d+)")


class DutyLibrary(Library):
    """Each line that begins with who and what is a duty."""

    def duties(self) -> Mapping[DirectiveId, tuple[Duty, ...]]:
        return {each.id: self._read(each) for each in self.list()}

    def _read(self, directive: Directive) -> tuple[Duty, ...]:
        printed = self.printed(directive.id)
        assert printed is not None
        return tuple(_duty(directive, found, printed.text) for found in _LINE.finditer(printed.text))


def _duty(directive: Directive, found: re.Match[str], text: str) -> Duty:
    start, end = found.span("clause")
    words, due = Span(start=start, end=end), None
    if day := _DAY.search(text, start, end):
        words = Span(start=day.start(), end=day.end())
        due = Due(date=date(int(day["year"]), int(day["month"]), int(day["day"])))
    elif "hằng quý" in found["clause"]:
        due = Due(every=Recurrence.QUARTER)
    key = sha256(f"{directive.id}{found['clause']}".encode()).hexdigest()[:12]
    return Duty(key=key, span=Span(start=start, end=end), who=found["who"], due=due, words=words)


def built(folder: Path) -> DutyLibrary:
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    library = DutyLibrary.open(folder / "library")
    assert isinstance(library, DutyLibrary)
    return library


def papers_in(folder: Path, papers: tuple[Paper, ...] = PAPERS) -> DutyLibrary:
    write_papers(folder / "corpus", papers)
    return built(folder)
