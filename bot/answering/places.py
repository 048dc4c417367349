"""Which places of a paper some words touch, as heading paths; what was added to a place later counts with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from index import Edge, Printed, SectionKind, Span

_AROUND = (SectionKind.HEADER, SectionKind.SIGNATURE)
_OUTER = (SectionKind.PART, SectionKind.CHAPTER, SectionKind.DIVISION)
Path = tuple[str, ...]
NOBODYS_CLAUSE = "99"
"""The label of a clause that no article has: what changes it changes the article."""
_ADDED = re.compile(r"(?P<unit>điểm|khoản)\s+(?P<label>[0-9a-zđ]{1,4})\b", re.IGNORECASE)
"""The innermost unit of a part such as ``điểm đ khoản 1 Điều 8``; a new article belongs to no older one."""


def paths_in(printed: Printed, span: Span) -> list[Path]:
    """The path at the beginning of these words, and those of all sections that begin in them; none for words that
    stand above or below what the paper orders, nor for the heading of a chapter before an article of it.
    """
    within = [place for place, section in enumerate(printed.sections) if span.start <= section.start < span.end]
    places = [printed.section_at(span.start), *within]
    kinds = [None if place is None else printed.sections[place].kind for place in places]
    ordered = [place for place, kind in zip(places, kinds, strict=True) if kind not in _AROUND]
    last = ordered[-1] if ordered else None
    told = [place for place in ordered if not (_is_outer(printed, place) and place != last)]
    return list(dict.fromkeys(map(printed.path_of, told)))


def _is_outer(printed: Printed, place: int | None) -> bool:
    return place is None or printed.sections[place].kind in _OUTER


def changes_at(
    printed: Printed, span: Span, *, edges: Sequence[Edge], changes_of: Callable[[Path], Iterable[Edge]]
) -> list[Edge]:
    """Those of the edges that change what these words touch, or add to it a part which the paper as printed lacks.

    ``changes_of``: what changes the place with a path.
    """
    paths = paths_in(printed, span)
    found = {edge.key for path in paths for edge in changes_of(path)}
    beside = {path[:-1] for path in paths if path}
    return [
        edge
        for edge in edges
        if edge.key in found
        or not edge.relation.articles
        or any(_is_added(edge, label, printed, beside, changes_of) for label in _labels(edge))
    ]


def _labels(edge: Edge) -> list[str]:
    """The innermost units that are changed, as paths say them."""
    found = (_ADDED.match(part) for part in edge.relation.articles)
    return [f"{each['label']})" if each["unit"].lower() == "điểm" else each["label"] for each in found if each]


def _is_added(
    edge: Edge, label: str, printed: Printed, beside: Iterable[Path], changes_of: Callable[[Path], Iterable[Edge]]
) -> bool:
    """A new part beside these words is what the edge changes, and there is none such in print.

    Where any other label would do as well, the path does not tell of which article it is.
    """

    def fits(path: Path) -> bool:
        return any(each.key == edge.key for each in changes_of(path))

    nobodys = "w)" if label.endswith(")") else NOBODYS_CLAUSE
    new = {path for path in beside if fits((*path, label)) and not fits((*path, nobodys))}
    said = (printed.path_of(place) for place in range(len(printed.sections)))
    return bool(new) and not any(path[:-1] in new and path[-1].split()[:1] == [label] for path in said if path)
