"""``/nhom``: an administrator says, in a group, what the bot may show there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import texts
from bot.department import Command, Department, Outcome, Rank, Request, told
from bot.people.audiences import audience_label, parse_audience
from bot.state import audit, groups

if TYPE_CHECKING:
    from bot.state.database import Database


class GroupAdministration:
    def __init__(self, database: Database) -> None:
        self._database = database

    def department(self) -> Department:
        command = Command(names=("nhom",), answer=self._group, rank=Rank.ADMINISTRATOR, description=texts.GROUP_COMMAND)
        return Department(commands=(command,))

    def _group(self, request: Request) -> Outcome:
        incoming = request.incoming
        if incoming.private:
            return told(texts.GROUP_USAGE)
        audience = parse_audience(request.arguments)
        if audience not in ("public", "member"):
            with self._database.reading() as connection:
                now = groups.audience_of(connection, incoming.channel, incoming.chat) or "public"
            return told(
                texts.GROUP_ONLY if request.arguments else "", texts.GROUP_NOW.format(audience=audience_label(now))
            )

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

        return told(texts.GROUP_SET.format(audience=audience_label(audience)), writes=(write,))
