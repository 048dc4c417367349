"""Earlier wordings of directives, for administrators: kept beside the snapshots, never searched.

A wording goes in when a build finds its directive in another file, or in a file that was written anew, with another
text. What changed only because the code reads better, or a sidecar corrects, is no new version.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from index.comparing import Change, changes
from index.errors import HistoryClosed, HistoryDamaged
from index.identity import text_digest
from index.intake import Intake, bytes_digest
from index.lock import locked
from index.searching.catalog import Catalog, Entry, open_catalog
from index.searching.snapshot import current_snapshot, read_rollback, sweep_old
from index.types import Directive, DirectiveId, Frozen, Printed

FILE = "history.sqlite"
_CONTEXT = 6
"""Words shown before and behind a difference."""
_SCHEMA = 1
"""The ``user_version`` of the file."""
_TABLES = f"""
BEGIN;
CREATE TABLE versions (
    id TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, since TEXT, until TEXT NOT NULL,
    files TEXT NOT NULL, fields TEXT NOT NULL, printed TEXT NOT NULL, PRIMARY KEY (id, number)
);
CREATE TABLE standing (id TEXT PRIMARY KEY, since TEXT NOT NULL);
PRAGMA user_version = {_SCHEMA};
COMMIT;
"""
"""``files``: a line for each."""


class Version(Frozen):
    """One wording of a directive. ``number``: from 1, the oldest. ``since``, ``until``: the builds from which and until
    which it answered; since None where it was there before versions were kept, until None for the one that answers.
    """

    number: int
    directive: Directive
    since: datetime | None
    until: datetime | None


class Difference(Frozen):
    """Words of one version that stand otherwise in the next. ``path``: headings of the place, in the newer text.

    ``before``, ``after``: what was and what is, one of them perhaps empty; ``lead``, ``rest``: the words around.
    """

    path: tuple[str, ...]
    lead: str
    before: str
    after: str
    rest: str


def keep_versions(library: Path, before: Path | None, intake: Intake, *, now: datetime) -> None:
    """Keep the wordings of the snapshot ``before`` that the intake changes. Doing it twice changes nothing.

    While a classified paper lies in the corpus, nothing is kept, or kept on, of files that are no longer taken in: one
    of them may be that paper. Raises HistoryDamaged.
    """
    with _base(library) as base:
        _purge(base, intake)
        changed: set[DirectiveId] = set()
        if before is not None:
            with closing(_catalog(before)) as catalog:
                for old in _changed(catalog, intake):
                    _put(base, old, catalog.printed(old.id), now=now)
                    changed.add(old.id)
        known = dict(base.execute("SELECT id, since FROM standing"))
        base.execute("DELETE FROM standing")
        names = [entry.reading.directive.id for entry in intake.entries]
        since = ((name, _said(now) if name in changed else known.get(name, _said(now))) for name in names)
        base.executemany("INSERT INTO standing VALUES (?, ?)", since)


def purge_history(library: Path, intake: Intake) -> None:
    """Forget, and overwrite on the disk, what may be a classified paper. Raises HistoryDamaged."""
    with _base(library) as base:
        _purge(base, intake)


def forget_versions(library: Path, names: Iterable[DirectiveId]) -> int:
    """Forget, and overwrite on the disk, every earlier wording of these; how many there were. The snapshot before the
    current one, which may hold one too, goes with them: there is nothing to roll back to until the next build.

    Raises LibraryMissing, LibraryDamaged, BuildBusy, HistoryDamaged and HistoryClosed.
    """
    current_snapshot(library)
    if not (library / FILE).exists():
        return 0
    try:
        with locked(library):
            with _base(library) as base:
                gone = sum(base.execute("DELETE FROM versions WHERE id = ?", (name,)).rowcount for name in names)
            if gone:
                sweep_old(library, keep=None)
    except (sqlite3.OperationalError, OSError) as err:
        raise HistoryClosed(path=library / FILE, detail=err) from err
    return gone


def versions(
    library: Path, *, unreadable: Callable[[DirectiveId, int], None] = lambda _name, _number: None
) -> dict[DirectiveId, tuple[Version, ...]]:
    """Every directive of which an earlier wording is kept: its versions, the oldest first; the last one answers, or
    none where the directive is gone. ``unreadable``: told of each stored version that is left out.

    Raises LibraryMissing and LibraryDamaged where no library is built, HistoryDamaged and HistoryClosed.
    """
    current = current_snapshot(library)
    kept: defaultdict[DirectiveId, list[tuple[Version, str]]] = defaultdict(list)
    standing: dict[str, str] = {}
    with _reading(library) as base:
        if base is not None:
            for name, number, digest, *stored in base.execute(
                "SELECT id, number, digest, since, until, fields, printed FROM versions ORDER BY id, number"
            ):
                version = _version(number, *stored)
                if version is None:
                    unreadable(DirectiveId(str(name)), number)
                else:
                    kept[version.directive.id].append((version, digest))
            standing = dict(base.execute("SELECT id, since FROM standing"))
    with closing(_catalog(current)) as catalog:
        found = {name: _with_standing(catalog, name, each, standing) for name, each in kept.items()}
        return {name: each for name, each in found.items() if len(each) > 1 or name not in catalog}


def _version(number: int, since: str | None, until: str, fields: str, printed: str) -> Version | None:
    """None for one that was stored otherwise than this program reads it."""
    try:
        Printed.model_validate_json(printed)
        directive = Directive.model_validate_json(fields)
        return Version(number=number, directive=directive, since=_time(since), until=datetime.fromisoformat(until))
    except (ValueError, TypeError):
        return None


def _with_standing(
    catalog: Catalog, name: DirectiveId, kept: Sequence[tuple[Version, str]], standing: Mapping[str, str]
) -> tuple[Version, ...]:
    earlier, (last, digest) = [version for version, _ in kept], kept[-1]
    if name not in catalog:
        return tuple(earlier)
    directive, since = catalog.directive(name), None
    with suppress(ValueError):
        since = _time(standing.get(name))
    if text_digest(catalog.printed(name).text) == digest:  # it answers again: rolled back, or a build was killed
        again = last.model_copy(update={"directive": directive, "until": None})
        return (*earlier[:-1], again)
    return (*earlier, Version(number=last.number + 1, directive=directive, since=since, until=None))


def wording(library: Path, version: Version) -> Printed:
    """The printed text of a version. Raises KeyError for one that is there no more, and as `versions` does."""
    name = version.directive.id
    if version.until is None:
        with closing(_catalog(current_snapshot(library))) as catalog:
            return catalog.printed(name)
    row = None
    with _reading(library) as base:
        if base is not None:
            where = (name, version.number)
            row = base.execute("SELECT printed FROM versions WHERE id = ? AND number = ?", where).fetchone()
    if row is None:
        raise KeyError(name)
    return Printed.model_validate_json(row[0])


def differences(before: Printed, after: Printed) -> list[Difference]:
    """What the newer text says otherwise, word by word, in its order."""
    old, new = before.text.split(), after.text.split()
    starts = list(_starts(after.text, new))
    return [_difference(change, old, new, after=after, starts=starts) for change in changes(old, new)]


def words_changed(found: Iterable[Difference]) -> int:
    """A word that stands in another's place counts once."""
    return sum(max(len(each.before.split()), len(each.after.split())) for each in found)


