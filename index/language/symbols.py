"""The house spelling of document types and issuers: ``qd`` -> QĐ, ``chỉ thị`` -> CT, ``thành ủy`` -> TU."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

from index.language.text import fold, key

TYPE_NAMES = {
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "QĐ": "Quyết định", "QĐi": "Quy định",
    "QyĐ": "Quy định", "QC": "Quy chế", "TT": "Thông tri", "HD": "Hướng dẫn", "TB": "Thông báo",
    "TBKL": "Thông báo kết luận", "TC": "Thông cáo", "LKG": "Lời kêu gọi", "BC": "Báo cáo", "KH": "Kế hoạch",
    "QH": "Quy hoạch", "CTr": "Chương trình", "CTHĐ": "Chương trình hành động", "CL": "Chiến lược", "ĐA": "Đề án",
    "DA": "Dự án", "PA": "Phương án", "TTr": "Tờ trình", "CV": "Công văn", "BB": "Biên bản", "BS": "Bản sao",
    "GM": "Giấy mời", "NĐ": "Nghị định", "L": "Luật", "PL": "Pháp lệnh", "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch", "CĐ": "Công điện", "VBHN": "Văn bản hợp nhất", "HĐ": "Hợp đồng",
    "SL": "Sao lục",
}  # fmt: skip
"""Symbol -> Vietnamese name. Luật prints no type (``117/2025/QH15``): L, the symbol of Lệnh, stands for both."""

BARE_TYPES = frozenset({
    "NQ", "CT", "KL", "QĐ", "QĐi", "QyĐ", "QC", "TT", "HD", "TB", "TBKL", "BC", "KH", "CTr", "CTHĐ", "ĐA", "DA",
    "PA", "TTr", "CV", "BB", "NĐ", "TTLT", "VBHN",
})  # fmt: skip
"""Types whose symbol alone, before a number, means a document; ``QH 15`` more often means something else."""

STATE_TYPES = frozenset({"NĐ", "L", "PL", "TTLT", "NQLT", "VBHN"})

WIDER_TYPES = {"QĐ": ("QĐi", "QyĐ"), "CTr": ("CTHĐ",), "TB": ("TBKL",), "KL": ("TBKL",)}
"""Asked for the key, one also means these."""

_OTHER_NAMES = {
    "quy định": ("QĐ",), "tuyên bố": ("TB",), "sắc lệnh": ("SL",), "thông tư": ("TT",), "bộ luật": ("L",),
    "lệnh": ("L",), "chương trình hành động": ("CTr", "CTHĐ"), "thông báo kết luận": ("TB", "TBKL", "KL"),
}  # fmt: skip
_SHORTCUTS = {
    "n quyet": "NQ", "ngh quyet": "NQ", "nquyet": "NQ", "cthi": "CT", "c thi": "CT", "khoach": "KH",
    "k hoach": "KH", "tbao": "TB", "t bao": "TB", "bcao": "BC", "b cao": "BC", "kluan": "KL", "k luan": "KL",
    "hdan": "HD", "h dan": "HD", "qdinh": "QĐ", "q dinh": "QĐ", "ctrinh": "CTr", "ttrinh": "TTr", "cvan": "CV",
    "ndinh": "NĐ", "qui dinh": "QĐ", "qui che": "QC", "qui hoach": "QH",
}  # fmt: skip
_AMBIGUOUS = {"da": ("ĐA", "DA"), "tt": ("TT", "TTr"), "hd": ("HD", "HĐ")}
"""Symbols as typed without marks or capitals -> what they may mean, the commonest in Party papers first."""

_ACCENTED = {fold(name): name for name in (*TYPE_NAMES.values(), *_OTHER_NAMES)}
_NAMES: dict[str, tuple[str, ...]] = {fold(name): (symbol,) for symbol, name in TYPE_NAMES.items()}
_NAMES |= {fold(name): types for name, types in _OTHER_NAMES.items()}
_NAMES |= {shortcut: (symbol,) for shortcut, symbol in _SHORTCUTS.items()}
_NAMES |= {"".join(name.split()): types for name, types in _NAMES.items() if " " in name}  # chithi
_SYMBOLS = {fold(symbol): symbol for symbol in TYPE_NAMES} | {key(symbol): symbol for symbol in TYPE_NAMES}
_SYMBOLS["ctrhđ"] = _SYMBOLS["ctrhd"] = "CTHĐ"
_SEPARATORS = re.compile("[.-]")
_DOUBLED = re.compile("đ{2,}")  # OCR doubles the letter

_LAST_WORDS = {name.split()[-1] for name in _NAMES} | {fold(symbol) for symbol in _SYMBOLS}

TYPE_PATTERN = "|".join(
    sorted({"tb-kl", "ctr-h[đd]", *(symbol.replace("đ", "đ+") for symbol in _SYMBOLS)}, key=len, reverse=True)
)
"""Any type symbol, as a pattern over `key` text."""

_LEVELS = {
    "trung ương": "TW", "tỉnh ủy": "TU", "thành ủy": "TU", "thị ủy": "ThU", "huyện ủy": "HU", "quận ủy": "QU",
    "đảng ủy": "ĐU",
}  # fmt: skip
_BODIES = {
    "văn phòng": "VP", "ban tổ chức": "BTC", "ủy ban kiểm tra": "UBKT", "ban tuyên giáo và dân vận": "BTGDV",
    "ban tuyên giáo": "BTG", "ban dân vận": "BDV", "ban nội chính": "BNC", "trung tâm chính trị": "TTCT",
}  # fmt: skip
_STAFF = {f"{body} {level}": short + of for (body, short), (level, of) in product(_BODIES.items(), _LEVELS.items())}
_PARTY_NAMES = {
    **_LEVELS, **_STAFF, "bộ chính trị": "TW", "ban bí thư": "TW", "chi bộ": "CB", "quân ủy trung ương": "QUTW",
    "đảng ủy khối": "ĐUK", "đảng ủy quân sự": "ĐUQS", "đảng ủy công an": "ĐUCA",
    "đảng bộ tỉnh": "TU", "đảng bộ thành phố": "TU", "đảng bộ huyện": "HU", "đảng bộ quận": "QU", "đảng bộ xã": "ĐU",
    "đảng bộ phường": "ĐU", "đảng bộ đặc khu": "ĐU",
}  # fmt: skip
_STATE_NAMES = {
    "chính phủ": "CP", "thủ tướng": "TTg", "thủ tướng chính phủ": "TTg", "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND", "bộ tài chính": "BTC", "bộ nội vụ": "BNV", "bộ công an": "BCA",
    "bộ quốc phòng": "BQP", "bộ y tế": "BYT", "bộ tư pháp": "BTP", "bộ xây dựng": "BXD", "bộ công thương": "BCT",
}  # fmt: skip
_ISSUER_NAMES = {fold(name): symbol for name, symbol in (_PARTY_NAMES | _STATE_NAMES).items()}

_PARTY_SYMBOLS = {fold(symbol): symbol for symbol in _PARTY_NAMES.values()} | {
    "đh": "ĐH", "đđ": "ĐĐ", "bcsđ": "BCSĐ", "tư": "TW", "t.ư": "TW", "t.w": "TW", "bbt": "TW", "bct": "TW",
}  # fmt: skip
_STATE_SYMBOLS = {fold(symbol): symbol for symbol in (
    "CP", "TTg", "CTN", "UBND", "HĐND", "HĐTP", "BNV", "BCA", "BQP", "BYT", "BTP",
    "BXD", "BGDĐT", "BGD&ĐT", "BLĐTBXH", "BKHĐT", "VPCP", "BTTTT",
)}  # fmt: skip
_PARTY = re.compile("(?:VP|BTC|UBKT|BTGDV|BTG|BDV|BNC|TTCT|BCĐ|BCSĐ|ĐĐ)?(?:TW|TU|HU|QU|ThU|ĐU)[A-ZĐ]*|CB|ĐH|ĐĐ|BCSĐ")
_STATE = re.compile("(?:CP|TTg|CTN|UBND|HĐND|QH|UBTVQH|VPCP|BTC|BNV|BCA|BQP|BYT|BTP|BXD)\\d*")


def _pattern(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase).replace("\\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


ISSUER_NAME_PATTERN = _pattern(list(_ISSUER_NAMES))
"""Any issuer said in words, as a pattern over `fold` text."""

_WORDS_TOO = {"cb", "thu", "đh", "đđ", "tư"}
_TYPED_ISSUERS = [*(_PARTY_SYMBOLS.keys() - _WORDS_TOO), "ttg", "cp", "ubnd", "hdnd"]
ISSUER_SYMBOL_PATTERN = _pattern(_TYPED_ISSUERS).replace("d", "[dđ]")
"""Issuer symbols that may follow after a space, as a pattern over `key` text; there ``cb`` and ``thu`` are words."""


def house_type(words: str) -> str | None:
    """The symbol of a type's name in any case, marked or not (``CHỈ THỊ``, ``quy dinh``); None for anything else."""
    types = types_named(words)
    return types[0] if types else None


