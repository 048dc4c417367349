"""Answers that an administrator gave once, each with a quote, for the next asker of the same question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from bot.messages import Frozen
from bot.state.tables import office_answers
from index import Quote


class OfficeAnswer(Frozen):
    """``form``: the question folded, as it is compared. ``remark``: the office's own words, may be empty."""

    number: int
    question: str
    form: str
    quote: Quote
    remark: str
    created_at: datetime


def add(db: Connection, *, question: str, form: str, quote: Quote, remark: str, now: datetime) -> int:
    number: int = db.execute(
        insert(office_answers)
        .values(
            question=question,
            form=form,
            directive=quote.directive.id,
            quote=quote.model_dump_json(),
            remark=remark,
            created_at=now,
        )
        .returning(office_answers.c.id)
    ).scalar_one()
    return number


def with_form(db: Connection, form: str) -> OfficeAnswer | None:
    """The newest answer to a question of this form."""
    return next(iter(all_with_form(db, form)), None)


def all_with_form(db: Connection, form: str) -> Sequence[OfficeAnswer]:
    """The answers to a question of this form, newest first."""
    given = select(office_answers).where(office_answers.c.form == form).order_by(office_answers.c.id.desc())
    return [_answer(row) for row in db.execute(given).mappings()]


def everything(db: Connection) -> Sequence[OfficeAnswer]:
    rows = db.execute(select(office_answers).order_by(office_answers.c.id.desc())).mappings()
    return [_answer(row) for row in rows]


def _answer(row: RowMapping) -> OfficeAnswer:
    return OfficeAnswer(
        number=row["id"],
        question=row["question"],
        form=row["form"],
        quote=Quote.model_validate_json(row["quote"]),
        remark=row["remark"],
        created_at=row["created_at"],
    )
