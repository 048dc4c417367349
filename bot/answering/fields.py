"""Questions about a directive itself, answered from its fields: who signed or issued it, when, its title, contents.

Each answer is a sentence and the header or signature line that says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot import texts
from bot.answering import citation, phrases
from bot.messages import Frozen
from index import Directive, DirectiveId, Printed, Quote, RelationKind, Section, SectionKind, Span, fold


class Field(StrEnum):
    DATE = "date"
    SIGNER = "signer"
    ISSUER = "issuer"
    NUMBER = "number"
    CONTENTS = "contents"
    TITLE = "title"
    PAGES = "pages"
    KIND = "kind"
    VALIDITY = "validity"
    """Worded in `bot.answering.validity`."""
    RELATIONS = "relations"
    """Worded in `bot.answering.outgoing`."""
    IMPLEMENTED = "implemented"
    """Worded in `bot.answering.implemented`."""


Marking = Callable[[Span], str]
"""What stands behind the heading of a part, as that it was amended; empty where it holds."""


class Asked(Frozen):
    """``subject``: what else the turn says, as folded syllables; with a number or a focus it must be empty. ``kinds``:
    of relations.
    """

    fields: tuple[Field, ...]
    subject: tuple[str, ...]
    unit: SectionKind | None = None
    kinds: tuple[RelationKind, ...] = ()


class FieldAnswer(Frozen):
    """``known`` False: the paper does not say it; ``quote`` is then None. ``named``: the directives that the sentence
    names. ``carries``: it says words of the paper, and so never stands without the warning that they hold no longer.
    """

    sentence: str
    quote: Quote | None
    known: bool = True
    named: tuple[DirectiveId, ...] = ()
    carries: bool = False


_WHEN = (
    r"(?:(?:vao |tu )?(?:(?:ngay thang nam|ngay thang|ngay|thang|nam|khi|luc|hom|thoi gian|thoi diem)"
    r" (?:nao|may|bao nhieu|gi)|bao gio|khi mo))"
)
_BODY = r"(?:ai|co quan nao|don vi nao|cap nao|to chuc nao|cap uy nao|noi nao|dau|co quan gi|ben nao)"
_PATTERNS: Final[Mapping[Field, re.Pattern[str]]] = {
    Field.DATE: re.compile(
        rf"\b(?:duoc )?(?:ban hanh|phat hanh|ky|ra doi|ra|co)(?: ban hanh)?(?: {_WHEN})"
        rf"|\b(?:thoi diem|thoi gian) (?:ban hanh|ky)\b(?: la)?(?: {_WHEN})?|^(?:la )?ngay (?:bao nhieu|may|nao)\b"
        rf"|\b{_WHEN} (?:thi )?(?:duoc )?(?:ban hanh|ky|ra doi)\b"
        r"|\bngay (?:thang )?(?:nam )?(?:ban hanh|ky|ra)\b(?: la)?(?: ngay nao| bao nhieu| khi nao)?"
    ),
    Field.SIGNER: re.compile(
        r"\b(?:do~? )?(?:ai|nguoi nao|dong chi nao|vi nao)(?: la)?(?: nguoi)?(?: da~?)? (?:ky|ki)\b(?: ten| ban hanh)?"
        r"|\bnguoi k[yi]\b(?: ten)?(?: la ai)?|\b(?:duoc )?k[yi] boi ai\b"
        r"|\bchu k[yi](?: tren| o| trong)? (?:cua ai|la ai)\b"
    ),
    Field.ISSUER: re.compile(
        rf"\b(?:do~? |cua )?{_BODY}(?: la noi)?(?: da~?)? (?:ban hanh|phat hanh|ra|soan)\b"
        rf"|\b(?:co quan|noi|don vi) ban hanh\b(?: la)?(?: {_BODY})?|\bban hanh boi {_BODY}\b|\bcua {_BODY}\b"
    ),
    Field.NUMBER: re.compile(
        r"\b(?:so hieu|so ky hieu|ky hieu|so van ban|so may|so bao nhieu)\b(?: la)?(?: gi| bao nhieu| may)?"
    ),
    Field.PAGES: re.compile(
        r"\b(?:(?:co|gom|dai)(?: tat ca)? )?(?:may|bao nhieu) (?:to |so )?trang\b|\b(?:tong )?so trang\b"
    ),
    Field.KIND: re.compile(
        rf"\b(?:la|thuoc) (?:loai )?(?:{phrases.TYPES}) (?:gi|nao)\b|\b(?:la )?loai (?:van ban )?(?:gi|nao)\b"
        r"|^la (?:cai )?gi$"
    ),
    Field.CONTENTS: re.compile(
        r"\b(?:co|gom|bao gom|chia thanh|chia lam)(?: co)?(?: tat ca)? (?:may|bao nhieu|nhung|cac)(?: \w+)? ?"
        r"(?:phan|chuong|muc|dieu|noi dung|gi)\b|\bmuc luc\b|\bbo cuc\b|\btom tat\b"
        r"|\b(?:noi dung|de cap|quy dinh|noi|viet|neu)(?: chinh| chu yeu)?(?: cua)?(?: no)?"
        r"(?: la| gom| bao gom| co| ve)*(?: nhung| cac)?(?: gi| the nao)\b"
        r"|\b(?:bao )?gom(?: co)?(?: nhung)? gi\b|\bnoi dung chinh\b"
    ),
    Field.TITLE: re.compile(
        r"\b(?:tieu de|trich yeu|ten(?: goi| day du| van ban)?)\b(?: la)?(?: gi)?"
        r"|\b(?:noi )?ve (?:viec|van de|noi dung|cai|dieu)? ?gi\b"
    ),
}
_ABOUT = re.compile(r"\b(?:noi|viet|quy dinh|de cap)(?: den)? ve (?:viec|van de|noi dung|cai|dieu)? ?gi\b")
_UNITS_ASKED: Final = (
    ("phan", SectionKind.PART),
    ("chuong", SectionKind.CHAPTER),
    ("dieu", SectionKind.ARTICLE),
    ("muc", SectionKind.DIVISION),
)
_COUNTED = re.compile(r"\b(?:may|bao nhieu) (phan|chuong|dieu|muc)\b")
_NOT_THE_PAPER = re.compile(r"\b(?:hieu luc|thay the|bai bo)\b")
_OUTER = frozenset(SectionKind(name) for name in texts.UNITS)
_OWN_WORDS: Final = frozenset({Field.CONTENTS, Field.TITLE, Field.KIND})
_LISTED: Final = 12
_QUOTE_LIMIT: Final = 400
_HEADING_LIMIT: Final = 100


def asked_fields(form: str) -> Asked | None:
    """The fields that a turn (as a form, its document numbers cut out) asks for; None when it asks for the text."""
    form = phrases.without_opening(form)
    if phrases.names_item(form) or _NOT_THE_PAPER.search(form):
        return None
    rest, found = form, []
    if _ABOUT.search(form):
        rest, found = _ABOUT.sub(" ", form), [Field.TITLE]
    for field, pattern in _PATTERNS.items():
        if pattern.search(rest):
            found.append(field)
            rest = pattern.sub(" ", rest)
    if not found:
        return None
    counted = _COUNTED.search(form)
    return Asked(
        fields=tuple(found), subject=phrases.content_of(rest), unit=dict(_UNITS_ASKED)[counted[1]] if counted else None
    )


def named_by_title(form: str, subject: Sequence[str], directives: Iterable[Directive]) -> tuple[Directive, ...]:
    """The directives of the type that the turn names, whose title and issuer hold its whole subject.

    A subject of one or two syllables names none: too many titles hold it.
    """
    if len(subject) < 3:
        return ()
    return tuple(directive for directive in directives if _fits(form, subject, directive))


def _fits(form: str, subject: Sequence[str], directive: Directive) -> bool:
    type_name = fold(directive.type_name or "")
    typed = bool(type_name) and re.search(rf"\b{re.escape(type_name)}\b", form)
    if not typed and not re.search(r"\b(?:van ban|vb)\b", form):
        return False
    words = {
        syllable.rstrip("~") for syllable in phrases.form_of(f"{directive.title} {directive.issuer or ''}").split()
    }
    return words.issuperset(syllable.rstrip("~") for syllable in subject)


def answer_field(
    field: Field,
    directive: Directive,
    printed: Printed,
    *,
    unit: SectionKind | None = None,
    decision: tuple[Directive, Printed] | None = None,
    marking: Marking = lambda _: "",
) -> FieldAnswer:
    """The sentence for one field, with its line of the paper. ``decision``: what the paper was issued with, whose
    header and signature are its own too.
    """
    answer = _answer(field, directive, printed, unit=unit, decision=decision, marking=marking)
    return answer.model_copy(update={"named": (directive.id,), "carries": field in _OWN_WORDS and answer.known})


def _answer(
    field: Field,
    directive: Directive,
    printed: Printed,
    *,
    unit: SectionKind | None,
    decision: tuple[Directive, Printed] | None,
    marking: Marking,
) -> FieldAnswer:
    name = citation.name_of(directive)
    sentence = (
        contents_text(name, printed, unit=unit, marking=marking)
        if field is Field.CONTENTS
        else _sentence(field, name, directive)
    )
    if field is Field.PAGES:
        return FieldAnswer(sentence=_pages_text(name, printed), quote=None, known=bool(printed.page_starts))
    if sentence is None:
        return FieldAnswer(
            sentence=texts.FIELD_UNKNOWN.format(field=texts.FIELD_NAMES[field], directive=name), quote=None, known=False
        )
    line = "title" if field in (Field.CONTENTS, Field.KIND) else field.value
    if line in printed.fields:
        return FieldAnswer(sentence=sentence, quote=quote_line(directive, printed, printed.fields[line]))
    if decision and line in decision[1].fields and line != "title":
        return FieldAnswer(sentence=sentence, quote=quote_line(*decision, decision[1].fields[line]))
    fallback = next(
        (printed.fields[each] for each in ("number", "title", "date", "issuer") if each in printed.fields), None
    )
    if field is not Field.CONTENTS and not directive.attached_to:
        sentence = f"{sentence} {texts.FIELD_FROM_SIDECAR}"
    return FieldAnswer(sentence=sentence, quote=quote_line(directive, printed, fallback) if fallback else None)


def _sentence(field: Field, name: str, directive: Directive) -> str | None:
    value: str | None
    match field:
        case Field.SIGNER:
            template, value = texts.SIGNED_BY, directive.signer
        case Field.ISSUER:
            template, value = texts.ISSUED_BY, directive.issuer
        case Field.DATE:
            template, value = texts.ISSUED_ON, citation.spoken_date(directive.date) if directive.date else None
        case Field.NUMBER:
            template, value = texts.NUMBERED, directive.number
        case Field.KIND:
            template, value = texts.OF_KIND, _kind(directive)
        case _:
            template, value = texts.TITLED, directive.title
    return template.format(directive=name, value=value) if value else None


def _kind(directive: Directive) -> str | None:
    if not directive.type_name:
        return None
    issuer = f" {texts.OF_ISSUER.format(issuer=directive.issuer)}" if directive.issuer else ""
    return f"{directive.type_name.lower()}{issuer}: {directive.title}"


def _pages_text(name: str, printed: Printed) -> str:
    pages = len(printed.page_starts)
    return texts.PAGES.format(directive=name, count=pages) if pages else texts.NO_PAGES.format(directive=name)


def quote_line(directive: Directive, printed: Printed, span: Span) -> Quote:
    """A header or signature line as a quote, cut between words where it is too long."""
    start, end = span.start, min(span.end, span.start + _QUOTE_LIMIT)
    if end < span.end:
        end = start + (printed.text[start:end].rfind(" ") if " " in printed.text[start:end].strip() else _QUOTE_LIMIT)
    text = printed.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Quote(
        directive=directive,
        text=text,
        span=Span(start=start, end=start + len(text)),
        path=printed.path_at(start),
        page=printed.page_at(start),
        score=1.0,
        cut=end < span.end,
        scan=printed.scan_at(start),
    )


def contents_text(
    name: str, printed: Printed, *, unit: SectionKind | None = None, marking: Marking = lambda _: ""
) -> str | None:
    """How many units the directive has, and its outermost headings one on each line, each with its mark; None where it
    has no units.
    """
    top = [section for section in printed.sections if section.parent is None and section.kind in _OUTER]
    if not top:
        return None
    if unit is SectionKind.DIVISION and not any(section.kind is unit for section in printed.sections):
        unit = None  # members call any numbered item a "mục"
    if unit and unit not in {section.kind for section in top}:
        count = sum(section.kind is unit for section in printed.sections)
        if count:
            return texts.CONTAINS_COUNT.format(directive=name, count=f"{count} {texts.UNITS[unit]}")
    missing = unit and all(section.kind is not unit for section in printed.sections)
    opening = f"{texts.CONTAINS_NONE.format(directive=name, unit=texts.UNITS[unit])} " if unit and missing else ""
    lines = [
        f"{_heading_line(section, printed)} {marking(Span(start=section.start, end=section.end))}".rstrip()
        for section in top[:_LISTED]
    ]
    if len(top) > _LISTED:
        lines.append(texts.CONTAINS_MORE.format(count=len(top) - _LISTED))
    return "\n".join([opening + texts.CONTAINS.format(directive=name, count=_counts(top)), *lines])


def _counts(sections: Iterable[Section]) -> str:
    counted = Counter(texts.UNITS[section.kind] for section in sections)
    return ", ".join(f"{count} {unit}" for unit, count in counted.items())


def _heading_line(section: Section, printed: Printed) -> str:
    if section.heading:
        return citation.shorten(f"• {section.label}. {section.heading}", _HEADING_LIMIT)
    return citation.shorten(f"• {printed.text[section.start : section.end]}", _HEADING_LIMIT)
