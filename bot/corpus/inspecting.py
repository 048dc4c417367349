"""What was understood of a paper, in the words of people: the same for `inspect` and for the administrators' page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from bot import texts
from bot.answering.citation import name_of, shorten, spoken_date
from bot.channels.web.corpus_desk import Branch, Field, Link, Run, Sheet, Table
from bot.people.access import DEFAULT_AUDIENCE
from bot.people.audiences import audience_label
from index import Directive, Printed, Reading, Relation, RelationKind, SectionKind

_PIECE: Final = 6000
"""Characters of a piece of a text that has no pages."""
_BRANCH: Final = 160
_CELL: Final = " | "
_NOT_IN_THE_TREE: Final = frozenset({SectionKind.HEADER, SectionKind.SIGNATURE, SectionKind.CLOSING})


class Inspection:
    """One reading, page by page. ``number`` of a page: of the paper, or of a piece where it has no pages.

    ``decision``: what it was issued with.
    """

    def __init__(self, reading: Reading, *, decision: Directive | None = None) -> None:
        self.directive = reading.directive
        self.printed: Printed = reading.printed
        self._relations = reading.relations
        self._decision = decision

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each page begins."""
        return self.printed.page_starts or tuple(_pieces(self.printed.text))

    def fields(self) -> tuple[Field, ...]:
        read, unknown = self.directive, texts.INSPECT_UNKNOWN
        said = {
            "number": read.number,
            "type": " – ".join(filter(None, (read.type, read.type_name))),
            "issuer": read.issuer,
            "date": spoken_date(read.date) if read.date else None,
            "place": read.place,
            "title": read.title,
            "signer": read.signer,
            "audience": audience_label(read.audience or DEFAULT_AUDIENCE),
            "circulation": read.circulation,
            "draft": texts.INSPECT_YES if read.draft else None,
            "attached_to": name_of(self._decision) if self._decision else read.attached_to,
            "sample": texts.INSPECT_YES if read.sample else None,
        }
        rare = {"circulation", "draft", "attached_to", "sample", "place"}
        return tuple(
            Field(key=key, label=texts.INSPECT_FIELDS[key], value=value or unknown, found=self._found(key))
            for key, value in said.items()
            if value or key not in rare
        )

    def _found(self, key: str) -> str:
        if key == "audience":
            return texts.SHELF_BY_PAPER if self.directive.audience else texts.SHELF_BY_DEFAULT
        span = self.printed.fields.get(key)
        if span is None:
            return ""
        page = self.printed.page_at(span.start)
        return texts.INSPECT_PAGE.format(page=page) if page else texts.INSPECT_IN_TEXT

    def tree(self, within: range | None = None) -> tuple[Branch, ...]:
        """The sections that begin ``within`` these offsets, in their order."""
        depths: list[int] = []
        branches = []
        for section in self.printed.sections:
            depths.append(0 if section.parent is None else depths[section.parent] + 1)
            if section.kind in _NOT_IN_THE_TREE or (within is not None and section.start not in within):
                continue
            first = section.heading or self._first_words(section.start, section.end, section.label)
            text = shorten(f"{section.label} {first}".strip(), _BRANCH)
            branches.append(Branch(depth=depths[-1], text=text, page=self.printed.page_at(section.start)))
        return tuple(branches)

    def _first_words(self, start: int, end: int, label: str) -> str:
        line = self.printed.text[start : min(end, start + 2 * _BRANCH)].strip().partition("\n")[0]
        return line.removeprefix(label).lstrip(" .)-–+")

    def tables(self, within: range | None = None) -> tuple[Table, ...]:
        """Rows of cells that stand together."""
        text = self.printed.text if within is None else self.printed.text[within.start : within.stop]
        tables: list[Table] = []
        rows: list[tuple[str, ...]] = []
        for line in [*text.splitlines(), ""]:
            if _CELL in line:
                rows.append(tuple(cell.strip() for cell in line.split(_CELL)))
            elif rows and (line.strip() or len(rows) > 1):
                tables.append(Table(rows=tuple(_without_heads(rows))))
                rows = []
        return tuple(table for table in tables if len(table.rows) > 1)

    def links(self, within: range | None = None) -> tuple[Link, ...]:
        """The relations; those of the sidecar stand on no page."""
        return tuple(
            link_of(each, self.printed)
            for each in self._relations
            if within is None or (each.span is not None and each.span.start in within)
        )

    def sheet(self, number: int, *, has_picture: bool = False) -> Sheet | None:
        """None where there is no such page."""
        if not 1 <= number <= len(self.starts):
            return None
        within = self._range(number)
        physical = bool(self.printed.page_starts)
        scan = next((each for each in self.printed.scans if physical and each.page == number), None)
        weak = scan.weak_words if scan else ()
        return Sheet(
            number=number,
            physical=physical,
            runs=marked(self.printed.text[within.start : within.stop], weak),
            tree=self.tree(within),
            tables=self.tables(within),
            links=self.links(within),
            weak_words=tuple(dict.fromkeys(weak)),
            state=self._state(number) if physical else "",
            has_picture=has_picture,
        )

    def _state(self, number: int) -> str:
        if number in self.printed.unread:
            return texts.INSPECT_UNREAD_PAGE
        scan = next((each for each in self.printed.scans if each.page == number), None)
        if scan is None:
            return ""
        words = texts.INSPECT_WEAK_PAGE if scan.weak else texts.INSPECT_SCANNED_PAGE
        return words.format(confidence=round(scan.confidence))

    def _range(self, number: int) -> range:
        ends = (*self.starts[1:], len(self.printed.text))
        return range(self.starts[number - 1], ends[number - 1])

    def troubles(self) -> tuple[str, ...]:
        """What is to be looked at, from the reading alone."""
        weak = [each.page for each in self.printed.scans if each.weak]
        said = []
        if self.printed.unread:
            said.append(texts.INSPECT_UNREAD.format(pages=listed(self.printed.unread)))
        if weak:
            said.append(texts.INSPECT_WEAK.format(pages=listed(weak)))
        return tuple(said)


