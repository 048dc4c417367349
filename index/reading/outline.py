"""The tree of numbered units: which marks are accepted, and under which parent.

A mark counts only in rising order inside its parent; otherwise the line is prose that happens to begin with a number
("30 ngày làm việc", a year, a row of a table).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.reading.markers import Marker
from index.types import SectionKind as Kind

_CONTAINERS = (Kind.ANNEX, Kind.PART, Kind.CHAPTER, Kind.DIVISION)
"""Outermost first: a mark closes everything that is at its own height or below."""

_ENCLOSING = {
    Kind.ARTICLE: _CONTAINERS,
    Kind.ROMAN: _CONTAINERS,
    Kind.NUMBER: (*_CONTAINERS, Kind.ARTICLE, Kind.ROMAN),
    Kind.POINT: (*_CONTAINERS, Kind.ARTICLE, Kind.ROMAN, Kind.NUMBER),
    Kind.DASH: (*_CONTAINERS, Kind.ARTICLE, Kind.ROMAN, Kind.NUMBER, Kind.POINT),
    Kind.PLUS: (*_CONTAINERS, Kind.ARTICLE, Kind.ROMAN, Kind.NUMBER, Kind.POINT, Kind.DASH),
}
_GAP = 2
"""A number may be missed once (a typing error in print), not more."""
_ARTICLE_GAP = 5
"""Articles are left out of a consolidated text; a quoted article of another text is mostly farther away."""


@dataclass
class Unit:
    """An accepted unit; ``end`` is set when it is closed."""

    marker: Marker
    start: int
    parent: int | None
    end: int = 0


@dataclass
class Outline:
    """Takes the marks of one text in order. ``units`` are the accepted ones, parents before children."""

    units: list[Unit] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)

    def accept(self, marker: Marker, offset: int) -> bool:
        """Open the unit at this offset, closing what it ends; False where the mark is out of order."""
        depth = self._depth_of(marker)
        if depth is None:
            return False
        self._close(depth, offset)
        self.units.append(Unit(marker, offset, self._open[-1] if self._open else None))
        self._open.append(len(self.units) - 1)
        return True

    def end_list(self, offset: int) -> None:
        """A paragraph without a mark ends the dashes before it, never a numbered unit."""
        dashes = (depth for depth in range(len(self._open)) if self._marker(depth).kind in (Kind.DASH, Kind.PLUS))
        if (depth := next(dashes, None)) is not None:
            self._close(depth, offset)

    def close(self, offset: int) -> None:
        """End everything that is open."""
        self._close(0, offset)

    def _close(self, depth: int, offset: int) -> None:
        for unit in self._open[depth:]:
            self.units[unit].end = offset
        del self._open[depth:]

    def _marker(self, depth: int) -> Marker:
        return self.units[self._open[depth]].marker

    def _depth_of(self, marker: Marker) -> int | None:
        if marker.kind in _CONTAINERS:
            return self._container_depth(marker)
        if marker.kind is Kind.ARTICLE:
            return self._below(_CONTAINERS) if self._article_follows(marker) else None
        if marker.kind is Kind.NUMBER:
            return self._number_depth(marker)
        if marker.kind in (Kind.ROMAN, Kind.POINT):
            return self._ordered_depth(marker)
        return self._below(_ENCLOSING[marker.kind])

    def _below(self, enclosing: tuple[Kind, ...]) -> int:
        """Depth just below the innermost open unit of one of these kinds."""
        return max((depth + 1 for depth in range(len(self._open)) if self._marker(depth).kind in enclosing), default=0)

    def _container_depth(self, marker: Marker) -> int | None:
        depth = self._below(_CONTAINERS[: _CONTAINERS.index(marker.kind)])
        before = self._marker(depth) if depth < len(self._open) else None
        if before is None or before.kind is not marker.kind or not (before.ordinal and marker.ordinal):
            return depth
        return depth if marker.ordinal == (1,) or _follows(before.ordinal, marker.ordinal) else None

    def _article_follows(self, marker: Marker) -> bool:
        # Articles are counted through all chapters, and begin anew in an annex.
        counted = [unit.marker for unit in self.units if unit.marker.kind in (Kind.ARTICLE, Kind.ANNEX)]
        if not counted or counted[-1].kind is Kind.ANNEX or marker.ordinal[0] == 1:
            return True
        if counted[0].kind is Kind.ARTICLE and counted[0].ordinal[0] > 1:  # an extract leaves articles out
            return counted[-1].ordinal < marker.ordinal
        return _follows(counted[-1].ordinal, marker.ordinal, gap=_ARTICLE_GAP)

    def _ordered_depth(self, marker: Marker) -> int | None:
        for depth in reversed(range(len(self._open))):
            sibling = self._marker(depth)
            # "I-" and "II." stand in one text; "a)" and "b." are two lists.
            alike = marker.kind is Kind.ROMAN or sibling.style == marker.style
            if sibling.kind is marker.kind and alike and _follows(sibling.ordinal, marker.ordinal):
                return depth
        return self._below(_ENCLOSING[marker.kind]) if marker.ordinal == (1,) else None

    def _number_depth(self, marker: Marker) -> int | None:
        prefix = marker.ordinal[:-1]
        for depth in reversed(range(len(self._open))):
            other = self._marker(depth)
            if _is_sibling(other, marker) and _follows(other.ordinal, marker.ordinal):
                return depth
            if prefix and other.kind is not Kind.POINT and other.ordinal == prefix:
                return depth + 1 if marker.ordinal[-1] <= _GAP else None
        return None if prefix or marker.ordinal != (1,) else self._list_depth(marker)

    def _list_depth(self, marker: Marker) -> int:
        """Where a new list "1." begins: "1)" inside anything, "1." inside points that are in no number themselves."""
        if marker.style == ")":
            inside = [d for d in range(len(self._open)) if not (_is_bracketed(self._marker(d)) or self._is_dash(d))]
            return inside[-1] + 1 if inside else 0
        kinds = {self._marker(depth).kind for depth in range(len(self._open))}
        return self._below(_ENCLOSING[Kind.NUMBER] if Kind.NUMBER in kinds else _ENCLOSING[Kind.DASH])

    def _is_dash(self, depth: int) -> bool:
        return self._marker(depth).kind in (Kind.DASH, Kind.PLUS)


def _is_sibling(other: Marker, marker: Marker) -> bool:
    same_length = len(other.ordinal) == len(marker.ordinal)
    return other.kind is Kind.NUMBER and same_length and _is_bracketed(other) == _is_bracketed(marker)


def _is_bracketed(marker: Marker) -> bool:
    """ "1)" counts another list than "1." """
    return marker.kind is Kind.NUMBER and marker.style == ")"


def _follows(before: tuple[int, ...], after: tuple[int, ...], *, gap: int = _GAP) -> bool:
    """``after`` is the next number beside ``before`` (6.3.1 -> 6.3.2; 4 -> 4a -> 5)."""
    if len(after) > len(before):
        return after[: len(before)] == before and after[-1] == 1
    outer = len(after) - 1
    return before[:outer] == after[:outer] and 0 < after[outer] - before[outer] <= gap
