"""Corpus -> snapshot: reads and embeds only what is new, writes the index anew beside, checks it, then switches.

Whatever fails or is killed before the switch leaves the old library answering.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.cache import Cache, cache_key, open_cache
from index.errors import CorpusMissing, LibraryDamaged, LibraryMissing
from index.findings import Passage
from index.history import keep_versions
from index.intake import Intake, Steps, take_in
from index.lock import failing, locked
from index.progress import Progress, Stage, Watch, stop_at
from index.report import BuildReport, Trial, keep_report
from index.searching.catalog import Entry, open_catalog, write_catalog
from index.searching.snapshot import (
    BUILDING,
    MANIFEST,
    SCHEMA,
    Manifest,
    current_snapshot,
    open_snapshot,
    snapshots_of,
    sweep_old,
    sweep_unfinished,
    switch,
)
from index.searching.terms import accented_terms
from index.searching.vectors import write_vectors
from index.searching.vocabulary import write_vocabulary
from index.searching.words import WordRow, write_words
from index.trying import Check, Papers, takes_away, try_out
from index.types import DirectiveId
from index.version import reading_version

if TYPE_CHECKING:
    from index.searching.encoder import Encoder

CACHE = "cache"
_PROBES = 5
"""How many passages a new snapshot must find again before it may answer."""


def build_library(
    corpus: Path,
    library: Path,
    *,
    encoder: Encoder,
    progress: Watch | None = None,
    steps: Steps | None = None,
    check: Check | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BuildReport:
    """Make the library answer from what the corpus holds now; the report compares with what it held before.

    ``check`` tries the new snapshot first: where it says that something fell, the one before goes on answering, unless
    the new one takes something away (`trying.takes_away`), which never waits.

    Raises CorpusMissing, BuildBusy while another build runs, HistoryDamaged, and BuildFailed; the library then stays as
    it was.
    """
    if not corpus.is_dir():
        raise CorpusMissing(folder=corpus)
    started, watch, built_at = perf_counter(), progress or (lambda _: None), now()
    with failing(library), locked(library), open_cache(library / CACHE) as cache:
        sweep_unfinished(library)
        before = _previous(library)
        steps = steps or default_steps()
        intake = take_in(corpus, steps=steps, cache=cache, watch=watch)
        vectors = _embed(intake.entries, encoder=encoder, cache=cache, watch=watch)
        manifest = _manifest(library, intake.entries, encoder=encoder, reader=steps.version, built_at=built_at)
        building = _write(library, manifest, entries=intake.entries, vectors=vectors, watch=watch)
        _check(building, vectors)
        report = _report(before, intake)
        if check:
            trial = try_out(check, before.folder, building, encoder=encoder, reader=steps.version, watch=watch)
            report = _with_trial(report, trial, before=before, intake=intake, today=built_at.date())
        if report.trial and report.trial.kept:
            sweep_unfinished(library)
            return _timed(report, started)
        stop_at("before_history")
        keep_versions(library, before.folder, intake, now=built_at)
        stop_at("before_switch")
        switch(library, building)
        stop_at("after_switch")
        cache.prune(files=intake.files)
        report = _timed(report, started)
        keep_report(current_snapshot(library), report)
        sweep_old(library, keep=None if _withdraws(intake, report) else before.folder)
    return report


def _timed(report: BuildReport, started: float) -> BuildReport:
    return report.model_copy(update={"seconds": perf_counter() - started})


def write_library(library: Path, entries: Sequence[Entry], *, encoder: Encoder, progress: Watch | None = None) -> None:
    """Make a new library of directives that are read already, as the evaluation of a question set does."""
    watch = progress or (lambda _: None)
    snapshots_of(library).mkdir(parents=True)
    with open_cache(library / CACHE) as cache:
        vectors = _embed(entries, encoder=encoder, cache=cache, watch=watch)
    manifest = _manifest(library, entries, encoder=encoder, reader="", built_at=datetime.now(UTC))
    switch(library, _write(library, manifest, entries=entries, vectors=vectors, watch=watch))


def default_steps() -> Steps:
    """How real files are read and cut; the version is that of the code, so that no change to it can be overlooked."""
    from index.reading.form import read_directives
    from index.reading.passages import cut_passages
    from index.reading.readers import corpus_files
    from index.reading.tools import find_tools

    return Steps(corpus_files, read_directives, cut_passages, reading_version(), find_tools())


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: its heading path, then its text."""
    return "\n".join((*passage.path, passage.text))


def word_row(passage: Passage, *, title: str) -> WordRow:
    """What of a passage the word index holds."""
    return WordRow(text=passage.text, heading="\n".join(passage.path), title=title)


class _Previous(NamedTuple):
    """The snapshot that answered until now."""

    folder: Path | None
    digests: dict[DirectiveId, str]
    papers: Papers


def _previous(library: Path) -> _Previous:
    try:
        folder = current_snapshot(library)
        with closing(open_catalog(folder)) as catalog:
            directives = {directive.id: directive for directive in catalog.directives()}
            return _Previous(folder, catalog.digests(), Papers(directives, catalog.relations))
    except (LibraryMissing, LibraryDamaged, sqlite3.Error, ValueError):
        return _Previous(None, {}, Papers({}, {}))


