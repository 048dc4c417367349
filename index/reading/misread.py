"""What recognition makes of the head of a page that was read from a picture, read as it was printed.

Only fields are taken from these lines; the printed text stays as read.
"""

from __future__ import annotations

import re

from index.language.misreadings import read_right
from index.language.numbers import house_type
from index.language.symbols import symbol_read_right
from index.language.text import fold

_LONGEST_LINE = 120
_LABEL = re.compile(r"^\W*[S§5][ốÓôóồổốọoOỐỔỒ6]\s*[:.;]?\s*(?=[\dOolI|])")
_DIGIT = r"[\dOolI|]"
_DATE = re.compile(
    rf"\bng[aàáảãạâ]y\s+({_DIGIT}{{1,2}})\s+th[aáàảãạâấầ]ng\s+({_DIGIT}{{1,2}})\s+n[aăâáàắặằẵẳ]m(?:\s+({_DIGIT}{{4}})|\s*$)",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("OolI|", "00111")
_NATION = re.compile("[dp]ang cong san viet nam")


def head_line_read_right(line: str) -> str:
    """The line with its label, symbol, date, type name and the nation's words as they must have stood."""
    if len(line) > _LONGEST_LINE:
        return line
    line = _DATE.sub(_right_date, symbol_read_right(_LABEL.sub("Số ", read_right(line))))
    if nation := _NATION.search(fold(line)):
        line = f"{line[: nation.start()]}ĐẢNG CỘNG SẢN VIỆT NAM{line[nation.end() :]}"
    unmarked = fold(line).upper()
    return unmarked if line.isupper() and not _is_type(line) and _is_type(unmarked) else line


def _is_type(line: str) -> bool:
    return house_type(line.strip(" *#:")) is not None


def _right_date(found: re.Match[str]) -> str:
    day, month, year = ((part or "").translate(_DIGITS) for part in found.groups())
    return f"ngày {day} tháng {month} năm {year}".rstrip()
