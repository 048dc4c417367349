"""What administrators decided on single edges between directives: that one counts, or not. No snapshot undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, select

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import relation_decisions as table


class Place(Frozen):
    """Where an edge is, however the ids of its directives and its articles are read later.

    ``file``: of the directive that says it. ``kind``: of the relation. ``target``: the number of the other directive in
    one spelling, or its file where it has no number.
    """

    file: str
    kind: str
    target: str


class Decision(Place):
    """``edge``: its key, the same in every build while what it is made of stays. ``decided_by``: a member's code, or
    who else acted.
    """

    edge: str
    stands: bool
    decided_by: str
    decided_at: datetime


def everything(db: Connection) -> Mapping[str, bool]:
    """By edge, whether it was let stand."""
    return {row.edge: row.stands for row in db.execute(select(table.c.edge, table.c.stands))}


def decisions(db: Connection) -> tuple[Decision, ...]:
    """The oldest first."""
    rows = db.execute(select(table).order_by(table.c.decided_at, table.c.edge)).mappings()
    return tuple(_decision(row) for row in rows)


def get(db: Connection, edge: str) -> Decision | None:
    row = db.execute(select(table).where(table.c.edge == edge)).mappings().one_or_none()
    return _decision(row) if row else None


def save(db: Connection, edge: str, place: Place, *, stands: bool | None, by: str, now: datetime) -> None:
    """None takes back what was decided."""
    if stands is None:
        drop(db, edge)
        return
    put(db, table, {"edge": edge}, {**_columns(place), "stands": stands, "decided_by": by, "decided_at": now})


def drop(db: Connection, edge: str) -> None:
    db.execute(delete(table).where(table.c.edge == edge))


def _columns(place: Place) -> dict[str, str]:
    return {"file": place.file, "kind": place.kind, "target": place.target}


def _decision(row: RowMapping) -> Decision:
    return Decision.model_validate(dict(row))
