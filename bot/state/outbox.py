"""Replies on their way out, each with what became of it: the same is written into the ledger of the digests for a reply
that is somebody's letter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from bot.messages import Choices, Frozen, Incoming, Reply
from bot.state.letters import LetterStatus, Skip
from bot.state.masking import blank
from bot.state.tables import inbox, letters, outbox

_SHOWN_FROM_HERE: Final = "web"
"""The page shows what stands here."""

_LAST_FEW: Final = 4
"""Replies: somebody who has chosen from a list may choose from it again."""


class Status(StrEnum):
    """``sending`` is written before the act; ``unknown``: it may have arrived, and is not sent again by itself."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Parcel(Frozen):
    """A stored reply. ``pushed``: nobody asked for it; ``again``: it may have gone out before a crash.

    ``parts_sent``: messages of it that have arrived for certain; ``replaces``: the platform's id of the message that
    it takes the place of. ``asked_at``: when the message that it answers was received. ``ends_at``: it goes until
    then, and outside the quiet hours only; None: at any hour.
    """

    number: int
    channel: str
    chat: str
    reply: Reply
    pushed: bool
    again: bool
    parts_sent: int
    tries: int
    replaces: str | None
    created_at: datetime
    asked_at: datetime | None
    ends_at: datetime | None = None


class Sent(Frozen):
    """A reply in a chat's transcript. ``replaces``: number of an earlier one."""

    number: int
    reply: Reply
    created_at: datetime
    replaces: int | None
    asked: Incoming | None


def put(
    db: Connection,
    *,
    channel: str,
    chat: str,
    reply: Reply,
    now: datetime,
    answers: int | None = None,
    replaces: int | None = None,
    not_before: datetime | None = None,
    ends_at: datetime | None = None,
    again: bool = False,
) -> int:
    """Stores a reply for sending; its number. ``answers``: the inbox number, None for one that nobody asked for.

    ``not_before``: None for at once. ``ends_at`` and ``again``: as in `Parcel`.
    """
    number: int = db.execute(
        insert(outbox)
        .values(
            channel=channel,
            chat=chat,
            inbox_id=answers,
            reply=reply.model_dump_json(),
            status=Status.PENDING.value,
            pushed=answers is None,
            parts_sent=0,
            tries=0,
            not_before=not_before or now,
            ends_at=ends_at,
            again=again,
            replaces=replaces,
            created_at=now,
        )
        .returning(outbox.c.id)
    ).scalar_one()
    return number


def due(db: Connection, channel: str, *, now: datetime, limit: int, without: Collection[str] = ()) -> Sequence[Parcel]:
    """What may be sent now: one pending reply of each chat, answers before what is pushed.

    A chat gets the rest of what has begun, then its answers, then what is pushed, each in order: one that must wait
    holds up those behind it, save one that ends at some time: it may have to wait for a night.
    """
    pending = (outbox.c.channel == channel) & (outbox.c.status == Status.PENDING.value)
    pending &= outbox.c.ends_at.is_(None) | (outbox.c.not_before <= now)
    in_order = (outbox.c.parts_sent == 0, outbox.c.pushed, outbox.c.id)
    places = (
        select(outbox.c.id, func.row_number().over(partition_by=outbox.c.chat, order_by=in_order).label("place")).where(
            pending, outbox.c.chat.not_in(list(without))
        )
    ).subquery()
    rows = db.execute(
        _parcels()
        .where(outbox.c.id.in_(select(places.c.id).where(places.c.place == 1)), outbox.c.not_before <= now)
        .order_by(*in_order)
        .limit(limit)
    )
    return [_parcel(row) for row in rows]


def mark_sending(db: Connection, number: int) -> bool:
    """False when it is no longer pending: somebody else has it."""
    pending = (outbox.c.id == number) & (outbox.c.status == Status.PENDING.value)
    return _set(db, pending, status=Status.SENDING, tries=outbox.c.tries + 1) == 1


def mark_part(db: Connection, number: int, *, parts_sent: int) -> None:
    """A part has arrived, and there are more: it is due again for the next."""
    _set(db, outbox.c.id == number, status=Status.PENDING, reason=None, parts_sent=parts_sent, tries=0, again=False)


