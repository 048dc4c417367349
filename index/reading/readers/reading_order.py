"""Words with their boxes -> lines in the order in which a person reads them.

The head and the foot of Party and State papers have two columns (Hướng dẫn 05-HD/VPTW, Nghị định 30/2020/NĐ-CP): the
left one is read first, then the right one. Everything else is one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from index.language.text import fold, printed
from index.reading.readers.ocr import PageWords, Word

_WIDE_GAP = 1.6
"""Heights of a letter between two words, from which they may stand in two columns."""
_MARGIN_LEFT, _MARGIN_RIGHT = 0.25, 0.75
"""Shares of the page's width between which the gutter lies."""
_HEAD_ROWS = 14
_BREAK = 1.3
"""Usual distances of lines, from which a paragraph ends."""
_WIDE_BREAK = 2.0
"""The same in the middle of a sentence."""
_INDENT = (1.2, 7.0)
"""Heights of a letter by which a paragraph's first line stands in."""

_HAIR = 4
"""Pixels."""

_NATION = re.compile(r"(?:dang cong san|cong hoa xa hoi|doan thanh nien cong san)\b")
_DATED = re.compile(r"\bngay\b.{0,12}\bthang\b|^so\b")
_RECIPIENTS = re.compile(r"^noi (?:nhan|gui)\b")
_ON_BEHALF = re.compile(r"^(?:t/m|tm|k/t|kt|t/l|tl|tuq|q)\b\.?\s+\S")
_ENDED = re.compile(r"[.;:!?…)\]”\"]$")
_NOISE = re.compile(r"[^\w+*(\[“\"§-]+")
_KEPT = ("…", "...", "–", "—", "~", "¬", "=")
_LABEL = re.compile(r"\S\)")
_DASHES = re.compile("(?:[—–~¬=_-]{1,2})(?= |$)|[—–](?=\\w)")


class _Piece(NamedTuple):
    """Words that stand side by side. ``base``: where their letters stand, whatever hangs below it."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    base: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class _Row(NamedTuple):
    """The pieces at one height, from left to right."""

    pieces: tuple[_Piece, ...]

    @property
    def left(self) -> int:
        return self.pieces[0].left

    @property
    def right(self) -> int:
        return max(piece.right for piece in self.pieces)

    @property
    def base(self) -> float:
        return median(piece.base for piece in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def lines_of(page: PageWords) -> tuple[str, ...]:
    """The printed lines; an empty one where a paragraph ends for certain. Stamps stand before all else."""
    words = [word for word in _read_once(page.words) if _is_print(word)]
    if not words:
        return ()
    stamps = [word.text for word in words if word.line[0] < 0]
    words = [word for word in words if word.line[0] >= 0]
    height = median(word.bottom - word.top for word in words) if words else 1.0
    rows = _rows(words, height)
    head, gutter = _head(rows, page.width)
    foot, foot_gutter = _foot(rows, head, page.width)
    lines = [*stamps, *_columns(rows[:head], gutter)]
    body = rows[head:foot]
    if lines and body:
        lines.append("")
    lines += _paragraphs(body, height)
    if foot < len(rows):
        lines += ["", *_columns(rows[foot:], foot_gutter)]
    return tuple(map(printed, lines))


def _read_once(words: Sequence[Word]) -> Iterator[Word]:
    """Without the accent over a word that was read as a word of its own, the beginning of the same: "ủ ủy"."""
    for word, following in pairwise((*words, None)):
        assert word is not None  # only the last one is
        if following is None or word.line != following.line or not _begins(word, following):
            yield word


def _begins(word: Word, other: Word) -> bool:
    """Whether the word stands over the other one and says how it begins."""
    over = other.left - _HAIR <= word.left and word.right <= other.right
    return over and len(word.text) < len(other.text) and fold(other.text).startswith(fold(word.text))


def _is_print(word: Word) -> bool:
    """No border, no speck: these become lone signs."""
    text = word.text
    return (
        any(map(str.isalnum, text)) or not _NOISE.fullmatch(text) or text in _KEPT or _LABEL.fullmatch(text) is not None
    )


def _rows(words: Iterable[Word], height: float) -> list[_Row]:
    """The lines that tesseract found, cut at wide gaps, and put together again where they stand at one height."""
    pieces = [
        piece
        for _, line in groupby(words, key=lambda word: word.line)
        for piece in _pieces(sorted(line, key=lambda word: word.left), height)
    ]
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        if rows and _beside(piece, rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_Row(tuple(sorted(row, key=lambda piece: piece.left))) for row in rows]


def _beside(piece: _Piece, row: Sequence[_Piece]) -> bool:
    """At the height of the row, and not over or under one of its pieces."""
    shared = min(_common(piece.top, piece.bottom, other.top, other.bottom) for other in row)
    free = all(_common(piece.left, piece.right, other.left, other.right) <= 0.1 for other in row)
    return shared > 0.5 and free


def _common(start: float, end: float, other_start: float, other_end: float) -> float:
    """The part that both have, as a share of the shorter one."""
    shorter = max(1.0, min(end - start, other_end - other_start))
    return (min(end, other_end) - max(start, other_start)) / shorter


def _pieces(line: Sequence[Word], height: float) -> Iterator[_Piece]:
    start = 0
    for position in range(1, len(line) + 1):
        if position == len(line) or _parts(line, position, height):
            group = line[start:position]
            text = " ".join(word.text for word in group)
            yield _Piece(
                text=_DASHES.sub("-", text, count=1) if _DASHES.match(text) else text,
                left=group[0].left,
                top=min(word.top for word in group),
                right=max(word.right for word in group),
                bottom=max(word.bottom for word in group),
                base=sorted(word.bottom for word in group)[len(group) // 3],
            )
            start = position


def _parts(line: Sequence[Word], position: int, height: float) -> bool:
    """A gap between columns, or the beginning of the nation's name, which may stand close to the left column."""
    gap = line[position].left - line[position - 1].right
    if gap > _WIDE_GAP * height:
        return True
    rest = fold(" ".join(word.text for word in line[position : position + 4]))
    return gap > 0.5 * height and _NATION.match(rest) is not None and len(line) - position <= 8


