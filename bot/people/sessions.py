"""Signing in to the web page. Each session has an account of its own, which is its chat as well."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.department import Stale
from bot.messages import Frozen
from bot.people import tries
from bot.people.erasing import WEB, erase_account
from bot.people.identity import identify
from bot.people.keys import Keys
from bot.people.linking import code_in, hash_of
from bot.state import accounts, audit, invitations, members, outbox, sessions
from bot.state.database import Database

logger = logging.getLogger(__name__)

SESSION: Final = timedelta(days=90)
GUEST_SESSION: Final = timedelta(days=30)
CODE_SHOWN: Final = timedelta(minutes=10)
_GUEST: Final = "guest-"
_ACCOUNT_DIGITS: Final = 24

NewToken = Callable[[], str]


class Admission(Frozen):
    """``token``: of the new session; None where the code was refused, and ``refusal`` says why.

    ``locked``: the code was not looked at, because there were too many wrong ones.
    """

    token: str | None = None
    refusal: str | None = None
    locked: bool = False


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def sign_in(
    database: Database, keys: Keys, *, code: str, address: str, now: datetime, new_token: NewToken = _new_token
) -> Admission:
    """Redeems a one-time code. Wrong ones are counted by ``address``; what cannot be a code is not counted."""
    digits = code_in(code)
    if digits is None:
        return Admission(refusal=texts.CODE_WRONG)
    try:
        with database.transaction() as db:
            return _admit(db, keys, hash_of(keys, digits), address=address, now=now, token=new_token())
    except Stale:
        logger.warning("%s/%s: a code was refused unseen, after too many wrong ones", WEB, address)
        return Admission(refusal=texts.CODE_LOCKED, locked=True)


def guest(database: Database, keys: Keys, *, now: datetime, new_token: NewToken = _new_token) -> str:
    """The token of a session that belongs to nobody."""
    token = new_token()
    with database.transaction() as db:
        account = _GUEST + _account_of(keys, token)
        sessions.add(db, token_hash=_hash(keys, token), account=account, now=now, expires_at=now + GUEST_SESSION)
    return token


def account_of(database: Database, keys: Keys, *, token: str, now: datetime) -> str | None:
    """The session's account; None where the session is unknown or over, or its member is gone."""
    with database.reading() as db:
        account = sessions.account_of(db, _hash(keys, token), now=now)
        if account is None or is_guest(account):
            return account
        return account if identify(db, WEB, account).is_linked else None


def is_guest(account: str) -> bool:
    return account.startswith(_GUEST)


def sign_out(database: Database, keys: Keys, *, token: str, now: datetime) -> None:
    """With the session goes its account and what was written in it, which nobody could reach any more."""
    with database.transaction() as db:
        account = sessions.account_of(db, _hash(keys, token), now=now)
        if account is not None:
            erase_account(db, channel=WEB, account=account, chat=account)


def discard_expired(db: Connection, *, now: datetime) -> None:
    """Sessions that are over, and the codes that a page has shown for long enough to be copied."""
    outbox.blank_codes(db, before=now - CODE_SHOWN)
    for account in sessions.expired(db, now=now):
        erase_account(db, channel=WEB, account=account, chat=account)


def _admit(db: Connection, keys: Keys, code_hash: str, *, address: str, now: datetime, token: str) -> Admission:
    if tries.is_locked(db, channel=WEB, account=address, now=now):
        raise Stale
    invitation = invitations.redeem(db, code_hash, now=now)
    member = None if invitation is None else members.by_id(db, invitation.member)
    if member is None:
        tries.count_wrong(db, channel=WEB, account=address, now=now)
        return Admission(refusal=texts.CODE_WRONG)
    account = _account_of(keys, token)
    accounts.link(db, member=member.id, channel=WEB, account=account, chat=account, now=now)
    sessions.add(db, token_hash=_hash(keys, token), account=account, now=now, expires_at=now + SESSION)
    audit.record(db, actor=member.code, action="account.link", now=now, channel=WEB)
    return Admission(token=token)


def _hash(keys: Keys, token: str) -> str:
    return keys.hash("session", token)


def _account_of(keys: Keys, token: str) -> str:
    """As random as the token, which it does not give away."""
    return keys.hash("web account", token)[:_ACCOUNT_DIGITS]