@lru_cache(maxsize=1 << 14)
def may_end_a_type(word: str) -> bool:
    """Whether a type's name, shortcut or symbol may end with this word."""
    return fold(word) in _LAST_WORDS


def types_named(words: str) -> tuple[str, ...]:
    """The types that a name or shortcut may mean, the likeliest first; empty for anything else.

    Marks may be missing or over the wrong letter of their syllable, but not contradict: ``bão cao`` is no báo cáo.
    """
    plain = " ".join(_SEPARATORS.sub(" ", fold(words)).split())
    types = _NAMES.get(plain, ())
    name = _ACCENTED.get(plain)
    return types if types and (name is None or _fits(words, name)) else ()


def _fits(words: str, name: str) -> bool:
    written = _SEPARATORS.sub(" ", key(words)).split()
    return all(_marks(one) <= _marks(two) for one, two in zip(written, key(name).split(), strict=True))


def _marks(word: str) -> set[str]:
    """The marks of a syllable, đ as one; hỏi and ngã count as the same, since many write one for the other."""
    letters = unicodedata.normalize("NFD", word).replace("\u0309", "\u0303")
    return {letter for letter in letters if letter == "đ" or unicodedata.combining(letter)}


def types_spelled(symbol: str) -> tuple[str, ...]:
    """The types that a symbol as typed may mean, the likeliest first; empty where it is none."""
    written = _DOUBLED.sub("đ", key(symbol)).replace("-", "")
    return _AMBIGUOUS.get(written) or ((_SYMBOLS[written],) if written in _SYMBOLS else ())