def _head(rows: Sequence[_Row], width: int) -> tuple[int, float]:
    """How many rows the head has, and where its gutter is."""
    for position, row in enumerate(rows[:_HEAD_ROWS]):
        nation = next((piece for piece in row.pieces if _NATION.match(fold(piece.text))), None)
        if nation is None:
            continue
        gutter = _gutter(rows[: position + 4], width, before=nation.left)
        if gutter is None:
            return 0, 0.0
        end = position + 1
        for later in range(position + 1, min(len(rows), position + _HEAD_ROWS)):
            crossed = any(_crosses(piece, gutter) for piece in rows[later].pieces)
            if crossed and not _is_mark(rows[later]):
                break
            if not crossed and (_has_two_sides(rows[later], gutter) or _DATED.search(fold(rows[later].text))):
                end = later + 1
        return end, gutter
    return 0, 0.0


def _foot(rows: Sequence[_Row], after: int, width: int) -> tuple[int, float]:
    """The row with which the foot begins, and where its gutter is; after all rows where there is none."""
    for position in range(after, len(rows)):
        names = [fold(piece.text) for piece in rows[position].pieces]
        if _RECIPIENTS.match(names[0]) or (_ON_BEHALF.match(names[-1]) and rows[position].right > width / 2):
            found = _gutter(rows[position:], width)
            return (position, found) if found is not None else (len(rows), 0.0)
    return len(rows), 0.0


def _gutter(rows: Sequence[_Row], width: int, *, before: float = 0.0) -> float | None:
    """The widest gap between the margins that fewest pieces cross; None where no piece stands right of another.

    ``before``: left of this place, if it is not 0.
    """
    pieces = [piece for row in rows for piece in row.pieces]
    places: list[tuple[int, float, float]] = []
    for piece in pieces:
        inside = _MARGIN_LEFT * width <= piece.left <= _MARGIN_RIGHT * width
        rights = [other.right for other in pieces if other.right <= piece.left]
        if inside and rights and (not before or piece.left <= before):
            place = (max(rights) + piece.left) / 2
            places.append((sum(_crosses(other, place) for other in pieces), max(rights) - piece.left, place))
    return min(places)[2] if places else None


def _crosses(piece: _Piece, gutter: float) -> bool:
    return piece.left < gutter < piece.right


def _has_two_sides(row: _Row, gutter: float) -> bool:
    return row.pieces[0].middle < gutter < row.pieces[-1].middle


def _is_mark(row: _Row) -> bool:
    """A stamp between the columns: one or two words in capitals."""
    return len(row.pieces) == 1 and row.text.isupper() and len(row.text.split()) <= 2


def _columns(rows: Sequence[_Row], gutter: float) -> list[str]:
    """The left column, the right one, and what stands across both, each as lines."""
    lines: list[str] = []
    left, right = list[_Piece](), list[_Piece]()
    for row in rows:
        for piece in row.pieces:
            if _crosses(piece, gutter) and _is_mark(row):
                lines.append(piece.text)
            else:
                (left if piece.middle < gutter else right).append(piece)
    for column in (left, right):
        lines += _stacked(column)
    return lines


def _stacked(column: Sequence[_Piece]) -> list[str]:
    """The pieces of a column, those at one height in one line."""
    lines: list[list[_Piece]] = []
    for piece in column:
        if lines and _beside(piece, lines[-1]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [" ".join(piece.text for piece in sorted(line, key=lambda piece: piece.left)) for line in lines]


def _paragraphs(rows: Sequence[_Row], height: float) -> list[str]:
    """One line for each row; an empty one before a row that begins a paragraph."""
    if not rows:
        return []
    steps = sorted(below.base - above.base for above, below in pairwise(rows))
    usual = steps[len(steps) // 4] if steps else 0.0
    left = sorted(row.left for row in rows)[len(rows) // 3]
    right = sorted(row.right for row in rows)[-(len(rows) // 3) - 1]
    lines = [rows[0].text]
    for above, below in pairwise(rows):
        indent = (below.left - left) / height
        full = below.right > right - 2 * height and abs(above.left - left) < height
        apart = (below.base - above.base) / max(usual, 1.0)
        goes_on = below.text[0].islower() and not _ENDED.search(above.text)
        if apart > (_WIDE_BREAK if goes_on else _BREAK) or (_INDENT[0] <= indent <= _INDENT[1] and full):
            lines.append("")
        lines.append(below.text)
    return lines
