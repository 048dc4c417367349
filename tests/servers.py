"""The PostgreSQL server that the tests are lent: ``TEST_POSTGRESQL_URL``, as `.ci/run` starts one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from bot.state.database import Database
from bot.state.tables import metadata

POSTGRESQL_NOT_RUN: Final = "PostgreSQL: not run"


def postgresql_url() -> str | None:
    """None where no server is lent."""
    return os.environ.get("TEST_POSTGRESQL_URL") or None


def required_postgresql_url() -> str:
    """Skips the test where no server is lent; fails it where ``CI_REQUIRES_SERVERS=1`` says that there must be one."""
    if url := postgresql_url():
        return url
    if os.environ.get("CI_REQUIRES_SERVERS") == "1":
        pytest.fail("CI_REQUIRES_SERVERS=1, and TEST_POSTGRESQL_URL names no server")
    pytest.skip(POSTGRESQL_NOT_RUN)


class PostgreSQL:
    """A database of this run alone. What a test leaves is taken away before the next one."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._name = f"test_{secrets.token_hex(6)}"
        self._empty = 0

    @classmethod
    @contextmanager
    def of_this_session(cls, url: str) -> Iterator[PostgreSQL]:
        server = cls(url)
        with _administering(server._url.render_as_string(hide_password=False)) as administration:
            with administration.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {server._name}"))
            try:
                Database.open(server.url).close()
                with _administering(server.url) as server._engine:
                    yield server
            finally:
                with administration.connect() as connection:
                    connection.execute(text(f"DROP DATABASE {server._name} WITH (FORCE)"))

    @property
    def url(self) -> str:
        return self._url.set(database=self._name).render_as_string(hide_password=False)

    def emptied(self) -> str:
        """The migrated database, without rows."""
        with self._engine.connect() as connection:
            connection.execute(text("SET lock_timeout = '10s'"))  # a test that left a transaction open is told so
            tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
        return self.url

    def without_tables(self) -> str:
        """A place where nothing has been made yet."""
        self._empty += 1
        schema = f"empty_{self._empty}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        place = make_url(self.url).update_query_dict({"options": f"-csearch_path={schema}"})
        return place.render_as_string(hide_password=False)


@contextmanager
def _administering(url: str) -> Iterator[Engine]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    try:
        yield engine
    finally:
        engine.dispose()
