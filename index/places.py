"""Whether a part that a clause names ("khoản 2 Điều 5") and a place in a paper, by its heading path, are the same; and
whether two such parts are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.language.numerals import roman_value
from index.language.text import key

_UNITS = "điểm|tiết|khoản|điều|tiểu mục|mục|chương|phần|phụ lục|biểu mẫu|mẫu|biểu"
_ATOM = re.compile(rf"(?P<unit>{_UNITS})\s+(?:số\s+)?(?P<number>(?:thứ\s+)?[\w.]+)")
_ENTRY = re.compile(
    r"(?P<named>điều|chương|mục|phần|phụ lục)\s+(?:số\s+)?(?P<of>(?:thứ\s+)?\w+)|(?P<point>[a-zđ])[).]"
    r"|(?P<roman>[IVX]{1,6})(?!\w)|(?P<number>(?:[IVX]{1,6}\.)?\d{1,2}(?:\.\d{1,2})*)(?!\w)",
    re.IGNORECASE,
)
_LIKE = {
    "điều": ("điều",), "khoản": ("number",), "điểm": ("point", "number"), "tiết": ("point", "number"),
    "tiểu mục": ("number", "mục"), "mục": ("mục", "roman", "number"), "chương": ("chương",), "phần": ("phần", "roman"),
}  # fmt: skip
"""The kinds of path entries that a unit's name may mean; annexes and forms stand outside of the body."""

_WIDE = frozenset({"chương", "phần", "mục", "tiểu mục"})
_ANNEXED = frozenset({"phụ lục", "biểu mẫu", "mẫu", "biểu"})


class _Step(NamedTuple):
    kind: str
    number: str


def covers(part: str, path: tuple[str, ...]) -> bool:
    """Whether the part holds this place or lies in it; also where the path cannot tell ("Điều 5" in a paper without
    articles): rather a warning too many than an outdated wording.
    """
    entries = [step for entry in path if (step := _entry(entry))]
    for unit, number in _atoms(part):
        like = _LIKE.get(unit)
        if like is None:  # an annex, a form
            annexes = [step for step in entries if step.kind == "phụ lục"]
            return not path or any(step.number == number for step in annexes) or (unit != "phụ lục" and bool(annexes))
        position = next((place for place, step in enumerate(entries) if step.kind in like), None)
        if position is None:
            return not any(step.kind == "phụ lục" for step in entries)
        if entries[position].number != number:
            return False
        entries = entries[position + 1 :]
    return True


def overlap(one: str, other: str) -> bool:
    """Whether two parts of one paper, as clauses name them, have a place in common; also where one names only a chapter
    or the like and the other an article. A point whose article nobody names has nothing in common with another unit.
    """
    ones, others = dict(_atoms(one)), dict(_atoms(other))
    shared = ones.keys() & others.keys()
    if shared:
        return all(ones[unit] == others[unit] for unit in shared)
    wide = next((each for each in (ones, others) if each.keys() <= _WIDE), None)
    return wide is not None and not (ones.keys() | others.keys()) & _ANNEXED


def _atoms(part: str) -> list[tuple[str, str]]:
    """From the outside in: ``khoản 2 Điều 5`` -> điều 5, khoản 2; ``mục II.2`` -> mục 2 of its kind, khoản 2."""
    atoms: list[tuple[str, str]] = []
    for match in reversed(list(_ATOM.finditer(key(part)))):
        outer, dot, inner = match["number"].partition(".")
        if match["unit"] == "mục" and dot and not outer.isdigit():
            atoms += [("mục", _plain(outer)), ("khoản", _plain(inner))]
        else:
            atoms.append((match["unit"], _plain(match["number"])))
    return atoms


def _entry(entry: str) -> _Step | None:
    match = _ENTRY.match(entry)
    if not match:
        return None
    if match["named"]:
        return _Step(" ".join(key(match["named"]).split()), _plain(match["of"]))
    kind = next(name for name in ("point", "roman", "number") if match[name])
    return _Step(kind, _plain(match[kind]) if kind != "point" else match[kind].lower())


def _plain(number: str) -> str:
    """One spelling: roman as digits, small letters, no leading zeros."""
    words = number.strip(". ").lower()
    value = roman_value(words.upper()) if re.fullmatch("[ivx]+", words) else 0
    return str(value) if value else words.lstrip("0")
