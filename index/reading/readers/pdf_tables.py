"""Ruled tables of a PDF: pdfplumber finds their cells, PDFium gives the words; a table may go on over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from index.reading.tables import Row, read_header, repeats_header, row_lines, table_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Lines = tuple[str, ...]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the upper left corner of the page."""
Words = Callable[[int, Box], Lines]
"""The lines inside a box of a page (counted from 1), as the reader gives lines everywhere else."""

_LONG, _THIN = 20.0, 3.0
_FEWEST_RULES = 2
_MOST_OBJECTS = 20_000
_SAME = 4.0
"""Points: columns of two pages are the same table's."""
_EDGE = 0.5


@dataclass
class _Table:
    """``edges``: of its columns, from the left. ``starts``: words stand above it on its page; ``ends``: below it."""

    page: int
    box: Box
    edges: tuple[float, ...]
    rows: list[list[str | None]]
    starts: bool = True
    ends: bool = True
    names: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)


class _Band(NamedTuple):
    """Words between tables, or a table."""

    lines: Lines
    table: _Table | None = None


def is_ruled(page: PdfPage) -> bool:
    """Whether lines are drawn across and down the page, as a table's are."""
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    across = down = 0
    for count, path in enumerate(page.get_objects(filter=(FPDF_PAGEOBJ_PATH,))):
        left, bottom, right, top = path.get_bounds()
        wide, high = right - left, top - bottom
        across += wide > _LONG and (high < _THIN or high > _LONG)
        down += high > _THIN * 2 and (wide < _THIN or wide > _LONG)
        if min(across, down) >= _FEWEST_RULES:
            return True
        if count > _MOST_OBJECTS:
            return False
    return False


def with_tables(data: bytes, pages: Sequence[Lines], ruled: Sequence[int], words: Words) -> list[Lines]:
    """The pages, those of ``ruled`` (counted from 1) with their tables as rows that name their columns."""
    if not ruled:
        return list(pages)
    bands = {number: found for number, found in _bands(data, ruled, words).items() if any(band.table for band in found)}
    _write_tables([band.table for number in sorted(bands) for band in bands[number] if band.table])
    laid_out = list(pages)
    for number, found in bands.items():
        laid_out[number - 1] = tuple(
            line for band in found for line in (band.table.lines if band.table else band.lines)
        )
    return laid_out


def _bands(data: bytes, ruled: Sequence[int], words: Words) -> dict[int, list[_Band]]:
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data), pages=list(ruled)) as document:
            found = {}
            for page in document.pages:
                found[page.page_number] = _bands_of(page, words)
                page.close()
            return found
    except (PDFException, PdfminerException, ValueError, TypeError, KeyError, IndexError, RecursionError):
        return {}  # a page that PDFium reads and this library does not keeps its lines


def _bands_of(page: Any, words: Words) -> list[_Band]:
    """The page from its top: words, table, words …; what stands beside a table follows it."""
    left, top, right, bottom = page.bbox
    if page.rotation or (left, top) != (0, 0):
        return []
    number, bands, at = page.page_number, list[_Band](), float(top)
    for found in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
        if found.bbox[1] < at - _EDGE or len(found.rows) < 2 or len({cell[0] for cell in found.cells}) < 2:
            continue  # inside another one, or no more than a frame
        table = _read(found, number, words)
        above = words(number, (left, at, right, found.bbox[1]))
        beside = (
            *words(number, (left, found.bbox[1], found.bbox[0] - _EDGE, found.bbox[3])),
            *words(number, (found.bbox[2] + _EDGE, found.bbox[1], right, found.bbox[3])),
        )
        table.starts = bool(_without_number(above, number)) or any(band.table for band in bands)
        bands += [_Band(above), _Band((), table), _Band(beside)]
        at = found.bbox[3]
    below = words(number, (left, at, right, bottom))
    for place, band in enumerate(bands):
        if band.table:
            rest = [*_without_number(below, number), *(each for each in bands[place + 1 :] if each.table or each.lines)]
            band.table.ends = bool(rest)
    return [*bands, _Band(below)]


def _without_number(lines: Lines, page: int) -> list[str]:
    """Without the page's printed number, which stands above or below a table that goes on."""
    return [line for line in lines if line.strip(" -–/.0123456789") or not line.strip(" -–/.").isdecimal()]


def _read(found: Any, number: int, words: Words) -> _Table:
    edges = tuple(sorted({cell[0] for cell in found.cells}))
    rows: list[list[str | None]] = []
    boxes: list[list[Box | None]] = []
    for row in found.rows:
        cells: list[Box | None] = [tuple(cell) if cell else None for cell in row.cells]
        texts: list[str | None] = []
        for place, cell in enumerate(cells):
            if cell:
                texts.append(" ".join(words(number, _inside(cell))))
            elif (before := _before(cells, place)) and before[2] > edges[place] + _EDGE:
                texts.append(None)
            elif boxes and (above := boxes[-1][place]) and above[3] > row.bbox[1] + _EDGE:
                texts.append(rows[-1][place])
                cells[place] = above
            else:
                texts.append("")
        rows.append(texts)
        boxes.append(cells)
    return _Table(page=number, box=tuple(found.bbox), edges=edges, rows=rows)


def _before(cells: Sequence[Box | None], place: int) -> Box | None:
    return next((cell for cell in reversed(cells[:place]) if cell), None)


def _inside(cell: Box) -> Box:
    return cell[0] + _EDGE, cell[1] + _EDGE, cell[2] - _EDGE, cell[3] - _EDGE


def _write_tables(tables: Sequence[_Table]) -> None:
    """The lines of each; one that goes on from the page before has its names, and ends its last row."""
    before: _Table | None = None
    for table in tables:
        if before and _goes_on(before, table):
            table.names = before.names
            _end_row(before, table)
        else:
            table.names, _ = read_header(table.rows)
        before = table
    before = None
    for table in tables:
        goes_on = before is not None and _goes_on(before, table)
        table.lines = row_lines(table.rows, table.names) if goes_on else table_lines(table.rows)
        before = table


def _goes_on(before: _Table, table: _Table) -> bool:
    return (
        table.page == before.page + 1
        and not before.ends
        and not table.starts
        and len(table.edges) == len(before.edges)
        and all(abs(one - other) <= _SAME for one, other in zip(before.edges, table.edges, strict=True))
    )


def _end_row(before: _Table, table: _Table) -> None:
    """A row that was broken by the end of the page stands on the page on which it began."""
    while table.rows and repeats_header(table.rows[0], before.names):
        del table.rows[0]
    if not (table.rows and before.rows and before.names) or len(table.rows[0]) != len(before.rows[-1]):
        return
    first: Row = table.rows[0]
    if first[0] or not any(first) or not before.rows[-1][0]:
        return
    before.rows[-1] = [
        one if not other else f"{one or ''} {other}".strip() for one, other in zip(before.rows[-1], first, strict=True)
    ]
    del table.rows[0]
