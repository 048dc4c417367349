"""Tables -> lines: each row names its columns, so that it says by itself what its cells are.

``STT: 5 | Nội dung: … | Đơn vị chủ trì: … | Thời hạn: …``. A cell is None where the one to its left goes on over it;
that one then bears the names of all its columns. A cell that goes on over rows stands in each of them, an empty one
shows its name alone. A row under a heading of the table ("II. CÔNG TÁC DÂN VẬN") begins with that heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from index.language.text import fold

Row = Sequence[str | None]
BETWEEN = " | "

_COUNT = ("stt", "tt", "so tt", "so thu tu")
_NAMES = re.compile(
    r"(?:stt|tt|so tt|so thu tu|so luong|so tien|so hieu|so ky hieu|noi dung|cong viec|nhiem vu|ten|ho va ten|ho ten"
    r"|chuc vu|chuc danh|don vi|co quan|chu tri|phoi hop|phu trach|thuc hien|trach nhiem|thoi han|thoi gian|thoi diem"
    r"|ngay|thang|nam|quy|tien do|han|bat dau|ket thuc|hoan thanh|dia diem|dia chi|doi tuong|thanh phan|san pham"
    r"|ket qua|chi tieu|muc tieu|kinh phi|nguon|ty le|ghi chu|lop|chi bo|khu pho|van ban|tieu chi|diem|muc|dien thoai"
    r"|nguoi)\b"
)
_LONGEST_NAME = 90
_LONGEST_REPEATED = 16
"""Characters; a shorter word may well stand in each cell of a row by itself."""
_FIGURE = re.compile(r"\(?(\d{1,2}|[a-zđ])\)?(?:\s*=.*)?", re.IGNORECASE)
_PART = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])\s*[.)/–-]\s*\S")
_PART_LABEL = re.compile(r"[IVX]{1,5}[.)]?|[A-ZĐ][.)]?")
_VALUE = re.compile(r"[\d.,/%:\s-]+")
_STOREYS = 3


def table_lines(rows: Sequence[Row], *, header_rows: int | None = None) -> list[str]:
    """The header once, then a line for each row. ``header_rows``: how many the format marks; others are found."""
    names, body = read_header(rows, header_rows=header_rows)
    at_top = list(takewhile(_is_alone, map(_clean, rows))) if names else []
    header = [BETWEEN.join(dict.fromkeys(filter(None, names)))] if any(names) else []
    return [_alone(row) for row in at_top if any(row)] + header + row_lines(body, names)


def read_header(rows: Sequence[Row], *, header_rows: int | None = None) -> tuple[tuple[str, ...], list[Row]]:
    """The names of the columns, empty where the table has no header, and the rows below it."""
    cleaned = [_clean(row) for row in rows]
    first = next((place for place, row in enumerate(cleaned) if not _is_alone(row)), len(cleaned))
    count = max(_storeys(cleaned[first:]), (header_rows or 0) - first)
    names = _names(cleaned[first : first + count])
    return names, list(cleaned[first + count :] if names else cleaned)


def row_lines(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """A line for each row that says something; a repeated header and the figures under it are left out."""
    lines, part = list[str](), ""
    for row in map(_clean, rows):
        if _is_form(row, names) or not (line := _line(row, names)):
            continue
        if names and (heading := _heading(row)):
            lines.append(line)
            part = heading
        else:
            lines.append(f"{part}{BETWEEN}{line}" if part and not _is_alone(row) else line)
    return lines


def repeats_header(row: Row, names: Sequence[str]) -> bool:
    """Whether the row says nothing but names of columns, as it does at the head of the next page."""
    said = [fold(cell) for cell in _clean(row) if cell]
    known = {fold(name) for name in names} | {fold(part) for name in names for part in name.split(" – ")}
    return bool(said) and known.issuperset(said)


def _line(row: Row, names: Sequence[str]) -> str:
    if _is_alone(row):
        return _alone(row)
    padded = [*names, *[""] * (len(row) - len(names))]
    cells = [(_names_over(padded, row, place), cell) for place, cell in enumerate(row) if cell is not None]
    shows_empty = 2 * sum(not cell for _, cell in cells) <= len(cells)
    said = (f"{name}: {cell}".strip() if name else cell for name, cell in cells if cell or (name and shows_empty))
    return BETWEEN.join(said)


def _names_over(names: Sequence[str], row: Row, place: int) -> str:
    """Of all the columns that a cell goes on over."""
    over = [names[place]]
    for column in range(place + 1, len(row)):
        if row[column] is not None:
            break
        over.append(names[column])
    return ", ".join(dict.fromkeys(filter(None, over)))


def _heading(row: Row) -> str:
    """What a row says that heads those below it: alone over the table, or behind a Roman number or a letter."""
    said = [cell for cell in row if cell]
    if len(said) == 1 and _is_alone(row) and (said[0].isupper() or _PART.match(said[0])):
        return said[0]
    is_part = len(said) == 2 and said == [cell for cell in row[:2] if cell] and _PART_LABEL.fullmatch(said[0])
    return " ".join(said) if is_part else ""


def _clean(row: Row) -> Row:
    return [None if cell is None else " ".join(cell.split()) for cell in row]


def _is_alone(row: Row) -> bool:
    """One cell over all columns, or nothing: a title above the table, a heading between its rows."""
    said = [cell for cell in row if cell]
    if len(said) <= 1:
        return not said or (bool(row[0]) and (len(row) > 2 or None in row))
    return len(set(said)) == 1 and len(said) == len(row) and len(said[0]) > _LONGEST_REPEATED


def _alone(row: Row) -> str:
    return next((cell for cell in row if cell), "")


def _storeys(rows: Sequence[Row]) -> int:
    """How many rows the header has; 0 where there is none."""
    if len(rows) < 2 or not _may_name(rows[0]):
        return 0
    if not any(_NAMES.match(fold(cell)) for cell in rows[0] if cell) or _names_its_rows(rows):
        return 0
    count = 1
    while count < min(_STOREYS, len(rows) - 1) and _is_lower_storey(rows[count - 1], rows[count]):
        count += 1
    return count


def _names_its_rows(rows: Sequence[Row]) -> bool:
    """Two columns of which the first holds the names ("Họ và tên | …", "Chức vụ | …")."""
    below = [row[0] for row in rows[1:] if row and row[0]]
    named = sum(_NAMES.match(fold(cell)) is not None for cell in below)
    return max(map(len, rows)) == 2 and bool(below) and 2 * named >= len(below)


def _may_name(row: Row) -> bool:
    said = [cell for cell in row if cell]
    return len(said) > 1 and all(len(cell) <= _LONGEST_NAME and not _VALUE.fullmatch(cell) for cell in said)


def _is_lower_storey(above: Row, row: Row) -> bool:
    """Names below names: under a cell that goes on over columns, where the others say the same or nothing."""
    pairs = list(zip(above, row, strict=False))
    parts = [
        place
        for place, cell in enumerate(above)
        if cell is None or (cell and any(other in (None, cell) for other in _beside(above, place)))
    ]
    others = [(up, low) for place, (up, low) in enumerate(pairs) if place not in parts]
    said = [low for place, (_, low) in enumerate(pairs) if place in parts and low]
    return (
        bool(parts)
        and bool(said)
        and all(not low or low == up for up, low in others)
        and all(len(low) <= _LONGEST_NAME and not _VALUE.fullmatch(low) for low in said)
    )


def _beside(row: Row, place: int) -> Iterator[str | None]:
    """What goes on over a cell or says the same: the one to its right, and the one to its left."""
    yield from row[place + 1 : place + 2]
    yield from (cell for cell in row[max(place - 1, 0) : place] if cell)


def _names(storeys: Sequence[Row]) -> tuple[str, ...]:
    if not storeys:
        return ()
    width = max(map(len, storeys))
    names: list[list[str]] = [[] for _ in range(width)]
    for row in storeys:
        before = ""
        for place in range(width):
            cell = row[place] if place < len(row) else ""
            before = before if cell is None else cell
            if before and before not in names[place]:
                names[place].append(before)
    return tuple(" – ".join(each) for each in names)


def _is_form(row: Row, names: Sequence[str]) -> bool:
    """A header once more, or the figures "(1) (2) (3)" under it."""
    if not names:
        return False
    said = [cell for cell in row if cell]
    figures = [match[1] for cell in said if (match := _FIGURE.fullmatch(cell))]
    if len(said) >= 3 and len(figures) == len(said):
        counted = [int(each) for each in figures if each.isdecimal()]
        if len(counted) >= len(said) - 2 and counted == list(range(counted[0], counted[0] + len(counted))):
            return True
    return repeats_header(row, names)


def is_row(line: str) -> bool:
    """Whether a line of a printed text is one of a table."""
    return BETWEEN in line


def counted_row(line: str) -> tuple[int, int] | None:
    """The number of a table's row, where its first cell counts it, and where what the row says begins in the line."""
    match = _COUNTED.search(line)
    return (int(match[2]), match.end()) if match and fold(match[1]) in _COUNT else None


_COUNTED = re.compile(r"(?:^|^[^:|]+ \| )([^:|]{2,10}): (\d{1,4})[.)]? \| ")


def cells_of(line: str) -> Iterator[tuple[str, str]]:
    """The names and words of a row's cells."""
    for part in line.split(BETWEEN):
        name, colon, words = part.partition(": ")
        yield (name, words) if colon else (part[:-1], "") if part.endswith(":") else ("", part)
