"""The body of a Word document -> lines: paragraphs, table rows and text boxes in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from index.language.legacy import SOFT_HYPHEN, font_encoding
from index.language.text import printed
from index.reading.readers import notes
from index.reading.readers.docx_fonts import Fonts, read_fonts
from index.reading.readers.docx_notes import Notes, note_elements, read_notes
from index.reading.readers.docx_numbers import W, number_paragraphs
from index.reading.readers.docx_styles import capital_styles, draws, prints_capitals, ruled_styles, said
from index.reading.readers.lettering import Lettering, Run, read_lettering
from index.reading.tables import table_lines

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _R, _TBL, _TR, _TC, _TEXT_BOX = (f"{W}{tag}" for tag in ("p", "r", "tbl", "tr", "tc", "txbxContent"))
_WRAPPERS = frozenset(
    f"{W}{tag}"
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
)
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SOFT_HYPHEN = f"{W}softHyphen"  # the letter ư in a font of TCVN3; elsewhere it vanishes with the invisible signs
_REFERENCES = (f"{W}footnoteReference", f"{W}endnoteReference")

# Heads and feet of Party and State papers stand in tables that only arrange them (05-HD/VPTW; NĐ 30/2020).
_HEAD_OR_FOOT = re.compile(
    r"^(?:ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG (?:HÒA|HOÀ) XÃ HỘI|N[ơƠ][iI]\s+(?:nhận|NHẬN)"
    r"|(?:[TK]\s*/\s*[MTL]|T[ML]\.|KT\.|TUQ\.)\s)",
    re.MULTILINE,
)
_FEW_ROWS = 4
_NOT_SAID = ("vanish", "strike", "dstrike")
"""Words that the paper does not show, and those that its drafters struck out."""


@dataclass(frozen=True)
class _Look:
    """What the body alone does not say: the automatic number of each paragraph, which table styles draw lines, and
    which styles print capitals; None among these stands for a paragraph without a style. ``fonts``, ``lettering``:
    of the whole document; ``notes``: none inside a note.
    """

    labels: Mapping[_Element, str]
    ruled_styles: frozenset[str | None]
    capital_styles: frozenset[str | None]
    fonts: Fonts
    lettering: Lettering
    notes: Notes = field(default_factory=Notes)


def document_lines(document: Document) -> tuple[list[str], list[str]]:
    """The lines of the body, and those of all page headers and footers with watermarks and hidden words; raw.

    What python-docx or lxml raises on a broken part comes through.
    """
    body, styles = document.element.body, _part_element(document, "styles")
    elements, furniture = note_elements(document), [*_furniture(document)]
    fonts = read_fonts(styles, _theme(document))
    runs = (run for part in (body, *elements.values(), *furniture) for run in _all_runs(part, fonts))
    plain = _Look(
        labels={},
        ruled_styles=ruled_styles(styles),
        capital_styles=capital_styles(styles),
        fonts=fonts,
        lettering=read_lettering(runs),
    )
    found = read_notes(document, elements, lambda note: " ".join(_paragraph_texts(note, plain)))
    numbering = _part_element(document, "numbering")
    labels = number_paragraphs(_counted_paragraphs(body), numbering=numbering, styles=styles)
    look = replace(plain, labels=labels, notes=found)
    around = [line for part in furniture for line in _furniture_lines(part, plain)]
    return [*notes.behind_titles(_lines(body, look))], [*around, *_hidden(body, plain)]


def _lines(container: _Element, look: _Look) -> Iterator[str]:
    for text in _paragraph_texts(container, look):
        yield from text.split("\n")


def _furniture_lines(part: _Element, look: _Look) -> Iterator[str]:
    yield from _lines(part, look)
    for path in part.iter("{urn:schemas-microsoft-com:vml}textpath"):
        font = re.search(r"font-family:\s*[\"']?([^;\"']+)", path.get("style", ""))
        yield look.lettering.text_of([Run(path.get("string", ""), font and font[1])])


def _hidden(body: _Element, look: _Look) -> Iterator[str]:
    """The words of each paragraph that are hidden; struck ones are taken back and say nothing."""
    for paragraph in body.iter(_P):
        runs = [run for run in paragraph.iter(_R) if said(run, "vanish")]
        if runs:
            words = [
                Run(_signs(run, look.notes), look.fonts.of(run, paragraph), _is_capital(run, look)) for run in runs
            ]
            yield from look.lettering.text_of(words).split("\n")


def _is_capital(run: _Element, look: _Look) -> bool:
    return prints_capitals(run, otherwise=_style_of(run, "r") in look.capital_styles)


def _furniture(document: Document) -> Iterator[_Element]:
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            yield relation.target_part.element


def _theme(document: Document) -> _Element | None:
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == "theme" and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _all_runs(part: _Element, fonts: Fonts) -> Iterator[Run]:
    """Every run as it stands, for the statistics of the whole document."""
    for paragraph in part.iter(_P):
        for run in paragraph.iter(_R):
            yield Run(_signs(run, Notes()), fonts.of(run, paragraph))
        yield Run("\n", None)


def _part_element(document: Document, kind: str) -> _Element | None:
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == kind and not relation.is_external:
            # A part that is not declared as XML has no tree.
            element: _Element | None = getattr(relation.target_part, "element", None)
            return element
    return None


def _children(element: _Element) -> Iterator[_Element]:
    """Children, with what only wraps them taken away; of alternative contents the first."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            yield from _children(child[0])
        elif child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _counted_paragraphs(body: _Element) -> Iterator[_Element]:
    """Paragraphs that move a list on: not the second copy of a text box, nor what a tracked change took away."""
    for paragraph in body.iter(_P):
        if not _joins_next(paragraph) and not any(
            ancestor.tag == f"{_MC}Fallback" or (ancestor.tag == _TR and _is_deleted(ancestor))
            for ancestor in paragraph.iterancestors()
        ):
            yield paragraph


