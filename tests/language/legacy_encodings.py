"""Vietnamese written in the encodings before Unicode, each from its own chart: the other way round than the reader."""

from __future__ import annotations

import unicodedata

_TCVN3_FROM = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
_TCVN3 = {letter: chr(first + place) for first, row in _TCVN3_FROM.items() for place, letter in enumerate(row)}

_VNI_BASES = {
    "a": "a",
    "ă": "aê",
    "â": "aâ",
    "e": "e",
    "ê": "eâ",
    "o": "o",
    "ô": "oâ",
    "ơ": "ô",
    "u": "u",
    "ư": "ö",
    "y": "y",
}
_VNI_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "øùûõï", strict=True))
_VNI_SIGNS = {"aê": "èéúüë", "aâ": "àáåãä", "eâ": "àáåãä", "oâ": "àáåãä"}
_VNI_I = dict(zip("ìíỉĩịỵđ", "ìíæóòîñ", strict=True))

LETTERS = sorted(
    {
        unicodedata.normalize("NFC", letter + tone)
        for letter in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    }
    - set("aeiouy")
    | {"đ"}
)
"""All 67 small letters of Vietnamese that are not plain Latin ones."""


def tcvn3(text: str) -> str:
    """As typed with the small fonts; capitals that the encoding lacks are small, as an H font wants them."""
    return "".join(_TCVN3.get(sign) or _TCVN3.get(sign.lower(), sign) for sign in text)


def vni(text: str) -> str:
    return "".join(_vni_letter(sign) for sign in text)


def _vni_letter(sign: str) -> str:
    small = sign.lower()
    if small in _VNI_I:
        found = _VNI_I[small]
    else:
        plain, *marks = unicodedata.normalize("NFD", small)
        tones = [mark for mark in marks if mark in _VNI_TONES]
        letter = unicodedata.normalize("NFC", plain + "".join(mark for mark in marks if mark not in _VNI_TONES))
        if letter not in _VNI_BASES:
            return sign
        base = _VNI_BASES[letter]
        tone = list(_VNI_TONES).index(tones[0]) if tones else None
        # A vowel with a quality has one sign for both.
        found = (
            base if tone is None else base[0] + _VNI_SIGNS[base][tone] if base in _VNI_SIGNS else base + "øùûõï"[tone]
        )
    return found.upper() if sign != small else found


def viqr(text: str) -> str:
    signs = {
        "\u0300": "`",
        "\u0301": "'",
        "\u0309": "?",
        "\u0303": "~",
        "\u0323": ".",
        "\u0302": "^",
        "\u0306": "(",
        "\u031b": "+",
    }
    pieces = []
    for sign in text:
        if sign in "đĐ":
            pieces.append("dd" if sign == "đ" else "DD")
        elif sign in "?.":
            pieces.append(sign)
        else:
            plain, *marks = unicodedata.normalize("NFD", sign)
            quality = sorted((signs.get(mark, mark) for mark in marks), key="^(+".find, reverse=True)
            pieces.append(plain + "".join(quality))
    return "".join(pieces)


def cp1258(text: str) -> bytes:
    """Letters with a quality have a code, their tone follows as a code of its own."""
    found = b""
    for sign in text:
        try:
            found += sign.encode("cp1258")
        except UnicodeEncodeError:
            plain, *marks = unicodedata.normalize("NFD", sign)
            tones = [mark for mark in marks if mark in _VNI_TONES]
            letter = unicodedata.normalize("NFC", plain + "".join(mark for mark in marks if mark not in tones))
            found += letter.encode("cp1258") + "".join(tones).encode("cp1258")
    return found
