"""The words of a mark of circulation, and whether a line that holds nothing but a mark stands for itself."""

from __future__ import annotations

import re

from index.language.text import fold, printed
from index.reading.markers import read_marker

_MISREAD_IN = 7
"""Of so many letters of a mark one may be misread on a scan."""
_LONGEST = 110
_FULL_LINE = 55
"""Characters; a line of prose that runs on into the next is not shorter."""

_MEETING = "(?:hoinghi|cuochop|buoihop|kyhop|phienhop|daihoi|hop)"
_PAPER = "(?:tailieu|vanban|banin|sotay)"
_INSIDE = (
    "(?:trong)?(?:phamvi)?noibo"
    "(?:(?:trong|cua)?(?:dang|dangbo|danguy|coquan|donvi|chibo|capuy)(?:phuong|xa|tinh|thanhpho)?)?"
)
_RESTRICTS = re.compile(
    f"(?:day(?:la))?{_PAPER}?(?:nay)?(?:chi)?(?:duoc)?(?:de)?(?:luuhanh|sudung|phobien|dung){_INSIDE}(?:khongphobien)?"
    f"|{_PAPER}?(?:nay)?(?:tuyetdoi)?(?:khong|cam)(?:duoc)?phobien(?:rongrai|rangoai|congkhai)?"
    f"|{_PAPER}?(?:nghiencuu|sudung|hop|xem|doc|dung|hoc)?xong{_MEETING}?(?:denghi|xin|phai)?(?:tra|nop|thu|gui)(?:lai|ve|hoi)"
    f"{_PAPER}?(?:cho)?(?:vanphong|banto|coquan)?[a-z]{{0,20}}"
    f"|{_PAPER}?(?:se)?(?:duoc)?(?:thuhoi|thulai|tralai|noplai){_PAPER}?(?:ngay)?(?:sau|khi|khixong|saukhi|saukhiketthuc|khiketthuc)"
    f"{_MEETING}(?:xong)?"
    "|tailieunoibo(?:dang)?|noibo"
)
"""Marks that keep a paper inside; over folded letters without spaces, as all patterns here."""
_FORBIDS = re.compile(
    "(?:denghi|yeucau|xin)?(?:tuyetdoi|nghiem)?(?:khong|cam)(?:duoc)?(?:tuy)?"
    "(?:saochup|saochep|phattan|photo|photocopy|insao|nhanban|chupanh|chuphinh|chuyentiep|congbo|tietlo|congkhai)"
    "[a-z]{0,40}"
)
_VERB = re.compile(
    "(?:saochup|saochep|phattan|photo|photocopy|insao|nhanban|chupanh|chuyentiep|congbo|tietlo)[a-z]{0,24}"
)
_OF_A__MEETING = re.compile(f"tailieu(?:trinh|phucvu|sudungtai|tai)?{_MEETING}(?:lanthu[a-z0-9]{{1,12}})?")
_UNPRINTED = "(?:va)?(?:khong|cam)(?:duoc)?dang(?:tai)?(?:len)?(?:bao|mang)[a-z]{0,34}"
_SPREAD = (
    "(?:(?:nghiquyet|chithi|ketluan|quydinh|quyche|quyetdinh|huongdan|thongtri|thongbao|baocao|kehoach|chuongtrinh"
    "|vanban|tailieu)(?:nay)?)?(?:chi)?(?:duoc)?phobien(?:den|toi)[a-z]{0,60}?"
)
_CLOSING = re.compile(f"(?:{_SPREAD})?{_UNPRINTED}")
"""A closing line that keeps a paper out of newspapers; one that only says how far it is spread restricts nothing."""
_LITERAL = (
    *("luuhanhnoibo", "tailieuluuhanhnoibo", "khongphobien", "xonghoinghitralai", "xemxongtralai", "tailieunoibo"),
    *("hopxongtralai", "xonghoinghithulai"),
)
"""Marks that a misread letter leaves readable."""