def mark_sent(db: Connection, number: int, *, platform_message: str | None, now: datetime) -> None:
    arrived = {"platform_message": platform_message, "sent_at": now}
    _set(db, outbox.c.id == number, status=Status.SENT, reason=None, **arrived)
    db.execute(update(letters).where(letters.c.outbox_id == number).values(sent_at=now))
    blank(db, (outbox.c.id == number) & (outbox.c.channel != _SHOWN_FROM_HERE))


def mark_ended(db: Connection, number: int, status: Status, *, reason: str) -> None:
    """FAILED or UNKNOWN."""
    _set(db, outbox.c.id == number, status=status, reason=reason)
    blank(db, (outbox.c.id == number) & (outbox.c.channel != _SHOWN_FROM_HERE))


def blank_codes(db: Connection, *, before: datetime) -> None:
    """Takes the codes out of all that was written before then and is over; replies to other channels than the web page
    lose theirs as soon as they have arrived.
    """
    blank(db, (outbox.c.created_at < before) & _is_over())


def put_off(db: Connection, number: int, *, until: datetime, reason: str) -> None:
    _set(db, outbox.c.id == number, status=Status.PENDING, reason=reason, not_before=until)


def hold(db: Connection, number: int, *, until: datetime, tries: int) -> None:
    """Nothing was sent: nobody is written to before then. ``tries``: as many as there were."""
    _set(db, outbox.c.id == number, status=Status.PENDING, not_before=until, tries=tries)


def withdraw(db: Connection, number: int, *, skipped: Skip) -> None:
    """Nothing was sent, nor will be."""
    values = {"status": LetterStatus.SKIPPED.value, "reason": skipped.value, "outbox_id": None}
    db.execute(update(letters).where(letters.c.outbox_id == number).values(**values))
    db.execute(delete(outbox).where(outbox.c.id == number))


def recover(db: Connection, channel: str) -> int:
    """After a crash: an answer that was being sent goes out again and says so; what was pushed stays unknown.

    Only for whoever holds the channel's lease. Gives the count of those that go again.
    """
    sending = (outbox.c.channel == channel) & (outbox.c.status == Status.SENDING.value)
    _set(db, sending & outbox.c.pushed.is_(True), status=Status.UNKNOWN, reason="stopped while sending")
    return _set(db, sending, status=Status.PENDING, again=True)


def restored(db: Connection) -> None:
    """After rows came back from a backup: what was on its way then may have arrived since, as after a crash."""
    on_its_way = outbox.c.status.in_([Status.PENDING.value, Status.SENDING.value])
    _set(db, on_its_way & outbox.c.pushed.is_(True), status=Status.UNKNOWN, reason="restored from a backup")
    _set(db, on_its_way, status=Status.PENDING, again=True)


def move(db: Connection, channel: str, *, chat: str, to: str) -> None:
    db.execute(update(outbox).where(outbox.c.channel == channel, outbox.c.chat == chat).values(chat=to))


def reply_of(db: Connection, number: int, *, channel: str, chat: str) -> Reply | None:
    """A reply that was sent to this chat, for a choice that is made from it later."""
    row = db.scalar(
        select(outbox.c.reply).where(outbox.c.id == number, outbox.c.channel == channel, outbox.c.chat == chat)
    )
    return Reply.model_validate_json(row) if row else None


def reply_of_letter(db: Connection, digest: int, member: int) -> Reply | None:
    """What was sent, or is to be sent, to this member; None where it is not kept any more."""
    row = db.scalar(
        select(outbox.c.reply)
        .join(letters, letters.c.outbox_id == outbox.c.id)
        .where(letters.c.digest_id == digest, letters.c.member_id == member)
    )
    return Reply.model_validate_json(row) if row else None


