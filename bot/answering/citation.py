"""How a directive and a place in it are named: ``Quy định 294-QĐ/TW ngày 26/5/2025 của …, mục 6.3.1, trang 9``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from bot import texts
from index import TYPE_NAMES, Directive, Quote, find_numbers

_TITLE_LIMIT: Final = 120
_UNIT = re.compile(
    r"(phần|chương|mục|điều|phụ lục)\b\s*((?:thứ\s+\w+|[IVXLC]+|\d+[a-zđ]?|[A-ZĐ])?)(?=\W|$)", re.IGNORECASE
)
_ROMAN = re.compile(r"([IVXLC]+)(?=\W|$)")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)(?=\W|$)")
_POINT = re.compile(r"([a-zđ])\)")


def citation_of(quote: Quote) -> str:
    """The whole citation line; what the paper does not say is left out."""
    where = [full_name_of(quote.directive), *place_of(quote.path)]
    if quote.page is not None:
        where.append(texts.ON_PAGE.format(page=quote.page))
    return ", ".join(where)


def full_name_of(directive: Directive) -> str:
    """With date and issuer, which tell it from another of the same number."""
    named = [name_of(directive)]
    if directive.date:
        named.append(texts.ON_DATE.format(date=spoken_date(directive.date)))
    if directive.issuer:
        named.append(texts.OF_ISSUER.format(issuer=directive.issuer))
    return " ".join(named)


def name_of(directive: Directive) -> str:
    """``Quy định 294-QĐ/TW``, or by its title where it has no number; what was issued with a decision bears the
    decision's number: ``Quy chế kèm theo Quyết định 33-QĐ/ĐU``.
    """
    if directive.number and directive.attached_to and directive.type_name:
        return texts.ATTACHED_DIRECTIVE.format(type=directive.type_name, decision=_decision(directive.number))
    if directive.number:
        return f"{directive.type_name or ''} {directive.number}".strip()
    title = shorten(directive.title, _TITLE_LIMIT)
    if not directive.type_name:
        return texts.UNNAMED_DIRECTIVE.format(title=title)
    if title.casefold().startswith(directive.type_name.casefold()):
        title = title[len(directive.type_name) :].strip(" :-") or title
    return texts.TITLED_DIRECTIVE.format(type=directive.type_name, title=title)


def _decision(number: str) -> str:
    found = find_numbers(number)
    return f"{TYPE_NAMES.get(found[0].type, '') if found else ''} {number}".strip()


def spoken_date(day: date) -> str:
    """``07/8/2023``, ``05/02/2026``: the day has two digits, the month only up to February (Hướng dẫn 05-HD/VPTW)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def place_of(path: Iterable[str]) -> tuple[str, ...]:
    """The heading path as members say it: innermost first under an article, outermost first otherwise."""
    units, numbers, points = _read_path(path)
    article = units.pop("điều", None)
    if article:
        clauses = [texts.CLAUSE.format(label=number) for number in _whole_numbers(numbers)]
        annex = units.get("phụ lục")
        return (*reversed([article, *clauses, *points]), *([annex] if annex else []))
    item = [texts.ITEM.format(label=".".join(_whole_numbers(numbers)))] if numbers else []
    return (*item, *points, *reversed(units.values()))


def _read_path(path: Iterable[str]) -> tuple[dict[str, str], list[str], list[str]]:
    units: dict[str, str] = {}
    numbers: list[str] = []
    points: list[str] = []
    for entry in path:
        if unit := _UNIT.match(entry):
            word = unit[1].lower()
            units[word] = f"{word.capitalize()} {unit[2]}".strip()
        elif number := _NUMBER.match(entry) or _ROMAN.match(entry):
            numbers.append(number[1])
        elif point := _POINT.match(entry):
            points.append(texts.POINT.format(label=point[1]))
    return units, numbers, points


def _whole_numbers(numbers: list[str]) -> list[str]:
    """Without those that the next one repeats: ``6``, ``6.3``, ``6.3.1`` is ``6.3.1``."""
    return [
        number
        for position, number in enumerate(numbers)
        if not any(inner.startswith(f"{number}.") for inner in numbers[position + 1 : position + 2])
    ]


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
