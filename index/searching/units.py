"""The whole unit that holds a quote, and the units before and after it: Printed and Span -> Span, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.types import Printed, Section, SectionKind, Span

LIMIT = 6_000
"""A unit is never longer than this many characters."""
AROUND = 2_000
"""Where no unit holds the words: about so many characters of paragraphs round them."""
_PARTS = (SectionKind.POINT, SectionKind.DASH, SectionKind.PLUS)
"""Parts of a unit, which do not stand alone."""
_FRAME = (SectionKind.HEADER, SectionKind.SIGNATURE)


class Unit(NamedTuple):
    """``cut``: the unit goes on behind this part of it, which ends with a paragraph where that is possible."""

    span: Span
    cut: bool = False


def unit_at(printed: Printed, span: Span) -> Unit | None:
    """The clause (khoản, a numbered or Roman item) that holds these words; the next larger unit where they are all of
    it; paragraphs round them where no unit holds them. None where there is no more than they are, save the whole paper.
    """
    if not _words(printed, span):
        return None
    holding = _holding(printed, span)
    for position in holding:
        unit = _section_span(printed, printed.sections[position])
        if _words(printed, unit) != _words(printed, span):
            return _limited(printed, unit, around=span)
    if holding:
        return None
    unit = _around(printed, span)
    return None if _words(printed, unit) == _words(printed, span) else _limited(printed, unit, around=span)


def units_beside(printed: Printed, span: Span) -> tuple[Unit | None, Unit | None]:
    """The units of the same level just before and just after the smallest one that holds these words.

    Of a unit that was cut, the rest comes after. Where no unit holds the words: the paragraphs before and after them.
    """
    if not _words(printed, span):
        return None, None
    holding = _holding(printed, span)
    if not holding:
        start, end = _gap(printed, span)
        before = _last_paragraphs(printed.text, start, span.start)
        return _known(printed, before), _known(printed, _first_paragraphs(printed.text, span.end, end))
    here = printed.sections[holding[0]]
    earlier, later = (_of(printed, _beside(printed.sections, holding[0], step)) for step in (-1, 1))
    if _is_cut(printed, here, span):
        rest = _trimmed(printed.text, span.end, here.end)
        return earlier, _limited(printed, rest, around=Span(start=rest.start, end=rest.start))
    return earlier, later


# -- units of the drafters' tree -----------------------------------------------------------------------------------


def _holding(printed: Printed, span: Span) -> list[int]:
    """The units that hold all of these words, innermost first."""
    start, end = _inner(printed.text, span)
    position = printed.section_at(start)
    found = []
    while position is not None:
        section = printed.sections[position]
        if section.end >= end and section.kind not in _PARTS:
            found.append(position)
        position = section.parent
    return found


def _beside(sections: Sequence[Section], position: int, step: int) -> int | None:
    """The unit next to this one; past the last of its parent, the first in the unit next to the parent."""
    parent = sections[position].parent
    siblings = _units_in(sections, parent)
    place = siblings.index(position) + step if position in siblings else -1
    if 0 <= place < len(siblings):
        return siblings[place]
    around = None if parent is None else _beside(sections, parent, step)
    if around is None:
        return None
    inner = [child for child in _units_in(sections, around) if sections[child].kind is sections[position].kind]
    return inner[0 if step > 0 else -1] if inner else around


def _units_in(sections: Sequence[Section], parent: int | None) -> list[int]:
    left_out = (*_PARTS, *_FRAME)
    return [at for at, section in enumerate(sections) if section.parent == parent and section.kind not in left_out]


def _of(printed: Printed, position: int | None) -> Unit | None:
    if position is None:
        return None
    span = _section_span(printed, printed.sections[position])
    return _limited(printed, span, around=Span(start=span.start, end=span.start))


def _section_span(printed: Printed, section: Section) -> Span:
    return _trimmed(printed.text, section.start, section.end)


def _is_cut(printed: Printed, section: Section, span: Span) -> bool:
    """Whether the words are the first part of a unit that is too long."""
    whole = _section_span(printed, section)
    return whole.end - whole.start > LIMIT and span.end - span.start > LIMIT // 2 and span.end < whole.end


def _limited(printed: Printed, unit: Span, *, around: Span) -> Unit:
    """The unit, or as many whole paragraphs of it as are allowed: its beginning, else what lies round these words."""
    if unit.end - unit.start <= LIMIT:
        return Unit(unit)
    start = unit.start
    if around.end - start > LIMIT:
        start = _last_paragraphs(printed.text, start, around.end, most=LIMIT // 2).start
        start = start if start <= around.start and around.end - start <= LIMIT else around.start
    end = min(start + LIMIT, unit.end)
    if end < unit.end:
        floor = max(around.end, start + LIMIT // 2)
        breaks = (printed.text.rfind(mark, floor, end + 1) for mark in ("\n", " "))
        end = next((found for found in breaks if found > 0), end)
    return Unit(_trimmed(printed.text, start, end), cut=end < unit.end)


# -- paragraphs where there is no unit -----------------------------------------------------------------------------


def _gap(printed: Printed, span: Span) -> tuple[int, int]:
    """What lies between the units before and behind these words."""
    units = [section for section in printed.sections if section.kind not in _PARTS]
    start = max((section.end for section in units if section.end <= span.start), default=0)
    return start, min((section.start for section in units if section.start >= span.end), default=len(printed.text))


def _around(printed: Printed, span: Span) -> Span:
    """Whole paragraphs round these words, as many before as behind, within what is no unit."""
    low, high = _gap(printed, span)
    start = max(printed.text.rfind("\n", low, span.start) + 1, low)
    end = _line_end(printed.text, span.end, high)
    is_growing = True
    while is_growing:
        is_growing = False
        behind = _line_end(printed.text, end + 1, high)
        if end < high and behind - start <= AROUND:
            end, is_growing = behind, True
        before = max(printed.text.rfind("\n", low, max(start - 1, low)) + 1, low)
        if low < start and end - before <= AROUND:
            start, is_growing = before, True
    return _trimmed(printed.text, start, end)


def _first_paragraphs(text: str, start: int, end: int) -> Span:
    if end - start > AROUND:
        end = _line_end(text, max(text.rfind("\n", start + 1, start + AROUND), start + 1), end)
    return _trimmed(text, start, end)


def _last_paragraphs(text: str, start: int, end: int, *, most: int = AROUND) -> Span:
    if end - start > most:
        first = text.find("\n", end - most, end)
        start = first + 1 if first >= 0 else max(text.rfind("\n", start, end - most) + 1, start)
    return _trimmed(text, start, end)


def _line_end(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    return found if found >= 0 else end


def _known(printed: Printed, span: Span) -> Unit | None:
    return _limited(printed, span, around=Span(start=span.start, end=span.start)) if _words(printed, span) else None


# -- words ---------------------------------------------------------------------------------------------------------


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start=start, end=max(start, start + len(words.strip())))


def _inner(text: str, span: Span) -> tuple[int, int]:
    trimmed = _trimmed(text, span.start, span.end)
    return trimmed.start, trimmed.end


def _words(printed: Printed, span: Span) -> tuple[int, int] | None:
    """Where the first and the last letter or digit stand; None without any: two spans alike in this say the same."""
    text, end = printed.text, min(span.end, len(printed.text))
    first = next((at for at in range(span.start, end) if text[at].isalnum()), None)
    if first is None:
        return None
    return first, next(at for at in range(end - 1, first - 1, -1) if text[at].isalnum())
