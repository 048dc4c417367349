"""The fields of a paper's header and signature: number, type, issuer, place and date, title, signer."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from index.language.dates import find_dates
from index.language.misreadings import capitals_read_right, read_right
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.text import fold
from index.reading.markers import CAPITALS
from index.reading.misread import head_line_read_right
from index.reading.names import body_name, full_name, signing_body, title_case
from index.reading.paragraphs import Layout
from index.reading.restrictions import SAMPLE, is_remark
from index.types import DocumentNumber, Span

_HEAD_PARAGRAPHS = 40
_TITLE_LINES = 6
_LONGEST_LINE, _LONGEST_SYMBOL = 120, 40
"""Characters; a longer line of the head is a sentence, not a number or a date; nor a symbol without "Số" before it."""
_RULE = re.compile(r"[-_–—*=.\s]*$")
_NATION = re.compile(
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc"
)
_GROUNDS = re.compile(r"[-–]?\s*(?:Căn cứ|Xét|Theo đề nghị|Kính gửi)\b")
_LABELLED = re.compile(r"\W*(?:Số|SỐ)\b\s*:?\s*")
_BLANK_NUMBER = re.compile(r"\W*(?:Số|SỐ)\b\s*:?[.…_\s]*(?=[-/])")
_DATED = re.compile(r"\s*,?\s*\bngày\b(?=[\s\d.…_]*(?:tháng\b|[/.-]))", re.IGNORECASE)
_BROKEN_DATE = re.compile(r"\bngày\s+\d{1,2}(?:\s+tháng(?:\s+\d{1,2}(?:\s+năm)?)?)?\s*$", re.IGNORECASE)
_REST_OF_DATE = re.compile(r"\W*(?:(?:tháng\s+)?\d{1,2}\s+)?(?:năm\s+)?(?:19|20)\d\d\W*", re.IGNORECASE)
_BODY = re.compile(
    r"(?:BAN|BỘ|ĐẢNG|CHI BỘ|(?:CHI|TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|QUÂN) (?:ỦY|UỶ)|(?:ỦY|UỶ) BAN|VĂN PHÒNG|THƯỜNG TRỰC"
    r"|HỘI|QUÂN|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|QUỐC HỘI|SỞ|PHÒNG|ĐẠI HỘI|LIÊN|ĐOÀN|CÔNG|TRUNG TÂM|TRƯỜNG|HỌC VIỆN"
    r"|VIỆN|CỤC|TỔNG|TÒA|TOÀ|MẶT TRẬN|UBND|HĐND)\b"
)
_ON_BEHALF = re.compile(r"(?:T/M|TM\.?)\s+(.+)")
_SIGNS = re.compile(r"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|Q\.)\s")
_PERSON = re.compile(rf"(?:[{CAPITALS}][^\W\d_A-Z]*\s+){{1,5}}[{CAPITALS}][^\W\d_A-Z]+")
_ABSTRACT = re.compile(r"V/v:?\s+|Về việc:?\s+", re.IGNORECASE)
_LONGEST_TITLE = 160
_DRAFT = re.compile(r"^\W*(?:BẢN\s+)?DỰ\s+THẢO\s+")
_LONGEST_PLACE = 8
"""Words before the date, with a number on the same line."""
_POSTS = ("CHỦ TỊCH", "BAN THƯỜNG VỤ", "CÔNG TÁC")
"""Capitals of a signature or a title that begin like a body's name."""


def is_letterhead(line: str) -> bool:
    """Whether a line is one of the form above a title: a body, the nation's words, the number, place and date."""
    words = _NATION.sub("", line).strip(" *|-–")
    if not words or (words.isupper() and _BODY.match(words) and words not in _POSTS):
        return True
    dated = _DATED.search(line)
    if dated and len(line) <= _LONGEST_LINE and len(line[: dated.start()].split()) <= _LONGEST_PLACE:
        return True
    return _LABELLED.match(line) is not None and len(line) <= _LONGEST_SYMBOL


@dataclass
class Fields:
    """What the form says; ``spans`` tells where. ``header_end``: offset at which the body begins."""

    number: str | None = None
    type: str | None = None
    type_name: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    title: str = ""
    signer: str | None = None
    sample: bool = False
    header_end: int = 0
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class _Head:
    """The paragraphs before the body. ``type_line``: position of the line that names the type. ``spelling``: where the
    words of the title may stand in their usual spelling.
    """

    spans: list[Span]
    lines: list[str]
    type_line: int | None
    spelling: str

    def above_title(self) -> range:
        return range(len(self.lines) if self.type_line is None else self.type_line)


