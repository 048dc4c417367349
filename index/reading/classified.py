"""Marks of state secrecy, on the paper and in the name of its file; in doubt a mark is seen.

The marks are the stamps MẬT, TỐI MẬT, TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước 117/2025/QH15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.language.numbers import find_numbers, house_type
from index.language.symbols import is_party_issuer
from index.language.text import fold
from index.reading.fields import is_letterhead
from index.types import Pages

_HEAD_LINES = 40
_TOP_LINES = 5
_LONGEST_HEAD_LINE = 200

_MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_NOT_A_LETTER = re.compile(r"[\W_]+")
_LABEL = re.compile(
    r"^\W*(?:(?:(?:mức|cấp)\s+)?độ\s+mật\s*[:.–-]?|(?:đóng\s+)?dấu\b(?:\s+(?:chỉ\s+)?độ\s+mật\b)?\s*:?)", re.IGNORECASE
)
# A stamp in words, with or without capitals: "Tài liệu Mật", "Độ mật: Tối mật", "BÍ MẬT NHÀ NƯỚC - KHÔNG SAO CHỤP".
_DEGREE_WORDS = r"(?:(?P<{0}>TUYỆT|TỐI)\s+)?MẬT"
_BEHIND = (
    r"(?:[\s,;()–—-]+(?:(?:TUYỆT\s+ĐỐI\s+)?(?:KHÔNG|CẤM)(?:\s+\w+){1,8}|(?:THƯỢNG\s+)?KHẨN|H(?:ỎA|OẢ)\s+TỐC"
    r"|BẢN\s+SỐ\b.{0,12}|XONG\s.{3,40}))*"
)
_IN_WORDS = re.compile(
    r"(?:(?:MỨC\s+|CẤP\s+)?ĐỘ\s+MẬT\s*[:.–-]\W*|(?:ĐÓNG\s+)?DẤU\s*:?\W*)?"
    r"(?:(?:TÀI\s+LIỆU|VĂN\s+BẢN|HỒ\s+SƠ|BÁO\s+CÁO|BẢN)\s+(?:NÀY\s+)?(?:THUỘC\s+|CÓ\s+)?(?:ĐỘ\s+)?)?"
    rf"(?:{_DEGREE_WORDS.format('degree')}|(?:TUYỆT\s+ĐỐI\s+)?BÍ\s+MẬT(?:\s+NHÀ\s+NƯỚC)?"
    rf"(?:[\s,–-]+(?:CÓ\s+)?ĐỘ\s*:?\s+{_DEGREE_WORDS.format('second')})?){_BEHIND}",
    re.IGNORECASE,
)
_AS_LETTER = re.compile(r"(?:(?:MỨC|CẤP)\s+)?ĐỘ\s+MẬT\s*:\s*[\"“]?(?P<letter>[ABC])[\"”]?", re.IGNORECASE)
_LETTERS = {"A": "TUYỆT MẬT", "B": "TỐI MẬT", "C": "MẬT"}
_SET_OFF = " .,:*()[]|_-–—=\"“”'!"
_TITLE_GOES_ON = re.compile(
    r"(?:\b(?:VỀ|BẢO VỆ|GIỮ|GIỮ GÌN|QUẢN LÝ|SỬ DỤNG|DANH MỤC|PHẠM VI|CÔNG TÁC|GIẢI MẬT|TIÊU H[ỦU][ỶY]?|SAO CHỤP|LỘ|LỌT"
    r"|LƯU GIỮ|VẬN CHUYỂN|GIAO NHẬN|XÁC ĐỊNH|THUỘC|CÓ|VÀ|HOẶC|CỦA|CÁC|NHỮNG|VỚI|LUẬT|PHÁP LỆNH|CHẾ ĐỘ|KỶ LUẬT"
    r"|(?:MỨC|CẤP) ĐỘ|LÀ)|,)$|^(?:CHƯƠNG|MỤC|PHẦN|ĐIỀU)\s+[\dIVX]+[.:]?$",
    re.IGNORECASE,
)
"""Last words of a title about secrets, or a heading, above words that would be a stamp if they stood for themselves."""
_GOES_ON = re.compile(r"(?:TRONG|CỦA|THUỘC|VÀ|TẠI|Ở|ĐỐI VỚI|TRÊN|NHÀ NƯỚC|CÁC)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s+")
_COPIES = re.compile(
    r"\b(?:(?:bản\s+số|số\s+bản|bản)\b(?:\s*:[\s\d./…_]*|\s*[\d.…_][\d./…_]*)|\d+\s+bản\b)\W*", re.IGNORECASE
)
_URGENCY = re.compile(r"(?:THƯỢNGKHẨN|HỎATỐC|HOẢTỐC|KHẨN)")
_LIST_OR_CELL = re.compile(r"^\s*(?:[-+•]|(?:\d{1,2}|[a-zđ])[.)])\s|\|")
_COUNTED_ROW = re.compile(r"^\W*\d+\W*\|")  # a row of a list of papers

# A title about secrets, broken before its last word, is no stamp; the name of a man called Bảo above a stamp is one.
_BROKEN_TITLE = re.compile(
    r"(?:(?:BẢO VỆ|GIỮ|GIỮ GÌN|LỘ|LỌT|VỀ|TÁC|DANH MỤC|TÀI LIỆU|VÀ|NHỮNG|CÁC|,)\s+|^)BÍ$"
    r"|(?:(?:AN NINH|AN TOÀN|CÔNG TÁC|TĂNG CƯỜNG|VỀ|VÀ|CHẾ ĐỘ|YÊU CẦU|KỶ LUẬT|,|-)\s+|^)BẢO$"
    r"|\b(?:NHÀ NƯỚC|XÁC ĐỊNH|MỨC|CẤP|DANH MỤC|CÁC|VÀ|,)\s+(?:ĐỘ|ĐỘ (?:TUYỆT|TỐI))$",
    re.IGNORECASE,
)
_SPEAKS_OF = (
    *("BÍ", "BẢO", "ĐỘ", "DẤU", "MẬT", "LIỆU", "BẢN", "TIN", "SƠ", "VẬT", "ĐIỆN"),
    *("VÀ", "HOẶC", "VỀ", "LÀ", "GIẢI"),
)
"""Last words before the mark in a title about secrets ("QUẢN LÝ TÀI LIỆU MẬT")."""

# Two columns of a header that a PDF runs together into one line, and a number with the mark as its suffix.
_SYMBOL = re.compile(r"^\W*Số\s*:?\s*[\d./…_-].{0,60}?(?<![^\W\d_])(?P<mark>(?:TUYỆT\s+|TỐI\s+)?MẬT)(?!\w)")
_BESIDE = re.compile(
    r"^\W*(?P<left>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W+(?:ĐẢNG (?:CỘNG SẢN|BỘ|ỦY|UỶ)|CỘNG (?:HÒA|HOÀ) XÃ HỘI"
    r"|Trang\s+\d|Số\b|[^,]{2,40},\s*ngày\b)"
    r"|(?:VIỆT NAM|năm\s+\d{4})\W+(?P<right>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*$"
)
_AT_THE_END = re.compile(r"^(?P<left>.+?)\W+(?P<mark>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*$")
_PAGE = re.compile(r"\W*Trang\s+\d+(?:\s*/\s*\d+)?\W*$", re.IGNORECASE)

_DEGREE_COLUMN = re.compile(r"(?:^|\|)\s*(?:(?:muc|cap|xac dinh|de xuat)\s+)*(?:do|dau)\s+mat\s*(?:\||$)")
"""A table about secrets, over folded text: what stands below this head is no stamp."""

# A symbol with the mark as its suffix: 12-QĐ/TU-MẬT, 15-BC/ĐU(M), 08-KH/TU (TM).
_SUFFIX = re.compile(
    r"\s*(?P<open>[-–—(\[/]|(?<=\s))\s*(?P<suffix>M|TM|TyM|TuM|TUM|MẬT|Mật|T(?:ỐI|ối)\s+(?:MẬT|[Mm]ật)|T(?:UYỆT|uyệt)\s+(?:MẬT|[Mm]ật))"
    r"(?!\w)(?P<close>\s*[)\]])?(?P<rest>.*)"
)
_ANY_SUFFIX = r"M|TM|TyM|TuM|TUM|(?:T(?:ỐI|ối)\s+|T(?:UYỆT|uyệt)\s+)?(?:MẬT|[Mm]ật)"
_WITHIN = re.compile(
    rf"\W*(?:S[ốÓôóoO6]\s*:?\s*)?[\d.…_]*\s*[-–/]\s*(?:(?P<first>{_ANY_SUFFIX})\s*[-–/.]\s*)?[A-ZĐ]\w{{1,4}}\s*[-–/]\s*"
    rf"(?P<issuer>[A-ZĐỦỤƯ]\w*)(?:\s*[/.]\s*(?P<last>{_ANY_SUFFIX})(?!\w))?(?P<rest>.*)"
)
_SUFFIXES = {"M": "MẬT", "TM": "TỐI MẬT", "TYM": "TUYỆT MẬT", "TUM": "TUYỆT MẬT"}
_PARTY_WITH_SUFFIX = re.compile(r"(?P<own>.+)[-–—](?P<suffix>M|TM|TyM|TuM|TUM|MẬT|Mật)")
_BEFORE_SYMBOL = re.compile(r"\W*(?:S[ốÓôóoO6]\s*:?\s*)?", re.IGNORECASE)
_SYMBOL_LINES = 15

# How recognition reads a stamp in its box: letters beside it are the box, marks are lost or others.
_BOX = "[IlJj1i!|L]*"
_READ_SECRET = "(?:M|IVI|NI|lVl|IV1)[AÂĂÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÄ4]{1,2}T"
_READ_FIRM = "(?:M|IVI|lVl)Ậ[1I7|l]"
_READ_STAMP = re.compile(
    f"{_BOX}(?:(?P<top>T[UŨỦÙÚỤƯ]+[YÝỲỶỸỴV]+[EÊẾỀỂỄỆÉÈẺẼẸF]+[TI1])|(?P<high>T[OÔỐỒỔỖỘÓÒỎÕỌ0][I1l|ÍÌỈĨỊ]))?"
    f"(?P<secret>{_READ_SECRET}|{_READ_FIRM}|(?(top)M[AÂĂÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÄ]+[TN]?|(?!))){_BOX}"
)
_READ_DEGREE = re.compile(
    r"(?<!\w)T[UŨỦÙÚỤƯ]+[YÝỲỶỸỴV]+[EÊẾỀỂỄỆÉÈẺẼẸF]+[TI1]\s+M[AÂĂÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÄ4][T1I7](?!\w)"
    r"|(?<!\w)T[OÔỐỒỔỖỘÓÒỎÕỌ0][I1l|ÍÌỈĨỊ]\s+M[AÂĂÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÄ4][T1I7](?!\w)"
)
_READ_MARK = re.compile(r"(?<!\w)M[AÂĂẠẤẦẨẪẬẮẰẲẴẶ]T(?!\w)")
_LONGEST_STAMP = 24
_SIDES = ("CÓ", "VẮNG", "CÁC", "BỀ", "MỌI", "MỘT", "HAI", "NHIỀU", "GƯƠNG", "THAY", "RA", "TRƯỚC", "BAN", "TIỀN", "GẶP")
"""Words before MẶT that make it a word of its own, where a line is broken between them."""

_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"(?:[\s_-]*\(\d+\)|[\s_-]+\d{1,2}|\.[a-z]{2,4})$", re.IGNORECASE)
"""What a browser or a program adds behind a name: "x (1).pdf", "x 2.pdf", "x.docx.pdf"."""
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
_NO_STAMP_AFTER = ("mã", "khẩu", "vụ", "độ")


def mark_of_name(name: str) -> str | None:
    """The mark that a file name, or a folder above it, carries; ``name`` is a path with forward slashes."""
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    parts = (*path.parent.parts, *_stems(path.stem))
    return next((mark for part in parts if (mark := _mark_of_words(_WORD.findall(part)))), None)


def _stems(stem: str) -> Iterator[str]:
    """The name, and what is left of it as its tails are taken away."""
    yield stem
    while (shorter := _TAIL.sub("", stem)) != stem:
        yield (stem := shorter)


def mark_of_pages(pages: Pages, *, surely: bool = False) -> str | None:
    """The mark that stands on a line of its own anywhere, beside other words of a header, or behind the number.

    On pages that were read from pictures a stamp is seen in what recognition makes of it too, unless ``surely``.
    """
    scanned = set() if surely else {0, *(scan.page for scan in pages.scans)} if pages.scans else set()
    before, seen, in_degrees = "", 0, False
    for page, lines in (*enumerate(pages.pages, start=1), (0, pages.furniture)):
        filled = [line for line in map(_normal, lines) if line]
        for position, line in enumerate(filled):
            in_degrees = " | " in line and (in_degrees or _DEGREE_COLUMN.search(fold(line)) is not None)
            in_head = not page or seen < _HEAD_LINES or position < _TOP_LINES
            after = filled[position + 1] if position + 1 < len(filled) else ""
            is_read = page in scanned and not in_degrees
            mark = _misread_mark(line, before, after, in_head=in_head) if is_read else None
            mark = mark or (None if in_degrees else _mark_at(line, in_head=in_head))
            mark = mark or (_mark_in_words(line, before, after) if in_head and not in_degrees else None)
            mark = mark or (_mark_behind_number(line) if seen < _SYMBOL_LINES else None)
            if mark and not _BROKEN_TITLE.search(before):
                return mark
            before, seen = line, seen + 1
    return None


def _mark_at(line: str, *, in_head: bool) -> str | None:
    if in_head:
        return _mark_in_head(line)
    return None if _LIST_OR_CELL.search(line) else _mark_of_line(line)


def _mark_in_words(line: str, before: str, after: str) -> str | None:
    """The mark of a line that holds nothing but a stamp in words; none in a list or a title about secrets.

    In a head that is set in a table, of a cell beside those of a letterhead.
    """
    cells = [cell.strip() for cell in line.split(" | ") if cell.strip(" |")]
    stamps = [cell for cell in cells if not is_letterhead(cell)] if len(cells) > 1 else []
    if len(stamps) == 1:
        return _mark_in_words(stamps[0], "", "")
    words = line.strip(_SET_OFF)
    if not words[:1].isupper() or line.endswith(";") or (line[0] in "-–" and line[-1] not in "-–"):
        return None
    if found := _AS_LETTER.fullmatch(words):
        return _LETTERS[found["letter"].upper()]
    found = _IN_WORDS.fullmatch(words)
    is_listed = before.endswith(":") and _LABEL.sub("", before).strip(_SET_OFF) != ""
    is_set_off = line[0] in "([" and line[-1] in ")]"
    if not found or is_listed or (not is_set_off and _is_of_a_title(words, before, after)):
        return None
    degree = found["degree"] or found["second"]
    return f"{degree.upper()} MẬT" if degree else "MẬT"


def _is_of_a_title(words: str, before: str, after: str) -> bool:
    if _TITLE_GOES_ON.search(before.rstrip(" *#")):
        return True
    return after.isupper() == words.isupper() and _GOES_ON.match(after) is not None and not is_letterhead(after)


def _mark_behind_number(line: str) -> str | None:
    """The mark that ends the paper's own number, with nothing but place and date behind it."""
    if mark := _mark_within_number(line):
        return mark
    begin = _BEFORE_SYMBOL.match(line)
    numbers = find_numbers(line)
    if not numbers or not begin or not numbers[0].symbol or numbers[0].span.start != begin.end():
        return None
    number = numbers[0]
    # "-M" alone is one of many departments with the State; a Party office means the mark.
    inside = _PARTY_WITH_SUFFIX.fullmatch(number.issuer or "")
    if inside and is_party_issuer(inside["own"].split("-")[-1]):
        return _SUFFIXES.get(inside["suffix"].upper(), "MẬT")
    found = _SUFFIX.match(line, number.span.end)
    if not found or not (found["rest"].strip(" .,;*|") == "" or is_letterhead(found["rest"].strip(" .,;*|"))):
        return None
    suffix = " ".join(found["suffix"].upper().split())
    is_short = suffix in _SUFFIXES
    if is_short and not found["close"] and not (found["open"] in "-–—" and is_party_issuer(number.issuer or "")):
        return None
    return _SUFFIXES.get(suffix, suffix)


