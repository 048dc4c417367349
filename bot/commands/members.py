"""``members``: the roll taken in, listed, and invited; for people, and as JSON lines for programs."""

from __future__ import annotations

import random
import secrets
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot import texts
from bot.commands.batch import print_json
from bot.errors import BadUsage
from bot.people.keys import Keys
from bot.people.linking import Invite, grouped, make_invite
from bot.people.lookup import candidate, find_member
from bot.people.roll import apply, plan, read_roll
from bot.state import accounts, audit, invitations, members
from bot.state.database import Database
from bot.state.members import Member

_ACTOR: Final = "console"
_SYSTEM_RANDOM: Final = secrets.SystemRandom()


class ListedMember(BaseModel):
    """What programs read; ``member`` is the code, ``linked`` the channels of the accounts."""

    model_config = ConfigDict(frozen=True)

    member: str
    name: str
    cell: str
    role: str
    linked: tuple[str, ...]


class PrintedInvite(BaseModel):
    """What programs read; ``code``: ten digits, ``expires``: UTC."""

    model_config = ConfigDict(frozen=True)

    member: str
    name: str
    cell: str
    code: str
    expires: datetime


def import_roll(database: Database, path: Path, *, remove_missing: bool, now: datetime) -> None:
    """Takes the whole roll in, or raises BadRoll and takes in nothing."""
    rows = read_roll(path)
    with database.transaction() as db:
        planned = plan(members.everybody(db), rows)
        applied = apply(db, planned, remove_missing=remove_missing, now=now, actor=_ACTOR)
    counts = {name: len(getattr(planned, name)) for name in ("added", "changed", "unchanged")}
    print(texts.ROLL_DONE.format(**counts, removed=len(applied.removed)))
    if remove_missing:
        _print_list(texts.ROLL_REMOVED, applied.removed)
    else:
        _print_list(texts.ROLL_MISSING, planned.missing)
    _print_list(texts.ROLL_KEPT, applied.kept)


def list_members(database: Database, *, as_json: bool) -> None:
    """In the order of cell, then code."""
    with database.reading() as db:
        everybody = members.everybody(db)
        linked: dict[int, list[str]] = {}
        for account in accounts.everybody(db):
            linked.setdefault(account.member, []).append(account.channel)
    if not everybody and not as_json:
        print(texts.NO_MEMBERS, file=sys.stderr)
    for member in everybody:
        channels = tuple(sorted(set(linked.get(member.id, ()))))
        if as_json:
            print_json(
                ListedMember(
                    member=member.code, name=member.name, cell=member.cell, role=member.role.value, linked=channels
                )
            )
        else:
            print(_line(member, channels))


def invite(
    database: Database,
    keys: Keys,
    argument: str | None,
    *,
    everybody: bool,
    as_json: bool,
    days: int,
    now: datetime,
    zone: tzinfo,
    random: random.Random = _SYSTEM_RANDOM,
) -> None:
    """A new code for one member, whose earlier one ends; or for all who have neither an account that can be reached
    nor a code that is still valid. Raises BadUsage, NoSuchMember, AmbiguousMember.
    """
    if (argument is None) != everybody:
        raise BadUsage(detail=texts.INVITE_WHOM)
    invites: list[Invite] = []
    skipped = 0
    with database.transaction() as db:
        if argument is None:
            invited, skipped = _without_account_and_code(db, now=now)
        else:
            invited = [find_member(db, argument)]
        for member in invited:
            made, store = make_invite(member, keys, now=now, valid=timedelta(days=days), random=random)
            store(db)
            audit.record(db, actor=_ACTOR, action="member.invite", now=now, member=member.code)
            invites.append(made)
    if skipped:
        print(texts.INVITE_SKIPPED.format(count=skipped), file=sys.stderr)
    elif not invites and not as_json:
        print(texts.NOBODY_TO_INVITE, file=sys.stderr)
    for made in invites:
        _print_invite(made, as_json=as_json, zone=zone)


def _without_account_and_code(db: Connection, *, now: datetime) -> tuple[list[Member], int]:
    """Members who can neither be reached nor link an account yet; and how many have no account, but a code."""
    reached = {account.member for account in accounts.everybody(db) if account.active}
    missing = [member for member in members.everybody(db) if member.id not in reached]
    holders = invitations.members_with_code(db, now=now)
    invited = [member for member in missing if member.id not in holders]
    return invited, len(missing) - len(invited)


def _print_invite(made: Invite, *, as_json: bool, zone: tzinfo) -> None:
    member = made.member
    if as_json:
        print_json(
            PrintedInvite(member=member.code, name=member.name, cell=member.cell, code=made.code, expires=made.expires)
        )
        return
    expires = f"{made.expires.astimezone(zone):%H:%M %d/%m/%Y}"
    print(texts.INVITATION_LINE.format(name=member.name, cell=member.cell, code=grouped(made.code), expires=expires))


def _print_list(heading: str, people: tuple[Member, ...]) -> None:
    if people:
        print(heading.format(count=len(people)))
    for member in people:
        print(texts.MEMBER_BULLET.format(member=candidate(member)))


def _line(member: Member, channels: tuple[str, ...]) -> str:
    linked = ", ".join(texts.CHANNEL_NAMES.get(channel, channel) for channel in channels)
    return texts.MEMBER_LINE.format(
        code=member.code,
        name=member.name,
        cell=member.cell,
        role=texts.ROLE_NAMES[member.role],
        linked=linked or texts.MEMBER_NOT_LINKED,
    )
