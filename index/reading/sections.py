"""The accepted units -> the tree of sections: headings, articles that a heading implements, header, closing, signature."""

from __future__ import annotations

import re
from bisect import bisect_right

from index.reading.outline import Unit
from index.reading.paragraphs import Layout
from index.types import Section, Span
from index.types import SectionKind as Kind

_CLOSING = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Quy chế|Hướng dẫn|Thông báo|Thông tri|Kế hoạch|Chương trình|Đề án|Công văn|Báo cáo|Thông tư"
    r"|Nghị định|Luật) này\b|Trong quá trình\b|Các (?:quy định|văn bản) (?:trước đây|trái)|Những (?:quy định|văn bản) (?:trước đây|trái)|Trên đây là\b"
)
_HEADING_LENGTH = 200
_INLINE_HEADING = re.compile(r"([A-ZĐÀ-Ỹ(][^:.;]{2,80}):\s+[A-ZĐÀ-Ỹ\"“]")
_SENTENCE_BREAK = re.compile(r"[.;!?]\s+[\"“(]?[A-ZĐÀ-Ỹ]")
_REFERENCES = re.compile(r"(?:\(?\s*(?:Điều|Khoản)\s+\d+[a-zđ]?(?:\s*,\s*\d+)*\s*\)?\s*[,;]?\s*(?:và\s+)?)+(?=[:)\s]|$)")
_REFERENCE = re.compile(r"(Điều|Khoản)\s+(\d+[a-zđ]?(?:\s*,\s*\d+)*)")


def build_sections(layout: Layout, *, header_end: int) -> tuple[Section, ...]:
    """All sections in order of their start, parents before children."""
    units = [unit for unit in layout.units if unit.start >= header_end]
    positions = {id(unit): position for position, unit in enumerate(units)}
    closing = _closing_start(layout, units, header_end)
    sections = [_section(unit, layout, _parent(unit, layout.units, positions), closing) for unit in units]
    extra = [Section(kind=Kind.HEADER, label="", heading="", start=0, end=header_end)] if header_end else []
    if closing is not None:
        extra.append(Section(kind=Kind.CLOSING, label="", heading="", start=closing, end=_body_end(layout)))
    if layout.signature:
        extra.append(Section(kind=Kind.SIGNATURE, label="", heading="", start=layout.signature.start, end=layout.signature.end))
    return _merge(sections, extra)


def _merge(sections: list[Section], extra: list[Section]) -> tuple[Section, ...]:
    """Both in order of start; parents point at the new positions."""
    order = sorted([*enumerate(sections), *((None, section) for section in extra)], key=lambda item: item[1].start)
    moved = {old: new for new, (old, _) in enumerate(order) if old is not None}
    return tuple(
        section if section.parent is None else section.model_copy(update={"parent": moved[section.parent]}) for _, section in order
    )


def _parent(unit: Unit, units: list[Unit], positions: dict[int, int]) -> int | None:
    return None if unit.parent is None else positions.get(id(units[unit.parent]))


def _section(unit: Unit, layout: Layout, parent: int | None, closing: int | None) -> Section:
    end = min(unit.end, closing) if closing is not None and unit.start < closing else unit.end
    first = _paragraph_at(layout, unit.start)
    words = layout.text[unit.start + unit.marker.length : first.end].strip()
    return Section(
        kind=unit.marker.kind,
        label=unit.marker.label,
        heading=_heading(words, unit, layout, Span(start=first.end, end=end)),
        start=unit.start,
        end=end,
        parent=parent,
        implements=_implements(words) if unit.marker.kind is Kind.NUMBER else (),
    )


def _heading(words: str, unit: Unit, layout: Layout, rest: Span) -> str:
    more = layout.text[rest.start : rest.end].strip()
    if not words and more:  # "Chương I" with its name on the next line
        return more.split("\n", 1)[0].strip()
    if more and len(words) <= _HEADING_LENGTH and not _SENTENCE_BREAK.search(words):
        return words.rstrip(".:; ")
    inline = _INLINE_HEADING.match(words)
    return inline[1].strip() if inline else ""


def _implements(words: str) -> tuple[str, ...]:
    """Articles and clauses of another text that the heading names before its own words ("Điều 13 (Khoản 1): …")."""
    match = _REFERENCES.match(words)
    if not match:
        return ()
    return tuple(
        f"{kind.lower()} {number}"
        for kind, numbers in _REFERENCE.findall(match[0])
        for number in re.findall(r"\d+[a-zđ]?", numbers)
    )


def _closing_start(layout: Layout, units: list[Unit], header_end: int) -> int | None:
    """Where the unnumbered closing clauses begin: the first such paragraph behind the last numbered unit's own."""
    body_end = _body_end(layout)
    numbered = [unit.start for unit in units if unit.start < body_end]
    behind = max(numbered, default=header_end)
    for paragraph in layout.paragraphs:
        if behind < paragraph.start < body_end and _CLOSING.match(layout.text, paragraph.start):
            return paragraph.start
    return None


def _body_end(layout: Layout) -> int:
    return layout.signature.start if layout.signature else len(layout.text)


def _paragraph_at(layout: Layout, offset: int) -> Span:
    return layout.paragraphs[bisect_right(layout.paragraphs, offset, key=lambda span: span.start) - 1]
