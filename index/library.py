"""The facade: a folder with a built library answers questions, always within what the asker may see."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from index.errors import EncoderMismatch, LibraryDamaged, LibraryMissing, LibraryOutdated
from index.findings import Findings, Quote
from index.intake import bytes_digest, digest_of
from index.language.numbers import find_numbers
from index.reading.readers import CorpusFile
from index.report import BuildReport, LibraryInfo, kept_report
from index.searching.encoder import BUILT_IN, Encoder, load_encoder
from index.searching.explaining import Explained, explain
from index.searching.finding import Finding
from index.searching.gist import gist
from index.searching.names import newest_first
from index.searching.quotes import whole_quote
from index.searching.snapshot import (
    CURRENT,
    Snapshot,
    current_snapshot,
    open_current,
    open_snapshot,
    snapshots_of,
)
from index.searching.units import unit_at, units_beside
from index.types import Directive, DirectiveId, Duty, Printed, Relation
from index.version import reading_version


class Library:
    """An open library. Picks up a new snapshot by itself; may be asked from several threads.

    ``visible`` names the directives that the asker may see; None means no limit. It is applied inside the indexes,
    before anything is ranked or counted: every answer is that of a library without the others.
    """

    def __init__(
        self, folder: Path, encoder: Encoder, *, only: Path | None = None, threshold: float | None = None
    ) -> None:
        """``only``: the folder of the one snapshot to ask, whichever answers. ``threshold``: as in `open`."""
        self._folder = folder
        self._only = only
        self._encoder = encoder
        self._threshold = threshold
        self._lock = Lock()
        self._opened: Snapshot | None = None
        self._current()

    @classmethod
    def open(cls, folder: Path, *, encoder: str = BUILT_IN, threshold: float | None = None) -> Library:
        """Open the library in this folder. ``threshold``: the confidence from which there is an answer (0-1); None for
        the one that was fitted.

        Raises LibraryMissing, LibraryDamaged, EncoderMissing, EncoderMismatch where another encoder built it, or
        LibraryOutdated where other code did: its texts and terms may not be what this code would look for.
        """
        current_snapshot(folder)
        library = cls(folder, load_encoder(encoder), threshold=threshold)
        if library._current().manifest.reader != reading_version():
            raise LibraryOutdated(folder=folder)
        return library

    def search(
        self,
        question: str,
        *,
        visible: frozenset[DirectiveId] | None = None,
        within: frozenset[DirectiveId] | None = None,
        lapsed: frozenset[DirectiveId] = frozenset(),
        pending: frozenset[DirectiveId] = frozenset(),
        focus: Quote | None = None,
        limit: int = 10,
    ) -> Findings:
        """What the library says to this question: the same as one that holds only what is visible.

        ``within``: the directives that the question means, of those that are visible; None for all of them.
        ``lapsed``: those that hold no longer, and drafts. They answer only where the question names one, asks for the
        past or for a draft, or goes on from one; what is common and rare is counted with them all the same.
        ``pending``: those that will hold only later, quoted behind the others.
        ``focus``: the quote that the conversation stands at, for follow-ups; of no use when its directive is gone.
        ``limit``: how many hits are given.
        """
        finding = Finding(
            question,
            self._current(),
            self._encoder,
            visible=visible,
            within=within,
            lapsed=lapsed,
            pending=pending,
            focus=focus,
            threshold=self._threshold,
        )
        return finding.findings(limit)

    def explain(self, question: str, *, visible: frozenset[DirectiveId] | None = None) -> Explained:
        """How `search` reads this question."""
        return explain(question, self._current(), visible=visible)

    def find(self, number: str, *, visible: frozenset[DirectiveId] | None = None) -> tuple[Directive, ...]:
        """The directives whose number matches one that is typed here, newest first."""
        return tuple(newest_first(self._current().names.numbered(find_numbers(number), visible=visible)))

    def directive(self, directive: DirectiveId, *, visible: frozenset[DirectiveId] | None = None) -> Directive | None:
        """The directive of this id; None where there is none or it may not be seen."""
        catalog = self._current().catalog
        is_seen = directive in catalog and (visible is None or directive in visible)
        return catalog.directive(directive) if is_seen else None

    def list(self, *, visible: frozenset[DirectiveId] | None = None) -> tuple[Directive, ...]:
        """All directives, in the order of their files."""
        return tuple(d for d in self._current().catalog.directives() if visible is None or d.id in visible)

    def info(self, *, visible: frozenset[DirectiveId] | None = None) -> LibraryInfo:
        """What is in the library; only what is visible is counted."""
        snapshot = self._current()
        seen = frozenset(d.id for d in snapshot.catalog.directives() if visible is None or d.id in visible)
        return LibraryInfo(
            directives=len(seen),
            passages=len(snapshot.catalog.rows_of(seen)),
            snapshot=snapshot.manifest.snapshot,
            built_at=snapshot.manifest.built_at,
            encoder=snapshot.manifest.encoder,
        )

    def report(self) -> BuildReport | None:
        """What the build of the snapshot that answers said, of all files; None where it was not kept."""
        return kept_report(snapshots_of(self._folder) / self._current().manifest.snapshot)

    def printed(self, directive: DirectiveId, *, visible: frozenset[DirectiveId] | None = None) -> Printed | None:
        """The printed text of a directive; None where there is none or it may not be seen."""
        if visible is not None and directive not in visible:
            return None
        try:
            return self._current().catalog.printed(directive)
        except KeyError:
            return None

    def is_as_read(self, directive: DirectiveId, corpus: Path) -> bool:
        """Whether the file of a directive still holds the bytes that it was read from; its sidecar may be another."""
        catalog = self._current().catalog
        if directive not in catalog:
            return False
        file = catalog.directive(directive).file
        found = bytes_digest(digest_of(CorpusFile(path=corpus / file, name=file)))
        return found != "" and found == bytes_digest(catalog.digests()[directive])

    def relations(self) -> Mapping[DirectiveId, tuple[Relation, ...]]:
        """What each directive says of others and of its own term, of all directives: who may see one is the caller's
        business.
        """
        return self._current().catalog.relations

    def duties(self) -> Mapping[DirectiveId, tuple[Duty, ...]]:
        """What each directive gives whom to do, of all directives, as `relations`."""
        return self._current().catalog.duties

    def gist(self, directive: DirectiveId, *, visible: frozenset[DirectiveId] | None = None) -> Quote | None:
        """The sentence that tells most of what a directive orders; None where it may not be seen, or has none."""
        found, text = self.directive(directive, visible=visible), self.printed(directive, visible=visible)
        return gist(found, text) if found and text else None

    def unit_of(self, quote: Quote, *, visible: frozenset[DirectiveId] | None = None) -> Quote | None:
        """The whole clause that holds a quote, or the next larger unit where the quote is all of it (`units.unit_at`).

        None where there is no more to show, the directive may not be seen, or its text is another by now.
        """
        found = self._found_again(quote, visible=visible)
        return whole_quote(*found, unit_at(found[1], quote.span)) if found else None

    def neighbours(
        self, quote: Quote, *, visible: frozenset[DirectiveId] | None = None
    ) -> tuple[Quote | None, Quote | None]:
        """The units just before and just after the one that holds a quote (`units.units_beside`), or None."""
        found = self._found_again(quote, visible=visible)
        if found is None:
            return None, None
        before, after = units_beside(found[1], quote.span)
        return whole_quote(*found, before), whole_quote(*found, after)

    def _found_again(self, quote: Quote, *, visible: frozenset[DirectiveId] | None) -> tuple[Quote, Printed] | None:
        """The quote with its directive as it is now, and the text that it stands in; None where it does no more."""
        catalog, directive = self._current().catalog, quote.directive.id
        if directive not in catalog or (visible is not None and directive not in visible):
            return None
        printed = catalog.printed(directive)
        if printed.text[quote.span.start : quote.span.end] != quote.text:
            return None
        return quote.model_copy(update={"directive": catalog.directive(directive)}), printed

    def _current(self) -> Snapshot:
        """The snapshot that CURRENT names, opened anew when a build has switched.

        The one that is open answers on while CURRENT names none that can be opened.
        """
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            elif self._only is None and _read_name(self._folder) not in (None, self._opened.manifest.snapshot):
                with suppress(LibraryMissing, LibraryDamaged, LibraryOutdated):
                    self._opened = self._open()
            return self._opened

    def _open(self) -> Snapshot:
        opened = open_snapshot(self._only) if self._only else open_current(self._folder)
        if opened.manifest.fingerprint != self._encoder.fingerprint:
            raise EncoderMismatch(built=opened.manifest.encoder, wanted=self._encoder.name)
        return opened


def _read_name(folder: Path) -> str | None:
    """The name in CURRENT; None while it cannot be read."""
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
