"""When digests go out: the schedule that was set in chat, else the one of the settings, and the quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.digest import schedule as reckoning
from bot.digest.schedule import OFF, QuietHours, Schedule, parse_schedule
from bot.state import notes

_SCHEDULE: Final = "digest.schedule"


@dataclass(frozen=True)
class Timetable:
    """``planned``: of the settings, None for no digest by itself; ``quiet`` None: people may be written to at any hour.

    Moments are UTC.
    """

    planned: Schedule | None
    quiet: QuietHours | None
    zone: ZoneInfo

    def schedule(self, db: Connection) -> Schedule | None:
        """What holds now; None for no digest by itself."""
        said = notes.read(db, _SCHEDULE)
        if not said:
            return self.planned
        return None if said == OFF else parse_schedule(said) or self.planned

    def change(self, db: Connection, schedule: Schedule | None) -> None:
        """None for no digest by itself. One that `is_quiet_at` must have been refused before."""
        notes.write(db, _SCHEDULE, str(schedule) if schedule else OFF)

    def is_quiet_at(self, schedule: Schedule) -> bool:
        """Whether it is planned for an hour at which nobody may be written to."""
        return self.quiet is not None and self.quiet.cover(schedule.at)

    def next_slot(self, db: Connection, now: datetime) -> datetime | None:
        """When the next digest is planned; None for never."""
        schedule = self.schedule(db)
        return reckoning.next_slot(schedule, now, self.zone) if schedule else None

    def last_slot(self, db: Connection, now: datetime) -> datetime | None:
        schedule = self.schedule(db)
        return reckoning.last_slot(schedule, now, self.zone) if schedule else None

    def quiet_until(self, moment: datetime) -> datetime | None:
        """When the quiet hours around this moment end; None: people may be written to now."""
        return reckoning.quiet_until(self.quiet, moment, self.zone)

    def start(self, moment: datetime) -> datetime:
        """When what is claimed at this moment goes out: at once, or at the end of the quiet hours."""
        return self.quiet_until(moment) or moment

    def window_end(self, start: datetime) -> datetime:
        """Until when it goes out."""
        return reckoning.window_end(self.quiet, start, self.zone)

    def is_same_day(self, one: datetime, other: datetime) -> bool:
        return one.astimezone(self.zone).date() == other.astimezone(self.zone).date()
