"""Opens the database, brings it to the newest revision, and hands out transactions."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StateBusy, StateDamaged, StateNewer

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "0003"
"""The revision of this version; a test holds it against the newest file of `migrations`."""

_BUSY_MS: Final = 15_000
_CONNECT_SECONDS: Final = 10
_URL_NEEDED: Final = "BOT_DATABASE_URL: sqlite:///… | postgresql://…"
_UPGRADE_LOCK: Final = 7_310_294
"""PostgreSQL's advisory lock: of several processes that start at once, one migrates."""


class Database:
    """``transaction`` writes, ``reading`` reads one consistent state. May be used from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._write_lock: AbstractContextManager[Any] = (
            threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )  # threads wait better than SQLite, which polls

    @classmethod
    def open(cls, url: str) -> Database:
        """``sqlite:///path`` or ``postgresql://…``. Raises StateBusy, StateDamaged, StateNewer."""
        with ExitStack() as undo:
            database = cls(_engine(url))
            undo.callback(database.close)
            try:
                with _told():
                    database._upgrade()
            except DatabaseError as error:  # no right to make tables, or tables there that are not ours
                raise StateDamaged(detail=_said(error)) from error
            undo.pop_all()
        return database

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commits at its end, rolls back on an error."""
        with (
            _told(),
            self._write_lock,
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        isolation = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with _told(), self.engine.connect().execution_options(**isolation) as connection, connection.begin():
            yield connection

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def is_gone(self) -> bool:
        """Whether SQLite's file was taken away under us: what is written now is lost when the program ends."""
        path = self.engine.url.database if self.is_sqlite else None
        return bool(path) and not Path(str(path)).exists()

    def close(self) -> None:
        self.engine.dispose()

    def _upgrade(self) -> None:
        with self._migrating() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            found = _revision(connection)
            if found == HEAD:
                return
            if found is not None and found not in known_revisions():
                raise StateNewer(revision=found)
            upgrade(connection)
            if self.is_sqlite and (lost := connection.execute(text("PRAGMA foreign_key_check")).first()):
                raise StateDamaged(detail=f"{lost[0]}: row {lost[1]} refers to no row of {lost[2]}")

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """A transaction in which SQLite may make a table anew: dropping the old one would erase the rows that refer to
        it, and only outside a transaction can that be turned off.
        """
        if not self.is_sqlite:
            with self.transaction() as connection:
                yield connection
            return
        with _told(), self._write_lock, self.engine.connect().execution_options(writes=True) as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                driver.execute("PRAGMA foreign_keys=ON")


def upgrade(connection: Connection, *, revision: str = "head") -> None:
    """Runs the migrations inside the transaction of this connection."""
    from alembic import command

    command.upgrade(migrations(connection), revision)


def migrations(connection: Connection) -> Config:
    """What alembic's commands are given."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def known_revisions() -> set[str]:
    return {path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _engine(url: str) -> Engine:
    parsed = _parsed(url)
    if parsed.drivername != "sqlite":
        waiting = {} if "connect_timeout" in parsed.query else {"connect_timeout": _CONNECT_SECONDS}
        return create_engine(parsed, pool_pre_ping=True, connect_args=waiting)
    if parsed.database:
        _make_private(Path(parsed.database))
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """The file, and so those that SQLite puts beside it, for the one who runs the program only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StateDamaged(detail=f"{path}: {error.strerror}") from error


def _parsed(url: str) -> URL:
    for short in ("postgresql://", "postgres://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StateDamaged(detail=_URL_NEEDED) from error
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StateDamaged(detail=_URL_NEEDED)
    return parsed


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (f"busy_timeout={_BUSY_MS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """SQLite does not wait for the lock that this change needs, as it does for all others."""
    gives_up = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > gives_up:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """Whoever writes takes the lock at once: a read that turns into a write later would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """What the driver says becomes ours; the URL, which may hold a password, is no part of it."""
    try:
        yield
    except OperationalError as error:
        raise StateBusy(detail=_said(error)) from error
    except NoConnectionFree as error:
        raise StateBusy(detail="every connection is in use") from error
    except DatabaseError as error:
        if type(error) is DatabaseError:  # SQLite's "file is not a database"; others are our own faults
            raise StateDamaged(detail=_said(error)) from error
        raise


def _said(error: DatabaseError) -> str:
    return str(error.orig).strip().partition("\n")[0]
