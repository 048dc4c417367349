"""A digest is made once for everybody: who gets what is written down in one transaction, before anything goes.

Who claims first writes a row that all others must wait for; so of several processes, or of several who press the same
button, one claims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import Connection

from bot.channels.base import Capabilities
from bot.channels.splitting import sent_parts
from bot.digest.edition import Author, Edition, Written
from bot.digest.material import FIRST_PERIOD
from bot.digest.recipients import Recipient, recipients
from bot.digest.schedule import slot_name
from bot.digest.timetable import Timetable
from bot.messages import Reply
from bot.people.erasing import WEB
from bot.state import audit, digests, letters, notes, outbox
from bot.state.digests import Digest
from bot.state.letters import Skip
from bot.state.members import Member

if TYPE_CHECKING:
    from bot.state.database import Database

QuietWeek = Literal["line", "skip"]
_CLAIM: Final = "digest.claim"


@dataclass(frozen=True)
class DraftLetter:
    """``recipient.skipped``: why it does not go. ``reply``: as it goes out on the channel, None where it does not;
    ``able``: of that channel. ``whole``: what the member may read of it on the web page.
    """

    recipient: Recipient
    reply: Reply | None
    able: Capabilities
    whole: Reply | None

    @property
    def parts(self) -> tuple[Reply, ...]:
        """The messages that it goes out as."""
        return sent_parts(self.reply, self.able) if self.reply else ()

    @property
    def member(self) -> Member:
        return self.recipient.member

    @property
    def channel(self) -> str | None:
        return self.recipient.channel

    @property
    def skipped(self) -> Skip | None:
        return self.recipient.skipped


@dataclass(frozen=True)
class Draft:
    """What would go out. ``since`` to ``until``: what it tells of; ``starts_at`` to ``ends_at``: when it would go.
    ``letters``: of everybody of the roll, in the order of cell and code. ``is_quiet``: nothing is new for anybody.
    """

    since: datetime
    until: datetime
    starts_at: datetime
    ends_at: datetime
    letters: tuple[DraftLetter, ...]
    is_quiet: bool

    @property
    def going(self) -> Sequence[DraftLetter]:
        return [letter for letter in self.letters if letter.skipped is None]

    @property
    def skipped(self) -> Sequence[DraftLetter]:
        return [letter for letter in self.letters if letter.skipped is not None]


class Claiming:
    """``capabilities``: of the channels that are set up, by name, the page among them. ``quiet_week``: whether somebody
    to whom there is nothing to tell is told so in a line, or skipped.
    """

    def __init__(
        self,
        database: Database,
        author: Author,
        timetable: Timetable,
        *,
        capabilities: Mapping[str, Capabilities],
        quiet_week: QuietWeek,
        clock: Callable[[], datetime],
    ) -> None:
        self.author, self.timetable, self.capabilities = author, timetable, capabilities
        self._database, self._quiet_week, self._clock = database, quiet_week, clock

    def preview(self, *, as_of: datetime | None = None) -> Draft:
        """What would go out to whom now, or at another time; nothing is written."""
        now = as_of or self._clock()
        last, people = self._look(before=now)
        return self._draft(self.author(last, now), people, last=last, now=now, number=None)

    def claim_slot(self, slot: datetime, *, by: str) -> int | None:
        """The number of the digest of this planned moment, made now; None where there is one already, or one went out
        today and nothing is new for anybody since.
        """
        return self._claim(slot_name(slot, self.timetable.zone), by=by)

    def claim_now(self, *, by: str) -> int | None:
        """The number of a digest made now; None where one went out today and nothing is new for anybody since."""
        return self._claim(None, by=by)

    def is_needless(self, draft: Draft, last: Digest | None) -> bool:
        """One went out on that day (``last``: the newest), and nothing is new for anybody since."""
        return last is not None and draft.is_quiet and self.timetable.is_same_day(last.claimed_at, draft.until)

    def _claim(self, slot: str | None, *, by: str) -> int | None:
        while True:
            now = self._clock()
            last, people = self._look()
            edition = self.author(last, now)
            draft = self._draft(edition, people, last=last, now=now, number=None)  # nobody waits for that
            with self._database.transaction() as db:
                claim_alone(db, now=now)
                if digests.last(db) == last:
                    return self._claimed(db, slot, draft, edition, last=last, by=by)

    def _claimed(
        self, db: Connection, slot: str | None, draft: Draft, edition: Edition, *, last: Digest | None, by: str
    ) -> int | None:
        if slot is not None and digests.with_slot(db, slot):
            return None
        now = draft.until
        is_needless = self.is_needless(draft, last)
        if is_needless and slot is None:
            return None
        number = digests.add(
            db,
            slot=slot or f"now {now.isoformat()}",
            missed=is_needless,
            since=last.until if last else None,
            until=now,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            papers=edition.papers,
            by=by,
            now=now,
        )
        if is_needless:
            return None
        people = recipients(db, channels=self.capabilities)
        made = self._draft(edition, people, last=last, now=now, number=number)
        self._write(db, made, number)
        facts = {"digest": number, "to": len(made.going), "skipped": len(made.skipped)}
        audit.record(db, actor=by, action="digest.claim", now=now, **facts)
        return number

    def _write(self, db: Connection, draft: Draft, number: int) -> None:
        texts: dict[str, int] = {}
        for letter in draft.letters:
            text = queued = None
            if letter.whole:
                content = letter.whole.model_dump_json()
                text = texts[content] = texts.get(content) or digests.add_text(db, number, letter.whole)
            if letter.reply and letter.recipient.channel and letter.recipient.chat:
                queued = outbox.put(
                    db,
                    channel=letter.recipient.channel,
                    chat=letter.recipient.chat,
                    reply=letter.reply,
                    now=draft.until,
                    not_before=draft.starts_at,
                    ends_at=draft.ends_at,
                )
            letters.add(
                db,
                digest=number,
                member=letter.member.id,
                cell=letter.member.cell,
                channel=letter.channel,
                outbox=queued,
                text=text,
                skipped=letter.skipped,
            )

    def _look(self, *, before: datetime | None = None) -> tuple[Digest | None, tuple[Recipient, ...]]:
        with self._database.reading() as db:
            return digests.last(db, before=before), recipients(db, channels=self.capabilities)

    def _draft(
        self,
        edition: Edition,
        people: Sequence[Recipient],
        *,
        last: Digest | None,
        now: datetime,
        number: int | None,
    ) -> Draft:
        starts_at = self.timetable.start(now)
        written = [edition.written(each.member, each.channel or WEB, number=number) for each in people]
        return Draft(
            since=last.until if last else now - FIRST_PERIOD,
            until=now,
            starts_at=starts_at,
            ends_at=self.timetable.window_end(starts_at),
            letters=tuple(map(self._letter, people, written)),
            is_quiet=not any(each.has_news for each in written),
        )

    def _letter(self, recipient: Recipient, written: Written) -> DraftLetter:
        able = self.capabilities.get(recipient.channel or WEB, Capabilities())
        if recipient.channel is None:
            return DraftLetter(recipient, None, able, written.whole)
        if written.is_quiet and self._quiet_week == "skip":
            return DraftLetter(Recipient(member=recipient.member, skipped=Skip.QUIET), None, able, None)
        return DraftLetter(recipient, written.reply, able, written.whole)


def claim_alone(db: Connection, *, now: datetime) -> None:
    """Whoever does this second waits until the first has committed, also on PostgreSQL."""
    notes.write(db, _CLAIM, now.isoformat())
