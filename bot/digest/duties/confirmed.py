"""The duties that an administrator has confirmed, and the days on which they fall due.

A decision rests on the clause, on what was read of it, and on what other papers have changed there. Where any of them
is another by now, nobody has decided: the duty is a proposal again.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.answering.places import changes_at
from bot.state.duty_decisions import DutyDecision
from index import Directive, Due, Duty, Printed, Recurrence, Status, fold, newest_first

if TYPE_CHECKING:
    from index import Library, Validity

_HOLDING: Final = (Status.IN_FORCE, Status.AMENDED)
_LAST_MONTHS: Final = {
    Recurrence.MONTH: tuple(range(1, 13)),
    Recurrence.QUARTER: (3, 6, 9, 12),
    Recurrence.HALF_YEAR: (6, 12),
    Recurrence.NINE_MONTHS: (9,),
    Recurrence.YEAR: (12,),
}
_MONTHS: Final = range(1, 13)
_LAST: Final = 31
_DAY: Final = re.compile(r"(?:ngay )?(?P<day>\d{1,2})(?:[/.-](?P<month>\d{1,2}))?")
_WEEKDAYS: Final = {
    "thu hai": 0, "thu ba": 1, "thu tu": 2, "thu nam": 3, "thu sau": 4, "thu bay": 5, "chu nhat": 6,
    "thu 2": 0, "thu 3": 1, "thu 4": 2, "thu 5": 3, "thu 6": 4, "thu 7": 5,
}  # fmt: skip
_SUNDAY: Final = 6
_WEEK: Final = 7


@dataclass(frozen=True)
class ConfirmedDuty:
    """``who``, ``due``: as the administrator saw or corrected them; ``who`` may be empty."""

    duty: Duty
    directive: Directive
    who: str
    due: Due


@dataclass(frozen=True)
class ReadDuty:
    """A duty of a paper that holds today. ``words``: what a decision on it rests on (`DutyDecision.words`)."""

    duty: Duty
    directive: Directive
    words: str


def confirmed_duties(
    library: Library, decisions: Iterable[DutyDecision], validity: Validity
) -> tuple[ConfirmedDuty, ...]:
    """Those that have a time, of papers that hold today, the newest first and in their order; also of withdrawn ones:
    who may see a paper is the caller's business.
    """
    held = carried(library, decisions, validity)
    return tuple(
        ConfirmedDuty(duty, directive, decision.who or "", decision.due)
        for directive, duty in holding_duties(library, validity)
        if (decision := held.get(duty.key)) and decision.confirmed and decision.due
    )


def holding_duties(library: Library, validity: Validity) -> Iterator[tuple[Directive, Duty]]:
    """Of papers that hold today and are no drafts, the newest first, in the order in which they stand there; what one
    paper says twice is one duty.
    """
    duties = library.duties()
    for directive in newest_first(each for each in library.list() if duties.get(each.id)):
        if validity.standing_of(directive.id).status in _HOLDING:
            yield from ((directive, duty) for duty in {each.key: each for each in duties[directive.id]}.values())


def carried(library: Library, decisions: Iterable[DutyDecision], validity: Validity) -> Mapping[str, DutyDecision]:
    """By the key of a duty of today, the decision that counts for it.

    A decision whose own duty is there no more counts for the same words of the same directive or file, on which nobody
    has decided: of several decisions the last one, each for one duty. What finds no such words waits in the state.
    """
    given = sorted(decisions, key=lambda decision: decision.decided_at, reverse=True)
    places = {place for decision in given for place in (decision.directive, decision.file)}
    near = ((directive, duty) for directive, duty in holding_duties(library, validity) if places & _places(directive))
    read = {duty.key: one for directive, duty in near if (one := as_read(library, validity, duty=duty, of=directive))}
    found = {each.duty: each for each in given if each.duty in read and _fits(each, read[each.duty])}
    settled = set(found)
    free: dict[str, list[ReadDuty]] = defaultdict(list)
    for one in read.values():
        if one.duty.key not in found:
            free[one.words].append(one)
    for decision in (each for each in given if each.duty not in settled):
        fitting = sorted(
            (one for one in free[decision.words] if _fits(decision, one)),
            key=lambda one: one.directive.id != decision.directive,
        )
        if fitting:
            found[fitting[0].duty.key] = decision
            free[decision.words].remove(fitting[0])
    return found


def as_read(library: Library, validity: Validity, *, duty: Duty, of: Directive) -> ReadDuty | None:
    """None where the text is another than the one in which the duty was read."""
    printed = library.printed(of.id)
    if printed is None or max(duty.span.end, duty.words.end) > len(printed.text):
        return None
    clause, time = (printed.text[span.start : span.end] for span in (duty.span, duty.words))
    due = duty.due.model_dump_json() if duty.due else ""
    changed = sorted(_changing(of, printed, duty, validity))
    return ReadDuty(duty, of, "\n".join([_plain(clause), _plain(time), _plain(duty.who), due, *changed]))


def next_day(due: Due, *, after: Date) -> Date | None:
    """The first day on which it is due, ``after`` itself or later; None where there is none or it cannot be told.

    Without days of its own, what recurs is due on the last day of the week, month, quarter, half-year or year; a day
    without a month lies in the last month of a quarter, half-year or year; one that a month lacks is its last day.
    """
    if due.date is not None:
        return due.date if due.date >= after else None
    if due.every is None:
        return None
    days = _weekdays(due.on, after) if due.every is Recurrence.WEEK else _days(due.every, due.on, after)
    return min((day for day in days if day >= after), default=None)


def _weekdays(on: tuple[str, ...], after: Date) -> list[Date]:
    named = [_WEEKDAYS.get(_plain(each)) for each in on] or [_SUNDAY]
    if None in named:
        return []
    return [after + timedelta((day - after.weekday()) % _WEEK) for day in named if day is not None]


def _days(every: Recurrence, on: tuple[str, ...], after: Date) -> list[Date]:
    """All of this year and the next; none where one of ``on`` cannot be read."""
    named = [_DAY.fullmatch(_plain(each)) for each in on]
    found = []
    for year in (after.year, after.year + 1):
        if not on:
            found += [_day(year, month, _LAST) for month in _LAST_MONTHS[every]]
        for each in named:
            if each is None:
                return []
            months = (int(each["month"]),) if each["month"] else _LAST_MONTHS[every]
            found += [_day(year, month, int(each["day"])) for month in months if month in _MONTHS]
    return found


def _day(year: int, month: int, day: int) -> Date:
    return Date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def _changing(directive: Directive, printed: Printed, duty: Duty, validity: Validity) -> set[str]:
    """The keys of the edges that changed the very place where it stands, or what its words changed elsewhere."""
    standing = validity.standing_of(directive.id)
    found = changes_at(
        printed,
        duty.span,
        edges=standing.edges if standing.status is Status.AMENDED else (),
        changes_of=lambda path: validity.amendments_of(directive.id, path),
    )
    parts = {edge.key for edge in found if edge.relation.articles}
    return parts | {edge.key for edge in validity.superseding(directive.id, duty.span)}


def _fits(decision: DutyDecision, read: ReadDuty) -> bool:
    places = {decision.directive, decision.file}
    return decision.words == read.words and bool(places & _places(read.directive))


def _places(directive: Directive) -> set[str]:
    return {directive.id, *directive.files}


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
