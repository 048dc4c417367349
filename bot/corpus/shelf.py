"""The list of all directives, as administrators see it: whether each holds, for whom it is, where it comes from."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import texts
from bot.answering.citation import name_of, spoken_date
from bot.channels.web.corpus_desk import LeftOut, Listed, Listing
from bot.corpus.inspecting import Inspection
from bot.corpus.overriding import override_for
from bot.people.access import audience_of
from bot.people.audiences import audience_label
from bot.state import overrides
from bot.state.overrides import Override
from index import BuildReport, Directive, DirectiveId, Reading, Validity, fold, newest_first

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

PAGE: Final = 50
"""Directives on one page of the list."""


class Shelf:
    """``validity``: of this moment. ``report``: of the last build, None where none is kept. ``zone``: of the times that
    are shown. ``closed``: why nothing may be written into the corpus.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        corpus: Path,
        validity: Callable[[], Validity],
        report: Callable[[], BuildReport | None],
        zone: ZoneInfo,
        closed: str = "",
    ) -> None:
        self._library = library
        self._database = database
        self._corpus = corpus
        self._validity = validity
        self._report = report
        self._zone = zone
        self._closed = closed

    def listing(self, words: str, *, page: int) -> Listing:
        look = self._look()
        wanted = fold(words).split()
        found = [each for each in newest_first(self._library.list()) if look.fits(each, wanted)]
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(page, 1), pages)
        shown = found[(page - 1) * PAGE : page * PAGE]
        return Listing(
            directives=tuple(look.listed(each) for each in shown),
            found=len(found),
            page=page,
            pages=pages,
            built_at=look.moment(look.built_at),
            left_out=look.left_out,
            closed=self._closed,
        )

    def listed(self, directive: Directive) -> Listed:
        return self._look().listed(directive)

    def override_of(self, directive: Directive) -> Override | None:
        return self._look().override_of(directive)

    def _look(self) -> _Look:
        with self._database.reading() as db:
            standing = overrides.everything(db)
        return _Look(self._library, self._corpus, self._validity(), self._report(), standing, self._zone)


@dataclass(frozen=True)
class _Look:
    """One look at everything that the list tells."""

    library: Library
    corpus: Path
    validity: Validity
    report: BuildReport | None
    overrides: Sequence[Override]
    zone: ZoneInfo

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M %d/%m/%Y}"

    @cached_property
    def built_at(self) -> datetime:
        return self.library.info().built_at

    @property
    def left_out(self) -> tuple[LeftOut, ...] | None:
        if self.report is None:
            return None
        return tuple(
            LeftOut(file=each.path, reason=texts.skip_text(each.reason, each.facts)) for each in self.report.skipped
        )

    def fits(self, directive: Directive, wanted: Sequence[str]) -> bool:
        """Whether all these folded words stand in what the list shows of it."""
        if not wanted:
            return True
        said = (
            name_of(directive),
            directive.title,
            _issued(directive),
            *_files(directive),
            self._status(directive),
            self._audience(directive),
            texts.SHELF_WITHDRAWN if self._withdrawn(directive) else "",
        )
        text = fold(" ".join(said))
        return all(word in text for word in wanted)

    def listed(self, directive: Directive) -> Listed:
        changed_at = _changed_at(self.corpus / directive.file)
        return Listed(
            id=directive.id,
            name=name_of(directive),
            title=directive.title,
            issued=_issued(directive),
            status=self._status(directive),
            holds=directive.id not in self.validity.lapsed,
            audience=self._audience(directive),
            audience_by=self._audience_by(directive),
            files=_files(directive),
            changed=self.moment(changed_at) if changed_at else "",
            troubles=self._troubles(directive, changed_at),
            withdrawn=self._withdrawn(directive),
        )

    def override_of(self, directive: Directive) -> Override | None:
        return override_for(self.overrides, directive.id, files=_files(directive))

    def _withdrawn(self, directive: Directive) -> bool:
        override = self.override_of(directive)
        return override is not None and override.withdrawn

    def _status(self, directive: Directive) -> str:
        return texts.SHELF_STATUS[self.validity.standing_of(directive.id).status]

    def _audience(self, directive: Directive) -> str:
        return audience_label(audience_of(directive, self.override_of(directive)))

    def _audience_by(self, directive: Directive) -> str:
        override = self.override_of(directive)
        if override and override.audience:
            return texts.SHELF_BY_OVERRIDE
        return texts.SHELF_BY_PAPER if directive.audience else texts.SHELF_BY_DEFAULT

    def _troubles(self, directive: Directive, changed_at: datetime | None) -> tuple[str, ...]:
        said = [] if changed_at else [texts.SHELF_FILE_GONE]
        if changed_at and changed_at > self.built_at:
            said.append(texts.SHELF_FILE_NEWER)
        if self.report is None:
            return (*said, *self._read_troubles(directive))
        return (*said, *(words for file in _files(directive) for words in self._reported.get(file, ())))

    @cached_property
    def _reported(self) -> Mapping[str, Sequence[str]]:
        """By file, what the last build found to look at."""
        found = defaultdict(list)
        for trouble in self.report.troubles if self.report else ():
            found[trouble.path].append(texts.trouble_text(trouble.code, trouble.facts))
        return found

    def _read_troubles(self, directive: Directive) -> tuple[str, ...]:
        printed = self.library.printed(DirectiveId(directive.id))
        return Inspection(Reading(directive=directive, printed=printed)).troubles() if printed else ()


def _issued(directive: Directive) -> str:
    return ", ".join(filter(None, (directive.issuer, spoken_date(directive.date) if directive.date else "")))


def _files(directive: Directive) -> tuple[str, ...]:
    return (directive.file, *directive.sources)


def _changed_at(path: Path) -> datetime | None:
    """File names of other systems may be NFD."""
    try:
        stat = path.stat()
    except OSError:
        try:
            stat = path.with_name(unicodedata.normalize("NFD", path.name)).stat()
        except OSError:
            return None
    return datetime.fromtimestamp(stat.st_mtime, UTC)
