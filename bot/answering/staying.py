"""Whether a turn goes on about the paper that was quoted last, or leaves it."""

from __future__ import annotations

import re
from typing import Final

from bot.answering import phrases
from index import Findings, Quote, fold

_GOES_ON: Final = re.compile(
    r"^(?:(?:vay|the|roi|xong|a|u|ma|nhung|ok|uh|u)~?\s+)*(?:con|the|vay|roi|xong|sau do|tiep theo|nguoc lai)\b(?!~)"
    r"|\b(?:no|cai do|cho do|viec do|nguoi do|ben do|luc do|khi do)\b(?!~)"
)
_SHORT: Final = 5
"""Content syllables of a turn that most likely goes on."""
_STAYS, _LEAVES = 0.25, 0.0
"""By how much of the words more another paper must hold than the one that was quoted last: where the turn looks as if
it goes on, and where it could stand alone.
"""
_WORD: Final = re.compile(r"[^\W_]+")


def goes_on(text: str) -> bool:
    form = phrases.without_opening(phrases.form_of(text))
    return bool(_GOES_ON.search(form)) or len(phrases.content_of(form)) <= _SHORT


def stays(text: str, here: Findings, anywhere: Findings) -> bool:
    """Whether the answer of the last paper is the one that is meant, not the best one anywhere."""
    if not (here.answered and here.quotes):
        return False
    if not (anywhere.answered and anywhere.quotes):
        return goes_on(text) or _share(text, here.quotes[0]) >= 0.5
    more = _share(text, anywhere.quotes[0]) - _share(text, here.quotes[0])
    return more <= (_STAYS if goes_on(text) else _LEAVES)


def _share(text: str, quote: Quote) -> float:
    """Share of the turn's content syllables that the quote and its headings hold."""
    asked = phrases.content_of(fold(phrases.form_of(text)).replace("~", ""))
    said = set(_WORD.findall(fold(" ".join((*quote.path, quote.lead or "", quote.text)))))
    return sum(word in said for word in asked) / len(asked) if asked else 1.0
