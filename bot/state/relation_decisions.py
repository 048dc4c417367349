"""What administrators decided on single edges between directives: that one counts, or not. No snapshot undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, select

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import relation_decisions as table


class Decision(Frozen):
    """``edge``: its key, the same in every build. ``decided_by``: a member's code, or who else acted."""

    edge: str
    stands: bool
    decided_by: str
    decided_at: datetime


def everything(db: Connection) -> Mapping[str, bool]:
    """By edge, whether it was let stand."""
    return {row.edge: row.stands for row in db.execute(select(table.c.edge, table.c.stands))}


def get(db: Connection, edge: str) -> Decision | None:
    row = db.execute(select(table).where(table.c.edge == edge)).mappings().one_or_none()
    return _decision(row) if row else None


def save(db: Connection, edge: str, *, stands: bool | None, by: str, now: datetime) -> None:
    """None takes back what was decided."""
    if stands is None:
        db.execute(delete(table).where(table.c.edge == edge))
        return
    put(db, table, {"edge": edge}, {"stands": stands, "decided_by": by, "decided_at": now})


def _decision(row: RowMapping) -> Decision:
    return Decision.model_validate(dict(row))
