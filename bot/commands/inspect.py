"""``inspect``: one file read, and what was understood of it, for people and for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import texts
from bot.commands.batch import print_json
from bot.corpus.inspecting import Inspection, listed
from bot.errors import FileMissing
from bot.messages import Frozen

if TYPE_CHECKING:
    from index import Reading


class Inspected(Frozen):
    """What programs read; keys may be added, none removed."""

    file: str
    directives: tuple[dict[str, Any], ...]


def inspect(file: Path, *, corpus: Path, as_json: bool) -> None:
    """``file``: of the corpus, also by its path in there, or any other. Raises FileMissing, and the ReadError that says
    why it cannot be taken in.
    """
    from index import find_tools, read_directives

    path, name = _named(file, corpus)
    readings = read_directives(path, name=name, tools=find_tools())
    if as_json:
        print_json(Inspected(file=name, directives=tuple(map(_facts, readings))))
        return
    print(texts.INSPECT_TITLE.format(file=name, count=len(readings)))
    papers = {each.directive.id: each.directive for each in readings}
    for reading in readings:
        decision = papers.get(reading.directive.attached_to) if reading.directive.attached_to else None
        print("", *_lines(Inspection(reading, decision=decision)), sep="\n")


def _named(file: Path, corpus: Path) -> tuple[Path, str]:
    """Where the file is, and what it is called: as in the corpus where it lies there."""
    path = next((each for each in (file, corpus / file) if each.is_file()), None)
    if path is None:
        raise FileMissing(path=file, detail=texts.NO_SUCH_FILE)
    root = corpus.resolve()
    within = path.resolve().is_relative_to(root)
    name = path.resolve().relative_to(root).as_posix() if within else path.name
    return path, unicodedata.normalize("NFC", name)


def _lines(read: Inspection) -> Iterator[str]:
    for field in read.fields():
        yield f"{field.label}: {field.value}" + (f" [{field.found}]" if field.found else "")
    yield from read.troubles()
    yield from _titled(texts.INSPECT_TREE, _tree(read))
    for number, table in enumerate(read.tables(), start=1):
        yield from _titled(texts.INSPECT_TABLES.format(number=number), (" | ".join(row) for row in table.rows))
    yield from _titled(texts.INSPECT_RELATIONS_TITLE, _links(read))
    if read.printed.scans:
        yield from _titled(texts.INSPECT_SCANS, _scans(read))


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield from ("", title)
    yield from [f"  {line}" for line in lines] or [f"  {texts.INSPECT_NOTHING}"]


def _tree(read: Inspection) -> Iterator[str]:
    for branch in read.tree():
        page = f" [{texts.INSPECT_PAGE.format(page=branch.page)}]" if branch.page else ""
        yield f"{'  ' * branch.depth}{branch.text}{page}"


def _links(read: Inspection) -> Iterator[str]:
    for link in read.links():
        page = f", {texts.INSPECT_PAGE.format(page=link.page)}" if link.page else ""
        yield f"- {link.text} [{link.state}{page}]"
        if link.clause:
            yield f"  {texts.INSPECT_CLAUSE.format(clause=link.clause)}"


def _scans(read: Inspection) -> Iterator[str]:
    for scan in read.printed.scans:
        yield texts.INSPECT_SCAN.format(page=scan.page, confidence=round(scan.confidence))
        if scan.weak_words:
            yield f"  {texts.INSPECT_WEAK_WORDS.format(words=', '.join(scan.weak_words))}"
    if read.printed.unread:
        yield texts.INSPECT_UNREAD.format(pages=listed(read.printed.unread))


def _facts(reading: Reading) -> dict[str, Any]:
    """Relations and places with the words that they stand for, beside their offsets."""
    printed, read = reading.printed, Inspection(reading)
    relations = [
        each.model_dump(mode="json") | {"clause": link.clause, "page": link.page}
        for each, link in zip(reading.relations, read.links(), strict=True)
    ]
    sections = [
        each.model_dump(mode="json") | {"page": printed.page_at(each.start), "path": printed.path_of(position)}
        for position, each in enumerate(printed.sections)
    ]
    return {
        "fields": reading.directive.model_dump(mode="json"),
        "found": {key: printed.page_at(span.start) for key, span in printed.fields.items()},
        "pages": len(printed.page_starts) or None,
        "sections": sections,
        "tables": [table.rows for table in read.tables()],
        "relations": relations,
        "scans": [scan.model_dump(mode="json") for scan in printed.scans],
        "unread": printed.unread,
        "text": printed.text,
    }
