"""The committee's members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.messages import Frozen
from bot.state.tables import members


class Role(StrEnum):
    MEMBER = "member"
    SECRETARY = "secretary"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


class Member(Frozen):
    """``code``: the committee's own; ``cell``: the name of their chi bộ."""

    id: int
    code: str
    name: str
    cell: str
    role: Role


def add(db: Connection, *, code: str, name: str, cell: str, role: Role, now: datetime) -> Member:
    row = db.execute(
        insert(members).values(code=code, name=name, cell=cell, role=role.value, created_at=now).returning(members)
    )
    return _member(row.mappings().one())


def change(db: Connection, member: int, **values: Any) -> None:
    """``name``, ``cell`` or ``role``."""
    db.execute(update(members).where(members.c.id == member).values(**values))


def remove(db: Connection, member: int) -> None:
    """With their accounts and invitations."""
    db.execute(delete(members).where(members.c.id == member))


def everybody(db: Connection) -> Sequence[Member]:
    """In the order of cell, then code."""
    rows = db.execute(select(members).order_by(members.c.cell, members.c.code)).mappings()
    return [_member(row) for row in rows]


def cells(db: Connection) -> list[str]:
    """The names of all chi bộ, each once, in order."""
    return list(db.scalars(select(members.c.cell).distinct().order_by(members.c.cell)))


def by_id(db: Connection, member: int) -> Member | None:
    row = db.execute(select(members).where(members.c.id == member)).mappings().one_or_none()
    return _member(row) if row else None


def by_code(db: Connection, code: str) -> Member | None:
    row = db.execute(select(members).where(members.c.code == code)).mappings().one_or_none()
    return _member(row) if row else None


def with_role(db: Connection, role: Role) -> Sequence[Member]:
    rows = db.execute(select(members).where(members.c.role == role.value).order_by(members.c.id)).mappings()
    return [_member(row) for row in rows]


def count(db: Connection) -> int:
    return db.scalar(select(func.count()).select_from(members)) or 0


def _member(row: RowMapping) -> Member:
    return Member(id=row["id"], code=row["code"], name=row["name"], cell=row["cell"], role=Role(row["role"]))
