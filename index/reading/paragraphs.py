"""Pages of lines -> the printed text: page furniture removed, broken lines joined, numbered units found.

Joining needs the outline and the outline needs joined lines, so both run in one pass over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.reading.markers import CAPITALS, Marker, read_marker
from index.reading.outline import Outline, Unit
from index.reading.scanned_labels import with_right_labels
from index.types import Pages, Span
from index.types import SectionKind as Kind

_ENDS_SENTENCE = re.compile(r"[.;:!?…)\]”\"]$")
_ANNOUNCES_NUMBER = re.compile(
    r"(?:,|\b(?:điều|khoản|điểm|tiết|mục|tiểu mục|phần|chương|số|ngày|tháng|năm|quý|giờ|phút|lúc|từ|đến|tại|theo|của"
    r"|và|hoặc|với|là|có|còn|được|bằng|hơn|trên|dưới|khoảng|ít nhất|tối đa|tối thiểu))$",
    re.IGNORECASE,
)
_UNLIKE_PROSE = (Kind.POINT, Kind.DASH, Kind.PLUS)
_RECIPIENTS = r"(?:Nơi\s+nhận|NƠI\s+NHẬN|Nơi\s+gửi)\s*(?::|$)"
_ON_BEHALF = rf"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?)\s+[{CAPITALS}]{{2,}}"
_ACTING = r"Q\.\s+(?:BÍ THƯ|CHỦ|TRƯỞNG|GIÁM|CHÁNH)"
SIGNATURE = re.compile(f"{_RECIPIENTS}|{_ON_BEHALF}|{_ACTING}")
"""What the first line of the recipients or of a signature begins with."""
_ATTACHED = re.compile(
    r"(?:QUY ĐỊNH|QUY CHẾ|ĐỀ ÁN|KẾ HOẠCH|CHƯƠNG TRÌNH|HƯỚNG DẪN|DANH SÁCH|DANH MỤC|BIỂU MẪU|BIỂU|MẪU)\b"
)
"""Title of a paper attached after the signature; it begins a new part as "Phụ lục" does."""
_RULE = re.compile(r"[-–—_*=\s]+")
_ROOM_LEFT = 0.88
"""A line is broken on purpose where the next word would have fitted into this share of the usual width."""
_ROOM_BESIDE_HEADINGS = 0.95
"""The same for the first line of a numbered unit beside one whose first line is a heading: "4.3. …" is one too."""
_NARROWEST, _WIDEST = 60, 200
"""Characters of a full line. Where longer ones are usual, each line of the file is a paragraph."""


class Line(NamedTuple):
    """A line of a page that holds words. ``page``: 1-based. ``position``: its place among all lines of the page,
    ``place``: among those with words. ``gap``: an empty line or a page break stands before it.
    """

    page: int
    position: int
    place: int
    text: str
    gap: bool


@dataclass
class Layout:
    """The printed text in paragraphs (joined by a newline), with its units, page starts and signatures."""

    text: str
    paragraphs: list[Span]
    page_starts: tuple[int, ...]
    units: list[Unit]
    signatures: list[Span]


@dataclass
class _Writer:
    """Writes lines one after the other; keeps the offsets."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)

    @property
    def next_offset(self) -> int:
        """Where the next line will begin, be it joined or not."""
        return self.length + 1 if self.text else 0

    def begin(self, line: str) -> None:
        self.starts.append(self.next_offset)
        self._write(line, "\n")

    def go_on(self, line: str) -> None:
        self._write(line, " ")

    def _write(self, line: str, between: str) -> None:
        piece = between + line if self.text else line
        self.text.append(piece)
        self.length += len(piece)


@dataclass
class _Typesetter:
    """Joins lines and finds the units. ``width``: of a full line, None where each line is a paragraph."""

    width: float | None
    writer: _Writer = field(default_factory=_Writer)
    outline: Outline = field(default_factory=Outline)
    signatures: list[Span] = field(default_factory=list)
    _before: str = ""
    _signing: int | None = None
    _opened: bool = False  # the line before is the first of a numbered unit
    _headed: set[int | None] = field(default_factory=set)  # parents of units whose first line is a heading

    def take(self, read: str, line: str) -> None:
        """``read``: what is written. ``line``: the same with the label that must be meant, by which it is judged."""
        if not line:
            self._before = ""
            return
        goes_on = self._continues(line)
        if self._opened and self._before and not goes_on and _is_heading_over(line, self._before):
            self._headed.add(self.outline.units[-1].parent)
        if opened := self._opens(line, self._before if goes_on else "", longer=len(read) - len(line)):
            self.writer.begin(read)
        elif goes_on:
            self.writer.go_on(read)
        else:
            self.outline.end_list(self.writer.next_offset)
            self.writer.begin(read)
        self._before = line
        self._opened = opened and self._signing is None and self.outline.units[-1].marker.kind not in _UNLIKE_PROSE

    def _continues(self, line: str) -> bool:
        if self.width is None or not self._before:
            return False
        beside_headings = self._opened and self.outline.units[-1].parent in self._headed and line[0].isupper()
        share = _ROOM_BESIDE_HEADINGS if beside_headings else _ROOM_LEFT
        return _goes_on(self._before, line, share * self.width)

    def _opens(self, line: str, before: str, *, longer: int) -> bool:
        """Whether a unit, a signature or a line of one begins here; ``before`` is the line that this one may go on.

        ``longer``: by how many characters the label was read longer than it is meant.
        """
        offset = self.writer.next_offset
        marker = None if " | " in line else read_marker(line)
        if self._signing is not None:
            if annex := _annex(line, marker):
                self._end_signature(offset)
                self.outline.accept(annex, offset)
            return True
        if SIGNATURE.match(line):
            self._signing = offset
            self.outline.close(offset)
            return True
        if marker is None or _is_prose(marker, line, before):
            return False
        return self.outline.accept(marker._replace(length=marker.length + longer), offset)

    def close(self) -> None:
        self._end_signature(self.writer.length)
        self.outline.close(self.writer.length)

    def _end_signature(self, offset: int) -> None:
        if self._signing is not None:
            self.signatures.append(Span(start=self._signing, end=offset))
            self._signing = None


