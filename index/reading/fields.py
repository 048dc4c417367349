"""The fields of a paper's header and signature: number, type, issuer, place and date, title, signer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date

from index.language.dates import find_dates
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.text import fold
from index.reading.names import body_name, title_case
from index.reading.paragraphs import Layout
from index.types import DocumentNumber, Span

_HEAD_PARAGRAPHS = 40
_TITLE_LINES = 6
_RULE = re.compile(r"[-_*=.\s]*$")
_NATION = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*-\s*Tự do\s*-\s*Hạnh phúc")
_GROUNDS = re.compile(r"[-–]?\s*(?:Căn cứ|Xét|Theo đề nghị|Kính gửi)\b")
_SAMPLE = re.compile(r"\W*VĂN BẢN MẪU\W*$")
_PLACE = re.compile(r"(?P<place>(?:[A-ZĐÀ-Ỹ][\w.]*|\d+)(?:\s+(?:[A-ZĐÀ-Ỹ][\w.]*|\d+)){0,4})\s*,\s*(?=ngày\b)")
_BODY = re.compile(
    r"BAN|BỘ|ĐẢNG|CHI|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ ỦY|THỊ UỶ|ỦY BAN|UỶ BAN|VĂN PHÒNG|HỘI|QUÂN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC|SỞ|ĐẠI HỘI|LIÊN|ĐOÀN|CÔNG|TRUNG TÂM"
)
_ON_BEHALF = re.compile(r"(?:T/M|TM\.?)\s+(.+)")
_SIGNS = re.compile(r"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|Q\.)\s")
_PERSON = re.compile(r"[A-ZĐÀ-Ỹ][a-zđà-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][a-zđà-ỹ]*){1,5}")
_ABSTRACT = re.compile(r"V/v:?\s+|Về việc\s+", re.IGNORECASE)


@dataclass
class Fields:
    """What the form says; ``spans`` tells where. ``header_end``: offset at which the body begins."""

    number: str | None = None
    type: str | None = None
    type_name: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: Date | None = None
    title: str = ""
    signer: str | None = None
    sample: bool = False
    header_end: int = 0
    spans: dict[str, Span] = field(default_factory=dict)


def read_fields(layout: Layout) -> Fields:
    """Read header and signature. A field that the paper does not show stays empty."""
    fields = Fields()
    head = _head(layout)
    lines = [layout.text[span.start : span.end] for span in head]
    fields.sample = any(_SAMPLE.match(line) for line in lines)
    title = _type_line(lines)
    _read_number(fields, head, lines, title)
    _read_date(fields, head, lines)
    _read_title(fields, layout, head, lines, title)
    _read_issuer(fields, head, lines, title)
    _read_signature(fields, layout)
    return fields


def _head(layout: Layout) -> list[Span]:
    """The first paragraphs, up to the first numbered unit (dashes may be grounds) or the signature."""
    first = min((unit.start for unit in layout.units if unit.marker.ordinal), default=len(layout.text))
    end = min(first, layout.signature.start if layout.signature else first)
    return [span for span in layout.paragraphs[:_HEAD_PARAGRAPHS] if span.start < end]


def _type_line(lines: list[str]) -> int | None:
    """The line that names the type: alone on it, or in capitals before the title."""
    for position, line in enumerate(lines):
        if house_type(line.strip(" *#:")):
            return position
    for position, line in enumerate(lines):
        if _leading_type(line):
            return position
    return None


def _leading_type(line: str) -> str | None:
    """The type name in capitals that a longer title line begins with."""
    words = line.split()
    for length in (2, 1, 3):
        name = " ".join(words[:length])
        if name.isupper() and house_type(name) and len(words) > length:
            return name
    return None


def _read_number(fields: Fields, head: list[Span], lines: list[str], title: int | None) -> None:
    for position, line in enumerate(lines[: title if title is not None else len(lines)] or lines):
        found = [number for number in find_numbers(line) if number.symbol]
        labelled = re.match(r"(?:Số|SỐ)\b", line)
        if not found or (len(line) > 120 and not labelled):
            continue
        if labelled or len(line) <= 40 or "ngày" in line:
            fields.number, fields.type = _as_printed(found[0]), found[0].type
            fields.spans["number"] = head[position]
            return


def _as_printed(number: DocumentNumber) -> str:
    """The symbol with its number as printed: leading zeros stay (``06-HD/TW``)."""
    assert number.symbol is not None  # noqa: S101 - filtered by the caller
    return re.sub(r"^[\d.]+[a-z]?", number.number.split("/")[0], number.symbol)


def _read_date(fields: Fields, head: list[Span], lines: list[str]) -> None:
    for position, line in enumerate(lines):
        # The number may stand on the same line ("Số 294-QĐ/TW Hà Nội, ngày …").
        for number in find_numbers(line):
            line = line[: number.span.start] + "," + " " * (number.span.end - number.span.start - 1) + line[number.span.end :]
        place = _PLACE.search(line)
        if place and (dates := find_dates(line[place.end() :])):
            fields.place, fields.date = place["place"], dates[0].day
            fields.spans["date"] = head[position]
            return


def _read_title(fields: Fields, layout: Layout, head: list[Span], lines: list[str], type_line: int | None) -> None:
    if type_line is None:
        _read_free_title(fields, head, lines)
        return
    leading = _leading_type(lines[type_line])
    name = leading or lines[type_line].strip(" *#:")
    fields.type_name = TYPE_NAMES.get(house_type(name) or "", name.capitalize()) if fold(name) != "quy dinh" else "Quy định"
    fields.type = fields.type or house_type(name)
    first, last = (type_line, type_line) if leading else (type_line + 1, type_line)
    pieces = [lines[type_line][len(leading) :].strip(" :")] if leading else []
    for position in range(type_line + 1, min(len(lines), type_line + 1 + _TITLE_LINES)):
        if _SAMPLE.match(lines[position]):
            first = first if pieces else position + 1
            continue
        if not _continues_title(lines[position], pieces):
            break
        pieces.append(lines[position])
        last = position
    fields.title = title_case(" ".join(pieces), layout.text)
    if last >= first:
        fields.spans["title"] = Span(start=head[type_line].start, end=head[last].end)
    fields.header_end = _grounds_end(layout, head, lines, max(last, type_line))


def _continues_title(line: str, pieces: list[str]) -> bool:
    if _RULE.match(line) or _GROUNDS.match(line) or line.startswith("("):
        return False
    if pieces and pieces[0].isupper():
        return line.isupper()
    return not pieces or line[0].islower()


def _grounds_end(layout: Layout, head: list[Span], lines: list[str], last: int) -> int:
    """Behind the rule, the grounds ("Căn cứ …") and the repeated name of the body."""
    while last + 1 < len(lines):
        line = lines[last + 1]
        if not (_RULE.match(line) or _GROUNDS.match(line) or line.isupper() or _SAMPLE.match(line) or line.startswith("(")):
            break
        last += 1
    return min(head[last].end + 1, len(layout.text))


def _read_free_title(fields: Fields, head: list[Span], lines: list[str]) -> None:
    """Without a type line: the abstract of a letter ("V/v …"), else the first line of words."""
    for position, line in enumerate(lines):
        if _ABSTRACT.match(line):
            fields.title, fields.spans["title"] = line, head[position]
            break
    else:
        for position, line in enumerate(lines):
            if not (_RULE.match(line) or _NATION.search(line) or _SAMPLE.match(line) or head[position] in fields.spans.values()):
                fields.title, fields.spans["title"] = _first_words(line), head[position]
                break
    fields.type_name = TYPE_NAMES.get(fields.type) if fields.type else None
    if fields.number and "title" in fields.spans:
        fields.header_end = fields.spans["title"].end + 1


def _first_words(line: str) -> str:
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= 160 else sentence[:160].rsplit(" ", 1)[0] + " …"


def _read_issuer(fields: Fields, head: list[Span], lines: list[str], title: int | None) -> None:
    bodies: list[tuple[str, Span]] = []
    stop = title if title is not None else len(lines)
    for span, line in zip(head[:stop], lines[:stop], strict=True):
        words = _NATION.sub("", line).strip(" *-")
        if not words.isupper() or _SAMPLE.match(words) or span == fields.spans.get("number") or span == fields.spans.get("title"):
            continue
        if _BODY.match(words) or not bodies:
            bodies.append((words, span))
        else:  # the name goes on in the next line of the letterhead
            bodies[-1] = (f"{bodies[-1][0]} {words}", Span(start=bodies[-1][1].start, end=span.end))
    if bodies and _BODY.match(bodies[-1][0]):
        fields.issuer, fields.spans["issuer"] = body_name(bodies[-1][0]), bodies[-1][1]


def _read_signature(fields: Fields, layout: Layout) -> None:
    if not layout.signature:
        return
    spans = [span for span in layout.paragraphs if layout.signature.start <= span.start < layout.signature.end]
    lines = [layout.text[span.start : span.end] for span in spans]
    signs = next((position for position, line in enumerate(lines) if _SIGNS.match(line)), None)
    if signs is None:
        return
    if body := _ON_BEHALF.match(lines[signs]):
        fields.issuer = _signing_body(body[1], fields.issuer)
        fields.spans.setdefault("issuer", spans[signs])
    people = [position for position in range(signs + 1, len(lines)) if _PERSON.fullmatch(lines[position])]
    if people:
        person = people[-1]
        fields.signer = lines[person]
        # The block is quoted whole unless the recipients stand inside it.
        listed = any(line.startswith("-") for line in lines[signs:person])
        fields.spans["signer"] = spans[person] if listed else Span(start=spans[signs].start, end=spans[person].end)


def _signing_body(capitals: str, header: str | None) -> str:
    """The body that decided: the standing committee of the header's body, a central body of its own, else the header's."""
    body = body_name(capitals.strip(" .,"))
    if header is None or fold(body) in ("ban bi thu", "bo chinh tri") or body.startswith(header):
        return body
    if fold(body).startswith("ban thuong vu"):
        return f"Ban Thường vụ {header}" if fold(body) == "ban thuong vu" else f"Ban Thường vụ {header}"
    return header