def read_fields(layout: Layout, *, scanned: bool = False, beside: str = "") -> Fields:
    """Read header and signature. A field that the paper does not show stays empty.

    ``scanned``: what recognition usually makes of a head is read as it was printed; the text itself stays as read.
    ``beside``: text in which further words of a title in capitals may stand as they are usually written.
    """
    fields, head = Fields(), _head(layout, scanned=scanned, beside=beside)
    fields.sample = any(SAMPLE.match(line) for line in head.lines)
    _read_number(fields, head)
    _read_date(fields, head)
    if head.type_line is not None:
        last = _read_title(fields, head, head.type_line)
    else:
        last = _read_free_title(fields, layout, head)
    if fields.type or fields.place or fields.date:
        fields.header_end = _header_end(fields, layout, head, last)
    _read_issuer(fields, head)
    _read_signature(fields, layout, scanned=scanned)
    return fields


def _head(layout: Layout, *, scanned: bool, beside: str) -> _Head:
    """The first paragraphs, up to the first numbered unit (dashes may be grounds) or the signature."""
    ends = [unit.start for unit in layout.units if unit.marker.ordinal][:1]
    ends += [signature.start for signature in layout.signatures[:1]]
    end = min(ends, default=len(layout.text))
    spans = [span for span in layout.paragraphs[:_HEAD_PARAGRAPHS] if span.start < end]
    lines = [layout.text[span.start : span.end] for span in spans]
    if scanned:
        lines = [capitals_read_right(head_line_read_right(line), layout.text) for line in lines]
    lines = [_without_draft(line) for line in lines]
    return _Head(spans, lines, _type_line(lines), f"{layout.text}\n{beside}")


def _without_draft(line: str) -> str:
    """``DỰ THẢO NGHỊ QUYẾT …`` has the type of what it drafts."""
    title = _DRAFT.sub("", line)
    return title if title != line and (_leading_type(title) or house_type(title.strip(" *#:"))) else line


def _type_line(lines: list[str]) -> int | None:
    """The line that names the type, in capitals: alone on it, else before the title."""
    alone = (place for place, line in enumerate(lines) if line.isupper() and house_type(line.strip(" *#:")))
    before = (place for place, line in enumerate(lines) if _leading_type(line) and not _GROUNDS.match(line))
    # Below a number the name need not be in capitals.
    numbered = next((place for place, line in enumerate(lines) if _LABELLED.match(line)), len(lines))
    plain = (place for place, line in enumerate(lines) if place > numbered and house_type(line.strip(" *#:")))
    return next((place for places in (alone, before, plain) for place in places), None)


def _leading_type(line: str) -> str | None:
    """The type name in capitals that a longer title line begins with."""
    words = line.split()
    for length in (2, 1, 3):
        name = " ".join(words[:length])
        if name.isupper() and house_type(name) and len(words) > length:
            return name
    return None


def _read_number(fields: Fields, head: _Head) -> None:
    """The number behind "Số", or alone on its line; of a draft ("Số      -KH/ĐU") only the type."""
    for place in head.above_title():
        line, label = head.lines[place], _LABELLED.match(head.lines[place])
        if len(line) > (_LONGEST_LINE if label else _LONGEST_SYMBOL):
            continue
        blank = _BLANK_NUMBER.match(line)
        start = 0 if blank or not label else label.end()
        found = find_numbers("1" + line[blank.end() :] if blank else line)
        if not found or not found[0].symbol or found[0].span.start != start:
            continue
        fields.number, fields.type = None if blank else _as_printed(found[0]), found[0].type
        fields.spans["number"] = head.spans[place]
        return


def _as_printed(number: DocumentNumber) -> str:
    """The symbol with its number as printed: leading zeros stay (``06-HD/TW``)."""
    return re.sub(r"^[\d.]+[a-z]?", number.number.split("/")[0], number.symbol or "")


