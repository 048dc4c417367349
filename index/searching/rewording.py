"""What a person typed, read as it was meant, step by step: chat numbers, leftovers, slips, short forms, accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from index.language.accents import Counts, Restored, restore, with_accents
from index.language.text import fold
from index.language.typing import Typed, leftovers, mistyped, replaced
from index.language.usage import usage
from index.language.wording import Formal, Written, written_out
from index.types import Frozen

_COMMON = 2000
"""So often a syllable is met in everyday texts that keys may be meant for it."""
_SURE = 0.9
_WEEKDAY = re.compile(r"(?:ngay|sang|chieu|toi|thu|t[2-7]|cuoi tuan)\s*[,-]?\s*$")
_CHAT = re.compile(
    r"(?<![\w/.-])(?:kp\s?(?P<quarter>\d{1,2})|t(?P<month>1[0-2]|[1-9])|q(?P<season>[1-4]))(?![\w/-]|\.\d)"
)


class Words(Counts, Protocol):
    """The words of a library that may be seen."""

    @property
    def shorts(self) -> Mapping[str, str]:
        """Short forms that its papers explain."""
        ...

    @property
    def folded_words(self) -> Mapping[str, float]:
        """Its words without accents, and how often they stand there."""
        ...


class Step(Frozen):
    """What one step read otherwise than typed: ``typed`` -> ``read``. ``kind``: chat, keys, slip, short, accents."""

    kind: str
    typed: str
    read: str


class Reworded(NamedTuple):
    """``shorts``: where the long forms stand in ``text``. ``meant``: at which place other readings are likely.

    ``unsure``: the spans of syllables whose accents are a guess.
    """

    text: str
    shorts: tuple[Formal, ...]
    meant: tuple[Formal, ...]
    unsure: tuple[tuple[int, int], ...]
    steps: tuple[Step, ...]


def reword(text: str, words: Words) -> Reworded:
    """All steps. Numbers are never changed."""
    steps: list[Step] = []
    readers: tuple[tuple[str, Callable[[str], Sequence[Typed]]], ...] = (
        ("chat", _chat),
        ("keys", _leftovers),
        ("slip", partial(_slips, words=words)),
    )
    settled: list[_Span] = []
    for kind, read_in in readers:
        found = read_in(text)
        steps += [Step(kind=kind, typed=text[each.start : each.end], read=each.read) for each in found]
        settled = _moved(settled, [(each.start, each.end, len(each.read)) for each in found])
        text = replaced(text, found)
    written = written_out(text, with_marks=True, more=words.shorts)
    steps += _of_shorts(written)
    settled = _moved_by_shorts(settled, written.shorts)
    restored = restore(written.text, words, settled=settled)
    read = with_accents(written.text, restored)
    steps += _of_accents(written.text, read)
    return Reworded(
        text=read,
        shorts=written.shorts,
        meant=tuple(Formal(each.start, each.start + 1, each.others) for each in restored if each.others),
        unsure=_unsure(restored),
        steps=tuple(steps),
    )


_Span = tuple[int, int]


def _moved(settled: Sequence[_Span], changes: Sequence[tuple[int, int, int]]) -> list[_Span]:
    """Where the settled parts stand after changes (start, end, new length), which are settled as well."""
    moved: list[_Span] = []
    for start, end in settled:
        by = sum(length - (to - at) for at, to, length in changes if to <= start)
        moved.append((start + by, end + by))
    by = 0
    for at, to, length in sorted(changes):
        moved.append((at + by, at + by + length))
        by += length - (to - at)
    return sorted(moved)


def _moved_by_shorts(settled: Sequence[_Span], shorts: Sequence[Formal]) -> list[_Span]:
    changes: list[tuple[int, int, int]] = []
    by = 0
    for run in shorts:
        typed = len(run.phrases[0])
        changes.append((run.start - by, run.start - by + typed, run.end - run.start))
        by += run.end - run.start - typed
    return _moved(settled, changes)


def _chat(text: str) -> list[Typed]:
    """``kp5``: khu phố 5, ``t10``: tháng 10, ``t7`` beside a day: thứ 7."""
    folded = fold(text)
    found = []
    for match in _CHAT.finditer(folded):
        if quarter := match["quarter"]:
            read = f"khu phố {quarter}"
        elif month := match["month"]:
            is_day = month in "234567" and _WEEKDAY.search(folded[: match.start()])
            read = f"thứ {_DAYS[month]}" if is_day else f"tháng {month}"
        else:
            read = f"quý {match['season']}"
        found.append(Typed(match.start(), match.end(), read))
    return found


_DAYS = {"2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy"}


def _is_common(word: str) -> bool:
    return usage().words([word])[0] >= _COMMON


def _leftovers(text: str) -> tuple[Typed, ...]:
    return leftovers(text, _is_common)


def _slips(text: str, *, words: Words) -> list[Typed]:
    """The words that are no syllable and known nowhere, as the commonest spelling of the nearest that may be seen."""

    def known(folded: str) -> bool:
        return bool(usage().spellings(folded)) or folded in words.folded_words or is_short(folded)

    def is_short(folded: str) -> bool:
        return bool(written_out(folded).shorts)

    found = mistyped(text, known, words.folded_words)
    return [Typed(each.start, each.end, _spelled(each.read, words)) for each in found]


def _spelled(folded: str, words: Words) -> str:
    spellings = words.spellings(folded)
    return max(zip(words.words(spellings), spellings, strict=True), default=(0.0, folded))[1]


def _of_shorts(written: Written) -> list[Step]:
    return [Step(kind="short", typed=run.phrases[0], read=written.text[run.start : run.end]) for run in written.shorts]


def _of_accents(before: str, after: str) -> list[Step]:
    return (
        [Step(kind="accents", typed=" ".join(before.split()), read=" ".join(after.split()))] if before != after else []
    )


def _unsure(restored: Sequence[Restored]) -> tuple[tuple[int, int], ...]:
    return tuple((each.start, each.end) for each in restored if each.sure < _SURE)