def _paragraph_texts(container: _Element, look: _Look) -> Iterator[str]:
    """Whole paragraphs, line breaks inside them as newlines; a table row counts as a paragraph."""
    carried = ""
    for child in _children(container):
        if child.tag == _TBL:
            yield from _table_texts(child, look)
        elif child.tag == _P:
            text = carried + _text(child, look)
            carried = text if _joins_next(child) else ""
            if not carried:
                yield look.lettering.label(look.labels.get(child, "")) + text if text.strip() else ""
            for box in _text_boxes(child):
                yield from _paragraph_texts(box, look)
    yield carried


def _joins_next(paragraph: _Element) -> bool:
    """A tracked change took the end of this paragraph away, so its text belongs to the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _text(paragraph: _Element, look: _Look) -> str:
    runs: list[Run] = []
    in_capitals = _style_of(paragraph, "p") in look.capital_styles
    for child in _children(paragraph):
        if child.tag == _R:
            styled = _style_of(child, "r")
            capital = in_capitals or (styled is not None and styled in look.capital_styles)
            if not any(said(child, hidden) for hidden in _NOT_SAID):
                is_capital = prints_capitals(child, otherwise=capital)
                runs.append(Run(_signs(child, look.notes), look.fonts.of(child, paragraph), is_capital))
        elif child.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            runs.extend(Run(sign.text or "", None) for sign in child.iter(f"{_MATH}t"))
    return notes.set_in(look.lettering.text_of(runs), look.notes.found)


def _style_of(element: _Element, letter: str) -> str | None:
    """The style of a paragraph (letter p) or a run (r)."""
    style = element.find(f"{W}{letter}Pr/{W}{letter}Style")
    return None if style is None else style.get(f"{W}val")


def _signs(run: _Element, found: Notes) -> str:
    """The signs of a run as they stand in the file; for a note its mark."""
    return "".join(_sign(child, found) for child in _children(run))


def _sign(child: _Element, found: Notes) -> str:
    if child.tag == f"{W}t":
        return notes.without_marks(child.text or "")
    if child.tag == _SOFT_HYPHEN:
        return SOFT_HYPHEN
    if child.tag in _REFERENCES:
        position = found.position_of(child)
        return "" if position is None else notes.mark(position)
    if child.tag == f"{W}sym" and font_encoding(child.get(f"{W}font")):
        return chr(int(child.get(f"{W}char", "0"), 16) & 0xFF)  # inserted as a symbol: F0xx stands for xx
    return _SIGNS.get(child.tag, "")


def _text_boxes(paragraph: _Element) -> Iterator[_Element]:
    for run in _children(paragraph):
        if run.tag == _R:
            for child in _children(run):
                yield from child.iter(_TEXT_BOX)


def _table_texts(table: _Element, look: _Look) -> Iterator[str]:
    rows = [_cells(row) for row in _children(table) if row.tag == _TR and not _is_deleted(row)]
    if _is_layout(table, rows, look):
        yield from _layout_texts(rows, look)
        return
    trs = [row for row in _children(table) if row.tag == _TR and not _is_deleted(row)]
    yield from table_lines(_grid(trs, look), header_rows=sum(map(_is_header, trs)) or None)


def _is_header(row: _Element) -> bool:
    """Word repeats such rows on each page."""
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _grid(rows: Sequence[_Element], look: _Look) -> list[list[str | None]]:
    """The texts of the cells by grid column, a vertical merge in each of its rows."""
    grid: list[list[str | None]] = []
    for row in rows:
        above = grid[-1] if grid else []
        before = row.find(f"{W}trPr/{W}gridBefore")
        texts: list[str | None] = [""] * (0 if before is None else int(before.get(f"{W}val")))
        for cell in _children(row):
            if cell.tag != _TC:
                continue
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = 1 if span is None else int(span.get(f"{W}val"))
            if _continues_merge(cell, "hMerge"):
                texts += [None] * width
                continue
            goes_on = _continues_merge(cell, "vMerge") and len(texts) < len(above)
            text = above[len(texts)] if goes_on else _cell_text(cell, look)
            texts += [text, *[None] * (width - 1)]
        grid.append(texts)
    return grid


def _cells(row: _Element) -> list[tuple[int, _Element]]:
    """Cells with their grid column; the lower cells of a vertical merge are left out."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = 0 if before is None else int(before.get(f"{W}val"))
    cells = []
    for cell in _children(row):
        if cell.tag == _TC:
            if not _continues_merge(cell):
                cells.append((column, cell))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            column += 1 if span is None else int(span.get(f"{W}val"))
    return cells


