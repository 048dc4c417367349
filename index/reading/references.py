"""Other papers as a clause names them: by type and number, or by type, date and issuer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.language.dates import FoundDate, find_dates
from index.language.numbers import TYPE_NAMES, find_numbers, house_type
from index.language.text import fold, key
from index.types import DocumentNumber, Reference

_NAMES = {key(name) for name in TYPE_NAMES.values()} | {"thông tư", "bộ luật", "sắc lệnh", "lệnh", "quy chế phối hợp"}
_NAMES -= {"bản sao", "sao lục", "hợp đồng"}
TYPE_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NAMES, key=len, reverse=True))
"""The name of a type of paper, as a pattern over `key` text."""

_WORD = r"(?:\s+(?!này\b|ban\b|theo\b|của\b|số\b|thay\b|bãi\b|và\b|về\b)[^\W\d_]+)"
_BEFORE = re.compile(rf"(?<!\w)(?<!kỷ\s)(?P<type>{TYPE_NAME}){_WORD}{{0,8}}?\s*,?(?:\s*(?:số\s*:?\s*))?$")
_LAW = re.compile(
    r"(?<!\w)(?<!kỷ\s)(?<!bộ\s)(?P<type>bộ\s+luật|luật|pháp\s+lệnh)(?!\s+(?:này|số)\b)(?:\s+(?:sửa\s+đổi"
    r"|bổ\s+sung)[^;:.()\d]{0,80}?(?:luật|pháp\s+lệnh))?"
    r"[^;:.()\d]{1,150}?\s*,?\s*(?:số\s*:?\s*)?$"
)
"""Laws have names with commas and "và": "Luật Phòng, chống ma túy số …"; an amending one goes by its own number."""
_AMENDING_LAW = re.compile(
    r"(?<!\w)(?:luật|pháp\s+lệnh)\s+(?:sửa\s+đổi|bổ\s+sung)[^;:.()\d]{0,80}?\s(?:của\s+)?(?:các\s+)?$"
)
_NUMBER_WORD = re.compile(r"(?<!\w)số\s*:?\s*$")
_ISSUED_WITH = re.compile(
    rf"(?<!\w)(?P<type>{TYPE_NAME}){_WORD}{{0,10}}?\s*,?\s+(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+)?theo\s+$"
)
_ISSUED_BY = re.compile(
    rf"(?<!\w)(?P<type>{TYPE_NAME})(?:\s*,?\s+(?!(?:này|theo|số|thay|bãi|sửa|bổ|được|ban\s+hành)(?!\w))[^\W\d_]+){{0,25}}?"
    rf"\s*,?\s+\(?(?:được\s+)?ban\s+hành\s+kèm\s+theo\s+$"
)
"""Regulations have long names: "Quy chế quản lý, sử dụng nhà văn hóa (ban hành kèm theo …"."""
_SHORT = re.compile(r"(?<!\w)(?:qđ|qyđ|qđi|kh|nq|ct|hd|tb|kl|qc|ctr)\.?\s*(?:số\s*:?\s*)?$")
_DATED = re.compile(r"\s*,?\s*(?:(?:ký|ban\s+hành)\s+)?(?:ngày\s+)?$")
_BY_DATE = re.compile(rf"(?<!\w)(?P<type>{TYPE_NAME}){_WORD}{{0,6}}?\s*,?\s+(?:ký\s+|ban\s+hành\s+)?(?:ngày\s+)?$")
_OF = re.compile(r"\s*,?\s*(?:của|do)\s+(?=[^\W\d_])")
_BODY = re.compile(
    r"(?:ban\s+(?:thường\s+vụ|chấp\s+hành|bí\s+thư|tổ\s+chức|tuyên\s+giáo|dân\s+vận|nội\s+chính|xây\s+dựng|chỉ\s+đạo"
    r"|cán\s+sự)|bộ(?=\s)|đảng\s+(?:ủy|đoàn|bộ)|(?:tỉnh|thành|huyện|quận|thị|chi|quân)\s+ủy|chi\s+bộ|thường\s+trực"
    r"|ủy\s+ban|hội\s+đồng|chính\s+phủ|thủ\s+tướng|quốc\s+hội|chủ\s+tịch|văn\s+phòng|đại\s+hội|trung\s+ương|liên"
    r"|sở|cục|tổng\s+cục|hội\s+nghị)(?!\w)"
)
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ABOUT = re.compile(
    rf"\s*,?\s*(?:(?:của|do)\s[^;:.()\d]{{0,80}}?)?(?<!\w)(?:về|v/v)\s+(?:việc\s+)?"
    rf"(?P<words>(?:(?!\s*(?:,|\bvà)\s+(?:các\s+)?(?:{TYPE_NAME}|có\s+hiệu)(?!\w))[^;:.()“”\"\n]){{3,160}})"
)
_OF_LAWS = re.compile(r"QH\d*$")
_STOPS = frozenset(
    (
        *("về", "đối", "hết", "được", "không", "có", "kể", "từ", "quy", "hướng", "trong", "nhằm", "để", "đã", "tiếp"),
        *("còn", "là", "theo", "đến", "cũ", "nhiệm", "số", "ngày", "bị", "thôi", "chấm", "vẫn", "tại", "như", "thì"),
        *("mà", "với", "cho", "này", "nêu", "trên", "ban-hành", "sẽ", "cùng", "đều", "cũng"),
    )
)
_LONGEST_NAME = 16


_CONGRESS = re.compile(r"(?<!\w)(?P<type>nghị\s+quyết|văn\s+kiện)\s+(?:của\s+)?(?=đại\s+hội\s+(?:đại\s+biểu|đảng))")
"""A resolution that everybody knows by its congress."""


class FoundReference(NamedTuple):
    """``start`` is that of its words; ``named``: where the words of its own name and number begin."""

    reference: Reference
    start: int
    end: int


def find_references(text: str) -> tuple[FoundReference, ...]:
    """The papers that the text names, in order, apart from each other.

    A number must say whose it is; without a number, type, date and issuer must all be said, but for the resolution of
    a congress, which resolves to no directive and is only what a paper implements.
    """
    shown, days = key(text), find_dates(text)
    found = [_numbered(text, shown, number, days) for number in find_numbers(text) if number.symbol]
    taken = [(one.start, one.end) for one in found]
    for day in days:
        one = _dated(text, shown, day)
        if one and all(one.end <= start or one.start >= end for start, end in taken):
            found.append(one)
    taken = [(one.start, one.end) for one in found]
    for match in _CONGRESS.finditer(shown):
        issuer, end = _body(text, shown, match.end())
        if all(end <= start or match.start() >= stop for start, stop in taken):
            words = Reference(words=text[match.start() : end], type=type_named(match["type"]), issuer=issuer)
            found.append(FoundReference(words, match.start(), end))
    return tuple(sorted(found, key=lambda one: one.start))


def _numbered(text: str, shown: str, number: DocumentNumber, days: tuple[FoundDate, ...]) -> FoundReference:
    start, end, kind = number.span.start, number.span.end, None
    floor = max(0, start - 120)
    name = type_named(" ".join(shown[start:end].split()[:2])) if shown[start : start + 1].isalpha() else None
    law = _last(_LAW, shown, max(0, start - 200), start) if _OF_LAWS.search(number.symbol or "") else None
    if law and (amending := _last(_AMENDING_LAW, shown, max(0, law.start() - 150), law.start())):
        kind, start = law["type"], amending.start()
    elif before := law or _last(_BEFORE, shown, floor, start):
        kind, start = before["type"], before.start()
    elif short := _SHORT.search(shown, floor, start):
        start = short.start()
    elif word := _NUMBER_WORD.search(shown, floor, start):
        start = word.start()
    issued = _last(_ISSUED_WITH, shown, max(0, start - 160), start)
    if issued := issued or _last(_ISSUED_BY, shown, max(0, start - 240), start):
        kind, start = issued["type"], issued.start()
    day = next((day for day in days if day.start >= end and _DATED.fullmatch(shown, end, day.start)), None)
    end = day.end if day else end
    issuer, end = _issuer(text, shown, end)
    if issued and "(" in issued[0] and ")" not in issued[0] and shown[end : end + 1] == ")":
        end += 1
    named = type_named(kind) if kind else name
    reference = Reference(
        words=text[start:end],
        number=_as_printed(number),
        type=named or number.type,
        issuer=issuer,
        date=day.day if day else None,
        subject=_subject(text, shown, end),
    )
    return FoundReference(reference, start, end)


def _subject(text: str, shown: str, end: int) -> str | None:
    about = _ABOUT.match(shown, end)
    return " ".join(text[about.start("words") : about.end()].split()) if about else None


def _dated(text: str, shown: str, day: FoundDate) -> FoundReference | None:
    before = _last(_BY_DATE, shown, max(0, day.start - 100), day.start)
    issuer, end = _issuer(text, shown, day.end)
    if not before or not issuer:
        return None
    kind = type_named(before["type"])
    words = text[before.start() : end]
    return FoundReference(Reference(words=words, type=kind, issuer=issuer, date=day.day), before.start(), end)


@lru_cache(maxsize=1 << 10)
def type_named(words: str) -> str | None:
    """The type of a name; Quy định and Quyết định, which share a symbol, are told apart."""
    name = " ".join(fold(words).split())
    return "QĐi" if name in ("quy dinh", "qui dinh") else house_type(name)


def _last(pattern: re.Pattern[str], shown: str, floor: int, end: int) -> re.Match[str] | None:
    """The match that ends at ``end`` and begins last: the nearest name."""
    window, start, found = shown[:end], floor, None
    while match := pattern.search(window, start):
        found, start = match, match.start() + 1
    return found


def _issuer(text: str, shown: str, end: int) -> tuple[str | None, int]:
    """The body said behind a reference, and where its name ends."""
    of = _OF.match(shown, end)
    if not of or not _BODY.match(shown, of.end()):
        return None, end
    return _body(text, shown, of.end())


def _body(text: str, shown: str, start: int) -> tuple[str, int]:
    """The name of a body that begins at ``start``, and where it ends."""
    stop, capital = start, False
    for count, word in enumerate(_WORDS.finditer(text, start)):
        between = text[stop : word.start()] if count else ""
        if count >= _LONGEST_NAME or (between and not between.isspace()) or word[0].lower() in _STOPS:
            break
        if word[0].lower() == "và" and not _joins(text, word.end(), shown, start):
            break
        if capital and word[0][0].islower() and not _LOWER.match(shown, word.start()):
            break
        capital, stop = capital or word[0][0].isupper(), word.end()
    return " ".join(text[start:stop].split()), stop


_LOWER = re.compile(
    r"(?:thường|chấp|bí|tổ|tuyên|giáo|dân|vận|nội|chính|xây|dựng|chỉ|đạo|cán|sự|hành|vụ|thư|chức|đảng|ủy|bộ|đoàn"
    r"|ban|nhân|tối|cao|tỉnh|thành|phố|xã|phường|đặc|khu|huyện|quận|thị|trấn|trung|ương|khối|các|cơ|quan|doanh|nghiệp"
    r"|tra|kiểm|trực|thuộc|lần|thứ|khóa|nước|hội|đồng|đại|biểu|và|mặt|trận|tổ|quốc|phòng|quân|công|an|phủ|tướng|tịch"
    r"|sở|văn|thôn|ấp|bản|viên|tác|trường|học|bệnh|công|ty)(?!\w)"
)
"""Words of the names of bodies that are written small."""


def _joins(text: str, end: int, shown: str, start: int) -> bool:
    """Whether an "và" stands inside one name: Ban Tuyên giáo và Dân vận."""
    following = text[end : end + 9].split()
    return bool(following) and following[0] == "Dân" and "tuyên giáo" in shown[start:end]


def _as_printed(number: DocumentNumber) -> str:
    """The symbol with its number as printed: leading zeros stay."""
    return re.sub(r"^[\d.]+[a-z]?", number.number.split("/")[0], number.symbol or "")
