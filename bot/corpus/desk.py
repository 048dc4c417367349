"""What the administrators' pages ask of the application: the list, what was understood, what is put right."""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.answering.citation import name_of
from bot.channels.web.corpus_desk import Arrival, Building, Link, Listing, Saved, Understood
from bot.channels.web.corpus_desk import Correcting as Given
from bot.channels.web.desk import Visitor
from bot.corpus.child import Job, Said, run_child
from bot.corpus.correcting import Correcting
from bot.corpus.inspecting import Inspection, link_of
from bot.corpus.receiving import Receiving
from bot.corpus.reindexing import Reindexing, progress_line
from bot.corpus.shelf import Shelf
from bot.department import Stale
from bot.errors import ChildFailed
from bot.people.audiences import audience_label
from bot.people.identity import identify
from bot.state import audit
from bot.validity.deciding import decide
from index import PICTURED, Directive, DirectiveId, Edge, Printed, Reading, Relation

if TYPE_CHECKING:
    from bot.state.database import Database
    from bot.validity.register import Known, Register
    from index import Library

logger = logging.getLogger(__name__)

_WEB: Final = "web"
_WIDTH: Final = 1000
_PICTURE_SECONDS: Final = 30
_TICK: Final = 2 * 10**9
"""Nanoseconds; the coarsest clock of a file system."""


