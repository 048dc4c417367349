"""What is kept for a time only is thrown away when that time is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.errors import StateBusy
from bot.people.sessions import discard_expired
from bot.state import conversations, inbox, invitations, outbox, questions
from bot.state.database import Database

logger = logging.getLogger(__name__)

MESSAGES: Final = timedelta(days=30)
CONVERSATIONS: Final = timedelta(days=90)
INVITATIONS: Final = timedelta(days=30)
_EVERY: Final = 3600.0


async def keep_house(
    database: Database,
    *,
    question_days: int,
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Every hour, until cancelled. Any process may do it."""
    while True:
        try:
            await asyncio.to_thread(discard_old, database, now=clock(), question_days=question_days)
        except StateBusy as error:
            logger.warning("housekeeping: %s", error)
        await sleep(_EVERY)


def discard_old(database: Database, *, now: datetime, question_days: int) -> None:
    """In short transactions, so that nobody waits for long."""
    with database.transaction() as db:
        inbox.discard_old(db, before=now - MESSAGES)
    with database.transaction() as db:
        outbox.discard_old(db, before=now - MESSAGES)
    with database.transaction() as db:
        conversations.discard_old(db, before=now - CONVERSATIONS)
        invitations.discard_old(db, before=now - INVITATIONS)
        discard_expired(db, now=now)
        questions.discard_old(db, before=now - timedelta(days=question_days))