def _without_heads(rows: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each cell of a row is printed with the head of its column, which stands above it here."""
    heads = rows[0]
    yield heads
    for row in rows[1:]:
        yield tuple(
            cell.removeprefix(f"{heads[place]}: ") if place < len(heads) else cell for place, cell in enumerate(row)
        )


def link_of(relation: Relation, printed: Printed, *, state: str = "", key: str = "") -> Link:
    span = relation.span
    return Link(
        text=relation_text(relation),
        clause=" ".join(printed.text[span.start : span.end].split()) if span else "",
        page=printed.page_at(span.start) if span else None,
        state=state or (texts.INSPECT_EXPLICIT if relation.explicit else texts.INSPECT_NOT_EXPLICIT),
        key=key,
    )


def relation_text(relation: Relation) -> str:
    """``sửa đổi, bổ sung khoản 2 Điều 7 của Quy định số 19-QĐ/ĐU, từ 01/02/2026``."""
    said = [texts.INSPECT_RELATIONS[relation.kind]]
    reference = relation.reference
    if relation.articles:
        said.append(", ".join(relation.articles))
        said.extend([texts.INSPECT_OF] if reference else [])
    if reference:
        said.append(reference.words)
        if reference.number and reference.number not in reference.words:
            said.append(f"({reference.number})")
    if relation.date:
        about_itself = relation.kind in (RelationKind.IN_FORCE_FROM, RelationKind.EXPIRES_ON)
        until = relation.kind is RelationKind.EXTENDS
        words = "{date}" if about_itself else texts.INSPECT_UNTIL if until else texts.INSPECT_SINCE
        said.append(words.format(date=spoken_date(relation.date)))
    return " ".join(said)


def listed(pages: Sequence[int]) -> str:
    """``1, 3–5, 9``."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def marked(text: str, weak: Sequence[str]) -> tuple[Run, ...]:
    """The text in runs, of which those that the recognition doubts are marked: each as often as it was doubted, in the
    order of the page.
    """
    runs: list[Run] = []
    done = 0
    for word in weak:
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, done) if word.strip() else None
        if found is None:
            continue
        if found.start() > done:
            runs.append(Run(text=text[done : found.start()]))
        runs.append(Run(text=found[0], weak=True))
        done = found.end()
    return tuple(run for run in (*runs, Run(text=text[done:])) if run.text)


def _pieces(text: str) -> Iterator[int]:
    """Where pieces of some thousand characters begin, each with a paragraph."""
    start = 0
    yield start
    while len(text) - start > _PIECE:
        line = text.find("\n", start + _PIECE)
        if line < 0 or not text[line + 1 :].strip():
            return
        start = line + 1
        yield start
