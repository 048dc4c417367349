"""Accents put back on syllables typed without them, by the most likely reading of the whole line (Viterbi, 1967)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from index.language.syllables import is_syllable
from index.language.text import fold, key

MOST_FORMS = 6
"""So many spellings of a syllable are weighed, the commonest."""
_RARE = 0.002
"""Of the count of the commonest spelling: rarer ones are not weighed."""
_LIKELY = 0.1
"""Another spelling is told of where it is at least so likely."""
_SWITCH = math.log(0.0003)
"""People go over from accents to none inside a line, or back: rarely."""
_SEEN = 0.9
"""What the pairs that were counted are worth beside the single words (Jelinek and Mercer, 1980)."""
_LEAST = 1e-9
_MARKED = 0.5
"""A text of which more words carry accents is typed with them."""
_UNKNOWN = 0.5
"""What a spelling counts that was never met."""
START, NUMBER = "^", "#"
"""What counts as a word before the first one of a sentence, and in place of digits."""
_WORDS = re.compile(r"[^\W\d_]+|\d+|[.;:!?\n]+")


class Counts(Protocol):
    """How often words were met. Words: keys of syllables with their accents."""

    @property
    def total(self) -> float:
        """Of all words together."""
        ...

    def spellings(self, folded: str) -> Sequence[str]:
        """The words that become this syllable without accents, any order."""
        ...

    def words(self, words: Sequence[str]) -> list[float]: ...

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How often the second stood right behind the first."""
        ...


class Restored(NamedTuple):
    """A syllable at ``start`` to ``end`` of the text. ``word``: its key with accents; ``typed``: the key as typed.

    ``sure``: how likely that reading is, 0-1. ``others``: further readings that may be meant.
    """

    start: int
    end: int
    typed: str
    word: str
    sure: float
    others: tuple[str, ...]


class _State(NamedTuple):
    word: str
    bare: bool


class _Place(NamedTuple):
    start: int
    end: int
    typed: str
    states: tuple[_State, ...]


def restore(text: str, counts: Counts, *, settled: Sequence[tuple[int, int]] = ()) -> tuple[Restored, ...]:
    """Each syllable of the text with its most likely accents; those that carry accents keep them. Empty for a text that
    is typed with accents.

    ``settled``: parts of the text that are as they are meant.
    """
    if _is_marked(text, settled):
        return ()
    places = [_Place(0, 0, START, _either(START)), *_places(text, counts, settled)]
    return tuple(each for each in _read(places, counts) if each.typed not in (START, NUMBER))


def with_accents(text: str, restored: Sequence[Restored]) -> str:
    """The text with the accents that were put back, its capitals kept; as long as ``text``."""
    pieces, position = [], 0
    for each in restored:
        if each.word == each.typed:
            continue
        typed = text[each.start : each.end]
        shown = "".join(new.upper() if old.isupper() else new for new, old in zip(each.word, typed, strict=True))
        pieces += [text[position : each.start], shown]
        position = each.end
    return "".join([*pieces, text[position:]])


def words_of(line: str) -> list[str]:
    """The words of a line as they are counted."""
    return [_counted_as(word) for word in _WORDS.findall(key(line))]


def _counted_as(word: str) -> str:
    return word if word[0].isalpha() else NUMBER if word[0].isdigit() else START


def _places(text: str, counts: Counts, settled: Sequence[tuple[int, int]]) -> Iterator[_Place]:
    keyed = key(text)
    for match in _WORDS.finditer(keyed):
        word = match[0]
        if not word[0].isalpha():
            word = _counted_as(word)
            yield _Place(match.start(), match.end(), word, _either(word))
            continue
        fixed = any(start <= match.start() < stop for start, stop in settled)
        yield _Place(match.start(), match.end(), word, _either(word) if fixed else _states(word, counts))


def _either(word: str) -> tuple[_State, ...]:
    return _State(word, bare=False), _State(word, bare=True)


def _states(typed: str, counts: Counts) -> tuple[_State, ...]:
    as_typed = _State(typed, bare=False)
    bare = fold(typed)
    if typed != bare:
        return (as_typed,)
    known = [word for word in counts.spellings(bare) if len(word) == len(typed)]
    often = sorted(zip(counts.words(known), known, strict=True), key=lambda each: (-each[0], each[1]))[:MOST_FORMS]
    words = [word for count, word in often if count >= _RARE * often[0][0]] or [typed]
    return as_typed, *(_State(word, bare=True) for word in words)


def _read(line: Sequence[_Place], counts: Counts) -> Iterator[Restored]:
    """How likely each reading of each place is, over all readings of the others (forward and backward sums)."""
    words = list(dict.fromkeys(state.word for place in line for state in place.states))
    often = dict(zip(words, counts.words(words), strict=True))
    alone = {word: (count + _UNKNOWN * _plausible(word)) / (counts.total + 1) for word, count in often.items()}
    pairs = list(
        dict.fromkeys(
            (one.word, two.word) for left, right in pairwise(line) for one in left.states for two in right.states
        )
    )
    met = dict(zip(pairs, counts.pairs(pairs), strict=True))
    behind = {
        (one, two): _SEEN * count / max(often[one], count, _LEAST) + (1 - _SEEN) * alone[two]
        for (one, two), count in met.items()
    }
    logs = {pair: math.log(chance) for pair, chance in behind.items()}
    steps = [
        [[logs[one.word, two.word] + _switched(one, two) for two in right.states] for one in left.states]
        for left, right in pairwise(line)
    ]
    forward = [[0.0] * len(line[0].states)]
    for step in steps:
        forward.append([_joined(forward[-1], ways) for ways in zip(*step, strict=True)])
    backward = [[0.0] * len(line[-1].states)]
    for step in reversed(steps):
        backward.append([_joined(backward[-1], ways) for ways in step])
    for place, ahead, after in zip(line, forward, reversed(backward), strict=True):
        yield _settled(place, [one + two for one, two in zip(ahead, after, strict=True)])


def _switched(one: _State, two: _State) -> float:
    return 0.0 if one.bare == two.bare else _SWITCH


def _joined(logs: Sequence[float], ways: Sequence[float]) -> float:
    return _sum([log + way for log, way in zip(logs, ways, strict=True)])


def _sum(logs: Sequence[float]) -> float:
    most = max(logs)
    return most + math.log(sum(math.exp(log - most) for log in logs)) if len(logs) > 1 else most


def _settled(place: _Place, logs: Sequence[float]) -> Restored:
    whole = _sum(logs)
    shares: dict[str, float] = {}
    for state, log in zip(place.states, logs, strict=True):
        shares[state.word] = shares.get(state.word, 0.0) + math.exp(log - whole)
    word, sure = max(shares.items(), key=lambda each: (each[1], each[0]))
    others = tuple(other for other, share in shares.items() if other != word and share >= _LIKELY)
    return Restored(place.start, place.end, place.typed, word, min(sure, 1.0), others)


def _is_marked(text: str, settled: Sequence[tuple[int, int]]) -> bool:
    for start, end in settled:
        text = text[:start] + " " * (end - start) + text[end:]
    words = [word for word in _WORDS.findall(key(text)) if len(word) > 1 and word.isalpha()]
    return sum(1 for word in words if fold(word) != word) > _MARKED * len(words)


def _plausible(word: str) -> float:
    return 1.0 if is_syllable(word) else 0.1
