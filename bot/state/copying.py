"""Every row as a line of JSON, the same from either database and into either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, create_model
from sqlalchemy import Boolean, Column, Connection, Integer, Table, func, insert, select, text
from sqlalchemy.sql.type_api import TypeEngine

from bot.state.tables import Moment, leases, metadata

COPIED: Final = tuple(table for table in metadata.sorted_tables if table is not leases)
"""In an order in which a row comes after those it refers to. Who holds a lease is true of now alone."""
_BATCH: Final = 500


def lines_of(db: Connection, table: Table) -> Iterator[str]:
    row_kind = _row_kind(table)
    query = select(table).order_by(*table.primary_key)
    for row in db.execute(query, execution_options={"yield_per": _BATCH}).mappings():
        yield row_kind.model_validate(dict(row)).model_dump_json()


def read_row(table: Table, line: bytes) -> dict[str, Any]:
    """Raises ValueError for what is no row of this table."""
    return dict(_row_kind(table).model_validate_json(line))


def load(db: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    written = rows if db.dialect.name == "sqlite" else map(_without_zero_bytes, rows)
    rest = iter(written)
    while batch := list(islice(rest, _BATCH)):
        db.execute(insert(table), batch)


def is_empty(db: Connection) -> bool:
    return not any(db.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables)


def last_numbers(db: Connection) -> dict[str, int]:
    """The last number that each table has given, also to a row that is gone: none is given twice."""
    given = _sequences(db)
    largest = {table.name: db.scalar(select(func.max(_number(table)))) or 0 for table in _numbered()}
    return {name: max(largest[name], given.get(name, 0)) for name in largest}


def go_on_from(db: Connection, numbers: Mapping[str, int]) -> None:
    """The next number of each table comes after the one said."""
    for table in _numbered():
        last = numbers.get(table.name, 0)
        if last <= 0:
            continue
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), _said(table, last))
        elif table.dialect_options["sqlite"]["autoincrement"]:
            db.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            db.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), _said(table, last))


def _said(table: Table, last: int) -> dict[str, str | int]:
    return {"name": table.name, "last": last}


def _sequences(db: Connection) -> dict[str, int]:
    if db.dialect.name == "sqlite":
        return {row.name: row.seq for row in db.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found = {}
    for table in _numbered():
        sequence = db.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        found[table.name] = db.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"))
    return found


def _numbered() -> list[Table]:
    return [table for table in COPIED if table.autoincrement_column is not None]


def _number(table: Table) -> Column[int]:
    column = table.autoincrement_column
    assert column is not None
    return column


def _without_zero_bytes(row: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL keeps none in a text, SQLite does."""
    return {name: value.replace("\0", "�") if isinstance(value, str) else value for name, value in row.items()}


@cache
def _row_kind(table: Table) -> type[BaseModel]:
    """Every column; one that may be NULL may be left out, as a backup of an earlier version does."""
    fields: dict[str, Any] = {
        column.name: (_python_type(column.type) | None, None) if column.nullable else (_python_type(column.type), ...)
        for column in table.columns
    }
    return create_model(f"Row of {table.name}", __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _python_type(kind: TypeEngine[Any]) -> Any:
    if isinstance(kind, Moment):
        return AwareDatetime
    return bool if isinstance(kind, Boolean) else int if isinstance(kind, Integer) else str
