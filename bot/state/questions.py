"""The log of questions, with what people thought of the answers. An asker stands here only as a keyed hash."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select, update

from bot.messages import Frozen
from bot.state.tables import questions


class Question(Frozen):
    """``directives``: ids of those that were quoted. ``vote``: None while nobody gave one."""

    number: int
    asker: str
    channel: str
    text: str
    answered: bool
    directives: tuple[str, ...]
    vote: Literal["good", "bad"] | None
    reason: str | None
    forwarded: bool
    office_answer: int | None
    asked_at: datetime


def add(
    db: Connection,
    *,
    number: int | None = None,
    asker: str,
    channel: str,
    text: str,
    answered: bool,
    directives: Sequence[str],
    now: datetime,
) -> int:
    """The question's number: that of its stored message; one below zero where there is none (None)."""
    if number is None:
        number = min(db.scalar(select(func.min(questions.c.id))) or 0, 0) - 1
    db.execute(
        insert(questions).values(
            id=number,
            asker=asker,
            channel=channel,
            text=text,
            answered=answered,
            directives="\n".join(directives),
            forwarded=False,
            asked_at=now,
        )
    )
    return number


def get(db: Connection, number: int) -> Question | None:
    row = db.execute(select(questions).where(questions.c.id == number)).mappings().one_or_none()
    return _question(row) if row else None


def vote(db: Connection, number: int, vote: Literal["good", "bad"], *, reason: str | None = None) -> None:
    db.execute(update(questions).where(questions.c.id == number).values(vote=vote, reason=reason))


def forward(db: Connection, number: int) -> None:
    db.execute(update(questions).where(questions.c.id == number).values(forwarded=True))


def open_questions(db: Connection, *, limit: int) -> Sequence[Question]:
    """Those that got no answer or a bad vote, or were sent on, and that the office has not answered; newest first."""
    rows = db.execute(
        select(questions)
        .where(
            questions.c.office_answer_id.is_(None),
            or_(questions.c.answered.is_(False), questions.c.vote == "bad", questions.c.forwarded.is_(True)),
        )
        .order_by(questions.c.asked_at.desc(), questions.c.id.desc())
        .limit(limit)
    ).mappings()
    return [_question(row) for row in rows]


def settle(db: Connection, numbers: Collection[int], *, office_answer: int) -> None:
    db.execute(update(questions).where(questions.c.id.in_(numbers)).values(office_answer_id=office_answer))


def drop(db: Connection, numbers: Collection[int]) -> None:
    """Takes questions off the office's list: they stay logged as answered."""
    db.execute(update(questions).where(questions.c.id.in_(numbers)).values(answered=True, forwarded=False, vote=None))


def of_asker(db: Connection, asker: str) -> int:
    """How many of this asker's questions are kept."""
    return db.scalar(select(func.count()).select_from(questions).where(questions.c.asker == asker)) or 0


def votes_of(db: Connection, asker: str) -> int:
    """How many of them have a vote."""
    return (
        db.scalar(
            select(func.count()).select_from(questions).where(questions.c.asker == asker, questions.c.vote.is_not(None))
        )
        or 0
    )


def count_since(db: Connection, since: datetime, *, before: datetime | None = None) -> int:
    query = select(func.count()).select_from(questions).where(questions.c.asked_at >= since)
    return db.scalar(query if before is None else query.where(questions.c.asked_at < before)) or 0


def forget_asker(db: Connection, asker: str) -> None:
    db.execute(delete(questions).where(questions.c.asker == asker))


def discard_old(db: Connection, *, before: datetime) -> None:
    db.execute(delete(questions).where(questions.c.asked_at < before))


def _question(row: RowMapping) -> Question:
    return Question(
        number=row["id"],
        asker=row["asker"],
        channel=row["channel"],
        text=row["text"],
        answered=row["answered"],
        directives=tuple(row["directives"].split("\n")) if row["directives"] else (),
        vote=row["vote"],
        reason=row["reason"],
        forwarded=row["forwarded"],
        office_answer=row["office_answer_id"],
        asked_at=row["asked_at"],
    )
