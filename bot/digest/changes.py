"""Whether a directive holds otherwise than when the last digest was made, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum
from typing import Final

from bot import texts
from bot.answering.citation import spoken_date
from bot.answering.standings import Standings
from bot.answering.wording import amended_text, dated_name, standing_text
from bot.digest.papers import Paper
from index import Directive, DirectiveId, Edge, Standing, Status

_OVER: Final = (Status.REPLACED, Status.REPEALED, Status.EXPIRED)
_BY_EDGES: Final = (Status.REPLACED, Status.REPEALED)


class How(StrEnum):
    """``again``: it was said to be over or amended, and is not."""

    STANDING = "standing"
    AMENDED = "amended"
    BEGUN = "begun"
    AGAIN = "again"


@dataclass(frozen=True)
class Change:
    """``edges``: for AMENDED, those that are new."""

    how: How
    edges: tuple[Edge, ...] = ()


def change_of(paper: Paper, standing: Standing) -> Change | None:
    """``paper``: what was known then."""
    before, now = paper.status, standing.status
    if before is not now:
        if (before in _OVER and now not in _OVER) or (before, now) == (Status.AMENDED, Status.IN_FORCE):
            return Change(How.AGAIN)
        return Change(How.BEGUN if (before, now) == (Status.NOT_YET, Status.IN_FORCE) else How.STANDING)
    if now is Status.AMENDED and (new := tuple(edge for edge in standing.edges if edge.key not in paper.edges)):
        return Change(How.AMENDED, new)
    other = now in _BY_EDGES and set(paper.edges).isdisjoint(edge.key for edge in standing.edges)
    return Change(How.STANDING) if other or (paper.until != standing.until and now not in _BY_EDGES) else None


def recent_change(directive: Directive, standing: Standing, *, since: Date, today: Date) -> Change | None:
    """The same by the days alone, where nothing is known of before: behind ``since``, up to ``today``."""
    if standing.status is Status.AMENDED:
        new = tuple(edge for edge in standing.edges if edge.since and since < edge.since <= today)
        return Change(How.AMENDED, new) if new else None
    if standing.since is None or not since < standing.since <= today:
        return None
    if standing.status in _OVER:
        return Change(How.STANDING)
    is_later = directive.date is not None and directive.date < standing.since
    return Change(How.BEGUN) if standing.status is Status.IN_FORCE and is_later else None


def change_text(directive: Directive, change: Change, standings: Standings) -> tuple[str, tuple[DirectiveId, ...]]:
    """In a sentence or two, and the directives that it may name."""
    named = {directive.id: None}

    def seen(other: DirectiveId) -> Directive | None:
        found = standings.seen(other)
        if found:
            named[other] = None
        return found

    name, since = dated_name(directive), standings.standing_of(directive.id).since
    if change.how is How.AMENDED:
        text = amended_text(name, change.edges, seen)
    elif change.how is How.BEGUN and since:
        text = texts.DIGEST_BEGUN.format(directive=name, date=spoken_date(since))
    else:
        text = standing_text(directive, standings.validity, seen=seen)
    return (f"{texts.DIGEST_CORRECTED} {text}" if change.how is How.AGAIN else text), tuple(named)
