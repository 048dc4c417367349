"""``/hieuluc``: whether a directive holds, and the papers before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import naming, phrases
from bot.answering.answer import Answer, quote_blocks
from bot.answering.citation import full_name_of, name_of, shorten
from bot.answering.fields import quote_line
from bot.answering.standings import Standings, clause_quote
from bot.answering.wording import in_print
from bot.asking.ambiguity import by_matter, named_among
from bot.asking.finding import elsewhere
from bot.asking.sight import Sight, View
from bot.department import Command, Department, Outcome, Request, told
from bot.messages import Block, Choice, Choices, Reply, Text
from bot.validity.chain import Surroundings, chain_block, chain_line, step_lines, surroundings
from bot.validity.mentions import mentions
from bot.validity.register import Known, Register
from bot.validity.wording import standing_told, term_lines
from index import Directive, DirectiveId, Edge, Quote, Span, fold, newest_first

if TYPE_CHECKING:
    from index import Library

_MOST: Final = 8
_LABEL: Final = 120
_SHORT_CLAUSE: Final = 300
_CLAUSES: Final = 3
_ALL_CLAUSES: Final = 12
_WORDS: Final = re.compile(
    r"(?:(?:xem|tra cứu|tra cuu|tình trạng|tinh trang)\s+)?(?:hiệu lực|hieu luc)"
    r"(?:\s+(?:của|cua|đối với|doi voi))?(?:\s+(?:văn bản|van ban|vb))?(?:\s+(?:số|so))?\s+(?P<paper>\S.*)",
    re.IGNORECASE,
)
_CLAUSES_OF: Final = re.compile(r"(?P<paper>#\S+) loi van")


class Inquiry:
    """``public_url``: of the signed-in web page."""

    def __init__(self, library: Library, register: Register, sight: Sight, *, public_url: str | None) -> None:
        self._library = library
        self._register = register
        self._sight = sight
        self._public_url = public_url

    def department(self) -> Department:
        command = Command(
            names=("hieuluc",),
            answer=self.tell,
            rank=self._sight.rank,
            phrases=("xem hieu luc", "hieu luc van ban", "tinh trang hieu luc"),
            reads=paper_in,
        )
        return Department(commands=(command,))

    def tell(self, request: Request) -> Outcome:
        view, argument = self._sight.of(request), " ".join(request.arguments.split())
        if not argument:
            return self._of_focus(request, view)
        asked = _CLAUSES_OF.fullmatch(argument)
        found = by_matter(self._meant(asked["paper"] if asked else argument, view.shown))
        if len(found) == 1:
            return self._about(found[0], request, view, clauses=bool(asked))
        if found:
            return _ask_which(found, view)
        if self._meant(argument, view.own):
            return Outcome(elsewhere(self._public_url), writes=view.checks)
        return self._unknown(argument, view)

    def _of_focus(self, request: Request, view: View) -> Outcome:
        focus = request.conversation.focus
        if focus is None or focus.directive.id not in view.own:
            return told(texts.HOLDING_USAGE, writes=view.checks)
        if view.is_above(focus.directive.id):
            return Outcome(elsewhere(self._public_url), writes=view.checks)
        return self._about(view.directives[focus.directive.id], request, view)

    # -- which one -----------------------------------------------------------------------------------------------------

    def _meant(self, argument: str, visible: frozenset[DirectiveId]) -> Sequence[Directive]:
        """By ``#`` and its id, its number, a bare number, else all the words of its title."""
        if argument.startswith("#"):
            return [each for each in self._library.list(visible=visible) if each.id == argument[1:]]
        numbers = naming.numbers_in(argument)
        if numbers:
            symbols = (number.symbol or f"{number.type} {number.number}" for number in numbers)
            found = {each.id: each for symbol in symbols for each in self._library.find(symbol, visible=visible)}
            return _narrowed(newest_first(found.values()), argument)
        directives = self._library.list(visible=visible)
        if naming.may_name_bare(argument):
            return newest_first(
                {
                    each.id: each for some in naming.spelled_out(argument, directives)[1].values() for each in some
                }.values()
            )
        words = _words(argument)
        return newest_first(each for each in directives if words and words <= _words(f"{name_of(each)} {each.title}"))

    def _unknown(self, argument: str, view: View) -> Outcome:
        """What visible papers say of a paper that is not there, or that may not be seen: both look the same."""
        numbers = naming.numbers_in(argument)
        if not numbers:
            return told(texts.NO_DIRECTIVES, writes=view.checks)
        symbols = ", ".join(dict.fromkeys(number.symbol or f"{number.type} {number.number}" for number in numbers))
        opening = f"{texts.NUMBER_NOT_FOUND.format(numbers=symbols).rstrip('.')}, {texts.HOLDING_UNKNOWN}"
        known = self._register.known()
        lines, quotes, named = [], [], list[DirectiveId]()
        for directive, relation, said in mentions(numbers, known, visible=view.shown):
            lines.append(f"• {said}")
            named.append(directive.id)
            quotes.append(
                clause_quote(directive, self._library.printed(directive.id, visible=view.shown), relation.span)
            )
        mentioned = "\n".join([texts.HOLDING_MENTIONED, *lines[:_MOST]]) if lines else ""
        shown = tuple(quote for quote in quotes if quote)[:_CLAUSES]
        standings = Standings(self._library, known.validity, view.shown)
        told_by = [Text(text=mentioned, directives=tuple(dict.fromkeys(named[:_MOST])))] if lines else []
        reply = Reply(blocks=(Text(text=opening), *told_by, *quote_blocks(shown, standings)))
        return Outcome(Answer(answered=bool(lines), reply=reply, quotes=shown), writes=view.checks)

    # -- one directive -------------------------------------------------------------------------------------------------

    def _about(self, directive: Directive, request: Request, view: View, *, clauses: bool = False) -> Outcome:
        known = self._register.known()
        if directive.id not in known.directives:  # another snapshot has been switched on in between
            return told(texts.NO_DIRECTIVES, writes=view.checks)
        around = surroundings(directive, known, visible=view.shown)
        quotes, left = self._clauses(around, known, view, everything=clauses)
        blocks: list[Block] = []
        if not clauses:
            blocks += self._telling(directive, around, known, view)
            blocks += self._for_administrators(directive, known, request)
        standings = Standings(self._library, known.validity, view.shown)
        blocks += quote_blocks(quotes, standings)
        if left and not clauses:
            choice = Choice(label=texts.HOLDING_CLAUSES, send=f"/hieuluc #{directive.id} loi van")
            blocks.append(Choices(choices=(choice,)))
        answer = Answer(answered=True, reply=Reply(blocks=tuple(blocks)), quotes=tuple(quotes))
        conversation = request.conversation.model_copy(update={"focus": self._header_of(directive)})
        return Outcome(answer, conversation=conversation, writes=view.checks)

    def _telling(self, directive: Directive, around: Surroundings, known: Known, view: View) -> list[Block]:
        sentence, sources = standing_told(directive, known, visible=view.shown)
        papers = tuple(dict.fromkeys([directive.id, *(step.paper.id for step in around.steps)]))
        said = (
            (sentence, sources),
            ("\n".join(term_lines(known.relations.get(directive.id, ()))), (directive.id,)),
            (chain_line(around), papers),
            ("\n".join(step_lines(around)), papers),
        )
        picture = chain_block(around, known)
        blocks = [Text(text=text, directives=named) for text, named in said if text]
        return [*blocks, *([picture] if picture else [])]

    def _for_administrators(self, directive: Directive, known: Known, request: Request) -> tuple[Block, ...]:
        if not (request.asker.is_administrator and request.incoming.private):
            return ()
        count = sum(directive.id in (edge.source, edge.target) for edge in known.validity.proposals)
        number = directive.number or f"#{directive.id}"
        return (Text(text=texts.HOLDING_PROPOSALS.format(count=count, number=number)),) if count else ()

    def _clauses(self, around: Surroundings, known: Known, view: View, *, everything: bool) -> tuple[list[Quote], int]:
        """The clauses that prove it, those next to the directive first, and how many are left out: without
        ``everything`` only short ones, and few.
        """
        standing = known.validity.standing_of(around.directive.id).edges
        steps = sorted(around.steps, key=lambda step: (not set(step.edges) & set(standing), step.depth))
        found = [quote for step in steps for edge in in_print(step.edges) if (quote := self._clause(edge, known, view))]
        found = list({(quote.directive.id, quote.span): quote for quote in found}.values())
        shown = found[:_ALL_CLAUSES] if everything else [q for q in found if len(q.text) <= _SHORT_CLAUSE][:_CLAUSES]
        return shown, len(found) - len(shown)

    def _clause(self, edge: Edge, known: Known, view: View) -> Quote | None:
        source = known.directives[edge.source]
        return clause_quote(source, self._library.printed(source.id, visible=view.shown), edge.relation.span)

    def _header_of(self, directive: Directive) -> Quote | None:
        """What the next turns mean."""
        printed = self._library.printed(directive.id)
        return quote_line(directive, printed, printed.fields.get("number", Span(start=0, end=1))) if printed else None


