"""The digest goes out by itself: at its hour, on its day, once; and administrators hear of what did not go well."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.digest.claiming import Claiming, claim_alone
from bot.digest.schedule import OFF, slot_name
from bot.digest.timetable import Timetable
from bot.errors import BotError
from bot.messages import say
from bot.people.administrators import tell_administrators
from bot.state import digests, letters, notes
from bot.state.letters import LetterStatus
from index import LibraryError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.state.database import Database

logger = logging.getLogger(__name__)

BY_ITSELF: Final = "clock"
"""Who claimed a digest that went out by itself."""
RESTORED: Final = "digest.restored"
"""The note of when a backup was put back: what was planned before may have gone out without standing in it."""
_BETWEEN_LOOKS: Final = 30.0
_SINCE, _TOLD = "digest.first_seen", "digest.told"


class Clockwork:
    """``clock``: the time of the day in UTC. Only for whoever holds the duty; a second one would do no harm."""

    def __init__(
        self, database: Database, claiming: Claiming, timetable: Timetable, *, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._claiming, self._timetable, self._clock = database, claiming, timetable, clock

    async def run_forever(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        while True:
            try:
                if number := await asyncio.to_thread(self.look):
                    logger.info("digest %s goes out", number)
            except (BotError, LibraryError, OSError) as error:
                logger.warning("the digest: %s", error)
            await sleep(_BETWEEN_LOOKS)

    def look(self) -> int | None:
        """Claims the digest whose hour has come today; its number. One whose day is over is not sent any more."""
        now = self._clock()
        slot = self._open_slot(now)
        if slot and self._timetable.is_same_day(slot, now) and not self._may_have_gone(slot):
            return self._claiming.claim_slot(slot, by=BY_ITSELF)
        if self._timetable.quiet_until(now) is None:  # administrators are not woken either
            if slot:
                self._give_up(slot, now)
            self._tell_when_over(now)
        return None

    def _open_slot(self, now: datetime) -> datetime | None:
        """The newest planned moment, where nothing has become of it; none of a time before it was planned."""
        with self._database.transaction() as db:
            planned = str(self._timetable.schedule(db) or OFF)
            since = _planned_since(db, planned, now)
            slot = self._timetable.last_slot(db, now)
            if slot is None or slot <= since or digests.with_slot(db, slot_name(slot, self._timetable.zone)):
                return None
            return slot

    def _may_have_gone(self, slot: datetime) -> bool:
        with self._database.reading() as db:
            restored = notes.read(db, RESTORED)
        return bool(restored) and slot <= datetime.fromisoformat(str(restored))

    def _give_up(self, slot: datetime, now: datetime) -> None:
        words = texts.DIGEST_NOT_AFTER_RESTORE if self._may_have_gone(slot) else texts.DIGEST_MISSED
        name = slot_name(slot, self._timetable.zone)
        with self._database.transaction() as db:
            claim_alone(db, now=now)
            if digests.with_slot(db, name):
                return
            digests.add(
                db,
                slot=name,
                missed=True,
                since=None,
                until=now,
                starts_at=slot,
                ends_at=slot,
                papers="{}",
                by=BY_ITSELF,
                now=now,
            )
            at = f"{slot.astimezone(self._timetable.zone):%H:%M %d/%m/%Y}"
            tell_administrators(db, say(words.format(at=at)), now=now)

    def _tell_when_over(self, now: datetime) -> None:
        """Of the newest digest, once, where not everybody got it for certain."""
        with self._database.reading() as db:
            digest = digests.last(db)
            if digest is None or notes.read(db, _TOLD) == str(digest.number):
                return
            counts = letters.counts(db, digest.number)
        if counts[LetterStatus.PENDING] or counts[LetterStatus.SENDING]:
            return
        failed, unknown = counts[LetterStatus.FAILED], counts[LetterStatus.UNKNOWN]
        with self._database.transaction() as db:
            notes.write(db, _TOLD, str(digest.number))
            if failed or unknown:
                said = texts.DIGEST_OVER.format(
                    number=digest.number,
                    sent=counts[LetterStatus.SENT],
                    failed=failed,
                    unknown=unknown,
                    again=texts.DIGEST_OVER_AGAIN if unknown else "",
                )
                tell_administrators(db, say(said), now=now)


def _planned_since(db: Connection, planned: str, now: datetime) -> datetime:
    """Since when digests are planned as they are."""
    noted = json.loads(notes.read(db, _SINCE) or "{}")
    if noted.get("planned") != planned:
        noted = {"planned": planned, "since": now.isoformat()}
        notes.write(db, _SINCE, json.dumps(noted))
    return datetime.fromisoformat(noted["since"])
