"""What the commands of the digest need: the same parts as `run` has, with nobody to answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot import app
from bot.assembly import Assembly, Loop, assemble
from bot.clock import now_utc
from bot.commands.sending import channels_of
from bot.digest.claiming import Claiming
from bot.digest.ledger import Standing, standing
from bot.digest.timetable import Timetable
from bot.notices import Notices
from bot.state import digests
from bot.state.digests import Digest

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database
    from index import Library


@dataclass(frozen=True)
class DigestRoom:
    settings: Settings
    library: Library
    database: Database
    assembly: Assembly

    @property
    def claiming(self) -> Claiming:
        return self.assembly.claiming

    @property
    def timetable(self) -> Timetable:
        return self.claiming.timetable

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    def standing(self, number: int | None = None) -> Standing | None:
        with self.database.reading() as db:
            return standing(db, number)

    def last(self) -> Digest | None:
        with self.database.reading() as db:
            return digests.last(db)


@contextmanager
def digest_room(settings: Settings) -> Iterator[DigestRoom]:
    """Opened and closed. Raises what opening library, database and key may raise."""
    library, database = app.open_library(settings), app.open_database(settings)
    capabilities = {name: channel.capabilities for name, channel in channels_of(settings).items()}
    try:
        assembly = assemble(
            settings,
            library,
            database,
            keys=app.open_keys(settings),
            notices=Notices(database, capabilities, clock=now_utc, wake=lambda _: None),
            loop=Loop(start=_nothing, wait=_nothing, fetch=_fetch_nothing),
            capabilities=capabilities,
            telegram_name=lambda: None,
        )
        yield DigestRoom(settings, library, database, assembly)
    finally:
        database.close()


def _nothing(work: Any) -> Any:
    raise NotImplementedError


async def _fetch_nothing(channel: str, attachment: Any, limit: int) -> bytes:
    raise NotImplementedError
