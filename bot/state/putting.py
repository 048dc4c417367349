"""Insert or update, the same on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def put(db: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Inserts the row of this key, or gives the one that is there these values."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(**key, **values)
    db.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
