"""Back to the snapshot before, but for what was taken away, classified or narrowed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from index.build import CACHE, default_steps
from index.cache import open_cache
from index.errors import (
    CorpusMissing,
    LibraryDamaged,
    LibraryMissing,
    LibraryOutdated,
    NoPreviousSnapshot,
    PreviousOutdated,
)
from index.history import purge_history
from index.identity import is_within
from index.intake import Intake, Steps, bytes_digest, take_in
from index.lock import failing, locked
from index.progress import Watch, stop_at
from index.searching.catalog import Catalog, Entry, open_catalog
from index.searching.snapshot import (
    BUILDING,
    MANIFEST,
    Manifest,
    RolledBack,
    current_snapshot,
    open_snapshot,
    snapshots_of,
    switch_back,
)
from index.types import Directive, DirectiveId, Frozen

_MAY_STAND = (
    "damaged", "empty", "mislabelled", "needs_office", "no_text_layer", "too_large", "too_many_pages", "too_many_scans",
    "unreadable",
)  # fmt: skip
"""Of a file that is there and is not taken in: with these reasons its old text may be shown again. With any other it
was refused, or may no longer be opened, or nobody knows for whom it is.
"""


class Rollback(Frozen):
    """What answers again, and how it differs from what answered until now. ``other``: directives whose text or fields
    are as they were before. ``hidden``: what of the earlier snapshot stays unknown; ``classified``: for some of it
    because it may be classified now. Its text is then still on the disk, until the next build.
    """

    snapshot: str
    built_at: datetime
    directives: int
    returned: tuple[Directive, ...]
    gone: tuple[Directive, ...]
    other: tuple[Directive, ...]
    hidden: tuple[Directive, ...]
    classified: bool


def roll_back(
    corpus: Path,
    library: Path,
    *,
    mark: str = "",
    progress: Watch | None = None,
    steps: Steps | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Rollback:
    """Let the snapshot before the current one answer again. The corpus is looked at first, for what must stay hidden.

    ``mark``: stands in `RolledBack`, but not where a classified paper waits to be taken off the disk.

    Raises CorpusMissing, BuildBusy, LibraryMissing, NoPreviousSnapshot, PreviousOutdated, HistoryDamaged, and
    BuildFailed where the earlier snapshot is not whole; the library then stays as it was.
    """
    if not corpus.is_dir():
        raise CorpusMissing(folder=corpus)
    if not snapshots_of(library).is_dir():
        raise LibraryMissing(folder=library)
    steps = steps or default_steps()
    with failing(library), locked(library), open_cache(library / CACHE) as cache:
        folder, left = _previous(library, reader=steps.version)
        intake = take_in(corpus, steps=steps, cache=cache, watch=progress or (lambda _: None))
        purge_history(library, intake)
        with closing(open_catalog(folder)) as catalog:
            hidden = hidden_now(catalog, intake)
        said = _compared(folder, left, hidden, intake=intake)
        stop_at("before_switch_back")
        kept = "" if said.classified else mark
        switch_back(library, folder, RolledBack(at=now(), left=left.name if left else "", hidden=hidden, mark=kept))
        stop_at("after_switch_back")
    return said


def hidden_now(catalog: Catalog, intake: Intake) -> frozenset[DirectiveId]:
    """The directives of an earlier snapshot that must stay unknown: those of which every file has left the corpus, of
    which one is refused now, or that are for fewer people now.
    """
    digests, refused = catalog.digests(), {skipped.path: skipped.reason for skipped in intake.skipped}
    by_file: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in intake.entries:
        for file in entry.reading.directive.files:
            by_file[file].append(entry)
    return frozenset(
        directive.id
        for directive in catalog.directives()
        if _must_hide(directive, digests[directive.id], by_file=by_file, refused=refused, bytes_now=intake.files)
        or _is_narrower(directive, intake.entries, by_file=by_file)
    )


def _must_hide(
    directive: Directive,
    digest: str,
    *,
    by_file: Mapping[str, object],
    refused: Mapping[str, str],
    bytes_now: Collection[str],
) -> bool:
    reasons = [refused[file] for file in directive.files if file in refused]
    if any(reason not in _MAY_STAND for reason in reasons):
        return True
    is_there = bool(reasons) or any(file in by_file for file in directive.files)
    return not is_there and bytes_digest(digest) not in bytes_now  # a file that was moved is still there


def _is_narrower(old: Directive, entries: Iterable[Entry], *, by_file: Mapping[str, list[Entry]]) -> bool:
    """Whether somebody who might see it then may not see now what its files hold."""
    near = [entry.reading.directive for file in old.files for entry in by_file.get(file, ())]
    near = near or [now for entry in entries if (now := entry.reading.directive).id == old.id]  # its file was moved
    named = [now for now in near if now.id == old.id] or near
    said = (old.audience, *old.narrowed)
    return any(
        not any(is_within(one, audience) for one in said) for now in named for audience in (now.audience, *now.narrowed)
    )


def _previous(library: Path, *, reader: str) -> tuple[Path, Path | None]:
    """The folder of the snapshot before the current one, and that of the current one where it can be told."""
    left: Path | None = None
    with suppress(LibraryDamaged):  # going back is a way out of it
        left = current_snapshot(library)
    said = _manifest(left) if left else None
    found = [(made, folder) for folder in snapshots_of(library).iterdir() if (made := _manifest(folder))]
    earlier = [
        (made.built_at, made.snapshot, folder, made)
        for made, folder in found
        if folder != left and (said is None or made.built_at < said.built_at)
    ]
    if not earlier:
        raise NoPreviousSnapshot(folder=library)
    _, _, folder, made = max(earlier)
    if made.reader != reader or (said is not None and made.fingerprint != said.fingerprint):
        raise PreviousOutdated(folder=library)
    try:
        with closing(open_snapshot(folder).catalog) as catalog:
            if not catalog.is_sound():
                raise LibraryDamaged(folder=folder, detail="the catalog")
    except LibraryOutdated as err:
        raise PreviousOutdated(folder=library) from err
    return folder, left


def _manifest(folder: Path) -> Manifest | None:
    """None for what is no snapshot that was finished."""
    if folder.name.endswith(BUILDING):
        return None
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None


def _compared(folder: Path, left: Path | None, hidden: frozenset[DirectiveId], *, intake: Intake) -> Rollback:
    made = _manifest(folder)
    assert made is not None  # it has been opened
    with closing(open_catalog(folder)) as catalog:
        digests, every = catalog.digests(), {directive.id: directive for directive in catalog.directives()}
    then = {name: directive for name, directive in every.items() if name not in hidden}
    until_now, digests_left = _of_left(left)
    both = then.keys() & until_now.keys()
    return Rollback(
        snapshot=made.snapshot,
        built_at=made.built_at,
        directives=len(then),
        returned=tuple(then[name] for name in then if name not in both),
        gone=tuple(until_now[name] for name in until_now if name not in both),
        other=tuple(then[name] for name in then if name in both and digests[name] != digests_left[name]),
        hidden=tuple(every[name] for name in every if name in hidden),
        classified=intake.refuses and bool(hidden),  # under whatever name it lies there now
    )


def _of_left(left: Path | None) -> tuple[dict[DirectiveId, Directive], dict[DirectiveId, str]]:
    if left is not None:
        with suppress(LibraryDamaged, LibraryOutdated), closing(open_snapshot(left).catalog) as catalog:
            return {directive.id: directive for directive in catalog.directives()}, catalog.digests()
    return {}, {}
