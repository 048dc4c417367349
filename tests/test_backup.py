"""A whole installation into one file and back, from and into both databases."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, select, text

from bot import texts
from bot.backup import CURRENT, HISTORY, Manifest, write_backup
from bot.commands import backup as commands
from bot.digest.clockwork import RESTORED
from bot.errors import BadBackup, BadUsage, FileMissing, RestoreRefused, StateBusy
from bot.messages import say
from bot.people.keys import KEY_FILE, Keys, load_keys
from bot.restore import restore
from bot.settings import Settings
from bot.state import (
    accounts,
    audit,
    conversations,
    digest_choices,
    digests,
    duty_decisions,
    groups,
    inbox,
    invitations,
    leases,
    letters,
    members,
    notes,
    office_answers,
    outbox,
    overrides,
    questions,
    relation_decisions,
    sessions,
)
from bot.state.copying import COPIED
from bot.state.database import HEAD, Database
from bot.state.tables import metadata
from index import Due, Library
from index.history import FILE
from tests.conftest import CORPUS
from tests.digest.makers import Clock, Digests
from tests.state.makers import NOW, add_member, answer, later, message, push
from tests.state.test_digests import add_digest, add_letter
from tests.state.test_office import DIRECTIVE, QUOTE

CODE = "0123456789"
QUESTION = "Chỉ thị 24-CT/TU nói gì về kỷ cương?"


def settings_at(home: Path, url: str, **others: Any) -> Settings:
    return Settings(
        _env_file=None,
        corpus_dir=home / "corpus",
        library_dir=home / "library",
        state_dir=home / "state",
        database_url=SecretStr(url),
        **others,
    )


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database.open(url)
    try:
        yield database
    finally:
        database.close()


def fill(db: Connection, keys: Keys) -> None:
    """At least one row in every table."""
    member = add_member(db)
    accounts.link(db, member=member.id, channel="zalo", account="a", chat="c", now=NOW)
    invitations.add(db, member=member.id, code_hash=keys.hash("code", CODE), now=NOW, expires_at=later(days=14))
    invitations.add_attempt(db, channel="zalo", account="b", now=NOW)
    sessions.add(db, token_hash="t", account="web", now=NOW, expires_at=later(days=1))
    conversations.save(db, "zalo", "c", conversations.ChatState(task='{"bước": 2}', greeted=True), now=NOW)
    inbox.store(db, message("waiting"), now=later(seconds=0.123456))
    answer(db, 1, chat="c2", text="“Đúng lời” 🙂")
    questions.add(
        db, asker=keys.asker(member.id), channel="zalo", text="Hỏi\ngì?", answered=True, directives=["d"], now=NOW
    )
    office_answers.add(db, question="q", form="f", quote=QUOTE, remark="", now=NOW)
    overrides.save(db, DIRECTIVE.id, file="a.docx", audience=None, withdrawn=True, now=NOW)
    place = relation_decisions.Place(file="a.docx", kind="replaces", target="b.docx")
    relation_decisions.save(db, "a|replaces|b|", place, stands=False, by="DV001", now=NOW)
    groups.register(db, "telegram", "g", audience="member", now=NOW)
    leases.take(db, "telegram", holder="one", now=NOW, until=later(seconds=30))
    audit.record(db, actor="DV001", action="member.invite", now=NOW, member="DV002")
    notes.write(db, "looked", "2026-03-01")
    fill_digest(db, member.id)


def fill_digest(db: Connection, member: int) -> None:
    digest = add_digest(db)
    text = digests.add_text(db, digest, say("toàn văn"))
    letters.add(db, digest=digest, member=member, cell="1", text=text, skipped=letters.Skip.OPTED_OUT)
    digest_choices.save(db, member, digest_choices.DigestChoice(receives=False), now=NOW)
    due = Due(date=NOW.date())
    decision = duty_decisions.DutyDecision(
        duty="a|1", directive="a", file="a.docx", words="w", confirmed=True, due=due, decided_by="QT1", decided_at=NOW
    )
    duty_decisions.save(db, decision)


@pytest.fixture
def installation(database: Database, database_url: str, sample_folder: Path, tmp_path: Path) -> Settings:
    settings = settings_at(tmp_path / "old", database_url)
    shutil.copytree(CORPUS, settings.corpus_dir)
    shutil.copytree(sample_folder, settings.library_dir)
    with database.transaction() as db:
        fill(db, load_keys(None, state_dir=settings.state_dir))
    return settings


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Settings, Database]]:
    """An installation with next to nothing in it, on SQLite."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    settings = settings_at(tmp_path / "old", url)
    load_keys(None, state_dir=settings.state_dir)
    put(settings.corpus_dir / "a" / "ct-1.txt", b"one")
    put_snapshot(settings.library_dir, "first", b"first")
    with opened(url) as database:
        with database.transaction() as db:
            add_member(db)
        yield settings, database


