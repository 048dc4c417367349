"""What one directive says of another, once it is known which is meant."""

from __future__ import annotations

import re
from datetime import date as Date

from index.language.text import fold
from index.places import overlap
from index.types import Directive, DirectiveId, Frozen, Relation, Span, Status
from index.types import RelationKind as Kind

ENDINGS = (Kind.REPLACES, Kind.REPEALS)
_AMENDING_TITLE = re.compile(
    r"(?:ve |viec )*(?:sua doi|bo sung|dieu chinh|dinh chinh|thay the|bai bo)(?!\w).*"
    r"(?:\d|(?<!\w)(?:quy dinh|quyet dinh|quy che|nghi quyet|ke hoach|huong dan|chi thi|ket luan|chuong trinh|thong bao"
    r"|de an)(?!\w))",
    re.DOTALL,
)


class Edge(Frozen):
    """``key``: the same in every build, for an administrator's decision. ``stands``: it counts. ``proposed``: it does
    not stand by itself, and nobody has decided. ``since``: the day from which it holds.
    """

    key: str
    source: DirectiveId
    target: DirectiveId
    relation: Relation
    since: Date | None
    stands: bool
    proposed: bool


class Missing(Frozen):
    """A paper that ``source`` names and the library lacks."""

    source: DirectiveId
    relation: Relation


class Standing(Frozen):
    """``since``: the day from which it is so, None where unknown. ``edges``: those that make it so, newest first; their
    sources replaced, repealed or amended the directive. ``until``: its last day, where one is said.
    """

    status: Status
    since: Date | None = None
    until: Date | None = None
    edges: tuple[Edge, ...] = ()


def newness(edge: Edge) -> tuple[Date, str]:
    return edge.since or Date.min, edge.key


def is_amending(directive: Directive) -> bool:
    """Whether its title says that it changes another paper, and no more than that."""
    return _AMENDING_TITLE.match(fold(directive.title)) is not None


def is_partial(relation: Relation) -> bool:
    return relation.kind is Kind.AMENDS or (relation.kind in ENDINGS and bool(relation.articles))


def is_said_in(relation: Relation, span: Span) -> bool:
    said = (each for each in (relation.span, relation.words) if each)
    return any(each.start < span.end and span.start < each.end for each in said)


def meet(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two changes of one paper concern the same part; what names none may concern any."""
    return not ones or not others or any(overlap(one, other) for one in ones for other in others)
