"""One question about two things that names no papers: what to ask for each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.answering import phrases
from bot.answering.answer import QUOTES
from bot.answering.standings import Standings
from index import Findings, fold

if TYPE_CHECKING:
    from bot.answering.standings import Visible

_ASKS_TO_COMPARE: Final = re.compile(
    r"\b(?:so sanh|doi chieu|khac (?:nhau|gi|biet)(?: (?:cho nao|the nao|ra sao|gi))?|"
    r"khac (?:cho nao|the nao|ra sao)|giong (?:nhau|gi)|"
    r"(?:moi|tung|ca hai|hai|2) (?:ben|thu|cai|loai|noi|dang|truong hop|van ban|vb))\b"
)
_AND: Final = re.compile(r"\s(?:voi|va|so voi|hay)\s")
_WHILE: Final = re.compile(r"\s*[,;]\s*con\s+")
_THEN: Final = re.compile(r"(?:,\s*|\s)(?:thi|moi thu|moi ben|moi cai|moi noi)\s")
_LEAST: Final = 2
"""Content syllables of each side: "bí thư và phó bí thư" is one matter."""


def sides(text: str) -> tuple[str, str] | None:
    """The two questions in one: "A với B thì … khác nhau", "A thì …, còn B thì …"; None where there are not two."""
    folded = fold(text)
    if (apart := _WHILE.search(folded)) and "thi" in folded[: apart.start()].split():
        return _kept(text[: apart.start()], text[apart.end() :])
    if not _ASKS_TO_COMPARE.search(folded):
        return None
    then = _THEN.search(folded)
    middle = _AND.search(folded, 0, then.start() if then else len(folded))
    if middle is None:
        return None
    tail = text[then.start() :] if then else ""
    return _kept(text[: middle.start()] + tail, text[middle.end() :])


def _kept(one: str, other: str) -> tuple[str, str] | None:
    both = _without_asking(one), _without_asking(other)
    return both if all(len(phrases.content_of(phrases.form_of(each))) >= _LEAST for each in both) else None


def _without_asking(text: str) -> str:
    """Without the words that ask to compare, which no paper says."""
    for match in reversed(list(_ASKS_TO_COMPARE.finditer(fold(text)))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return " ".join(text.split()).strip(" ,.;:?")


def of_each_side(text: str, standings: Standings, *, visible: Visible) -> Findings | None:
    """Both sides searched for their own, at least one quote of each; None where one of them is not found."""
    both = sides(text)
    if both is None:
        return None
    found = [
        standings.library.search(side, visible=visible, lapsed=standings.lapsed, pending=standings.pending)
        for side in both
    ]
    if not all(each.answered and each.quotes for each in found):
        return None
    quotes = [*(each.quotes[0] for each in found), *(quote for each in found for quote in each.quotes[1:2])]
    shown = tuple({(quote.directive.id, quote.span): quote for quote in quotes}.values())[:QUOTES]
    nearest = tuple({quote.directive.id: quote.directive for quote in shown}.values())
    return Findings(
        answered=True, quotes=shown, hits=tuple(hit for each in found for hit in each.hits), nearest=nearest
    )
