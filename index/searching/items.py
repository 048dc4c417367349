"""Places inside a directive that a question names: "điểm a khoản 2 Điều 5", "mục II.2", "6.3.1"."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from index.language.numerals import roman_value
from index.language.text import fold, key
from index.types import Printed, Section, Span
from index.types import SectionKind as Kind


class ItemKind(StrEnum):
    """Outermost first, as the drafters nest them."""

    ANNEX = "annex"
    PART = "part"
    CHAPTER = "chapter"
    DIVISION = "division"  # "mục II", "mục 3": Roman, a division or a first-level number
    ARTICLE = "article"
    NUMBER = "number"  # dotted: "mục 6.3.1", "điểm 10.6.2"
    CLAUSE = "clause"
    POINT = "point"


class Item(NamedTuple):
    kind: ItemKind
    value: str
    span: Span


_Fit = Callable[[Section, str, Printed], bool]
_ORDER = list(ItemKind)
_AMOUNT = r"(?!\s*(?:%|phan tram|trieu|ty|nghin|ngan|dong)(?!\w))"
_NUMBERS = r"(\d{1,3}[a-z]?(?:(?:\s*,\s*|\s+va\s+)\d{1,3}[a-z]?(?![\w.]))*)"
_DIGIT = r"\.\d"
_DOTTED = r"\d{1,2}(?:\.\d{1,2}){1,3}"
_ROMAN_DOTTED = re.compile(r"\bmuc\s+([ivx]+)\s*[.\-]\s*(\d{1,2}(?:\.\d{1,2})*)\b")
_PATTERNS = (
    (ItemKind.DIVISION, _ROMAN_DOTTED),
    (ItemKind.ANNEX, re.compile(r"\bphu luc(?:\s+(?:so\s+)?(\d{1,2}|[ivx]+))?\b")),
    (
        ItemKind.PART,  # not "hai phần ba", "phần sau"
        re.compile(
            r"(?<!mot )(?<!hai )(?<!ba )(?<!\d )\bphan\s+(?:thu\s+)?"
            r"(\d{1,2}|[ivx]+|mot|hai|ba|(?<=thu )(?:nhat|tu|nam|sau))\b(?!\s*%)"
        ),
    ),
    (ItemKind.CHAPTER, re.compile(r"\bchuong\s+(\d{1,2}|[ivx]+)\b")),
    (ItemKind.ARTICLE, re.compile(rf"\bdieu\s+{_NUMBERS}(?![\w/])")),
    (ItemKind.CLAUSE, re.compile(rf"(?<!tai )\bkhoan\s+{_NUMBERS}(?![\w./])")),
    (
        ItemKind.NUMBER,
        re.compile(
            rf"(?:\b(?:muc|tieu muc|diem|tiet|khoan|phan|y)\s+)?(?<![\w./])({_DOTTED})(?![\w/]|\.\d|,\d){_AMOUNT}"
        ),
    ),
    (ItemKind.DIVISION, re.compile(rf"\b(?:muc|tieu muc)\s+([ivx]+|\d{{1,2}})\b(?!\.\d){_AMOUNT}")),
    (ItemKind.CLAUSE, re.compile(r"\bdiem\s+(\d{1,2})\b(?![./])")),
)
_LETTERS = r"([a-zđ](?!\w)(?:(?:\s*,\s*|\s+(?:và|va)\s+)[a-zđ](?!\w))*)"
_POINT = re.compile(
    rf"(?<!địa )(?<!dia )(?<!thời )(?<!thoi )\b(?:điểm|diem|tiết|tiet)\s+{_LETTERS}\)?"
    rf"|(?<![\w(])([a-zđ])\)|(?<={_DIGIT}\s)([a-zđ])(?=\s|\W?$)"
)
_BETWEEN = re.compile(r"\s*,\s*|\s+(?:và|va)\s+")
_ORDINALS = {"nhat": "1", "mot": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6"}
_SPELLED = frozenset({
    "phụ", "lục", "số", "phần", "thứ", "nhất", "một", "tư", "năm", "sáu", "chương", "điều", "và", "khoản", "tiểu",
    "mục", "điểm", "tiết", "ý",
})  # fmt: skip
"""The words of places with their marks: "mức 2" names none."""


def find_items(text: str) -> tuple[Item, ...]:
    """Every place that the text names, outermost first; a place that is named twice stands twice."""
    folded, keyed = fold(text), key(text)
    items: list[Item] = []
    taken: list[Span] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            span = Span(start=match.start(), end=match.end())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            if not _is_spelled(keyed[span.start : span.end]):
                continue
            taken.append(span)
            items += _items_of(kind, match, span)
    for match in _POINT.finditer(keyed):
        span = Span(start=match.start(), end=match.end())
        items += [Item(ItemKind.POINT, letter, span) for letter in _BETWEEN.split(match[1] or match[2] or match[3])]
    return tuple(sorted(items, key=lambda item: _ORDER.index(item.kind)))


def _items_of(kind: ItemKind, match: re.Match[str], span: Span) -> list[Item]:
    if match.re is _ROMAN_DOTTED:
        return [Item(ItemKind.DIVISION, match[1], span), Item(ItemKind.NUMBER, match[2], span)]
    return [Item(kind, _ORDINALS.get(value, value), span) for value in _BETWEEN.split(match[1] or "")]


def _is_spelled(words: str) -> bool:
    """Whether the words are those of places, with their marks or without any."""
    return all(word in _SPELLED or word == fold(word) for word in re.findall(r"[^\W\d_]+", words))


def resolve_items(items: tuple[Item, ...], printed: Printed, *, near: int | None = None) -> tuple[int, ...]:
    """Positions of the sections that the items name together; empty where the text has none.

    ``near``: a section that the conversation stands at; places are looked for around it first ("còn khoản 2?").
    """
    if not items:
        return ()
    for scope in [*_ancestors(near, printed), None]:
        found = _within(items, printed, scope)
        if found:
            return found
    return ()


def _ancestors(position: int | None, printed: Printed) -> list[int]:
    chain = []
    while position is not None:
        chain.append(position)
        position = printed.sections[position].parent
    return chain


def _within(items: tuple[Item, ...], printed: Printed, scope: int | None) -> tuple[int, ...]:
    found: list[int] | None = None if scope is None else [scope]
    articles = {item.value for item in items if item.kind is ItemKind.ARTICLE}
    for kind in _ORDER:
        values = {item.value for item in items if item.kind is kind}
        if not values:
            continue
        inside = [p for p in range(len(printed.sections)) if found is None or _inside(p, found, printed)]
        found = _matching(kind, values, inside, printed, articles)
        if not found:
            return ()
    return tuple(found or ())


def _inside(position: int, scopes: list[int], printed: Printed) -> bool:
    return any(parent in scopes for parent in _ancestors(position, printed))


def _matching(kind: ItemKind, values: set[str], inside: list[int], printed: Printed, articles: set[str]) -> list[int]:
    """The sections of the first way of reading the item that fits any; inner ones of a match are left out."""
    for fits in _READINGS[kind]:
        found = [p for p in inside if any(fits(printed.sections[p], value, printed) for value in values)]
        found = [p for p in found if _article_agrees(printed.sections[p], articles)]
        if found:
            return [p for p in found if not any(parent in found for parent in _ancestors(p, printed)[1:])]
    return []


def _article_agrees(section: Section, articles: set[str]) -> bool:
    """A heading that implements articles ("(Khoản 2, Điều 21)") must implement the asked one."""
    implemented = {name.removeprefix("điều ") for name in section.implements if name.startswith("điều ")}
    return not articles or not implemented or bool(articles & implemented) or section.kind is Kind.ARTICLE


def _labelled(kind: Kind) -> _Fit:
    def fits(section: Section, value: str, printed: Printed) -> bool:
        return section.kind is kind and (not value or _value(section.label) == _value(value))

    return fits


@lru_cache(1 << 12)
def _value(label: str) -> str:
    """The number in a label, Roman as Arabic: ``Chương II`` -> ``2``."""
    last = fold(label).split()[-1].rstrip(".)/-")
    return str(roman_value(last.upper()) or last) if re.fullmatch(r"[ivxlc]+", last) else _ORDINALS.get(last, last)


def _implementing(word: str) -> _Fit:
    def fits(section: Section, value: str, printed: Printed) -> bool:
        return f"{word} {value}" in section.implements

    return fits


def _own_clause(section: Section, value: str, printed: Printed) -> bool:
    parent = printed.sections[section.parent] if section.parent is not None else None
    return section.kind is Kind.NUMBER and section.label == value and parent is not None and parent.kind is Kind.ARTICLE


def _behind_roman(section: Section, value: str, printed: Printed) -> bool:
    """ "II.2" as the label of what is asked as "mục II.2"."""
    roman, _, rest = section.label.partition(".")
    return section.kind is Kind.NUMBER and not roman.isdigit() and rest == value


def _last_part(section: Section, value: str, printed: Printed) -> bool:
    return section.kind is Kind.NUMBER and section.label.split(".")[-1] == value


def _point(section: Section, value: str, printed: Printed) -> bool:
    return section.kind is Kind.POINT and section.label[0] == value


def _point_unaccented(section: Section, value: str, printed: Printed) -> bool:
    return section.kind is Kind.POINT and fold(section.label[0]) == value


_READINGS: dict[ItemKind, tuple[_Fit, ...]] = {
    ItemKind.ANNEX: (_labelled(Kind.ANNEX),),
    ItemKind.PART: (_labelled(Kind.PART), _labelled(Kind.ROMAN)),
    ItemKind.CHAPTER: (_labelled(Kind.CHAPTER), _labelled(Kind.ROMAN)),
    ItemKind.DIVISION: (_labelled(Kind.ROMAN), _labelled(Kind.NUMBER), _labelled(Kind.DIVISION)),
    ItemKind.ARTICLE: (_labelled(Kind.ARTICLE), _implementing("điều")),
    ItemKind.NUMBER: (_labelled(Kind.NUMBER), _behind_roman),
    ItemKind.CLAUSE: (_own_clause, _implementing("khoản"), _last_part),
    ItemKind.POINT: (_point, _point_unaccented),
}
