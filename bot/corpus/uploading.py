"""``/nhap``: an administrator sends a file, sees what was read of it, corrects it, and has it taken in."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.confirming import says_no, says_yes
from bot.answering.phrases import form_of
from bot.corpus.arrival import Arrivals, Seen, reason_of, record_refused, record_taken
from bot.corpus.child import Job, Said, run_child
from bot.corpus.corrections import day_of
from bot.corpus.photographs import Photographs, is_photograph, says_done
from bot.corpus.reindexing import Reindexing
from bot.corpus.staging import Staging, refuses_uploads
from bot.corpus.summary import FIELDS, short, summary
from bot.department import Command, Department, Outcome, Rank, Request, Task, told
from bot.errors import ChildFailed
from bot.messages import Attachment, Block, Choices, Reply, Text
from bot.people.audiences import audience_choices, parse_audience, with_known_cell
from bot.state.overrides import Override
from index import Directive, Library

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

_TASK: Final = "nhap"
_FOR: Final = timedelta(hours=2)
_PRESSED: Final = re.compile(
    r"(?P<step>đúng(?= \w+ (?P<mark>\w+)$)|bỏ|xong|sửa:(?P<field>\w+)|đặt:(?P<audience>\w+)) "
    r"(?P<ticket>[0-9a-f]{16})(?: \w+)?"
)


class Uploading:
    """``fetch`` gets the bytes of an attachment; ``wait`` runs a coroutine on the event loop and waits for it, from
    the thread that answers. ``limit``: bytes. ``cells``: those of the roll; None takes every name for one.
    ``override_of``: what administrators set in the chat for a directive. ``read``: reads a file where it can do no
    harm; raises ChildFailed.

    What was said of a file stands beside it (`Staging`), and every button names its file: so a button does what stood
    over it, whatever was asked meanwhile.
    """

    def __init__(
        self,
        staging: Staging,
        library: Library,
        *,
        fetch: Callable[[str, Attachment, int], Coroutine[Any, Any, bytes]],
        wait: Callable[[Coroutine[Any, Any, Any]], Any],
        limit: int,
        reindexing: Reindexing,
        cells: Callable[[], Iterable[str]] | None = None,
        override_of: Callable[[Directive], Override | None] = lambda _: None,
        read: Callable[[Job], Coroutine[Any, Any, Said]] = run_child,
    ) -> None:
        self._staging = staging
        self._fetch = fetch
        self._wait = wait
        self._limit = limit
        self._reindexing = reindexing
        self._cells = cells
        self._arrivals = Arrivals(staging, library, wait=wait, override_of=override_of, read=read)
        self._refuses = refuses_uploads(staging.corpus)
        self._photographs = Photographs(staging, fetch=fetch, wait=wait, limit=limit, run=read)

    def department(self) -> Department:
        command = Command(
            names=("nhap", "themvanban"),
            answer=self._begin,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("nhap van ban", "them van ban"),
        )
        return Department(commands=(command,), tasks={_TASK: self._step}, files=self._take)

    def _begin(self, request: Request) -> Outcome:
        if pressed := _PRESSED.fullmatch(request.arguments):
            return self._pressed(request, pressed)
        if (taken := self._take(request)) is not None:
            return taken
        if self._refuses:
            return told(texts.UPLOAD_NO_CORPUS)
        return told(texts.UPLOAD_INVITE, task=_waiting(request, {}))

    def _take(self, request: Request) -> Outcome | None:
        """A file of an administrator; everybody else's is not taken, and nothing of it is fetched."""
        attachment, incoming = request.incoming.attachment, request.incoming
        if attachment is None or not (attachment.kind == "file" or is_photograph(attachment)):
            return None
        if not (request.asker.is_administrator and incoming.private):
            return None
        if self._refuses:
            return told(texts.UPLOAD_NO_CORPUS)
        if is_photograph(attachment):
            return self._take_page(request, attachment)
        return self._alone(request, lambda: self._read_new(request, attachment))

    def _take_page(self, request: Request, attachment: Attachment) -> Outcome:
        """Pages that follow each other are of one paper until the administrator says that it is whole."""
        waiting = request.task.facts.get("album", "") if request.task else ""
        ticket = waiting if self._staging.pages(waiting) else _ticket_of(request) or secrets.token_hex(8)
        reply = self._photographs.add(request.incoming, attachment, ticket=ticket, now=request.now)
        return Outcome(Answer(answered=False, reply=reply), task=_waiting(request, {"album": ticket}))

    def _bind(self, request: Request, ticket: str) -> Outcome:
        try:
            path = self._staging.path(ticket) or self._photographs.bind(ticket, now=request.now)
        except ChildFailed as error:
            self._staging.drop_ticket(ticket)
            return _refused(request, texts.PHOTOS, error)
        if path is None or self._staging.accepted(ticket):
            return told(texts.UPLOAD_GONE)
        try:
            return self._show(request, path)
        except ChildFailed as error:
            self._staging.drop(path)
            return _refused(request, path.name, error)

    def _alone(self, request: Request, work: Callable[[], Outcome]) -> Outcome:
        """One file at a time: their memory adds up, and the other threads are there to answer questions."""
        if not self._staging.one_at_a_time.acquire(blocking=False):
            return told(texts.UPLOAD_BUSY, task=request.task)
        try:
            return work()
        finally:
            self._staging.one_at_a_time.release()

    def _read_new(self, request: Request, attachment: Attachment) -> Outcome:
        """A message that is answered again has its file already: a channel may hand it out only once."""
        ticket = _ticket_of(request)
        path = self._staging.path(ticket) if ticket else None
        if path is None:
            data = self._wait(self._fetch(request.incoming.channel, attachment, self._limit))
            path = self._staging.put(attachment.name, data, now=request.now, ticket=ticket)
        try:
            return self._show(request, path)
        except ChildFailed as error:
            self._staging.drop(path)
            return _refused(request, path.name, error)

    def _step(self, request: Request) -> Outcome | None:
        if not request.asker.is_administrator or request.task is None:
            return None
        if request.incoming.attachment:
            return self._take(request)
        if album := request.task.facts.get("album"):
            return self._step_of_album(request, album)
        ticket, field = request.task.facts.get("ticket", ""), request.task.facts.get("field")
        path = self._staging.path(ticket)
        if field and path:
            return self._alone(request, lambda: self._answered(request, path, field))
        if ticket and says_yes(request.text, "dua vao"):
            return self._accept(request, ticket)
        return self._drop(path) if path and says_no(request.text) else None

    def _step_of_album(self, request: Request, ticket: str) -> Outcome | None:
        if says_done(form_of(request.text).replace("~", "")):
            return self._alone(request, lambda: self._bind(request, ticket))
        if says_no(request.text):
            self._staging.drop_ticket(ticket)
            return told(texts.UPLOAD_DROPPED)
        return None

    def _pressed(self, request: Request, pressed: re.Match[str]) -> Outcome:
        ticket, field, audience = pressed["ticket"], pressed["field"], pressed["audience"]
        path = self._staging.path(ticket)
        if pressed["step"] == "đúng":
            if path and not self._staging.accepted(ticket) and pressed["mark"] != self._arrivals.mark(path):
                return self._alone(request, lambda: self._show(request, path))
            return self._accept(request, ticket)
        if pressed["step"] == "xong":
            return self._alone(request, lambda: self._bind(request, ticket))
        if pressed["step"] == "bỏ" and self._staging.pages(ticket):
            self._staging.drop_ticket(ticket)
            return told(texts.UPLOAD_DROPPED)
        if path is None or self._staging.accepted(ticket):
            return told(texts.UPLOAD_GONE)
        if field in FIELDS:
            return self._ask(request, path, field)
        if audience:
            return self._alone(request, lambda: self._say(request, path, "audience", audience))
        return self._drop(path)

    def _ask(self, request: Request, path: Path, field: str, *before: str) -> Outcome:
        ticket = self._staging.ticket(path)
        blocks: list[Block] = [Text(text=text) for text in (*before, texts.UPLOAD_ASK[field])]
        if field == "audience":
            blocks.append(Choices(choices=audience_choices("/nhap đặt:", f" {ticket}")))
        task = _waiting(request, {"ticket": ticket, "field": field})
        return Outcome(Answer(answered=False, reply=Reply(blocks=tuple(blocks))), task=task)

    def _answered(self, request: Request, path: Path, field: str) -> Outcome:
        return self._show(request, path) if says_no(request.text) else self._correct(request, path, field)

    def _correct(self, request: Request, path: Path, field: str) -> Outcome:
        typed = " ".join(request.text.split())
        value = {"audience": self._audience, "date": _iso_date}.get(field, short)(typed)
        if not value:
            return self._ask(request, path, field, texts.UPLOAD_BAD_VALUE.format(value=typed[:60]))
        return self._say(request, path, field, value)

    def _audience(self, typed: str) -> str | None:
        audience = parse_audience(typed)
        return with_known_cell(audience, self._cells()) if audience and self._cells else audience

    def _say(self, request: Request, path: Path, field: str, value: str) -> Outcome:
        """The correction is taken back where the file cannot be read with it."""
        facts, chosen = {**self._staging.said(path), field: value}, value if field == "audience" else None
        try:
            return self._shown(request, path, self._arrivals.say(path, facts, chosen=chosen))
        except ChildFailed:
            return self._ask(request, path, field, texts.UPLOAD_BAD_VALUE.format(value=value[:60]))

    def _show(self, request: Request, path: Path) -> Outcome:
        """What was read of the file. Raises ChildFailed."""
        return self._shown(request, path, self._arrivals.look(path))

    def _shown(self, request: Request, path: Path, seen: Seen) -> Outcome:
        ticket = self._staging.ticket(path)
        reply = summary(
            seen.directive,
            path.name,
            ticket=ticket,
            mark=seen.mark,
            audience=seen.audience,
            replaces=seen.replaces,
            notes=seen.notes,
        )
        return Outcome(Answer(answered=False, reply=reply), task=_waiting(request, {"ticket": ticket}))

    def _drop(self, path: Path) -> Outcome:
        self._staging.drop(path)
        return told(texts.UPLOAD_DROPPED)

    def _accept(self, request: Request, ticket: str) -> Outcome:
        """The files are moved before the answer is stored; after a crash the same message finds them moved."""
        incoming, by = request.incoming, f"{request.incoming.channel}/{request.incoming.message}"
        path, accepted = self._staging.path(ticket), self._staging.accepted(ticket)
        if accepted is None:
            if path is None:
                return told(texts.UPLOAD_GONE)
            try:
                self._staging.accept(path, by=by, now=request.now)
            except OSError as error:
                logger.warning("%s could not be put into the corpus: %s", path.name, error)
                return told(texts.UPLOAD_NOT_WRITTEN.format(folder=self._staging.corpus), task=request.task)
            accepted = self._staging.accepted(ticket)
        if accepted is None or accepted[1] != by:
            return told(texts.UPLOAD_GONE)
        name = accepted[0]

        def write(db: Connection) -> None:
            record_taken(db, self._staging, ticket, name=name, by=request.asker.code, now=request.now)
            self._reindexing.begin_soon(incoming.channel, incoming.chat)

        return told(texts.UPLOAD_ACCEPTED.format(name=name), writes=(write,))


def _refused(request: Request, name: str, error: ChildFailed) -> Outcome:
    def write(db: Connection) -> None:
        record_refused(db, error, by=request.asker.code, now=request.now)

    return told(texts.UPLOAD_REFUSED.format(name=name, reason=reason_of(error)), writes=(write,))


def _ticket_of(request: Request) -> str | None:
    """The same for the same message; None for one that is not stored."""
    incoming = request.incoming
    named = f"{request.number}/{incoming.channel}/{incoming.message}"
    return hashlib.sha256(named.encode()).hexdigest()[:16] if request.number else None


def _waiting(request: Request, facts: Mapping[str, str]) -> Task:
    return Task(name=_TASK, until=request.now + _FOR, facts=facts)


def _iso_date(typed: str) -> str | None:
    day = day_of(typed)
    return day.isoformat() if day else None
