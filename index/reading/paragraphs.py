"""Pages of lines -> the printed text: page furniture removed, broken lines joined, numbered units found.

Joining needs the outline and the outline needs joined lines, so both run in one pass over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.reading.markers import Marker, read_marker
from index.reading.outline import Outline, Unit
from index.types import Pages, Span
from index.types import SectionKind as Kind

_ENDS_SENTENCE = re.compile(r"[.;:!?…)\]”\"]$")
_SIGNATURE = re.compile(
    r"(?:Nơi\s+nhận|NƠI\s+NHẬN|Nơi\s+gửi)\s*(?::|$)|(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|Q\.)\s+[A-ZĐÀ-Ỹ]{2,}"
)
_ATTACHED = re.compile(r"(?:QUY ĐỊNH|QUY CHẾ|ĐỀ ÁN|KẾ HOẠCH|CHƯƠNG TRÌNH|HƯỚNG DẪN|DANH SÁCH|BIỂU MẪU|MẪU(?: SỐ)? \d+)\b[^a-zà-ỹđ]*$")
"""Title of a paper attached after the signature; it begins a new part as "Phụ lục" does."""
_ROOM_LEFT = 0.88
"""A line is broken on purpose where the next word would have fitted into this share of the usual width."""


@dataclass
class Layout:
    """The printed text in paragraphs (joined by a newline), with its units and page starts."""

    text: str
    paragraphs: list[Span]
    page_starts: tuple[int, ...]
    units: list[Unit]
    signature: Span | None


@dataclass
class _Writer:
    """Writes lines one after the other; keeps the offsets."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)

    def begin(self, line: str) -> None:
        if self.text:
            self._write("\n")
        self.starts.append(self.length)
        self._write(line)

    def go_on(self, line: str) -> None:
        self._write(" ")
        self._write(line)

    def _write(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece)


def lay_out(pages: Pages) -> Layout:
    """Join the lines into paragraphs and find the numbered units."""
    writer, outline = _Writer(), Outline()
    width = _usual_width(pages)
    page_starts: list[int] = []
    before = ""
    signature: int | None = None
    signature_end: int | None = None
    for line, first_of_page in _lines(pages):
        if first_of_page:
            page_starts.append(writer.length + 1 if writer.text else 0)
        if line is None:
            continue
        if not line:
            before = ""
            continue
        offset = writer.length + 1 if writer.text else 0
        marker = read_marker(line)
        goes_on = bool(before) and pages.wrapped and _goes_on(before, line, width)
        in_signature = signature is not None and signature_end is None
        if in_signature:
            if _ATTACHED.match(line):
                marker = Marker(Kind.ANNEX, line, (), "", len(line))
            if marker is not None and marker.kind is Kind.ANNEX:
                signature_end = offset
                outline.accept(marker, offset)
            writer.begin(line)
        elif signature is None and _SIGNATURE.match(line):
            signature = offset
            outline.close(offset)
            writer.begin(line)
        elif marker is not None and not _is_prose(marker, line, goes_on, before) and outline.accept(marker, offset):
            writer.begin(line)
        elif goes_on:
            writer.go_on(line)
        else:
            outline.end_list(offset)
            writer.begin(line)
        before = line
    outline.close(writer.length)
    text = "".join(writer.text)
    ends = [start - 1 for start in writer.starts[1:]] + [len(text)]
    return Layout(
        text=text,
        paragraphs=[Span(start=start, end=end) for start, end in zip(writer.starts, ends, strict=True)],
        page_starts=tuple(min(start, len(text)) for start in page_starts) if pages.physical else (),
        units=outline.units,
        signature=None if signature is None else Span(start=signature, end=len(text) if signature_end is None else signature_end),
    )


def _lines(pages: Pages) -> Iterator[tuple[str | None, bool]]:
    """Every line with whether it begins a page; None for an empty page or the printed page number."""
    for index, page in enumerate(pages.pages):
        lines = list(page)
        if pages.physical:
            lines = _without_page_number(lines, index + 1)
        if not lines:
            yield None, True
        for position, line in enumerate(lines):
            yield line, position == 0


def _without_page_number(lines: list[str], page: int) -> list[str]:
    # Only the page's own index, at its head or foot: any other lone number is text.
    own = re.compile(rf"[-–]?\s*{page}\s*[-–]?")
    if lines and own.fullmatch(lines[0]):
        lines = lines[1:]
    if lines and own.fullmatch(lines[-1]):
        lines = lines[:-1]
    return lines


def _usual_width(pages: Pages) -> int:
    lengths = sorted(len(line) for page in pages.pages for line in page if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """The line continues the paragraph of the line before it."""
    if " | " in line or " | " in before or re.fullmatch(r"[-_*=\s]+", line) or re.fullmatch(r"[-_*=\s]+", before):
        return False
    if _is_capitals(before) != _is_capitals(line):
        return False
    room_left = len(before) + 1 + len(line.split(" ", 1)[0]) <= _ROOM_LEFT * width
    if line[0].islower():
        return not (room_left and _ENDS_SENTENCE.search(before))
    return not room_left


def _is_capitals(line: str) -> bool:
    # One word alone may be the end of a sentence ("… khoá / XIII;").
    return line.isupper() and len(line.split()) > 1


def _is_prose(marker: Marker, line: str, goes_on: bool, before: str) -> bool:
    """A mark that only looks like one: a broken line such as "… kinh tế / - xã hội …"."""
    if not goes_on or _ENDS_SENTENCE.search(before):
        return False
    return line[marker.length : marker.length + 1].islower() or before.endswith((",", "-", "–"))
