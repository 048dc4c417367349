"""The types that travel through the library, from a page of lines to a quote with its citation.

All are frozen. Offsets count characters of a directive's *printed text* (`Printed.text`), and a span is half open:
``text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date as Date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

DirectiveId = NewType("DirectiveId", str)
"""Stable name of a directive: its number, issuer and date, folded (``294-qd-tw.ban-chap-hanh-trung-
uong.2025-05-26``).
"""


WEAK_CONFIDENCE = 75
"""Below this mean confidence of its words a scanned page is marked."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    start: int
    end: int


class Scan(Frozen):
    """A page that was read from its picture. ``page``: 1-based. ``confidence``: mean of its words, 0-100.

    ``weak_words``: as read, those that the recognition itself doubts, in their order.
    """

    page: int
    confidence: float
    weak_words: tuple[str, ...] = ()

    @property
    def weak(self) -> bool:
        return self.confidence < WEAK_CONFIDENCE


class Pages(Frozen):
    """What a reader gives: lines of text by page, nothing interpreted.

    An empty line is a paragraph break. ``physical``: page ``n`` of the tuple is page ``n + 1`` of the paper.
    ``wrapped``: a paragraph may run over several lines (PDF, plain text); otherwise each line is a whole paragraph.
    ``scans``: the pages that were read from pictures. ``unread``: 1-based pages that are pictures and could not be.
    ``furniture``: lines that are no part of the text (page headers and footers, a second look at a stamp); only marks
    are looked for in them.
    """

    pages: tuple[tuple[str, ...], ...]
    physical: bool
    wrapped: bool
    scans: tuple[Scan, ...] = ()
    unread: tuple[int, ...] = ()
    furniture: tuple[str, ...] = ()


class DocumentNumber(Frozen):
    """One document number as found in a text (``24-CT/TU``, ``chỉ thị 24``, ``30/2020/NĐ-CP``).

    ``number``: as printed, with its year or dot (``01``, ``30/2020``, ``66.25/2026``).
    ``type``: house spelling (``CT``, ``QĐ``, ``QĐi``, ``NĐ``). ``issuer``: symbol after the slash, or None where none
    is said.
    ``symbol``: the whole without leading zeros (``1-KL/TW``), None where no issuer is said.
    ``candidates``: the other types that an unaccented or ambiguous spelling may mean, in a documented order.
    """

    number: str
    type: str
    issuer: str | None
    symbol: str | None
    candidates: tuple[str, ...] = ()
    span: Span


class SectionKind(StrEnum):
    PART = "part"  # Phần
    CHAPTER = "chapter"  # Chương
    DIVISION = "division"  # Mục
    ARTICLE = "article"  # Điều
    ROMAN = "roman"  # I-
    NUMBER = "number"  # 1.  1.1.  6.3.1.
    POINT = "point"  # a)
    DASH = "dash"  # -
    PLUS = "plus"  # +
    ANNEX = "annex"  # Phụ lục
    HEADER = "header"  # everything above the body: names, number, date, title, grounds
    CLOSING = "closing"  # unnumbered closing clauses: effect, replacement, repeal
    SIGNATURE = "signature"  # Nơi nhận, signature block


class Section(Frozen):
    """One numbered unit of the drafters' tree; ``end`` includes its subsections.

    ``label``: its own number as printed, without the closing mark (``6.3.1``, ``Điều 4``, ``II``) but ``a)`` and
    ``-`` whole.
    ``heading``: its first line without the label when that line is a heading, else empty.
    ``parent``: position in `Printed.sections`, None at the top.
    ``implements``: articles of another text that the heading names (``3. Điều 4: …`` implements ``điều 4``).
    """

    kind: SectionKind
    label: str
    heading: str
    start: int
    end: int
    parent: int | None = None
    implements: tuple[str, ...] = ()


class Printed(Frozen):
    """A directive's printed text, its pages, its sections, and where its fields stand.

    ``page_starts``: offset at which each physical page begins; empty where the format has no pages.
    ``sections``: in order of their start, parents before children. ``fields``: where the line with number, date,
    issuer, title and signer is printed. ``scans``, ``unread``: as in `Pages`.
    """

    text: str
    page_starts: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    fields: Mapping[str, Span] = Field(default_factory=dict)
    scans: tuple[Scan, ...] = ()
    unread: tuple[int, ...] = ()

    def scan_at(self, offset: int) -> Scan | None:
        """The scan of the page that holds this offset; None where its words were printed as text."""
        page = self.page_at(offset)
        return next((scan for scan in self.scans if scan.page == page), None)

    def page_at(self, offset: int) -> int | None:
        """The 1-based physical page that holds this offset; None where the format has no pages."""
        return bisect_right(self.page_starts, offset) or None

    def section_at(self, offset: int) -> int | None:
        """Position of the innermost section that holds this offset."""
        for position in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if offset < self.sections[position].end:
                return position  # children stand behind their parents: the last that holds it is the innermost
        return None

    def path_at(self, offset: int) -> tuple[str, ...]:
        """The heading path at this offset, outermost first, each entry with its own number."""
        return self.path_of(self.section_at(offset))

    def path_of(self, position: int | None) -> tuple[str, ...]:
        path: list[str] = []
        while position is not None:
            section = self.sections[position]
            label = "" if section.kind in (SectionKind.DASH, SectionKind.PLUS) else section.label
            if entry := f"{label} {section.heading}".strip():
                path.append(entry)
            position = section.parent
        return tuple(reversed(path))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(section.start for section in self.sections)


