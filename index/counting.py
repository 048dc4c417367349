"""How the counts of everyday Vietnamese are made: ``python -m index.counting FOLDER`` counts words and pairs of words.

FOLDER holds what the encoder learned from (`index.training`): ``laws/articles.jsonl.gz``, ``wiki/viwiki.jsonl.gz``, and
perhaps ``gazette/titles.jsonl``. What people say stands in the lexicon (`everyday.yaml`, `spoken.txt`) and counts more.
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray

from index.language.accents import NUMBER, START, words_of
from index.language.syllables import is_syllable
from index.language.usage import FILE, STEPS, key_of
from index.language.wording import everyday_phrases, spoken_phrases

SOURCES = {"laws/articles.jsonl.gz": 2, "wiki/viwiki.jsonl.gz": 1, "gazette/titles.jsonl": 2}
"""File -> what one meeting in it counts."""
SPOKEN, SAID, FORMAL = 1_000, 500, 250
"""What a line of `spoken.txt`, an everyday phrase and a formal one count."""
LEAST_WORD, LEAST_PAIR = 10, 6
"""Words and pairs met less often are left out."""


class Counted:
    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def add(self, text: str, weight: int) -> None:
        """The words of each line; what is no Vietnamese syllable parts its neighbours."""
        for line in text.split("\n"):
            before: str | None = START
            self.words[START] += weight
            for word in words_of(line):
                if word not in (START, NUMBER) and not is_syllable(word):
                    before = None
                    continue
                self.words[word] += weight
                if before:
                    self.pairs[before, word] += weight
                before = word


def count(folder: Path) -> Counted:
    counted = Counted()
    for name, weight in SOURCES.items():
        for text in _texts(folder / name):
            counted.add(text, weight)
    for phrase in spoken_phrases():
        counted.add(phrase, SPOKEN)
    for said, formal in everyday_phrases():
        for phrases, weight in ((said, SAID), (formal, FORMAL)):
            for phrase in phrases:
                counted.add(phrase, weight)
    return counted


def write(counted: Counted, file: Path = FILE) -> None:
    """Counts as logarithms in a byte each, the keys of the pairs as steps from one to the next."""
    words = sorted(word for word, often in counted.words.items() if often >= LEAST_WORD)
    places = {word: place for place, word in enumerate(words, start=1)}
    pairs = sorted(
        (key_of(places[one], places[two]), often)
        for (one, two), often in counted.pairs.items()
        if often >= LEAST_PAIR and one in places and two in places
    )
    file.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        file,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        often=_logs([counted.words[word] for word in words]),
        steps=np.diff(np.array([0, *(key for key, _ in pairs)], np.uint32)).astype(np.uint32),
        met=_logs([often for _, often in pairs]),
    )


def _logs(counts: list[int]) -> NDArray[np.uint8]:
    logs: NDArray[np.uint8] = np.clip(np.round(STEPS * np.log2(np.array(counts, float))), 0, 255).astype(np.uint8)
    return logs


def _texts(file: Path) -> Iterator[str]:
    if not file.exists():
        return
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            yield unicodedata.normalize("NFC", f"{read['title']}\n{read.get('text', '')}")


def main(folder: Path) -> None:
    counted = count(folder)
    write(counted)
    print(f"{len(counted.words):,} words, {FILE.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    typer.run(main)
