"""How document numbers are written: patterns over the key of a text, where dates stand as NULs."""

from __future__ import annotations

import re

from index.language.symbols import ISSUER_NAME_PATTERN, ISSUER_SYMBOL_PATTERN, TYPE_PATTERN

YEAR = r"(?:19|20)\d\d"
_NUMBER = (
    rf"(?P<number>\d{{1,5}}(?:\.\d{{1,3}}(?=\s?/\s?{YEAR}\s?/))?(?:[a-e](?=\s?[/-]))?"  # 66.25/2026/…, 9a/2013/…
    rf"(?:\s?/\s?{YEAR}(?=\s?/|[a-zđ]{{2,5}}\s?-\s?[a-zđ]))?)"  # 147/2024NĐ-CP
)
_TYPE = f"(?P<type>{TYPE_PATTERN})"
_BODY = "[a-zđư][a-zđư0-9&]{0,19}"
_ISSUER = rf"(?P<issuer>t\.[ưw]|{_BODY}(?:-{_BODY}){{0,15}})(?![\w&])"
_KNOWN = (
    r"(?P<issuer>(?![td]u\s+(?:ngay|thang|nam|dau|\d))"  # "tu ngay": từ ngày
    rf"(?:{ISSUER_SYMBOL_PATTERN}))(?!\w)"
)

# Over `key` text.
DIGITS = re.compile("[0-9]+")
WORD = re.compile(r"[^\W\d_]+")
LAW = re.compile(rf"{_NUMBER}\s?/\s?(?P<issuer>(?:qh|ubtvqh)\d{{1,2}})(?!\w)")
_MINISTRY = r"(?:\s?-\s?|(?=b[a-zđ]{2})|\s(?=b[bcdđghklmnpqrstvxy]{2}))"  # also 17/2009/TTBGDĐT, 25/2013/TT BGDĐT
STATE = re.compile(rf"{_NUMBER}(?:\s?/\s?|(?<=/{YEAR})){_TYPE}{_MINISTRY}{_ISSUER}")
BROKEN = re.compile(rf"(?P<number>\d{{1,3}}\s\d{{1,3}}\s?/\s?{YEAR})\s?/\s?{_TYPE}\s?-\s?{_ISSUER}")
"""Behind "số", a State number whose count a space breaks in two: số 7 5/2006/NĐ-CP."""
PARTY = re.compile(rf"{_NUMBER}[\s./-]{{0,4}}{_TYPE}\s?/\s?{_ISSUER}")
TYPED = re.compile(rf"{_NUMBER}[\s./-]{{0,4}}{_TYPE}(?:\s+c[uủ]a\s+|[\s./-]{{1,3}}){_KNOWN}")
SPACED = re.compile(
    rf"(?P<number>\d{{1,5}})[\s.-]{{1,3}}(?P<year>{YEAR})[\s./-]{{1,3}}{_TYPE}[\s./-]{{1,3}}{_KNOWN}"
)  # 30 2020 nd cp
LETTER = re.compile(rf"{_NUMBER}\s?/\s?{_ISSUER}")
TYPE_BEHIND = re.compile(rf"{_NUMBER}(?P<gap>[\s./-]{{0,4}}){_TYPE}(?!\w|\s?/\s?[^\W\d])(?!\s*(?:s[oôố]\s*)?\d)")
MERE = re.compile(rf"(?P<number>\d{{1,5}}(?:[a-e](?!\w)|\s?/\s?{YEAR}(?!\d))?)(?!\w|[.,/]\d|\s?-\s?\d|\s*%)")
FURTHER = re.compile(
    rf"(?:(?:,|[/-](?=\d{{3}}|1[3-9]|[2-9]\d))(?!{YEAR})(?:\d\d|(?<!,)\d{{3,4}})(?!\d))+(?!\w|[.,/:-]\d|\s*%)"
)
"""Behind a number of two digits or more, one joined to it: 217/218, 18,19, 24-25, but not the date 12/8."""
FIRST = re.compile(r"(?P<number>\d{2,5})(?=[,/-]\d)")
GAP = re.compile(r"[^\S\n]*-?[^\S\n]*|[._:/]|[^\S\n]*[\"“']|[\s.]*s[oôố][\s.:_-]*")
AND = re.compile(r"\s*(?:,|;|&|\+|và|va|với|voi|hay|hoặc|hoac)\s*(?:(?:và|va)\s+)?(?:s[oôố]\s+)?")
TYPE_AGAIN = re.compile(rf"[\s./-]{{1,3}}{_TYPE}(?![\w/]|[\s.:-]*(?:s[oôố][\s.:]*)?\d)")
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
_ASKED = r"(?!\s+(?:nao|may|gi|ai|bao nhieu)(?!\w))"
_OF = r"(?!\s+(?:chinh|la|cua|co ban|bo may|the nao|nhu|ra sao|phai|khong|duoc|can|co|trong)(?!\w))"
MEASURE = re.compile(
    rf"\s*(?:(?P<measure>trieu|ty|nghin|ngan|phut|km|kg)(?!\w)(?!\s+(?:le|sach)(?!\w))|trang(?!\w)(?!\s*\d)){_ASKED}"
)
"""What follows an amount, whatever stands before it."""
SPAN_OF_TIME = re.compile(
    rf"\s*(?P<time>tuan(?!\w)|ngay(?!\w)(?!\s*[\d\x00])|nam(?!\w)(?!\s+{YEAR}(?!\s*-))"
    rf"|thang(?!\w)(?!\s*\d{{1,2}}(?!\d))){_ASKED}"
)
THINGS = re.compile(
    r"\s*(?:(?P<thing>dong chi|dong(?! chi)|nguoi|gio|buoi|dot|lan|tuoi|tieng|ha|vu(?! viec)"
    r"|quy(?!\s*(?:\d|[ivx]+(?!\w))))(?!\w)"
    r"|dieu(?!\w)(?!\s*\d)|(?:(?<!\d\d)(?<!\d\d )(?:phan|mat(?! tran)|viec)"
    # "kế hoạch 55 nội dung 6" asks for a row of plan 55
    r"|(?:noi dung|nhiem vu)(?!\s+(?:so\s+)?\d)|giai phap|muc tieu|nguyen tac|truong hop|van de"
    r"|hinh thuc|dang vien|chi bo|to chuc|co quan|don vi|can bo|cap uy|dai bieu|y kien|ho so|vu viec|co so"
    r"|cuoc|buoc|nhom|loai|khau|tieu chi|chi tieu|giai doan)(?!\w)"
    # "nq 18 nội dung chính là gì" asks about NQ 18; "nêu 18 nội dung" counts.
    rf"{_OF}){_ASKED}"
)
"""What follows an amount after a word that also is an ordinary noun: ``thông báo 15 đồng chí``."""
COUNTED = re.compile("|".join(pattern.pattern for pattern in (MEASURE, SPAN_OF_TIME, THINGS)))
"""What follows a number that no type introduces and that counts."""