SAMPLE = re.compile(r"\W*VĂN BẢN MẪU\W*$")
DRAFT = re.compile(
    "(?:ban)?duthao(?:(?:lan)?(?:thu)?(?:[0-9]{1,2}|nhat|mot|hai|ba|tu|bon|nam|sau|bay|cuoi))?"
    "(?:ngay[0-9]{1,2}(?:thang)?[0-9]{0,2}(?:nam)?[0-9]{0,4}|[0-9]{4,8})?"
    f"(?:(?:de)?(?:xin|lay|gop|thamgia)(?:y)?ykien[a-z0-9]{{0,40}}|trinh[a-z0-9]{{0,60}}|{_PAPER}?{_MEETING}[a-z0-9]{{0,30}})?"
)
"""What a draft says of itself, over folded letters."""
_JOINED = re.compile(r"\s*[,;.]\s+|\s+[-–—]\s+|\s+và\s+", re.IGNORECASE)
_ENDS = re.compile(r"[.;:!?…)\]”\"*_=–—-]$")
_GOES_ON = (
    *("LIỆU", "BẢN", "PHẨM", "SÁCH", "VỀ", "VÀ", "CHẾ", "ĐỘ", "VIỆC", "VÀO", "CỦA", "CÁC", "CHO", "TRONG", "HOẶC"),
    *("LÀ", "TIN", "ĐỐI", "VỚI", "Ý", "KIẾN", "NHỮNG", "LÝ", "HÀNH", "GÓP"),
)
"""Last words of a line after which words of a mark are the end of a title."""
DECORATION = " .,;:*()[]|_-–—=\"“”'"


def letters_of(words: str) -> str:
    return re.sub("[^a-z0-9]+", "", fold(words))


def restricts(words: str, *, scanned: bool = False) -> bool | None:
    """Whether a mark keeps the paper inside; None for what is no mark."""
    letters, set_off = letters_of(words), words.isupper() or words.lstrip(" *").startswith(("(", "["))
    if _RESTRICTS.fullmatch(letters):
        # The word alone is said of much else.
        return True if letters != "noibo" or set_off else None
    if _OF_A__MEETING.fullmatch(letters):
        return False if set_off else None
    if _FORBIDS.fullmatch(letters):
        return True if set_off else None
    if _CLOSING.fullmatch(letters):
        return False
    if _is_joined(words, set_off=set_off):
        return True
    if scanned and words.isupper() and any(_is_near(letters, mark) for mark in _LITERAL):
        return True
    return None


def _is_joined(words: str, *, set_off: bool) -> bool:
    """Several marks on one line, one of which keeps the paper inside; in brackets or capitals anything may follow."""
    pieces = [letters for piece in _JOINED.split(words) if (letters := letters_of(piece))]
    if len(pieces) < 2 or len(words) > _LONGEST:
        return False
    inside = [letters != "noibo" and _RESTRICTS.fullmatch(letters) is not None for letters in pieces]
    known = [
        restricting or any(form.fullmatch(letters) for form in (_FORBIDS, _VERB, _OF_A__MEETING, _CLOSING))
        for restricting, letters in zip(inside, pieces, strict=True)
    ]
    forbidden = any(_FORBIDS.fullmatch(letters) for letters in pieces)
    return (all(known) and (any(inside) or forbidden)) or (set_off and inside[0])


def stands_alone(words: str, before: str, after: str = "", *, wrapped: bool) -> bool:
    """Whether a line of nothing but a mark is one: no item of a list, no end of a sentence or title, no row of a table.

    ``before``, ``after``: the lines beside it without a gap. ``wrapped``: a sentence may run over several lines.
    """
    if read_marker(words) is not None and not _ENDS.search(words.rstrip(" .;")):
        return False
    if words.lstrip(" *").startswith(("(", "[")) and any(
        line.rstrip(" .*").endswith((")", "]")) for line in (words, after)
    ):
        return not (wrapped and after[:1].islower() and len(before) >= _FULL_LINE)
    last = before.split()[-1].strip("“\"'(") if before else ""
    capital = words.lstrip(' *(["“-–—_')[:1].isupper()
    alike = words.isupper() == before.isupper()
    if before and last.upper() in _GOES_ON and alike and (words.isupper() or not capital):
        return False
    if words.isupper():
        return not (before.isupper() and before.endswith(","))
    if not capital:
        ended = not wrapped or _ENDS.search(before) is not None
        return not before or (ended and not before.endswith((",", ":", ";")) and words[-1] not in ".;")
    if not wrapped or not before or before.isupper() or _ENDS.search(before):
        return True
    return not after[:1].islower() and len(before) < _FULL_LINE and not before.endswith(",")


def is_remark(line: str, before: str = "") -> bool:
    """Whether a line of a head is set there for itself, no part of a title or name: a sample, a draft, for whom."""
    words = printed(line)
    if SAMPLE.match(line):
        return True
    is_known = DRAFT.fullmatch(letters_of(words)) or (len(words) <= _LONGEST and restricts(words) is not None)
    return bool(is_known) and stands_alone(words, before, wrapped=False)


def _is_near(letters: str, mark: str) -> bool:
    """At most a letter in `_MISREAD_IN` is another, missing or too many."""
    most = len(mark) // _MISREAD_IN
    if abs(len(letters) - len(mark)) > most:
        return False
    row = list(range(len(mark) + 1))
    for count, letter in enumerate(letters, start=1):
        above, row = row, [count]
        for place, other in enumerate(mark, start=1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
    return row[-1] <= most
