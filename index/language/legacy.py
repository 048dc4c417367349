"""Vietnamese in the encodings before Unicode -> the same in Unicode, composed.

By the font where there is one; else by statistics: a text is taken as TCVN3, VNI or VIQR only where that makes
Vietnamese syllables of what were none, so French, Czech or Unicode stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from index.language.legacy_tables import IN_CAPITALS, LOST, TCVN3, VIQR_QUALITIES, VIQR_TONES, VNI, Doubt
from index.language.syllables import is_syllable

SOFT_HYPHEN = "\xad"
"""The small ư of TCVN3. Elsewhere it is no letter, and programs like to drop it."""


class Encoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"
    VIQR = "viqr"


_TCVN3 = str.maketrans(dict(TCVN3))
_VNI = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_VIQR = re.compile(r"\\(?P<plain>.)|(?P<dd>[dD]{2})|(?P<base>[aeiouyAEIOUY])(?P<quality>[(^+*]?)(?P<tone>[`'?~.]?)")
_VIQR_SURE = re.compile(r"(?<![^\W_])dd[aeiouy]|[ou]\+|[aeo]\^|a\(['`?~.]?[a-z]", re.IGNORECASE)
_VIQR_WORD = re.compile(r"[A-Za-z][A-Za-z(^+*`'?~.\\]*")

_SURELY_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")
_VIETNAMESE_LATIN1 = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
_CODES = {
    Encoding.TCVN3: frozenset(TCVN3),
    Encoding.VNI: frozenset(code[-1] for code in VNI) - frozenset("aeiouyAEIOUY"),
}
_LEAST_SHARE = 0.1
"""Of the letters: legacy text has about one in five, Unicode text read as such one in forty."""
_VALID, _GAIN = 0.8, 0.3
_FEWEST_WORDS = 3
_SHORT = 2
"""Letters of a word in capitals that may be an abbreviation (``HU``)."""
_SURE_VIQR = 5

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
_LONE_MARK = re.compile(r"\W*(?:độ\s+mật\W*)?((?:tuyệt\s+|tối\s+)?mật)\W*", re.IGNORECASE)
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def decode(text: str, encoding: Encoding) -> str:
    """The text in Unicode; what is no code of the encoding stays. Words typed in capitals become capitals whole."""
    match encoding:
        case Encoding.TCVN3:
            return _in_capitals(text, text.translate(_TCVN3))
        case Encoding.VNI:
            return _VNI.sub(lambda found: VNI[found[0]], text)
        case Encoding.VIQR:
            return _VIQR_WORD.sub(_viqr_word, text)


def decode_plain(text: str) -> str:
    """The text, decoded where it is legacy by statistics, with its lost ư."""
    encoding = guess_encoding(text)
    if encoding is None:
        return text
    decoded = decode(text, encoding)
    if encoding is not Encoding.TCVN3:
        return decoded
    decoded = restore_horns(decoded) if lacks_horns(text) else decoded
    return "\n".join(map(stamp_in_capitals, decoded.split("\n")))


def stamp_in_capitals(line: str) -> str:
    """A line of TCVN3 whose font is not known: where it is but a mark of secrecy, that may have been a stamp in an H
    font, so it is given in capitals.
    """
    return line.upper() if _LONE_MARK.fullmatch(line) else line


def decode_bytes(data: bytes) -> str | None:
    """Bytes that are neither UTF-8 nor UTF-16, by whichever of CP1258, TCVN3 and VNI gives Vietnamese; else None."""
    if (text := _cp1258(data, data)) is not None:
        return text
    text = latin(data)
    return decode_plain(text) if guess_encoding(text) in (Encoding.TCVN3, Encoding.VNI) else None


def single_byte(data: bytes, *, sample: bytes) -> str | None:
    """As `decode_bytes` for a text with markup, of which ``sample`` holds the words; of TCVN3 and VNI the characters
    stay as they are, to be decoded by font.
    """
    if (text := _cp1258(data, sample)) is not None:
        return text
    return latin(data) if guess_encoding(latin(sample)) else None


def latin(data: bytes) -> str:
    """Each byte as Windows-1252 shows it; its five holes as in Latin-1."""
    return data.decode("latin-1").translate(_C1)


def _cp1258(data: bytes, sample: bytes) -> str | None:
    read = unicodedata.normalize("NFC", sample.decode("cp1258", "ignore"))
    if _share_of_marked(read) < _VALID or guess_encoding(latin(sample)):
        return None
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def font_encoding(font: str | None) -> Encoding | None:
    """The encoding of the fonts with this name: ``.VnTime``, ``VNI-Times``."""
    name = (font or "").strip().casefold()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith(("vni-", "vni ")) else None


def prints_large(font: str | None) -> bool:
    """Whether the font prints small letters as capitals: ``.VnTimeH``."""
    name = (font or "").strip().casefold()
    return name.startswith(".vn") and name.endswith("h")


def is_unicode(text: str, encoding: Encoding) -> bool:
    """Whether words in a legacy font are Unicode already: they hold letters that the encoding has no code for."""
    if _SURELY_UNICODE.search(text):
        return True
    if encoding is Encoding.TCVN3:
        return any(sign in _VIETNAMESE_LATIN1 and sign not in TCVN3 for sign in text)
    left = _VNI.sub("", text)
    return any(sign in _VIETNAMESE_LATIN1 for sign in left)


def is_sure(text: str, encoding: Encoding) -> bool:
    """Whether words hold signs that no Vietnamese in Unicode has, and that are letters of this encoding."""
    if is_unicode(text, encoding):
        return False
    return any(sign in _CODES[encoding] and sign not in _VIETNAMESE_LATIN1 for sign in text)


def guess_encoding(text: str) -> Encoding | None:
    """The encoding of a text without fonts; None for Unicode, another language, or where there is too little."""
    if _SURELY_UNICODE.search(text):
        return None
    letters = sum(map(str.isalpha, text))
    found = []
    for encoding, codes in _CODES.items():
        if sum(map(codes.__contains__, text)) < _LEAST_SHARE * letters:
            continue
        after, before, count = _shares(text, encoding)
        if count >= _FEWEST_WORDS and after >= _VALID and after - before >= _GAIN:
            found.append((after, encoding))
    if found:
        return max(found)[1]
    return Encoding.VIQR if _is_viqr(text) else None


def lacks_horns(raw: str) -> bool:
    """Whether the small ư was dropped from a text in TCVN3: it has none, and words that are syllables only with it."""
    if SOFT_HYPHEN in raw:
        return False
    words = set(_WORD.findall(raw.translate(_TCVN3).lower()))
    return any(
        set(word) & set("ơờớởỡợ") and not is_syllable(word) and any(map(is_syllable, _horned(word))) for word in words
    )


def restore_horns(text: str) -> str:
    """TCVN3, decoded, whose soft hyphens were dropped on the way: each ``ư`` where only it makes a syllable
    (``trờng``), or where the words beside it tell.
    """
    words = list(_WORD.finditer(text))
    pieces, position = [], 0
    for place, found in enumerate(words):
        before = _neighbour(text, words, place, -1)
        after = _neighbour(text, words, place, 1)
        pieces += [text[position : found.start()], _with_horn(found, text, before, after)]
        position = found.end()
    return "".join([*pieces, text[position:]])


# -- TCVN3 ---------------------------------------------------------------------------------------------------------


def _in_capitals(raw: str, decoded: str) -> str:
    """TCVN3 has no capitals with tones: where all its plain letters are capitals, a word or a line was meant so."""
    if len(raw) != len(decoded) or raw == decoded:
        return decoded
    return "".join(map(_line_in_capitals, decoded.splitlines(keepends=True)))


def _line_in_capitals(line: str) -> str:
    plain = [sign for sign in line if sign.isascii() and sign.isalpha()]
    if len(plain) > _FEWEST_WORDS and all(map(str.isupper, plain)):
        return line.upper()
    return _WORD.sub(_word_in_capitals, line)


def _word_in_capitals(found: re.Match[str]) -> str:
    plain = [sign for sign in found[0] if sign.isascii()]
    return found[0].upper() if len(plain) > 1 and all(map(str.isupper, plain)) else found[0]


def _neighbour(text: str, words: list[re.Match[str]], place: int, step: int) -> str:
    """The word beside this one, where only spaces stand between."""
    if not 0 <= place + step < len(words):
        return ""
    first, second = sorted((words[place], words[place + step]), key=lambda word: word.start())
    beside = text[first.end() : second.start()]
    return words[place + step][0] if beside.strip() == "" else ""


def _with_horn(found: re.Match[str], text: str, before: str, after: str) -> str:
    word = found[0]
    small, is_large = word.lower(), word.isupper() and (len(word) > 1 or (before or after).isupper())
    has_vowel = any(sign not in "bcdđghklmnpqrstvx" for sign in small)
    is_short_form = is_large and (has_vowel and len(word) == _SHORT)
    if doubt := (IN_CAPITALS if is_large and not has_vowel else LOST).get(small):
        is_kept = is_short_form or _is_label(found, text, before, after)
        meant = not is_kept and _is_meant(doubt, before.lower(), after.lower())
        return _like(word, doubt.word, is_large=is_large) if meant else word
    if is_syllable(small) or len(word) == 1 or (is_large and not has_vowel):
        return word
    return _like(word, next(filter(is_syllable, _horned(small)), small), is_large=is_large)


def _is_label(found: re.Match[str], text: str, before: str, after: str) -> bool:
    """Whether a letter names an item ("điểm d", "d)", "a, d, đ") and is no word that lost its ư."""
    behind = text[found.end() : found.end() + 1]
    return len(found[0]) == 1 and (not (before or after) or behind in tuple(")/-0123456789"))


def _horned(word: str) -> Iterator[str]:
    """The word with an ư before its ơ, else behind its first consonants, alone or before ng."""
    for place, sign in enumerate(word):
        if sign in "ơờớởỡợ":
            yield word[:place] + "ư" + word[place:]
            return
    for place in (len(word), len(word) - 2):
        if word[place:] in ("", "ng"):
            yield word[:place] + "ư" + word[place:]


def _is_meant(doubt: Doubt, before: str, after: str) -> bool:
    if doubt.only_behind or doubt.only_before:
        return before in doubt.only_behind or after in doubt.only_before
    return before not in doubt.unless_behind and after not in doubt.unless_before


def _like(word: str, meant: str, *, is_large: bool) -> str:
    if meant == word.lower():
        return word
    if is_large:
        return meant.upper()
    return meant[0].upper() + meant[1:] if word[0].isupper() else meant


# -- VIQR ----------------------------------------------------------------------------------------------------------


def _viqr_word(found: re.Match[str]) -> str:
    """The word decoded where that gives a syllable; a stop or a question mark at its end is one before a new
    sentence.
    """
    word, after = found[0], found.string[found.end() :]
    ends = re.match(r"\s*$|\s+[A-Z]", after[:80]) is not None
    core = word.rstrip(".?") if ends else word
    decoded = _VIQR.sub(_viqr_letter, core)
    signs = decoded.rstrip(".?\\")
    return decoded + word[len(core) :] if is_syllable(signs) or signs == "đ" else word


def _viqr_letter(found: re.Match[str]) -> str:
    if found["plain"]:
        return found["plain"]
    if found["dd"]:
        return "đ" if found["dd"][0] == "d" else "Đ"
    base, quality, tone = found["base"], found["quality"], found["tone"]
    letter = VIQR_QUALITIES.get(base.lower() + quality, "")
    shown = (letter.upper() if base.isupper() else letter) if letter else base + quality
    return unicodedata.normalize("NFC", shown + VIQR_TONES[tone]) if tone else shown


def _is_viqr(text: str) -> bool:
    sure = len(_VIQR_SURE.findall(text))
    if sure < _SURE_VIQR:
        return False
    words = [found[0] for found in _VIQR_WORD.finditer(text)]
    marked = [word for word in words if _VIQR_SURE.search(word)]
    valid = sum(is_syllable(decode(word, Encoding.VIQR).rstrip(".?\\")) for word in marked)
    return sure >= _LEAST_SHARE * len(words) and valid >= _VALID * len(marked)


# -- statistics ----------------------------------------------------------------------------------------------------


def _shares(text: str, encoding: Encoding) -> tuple[float, float, int]:
    """Of the words that decoding changes: the share of syllables after it and before it, and how many they are."""
    after = before = count = 0
    for found in _TOKEN.finditer(text):
        decoded = _decoded_token(found[0], encoding)
        if decoded != found[0]:
            count += 1
            after += _is_vietnamese(decoded)
            before += _is_vietnamese(found[0])
    return (after / count, before / count, count) if count else (0.0, 0.0, 0)


@lru_cache(maxsize=4096)
def _decoded_token(token: str, encoding: Encoding) -> str:
    return decode(token, encoding)


def _is_vietnamese(token: str) -> bool:
    """Whether a run without spaces holds only syllables and signs that Vietnamese prints."""
    words = _WORD.findall(token)
    return bool(words) and all(map(is_syllable, words)) and not _strange(token)


def _strange(token: str) -> bool:
    return any(sign in TCVN3 and not sign.isalpha() for sign in token[:-1]) or "\xb5" in token


def _share_of_marked(text: str) -> float:
    """Of the words that hold other letters than ASCII: the share of syllables; 0 for fewer than three."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if len(words) >= _FEWEST_WORDS else 0.0