def paper_in(text: str) -> str | None:
    """The number that a plain message asks this of and nothing beside it: ``hiệu lực của 24-CT/TU``."""
    found = _WORDS.fullmatch(" ".join(text.split()).rstrip(" ?.!"))
    numbers = naming.numbers_in(found["paper"]) if found else ()
    if not found or len(numbers) != 1:
        return None
    rest = phrases.form_of(phrases.without_numbers(found["paper"], numbers))
    return found["paper"] if not rest or re.fullmatch(rf"(?:{phrases.TYPES})(?: so)?", rest) else None


def _narrowed(found: Sequence[Directive], argument: str) -> Sequence[Directive]:
    """Those whose date or issuer is typed with the number."""
    return named_among(found, argument) or found if len(found) > 1 else found


def _ask_which(found: Sequence[Directive], view: View) -> Outcome:
    choices = tuple(Choice(label=_label(each), send=f"/hieuluc #{each.id}") for each in found[:_MOST])
    more = texts.HOLDING_MORE.format(count=len(found) - _MOST) if len(found) > _MOST else ""
    said = Text(text="\n".join(filter(None, (texts.HOLDING_WHICH, more))))
    reply = Reply(blocks=(said, Choices(choices=choices)))
    return Outcome(Answer(answered=False, reply=reply, asks_back=True), writes=view.checks)


def _label(directive: Directive) -> str:
    title = f": {directive.title}" if directive.number and directive.title else ""
    return shorten(f"{full_name_of(directive)}{title}", _LABEL)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))
