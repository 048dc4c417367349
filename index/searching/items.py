"""Places inside a directive that a question names: "điểm a khoản 2 Điều 5", "mục II.2", "6.3.1"."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from index.language.text import fold, key
from index.reading.markers import roman_value
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
_NUMBERS = r"(\d{1,3}[a-z]?(?:(?:\s*,\s*|\s+va\s+)\d{1,3}[a-z]?(?![\w.]))*)"
_DIGIT = r"\.\d"
_DOTTED = r"\d{1,2}(?:\.\d{1,2}){1,3}"
_PATTERNS = (
    (ItemKind.ANNEX, re.compile(r"\bphu luc\s*(\d{1,2}|[ivx]+)?\b")),
    (ItemKind.PART, re.compile(r"\bphan\s+(?:thu\s+)?(\d{1,2}|[ivx]+|nhat|hai|ba|tu|nam|sau)\b(?!\s*(?:tram|%))")),
    (ItemKind.CHAPTER, re.compile(r"\bchuong\s+(\d{1,2}|[ivx]+)\b")),
    (ItemKind.ARTICLE, re.compile(rf"\bdieu\s+{_NUMBERS}(?![\w/])")),
    (ItemKind.CLAUSE, re.compile(rf"\bkhoan\s+{_NUMBERS}(?![\w./])")),
    (ItemKind.NUMBER, re.compile(rf"(?:\b(?:muc|tieu muc|diem|tiet|khoan|phan|y)\s+)?(?<![\w./])({_DOTTED})(?![\w/]|\.\d|,\d)(?!\s*(?:%|trieu|ty|dong))")),
    (ItemKind.DIVISION, re.compile(r"\b(?:muc|tieu muc)\s+([ivx]+|\d{1,2})\b(?!\.\d)")),
    (ItemKind.CLAUSE, re.compile(r"\bdiem\s+(\d{1,2})\b(?![./])")),
)
_ROMAN_DOTTED = re.compile(r"\bmuc\s+([ivx]+)\s*[.\-]\s*(\d{1,2}(?:\.\d{1,2})*)\b")
_POINT = re.compile(rf"\b(?:điểm|diem|tiết|tiet)\s+([a-zđ])(?!\w)\)?|(?<![\w(])([a-zđ])\)|(?<={_DIGIT}\s)([a-zđ])(?=\s|\W?$)")
_ORDINALS = {"nhat": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6"}


def find_items(text: str) -> tuple[Item, ...]:
    """Every place that the text names, outermost first; a place stands once."""
    folded = fold(text)
    items: list[Item] = []
    taken: list[Span] = []

    def take(kind: ItemKind, value: str, start: int, end: int) -> None:
        items.append(Item(kind, value, Span(start=start, end=end)))

    for match in _ROMAN_DOTTED.finditer(folded):
        take(ItemKind.DIVISION, match[1], match.start(), match.end())
        take(ItemKind.NUMBER, match[2], match.start(), match.end())
        taken.append(items[-1].span)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < span.end and span.start < match.end() for span in taken):
                continue
            taken.append(Span(start=match.start(), end=match.end()))
            for value in re.findall(r"[\w.]+", (match[1] or "").replace(" va ", " ")):
                take(kind, _ORDINALS.get(value, value), match.start(), match.end())
            if match[1] is None:
                take(kind, "", match.start(), match.end())
    for match in _POINT.finditer(key(text)):
        take(ItemKind.POINT, match[1] or match[2] or match[3], match.start(), match.end())
    return tuple(sorted(items, key=lambda item: _ORDER.index(item.kind)))


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
    ItemKind.NUMBER: (_labelled(Kind.NUMBER),),
    ItemKind.CLAUSE: (_own_clause, _implementing("khoản"), _last_part),
    ItemKind.POINT: (_point, _point_unaccented),
}
