"""What administrators did, and attacks that were refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from bot.messages import Frozen
from bot.state.tables import audit


class Entry(Frozen):
    """``actor``: a member's code, or who else acted (``console``, ``system``); never a name."""

    at: datetime
    actor: str
    action: str
    facts: Mapping[str, str]


def record(db: Connection, *, actor: str, action: str, now: datetime, **facts: object) -> None:
    """``action``: a dotted word, ``member.invite``; a fact never holds a code or a token."""
    said = json.dumps({name: str(value) for name, value in facts.items()}, ensure_ascii=False)
    db.execute(insert(audit).values(at=now, actor=actor, action=action, facts=said))


def entries(db: Connection) -> Iterator[Entry]:
    """Oldest first."""
    for row in db.execute(select(audit).order_by(audit.c.id)).mappings():
        yield _entry(row)


def _entry(row: RowMapping) -> Entry:
    return Entry(at=row["at"], actor=row["actor"], action=row["action"], facts=json.loads(row["facts"]))
