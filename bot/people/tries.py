"""Wrong codes: so many an hour from one account, or from all together, and no code is looked at for an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.department import Stale
from bot.messages import say
from bot.people.administrators import tell_administrators
from bot.state import audit, invitations, notes

MOST_OF_ONE: Final = 5
MOST_OF_ALL: Final = 50
_HOUR: Final = timedelta(hours=1)
_NOTE: Final = "codes.last_wrong"


def is_locked(db: Connection, *, channel: str, account: str, now: datetime) -> bool:
    return _one_is_locked(db, channel=channel, account=account, now=now) or _all_are_locked(db, now=now)


def count_wrong(db: Connection, *, channel: str, account: str, now: datetime) -> None:
    """Counts one wrong code, and tells the administrators when it is the one too many.

    Raises Stale where codes are locked meanwhile.
    """
    notes.write(db, _NOTE, now.isoformat())  # in PostgreSQL, whoever counts at this moment waits here for us
    if is_locked(db, channel=channel, account=account, now=now):
        raise Stale
    invitations.add_attempt(db, channel=channel, account=account, now=now)
    audit.record(db, actor="guest", action="code.wrong", now=now, channel=channel, account=account)
    if _all_are_locked(db, now=now):
        audit.record(db, actor="system", action="code.locked_for_all", now=now)
        tell_administrators(db, say(texts.TRIES_OF_ALL.format(count=MOST_OF_ALL)), now=now)
    elif _one_is_locked(db, channel=channel, account=account, now=now):
        audit.record(db, actor="system", action="code.locked", now=now, channel=channel, account=account)
        where = texts.CHANNEL_NAMES.get(channel, channel)
        warning = texts.TRIES_OF_ONE.format(count=MOST_OF_ONE, channel=where)
        tell_administrators(db, say(warning), now=now)


def _one_is_locked(db: Connection, *, channel: str, account: str, now: datetime) -> bool:
    times = invitations.attempt_times(db, since=now - 2 * _HOUR, channel=channel, account=account)
    return _too_many(times, MOST_OF_ONE, now=now)


def _all_are_locked(db: Connection, *, now: datetime) -> bool:
    return _too_many(invitations.attempt_times(db, since=now - 2 * _HOUR), MOST_OF_ALL, now=now)


def _too_many(times: Sequence[datetime], limit: int, *, now: datetime) -> bool:
    """Whether one of the last hour's tries was the ``limit``-th within an hour; the lock runs from that one on."""
    return any(
        last - first < _HOUR and now - last < _HOUR for first, last in zip(times, times[limit - 1 :], strict=False)
    )
