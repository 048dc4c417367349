"""For whom a paper is and whether it is final, as it says itself: marks of circulation and of a draft.

The marks are those that Party offices stamp or print on lines of their own (LƯU HÀNH NỘI BỘ, XONG HỘI NGHỊ TRẢ LẠI,
Dự thảo lần 2) and the closing lines that keep it out of newspapers. The words inside a sentence are none.
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
from index.reading.restrictions import DECORATION, DRAFT, letters_of, restricts, stands_alone
from index.types import Pages

_HEAD_LINES, _TOP_LINES, _FOOT_LINES = 40, 3, 2
_LONGEST = 110
_DRAFT_OF_A_TYPE = re.compile(
    r"\W*DỰ THẢO\s+(?:NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|QUYẾT ĐỊNH|QUY ĐỊNH|QUY CHẾ|HƯỚNG DẪN|THÔNG BÁO|BÁO CÁO|KẾ HOẠCH"
    r"|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|TỜ TRÌNH|CÔNG VĂN|THÔNG TRI)\b"
)
_NAMES_TYPE = re.compile(r"\W*(?:BÁO CÁO|CÔNG VĂN|TỜ TRÌNH|THÔNG BÁO|KẾ HOẠCH|HƯỚNG DẪN)\b")
"""Types that report on a draft of another paper."""
_DRAFT_BEHIND = re.compile(r"\((?:bản\s+)?dự\s+thảo[^()]*\)\W*$", re.IGNORECASE)
_SPEAKS_OF_DRAFTS = re.compile(r"\b(?:gop y|y kien|tham dinh|tiep thu|giai trinh|ve viec|v/v|lay)\b")
_NO_DRAFT_NAME = re.compile(r"\b(?:gop|y kien|tham dinh|tham gia|tiep thu|giai trinh|ve|lay|cong van)\b")

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
    scanned = {scan.page for scan in pages.scans}
    for mark, inside in _circulation([*lines, *margins], scanned=scanned, wrapped=pages.wrapped):
        found.setdefault(fold(mark), (mark, inside))
    shown = sorted(found.values(), key=lambda mark: not mark[1])
    return Marks(
        draft=_is_named_draft(file)
        or any(_says_draft(lines, wrapped=pages.wrapped))
        or any(_says_draft(margins, wrapped=False)),
        circulation="; ".join(mark for mark, _ in shown) or None,
        restricted=any(inside for _, inside in shown),
    )


def _circulation(lines: list[Line], *, scanned: set[int], wrapped: bool) -> Iterator[tuple[str, bool]]:
    """The marks, without what decorates them, and whether they keep the paper inside."""
    for place, line in enumerate(lines):
        before, after = _beside(lines, place)
        for words in _pieces(line.text, in_head=line.place < _TOP_LINES or place < _HEAD_LINES):
            inside = restricts(words, scanned=line.page in scanned)
            if inside is not None and _stands(words, line, before, after, wrapped=wrapped):
                yield words.strip(DECORATION), inside


def _beside(lines: list[Line], place: int) -> tuple[str, str]:
    """The lines before and after this one, where no gap stands between."""
    before = lines[place - 1].text if place and not lines[place].gap else ""
    after = lines[place + 1].text if place + 1 < len(lines) and not lines[place + 1].gap else ""
    return before, after


def _stands(words: str, line: Line, before: str, after: str, *, wrapped: bool) -> bool:
    # Other words than the whole line stand beside a letterhead.
    return words != printed(line.text) or stands_alone(words, before, after, wrapped=wrapped)


def _pieces(line: str, *, in_head: bool) -> Iterator[str]:
    """What may be a mark on this line: the whole, and in a head the cells and what stands beside the letterhead."""
    line = printed(line)
    if len(line) <= _LONGEST:
        yield line
    if not in_head or len(line) > 2 * _LONGEST:
        return
    cells = [cell.strip() for cell in _BESIDE.split(line) if cell.strip()]
    if len(cells) > 1:
        for cell in cells:
            if cell.isupper() or all(is_letterhead(other) for other in cells if other is not cell):
                yield cell
        return
    words = line.split()
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield from (one for one, other in ((left, right), (right, left)) if _may_stand_beside(one, other))


def _may_stand_beside(words: str, other: str) -> bool:
    if words.isupper():
        return len(words.split()) > 1 and len(other.split()) > 1 and is_letterhead(other)
    in_brackets = words.startswith("(") and words.endswith(")")
    return (in_brackets or (words[:1].isupper() and other.isupper())) and is_letterhead(other)


def _says_draft(lines: list[Line], *, wrapped: bool) -> Iterator[bool]:
    """Whether a head says so: that of the paper, or the first lines of a later page; or the last lines of a page."""
    in_head, typed = True, False
    for place, line in enumerate(lines):
        in_head = in_head and place < _HEAD_LINES and not _ends_head(line.text)
        before, after = _beside(lines, place)
        at_foot = place + _FOOT_LINES >= len(lines) or lines[place + _FOOT_LINES].page != line.page
        if not in_head and line.place >= _TOP_LINES and (not at_foot or before.endswith(":")):
            continue
        if in_head and line.text.isupper() and not typed and _DRAFT_OF_A_TYPE.match(line.text):
            yield True
        typed = typed or _NAMES_TYPE.match(line.text) is not None
        if in_head and _DRAFT_BEHIND.search(line.text) and not _SPEAKS_OF_DRAFTS.search(fold(line.text)):
            yield True
        for words in _pieces(line.text, in_head=in_head):
            is_mark = DRAFT.fullmatch(letters_of(words)) is not None
            yield is_mark and _stands(words, line, before, after, wrapped=wrapped)


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
