"""The digest in chat, put together: what members say to it, and what administrators do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digest.claiming import Claiming
from bot.digest.office import DigestOffice
from bot.digest.reader import Reader

if TYPE_CHECKING:
    from bot.asking.sight import Sight
    from bot.settings import Settings
    from bot.state.database import Database


def digest_rooms(
    settings: Settings, database: Database, sight: Sight, claiming: Claiming
) -> tuple[Reader, DigestOffice]:
    url, timetable = settings.public_url, claiming.timetable
    office = DigestOffice(database, sight, claiming, timetable, public_url=url)
    reader = Reader(
        database,
        sight,
        channels=tuple(claiming.capabilities),
        timetable=timetable,
        names=settings.digest_read_names,
        public_url=url,
        office=office.answer,
    )
    return reader, office
