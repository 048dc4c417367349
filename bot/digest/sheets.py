"""Drafts and ledgers as the administrators' pages show them: counts, names, times in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import texts
from bot.channels.web.digest_desk import Count, Draft, Group, Ledger, Readings, Skipped
from bot.digest.claiming import Draft as Drafted
from bot.digest.claiming import DraftLetter
from bot.digest.ledger import Standing
from bot.digest.material import FIRST_PERIOD
from bot.digest.readership import CellReading
from bot.digest.schedule import QuietHours
from bot.digest.telling import by_cell, channel_name, leaves, skip_words
from bot.messages import plain_text
from bot.state import letters, members
from bot.state.digests import Digest
from bot.state.letters import LetterStatus, Skip
from bot.state.members import Member

_SHOWN: Final = (
    *(LetterStatus.SENT, LetterStatus.PENDING, LetterStatus.SENDING),
    *(LetterStatus.FAILED, LetterStatus.UNKNOWN, LetterStatus.SKIPPED),
)


class Sheets:
    """``zone``: of the times that people read."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M %d/%m/%Y}"

    def day(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%d/%m/%Y}"

    def title(self, digest: Digest) -> str:
        return texts.DIGEST_WEB_OF_DAY.format(number=digest.number, date=self.day(digest.until))

    def period(self, since: datetime | None, until: datetime) -> str:
        """``since`` None: of the first digest."""
        return texts.DIGEST_WEB_PERIOD.format(since=self.day(since or until - FIRST_PERIOD), until=self.day(until))

    def quiet(self, hours: QuietHours | None) -> str:
        if hours is None:
            return texts.DIGEST_WEB_QUIET_NONE
        return texts.DIGEST_WEB_QUIET_SPAN.format(start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")

    def reading(self, counted: CellReading) -> Readings:
        return Readings(
            cell=counted.cell,
            words=texts.DIGEST_WEB_READINGS.format(read=counted.read, of=counted.people),
            read=counted.read,
            of=counted.people,
            names=counted.readers or (),
        )

    def draft(self, drafted: Drafted, *, now: datetime) -> Draft:
        going = drafted.going
        return Draft(
            period=self.period(drafted.since, drafted.until),
            people=len(going),
            groups=tuple(
                Group(cell=cell, people=len(of_cell), channels=_channels(of_cell)) for cell, of_cell in by_cell(going)
            ),
            skipped=skipped_of(drafted.skipped),
            leaves=self._leaves(drafted, now=now),
            mark=_mark(going) if going else "",
        )

    def ledger(self, db: Connection, standing: Standing, readings: Iterable[CellReading], *, now: datetime) -> Ledger:
        digest, known = standing.digest, {member.id: member for member in members.everybody(db)}
        unknown = letters.of_digest(db, digest.number, status=LetterStatus.UNKNOWN)
        skipped: defaultdict[str, list[str]] = defaultdict(list)
        for each in letters.of_digest(db, digest.number, status=LetterStatus.SKIPPED):
            skipped[each.reason or ""].append(person(known[each.member]))
        return Ledger(
            number=digest.number,
            title=self.title(digest),
            period=self.period(digest.since, digest.until),
            note=self._note_of(digest, is_over=standing.is_over, now=now),
            people=standing.people,
            settled=standing.done,
            progress=texts.DIGEST_WEB_PROGRESS.format(settled=standing.done, people=standing.people),
            counts=tuple(
                Count(label=texts.DIGEST_STATUSES[each], count=standing.counts[each])
                for each in _SHOWN
                if standing.counts[each] or each is LetterStatus.SENT
            ),
            failures=tuple(Count(label=reason, count=count) for reason, count in standing.reasons),
            unknown=tuple(person(known[each.member], channel=each.channel) for each in unknown),
            skipped=_skipped(skipped),
            readings=tuple(map(self.reading, readings)),
        )

    def note(self, digest: Digest, counts: Mapping[LetterStatus, int]) -> str:
        """Of one in the list of earlier ones."""
        if digest.missed:
            return texts.DIGEST_WEB_MISSED
        return ", ".join(f"{texts.DIGEST_STATUSES[each]}: {counts[each]}" for each in _SHOWN if counts[each])

    def _note_of(self, digest: Digest, *, is_over: bool, now: datetime) -> str:
        if digest.missed:
            return texts.DIGEST_WEB_MISSED
        if is_over:
            return ""
        if now < digest.starts_at:
            return texts.DIGEST_WEB_WAITS.format(at=self.moment(digest.starts_at))
        return texts.DIGEST_WEB_ENDS.format(at=self.moment(digest.ends_at))

    def _leaves(self, drafted: Drafted, *, now: datetime) -> str:
        if not drafted.going:
            return texts.DIGEST_WEB_NOBODY
        said = leaves(drafted, self._zone, now=now)
        return f"{texts.DIGEST_WEB_NO_NEWS} {said}" if drafted.is_quiet else said


def capitalized(words: str) -> str:
    """As at the beginning of a line."""
    return words[:1].upper() + words[1:]


def person(member: Member, *, channel: str | None = None) -> str:
    facts = {"name": member.name, "code": member.code, "cell": member.cell}
    if channel is None:
        return texts.DIGEST_WEB_PERSON.format(**facts)
    return texts.DIGEST_WEB_PERSON_ON.format(**facts, channel=channel_name(channel))


def skipped_of(skipped: Iterable[DraftLetter]) -> tuple[Skipped, ...]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for letter in skipped:
        found[letter.skipped or ""].append(person(letter.member))
    return _skipped(found)


def _skipped(found: Mapping[str, Sequence[str]]) -> tuple[Skipped, ...]:
    """In the order of the reasons."""
    reasons = [reason for reason in (*Skip, "") if found.get(reason)]
    return tuple(Skipped(reason=skip_words(reason), people=tuple(found[reason])) for reason in reasons)


def _channels(of_cell: Iterable[DraftLetter]) -> tuple[Count, ...]:
    counted = Counter(letter.channel or "" for letter in of_cell).most_common()
    return tuple(Count(label=channel_name(channel), count=count) for channel, count in counted)


def _mark(going: Iterable[DraftLetter]) -> str:
    """Another one for other words, other people or another place; the same for the same a minute later."""
    mark = sha256()
    for letter in going:
        said = plain_text(letter.reply) if letter.reply else ""
        mark.update(repr((letter.member.code, letter.channel, letter.recipient.chat, said)).encode())
    return mark.hexdigest()[:16]
