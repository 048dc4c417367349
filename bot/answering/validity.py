"""Questions whether a directive holds: "còn hiệu lực không", "bị thay thế chưa", "được sửa đổi bởi văn bản nào".

Each answer says it in a sentence, then shows the directive's own line and the clauses that make it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import phrases
from bot.answering.citation import full_name_of, spoken_date
from bot.answering.fields import Asked, Field, FieldAnswer, quote_line
from bot.answering.standings import ENDING, Standings, clause_quote
from index import Directive, Edge, Printed, Quote, Relation, RelationKind, Span, Status

if TYPE_CHECKING:
    from index import Standing

PROOFS: Final = 6
"""Quotes of such an answer at most: the directive's own line and the clauses of others."""
_ENDS = r"(?:thay the|thay|bai bo|huy bo|sua doi|bo sung|thu hoi)"
_PAPER = rf"(?:{phrases.TYPES}|cai)"
_CHANGE = rf"{_ENDS}(?:,? (?:va )?{_ENDS})*"
_PATTERNS: Final = (
    re.compile(
        r"\b(?:co )?con (?:duoc )?(?:hieu luc|gia tri|ap dung|su dung|dung)(?: thi hanh| phap ly| su dung| ap dung)?"
        r"(?: duoc)?(?: nua)?\b"
    ),
    re.compile(r"\b(?:da |bi )*het (?:hieu luc|han)(?: thi hanh)?(?= (?:chua|khi|tu|hay|bao|ngay|roi|khong|a)\b|$)"),
    re.compile(r"\bco hieu luc(?: thi hanh)?(?= (?:khong|chua|hay)\b|$)"),
    re.compile(
        rf"\b(?:da |se )*(?:bi|duoc) (?:van ban|vb|{_PAPER})?(?: nao)? ?(?:da )?{_CHANGE}"
        rf"(?: (?:boi|bang)(?: {_PAPER})?(?: nao| gi| moi)*)?\b"
    ),
    re.compile(rf"\b(?:co )?{_PAPER} (?:nao|moi)(?: nao| moi)* (?:da |se )*(?:duoc )?{_CHANGE}(?: cho)?\b"),
    re.compile(rf"\b{_CHANGE} (?:boi|bang)(?: {_PAPER})?(?: nao| gi| moi)*\b"),
)
_MORE_FILLING = re.compile(
    r"\b(?:chua|roi|hay|hien nay|hien tai|bay gio|luc nao|tu khi nao|thi hanh|moi|nhat|den nay)\b"
)
_OWN_TERM: Final = (RelationKind.EXPIRES_ON, RelationKind.IN_FORCE_FROM)


def asked_validity(form: str) -> Asked | None:
    """What a turn (as a form, its document numbers cut out) asks of a paper's validity; None where it does not.

    Of a single article the words themselves are the answer, with what has changed them.
    """
    form = phrases.without_opening(form)
    if phrases.names_item(form):
        return None
    pattern = next((each for each in _PATTERNS if each.search(form)), None)
    if pattern is None:
        return None
    rest = _MORE_FILLING.sub(" ", pattern.sub(" ", form))
    return Asked(fields=(Field.VALIDITY,), subject=phrases.content_of(" ".join(rest.split())))


def answer_validity(directive: Directive, printed: Printed, standings: Standings) -> list[FieldAnswer]:
    """The sentence with the directive's own line, then the clauses that prove it."""
    standing = standings.standing_of(directive.id)
    own = standings.library.relations().get(directive.id, ())
    sentences = [_sentence(directive, standing, standings)]
    proving = list(standing.edges)
    if standings.holds(directive.id):
        coming = _coming(directive, standing, standings)
        proposed = [edge for edge in standings.validity.edges_to(directive.id) if edge.proposed and _ends(edge)]
        sentences += [
            texts.HOLDING_SOON[edge.relation.kind].format(by=by) for edge in coming if (by := _by([edge], standings))
        ]
        sentences += [texts.HOLDING_PROPOSED.format(by=by)] if (by := _by(proposed, standings, dated=False)) else []
        proving += [*coming, *proposed]
    clauses = (standings.words_of(edge, edge.relation.span) for edge in proving)
    line = _own_line(directive, printed, own)
    return [
        FieldAnswer(sentence=" ".join(sentences), quote=line),
        *(FieldAnswer(sentence="", quote=clause) for clause in clauses if clause),
    ]


