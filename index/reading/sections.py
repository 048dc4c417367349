"""The accepted units -> the tree of sections, with headings, what they implement, header, closing and signatures."""

from __future__ import annotations

import re
from bisect import bisect_right

from index.reading.markers import CAPITALS
from index.reading.outline import Unit
from index.reading.paragraphs import Layout
from index.types import Section, Span
from index.types import SectionKind as Kind

_CLOSING = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định|Quy chế|Hướng dẫn|Thông báo|Thông tri|Kế hoạch|Chương trình"
    r"|Đề án|Công văn|Báo cáo|Thông tư|Nghị định|Luật) này\b|Trong quá trình\b|Trên đây là\b"
    r"|(?:Các|Những) (?:quy định|văn bản) (?:trước đây|trái)"
)
_LONGEST_HEADING = 200
_LONGEST_LEAD = 180
_LONGEST_PHRASE = 100
"""Characters, without what stands in brackets: of a heading, of one that ends with ":", of one that ends with "."."""
_STATES = re.compile(r"\d/\d|\b(?:phải|thì|cần|sẽ|không được)\b")
"""What makes a short line with a full stop a sentence and no heading."""
_INLINE_HEADING = re.compile(rf"([{CAPITALS}(][^:.;]{{2,80}}):\s+[{CAPITALS}\"“]|([{CAPITALS}][^:.;]{{2,40}}):\s+\S")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_SENTENCE_BREAK = re.compile(rf"[.;!?]\s+[\"“(]?[{CAPITALS}]")
_REFERENCES = re.compile(
    r"(?:\(?\s*(?:Điều|Khoản)\s+\d+[a-zđ]?(?:\s*,\s*\d+)*\s*\)?\s*[,;]?\s*(?:và\s+)?)+(?=[:)\s]|$)"
)
_REFERENCE = re.compile(r"(Điều|Khoản)\s+(\d+[a-zđ]?(?:\s*,\s*\d+)*)")


def build_sections(layout: Layout, *, header_end: int) -> tuple[Section, ...]:
    """All sections in order of their start, parents before children."""
    units = [unit for unit in layout.units if unit.start >= header_end]
    closing = _closing(layout, units, header_end)
    own = [_own(Kind.HEADER, 0, header_end)] if header_end else []
    own += [closing] if closing else []
    own += [_own(Kind.SIGNATURE, signature.start, signature.end) for signature in layout.signatures]
    starts = sorted([*(unit.start for unit in units), *(section.start for section in own)])
    places = {start: place for place, start in enumerate(starts)}
    sections = [_section(unit, layout, parent=_parent(unit, layout, places), closing=closing) for unit in units]
    return tuple(sorted((*sections, *own), key=lambda section: section.start))


def _own(kind: Kind, start: int, end: int) -> Section:
    return Section(kind=kind, label="", heading="", start=start, end=end)


def _parent(unit: Unit, layout: Layout, places: dict[int, int]) -> int | None:
    return None if unit.parent is None else places.get(layout.units[unit.parent].start)


def _section(unit: Unit, layout: Layout, *, parent: int | None, closing: Section | None) -> Section:
    end = closing.start if closing and unit.start < closing.start < unit.end else unit.end
    words, more = _words(unit, layout, end)
    return Section(
        kind=unit.marker.kind,
        label=unit.marker.label,
        heading=_heading(words, more, names=bool(_implements(unit, words))),
        start=unit.start,
        end=end,
        parent=parent,
        implements=_implements(unit, words),
    )


def _words(unit: Unit, layout: Layout, end: int) -> tuple[str, str]:
    """The first line of a unit without its label, and its further lines."""
    first = _paragraph_at(layout, unit.start).end
    return layout.text[unit.start + unit.marker.length : first].strip(), layout.text[first:end].strip()