def _mark_within_number(line: str) -> str | None:
    """``12-BC/ĐU/M``, ``12-BC/ĐU.M``, ``12-M/BC/ĐU``."""
    found = _WITHIN.match(line)
    if not found or not is_party_issuer(found["issuer"]):
        return None
    rest, suffix = found["rest"].strip(" .,;*|"), " ".join((found["first"] or found["last"] or "").upper().split())
    return _SUFFIXES.get(suffix, suffix) if suffix and (not rest or is_letterhead(rest)) else None


def _misread_mark(line: str, before: str, after: str, *, in_head: bool) -> str | None:
    """The mark that recognition made this of; a stamp without its degree only where stamps stand."""
    if len(line) <= _LONGEST_STAMP and (mark := _misread_stamp(line, before, after, in_head=in_head)):
        return mark
    if not in_head or len(line) > _LONGEST_HEAD_LINE or _COUNTED_ROW.match(line):
        return None
    cells = [cell.strip() for cell in line.split("|")]
    for cell in cells if len(cells) > 1 else ():
        if cell and len(cell) <= _LONGEST_STAMP and (mark := _misread_stamp(cell, "", "", in_head=True)):
            return mark
    found = _READ_DEGREE.search(line) or _READ_MARK.search(line)
    if not found or fold(line[found.end() :]).lstrip().startswith("tran"):
        return None
    left, right = line[: found.start()].strip(" |*-"), line[found.end() :].strip(" |*-")
    beside = right if not left else left if not right else ""
    side = left.split()[-1] if left else ""
    if beside and side not in _SIDES and (is_letterhead(beside) or house_type(fold(beside))):
        return _degree(found[0])
    return _mark_beside(f"{left} {_degree(found[0])} {right}".strip()) if " " in found[0] else None


