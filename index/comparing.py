"""Two texts word by word: where they differ, and how much of them agrees."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_RUN = 3
"""So many words in a row, where they come once in each text, are held on to; then what lies between is compared."""
_SMALL = 1_000_000
"""Where nothing comes just once, words are compared singly while there are no more pairs of them than this."""


class Change(NamedTuple):
    """``before[start:end]`` stands as ``after[other_start:other_end]``; one of the two may be empty."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Run(NamedTuple):
    """``size`` words that are the same, from ``start`` and from ``other``."""

    start: int
    other: int
    size: int


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Where two texts, given as words, differ, in their order."""
    found, start, other = [], 0, 0
    for run in (*_same(before, after), _Run(len(before), len(after), 0)):
        if run.start > start or run.other > other:
            found.append(Change(start, run.start, other, run.other))
        start, other = run.start + run.size, run.other + run.size
    return found


def agree(one: Sequence[str], other: Sequence[str], *, share: float) -> bool:
    """Whether at least this share of the words of the longer text stands in both, in the same order."""
    needed = share * max(len(one), len(other))
    if sum((Counter(one) & Counter(other)).values()) < needed:
        return False
    return sum(run.size for run in _same(one, other)) >= needed


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    """The runs that are the same, in order, none of them inside another (the patience method)."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    end, other_end = len(before) - tail, len(after) - tail
    if head:
        yield _Run(0, 0, head)
    for run in _inside(before[head:end], after[head:other_end]):
        yield _Run(head + run.start, head + run.other, run.size)
    if tail:
        yield _Run(end, other_end, tail)


def _inside(before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    """As `_same`, of texts whose first and last words differ."""
    start = other = 0
    for run in (held := _held_on(before, after)):
        yield from _moved(_same(before[start : run.start], after[other : run.other]), start, other)
        yield run
        start, other = run.start + run.size, run.other + run.size
    if held:
        yield from _moved(_same(before[start:], after[other:]), start, other)
    elif len(before) * len(after) <= _SMALL:
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        yield from (_Run(*block) for block in blocks if block.size)


def _held_on(before: Sequence[str], after: Sequence[str]) -> list[_Run]:
    """Runs that come once in each text: as many as keep their order."""
    places = _only_places(after)
    pairs = [(place, places[run]) for run, place in _only_places(before).items() if run in places]
    found: list[_Run] = []
    start = other = 0
    for one, two in _rising(pairs):
        taken = max(start - one, other - two, 0)  # two runs may share their last and first words
        if taken < _RUN:
            start, other = one + _RUN, two + _RUN
            found.append(_Run(one + taken, two + taken, _RUN - taken))
    return found


def _only_places(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)]
    counted = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counted[run] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of their first, the longest part in which the second rises too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for position, (_, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        ends[length : length + 1] = [other]
        last[length : length + 1] = [position]
        before.append(last[length - 1] if length else -1)
    found, position = [], last[-1] if last else -1
    while position >= 0:
        found.append(pairs[position])
        position = before[position]
    return found[::-1]


def _moved(runs: Iterator[_Run], start: int, other: int) -> Iterator[_Run]:
    return (_Run(start + run.start, other + run.other, run.size) for run in runs)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (word, its) in enumerate(pairs) if word != its), min(len(one), len(other)))
