"""Footnotes and endnotes of a Word document, which stand in parts of their own (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.language.text import printed
from index.reading.readers.docx_numbers import W, format_number
from index.reading.readers.notes import MOST, Note

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_KINDS = {"footnotes": "footnote", "endnotes": "endnote"}
_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_COUNTED = frozenset((_FALLBACK, f"{W}del", f"{W}moveFrom"))


@dataclass(frozen=True)
class Notes:
    """``positions``: of a reference in the body (``footnoteReference`` and its id) -> place among ``found``."""

    found: tuple[Note, ...] = ()
    positions: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def position_of(self, reference: _Element) -> int | None:
        return self.positions.get((reference.tag, reference.get(f"{W}id", "")))


def note_elements(document: Document) -> dict[tuple[str, str], _Element]:
    """The tag of a reference and its id -> the note; what lxml raises on a broken part comes through."""
    from docx.oxml import parse_xml

    found = {}
    for relation in document.part.rels.values():
        kind = _KINDS.get(relation.reltype.rsplit("/", 1)[-1])
        if kind and not relation.is_external:
            for element in parse_xml(relation.target_part.blob).iter(f"{W}{kind}"):
                if element.get(f"{W}type", "normal") == "normal":
                    found[f"{W}{kind}Reference", element.get(f"{W}id", "")] = element
    return found


def read_notes(
    document: Document, elements: Mapping[tuple[str, str], _Element], text_of: Callable[[_Element], str]
) -> Notes:
    """The notes in the order of their marks, which are counted through the document."""
    if not elements:
        return Notes()
    forms = {kind: _form(document, kind) for kind in _FORMATS}
    counts = dict.fromkeys(_FORMATS, 0)
    notes: list[Note] = []
    positions: dict[tuple[str, str], int] = {}
    for reference in _references(document.element.body):
        key = (reference.tag, reference.get(f"{W}id", ""))
        if key not in elements or key in positions or len(notes) >= MOST:
            continue
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        own = reference.get(f"{W}customMarkFollows", "0") not in ("0", "false", "off")
        counts[kind] += not own
        form = "" if own else forms[kind]
        positions[key] = len(notes)
        notes.append(Note(format_number(counts[kind], form) if form else "", printed(text_of(elements[key]))))
    return Notes(tuple(notes), positions)


def _references(body: _Element) -> Iterator[_Element]:
    for reference in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        if not any(ancestor.tag in _NOT_COUNTED for ancestor in reference.iterancestors()):
            yield reference


def _form(document: Document, kind: str) -> str:
    """The number format of these marks; empty where the count begins anew on each page or section, so that only the
    printed paper knows it.
    """
    said = [document.settings.element.find(f"{W}{kind}Pr"), *document.element.body.iter(f"{W}{kind}Pr")]
    form = _FORMATS[kind]
    for properties in said:
        if properties is not None:
            restart, format_ = properties.find(f"{W}numRestart"), properties.find(f"{W}numFmt")
            if restart is not None and restart.get(f"{W}val") not in (None, "continuous"):
                return ""
            form = form if format_ is None else format_.get(f"{W}val", form)
    return form