def _difference(
    change: Change, old: Sequence[str], new: Sequence[str], *, after: Printed, starts: Sequence[int]
) -> Difference:
    place = min(change.other_start, len(new) - 1)
    return Difference(
        path=after.path_at(starts[place]) if new else (),
        lead=" ".join(new[max(change.other_start - _CONTEXT, 0) : change.other_start]),
        before=" ".join(old[change.start : change.end]),
        after=" ".join(new[change.other_start : change.other_end]),
        rest=" ".join(new[change.other_end : change.other_end + _CONTEXT]),
    )


def _starts(text: str, words: Iterable[str]) -> Iterator[int]:
    place = 0
    for word in words:
        place = text.index(word, place)
        yield place
        place += len(word)


def _changed(catalog: Catalog, intake: Intake) -> Iterator[Directive]:
    """The directives whose text was another one, as they were."""
    digests, files = catalog.digests(), _files(intake)
    alike: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in intake.entries:
        for place in {*entry.reading.directive.files, entry.reading.directive.number or ""}:
            alike[place].append(entry)
    for entry in intake.entries:
        name = entry.reading.directive.id
        if name not in catalog or not _is_written_anew(digests[name], entry.digest):
            continue
        old = catalog.directive(name)
        if intake.refuses and not files.intersection(old.files):
            continue
        near = (entry, *alike[old.file], *(alike[old.number] if old.number else ()))  # it may have another name now
        if text_digest(catalog.printed(name).text) not in {text_digest(each.reading.printed.text) for each in near}:
            yield old


