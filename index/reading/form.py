"""The form of Party and State papers: a file -> a directive with its fields, its printed text and its sections.

Rules of the form: Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (2026), their forerunners 66-QĐ/TW and 36-HD/VPTW, and
Nghị định 30/2020/NĐ-CP for State papers.
"""

from __future__ import annotations

from pathlib import Path

from index.errors import ClassifiedPaper
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.reading.classified import mark_of_name, mark_of_pages
from index.reading.fields import Fields, read_fields
from index.reading.names import directive_id
from index.reading.paragraphs import lay_out
from index.reading.readers import read_pages
from index.reading.sections import build_sections
from index.reading.sidecar import Sidecar, read_sidecar
from index.reading.tools import NO_TOOLS, Tools
from index.types import Directive, Pages, Printed, Reading


def read_directives(path: Path, *, name: str, tools: Tools = NO_TOOLS) -> tuple[Reading, ...]:
    """The directives of one file: one, or a decision and what was issued with it. ``name``: its path relative to the
    corpus, with forward slashes.

    Raises a ReadError where the file cannot be taken in; a classified paper is refused before anything of it is kept.
    """
    if mark := mark_of_name(name):
        raise ClassifiedPaper(path=name, mark=mark)
    sidecar = read_sidecar(path, name=name)
    pages = read_pages(path, name=name, tools=tools)
    if mark := mark_of_pages(pages):
        raise ClassifiedPaper(path=name, mark=mark)
    return (read_form(pages, file=name, sidecar=sidecar),)


def read_form(pages: Pages, *, file: str, sidecar: Sidecar | None = None) -> Reading:
    """The directive that these pages hold; what the sidecar says overrides what was read."""
    sidecar = sidecar or Sidecar()
    layout = lay_out(pages)
    fields = read_fields(layout)
    return Reading(
        directive=_directive(fields, file, sidecar),
        printed=Printed(
            text=layout.text,
            page_starts=layout.page_starts,
            sections=build_sections(layout, header_end=fields.header_end),
            fields=fields.spans,
            scans=pages.scans,
            unread=pages.unread,
        ),
    )


def _directive(fields: Fields, file: str, sidecar: Sidecar) -> Directive:
    number = sidecar.number or fields.number
    issuer = sidecar.issuer or fields.issuer
    date = sidecar.date or fields.date
    kind, type_name = _type(fields, sidecar)
    title = sidecar.title or fields.title or (f"{type_name or 'Văn bản'} số {number}" if number else Path(file).stem)
    return Directive(
        id=directive_id(number=number, kind=type_name or "", issuer=issuer, date=date, title=title, file=file),
        file=file,
        number=number,
        type=kind,
        type_name=type_name,
        issuer=issuer,
        place=fields.place,
        date=date,
        title=title,
        signer=fields.signer,
        audience=sidecar.audience,
        sample=fields.sample if sidecar.sample is None else sidecar.sample,
    )


def _type(fields: Fields, sidecar: Sidecar) -> tuple[str | None, str | None]:
    """The type and its name; another type from the sidecar takes the printed name away."""
    said = sidecar.type or (find_numbers(sidecar.number or "") or (fields,))[0].type
    if said in (None, fields.type, house_type(fields.type_name or "")):
        return said or fields.type, fields.type_name
    return said, TYPE_NAMES.get(said or "")
