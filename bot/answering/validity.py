"""Questions whether a directive holds: "còn hiệu lực không", "bị thay thế chưa", "được sửa đổi bởi văn bản nào".

Each answer says it in a sentence, then shows the directive's own line and the clauses that make it so.
"""

from __future__ import annotations

import re
from typing import Final

from bot.answering import phrases
from bot.answering.fields import Asked, Field, FieldAnswer, quote_line
from bot.answering.standings import Standings, clause_quote
from bot.answering.wording import coming_edges, doubtful_edges, extending_edges, in_print, standing_text
from index import Directive, DirectiveId, Printed, Quote, RelationKind, Span

PROOFS: Final = 6
"""Quotes of such an answer at most: the directive's own line and the clauses of others."""
_ENDS = r"(?:thay the|thay doi|thay|bai bo|huy bo|sua doi|bo sung|thu hoi)"
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
        r"\b(?:con |co )?(?:hieu luc|gia tri)(?: thi hanh| thuc hien)? (?:den|toi)(?: het)?"
        r"(?: ngay nao| khi nao| bao gio| luc nao| nam nao| ngay bao nhieu)(?: la het)?\b"
    ),
    re.compile(
        rf"\b(?:da |se )*(?:bi|duoc) (?:van ban|vb|{_PAPER})?(?: nao)? ?(?:da )?{_CHANGE}"
        rf"(?: (?:boi|bang)(?: {_PAPER})?(?: nao| gi| moi)*)?\b"
    ),
    re.compile(rf"\b(?:co )?{_PAPER} (?:nao|moi)(?: nao| moi)* (?:da |se )*(?:duoc )?{_CHANGE}(?: cho)?\b"),
    re.compile(rf"\bco (?:gi )?{_CHANGE}(?: gi| lan nao)?(?= (?:khong|chua)\b)"),
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
    validity, asked = standings.validity, dict[DirectiveId, bool]()

    def seen(other: DirectiveId) -> Directive | None:
        found = standings.seen(other)
        asked[other] = found is not None
        return found

    proving = [*standings.standing_of(directive.id).edges, *extending_edges(directive.id, validity)]
    if standings.holds(directive.id):
        proving += [*coming_edges(directive.id, validity), *doubtful_edges(directive.id, validity)]
    clauses = (standings.words_of(edge, edge.relation.span) for edge in in_print(proving))
    sentence = standing_text(directive, validity, seen=seen)
    named = (directive.id, *(other for other, is_seen in asked.items() if is_seen))
    return [
        FieldAnswer(sentence=sentence, quote=_own_line(directive, printed, standings), named=named),
        *(FieldAnswer(sentence="", quote=clause) for clause in clauses if clause),
    ]


def _own_line(directive: Directive, printed: Printed, standings: Standings) -> Quote | None:
    """What the directive says of its own term, or the decision that it was issued with; else the line with its number
    or title.
    """
    clause = _term_clause(directive, printed, standings)
    if clause is None and directive.attached_to and (decision := standings.seen(directive.attached_to)):
        clause = _term_clause(decision, standings.library.printed(decision.id), standings)
    if clause:
        return clause
    line = next(
        (printed.fields[each] for each in ("number", "title", "date", "issuer") if each in printed.fields), None
    )
    return quote_line(directive, printed, line or Span(start=0, end=min(len(printed.text), 1)))


def _term_clause(directive: Directive, printed: Printed | None, standings: Standings) -> Quote | None:
    own = standings.library.relations().get(directive.id, ())
    spans = [relation.span for kind in _OWN_TERM for relation in own if relation.kind is kind and relation.span]
    return clause_quote(directive, printed, spans[0]) if spans else None