def filled_lines(pages: Pages) -> list[Line]:
    """The lines with words of all pages, in their order."""
    found: list[Line] = []
    for page, lines in enumerate(pages.pages, start=1):
        filled = [index for index, line in enumerate(lines) if line]
        found += [
            Line(page, index, place, lines[index], gap=place == 0 or filled[place - 1] < index - 1)
            for place, index in enumerate(filled)
        ]
    return found


def lay_out(pages: Pages) -> Layout:
    """Join the lines into paragraphs and find the numbered units."""
    setter = _Typesetter(width=_usual_width(pages) if pages.wrapped else None)
    page_starts: list[int] = []
    for lines in _page_lines(pages):
        page_starts.append(setter.writer.next_offset)
        for read, line in lines:
            setter.take(read, line)
    setter.close()
    text, starts = "".join(setter.writer.text), setter.writer.starts
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return Layout(
        text=text,
        paragraphs=[Span(start=start, end=end) for start, end in zip(starts, ends, strict=False)],
        page_starts=tuple(min(start, len(text)) for start in page_starts) if pages.physical else (),
        units=setter.outline.units,
        signatures=setter.signatures,
    )


def _page_lines(pages: Pages) -> Iterator[list[tuple[str, str]]]:
    """The lines of each page without its printed number, as read and with the labels that must be meant."""
    meant = with_right_labels(pages.pages, frozenset(scan.page for scan in pages.scans))
    # An attached paper, which begins on a later page, may count its own pages.
    before = next((index for index, page in enumerate(pages.pages) if any(page)), 0)
    for index, page in enumerate(pages.pages):
        number = _printed_number(page, {index + 1, index + 1 - before}) if pages.physical else ()
        lines = enumerate(zip(page, meant[index], strict=True))
        yield [line for position, line in lines if position not in number]


def _printed_number(lines: Sequence[str], own: set[int]) -> list[int]:
    """The positions at which the page's number stands."""
    # Only the page's own index, at its head or foot: any other lone number is text.
    index = "|".join(map(str, sorted(own)))
    own_number = re.compile(rf"(?:Trang\s+)?[-–]?\s*0?(?:{index})(?:\s*/\s*\d+)?\s*[-–]?", re.IGNORECASE)
    filled = [position for position, line in enumerate(lines) if line]
    return [position for position in (*filled[:1], *filled[-1:]) if own_number.fullmatch(lines[position])]


def _usual_width(pages: Pages) -> float | None:
    lengths = sorted(len(line) for page in pages.pages for line in page if line and " | " not in line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return max(width, _NARROWEST) if width <= _WIDEST else None


def _annex(line: str, marker: Marker | None) -> Marker | None:
    """The mark of what follows a signature: an annex or an attached paper."""
    if marker and marker.kind is Kind.ANNEX:
        return marker
    attached = line.isupper() and _ATTACHED.match(line)
    return Marker(Kind.ANNEX, line, (), "", len(line)) if attached else None


def _goes_on(before: str, line: str, room: float) -> bool:
    """The line continues the paragraph of the line before it; ``room``: characters that a line takes for certain."""
    if " | " in line or " | " in before or _RULE.fullmatch(line) or _RULE.fullmatch(before):
        return False
    if _is_capitals(before) != _is_capitals(line) or (before[0] == "(" and before[-1] == ")"):
        return False
    room_left = len(before) + 1 + len(line.split(" ", 1)[0]) <= room
    if line[0].islower():
        return not (room_left and _ENDS_SENTENCE.search(before))
    return not room_left


def _is_heading_over(line: str, before: str) -> bool:
    return line[0].isupper() and not _ENDS_SENTENCE.search(before)


def _is_capitals(line: str) -> bool:
    # One word alone may be the end of a sentence ("… khoá / XIII;").
    return line.isupper() and len(line.split()) > 1


def _is_prose(marker: Marker, line: str, before: str) -> bool:
    """A mark that only looks like one: its line goes on a sentence ("… kinh tế / - xã hội …")."""
    if not before or _ENDS_SENTENCE.search(before):
        return False
    first = line[marker.length : marker.length + 1]
    if not first or first.islower() or first.isdigit() or before.endswith(("-", "–")):
        return True
    return marker.kind not in _UNLIKE_PROSE and _ANNOUNCES_NUMBER.search(before) is not None
