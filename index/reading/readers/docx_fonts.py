"""The font of each run of a Word document: its own, its style's, the document's (ECMA-376 part 1, 17.3.2.26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.reading.readers.docx_numbers import W
from index.reading.readers.docx_styles import chain_of, default_paragraph_style

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPEFACE = "{http://schemas.openxmlformats.org/drawingml/2006/main}latin"


@dataclass(frozen=True)
class Fonts:
    """``styles``: the font that a style gives, by itself or by those it is based on. ``default``: where none says one.

    The signs beyond ASCII decide (``w:hAnsi``): they are what a legacy font draws otherwise.
    """

    styles: Mapping[str | None, str]
    default: str | None
    plain_style: str | None
    theme: Mapping[str, str]

    def of(self, run: _Element, paragraph: _Element) -> str | None:
        if own := _said_font(run.find(f"{W}rPr"), self.theme):
            return own
        for element, letter in ((run, "r"), (paragraph, "p")):
            style = element.find(f"{W}{letter}Pr/{W}{letter}Style")
            if style is not None and (given := self.styles.get(style.get(f"{W}val"))):
                return given
        return self.styles.get(self.plain_style) or self.default


def read_fonts(styles: _Element | None, theme: _Element | None) -> Fonts:
    faces = _theme_faces(theme)
    found = {} if styles is None else {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    given: dict[str | None, str] = {}
    for name, style in found.items():
        fonts = (_said_font(each.find(f"{W}rPr"), faces) for each in chain_of(style, found))
        if font := next(filter(None, fonts), None):
            given[name] = font
    default = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return Fonts(given, _said_font(default, faces), default_paragraph_style(styles), faces)


def _said_font(properties: _Element | None, theme: Mapping[str, str]) -> str | None:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None:
        return None
    for kind in ("hAnsi", "ascii"):
        by_theme = theme.get(fonts.get(f"{W}{kind}Theme", "")[:5])
        if font := by_theme or fonts.get(f"{W}{kind}"):
            return str(font)
    return None


def _theme_faces(theme: _Element | None) -> Mapping[str, str]:
    """``minor`` and ``major`` -> the typeface of Latin letters."""
    if theme is None:
        return {}
    return {
        parent.tag.rsplit("}", 1)[-1][:5]: face.get("typeface", "")
        for parent in theme.iter()
        if isinstance(parent.tag, str) and parent.tag.endswith(("}minorFont", "}majorFont"))
        if (face := parent.find(_TYPEFACE)) is not None
    }
