"""XLSX -> one page: each visible sheet with its name, the lines above its table, and the rows with their header.

Hidden sheets, rows and columns are not printed and so not read; in them, in comments and in the names of the sheets
only marks are looked for. A formula is read by the value that was saved with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from index.errors import ClassifiedPaper, DamagedFile, MislabelledFile, PasswordProtected
from index.language.text import printed
from index.reading.classified import mark_of_pages
from index.reading.readers.docx import ENCRYPTED, said_of
from index.reading.readers.ole import MAGIC
from index.reading.tables import Row, table_lines
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_LARGEST = 32 * 1024 * 1024  # bytes unpacked: openpyxl needs some fifty times as much as a tree
_MOST_CELLS = 200_000
_BROKEN = (
    *(BadZipFile, ZlibError, EOFError, OSError, SyntaxError, NotImplementedError, RuntimeError, AssertionError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)
_TYPES = "[Content_Types].xml"


def read_xlsx(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """One line per row. Raises `MislabelledFile`, `DamagedFile`, `PasswordProtected`; `ClassifiedPaper` for a mark
    above or below its pages."""
    from openpyxl.utils.exceptions import InvalidFileException

    _check_envelope(data, name)
    try:
        lines, furniture = map(tuple, _read(data, name))
    except (*_BROKEN, InvalidFileException) as err:
        raise DamagedFile(path=name, detail=" ".join(str(err).split()) or type(err).__name__) from err
    if mark := mark_of_pages(Pages(pages=(furniture,), physical=False, wrapped=False)):
        raise ClassifiedPaper(path=name, mark=mark)
    return Pages(pages=(lines,), physical=False, wrapped=False, furniture=furniture)


def _check_envelope(data: bytes, name: str) -> None:
    if data.startswith(MAGIC) and ENCRYPTED in data:
        raise PasswordProtected(path=name)
    if not data.startswith(b"PK"):
        raise MislabelledFile(path=name, suffix=".xlsx")
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            types = archive.read(_TYPES) if _TYPES in archive.namelist() and size <= _LARGEST else b""
    except _BROKEN as err:
        raise DamagedFile(path=name, detail=" ".join(str(err).split()) or type(err).__name__) from err
    if size > _LARGEST:
        raise DamagedFile(path=name, detail=f"unpacked it would be larger than {_LARGEST >> 20} MB")
    if b"spreadsheetml" not in types:
        raise MislabelledFile(path=name, suffix=".xlsx")


def _read(data: bytes, name: str) -> tuple[list[str], list[str]]:
    """The lines of the sheets, and what else the book says: above and below each printed page, hidden, in comments."""
    from openpyxl import load_workbook

    lines: list[str] = []
    book = load_workbook(BytesIO(data), data_only=True)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > _MOST_CELLS:
            raise DamagedFile(path=name, detail=f"it has more than {_MOST_CELLS} cells")
        for sheet in sheets:
            found = [line for block in _blocks(_grid(sheet)) for line in (*block, "")]
            lines += [printed(sheet.title), ""] if len(sheets) > 1 and any(found) else []
            lines += found
        aside = [line for sheet in book.worksheets for line in (*_furniture(sheet), *_unprinted(sheet))]
        return lines, [*aside, *said_of(book.properties)]
    finally:
        book.close()


def _furniture(sheet: Worksheet) -> Iterator[str]:
    for edge in (sheet.oddHeader, sheet.oddFooter, sheet.firstHeader, sheet.firstFooter):
        for part in (edge.left, edge.center, edge.right) if edge else ():
            yield from filter(None, map(printed, ((part.text if part else "") or "").split("\n")))


def _unprinted(sheet: Worksheet) -> Iterator[str]:
    """The name of the sheet, its comments, and the cells that are hidden."""
    yield printed(sheet.title)
    columns, is_hidden = _hidden_columns(sheet), sheet.sheet_state != "visible"
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        for column, cell in enumerate(cells, start=1):
            if is_hidden or column in columns or sheet.row_dimensions[row].hidden:
                yield from filter(None, map(printed, _words(cell).split("\n")))
            if cell.comment is not None:
                yield from filter(None, map(printed, str(cell.comment.text).split("\n")))


def _grid(sheet: Worksheet) -> list[Row]:
    """The visible cells; a merge stands in each of its rows, and once in its columns."""
    merged: dict[tuple[int, int], str | None] = {}
    for area in sheet.merged_cells.ranges:
        words = _words(sheet.cell(area.min_row, area.min_col))
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row, column] = words if column == area.min_col else None
    hidden = _hidden_columns(sheet)
    return [
        [
            merged[row, column] if (row, column) in merged else _words(cell)
            for column, cell in enumerate(cells, start=1)
            if column not in hidden
        ]
        for row, cells in enumerate(sheet.iter_rows(), start=1)
        if not sheet.row_dimensions[row].hidden
    ]


def _hidden_columns(sheet: Worksheet) -> set[int]:
    """A dimension may stand for several columns that are alike."""
    return {
        column
        for each in sheet.column_dimensions.values()
        if each.hidden and each.min is not None and each.max is not None
        for column in range(each.min, min(each.max, sheet.max_column) + 1)
    }


def _words(cell: Cell | MergedCell) -> str:
    """As the sheet shows the value, with days as Vietnamese papers write them."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case datetime.datetime() if (value.hour, value.minute, value.second) != (0, 0, 0):
            return f"{value:%H:%M} {value:%d/%m/%Y}"
        case datetime.datetime() | datetime.date():
            return f"{value:%d/%m/%Y}"
        case datetime.time():
            return f"{value:%H:%M}"
        case int() | float():
            return _figure(value, str(cell.number_format))
        case _:
            return printed(str(value))


def _figure(value: float, shape: str) -> str:
    """With a comma before the decimals, and dots where the sheet groups thousands."""
    percent = "%" in shape
    number = value * 100 if percent else value
    decimals = len(shape.partition(".")[2].rstrip('%;_) "')) if "0." in shape else None
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{round(number, 6):,.6f}".rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return (text if "#,#" in shape else text.replace(".", "")) + ("%" if percent else "")


def _blocks(grid: Sequence[Row]) -> Iterator[list[str]]:
    """Rows with cells beside each other are tables, divided by empty rows; rows of one cell are lines of text."""
    table: list[Row] = []
    for row in (*grid, []):
        said = [cell for cell in row if cell]
        if said and (table or len(said) > 1):
            table.append(row)
            continue
        if table:
            yield _table(table)
            table = []
        if said:
            yield [line for line in map(printed, said[0].split("\n")) if line]


def _table(rows: Sequence[Row]) -> list[str]:
    """Without columns that are empty in all rows. Words below the last full row are lines again."""
    width = max(map(len, rows))
    filled = [place for place in range(width) if any(place < len(row) and row[place] for row in rows)]
    kept = [
        place
        for place in range(width)
        if place in filled or any(place < len(row) and row[place] is None for row in rows)
    ]
    return table_lines([[row[place] if place < len(row) else "" for place in kept] for row in rows])