class AdministratorsDesk:
    """The `CorpusDesk` of this application. ``corpus``: its folder. ``wait`` runs a coroutine on the event loop and
    waits for it. ``closed``: why nothing may be written into the corpus, empty where it may. ``draw``: as `run_child`.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        corpus: Path,
        shelf: Shelf,
        correcting: Correcting,
        receiving: Receiving,
        reindexing: Reindexing,
        register: Register,
        wait: Callable[[Coroutine[Any, Any, Any]], Any],
        clock: Callable[[], datetime],
        closed: str = "",
        draw: Callable[[Job], Coroutine[Any, Any, Said]] = run_child,
    ) -> None:
        self._library = library
        self._database = database
        self._corpus = corpus
        self._shelf = shelf
        self._correcting = correcting
        self._receiving = receiving
        self._reindexing = reindexing
        self._register = register
        self._wait = wait
        self._clock = clock
        self._closed = closed
        self._pictures = _Pictures(library, corpus, draw=lambda job: wait(draw(job)))

    # -- what there is -------------------------------------------------------------------------------------------------

    def listing(self, words: str, *, page: int) -> Listing:
        return self._shelf.listing(words, page=page)

    def understood(self, directive: str, *, page: int) -> Understood | None:
        found = self._directive(directive)
        printed = self._library.printed(found.id) if found else None
        if found is None or printed is None:
            return None
        relations = self._library.relations().get(found.id, ())
        first, attached = self._papers_of_file(found)
        reading = Reading(directive=found, printed=printed, relations=relations)
        read = Inspection(reading, decision=None if first is found else first)
        sheet = read.sheet(page, has_picture=self._pictures.shows(found))
        if sheet is None:
            return None
        override = self._shelf.override_of(first)
        notes = [] if attached is None and first is found else [texts.READ_HAS_ATTACHED]
        if not sheet.has_picture and PurePosixPath(found.file).suffix.lower() in PICTURED:
            notes.append(texts.READ_PICTURE_NOT_SHOWN)
        if override and override.audience:
            notes.append(texts.READ_BY_OVERRIDE.format(audience=audience_label(override.audience)))
        return Understood(
            listed=self._shelf.listed(found),
            fields=read.fields(),
            sheet=sheet,
            sheets=len(read.starts),
            links=self._links(found, read, relations),
            form=self._correcting.form(first, override.audience if override else None, attached=attached),
            notes=tuple(notes),
            closed=self._closed,
        )

    def read_from(self, file: str) -> str | None:
        found = [each for each in self._library.list() if each.file == file]
        return min(found, key=lambda each: each.attached_to is not None).id if found else None

    def picture(self, directive: str, *, page: int) -> tuple[bytes, str] | None:
        found = self._directive(directive)
        drawn = self._pictures.of(found, page) if found else None
        return None if drawn is None else (drawn, "image/png")

    def _directive(self, directive: str) -> Directive | None:
        return self._library.directive(DirectiveId(directive))

    def _papers_of_file(self, directive: Directive) -> tuple[Directive, Directive | None]:
        """The one that the sidecar of its file speaks of, and the one that it calls attached."""
        first = self._directive(directive.attached_to) if directive.attached_to else directive
        first = first or directive
        others = [each for each in self._library.list() if each.attached_to == first.id and each.file == first.file]
        return first, min(others, key=self._first_page, default=None)

    def _first_page(self, directive: Directive) -> int:
        printed = self._library.printed(directive.id)
        return (printed and printed.page_at(0)) or 0

    def _links(self, directive: Directive, read: Inspection, relations: tuple[Relation, ...]) -> tuple[Link, ...]:
        """With what became of each: whether it counts, waits for somebody, or leads to a paper that is not there."""
        known = self._register.known()
        edges: dict[Relation, list[Edge]] = {}
        for edge in filter(known.is_first, known.undecided.edges_from(directive.id)):
            edges.setdefault(edge.relation, []).append(edge)
        missing = {each.relation for each in known.validity.missing if each.source == directive.id}
        said = []
        for relation in relations:
            link = link_of(relation, read.printed, state=texts.READ_MISSING if relation in missing else "")
            leading = edges.get(relation, ())
            said += [_decidable(link, each, known, is_one_of=len(leading)) for each in leading] or [link]
        return tuple(said)

    # -- what is changed -----------------------------------------------------------------------------------------------

    def correct(self, visitor: Visitor, directive: str, given: Given) -> Saved | None:
        found = self._directive(directive)
        if found is None:
            return None
        printed = self._library.printed(found.id) or Printed(text="")
        first, attached = self._papers_of_file(found)
        override, by, now = self._shelf.override_of(first), self._code_of(visitor), self._clock()
        audience = override.audience if override else None
        saved = self._correcting.save(first, audience, given, printed=printed, by=by, now=now, attached=attached)
        if saved.changed:
            self._reindexing.begin_soon(_WEB, visitor.chat)
        return saved

    def decide(self, visitor: Visitor, key: str, *, was: bool | None, stands: bool | None) -> bool | None:
        known = self._register.known()
        edge = known.edges.get(key)
        if edge is None:
            return None
        twins = known.twins_of(edge)
        if all(known.decisions.get(each.key) is stands for each in twins):
            return True
        if known.decisions.get(key) is not was:
            return False
        now, by = self._clock(), self._code_of(visitor)
        try:
            with self._database.transaction() as db:
                for each in twins:
                    decide(db, each, known, was=known.decisions.get(each.key), stands=stands, by=by, now=now)
        except Stale:
            return False
        return True

    def arrive(self, visitor: Visitor, name: str, data: bytes) -> Arrival:
        return self._receiving.arrive(name, data, by=self._code_of(visitor), now=self._clock())

    def arrive_as_one(self, visitor: Visitor, pictures: Iterable[tuple[str, bytes]]) -> Arrival:
        return self._receiving.arrive_as_one(pictures, by=self._code_of(visitor), now=self._clock())

    def amend(self, visitor: Visitor, ticket: str, values: Mapping[str, str]) -> Arrival | None:
        return self._receiving.amend(ticket, values)

    def accept(self, visitor: Visitor, ticket: str, *, mark: str) -> Arrival | str | None:
        taken = self._receiving.accept(ticket, mark=mark, by=self._code_of(visitor), now=self._clock())
        if isinstance(taken, str):
            self._reindexing.begin_soon(_WEB, visitor.chat)
        return taken

    def drop(self, visitor: Visitor, ticket: str) -> None:
        self._receiving.drop(ticket)

    def rebuild(self, visitor: Visitor) -> bool:
        if not self._reindexing.begin(_WEB, visitor.chat):
            return False
        with self._database.transaction() as db:
            audit.record(db, actor=self._code_of(visitor), action="corpus.reindex", now=self._clock())
        return True

    def building(self) -> Building:
        step, running = self._reindexing.step, self._reindexing.running
        if running:
            percent = step.done * 100 // max(step.total, 1) if step else 0
            line = progress_line(step) if step else texts.REBUILD_RUNNING
            return Building(running=True, line=line, percent=percent)
        return Building(running=False, report=tuple(filter(None, self._reindexing.report_lines)))

    def _code_of(self, visitor: Visitor) -> str:
        with self._database.reading() as db:
            return identify(db, _WEB, visitor.account).code


def _decidable(link: Link, edge: Edge, known: Known, *, is_one_of: int) -> Link:
    """The link with what was decided, and with the paper itself where the clause may mean one of several."""
    decided = known.decisions.get(edge.key)
    text = f"{link.text} → {name_of(known.directives[edge.target])}" if is_one_of > 1 else link.text
    state = _state_of(edge, decided)
    return link.model_copy(update={"text": text, "state": state, "key": edge.key, "decided": decided})


def _state_of(edge: Edge, decided: bool | None) -> str:
    """``edge``: as it is by itself."""
    if decided is None and edge.proposed:
        return texts.READ_PROPOSED
    stands = edge.stands if decided is None else decided
    return texts.READ_STANDS if stands else texts.READ_STANDS_NOT


class _Pictures:
    """Only of a file that is still the one that was read: what took its place may be classified."""

    def __init__(self, library: Library, corpus: Path, *, draw: Callable[[Job], Said]) -> None:
        self._library = library
        self._corpus = corpus
        self._draw = draw
        self._shown: dict[DirectiveId, tuple[object, ...]] = {}

    def shows(self, directive: Directive) -> bool:
        path = self._corpus / directive.file
        return (
            path.suffix.lower() in PICTURED
            and path.resolve().is_relative_to(self._corpus.resolve())
            and self._is_as_read(directive, path)
        )

    def of(self, directive: Directive, page: int) -> bytes | None:
        job = Job(
            task="picture",
            corpus=self._corpus,
            file=directive.file,
            page=page,
            width=_WIDTH,
            seconds=_PICTURE_SECONDS,
        )
        try:
            drawn = self._draw(job).picture if self.shows(directive) else None
        except ChildFailed as error:
            logger.warning("page %s of %s could not be drawn: %s", page, directive.id, error)
            return None
        return base64.b64decode(drawn) if drawn else None

    def _is_as_read(self, directive: Directive, path: Path) -> bool:
        """Read through once, for the page and for its picture, while the same snapshot answers and nobody writes."""
        sign = _sign_of(path, self._library.info().snapshot)
        if sign is not None and self._shown.get(directive.id) == sign:
            return True
        is_as_read = self._library.is_as_read(directive.id, self._corpus)
        if is_as_read and sign is not None and sign == _sign_of(path, self._library.info().snapshot):
            self._shown[directive.id] = sign
            return True
        self._shown.pop(directive.id, None)
        return is_as_read


def _sign_of(path: Path, snapshot: str) -> tuple[object, ...] | None:
    """Another one for other bytes; None where it cannot tell, as two writes may fall into one tick of the clock."""
    try:
        found = path.stat()
    except OSError:
        return None
    if abs(time.time_ns() - found.st_ctime_ns) < _TICK:
        return None
    return snapshot, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
