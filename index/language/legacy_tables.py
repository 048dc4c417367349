"""The letters of Vietnamese in the encodings before Unicode, and the words that a lost ``ư`` leaves in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

# Letter and its byte: TCVN 5712:1993, third set (TCVN3, "ABC"), the encoding of the fonts ".Vn…".
_TCVN3_ROWS = (
    "àB5 ảB6 ãB7 áB8 ạB9 ăA8 ằBB ẳBC ẵBD ắBE ặC6 âA9 ầC7 ẩC8 ẫC9 ấCA ậCB đAE èCC ẻCE ẽCF éD0 ẹD1 êAA ềD2 ểD3 ễD4 ếD5 "
    "ệD6 ìD7 ỉD8 ĩDC íDD ịDE òDF ỏE1 õE2 óE3 ọE4 ôAB ồE5 ổE6 ỗE7 ốE8 ộE9 ơAC ờEA ởEB ỡEC ớED ợEE ùEF ủF1 ũF2 úF3 ụF4 "
    "ưAD ừF5 ửF6 ữF7 ứF8 ựF9 ỳFA ỷFB ỹFC ýFD ỵFE ĂA1 ÂA2 ÊA3 ÔA4 ƠA5 ƯA6 ĐA7"
)
TCVN3: Final[Mapping[str, str]] = MappingProxyType({chr(int(row[1:], 16)): row[0] for row in _TCVN3_ROWS.split()})
"""Character of Latin-1 -> letter. Capitals with a tone have no code: fonts ending in H print the small ones large."""

# Base and the signs behind it, in the order of the tones: VNI for Windows, the encoding of the fonts "VNI-…".
_VNI_TONES = "øùûõï"
_VNI_ROWS = (
    ("a", "a", "àáảãạ", _VNI_TONES), ("aâ", "â", "ầấẩẫậ", "àáåãä"), ("aê", "ă", "ằắẳẵặ", "èéúüë"),
    ("e", "e", "èéẻẽẹ", _VNI_TONES), ("eâ", "ê", "ềếểễệ", "àáåãä"),
    ("o", "o", "òóỏõọ", _VNI_TONES), ("oâ", "ô", "ồốổỗộ", "àáåãä"), ("ô", "ơ", "ờớởỡợ", _VNI_TONES),
    ("u", "u", "ùúủũụ", _VNI_TONES), ("ö", "ư", "ừứửữự", _VNI_TONES), ("y", "y", "ỳýỷỹ", _VNI_TONES[:4]),
)  # fmt: skip
_VNI_SINGLE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}


def _vni() -> Mapping[str, str]:
    small = dict(_VNI_SINGLE)
    for base, plain, toned, signs in _VNI_ROWS:
        if len(base) > 1:
            small[base] = plain
        small |= {base[0] + sign: letter for sign, letter in zip(signs, toned, strict=True)}
    capital = {pair.upper(): letter.upper() for pair, letter in small.items()}
    # The case of the first sign decides: a word's capital is often typed with a small sign behind it.
    mixed = {pair[0].upper() + pair[1]: letter.upper() for pair, letter in small.items() if len(pair) > 1}
    turned = {pair[0] + pair[1].upper(): letter for pair, letter in small.items() if len(pair) > 1}
    return MappingProxyType(small | capital | mixed | turned)


VNI: Final[Mapping[str, str]] = _vni()
"""One or two characters of Latin-1 -> letter; the longest fits."""

VIQR_QUALITIES: Final[Mapping[str, str]] = MappingProxyType(
    {"a(": "ă", "a^": "â", "e^": "ê", "o^": "ô", "o+": "ơ", "u+": "ư", "o*": "ơ", "u*": "ư"}
)
VIQR_TONES: Final[Mapping[str, str]] = MappingProxyType(
    {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
)
"""RFC 1456; the tone as a combining mark."""


class Doubt(NamedTuple):
    """What a word without its ``ư`` was. ``unless_behind``, ``unless_before``: it is itself behind, before these words.

    ``only_behind``, ``only_before``: where any are named, it is meant only behind one of these or before one of those.
    """

    word: str
    unless_behind: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    only_behind: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()


def _doubt(word: str, *, but: str = "", only: str = "") -> Doubt:
    """``but``, ``only``: the words behind which, then ``|``, the words before which."""
    left, _, right = but.partition("|")
    behind, _, before = only.partition("|")
    return Doubt(word, *(frozenset(words.split()) for words in (left, right, behind, before)))


_LETTER_OF = "điểm tiết mục nhóm loại hạng lớp khu nhà tổ lô bảng mẫu biểu phụ"
LOST: Final[Mapping[str, Doubt]] = MappingProxyType(
    {
        "cha": _doubt("chưa", but="người của ông họ là|dượng mẹ con ông anh xứ cố mẫu chú già truyền"),
        "đa": _doubt(
            "đưa",
            but="tối đống cây|dạng số phần ngành phương chiều đảng mục năng dụng lĩnh văn canh sắc nguyên tầng dân "
            "quốc thể khoa diện cấp cực tiện nghĩa tạp thức",
        ),
        "ngời": _doubt("người", but="sáng rạng chói rực"),
        "dới": _doubt("dưới"),
        "lu": _doubt("lưu", but="|mờ lu"),
        "u": _doubt("ưu", but="khối bướu|ám mê uất"),
        "hu": _doubt("hưu", but="|hu"),
        "mu": _doubt("mưu", but="|bàn"),
        "bu": _doubt("bưu", only="|điện chính phẩm tá cục kiện gửi"),
        "su": _doubt("sưu", only="|tầm tập thuế"),
        "cu": _doubt("cưu", only="|mang"),
        "ma": _doubt("mưa", only="mùa cơn trời|lũ bão lớn to gió đá nhiều"),
        "xa": _doubt("xưa", only="ngày thời|nay kia"),
        "tha": _doubt("thưa", only="kính|đồng các quý"),
        "tới": _doubt("tưới", only="nước nớc|tiêu cây nước nớc"),
        "mời": _doubt("mười", only="số thứ đủ|một hai ba bốn lăm sáu bảy tám chín"),
        "mơi": _doubt("mươi"),
        "tơi": _doubt("tươi", but="rơm|xốp tả bời"),
        "cời": _doubt("cười"),
        "cỡi": _doubt("cưỡi"),
        "cới": _doubt("cưới"),
        "lỡi": _doubt("lưỡi"),
        "mớn": _doubt("mướn"),
        "rỡi": _doubt("rưỡi"),
        "lới": _doubt("lưới"),
        "vợt": _doubt("vượt", but="cây chiếc"),
        "vờn": _doubt("vườn"),
        "vơn": _doubt("vươn"),
        "mợn": _doubt("mượn"),
        "lợt": _doubt("lượt"),
        "cớp": _doubt("cướp"),
        "sờn": _doubt("sườn"),
        "gơm": _doubt("gươm"),
        "bớm": _doubt("bướm"),
        "lớt": _doubt("lướt"),
        "trợt": _doubt("trượt"),
        "ng": _doubt("ngư"),
        "t": _doubt("tư", but=_LETTER_OF),
        "s": _doubt("sư", but=_LETTER_OF),
        "d": _doubt("dư", but=_LETTER_OF),
        "h": _doubt("hư", but=_LETTER_OF),
        "c": _doubt("cư", only="dân định chung di an ngụ nhập tản|trú dân ngụ xá"),
    }
)
"""Words that are Vietnamese with and without ``ư``, or are too short to tell; small letters."""
IN_CAPITALS: Final[Mapping[str, Doubt]] = MappingProxyType(
    {
        "th": _doubt("thư", only="bí|ký ngỏ viện"),
        "t": _doubt("tư", only="đầu thông thứ|tưởng tởng pháp vấn nhân liệu cách"),
        "nh": _doubt("như", only="|sau trên vậy"),
        "s": _doubt("sư", only="luật kỹ giáo|phạm đoàn"),
        "c": _doubt("cư", only="dân định chung|trú dân"),
    }
)
"""The same in capitals without a vowel, which are else abbreviations (``TH``, ``KH``)."""
