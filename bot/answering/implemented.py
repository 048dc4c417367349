"""Questions which papers carry one out: "văn bản nào thực hiện nghị quyết 12"."""

from __future__ import annotations

import re
from typing import Final

from bot import texts
from bot.answering import phrases
from bot.answering.fields import Asked, Field, FieldAnswer
from bot.answering.standings import Standings
from bot.answering.wording import dated_name, in_print
from index import Directive, DirectiveId, Edge, RelationKind

_MOST: Final = 8
_ASKS: Final = re.compile(
    rf"\b(?:nhung |cac |co )*(?:{phrases.TYPES}) (?:nao|gi) (?:da |dang |de |duoc ban hanh |ban hanh )*"
    r"(?:trien khai thuc hien|to chuc thuc hien|trien khai|thuc hien|cu the hoa|thi hanh)\b"
    r"|\b(?:duoc|da duoc) (?:trien khai thuc hien|trien khai|thuc hien|cu the hoa)"
    rf" (?:boi|bang|trong|o) (?:nhung |cac )?(?:{phrases.TYPES}) (?:nao|gi)\b"
)


def asked_implemented(form: str) -> Asked | None:
    """What a turn (a form without document numbers) asks of what carries a paper out; None where it does not."""
    form = phrases.without_opening(form)
    found = None if phrases.names_item(form) else _ASKS.search(form)
    if found is None:
        return None
    rest = f"{form[: found.start()]} {form[found.end() :]}"
    return Asked(fields=(Field.IMPLEMENTED,), subject=phrases.content_of(" ".join(rest.split())))


def answer_implemented(directive: Directive, standings: Standings) -> list[FieldAnswer]:
    """The sentence with the first clause, then the other clauses; of papers that may be seen."""
    edges = [edge for edge in _edges(directive, standings) if standings.source_of(edge)]
    papers = {source.id: source for edge in edges if (source := standings.source_of(edge))}
    name, named = dated_name(directive), (directive.id, *papers)
    if not papers:
        sentence = texts.IMPLEMENTED_BY_NONE.format(directive=name)
        return [FieldAnswer(sentence=sentence, quote=None, known=False, named=named)]
    listed = [_marked(paper, standings) for paper in papers.values()]
    shown = "; ".join(listed[:_MOST])
    if len(listed) > _MOST:
        shown = texts.IMPLEMENTED_MORE.format(shown=shown, count=len(listed) - _MOST)
    sentence = texts.IMPLEMENTED_BY.format(directive=name, by=shown)
    clauses = (standings.words_of(edge, edge.relation.span) for edge in in_print(edges))
    quotes = list({(quote.directive.id, quote.span): quote for quote in clauses if quote}.values())
    first = FieldAnswer(sentence=sentence, quote=quotes[0] if quotes else None, named=named)
    return [first, *(FieldAnswer(sentence="", quote=quote) for quote in quotes[1:])]


def _edges(directive: Directive, standings: Standings) -> list[Edge]:
    """Also those of what it was issued with, or what was issued with it."""
    matter: DirectiveId = directive.attached_to or directive.id
    validity = standings.validity
    same = [each.id for each in standings.library.list() if (each.attached_to or each.id) == matter]
    edges = [edge for each in same for edge in validity.edges_to(each) if edge.relation.kind is RelationKind.IMPLEMENTS]
    return [edge for edge in edges if edge.stands]


def _marked(paper: Directive, standings: Standings) -> str:
    mark = standings.mark_of(paper.id)
    return f"{dated_name(paper)} ({mark})" if mark else dated_name(paper)
