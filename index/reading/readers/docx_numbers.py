"""The automatic numbers of a Word document, as Word shows them; the text of the paragraphs does not hold them.

Rules: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles). Counters belong to the abstract list,
so lists that share one go on counting; a ``startOverride`` begins anew where its list is first used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = {
    **{1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l"},
    **{40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"},
}


@dataclass(frozen=True)
class Level:
    """``restart``: the level (1-based) after which this one begins anew, 0 for never, None for any higher level."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    spaced: bool = True
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True)
class List:
    """One ``w:num``. ``counter``: the id of the abstract list whose counters it moves on."""

    counter: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass
class _Counters:
    """How far each abstract list has counted, by level, and which lists have begun."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next_counts(self, number: str, listed: List, depth: int) -> dict[int, int]:
        counts = self.counts.setdefault(listed.counter, {})
        if number not in self.begun:
            self.begun.add(number)
            for level in listed.starts:
                counts.pop(level, None)
        for level in range(depth):
            counts.setdefault(level, _start(listed, level))
        counts[depth] = counts[depth] + 1 if depth in counts else _start(listed, depth)
        for level in [level for level in counts if level > depth and _restarts(listed, level, depth)]:
            del counts[level]
        return counts


def number_paragraphs(
    paragraphs: Iterable[_Element], *, numbering: _Element | None, styles: _Element | None
) -> dict[_Element, str]:
    """Paragraph -> its number as Word shows it, with the space after it; paragraphs in the order of the document."""
    if numbering is None:
        return {}
    styled = _style_numbers(styles)
    lists, counters, labels = _lists(numbering, styled), _Counters(), dict[object, str]()
    for paragraph in paragraphs:
        number, depth = _number_of(paragraph, styled, lists)
        if number is not None and depth in lists[number].levels:
            counts = counters.next_counts(number, lists[number], depth)
            labels[paragraph] = _label(lists[number].levels, depth, counts)
    return labels


def _start(listed: List, level: int) -> int:
    return listed.starts.get(level, listed.levels.get(level, Level()).start)


def _restarts(listed: List, level: int, depth: int) -> bool:
    restart = listed.levels.get(level, Level()).restart
    return restart is None or depth < restart


def _number_of(
    paragraph: _Element, styled: Mapping[str | None, tuple[str | None, int | None]], lists: Mapping[str, List]
) -> tuple[str | None, int]:
    """The list and level of a paragraph, from itself or its style; ``w:pStyle`` ties a style to a level."""
    style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
    style = style if style in styled else None
    of_style, style_depth = styled.get(style, (None, None))
    number, depth = _numbers(paragraph.find(f"{W}pPr/{W}numPr"))
    number = number or of_style
    if number is None or number not in lists:  # also "0", which takes the number of the style away
        return None, 0
    if depth is None and number == of_style:
        tied = [level for level, found in lists[number].levels.items() if style and found.style == style]
        depth = tied[0] if tied else style_depth
    return number, depth or 0


def _style_numbers(styles: _Element | None) -> dict[str | None, tuple[str | None, int | None]]:
    """Style -> the list and level that it or the style it is based on gives; None stands for the default style."""
    if styles is None:
        return {}
    found = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    numbers: dict[str | None, tuple[str | None, int | None]] = {}
    for name, style in found.items():
        given = [_numbers(each.find(f"{W}pPr/{W}numPr")) for each in _based_on(style, found)]
        number = next((number for number, _ in given if number is not None), None)
        numbers[name] = number, next((depth for _, depth in given if depth is not None), None)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            numbers[None] = numbers[name]
    return numbers


def _based_on(style: _Element, styles: Mapping[str | None, _Element]) -> Iterator[_Element]:
    seen: list[_Element] = []
    following: _Element | None = style
    while following is not None and following not in seen:
        seen.append(following)
        yield following
        following = styles.get(_value(following.find(f"{W}basedOn")))


def _lists(numbering: _Element, styled: Mapping[str | None, tuple[str | None, int | None]]) -> dict[str, List]:
    abstracts = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
    owners = {num.get(f"{W}numId"): _value(num.find(f"{W}abstractNumId")) for num in numbering.iter(f"{W}num")}
    lists = {}
    for num in numbering.iter(f"{W}num"):
        number, counter = num.get(f"{W}numId"), owners[num.get(f"{W}numId")]
        abstract = abstracts.get(counter)
        link = _value(abstract.find(f"{W}numStyleLink")) if abstract is not None else None
        if link is not None:  # the levels stand in the list that the linked style names
            counter = owners.get(styled.get(link, (None, None))[0], counter)
            abstract = abstracts.get(counter)
        if number and counter and abstract is not None:
            lists[number] = _list(num, counter, abstract)
    return lists


def _list(num: _Element, counter: str, abstract: _Element) -> List:
    levels = dict(_level(each) for each in abstract.findall(f"{W}lvl"))
    starts = {}
    for override in num.findall(f"{W}lvlOverride"):
        start, replaced = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
        if replaced is not None:
            levels.update([_level(replaced)])
        if start is not None:
            starts[int(override.get(f"{W}ilvl", "0"))] = int(_value(start) or 0)
    return List(counter=counter, levels=levels, starts=starts)


def _level(level: _Element) -> tuple[int, Level]:
    restart = _value(level.find(f"{W}lvlRestart"))
    legal = level.find(f"{W}isLgl")
    return int(level.get(f"{W}ilvl", "0")), Level(
        start=int(_value(level.find(f"{W}start")) or 0),
        format=_value(next(level.iter(f"{W}numFmt"), None)) or "decimal",
        text=_value(level.find(f"{W}lvlText")) or "",
        spaced=_value(level.find(f"{W}suff")) != "nothing",
        restart=None if restart is None else int(restart),
        legal=legal is not None and _value(legal) not in ("0", "false", "off"),
        style=_value(level.find(f"{W}pStyle")),
    )


def _label(levels: Mapping[int, Level], depth: int, counts: Mapping[int, int]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        # Symbol fonts put a dot, a square or a private sign here; the drafters' own marks are "-" and "+".
        return "+ " if level.text.strip() == "+" else "- "

    def shown(place: re.Match[str]) -> str:
        position = int(place[1]) - 1
        form = levels.get(position, Level()).format
        legal = level.legal and form != "none"
        return "" if position not in counts else format_number(counts[position], "decimal" if legal else form)

    text = _PLACE.sub(shown, level.text)
    return text + " " if text and level.spaced else text


def format_number(value: int, form: str) -> str:
    """A number in one of Word's number formats; formats that spell numbers in words give digits."""
    match form:
        case "none":
            return ""
        case "upperRoman" | "lowerRoman":
            roman = _roman(value)
            return roman.upper() if form == "upperRoman" else roman
        case "upperLetter" | "lowerLetter":
            # After z Word doubles the letter: aa, bb, cc.
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
            return letter.upper() if form == "upperLetter" else letter
        case "decimalZero":
            return f"{value:02}"
        case "ordinal":
            teens = value % 100 in (11, 12, 13)
            return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
        case _:
            return str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN.items():
        text += sign * (value // worth)
        value %= worth
    return text


def _numbers(properties: _Element | None) -> tuple[str | None, int | None]:
    """The list and the level in a ``w:numPr``, each None where not said."""
    if properties is None:
        return None, None
    number, depth = _value(properties.find(f"{W}numId")), _value(properties.find(f"{W}ilvl"))
    return number, None if depth is None else min(int(depth), _LEVELS - 1)


def _value(element: _Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")
