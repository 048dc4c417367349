"""How a new installation begins: an address to open, and a first administrator with a code to sign in."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.people.keys import Keys
from bot.people.linking import grouped, make_invite
from bot.state import accounts, audit, members
from bot.state.members import Member, Role

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8080
_FIRST_CODE: Final = "QTV"


def free_endpoint() -> tuple[str, int]:
    """Host and port of the web page where none is set: the default, or any free port when that one is taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((DEFAULT_HOST, DEFAULT_PORT))
        except OSError:
            return DEFAULT_HOST, 0
    return DEFAULT_HOST, DEFAULT_PORT


def first_code(settings: Settings, database: Database, keys: Keys) -> list[str]:
    """The line with a new one-time code of the first administrator, who is made in an empty database; none once
    an administrator has signed in.
    """
    now = datetime.now(UTC)
    with database.transaction() as db:
        administrator = _first_administrator(db, settings, now=now)
        if administrator is None:
            return []
        invite, store = make_invite(
            administrator, keys, now=now, valid=timedelta(days=settings.invitation_days), beside_others=True
        )
        store(db)
        audit.record(db, actor="system", action="member.invite", now=now, member=administrator.code)
    expires = invite.expires.astimezone(settings.zone)
    return [
        texts.RUN_FIRST_CODE.format(
            name=administrator.name, code=grouped(invite.code), expires=f"{expires:%H:%M %d/%m/%Y}"
        )
    ]


def _first_administrator(db: Connection, settings: Settings, *, now: datetime) -> Member | None:
    """None where an administrator is linked already, or there are members and none of them administers."""
    if not members.count(db):
        return members.add(
            db,
            code=_FIRST_CODE,
            name=settings.admin_name or texts.FIRST_ADMINISTRATOR,
            cell=texts.FIRST_CELL,
            role=Role.ADMINISTRATOR,
            now=now,
        )
    administrators = members.with_role(db, Role.ADMINISTRATOR)
    if any(accounts.of_member(db, each.id) for each in administrators):
        return None
    return administrators[0] if administrators else None
