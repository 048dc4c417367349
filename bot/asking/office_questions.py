"""The questions that wait for the office, grouped without names, and who is to be told of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.asking.finding import means_one_thing, question_form
from bot.asking.sight import Sight
from bot.people.access import Asker
from bot.people.keys import Keys
from bot.state import accounts, members, questions
from bot.state.accounts import Account
from bot.state.members import Member
from bot.state.questions import Question

_LOOKED_AT: Final = 2000


class Group(NamedTuple):
    """Questions that are the same but for case, accents and politeness. ``questions``: newest first."""

    questions: tuple[Question, ...]

    @property
    def text(self) -> str:
        return self.questions[0].text

    @property
    def number(self) -> int:
        return self.questions[0].number

    @property
    def form(self) -> str:
        """As the next asker is compared with it; empty where it means something only in its own conversation."""
        return question_form(self.text) if means_one_thing(self.text) else ""

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(question.reason for question in self.questions if question.reason))


def open_groups(db: Connection) -> Sequence[Group]:
    """Those that were asked most come first, then the newest."""
    groups: dict[str, list[Question]] = {}
    for question in questions.open_questions(db, limit=_LOOKED_AT):
        key = question_form(question.text) if means_one_thing(question.text) else f"#{question.number}"
        groups.setdefault(key, []).append(question)
    return sorted((Group(tuple(each)) for each in groups.values()), key=lambda group: -len(group.questions))


def group_with(db: Connection, number: int) -> Group | None:
    """The open group that holds this question."""
    return next((group for group in open_groups(db) if any(each.number == number for each in group.questions)), None)


class Letter(NamedTuple):
    """``shows``: the answer itself may be sent there; else only that there is one."""

    account: Account
    question: Question
    shows: bool


class Telling(NamedTuple):
    """``settled``: numbers of the questions that are answered with it. ``kept_out``: askers who may not see the
    directive; ``unreached``: those whom nothing can be sent to. They are told nothing, and their questions stay open.
    """

    letters: tuple[Letter, ...]
    settled: tuple[int, ...]
    kept_out: int
    unreached: int

    @property
    def told(self) -> int:
        return len({letter.account.member for letter in self.letters})

    @property
    def only_reminded(self) -> int:
        return self.told - len({letter.account.member for letter in self.letters if letter.shows})


def plan_telling(db: Connection, group: Group, directive: str, *, sight: Sight, keys: Keys) -> Telling:
    askers = {keys.asker(member.id): member for member in members.everybody(db)}
    letters: list[Letter] = []
    settled: list[int] = []
    kept_out = unreached = 0
    for asker, asked in _by_asker(group.questions).items():
        member = askers.get(asker)
        if member and directive not in sight.of_asker(db, Asker(member=member)).own:
            kept_out += 1
            continue
        to_them = _letters(db, member, asked[0], directive, sight=sight) if member else []
        if not to_them:
            unreached += 1
            continue
        settled += (question.number for question in asked)
        letters += to_them
    return Telling(tuple(letters), tuple(settled), kept_out, unreached)


def _by_asker(asked: Iterable[Question]) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in asked:
        found.setdefault(question.asker, []).append(question)
    return found


def _letters(db: Connection, member: Member, question: Question, directive: str, *, sight: Sight) -> list[Letter]:
    """To where it was asked; where that account is gone, to the others."""
    active = [account for account in accounts.of_member(db, member.id) if account.active]
    same = [account for account in active if account.channel == question.channel]
    return [
        Letter(account, question, sight.of_asker(db, Asker(member=member), channel=account.channel).shows(directive))
        for account in same or active
    ]
