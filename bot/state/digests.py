"""The digests that were claimed: when, for which time, and what was known of the directives then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from bot.messages import Frozen, Reply
from bot.state.tables import digest_texts, digests


class Digest(Frozen):
    """``slot``: the local day of a planned one, in ISO's form; else ``now`` and a moment. ``missed``: its day was slept
    through, and nobody got it. ``since``: None where nobody was told anything before. ``starts_at`` to ``ends_at``:
    when it may go out. ``papers``: JSON, what was known of each directive.
    """

    number: int
    slot: str
    missed: bool
    since: datetime | None
    until: datetime
    starts_at: datetime
    ends_at: datetime
    papers: str
    claimed_by: str
    claimed_at: datetime


def add(
    db: Connection,
    *,
    slot: str,
    missed: bool = False,
    since: datetime | None,
    until: datetime,
    starts_at: datetime,
    ends_at: datetime,
    papers: str,
    by: str,
    now: datetime,
) -> int:
    """Its number. Raises IntegrityError for a slot that somebody else has claimed."""
    values = {"slot": slot, "missed": missed, "since": since, "until": until, "starts_at": starts_at}
    values |= {"ends_at": ends_at, "papers": papers, "claimed_by": by, "claimed_at": now}
    number: int = db.execute(insert(digests).values(**values).returning(digests.c.id)).scalar_one()
    return number


def add_text(db: Connection, digest: int, reply: Reply) -> int:
    """The whole digest as some of its people may see it; its number."""
    values = {"digest_id": digest, "reply": reply.model_dump_json()}
    number: int = db.execute(insert(digest_texts).values(**values).returning(digest_texts.c.id)).scalar_one()
    return number


def get(db: Connection, number: int) -> Digest | None:
    row = db.execute(select(digests).where(digests.c.id == number)).mappings().one_or_none()
    return _digest(row) if row else None


def with_slot(db: Connection, slot: str) -> Digest | None:
    row = db.execute(select(digests).where(digests.c.slot == slot)).mappings().one_or_none()
    return _digest(row) if row else None


def last(db: Connection, *, before: datetime | None = None) -> Digest | None:
    """The newest that went out; one that was missed told nobody anything. ``before``: of those until then."""
    query = select(digests).where(digests.c.missed.is_(False)).order_by(digests.c.id.desc()).limit(1)
    if before is not None:
        query = query.where(digests.c.until <= before)
    row = db.execute(query).mappings().one_or_none()
    return _digest(row) if row else None


def newest(db: Connection, *, limit: int) -> Sequence[Digest]:
    rows = db.execute(select(digests).order_by(digests.c.id.desc()).limit(limit)).mappings()
    return [_digest(row) for row in rows]


def _digest(row: RowMapping) -> Digest:
    values = dict(row)
    return Digest.model_validate({"number": values.pop("id"), **values})