@pytest.fixture
def small_file(small: tuple[Settings, Database], tmp_path: Path) -> Path:
    settings, database = small
    write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    return tmp_path / "backup.tar.gz"


@pytest.fixture
def target(tmp_path: Path) -> Settings:
    return settings_at(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'state' / 'state.sqlite3'}")


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def put_snapshot(library: Path, name: str, content: bytes) -> None:
    """A stand-in whose files all hold the same; then switched to."""
    for file in ("manifest.json", "words/a", "words/b", "vectors"):
        put(library / "snapshots" / name / file, content)
    put(library / "CURRENT.new", name.encode())
    (library / "CURRENT.new").replace(library / CURRENT)


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.reading() as db:
        return {
            table.name: [dict(row) for row in db.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in COPIED
        }


def test_everything_comes_back_from_either_database_into_either(
    installation: Settings, database: Database, empty_url: str, tmp_path: Path
) -> None:
    write_backup(tmp_path / "backup.tar.gz", database, installation, now=NOW)
    restored = settings_at(tmp_path / "new", empty_url)
    restore(tmp_path / "backup.tar.gz", restored, clock=lambda: NOW)

    expected = rows_of(database)
    (waiting,) = [row for row in expected["outbox"] if row["status"] == "pending"]
    waiting["again"] = True
    expected["notes"] = sorted(
        [*expected["notes"], {"name": RESTORED, "value": NOW.isoformat()}], key=lambda row: str(row["name"])
    )
    with opened(empty_url) as new:
        found = rows_of(new)
        with new.transaction() as db:
            assert leases.holder_of(db, "telegram", now=NOW) is None
    assert all(expected.values()), "a table without rows proves nothing"
    assert found == expected
    assert files_below(restored.corpus_dir) == files_below(installation.corpus_dir)
    assert (restored.state_dir / KEY_FILE).read_bytes() == (installation.state_dir / KEY_FILE).read_bytes()


def test_the_same_question_has_the_same_answer_afterwards(
    installation: Settings, database: Database, empty_url: str, sample_library: Library, tmp_path: Path
) -> None:
    write_backup(tmp_path / "backup.tar.gz", database, installation, now=NOW)
    restored = settings_at(tmp_path / "new", empty_url)
    restore(tmp_path / "backup.tar.gz", restored)
    before, after = sample_library.search(QUESTION), Library.open(restored.library_dir).search(QUESTION)
    assert before.quotes
    assert after == before


def test_a_code_that_was_issued_before_is_good_afterwards(
    installation: Settings, database: Database, empty_url: str, tmp_path: Path
) -> None:
    write_backup(tmp_path / "backup.tar.gz", database, installation, now=NOW)
    restored = settings_at(tmp_path / "new", empty_url)
    restore(tmp_path / "backup.tar.gz", restored)
    keys = load_keys(None, state_dir=restored.state_dir)
    with opened(empty_url) as new, new.transaction() as db:
        redeemed = invitations.redeem(db, keys.hash("code", CODE), now=later(days=1))
        assert redeemed is not None
        assert members.by_id(db, redeemed.member) is not None


def test_no_number_that_was_given_is_given_again(
    installation: Settings, database: Database, empty_url: str, tmp_path: Path
) -> None:
    with database.transaction() as db:
        gone = add_member(db, "gone")
        members.remove(db, gone.id)
        last_sent = push(db)
        outbox.mark_sent(db, last_sent, platform_message=None, now=NOW)
        outbox.forget_chat(db, "telegram", "c1")
    write_backup(tmp_path / "backup.tar.gz", database, installation, now=NOW)
    restore(tmp_path / "backup.tar.gz", settings_at(tmp_path / "new", empty_url))
    with opened(empty_url) as new, new.transaction() as db:
        assert add_member(db, "new").id > gone.id
        assert push(db) > last_sent


def test_what_was_on_its_way_goes_again_when_it_answers_and_not_when_it_was_pushed(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    settings, database = small
    with database.transaction() as db:
        pending, sending = answer(db, 1, chat="a"), answer(db, 2, chat="b")
        push(db, chat="c")
        outbox.mark_sending(db, sending)
        inbox.store(db, message("waiting", chat="d"), now=NOW)
    write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    restore(tmp_path / "backup.tar.gz", target)
    with opened(target.database) as new, new.reading() as db:
        due = outbox.due(db, "telegram", now=NOW, limit=9)
        assert [(parcel.number, parcel.again) for parcel in due] == [(pending, True), (sending, True)]
        assert outbox.counts(db) == {"pending": 2, "unknown": 1}
        assert inbox.count_waiting(db) == 1


def test_a_digest_that_was_on_its_way_is_unknown_afterwards_and_one_of_later_is_not_sent_by_itself(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    """Both may have arrived since the backup was made."""
    settings, database = small
    before = Digests(database, Clock("2026-11-23 06:00"))
    before.clockwork.look()
    with database.transaction() as db:
        add_letter(db, add_digest(db), add_member(db, "DV9").id)
    write_backup(tmp_path / "backup.tar.gz", database, settings, now=before.clock())
    clock = Clock("2026-11-23 09:00")
    restore(tmp_path / "backup.tar.gz", target, clock=clock)
    with opened(target.database) as new:
        after = Digests(new, clock)
        assert [after.statuses(1), after.clockwork.look(), after.clockwork.look()] == [["unknown"], None, None]
        with new.reading() as db:
            assert [each.missed for each in digests.newest(db, limit=9)] == [True, False]
        clock.set("2026-11-30 07:30")
        assert after.clockwork.look() == 3


def test_a_zero_byte_that_one_database_keeps_does_not_stop_the_other(
    small: tuple[Settings, Database], empty_url: str, tmp_path: Path
) -> None:
    settings, database = small
    with database.transaction() as db:
        notes.write(db, "odd", "a\0b")
    write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    restore(tmp_path / "backup.tar.gz", settings_at(tmp_path / "new", empty_url))
    with opened(empty_url) as new, new.reading() as db:
        assert notes.read(db, "odd") in ("a\0b", "a�b")


def test_rows_are_of_one_moment_though_another_thread_writes(
    installation: Settings, database: Database, target: Settings, tmp_path: Path
) -> None:
    """Each write makes a message and counts it: a backup in between would hold another count than messages."""
    stop = threading.Event()
    written = [0]

    def write() -> None:
        while not stop.is_set():
            with database.transaction() as db:
                inbox.store(db, message(f"busy {written[0]}", channel="busy"), now=NOW)
                notes.write(db, "counted", str(written[0] + 1))
            written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while written[0] < 5:
            stop.wait(0.001)
        write_backup(tmp_path / "backup.tar.gz", database, installation, now=NOW)
        during = written[0]
    finally:
        stop.set()
        writer.join()
    assert during > 5
    restore(tmp_path / "backup.tar.gz", target)
    with opened(target.database) as new, new.reading() as db:
        assert str(inbox.count_waiting(db, "busy")) == notes.read(db, "counted")


def test_the_snapshot_is_whole_though_builds_switch_and_sweep(small: tuple[Settings, Database], tmp_path: Path) -> None:
    settings, database = small
    stop = threading.Event()

    def build() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            old = (settings.library_dir / CURRENT).read_text()
            put_snapshot(settings.library_dir, f"s{number}", f"s{number}".encode())
            shutil.rmtree(settings.library_dir / "snapshots" / old)

    builder = threading.Thread(target=build)
    builder.start()
    try:
        for number in range(20):
            path = tmp_path / f"{number}.tar.gz"
            manifest = write_backup(path, database, settings, now=NOW)
            with tarfile.open(path) as tar:
                names = [name for name in tar.getnames() if name.startswith("library/snapshots/")]
                contents = {tar.extractfile(name).read().decode() for name in names}  # type: ignore[union-attr]
            assert (len(names), contents) == (4, {manifest.snapshot} if manifest.snapshot != "first" else {"first"})
    finally:
        stop.set()
        builder.join()


def test_earlier_versions_come_back_whole_though_a_build_writes_meanwhile(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    settings, database = small
    with closing(sqlite3.connect(settings.library_dir / HISTORY)) as base:
        base.executescript("CREATE TABLE versions (id TEXT); INSERT INTO versions VALUES ('kept')")
        base.execute("INSERT INTO versions VALUES ('not yet')")
        write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    restore(tmp_path / "backup.tar.gz", target)
    with closing(sqlite3.connect(target.library_dir / HISTORY)) as base:
        assert base.execute("SELECT id FROM versions").fetchall() == [("kept",)]


def test_the_file_of_earlier_versions_is_the_librarys() -> None:
    assert HISTORY == FILE


def test_only_the_owner_may_read_the_file_and_the_key(small_file: Path, target: Settings) -> None:
    restore(small_file, target)
    assert [path.stat().st_mode & 0o777 for path in (small_file, target.state_dir / KEY_FILE)] == [0o600, 0o600]


def test_a_backup_takes_the_place_of_an_older_one_and_leaves_nothing_beside(
    small: tuple[Settings, Database], tmp_path: Path
) -> None:
    settings, database = small
    folder = tmp_path / "backups"
    put(folder / "backup.tar.gz", b"older")
    write_backup(folder / "backup.tar.gz", database, settings, now=NOW)
    assert [path.name for path in folder.iterdir()] == ["backup.tar.gz"]
    assert tarfile.is_tarfile(folder / "backup.tar.gz")


def test_a_backup_that_fails_leaves_the_older_one(
    small: tuple[Settings, Database], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings, database = small
    folder = tmp_path / "backups"
    put(folder / "backup.tar.gz", b"older")

    def fail() -> Any:
        raise StateBusy(detail="gone")

    monkeypatch.setattr(database, "reading", fail)
    with pytest.raises(StateBusy):
        write_backup(folder / "backup.tar.gz", database, settings, now=NOW)
    assert files_below(folder) == {"backup.tar.gz": b"older"}


def test_hidden_files_and_links_out_of_the_corpus_are_left_out(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    settings, database = small
    put(tmp_path / "secret.txt", b"not a directive")
    put(settings.corpus_dir / ".draft.docx", b"half")
    (settings.corpus_dir / "out.txt").symlink_to(tmp_path / "secret.txt")
    (settings.corpus_dir / "in.txt").symlink_to(settings.corpus_dir / "a" / "ct-1.txt")
    (settings.corpus_dir / "nowhere.txt").symlink_to(tmp_path / "nothing")
    write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    restore(tmp_path / "backup.tar.gz", target)
    assert files_below(target.corpus_dir) == {"a/ct-1.txt": b"one", "in.txt": b"one"}


def test_an_installation_without_corpus_and_library_can_be_kept(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    settings, database = small
    for folder in (settings.corpus_dir, settings.library_dir, settings.state_dir):
        shutil.rmtree(folder)
    manifest = write_backup(tmp_path / "backup.tar.gz", database, settings, now=NOW)
    restore(tmp_path / "backup.tar.gz", target)
    assert (manifest.snapshot, manifest.key, manifest.files) == (None, None, {"library": 0, "corpus": 0})
    with opened(target.database) as new, new.reading() as db:
        assert members.count(db) == 1


def test_a_backup_is_not_written_into_what_it_keeps(small: tuple[Settings, Database]) -> None:
    settings, database = small
    for folder in (settings.corpus_dir, settings.library_dir):
        with pytest.raises(BadUsage, match=re.escape(str(folder))):
            write_backup(folder / "backup.tar.gz", database, settings, now=NOW)


def test_a_backup_that_cannot_be_written_is_one_error(small: tuple[Settings, Database], tmp_path: Path) -> None:
    settings, database = small
    with pytest.raises(FileMissing, match="nowhere"):
        write_backup(tmp_path / "nowhere" / "backup.tar.gz", database, settings, now=NOW)


def nothing_was_made(target: Settings) -> bool:
    return not any(path.exists() for path in (target.corpus_dir, target.library_dir, target.state_dir))


@pytest.mark.parametrize("name", ["corpus_dir", "library_dir", "state_dir"])
def test_a_folder_that_is_not_empty_is_left_alone(small_file: Path, target: Settings, name: str) -> None:
    folder: Path = getattr(target, name)
    put(folder / "here", b"already")
    with pytest.raises(RestoreRefused, match=re.escape(str(folder))):
        restore(small_file, target)
    assert files_below(target.corpus_dir.parent) == {f"{folder.name}/here": b"already"}


def test_a_database_with_rows_is_left_alone_and_named_without_its_password(
    small_file: Path, database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.transaction() as db:
        add_member(db, "here")
    target = settings_at(tmp_path / "new", database_url)
    with pytest.raises(RestoreRefused):
        restore(small_file, target)
    with database.reading() as db:
        assert [member.code for member in members.everybody(db)] == ["here"]
    assert nothing_was_made(target)


def test_empty_folders_are_good_enough_also_on_disks_of_their_own(small_file: Path, target: Settings) -> None:
    for folder in (target.corpus_dir, target.library_dir, target.state_dir):
        (folder / "lost+found").mkdir(parents=True)
    restore(small_file, target)
    assert files_below(target.corpus_dir) == {"a/ct-1.txt": b"one"}
    assert sorted(path.name for path in target.library_dir.iterdir()) == [CURRENT, "lost+found", "snapshots"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, target: Settings) -> None:
    with pytest.raises(FileMissing, match="none"):
        restore(tmp_path / "none.tar.gz", target)
    assert nothing_was_made(target)


@pytest.mark.parametrize(
    "content", [b"", b"text, not an archive", b"\x1f\x8b" + b"\0" * 60], ids=["empty", "text", "gzip"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, target: Settings, content: bytes) -> None:
    put(tmp_path / "other.tar.gz", content)
    with pytest.raises(BadBackup):
        restore(tmp_path / "other.tar.gz", target)
    assert nothing_was_made(target)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_backup_that_was_cut_off_is_refused(small_file: Path, target: Settings, part: float) -> None:
    whole = small_file.read_bytes()
    small_file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(BadBackup):
        restore(small_file, target)
    assert nothing_was_made(target)


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.995])
def test_a_backup_with_a_wrong_byte_is_refused(small_file: Path, target: Settings, part: float) -> None:
    damaged = bytearray(small_file.read_bytes())
    damaged[int(len(damaged) * part)] ^= 0xFF
    small_file.write_bytes(damaged)
    with pytest.raises(BadBackup):
        restore(small_file, target)
    assert nothing_was_made(target)


Change = Callable[[dict[str, tuple[tarfile.TarInfo, bytes]]], None]


def changed(path: Path, change: Change) -> None:
    """The backup packed anew after ``change`` of its entries by name."""
    with tarfile.open(path) as tar:
        entries = {entry.name: (entry, tar.extractfile(entry).read()) for entry in tar}  # type: ignore[union-attr]
    change(entries)
    with tarfile.open(path, "w:gz") as tar:
        for entry, content in entries.values():
            entry.size = len(content) if entry.isreg() else 0
            tar.addfile(entry, io.BytesIO(content))


def adding(name: str, *, kind: bytes = tarfile.REGTYPE, link: str = "") -> Change:
    def change(entries: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, link
        entries[f"added {name}"] = (entry, b"x" if kind == tarfile.REGTYPE else b"")

    return change


def dropping(name: str) -> Change:
    return lambda entries: entries.pop(next(each for each in entries if each.startswith(name))) and None


def rewriting(name: str, old: str, new: str) -> Change:
    def change(entries: dict[str, tuple[tarfile.TarInfo, bytes]]) -> None:
        entry, content = entries[name]
        assert old.encode() in content
        entries[name] = (entry, content.replace(old.encode(), new.encode()))

    return change


@pytest.mark.parametrize(
    "change",
    [
        adding("../outside"),
        adding("/tmp/outside"),
        adding("corpus/../../outside"),
        adding("corpus//double"),
        adding("corpus/./dot"),
        adding("corpus"),
        adding("state/other.jsonl"),
        adding("library/other"),
        adding("corpus/link", kind=tarfile.SYMTYPE, link="/etc/passwd"),
        adding("corpus/link", kind=tarfile.LNKTYPE, link="corpus/a/ct-1.txt"),
        adding("corpus/pipe", kind=tarfile.FIFOTYPE),
        adding("corpus/folder", kind=tarfile.DIRTYPE),
        adding("corpus/a/ct-1.txt"),
        adding("corpus/a/ct-1.txt/below"),
        adding("corpus/more"),
        dropping("corpus/"),
        dropping("library/CURRENT"),
        dropping("library/snapshots/"),
        dropping("state/members"),
        dropping("secret.key"),
        dropping("manifest.json"),
        rewriting("state/members.jsonl", '"id":1', '"id":"one"'),
        rewriting("state/members.jsonl", '"code"', '"password"'),
        rewriting("state/members.jsonl", "\n", "\n\n"),
        rewriting("library/CURRENT", "first", "second"),
        rewriting("manifest.json", '"format": 1', '"format": "one"'),
        rewriting("secret.key", "", "x"),
    ],
)
def test_a_backup_that_was_tampered_with_is_refused(small_file: Path, target: Settings, change: Change) -> None:
    changed(small_file, change)
    with pytest.raises(BadBackup):
        restore(small_file, target)
    assert nothing_was_made(target)
    assert not (target.corpus_dir.parent.parent / "outside").exists()


@pytest.mark.parametrize(
    "change",
    [
        rewriting("manifest.json", f'"revision": "{HEAD}"', '"revision": "9999"'),
        rewriting("manifest.json", '"format": 1', '"format": 2'),
    ],
    ids=["revision", "format"],
)
def test_a_backup_of_a_newer_version_says_so(small_file: Path, target: Settings, change: Change) -> None:
    changed(small_file, change)
    with pytest.raises(BadBackup, match="phiên bản mới hơn"):
        restore(small_file, target)
    assert nothing_was_made(target)


def test_rows_that_contradict_each_other_leave_nothing(
    installation: Settings, database: Database, empty_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tar.gz"
    write_backup(path, database, installation, now=NOW)
    with database.reading() as db:
        (member,) = members.everybody(db)
    changed(path, rewriting("state/accounts.jsonl", f'"member_id":{member.id}', '"member_id":4711'))
    target = settings_at(tmp_path / "new", empty_url)
    with pytest.raises(BadBackup):
        restore(path, target)
    assert nothing_was_made(target)
    if empty_url.startswith("sqlite"):
        assert not Path(empty_url.removeprefix("sqlite:///")).exists()
    else:
        with opened(empty_url) as new, new.reading() as db:
            assert not any(db.execute(select(table)).first() for table in metadata.sorted_tables)


def test_a_disk_that_fails_leaves_nothing(small_file: Path, target: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[Path] = []
    rename = Path.rename

    def fail_at_the_second(self: Path, to: Path) -> Path:
        moved.append(to)
        if len(moved) == 2:
            raise OSError(28, "No space left on device", str(to))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_at_the_second)
    with pytest.raises(FileMissing, match="No space left"):
        restore(small_file, target)
    assert nothing_was_made(target)


def test_a_backup_made_with_a_key_from_the_settings_needs_that_key(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path
) -> None:
    settings, database = small
    key = SecretStr("a key of the settings")
    manifest = write_backup(
        tmp_path / "backup.tar.gz", database, settings.model_copy(update={"secret_key": key}), now=NOW
    )
    assert not manifest.holds_key
    for other in (None, SecretStr("another key of the settings")):
        with pytest.raises(BadBackup, match="BOT_SECRET_KEY"):
            restore(tmp_path / "backup.tar.gz", target.model_copy(update={"secret_key": other}))
    restore(tmp_path / "backup.tar.gz", target.model_copy(update={"secret_key": key}))
    assert not (target.state_dir / KEY_FILE).exists()


def test_earlier_versions_that_cannot_be_read_are_left_out_with_a_word_and_all_else_is_saved(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, _ = small
    damaged = settings.library_dir / HISTORY
    damaged.write_bytes(b"not a database" * 999)
    commands.backup(tmp_path / "backup.tar.gz", settings)
    assert capsys.readouterr().err == texts.BACKUP_LEFT_OUT.format(path=damaged) + "\n"
    manifest = restore(tmp_path / "backup.tar.gz", target)
    assert (manifest.left_out, manifest.files) == ((str(damaged),), {"library": 4, "corpus": 1})
    assert not (target.library_dir / HISTORY).exists()


def test_the_key_stands_nowhere_in_a_backup_that_does_not_hold_it(
    small: tuple[Settings, Database], tmp_path: Path
) -> None:
    settings, database = small
    secret = settings.model_copy(update={"secret_key": SecretStr("a key of the settings")})
    write_backup(tmp_path / "backup.tar.gz", database, secret, now=NOW)
    with tarfile.open(tmp_path / "backup.tar.gz") as tar:
        contents = [tar.extractfile(entry).read() for entry in tar]  # type: ignore[union-attr]
    assert contents
    assert not any(b"a key of the settings" in content for content in contents)


def test_the_manifest_says_what_the_backup_holds(small_file: Path) -> None:
    with tarfile.open(small_file) as tar:
        said = json.loads(tar.extractfile("manifest.json").read())  # type: ignore[union-attr]
    manifest = Manifest.model_validate_json(json.dumps(said))
    assert (manifest.made_at, manifest.snapshot, manifest.rows["members"]) == (NOW, "first", 1)
    assert manifest.files == {"library": 4, "corpus": 1}


def test_the_commands_say_what_they_did(
    small: tuple[Settings, Database], target: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, _ = small
    commands.backup(tmp_path / "backup.tar.gz", settings)
    commands.restore(tmp_path / "backup.tar.gz", target)
    done, restored = capsys.readouterr().out.splitlines()
    assert f"Đã sao lưu vào {tmp_path / 'backup.tar.gz'}: 1 đảng viên, 1 tệp văn bản" in done
    assert re.search(r"Đã phục hồi bản sao lưu lúc \d\d:\d\d \d\d/\d\d/\d{4}: 1 đảng viên, 1 tệp văn bản", restored)


def test_a_restored_database_can_be_used_by_its_default_place(small_file: Path, tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "new", "sqlite:///unused").model_copy(update={"database_url": None})
    restore(small_file, settings)
    with opened(settings.database) as new, new.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM members")) == 1
    assert (settings.state_dir / "state.sqlite3").is_file()
