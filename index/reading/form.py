"""The form of Party and State papers: a file -> its directives with their fields, printed text and sections.

Rules of the form: Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (2026), their forerunners 66-QĐ/TW and 36-HD/VPTW, and
Nghị định 30/2020/NĐ-CP for State papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.errors import ClassifiedPaper
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.text import fold
from index.reading.attached import attached_starts, cut_at
from index.reading.circulation import Marks, read_marks
from index.reading.classified import mark_of_name, mark_of_pages
from index.reading.deadlines import find_duties
from index.reading.fields import Fields, read_fields
from index.reading.names import directive_id
from index.reading.paragraphs import Layout, lay_out
from index.reading.readers import read_pages
from index.reading.relations import read_relations
from index.reading.sections import build_sections
from index.reading.sidecar import Attached, Sidecar, corrected, read_sidecar, unused
from index.reading.tools import NO_TOOLS, Tools
from index.types import Directive, DirectiveId, Pages, Printed, Reading, Relation, Span

_REMARK_WITHIN = 25
"""Paragraphs in which an attached paper says with what it was issued."""


def read_directives(path: Path, *, name: str, tools: Tools = NO_TOOLS) -> tuple[Reading, ...]:
    """The directives of one file: one, or a decision and what was issued with it. ``name``: its path relative to the
    corpus, with forward slashes.

    Raises a ReadError where the file cannot be taken in; a classified paper is refused before anything of it is kept.
    """
    if mark := mark_of_name(name):
        raise ClassifiedPaper(path=name, mark=mark)
    sidecar = read_sidecar(path, name=name)
    read = read_pages(path, name=name, tools=tools)
    pages = corrected(read, sidecar.corrections, name=name)
    # A correction lifts what was misread as a stamp, never a stamp that was read as one.
    if mark := mark_of_pages(read, surely=True) or mark_of_pages(pages):
        raise ClassifiedPaper(path=name, mark=mark)
    return read_forms(pages, file=name, sidecar=sidecar)


def read_forms(pages: Pages, *, file: str, sidecar: Sidecar | None = None) -> tuple[Reading, ...]:
    """The directives that these pages hold, the decision first; raises BadSidecar where the sidecar speaks of an
    attached one and there is none.
    """
    said, marks = sidecar or Sidecar(), read_marks(pages, file=file)
    starts = attached_starts(pages)
    parts = cut_at(pages, starts)
    decision = _read_decision(parts[0], file, said, marks)
    if not all(start.belongs_to(decision.directive.number) for start in starts):
        starts = tuple(start for start in starts if start.belongs_to(decision.directive.number))
        parts = cut_at(pages, starts)
        decision = _read_decision(parts[0], file, said, marks)
    if said.attached and not starts:
        raise unused(file, "attached", said.attached.title or said.attached.type or "")
    readings = [decision]
    for part in parts[1:]:
        readings.append(_read_attached(part, decision.directive, said, before=readings))
    return tuple(readings)


def read_form(pages: Pages, *, file: str, sidecar: Sidecar | None = None) -> Reading:
    """All these pages as one directive; what the sidecar says overrides what was read."""
    return _read_decision(pages, file, sidecar or Sidecar(), read_marks(pages, file=file))


def _read_decision(pages: Pages, file: str, sidecar: Sidecar, marks: Marks) -> Reading:
    layout = lay_out(pages)
    fields = read_fields(layout, scanned=_begins_scanned(pages))
    directive = _directive(fields, file, sidecar, marks)
    return _reading(directive, pages, layout, fields, said=sidecar.relations)


def _read_attached(pages: Pages, decision: Directive, sidecar: Sidecar, *, before: list[Reading]) -> Reading:
    """What was issued with the decision, under the decision's number, date and signature."""
    layout = lay_out(pages)
    spelling = f"{before[0].printed.text}\ncủa {decision.issuer or ''}"
    fields = read_fields(layout, scanned=_begins_scanned(pages), beside=spelling)
    said = (sidecar.attached if len(before) == 1 else None) or Attached()
    name = TYPE_NAMES.get(house_type(said.type) or said.type, said.type) if said.type else fields.type_name
    title = said.title or fields.title or f"{name or 'Văn bản'} kèm theo {decision.number or decision.title}"
    directive = decision.model_copy(
        update={
            "id": _attached_id(decision, kind=name or "", title=title, taken={r.directive.id for r in before}),
            "type": house_type(name or "") or fields.type,
            "type_name": name,
            "title": title,
            "attached_to": decision.id,
        }
    )
    fields.spans = {**_remark_spans(layout), **fields.spans}
    # What an administrator says of other papers is said of the decision.
    own_term = tuple(relation for relation in sidecar.relations if relation.reference is None)
    return _reading(directive, pages, layout, fields, said=own_term)


def _reading(
    directive: Directive, pages: Pages, layout: Layout, fields: Fields, *, said: tuple[Relation, ...]
) -> Reading:
    printed = Printed(
        text=layout.text,
        page_starts=layout.page_starts,
        sections=build_sections(layout, header_end=fields.header_end),
        fields=fields.spans,
        scans=pages.scans,
        unread=pages.unread,
    )
    return Reading(
        directive=directive,
        printed=printed,
        relations=(*said, *read_relations(directive, printed)),
        duties=find_duties(printed, directive),
    )


def _begins_scanned(pages: Pages) -> bool:
    """Whether the page on which the words begin was read from a picture."""
    first = next((page for page, lines in enumerate(pages.pages, start=1) if any(lines)), 1)
    return any(scan.page == first for scan in pages.scans)


def _remark_spans(layout: Layout) -> Mapping[str, Span]:
    """An attached paper shows the decision's number, date and issuer in its remark."""
    for span in layout.paragraphs[:_REMARK_WITHIN]:
        if "kem theo" in fold(layout.text[span.start : span.end]):
            return dict.fromkeys(("number", "date", "issuer"), span)
    return {}


def _attached_id(decision: Directive, *, kind: str, title: str, taken: set[DirectiveId]) -> DirectiveId:
    """By its kind, as two papers of one number; further words where that is the same too."""
    fitting = (
        directive_id(
            number=decision.number,
            kind=words,
            issuer=decision.issuer,
            date=decision.date,
            title=title if decision.number else f"{words} {title}",  # without a number the title alone tells them apart
            file=decision.file,
        )
        for words in (kind, f"{kind} kèm theo", *(f"{count} {kind} kèm theo" for count in range(2, len(taken) + 2)))
    )
    return next(each for each in fitting if each not in taken)


def _directive(fields: Fields, file: str, sidecar: Sidecar, marks: Marks) -> Directive:
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
        audience=sidecar.audience or ("committee" if marks.restricted else None),
        sample=fields.sample if sidecar.sample is None else sidecar.sample,
        draft=marks.draft if sidecar.draft is None else sidecar.draft,
        circulation=marks.circulation,
    )


def _type(fields: Fields, sidecar: Sidecar) -> tuple[str | None, str | None]:
    """The type and its name; another type from the sidecar takes the printed name away."""
    said = sidecar.type or (find_numbers(sidecar.number or "") or (fields,))[0].type
    if said in (None, fields.type, house_type(fields.type_name or "")):
        return said or fields.type, fields.type_name
    return said, TYPE_NAMES.get(said or "")
