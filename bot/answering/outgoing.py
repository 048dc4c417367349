"""Questions what a paper does to others: "thay thế văn bản nào", "sửa đổi những gì", "thực hiện nghị quyết nào".

Each answer says it in a sentence, then shows the clauses that say so, also of papers that are not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot import texts
from bot.answering import phrases
from bot.answering.fields import Asked, Field, FieldAnswer
from bot.answering.standings import Standings, clause_quote
from bot.answering.wording import ENDING, active_in, dated_name, since_text
from index import Directive, DirectiveId, Edge, Printed, Relation, RelationKind, fold

_VERBS: Final[Mapping[RelationKind, str]] = {
    RelationKind.REPLACES: "thay the(?: cho)?|thay cho",
    RelationKind.REPEALS: "bai bo|huy bo|thu hoi",
    RelationKind.AMENDS: "sua doi|bo sung|dieu chinh",
    RelationKind.EXTENDS: "(?:keo dai|gia han)(?: hieu luc| thoi han)?(?: cua| cho)?",
    RelationKind.IMPLEMENTS: "(?:de )?(?:trien khai )?(?:thuc hien|cu the hoa|thi hanh)|trien khai",
}
_ANY_VERB: Final = "|".join(f"(?:{words})" for words in _VERBS.values())
_PAPER: Final = rf"(?:{phrases.TYPES}|vb)"
_PART: Final = r"(?:dieu khoan|dieu|khoan|diem|noi dung|cho|phan|muc|quy dinh)"
_OBJECT: Final = (
    rf"(?:(?:nhung |cac )?(?:{_PAPER}|{_PART})(?:,? {_PART})* (?:nao|gi)|(?:nhung |cai |dieu )?gi|nhung {_PAPER} nao)"
)
_ASKS: Final = re.compile(
    rf"\b(?:de |da |se |co )*(?P<verbs>(?:{_ANY_VERB})(?:(?:,? va|,| hoac| hay)? (?:{_ANY_VERB}))*)"
    rf"(?: (?:mot so|cho|cua))* (?P<object>{_OBJECT})"
    r"(?: (?:truoc do|truoc day|truoc|cu|cua cap tren|cap tren|nua|do|trong|cua)\b)*"
)
_DONE_TO: Final = re.compile(r"\b(?:bi|duoc)\b")
_NAMES_PAPER: Final = re.compile(rf"\b{_PAPER} (?:nao|gi)\b")


def asked_outgoing(form: str) -> Asked | None:
    """What a turn (as a form, its document numbers cut out) asks that a paper does to others; None where it does not.

    What is carried out is asked for only by the paper that says so: "thực hiện những gì" asks for the text.
    """
    form = phrases.without_opening(form)
    found = None if phrases.names_item(form) or _DONE_TO.search(form) else _ASKS.search(form)
    if found is None:
        return None
    kinds = tuple(kind for kind, words in _VERBS.items() if re.search(rf"\b(?:{words})\b", found["verbs"]))
    if not _NAMES_PAPER.search(found["object"]):
        kinds = tuple(kind for kind in kinds if kind not in (RelationKind.IMPLEMENTS, RelationKind.EXTENDS))
    if not kinds:
        return None
    rest = f"{form[: found.start()]} {form[found.end() :]}"
    return Asked(fields=(Field.RELATIONS,), subject=phrases.content_of(" ".join(rest.split())), kinds=kinds)


def answer_outgoing(
    directive: Directive,
    printed: Printed,
    standings: Standings,
    *,
    kinds: Sequence[RelationKind],
    others: Iterable[DirectiveId] = (),
) -> list[FieldAnswer] | None:
    """The sentence with the first clause, then the other clauses. ``others``: the papers that are asked about, empty
    for all. None where the text speaks of it, and nothing of that was understood: the text itself is to be quoted.
    """
    wanted = (*kinds, *ENDING) if set(kinds) & set(ENDING) else tuple(kinds)
    said = [one for one in standings.library.relations().get(directive.id, ()) if one.kind in wanted and one.reference]
    told = [(one, edges) for one in said if (edges := _edges(one, directive, standings)) is not None]
    about = set(others)
    narrowed = [(one, edges) for one, edges in told if any(edge.target in about for edge in edges)]
    told = narrowed or told
    if not told:
        return None if _speaks_of(kinds, printed) else [_nothing(directive, kinds)]
    sentence = texts.RELATIONS_SAID.format(directive=dated_name(directive), does="; ".join(_does(told, standings)))
    clauses = [clause_quote(directive, printed, one.span) for one, _ in told]
    quotes = list({quote.span: quote for quote in clauses if quote}.values())
    named = (directive.id, *(edge.target for _, edges in told for edge in edges))
    first = FieldAnswer(sentence=sentence, quote=quotes[0] if quotes else None, named=tuple(dict.fromkeys(named)))
    return [first, *(FieldAnswer(sentence="", quote=quote) for quote in quotes[1:])]


def _edges(relation: Relation, directive: Directive, standings: Standings) -> list[Edge] | None:
    """Its edges to papers that may be seen; none where the paper that it names is not here, as far as may be told.

    None where an administrator has said that it means no such paper, or too many could be meant.
    """
    edges = [edge for edge in standings.validity.edges_from(directive.id) if edge.relation == relation]
    lacking = (each.relation.reference for each in standings.validity.missing if each.source == directive.id)
    numbers = {(each.number or each.words) for each in lacking if each}
    reference = relation.reference
    if not edges and not (reference and (reference.number or reference.words) in numbers):
        return None
    return [edge for edge in edges if standings.seen(edge.target)]


def _does(told: Iterable[tuple[Relation, Sequence[Edge]]], standings: Standings) -> list[str]:
    """``thay thế Quy định 05-QĐ/ĐU ngày … (từ ngày …)`` of each other paper, its parts together."""
    parts: dict[tuple[RelationKind, str, str], list[str]] = {}
    for relation, edges in told:
        for other, behind in _named(relation, edges, standings):
            parts.setdefault((relation.kind, other, behind), []).extend(relation.articles)
    return [f"{active_in(kind, articles, other)}{behind}" for (kind, other, behind), articles in parts.items()]


def _named(relation: Relation, edges: Sequence[Edge], standings: Standings) -> list[tuple[str, str]]:
    """Each paper with what stands behind its name. What was issued with a decision is told with the decision."""
    targets = {edge.target: target for edge in edges if (target := standings.seen(edge.target))}
    firsts = [edge for edge in edges if edge.target in targets and targets[edge.target].attached_to not in targets]
    if not firsts:
        words = " ".join(relation.reference.words.split()) or relation.reference.number if relation.reference else ""
        return [(words or texts.RELATION_OTHER, f" {texts.RELATION_MISSING}")]
    return [
        (dated_name(targets[edge.target]), since_text(edge) if edge.stands else f" {texts.RELATION_PROPOSED}")
        for edge in firsts
    ]


def _nothing(directive: Directive, kinds: Iterable[RelationKind]) -> FieldAnswer:
    does = ", ".join(texts.RELATION_SHORT[kind] for kind in kinds)
    sentence = texts.RELATIONS_NONE.format(directive=dated_name(directive), does=does)
    return FieldAnswer(sentence=sentence, quote=None, known=False, named=(directive.id,))


def _speaks_of(kinds: Iterable[RelationKind], printed: Printed) -> bool:
    """One of the verbs, and soon behind it another paper."""
    text = " ".join(fold(printed.text).split())
    other = rf"(?: \S+){{0,8}}? (?:{_PAPER})(?! nay)\b"
    return any(re.search(rf"\b(?:{_VERBS[kind]})\b{other}", text) for kind in kinds)