def _embed(entries: Sequence[Entry], *, encoder: Encoder, cache: Cache, watch: Watch) -> NDArray[np.float32]:
    """The vectors of all passages ``(passages, dimension)``.

    One directive at a time: what stands beside a text can change the last bits of its vector; what is new must not.
    """
    parts = [np.empty((0, encoder.dimension), dtype=np.float32)]
    done, total = 0, sum(len(entry.passages) for entry in entries)
    for entry in entries:
        parts.append(_vectors_of(entry, encoder=encoder, cache=cache))
        done += len(entry.passages)
        watch(Progress(stage=Stage.EMBED, done=done, total=total))
        stop_at("mid_embed")
    return np.concatenate(parts)


def _vectors_of(entry: Entry, *, encoder: Encoder, cache: Cache) -> NDArray[np.float32]:
    texts = [embedded_text(passage) for passage in entry.passages]
    shape = (len(texts), encoder.dimension)
    if not texts:
        return np.empty(shape, dtype=np.float32)
    key = cache_key("vectors", encoder.fingerprint, *texts)
    kept = np.frombuffer(cache.get(key) or b"", dtype=np.float32)
    if kept.size == shape[0] * shape[1]:
        return kept.reshape(shape)
    vectors = np.ascontiguousarray(encoder.encode_passages(texts), dtype=np.float32)
    if vectors.shape != shape or not np.isfinite(vectors).all():
        raise RuntimeError(f"the encoder {encoder.name} gave no vectors {shape} of finite numbers, but {vectors.shape}")
    cache.put(key, vectors.tobytes())
    return vectors


def _manifest(
    library: Path, entries: Sequence[Entry], *, encoder: Encoder, reader: str, built_at: datetime
) -> Manifest:
    others = sorted(folder.name for folder in snapshots_of(library).iterdir())  # no two snapshots have one name
    content = cache_key(*others, encoder.fingerprint, reader, *(entry.digest for entry in entries))
    return Manifest(
        schema_version=SCHEMA,
        snapshot=f"{built_at:%Y%m%dT%H%M%S}-{content[:8]}",
        built_at=built_at,
        reader=reader,
        encoder=encoder.name,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        directives=len(entries),
        passages=sum(len(entry.passages) for entry in entries),
    )


def _write(
    library: Path, manifest: Manifest, *, entries: Sequence[Entry], vectors: NDArray[np.float32], watch: Watch
) -> Path:
    folder = snapshots_of(library) / f"{manifest.snapshot}{BUILDING}"
    folder.mkdir()
    write_vectors(folder, vectors)
    stop_at("after_vectors")
    write_words(folder, _word_rows(entries, total=manifest.passages, watch=watch))
    write_vocabulary(folder, _word_rows(entries, total=manifest.passages, watch=lambda _: None))
    write_catalog(folder, entries)
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    return folder


def _word_rows(entries: Sequence[Entry], *, total: int, watch: Watch) -> Iterator[WordRow]:
    done = 0
    for entry in entries:
        for passage in entry.passages:
            yield word_row(passage, title=entry.reading.directive.title)
        done += len(entry.passages)
        watch(Progress(stage=Stage.WRITE, done=done, total=total))


def _check(folder: Path, vectors: NDArray[np.float32]) -> None:
    """Raises LibraryDamaged unless the snapshot opens, is sound, and finds some of its own passages."""
    snapshot = open_snapshot(folder)
    with closing(snapshot.catalog) as catalog:
        if not catalog.is_sound():
            raise LibraryDamaged(folder=folder, detail="the catalog")
        for row in np.linspace(0, len(vectors) - 1, num=min(_PROBES, len(vectors)), dtype=np.int64):
            only = np.array([row])
            _, cosines = snapshot.vectors.search(vectors[row], 1)
            if not np.isclose(cosines[0], vectors[row] @ vectors[row], atol=1e-3):
                raise LibraryDamaged(folder=folder, detail=f"the vectors: row {row} is not its own nearest")
            terms = dict.fromkeys(accented_terms(catalog.passage(row).text), 1.0)
            if terms and not len(snapshot.words.search("accented", terms, 1, rows=only)[0]):
                raise LibraryDamaged(folder=folder, detail=f"the words: row {row} is not found by its own")


def _report(before: _Previous, intake: Intake) -> BuildReport:
    """Without the seconds that it took."""
    now = {entry.reading.directive.id: entry.digest for entry in intake.entries}
    both = now.keys() & before.digests.keys()
    unchanged = sum(now[directive] == before.digests[directive] for directive in both)
    return BuildReport(
        added=len(now.keys() - both),
        changed=len(both) - unchanged,
        unchanged=unchanged,
        removed=len(before.digests.keys() - both),
        skipped=intake.skipped,
        troubles=intake.troubles,
        passages=sum(len(entry.passages) for entry in intake.entries),
        seconds=0,
    )


def _with_trial(report: BuildReport, trial: Trial, *, before: _Previous, intake: Intake, today: Date) -> BuildReport:
    """A library that takes something away does not wait, whatever it answers."""
    kept = trial.fell and not (_withdraws(intake, report) or takes_away(before.papers, _papers(intake), today=today))
    return report.model_copy(update={"trial": trial.model_copy(update={"kept": kept})})


def _papers(intake: Intake) -> Papers:
    readings = [entry.reading for entry in intake.entries]
    return Papers(
        {reading.directive.id: reading.directive for reading in readings},
        {reading.directive.id: reading.relations for reading in readings},
    )


def _withdraws(intake: Intake, report: BuildReport) -> bool:
    """Whether a paper may have been found classified that the snapshot before still holds."""
    return intake.refuses and bool(report.removed or report.changed)
