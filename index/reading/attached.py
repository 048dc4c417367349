"""A decision and what was issued with it, in one file: where the one ends and the next begins.

A regulation, plan or programme with the remark "(Ban hành kèm theo Quyết định số …)" stands behind the decision's
signature and is a directive of its own under the decision's symbol. Annexes, lists and forms stay with their directive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.numbers import canonical, find_numbers, house_type
from index.language.text import fold
from index.reading.fields import is_letterhead
from index.reading.markers import read_marker
from index.reading.misread import head_line_read_right
from index.reading.paragraphs import SIGNATURE, Line, filled_lines
from index.types import Pages

_KINDS = frozenset({
    "QC", "QĐ", "KH", "ĐA", "CTr", "CTHĐ", "HD", "PA", "CL", "DA", "QH",
})  # fmt: skip
_OTHER_KINDS = ("nội quy", "quy trình", "điều lệ", "quy ước")
_REMARK = re.compile(
    r"\W*(?:(?:duoc\s+)?ban\s+hanh\s+kem\s+theo\s+(?:quyet dinh|nghi quyet|chi thi|thong tu|nghi dinh)"
    r"|kem\s+theo\s+quyet\s+dinh)\b"
)
"""Over folded text. A plan "kèm theo" a plan or a report is an annex of it."""
_ANNEX = re.compile(r"\W*(?:phu luc|mau|bieu|danh sach|danh muc|bang)\b")
_BLANK = re.compile(r"so\s*[.…_\s]*[-/]")
_BELOW, _ABOVE = 8, 3
"""Lines from the title to the remark."""
_LONGEST_TITLE_LINE = 140
_ANNEX_ABOVE = 3


@dataclass(frozen=True)
class Start:
    """Where an attached paper begins: at line ``position`` (from 0) of ``page`` (1-based). ``remark``: as printed."""

    page: int
    position: int
    remark: str

    def belongs_to(self, number: str | None) -> bool:
        """Whether the remark names this decision; a number that it leaves blank is any."""
        named = find_numbers(self.remark)
        if not named or not number or named[0].symbol is None or _BLANK.search(fold(self.remark)):
            return True
        return canonical(named[0].symbol) == canonical(number)


def attached_starts(pages: Pages) -> tuple[Start, ...]:
    """Where the papers begin that were issued with the first one, in their order; mostly none."""
    scanned = {scan.page for scan in pages.scans}
    lines = [
        line._replace(text=head_line_read_right(line.text)) if line.page in scanned else line
        for line in filled_lines(pages)
    ]
    signed = next((place for place, line in enumerate(lines) if SIGNATURE.match(line.text)), None)
    starts: list[Start] = []
    if signed is None:
        return ()
    floor = signed + 1
    for place in range(floor, len(lines)):
        if place < floor or not _is_title(lines[place].text):
            continue
        remark = _remark_near(lines, place, floor)
        if remark is None or _is_annex(lines, min(place, remark), floor):
            continue
        first = _with_letterhead(lines, min(place, remark), floor)
        starts.append(Start(lines[first].page, lines[first].position, _whole_remark(lines, remark)))
        floor = max(place, remark) + 1
    return tuple(starts)


def cut_at(pages: Pages, starts: Sequence[Start]) -> tuple[Pages, ...]:
    """The pages of each paper. Physical pages keep their position, so those before a paper's first one are empty."""
    bounds = [(1, 0), *((start.page, start.position) for start in starts)]
    return tuple(
        _part(pages, begin, end) for begin, end in zip(bounds, [*bounds[1:], (len(pages.pages) + 1, 0)], strict=True)
    )


def _part(pages: Pages, begin: tuple[int, int], end: tuple[int, int]) -> Pages:
    kept: list[tuple[str, ...]] = []
    for page, lines in enumerate(pages.pages, start=1):
        first = begin[1] if page == begin[0] else 0 if page > begin[0] else len(lines)
        last = end[1] if page == end[0] else len(lines) if page < end[0] else 0
        kept.append(lines[first:last])
    filled = [page for page, lines in enumerate(kept, start=1) if any(lines)]
    # A page that could not be read belongs to the paper in which it stands.
    last_page = max([*filled[-1:], *(page for page in pages.unread if begin[0] < page < end[0]), begin[0]])
    first_page = begin[0] if begin != (1, 0) else 1
    kept = kept[:last_page] if pages.physical else [lines for lines in kept if lines]
    held = range(first_page, last_page + 1)
    return pages.model_copy(
        update={
            "pages": tuple(kept),
            "scans": tuple(scan for scan in pages.scans if scan.page in held),
            "unread": tuple(page for page in pages.unread if page in held),
        }
    )


def _is_title(line: str) -> bool:
    """A line in capitals that begins with the name of what may be issued with a decision."""
    if not line.isupper() or len(line) > _LONGEST_TITLE_LINE or read_marker(line):
        return False
    words = line.strip(" *#:").split()
    names = (" ".join(words[:length]) for length in (3, 2))
    return any(house_type(name) in _KINDS or name.lower() in _OTHER_KINDS for name in names) and (
        fold(" ".join(words[:2])) != "quyet dinh"
    )


def _remark_near(lines: Sequence[Line], title: int, floor: int) -> int | None:
    """The line on which the remark begins: below the title, behind its further lines, or right above it."""
    for place in range(title + 1, min(title + 1 + _BELOW, len(lines))):
        if _REMARK.match(fold(lines[place].text)):
            return place
        if not _may_be_titled(lines[place].text):
            break
    for place in range(title - 1, max(title - 1 - _ABOVE, floor - 1), -1):
        if _REMARK.match(fold(lines[place].text)):
            return place
        if not (is_letterhead(lines[place].text) or lines[place].text.endswith(")")):
            break
    return None


def _may_be_titled(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE_LINE and read_marker(line) is None and not line.endswith((".", ";", ":"))


def _is_annex(lines: Sequence[Line], first: int, floor: int) -> bool:
    """Whether "PHỤ LỤC", "DANH SÁCH" … stand over a title, with nothing but further lines of a head between."""
    for line in reversed(lines[max(first - _ANNEX_ABOVE, floor) : first]):
        if line.page != lines[first].page or not (line.text.isupper() or line.text.endswith(")")):
            return False
        if _ANNEX.match(fold(line.text)):
            return True
    return False


def _with_letterhead(lines: Sequence[Line], first: int, floor: int) -> int:
    """The first line of the letterhead that stands above a title on the same page, else of the title."""
    page = lines[first].page
    while first > floor and lines[first - 1].page == page and is_letterhead(lines[first - 1].text):
        first -= 1
    return first


def _whole_remark(lines: Sequence[Line], place: int) -> str:
    """The remark with the line in which its bracket is closed."""
    text = lines[place].text
    if text.startswith("(") and ")" not in text and place + 1 < len(lines):
        text = f"{text} {lines[place + 1].text}"
    return text
