"""The duties on the administrators' page: the same lists and decisions as in chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.channels.web.desk import Visitor
from bot.channels.web.duty_desk import VIEWS, DutyDeed, DutyListing, DutyRow, DutyView
from bot.department import Stale
from bot.digest.duties.deciding import Duties, Judged, decide, duties_now, judged_anew
from bot.digest.duties.dues import Correction, read_correction, typed_due, typed_who
from bot.digest.duties.wording import duty_lines, duty_quote
from bot.people.identity import identify

if TYPE_CHECKING:
    from bot.state.database import Database
    from bot.validity.register import Register
    from index import Library

PAGE: Final = 20

_WEB: Final = "web"


class DutyPages:
    """The `DutyDesk` of this application."""

    def __init__(
        self, library: Library, database: Database, register: Register, *, clock: Callable[[], datetime]
    ) -> None:
        self._library = library
        self._database = database
        self._register = register
        self._clock = clock

    def listing(self, view: DutyView, *, page: int) -> DutyListing:
        duties = self._duties()
        lists = {name: duties.listed(name) for name in VIEWS}
        pages = max(-(-len(lists[view]) // PAGE), 1)
        page = min(max(page, 1), pages)
        past = len(duties.past)
        return DutyListing(
            view=view,
            counts={name: len(listed) for name, listed in lists.items()},
            rows=tuple(_row(one, duties) for one in lists[view][(page - 1) * PAGE : page * PAGE]),
            page=page,
            pages=pages,
            note=texts.DUTIES_PAST.format(count=past) if view == "waiting" and past else "",
        )

    def decide(self, visitor: Visitor, key: str, deed: DutyDeed, *, mark: str, who: str, due: str) -> str | None:
        duties, now = self._duties(), self._clock()
        was = duties.get(key)
        if was is None:
            return None
        if _mark(was) != mark:
            return texts.READ_DECIDED_MEANWHILE
        correction = _correction(was, duties, who=who, due=due) if deed == "correct" else Correction()
        if isinstance(correction, str):
            return correction
        by = self._code_of(visitor)
        becomes: Judged | None = replace(was, decision=None)
        if deed != "take_back":
            who_now, due_now = correction.of(was.who, was.due)
            becomes = judged_anew(was, duties, confirmed=deed != "drop", who=who_now, due=due_now, by=by, now=now)
        if becomes is None:
            return None
        try:
            with self._database.transaction() as db:
                decide(db, duties, was, becomes, by=by, now=now)
        except Stale:
            return texts.READ_DECIDED_MEANWHILE
        return ""

    def _duties(self) -> Duties:
        return duties_now(self._library, self._database, self._register)

    def _code_of(self, visitor: Visitor) -> str:
        with self._database.reading() as db:
            return identify(db, _WEB, visitor.account).code


def _row(one: Judged, duties: Duties) -> DutyRow:
    return DutyRow(
        key=one.duty.key,
        mark=_mark(one),
        state=one.state,
        lines=tuple(duty_lines(one, duties)),
        quote=duty_quote(one, duties, visible=None),
        who=one.who,
        due=typed_due(one.due),
    )


def _mark(one: Judged) -> str:
    return f"{one.state}@{one.decision.decided_at.isoformat()}" if one.decision else ""


def _correction(one: Judged, duties: Duties, *, who: str, due: str) -> Correction | str:
    """What was changed in the form. An empty field takes away what stood in it; one left as it was changes nothing."""
    who, due = " ".join(who.split()), " ".join(due.split())
    timed = Correction()
    if due != typed_due(one.due):
        read = read_correction(due, today=duties.today) if due else Correction(timed=True)
        if isinstance(read, str):
            return read
        if not read.timed or read.who is not None:
            return texts.DUTY_NOT_UNDERSTOOD.format(words=due[:60])
        timed = read
    named = typed_who(who)
    return named if isinstance(named, str) else replace(timed, who=named.who)
