"""Runs of a document with their fonts -> words in Unicode, also where a font is older than Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from index.language import legacy
from index.language.legacy import SOFT_HYPHEN, Encoding

_LABEL_WORD = re.compile(r"(?:điều|chương|phần|mục|khoản|điểm|phụ lục|tiểu mục)\b", re.IGNORECASE)


class Run(NamedTuple):
    """Words as they stand in the file. ``capital``: printed in capitals, whatever their font."""

    text: str
    font: str | None
    capital: bool = False


@dataclass(frozen=True)
class Lettering:
    """How the words of one document are encoded. ``guessed``: where fonts say nothing, by statistics of all its words.

    ``horns_lost``: its TCVN3 came without the soft hyphens that are the letter ư.
    """

    guessed: Encoding | None = None
    horns_lost: bool = False
    legacy: Encoding | None = None

    def text_of(self, runs: Iterable[Run]) -> str:
        """The runs of a paragraph as one text; neighbours of one font are decoded together, for a letter of VNI may be
        parted between two.
        """
        pieces = []
        for (encoding, capital), group in groupby(runs, key=self._kind):
            decoded = self._decoded(list(group), encoding)
            pieces.append(decoded.upper() if capital else decoded)
        text = "".join(pieces)
        return legacy.stamp_in_capitals(text) if self.guessed is Encoding.TCVN3 else text

    def label(self, text: str) -> str:
        """An automatic number, whose word may be in a legacy font too (``§iÒu 1.``)."""
        if self.legacy is None or text.isascii() or legacy.is_unicode(text, self.legacy):
            return text
        decoded = legacy.decode(text, self.legacy)
        return decoded if _LABEL_WORD.match(decoded.strip()) else text

    def _kind(self, run: Run) -> tuple[Encoding | None, bool]:
        encoding = legacy.font_encoding(run.font) or self.guessed
        return encoding, run.capital or (legacy.prints_large(run.font) and encoding is Encoding.TCVN3)

    def _decoded(self, runs: Sequence[Run], encoding: Encoding | None) -> str:
        whole = "".join(run.text for run in runs)
        if encoding is None:
            return whole
        if not legacy.is_unicode(whole, encoding):
            decoded = legacy.decode(whole, encoding)
            return legacy.restore_horns(decoded) if encoding is Encoding.TCVN3 and self.horns_lost else decoded
        if len(runs) == 1:
            return whole
        # Somebody typed Unicode into the legacy font: each run by itself, and what could be either is Unicode too.
        return "".join(self._decoded([run], encoding if legacy.is_sure(run.text, encoding) else None) for run in runs)


def read_lettering(runs: Iterable[Run]) -> Lettering:
    """From all runs of a document."""
    said: dict[Encoding | None, list[str]] = {}
    for run in runs:
        said.setdefault(legacy.font_encoding(run.font), []).append(run.text)
    guessed = legacy.guess_encoding("\n".join(said.get(None, ())))
    raw = "\n".join(_of(said, Encoding.TCVN3, guessed))
    used = next((encoding for encoding in (Encoding.TCVN3, Encoding.VNI) if encoding in said), guessed)
    return Lettering(guessed, SOFT_HYPHEN not in raw and legacy.lacks_horns(raw), used)


def _of(said: Mapping[Encoding | None, list[str]], encoding: Encoding, guessed: Encoding | None) -> Iterator[str]:
    yield from said.get(encoding, ())
    if guessed is encoding:
        yield from said.get(None, ())
