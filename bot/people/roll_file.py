"""A table of text cells from a .csv or .xlsx file, whatever is in it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot import texts
from bot.errors import BadRoll, FileMissing

_MEGABYTES: Final = 20
_LIMIT: Final = _MEGABYTES * 1024 * 1024
"""Bytes of the file, and of what is packed in it; the roll of a province has less."""

_MOST_COLUMNS: Final = 60
_DELIMITERS: Final = (",", ";", "\t")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_ZEROS: Final = re.compile("0+")
_NOT_A_WORKBOOK: Final = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
    EOFError, OSError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl and what it is made of raise on a file that is damaged, packed otherwise or has a password."""


class Line(NamedTuple):
    """``number``: as an editor or Excel shows it, counted from 1. ``cells``: composed, with single spaces."""

    number: int
    cells: tuple[str, ...]


def read_tables(path: Path) -> Iterator[Iterator[Line]]:
    """The sheets of a workbook; of a .csv the same lines for each character that may divide its cells.

    Raises FileMissing and, also while lines are read, BadRoll.
    """
    readers: dict[str, Callable[[Path, bytes], Iterator[Iterator[Line]]]] = {".csv": _csv_tables, ".xlsx": _sheets}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise BadRoll(str(path), [texts.ROLL_SUFFIX.format(suffix=path.suffix)])
    return read(path, _read_bytes(path))


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except OSError as error:
        raise FileMissing(path=path, detail=error.strerror) from error
    if len(data) > _LIMIT:
        raise _too_large(path)
    return data


def _csv_tables(path: Path, data: bytes) -> Iterator[Iterator[Line]]:
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRoll(str(path), [texts.ROLL_NOT_UTF8]) from error
    for delimiter in _DELIMITERS:
        yield _csv_lines(path, text, delimiter)


def _csv_lines(path: Path, text: str, delimiter: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in rows:
            yield Line(number, _cells(row))
            number = rows.line_num + 1
    except csv.Error as error:
        raise BadRoll(str(path), [texts.ROLL_LINE.format(line=number, problem=texts.ROLL_BAD_QUOTES)]) from error


def _sheets(path: Path, data: bytes) -> Iterator[Iterator[Line]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())  # zipfile gives out no byte more
        if unpacked > _LIMIT:
            raise _too_large(path)
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that say nothing to us
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            yield iter(_sheet_lines(sheet))
    except _NOT_A_WORKBOOK as error:
        raise BadRoll(str(path), [texts.ROLL_DAMAGED]) from error


def _sheet_lines(sheet: Any) -> Sequence[Line]:
    """Those in which something stands: one that was only coloured may be the millionth."""
    sheet.reset_dimensions()  # what other programs write there is often wrong
    with warnings.catch_warnings(action="ignore"):
        rows = enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1)
        lines = (Line(number, _cells([_cell_text(cell) for cell in row])) for number, row in rows)
        return [line for line in lines if any(line.cells)]


def _cell_text(cell: Any) -> str:
    """Numbers as they are shown: 12.0 is ``12``, and 7 in a cell of the format ``000`` is ``007``."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)


def _cells(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(clean(cell) for cell in row)


def clean(text: str) -> str:
    """Composed (NFC), without what cannot be seen, with single spaces."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc") or letter.isspace())
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _too_large(path: Path) -> BadRoll:
    return BadRoll(str(path), [texts.ROLL_TOO_LARGE.format(limit=_MEGABYTES)])
