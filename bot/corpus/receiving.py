"""Files that an administrator puts on the page: each read, shown, corrected, and taken in or dropped by itself."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.channels.web.corpus_desk import Arrival, Field
from bot.corpus.child import Job, Said, run_child
from bot.corpus.corrections import KEYS, changed_facts, faults_of, shown_values
from bot.corpus.overriding import carry_over
from bot.corpus.staging import Staging
from bot.errors import ChildFailed
from bot.people.access import audience_of
from bot.people.audiences import audience_label
from bot.state import audit
from bot.state.overrides import Override
from index import Directive, DirectiveId

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

logger = logging.getLogger(__name__)

_SECONDS: Final = 120
_BY: Final = "page/{ticket}"


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
        self._library = library
        self._database = database
        self._wait = wait
        self._limit = limit
        self._cells = cells
        self._override_of = override_of
        self._read_file = read
        self._closed = closed
        self._one_at_a_time = Lock()
        self._taken: set[str] = set()

    def arrive(self, name: str, data: bytes, *, by: str, now: datetime) -> Arrival:
        """Several files wait for one another, as their memory adds up."""
        if self._closed:
            return Arrival(name=name, refusal=self._closed)
        if len(data) > self._limit:
            return Arrival(name=name, refusal=texts.ARRIVE_LARGE.format(megabytes=self._limit // 1024**2))
        with self._one_at_a_time:
            path = self._staging.put(name, data, now=now)
            try:
                return self._shown(path)
            except ChildFailed as error:
                self._staging.drop(path)
                return self._refused(path.name, error, by=by, now=now)

    def amend(self, ticket: str, given: Mapping[str, str]) -> Arrival | None:
        """What cannot be read with the new values leaves the old ones."""
        path = self._waiting(ticket)
        if path is None:
            return None
        with self._one_at_a_time:
            shown = self._shown(path)
            if not given:
                return shown
            before = self._staging.said(path)
            changes, faults = changed_facts(given, shown.values, cells=list(self._cells()))
            said = {key: _text(value) for key, value in changes.items() if value is not None}
            after = {key: value for key, value in before.items() if key not in changes} | said
            faults = faults or faults_of(dict(after), name=path.name)
            if faults:
                return shown.model_copy(update={"values": {**shown.values, **given}, "faults": faults})
            self._staging.say(path, after)
            try:
                return self._shown(path, chosen=said.get("audience"))
            except ChildFailed:
                self._staging.say(path, before)
                return shown.model_copy(update={"faults": {"": texts.UPLOAD_REASONS["unreadable"]}})

    def accept(self, ticket: str, *, mark: str, by: str, now: datetime) -> Arrival | str | None:
        """The state is written around the move: what a crash cuts off is done by the same button."""
        accepted, path = self._staging.accepted(ticket), self._staging.path(ticket)
        if accepted and (accepted[1] != _BY.format(ticket=ticket) or ticket in self._taken):
            return None
        if not accepted and path and mark != self._mark(path):
            return self.amend(ticket, {})
        if not accepted and path is None:
            return None
        directive, audience = self._staging.chosen(ticket)
        replaced = self._staging.replaced(ticket)
        with self._one_at_a_time, self._database.transaction() as db:
            name = accepted[0] if accepted else self._take(path, ticket, now=now)
            audit.record(db, actor=by, action="corpus.add", now=now, file=name)
            about = DirectiveId(directive)
            carry_over(db, about, file=name, replaced=replaced, audience=audience, by=by, now=now)
        self._taken.add(ticket)
        return name

    def _take(self, path: Path | None, ticket: str, *, now: datetime) -> str:
        assert path is not None  # looked at before
        return self._staging.accept(path, by=_BY.format(ticket=ticket), now=now)

    def drop(self, ticket: str) -> None:
        if path := self._waiting(ticket):
            self._staging.drop(path)

    def _waiting(self, ticket: str) -> Path | None:
        return None if self._staging.accepted(ticket) else self._staging.path(ticket)

    def _shown(self, path: Path, *, chosen: str | None = None) -> Arrival:
        """What was read, and what the file would take the place of. Raises ChildFailed."""
        read = self._read(path)
        listed = self._library.list()
        same = next((each for each in listed if each.id == read.id), None)
        if same and same.audience and not read.audience:
            self._staging.say(path, {**self._staging.said(path), "audience": same.audience})
            read = read.model_copy(update={"audience": same.audience})
        unread = self._staging.is_taken(path.name) and path.name not in {each.file for each in listed}
        replaced = same.file if same else path.name if unread else None
        self._staging.replace(path, replaced)
        ticket = self._staging.ticket(path)
        chosen = chosen or self._staging.chosen(ticket)[1]
        self._staging.choose(path, directive=read.id, audience=chosen)
        name = path.name if replaced == path.name else self._staging.free_name(path)
        override = self._override_of(read.model_copy(update={"file": name}))
        override = override or (self._override_of(same) if same else None)
        notes = [texts.UPLOAD_TAKEN.format(file=replaced)] if replaced else []
        notes += [texts.UPLOAD_WITHDRAWN] if override and override.withdrawn else []
        values = shown_values(read, {}, audience=audience_label(chosen or audience_of(read, override)))
        return Arrival(
            name=path.name,
            ticket=ticket,
            fields=tuple(
                Field(key=key, label=texts.INSPECT_FIELDS[key], value=values[key] or texts.UPLOAD_UNKNOWN)
                for key in KEYS
            ),
            values=values,
            notes=tuple(notes),
            mark=self._mark(path),
            replaces=bool(replaced),
        )

    def _mark(self, path: Path) -> str:
        """Changes with what was said of the file and with what it would replace."""
        said = f"{sorted(self._staging.said(path).items())} {self._staging.replaced(self._staging.ticket(path))}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def _read(self, path: Path) -> Directive:
        job = Job(task="read", corpus=path.parent, file=path.name, seconds=_SECONDS)
        directive: Directive | None = self._wait(self._read_file(job)).directive
        if directive is None:
            raise ChildFailed
        return directive

    def _refused(self, name: str, error: ChildFailed, *, by: str, now: datetime) -> Arrival:
        """Into the log goes only why, as the name of a classified paper may say too much."""
        words = texts.UPLOAD_REASONS.get(error.code)
        reason = words.format_map(error.facts) if words else texts.skip_text(error.code, error.facts)
        logger.warning("a file was refused: %s", error.code)
        with self._database.transaction() as db:
            audit.record(db, actor=by, action="corpus.refuse", now=now, reason=error.code)
        return Arrival(name=name, refusal=reason)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
