"""Cuts a printed text where the drafters cut it; the passages, joined, are the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from math import ceil
from typing import NamedTuple

from index.findings import Passage
from index.reading.markers import CAPITALS
from index.types import Printed, Reading, SectionKind

WHOLE = 700
"""A section of at most this many characters stays one passage."""
LONGEST = 1500
"""A longer run without inner sections is cut between its sentences."""
_LEAD = 250
"""A heading or a lead line ("… gồm:") of at most this many characters stays with the first section below it."""
_SMALL = 140
"""Neighbours of at most this many characters are one passage together."""

_OWN = (SectionKind.HEADER, SectionKind.CLOSING, SectionKind.SIGNATURE)
_SPACE = re.compile(r"\s+(?=\S)")
_SENTENCE = re.compile(rf"\n|(?<=[.;!?])\s+(?=[\"“(]?[{CAPITALS}\-+])")


class _Piece(NamedTuple):
    """A run of the text inside a section. ``section``: the inner section it holds, None for text between them."""

    start: int
    end: int
    section: int | None


def cut_passages(reading: Reading) -> tuple[Passage, ...]:
    """The passages of a directive in order; ``"".join(text)`` gives the printed text back."""
    printed, inner = reading.printed, _inner_sections(reading.printed)
    begins = [*_begins(_Piece(0, len(printed.text), None), printed, inner), len(printed.text)]
    cuts = [begins[0]]
    for start, end in pairwise(begins):
        cuts += [*_between_sentences(printed.text, start, end), end]
    return tuple(_passage(reading, start, end) for start, end in pairwise(cuts) if end > start)


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


def _inner_sections(printed: Printed) -> dict[int | None, list[int]]:
    inner: dict[int | None, list[int]] = {}
    for position, section in enumerate(printed.sections):
        inner.setdefault(section.parent, []).append(position)
    return inner


def _begins(whole: _Piece, printed: Printed, inner: dict[int | None, list[int]]) -> Iterator[int]:
    """Where the passages of a piece begin, its own start first."""
    sections = inner.get(whole.section, [])
    if not sections or (whole.section is not None and whole.end - whole.start <= WHOLE):
        yield whole.start
        return
    begin, before = whole.start, None
    for piece in _pieces(whole, printed, sections):
        joined = before and _is_small(before, printed) and _is_small(piece, printed) and piece.end - begin <= WHOLE
        before = piece
        if joined:
            continue
        begin = piece.start
        if piece.section is None:
            yield piece.start
        else:
            yield from _begins(piece, printed, inner)


def _pieces(whole: _Piece, printed: Printed, sections: list[int]) -> list[_Piece]:
    """The inner sections and the text before, between and behind them; a short lead is in the piece of its section."""
    pieces: list[_Piece] = []
    last = whole.start
    for position in sections:
        section = printed.sections[position]
        lead = printed.text[last : section.start].rstrip()
        heads = lead.endswith(":") or (not pieces and whole.section is not None)
        start = last if heads and len(lead) <= _LEAD and section.kind not in _OWN else section.start
        if start > last:
            pieces.append(_Piece(last, start, None))
        pieces.append(_Piece(start, section.end, position))
        last = section.end
    if last < whole.end:
        pieces.append(_Piece(last, whole.end, None))
    return pieces


def _is_small(piece: _Piece, printed: Printed) -> bool:
    own = piece.section is not None and printed.sections[piece.section].kind in _OWN
    return piece.end - piece.start <= _SMALL and not own


def _between_sentences(text: str, start: int, end: int) -> Iterator[int]:
    """Cuts into even parts at paragraphs or sentences, else at words, so that none is longer than LONGEST."""
    while end - start > LONGEST:
        even = start + (end - start) / ceil((end - start) / LONGEST)
        places = [match.end() for match in _SENTENCE.finditer(text, start + WHOLE // 2, start + LONGEST)]
        # Only as far as a passage may go: a text of one long sentence is looked through once, not once for each cut.
        places = places or [match.end() for match in _SPACE.finditer(text, start + 1, start + LONGEST + 1)]
        places = places or [match.end() for match in islice(_SPACE.finditer(text, start + LONGEST, end), 1)]
        if not places:
            return
        start = min(places, key=lambda place: abs(place - even))
        yield start
