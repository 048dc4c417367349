"""Questions about one row of a table: "đơn vị nào chủ trì nội dung 5?", "hạn của mục 3?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from index.findings import Quote
from index.language.text import fold
from index.reading.tables import cells_of, counted_row
from index.searching.catalog import Catalog
from index.searching.question import Question
from index.searching.quotes import make_quote
from index.searching.quoting import LIMIT, Run
from index.types import Directive, Printed, Span

_ROW = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|dau viec|viec|dong|hang|stt|so thu tu|thu tu|muc|so)"
    r"\s+(?:cong viec\s+|viec\s+)?(?:so\s+|thu\s+)?(\d{1,3})\b"
    r"(?!\s*(?:[./%-]\s*\w|nam|thang|ngay|dieu|khoan|trieu|dong))"
)
WORDS: Final = "words"
"""Asks what the row is about, which a numbered clause may say as well."""
_COLUMNS: Final[Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    name: (re.compile(rf"\b(?:{asked})\b"), re.compile(rf"\b(?:{named})\b"))
    for name, asked, named in (
        (
            "time",
            r"han|thoi han|thoi gian|thoi diem|khi nao|bao gio|ngay nao|thang nao|luc nao|hoan thanh|xong|tien do",
            r"thoi han|thoi gian|thoi diem|han|hoan thanh|tien do|ngay|thang|bat dau|ket thuc",
        ),
        ("support", r"phoi hop|cung lam|ho tro", r"phoi hop"),
        (
            "lead",
            r"chu tri|phu trach|don vi nao|co quan nao|ai|nguoi nao|ben nao|dong chi nao|chiu trach nhiem|thuc hien",
            r"chu tri|phu trach|don vi|co quan|thuc hien|trach nhiem|nguoi",
        ),
        ("money", r"kinh phi|bao nhieu tien|so tien|nguon von|muc chi", r"kinh phi|so tien|nguon|muc chi|du toan"),
        ("place", r"dia diem|o dau|cho nao", r"dia diem|dia chi|noi"),
        ("result", r"san pham|ket qua|chi tieu", r"san pham|ket qua|chi tieu"),
        (WORDS, r"la gi|noi gi|lam gi|viec gi|noi dung gi", r"noi dung|cong viec|nhiem vu|ten"),
    )
}
"""What is asked for, and the names of the columns that say it; folded."""
_LEAD = 150


_THING = re.compile(r"\b([a-z]{2,})((?:\s+(?:so\s+)?\d{1,4}(?:\s*(?:,|va)(?=\s*\d))?)+)(?![\w/.,-]*\d)")
_NO_THINGS = frozenset({
    "so", "va", "la", "co", "tu", "den", "hon", "ngay", "thang", "nam", "gio", "quy", "dieu", "khoan", "muc", "diem",
    "phan", "chuong", "dung", "viec", "vu", "dong", "hang", "stt",
})  # fmt: skip
"""Words before a number that does not tell one thing from another of its kind."""


class RowAsked(NamedTuple):
    """``number``: as the table counts. ``columns``: keys of `_COLUMNS` that the question asks for."""

    number: int
    columns: tuple[str, ...]


class _Row(NamedTuple):
    """``cell``: where the asked cell stands in the printed text, None where no column fits."""

    span: Span
    cell: Span | None


def asked_row(question: Question) -> RowAsked | None:
    """The row that a question means, None where it names none."""
    text = question.text
    for number in question.numbers:
        text = text[: number.span.start] + " " * (number.span.end - number.span.start) + text[number.span.end :]
    folded = fold(text)
    found = _ROW.search(folded)
    if found is None:
        return None
    rest = f"{folded[: found.start(1)]} . {folded[found.end() :]}"
    return RowAsked(int(found[1]), tuple(name for name, (asked, _) in _COLUMNS.items() if asked.search(rest)))


def quotes_of_rows(directives: Iterable[Directive], asked: RowAsked, catalog: Catalog, *, strict: bool) -> list[Quote]:
    """The rows of that number, with the names of their columns. ``strict``: only those that say what is asked for."""
    quotes = []
    for directive in directives:
        printed = catalog.printed(directive.id)
        for row in _rows(printed, asked):
            if row.cell or not strict:
                quotes.append(make_quote(directive, printed, _run(row, printed.text), 1.0))
    return quotes


def _rows(printed: Printed, asked: RowAsked) -> Iterator[_Row]:
    start = 0
    for line in printed.text.split("\n"):
        counted = counted_row(line)
        if counted and counted[0] == asked.number:
            span = Span(start=start, end=start + len(line))
            yield _Row(span, _cell(line, start, asked))
        start += len(line) + 1


def _cell(line: str, start: int, asked: RowAsked) -> Span | None:
    at = start
    found = None
    for name, words in cells_of(line):
        length = len(name) + len(words) + (2 if name and words else 1 if name else 0)
        if found is None and any(_column(part) in asked.columns for part in name.split(", ")):
            found = Span(start=at, end=at + length)
        at += length + len(" | ")
    return found


def _column(name: str) -> str | None:
    """The key of `_COLUMNS` that a name means: the first, as "Đơn vị phối hợp" is no answer to who leads."""
    form = fold(name)
    return next((key for key, (_, named) in _COLUMNS.items() if named.search(form)), None)


def _run(row: _Row, text: str) -> Run:
    """The row whole, or from its asked cell on where it is too long, under its beginning. No word is cut."""
    if row.span.end - row.span.start <= LIMIT:
        return Run(row.span, 1.0)
    if row.cell is None or row.cell.end - row.span.start <= LIMIT:
        return Run(_cut(text, row.span, LIMIT), 1.0, cut=True)
    asked = _cut(text, Span(start=row.cell.start, end=row.span.end), LIMIT)
    return Run(asked, 1.0, lead=_cut(text, row.span, _LEAD), cut=asked.end < row.span.end)


def _cut(text: str, span: Span, most: int) -> Span:
    """Its first characters, at most so many, up to the last space among them."""
    if span.end - span.start <= most:
        return span
    end = text.rfind(" ", span.start + 1, span.start + most + 1)
    return Span(start=span.start, end=end if end != -1 else span.start + most)


def numbered_things(text: str) -> dict[str, frozenset[str]]:
    """Things that bear a number, by the syllable before it: "khu phố 3, 5" -> pho: 3, 5."""
    found: dict[str, frozenset[str]] = {}
    for match in _THING.finditer(fold(text)):
        if match[1] not in _NO_THINGS:
            numbers = frozenset(number.lstrip("0") for number in re.findall(r"\d+", match[2]))
            found[match[1]] = found.get(match[1], frozenset()) | numbers
    return found


def is_of_another(asked: Mapping[str, frozenset[str]], row: str) -> bool:
    """Whether a row is about another thing of the kind that is asked for: "khu phố 1" where "khu phố 4" is."""
    said = numbered_things(row) if asked else {}
    return any(name in said and not (numbers & said[name]) for name, numbers in asked.items())
