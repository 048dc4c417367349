"""``/thanhvien``: invite a member, change a role, take somebody off the roll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.confirming import says_no, says_yes
from bot.department import Command, Department, Outcome, Rank, Request, Stale, Task, told
from bot.messages import Block, Choice, Choices, Link, Reply, Text
from bot.people.access import normal_cell
from bot.people.administrators import is_last_administrator
from bot.people.audiences import bare_cell, cell_named
from bot.people.erasing import remove_member
from bot.people.keys import Keys
from bot.people.linking import grouped, invite_link, make_invite, qr_picture
from bot.people.lookup import candidate, find_member
from bot.people.roll import role_named
from bot.state import accounts, audit, members
from bot.state.members import Member, Role
from index import fold

if TYPE_CHECKING:
    from bot.state.database import Database

_TASK: Final = "thanhvien"
_FOR: Final = timedelta(minutes=10)

Step = Callable[[Request, str], Outcome]


class MemberAdministration:
    """``days``: how long an invitation is valid. ``telegram``: the bot's name there, None where there is no bot."""

    def __init__(
        self, database: Database, keys: Keys, *, days: int, zone: tzinfo, telegram: Callable[[], str | None]
    ) -> None:
        self._database = database
        self._keys = keys
        self._valid = timedelta(days=days)
        self._zone = zone
        self._telegram = telegram
        self._steps: dict[str, Step] = {
            **dict.fromkeys(("moi",), self._invite),
            **dict.fromkeys(("vaitro", "vai tro"), self._change_role),
            **dict.fromkeys(("xoa", "dua ra"), self._ask_to_remove),
        }

    def department(self) -> Department:
        command = Command(
            names=("thanhvien",),
            answer=self._members,
            rank=Rank.ADMINISTRATOR,
            private=True,
        )
        return Department(commands=(command,), tasks={_TASK: self._confirm})

    def _members(self, request: Request) -> Outcome:
        """``/thanhvien moi|vaitro|xoa MEMBER …``; without these words, who is on the roll by that name or code."""
        step, rest = self._step_of(request.arguments)
        if step and rest:
            return step(request, rest)
        usage = texts.MEMBERS_USAGE
        if request.asker.everything:
            usage = f"{usage}\n{texts.MEMBERS_USAGE_CONSOLE}"
        if not request.arguments or step:
            return self._overview(usage)
        if cell := cell_named(request.arguments, self._cells()):
            return told(self._people_of(cell))
        member = self._find(request.arguments)
        with self._database.reading() as db:
            linked = {account.channel for account in accounts.of_member(db, member.id)}
        channels = ", ".join(texts.CHANNEL_NAMES.get(each, each) for each in sorted(linked))
        line = texts.MEMBER_LINE.format(
            code=member.code,
            name=member.name,
            cell=member.cell,
            role=texts.ROLE_NAMES[member.role],
            linked=channels or texts.MEMBER_NOT_LINKED,
        )
        return told(line, usage)

    def _step_of(self, arguments: str) -> tuple[Step | None, str]:
        words = arguments.split()
        for count in (2, 1):
            if step := self._steps.get(fold(" ".join(words[:count]))):
                return step, " ".join(words[count:])
        return None, arguments

    def _overview(self, usage: str) -> Outcome:
        """Counted, with the cells to choose from, each of which is listed."""
        with self._database.reading() as db:
            everybody = members.everybody(db)
            linked = {account.member for account in accounts.everybody(db) if account.active}
        cells = self._cells()
        counted = texts.MEMBERS_OVERVIEW.format(members=len(everybody), cells=len(cells), linked=len(linked))
        if not cells:
            return told(counted, usage)
        choices = Choices(choices=tuple(Choice(label=cell, send=f"/thanhvien {cell}") for cell in cells))
        blocks = (Text(text=counted), Text(text=usage), Text(text=texts.MEMBERS_OF_WHICH_CELL), choices)
        return Outcome(Answer(answered=False, reply=Reply(blocks=blocks)))

    def _cells(self) -> list[str]:
        with self._database.reading() as db:
            return members.cells(db)

    def _people_of(self, cell: str) -> str:
        with self._database.reading() as db:
            people = [each for each in members.everybody(db) if normal_cell(each.cell) == normal_cell(cell)]
        lines = [texts.MEMBER_OF_CELL.format(code=each.code, name=each.name) for each in people]
        return "\n".join([texts.MEMBERS_OF_CELL.format(cell=bare_cell(cell), count=len(people)), *lines])

    def _find(self, argument: str) -> Member:
        with self._database.reading() as db:
            return find_member(db, argument)

    def _invite(self, request: Request, argument: str) -> Outcome:
        member = self._find(argument)
        invite, store = make_invite(member, self._keys, now=request.now, valid=self._valid)
        expires = f"{invite.expires.astimezone(self._zone):%H:%M %d/%m/%Y}"
        line = texts.MEMBER_INVITED.format(member=candidate(member), code=grouped(invite.code), expires=expires)
        blocks: list[Block] = [Text(text=line)]
        if username := self._telegram():
            url = invite_link(username, invite.code)
            caption = texts.MEMBER_INVITE_QR.format(name=member.name)
            blocks += [Link(label=texts.MEMBER_INVITE_LINK, url=url), qr_picture(url, caption)]

        def write(db: Connection) -> None:
            store(db)
            audit.record(db, actor=request.asker.code, action="member.invite", now=request.now, member=member.code)

        return Outcome(Answer(answered=False, reply=Reply(blocks=tuple(blocks))), writes=(write,))

    def _change_role(self, request: Request, arguments: str) -> Outcome:
        words = arguments.split()
        split = next((at for at in range(1, len(words)) if role_named(" ".join(words[at:]))), None)
        role = role_named(" ".join(words[split:])) if split else None
        if role is None:
            return told(texts.MEMBER_ROLE_USAGE.format(roles=", ".join(texts.ROLE_NAMES.values())))
        member = self._find(" ".join(words[:split]))

        def write(db: Connection) -> None:
            if role is not Role.ADMINISTRATOR and is_last_administrator(db, member):
                raise Stale
            members.change(db, member.id, role=role.value)
            audit.record(
                db, actor=request.asker.code, action="member.role", now=request.now, member=member.code, role=role.value
            )

        if role is not Role.ADMINISTRATOR and self._is_last(member):
            return told(texts.MEMBER_LAST_ADMINISTRATOR.format(member=candidate(member)))
        return told(
            texts.MEMBER_ROLE_SET.format(member=candidate(member), role=texts.ROLE_NAMES[role]), writes=(write,)
        )

    def _ask_to_remove(self, request: Request, argument: str) -> Outcome:
        member = self._find(argument)
        if self._is_last(member):
            return told(texts.MEMBER_LAST_ADMINISTRATOR.format(member=candidate(member)))
        task = Task(name=_TASK, until=request.now + _FOR, facts={"member": str(member.id)})
        return _with_choices(texts.MEMBER_REMOVE_ASK.format(member=candidate(member)), task)

    def _confirm(self, request: Request) -> Outcome | None:
        if not request.asker.is_administrator or request.task is None:
            return None
        if says_no(request.text):
            return told(texts.MEMBER_KEPT)
        if not says_yes(request.text, "dua ra", "xoa"):
            return None
        with self._database.reading() as db:
            member = members.by_id(db, int(request.task.facts["member"]))
        if member is None:
            return told(texts.MEMBER_GONE)
        if self._is_last(member):
            return told(texts.MEMBER_LAST_ADMINISTRATOR.format(member=candidate(member)))

        def write(db: Connection) -> None:
            if is_last_administrator(db, member):
                raise Stale
            remove_member(db, member)
            audit.record(db, actor=request.asker.code, action="member.remove", now=request.now, member=member.code)

        return told(texts.MEMBER_REMOVED.format(member=candidate(member)), writes=(write,))

    def _is_last(self, member: Member) -> bool:
        with self._database.reading() as db:
            return is_last_administrator(db, member)


def _with_choices(question: str, task: Task) -> Outcome:
    """A button sends what could be typed, and holds while the question waits."""
    choices = tuple(Choice(label=label, send=label) for label in (texts.MEMBER_REMOVE_YES, texts.MEMBER_REMOVE_NO))
    reply = Reply(blocks=(Text(text=question), Choices(choices=choices)))
    return Outcome(Answer(answered=False, reply=reply), task=task)
