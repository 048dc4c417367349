"""Footnotes and endnotes set into the text: right behind the words of the sentence that bears their mark.

On paper a note stands at the foot of the page; a quote of its sentence must hold it. So it is set before the stop of
the sentence, in round brackets, inside which no sentence is parted: "… trước ngày 05 (Chú thích 2: Theo Mẫu 1.).".
Behind a line without a stop, as a heading or a title, it is a line of its own. Where the mark stands inside the
sentence, its number stays there in square brackets: "Chi bộ[1] nộp báo cáo (Chú thích 1: …).".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.reading.markers import CAPITALS

_FIRST, _LAST = 0xF0000, 0xFFFFD  # a plane for private use: the marks stand here until the notes are set in
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
MOST = _LAST - _FIRST

# The same ends that part the sentences of a quote, and the clauses of a long one; a colon only at the end of the line.
_END = re.compile(
    rf"(?P<stop>(?<!\b[{CAPITALS}])(?<!\bTP)\.|[!?…])(?=[\"”’)\]]?(?:\s+[\"“‘(\[]?[{CAPITALS}0-9]|\s*$))|;(?=\s|$)|:(?=\s*$)"
)
_ANY_STOP = re.compile(r"[.!?…;:][\"”’)\]]?\s*$")
_LABEL = re.compile(r"\s*(?:(?:Điều|Mục|Chương|Phần)\s+)?[\dIVXLC]{1,5}(?:\.\d{1,2})*\s*$|\s*[a-zđ]\s*$")


_OPENING = "(Chú thích"


class Note(NamedTuple):
    """``label``: its mark as printed, empty where that cannot be known. ``text``: one line."""

    label: str
    text: str

    @property
    def words(self) -> str:
        return f"{_OPENING} {self.label}: {self.text})" if self.label else f"{_OPENING}: {self.text})"


def mark(position: int) -> str:
    """The sign that stands for the note at this position until `set_in`."""
    return chr(_FIRST + position)


def without_marks(text: str) -> str:
    """The text without signs of a file that would be taken for marks."""
    return _MARK.sub("", text)


def set_in(text: str, notes: Sequence[Note]) -> str:
    """The paragraph with its notes where its marks stand."""
    if not _MARK.search(text):
        return text
    return "\n".join(line for raw in text.split("\n") for line in _lines(raw, notes))


def behind_titles(lines: Iterable[str]) -> Iterator[str]:
    """The lines; the note of a title of several lines stands behind the last of them."""
    before, held = "", list[str]()
    for line in lines:
        if line.startswith(_OPENING) and (held or before.isupper()):
            held.append(line)
            continue
        if held and not (line[:1].islower() or line.isupper()):
            yield from held
            held = []
        yield line
        before = line
    yield from held


def _lines(raw: str, notes: Sequence[Note]) -> Iterator[str]:
    text = _MARK.sub("", raw)
    marked: list[tuple[int, Note]] = []
    for found in _MARK.finditer(raw):
        note = notes[ord(found[0]) - _FIRST]
        if note.text:
            marked.append((found.start() - len(marked), note))
    ends = [*_ends(text)]
    loose: list[str] = []
    placed: list[tuple[int, str]] = []
    for place, note in marked:
        end = _end_of(text, place, ends)
        if note.label and end != place and _has_words(text, place, len(text) if end is None else end):
            placed.append((place, f"[{note.label}]"))
        if end is None:
            loose.append(note.words)
        else:
            placed.append((end, f" {note.words}"))
    pieces, position = [], 0
    for place, words in sorted(placed, key=lambda one: one[0]):
        pieces += [text[position:place].rstrip() if words[0] == " " else text[position:place], words]
        position = place
    yield "".join([*pieces, text[position:]])
    yield from loose


def _ends(text: str) -> Iterator[int]:
    """Where the stops of sentences and clauses stand that part a quote."""
    begin = 0
    for found in _END.finditer(text):
        piece = text[begin : found.start()]
        if not _LABEL.match(piece) and piece.count("(") <= piece.count(")"):
            yield found.start()
            begin = found.end()


def _end_of(text: str, place: int, ends: Sequence[int]) -> int | None:
    """The stop of the sentence that bears a mark at ``place``: the one just before it, else the next."""
    if (stop := _ANY_STOP.search(text[:place])) and stop.start() in ends:
        return stop.start()
    return next((end for end in ends if end >= place), None)


def _has_words(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))
