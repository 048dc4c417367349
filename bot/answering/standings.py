"""Whether papers hold, as far as an asker may be told: what may not be seen ends a paper too, and is never named.

Every quote that leaves goes through `Standings.warning_of`, so that no word is shown unmarked that holds no longer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.citation import full_name_of, spoken_date
from bot.answering.fields import quote_line
from bot.answering.marks import unmarked
from bot.answering.places import NOBODYS_CLAUSE, changes_at
from bot.answering.wording import ENDING, extending_edges, last_day
from index import (
    Directive,
    DirectiveId,
    Edge,
    Printed,
    Quote,
    RelationKind,
    Span,
    Status,
    differing,
    newest_first,
    rank_of,
)

if TYPE_CHECKING:
    from index import Library, Standing, Validity

Visible = frozenset[DirectiveId] | None
ValidityNow = Callable[[], "Validity"]
"""The validity of all directives at this moment; quick, asked for every message."""
_ENDED: Final = (Status.REPLACED, Status.REPEALED)
_ENDED_BY: Final = {RelationKind.REPLACES: Status.REPLACED, RelationKind.REPEALS: Status.REPEALED}
_NOT_HOLDING: Final = (*_ENDED, Status.EXPIRED, Status.NOT_YET, Status.DRAFT)


@dataclass(frozen=True)
class Standings:
    """``visible``: what the asker may see, None for all."""

    library: Library
    validity: Validity
    visible: Visible = None
    _changes: dict[tuple[DirectiveId, Span], list[Edge]] = field(default_factory=dict, repr=False, compare=False)
    """What changed the places that were looked at, kept for one answer."""

    # -- directives ----------------------------------------------------------------------------------------------------

    @cached_property
    def lapsed(self) -> frozenset[DirectiveId]:
        """What ordinary questions are not answered from."""
        return self.validity.lapsed

    @cached_property
    def pending(self) -> frozenset[DirectiveId]:
        """What will hold only later."""
        listed = self.library.list(visible=self.visible)
        return frozenset(each.id for each in listed if self.status_of(each.id) is Status.NOT_YET)

    def status_of(self, directive: DirectiveId) -> Status:
        return self.standing_of(directive).status

    def standing_of(self, directive: DirectiveId) -> Standing:
        return self.validity.standing_of(directive)

    def holds(self, directive: DirectiveId) -> bool:
        return self.status_of(directive) not in _NOT_HOLDING

    def preferred(self, directives: Iterable[Directive]) -> list[Directive]:
        """What holds first, then the newest; a decision before what was issued with it."""
        ordered = newest_first(directives)
        return sorted(ordered, key=lambda each: (not self.holds(each.id), each.attached_to is not None))

    def replaced_by(self, directive: DirectiveId) -> tuple[Directive, ...]:
        """What replaced or repealed it, of that which may be seen."""
        standing = self.standing_of(directive)
        if standing.status not in _ENDED:
            return ()
        sources = (self.source_of(edge) for edge in standing.edges)
        return tuple({source.id: source for source in sources if source}.values())

    def until_of(self, directive: DirectiveId) -> Date | None:
        """Its last day; None where none is said, or it is that of an extension which may not be seen."""
        return last_day(directive, self.validity, seen=self.seen)

    def mark_of(self, directive: DirectiveId) -> str:
        """One or two words behind its name in a list; empty where it holds."""
        return texts.STANDING_MARKS.get(self.status_of(directive), "")

    def marked_name(self, directive: Directive) -> str:
        mark = self.mark_of(directive.id)
        return f"{full_name_of(directive)} ({mark})" if mark else full_name_of(directive)

    def source_of(self, edge: Edge) -> Directive | None:
        """The paper that says it; None where it may not be seen."""
        return self.seen(edge.source)

    def seen(self, directive: DirectiveId) -> Directive | None:
        return self.library.directive(directive, visible=self.visible)

    # -- quotes --------------------------------------------------------------------------------------------------------

    def warning_of(self, quote: Quote) -> str:
        """What stands above the words; empty where they hold."""
        return self.warning_at(quote.directive.id, quote.span)

    def warning_at(self, directive: DirectiveId, span: Span) -> str:
        """The same of any place in a paper."""
        if whole := self.warning_of_paper(directive):
            return whole
        changed = self._place_warning(self._amendments_at(directive, span))
        superseded = self._superseded_warning(directive, span)
        return " ".join(filter(None, (changed, superseded, self._term_warning(directive, span))))

    def warned_by(self, directive: DirectiveId) -> tuple[DirectiveId, ...]:
        """The papers that warnings of this one may name."""
        superseding = self.validity.superseding(directive, Span(start=0, end=sys.maxsize))
        edges = (*self.standing_of(directive).edges, *superseding, *extending_edges(directive, self.validity))
        return tuple(dict.fromkeys(edge.source for edge in edges if self.source_of(edge)))

    def notice_of(self, directive: DirectiveId) -> str:
        """What is said before any words of the paper: that it does not hold, or was amended, nobody says where."""
        edges = [edge for edge in self.standing_of(directive).edges if not edge.relation.articles]
        return self.warning_of_paper(directive) or self._place_warning(edges)

    def mark_at(self, directive: DirectiveId, span: Span) -> str:
        """What stands behind the heading of a part: that it, or something in it, was amended or repealed."""
        edges = [edge for edge in self._amendments_at(directive, span) if edge.relation.articles]
        if not edges:
            return ""
        printed = self.library.printed(directive)
        path = printed.path_at(span.start) if printed else ()
        inside = {edge.key for edge in self.validity.amendments_of(directive, (*path, NOBODYS_CLAUSE))}
        whole = any(edge.relation.kind is RelationKind.REPEALS and edge.key in inside for edge in edges)
        return texts.CONTAINS_REPEALED if whole else texts.CONTAINS_CHANGED

    def amending_quotes(self, quote: Quote) -> list[Quote]:
        """The words that changed those of the quote, newest first, where they may be seen."""
        if not self.holds(quote.directive.id):
            return []
        edges = self._amendments_at(quote.directive.id, quote.span)
        found = [clause for edge in edges if (clause := self.words_of(edge, edge.relation.words or edge.relation.span))]
        return list({(each.directive.id, each.span): each for each in found}.values())

    def disputed(self, question: str, quotes: Sequence[Quote]) -> list[Quote]:
        """Those that say different things on what is asked, of papers in force that do not speak of each other: the
        higher issuer's first, then the newer.
        """
        held = [quote for quote in quotes if self.holds(quote.directive.id) and not self.warning_of(quote)]
        pairs = [pair for pair in differing(question, held) if not self._is_related(*pair)]
        found = [quote for quote in held if any(quote in pair for pair in pairs)]
        return sorted(found, key=lambda quote: (-rank_of(quote.directive), -_day_of(quote.directive)))

    def _is_related(self, one: Quote, other: Quote) -> bool:
        """One of the two papers amends, implements or ends the other, or they were issued together."""
        left, right = one.directive, other.directive
        if (left.attached_to or left.id) == (right.attached_to or right.id):
            return True
        edges = (*self.validity.edges_from(left.id), *self.validity.edges_from(right.id))
        return any({edge.source, edge.target} == {left.id, right.id} for edge in edges)

    def words_of(self, edge: Edge, span: Span | None) -> Quote | None:
        """A part of the paper that says it; None where it may not be seen, or is not printed."""
        source = self.source_of(edge)
        printed = self.library.printed(source.id, visible=self.visible) if source else None
        return clause_quote(source, printed, span) if source else None

    def _amendments_at(self, directive: DirectiveId, span: Span) -> list[Edge]:
        """What changed this place, what lies around it, or anything in it."""
        standing, place = self.standing_of(directive), (directive, span)
        if place in self._changes:
            return self._changes[place]
        printed = self.library.printed(directive) if standing.status is Status.AMENDED else None
        if printed is None:
            return []
        self._changes[place] = changes_at(
            printed,
            span,
            edges=standing.edges,
            changes_of=lambda path: self.validity.amendments_of(directive, path),
        )
        return self._changes[place]

    def warning_of_paper(self, directive: DirectiveId) -> str:
        """That none of its words hold; empty where it is in force."""
        standing = self.standing_of(directive)
        told = [edge for edge in standing.edges if self.source_of(edge)]
        match standing.status:
            case Status.REPLACED | Status.REPEALED:
                template = texts.QUOTE_REPLACED if standing.status is Status.REPLACED else texts.QUOTE_REPEALED
                if all(edge.target != directive for edge in standing.edges):  # it fell with what it amends
                    template = texts.QUOTE_BASE_ENDED[standing.status]
                by = self._named(told)
                return template.format(by=by) if by else texts.QUOTE_ENDED
            case Status.EXPIRED:
                until = self.until_of(directive)
                return texts.QUOTE_EXPIRED.format(date=spoken_date(until)) if until else texts.QUOTE_ENDED
            case Status.NOT_YET:
                since = standing.since
                return texts.QUOTE_NOT_YET_SINCE.format(date=spoken_date(since)) if since else texts.QUOTE_NOT_YET
            case Status.DRAFT:
                return texts.QUOTE_DRAFT
            case _:
                return ""

    def _place_warning(self, edges: Sequence[Edge]) -> str:
        """One sentence for each way in which the place was changed; what may not be seen only that it was."""
        told = [edge for edge in edges if self.source_of(edge)]
        said = [
            texts.QUOTE_CHANGED[edge.relation.kind].format(place=self._place(edge), by=self._named([edge]))
            for edge in told
        ]
        hidden = [texts.QUOTE_CHANGED_SOMEHOW] if len(told) < len(edges) else []
        return " ".join(dict.fromkeys([*said, *hidden]))

    def _term_warning(self, directive: DirectiveId, span: Span) -> str:
        """Above the paper's own last day, where that was put off."""
        own = self.library.relations().get(directive, ())
        terms = [one.span for one in own if one.kind is RelationKind.EXPIRES_ON and one.span]
        extending = extending_edges(directive, self.validity)
        if not extending or not any(term.start < span.end and span.start < term.end for term in terms):
            return ""
        last = self.until_of(directive)
        until = f" {texts.UNTIL_DAY.format(date=spoken_date(last))}" if last else ""
        by = self._named(extending)
        return texts.QUOTE_EXTENDED.format(until=until, by=by) if by else texts.QUOTE_EXTENDED_SOMEHOW

    def _superseded_warning(self, directive: DirectiveId, span: Span) -> str:
        """Of words that changed another paper: that it is over, or was changed there again."""
        edges = self.validity.superseding(directive, span)
        said = []
        for edge in filter(self.source_of, edges):
            kind, by = edge.relation.kind, self._named([edge])
            is_whole = kind in ENDING and not edge.relation.articles
            said.append((texts.QUOTE_BASE_ENDED[_ENDED_BY[kind]] if is_whole else texts.QUOTE_SUPERSEDED).format(by=by))
        hidden = [texts.QUOTE_CHANGED_SOMEHOW] if len(said) < len(edges) else []
        return " ".join(dict.fromkeys([*said, *hidden]))

    def _place(self, edge: Edge) -> str:
        articles = ", ".join(edge.relation.articles)
        return articles[:1].upper() + articles[1:] if articles else texts.THIS_PAPER

    def _named(self, edges: Iterable[Edge]) -> str:
        """Full names, each with the day from which it counts."""
        named: dict[DirectiveId, str] = {}
        for edge in edges:
            source = self.source_of(edge)
            if source:
                day = f" {texts.HOLDING_SINCE.format(date=spoken_date(edge.since))}" if edge.since else ""
                named[source.id] = f"{full_name_of(source)}{day}"
        return "; ".join(named.values())


def clause_quote(directive: Directive, printed: Printed | None, span: Span | None) -> Quote | None:
    """A clause as a quote, cut where it is long, without the quotation marks round it; None where it is not printed
    there.
    """
    if printed is None or span is None or span.end > len(printed.text):
        return None
    quote = quote_line(directive, printed, unmarked(printed.text, span))
    return quote if quote.text else None


def marks_of_paper(quote: Quote) -> tuple[str, ...]:
    """What stands behind a citation: how the paper may circulate, that the words were read from a picture."""
    marks = []
    if quote.directive.circulation:
        marks.append(quote.directive.circulation.capitalize())
    if quote.scan:
        marks.append(texts.SCANNED_WEAK if quote.scan.weak else texts.SCANNED)
    return tuple(marks)


def _day_of(directive: Directive) -> int:
    return directive.date.toordinal() if directive.date else 0
