"""Files that an administrator puts on the page: each read, shown, corrected, and taken in or dropped by itself."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.channels.web.corpus_desk import Arrival, Field
from bot.corpus.arrival import Arrivals, Seen, reason_of, record_refused, record_taken
from bot.corpus.child import Job, Said, run_child
from bot.corpus.corrections import KEYS, changed_facts, faults_of, shown_values
from bot.corpus.photographs import MOST, bound_pages
from bot.corpus.staging import Staging, safe_name
from bot.errors import ChildFailed
from bot.people.audiences import audience_label
from bot.state.overrides import Override
from index import Directive, fold

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

logger = logging.getLogger(__name__)

_Failed = ChildFailed | OSError
_BY: Final = "page/{ticket}"
_NAMED: Final = 5
"""Pictures whose names stand in a row; the others are counted."""
_KEPT: Final = 100
"""Files of which it is remembered what was read; the others are read again when something is done with them."""


class Receiving:
    """``wait`` runs a coroutine on the event loop and waits for it. ``limit``: bytes. ``cells``: those of the roll.
    ``override_of``: what administrators set for a directive. ``read``: reads a file where it can do no harm; raises
    ChildFailed. ``closed``: why nothing may be written, empty where it may.
    """

    def __init__(
        self,
        staging: Staging,
        library: Library,
        database: Database,
        *,
        wait: Callable[[Coroutine[Any, Any, Any]], Any],
        limit: int,
        cells: Callable[[], Iterable[str]],
        override_of: Callable[[Directive], Override | None],
        read: Callable[[Job], Coroutine[Any, Any, Said]] = run_child,
        closed: str = "",
    ) -> None:
        self._staging = staging
        self._database = database
        self._wait = wait
        self._limit = limit
        self._cells = cells
        self._run = read
        self._arrivals = Arrivals(staging, library, wait=wait, override_of=override_of, read=read)
        self._closed = closed
        self._taken: set[str] = set()
        self._seen: dict[str, Seen] = {}

    def arrive(self, name: str, data: bytes, *, by: str, now: datetime) -> Arrival:
        """Several files wait for one another, as their memory adds up."""
        if self._closed or len(data) > self._limit:
            return Arrival(name=name, refusal=self._closed or self._too_large())

        def read(ticket: str) -> Arrival:
            path = self._staging.put(name, data, now=now, ticket=ticket)
            return self._row(path, self._arrivals.look(path))

        return self._put(read, named=lambda _: safe_name(name), by=by, now=now)

    def arrive_as_one(self, pictures: Iterable[tuple[str, bytes]], *, by: str, now: datetime) -> Arrival:
        """Pictures of the pages of one paper, by their names, in the order in which people count."""
        if self._closed:
            return Arrival(name=texts.PHOTOS, refusal=self._closed)
        names = list[str]()

        def read(ticket: str) -> Arrival:
            for name, data in pictures:
                if fault := self._fault_of_page(data, before=len(names)):
                    return Arrival(name=name, refusal=fault)
                self._staging.put_page(f"{len(names):03}", data, now=now, ticket=ticket)
                names.append(name)
            return self._bound(ticket, names, now=now)

        return self._put(read, named=lambda error: _name_of_page(error, names), by=by, now=now)

    def _put(
        self, read: Callable[[str], Arrival], *, named: Callable[[_Failed], str], by: str, now: datetime
    ) -> Arrival:
        """``read`` keeps something aside under this ticket; of what is refused nothing stays."""
        ticket, row = secrets.token_hex(8), None
        try:
            with self._staging.one_at_a_time:
                row = read(ticket)
                return row
        except (ChildFailed, OSError) as error:
            return self._refused(named(error), error, by=by, now=now)
        finally:
            if row is None or not row.ticket:
                self._staging.drop_ticket(ticket)

    def _bound(self, ticket: str, names: list[str], *, now: datetime) -> Arrival:
        order = sorted(range(len(names)), key=lambda place: _counted(names[place]))
        path = bound_pages(self._staging, ticket, order=order, now=now, run=lambda job: self._wait(self._run(job)))
        if path is None:
            raise ChildFailed
        row = self._row(path, self._arrivals.look(path))
        ordered = [names[place] for place in order]
        more = texts.ARRIVE_PAGES_MORE.format(count=len(ordered) - _NAMED) if len(ordered) > _NAMED else ""
        said = texts.ARRIVE_PAGES.format(count=len(ordered), names=", ".join(ordered[:_NAMED]) + more)
        return row.model_copy(update={"notes": (said, *row.notes)})

    def _fault_of_page(self, data: bytes, *, before: int) -> str:
        if before == MOST:
            return texts.ARRIVE_PAGES_MOST.format(most=MOST)
        return self._too_large() if len(data) > self._limit else ""

    def amend(self, ticket: str, given: Mapping[str, str]) -> Arrival | None:
        """What cannot be read with the new values leaves the old ones."""
        with self._staging.one_at_a_time:
            path = self._waiting(ticket)
            return self._amended(path, given) if path else None

    def _amended(self, path: Path, given: Mapping[str, str]) -> Arrival | None:
        try:
            shown = self._row(path, self._seen_before(path) or self._arrivals.look(path))
            if not given:
                return shown
            changes, faults = changed_facts(given, shown.values, cells=list(self._cells()))
            said = {key: _text(value) for key, value in changes.items() if value is not None}
            before = self._staging.said(path)
            after = {key: value for key, value in before.items() if key not in changes} | said
            faults = faults or faults_of(dict(after), name=path.name)
            if faults:
                return shown.model_copy(update={"values": {**shown.values, **given}, "faults": faults})
            return self._row(path, self._arrivals.say(path, after, chosen=said.get("audience")))
        except (ChildFailed, OSError) as error:
            return self._faulty(path, error)

    def accept(self, ticket: str, *, mark: str, by: str, now: datetime) -> Arrival | str | None:
        """The state is written around the move: what a crash cuts off is done by the same button."""
        with self._staging.one_at_a_time:
            if accepted := self._staging.accepted(ticket):
                name, first = accepted
                if first != _BY.format(ticket=ticket) or ticket in self._taken:
                    return None
            elif path := self._staging.path(ticket):
                try:
                    if mark != self._arrivals.mark(path):
                        return self._amended(path, {})
                    name = self._staging.accept(path, by=_BY.format(ticket=ticket), now=now)
                except OSError as error:
                    return self._faulty(path, error)
            else:
                return None
            with self._database.transaction() as db:
                record_taken(db, self._staging, ticket, name=name, by=by, now=now)
            self._taken.add(ticket)
            self._seen.pop(ticket, None)
            return name

    def drop(self, ticket: str) -> None:
        if path := self._waiting(ticket):
            self._staging.drop(path)
        self._seen.pop(ticket, None)

    def _waiting(self, ticket: str) -> Path | None:
        return None if self._staging.accepted(ticket) else self._staging.path(ticket)

    def _seen_before(self, path: Path) -> Seen | None:
        """What was read of the file, where nothing was said of it since: a long scan takes minutes to read again."""
        seen = self._seen.get(path.parent.name)
        return seen if seen and seen.mark == self._arrivals.mark(path) else None

    def _row(self, path: Path, seen: Seen) -> Arrival:
        self._seen[path.parent.name] = seen
        if len(self._seen) > _KEPT:
            self._seen.pop(next(iter(self._seen)), None)
        return _row(path, seen)

    def _too_large(self) -> str:
        return texts.ARRIVE_LARGE.format(megabytes=self._limit // 1024**2)

    def _refused(self, name: str, error: _Failed, *, by: str, now: datetime) -> Arrival:
        if isinstance(error, ChildFailed):
            with self._database.transaction() as db:
                record_refused(db, error, by=by, now=now)
        return Arrival(name=name, refusal=_words_of(error))

    def _faulty(self, path: Path, error: _Failed) -> Arrival | None:
        """The row as it was seen last, with what went wrong; None where the file was dropped meanwhile."""
        if self._waiting(path.parent.name) is None:
            return None
        words, seen = _words_of(error), self._seen.get(path.parent.name)
        if seen is None:
            return Arrival(name=path.name, ticket=path.parent.name, refusal=words)
        return _row(path, seen).model_copy(update={"faults": {"": words}})


def _row(path: Path, seen: Seen) -> Arrival:
    values = shown_values(seen.directive, {}, audience=audience_label(seen.audience))
    return Arrival(
        name=path.name,
        ticket=path.parent.name,
        fields=tuple(
            Field(key=key, label=texts.INSPECT_FIELDS[key], value=values[key] or texts.UPLOAD_UNKNOWN) for key in KEYS
        ),
        values=values,
        notes=seen.notes,
        mark=seen.mark,
        replaces=seen.replaces,
    )


def _counted(name: str) -> list[tuple[int, str]]:
    """So that ``trang 10`` stands behind ``trang 9``; the name itself where two are alike but for their marks."""
    parts = re.findall(r"\d+|\D+", fold(name))
    return [*((int(part), "") if part.isdecimal() else (-1, part) for part in parts), (-2, name)]


def _words_of(error: _Failed) -> str:
    if isinstance(error, ChildFailed):
        return reason_of(error)
    logger.warning("a file could not be written: %s", error)
    return texts.ARRIVE_DISK


def _name_of_page(error: _Failed, names: list[str]) -> str:
    """The picture that an error is about, where it is about one."""
    about = error.facts.get("path", "") if isinstance(error, ChildFailed) else ""
    place = re.fullmatch(r"\.page-(\d{3})", about)
    return names[int(place[1])] if place and int(place[1]) < len(names) else texts.PHOTOS


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
