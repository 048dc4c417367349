"""Tables of a web page: their rows with the cells that run over several, and whether a table only arranges its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from index.reading.readers.html_main import children

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PARTS = ("thead", "tbody", "tfoot")
_MOST_COLUMNS, _MOST_CELLS = 200, 200_000
_FEW_ROWS = 4
_FEW_UNRULED_ROWS = 2
_LONG_CELL = 1_500

# Heads and feet of Party and State papers stand in tables that only arrange them (05-HD/VPTW; NĐ 30/2020).
_HEAD_OR_FOOT = re.compile(
    r"^(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG (?:HÒA|HOÀ) XÃ HỘI|N[ơƠ][iI]\s+(?:nhận|NHẬN)"
    r"|(?:[TK]\s*/\s*[MTL]|T[ML]\.|KT\.|TUQ\.)\s)",
    re.MULTILINE,
)
_RULED = re.compile(
    r"border(?!-(?:collapse|spacing))[\w-]*\s*:(?!\s*(?:none|0(?:px|pt)?\s*(?:;|$)|medium\s+none))", re.IGNORECASE
)


class Cell(NamedTuple):
    """``wide``, ``high``: over how many columns and rows it runs."""

    node: LexborNode
    row: LexborNode
    wide: int
    high: int


def rows_of(table: LexborNode, left_out: frozenset[int]) -> tuple[list[list[Cell]], int | None]:
    """The rows from head to foot, and how many of them are head; None where the page does not say."""
    parts: dict[str, list[LexborNode]] = {name: [] for name in _PARTS}
    for child in children(table):
        if child.tag == "tr":
            parts["tbody"].append(child)
        elif child.tag in _PARTS:
            parts[child.tag].extend(row for row in children(child) if row.tag == "tr")
    rows = [(name, _cells(row)) for name in _PARTS for row in parts[name] if row.mem_id not in left_out]
    heads = 0
    for name, cells in rows:
        if not cells or (name != "thead" and any(cell.node.tag != "th" for cell in cells)):
            break
        heads += 1
    return [cells for _, cells in rows if cells], heads or None


def _cells(row: LexborNode) -> list[Cell]:
    return [
        Cell(cell, row, _span(cell, "colspan"), _span(cell, "rowspan"))
        for cell in children(row)
        if cell.tag in ("td", "th")
    ]


def _span(cell: LexborNode, name: str) -> int:
    said = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(said), _MOST_COLUMNS)) if re.fullmatch(r"\d{1,5}", said) else 1


def spread(rows: Sequence[Sequence[tuple[Cell, str]]]) -> list[list[str | None]]:
    """Rows of one width: a cell stands in each row that it covers, and is None in the further columns."""
    grid: list[list[str | None]] = []
    hanging: dict[int, tuple[int, str | None]] = {}  # column -> how many rows more, and the words
    for row in rows:
        line: list[str | None] = []
        waiting = iter(row)
        while len(line) < _MOST_COLUMNS:
            if len(line) in hanging:
                left, text = hanging.pop(len(line))
                if left > 1:
                    hanging[len(line)] = (left - 1, text)
                line.append(text)
            elif placed := next(waiting, None):
                cell, text = placed
                for shown in (text, *[None] * (cell.wide - 1)):
                    if cell.high > 1:
                        hanging[len(line)] = (cell.high - 1, shown)
                    line.append(shown)
            elif not any(column > len(line) for column in hanging):
                break
            else:
                line.append("")
        grid.append(line)
        if len(grid) * max(map(len, grid[-1:])) > _MOST_CELLS:
            break
    width = max(map(len, grid), default=0)
    return [[*line, *[""] * (width - len(line))] for line in grid]


def is_layout(table: LexborNode, rows: Sequence[Sequence[tuple[Cell, Sequence[str]]]]) -> bool:
    """Whether it only puts words side by side: the head of a paper, its foot, or a whole page."""
    if (table.attributes.get("role") or "") in ("presentation", "none") or all(len(row) <= 1 for row in rows):
        return True
    if any(cell.node.tag == "th" for row in rows for cell, _ in row):
        return False
    texts = ["\n".join(lines) for row in rows for _, lines in row]
    if len(rows) <= _FEW_ROWS and any(map(_HEAD_OR_FOOT.search, texts)):
        return True
    if _is_ruled(table, rows):
        return False
    return len(rows) <= _FEW_UNRULED_ROWS or any(len(text) > _LONG_CELL for text in texts) or _holds_tables(rows)


def _is_ruled(table: LexborNode, rows: Sequence[Sequence[tuple[Cell, Sequence[str]]]]) -> bool:
    border = (table.attributes.get("border") or "0").strip()
    styles = (
        table.attributes.get("style") or "",
        *((cell.node.attributes.get("style") or "") for row in rows for cell, _ in row),
    )
    return border not in ("0", "0px") or any(map(_RULED.search, styles))


def _holds_tables(rows: Sequence[Sequence[tuple[Cell, Sequence[str]]]]) -> bool:
    return any(cell.node.css_first("table") is not None for row in rows for cell, _ in row)


def columns_first(rows: Sequence[Sequence[tuple[Cell, Sequence[str]]]]) -> Iterator[str]:
    """Column by column; a row of one cell closes the columns above it."""
    for _, group in groupby(rows, key=lambda row: len(row) == 1):
        placed = [(place, lines) for row in group for place, (_, lines) in enumerate(row)]
        for _, lines in sorted(placed, key=lambda one: one[0]):
            yield from lines


def joined(lines: Sequence[str]) -> str:
    """The lines of a cell as one text."""
    text = ""
    for line in lines:
        goes_on = not text or text.endswith((".", ",", ";", ":", "!", "?")) or line[0].islower()
        text += ("" if not text else " " if goes_on else "; ") + line
    return text
