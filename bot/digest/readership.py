"""Who has read a digest, counted per cell: what a secretary is told of the own cell, an administrator of all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import texts
from bot.people.access import Asker, normal_cell
from bot.people.audiences import bare_cell
from bot.state import letters, members
from bot.state.letters import LetterStatus
from bot.state.members import Role


@dataclass(frozen=True)
class CellReading:
    """``read`` of the ``people`` of a cell for whom a digest was made. ``readers``, ``others``: names, those who have
    read it and those who have not; None where the committee has not set that they are shown.
    """

    cell: str
    people: int
    read: int
    readers: tuple[str, ...] | None = None
    others: tuple[str, ...] | None = None


def readings(db: Connection, digest: int, *, names: bool, cell: str | None = None) -> tuple[CellReading, ...]:
    """In the order of the cells' names; ``cell``: of this one alone."""
    known = {member.id: member.name for member in members.everybody(db)}
    made = defaultdict(list)
    for letter in letters.of_digest(db, digest):
        if letter.status is not LetterStatus.SKIPPED:
            made[normal_cell(letter.cell)].append(letter)
    found = []
    for name, of_cell in made.items():
        if cell is not None and name != normal_cell(cell):
            continue
        read = [known[each.member] for each in of_cell if each.read_at]
        others = [known[each.member] for each in of_cell if not each.read_at]
        found.append(
            CellReading(
                cell=of_cell[0].cell,
                people=len(of_cell),
                read=len(read),
                readers=tuple(read) if names else None,
                others=tuple(others) if names else None,
            )
        )
    return tuple(found)


def readings_for(db: Connection, digest: int, asker: Asker, *, names: bool) -> tuple[CellReading, ...]:
    """What this asker may be told: an administrator of all cells, a secretary of the own one, anybody else of none."""
    if asker.is_administrator:
        return readings(db, digest, names=names)
    if asker.member and asker.member.role is Role.SECRETARY:
        return readings(db, digest, names=names, cell=asker.member.cell)
    return ()


def reading_words(reading: CellReading) -> str:
    """``Chi bộ “Khu phố 1”: 17 trong 30 đồng chí đã đọc``, and the names where they are shown."""
    said = texts.DIGEST_READING.format(cell=bare_cell(reading.cell), read=reading.read, people=reading.people)
    named = [
        words.format(names=", ".join(names))
        for words, names in ((texts.DIGEST_READERS, reading.readers), (texts.DIGEST_NOT_READERS, reading.others))
        if names
    ]
    return "\n".join((said, *named))
