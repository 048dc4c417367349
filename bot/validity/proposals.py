"""``/dexuat``: an administrator says which papers really replace, change or carry out others. It holds at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.administration.directives import Naming, meant
from bot.answering.answer import Answer, quote_block
from bot.answering.citation import name_of, shorten, spoken_date
from bot.answering.standings import Standings, clause_quote
from bot.answering.wording import active
from bot.department import Command, Department, Outcome, Rank, Request, Write, told
from bot.messages import Block, Choice, Choices, Reply, Text
from bot.validity.deciding import decide
from bot.validity.naming import NamingOf
from bot.validity.register import Known, Register
from bot.validity.wording import says, standing_text
from index import Directive, Edge

if TYPE_CHECKING:
    from index import Library

_PAGE: Final = 10
_LABEL: Final = 120
_STEP: Final = re.compile(r"(?P<verb>co|khong|sau|rut|xem) (?P<key>\S.*)")
_TURN: Final = re.compile(r"(?P<words>.*?)\s*\btrang (?P<page>\d{1,6})", re.IGNORECASE)
_EVERYTHING: Final = re.compile(r"t(?:ấ|a)t c(?:ả|a)", re.IGNORECASE)
_DECIDES: Final = {"co": True, "khong": False, "rut": None}


class Proposals:
    """``naming``: what may be named in a chat; edges of other papers are decided on elsewhere."""

    def __init__(self, library: Library, register: Register, *, naming: NamingOf) -> None:
        self._library = library
        self._register = register
        self._naming = naming

    def department(self) -> Department:
        command = Command(
            names=("dexuat",),
            answer=self._obey,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("de xuat cho xac nhan", "quan he cho xac nhan", "quan he van ban"),
        )
        return Department(commands=(command,))

    def _obey(self, request: Request) -> Outcome:
        known, naming, arguments = self._register.known(), self._naming(request), request.arguments.strip()
        if not arguments:
            return self._first(known, naming)
        step = _STEP.fullmatch(arguments)
        if step is None:
            return self._list(arguments, known, naming)
        edge = known.edges.get(step["key"])
        if edge is None or not _may_name(edge, naming):
            return told(texts.PROPOSAL_GONE)
        if step["verb"] == "xem":
            return self._one(edge, known, naming)
        if step["verb"] == "sau":
            return Outcome(_answer(self._next(edge, known, naming)))
        return self._decide(edge, request, known, naming, stands=_DECIDES[step["verb"]])

    # -- one by one ----------------------------------------------------------------------------------------------------

    def _first(self, known: Known, naming: Naming) -> Outcome:
        waiting = _waiting(known, naming)
        hidden = naming.hidden() if not all(_may_name(edge, naming) for edge in known.validity.proposals) else ()
        if waiting:
            return Outcome(_answer([*hidden, *self._proposal(waiting[0], known, naming)]))
        return Outcome(_answer(hidden)) if hidden else told(texts.PROPOSAL_NONE)

    def _next(self, after: Edge, known: Known, naming: Naming, *, back: tuple[Choice, ...] = ()) -> list[Block]:
        """The proposal behind this one; those that were left before it are only counted."""
        waiting = _waiting(known, naming)
        places = {key: place for place, key in enumerate(known.edges)}
        behind = [edge for edge in waiting if places.get(edge.key, 0) > places.get(after.key, 0)]
        if behind:
            return self._proposal(behind[0], known, naming, more=back)
        said = texts.PROPOSAL_LAST.format(count=len(waiting)) if waiting else texts.PROPOSAL_NONE
        return [Text(text=said), *([Choices(choices=back)] if back else [])]

    def _proposal(self, edge: Edge, known: Known, naming: Naming, *, more: tuple[Choice, ...] = ()) -> list[Block]:
        waiting = _waiting(known, naming)
        said = texts.PROPOSAL.format(position=waiting.index(edge) + 1, count=len(waiting), edge=says(edge, known))
        why = texts.PROPOSAL_WHY.format(reason=texts.PROPOSAL_REASONS[_reason(edge, known)])
        choices = (*_choices(edge, "proposed"), *more)
        return [Text(text=f"{said}\n{why}"), *self._proof(edge, known, naming), Choices(choices=choices)]

    def _proof(self, edge: Edge, known: Known, naming: Naming) -> list[Block]:
        printed = self._library.printed(edge.source)
        quote = clause_quote(known.directives[edge.source], printed, edge.relation.span)
        standings = Standings(self._library, known.validity, naming.named)
        return [quote_block(quote, standings)] if quote else [Text(text=texts.PROPOSAL_FROM_SIDECAR)]

    def _one(self, edge: Edge, known: Known, naming: Naming) -> Outcome:
        state = _state(edge, known)
        said = [texts.PROPOSAL_ONE.format(edge=says(edge, known), state=texts.PROPOSAL_STATES[state])]
        if state == "proposed":
            said.append(texts.PROPOSAL_WHY.format(reason=texts.PROPOSAL_REASONS[_reason(edge, known)]))
        said.append(_standing_of_target(edge, known, naming))
        blocks = [Text(text="\n".join(said)), *self._proof(edge, known, naming), Choices(choices=_choices(edge, state))]
        return Outcome(_answer(blocks))

    # -- deciding ------------------------------------------------------------------------------------------------------

    def _decide(self, edge: Edge, request: Request, known: Known, naming: Naming, *, stands: bool | None) -> Outcome:
        twins = known.twins_of(edge)
        after = known.supposing((each.key for each in twins), stands=stands)
        before, now = (_standing_of_target(edge, each, naming) for each in (known, after))
        effect = texts.PROPOSAL_UNCHANGED if before == now else texts.PROPOSAL_NOW
        said = Text(text=f"{_done(edge, after, stands)}\n{effect.format(standing=now)}")
        writes = tuple(_deciding(request, each, known, stands=stands) for each in twins)
        if stands is None:
            left = Choices(choices=_choices(edge, _state(edge, after)))
            return Outcome(_answer([said, left]), writes=writes)
        back = (Choice(label=texts.PROPOSAL_BACK, send=f"/dexuat rut {edge.key}"),)
        return Outcome(_answer([said, *self._next(edge, after, naming, back=back)]), writes=writes)

    # -- all of them ---------------------------------------------------------------------------------------------------

    def _list(self, arguments: str, known: Known, naming: Naming) -> Outcome:
        turned = _TURN.fullmatch(arguments)
        words = turned["words"] if turned else arguments
        edges = [edge for edge in known.edges.values() if _may_name(edge, naming) and known.is_first(edge)]
        hidden = naming.hidden() if not all(_may_name(edge, naming) for edge in known.edges.values()) else ()
        if not _EVERYTHING.fullmatch(words):
            papers = {directive.id for directive in meant(self._library, words, among=naming.named)}
            edges = [edge for edge in edges if {edge.source, edge.target} & papers]
            opening, hidden = texts.PROPOSALS_OF.format(count=len(edges), words=words[:60]), ()
        else:
            opening = texts.PROPOSALS_ALL.format(count=len(edges))
        if not edges:
            none = texts.PROPOSAL_NONE if _EVERYTHING.fullmatch(words) else texts.PROPOSALS_NONE_OF
            return Outcome(_answer(hidden)) if hidden else told(none.format(words=words[:60]))
        pages = -(-len(edges) // _PAGE)
        page = min(max(int(turned["page"]) if turned else 1, 1), pages)
        shown = edges[(page - 1) * _PAGE : page * _PAGE]
        choices = [Choice(label=_label(edge, known), send=f"/dexuat xem {edge.key}") for edge in shown]
        if page < pages:
            choices.append(Choice(label=texts.DIRECTIVES_NEXT, send=f"/dexuat {words} trang {page + 1}"))
        turning = texts.DIRECTIVES_PAGE.format(page=page, pages=pages) if pages > 1 else ""
        said = Text(text="\n".join(filter(None, (opening, turning))))
        return Outcome(_answer([said, *hidden, Choices(choices=tuple(choices))]))


def _answer(blocks: Sequence[Block]) -> Answer:
    return Answer(answered=False, reply=Reply(blocks=tuple(blocks)))


def _may_name(edge: Edge, naming: Naming) -> bool:
    return edge.source in naming.named and edge.target in naming.named


def _waiting(known: Known, naming: Naming) -> list[Edge]:
    return [edge for edge in known.proposals if _may_name(edge, naming)]


def _state(edge: Edge, known: Known) -> str:
    """A key of `texts.PROPOSAL_STATES`. ``edge``: as it is undecided."""
    decided = known.decisions.get(edge.key)
    if decided is not None:
        return "confirmed" if decided else "rejected"
    return "stands" if edge.stands else "proposed" if edge.proposed else "left_out"


def _reason(edge: Edge, known: Known) -> str:
    """A key of `texts.PROPOSAL_REASONS`: why it does not stand by itself."""
    alike = [each for each in known.undecided.edges_from(edge.source) if each.relation == edge.relation]
    if len({known.matter_of(each.target) for each in alike}) > 1:
        return "ambiguous"
    if not edge.relation.explicit:
        return "not_explicit"
    return "issuer" if known.at_once else "off"


def _choices(edge: Edge, state: str) -> tuple[Choice, ...]:
    yes = Choice(label=texts.PROPOSAL_YES, send=f"/dexuat co {edge.key}")
    no = Choice(label=texts.PROPOSAL_NO, send=f"/dexuat khong {edge.key}")
    later = Choice(label=texts.PROPOSAL_SKIP, send=f"/dexuat sau {edge.key}")
    back = Choice(label=texts.PROPOSAL_TAKE_BACK, send=f"/dexuat rut {edge.key}")
    return {"stands": (no,), "confirmed": (no, back), "rejected": (yes, back), "left_out": (yes,)}.get(
        state, (yes, no, later)
    )


def _label(edge: Edge, known: Known) -> str:
    return shorten(
        texts.PROPOSALS_LABEL.format(
            mark=texts.PROPOSALS_MARKS[_state(edge, known)],
            source=_short(known.directives[edge.source]),
            does=active(edge.relation, _short(known.directives[edge.target])),
        ),
        _LABEL,
    )


def _short(directive: Directive) -> str:
    day = f" ({spoken_date(directive.date)})" if directive.date else ""
    return f"{directive.number or name_of(directive)}{day}"


def _standing_of_target(edge: Edge, known: Known, naming: Naming) -> str:
    target = known.directives[edge.target]
    return standing_text(target, known, visible=naming.named)


def _done(edge: Edge, after: Known, stands: bool | None) -> str:
    said = says(edge, after)
    if stands is None:
        return texts.PROPOSAL_TAKEN_BACK.format(edge=said, state=texts.PROPOSAL_STATES[_state(edge, after)])
    return (texts.PROPOSAL_CONFIRMED if stands else texts.PROPOSAL_REJECTED).format(edge=said)


def _deciding(request: Request, edge: Edge, known: Known, *, stands: bool | None) -> Write:
    was = known.decisions.get(edge.key)

    def write(db: Connection) -> None:
        decide(db, edge, known, was=was, stands=stands, by=request.asker.code, now=request.now)

    return write
