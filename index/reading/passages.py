"""Cuts a printed text where the drafters cut it; the passages, joined, are the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Passage, Printed, Reading, SectionKind

CUTTER_VERSION = "1"
"""Part of every cache key: raise it when the same text would be cut differently."""

WHOLE = 700
"""A section of at most this many characters stays one passage."""
LONGEST = 1500
"""A longer run without inner sections is cut between its sentences."""

_OWN = (SectionKind.HEADER, SectionKind.CLOSING, SectionKind.SIGNATURE)


def cut_passages(reading: Reading) -> tuple[Passage, ...]:
    """The passages of a directive in order; ``"".join(text)`` gives the printed text back."""
    printed = reading.printed
    cuts = sorted({0, len(printed.text), *_cuts(printed)})
    return tuple(_passage(reading, start, end) for start, end in zip(cuts, cuts[1:], strict=False))


def _passage(reading: Reading, start: int, end: int) -> Passage:
    printed = reading.printed
    text = printed.text[start:end]
    first = start + len(text) - len(text.lstrip())
    section = printed.section_at(first)
    return Passage(
        directive=reading.directive.id,
        start=start,
        end=end,
        text=text,
        path=printed.path_of(section),
        page=printed.page_at(first),
        kind=printed.sections[section].kind if section is not None else None,
    )


def _cuts(printed: Printed) -> Iterator[int]:
    children: dict[int | None, list[int]] = {}
    for position, section in enumerate(printed.sections):
        children.setdefault(section.parent, []).append(position)

    def walk(start: int, end: int, inner: list[int], *, top: bool) -> Iterator[int]:
        if end - start <= WHOLE and not top:
            return
        if not inner:
            yield from _between_sentences(printed.text, start, end)
            return
        lead_end = printed.sections[inner[0]].start
        # A heading alone is no passage: it stays with its first section.
        alone = lead_end - start > WHOLE // 3 or printed.sections[inner[0]].kind in _OWN or top
        for place, position in enumerate(inner):
            section = printed.sections[position]
            first_end = section.end
            begin = section.start if place or alone else start
            yield begin
            yield from walk(begin if begin < section.start and first_end - begin <= WHOLE else section.start, first_end, children.get(position, []), top=False)
            yield first_end

    yield from walk(0, len(printed.text), children.get(None, []), top=True)


def _between_sentences(text: str, start: int, end: int) -> Iterator[int]:
    """Cuts at paragraphs, else at sentences, so that no piece is longer than LONGEST where that can be helped."""
    if end - start <= LONGEST:
        return
    last = start
    for match in re.finditer(r"\n|(?<=[.;!?])\s+(?=[\"“(]?[A-ZĐÀ-Ỹ\-+])", text[start:end]):
        place = start + match.end()
        if place - last > WHOLE:
            yield place
            last = place
