"""The roll: who the members are, from a table that the office keeps. It is taken in whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.errors import BadRoll
from bot.messages import Frozen
from bot.people.erasing import remove_member
from bot.people.lookup import code_key
from bot.people.roll_file import Line, read_tables
from bot.state import audit, members
from bot.state.members import Member, Role
from index import fold

_HEADERS: Final[Mapping[str, frozenset[str]]] = {
    "code": frozenset({
        "code", "member code", "ma", "ma so", "ma dang vien", "ma dv", "ma so dang vien", "so the", "so the dang",
        "so the dang vien",
    }),
    "name": frozenset({"name", "full name", "ho ten", "ho va ten", "ho ten dang vien", "ho va ten dang vien"}),
    "cell": frozenset({"cell", "chi bo", "ten chi bo", "chi bo sinh hoat"}),
    "role": frozenset({"role", "vai tro", "chuc vu"}),
}  # fmt: skip
"""Folded, as people head these columns. ``Tên`` alone is none: beside ``Họ đệm`` it holds half a name."""

_ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    "dang vien": Role.MEMBER,
    "bi thu": Role.SECRETARY,
    "cap uy vien": Role.COMMITTEE,
    "quan tri vien": Role.ADMINISTRATOR,
}
_HEADER_LINES: Final = 20
_MOST_ROWS: Final = 10_000
_MOST_PROBLEMS: Final = 50
_LONGEST: Final = 200

_Header = Mapping[str, int]
"""Column -> its position."""


class RollRow(Frozen):
    line: int
    code: str
    name: str
    cell: str
    role: Role


class Change(Frozen):
    member: Member
    row: RollRow


class Plan(Frozen):
    """``missing``: members whom the roll no longer names."""

    added: tuple[RollRow, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Member, ...]
    missing: tuple[Member, ...]


class Applied(Frozen):
    """``kept``: administrators who stay what they are against the roll, since it leaves none."""

    removed: tuple[Member, ...]
    kept: tuple[Member, ...]


def read_roll(path: Path) -> tuple[RollRow, ...]:
    """The rows below the first line that heads all four columns. Raises FileMissing, or BadRoll with every bad row."""
    header, table = _find_header(path)
    rows: list[RollRow] = []
    problems: list[str] = []
    lines: dict[str, int] = {}
    people = (line for line in table if any(_cell(line, header, column) for column in header))
    for count, line in enumerate(people, start=1):
        if count > _MOST_ROWS:
            raise BadRoll(str(path), [texts.ROLL_TOO_MANY.format(limit=_MOST_ROWS)])
        values = {column: _cell(line, header, column) for column in header}
        found = [*_problems(values), *_duplicate(values["code"], line.number, lines)]
        problems += [texts.ROLL_LINE.format(line=line.number, problem=problem) for problem in found]
        if not found:
            role = _ROLES[fold(values.pop("role"))]
            rows.append(RollRow(line=line.number, role=role, **values))
    if problems or not rows:
        raise BadRoll(str(path), _shortened(problems) or [texts.ROLL_NOBODY])
    return tuple(rows)


def plan(current: Iterable[Member], rows: Sequence[RollRow]) -> Plan:
    """What the roll changes; members are told apart by their code, whatever its case."""
    known = {code_key(member.code): member for member in current}
    named = {code_key(row.code): row for row in rows}
    both = [(member, named[key]) for key, member in known.items() if key in named]
    return Plan(
        added=tuple(row for key, row in named.items() if key not in known),
        changed=tuple(Change(member=member, row=row) for member, row in both if not _same(member, row)),
        unchanged=tuple(member for member, row in both if _same(member, row)),
        missing=tuple(member for key, member in known.items() if key not in named),
    )


def apply(db: Connection, plan: Plan, *, remove_missing: bool, now: datetime, actor: str) -> Applied:
    """Writes the plan, which must have been made in the same transaction."""
    kept = _kept_administrators(plan, remove_missing=remove_missing)
    removed = tuple(member for member in plan.missing if member not in kept) if remove_missing else ()
    for row in plan.added:
        members.add(db, code=row.code, name=row.name, cell=row.cell, role=row.role, now=now)
    for change in plan.changed:
        member, row = change.member, change.row
        role = member.role if member in kept else row.role
        members.change(db, member.id, name=row.name, cell=row.cell, role=role.value)
        if role is not member.role:
            audit.record(db, actor=actor, action="member.role", now=now, member=member.code, role=role.value)
    for member in removed:
        remove_member(db, member)
        audit.record(db, actor=actor, action="member.remove", now=now, member=member.code)
    audit.record(
        db, actor=actor, action="roll.import", now=now, added=len(plan.added), changed=len(plan.changed),
        unchanged=len(plan.unchanged), removed=len(removed),
    )  # fmt: skip
    return Applied(removed=removed, kept=kept)


def _kept_administrators(plan: Plan, *, remove_missing: bool) -> tuple[Member, ...]:
    """Those of today, where the roll would leave no administrator."""
    staying = [*plan.unchanged, *([] if remove_missing else plan.missing)]
    roles = [member.role for member in staying]
    roles += [row.role for row in (*plan.added, *(change.row for change in plan.changed))]
    if Role.ADMINISTRATOR in roles:
        return ()
    return tuple(
        member
        for member in (*(change.member for change in plan.changed), *plan.missing)
        if member.role is Role.ADMINISTRATOR
    )


def _same(member: Member, row: RollRow) -> bool:
    return (member.name, member.cell, member.role) == (row.name, row.cell, row.role)


def _find_header(path: Path) -> tuple[_Header, Iterator[Line]]:
    """The columns, and the lines below them."""
    best: _Header = {}
    for table in read_tables(path):
        for line in _first(table):
            header = _columns(path, line)
            if len(header) == len(_HEADERS):
                return header, table
            best = max(best, header, key=len)
    columns = ", ".join(texts.ROLL_COLUMNS.values())
    missing = ", ".join(words for column, words in texts.ROLL_COLUMNS.items() if column not in best)
    if len(best) > 1:
        raise BadRoll(str(path), [texts.ROLL_COLUMNS_MISSING.format(missing=missing, columns=columns)])
    raise BadRoll(str(path), [texts.ROLL_NO_HEADER.format(columns=columns)])


def _first(table: Iterator[Line]) -> Iterator[Line]:
    """The lines in which a header may stand; a .csv read with the wrong divider may fail before."""
    try:
        yield from islice(table, _HEADER_LINES)
    except BadRoll:
        return


def _columns(path: Path, line: Line) -> _Header:
    """Raises BadRoll where a whole header has two columns of one kind."""
    found: dict[str, list[int]] = {}
    for position, cell in enumerate(line.cells):
        words = " ".join(re.findall(r"\w+", fold(cell)))
        for column, names in _HEADERS.items():
            if words in names:
                found.setdefault(column, []).append(position)
    twice = next(((column, places) for column, places in found.items() if len(places) > 1), None)
    if twice and len(found) == len(_HEADERS):
        column, places = twice
        first, second = (line.cells[place] for place in places[:2])
        problem = texts.ROLL_COLUMN_TWICE.format(column=texts.ROLL_COLUMNS[column], first=first, second=second)
        raise BadRoll(str(path), [texts.ROLL_LINE.format(line=line.number, problem=problem)])
    return {column: places[0] for column, places in found.items()}


def _cell(line: Line, header: _Header, column: str) -> str:
    position = header[column]
    return line.cells[position] if position < len(line.cells) else ""


def _problems(values: Mapping[str, str]) -> Iterator[str]:
    for column, value in values.items():
        words = texts.ROLL_COLUMNS[column]
        if not value:
            yield texts.ROLL_EMPTY.format(column=words)
        elif len(value) > _LONGEST:
            yield texts.ROLL_TOO_LONG.format(column=words, limit=_LONGEST, value=value[:30])
        elif column == "role" and fold(value) not in _ROLES:
            roles = ", ".join(texts.ROLE_NAMES.values())
            yield texts.ROLL_BAD_ROLE.format(value=value, roles=roles)


def _duplicate(code: str, line: int, lines: dict[str, int]) -> Iterator[str]:
    """Notes the code's line."""
    key = code_key(code)
    if key and lines.setdefault(key, line) != line:
        yield texts.ROLL_DUPLICATE.format(value=code, other=lines[key])


def _shortened(problems: Sequence[str]) -> list[str]:
    rest = len(problems) - _MOST_PROBLEMS
    return [*problems[:_MOST_PROBLEMS], *([texts.ROLL_MORE_PROBLEMS.format(count=rest)] if rest > 0 else [])]


def role_named(words: str) -> Role | None:
    """``bí thư``, ``secretary`` … as people write it."""
    return _ROLES.get(fold(" ".join(words.split())))
