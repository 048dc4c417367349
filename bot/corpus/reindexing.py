"""``/reindex`` and the nightly look: the library made anew while the old one answers, one build at a time."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection

from bot import texts
from bot.corpus.child import Job, Said, run_child
from bot.corpus.report import Rebuilt, rebuilt, report_lines, shortened, skipped_lines, trial_lines, trouble_lines
from bot.department import Command, Department, Outcome, Rank, Request, Stale, told
from bot.errors import BotError, ChildFailed
from bot.messages import Reply, say
from bot.state import audit
from index import BuildReport, LibraryError, Progress, fold

logger = logging.getLogger(__name__)

_BETWEEN_EDITS: Final = 3.0
"""Seconds."""
_LOOKS_OF_A_MESSAGE: Final = 10
"""Where nothing can be edited, so many are passed over for each message."""
_ACCEPTING: Final = ("dung", "dong y")
"""``/reindex dùng``: whatever the administrators' questions say."""
_MOST_SKIPPED: Final = 40
_MOST_TROUBLES: Final = 20
"""Lines of a report in chat; the rest is counted."""

Chat = tuple[str, str]
"""Its channel and its id."""


class Notices(Protocol):
    """Where progress is told."""

    def tell(self, channel: str, chat: str, reply: Reply, *, replaces: int | None = None) -> int:
        """Queues a reply that nobody asked for just now; its number."""

    def tell_administrators(self, reply: Reply) -> None: ...

    def edits(self, channel: str) -> bool:
        """Whether a message that was sent can be changed there."""


class Reindexing:
    """``start`` hands a coroutine to the event loop, from whatever thread. ``last``: what the last build said;
    ``report_lines``: all of it; ``waiting_lines``: what it leaves to be done. ``step``: how far the one is that runs.

    ``between``: seconds between two reports of progress. ``run``: as `run_child`. ``waiting``: a line for each thing
    in the new library that waits for an administrator.
    """

    def __init__(
        self,
        job: Job,
        *,
        notices: Notices,
        start: Callable[[Coroutine[object, object, None]], object],
        between: float = _BETWEEN_EDITS,
        run: Callable[..., Coroutine[object, object, Said]] = run_child,
        waiting: Callable[[BuildReport], Sequence[str]] = lambda _: (),
    ) -> None:
        self._job = job
        self._notices = notices
        self._start = start
        self._between = between
        self._run = run
        self._waiting = waiting
        self._lock = threading.Lock()
        self._running = False
        self._begun_by = ""
        self._next: dict[Chat, None] = {}
        self.last: str = ""
        self.report_lines: Sequence[str] = ()
        self.waiting_lines: Sequence[str] = ()
        self.step: Progress | None = None

    def department(self) -> Department:
        return Department(
            commands=(
                Command(
                    names=("reindex", "lapchimuc"),
                    answer=self._reindex,
                    rank=Rank.ADMINISTRATOR,
                    private=True,
                    phrases=("lap lai chi muc", "cap nhat kho van ban"),
                ),
            )
        )

    @property
    def running(self) -> bool:
        return self._running

    def begin(self, channel: str, chat: str, *, by: str = "", accept: bool = False) -> bool:
        """Starts a build whose progress is told to this chat; False while one runs. ``by``: the message that asks for
        it; the same one, answered again, has its build already. ``accept``: the new library is to answer however it
        does on the administrators' questions.
        """
        if self.began_by(by):
            return True
        if not self._claim(by=by):
            return False
        self._start(self._build_for({(channel, chat): None}, accept=accept))
        return True

    def began_by(self, message: str) -> bool:
        """Whether the last build that was begun was begun by this message."""
        return bool(message) and self._begun_by == message

    def begin_soon(self, channel: str, chat: str) -> None:
        """Starts a build at once, or behind the one that runs, which may have read the corpus before it changed."""
        if self._claim(otherwise=(channel, chat)):
            self._start(self._build_for({(channel, chat): None}))

    async def build(self, watch: Callable[[Progress], None] = lambda _: None) -> Rebuilt:
        """Builds now. Raises ChildFailed with the build's error, ``build_busy`` while another one runs."""
        if not self._claim():
            raise ChildFailed("build_busy", {"folder": str(self._job.library)})
        return await self._build(watch)

    async def _build(self, watch: Callable[[Progress], None], *, accept: bool = False) -> Rebuilt:
        job = self._job.accepting() if accept else self._job
        try:
            said = await self._run(job, watch=self._watching(watch))
            if said.report is None:
                raise ChildFailed
            done = rebuilt(said.report)
            self.waiting_lines = await asyncio.to_thread(self._what_waits, said.report)
            told = (report_lines(done), trial_lines(done), skipped_lines(done), trouble_lines(done), self.waiting_lines)
            self.report_lines = [line for lines in told for line in lines]
            self.last = self.report_lines[0]
            return done
        except BotError as error:
            self.last = failure_text(error)
            self.report_lines = [self.last]
            raise
        except asyncio.CancelledError:  # the program ends: nothing more is begun
            self._next.clear()
            raise
        finally:
            self._release()

    def _what_waits(self, report: BuildReport) -> Sequence[str]:
        try:
            return self._waiting(report)
        except (BotError, LibraryError) as error:  # the build is done all the same
            logger.warning("what waits in the library could not be told: %s", error)
            return ()

    def _watching(self, watch: Callable[[Progress], None]) -> Callable[[Progress], None]:
        self.step = None

        def seen(step: Progress) -> None:
            self.step = step
            watch(step)

        return seen

    def _claim(self, *, by: str = "", otherwise: Chat | None = None) -> bool:
        """Whether the next build is the caller's; ``otherwise``: who waits for the one behind it."""
        with self._lock:
            if self._running and otherwise:
                self._next[otherwise] = None
            taken, self._running = not self._running, True
            self._begun_by = by if taken else self._begun_by
        return taken

    def _release(self) -> None:
        with self._lock:
            waiting, self._next = self._next, {}
            self._running = bool(waiting)
        if waiting:
            self._start(self._build_for(waiting))

    def _reindex(self, request: Request) -> Outcome:
        incoming = request.incoming
        by = f"{request.number}/{incoming.channel}/{incoming.message}" if request.number else ""
        if self.running and not self.began_by(by):
            return told(texts.REINDEX_RUNNING)
        accept = fold(request.arguments).strip() in _ACCEPTING

        def begin(db: Connection) -> None:
            audit.record(db, actor=request.asker.code, action="corpus.reindex", now=request.now)
            if not self.begin(incoming.channel, incoming.chat, by=by, accept=accept):
                raise Stale

        return told(texts.REINDEX_STARTED, writes=(begin,))

    async def _build_for(self, chats: dict[Chat, None], *, accept: bool = False) -> None:
        progress = _Progress(self._notices, list(chats))
        ended = asyncio.Event()
        telling = asyncio.create_task(progress.tell_until(ended, between=self._between))
        try:
            report = report_reply(await self._build(progress.watch, accept=accept), waiting=self.waiting_lines)
        except BotError as error:
            report = say(failure_text(error))
        finally:
            ended.set()
            await telling  # nothing of the progress is to come behind the report
        for chat in chats:
            await _told(self._notices, chat, report)