def _read_date(fields: Fields, head: _Head) -> None:
    """The place and the date, as far as they are filled in, on the line of the form "<Place>, ngày …"."""
    for place in head.above_title():
        line, span = _dated_line(head, place)
        dated = _DATED.search(line)
        below_letterhead = "number" in fields.spans or any(above.isupper() for above in head.lines[:place])
        if not dated or not below_letterhead or len(line) > _LONGEST_LINE:
            continue
        # The number may stand on the same line ("Số 294-QĐ/TW Hà Nội, ngày …").
        _, symbol, behind = line[: dated.start()].rpartition("/")
        words = behind.partition(" ")[2] if symbol else behind
        words = _NATION.sub("", words).strip(" *,-(")
        days = find_dates(line[dated.start() :])
        if len(words.split()) > 6 or (words and not words[0].isupper() and not words[0].isdigit()):
            continue
        if days and line[dated.start() + days[0].end :].strip(" .)*"):
            continue
        fields.place = words or None
        if days:
            fields.date, fields.spans["date"] = days[0].day, span
        return


def _dated_line(head: _Head, place: int) -> tuple[str, Span]:
    """A line of the head, with the rest of its date where a narrow column broke it ("ngày 18 tháng 12 năm / 2026")."""
    line, span = head.lines[place], head.spans[place]
    if place + 1 < len(head.lines) and _BROKEN_DATE.search(line) and _REST_OF_DATE.fullmatch(head.lines[place + 1]):
        return f"{line} {head.lines[place + 1]}", Span(start=span.start, end=head.spans[place + 1].end)
    return line, span


def _read_title(fields: Fields, head: _Head, type_line: int) -> int:
    """Type and title below the header; the position of the title's last line."""
    leading = _leading_type(head.lines[type_line])
    name = leading or head.lines[type_line].strip(" *#:")
    symbol = house_type(name)
    fields.type_name = "Quy định" if fold(name) == "quy dinh" else TYPE_NAMES.get(symbol or "", name.capitalize())
    fields.type = fields.type or symbol
    pieces = [head.lines[type_line][len(leading) :].strip(" :")] if leading else []
    places = _title_places(head, type_line + 1, pieces)
    fields.title = _title([*pieces, *(head.lines[place] for place in places)], head.spelling)
    last = places[-1] if places else type_line
    if pieces or places:
        fields.spans["title"] = Span(start=head.spans[type_line].start, end=head.spans[last].end)
    return last


def _title_places(head: _Head, first: int, pieces: list[str]) -> list[int]:
    """The lines of a title from ``first`` on: up to the rule below it, else as long as they go on."""
    below = head.lines[first : first + _TITLE_LINES + 1]
    rule = next((place for place, line in enumerate(below) if _RULE.match(line)), None)
    places: list[int] = []
    for place, line in enumerate(below[:rule] if rule is not None else below[:_TITLE_LINES], start=first):
        before = head.lines[places[-1]] if places else pieces[-1] if pieces else None
        if is_remark(line, before or ""):
            continue
        if not (rule is not None and _is_phrase(line)) and not _continues_title(line, before):
            break
        places.append(place)
    return places


def _continues_title(line: str, before: str | None) -> bool:
    if not _is_phrase(line):
        return False
    if before is None or line[0].islower():
        return True
    return before.isupper() and line.isupper()


def _is_phrase(line: str) -> bool:
    """Whether a line may belong to a title: no grounds, no remark in brackets, no sentence of the body."""
    sentence = len(line) > 60 and line.endswith((".", ":", ";"))
    return not (_RULE.match(line) or _GROUNDS.match(line) or line.startswith("(") or sentence)


def _title(pieces: list[str], text: str) -> str:
    """Lines of a title in one; capitals as the text writes them, a body's name ("CỦA BAN …") in house spelling."""
    if all(piece.isupper() for piece in pieces):
        return title_case(" ".join(pieces), text)
    own = (piece.isupper() and piece.startswith("CỦA ") for piece in pieces)
    spelt = zip(own, pieces, strict=True)
    return " ".join(f"của {body_name(piece[4:])}" if body else title_case(piece, text) for body, piece in spelt)


