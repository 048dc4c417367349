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
    a picture. ``stressed``: where in ``text`` the words stand that answer, in order.
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
    stressed: tuple[Span, ...] = ()


class Signs(Frozen):
    """What speaks for and against an answer, each from 0 to 1.

    For it: ``gained``, how many rare words of the question the best passage holds; ``settled``, the chance of the
    three places to be quoted, if some place answers; ``found``, the share of what is asked in the best passage, of what
    the library knows; ``likeness``, ``near``, the cosines of the best passage and quote above the mean of the library;
    ``margin``, how far the best passage stands before the next directive's; ``together``, the share of the best
    passages that are of its directive; ``named``, the question names its directive. Against it: ``gap``, the weightiest
    word that the best passage lacks; ``unknown``, the share of the words that no passage holds, under no name;
    ``strange``, the same of neighbours; ``numerals``, the share of the question's numbers that the best passage lacks.
    """

    gained: float
    settled: float
    found: float
    likeness: float
    near: float
    margin: float
    together: float
    named: float
    gap: float
    unknown: float
    strange: float
    numerals: float


class Findings(Frozen):
    """What a search gives. ``answered`` False means that ``quotes`` is empty; ``nearest`` are then the directives
    closest to it, and ``related`` passages that may concern the question without answering it, best first.
    ``confidence``: how surely there is an answer (0-1), and ``signs``, what it was judged by; None where that was not
    in question, as for a place that is named.
    """

    answered: bool
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    nearest: tuple[Directive, ...]
    related: tuple[Hit, ...] = ()
    confidence: float | None = None
    signs: Signs | None = None