def _misread_stamp(line: str, before: str, after: str, *, in_head: bool) -> str | None:
    letters = re.sub(r"[^\w|!]+|_", "", _COPIES.sub(" ", line))
    found = _READ_STAMP.fullmatch(letters)
    if not found or sum(map(str.islower, letters)) > 2:
        return None
    if found["top"] or found["high"]:
        return "TUYỆT MẬT" if found["top"] else "TỐI MẬT"
    last = before.split()[-1].strip(",;").upper() if before else ""
    if last in _SIDES or fold(after).startswith("tran"):
        return None
    # A boxed or whole mark counts anywhere, a bare MẶT or MAT only in a head.
    return "MẬT" if in_head or re.search("[ÂẬ]", found["secret"]) else None


def _degree(words: str) -> str:
    return "MẬT" if words.startswith("M") else "TUYỆT MẬT" if re.match("T[UŨỦÙÚỤƯ]", words) else "TỐI MẬT"


def _normal(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _mark_of_line(line: str) -> str | None:
    """Letters alone decide, so brackets, asterisks and spaced-out letters (M Ậ T) make no difference; capitals only."""
    letters = _NOT_A_LETTER.sub("", _LABEL.sub("", _COPIES.sub(" ", _NUMBERED.sub("", line))))
    return _MARKS.get(letters) or _MARKS.get(_URGENCY.sub("", letters))


def _mark_in_head(line: str) -> str | None:
    """The mark of a line, or of one cell of a table in which the head is set."""
    if len(line) > _LONGEST_HEAD_LINE or _COUNTED_ROW.match(line):
        return None
    cells = map(str.strip, line.split("|"))
    return next((mark for cell in cells if (mark := _mark_of_line(cell) or _mark_beside(cell))), None)


def _mark_beside(line: str) -> str | None:
    if found := _BESIDE.search(line):
        return " ".join((found["left"] or found["right"]).split())
    if (found := _SYMBOL.search(line)) and not line[: found.start("mark")].rstrip().upper().endswith((" BÍ", " BẢO")):
        return " ".join(found["mark"].split())
    found = _AT_THE_END.match(_COPIES.sub(" ", line).strip())
    if found and _stands_before_a_mark(found["left"]):
        return " ".join(found["mark"].split())
    return None


def _stands_before_a_mark(words: str) -> bool:
    """Capitals of a letterhead or a page number, no title that speaks of secrets."""
    return _PAGE.match(words) is not None or (words.isupper() and words.split()[-1].strip(",;") not in _SPEAKS_OF)


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
