"""Earlier wordings of directives, for administrators: kept beside the snapshots, never searched.

A wording goes in when a build finds its directive in another file, or in a file that was written anew, with another
text. What changed only because the code reads better, or a sidecar corrects, is no new version.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from index.comparing import Change, changes
from index.errors import HistoryDamaged
from index.identity import text_digest
from index.intake import Intake, bytes_digest
from index.searching.catalog import Catalog, Entry, open_catalog
from index.searching.snapshot import current_snapshot, read_rollback
from index.types import Directive, DirectiveId, Frozen, Printed

FILE = "history.sqlite"
_CONTEXT = 6
"""Words shown before and behind a difference."""
_TABLES = """
CREATE TABLE IF NOT EXISTS versions (
    id TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, since TEXT, until TEXT NOT NULL,
    fields TEXT NOT NULL, printed TEXT NOT NULL, PRIMARY KEY (id, number)
);
CREATE TABLE IF NOT EXISTS standing (id TEXT PRIMARY KEY, since TEXT NOT NULL);
"""


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


def versions(library: Path) -> dict[DirectiveId, tuple[Version, ...]]:
    """Every directive of which an earlier wording is kept: its versions, the oldest first; the last one answers, or
    none where the directive is gone.

    Raises LibraryMissing and LibraryDamaged where no library is built, and HistoryDamaged.
    """
    current = current_snapshot(library)
    if not (library / FILE).exists():
        return {}
    with closing(_catalog(current)) as catalog, _base(library) as base:
        kept: defaultdict[DirectiveId, list[tuple[Version, str]]] = defaultdict(list)
        for number, digest, since, until, fields in base.execute(
            "SELECT number, digest, since, until, fields FROM versions ORDER BY id, number"
        ):
            directive = Directive.model_validate_json(fields)
            version = Version(number=number, directive=directive, since=_time(since), until=_time(until))
            kept[directive.id].append((version, digest))
        standing = dict(base.execute("SELECT id, since FROM standing"))
        found = {name: _with_standing(catalog, name, each, standing) for name, each in kept.items()}
    return {name: each for name, each in found.items() if len(each) > 1 or name not in catalog}


def _with_standing(
    catalog: Catalog, name: DirectiveId, kept: Sequence[tuple[Version, str]], standing: Mapping[str, str]
) -> tuple[Version, ...]:
    earlier, (last, digest) = [version for version, _ in kept], kept[-1]
    if name not in catalog:
        return tuple(earlier)
    directive, since = catalog.directive(name), _time(standing.get(name))
    if text_digest(catalog.printed(name).text) == digest:  # it answers again: rolled back, or a build was killed
        again = last.model_copy(update={"directive": directive, "until": None})
        return (*earlier[:-1], again)
    return (*earlier, Version(number=last.number + 1, directive=directive, since=since, until=None))


def wording(library: Path, version: Version) -> Printed:
    """The printed text of a version. Raises KeyError for one that is there no more."""
    name = version.directive.id
    if version.until is None:
        with closing(_catalog(current_snapshot(library))) as catalog:
            return catalog.printed(name)
    with _base(library) as base:
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
    texts = (old.model_dump_json(), printed.model_dump_json())
    base.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, *texts))


def _purge(base: sqlite3.Connection, intake: Intake) -> None:
    if not intake.refuses:
        return
    files = _files(intake)
    for name, number, fields in base.execute("SELECT id, number, fields FROM versions").fetchall():
        if not files.intersection(Directive.model_validate_json(fields).files):
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
    """One transaction."""
    path = library / FILE
    with closing(sqlite3.connect(path)) as base:
        try:
            base.execute("PRAGMA secure_delete = ON")
            base.executescript(_TABLES)
            with base:
                yield base
        except sqlite3.OperationalError:  # no room on the disk, no right to write
            raise
        except sqlite3.DatabaseError as err:
            raise HistoryDamaged(path=path) from err
