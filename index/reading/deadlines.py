"""Who must do what by when, as a directive says it.

Read are the sentences, items and rows of the body and of its annexes; never the header, the grounds, the signature or
what is quoted of other papers. Each duty is a proposal: a person looks at it before anybody is reminded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date as Date
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from index.language.text import fold, key
from index.reading.actors import charged_in, named_in
from index.reading.clauses import QUOTED, quotes_of
from index.reading.duty_rows import form_tasks, names_something, names_time, row_tasks
from index.reading.markers import CAPITALS, read_marker
from index.reading.tables import is_row
from index.reading.tasks import Setting, Task, read_tasks
from index.types import Directive, Duty, Printed, SectionKind, Span

_SENTENCE_END = re.compile(rf"[.!?](?:(?<=[^\W_].)\s+(?=[{CAPITALS}\"“(])|(?<=[\])”{QUOTED}\d].)\s+(?=[{CAPITALS}]))")
_LINE = re.compile(r"[^\n]+")
_CLOSED = '.;:!?”"…'
_WAITS = re.compile(r"(?:(?<!\w)(?:số|ngày|tháng|năm|quý|trước|trong|khoản|điều|điểm|mục|và|của))$", re.IGNORECASE)
_LONGEST_WAIT = 8
"""Characters of the longest of these words and the one before it."""
_GROUNDS = re.compile(r"\W*(?:Căn cứ|Xét|Theo (?:đề nghị|yêu cầu))\b[^\n]*[,;]$|\W*(?:Kính gửi|Nơi nhận)\b")
_LAST_YEAR = 9_900
"""What lies behind it is misread, and nothing can be counted from there."""
_LONGEST = 4_000
"""Characters; what is longer is no sentence of a person."""
_REPORTS = re.compile(
    r"ket qua|uu diem|han che|khuyet diem|ton tai|nguyen nhan|tinh hinh|thuc trang|qua trinh|bai hoc|danh gia chung"
    r"|thanh tich|nhung viec da"
)
_PLANS = re.compile(
    r"nhiem vu|giai phap|yeu cau|phuong huong|to chuc thuc hien|phan cong|kien nghi|ke hoach|bien phap|trien khai"
    r"|chuong trinh"
)
_ASSIGNS = re.compile(r"to chuc thuc hien|phan cong|trach nhiem|nhiem vu cua|nhiem vu cu the")
_CLOSES = re.compile(r"to chuc thuc hien|dieu khoan thi hanh|hieu luc|trach nhiem thi hanh")
_RULING = frozenset({"QĐ", "QĐi", "QC", "HD", "QyĐ", "QT", "ĐL", "NĐ", "TT", "L"})
"""Types that rule for everybody: what each is to do there is law, and no task."""
_AIMS = re.compile(r"muc tieu|chi tieu")
_REGULAR = re.compile(r"che do (?:thong tin|bao cao|so ket)|bao cao dinh ky")
_REPORTING_TITLE = re.compile(
    r"(?:bao cao|bien ban|dien van|bai viet|so yeu|guong dien hinh|ly lich|bai phat bieu|loi chuc)"
)
_NO_DUTIES = frozenset({SectionKind.HEADER, SectionKind.SIGNATURE})


class _Paragraph(NamedTuple):
    start: int
    end: int
    body: int  # behind its mark
    marked: bool


def find_duties(printed: Printed, directive: Directive) -> tuple[Duty, ...]:
    """The duties that this directive gives, in their order."""
    title = fold(directive.title)
    reporting = directive.type in ("BC", "BB") or _REPORTING_TITLE.match(title) is not None
    walk = _Walk(printed, directive.date, reporting=reporting, heading="", rules=directive.type in _RULING)
    return _keyed(walk.read(), printed.text, name=directive.id)


def duties_in(text: str, *, issued: Date | None, title: str = "", heading: str = "") -> tuple[Duty, ...]:
    """The duties of a bare passage. ``heading``: what stands over it; ``title``: of its paper."""
    if fold(heading).startswith("noi nhan"):
        return ()
    printed, reporting = Printed(text=text), _REPORTING_TITLE.match(fold(title)) is not None
    return _keyed(_Walk(printed, issued, reporting=reporting, heading=heading).read(), text, name="")


class _Found(NamedTuple):
    """``text[start:end]`` is quoted; the words of the task stand ``base`` further on."""

    start: int
    end: int
    base: int
    task: Task


class _Walk:
    """Goes through the paragraphs of a paper. ``lead``: the line that heads the list it is in."""

    def __init__(
        self, printed: Printed, issued: Date | None, *, reporting: bool, heading: str, rules: bool = False
    ) -> None:
        self.rules = rules
        self.issued = issued if issued and issued.year <= _LAST_YEAR else None
        self.printed, self.reporting, self.heading = printed, reporting, heading
        self.text = printed.text
        self.masked = _masked(self.text)
        self.shown = _reread(key(self.masked))
        self.lead, self.lead_section = Setting(), -1
        self.settings: dict[int | None, Setting] = {}

    def read(self) -> Iterator[_Found]:
        paragraphs = [*_paragraphs(self.masked, self._lines())]
        for place, paragraph in enumerate(paragraphs):
            line = self._line(paragraph)
            if is_row(line):
                for task in row_tasks(line, issued=self.issued):
                    yield _Found(paragraph.start, paragraph.end, paragraph.start, task)
            elif names_time(line):
                yield from self._form(paragraphs, place)
            else:
                yield from self._prose(paragraph)

    def _form(self, paragraphs: list[_Paragraph], place: int) -> Iterator[_Found]:
        """A line that says by when, with the lines above it that say what and who."""
        first = place
        while first and first > place - 5 and names_something(self._line(paragraphs[first - 1])):
            first -= 1
        start, end = paragraphs[first].start, paragraphs[place].end
        if first == place:
            yield from self._prose(paragraphs[place])
            return
        for task in form_tasks(self.text[start:end], issued=self.issued):
            line = paragraphs[place].start - start
            yield _Found(start, end, start, task._replace(start=min(task.start, line)) if task.start > line else task)

    def _line(self, paragraph: _Paragraph) -> str:
        return self.text[paragraph.start : paragraph.end]

    def _prose(self, paragraph: _Paragraph) -> Iterator[_Found]:
        setting = self._setting(paragraph)
        if self._is_heading(paragraph):
            setting = setting._replace(ordered=False)
        if not paragraph.marked:
            self.lead = Setting()
        sentences = [*_sentences(self.masked, paragraph.body, paragraph.end)]
        found = [*self._of_sentences(sentences, setting, near=False)]
        if any(one.task.due for one in found) and not setting.reports:
            found = [*self._of_sentences(sentences, setting, near=True)]
        yield from found
        if self.masked.endswith(":", 0, paragraph.end):
            self._remember(paragraph)

    def _is_heading(self, paragraph: _Paragraph) -> bool:
        position = self.printed.section_at(paragraph.start)
        section = self.printed.sections[position] if position is not None else None
        return bool(section and section.heading and section.start <= paragraph.start <= section.start + 2)

    def _of_sentences(self, spans: list[tuple[int, int]], setting: Setting, *, near: bool) -> Iterator[_Found]:
        for start, end in spans:
            if end - start <= _LONGEST:
                clause = self.masked[start:end]
                for task in read_tasks(clause, setting, shown=self.shown[start:end], near=near):
                    yield _Found(start, end, start, task)

    def _remember(self, paragraph: _Paragraph) -> None:
        who, ordered = charged_in(self.masked[paragraph.body : paragraph.end])
        if not who and paragraph.marked:
            self.lead = self.lead._replace(ordered=False)
        if who:
            position = self.printed.section_at(paragraph.start)
            self.lead, self.lead_section = Setting(who=who, ordered=ordered), -1 if position is None else position

    def _setting(self, paragraph: _Paragraph) -> Setting:
        position = self.printed.section_at(paragraph.start)
        if position not in self.settings:
            self.settings[position] = self._of_section(position)
        setting = self.settings[position]
        if paragraph.marked and self.lead.who and self._is_under_lead(position):
            return setting._replace(who=self.lead.who, ordered=self.lead.ordered)
        return setting

    def _is_under_lead(self, position: int | None) -> bool:
        while position is not None and position > self.lead_section:
            position = self.printed.sections[position].parent
        return position == self.lead_section or self.lead_section < 0

    def _of_section(self, position: int | None) -> Setting:
        headings = [_read_heading(self.heading)] if self.heading else []
        closing = position is not None and self.printed.sections[position].kind is SectionKind.CLOSING
        while position is not None:
            section = self.printed.sections[position]
            headings += [_read_heading(section.heading)] if section.heading else []
            position = section.parent
        kind = next((heading.kind for heading in headings if heading.kind), -1 if self.reporting else 1)
        return Setting(
            issued=self.issued,
            who=next((heading.who for heading in headings if heading.who), ""),
            reports=kind < 0,
            aims=any(heading.aims for heading in headings[:2]),
            assigns=closing or any(one.closes if self.rules else one.assigns for one in headings),
            regular=any(heading.regular for heading in headings),
            rules=self.rules,
        )

    def _lines(self) -> Iterator[tuple[int, int]]:
        """The lines of the body and of the annexes."""
        title = self.printed.fields.get("title")
        for match in _LINE.finditer(self.masked):
            position = self.printed.section_at(match.start())
            kind = self.printed.sections[position].kind if position is not None else None
            behind = kind is SectionKind.HEADER and title is not None and match.start() >= title.end
            if kind not in _NO_DUTIES or behind:
                yield match.span()


class _Heading(NamedTuple):
    """What a heading makes of all below it. ``kind``: 1 what is to be done, -1 what was, 0 neither."""

    who: str
    kind: int
    aims: bool
    assigns: bool
    closes: bool
    regular: bool


@lru_cache(maxsize=1 << 10)
def _read_heading(heading: str) -> _Heading:
    name = fold(heading)
    kind = 1 if _PLANS.search(name) else -1 if _REPORTS.search(name) else 0
    aims, assigns, closes, regular = (one.search(name) is not None for one in (_AIMS, _ASSIGNS, _CLOSES, _REGULAR))
    return _Heading(named_in(heading), kind, aims, assigns, closes, regular)


def _reread(shown: str) -> str:
    """Words of time that recognition misreads, put right; as long as before."""
    for wrong, right in _MISREAD:
        shown = shown.replace(wrong, right)
    return shown


_MISREAD = (
    ("ngảy ", "ngày "), ("ngáy ", "ngày "), ("nhât ", "nhất "), ("truớc", "trước"), ("trưóc", "trước"),
    ("thảng ", "tháng "), ("trưoc ", "trước "), ("trước ngay ", "trước ngày "), ("quỷ i", "quý i"), ("quí ", "quý "),
    ("hoàn thảnh", "hoàn thành"),
)  # fmt: skip


def _masked(text: str) -> str:
    pieces, position = [], 0
    for quote in quotes_of(text):
        start = max(quote.start, position)
        if start < quote.end:
            pieces += [text[position:start], QUOTED * (quote.end - start)]
            position = quote.end
    return "".join((*pieces, text[position:]))


def _paragraphs(masked: str, lines: Iterator[tuple[int, int]]) -> Iterator[_Paragraph]:
    """Lines that were broken joined; grounds and addresses left out."""
    spans, first = [*lines], -1
    for place, (start, end) in enumerate(spans):
        first = start if first < 0 else first
        following = masked[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        if following and _goes_on(masked[start:end], following):
            continue
        line = masked[first:end]
        if not _GROUNDS.match(line) and line.strip(QUOTED + " .;"):
            marker = read_marker(line)
            yield _Paragraph(first, end, first + (marker.length if marker else 0), marker is not None)
        first = -1


def _goes_on(line: str, following: str) -> bool:
    if is_row(line) or is_row(following):
        return False
    if line[-1] == "," or _WAITS.search(line, max(0, len(line) - _LONGEST_WAIT)):
        return not read_marker(following) or line[-1] != ","
    is_open = line[-1] not in _CLOSED
    return is_open and following[0].islower() and not read_marker(following)


def _sentences(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _SENTENCE_END.finditer(masked, start, end):
        yield position, match.start() + 1
        position = match.end()
    if position < end:
        yield position, end


def _keyed(found: Iterator[_Found], text: str, *, name: str) -> tuple[Duty, ...]:
    """With keys that stay as long as the clause does: by its words, its place among equal ones, the time's words."""
    clauses, duties = dict[str, list[int]](), list[Duty]()
    seen = Counter[str]()
    for one in found:
        clause = " ".join(fold(text[one.start : one.end]).split())
        starts = clauses.setdefault(clause, [])
        if one.start not in starts:
            starts.append(one.start)
        words = Span(start=one.base + one.task.start, end=one.base + one.task.end)
        said = " ".join(fold(text[words.start : words.end]).split())
        base = "\n".join((name, clause, str(starts.index(one.start)), said))
        seen[base] += 1
        digest = sha256(f"{base}\n{seen[base]}".encode()).hexdigest()[:20]
        span = Span(start=one.start, end=one.end)
        duties.append(Duty(key=digest, span=span, who=" ".join(one.task.who.split()), due=one.task.due, words=words))
    return tuple(duties)
