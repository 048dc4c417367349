"""What was known of each directive when a digest was claimed, as JSON, and how to find it again at the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date
from typing import TYPE_CHECKING

from bot.messages import Frozen
from bot.people.access import Asker, may_see
from index import Directive, DirectiveId, Status

if TYPE_CHECKING:
    from index import Validity


class Paper(Frozen):
    """``audiences``: all of them must hold (`access.audiences_of`); None: withdrawn. ``edges``: the keys of those that
    made its status. ``until``: its last day.
    """

    files: tuple[str, ...]
    number: str | None
    title: str
    date: Date | None
    audiences: tuple[str, ...] | None
    status: Status
    since: Date | None
    until: Date | None
    edges: tuple[str, ...] = ()


class Papers(Frozen):
    """``due``: what fell due then (`due_key`): who is told of it again has heard of it."""

    papers: Mapping[DirectiveId, Paper] = {}
    due: tuple[str, ...] = ()

    def of(self, directive: Directive) -> Paper | None:
        """None where it was not there. One that was read anew under another id is known by its file, and by its number
        or by its title and date.
        """
        if directive.id in self.papers:
            return self.papers[directive.id]
        near = (paper for paper in self.papers.values() if not set(paper.files).isdisjoint(directive.files))
        return next((paper for paper in near if _is_same(paper, directive)), None)


def known_papers(
    directives: Iterable[Directive],
    audiences: Mapping[DirectiveId, tuple[str, ...]],
    validity: Validity,
    *,
    due: Iterable[str],
) -> Papers:
    return Papers(
        papers={each.id: _paper(each, audiences.get(each.id), validity) for each in directives},
        due=tuple(sorted(set(due))),
    )


def could_see(asker: Asker, paper: Paper) -> bool:
    """Whether this person might have seen it then."""
    return paper.audiences is not None and all(may_see(asker, audience) for audience in paper.audiences)


def due_key(duty: str, day: Date) -> str:
    return f"{duty}@{day.isoformat()}"


def _paper(directive: Directive, audiences: tuple[str, ...] | None, validity: Validity) -> Paper:
    standing = validity.standing_of(directive.id)
    return Paper(
        files=directive.files,
        number=directive.number,
        title=directive.title,
        date=directive.date,
        audiences=audiences,
        status=standing.status,
        since=standing.since,
        until=standing.until,
        edges=tuple(edge.key for edge in standing.edges),
    )


def _is_same(paper: Paper, directive: Directive) -> bool:
    if paper.number and paper.number == directive.number:
        return True
    return (paper.title, paper.date) == (directive.title, directive.date)