MARKED_UNITS = {
    "ty": ("tỷ", "tỉ"), "ngan": ("ngàn",), "nghin": ("nghìn",), "tuan": ("tuần",), "ngay": ("ngày",), "nam": ("năm",),
    "dong": ("đồng",), "gio": ("giờ",), "dot": ("đợt",), "lan": ("lần",), "tuoi": ("tuổi",), "tieng": ("tiếng",),
    "ha": (), "quy": ("quý",), "vu": ("vụ",),
}  # fmt: skip
"""How units are written with marks: ``quy định`` and ``hạ tầng`` hold none."""

COUNTABLE = frozenset({"BC", "KH", "CTr", "TB", "ĐA"})
COUNTABLE_BELOW_100 = frozenset({"KL", "QĐ", "HD", "DA", "PA", "TTr", "CV", "BB"})
"""Types whose names are ordinary words too, before an amount of things."""

SPOKEN_OF = re.compile(
    r"\s*(?:$|[^\w\s]|(?:noi|la|ve|cua|co|nam|ngay|quy dinh|ban hanh|the nao|nhu|gi|nao|hieu luc|con|o dau|dau|ai|va"
    r"|voi|cho|yeu cau|bao gio|khi nao|dieu|khoan|muc|chuong|phu luc|a|nhe|noi dung|thay the|het)(?!\w))"
)
"""What lets ``24 ct`` be a document; ``5 ct được giao`` counts."""

COUNTING = frozenset({
    "thang", "ngay", "nam", "quy", "dieu", "khoan", "muc", "diem", "lan", "khoa", "thu", "chuong", "phan", "trang",
    "lop", "to", "nhom", "ky", "phong", "thoai", "sdt",
})  # fmt: skip
"""Words before a number that is no document's."""

NAMING = frozenset({
    "so", "ban", "vb", "theo", "xem", "tim", "hoi", "xin", "ve", "dung", "gui", "can", "trong", "tai", "cua",
})  # fmt: skip
"""Words before ``24 ct`` that let it be a document; ``có 24 ct`` counts."""

UNITS = frozenset(
    {"nam", "thang", "quy", "tuan", "nguoi", "lan", "ngay", "gio", "xa", "phuong", "tinh", "huyen", "buoi"}
)
LOOSE = frozenset({"NQ", "CT", "KL", "QĐ", "QĐi", "QyĐ", "NĐ", "HD", "KH", "QC", "TTr", "CTr", "TT", "TB", "BC"})
