"""A library of hand-made readings that searches by shared words: no index files, no vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from index import (
    Directive,
    DirectiveId,
    Findings,
    LibraryInfo,
    Printed,
    Quote,
    Reading,
    Relation,
    Section,
    SectionKind,
    Span,
    find_numbers,
    fold,
)

if TYPE_CHECKING:
    from index import Library

DIRECTIVE_24 = Directive(
    id=DirectiveId("24-ct-tu.thanh-uy-ha-noi.2023-08-07"),
    file="ct-24.docx",
    number="24-CT/TU",
    type="CT",
    type_name="Chỉ thị",
    issuer="Thành ủy Hà Nội",
    place="Hà Nội",
    date=date(2023, 8, 7),
    signer="Đinh Văn Mẫu",
    title="Tăng cường kỷ cương, kỷ luật và trách nhiệm giải quyết công việc",
    sample=True,
)
LINES_24 = {
    "issuer": "THÀNH ỦY HÀ NỘI",
    "number": "Số 24-CT/TU",
    "date": "Hà Nội, ngày 07 tháng 8 năm 2023",
    "title": "Tăng cường kỷ cương, kỷ luật và trách nhiệm giải quyết công việc",
    "1": "1. Các cấp ủy quán triệt kỷ cương hành chính đến từng đảng viên.",
    "2": "2. Người đứng đầu chịu trách nhiệm trước cấp ủy về công việc chậm muộn.",
    "signer": "Đinh Văn Mẫu",
}
DIRECTIVE_20_OLD = Directive(
    id=DirectiveId("20-ct-tu.a.2020-01-05"),
    file="ct-20-a.docx",
    number="20-CT/TU",
    type="CT",
    type_name="Chỉ thị",
    issuer="Tỉnh ủy A",
    place=None,
    date=date(2020, 1, 5),
    title="Về trật tự đô thị",
)
DIRECTIVE_20_NEW = DIRECTIVE_20_OLD.model_copy(
    update={
        "id": DirectiveId("20-ct-tu.b.2023-05-16"),
        "file": "ct-20-b.docx",
        "issuer": "Thành ủy Hạ Long",
        "date": date(2023, 5, 16),
    }
)


def make_reading(directive: Directive, lines: dict[str, str], *, paged: bool = True) -> Reading:
    """Lines joined by newlines; a key that is a field marks its line, a key that is a number makes a section."""
    text, fields, sections = "", {}, []
    for name, line in lines.items():
        span = Span(start=len(text), end=len(text) + len(line))
        text += line + "\n"
        if name.isdigit():
            sections.append(Section(kind=SectionKind.NUMBER, label=name, heading="", start=span.start, end=len(text)))
        else:
            fields[name] = span
    return Reading(
        directive=directive,
        printed=Printed(text=text, page_starts=(0,) if paged else (), sections=tuple(sections), fields=fields),
    )


READINGS = (
    make_reading(DIRECTIVE_24, LINES_24),
    make_reading(
        DIRECTIVE_20_OLD,
        {"number": "Số 20-CT/TU", "date": "ngày 05 tháng 01 năm 2020", "1": "1. Giữ vỉa hè thông thoáng."},
    ),
    make_reading(
        DIRECTIVE_20_NEW,
        {"number": "Số 20-CT/TU", "date": "ngày 16 tháng 5 năm 2023", "1": "1. Xử lý lấn chiếm lòng đường."},
    ),
)


class ShelfOfReadings:
    """Answers with every line that shares two folded words with the question; remembers what it was asked."""

    def __init__(self, readings: Iterable[Reading] = READINGS, *, error: Exception | None = None) -> None:
        readings = tuple(readings)
        self.said = {reading.directive.id: reading.relations for reading in readings}
        self.readings = {reading.directive.id: reading for reading in readings}
        self.error = error
        self.asked: list[tuple[str, Quote | None]] = []

    def search(
        self,
        question: str,
        *,
        visible: frozenset[DirectiveId] | None = None,
        within: frozenset[DirectiveId] | None = None,
        lapsed: frozenset[DirectiveId] = frozenset(),
        pending: frozenset[DirectiveId] = frozenset(),
        focus: Quote | None = None,
        limit: int = 10,
    ) -> Findings:
        self.asked.append((question, focus))
        if self.error:
            raise self.error
        named = {d.id for number in find_numbers(question) for d in self.find(number.symbol or "", visible=visible)}
        quotes = [quote for reading in self._seen(visible) for quote in _matching(reading, question)]
        quotes = [quote for quote in quotes if not find_numbers(question) or quote.directive.id in named]
        quotes = [quote for quote in quotes if within is None or quote.directive.id in within]
        nearest = () if quotes else tuple(reading.directive for reading in self._seen(visible))
        return Findings(answered=bool(quotes), quotes=tuple(quotes[:limit]), hits=(), nearest=nearest)

    def find(self, number: str, *, visible: frozenset[DirectiveId] | None = None) -> tuple[Directive, ...]:
        wanted = {each.symbol for each in find_numbers(number)}
        return tuple(directive for directive in self.list(visible=visible) if directive.number in wanted)

    def directive(self, directive: DirectiveId, *, visible: frozenset[DirectiveId] | None = None) -> Directive | None:
        return next((each for each in self.list(visible=visible) if each.id == directive), None)

    def relations(self) -> Mapping[DirectiveId, tuple[Relation, ...]]:
        return self.said

    def list(self, *, visible: frozenset[DirectiveId] | None = None) -> tuple[Directive, ...]:
        return tuple(reading.directive for reading in self._seen(visible))

    def info(self, *, visible: frozenset[DirectiveId] | None = None) -> LibraryInfo:
        built_at = datetime(2026, 2, 5, tzinfo=UTC)
        return LibraryInfo(
            directives=len(self.list(visible=visible)),
            passages=9,
            snapshot="one",
            built_at=built_at,
            encoder="built-in",
        )

    def printed(self, directive: DirectiveId, *, visible: frozenset[DirectiveId] | None = None) -> Printed | None:
        return next((reading.printed for reading in self._seen(visible) if reading.directive.id == directive), None)

    def _seen(self, visible: frozenset[DirectiveId] | None) -> list[Any]:
        return [reading for reading in self.readings.values() if visible is None or reading.directive.id in visible]


def _matching(reading: Reading, question: str) -> list[Quote]:
    words = set(re.findall(r"\w+", fold(question)))
    found = []
    for section in reading.printed.sections:
        line = reading.printed.text[section.start : section.end].strip()
        if len(words & set(re.findall(r"\w+", fold(line)))) >= 2:
            span = Span(start=section.start, end=section.start + len(line))
            page, path = reading.printed.page_at(section.start), reading.printed.path_at(section.start)
            found.append(Quote(directive=reading.directive, text=line, span=span, path=path, page=page, score=0.5))
    return found


def make_library(
    readings: Iterable[Reading] = READINGS, *, error: Exception | None = None
) -> tuple[Library, ShelfOfReadings]:
    """The fake as a library, and as itself to look into."""
    shelf = ShelfOfReadings(readings, error=error)
    return cast("Library", shelf), shelf
