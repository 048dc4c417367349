"""What became of a digest, and those of whom it is not known sent to once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.digest.claiming import claim_alone
from bot.digest.timetable import Timetable
from bot.notices import preferred
from bot.state import accounts, audit, digest_choices, digests, letters, members, outbox
from bot.state.accounts import Account
from bot.state.digest_choices import DigestChoice
from bot.state.digests import Digest
from bot.state.letters import Letter, LetterStatus
from bot.state.members import Member

_BAR: Final = 20


@dataclass(frozen=True)
class Standing:
    """``counts``: people by status. ``reasons``: why letters failed, how often, the most frequent first; ``skipped``:
    why they were skipped. ``unknown``: who may have got it or not; ``failed``: who did not.
    """

    digest: Digest
    counts: Mapping[LetterStatus, int]
    reasons: tuple[tuple[str, int], ...]
    skipped: tuple[tuple[str, int], ...]
    unknown: tuple[Member, ...]
    failed: tuple[Member, ...]

    @property
    def people(self) -> int:
        """Those whom it was to go to."""
        return sum(self.counts.values()) - self.counts[LetterStatus.SKIPPED]

    @property
    def waiting(self) -> int:
        """Pending or sending."""
        return self.counts[LetterStatus.PENDING] + self.counts[LetterStatus.SENDING]

    @property
    def done(self) -> int:
        """Sent, failed or unknown."""
        return self.people - self.waiting

    @property
    def is_over(self) -> bool:
        return not self.waiting


@dataclass(frozen=True)
class Retried:
    """``again``: people it goes to once more, from ``starts_at`` on; ``left``: people it does not: they have read it,
    want none any more, or their account is gone.
    """

    again: int
    left: int
    starts_at: datetime


def standing(db: Connection, number: int | None = None) -> Standing | None:
    """Of this digest, else of the newest that went out; None where there is none."""
    digest = digests.last(db) if number is None else digests.get(db, number)
    if digest is None:
        return None
    known = {member.id: member for member in members.everybody(db)}
    ledger = letters.of_digest(db, digest.number)

    def people(status: LetterStatus) -> tuple[Member, ...]:
        return tuple(known[each.member] for each in ledger if each.status is status)

    return Standing(
        digest=digest,
        counts=letters.counts(db, digest.number),
        reasons=_reasons(ledger, LetterStatus.FAILED),
        skipped=_reasons(ledger, LetterStatus.SKIPPED),
        unknown=people(LetterStatus.UNKNOWN),
        failed=people(LetterStatus.FAILED),
    )


def bar(standing: Standing) -> str:
    """``▓▓▓▓▓▓▓░░░ 70% (490/700)``; it is full only when everybody is done."""
    share = standing.done / standing.people if standing.people else 1.0
    full = int(share * _BAR)
    return f"{'▓' * full}{'░' * (_BAR - full)} {int(share * 100)}% ({standing.done}/{standing.people})"


def retry_unknown(db: Connection, number: int, timetable: Timetable, *, by: str, now: datetime) -> Retried:
    """Sends once more to those of whom it is not known, with a sentence that it may have come already; at the end of
    the quiet hours where these are now. ``by``: for the audit log.
    """
    claim_alone(db, now=now)
    starts_at = timetable.start(now)
    ends_at = timetable.window_end(starts_at)
    choices = digest_choices.everything(db)
    again = left = 0
    for letter in letters.of_digest(db, number, status=LetterStatus.UNKNOWN):
        reply = outbox.reply_of_letter(db, number, letter.member)
        account = _account(db, letter)
        if not reply or not account or letter.read_at or not choices.get(letter.member, DigestChoice()).receives:
            left += 1
            continue
        queued = outbox.put(
            db,
            channel=account.channel,
            chat=account.chat,
            reply=reply,
            now=now,
            not_before=starts_at,
            ends_at=ends_at,
            again=True,
        )
        letters.send_again(db, letter, outbox=queued, channel=account.channel)
        again += 1
    audit.record(db, actor=by, action="digest.retry_unknown", now=now, digest=number, people=again)
    return Retried(again=again, left=left, starts_at=starts_at)


def _account(db: Connection, letter: Letter) -> Account | None:
    """The one that it went to, on which it may be shown as it was made."""
    own = [each for each in accounts.of_member(db, letter.member) if each.active and each.channel == letter.channel]
    return preferred(own) if own else None


def _reasons(ledger: Sequence[Letter], status: LetterStatus) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(each.reason or "" for each in ledger if each.status is status).most_common())
