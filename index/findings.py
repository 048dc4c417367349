"""What a search gives: passages, hits, and quotes with their places."""

from __future__ import annotations

from index.types import Directive, DirectiveId, Frozen, Scan, SectionKind, Span


class Passage(Frozen):
    """A run of the printed text that is searched as one; the passages of a directive, joined, are its whole text."""

    directive: DirectiveId
    start: int
    end: int
    text: str
    path: tuple[str, ...]
    page: int | None
    kind: SectionKind | None = None


class Hit(Frozen):
    """A passage that the search found. ``score``: 0-1, higher is better."""

    directive: Directive
    passage: Passage
    score: float


class Quote(Frozen):
    """Words of a directive and where they stand.

    ``text``: one contiguous exact substring of the printed text, at most `quoting.LIMIT` characters. ``lead``: when
    the quote begins at a later item of a list, the list's lead line (an exact substring too). ``more``: items of the
    list that were cut off. ``cut``: the sentence goes on after the quote. ``scan``: of the page, when it was read from
    a picture.
    """

    directive: Directive
    text: str
    span: Span
    path: tuple[str, ...]
    page: int | None
    score: float
    lead: str | None = None
    more: int = 0
    cut: bool = False
    scan: Scan | None = None


class Findings(Frozen):
    """What a search gives. ``answered`` False means that ``quotes`` is empty; ``nearest`` are then the directives
    closest to it.
    """

    answered: bool
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    nearest: tuple[Directive, ...]
