"""``/trangthai``: how the library, the channels, the queue and the disk are, and what went wrong last."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import texts
from bot.department import Command, Department, Outcome, Rank, Request, told
from bot.state import inbox, leases, members, outbox, questions

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

_FAILURES: Final = 5
_GIGABYTE: Final = 10**9


class Status:
    """``channels``: names of those that are set up. ``lease``: the name of a channel's lease. ``last_build``: what the
    last build of this process said, empty where there was none. ``folders``: by what is kept there; ``disk``: tells
    which disk a folder lies on. ``waiting``: a line for each thing in the library that waits for an administrator.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        channels: Sequence[str],
        lease: Callable[[str], str],
        last_build: Callable[[], str],
        folders: Mapping[str, Path],
        zone: ZoneInfo,
        disk: Callable[[Path], int] = lambda folder: folder.stat().st_dev,
        waiting: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._library = library
        self._database = database
        self._channels = channels
        self._lease = lease
        self._last_build = last_build
        self._folders = folders
        self._zone = zone
        self._disk = disk
        self._waiting = waiting

    def department(self) -> Department:
        command = Command(
            names=("trangthai",),
            answer=self._status,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("tinh hinh he thong", "trang thai he thong"),
        )
        return Department(commands=(command,))

    def _status(self, request: Request) -> Outcome:
        with self._database.reading() as connection:
            lines = [self._of_library(), *self._waiting(), *self._of_state(connection, request), *self._of_disks()]
            failures = self._failures(connection)
        return told("\n".join(line for line in lines if line), failures)

    def _of_library(self) -> str:
        info = self._library.info()
        said = texts.STATUS_LIBRARY.format(
            directives=info.directives, passages=info.passages, built_at=self._local(info.built_at)
        )
        last = self._last_build()
        return f"{said}\n{texts.STATUS_LAST_BUILD.format(report=last)}" if last else said

    def _of_state(self, db: Connection, request: Request) -> list[str]:
        now, itself = request.now, 1 if request.number else 0  # the command waits for its answer too
        counts = outbox.counts(db)
        running = [
            texts.STATUS_CHANNEL.format(
                channel=_named(channel),
                state=texts.STATUS_RUNS
                if leases.holder_of(db, self._lease(channel), now=now)
                else texts.STATUS_STANDS_STILL,
            )
            for channel in self._channels
        ]
        queue = texts.STATUS_QUEUE.format(
            waiting=inbox.count_waiting(db) - itself,
            pending=counts.get("pending", 0) + counts.get("sending", 0),
            failed=counts.get("failed", 0),
            unknown=counts.get("unknown", 0),
        )
        people = texts.STATUS_PEOPLE.format(
            members=members.count(db), questions=questions.count_since(db, now - timedelta(days=7))
        )
        return [", ".join(running), queue, people]

    def _of_disks(self) -> list[str]:
        """A line for each disk; what is kept there is named where there are several."""
        disks: dict[int, tuple[Path, list[str]]] = {}
        for kept, folder in self._folders.items():
            there = _nearest(folder)
            disks.setdefault(self._disk(there), (there, []))[1].append(kept)
        free = {", ".join(kept): _gigabytes(shutil.disk_usage(folder).free) for folder, kept in disks.values()}
        if len(free) == 1:
            return [texts.STATUS_DISK.format(free=each) for each in free.values()]
        return [texts.STATUS_DISK_OF.format(kept=kept, free=each) for kept, each in free.items()]

    def _failures(self, db: Connection) -> str:
        lines = [
            texts.STATUS_FAILURE.format(channel=_named(channel), reason=reason, at=self._local(at))
            for channel, reason, at in outbox.last_failures(db, limit=_FAILURES)
        ]
        return "\n".join([texts.STATUS_FAILURES, *lines]) if lines else ""

    def _local(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M %d/%m/%Y}"


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there: it may not have been made yet."""
    whole = folder.resolve()
    return next(each for each in (whole, *whole.parents) if each.exists())


def _gigabytes(size: int) -> str:
    return f"{size / _GIGABYTE:.1f}".replace(".", ",")


def _named(channel: str) -> str:
    return texts.CHANNEL_NAMES.get(channel, channel)
