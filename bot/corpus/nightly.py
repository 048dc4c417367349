"""Once a night a changed corpus folder is taken in by itself; administrators hear of it only when something changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import texts
from bot.corpus.reindexing import Notices, Reindexing, report_reply
from bot.corpus.report import Rebuilt, skipped_lines, trouble_lines
from bot.errors import BotError, ChildFailed
from bot.messages import say
from bot.state import notes
from index import LibraryError, rolled_back

if TYPE_CHECKING:
    from bot.state.database import Database

logger = logging.getLogger(__name__)

_BETWEEN_LOOKS: Final = 60.0
_DAY, _CORPUS, _SKIPPED, _BACK = "nightly.day", "nightly.corpus", "nightly.skipped", "nightly.rolled_back"
_BUSY: Final = "build_busy"


class Nightly:
    """``at``: local time of ``zone``. A machine that slept through the hour looks when it wakes, once a day.

    ``rolled_back``: when an administrator went back to an earlier snapshot that still answers, and the fingerprint that
    the folder had then: until it changes, what he chose stands.
    """

    def __init__(
        self,
        reindexing: Reindexing,
        notices: Notices,
        *,
        corpus: Path,
        at: time,
        zone: ZoneInfo,
        database: Database,
        clock: Callable[[], datetime],
        rolled_back: Callable[[], tuple[datetime, str] | None] = lambda: None,
    ) -> None:
        self._reindexing = reindexing
        self._notices = notices
        self._corpus = corpus
        self._at = at
        self._zone = zone
        self._database = database
        self._clock = clock
        self._rolled_back = rolled_back

    async def run_forever(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        while True:
            try:
                await self.look()
            except (BotError, OSError) as error:
                logger.warning("the nightly look: %s", error)
            await sleep(_BETWEEN_LOOKS)

    async def look(self) -> bool:
        """Builds where the hour has come and the folder is not as it was last time; whether it did."""
        now = self._clock().astimezone(self._zone)
        day = now.date().isoformat()
        if now.time() < self._at or self._reindexing.running or await self._noted(_DAY) == day:
            return False
        found = await asyncio.to_thread(fingerprint, self._corpus)
        back = await asyncio.to_thread(self._rolled_back)
        if back and back[1] == found:
            await self._leave(back[0], day)
            return False
        return await asyncio.to_thread(self._claim, day, found) and await self._build(found)

    async def _leave(self, at: datetime, day: str) -> None:
        """Nothing is built; administrators hear of it once."""
        await self._note(_DAY, day)
        if await self._noted(_BACK) == at.isoformat():
            return
        said = texts.NIGHTLY_ROLLED_BACK.format(at=f"{at.astimezone(self._zone):%H:%M %d/%m/%Y}")
        await asyncio.to_thread(self._notices.tell_administrators, say(said))
        await self._note(_BACK, at.isoformat())

    async def _build(self, found: str) -> bool:
        try:
            done = await self._reindexing.build()
        except ChildFailed as error:
            if error.code == _BUSY:  # somebody else builds, perhaps from what was there before: another look then
                await self._note(_DAY, "")
                return False
            reply = say(texts.NIGHTLY_FAILED.format(reason=texts.error_text(error)))
        else:
            news = await self._is_news(done)
            await self._note(_CORPUS, found)
            if not news:
                return True
            reply = report_reply(done, waiting=self._reindexing.waiting_lines)
        await asyncio.to_thread(self._notices.tell_administrators, reply)
        return True

    async def _is_news(self, done: Rebuilt) -> bool:
        """Whether the library differs, or files are left out or to be looked at that were not before."""
        said = "\n".join((*skipped_lines(done), *trouble_lines(done)))
        before = await self._noted(_SKIPPED)
        await self._note(_SKIPPED, said)
        return done.differs or (bool(said) and said != before)

    def _claim(self, day: str, found: str) -> bool:
        """Whether there is something to do, which is asked once a day."""
        with self._database.transaction() as connection:
            if notes.read(connection, _DAY) == day:
                return False
            notes.write(connection, _DAY, day)
            return notes.read(connection, _CORPUS) != found

    async def _noted(self, name: str) -> str | None:
        def read() -> str | None:
            with self._database.reading() as connection:
                return notes.read(connection, name)

        return await asyncio.to_thread(read)

    async def _note(self, name: str, value: str) -> None:
        def write() -> None:
            with self._database.transaction() as connection:
                notes.write(connection, name, value)

        await asyncio.to_thread(write)


def gone_back(library: Path) -> tuple[datetime, str] | None:
    """When somebody went back to the snapshot that answers, and the fingerprint of the corpus then."""
    try:
        said = rolled_back(library)
    except LibraryError:  # none that could be gone back to
        return None
    return (said.at, said.mark) if said else None


def fingerprint(folder: Path) -> str:
    """Changes when a file of the folder that a build looks at comes, goes, or is written; hexadecimal."""
    digest = hashlib.sha256()
    for path, found in sorted(_files(str(folder))):
        digest.update(os.fsencode(path) + f"\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(folder: str) -> list[tuple[str, os.stat_result]]:
    """Of a folder and those below; what vanishes meanwhile, or may not be read, is left out."""
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.join(where, name)
            try:
                if not name.startswith("."):
                    found.append((os.path.relpath(path, folder), os.stat(path)))
            except OSError:
                continue
    return found
