"""What administrators decided on the duties that were read in directives: confirmed, corrected or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, select

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import duty_decisions as table
from index import Due


class DutyDecision(Frozen):
    """``duty``: its key in the library. ``words``: the clause and what was read of it, folded: the decision counts for
    these alone, also where the key is another by now. ``who``, ``due``: as they were confirmed, None where there is
    nobody and no time. ``decided_by``: a member's code, or who else did.
    """

    duty: str
    directive: str
    file: str
    words: str
    confirmed: bool
    who: str | None = None
    due: Due | None = None
    decided_by: str
    decided_at: datetime


def everything(db: Connection) -> Sequence[DutyDecision]:
    """The oldest first."""
    rows = db.execute(select(table).order_by(table.c.decided_at, table.c.duty)).mappings()
    return [_decision(row) for row in rows]


def get(db: Connection, duty: str) -> DutyDecision | None:
    row = db.execute(select(table).where(table.c.duty == duty)).mappings().one_or_none()
    return _decision(row) if row else None


def save(db: Connection, decision: DutyDecision) -> None:
    values = decision.model_dump(exclude={"duty", "due"})
    values["due"] = decision.due.model_dump_json() if decision.due else None
    put(db, table, {"duty": decision.duty}, values)


def drop(db: Connection, duty: str) -> None:
    db.execute(delete(table).where(table.c.duty == duty))


def _decision(row: RowMapping) -> DutyDecision:
    values = dict(row)
    values["due"] = Due.model_validate_json(values["due"]) if values["due"] else None
    return DutyDecision.model_validate(values)
