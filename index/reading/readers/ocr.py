"""A prepared page picture -> its words, by tesseract as a process of its own that writes nothing to the disk."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from functools import lru_cache
from math import isfinite
from pathlib import Path

from index.language.syllables import is_syllable
from index.types import Frozen

_PATIENCE = 120
"""Seconds for one page, of which one takes one or two."""
_RESOLUTION = "150"
_WORD_LEVEL = "5"
_ROTATE = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)


class Unreadable(Exception):
    """Tesseract gave nothing: it failed, or took too long."""


class Word(Frozen):
    """``confidence``: 0-100. The box in pixels from the upper left corner. ``line``: the same for words of one line."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]


class PageWords(Frozen):
    """``width``, ``height``: of the prepared picture."""

    words: tuple[Word, ...]
    width: int
    height: int

    @property
    def trust(self) -> float:
        """0-1: how much of the page was read as Vietnamese, and how surely; weighted by letters."""
        if self._is_sideways():
            return 0.0
        letters = [(len(word.text), word) for word in self.words if any(map(str.isalpha, word.text))]
        total = sum(length for length, _ in letters)
        if not total:
            return 0.0
        good = sum(length * word.confidence for length, word in letters if is_syllable(word.text.strip(_PUNCTUATION)))
        return good / total / 100

    def _is_sideways(self) -> bool:
        """Tesseract reads lines that run up or down as well, but in a wrong order."""
        long = [word for word in self.words if len(word.text) >= 3]
        return sum(word.bottom - word.top > word.right - word.left for word in long) > len(long) / 2


_PUNCTUATION = ".,;:!?…()[]“”\"'-–/*"


def read_words(picture: bytes, tesseract: Path) -> PageWords:
    """The words of a PGM in tesseract's order. Raises Unreadable."""
    said = _run(tesseract, "-l", "vie", "--psm", "3", "--dpi", _RESOLUTION, "tsv", picture=picture)
    width, height = map(int, picture.split(b" ", 3)[1:3])
    return PageWords(words=tuple(_words(said)), width=width, height=height)


def read_line(picture: bytes, tesseract: Path) -> list[Word]:
    """The words of a PGM that holds one or two short lines. Raises Unreadable."""
    return _words(_run(tesseract, "-l", "vie", "--psm", "6", "--dpi", _RESOLUTION, "tsv", picture=picture))


def turn_of(picture: bytes, tesseract: Path) -> int | None:
    """Degrees, clockwise, by which the page must be turned, as tesseract judges; None where it cannot tell."""
    try:
        said = _run(tesseract, "-l", "osd", "--psm", "0", "--dpi", _RESOLUTION, picture=picture)
    except Unreadable:  # it fails on pages with few letters
        return None
    found = _ROTATE.search(said)
    return int(found[1]) if found else 0 if "Rotate: 0" in said else None


@lru_cache(1)
def recipe() -> str:
    """Changes with the code that prepares and reads pictures."""
    here = Path(__file__)
    names = ("preparing.py", "coloured.py", "scans.py", "stamps.py")
    sources = (here, *map(here.with_name, names))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def _run(tesseract: Path, *options: str, picture: bytes) -> str:
    try:
        ended = subprocess.run(
            [tesseract, "-", "-", *options],
            input=picture,
            capture_output=True,
            timeout=_PATIENCE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # one page a core: its own threads only wait for each other
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as err:
        raise Unreadable from err
    if ended.returncode:
        raise Unreadable
    return ended.stdout.decode(errors="replace")


def _words(table: str) -> list[Word]:
    """Raises Unreadable where the table is none of tesseract's."""
    try:
        return _rows(table)
    except ValueError as err:
        raise Unreadable from err


def _rows(table: str) -> list[Word]:
    words = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        block, paragraph, line = map(int, cells[2:5])
        left, top, width, height = map(int, cells[6:10])
        confidence = float(cells[10])
        if not isfinite(confidence):
            raise ValueError(cells[10])
        word = Word(
            text=cells[11].strip(),
            confidence=max(0.0, confidence),
            left=left,
            top=top,
            right=left + width,
            bottom=top + height,
            line=(block, paragraph, line),
        )
        words.append(word)
    return words
