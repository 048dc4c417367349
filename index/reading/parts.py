"""Parts of a paper as clauses name them: ``điểm a, b khoản 2 Điều 5`` -> ``điểm a khoản 2 Điều 5``, ``điểm b …``."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.language.text import key

_LEVELS = {
    "gạch đầu dòng": 0, "tiết": 0, "điểm": 1, "khoản": 2, "điều": 3, "tiểu mục": 3, "mục": 4, "chương": 5, "phần": 6,
    "phụ lục": 7, "mẫu": 7, "biểu mẫu": 7, "biểu": 7,
    "đoạn": 0, "câu": 0, "dòng": 0, "chỉ tiêu": 1, "bảng": 7,
}  # fmt: skip
"""How far out a unit stands; a part is written from the inside out."""
_ANNEX = 7
_SPELLING = {
    "điều": "Điều", "chương": "Chương", "phần": "Phần", "phụ lục": "Phụ lục", "mẫu": "Mẫu", "biểu mẫu": "Biểu mẫu",
    "biểu": "Biểu",
}  # fmt: skip
_UNIT = "|".join(sorted(_LEVELS, key=len, reverse=True))
_NUMBER = (
    r"(?:[ivx]{1,6}(?:\.\d{1,2})*|\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?(?:/[a-zđ0-9-]{1,12})?|[a-zđ](?:\.\d{1,2})?"
    r"|(?:thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|\d{1,2})|đầu(?=\s+(?:khoản|điểm|mục|điều|tiên))|cuối(?=\s+(?:khoản"
    r"|điểm|mục|điều))))(?!\w|[.,/-]\d)"
)
_ATOM = re.compile(rf"(?<!\w)(?P<unit>{_UNIT})\s+(?:(?P<word>số)\s+)?(?P<number>{_NUMBER})")
_MORE = re.compile(
    rf"(?P<gap>\s*,\s*(?:và\s+)?|\s+(?:và|đến)\s+|\s*;\s*)(?P<number>{_NUMBER})(?!\s*(?:người|ngày|tháng|năm|đồng))"
)
_BETWEEN = re.compile(
    r"(?P<range>\s+đến\s+)|(?P<and>\s*[,;]?\s*(?:và|cùng với)\s+(?:các\s+)?|\s*;\s*)"
    r"|(?P<outer>\s*,?\s*(?:(?:của|tại|trong|thuộc|vào|ở)\s+)?(?:các\s+)?)"
)
_LONGEST_RANGE = 60
_ARTICLE = _LEVELS["điều"]
_BESIDE = r"(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?:sau|trước|cuối|đầu)\s+"
_PLACED = re.compile(rf"\s*,?\s*{_BESIDE}(?={_UNIT})")
_ANCHOR = re.compile(r"(?<!\w)vào\s+(?:ngay\s+)?(?:phía\s+)?(?:sau|trước|cuối|đầu)\s+$")
"""What is new stands beside something old, in the same outer unit: "điểm d vào sau điểm c Điều 4"."""


class FoundParts(NamedTuple):
    """``labels``: each part from the inside out (``khoản 2 Điều 5``); where they are written, ``text[start:end]``."""

    labels: tuple[str, ...]
    start: int
    end: int


class _Atom(NamedTuple):
    unit: str
    number: str

    @property
    def level(self) -> int:
        return _LEVELS[self.unit]

    def __str__(self) -> str:
        return f"{_SPELLING.get(self.unit, self.unit)} {self.number}"


def find_parts(text: str) -> tuple[FoundParts, ...]:
    """The runs of parts in the text, in order."""
    shown, found, position = key(text), [], 0
    while first := _ATOM.search(shown, position):
        anchor = _ANCHOR.search(shown, max(0, first.start() - 30), first.start())
        items, position = _run(text, shown, first, is_anchored=anchor is not None)
        start = anchor.start() if anchor and items[0][0].number != _atom(text, first, first["unit"]).number else None
        if (placed := _PLACED.match(shown, position)) and (beside := _ATOM.match(shown, placed.end())):
            anchors, position = _run(text, shown, beside, is_anchored=False)
            for item in items:
                item += _outside(item[-1], anchors[0])
        labels = tuple(dict.fromkeys(" ".join(map(str, item)) for item in items))
        found.append(FoundParts(labels, first.start() if start is None else start, position))
    return tuple(found)


def _outside(inner: _Atom, beside: list[_Atom]) -> list[_Atom]:
    """The units of its neighbour that a part stands in too; an article needs none."""
    return [atom for atom in beside if inner.level < atom.level] if inner.level < _ARTICLE else []


def _run(text: str, shown: str, match: re.Match[str], *, is_anchored: bool) -> tuple[list[list[_Atom]], int]:
    """The parts of one run, and where it ends. ``is_anchored``: its first part is the one new ones stand beside."""
    items, unit = [[_atom(text, match, match["unit"])]], match["unit"]
    while True:
        end = match.end()
        between = _BETWEEN.match(shown, end)
        following = _ATOM.match(shown, between.end()) if between else None
        if following and between and between["range"] is not None and following["unit"] != unit:
            following = None
        if following and between:
            match, unit = following, following["unit"]
            atom = _atom(text, match, unit)
            last = items[-1]
            if not between[0].strip() and (atom.level < last[-1].level or is_anchored):
                # "vào Điều 5 khoản 4": the outer unit stands first.
                items[-1] = [atom, *_outside(atom, last)]
            else:
                _take(items, atom, between)
            is_anchored = is_anchored and items[-1] is last
            continue
        more = _MORE.match(shown, end)
        if not more or (more["number"].isalpha() and unit not in ("điểm", "tiết") and len(more["number"]) < 2):
            return items, end
        match = more
        atom = _atom(text, match, unit)
        items += [[one] for one in _between(items[-1][0], atom)] if "đến" in more["gap"] else []
        items.append([atom])


def _take(items: list[list[_Atom]], atom: _Atom, between: re.Match[str]) -> None:
    """Add an atom: as the outer unit of those before it, or as a part of its own."""
    if between["outer"] is not None and atom.level > items[-1][-1].level:
        for item in reversed(items):
            if item[-1].level >= atom.level:
                break
            item.append(atom)
        return
    if between["range"] is not None:
        items += [[one] for one in _between(items[-1][0], atom)]
    items.append([atom])


def _between(first: _Atom, last: _Atom) -> list[_Atom]:
    if not (first.number.isdigit() and last.number.isdigit()):
        return []
    numbers = range(int(first.number) + 1, int(last.number))
    return [_Atom(last.unit, str(number)) for number in numbers] if len(numbers) < _LONGEST_RANGE else []


def _atom(text: str, match: re.Match[str], unit: str) -> _Atom:
    numbered = "word" in match.re.groupindex and match["word"] and _LEVELS[" ".join(unit.split())] == _ANNEX
    written = " ".join(text[match.start("word" if numbered else "number") : match.end("number")].split())
    return _Atom(" ".join(unit.split()), written.lower() if len(written) == 1 and unit in ("điểm", "tiết") else written)


_INNER = ("điểm ", "khoản ", "tiết ", "đoạn ", "câu ", "gạch ")
_ABOVE = re.compile(r"(?:^|\s)(?P<all>(?:khoản\s\S+\s)?(?P<article>Điều\s.*))")


def is_inner(label: str) -> bool:
    """Whether it is of a unit within an article."""
    return label.startswith(_INNER)


def is_bare(label: str) -> bool:
    """Whether it says no unit that it stands in: "khoản 2"."""
    return is_inner(label) and not re.search(r"Điều |mục |Mục |Chương |Phần |Phụ lục |[Bb]iểu |Mẫu ", label)


def with_articles(labels: tuple[str, ...], others: list[str]) -> tuple[str, ...]:
    """The bare labels with the article of the first other that names one."""
    above = next(((match, label) for label in others if (match := _ABOVE.search(label))), None)
    if above is None:
        return labels
    match, label = above
    outer = {True: match["all"], False: match["article"]}
    small = not label.startswith("khoản ")
    return tuple(
        f"{one} {outer[small and not one.startswith('khoản ') and 'khoản ' not in one]}" if is_bare(one) else one
        for one in labels
    )
