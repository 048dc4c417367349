"""Names of bodies and of directives: capitals of a letterhead -> house spelling; fields -> a stable identity."""

from __future__ import annotations

import datetime
import re
from hashlib import sha256

from index.language.text import fold, key
from index.types import DirectiveId

_BODIES = (
    "Ban Chấp hành Trung ương", "Ban Chấp hành", "Ban Thường vụ", "Ban Bí thư", "Bộ Chính trị", "Ban Tổ chức",
    "Ban Xây dựng Đảng", "Ban Tuyên giáo và Dân vận", "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính", "Ban Chỉ đạo",
    "Ban Quản lý", "Ủy ban Kiểm tra", "Văn phòng", "Văn phòng Đảng ủy", "Ủy ban nhân dân", "Hội đồng nhân dân",
    "Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc", "Việt Nam", "Hội đồng bầu cử", "Thường trực", "Chi ủy", "Chi bộ",
    "Chi bộ Khu phố", "Chi bộ Tổ dân phố", "Chi bộ Thôn", "Chi bộ Trường", "Đảng bộ", "Đảng ủy", "Tỉnh ủy", "Thành ủy",
    "Huyện ủy", "Quận ủy", "Thị ủy", "Đại hội", "Đại hội đại biểu", "Quân ủy", "Chính phủ", "Thủ tướng Chính phủ",
    "Chủ tịch", "Quốc hội", "Tổ dân phố", "Trung ương", "Công an", "Quân sự", "Bộ", "Sở", "Ban", "phường", "xã",
    "thị trấn", "thị xã", "huyện", "quận", "tỉnh", "thành phố", "đặc khu", "khối", "các cơ quan", "cơ quan", "nhân dân",
    "và", "trực thuộc", "cơ sở", "khu phố", "của",
)  # fmt: skip
"""House spelling of the words of body names; other words are names and get a capital."""

_SPELLING = {fold(body): body for body in _BODIES}
_LONGEST = max(len(body.split()) for body in _BODIES)
_STAFF = ("ban", "van phong", "uy ban kiem tra", "thuong truc")
_BY_THEMSELVES = ("ban bi thu", "bo chinh tri")


def body_name(capitals: str) -> str:
    """``ĐẢNG ỦY PHƯỜNG AN HÒA`` -> ``Đảng ủy phường An Hòa``."""
    words, spelt, position = capitals.split(), [], 0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            run = words[position : position + length]
            if known := _SPELLING.get(fold(" ".join(run))):
                spelt.append(known)
                position += length
                break
        else:
            word = words[position]
            spelt.append(word if _is_numeral(word) else word[:1].upper() + word[1:].lower())
            position += 1
    name = " ".join(spelt)
    return name[:1].upper() + name[1:]


def full_name(body: str, *, above: str | None) -> str:
    """A body of the letterhead that names no place, with the body above it: ``Ủy ban Kiểm tra Đảng ủy phường …``."""
    plain = fold(body)
    alone = plain in _BY_THEMSELVES or "trung uong" in plain or not plain.startswith(_STAFF)
    return body if alone or not above or fold(above) in plain or plain not in _SPELLING else f"{body} {above}"


def signing_body(body: str, header: str | None) -> str:
    """The body that decided: a central body, the standing committee of the header's body, else the header's."""
    plain = fold(body)
    if header is None or plain in _BY_THEMSELVES:
        return body
    if plain.startswith("ban thuong vu") and not fold(header).startswith("ban thuong vu"):
        return f"Ban Thường vụ {header}"
    return header


def title_case(capitals: str, text: str) -> str:
    """A title in capitals as the text itself writes it; its words as they are mostly written where it does not."""
    if not capitals.isupper():
        return capitals
    wanted, searched = key(capitals), key(text)
    for match in re.finditer(re.escape(wanted), searched):
        found = text[match.start() : match.end()]
        if not found.isupper():
            return found[:1].upper() + found[1:]
    words = [_usual_spelling(word, text) for word in capitals.split()]
    title = " ".join(words)
    return title[:1].upper() + title[1:]


def _usual_spelling(word: str, text: str) -> str:
    lower = word.lower()
    if _is_numeral(word):
        return word
    capital = lower[:1].upper() + lower[1:]
    # Only inside a sentence does a capital mean a name.
    inside = re.findall(rf"(?<=[^\W\d_]\s)(?:{re.escape(lower)}|{re.escape(capital)})(?!\w)", text)
    return capital if inside.count(capital) > len(inside) / 2 else lower


def _is_numeral(word: str) -> bool:
    return re.fullmatch(r"[IVXLC]+|\W*\d\S*", word) is not None


def directive_id(
    *, number: str | None, kind: str, issuer: str | None, date: datetime.date | None, title: str, file: str
) -> DirectiveId:
    """Identity: number, type, issuer and date, since numbers begin anew every term and ``/TU`` is every province.

    Where one of them is unknown the file's path joins in: two papers must never share a name.
    """
    named = (slug(number), slug(kind)) if number else (slug(title)[:60].strip("-"),)
    parts = [*named, slug(issuer or ""), date.isoformat() if date else ""]
    if not (number and issuer and date):
        parts.append(sha256(file.encode()).hexdigest()[:8])
    return DirectiveId(".".join(part for part in parts if part))


def slug(text: str) -> str:
    """Folded words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))
