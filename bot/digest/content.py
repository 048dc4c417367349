"""What one person may be told on one channel in a digest: computed from the library and the state, never written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import Final

from bot.answering import naming
from bot.answering.answer import quote_block, with_amending
from bot.answering.standings import Standings, clause_quote
from bot.asking.finding import office_words, stands
from bot.asking.recheck import hidden_names, is_named
from bot.digest.changes import Change, change_of, change_text, recent_change
from bot.digest.concerning import is_cell, is_for_cell, names_cell, names_every_cell
from bot.digest.duties.confirmed import ConfirmedDuty
from bot.digest.material import Material
from bot.digest.papers import could_see, due_key
from bot.messages import Block, Frozen, QuoteBlock, Text
from bot.people.access import Asker, Rights
from bot.state.office_answers import OfficeAnswer
from index import Directive, DirectiveId, Status, newest_first

QUOTED: Final = 6
"""So many new directives are shown with their most telling sentence."""
_LEAST_ASKED: Final = 5
_PRIVATE: Final = re.compile(r"(?<![\w/-])\+?\d(?:[ .-]?\d){7,}(?![\w/-])")
"""A telephone number, the number of an identity card."""


class Item(Frozen):
    """``own``: it concerns the person's own cell."""

    directive: Directive
    own: bool = False


class Added(Item):
    """A directive that this person could not see when the last digest was made. ``opened``: it was there, for others.
    ``mark``: that it does not hold.
    """

    quote: QuoteBlock | None = None
    opened: bool = False
    mark: str = ""


class Changed(Item):
    """``text``: whether it holds by now, in a sentence or two; ``named``: the directives that it names."""

    text: str
    named: tuple[DirectiveId, ...]


class DueSoon(Item):
    """``days``: from the day of the digest. ``quote``: the clause that says so."""

    who: str
    day: Date
    days: int
    quote: QuoteBlock | None


class Answered(Item):
    """A question that the office has answered; ``blocks``: its own words and the quote. ``named``: the directives that
    question and answer name, the quoted one among them.
    """

    question: str
    named: tuple[DirectiveId, ...]
    blocks: tuple[Block, ...]


class DigestContent(Frozen):
    """``since`` and ``until``: local days. ``first``: nothing was told before. ``asked``: None where it is too few to
    be told. ``more_on_web``: there is more that this channel does not show. ``has_news``: something of it, or of what
    lies above, has not been told before.
    """

    since: Date
    until: Date
    first: bool
    added: tuple[Added, ...] = ()
    changed: tuple[Changed, ...] = ()
    due: tuple[DueSoon, ...] = ()
    answered: tuple[Answered, ...] = ()
    asked: int | None = None
    more_on_web: bool = False
    has_news: bool = False

    @property
    def is_quiet(self) -> bool:
        """There is nothing to tell: how much was asked is none by itself."""
        return not (self.added or self.changed or self.due or self.answered or self.more_on_web)


def compose(material: Material, asker: Asker, channel: str) -> DigestContent:
    """The same for all whose `content_key` is the same."""
    return _Composition(material, asker, material.rights_of(asker, channel)).content()


