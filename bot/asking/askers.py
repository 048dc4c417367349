"""Who asks, as the question log knows them; and which of its questions are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.department import Request
from bot.people.keys import Keys
from bot.state import questions
from bot.state.questions import Question

if TYPE_CHECKING:
    from bot.state.database import Database

_LARGEST: Final = 2**31 - 1


def asker_hash(keys: Keys, request: Request) -> str:
    """How the asker stands in the question log; people who are not linked by their account."""
    member, incoming = request.asker.member, request.incoming
    return keys.asker(member.id) if member else keys.hash("guest", f"{incoming.channel}/{incoming.sender}")


def own_question(database: Database, keys: Keys, request: Request, number: str) -> Question | None:
    """None for a number that is not there, and for somebody else's just the same."""
    question = logged_question(database, number)
    return question if question and question.asker == asker_hash(keys, request) else None


def logged_question(database: Database, number: str) -> Question | None:
    """``number``: as it was typed."""
    if not (number.isascii() and number.isdecimal() and len(number) <= 10 and int(number) <= _LARGEST):
        return None
    with database.reading() as db:
        return questions.get(db, int(number))
