"""Duties that stand in the cells of a table, or in lines of a form: "Chủ trì: … | Thời hạn: Trước 30/6/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date
from typing import NamedTuple

from index.language.text import fold, key
from index.reading.due import find_times
from index.reading.moments import find_moments
from index.reading.tables import BETWEEN
from index.reading.tasks import Task
from index.reading.time_words import Force, Time
from index.types import Due

_BY_WHEN = re.compile(
    r"(?:(?:thoi )?han(?!.*(?:ky luat|hop dong|nhiem ky|su dung|the))|(?:thoi (?:gian|diem)|ngay|tien do|moc"
    r"|lo trinh)?\s*(?:hoan thanh|xong|ket thuc|bao cao|nop|trinh|phai)"
    r"|thoi (?:gian|diem)(?: (?:thuc hien|trien khai|tien hanh|to chuc))?$|tien do(?: thuc hien)?$)"
)
_FINISHED = re.compile(r"hoan thanh|ket thuc|xong|den ngay")
_BEGUN = re.compile(r"bat dau|khoi cong|tu ngay")
_WHO = (
    re.compile(r"(?:.*\b)?(?:chu tri|chiu trach nhiem|dau moi)"),
    re.compile(
        r"(?:.*\b)?(?:thuc hien|phu trach|tham muu|soan thao|trach nhiem|truong doan|truong ban)$|(?:don vi|co quan"
        r"|nguoi|bo phan|to chuc|phan cong|can bo)(?!.*(?:phoi hop|ban hanh|duoc|nhan|theo doi))"
    ),
)
_NOT_WHO = re.compile(r"thoi|ngay|noi dung|ket qua|phoi hop|tien do|ghi chu|san pham")
_TASK = re.compile(r"(?:noi dung|cong viec|nhiem vu|ten (?:viec|nhiem|cong)|dau viec|hoat dong|cuoc |phan viec|viec)")
_LED = re.compile(r"chu tri|thuc hien")
_PLACE = re.compile(r"dia diem|thanh phan")
_LINE = re.compile(r"\s*(?:[-+•*]\s*)?(?P<name>[^:|\n]{2,40}):\s*(?P<words>[^\n]*)")
_LONGEST_CELL = 120
_FIGURE = re.compile(r"\d")


class Cell(NamedTuple):
    """``text[start:end]``: the words of a cell; ``begin``: where its name begins."""

    name: str
    begin: int
    start: int
    end: int


def row_tasks(line: str, *, issued: Date | None) -> tuple[Task, ...]:
    """The duties of a row that bears the names of its columns."""
    return _tasks(line, tuple(_cells(line)), issued)


def form_tasks(lines: str, *, issued: Date | None) -> tuple[Task, ...]:
    """The duties of lines that each say one thing by its name."""
    return _tasks(lines, tuple(_named_lines(lines)), issued)


def names_time(line: str) -> bool:
    """Whether a line is one of a form that says by when."""
    match = _LINE.match(line)
    return bool(match and len(match["words"]) <= _LONGEST_CELL and _BY_WHEN.match(fold(match["name"]).strip()))


def names_something(line: str) -> bool:
    """Whether a line is of a form: a name and what it stands for."""
    match = _LINE.match(line)
    return bool(
        match and match["words"] and (_is_who(fold(match["name"]).strip()) or _FORM.match(fold(match["name"]).strip()))
    )


_FORM = re.compile(r"(?:noi dung|cong viec|nhiem vu|san pham|ket qua|don vi phoi hop|phoi hop|ghi chu|muc tieu|ten)")


def _cells(line: str) -> Iterator[Cell]:
    position = 0
    for part in line.split(BETWEEN):
        name, colon, words = part.partition(": ")
        start = position + (len(name) + len(colon) if colon else 0)
        yield Cell(fold(name) if colon else "", position, start, start + len(words if colon else part))
        position += len(part) + len(BETWEEN)


def _named_lines(lines: str) -> Iterator[Cell]:
    position = 0
    for line in lines.split("\n"):
        if match := _LINE.match(line):
            words = (position + match.start("words"), position + match.end("words"))
            yield Cell(fold(match["name"]).strip(), position + match.start("name"), *words)
        position += len(line) + 1


def _tasks(text: str, cells: Sequence[Cell], issued: Date | None) -> tuple[Task, ...]:
    who = next((cell for kind in _WHO for cell in cells if kind.match(cell.name) and _is_who(cell.name)), None)
    named = [cell for cell in cells if _BY_WHEN.match(cell.name) and not _BEGUN.search(cell.name)]
    named = [cell for cell in named if _FINISHED.search(cell.name)] or named
    surely = [cell for cell in named if "han" in cell.name.split() or _FINISHED.search(cell.name)]
    led = who is not None and _LED.search(who.name) is not None
    calendar = any(_PLACE.match(cell.name) for cell in cells)
    if not surely and not led and (who is None or calendar):
        named = []  # a calendar, or a list of people
    if who is None and not any(_TASK.match(cell.name) for cell in cells):
        return ()
    by = text[who.start : who.end].strip() if who else ""
    found = [task for cell in named[:1] for task in _of_cell(text, cell, by, issued)]
    untold = (not named and not calendar) or (bool(named) and not _FIGURE.search(text, named[0].start, named[0].end))
    if who and by and untold and not found and any(_TASK.match(cell.name) for cell in cells):
        found = [Task(who.begin, who.end, None, by)]
    return tuple(found)


def _is_who(name: str) -> bool:
    return any(kind.match(name) for kind in _WHO) and not _NOT_WHO.match(name)


def _of_cell(text: str, cell: Cell, who: str, issued: Date | None) -> Iterator[Task]:
    """The times of a cell that holds nothing else; of several days the last."""
    words = text[cell.start : cell.end]
    shown = key(words)
    times = [*find_times(shown, words, issued=issued)]
    times += [
        Time(moment.start, moment.end, Due(date=moment.day), Force.LAST, moment)
        for moment in find_moments(shown, issued=issued)
        if all(moment.end <= time.start or time.end <= moment.start for time in times)
    ]
    days = [time for time in times if time.due.date and (issued is None or time.due.date >= issued)]
    others = [time for time in times if not time.due.date]
    fuller = {time.due.every for time in others if time.due.on}
    kept = [time for time in others if time.due.on or time.due.every not in fuller or not time.due.every]
    if days:
        kept.append(max(days, key=lambda time: time.start))
    for time in kept:
        due = time.due
        if time.moment and time.moment.dated and not time.moment.has_year and any(one.due.every for one in others):
            continue
        yield Task(cell.start + time.start, cell.start + time.end, due, who)
