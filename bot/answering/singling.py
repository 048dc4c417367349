"""Which of several papers of one number the words beside it mean: their issuer, place, year or title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.answering.phrases import TYPES
from index import Directive, DirectiveId, find_numbers, fold

_LEAST: Final = 2
"""Syllables of an issuer or a place that single out a paper."""
_LEAST_OF_TITLE: Final = 4
_LONGEST: Final = 12
_BODY: Final = re.compile(
    rf"(?:\b(?:cua|do|tai|o|dang uy|dang bo|chi bo|chi uy|ban thuong vu|ban chap hanh|phuong|xa|thi tran|dac khu|quan"
    rf"|huyen|thanh pho|tinh|{TYPES}) )+$"
)
_YEAR: Final = re.compile(r"\b(?:(?:ban hanh )?(?:vao )?nam )(\d{4})\b")


class Singled(NamedTuple):
    """``paper`` None: the words decide nothing. ``rest``: the turn without the words that said it."""

    paper: Directive | None
    rest: str


def singled_out(bearers: Sequence[Directive], text: str) -> Singled:
    """The one of these papers whose issuer, place, year or title alone holds words of the turn. Of a title the words
    stay: they are what is asked for as well.
    """
    words = _words(text)
    said = [*_by_body(bearers, words), *_by_year(bearers, words, text)]
    papers = {matter for matter, _ in said} or set(_by_title(bearers, words))
    if len(papers) != 1:
        return Singled(None, text)
    chosen = next(each for each in bearers if _matter(each) in papers)
    cut = {place for _, places in said for place in places}
    return Singled(chosen, _without(text, words, cut))


def without_issuer(text: str, papers: Iterable[Directive]) -> str:
    """The turn without the words that name an issuer of these papers, or the place where it sits."""
    words = _words(text)
    spoken = [_spoken_of(paper) for paper in papers]
    cut = {place for run in _runs(words, _LEAST) if any(run.words in one for one in spoken) for place in run.places}
    return _without(text, words, cut)


class _Word(NamedTuple):
    form: str
    start: int
    end: int


class _Run(NamedTuple):
    words: str
    places: range


def _words(text: str) -> list[_Word]:
    """Syllables outside of document numbers."""
    numbers = [number.span for number in find_numbers(text)]
    found = (_Word(fold(match[0]), match.start(), match.end()) for match in re.finditer(r"\w+", text))
    return [each for each in found if not any(span.start <= each.start < span.end for span in numbers)]


def _runs(words: Sequence[_Word], least: int) -> list[_Run]:
    """Every run of at least so many syllables."""
    return [
        _Run(f" {' '.join(word.form for word in words[start:end])} ", range(start, end))
        for start in range(len(words))
        for end in range(start + least, min(len(words), start + _LONGEST) + 1)
    ]


def _spoken_of(paper: Directive) -> str:
    return f" {_plain(paper.issuer or '')} | {_plain(paper.place or '')} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _by_body(bearers: Sequence[Directive], words: Sequence[_Word]) -> list[tuple[DirectiveId, range]]:
    spoken = [(_matter(each), _spoken_of(each)) for each in bearers]
    return _only(spoken, _runs(words, _LEAST))


def _by_title(bearers: Sequence[Directive], words: Sequence[_Word]) -> list[DirectiveId]:
    spoken = [(_matter(each), f" {_plain(each.title)} ") for each in bearers]
    return [matter for matter, _ in _only(spoken, _runs(words, _LEAST_OF_TITLE))]


def _only(spoken: Iterable[tuple[DirectiveId, str]], runs: Iterable[_Run]) -> list[tuple[DirectiveId, range]]:
    """The runs that only what is said of one paper holds."""
    listed = list(spoken)
    found = []
    for run in runs:
        holding = {matter for matter, said in listed if run.words in said}
        if len(holding) == 1:
            found.append((holding.pop(), run.places))
    return found


def _by_year(bearers: Sequence[Directive], words: Sequence[_Word], text: str) -> list[tuple[DirectiveId, range]]:
    """Of a year right behind the number: elsewhere it may belong to the matter."""
    ends = {number.span.end for number in find_numbers(text)}
    form = " ".join(word.form for word in words)
    years: Mapping[DirectiveId, int] = {_matter(each): each.date.year for each in bearers if each.date}
    found = []
    for match in _YEAR.finditer(form):
        meant = [matter for matter, year in years.items() if year == int(match[1])]
        first = form[: match.start()].count(" ")
        if len(meant) == 1 and len(text[: words[first].start].rstrip()) in ends:
            found.append((meant[0], range(first, first + match[0].count(" ") + 1)))
    return found


def _without(text: str, words: Sequence[_Word], cut: set[int]) -> str:
    """Also without what leads to them, as ``của Đảng ủy phường``."""
    wider = set(cut)
    for place in cut:
        before = " ".join(word.form for word in words[:place]) + " "
        led = _BODY.search(before) if place - 1 not in cut else None
        wider |= set(range(place - led[0].count(" "), place)) if led else set()
    for place in sorted(wider, reverse=True):
        text = f"{text[: words[place].start]} {text[words[place].end :]}"
    return " ".join(text.split())


def _matter(directive: Directive) -> DirectiveId:
    return directive.attached_to or directive.id
