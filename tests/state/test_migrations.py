"""From nothing to the newest tables and back, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Text, inspect, text

from bot.errors import StateBusy, StateDamaged, StateNewer
from bot.state import accounts, members
from bot.state.database import HEAD, Database, known_revisions, migrations
from bot.state.tables import metadata
from tests.state.makers import NOW, add_member


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database.open(url)
    try:
        yield database
    finally:
        database.close()


def tables_in(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_an_empty_database_gets_every_table(empty_url: str) -> None:
    with opened(empty_url) as database, database.reading() as connection:
        assert tables_in(connection) == {*metadata.tables, "alembic_version"}


def test_the_migrated_tables_are_those_that_the_queries_expect(empty_url: str) -> None:
    with opened(empty_url) as database, database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_an_open_database_is_opened_again_as_it_is(empty_url: str) -> None:
    with opened(empty_url) as database, database.transaction() as connection:
        connection.execute(metadata.tables["notes"].insert().values(name="kept", value="1"))
    with opened(empty_url) as database, database.reading() as connection:
        assert connection.scalar(text("SELECT value FROM notes")) == "1"


def test_every_migration_can_be_taken_back(empty_url: str) -> None:
    with opened(empty_url) as database:
        with database.transaction() as connection:
            command.downgrade(migrations(connection), "base")
        with database.reading() as connection:
            assert tables_in(connection) == {"alembic_version"}
    with opened(empty_url) as database, database.reading() as connection:
        assert tables_in(connection) == {*metadata.tables, "alembic_version"}


def test_a_migration_that_fails_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr("bot.state.database.upgrade", fail)
        with pytest.raises(RuntimeError, match="stopped"):
            Database.open(empty_url)
    with opened(empty_url) as database, database.reading() as connection:
        assert "half" not in tables_in(connection)


def test_several_that_start_at_once_migrate_once(empty_url: str) -> None:
    errors: list[BaseException] = []
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        try:
            Database.open(empty_url).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_the_head_is_the_newest_of_one_line_of_revisions() -> None:
    with opened("sqlite://") as database, database.reading() as connection:
        scripts = ScriptDirectory.from_config(migrations(connection))
    assert scripts.get_heads() == [HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == known_revisions()


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    with opened(empty_url) as database, database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StateNewer) as caught:
        Database.open(empty_url)
    assert caught.value.facts == {"revision": "9999"}


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(StateDamaged):
        Database.open(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"no database")


def test_a_database_file_whose_pages_are_damaged_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    with opened(f"sqlite:///{path}") as database, database.transaction() as connection:
        for number in range(500):
            connection.execute(metadata.tables["notes"].insert().values(name=f"{number:0500}", value="x" * 500))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StateDamaged), opened(f"sqlite:///{path}") as database, database.reading() as connection:
        connection.execute(text("SELECT * FROM notes")).all()


def test_a_folder_that_cannot_hold_the_file_is_named_by_the_database(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").mkdir()
    with pytest.raises(StateBusy, match="unable to open"):
        Database.open(f"sqlite:///{tmp_path / 'state.sqlite3'}")


@pytest.mark.parametrize(
    "url", ["postgresql://bot:s3cret@127.0.0.1:1/bot", "postgres://bot:s3cret@/bot?host=/nowhere-at-all"]
)
def test_a_server_that_is_not_reached_is_said_without_the_password(url: str) -> None:
    with pytest.raises(StateBusy) as caught:
        Database.open(url)
    assert caught.value.facts["detail"]
    assert "s3cret" not in f"{caught.value}"


@pytest.mark.parametrize("url", ["mysql://a:s3cret@b/c", "nothing", "postgresql://a:s3cret@b:port/c", "sqlite+x:///a"])
def test_another_kind_of_database_is_refused_without_the_password(url: str) -> None:
    with pytest.raises(StateDamaged) as caught:
        Database.open(url)
    assert "s3cret" not in f"{caught.value}"


def test_tables_that_are_not_ours_stay_as_they_are(empty_url: str) -> None:
    with opened(empty_url) as database, database.transaction() as connection:
        command.downgrade(migrations(connection), "base")
        connection.execute(text("CREATE TABLE members (somebody TEXT)"))
    with pytest.raises((StateDamaged, StateBusy), match="members"):
        Database.open(empty_url)


def anew(connection: Connection) -> None:
    """A migration that makes a parent table anew, as alembic does on SQLite for a change of a column."""
    with Operations(MigrationContext.configure(connection)).batch_alter_table("members", recreate="always") as batch:
        batch.add_column(Column("phone", Text()))


def before_the_last_migration(url: str) -> None:
    """A member with an account, in a database that an earlier version has left."""
    with opened(url) as database, database.transaction() as connection:
        accounts.link(connection, member=add_member(connection).id, channel="zalo", account="a", chat="c", now=NOW)
        connection.execute(text("DELETE FROM alembic_version"))


def test_a_migration_that_makes_a_parent_table_anew_keeps_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite3'}"
    before_the_last_migration(url)
    monkeypatch.setattr("bot.state.database.upgrade", anew)
    with opened(url) as database, database.transaction() as connection:
        assert [account.account for account in accounts.everybody(connection)] == ["a"]
        assert "phone" in {column["name"] for column in inspect(connection).get_columns("members")}
        members.remove(connection, accounts.everybody(connection)[0].member)
        assert list(accounts.everybody(connection)) == []  # the rule holds again


def test_a_migration_that_loses_parents_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite3'}"
    before_the_last_migration(url)
    with monkeypatch.context() as patch:
        patch.setattr("bot.state.database.upgrade", lambda connection: connection.execute(text("DELETE FROM members")))
        with pytest.raises(StateDamaged, match="accounts: row 1 refers to no row of members"):
            Database.open(url)
    monkeypatch.setattr("bot.state.database.upgrade", lambda _: None)
    with opened(url) as database, database.reading() as connection:
        assert members.count(connection) == 1
