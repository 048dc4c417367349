"""The ledger of the digests: one row for each digest and member. What becomes of a row's reply in the outbox becomes of
the row in the same transaction (`bot.state.outbox`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from bot.messages import Frozen, Reply
from bot.state.tables import digest_texts, letters


class LetterStatus(StrEnum):
    """``unknown``: it may have arrived, and is not sent again by itself."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """``quiet``: there was nothing to tell, and that is not told either."""

    OPTED_OUT = "opted_out"
    INACTIVE = "inactive"
    NO_CHANNEL = "no_channel"
    QUIET = "quiet"


class Letter(Frozen):
    """``cell``: of the member when it was claimed. ``text``: number of the whole digest as this member may see it."""

    digest: int
    member: int
    cell: str
    channel: str | None
    text: int | None
    status: LetterStatus
    reason: str | None
    sent_at: datetime | None
    read_at: datetime | None


def add(
    db: Connection,
    *,
    digest: int,
    member: int,
    cell: str,
    channel: str | None = None,
    outbox: int | None = None,
    text: int | None = None,
    skipped: Skip | None = None,
) -> None:
    """Pending, or skipped for this reason."""
    status = LetterStatus.SKIPPED if skipped else LetterStatus.PENDING
    values = {"digest_id": digest, "member_id": member, "cell": cell, "channel": channel, "outbox_id": outbox}
    values |= {"text_id": text, "status": status.value, "reason": skipped.value if skipped else None}
    db.execute(insert(letters).values(**values))


def send_again(db: Connection, letter: Letter, *, outbox: int, channel: str) -> None:
    """It is pending anew, as this row of the outbox."""
    db.execute(
        update(letters)
        .where(letters.c.digest_id == letter.digest, letters.c.member_id == letter.member)
        .values(outbox_id=outbox, channel=channel, status=LetterStatus.PENDING.value, reason=None)
    )


def of_digest(db: Connection, digest: int, *, status: LetterStatus | None = None) -> Sequence[Letter]:
    query = select(letters).where(letters.c.digest_id == digest)
    if status:
        query = query.where(letters.c.status == status.value)
    return [_letter(row) for row in db.execute(query.order_by(letters.c.cell, letters.c.member_id)).mappings()]


def of_outbox(db: Connection, number: int) -> Letter | None:
    """The letter that this row of the outbox is."""
    row = db.execute(select(letters).where(letters.c.outbox_id == number)).mappings().one_or_none()
    return _letter(row) if row else None


def counts(db: Connection, digest: int) -> Mapping[LetterStatus, int]:
    """How many letters have each status, with a nought where there are none."""
    query = select(letters.c.status, func.count()).where(letters.c.digest_id == digest).group_by(letters.c.status)
    found = {row[0]: row[1] for row in db.execute(query)}
    return {status: found.get(status.value, 0) for status in LetterStatus}


def last_of(db: Connection, member: int) -> tuple[Letter, Reply] | None:
    """The newest digest that was made for this member, with the whole of it."""
    row = db.execute(
        select(letters, digest_texts.c.reply)
        .join(digest_texts, digest_texts.c.id == letters.c.text_id)
        .where(letters.c.member_id == member)
        .order_by(letters.c.digest_id.desc())
        .limit(1)
    ).mappings()
    return _with_text(row.one_or_none())


def of_member(db: Connection, member: int, *, limit: int) -> Sequence[Letter]:
    """The digests that were made for this member, the newest first."""
    query = select(letters).where(letters.c.member_id == member, letters.c.text_id.is_not(None))
    return [_letter(row) for row in db.execute(query.order_by(letters.c.digest_id.desc()).limit(limit)).mappings()]


def get(db: Connection, digest: int, member: int) -> tuple[Letter, Reply] | None:
    """A member's letter with the whole digest; None where there is no such letter, or nothing to tell."""
    row = db.execute(
        select(letters, digest_texts.c.reply)
        .join(digest_texts, digest_texts.c.id == letters.c.text_id)
        .where(letters.c.digest_id == digest, letters.c.member_id == member)
    ).mappings()
    return _with_text(row.one_or_none())


def mark_read(db: Connection, digest: int, member: int, *, now: datetime) -> bool:
    """False where it was read before, or there is no such letter."""
    done = db.execute(
        update(letters)
        .where(letters.c.digest_id == digest, letters.c.member_id == member, letters.c.read_at.is_(None))
        .values(read_at=now)
    )
    return done.rowcount == 1


def kept_of(db: Connection, member: int) -> tuple[int, int]:
    """How many digests were made for this member, and how many of them are marked as read."""
    query = select(func.count(letters.c.text_id), func.count(letters.c.read_at)).where(letters.c.member_id == member)
    made, read = db.execute(query).one()
    return made, read


def forget_reading(db: Connection, member: int) -> None:
    """Takes away when this member read what."""
    db.execute(update(letters).where(letters.c.member_id == member).values(read_at=None))


def _with_text(row: RowMapping | None) -> tuple[Letter, Reply] | None:
    return (_letter(row), Reply.model_validate_json(row["reply"])) if row else None


def _letter(row: RowMapping) -> Letter:
    return Letter(
        digest=row["digest_id"],
        member=row["member_id"],
        cell=row["cell"],
        channel=row["channel"],
        text=row["text_id"],
        status=LetterStatus(row["status"]),
        reason=row["reason"],
        sent_at=row["sent_at"],
        read_at=row["read_at"],
    )
