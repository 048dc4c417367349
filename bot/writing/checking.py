"""Which sentences of a machine are covered by the quotes that they cite: by words and numbers, never by its own word.

A sentence stands where all its words, but for a few that carry nothing, are found in their order in one sentence of one
quote that it cites. What it leaves out there may be no number between its own words, no word that narrows the sense,
and nothing over a comma; the words beside a number are those of the quote; and it denies as often as the quote does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.writing.prompt import SENTENCES
from bot.writing.tokens import Token, limits_in, tokens_of

_LEAST: Final = 3
_LONGEST: Final = 400
_MOST_READ: Final = 4_000
_THINKING: Final = re.compile(r"<think>.*?</think>", re.DOTALL)
_SENTENCE: Final = re.compile(r"\S.*?(?:(?P<end>[.!?…])(?:\s*\[\d{1,2}\])*\.?(?=\s|$)|$)")
_CITED: Final = re.compile(r"\[(\d{1,2})\]")
_BEHIND: Final = re.compile(r"(?:\s*\[\d{1,2}\])*\s*[.!?…]?(?:\s*\[\d{1,2}\])*\s*\.?\s*$")
_BULLET: Final = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ]\))\s+")
_PLAIN: Final = re.compile(r"[\w\s.,;:()%/\-–]+")
_UNITS: Final = re.compile(r"(?<=[.;!?:])\s+|\n+")


@dataclass(frozen=True)
class Sentence:
    """``words``: without citation and full stop. ``quote``: the one that covers it, counted from 1."""

    words: str
    quote: int


def covered_sentences(text: str, quotes: Sequence[str]) -> tuple[Sentence, ...]:
    """At most `SENTENCES` of the text, each with the quote that covers it; all others are dropped."""
    units = [tuple(units_of(quote)) for quote in quotes]
    found: dict[str, Sentence] = {}
    for words, cited in sentences_of(_THINKING.sub(" ", text[:_MOST_READ])):
        numbers = [number for number in cited if 1 <= number <= len(quotes)]
        said = tokens_of(words)
        by = next((number for number in numbers if any(covers(unit, said) for unit in units[number - 1])), None)
        if by and len(numbers) == len(cited):
            found.setdefault(words, Sentence(words, by))
    return tuple(found.values())[:SENTENCES]


def sentences_of(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each whole, plain sentence that cites, without its citations, and what it cites."""
    for line in text.splitlines():
        for match in _SENTENCE.finditer(_BULLET.sub("", line)):
            whole, ending = match[0], match["end"] or "."
            behind = _BEHIND.search(whole)
            words, cited = whole[: behind.start()] if behind else whole, tuple(map(int, _CITED.findall(whole)))
            if cited and ending == "." and len(words) <= _LONGEST and _PLAIN.fullmatch(words):
                yield words, cited


def units_of(quote: str) -> Iterator[tuple[Token, ...]]:
    """The sentences of a quote, each behind the lines that lead to it (``Cấm các việc sau:``)."""
    lead: tuple[Token, ...] = ()
    for part in _UNITS.split(quote):
        part = _BULLET.sub("", part)
        tokens = tokens_of(part)
        if part.rstrip().endswith(":"):
            lead += tokens
        elif tokens:
            yield lead + tokens


def covers(unit: Sequence[Token], said: Sequence[Token]) -> bool:
    if not _LEAST <= len(said) <= len(unit):
        return False
    if limits_in(said) != limits_in(unit):
        return False
    starts = [place for place, each in enumerate(unit) if each.form == said[0].form]
    return any(_agrees(unit, said, places) for start in starts if (places := _places(unit, said, start)))


def _places(unit: Sequence[Token], said: Sequence[Token], start: int) -> list[int]:
    """Where the words stand in the unit, from here on, each as early as it may; empty where they do not."""
    places = [start]
    for word in said[1:]:
        last = places[-1]
        if unit[last].before_comma or word.is_number or _follows_number(unit, last):
            ahead: Sequence[int] = range(last + 1, min(last + 2, len(unit)))
        else:
            ahead = _reach(unit, last)
        found = next((place for place in ahead if unit[place].form == word.form), None)
        if found is None:
            return []
        places.append(found)
    return places


def _follows_number(tokens: Sequence[Token], place: int) -> bool:
    """It is a number, or the unit right behind one ("05 ngày làm việc" is not "05 ngày")."""
    return any(each.is_number for each in tokens[max(place - 1, 0) : place + 1])


def _reach(unit: Sequence[Token], last: int) -> list[int]:
    """The places behind this one that no comma and no number divides from it."""
    ahead = []
    for place in range(last + 1, len(unit)):
        ahead.append(place)
        if unit[place].before_comma or unit[place].is_number:
            break
    return ahead


def _agrees(unit: Sequence[Token], said: Sequence[Token], places: Sequence[int]) -> bool:
    """It denies as often as the unit does up to the end of its clause, and cuts no number off from its neighbours."""
    first, last = places[0], places[-1]
    end = next((place for place in range(last, len(unit)) if unit[place].before_comma), len(unit) - 1)
    if sum(each.is_negation for each in said) != sum(each.is_negation for each in unit[: end + 1]):
        return False
    starts_inside = first > 0 and not unit[first - 1].before_comma
    if said[0].is_number and starts_inside:
        return False
    return not (last < end and _follows_number(said, len(said) - 1))