def _read_free_title(fields: Fields, layout: Layout, head: _Head) -> int:
    """Without a type line: the abstract of a letter ("V/v …"), else the first words below the header."""
    fields.type_name = TYPE_NAMES.get(fields.type) if fields.type else None
    known = [span.start for span in fields.spans.values()]
    free = [
        place
        for place, line in enumerate(head.lines)
        if not (_RULE.match(line) or _NATION.search(line) or is_remark(line, "") or head.spans[place].start in known)
    ]
    abstract = next((place for place in free if _ABSTRACT.match(head.lines[place])), None)
    # Above the number and the date stand bodies.
    below = (place for place in free if head.spans[place].start > max(known, default=-1))
    first = abstract if abstract is not None else next(below, free[0] if free else None)
    if first is None:
        fields.title = _first_words(layout.text.split("\n", 1)[0])
        return -1
    places = (known and _title_places(head, first, [])) or [first]
    fields.title = _first_words(_title([head.lines[place] for place in places], head.spelling))
    fields.spans["title"] = Span(start=head.spans[first].start, end=head.spans[places[-1]].end)
    return places[-1]


def _first_words(line: str) -> str:
    sentence = re.split(r"(?<=[^\W\d_][.!?])\s", line, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= _LONGEST_TITLE else sentence[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _header_end(fields: Fields, layout: Layout, head: _Head, last: int) -> int:
    """Behind the last line of the form, the rule, the grounds ("Căn cứ …") and the repeated name of the body."""
    ends = [span.end for span in fields.spans.values()]
    for place, line in enumerate(head.lines):
        if head.spans[place].end in ends or _NATION.search(line) or (_DATED.search(line) and len(line) <= 60):
            last = max(last, place)
    while last + 1 < len(head.lines) and _belongs_to_header(head.lines[last + 1], head.lines[last]):
        last += 1
    return min(head.spans[last].end + 1, len(layout.text))


def _belongs_to_header(line: str, before: str) -> bool:
    if _RULE.match(line) or _GROUNDS.match(line) or is_remark(line, before) or (line[0] == "(" and line[-1] == ")"):
        return True
    if line.isupper():  # "BAN CHẤP HÀNH TRUNG ƯƠNG / QUY ĐỊNH THI HÀNH …", "QUYẾT NGHỊ:"
        return bool(_BODY.match(line) or house_type(line.strip(" :")) or _leading_type(line) or line[:5] == "QUYẾT")
    if not before.endswith((",", ";", ":")):
        return False
    return line.startswith("-") or (before[-1] == "," and before.startswith("Kính gửi"))


def _read_issuer(fields: Fields, head: _Head) -> None:
    """The body of the letterhead: its last name, with the body above it where it names no place itself."""
    bodies: list[tuple[str, Span]] = []
    known = [span.start for span in fields.spans.values()]
    above = -1
    for place in head.above_title():
        span = head.spans[place]
        words = _NATION.sub("", head.lines[place]).strip(" *-")
        if "title" in fields.spans and span.start == fields.spans["title"].start:
            break
        if not words.isupper() or is_remark(words, "") or span.start in known:
            continue
        if _BODY.match(words):
            bodies.append((words, span))
        elif bodies and above == place - 1:  # the name goes on in the next line
            bodies[-1] = (f"{bodies[-1][0]} {words}", Span(start=bodies[-1][1].start, end=span.end))
        above = place
    if bodies:
        names = [body_name(words) for words, _ in bodies]
        fields.issuer = full_name(names[-1], above=names[-2] if len(names) > 1 else None)
        fields.spans["issuer"] = bodies[-1][1]


def _read_signature(fields: Fields, layout: Layout, *, scanned: bool) -> None:
    if not layout.signatures:
        return
    block = layout.signatures[0]
    spans = [span for span in layout.paragraphs if block.start <= span.start < block.end]
    lines = [layout.text[span.start : span.end] for span in spans]
    lines = [read_right(line) for line in lines] if scanned else lines
    signs = next((place for place, line in enumerate(lines) if _SIGNS.match(line)), None)
    if signs is not None and (body := _ON_BEHALF.match(lines[signs])):
        fields.issuer = signing_body(body_name(body[1].strip(" .,")), fields.issuer)
        fields.spans.setdefault("issuer", spans[signs])
    people = [place for place in range((signs or 0) + 1, len(lines)) if _PERSON.fullmatch(lines[place])]
    if people:
        person = people[-1]
        fields.signer = lines[person]
        # The block is quoted whole unless the recipients stand inside it.
        listed = signs is None or any(line.startswith("-") for line in lines[signs:person])
        fields.spans["signer"] = spans[person] if listed else Span(start=spans[signs or 0].start, end=spans[person].end)
