"""How document numbers are written: patterns over the key of a text, where dates stand as NULs."""

from __future__ import annotations

import re

from index.language.symbols import ISSUER_NAME_PATTERN, ISSUER_SYMBOL_PATTERN, TYPE_PATTERN

YEAR = r"(?:19|20)\d\d"
_NUMBER = (
    rf"(?P<number>\d{{1,5}}(?:\.\d{{1,3}}(?=\s?/\s?{YEAR}\s?/))?(?:[a-e](?=\s?[/-]))?"  # 66.25/2026/…, 9a/2013/…
    rf"(?:\s?/\s?{YEAR}(?=\s?/))?)"
)
_TYPE = f"(?P<type>{TYPE_PATTERN})"
_BODY = "[a-zđư][a-zđư0-9&]{0,19}"
_ISSUER = rf"(?P<issuer>t\.[ưw]|{_BODY}(?:-{_BODY}){{0,15}})(?![\w&])"
_KNOWN = rf"(?P<issuer>{ISSUER_SYMBOL_PATTERN})(?!\w)(?!\s+(?:ngay|thang|nam|dau|\d))"  # "tu ngay": từ ngày

# Over `key` text.
DIGITS = re.compile("[0-9]+")
WORD = re.compile(r"[^\W\d_]+")
LAW = re.compile(rf"{_NUMBER}\s?/\s?(?P<issuer>(?:qh|ubtvqh)\d{{1,2}})(?!\w)")
STATE = re.compile(rf"{_NUMBER}\s?/\s?{_TYPE}(?:\s?-\s?|(?=b[a-zđ]{{2}})){_ISSUER}")  # also 17/2009/TTBGDĐT
PARTY = re.compile(rf"{_NUMBER}[\s./-]{{0,4}}{_TYPE}\s?/\s?{_ISSUER}")
TYPED = re.compile(rf"{_NUMBER}[\s./-]{{0,4}}{_TYPE}(?:\s+c[uủ]a\s+|[\s./-]{{1,3}}){_KNOWN}")
LETTER = re.compile(rf"{_NUMBER}\s?/\s?{_ISSUER}")
TYPE_BEHIND = re.compile(rf"{_NUMBER}(?P<gap>[\s./-]{{0,4}}){_TYPE}(?!\w)(?!\s*(?:s[oố]\s*)?\d)")
MERE = re.compile(rf"(?P<number>\d{{1,5}}(?:[a-e](?!\w)|\s?/\s?{YEAR}(?!\d))?)(?!\w|[.,/]\d|\s?-\s?\d|\s*%)")
GAP = re.compile(r"[^\S\n]*-?[^\S\n]*|[._]|[\s.]*s[oố][\s.:_-]*")
AND = re.compile(r"\s*(?:,|;|&|\+|và|va|với|voi|hay|hoặc|hoac)\s*(?:(?:và|va)\s+)?(?:s[oố]\s+)?")
TYPE_AGAIN = re.compile(rf"[\s./-]{{1,3}}{_TYPE}(?![\w/])")
SLASHED = re.compile(rf"\s?(?P<mark>[/-])\s?{_ISSUER}")
SYMBOL_BEHIND = re.compile(rf"(?:\s*,)?\s+(?P<of>c[uủ]a\s+)?(?:(?:btv|bch)\s+)?(?:{_KNOWN}|(?<=a )(?P<cell>cb)(?!\w))")

# Over folded text.
_NAMED = (
    r"(?:(?:btv|bch|ban thuong vu|ban chap hanh|thuong truc)\s+)?"
    rf"(?P<issuer>{ISSUER_NAME_PATTERN})(?!\w)"
)
NAME_BEHIND = re.compile(rf"(?:\s*,)?\s+(?P<of>(?:do|cua)\s+)?{_NAMED}")
NAME_BEFORE = re.compile(rf"\s+cua\s+{_NAMED}\s+so[\s:]*$")  # chỉ thị của thành ủy số 24
DATE_BEHIND = re.compile(rf"(?:\s*,)?\s*(?:(?:ngay\s+)?\x00+|nam\s+{YEAR})")
COUNTED = re.compile(
    r"\s*(?:(?:trieu|ty|nghin|ngan|dong|nguoi|tuan|gio|phut|buoi|dot|lan|quy|tuoi|tieng|km|kg|ha)(?!\w)"
    rf"|ngay(?!\w)(?!\s*[\d\x00])|nam(?!\w)(?!\s+{YEAR}(?!\s*-))|thang(?!\w)(?!\s*\d{{1,2}}\s*(?:[/-]|nam))"
    r"|dieu(?!\w)(?!\s*\d)|(?:noi dung|nhiem vu|giai phap|muc tieu|nguyen tac|truong hop|van de"
    r"|hinh thuc|dang vien|chi bo|to chuc|co quan|don vi|can bo|cap uy|dai bieu|y kien|ho so|vu viec|co so"
    r"|cuoc|buoc|nhom|loai|khau|tieu chi)(?!\w)"
    # "nq 18 nội dung chính là gì" asks about NQ 18; "nêu 18 nội dung" counts.
    r"(?!\s+(?:gi|nao|chinh|la|cua|co ban|bo may|the nao|nhu|ra sao|phai|khong|duoc|can|co|trong)(?!\w)))"
)
"""What follows an amount and not a document number."""

COUNTING = frozenset({
    "thang", "ngay", "nam", "quy", "dieu", "khoan", "muc", "diem", "lan", "khoa", "thu", "chuong", "phan", "trang",
    "lop", "to", "nhom", "ky",
})  # fmt: skip
"""Words before a number that is no document's."""

NAMING = frozenset({
    "so", "ban", "vb", "theo", "xem", "tim", "hoi", "xin", "ve", "dung", "gui", "can", "trong", "tai", "cua",
})  # fmt: skip
"""Words before ``24 ct`` that let it be a document; ``có 24 ct`` counts."""

UNITS = frozenset({"nam", "thang", "quy", "tuan", "nguoi", "lan", "ngay"})
LOOSE = frozenset({"NQ", "CT", "KL", "QĐ", "QĐi", "QyĐ", "NĐ", "HD", "KH", "QC", "TTr", "CTr", "TT", "TB", "BC"})
