"""The sentence of a directive that tells most of what it orders: a whole sentence of its body, never made up.

Weighed are, by the words of the sentence alone: what it orders (its verbs), how much of the title it takes up, whether
it names a time or a measure, its length, and where it stands. Grounds, praise and complaint before the orders, scope,
terms and who carries it out tell little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from index.findings import Quote
from index.language.text import fold
from index.reading.tables import is_row
from index.searching.quotes import make_quote
from index.searching.quoting import LIMIT, Run, opening_run, split_units
from index.types import Directive, Printed, SectionKind, Span

_FRAME: Final = (SectionKind.HEADER, SectionKind.SIGNATURE, SectionKind.ANNEX)
_LEAST, _GOOD, _MOST = 40, 90, 320
"""Characters: shorter ones say nothing; within the last two a sentence is good to read."""
_ORDERS: Final = re.compile(
    r"\b(?:yeu cau|phai|bat buoc|co trach nhiem|chiu trach nhiem|chu tri|nghiem cam|khong duoc|khong de|kien quyet"
    r"|tap trung|day manh|tang cuong|to chuc|trien khai|thuc hien|hoan thanh|bao dam|dam bao|ra soat|kiem tra"
    r"|bao cao|gui ve|thanh lap|giao|quy dinh|cong nhan|chi dao|phan dau|muc|duoc huong|dong|mien|giam|ho tro)\b"
)
_FIRM: Final = re.compile(r"\b(?:yeu cau|phai|bat buoc|nghiem cam|khong duoc|co trach nhiem|giao|chu tri|hoan thanh)\b")
_MEASURE: Final = re.compile(
    r"\b\d+(?:[.,]\d+)* ?(?:%|dong|ngay|gio|lan|nguoi|thang|nam|phut|ban|diem)|\b\d{1,2}/\d{1,2}(?:/\d{4})?\b"
    r"|\b(?:cham nhat|truoc ngay|moi (?:thang|quy|nam|tuan)|hang (?:thang|quy|nam|tuan)|dinh ky)\b"
)
_TELLS_LITTLE: Final = re.compile(
    r"^(?:can cu|xet|theo de nghi|tren co so|thuc hien (?:nghi quyet|chi thi|ke hoach|huong dan|quyet dinh|quy dinh|ket"
    r" luan|cong van|chuong trinh)|noi nhan|kinh gui|kinh thua|thoi gian qua|trong thoi gian qua|trong nhung nam"
    r"|nhung nam|tuy nhien|nguyen nhan|ben canh do|nhin chung|muc dich|nham)\b"
    r"|\b(?:pham vi dieu chinh|doi tuong ap dung|dieu khoan thi hanh|co hieu luc|het hieu luc|ke tu ngay ky"
    r"|chiu trach nhiem thi hanh|nhu tren|luu van phong|duoc hieu (?:nhu sau|la)|giai thich tu ngu"
    r"|trong qua trinh (?:to chuc )?(?:thuc hien|trien khai)|neu (?:co )?(?:kho khan|vuong mac|phat sinh)"
    r"|ban hanh kem theo|quan triet (?:noi dung )?(?:van ban|ke hoach|chi thi) nay|so ket|con han che|chua nghiem"
    r"|da dat|ket qua tich cuc|chuyen bien)\b"
    r"|^(?:\S+ ){1,3}nay (?:quy dinh|ap dung|huong dan)\b"
)
_CHANGES: Final = re.compile(r"^(?:sua doi|bo sung|thay the|bai bo)\b")
_OPENS_WORDS: Final = re.compile(r":\s*[\"“](?:Điều\s+)?(?:\d{1,3}[a-zđ]?|[a-zđ])[.)]$")
_NO_TELLING_PART: Final = re.compile(
    r"\b(?:muc dich|pham vi|doi tuong|giai thich|can cu|dac diem|tinh hinh|danh gia|dieu khoan thi hanh|hieu luc"
    r"|to chuc thuc hien|trach nhiem thi hanh|quan diem|nguyen tac)\b"
)
_LABEL: Final = re.compile(r"^\s*(?:(?:Điều\s+)?[\dIVXLC]{1,5}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+•*–])\s*")
_CLOSING, _OPENING = '"”»', '"“«'
_COMMON: Final = frozenset(
    ("ve", "viec", "cua", "cac", "nhung", "mot", "va", "trong", "doi", "voi", "tai", "o", "den", "cho", "theo", "la")
)


class _Sentence(NamedTuple):
    """``lead``: it only opens what follows it. ``cut``: the sentence goes on behind it, being too long as a whole."""

    span: Span
    lead: bool
    cut: bool


def gist(directive: Directive, printed: Printed) -> Quote | None:
    """None where the body has no sentence. A lead stands with the first items behind it."""
    sentences = list(_sentences(printed))
    if not sentences:
        return None
    title = _syllables(directive.title)
    scores = [_score(printed, one, title, place / len(sentences)) for place, one in enumerate(sentences)]
    best = sentences[max(range(len(sentences)), key=scores.__getitem__)]
    return make_quote(directive, printed, _run(printed, best), 1.0)


def _run(printed: Printed, best: _Sentence) -> Run:
    if best.lead:
        position = printed.section_at(best.span.start)
        end = printed.sections[position].end if position is not None else len(printed.text)
        return opening_run(printed, best.span.start, end) or Run(best.span, 1.0)
    return Run(_without_mark(printed.text, best.span), 1.0, cut=best.cut)


def _without_mark(text: str, span: Span) -> Span:
    """Without a quotation mark at its end that nothing in it opens."""
    words = text[span.start : span.end]
    pair = _CLOSING.find(words[-1])
    if pair < 0 or words.count(_OPENING[pair]) > (_OPENING[pair] == words[-1]):
        return span
    return Span(start=span.start, end=span.end - 1)


def _sentences(printed: Printed) -> Iterator[_Sentence]:
    """Of the body, in their order: whole where they are short enough, else their first clause."""
    for start, end in _body(printed):
        units = split_units(printed.text, start, end)
        at = 0
        while at < len(units):
            last = _last_clause(printed.text, units, at)
            whole = Span(start=units[at].start, end=units[last].end)
            is_cut = whole.end - whole.start > LIMIT
            piece = units[at] if is_cut else whole
            words = printed.text[piece.start : piece.end]
            if _is_sentence(printed, piece, words):
                yield _Sentence(piece, lead=words.endswith(":"), cut=is_cut)
            at = last + 1


def _body(printed: Printed) -> list[tuple[int, int]]:
    """What lies in no header, signature or annex."""
    frame = sorted((each.start, each.end) for each in printed.sections if each.kind in _FRAME and each.parent is None)
    found, at = [], 0
    for start, end in frame:
        if at < start:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, len(printed.text))] if at < len(printed.text) else found


def _last_clause(text: str, units: Sequence[Span], at: int) -> int:
    """Where the sentence ends that begins with this unit: clauses are parted at semicolons inside their line, and the
    new words of an amendment behind their label.
    """
    while at + 1 < len(units) and "\n" not in text[units[at].end : units[at + 1].start]:
        if text[units[at].end - 1] != ";" and not _OPENS_WORDS.search(text, units[at].start, units[at].end):
            break
        at += 1
    return at


def _is_sentence(printed: Printed, span: Span, words: str) -> bool:
    """No row, nothing too short or too long to be read by itself; no heading but one with new words for a paper."""
    if is_row(words) or not _LEAST <= len(words) <= LIMIT or words[-1] not in '.;:!…”"':
        return False
    if ":" in words and _CHANGES.search(fold(_LABEL.sub("", words))):
        return True
    position = printed.section_at(span.start)
    section = printed.sections[position] if position is not None else None
    return (
        section is None or section.start != span.start or not section.heading or len(section.heading) + 8 < len(words)
    )


def _score(printed: Printed, sentence: _Sentence, title: frozenset[str], place: float) -> float:
    """``place``: 0 for the first of the body, nearly 1 for the last."""
    words = printed.text[sentence.span.start : sentence.span.end]
    form = fold(_LABEL.sub("", words))
    path = fold(" ".join(printed.path_at(sentence.span.start)[-2:]))
    score = min(len(_ORDERS.findall(form)), 3) * 0.25 + bool(_FIRM.search(form)) * 0.5
    score += 1.2 * _shared(form, title) + bool(_MEASURE.search(form)) * 0.35
    score -= 1.5 * bool(_TELLS_LITTLE.search(form)) + 0.6 * bool(_NO_TELLING_PART.search(path))
    score += 0.8 * bool(_CHANGES.search(form)) - 1.5 * (not _ORDERS.search(form) and _repeats(form, title))
    score -= 0.4 * sentence.lead + 0.5 * sentence.cut + 0.3 * place + 0.3 * words.endswith(";")
    score -= 0.4 * (len(words) < _GOOD) + 0.3 * (len(words) > _MOST)
    return score - 0.3 * (printed.section_at(sentence.span.start) is None)


def _shared(form: str, title: frozenset[str]) -> float:
    """How much of the title's words the sentence says, 0-1."""
    return len(title & _syllables(form)) / len(title) if title else 0.0


def _repeats(form: str, title: frozenset[str]) -> bool:
    """Whether it says little but the title."""
    own = _syllables(form)
    return len(own & title) > 0.7 * len(own)


def _syllables(text: str) -> frozenset[str]:
    """But for the commonest."""
    return frozenset(re.findall(r"[a-z0-9]+", fold(text))) - _COMMON
