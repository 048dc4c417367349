"""How an account becomes a member's: a one-time code of ten digits, sent in a private chat."""

from __future__ import annotations

import base64
import io
import logging
import random as randomness
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.conversation import Conversation
from bot.department import Outcome, Request, Stale, Write, told
from bot.messages import Frozen, Picture
from bot.people import tries
from bot.people.keys import Keys
from bot.people.limits import RateLimit
from bot.state import accounts, audit, inbox, invitations, members
from bot.state.database import Database
from bot.state.invitations import Invitation
from bot.state.members import Member

logger = logging.getLogger(__name__)

DIGITS: Final = 10
_GROUP: Final = 5
_PURPOSE: Final = "code"
_SYSTEM_RANDOM: Final = secrets.SystemRandom()

_RUN: Final = re.compile(r"[0-9](?:[\s.\-]{0,3}[0-9])*")
_WORD: Final = re.compile(r"[0-9](?:[.\-]?[0-9])*")
_DASHES: Final = re.compile("[‐‑‒–—―−]")


class Invite(Frozen):
    """``code``: ten digits, to be shown by `grouped`."""

    member: Member
    code: str
    expires: datetime


def make_invite(
    member: Member,
    keys: Keys,
    *,
    now: datetime,
    valid: timedelta,
    beside_others: bool = False,
    random: randomness.Random = _SYSTEM_RANDOM,
) -> tuple[Invite, Write]:
    """A new code, and what stores it and, unless it is ``beside_others``, ends those that this member had.

    Only its keyed hash is stored.
    """
    code = "".join(random.choices("0123456789", k=DIGITS))
    code_hash = hash_of(keys, code)
    invite = Invite(member=member, code=code, expires=(now + valid).replace(microsecond=0))

    def store(db: Connection) -> None:
        if invitations.find(db, code_hash) or members.by_id(db, member.id) is None:
            raise Stale
        if not beside_others:
            invitations.withdraw(db, member.id)
        invitations.add(db, member=member.id, code_hash=code_hash, now=now, expires_at=invite.expires)

    return invite, store


def hash_of(keys: Keys, code: str) -> str:
    return keys.hash(_PURPOSE, code)


def grouped(code: str) -> str:
    """``12345 67890``."""
    return f"{code[:_GROUP]} {code[_GROUP:]}"


def invite_link(username: str, code: str) -> str:
    """Opens the chat with the bot in Telegram and sends it the code."""
    return f"https://t.me/{username}?start={code}"


def qr_picture(url: str, caption: str) -> Picture:
    import segno

    file = io.BytesIO()
    segno.make(url, micro=False).save(file, kind="png", scale=6, border=4)
    return Picture(data=base64.b64encode(file.getvalue()).decode("ascii"), caption=caption)


def code_in(text: str) -> str | None:
    """The ten digits of a message, which may stand in groups divided by spaces, dots or dashes.

    Digits that go on without a space are another number. Of several, two groups of five, as codes are shown, else the
    first.
    """
    if sum(map(str.isdigit, text)) < DIGITS:
        return None
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    found = [groups for run in _RUN.finditer(plain) for groups in _tens(_WORD.findall(run[0]))]
    found.sort(key=lambda groups: [len(group) for group in groups] != [_GROUP, _GROUP])
    return "".join(found[0]) if found else None


def _tens(words: list[str]) -> Iterator[list[str]]:
    """Neighbours among the words that have ten digits together."""
    groups = [re.sub(r"\D", "", word) for word in words]
    for start in range(len(groups)):
        length = 0
        for end in range(start, len(groups)):
            length += len(groups[end])
            if length >= DIGITS:
                if length == DIGITS:
                    yield groups[start : end + 1]
                break


@dataclass(frozen=True)
class _Seen:
    """What the state says of a code. ``invitation`` None: there is none, or it was not looked for."""

    locked: bool
    invitation: Invitation | None = None
    member: Member | None = None
    live: bool = False


