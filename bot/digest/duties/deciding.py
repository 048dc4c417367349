"""What administrators have decided on the duties that directives give, and deciding on one more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection

from bot import texts
from bot.department import Stale
from bot.digest.duties.confirmed import as_read, carried, holding_duties, next_day
from bot.digest.duties.dues import due_words
from bot.state import audit, duty_decisions
from bot.state.duty_decisions import DutyDecision
from index import Directive, DirectiveId, Due, Duty

if TYPE_CHECKING:
    from bot.state.database import Database
    from bot.validity.register import Register
    from index import Library, Validity

State = Literal["proposed", "confirmed", "dropped"]
View = Literal["waiting", "undated", "confirmed", "dropped"]


@dataclass(frozen=True)
class Judged:
    """A duty, and the decision that counts for it."""

    directive: Directive
    duty: Duty
    decision: DutyDecision | None = None

    @property
    def state(self) -> State:
        if self.decision is None:
            return "proposed"
        return "confirmed" if self.decision.confirmed else "dropped"

    @property
    def who(self) -> str:
        """As confirmed, else as read."""
        return (self.decision.who or "") if self.decision and self.decision.confirmed else self.duty.who

    @property
    def due(self) -> Due | None:
        """As confirmed, else as read."""
        return self.decision.due if self.decision and self.decision.confirmed else self.duty.due

    @property
    def is_corrected(self) -> bool:
        return (self.who, self.due) != (self.duty.who, self.duty.due)


@dataclass(frozen=True)
class Duties:
    """All duties of papers that hold today and are not withdrawn, the newest paper first, in their order there."""

    library: Library
    validity: Validity
    judged: tuple[Judged, ...]

    @property
    def today(self) -> Date:
        return self.validity.today

    @cached_property
    def waiting(self) -> tuple[Judged, ...]:
        """Nobody has decided, and a day lies ahead."""
        return tuple(one for one in self._proposed if next_day_of(one, after=self.today))

    @cached_property
    def undated(self) -> tuple[Judged, ...]:
        """Nobody has decided, and no day can be told."""
        dated = {one.duty.key for one in (*self.waiting, *self.past)}
        return tuple(one for one in self._proposed if one.duty.key not in dated)

    @cached_property
    def past(self) -> tuple[Judged, ...]:
        """Nobody has decided, and the day is over."""
        return tuple(one for one in self._proposed if one.due and one.due.date and one.due.date < self.today)

    @cached_property
    def confirmed(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.state == "confirmed")

    @cached_property
    def dropped(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.state == "dropped")

    @cached_property
    def _proposed(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.state == "proposed")

    def listed(self, view: View) -> tuple[Judged, ...]:
        lists = {"waiting": self.waiting, "undated": self.undated, "confirmed": self.confirmed, "dropped": self.dropped}
        return lists[view]

    def get(self, key: str) -> Judged | None:
        return next((one for one in self.judged if one.duty.key == key), None)

    def among(self, directives: Iterable[DirectiveId]) -> Duties:
        named = frozenset(directives)
        return replace(self, judged=tuple(one for one in self.judged if one.directive.id in named))

    def with_decision(self, changed: Judged) -> Duties:
        """As they will be with this one decided on."""
        judged = (changed if one.duty.key == changed.duty.key else one for one in self.judged)
        return replace(self, judged=tuple(judged))


def duties_now(library: Library, database: Database, register: Register) -> Duties:
    known = register.known()
    with database.reading() as db:
        given = duty_decisions.everything(db)
    held = carried(library, given, known.validity)
    return Duties(
        library,
        known.validity,
        tuple(
            Judged(directive, duty, held.get(duty.key))
            for directive, duty in holding_duties(library, known.validity)
            if directive.id not in known.ignored
        ),
    )


def waiting_duties(library: Library, database: Database, register: Register) -> list[str]:
    """A line for ``/trangthai`` and for the report of a build, none where nothing waits."""
    count = len(duties_now(library, database, register).waiting)
    return [texts.DUTIES_WAIT.format(count=count)] if count else []


def next_day_of(one: Judged, *, after: Date) -> Date | None:
    return next_day(one.due, after=after) if one.due else None


def judged_anew(
    one: Judged, duties: Duties, *, confirmed: bool, who: str, due: Due | None, by: str, now: datetime
) -> Judged | None:
    """With a decision of today; None where its text is another by now. ``by``: for the audit log."""
    read = as_read(duties.library, duties.validity, duty=one.duty, of=one.directive)
    if read is None:
        return None
    decision = DutyDecision(
        duty=one.duty.key,
        directive=one.directive.id,
        file=one.directive.file,
        words=read.words,
        confirmed=confirmed,
        who=(who or None) if confirmed else None,
        due=due if confirmed else None,
        decided_by=by,
        decided_at=now,
    )
    return replace(one, decision=decision)


def decide(db: Connection, duties: Duties, was: Judged, becomes: Judged, *, by: str, now: datetime) -> None:
    """Writes what it becomes; without a decision, what was decided is taken back. Raises Stale where somebody else has
    decided on it meanwhile. Decisions that were carried over are kept under the keys of today from now on.
    """
    held = carried(duties.library, duty_decisions.everything(db), duties.validity)
    if held.get(was.duty.key) != was.decision:
        raise Stale
    if (was.state, was.who, was.due) == (becomes.state, becomes.who, becomes.due):
        return
    moved = {key: decision for key, decision in held.items() if decision.duty != key}
    for decision in moved.values():
        duty_decisions.drop(db, decision.duty)
    for key, decision in moved.items():
        duty_decisions.save(db, decision.model_copy(update={"duty": key}))
    if becomes.decision is None:
        duty_decisions.drop(db, was.duty.key)
    else:
        duty_decisions.save(db, becomes.decision)
    said = {"who": becomes.who, "due": due_words(becomes.due)} if becomes.state == "confirmed" else {}
    facts = {"duty": was.duty.key, "directive": was.directive.id, **said}
    audit.record(db, actor=by, action=_action(becomes), now=now, **facts)


def _action(becomes: Judged) -> str:
    if becomes.state == "confirmed":
        return "duty.correct" if becomes.is_corrected else "duty.confirm"
    return "duty.drop" if becomes.state == "dropped" else "duty.reset"
