"""All that the digests of one moment are made from, gathered once for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.digest.duties.confirmed import ConfirmedDuty, confirmed_duties, next_day
from bot.digest.papers import Paper, Papers, due_key, known_papers
from bot.people.access import Asker, Ceiling, Rights, audiences_of, normal_cell, rights_among
from bot.state import duty_decisions, office_answers, overrides, questions
from bot.state.digests import Digest
from bot.state.office_answers import OfficeAnswer
from bot.validity.register import Known
from index import Directive, DirectiveId, Quote

if TYPE_CHECKING:
    from index import Library, Validity

FIRST_PERIOD: Final = timedelta(days=7)
"""What the first digest of all looks back on."""
AHEAD: Final = timedelta(days=14)
"""How soon that must be due which is told."""


@dataclass(frozen=True)
class Material:
    """``before``: what was known at the last digest, None where there was none. ``ceilings``: by channel, the most that
    it shows. ``asked``: how many questions came in the period.
    """

    library: Library
    known: Known
    audiences: Mapping[DirectiveId, tuple[str, ...]]
    before: Papers | None
    since: datetime
    until: datetime
    zone: ZoneInfo
    ceilings: Mapping[str, Ceiling]
    duties: tuple[ConfirmedDuty, ...] = ()
    answers: tuple[OfficeAnswer, ...] = ()
    asked: int = 0
    _gists: dict[DirectiveId, Quote | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> Date:
        return self.until.astimezone(self.zone).date()

    @property
    def validity(self) -> Validity:
        return self.known.validity

    @property
    def directives(self) -> Mapping[DirectiveId, Directive]:
        return self.known.directives

    @cached_property
    def due(self) -> tuple[tuple[Date, ConfirmedDuty], ...]:
        """What falls due soon, with its day, the first day first."""
        days = ((next_day(each.due, after=self.today), each) for each in self.duties)
        near = [(day, each) for day, each in days if day and day <= self.today + AHEAD]
        return tuple(sorted(near, key=lambda pair: pair[0]))

    def rights_of(self, asker: Asker, channel: str) -> Rights:
        return rights_among(self.audiences, asker, ceiling=self.ceilings.get(channel))

    def recorded(self, directive: DirectiveId) -> Paper | None:
        """What was known of it at the last digest; None where it was not there."""
        return self._recorded.get(directive)

    @cached_property
    def _recorded(self) -> Mapping[DirectiveId, Paper]:
        before = self.before or Papers()
        found = ((each.id, before.of(each)) for each in self.directives.values())
        return {directive: paper for directive, paper in found if paper}

    def gist(self, directive: DirectiveId) -> Quote | None:
        """The most telling sentence, looked for once."""
        if directive not in self._gists:
            self._gists[directive] = self.library.gist(directive)
        return self._gists[directive]


def gather(
    db: Connection,
    library: Library,
    known: Known,
    *,
    ceilings: Mapping[str, Ceiling],
    zone: ZoneInfo,
    until: datetime,
    last: Digest | None,
) -> Material:
    """For a digest at the moment ``until``. ``known``: of the register, which reads the database by itself and so is
    asked before a transaction; what holds is looked at on the day of ``until``. ``last``: the digest before this one.
    """
    since = last.until if last else until - FIRST_PERIOD
    today = until.astimezone(zone).date()
    known = known if known.today == today else replace(known, today=today)
    return Material(
        library=library,
        known=known,
        audiences=audiences_of(known.directives.values(), overrides.everything(db)),
        before=Papers.model_validate_json(last.papers) if last else None,
        since=since,
        until=until,
        zone=zone,
        ceilings=ceilings,
        duties=confirmed_duties(library, duty_decisions.everything(db), known.validity),
        answers=_answers(db, since, until),
        asked=questions.count_since(db, since, before=until),
    )


def papers_json(material: Material) -> str:
    """What the next digest is compared with."""
    due = (due_key(each.duty.key, day) for day, each in material.due)
    papers = known_papers(material.directives.values(), material.audiences, material.validity, due=due)
    return papers.model_dump_json()


def content_key(material: Material, asker: Asker, channel: str) -> tuple[str, ...]:
    """The same for two people who are told the same on these channels."""
    member = asker.member
    role = member.role.value if member else "everything" if asker.everything else ""
    cell = normal_cell(member.cell) if member else ""
    return role, cell, material.ceilings.get(channel) or ""


def _answers(db: Connection, since: datetime, until: datetime) -> tuple[OfficeAnswer, ...]:
    """Those of the period that serve everybody who asks the same, the newest of each question."""
    newest: dict[str, OfficeAnswer] = {}
    for answer in office_answers.everything(db):
        if answer.form and since < answer.created_at <= until:
            newest.setdefault(answer.form, answer)
    return tuple(newest.values())