def _is_written_anew(old: str, new: str) -> bool:
    """By the digests of their files; one of an earlier form, which has no dot, says nothing."""
    return "." in old and bytes_digest(old) != bytes_digest(new)


def _put(base: sqlite3.Connection, old: Directive, printed: Printed, *, now: datetime) -> None:
    digest = text_digest(printed.text)
    last = base.execute(
        "SELECT number, digest FROM versions WHERE id = ? ORDER BY number DESC LIMIT 1", (old.id,)
    ).fetchone()
    if last and last[1] == digest:  # of a build that was killed, or rolled back, and is done again
        base.execute("UPDATE versions SET until = ? WHERE id = ? AND number = ?", (_said(now), old.id, last[0]))
        return
    known = base.execute("SELECT since FROM standing WHERE id = ?", (old.id,)).fetchone()
    values = (old.id, last[0] + 1 if last else 1, digest, known[0] if known else None, _said(now))
    texts = ("\n".join(old.files), old.model_dump_json(), printed.model_dump_json())
    base.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*values, *texts))


def _purge(base: sqlite3.Connection, intake: Intake) -> None:
    if not intake.refuses:
        return
    files = _files(intake)
    for name, number, said in base.execute("SELECT id, number, files FROM versions").fetchall():
        if not files.intersection(said.split("\n")):
            base.execute("DELETE FROM versions WHERE id = ? AND number = ?", (name, number))


def _files(intake: Intake) -> set[str]:
    """Those that were taken in."""
    return {file for entry in intake.entries for file in entry.reading.directive.files}


def _catalog(folder: Path) -> Catalog:
    """Without what a rollback hides."""
    again = read_rollback(folder)
    return open_catalog(folder, hidden=again.hidden if again else frozenset())


def _said(time: datetime) -> str:
    return time.isoformat()


def _time(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


@contextmanager
def _base(library: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that writes."""
    path = library / FILE
    with closing(sqlite3.connect(path)) as base:
        try:
            base.text_factory = _text
            base.execute("PRAGMA secure_delete = ON")
            if not _has_tables(base, path):
                base.executescript(_TABLES)
            with base:
                yield base
        except sqlite3.OperationalError:  # no room on the disk, no right to write
            raise
        except sqlite3.DatabaseError as err:
            raise HistoryDamaged(path=path) from err


@contextmanager
def _reading(library: Path) -> Iterator[sqlite3.Connection | None]:
    """Writes nothing, not even a file beside it; None where nothing is kept."""
    path = library / FILE
    if not path.exists():
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            base.text_factory = _text
            yield base if _has_tables(base, path) else None
    except sqlite3.OperationalError as err:
        raise HistoryClosed(path=path, detail=err) from err
    except sqlite3.DatabaseError as err:
        raise HistoryDamaged(path=path) from err


def _has_tables(base: sqlite3.Connection, path: Path) -> bool:
    """Raises HistoryDamaged where they are those of another program."""
    (schema,) = base.execute("PRAGMA user_version").fetchone()
    (count,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if schema != (_SCHEMA if count else 0):
        raise HistoryDamaged(path=path)
    return bool(count)


def _text(stored: bytes) -> str:
    """Also of a row that is damaged."""
    return stored.decode(errors="replace")
