"""What recognition makes of Vietnamese print, put right for search keys and fields; a quote shows what was read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.language.text import fold, key

_A_BODY = r"(?!\s(?i:phận|máy|trưởng|đội|môn|luật|mặt|tài liệu|hồ sơ|câu hỏi|chính|tư pháp|nội vụ|công an|quốc phòng))"
"""No "bộ" of a cell: "chỉ bộ phận văn phòng", "chỉ Bộ Nội vụ"."""

_WRONG: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![^\W_]){wrong}(?![^\W_])"), right)
    for wrong, right in (
        (rf"([Cc]h)ỉ bộ{_A_BODY}", r"\1i bộ"),
        (r"([Cc]h)[ỉíị] ủy", r"\1i ủy"),
        (rf"CHỈ BỘ{_A_BODY}", "CHI BỘ"),
        (r"CH[ÁẨẢÂẬ]P HÀNH", "CHẤP HÀNH"),
        (r"([Cc]h)[áẩảâậ]p hành", r"\1ấp hành"),
        (r"THƯ[ƠỞỚỢỠ]NG V[UỤỦ]", "THƯỜNG VỤ"),
        (r"TRUNG [ƯU][ƠO]NG", "TRUNG ƯƠNG"),
        (r"Đ[ẢẲÁĂÀAÃ]NG (BỘ|ỦY|UỶ|VIÊN|CỘNG SẢN)", r"ĐẢNG \1"),
        (r"B[AÀÁẠẢ]N (CHẤP HÀNH|THƯỜNG VỤ|BÍ THƯ|TỔ CHỨC|CHỈ ĐẠO)", r"BAN \1"),
        (r"B[ạàáả]n (Chấp hành|Thường vụ|Bí thư|Tổ chức|Chỉ đạo)", r"Ban \1"),
        (r"Đ[IÌÍỊ][ÊỀẾỂỄ]{1,2}U L[ÊEỆ]", "ĐIỀU LỆ"),
        (r"C[UỤ] TH[ÊẺẾẸẾ]", "CỤ THỂ"),
        (r"([Cc])ụ th[êẻẹế]", r"\1ụ thể"),
        (r"([Đđ]i)êu lệ", r"\1ều lệ"),
        (r"([Cc])(?:âp|ầp|ẩp|ẫp) (ủy|uỷ|trên|dưới)", r"\1ấp \2"),
        (r"([Tt])ô chức", r"\1ổ chức"),
        (r"([Đđ])[áằẳắăẵ]ng (viên|bộ|ủy|uỷ)", r"\1ảng \2"),
    )
)
_DOUBLED = re.compile(r"Đ[ĐÐD](?=[^\W\d_])|Ð[ĐÐD]?(?=[^\W\d_])")
_DOUBLED_SMALL = re.compile("[đð]{2,}")
_STRETCHED_TYPE = re.compile(r"(?<=\d)(?P<gap>\s?[-–]\s?)K[I1l|]L(?=\s?/)")
_STRETCHED_BODY = re.compile(r"(?<=/)T(?P<last>[UW])[IÚÙỤ](?![^\W_])|(?<=/)T[ÚÙỤ](?![^\W_])")


def read_right(text: str) -> str:
    """The text as it must have been printed, where what was read can never be Vietnamese; nothing else is touched.

    The length may change: offsets of the one are none of the other.
    """
    text = _DOUBLED_SMALL.sub("đ", _DOUBLED.sub("Đ", text))
    text = _STRETCHED_TYPE.sub(lambda found: f"{found['gap']}KL", text)
    text = _STRETCHED_BODY.sub(lambda found: f"T{found['last'] or 'U'}", text)
    for wrong, right in _WRONG:
        text = wrong.sub(right, text)
    return text


def capitals_read_right(line: str, body: str) -> str:
    """A line in capitals with the accents that its words bear in the text below, where that is clear.

    Accents on capitals are read worst of all; what a title names is named again in its text.
    """
    words = list(_WORD.finditer(line))
    if not line.isupper() or len(words) < 2:
        return line
    keys = [key(found[0]) for found in words]
    counts = _pairs(body, {(fold(one), fold(other)) for one, other in pairwise(keys)})
    votes: list[set[str]] = [set() for _ in words]
    for place, (one, other) in enumerate(pairwise(keys)):
        known = counts.get((fold(one), fold(other)), Counter())
        if not known:
            continue
        (best, count), own = known.most_common(1)[0], known[one, other]
        if best != (one, other) and count >= max(2, _CLEARLY * own):
            votes[place].add(best[0])
            votes[place + 1].add(best[1])
        elif own:
            votes[place].add(one)
            votes[place + 1].add(other)
    for found, voted in reversed(list(zip(words, votes, strict=True))):
        if len(voted) == 1 and (form := voted.pop()) != key(found[0]) and len(form) == len(found[0]):
            line = line[: found.start()] + form.upper() + line[found.end() :]
    return line


_WORD = re.compile(r"[^\W\d_]+")
_CLEARLY = 2
"""How many times as often another form must stand in the text."""

_Pair = tuple[str, str]


def _pairs(body: str, wanted: set[_Pair]) -> dict[_Pair, Counter[_Pair]]:
    """How often each accented form of these folded pairs of words stands in the text, lines in capitals left out."""
    counts: dict[_Pair, Counter[_Pair]] = {}
    for line in body.splitlines():
        if line.isupper():
            continue
        for one, other in pairwise(_WORD.findall(key(line))):
            folded = (fold(one), fold(other))
            if folded in wanted:
                counts.setdefault(folded, Counter())[one, other] += 1
    return counts