class Linking:
    """Answers messages that hold a one-time code, before anything else does."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._asides = RateLimit(tries.MOST_OF_ONE, seconds=3600)

    def answer(self, request: Request) -> Outcome | None:
        """None: no code stands in it, or ten digits of somebody linked that are none."""
        code = None if request.asker.everything else code_in(request.text)
        if code is None:
            return None
        incoming, own = request.incoming, request.asker.member
        if own and not self._asides.allows("\0".join(_place(request)), request.now):
            return None  # a linked person's wrong digits are no wrong try, but must not become a way to guess either
        code_hash = hash_of(self._keys, code)
        seen = self._look(request, code_hash)
        if own and not seen.live:
            reused = seen.invitation is not None and seen.invitation.used_at and seen.invitation.member == own.id
            if not (reused and incoming.private):
                return None
            return told(texts.ALREADY_LINKED.format(name=own.name), writes=(_mask(request),))
        if not incoming.private:
            return told(texts.CODE_IN_GROUP, writes=(_mask(request), *_spoil(request, seen)))
        if seen.locked:
            logger.warning("%s/%s: a code was refused unseen, after too many wrong ones", *_place(request))
            return told(texts.CODE_LOCKED, writes=(_mask(request),))
        if not seen.live or seen.member is None:
            return told(texts.CODE_WRONG, writes=(_mask(request), _wrong_try(request)))
        return _welcome(request, seen.member, code_hash)

    def _look(self, request: Request, code_hash: str) -> _Seen:
        incoming = request.incoming
        with self._database.reading() as db:
            if tries.is_locked(db, channel=incoming.channel, account=incoming.sender, now=request.now):
                return _Seen(locked=True)
            invitation = invitations.find(db, code_hash)
            if invitation is None:
                return _Seen(locked=False)
            live = invitation.used_at is None and invitation.expires_at > request.now
            return _Seen(locked=False, invitation=invitation, member=members.by_id(db, invitation.member), live=live)


def _welcome(request: Request, member: Member, code_hash: str) -> Outcome:
    incoming, now = request.incoming, request.now

    def redeem(db: Connection) -> None:
        if tries.is_locked(db, channel=incoming.channel, account=incoming.sender, now=now):
            raise Stale
        if invitations.redeem(db, code_hash, now=now) is None:
            raise Stale
        accounts.link(
            db, member=member.id, channel=incoming.channel, account=incoming.sender, chat=incoming.chat, now=now
        )
        audit.record(db, actor=member.code, action="account.link", now=now, channel=incoming.channel)

    writes = (_mask(request), redeem)
    before = request.asker.member
    left = texts.LINK_MOVED.format(name=before.name) if before and before.id != member.id else ""
    linked = texts.LINKED.format(name=member.name, cell=member.cell)
    welcome = told(linked, left, texts.LINKED_HINT, writes=writes)
    return Outcome(answer=welcome.answer, conversation=Conversation(), writes=welcome.writes)


def _place(request: Request) -> tuple[str, str]:
    return request.incoming.channel, request.incoming.sender


def _mask(request: Request) -> Write:
    """A code, and what may be one but for a digit, is not kept in the message that brought it."""
    return lambda db: inbox.mask(db, request.number)


def _wrong_try(request: Request) -> Write:
    incoming = request.incoming
    return lambda db: tries.count_wrong(db, channel=incoming.channel, account=incoming.sender, now=request.now)


def _spoil(request: Request, seen: _Seen) -> tuple[Write, ...]:
    """Everybody in the group has read the code: it ends. The answer is the same where it was none."""
    if seen.locked:
        return ()
    if not seen.live or seen.member is None:
        return (_wrong_try(request),)
    member = seen.member

    def end(db: Connection) -> None:
        invitations.withdraw(db, member.id)
        audit.record(
            db, actor="system", action="code.shown_in_group", now=request.now, member=member.code,
            channel=request.incoming.channel,
        )  # fmt: skip

    return (end,)
