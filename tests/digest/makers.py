"""A roll with accounts, an edition whose words do not matter, and a clock that is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.channels.base import Capabilities
from bot.digest.claiming import Claiming, QuietWeek
from bot.digest.clockwork import Clockwork
from bot.digest.edition import Written
from bot.digest.schedule import QuietHours, Schedule
from bot.digest.timetable import Timetable
from bot.messages import Reply, plain_text, say
from bot.state import accounts, letters, members
from bot.state.database import Database
from bot.state.digests import Digest
from bot.state.letters import Letter
from bot.state.members import Member, Role
from bot.state.tables import outbox as outbox_table

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = Schedule(weekday=0, at=time(7, 30))
NIGHT = QuietHours(start=time(21, 30), end=time(6))
TABLE = Timetable(planned=MONDAY, quiet=NIGHT, zone=ZONE)
CHANNELS = {
    "telegram": Capabilities(length=4096, choices=True),
    "zalo": Capabilities(length=1970),
    "web": Capabilities(),
}
LINKED = datetime(2026, 1, 5, tzinfo=UTC)


def local(text: str, zone: ZoneInfo = ZONE) -> datetime:
    """UTC of ``2026-11-23 07:30`` there."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


class Clock:
    def __init__(self, text: str) -> None:
        self.now = local(text)

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        self.now = local(text)

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class StandIn:
    """Editions that say the cell, the channel and the number; ``quiet``: cells to which there is nothing to tell."""

    quiet: set[str] = field(default_factory=set)
    has_news: bool = True
    asked: list[tuple[Digest | None, datetime]] = field(default_factory=list)
    papers: str = "{}"

    def __call__(self, last: Digest | None, until: datetime) -> StandIn:
        self.asked.append((last, until))
        return self

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        said = f"bản tin {number} của {member.cell}"
        is_quiet = member.cell in self.quiet
        return Written(
            say(f"{said} trên {channel}"), say(f"{said}, toàn văn"), is_quiet, self.has_news and not is_quiet
        )


@dataclass
class Digests:
    """What one process has of it. ``clock`` may be shared by several."""

    database: Database
    clock: Clock
    author: StandIn = field(default_factory=StandIn)
    timetable: Timetable = TABLE
    quiet_week: QuietWeek = "line"

    def __post_init__(self) -> None:
        self.claiming = Claiming(
            self.database,
            self.author,
            self.timetable,
            capabilities=CHANNELS,
            quiet_week=self.quiet_week,
            clock=self.clock,
        )
        self.clockwork = Clockwork(self.database, self.claiming, self.timetable, clock=self.clock)

    def add(
        self, code: str, *channels: str, cell: str = "Khu phố 1", role: str = "member", active: bool = True
    ) -> Member:
        """A member with an account on each of these channels, whose chat is CHANNEL-CODE."""
        with self.database.transaction() as db:
            member = members.add(db, code=code, name=f"Nguyễn Văn {code}", cell=cell, role=Role(role), now=LINKED)
            for position, channel in enumerate(channels):
                chat = f"{channel}-{code}"
                at = LINKED + timedelta(days=position)
                accounts.link(db, member=member.id, channel=channel, account=chat, chat=chat, now=at)
                accounts.set_active(db, channel, chat, active=active)
        return member

    def ledger(self, number: int) -> list[Letter]:
        with self.database.reading() as db:
            return list(letters.of_digest(db, number))

    def statuses(self, number: int) -> list[str]:
        return [letter.status.value for letter in self.ledger(number)]

    def queued(self) -> dict[str, str]:
        """What is in the outbox, by chat."""
        return {row.chat: plain_text(_reply(row.reply)) for row in self.rows()}

    def rows(self) -> list[_Row]:
        with self.database.reading() as db:
            return [_Row(**row) for row in db.execute(select(*_columns()).order_by(outbox_table.c.id)).mappings()]


@dataclass(frozen=True)
class _Row:
    id: int
    channel: str
    chat: str
    reply: str
    status: str
    reason: str | None
    not_before: datetime
    ends_at: datetime | None


def _columns() -> Iterator[object]:
    return (outbox_table.c[name] for name in _Row.__dataclass_fields__)


def _reply(text: str) -> Reply:
    return Reply.model_validate_json(text)