def types_written(symbol: str) -> tuple[str, ...]:
    """The types of a symbol inside a whole number: only ``da`` without capitals remains open there."""
    types = types_spelled(symbol)
    if symbol.islower() and types[0] == "ĐA":
        return types
    return (_SYMBOLS[_DOUBLED.sub("đ", key(symbol)).replace("-", "")],)


def issuer_named(words: str) -> str:
    """The symbol of an issuer that `ISSUER_NAME_PATTERN` found."""
    return _ISSUER_NAMES[" ".join(words.split())]


def issuer_spelled(symbol: str, *, state: bool = False) -> str:
    """The house spelling of an issuer's symbol, by parts: ``ubktdu`` -> UBKTĐU; ``bct`` -> TW (State: BCT)."""
    return "-".join(_issuer_part(part, state=state) for part in symbol.split("-"))


def _issuer_part(part: str, *, state: bool) -> str:
    written, plain = key(part), fold(part)
    if state and written == "bct":
        return "BCT"
    known = _PARTY_SYMBOLS.get(written) or _PARTY_SYMBOLS.get(plain) or _STATE_SYMBOLS.get(plain)
    return known or re.sub("^[ĐD]+U(?=[A-ZĐ]*$)", "ĐU", part.upper() if part == written else part)


def is_known_issuer(symbol: str) -> bool:
    """Whether the first body of a symbol in house spelling is one of the Party's or the State's known ones."""
    return is_party_issuer(symbol) or is_state_issuer(symbol)


