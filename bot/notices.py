"""What the bot says without being asked just now goes through the outbox, like every answer, but behind them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.channels.base import Capabilities
from bot.messages import Reply, plain_text
from bot.people.administrators import tell_administrators
from bot.people.erasing import WEB
from bot.state import accounts, outbox
from bot.state.accounts import Account

if TYPE_CHECKING:
    from bot.state.database import Database

logger = logging.getLogger(__name__)


def _logged(channel: str, reply: Reply) -> None:
    logger.warning("%s: %s", channel, plain_text(reply))


class Notices:
    """``wake`` tells the sender of a channel that there is something to send. ``elsewhere`` takes what is for a channel
    that is not among ``capabilities``, as the console.
    """

    def __init__(
        self,
        database: Database,
        capabilities: Mapping[str, Capabilities],
        *,
        clock: Callable[[], datetime],
        wake: Callable[[str], None],
        elsewhere: Callable[[str, Reply], None] = _logged,
    ) -> None:
        self._database = database
        self._capabilities = capabilities
        self._clock = clock
        self._wake = wake
        self._elsewhere = elsewhere

    def edits(self, channel: str) -> bool:
        """Whether a message that was sent can be changed there."""
        return channel in self._capabilities and self._capabilities[channel].edits

    def tell(self, channel: str, chat: str, reply: Reply, *, replaces: int | None = None) -> int:
        """Queues a reply; its number, 0 for what goes elsewhere."""
        if channel not in self._capabilities:
            self._elsewhere(channel, reply)
            return 0
        with self._database.transaction() as connection:
            number = outbox.put(
                connection, channel=channel, chat=chat, reply=reply, now=self._clock(), replaces=replaces
            )
        self._wake(channel)
        return number

    def tell_administrators(self, reply: Reply) -> None:
        with self._database.transaction() as connection:
            tell_administrators(connection, reply, now=self._clock())
        self.wake_all()

    def wake_all(self) -> None:
        for channel in self._capabilities:
            self._wake(channel)


def put_for(db: Connection, people: Iterable[int], reply: Reply, *, now: datetime) -> int:
    """Queues a reply on one account of each of these members: the one linked last, a web page only where there is no
    other; how many have one.
    """
    wanted = set(people)
    own: dict[int, list[Account]] = {}
    for account in accounts.everybody(db):
        if account.active and account.member in wanted:
            own.setdefault(account.member, []).append(account)
    for account in map(preferred, own.values()):
        outbox.put(db, channel=account.channel, chat=account.chat, reply=reply, now=now)
    return len(own)


def preferred(own: Iterable[Account]) -> Account:
    """Of a member's accounts the one that is written to, as `put_for` says."""
    return sorted(own, key=lambda account: (account.channel != WEB, account.linked_at))[-1]
