"""Marks of state secrecy, on the paper and in the name of its file; in doubt a mark is seen.

The marks are the stamps MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước 117/2025/QH15).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from index.types import Pages

_HEAD_LINES = 40
_TOP_LINES = 5

_MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_NOT_A_LETTER = re.compile(r"[\W_]+")
_LEVEL = re.compile(r"^\W*(?:mức\s+)?độ\s+mật\s*[:.–-]?", re.IGNORECASE)
_URGENCY = re.compile(r"(?:THƯỢNGKHẨN|HỎATỐC|HOẢTỐC|KHẨN)")
_LIST_OR_CELL = re.compile(r"^\s*[-+•]\s|\|")

# Two columns of a header that a PDF runs together into one line, and a number with the mark as its suffix.
_SYMBOL = re.compile(r"^\W*Số\s*:?\s*[\d./…_-].{0,60}?(?<![^\W\d_])(?P<mark>(?:TUYỆT\s+|TỐI\s+)?MẬT)(?!\w)")
_BESIDE = re.compile(
    r"^\W*(?P<left>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W+(?:ĐẢNG CỘNG SẢN|CỘNG (?:HÒA|HOÀ) XÃ HỘI|Số\b|[^,]{2,40},\s*ngày\b)"
    r"|(?:VIỆT NAM|năm\s+\d{4})\W+(?P<right>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*$"
)

_WORD = re.compile(r"[^\W_]+")
_COPY = re.compile(r"[\s_]*\(\d+\)$")  # what a browser adds: "x (1).pdf"
_SECRET = ("mat", "mật")
_DEGREES = {
    "toi": "TỐI MẬT",
    "tối": "TỐI MẬT",
    "tuyet": "TUYỆT MẬT",
    "tuyệt": "TUYỆT MẬT",
    "do": "MẬT",
    "đo": "MẬT",
    "độ": "MẬT",
}
_NO_STAMP_BEFORE = ("bí", "bi", "bảo")  # "bí mật nhà nước", "bảo mật" are what a paper is about
_NO_STAMP_AFTER = ("mã", "khẩu")


def mark_of_name(name: str) -> str | None:
    """The mark that a file name, or a folder above it, carries; ``name`` is a path with forward slashes."""
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    parts = (*path.parent.parts, _COPY.sub("", path.stem))
    return next((mark for part in parts if (mark := _mark_of_words(_WORD.findall(part)))), None)


def mark_of_pages(pages: Pages) -> str | None:
    """The mark that stands on a line of its own anywhere, or beside the number, place or motto in a header."""
    before, seen = "", 0
    for page in pages.pages:
        for position, line in enumerate(filter(None, map(_normal, page))):
            in_head = seen < _HEAD_LINES or position < _TOP_LINES
            mark = _mark_of_line(line) if in_head or not _LIST_OR_CELL.search(line) else None
            mark = mark or (_mark_beside(line) if in_head else None)
            # A title about "BẢO VỆ BÍ / MẬT" broken over two lines is no stamp.
            if mark and not before.upper().endswith((" BÍ", " BẢO")):
                return mark
            before, seen = line, seen + 1
    return None


def _normal(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _mark_of_line(line: str) -> str | None:
    """Letters alone decide, so brackets, asterisks and spaced-out letters (M Ậ T) make no difference; capitals only."""
    letters = _NOT_A_LETTER.sub("", _LEVEL.sub("", line))
    return _MARKS.get(letters) or _MARKS.get(_URGENCY.sub("", letters))


def _mark_beside(line: str) -> str | None:
    if found := _BESIDE.search(line):
        return " ".join((found["left"] or found["right"]).split())
    if (found := _SYMBOL.search(line)) and not line[: found.start("mark")].rstrip().upper().endswith((" BÍ", " BẢO")):
        return " ".join(found["mark"].split())
    return None


def _mark_of_words(words: list[str]) -> str | None:
    for position, word in enumerate(words):
        before = words[position - 1].lower() if position else ""
        after = words[position + 1].lower() if position + 1 < len(words) else ""
        if word.lower() in _SECRET and (mark := _mark_of_word(word, before, after)):
            return mark
    return None


def _mark_of_word(word: str, before: str, after: str) -> str | None:
    """``mat`` may be an unaccented ``mặt``: it counts after a degree or as the last word, not in ``mat-tran``."""
    if before in _NO_STAMP_BEFORE or after in _NO_STAMP_AFTER:
        return None
    if before in _DEGREES and not (word.lower() == "mat" and after in ("tran", "trận")):
        return _DEGREES[before]
    return "MẬT" if word == "MẬT" or not after else None
