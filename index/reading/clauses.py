"""The sentences of a paper that may say how it stands to others: without what it quotes, its grounds, its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.reading.markers import CAPITALS, read_marker
from index.types import Printed, SectionKind, Span

QUOTED = "\x05"
"""Stands for each character of what is quoted, quotation marks too."""

_SENTENCE_END = re.compile(rf"(?<=[^\W_][.!?])\s+(?=[{CAPITALS}\"“(])|(?<=[\])”{QUOTED}\d][.!?])\s+(?=[{CAPITALS}])")
_LINE = re.compile(r"[^\n]+")
_OPEN_LINE = re.compile(r"(?:[^.;:!?”\"…]|\d)$")
_WAITS = re.compile(r"(?:\b(?:số|ngày|tháng|năm|khoản|điều|điểm|mục|và|của)|,)$", re.IGNORECASE)
_GROUNDS = re.compile(r"\W*(?:Căn cứ|Xét|Theo (?:đề nghị|yêu cầu)|Kính gửi)\b(?![^\n]*\bnày\b)")
"""What a paper rests on; "Căn cứ …, Đảng ủy ban hành Quy chế này thay thế …" goes on to rule."""
_DEED = r"(?:(?:tổ chức\s+)?(?:học tập|quán triệt|triển khai|thực hiện|cụ thể hóa))"
_AFTER_GROUNDS = re.compile(
    rf"(?:[;,]\s+|\svà\s+)(?:để\s+)?(?={_DEED}(?:(?:,|\s+và)?\s+{_DEED})*\s+[{CAPITALS}])"
    r"|,\s+(?=[^,;]{5,90}\s(?:quyết định|quyết nghị|thống nhất|đồng ý|xin)\s)"
)
"""Behind the grounds of a sentence: what it goes on to say. Grounds that end in a comma or ";" go on to nothing."""
_STRAIGHT = re.compile(r"(?:(?<=[\s(:;,/])|^)\"(?=\S)[^\"]*?\S\"(?=[\s.,;:)/!?]|$)", re.MULTILINE)
_LONGEST_QUOTE = 60_000
_LONGEST_SENTENCE = 20_000


class Clause(NamedTuple):
    """A sentence or an item, ``printed.text[start:end]``, without its mark.

    ``masked``: the same with `QUOTED` for what is quoted. ``marked``: it opens a numbered unit or a dash.
    ``title``: it is the paper's title; ``opening``: it stands before the first numbered unit.
    """

    start: int
    end: int
    masked: str
    marked: bool = False
    title: bool = False
    opening: bool = False


def quotes_of(text: str) -> tuple[Span, ...]:
    """What stands in quotation marks, in order; a mark that is never closed quotes up to the end of its paragraph."""
    found = [Span(start=match.start(), end=match.end()) for match in _STRAIGHT.finditer(text)]
    position = 0
    while (start := text.find("“", position)) >= 0:
        position = _closing(text, start)
        found.append(Span(start=start, end=position))
    return tuple(sorted(found, key=lambda span: span.start))


def _closing(text: str, start: int) -> int:
    depth = 0
    for match in re.compile("[“”]").finditer(text, start, start + _LONGEST_QUOTE):
        # Each paragraph of a long quote may open anew.
        anew = match[0] == "“" and depth == 1 and text[match.start() - 1] == "\n"
        depth += 0 if anew else 1 if match[0] == "“" else -1
        if depth == 0:
            return match.end()
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def read_clauses(printed: Printed) -> Iterator[Clause]:
    """The sentences in their order: the title, then the body up to the signature."""
    masked = _masked(printed.text)
    if title := printed.fields.get("title"):
        yield Clause(title.start, title.end, masked[title.start : title.end], title=True)
    starts = {section.start: section for section in printed.sections}
    numbered = min((s.start for s in printed.sections if s.kind in _NUMBERED), default=len(masked))
    for start, end in _paragraphs(masked, printed, starts.keys()):
        marker = read_marker(masked[start:end])
        body = start + marker.length if marker else start
        for first, last in _sentences(masked, body, end):
            if first != last:
                yield Clause(
                    first, last, masked[first:last], marked=marker is not None and first == body,
                    opening=start < numbered,
                )  # fmt: skip


_NUMBERED = frozenset(SectionKind) - {
    SectionKind.HEADER, SectionKind.CLOSING, SectionKind.SIGNATURE, SectionKind.DASH, SectionKind.PLUS
}  # fmt: skip


def _masked(text: str) -> str:
    pieces, position = [], 0
    for quote in quotes_of(text):
        start = max(quote.start, position)
        if start < quote.end:
            pieces += [text[position:start], QUOTED * (quote.end - start)]
            position = quote.end
    return "".join((*pieces, text[position:]))


def _paragraphs(masked: str, printed: Printed, starts: object) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of the body stand, lines that were broken joined."""
    begin, end = _body(printed)
    lines = [match.span() for match in _LINE.finditer(masked, begin, end)]
    open_start: int | None = None
    for place, (start, stop) in enumerate(lines):
        if open_start is None:
            open_start = start
        following = masked[lines[place + 1][0] : lines[place + 1][1]] if place + 1 < len(lines) else ""
        if following and _goes_on(masked[start:stop], following):
            continue
        if _GROUNDS.match(masked, open_start):
            behind = None if masked[stop - 1] in ",;" else _AFTER_GROUNDS.search(masked, open_start, stop)
            open_start = behind.end() if behind else stop
        if masked[open_start:stop].strip(QUOTED + " .;"):
            yield open_start, stop
        open_start = None


def _goes_on(line: str, following: str) -> bool:
    if read_marker(following) and not _WAITS.search(line):
        return False
    return bool(_WAITS.search(line) or (_OPEN_LINE.search(line) and following[0].islower()))


def _body(printed: Printed) -> tuple[int, int]:
    """From behind the title (what follows it may be the first sentence) up to the signature or the first annex."""
    ends = [s.start for s in printed.sections if s.kind in (SectionKind.SIGNATURE, SectionKind.ANNEX)]
    title = printed.fields.get("title")
    header = next((s.end for s in printed.sections if s.kind is SectionKind.HEADER), 0)
    return (title.end if title and title.end < header else header), min(ends, default=len(printed.text))


def _sentences(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _SENTENCE_END.finditer(masked, start, end):
        yield from _slices(masked, position, match.start())
        position = match.end()
    yield from _slices(masked, position, end)


def _slices(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence longer than any, cut at semicolons, so that reading takes time by its length alone."""
    while end - start > _LONGEST_SENTENCE:
        cut = masked.rfind(";", start + 1, start + _LONGEST_SENTENCE) + 1 or start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end
