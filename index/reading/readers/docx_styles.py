"""What the styles of a Word document give to their text: capitals, and the lines of tables (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from index.reading.readers.docx_numbers import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off", "none", "nil")
_SIDES = tuple(f"{W}{side}" for side in ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV"))


def said(element: _Element, name: str) -> bool | None:
    """Whether a run or a style turns this property on or off; None where it says nothing."""
    found = element.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def prints_capitals(element: _Element, *, otherwise: bool) -> bool:
    """Whether a run or a style is printed in capitals, small ones too; ``otherwise``: what holds where it is silent."""
    given = [value for name in ("caps", "smallCaps") if (value := said(element, name)) is not None]
    return any(given) if given else otherwise


def draws(borders: _Element) -> bool:
    """Whether any side of these borders is drawn."""
    return any(side.tag in _SIDES and side.get(f"{W}val", "nil") not in _OFF for side in borders)


def ruled_styles(styles: _Element | None) -> frozenset[str | None]:
    """The table styles that draw lines, by themselves or by the style they are based on."""
    return _styles_with(styles, lambda style, inherited: inherited or any(map(draws, style.iter(f"{W}tblBorders"))))


def capital_styles(styles: _Element | None) -> frozenset[str | None]:
    """The paragraph and character styles printed in capitals; None where the default paragraph style is one."""
    found = _styles_with(styles, lambda style, inherited: prints_capitals(style, otherwise=inherited))
    default = default_paragraph_style(styles)
    return found | {None} if default is not None and default in found else found


def default_paragraph_style(styles: _Element | None) -> str | None:
    """The style of a paragraph that names none."""
    for style in () if styles is None else styles.iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF:
            return str(style.get(f"{W}styleId"))
    return None


def _styles_with(styles: _Element | None, has: Callable[[_Element, bool], bool]) -> frozenset[str | None]:
    """The ids of the styles that have a property; ``has`` is told whether the style below has it."""
    if styles is None:
        return frozenset()
    found = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    chosen = set()
    for name, style in found.items():
        held = False
        for each in reversed(list(chain_of(style, found))):
            held = has(each, held)
        if held:
            chosen.add(name)
    return frozenset(chosen)


def chain_of(style: _Element, styles: Mapping[str | None, _Element]) -> Iterator[_Element]:
    """The style, the one it is based on and so on; a ring ends where it closes."""
    seen: list[_Element] = []
    following: _Element | None = style
    while following is not None and following not in seen:
        seen.append(following)
        yield following
        base = following.find(f"{W}basedOn")
        following = None if base is None else styles.get(base.get(f"{W}val"))