def _sentence(directive: Directive, standing: Standing, standings: Standings) -> str:
    name = full_name_of(directive)
    told = [edge for edge in standing.edges if standings.source_of(edge)]
    by, until = _by(told, standings), standings.until_of(directive.id)
    match standing.status:
        case Status.REPLACED if by:
            return texts.HOLDING_REPLACED.format(directive=name, by=by)
        case Status.REPEALED if by:
            return texts.HOLDING_REPEALED.format(directive=name, by=by)
        case Status.EXPIRED if until is not None:
            return texts.HOLDING_EXPIRED.format(directive=name, date=spoken_date(until))
        case Status.REPLACED | Status.REPEALED | Status.EXPIRED:
            return texts.HOLDING_ENDED.format(directive=name)
        case Status.NOT_YET:
            since = standing.since
            day = f" {texts.HOLDING_NOT_YET_SINCE.format(date=spoken_date(since))}" if since else ""
            return texts.HOLDING_NOT_YET.format(directive=name) + day
        case Status.DRAFT:
            return texts.HOLDING_DRAFT.format(directive=name)
        case Status.AMENDED:
            return _amended(name, told, standings)
        case _:
            return texts.HOLDING.format(directive=name)


def _amended(name: str, told: Iterable[Edge], standings: Standings) -> str:
    changed: dict[tuple[RelationKind, str], list[str]] = {}
    for edge in told:
        if by := _by([edge], standings):
            changed.setdefault((edge.relation.kind, by), []).extend(edge.relation.articles)
    if not changed:
        return texts.HOLDING_CHANGED.format(directive=name)
    how = (_passive(kind, parts, by) for (kind, by), parts in changed.items())
    return texts.HOLDING_AMENDED.format(directive=name, how="; ".join(how))


def _passive(kind: RelationKind, parts: Iterable[str], other: str) -> str:
    articles = f"{', '.join(dict.fromkeys(parts))} " if parts else ""
    return texts.RELATION_PASSIVE[kind].format(articles=articles, other=other)


def _coming(directive: Directive, standing: Standing, standings: Standings) -> list[Edge]:
    """What stands and will end it on a later day."""
    counted = {edge.key for edge in standing.edges}
    return [
        edge
        for edge in standings.validity.edges_to(directive.id)
        if edge.stands and edge.since and edge.key not in counted and _ends(edge) and not edge.relation.articles
    ]


def _ends(edge: Edge) -> bool:
    return edge.relation.kind in ENDING


def _by(edges: Iterable[Edge], standings: Standings, *, dated: bool = True) -> str:
    """The full names of those that may be seen, each with the day from which it counts."""
    named = {}
    for edge in edges:
        source = standings.source_of(edge)
        if source:
            day = f", {texts.HOLDING_SINCE.format(date=spoken_date(edge.since))}" if dated and edge.since else ""
            named[source.id] = f"{full_name_of(source)}{day}"
    return "; ".join(named.values())


def _own_line(directive: Directive, printed: Printed, own: Iterable[Relation]) -> Quote | None:
    """What the directive says of its own term, else the line with its number or title."""
    spans = [relation.span for kind in _OWN_TERM for relation in own if relation.kind is kind and relation.span]
    clause = clause_quote(directive, printed, spans[0]) if spans else None
    if clause:
        return clause
    line = next(
        (printed.fields[each] for each in ("number", "title", "date", "issuer") if each in printed.fields), None
    )
    return quote_line(directive, printed, line or Span(start=0, end=min(len(printed.text), 1)))
