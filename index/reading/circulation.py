"""For whom a paper is and whether it is final, as it says itself: marks of circulation and of a draft.

The marks are those that Party offices stamp or print on lines of their own (LƯU HÀNH NỘI BỘ, XONG HỘI NGHỊ TRẢ LẠI,
Dự thảo lần 2) and the closing lines that say how far a paper is made known. The words inside a sentence are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.language.text import fold, printed
from index.reading.fields import is_letterhead
from index.reading.markers import read_marker
from index.reading.paragraphs import SIGNATURE, Line, filled_lines
from index.types import Pages

_HEAD_LINES, _TOP_LINES = 40, 3
_LONGEST = 110
_MISREAD_IN = 7
"""Of so many letters of a mark one may be misread on a scan."""

_MEETING = "(?:hoinghi|cuochop|buoihop|kyhop|phienhop|daihoi|hop)"
_PAPER = "(?:tailieu|vanban|banin|sotay)"
_RESTRICTS = re.compile(
    f"{_PAPER}?(?:nay)?(?:chi)?(?:duoc)?luuhanh(?:trong)?noibo(?:dang|dangbo|coquan|donvi|chibo|capuy)?(?:khongphobien)?"
    f"|{_PAPER}?(?:nay)?(?:khong|cam)(?:duoc)?phobien(?:rongrai|rangoai|congkhai)?"
    f"|{_PAPER}?(?:nghiencuu|sudung|hop|xem|doc|dung|hoc)?xong{_MEETING}?(?:denghi|xin|phai)?(?:tra|nop|thu|gui)(?:lai|ve)"
    f"{_PAPER}?(?:cho)?(?:vanphong|banto|coquan)?[a-z]{{0,20}}"
    f"|{_PAPER}?(?:thuhoi|thulai|tralai|noplai){_PAPER}?(?:sau|khixong|saukhiketthuc){_MEETING}"
    "|tailieunoibo(?:dang)?|noibo"
)
"""Marks that keep a paper inside; over folded letters without spaces, as all patterns here."""
_OF_A_MEETING = re.compile(f"tailieu(?:trinh|phucvu|sudungtai|tai)?{_MEETING}(?:lanthu[a-z0-9]{{1,12}})?")
_SUBJECT = (
    "(?:(?:nghiquyet|chithi|ketluan|quydinh|quyche|quyetdinh|huongdan|thongtri|thongbao|baocao|kehoach|chuongtrinh"
    "|vanban|tailieu)(?:nay)?)?"
)
_SPREAD = (
    "(?:chi)?(?:duoc)?phobien(?:den|toi)(?:cac|tung|tan|moi|het)*(?:chibo|dangvien|capuy|canbo|dangbo)(?:vien)?"
    "(?:va)?(?:dangvien|chibo|capuyvien)?(?:trongtoandangbo|trongtoandang|trongdangbo|trongdang|cosso|coso)?"
)
_UNPRINTED = "(?:va)?(?:khong|cam)(?:duoc)?dang(?:tai)?(?:len)?(?:bao|mang)[a-z]{0,34}"
_CLOSING = re.compile(f"{_SUBJECT}(?:{_SPREAD}(?:{_UNPRINTED})?|{_UNPRINTED})")
_LITERAL = (
    *("luuhanhnoibo", "tailieuluuhanhnoibo", "khongphobien", "xonghoinghitralai", "xemxongtralai", "tailieunoibo"),
    *("hopxongtralai", "xonghoinghithulai"),
)
"""Marks that a misread letter leaves readable."""

_DRAFT = re.compile(
    "(?:ban)?duthao(?:(?:lan)?(?:thu)?(?:[0-9]{1,2}|nhat|mot|hai|ba|tu|bon|nam|sau|bay|cuoi))?"
    "(?:ngay[0-9]{1,2}(?:thang)?[0-9]{0,2}(?:nam)?[0-9]{0,4})?"
    f"(?:(?:de)?(?:xin|lay|gop|thamgia)(?:y)?ykien[a-z0-9]{{0,40}}|trinh[a-z0-9]{{0,60}}|{_PAPER}?{_MEETING}[a-z0-9]{{0,30}})?"
)
_DRAFT_OF_A_TYPE = re.compile(
    r"\W*DỰ THẢO\s+(?:NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|QUYẾT ĐỊNH|QUY ĐỊNH|QUY CHẾ|HƯỚNG DẪN|THÔNG BÁO|BÁO CÁO|KẾ HOẠCH"
    r"|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|TỜ TRÌNH|CÔNG VĂN|THÔNG TRI)\b"
)
_NAMES_TYPE = re.compile(r"\W*(?:BÁO CÁO|CÔNG VĂN|TỜ TRÌNH|THÔNG BÁO|KẾ HOẠCH|HƯỚNG DẪN)\b")
"""Types that report on a draft of another paper."""
_DRAFT_BEHIND = re.compile(r"\((?:bản\s+)?dự\s+thảo[^()]*\)\W*$", re.IGNORECASE)
_SPEAKS_OF_DRAFTS = re.compile(r"\b(?:gop y|y kien|tham dinh|tiep thu|giai trinh|ve viec|v/v|lay)\b")
_NO_DRAFT_NAME = re.compile(r"\b(?:gop|y kien|tham dinh|tham gia|tiep thu|giai trinh|ve|lay|cong van)\b")

_ENDS = re.compile(r"[.;:!?…)\]”\"*_=–—-]$")
_GOES_ON = (
    *(
        "LIỆU",
        "BẢN",
        "PHẨM",
        "SÁCH",
        "VỀ",
        "VÀ",
        "CHẾ",
        "ĐỘ",
        "VIỆC",
        "VÀO",
        "CỦA",
        "CÁC",
        "CHO",
        "TRONG",
        "HOẶC",
        "LÀ",
    ),
    *("TIN", "ĐỐI", "VỚI", "Ý", "NHỮNG", "LÝ", "HÀNH", "GÓP"),
)
"""Last words of a line after which a mark in capitals is the end of a title, not a mark."""
_DECORATION = " .,;:*()[]|_-–—=\"“”'"
_BESIDE = re.compile(r"\s{2,}|\s\|\s|\t")


@dataclass(frozen=True)
class Marks:
    """``circulation``: as printed, several joined by ``; ``. ``restricted``: one of them keeps the paper inside."""

    draft: bool = False
    circulation: str | None = None
    restricted: bool = False


def read_marks(pages: Pages, *, file: str) -> Marks:
    """What the lines of a file and its name say."""
    lines = filled_lines(pages)
    margins = [Line(0, place, 0, text, gap=True) for place, text in enumerate(pages.furniture)]
    found: dict[str, tuple[str, bool]] = {}
    for mark, restricts in _circulation([*lines, *margins], scanned={scan.page for scan in pages.scans}):
        found.setdefault(fold(mark), (mark, restricts))
    shown = sorted(found.values(), key=lambda mark: not mark[1])
    return Marks(
        draft=_is_named_draft(file) or any(_says_draft(lines)) or any(_says_draft(margins)),
        circulation="; ".join(mark for mark, _ in shown) or None,
        restricted=any(restricts for _, restricts in shown),
    )


def _circulation(lines: list[Line], *, scanned: set[int]) -> Iterator[tuple[str, bool]]:
    """The marks, without what decorates them, and whether they keep the paper inside."""
    for place, line in enumerate(lines):
        before = lines[place - 1].text if place and not line.gap else ""
        for words in _pieces(line.text, in_head=line.place < _TOP_LINES or place < _HEAD_LINES):
            restricts = _restricts(words, scanned=line.page in scanned)
            if restricts is not None and _stands_alone(words, before, line.text):
                yield words.strip(_DECORATION), restricts


def _letters(words: str) -> str:
    return re.sub("[^a-z0-9]+", "", fold(words))


def _pieces(line: str, *, in_head: bool) -> Iterator[str]:
    """What may be a mark on this line: the whole, and in a head the cells and what stands beside the letterhead."""
    line = printed(line)
    if len(line) <= _LONGEST:
        yield line
    if not in_head or len(line) > 2 * _LONGEST:
        return
    cells = [cell.strip() for cell in _BESIDE.split(line)]
    if len(cells) > 1:
        yield from (cell for cell in cells if cell.isupper())
        return
    words = line.split()
    for cut in range(2, len(words) - 1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield from (one for one, other in ((left, right), (right, left)) if one.isupper() and is_letterhead(other))


def _restricts(words: str, *, scanned: bool) -> bool | None:
    """Whether a mark keeps the paper inside; None for what is no mark."""
    letters = _letters(words)
    if _RESTRICTS.fullmatch(letters):
        # The word alone is said of much else.
        return True if letters != "noibo" or words.isupper() else None
    if _OF_A_MEETING.fullmatch(letters):
        return False if words.isupper() or words.startswith("(") else None
    if _CLOSING.fullmatch(letters):
        return False
    if scanned and words.isupper() and any(_is_near(letters, mark) for mark in _LITERAL):
        return True
    return None


def _stands_alone(words: str, before: str, line: str) -> bool:
    """A line of its own: no item of a list, no end of a sentence or title, no row of a table."""
    if words != printed(line):
        return True  # beside a letterhead
    if read_marker(line) is not None and not _ENDS.search(line.rstrip(" .;")):
        return False
    last = before.split()[-1].strip("“\"'(") if before else ""
    if before and (before.endswith(",") or last.upper() in _GOES_ON):
        return False
    if words.isupper():
        return True
    first = words.lstrip(' *([“"-–—_')[:1]
    return not before or _ENDS.search(before) is not None or (first.isupper() and before.isupper())


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


def _says_draft(lines: list[Line]) -> Iterator[bool]:
    """Whether a head says so: that of the paper, or the first lines of a later page."""
    in_head, typed = True, False
    for place, line in enumerate(lines):
        in_head = in_head and place < _HEAD_LINES and not _ends_head(line.text)
        if not in_head and line.place >= _TOP_LINES:
            continue
        before = lines[place - 1].text if place and not line.gap else ""
        if in_head and line.text.isupper() and not typed and _DRAFT_OF_A_TYPE.match(line.text):
            yield True
        typed = typed or _NAMES_TYPE.match(line.text) is not None
        if in_head and _DRAFT_BEHIND.search(line.text) and not _SPEAKS_OF_DRAFTS.search(fold(line.text)):
            yield True
        for words in _pieces(line.text, in_head=in_head):
            yield _DRAFT.fullmatch(_letters(words)) is not None and _stands_alone(words, before, line.text)


def _ends_head(line: str) -> bool:
    marker = read_marker(line)
    return (marker is not None and bool(marker.ordinal)) or SIGNATURE.match(line) is not None


def _is_named_draft(file: str) -> bool:
    """``du-thao-nq-12.docx``, a folder ``Dự thảo``; not a letter with remarks on one (``gop-y-du-thao.docx``)."""
    path = PurePosixPath(file)
    for part in (*path.parent.parts, path.stem):
        words = " ".join(re.findall("[a-z0-9]+", fold(part)))
        before, said, _ = f" {words} ".partition(" du thao ")
        if said and not _NO_DRAFT_NAME.search(before):
            return True
    return False