def _known_audience(value: str | None) -> str | None:
    if (
        value is None
        or value in AUDIENCES
        or (value.startswith(("cell:", "secretary:")) and value.split(":", 1)[1].strip())
    ):
        return value
    raise ValueError(f"{value!r} is none of {', '.join(AUDIENCES)}, cell:NAME, secretary:NAME")


AUDIENCES = ("public", "member", "committee", "secretary")
Audience = Annotated[str | None, AfterValidator(_known_audience)]


class Directive(Frozen):
    """The fields of one directive.

    ``file``: path relative to the corpus folder, with forward slashes. ``number``: the whole symbol (``294-QĐ/TW``),
    None where the paper has none. ``type``: house spelling (``QĐ``); ``type_name``: as the title line says it (``Quy
    định``).
    ``audience``: None where nothing says for whom it is. ``sample``: written for trying, not a real paper.
    ``draft``: it says so of itself ("Dự thảo lần 2"). ``circulation``: its mark as printed ("LƯU HÀNH NỘI BỘ").
    ``attached_to``: the decision in the same file with which it was issued ("Ban hành kèm theo …"); it bears the
    decision's number. ``sources``: further files that hold the same text; ``narrowed``: what they say of the audience
    where neither holds the other: only who is in all of them may see it.
    """

    id: DirectiveId
    file: str
    number: str | None
    type: str | None
    type_name: str | None
    issuer: str | None
    place: str | None
    date: Date | None
    title: str
    signer: str | None = None
    audience: Audience = None
    sample: bool = False
    draft: bool = False
    circulation: str | None = None
    attached_to: DirectiveId | None = None
    sources: tuple[str, ...] = ()
    narrowed: tuple[Audience, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that holds it, the one that is quoted first."""
        return (self.file, *self.sources)


class RelationKind(StrEnum):
    """How a directive stands to another, or (the last two) what it says of itself."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"
    EXTENDS = "extends"
    IMPLEMENTS = "implements"
    IN_FORCE_FROM = "in_force_from"
    EXPIRES_ON = "expires_on"


class Reference(Frozen):
    """Another paper as a clause names it. ``words``: as printed. ``number``: the whole symbol (``19-QĐ/ĐU``), None
    where it is named by type and date alone. ``subject``: what the words behind it say it is about ("về đồng phục").
    """

    words: str
    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: Date | None = None
    subject: str | None = None


class Relation(Frozen):
    """One clause that says how its directive stands to another, or from when and until when it holds itself.

    ``reference``: None for the kinds that are about the directive itself. ``articles``: the parts of the other paper
    that are meant (``Điều 5``, ``khoản 2 Điều 7``), empty for all of it; an amendment may name none. ``date``: from
    when it holds, until when (its last day) for EXPIRES_ON and EXTENDS; None where the clause says none. ``explicit``:
    said in so many words of the paper itself, so that no person needs to look. ``span``: the clause, in its own printed
    text; None where an administrator said it in the sidecar. ``words``: for AMENDS, where the new wording stands.
    """

    kind: RelationKind
    reference: Reference | None = None
    articles: tuple[str, ...] = ()
    date: Date | None = None
    explicit: bool = True
    span: Span | None = None
    words: Span | None = None


class Recurrence(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


class Due(Frozen):
    """By when a duty is to be done: one of the three.

    ``date``: the last day that is named. ``every``: again and again, with the days in ``on`` where they are named, as
    they are written (``25``, ``15/6``, ``thứ Sáu``). ``after``: a period from an event without a day of its own, in the
    paper's words ("5 ngày làm việc kể từ ngày nhận được đơn").
    """

    date: Date | None = None
    every: Recurrence | None = None
    on: tuple[str, ...] = ()
    after: str = ""


class Duty(Frozen):
    """Who is to do what by when, as a directive says it.

    ``key``: the same in every build while the clause stays as it is. ``span``: the clause in the printed text, which is
    quoted. ``who``: as printed there or in the heading above, empty where nobody is named. ``due``: None where there is
    no time. ``words``: of the time, else of the duty ("chủ trì").
    """

    key: str
    span: Span
    who: str
    due: Due | None
    words: Span


class Status(StrEnum):
    """Whether a directive holds on a day. Nothing known against it: IN_FORCE."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    DRAFT = "draft"


class Reading(Frozen):
    """One directive, read. ``relations``: what it says of other papers and of its own term. ``duties``: what it gives
    whom to do.
    """

    directive: Directive
    printed: Printed
    relations: tuple[Relation, ...] = ()
    duties: tuple[Duty, ...] = ()