def _heading(words: str, more: str, *, names: bool) -> str:
    """The heading in a unit's first line; ``names`` says that it names an article."""
    if not words and more:  # "Chương I" with its name on the next line
        return more.split("\n", 1)[0].strip()
    if more and _is_heading(words, names=names):
        return words.rstrip(".:; ")
    inline = _INLINE_HEADING.match(words)
    return (inline[1] or inline[2]).strip() if inline else ""


def _is_heading(words: str, *, names: bool) -> bool:
    length = len(_BRACKETED.sub("", words))
    if _SENTENCE_BREAK.search(words) or words.endswith((";", ",")):
        return False
    if names or not words.endswith((".", ":")):
        return length <= _LONGEST_HEADING
    if words.endswith(":"):
        return length <= _LONGEST_LEAD
    return length <= _LONGEST_PHRASE and not _STATES.search(words)


def _implements(unit: Unit, words: str) -> tuple[str, ...]:
    """Articles and clauses of another text that the heading names before its own words ("Điều 13 (Khoản 1): …")."""
    match = _REFERENCES.match(words) if unit.marker.kind is Kind.NUMBER else None
    if not match:
        return ()
    return tuple(
        f"{kind.lower()} {number}"
        for kind, numbers in _REFERENCE.findall(match[0])
        for number in re.findall(r"\d+[a-zđ]?", numbers)
    )


def _closing(layout: Layout, units: list[Unit], header_end: int) -> Section | None:
    """The unnumbered closing clauses behind the last numbered unit of a paper that has the form of one."""
    if not (layout.signatures or header_end):
        return None
    end = _body_end(layout, units)
    units = [unit for unit in units if unit.start < end]
    tail = _paragraphs(layout, units[-1].start if units else header_end, end)
    if units:
        tail = tail[1:]
        if layout.signatures and tail and _is_one_paragraph(units[-1], units, layout):
            return _own(Kind.CLOSING, tail[0].start, end)
        if _is_headed(units[-1], layout):
            # What stands right below a heading is its content; an article holds all that follows.
            tail = [] if units[-1].marker.kind is Kind.ARTICLE else tail[1:]
    start = next((span.start for span in tail if _CLOSING.match(layout.text, span.start)), None)
    return None if start is None else _own(Kind.CLOSING, start, end)


def _is_headed(unit: Unit, layout: Layout) -> bool:
    words, _ = _words(unit, layout, unit.end)
    return not words or _is_heading(words, names=bool(_implements(unit, words)))


def _is_one_paragraph(last: Unit, units: list[Unit], layout: Layout) -> bool:
    """Whether the last item ends with its first paragraph, to judge by the items beside it."""
    beside = [unit for unit in units if unit.parent == last.parent and unit is not last]
    following = [_paragraphs(layout, unit.start, unit.end)[1:] for unit in beside]
    if _is_headed(last, layout):  # like a heading, but so are the single sentences beside it
        return (
            bool(beside) and not any(following) and last.marker.kind is not Kind.ARTICLE and _is_sentence(last, layout)
        )
    starts = {unit.start for unit in units}
    return bool(beside) and all(
        not spans or spans[0].start in starts or _is_headed(unit, layout)
        for unit, spans in zip(beside, following, strict=True)
    )


def _is_sentence(unit: Unit, layout: Layout) -> bool:
    return _words(unit, layout, unit.end)[0].endswith(".")


def _body_end(layout: Layout, units: list[Unit]) -> int:
    ends = [layout.signatures[0].start] if layout.signatures else []
    ends += [unit.start for unit in units if unit.marker.kind is Kind.ANNEX]
    return min(ends, default=len(layout.text))


def _paragraphs(layout: Layout, start: int, end: int) -> list[Span]:
    return [span for span in layout.paragraphs if start <= span.start < end]


def _paragraph_at(layout: Layout, offset: int) -> Span:
    return layout.paragraphs[bisect_right(layout.paragraphs, offset, key=lambda span: span.start) - 1]