def last_reply(db: Connection, channel: str, chat: str) -> Reply | None:
    """Of the last few replies to a chat that nobody pushed, and letters that have arrived there, the last that offered
    choices, or the very last: for a choice that is typed by its number.
    """
    arrived = outbox.c.ends_at.is_not(None) & (outbox.c.status == Status.SENT.value)
    rows = db.scalars(
        select(outbox.c.reply)
        .where(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.inbox_id.is_not(None) | arrived)
        .order_by(func.coalesce(outbox.c.sent_at, outbox.c.created_at).desc(), outbox.c.id.desc())
        .limit(_LAST_FEW)
    )
    replies = [Reply.model_validate_json(row) for row in rows]
    offering = (reply for reply in replies if any(isinstance(block, Choices) for block in reply.blocks))
    return next(offering, replies[0] if replies else None)


def transcript(db: Connection, channel: str, chat: str, *, after: int, limit: int) -> Sequence[Sent]:
    """The newest replies of a chat with a larger number, oldest first, with the messages that they answer."""
    rows = db.execute(
        select(outbox.c.id, outbox.c.reply, outbox.c.created_at, outbox.c.replaces, inbox.c.incoming)
        .join(inbox, inbox.c.id == outbox.c.inbox_id, isouter=True)
        .where(outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.id > after)
        .order_by(outbox.c.id.desc())
        .limit(limit)
    ).all()
    return [
        Sent(
            number=row.id,
            reply=Reply.model_validate_json(row.reply),
            created_at=row.created_at,
            replaces=row.replaces,
            asked=Incoming.model_validate_json(row.incoming) if row.incoming else None,
        )
        for row in reversed(rows)
    ]


def counts(db: Connection) -> dict[str, int]:
    """How many replies have each status."""
    rows = db.execute(select(outbox.c.status, func.count()).group_by(outbox.c.status))
    return {row[0]: row[1] for row in rows}


def last_failures(db: Connection, *, limit: int) -> Sequence[tuple[str, str, datetime]]:
    """Channel, reason and time of the last replies that did not arrive for certain."""
    rows = db.execute(
        select(outbox.c.channel, outbox.c.reason, outbox.c.created_at)
        .where(outbox.c.status.in_([Status.FAILED.value, Status.UNKNOWN.value]))
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    return [(row.channel, row.reason or "", row.created_at) for row in rows]


def forget_chat(db: Connection, channel: str, chat: str) -> None:
    """Erases what was written to a chat, but for what is still on its way."""
    db.execute(delete(outbox).where(outbox.c.channel == channel, outbox.c.chat == chat, _is_over()))


def discard_old(db: Connection, *, before: datetime) -> None:
    db.execute(delete(outbox).where(outbox.c.created_at < before, _is_over()))


def _set(db: Connection, which: ColumnElement[bool], *, status: Status, **values: Any) -> int:
    """Gives these rows, and the letters that they are, this status; how many rows."""
    said = {"status": status.value} | ({"reason": values["reason"]} if "reason" in values else {})
    db.execute(update(letters).where(letters.c.outbox_id.in_(select(outbox.c.id).where(which))).values(**said))
    return db.execute(update(outbox).where(which).values(status=status.value, **values)).rowcount


def _is_over() -> ColumnElement[bool]:
    return outbox.c.status.not_in([Status.PENDING.value, Status.SENDING.value])


def _parcels() -> Select[Any]:
    earlier = outbox.alias("earlier")
    return (
        select(
            outbox.c.id,
            outbox.c.channel,
            outbox.c.chat,
            outbox.c.reply,
            outbox.c.pushed,
            outbox.c.again,
            outbox.c.parts_sent,
            outbox.c.tries,
            outbox.c.created_at,
            outbox.c.ends_at,
            earlier.c.platform_message.label("replaced"),
            inbox.c.received_at,
        )
        .join(earlier, earlier.c.id == outbox.c.replaces, isouter=True)
        .join(inbox, inbox.c.id == outbox.c.inbox_id, isouter=True)
    )


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(
        number=row.id,
        channel=row.channel,
        chat=row.chat,
        reply=Reply.model_validate_json(row.reply),
        pushed=row.pushed,
        again=row.again,
        parts_sent=row.parts_sent,
        tries=row.tries,
        replaces=row.replaced,
        created_at=row.created_at,
        asked_at=row.received_at,
        ends_at=row.ends_at,
    )
