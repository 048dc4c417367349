"""Whether a number counts what follows it, over the key of a text and its folded form."""

from __future__ import annotations

import re

from index.language import patterns

_LARGEST_SPAN = 12
"""``BC 6 tháng`` is an amount, ``KH 140 tháng 6`` a document."""


def is_amount(keyed: str, plain: str, end: int) -> bool:
    """Whether the number that ends at `end` counts units, time or things."""
    return _counts(keyed, plain, end, (patterns.MEASURE, patterns.SPAN_OF_TIME, patterns.THINGS))


def is_measure(keyed: str, plain: str, match: re.Match[str]) -> bool:
    """Whether the number found is an amount even after a word that cannot be counted with: ``BC 6 tháng``."""
    short = match["number"].isdigit() and int(match["number"]) <= _LARGEST_SPAN
    possible = (patterns.MEASURE, patterns.SPAN_OF_TIME) if short else (patterns.MEASURE,)
    return _counts(keyed, plain, match.end(), possible)


def _counts(keyed: str, plain: str, end: int, possible: tuple[re.Pattern[str], ...]) -> bool:
    return any(_is_unit(keyed, match) for pattern in possible if (match := pattern.match(plain, end)))


def _is_unit(keyed: str, match: re.Match[str]) -> bool:
    """Whether the word found without its marks is the unit, not another word of the same letters."""
    if not match.lastgroup:
        return True
    unit, (start, end) = match[match.lastgroup], match.span(match.lastgroup)
    return unit not in patterns.MARKED_UNITS or keyed[start:end] in (unit, *patterns.MARKED_UNITS[unit])
