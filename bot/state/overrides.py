"""What administrators set for single directives: for whom it is, and whether it is withdrawn. No snapshot undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, select

from bot.messages import Frozen
from bot.state.putting import put
from bot.state.tables import overrides
from index import DirectiveId


class Override(Frozen):
    """``audience``: None leaves it as the library says. ``file``: a withdrawn directive that a new build reads under
    another id is known by its file.
    """

    directive: DirectiveId
    file: str
    audience: str | None
    withdrawn: bool
    changed_at: datetime


def everything(db: Connection) -> Sequence[Override]:
    return [_override(row) for row in db.execute(select(overrides).order_by(overrides.c.directive)).mappings()]


def get(db: Connection, directive: DirectiveId) -> Override | None:
    row = db.execute(select(overrides).where(overrides.c.directive == directive)).mappings().one_or_none()
    return _override(row) if row else None


def save(
    db: Connection, directive: DirectiveId, *, file: str, audience: str | None, withdrawn: bool, now: datetime
) -> None:
    """One that says nothing is removed."""
    if audience is None and not withdrawn:
        db.execute(delete(overrides).where(overrides.c.directive == directive))
        return
    values = {"file": file, "audience": audience, "withdrawn": withdrawn, "changed_at": now}
    put(db, overrides, {"directive": directive}, values)


def _override(row: RowMapping) -> Override:
    return Override(
        directive=DirectiveId(row["directive"]),
        file=row["file"],
        audience=row["audience"],
        withdrawn=row["withdrawn"],
        changed_at=row["changed_at"],
    )
