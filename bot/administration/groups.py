"""``/nhom``: an administrator says, in a group, what the bot may show there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import texts
from bot.department import Command, Department, Outcome, Rank, Request, told
from bot.people.access import Ceiling
from bot.people.audiences import parse_audience
from bot.state import audit, groups

if TYPE_CHECKING:
    from bot.state.database import Database


class GroupAdministration:
    """``ceilings``: by channel, the most that it shows."""

    def __init__(self, database: Database, *, ceilings: Mapping[str, Ceiling]) -> None:
        self._database = database
        self._ceilings = ceilings

    def department(self) -> Department:
        command = Command(names=("nhom",), answer=self._group, rank=Rank.ADMINISTRATOR)
        return Department(commands=(command,))

    def _group(self, request: Request) -> Outcome:
        incoming = request.incoming
        if incoming.private:
            return told(texts.GROUP_USAGE)
        audience = parse_audience(request.arguments)
        if audience not in ("public", "member"):
            with self._database.reading() as connection:
                now = groups.audience_of(connection, incoming.channel, incoming.chat) or "public"
            shown = "public" if self._is_public(incoming.channel) else now
            said = texts.GROUP_NOW.format(level=texts.GROUP_LEVELS[shown])
            return told(texts.GROUP_ONLY if request.arguments else "", said)
        if audience == "member" and self._is_public(incoming.channel):
            return told(texts.GROUP_ABOVE.format(channel=texts.CHANNEL_NAMES.get(incoming.channel, incoming.channel)))

        def write(db: Connection) -> None:
            if audience == "public":
                groups.remove(db, incoming.channel, incoming.chat)
            else:
                groups.register(db, incoming.channel, incoming.chat, audience=audience, now=request.now)
            audit.record(
                db,
                actor=request.asker.code,
                action="group.audience",
                now=request.now,
                channel=incoming.channel,
                chat=incoming.chat,
                audience=audience,
            )

        return told(texts.GROUP_SET.format(level=texts.GROUP_LEVELS[audience]), writes=(write,))

    def _is_public(self, channel: str) -> bool:
        """Whether the whole channel shows no more than what is public."""
        return self._ceilings.get(channel) == "public"
