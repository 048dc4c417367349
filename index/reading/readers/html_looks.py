"""What the elements of a page look like: their fonts, capitals, and whether they are shown; of CSS only that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_FONT = re.compile(r"[\"']?([^\"',;]+)")
_HIDDEN = frozenset(
    (("display", "none"), ("visibility", "hidden"), ("mso-hide", "all"), ("mso-element", "comment-list"))
)
_LONGEST_SHEET = 2**20
_STRUCK = frozenset(("del", "s", "strike"))
"""What the authors of a page took out, or struck out as no longer right."""


class Look(NamedTuple):
    """Inherited from element to element. ``kept``: spaces and line ends count, as in ``pre``."""

    font: str | None = None
    capital: bool = False
    kept: bool = False
    hidden: bool = False
    unlabelled: bool = False


Sheet = Mapping[str, Mapping[str, str]]
"""``p``, ``.MsoNormal`` or ``p.MsoNormal`` -> its declarations."""


def read_sheet(root: LexborNode) -> Sheet:
    """The style sheets inside the page; selectors of more than an element and a class are not followed."""
    sheet: dict[str, dict[str, str]] = {}
    text = "\n".join(node.text() for node in root.css("style"))[:_LONGEST_SHEET]
    for selectors, declarations in _RULE.findall(_COMMENT.sub("", text)):
        said = _declarations(declarations)
        for selector in selectors.split(","):
            if said and (found := _SELECTOR.fullmatch(selector.strip())) and found[0]:
                key = (found[1] or "").lower() + (f".{found[2]}" if found[2] else "")
                sheet.setdefault(key, {}).update(said)
    return sheet


def look_of(node: LexborNode, inherited: Look, sheet: Sheet) -> Look:
    tag, attributes = node.tag or "", node.attributes
    look = inherited._replace(kept=True) if tag == "pre" else inherited
    if "hidden" in attributes or tag in _STRUCK:
        look = look._replace(hidden=True)
    if tag == "font" and (face := attributes.get("face")):
        look = look._replace(font=_first_font(face))
    if not sheet and not attributes.get("style"):
        return look
    for said in _said(tag, attributes, sheet):
        look = _with(look, said)
    return look


def _said(tag: str, attributes: Mapping[str, str | None], sheet: Sheet) -> Iterator[Mapping[str, str]]:
    """Weakest first."""
    classes = (attributes.get("class") or "").split()
    for key in (tag, *(f".{name}" for name in classes), *(f"{tag}.{name}" for name in classes)):
        if key in sheet:
            yield sheet[key]
    if style := attributes.get("style"):
        yield _declarations(style)


def _declarations(text: str) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _DECLARATION.findall(text)}


def _with(look: Look, said: Mapping[str, str]) -> Look:
    family = said.get("mso-hansi-font-family") or said.get("font-family")
    if family or "font" in said:
        look = look._replace(font=_first_font(family) if family else look.font)
    if "text-transform" in said:
        look = look._replace(capital=said["text-transform"].startswith("uppercase"))
    if said.get("white-space", "").startswith("pre"):
        look = look._replace(kept=True)
    if "list-style" in said or "list-style-type" in said:
        look = look._replace(unlabelled="none" in said.get("list-style-type", said.get("list-style", "")))
    struck = "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", "")
    if struck or any(said.get(name, "").lower() == value for name, value in _HIDDEN):
        look = look._replace(hidden=True)
    return look


def _first_font(family: str) -> str | None:
    found = _FONT.match(family.strip())
    return found[1].strip() if found else None
