"""Which directive of the library a clause means by the paper that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date as Date
from functools import cached_property, lru_cache
from typing import NamedTuple

from index.language.text import fold
from index.reading.bodies import Body, body_of, read_body
from index.reading.references import type_named
from index.types import Directive, DirectiveId, Reference

_ISSUED_WITH = re.compile(r"(?!quyet dinh so)\D*\stheo\s+\D*\d")
_OWN_BODIES = frozenset({"ban thuong vu", "ban chap hanh", "thuong truc"})
"""Bodies whose committee is not said: that of the source."""
_WORD = re.compile(r"\w+")
_TITLE_WORDS = frozenset({"ve", "viec", "ban", "hanh"})
_MOST, _LITTLE = 0.8, 0.5
_REGULATION = re.compile(r"(?<![a-z])q(?:di|yd)(?![a-z])")


class _Paper(NamedTuple):
    """A directive with what was issued with it under one number ("Ban hành kèm theo Quyết định số …")."""

    main: Directive
    attached: tuple[Directive, ...]

    @property
    def members(self) -> tuple[Directive, ...]:
        return (self.main, *self.attached)


class Meant(NamedTuple):
    """``papers``: each with all that the words mean of it. ``sure``: it is one, and they leave no doubt."""

    papers: tuple[tuple[Directive, ...], ...]
    sure: bool


class Shelf:
    """The directives by what clauses call them."""

    def __init__(self, directives: Iterable[Directive]) -> None:
        self._directives = tuple(directives)
        self._bodies: dict[DirectiveId, Body] = {}

    def resolve(self, reference: Reference, source: Directive) -> Meant:
        """The papers that may be meant.

        A paper named by its decision means what was issued with it too; named by what was issued ("Quy chế … ban hành
        kèm theo Quyết định số …") it means that alone. Never meant is a paper of the source's own file, or one that is
        newer than the source. Where the clause says no date, issuer or place, that of the source is understood.

        Of several papers under one number, the subject that the clause says ("về đồng phục") decides where it is that
        of just one. Quyết định and Quy định share the symbol QĐ but count apart: where the clause says the other one of
        the two, its date or its subject must show that the paper is meant; else it only may be.
        """
        said = reference.issuer if reference.issuer and fold(reference.issuer) not in _OWN_BODIES else None
        issuer = read_body(said, number=reference.number) if said else None
        papers = [
            paper
            for paper in self._named(reference)
            if _may_be(paper, source) and self._may_be_of(paper.main, issuer, reference, source)
        ]
        dated = [paper for paper in papers if reference.date and paper.main.date == reference.date]
        papers = self._likest(dated or papers, reference)
        typed = [paper for paper in papers if any(_is_type(member, reference) for member in paper.members)]
        alike = papers if dated else [paper for paper in papers if _shares_symbol(paper.main, reference)]
        found = typed or alike
        about = _about(found, reference)
        if about is not None:
            found = [about]
        sure = len(found) == 1 and bool(typed or dated or about)
        return Meant(papers=tuple(_meant(paper, reference) for paper in found), sure=sure)

    def _named(self, reference: Reference) -> list[_Paper]:
        if not reference.number:
            return self._by_date.get(reference.date, []) if reference.date and reference.issuer else []
        number = number_key(reference.number)
        if reference.date is None:
            return self._by_number.get(number, [])
        return [*self._by_both.get((number, reference.date), ()), *self._by_both.get((number, None), ())]

    @cached_property
    def _papers(self) -> tuple[_Paper, ...]:
        attached = defaultdict(list)
        for directive in self._directives:
            if directive.attached_to:
                attached[directive.attached_to].append(directive)
        known = {directive.id for directive in self._directives}
        return tuple(
            _Paper(directive, tuple(attached[directive.id]))
            for directive in self._directives
            if directive.attached_to not in known
        )

    @cached_property
    def _by_number(self) -> dict[str, list[_Paper]]:
        found = defaultdict(list)
        for paper in self._papers:
            if paper.main.number:
                found[number_key(paper.main.number)].append(paper)
        return dict(found)

    @cached_property
    def _by_both(self) -> dict[tuple[str, Date | None], list[_Paper]]:
        found: dict[tuple[str, Date | None], list[_Paper]] = defaultdict(list)
        for number, papers in self._by_number.items():
            for paper in papers:
                found[number, paper.main.date].append(paper)
        return dict(found)

    @cached_property
    def _by_date(self) -> dict[Date | None, list[_Paper]]:
        found: dict[Date | None, list[_Paper]] = defaultdict(list)
        for paper in self._papers:
            found[paper.main.date].append(paper)
        return dict(found)

    def _may_be_of(self, main: Directive, said: Body | None, reference: Reference, source: Directive) -> bool:
        """Whether what is known of the issuers goes together."""
        body, own = self._body(main), self._body(source)
        if said and said.known and body.known:
            if (said.level, bool(said.state)) != (body.level, bool(body.state)) or bool(said.staff) != bool(body.staff):
                return False
            if _is_place(said.place) and _is_place(body.place):
                return _is_same(said.place, body.place)
        if body.level and body.level is own.level and _is_place(body.place) and _is_place(own.place):
            return _is_same(body.place, own.place)
        return reference.number is not None or (said is not None and said.known and body.known)

    def _likest(self, papers: list[_Paper], reference: Reference) -> list[_Paper]:
        """Of several, those whose issuer is just the one that is said."""
        if len(papers) < 2 or not reference.issuer:
            return papers
        said = fold(reference.issuer)
        same = [paper for paper in papers if fold(paper.main.issuer or "").startswith(said)]
        return same or papers

    def _body(self, directive: Directive) -> Body:
        if directive.id not in self._bodies:
            self._bodies[directive.id] = body_of(directive)
        return self._bodies[directive.id]


def _may_be(paper: _Paper, source: Directive) -> bool:
    """Whether it is older than the source, no draft, and not of its own file."""
    main = paper.main
    if main.draft or (main.date and source.date and main.date > source.date):
        return False
    return source.id not in (member.id for member in paper.members) and main.id != source.attached_to


@lru_cache(maxsize=1 << 15)
def number_key(number: str) -> str:
    """One spelling of a symbol: no zeros before it, no accents; Quyết định and Quy định share QĐ."""
    return _REGULATION.sub("qd", fold("".join(number.split())).lstrip("0"))


def _meant(paper: _Paper, reference: Reference) -> tuple[Directive, ...]:
    if paper.attached and _ISSUED_WITH.match(fold(reference.words)):
        alike = [member for member in paper.attached if _is_type(member, reference)] or list(paper.attached)
        told = [member for member in alike if _coverage(member, fold(reference.words)) >= _MOST]
        return tuple(told or alike)
    if _is_type(paper.main, reference):
        return paper.members
    return tuple(member for member in paper.attached if _is_type(member, reference)) or paper.members


def _about(papers: list[_Paper], reference: Reference) -> _Paper | None:
    """The one whose title the clause says, where no other is nearly as like."""
    if reference.subject is None:
        return None
    said = fold(reference.subject)
    alike = [(max(_coverage(member, said) for member in paper.members), paper) for paper in papers]
    likest = [paper for share, paper in alike if share >= _MOST]
    return likest[0] if len(likest) == 1 and sum(share > _LITTLE for share, _ in alike) == 1 else None


def _coverage(directive: Directive, said: str) -> float:
    """The share of the title's words that are said."""
    title = set(_WORD.findall(fold(directive.title))) - _TITLE_WORDS
    return len(title & set(_WORD.findall(said))) / len(title) if title else 0.0


def _shares_symbol(directive: Directive, reference: Reference) -> bool:
    """One is called a Quyết định and the other a Quy định, and nothing else keeps them apart."""
    return {type_named(directive.type_name or ""), reference.type} == {"QĐ", "QĐi"}


def _is_type(directive: Directive, reference: Reference) -> bool:
    if reference.type is None:
        return True
    own = type_named(directive.type_name or "") or directive.type
    named = reference.words[:1].isalpha()
    return own is None or own == reference.type or (not named and reference.type == directive.type)


_PLACELESS = frozenset({"", "phuong", "xa", "tinh", "thanh pho", "dac khu", "huyen", "quan", "khoi"})


def _is_place(place: str) -> bool:
    return place not in _PLACELESS


def _is_same(one: str, other: str) -> bool:
    """``phường An Hòa`` and ``An Hòa`` are one place."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")