def _continues_merge(cell: _Element, *kinds: str) -> bool:
    marks = [cell.find(f"{W}tcPr/{W}{kind}") for kind in kinds or ("vMerge", "hMerge")]
    return any(mark is not None and mark.get(f"{W}val") != "restart" for mark in marks)


def _is_deleted(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _layout_texts(rows: list[list[tuple[int, _Element]]], look: _Look) -> Iterator[str]:
    """Column by column; a row of one cell closes the columns above it."""
    for _, group in groupby(rows, key=lambda row: len(row) == 1):
        for _, cell in sorted((cell for row in group for cell in row), key=lambda placed: placed[0]):
            yield from _paragraph_texts(cell, look)


def _cell_text(cell: _Element, look: _Look) -> str:
    joined = ""
    for text in filter(None, map(printed, _paragraph_texts(cell, look))):
        goes_on = not joined or joined.endswith((".", ",", ";", ":", "!", "?")) or text[0].islower()
        joined += ("" if not joined else " " if goes_on else "; ") + text
    return joined


def _is_layout(table: _Element, rows: list[list[tuple[int, _Element]]], look: _Look) -> bool:
    if not _is_ruled(table, look) and len(rows) <= 2:
        return True
    if _is_ruled(table, look) and len(rows) > _FEW_ROWS:
        return False
    texts = (text for row in rows for _, cell in row for text in _own_texts(cell, look))
    return any(_HEAD_OR_FOOT.search("\n".join(map(printed, text.split("\n")))) for text in texts)


def _own_texts(cell: _Element, look: _Look) -> Iterator[str]:
    return (_text(child, look) for child in _children(cell) if child.tag == _P)


def _is_ruled(table: _Element, look: _Look) -> bool:
    """Whether any line of the table is drawn, by the table, one of its cells or its style."""
    own = table.find(f"{W}tblPr/{W}tblBorders")
    if own is not None and draws(own):
        return True
    if any(draws(borders) for borders in table.iter(f"{W}tcBorders")):
        return True
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return own is None and style is not None and style.get(f"{W}val") in look.ruled_styles
