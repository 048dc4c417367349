"""Whether words of a directive stand at a place that is named by its labels: "II.3", "Điều 5.2.b", "STT 4"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.quality.questions import joined
from index import Printed, SectionKind, Span

_ROW: Final = re.compile(r"(?:^|\.)\s*(?:STT|TT|Số TT|Số thứ tự|dòng|hàng)\s*(?P<label>[^\s.]+)\s*$", re.IGNORECASE)
_ROW_IN_PRINT: Final = re.compile(r"(?:^|\| )(?:STT|TT|Số TT|Số thứ tự)\s*:\s*(?P<label>[^\s|]+)", re.IGNORECASE)
_FIRST_CELL: Final = re.compile(r"^\|?\s*(?P<label>[^\s|]+)\s*\|")
_WORD: Final = re.compile(r"(điều|chương|phần|mục|phụ lục|khoản|điểm)\s+", re.IGNORECASE)
_KINDS_OF_WORDS: Final = {
    "điều": (SectionKind.ARTICLE,),
    "chương": (SectionKind.CHAPTER,),
    "phần": (SectionKind.PART,),
    "phụ lục": (SectionKind.ANNEX,),
}
_OUTER: Final = (SectionKind.PART, SectionKind.CHAPTER, SectionKind.DIVISION, SectionKind.ANNEX)
"""People name an article or an item without them."""
_UNLABELLED: Final = (SectionKind.DASH, SectionKind.PLUS, SectionKind.HEADER, SectionKind.CLOSING)


class _Label(NamedTuple):
    """``kinds``: empty where any section will do."""

    text: str
    kinds: tuple[SectionKind, ...]


class _Step(NamedTuple):
    text: str
    kind: SectionKind


def stands_at(printed: Printed, span: Span, place: str) -> bool:
    """Whether the words begin in that place or below it, or hold the beginning of it; for a row, whether they touch it.

    Parts, chapters and annexes need not be named.
    """
    row = _ROW.search(place)
    labels = list(_labels(place[: row.start()] if row else place))
    if row and not any(_is_row(line, row["label"]) for line in _lines(printed, span)):
        return False
    return not labels or any(_leads(chain, labels) for chain in _chains(printed, span))


def _labels(place: str) -> Iterator[_Label]:
    for part in filter(None, map(joined, place.split("."))):
        word = _WORD.match(part)
        kinds = _KINDS_OF_WORDS.get(word[1].lower(), ()) if word else ()
        yield _Label(_bare(part), kinds)


def _bare(label: str) -> str:
    """Without the word before it and the mark behind it."""
    return _WORD.sub("", joined(label), count=1).strip(" .):/-").casefold()


def _chains(printed: Printed, span: Span) -> Iterator[list[_Step]]:
    """The labels from the outside in, of where the words begin and of every section that begins in them."""
    within = [place for place, section in enumerate(printed.sections) if span.start <= section.start < span.end]
    for place in (printed.section_at(span.start), *within):
        yield _chain(printed, place)


def _chain(printed: Printed, place: int | None) -> list[_Step]:
    sections = []
    while place is not None:
        sections.append(printed.sections[place])
        place = sections[-1].parent
    steps: list[_Step] = []
    before = ""
    for section in reversed(sections):
        label = _bare(section.label)
        if section.kind in _UNLABELLED or not label:
            continue
        rest = label.removeprefix(f"{before}.") if before else label
        steps += [_Step(each, section.kind) for each in rest.split(".") if each]
        before = label
    return steps


def _leads(chain: Sequence[_Step], labels: Sequence[_Label]) -> bool:
    """Whether the labels, one after the other, lead into the chain from its outside."""
    wanted = list(labels)
    for step in chain:
        if not wanted:
            return True
        label = wanted[0]
        if step.text == label.text and (not label.kinds or step.kind in label.kinds):
            wanted.pop(0)
        elif step.kind not in _OUTER:
            return False
    return not wanted


def _lines(printed: Printed, span: Span) -> list[str]:
    """The whole lines that the words touch."""
    start = printed.text.rfind("\n", 0, span.start) + 1
    end = printed.text.find("\n", span.end)
    return printed.text[start : end if end >= 0 else None].split("\n")


def _is_row(line: str, label: str) -> bool:
    found = _ROW_IN_PRINT.search(line) or _FIRST_CELL.match(line)
    return found is not None and found["label"].strip(".)") == label.strip(".)")
