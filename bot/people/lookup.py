"""A member as people name them: by code, or by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.errors import AmbiguousMember, NoSuchMember
from bot.state import members
from bot.state.members import Member
from index import fold

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def find_member(db: Connection, argument: str) -> Member:
    """By code, whatever its case; else by name, whatever its case, and without accents when none are typed.

    Raises NoSuchMember and AmbiguousMember.
    """
    everybody = members.everybody(db)
    wanted = code_key(argument)
    by_code = [member for member in everybody if code_key(member.code) == wanted]
    found = by_code or _named(everybody, argument)
    if not found:
        raise NoSuchMember(member=argument)
    if len(found) > 1:
        raise AmbiguousMember(member=argument, candidates="; ".join(map(candidate, found)))
    return found[0]


def candidate(member: Member) -> str:
    return texts.CANDIDATE.format(code=member.code, name=member.name, cell=member.cell)


def code_key(code: str) -> str:
    """Two codes that differ only in case or spaces are one."""
    return " ".join(unicodedata.normalize("NFC", code).split()).casefold()


def _named(everybody: Sequence[Member], name: str) -> list[Member]:
    exactly = [member for member in everybody if _name_key(member.name) == _name_key(name)]
    plain = _plain_key(name)
    if exactly or plain != _name_key(name):  # typed with accents, it means nobody else
        return exactly
    return [member for member in everybody if _plain_key(member.name) == plain]


def _name_key(name: str) -> str:
    """One spelling of each name: where the tone mark stands (``Hoà``, ``Hòa``) says nothing."""
    return " ".join(map(_tone_last, unicodedata.normalize("NFD", name).casefold().split()))


def _tone_last(word: str) -> str:
    return "".join(sorted(word, key=_TONES.__contains__))


def _plain_key(name: str) -> str:
    return fold(" ".join(unicodedata.normalize("NFC", name).split()))