def is_party_issuer(symbol: str) -> bool:
    """Whether the first body of a symbol in house spelling is the Party's."""
    return _PARTY.fullmatch(symbol.split("-")[0]) is not None


def is_state_issuer(symbol: str) -> bool:
    """Whether the first body of a symbol in house spelling is one of the State's known ones."""
    return _STATE.fullmatch(symbol.split("-")[0]) is not None


# Symbols as recognition reads them from a picture.

_MISREAD_DIGITS = str.maketrans("OoQDIl|iSBZ", "00001111582")
_MISREAD_NUMBER = re.compile(
    r"(?<![\w/])(?P<count>[\dOoQDIl|iSBZ]{1,5})(?P<gap>\s?[-–—.~_]{1,2}\s?|\s)(?P<type>[^\W\d_]{2,6}|[NQ][O0Q])"
    r"\s?[/|l]\s?(?P<issuer>[^\W_][^\W\d_]{1,9}(?:-[^\W\d_]{1,10})*)(?!\w)"
)
_MISREAD_LETTERS = {
    "đ": "dbpo0ð", "q": "o0gc", "t": "i1l7f", "l": "i1t", "h": "nm", "c": "goe", "k": "rx", "n": "hm", "u": "vo",
    "b": "8",
}  # fmt: skip
"""What recognition makes of a letter."""


def symbol_read_right(line: str) -> str:
    """A line read from a picture with the symbol on it as it must have stood: ``05-KIL/TU`` -> ``05-KL/TU``.

    Only a type that differs from exactly one known by a letter that is often misread, or by one too many, is changed;
    anything else stays as read.
    """
    return _MISREAD_NUMBER.sub(_right_symbol, line)


def _right_symbol(match: re.Match[str]) -> str:
    count = match["count"].translate(_MISREAD_DIGITS)
    kind, issuer = _right_type(match["type"]), _right_issuer(match["issuer"])
    if not any(map(str.isdigit, match["count"])) or kind is None or not issuer:
        return match[0]
    return f"{count}-{kind}/{issuer}"


def _right_type(written: str) -> str | None:
    """The type that these letters must have been; None where that is open."""
    if types_spelled(written):
        return types_written(written)[0]
    lower = key(written)
    shorter = {lower[:place] + lower[place + 1 :] for place in range(len(lower)) if lower[place] in "il1t'j"}
    other = {
        lower[:place] + letter + lower[place + 1 :]
        for place, wrong in enumerate(lower)
        for letter, misread in _MISREAD_LETTERS.items()
        if wrong in misread or fold(wrong) == letter
    }
    for fitting in (shorter, other):
        found = {_SYMBOLS[spelling] for spelling in fitting if spelling in _SYMBOLS} & (BARE_TYPES - STATE_TYPES)
        if len(found) == 1:
            return found.pop()
    return None


def _right_issuer(written: str) -> str:
    """The issuer in house spelling; marks that recognition added go (``TÚ`` -> TU)."""
    first, *further = written.split("-")
    spelt = issuer_spelled(first)
    if is_known_issuer(spelt):
        return "-".join((spelt, *further))
    plain = issuer_spelled(fold(re.sub("^[ĐDÐBP]{1,2}(?=[UÚÙỦŨỤƯỨỪỬỮỰ])", "Đ", first)))
    return "-".join((plain, *further)) if is_known_issuer(plain) else ""
