"""``/thongbao``: a message to one cell or to everybody, shown as it will be, sent once it is confirmed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.confirming import says_no, says_yes
from bot.answering.phrases import form_of
from bot.department import Command, Department, Outcome, Rank, Request, Task, told
from bot.messages import Choice, Choices, Reply, Text, say
from bot.notices import put_for
from bot.people.access import normal_cell
from bot.people.audiences import bare_cell, cell_named
from bot.state import accounts, audit, members
from bot.state.members import Member

if TYPE_CHECKING:
    from bot.state.database import Database

_TASK: Final = "thongbao"
_FOR: Final = timedelta(hours=1)
_LONGEST: Final = 3000
_ALL: Final = frozenset({"tat ca", "tat ca dang vien", "moi nguoi", "toan dang bo"})
_PRESSED: Final = re.compile(r"(?P<word>gửi|bỏ) (?P<mark>[0-9a-f]{12})")


class Announcing:
    """The steps: to whom, what, confirm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def department(self) -> Department:
        command = Command(
            names=("thongbao",),
            answer=self._begin,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("gui thong bao",),
        )
        return Department(commands=(command,), tasks={_TASK: self._step})

    def _begin(self, request: Request) -> Outcome:
        if pressed := _PRESSED.fullmatch(request.arguments):
            return self._pressed(request, pressed["word"], pressed["mark"])
        with self._database.reading() as connection:
            cells = sorted({member.cell for member in members.everybody(connection)})
        if request.arguments:
            return _chosen(request, cells)
        choices = (
            Choice(label=texts.ANNOUNCE_ALL, send="/thongbao tất cả"),
            *(Choice(label=cell, send=f"/thongbao {cell}") for cell in cells),
        )
        blocks = (Text(text=texts.ANNOUNCE_TO_WHOM), Choices(choices=choices))
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)))

    def _pressed(self, request: Request, word: str, mark: str) -> Outcome:
        """A button belongs to the announcement under which it stands, and to no other."""
        facts = request.task.facts if request.task and request.task.name == _TASK else {}
        if "text" not in facts or _mark(facts) != mark:
            return told(texts.ANNOUNCE_NOT_WAITING, task=request.task)
        return self._send(request, facts) if word == "gửi" else told(texts.ANNOUNCE_DROPPED)

    def _step(self, request: Request) -> Outcome | None:
        if not request.asker.is_administrator or request.task is None:
            return None
        facts = request.task.facts
        if "text" not in facts:
            return self._preview(request, facts)
        if says_no(request.text):
            return told(texts.ANNOUNCE_DROPPED)
        if says_yes(request.text, "gui", "gui di"):
            return self._send(request, facts)
        blocks = (Text(text=texts.ANNOUNCE_WAITS), _decision(facts))
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)), task=request.task)

    def _preview(self, request: Request, facts: Mapping[str, str]) -> Outcome:
        text = request.text
        if not text or len(text) > _LONGEST:
            said = texts.ANNOUNCE_LENGTH.format(length=len(text), limit=_LONGEST)
            return told(said, task=request.task)
        facts = {**facts, "text": text}
        cell = facts.get("cell")
        with self._database.reading() as connection:
            people = {member.id for member in _people(connection, cell)}
            reached = people & {account.member for account in accounts.everybody(connection) if account.active}
        blocks = (
            Text(text=texts.ANNOUNCE_PREVIEW.format(to=_to_whom(cell), reached=len(reached), people=len(people))),
            *_announcement(text).blocks,
            _decision(facts),
        )
        task = Task(name=_TASK, until=request.now + _FOR, facts=facts)
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)), task=task)

    def _send(self, request: Request, facts: Mapping[str, str]) -> Outcome:
        cell, text = facts.get("cell"), facts["text"]

        def write(db: Connection) -> None:
            people = [member.id for member in _people(db, cell)]
            reached = put_for(db, people, _announcement(text), now=request.now)
            audit.record(
                db,
                actor=request.asker.code,
                action="announce",
                now=request.now,
                cell=cell or "*",
                reached=reached,
                text=text,
            )

        return told(texts.ANNOUNCE_SENT.format(to=_to_whom(cell)), writes=(write,))


def _chosen(request: Request, cells: list[str]) -> Outcome:
    wanted = request.arguments
    cell = cell_named(wanted, cells)
    if cell is None and form_of(wanted) not in _ALL:
        return told(texts.ANNOUNCE_NO_CELL.format(cell=wanted[:60], cells=", ".join(cells)))
    task = Task(name=_TASK, until=request.now + _FOR, facts={"cell": cell} if cell else {})
    return told(texts.ANNOUNCE_WHAT.format(to=_to_whom(cell)), task=task)


def _people(db: Connection, cell: str | None) -> list[Member]:
    return [each for each in members.everybody(db) if cell is None or normal_cell(each.cell) == normal_cell(cell)]


def _decision(facts: Mapping[str, str]) -> Choices:
    words = ((texts.ANNOUNCE_YES, "gửi"), (texts.ANNOUNCE_NO, "bỏ"))
    return Choices(choices=tuple(Choice(label=label, send=f"/thongbao {word} {_mark(facts)}") for label, word in words))


def _mark(facts: Mapping[str, str]) -> str:
    return hashlib.sha256(f"{facts.get('cell', '')}\0{facts['text']}".encode()).hexdigest()[:12]


def _announcement(text: str) -> Reply:
    return say(texts.ANNOUNCEMENT.format(text=text))


def _to_whom(cell: str | None) -> str:
    return texts.ANNOUNCE_CELL.format(cell=bare_cell(cell)) if cell else texts.ANNOUNCE_EVERYBODY
