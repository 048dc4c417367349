"""Files on their way into the corpus, read and held against what is in it: the same for the chat and for the page."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from bot import texts
from bot.corpus.child import Job, Said
from bot.corpus.overriding import carry_over
from bot.corpus.staging import Staging
from bot.corpus.summary import notes_of
from bot.errors import ChildFailed
from bot.people.access import audience_of
from bot.state import audit
from bot.state.overrides import Override
from index import Directive, DirectiveId

if TYPE_CHECKING:
    from pathlib import Path

    from index import Library

logger = logging.getLogger(__name__)

_SECONDS: Final = 300
"""For one file; a long scan takes a second or two a page."""


@dataclass(frozen=True)
class Seen:
    """What was read of a file. ``audience``: for whom it will be; ``replaces``: it takes another's place; ``notes``:
    what to beware of; ``mark``: of all this, for the yes to it.
    """

    directive: Directive
    audience: str
    replaces: bool
    notes: tuple[str, ...]
    mark: str


class Arrivals:
    """``wait`` runs a coroutine on the event loop and waits for it. ``override_of``: what administrators set for a
    directive. ``read``: reads a file where it can do no harm; raises ChildFailed.
    """

    def __init__(
        self,
        staging: Staging,
        library: Library,
        *,
        wait: Callable[[Coroutine[Any, Any, Any]], Any],
        override_of: Callable[[Directive], Override | None],
        read: Callable[[Job], Coroutine[Any, Any, Said]],
    ) -> None:
        self._staging = staging
        self._library = library
        self._wait = wait
        self._override_of = override_of
        self._read_file = read

    def look(self, path: Path, *, chosen: str | None = None) -> Seen:
        """A new version of a directive is for whom the old one was, until ``chosen`` says otherwise. Raises
        ChildFailed.
        """
        said = self._said(path)
        read, listed = said.directive, self._library.list()
        if read is None:
            raise ChildFailed
        same = next((each for each in listed if each.id == read.id), None)
        if same and same.audience and not read.audience:
            self._staging.say(path, {**self._staging.said(path), "audience": same.audience})
            read = read.model_copy(update={"audience": same.audience})
        unread = self._staging.is_taken(path.name) and path.name not in {file for each in listed for file in each.files}
        replaced = same.file if same else path.name if unread else None
        self._staging.replace(path, replaced)
        chosen = chosen or self._staging.chosen(self._staging.ticket(path))[1]
        self._staging.choose(path, directive=read.id, audience=chosen)
        name = path.name if replaced == path.name else self._staging.free_name(path)
        override = self._override_of(read.model_copy(update={"file": name}))
        override = override or (self._override_of(same) if same else None)
        notes = [*notes_of(said), *([texts.UPLOAD_TAKEN.format(file=replaced)] if replaced else [])]
        notes += [texts.UPLOAD_WITHDRAWN] if override and override.withdrawn else []
        audience = chosen or audience_of(read, override)
        return Seen(read, audience, bool(replaced), tuple(notes), self.mark(path))

    def say(self, path: Path, facts: Mapping[str, str], *, chosen: str | None = None) -> Seen:
        """The file, read with these facts beside it; where it cannot be, those before stay. Raises ChildFailed."""
        before = self._staging.said(path)
        self._staging.say(path, facts)
        try:
            return self.look(path, chosen=chosen)
        except ChildFailed:
            self._staging.say(path, before)
            raise

    def mark(self, path: Path) -> str:
        """Changes with what was said of the file and with what it would replace: a button under an older summary does
        not do what stands over it.
        """
        said = f"{sorted(self._staging.said(path).items())} {self._staging.replaced(self._staging.ticket(path))}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def _said(self, path: Path) -> Said:
        job = Job(task="read", corpus=path.parent, file=path.name, seconds=_SECONDS)
        said: Said = self._wait(self._read_file(job))
        return said


def record_taken(db: Connection, staging: Staging, ticket: str, *, name: str, by: str, now: datetime) -> None:
    """What is written when a file is taken in; ``name``: in the corpus; ``by``: for the audit log."""
    directive, audience = staging.chosen(ticket)
    audit.record(db, actor=by, action="corpus.add", now=now, file=name)
    about, replaced = DirectiveId(directive), staging.replaced(ticket)
    carry_over(db, about, file=name, replaced=replaced, audience=audience, by=by, now=now)


def record_refused(db: Connection, error: ChildFailed, *, by: str, now: datetime) -> None:
    """Only why, as the name of a classified paper may say too much."""
    logger.warning("a file was refused: %s", error.code)
    audit.record(db, actor=by, action="corpus.refuse", now=now, reason=error.code)


def reason_of(error: ChildFailed) -> str:
    """Why a file was refused, and what to do."""
    words = texts.UPLOAD_REASONS.get(error.code)
    return words.format_map(error.facts) if words else texts.skip_text(error.code, error.facts)