@dataclass(frozen=True)
class _Composition:
    """``shown`` is told; of what lies above it, only that there is something."""

    material: Material
    asker: Asker
    rights: Rights

    @cached_property
    def standings(self) -> Standings:
        return Standings(self.material.library, self.material.validity, self.rights.shown)

    @cached_property
    def cell(self) -> str:
        return " ".join(self.asker.member.cell.split()) if self.asker.member else ""

    def content(self) -> DigestContent:
        new, changes = self._compared()
        due = [(day, duty) for day, duty in self.material.due if duty.directive.id in self.rights.own]
        answers = [each for each in self.material.answers if self._may_hear(each, self.rights.own)]
        papers = [
            *new,
            *changes,
            *(each.directive.id for _, each in due),
            *(each.quote.directive.id for each in answers),
        ]
        answered = [each for each in answers if self._may_hear(each, self.rights.shown)]
        fresh = [due_key(duty.duty.key, day) for day, duty in due]
        told = self.material.before.due if self.material.before else ()
        zone = self.material.zone
        return DigestContent(
            since=self.material.since.astimezone(zone).date(),
            until=self.material.today,
            first=self.material.before is None,
            added=self._added([each for each in new if each in self.rights.shown]),
            changed=self._changed({each: change for each, change in changes.items() if each in self.rights.shown}),
            due=self._due((day, duty) for day, duty in due if duty.directive.id in self.rights.shown),
            answered=tuple(map(self._answered, answered)),
            asked=self.material.asked if self.material.asked >= _LEAST_ASKED else None,
            more_on_web=len(answered) < len(answers) or not self.rights.shown.issuperset(papers),
            has_news=bool(new or changes or answers) or not set(told).issuperset(fresh),
        )

    def _compared(self) -> tuple[list[DirectiveId], dict[DirectiveId, Change]]:
        """What is new to this person, and what holds otherwise than before. Without a digest before, all that may be
        seen is new, but for what the period itself has changed.
        """
        new, changes = list[DirectiveId](), dict[DirectiveId, Change]()
        for each in self.material.directives.values():
            if each.id not in self.rights.own:
                continue
            is_known, change = self._against_before(each)
            if change:
                changes[each.id] = change
            elif not is_known:
                new.append(each.id)
        return new, changes

    def _against_before(self, directive: Directive) -> tuple[bool, Change | None]:
        """Whether this person might have seen it then, and how it has changed since."""
        material, standing = self.material, self.material.validity.standing_of(directive.id)
        if material.before is None:
            since = material.since.astimezone(material.zone).date()
            return False, recent_change(directive, standing, since=since, today=material.today)
        paper = material.recorded(directive.id)
        if paper is None or not could_see(self.asker, paper):
            return False, None
        return True, change_of(paper, standing)

    # -- each kind of item ---------------------------------------------------------------------------------------------

    def _added(self, new: Sequence[DirectiveId]) -> tuple[Added, ...]:
        """The own cell's first, then what holds, the newest first. What was issued with a decision stands for both."""
        directives = [self.material.directives[each] for each in new]
        attached = {each.attached_to for each in directives}
        listed = newest_first(each for each in directives if each.id not in attached)
        listed.sort(key=lambda each: (not self._is_own(each), not self.standings.holds(each.id)))
        return tuple(
            Added(
                directive=each,
                quote=self._gist(each) if place < QUOTED else None,
                opened=self.material.recorded(each.id) is not None,
                mark=self.standings.mark_of(each.id),
                own=self._is_own(each),
            )
            for place, each in enumerate(listed)
        )

    def _gist(self, directive: Directive) -> QuoteBlock | None:
        quote = self.material.gist(directive.id)
        return quote_block(quote, self.standings) if quote else None

    def _changed(self, changes: dict[DirectiveId, Change]) -> tuple[Changed, ...]:
        """The own cell's first, then the newest. What was issued with a decision that changed likewise goes with it."""
        directives = newest_first(self.material.directives[each] for each in changes)
        directives.sort(key=lambda each: not self._is_own(each))
        found = []
        for each in directives:
            decision = each.attached_to
            if decision and decision in changes and self._status(decision) is self._status(each.id):
                continue
            text, named = change_text(each, changes[each.id], self.standings)
            found.append(Changed(directive=each, text=text, named=named, own=self._is_own(each)))
        return tuple(found)

    def _status(self, directive: DirectiveId) -> Status:
        return self.standings.status_of(directive)

    def _due(self, due: Iterable[tuple[Date, ConfirmedDuty]]) -> tuple[DueSoon, ...]:
        """The own cell's first, then the first day."""
        items = [
            DueSoon(
                directive=each.directive,
                who=each.who,
                day=day,
                days=(day - self.material.today).days,
                quote=self._clause(each),
                own=self._is_own(each.directive) or names_cell(each.who, self.cell) or self._is_for_all(each.who),
            )
            for day, each in due
        ]
        return tuple(sorted(items, key=lambda item: (not item.own, item.day)))

    def _clause(self, duty: ConfirmedDuty) -> QuoteBlock | None:
        printed = self.material.library.printed(duty.directive.id, visible=self.rights.shown)
        quote = clause_quote(duty.directive, printed, duty.duty.span)
        return quote_block(quote, self.standings) if quote else None

    def _answered(self, answer: OfficeAnswer) -> Answered:
        directive = self.material.directives[answer.quote.directive.id]
        quote = answer.quote.model_copy(update={"directive": directive})
        named = tuple(dict.fromkeys([directive.id, *(each.id for papers in self._named_in(answer) for each in papers)]))
        seen = tuple(each for each in named if each in self.rights.shown)
        said = Text(text=office_words(answer.remark), directives=seen)
        blocks = (said, *with_amending([quote], self.standings)[1])
        return Answered(question=_without_private(answer.question), directive=directive, named=seen, blocks=blocks)

    # -- what is told to whom ------------------------------------------------------------------------------------------

    def _may_hear(self, answer: OfficeAnswer, visible: frozenset[DirectiveId]) -> bool:
        """The quote may be seen and still stands, and neither question nor answer names what may not be seen."""
        if not stands(self.material.library, answer.quote, visible=visible):
            return False
        said = f"{answer.question}\n{answer.remark}"
        hidden = hidden_names(Standings(self.material.library, self.material.validity, visible))
        if any(is_named(name, said) for name in hidden):
            return False
        return all(any(each.id in visible for each in papers) for papers in self._named_in(answer))

    def _named_in(self, answer: OfficeAnswer) -> list[tuple[Directive, ...]]:
        """The directives that each number in it may mean, where there are any."""
        numbers = naming.numbers_in(f"{answer.question}\n{answer.remark}")
        found = (self.material.library.find(each.symbol or f"{each.type} {each.number}") for each in numbers)
        return [papers for papers in found if papers]

    def _is_own(self, directive: Directive) -> bool:
        if is_for_cell(self.material.audiences[directive.id], self.cell):
            return True
        return names_cell(directive.title, self.cell) or is_cell(directive.issuer or "", self.cell)

    def _is_for_all(self, who: str) -> bool:
        return bool(self.cell) and names_every_cell(who)


def _without_private(question: str) -> str:
    """The digest goes to people who never asked it."""
    return _PRIVATE.sub("…", question)