class _Progress:
    """The progress of one build: in each chat one message that is edited, or now and then a short one."""

    def __init__(self, notices: Notices, chats: Sequence[Chat]) -> None:
        self._notices = notices
        self._first: dict[Chat, int | None] = dict.fromkeys(chats)
        self._step: Progress | None = None

    def watch(self, step: Progress) -> None:
        self._step = step

    async def tell_until(self, ended: asyncio.Event, *, between: float) -> None:
        told, looks = None, 0
        while not await _rings(ended, within=between):
            looks += 1
            if self._step in (None, told):
                continue
            told = self._step
            for chat, first in self._first.items():
                if self._notices.edits(chat[0]):
                    number = await _told(self._notices, chat, say(progress_line(told)), replaces=first)
                    self._first[chat] = first or number
                elif looks % _LOOKS_OF_A_MESSAGE == 0:
                    await _told(self._notices, chat, say(progress_line(told)))


async def _rings(bell: asyncio.Event, *, within: float) -> bool:
    try:
        async with asyncio.timeout(within):
            return await bell.wait()
    except TimeoutError:
        return False


async def _told(notices: Notices, chat: Chat, reply: Reply, *, replaces: int | None = None) -> int | None:
    """The reply's number; None where it could not be queued: the build goes on all the same."""
    try:
        return await asyncio.to_thread(notices.tell, *chat, reply, replaces=replaces)
    except BotError as error:
        logger.warning("%s: the progress of a build could not be told: %s", chat[0], error)
        return None


def progress_line(step: Progress) -> str:
    stage = texts.BUILD_STAGES.get(str(step.stage), str(step.stage))
    share = step.done * 100 // max(step.total, 1)
    return texts.REINDEX_PROGRESS.format(stage=stage, done=step.done, total=step.total, percent=share)


def report_reply(done: Rebuilt, *, waiting: Sequence[str] = ()) -> Reply:
    """``waiting``: what the new library has for an administrator to do."""
    skipped = shortened(skipped_lines(done), _MOST_SKIPPED, rest=texts.REINDEX_SKIPPED_REST)
    troubles = shortened(trouble_lines(done), _MOST_TROUBLES, rest=texts.TROUBLE_REST)
    opening = "\n".join((*report_lines(done), *trial_lines(done)))
    return say(opening, "\n".join(skipped), "\n".join(troubles), "\n".join(waiting))


def failure_text(error: BotError) -> str:
    return texts.REINDEX_FAILED.format(reason=texts.error_text(error))
