"""Which directives a question means: those it names, else those that hold, and what held before where that is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.findings import Quote
from index.language.dates import find_dates
from index.searching.catalog import Catalog
from index.searching.names import Names, newest_first, of_type_said
from index.searching.question import Question
from index.types import Directive, DirectiveId

Rows = NDArray[np.int64] | None
_NEAREST = 3
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-])")
_NONE: frozenset[DirectiveId] = frozenset()


class Meaning:
    """``visible``: the directives that count, None for all. ``lapsed`` and ``pending``: those that hold no longer, or
    not yet; they take part only where the question names one, goes on from one (``focus``, ``chosen``), or asks for the
    past; drafts, where it asks for a draft.
    """

    def __init__(
        self,
        question: Question,
        catalog: Catalog,
        names: Names,
        *,
        visible: frozenset[DirectiveId] | None,
        lapsed: frozenset[DirectiveId] = _NONE,
        pending: frozenset[DirectiveId] = _NONE,
        focus: Quote | None = None,
        chosen: bool = False,
    ) -> None:
        self._question, self._catalog, self._names = question, catalog, names
        self._visible = visible
        self._lapsed = frozenset(each for each in lapsed if each in catalog)
        entering = frozenset({focus.directive.id}) if focus else _NONE
        self._out = _NONE if chosen else (self._lapsed | pending) - self._asked_for() - entering
        self._pending = _NONE if chosen else pending - entering
        self.named: tuple[Directive, ...] = tuple(self._find_named())

    def is_bygone(self, directive: DirectiveId) -> bool:
        """It holds no longer, and that is what the question asks for."""
        return directive in self._asked_for()

    @property
    def rows(self) -> Rows:
        """The rows that may answer a question which names nothing; None for all."""
        return self._rows_without(self._out)

    @property
    def rows_counted(self) -> Rows:
        """The same with the directives that are named: what the evidence is counted over."""
        return self._rows_without(self._out - frozenset(each.id for each in self.named))

    @property
    def rows_pending(self) -> NDArray[np.int64]:
        """The rows of those that hold only later."""
        pending = self._pending if self._visible is None else self._pending & self._visible
        return self._catalog.rows_of(pending)

    def like(self) -> list[DirectiveId]:
        """What may have been meant by the numbers of the question, what holds first."""
        found = [self._names.like(number, visible=self._visible) for number in self._question.numbers]
        ordered = [sorted(directives, key=lambda each: each.id in self._lapsed) for directives in found]
        return [directive.id for directives in ordered for directive in directives[:_NEAREST]]

    def nearest(self, found: Iterable[DirectiveId]) -> tuple[Directive, ...]:
        """The named ones, then the others, what holds first."""
        named = {directive.id: None for directive in self.named}
        others = sorted((each for each in dict.fromkeys(found) if each not in named), key=self._lapsed.__contains__)
        return tuple(self._catalog.directive(each) for each in [*named, *others][:_NEAREST])

    def kin(self, directive: Directive) -> list[Directive]:
        """The other papers that were issued with it under the same number."""
        return [
            each for each in self._names.issued_with(directive) if self._visible is None or each.id in self._visible
        ]

    def _rows_without(self, out: frozenset[DirectiveId]) -> Rows:
        if not out:
            return None if self._visible is None else self._catalog.rows_of(self._visible)
        held = self._visible if self._visible is not None else frozenset(d.id for d in self._catalog.directives())
        return self._catalog.rows_of(held - out)

    def _asked_for(self) -> frozenset[DirectiveId]:
        """Of what holds no longer: what the question asks for, whichever paper says it."""
        if not (self._question.past or self._question.draft):
            return _NONE
        return frozenset(
            each
            for each in self._lapsed
            if (self._question.draft if self._catalog.directive(each).draft else self._question.past)
        )

    def _find_named(self) -> list[Directive]:
        """By number or by whole title, a place in a paper by part of its title too; newest first, a paper before those
        that were issued with it.
        """
        question, names, visible = self._question, self._names, self._visible
        bearers = [names.numbered([number], visible=visible) for number in question.numbers]
        if not any(bearers):
            bearers = [names.beginning_with(bare, visible=visible) for bare in sorted(set(question.bare))]
        if not any(bearers) and not question.numbers:
            bearers = [names.titled(question.text, visible=visible)]
        if not any(bearers) and not question.numbers and question.items:
            bearers = [names.titled_best(question.text, visible=visible, out=self._out)]
        bearers = [list(of_type_said(alike, question.text)) for alike in bearers]
        found = {each.id: each for alike in bearers for each in self._meant(alike)}
        return sorted(newest_first(found.values()), key=lambda each: each.attached_to is not None)

    def _meant(self, bearers: Sequence[Directive]) -> Sequence[Directive]:
        """Of several bearers of one name: those whose date or year is said, else those that hold."""
        if len(bearers) < 2:
            return bearers
        days = {found.day for found in find_dates(self._question.text)}
        years = {int(year) for year in _YEAR.findall(self._question.text)}
        dated = [each for each in bearers if each.date and (each.date in days or each.date.year in years)]
        return dated or [each for each in bearers if each.id not in self._out] or bearers
