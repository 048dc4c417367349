"""Whether words or an audience are about one cell, as ``Chi bộ Khu phố 3`` or ``các chi bộ 1, 3 và 5``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.people.access import normal_cell
from bot.people.audiences import bare_cell

_CELL: Final = "chi bộ"
_NUMBERED: Final = re.compile(r"(?P<kind>\D*?) ?(?:số )?(?P<number>\d{1,4})")
_RUN: Final = re.compile(r"(\d+) ?(?:-|–|đến) ?(?:\D{1,20} )?(\d+)")
_LONGEST_RUN: Final = 200
_SHORT: Final = 2
_EVERY: Final = re.compile(
    rf"\b(?:các|mỗi|mọi|từng|tất cả|toàn bộ|100%)(?: các)? (?:{_CELL}|chi ủy|chi uỷ)(?! (?:số )?\d)(?!\w)"
)


def is_for_cell(audiences: Iterable[str], cell: str) -> bool:
    """One of them is this cell's, or its secretary's."""
    named = (audience.partition(":")[2] for audience in audiences)
    return bool(cell) and any(normal_cell(each) == normal_cell(cell) for each in named if each)


def names_cell(words: str, cell: str) -> bool:
    """Case and spaces do not count, accents do. A cell that is called by a number or a letter alone is named behind
    ``chi bộ``.
    """
    return bool(normal_cell(cell)) and _names(normal_cell(words), normal_cell(cell))


def is_cell(issuer: str, cell: str) -> bool:
    """Whether this body is the cell: a cell may bear the name of what it belongs to."""
    return normal_cell(issuer).startswith(_CELL) and names_cell(issuer, cell)


def names_every_cell(words: str) -> bool:
    """``các chi bộ trực thuộc``, but not ``các chi bộ 1 và 3``."""
    return _EVERY.search(normal_cell(words)) is not None


@lru_cache(8192)
def _names(words: str, cell: str) -> bool:
    bare = bare_cell(cell)
    if numbered := _NUMBERED.fullmatch(bare):
        listed = _listed(numbered["kind"] or _CELL).finditer(words)
        return any(int(numbered["number"]) in _numbers(each[0]) for each in listed)
    wanted = f"{_CELL} {bare}" if len(bare) <= _SHORT else bare
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words) is not None


@lru_cache(256)
def _listed(kind: str) -> re.Pattern[str]:
    """``chi bộ 3``, ``chi bộ số 1, 2 và 5``, ``chi bộ 1 đến chi bộ 5``."""
    each = rf"(?:{re.escape(kind)} )?(?:số )?\d+"
    return re.compile(rf"(?<!\w){re.escape(kind)} (?:số )?\d+(?: ?(?:, và|,|;|và|-|–|đến) ?{each})*(?!\w)")


def _numbers(listed: str) -> set[int]:
    """Those that are named, and those between the ends of a run."""
    found = {int(each) for each in re.findall(r"\d+", listed)}
    for first, last in _RUN.findall(listed):
        if int(first) < int(last) <= int(first) + _LONGEST_RUN:
            found.update(range(int(first), int(last)))
    return found
