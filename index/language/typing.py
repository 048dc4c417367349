"""What fingers leave behind: keys of Telex and VNI that were never turned into accents, and letters missed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from index.language.syllables import is_syllable
from index.language.text import fold, key

_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_MARKS = {"6": ("aeo", "\u0302"), "7": ("ou", "\u031b"), "8": ("a", "\u0306")}
_MARKED = re.compile(r"[aeiouy\u0103\u00e2\u00ea\u00f4\u01a1\u01b0]")
_VNI = re.compile(
    r"(?=.*[aeiouy])[a-z]{2,}[1-9][a-z]*[1-9]?[a-z]*[1-9]?|d9[a-z]+[1-8]?[a-z]*[1-8]?[a-z]*|[a-z][1-9][a-z]+[1-9]?[a-z]*"
)
_WORD = re.compile(r"\w+")
_VOWEL = "aeiouy"
_DOUBLED = (("a", "â"), ("e", "ê"), ("o", "ô"))
_FEWEST = 4
"""Letters of a word in which one may be mistaken."""


class Typed(NamedTuple):
    """``text[start:end]`` as typed, and what is read."""

    start: int
    end: int
    read: str


def telex(word: str) -> str | None:
    """The syllable whose Telex keys these letters are (``dduwocj``: được); None where they are none."""
    lower = word.lower()
    if not lower.isascii() or not lower.isalpha() or (is_syllable(lower) and "oo" not in lower):
        return None
    letters = list(lower)
    for position in range(len(letters) - 1, 0, -1):
        if letters[position] in _TONES and any(letter in _VOWEL for letter in letters[:position]):
            rest = letters[:position] + letters[position + 1 :]
            if (read := _spelled("".join(rest), _TONES[letters[position]])) is not None:
                return read
    return _spelled(lower, "")


def vni(word: str) -> str | None:
    """The syllable whose VNI keys these letters and digits are (``bo65``: bộ); None where they are none."""
    lower = word.lower()
    if not lower.isascii() or not _VNI.fullmatch(lower):
        return None
    tone, letters = "", ""
    for sign in lower:
        if sign in _VNI_TONES and letters and not tone:
            tone = _VNI_TONES[sign]
        elif sign in _VNI_MARKS:
            among, mark = _VNI_MARKS[sign]
            places = [place for place, letter in enumerate(letters) if letter in among]
            if not places:
                return None
            of_two = sign == "7" and "uo" in letters
            for place in places[-2:] if of_two else places[-1:]:
                letters = letters[:place] + unicodedata.normalize("NFC", letters[place] + mark) + letters[place + 1 :]
        elif sign == "9" and "d" in letters:
            letters = letters.replace("d", "đ", 1)
        elif sign.isdigit():
            return None
        else:
            letters += sign
    return _toned(letters, tone)


def _spelled(letters: str, tone: str) -> str | None:
    """With the letters of Telex read: aa, ee, oo, aw, ow, uw, dd, also with the second one at the end (``cuar`` …)."""
    read = letters
    if read.startswith("dd"):
        read = "đ" + read[2:]
    elif read.startswith("d") and read.count("d") == 2:
        read = "đ" + read[1:].replace("d", "", 1)
    if "w" in read:
        bare = read.replace("w", "")
        forms = [bare.replace("uo", "ươ"), bare.replace("o", "ơ"), bare.replace("u", "ư"), bare.replace("a", "ă")]
        changed = [form for form in forms if form != bare]
    else:
        changed = [re.sub(f"{vowel}(.*?){vowel}", rf"{mark}\1", read, count=1) for vowel, mark in _DOUBLED]
        changed = [form for form in changed if form != read]
    for form in (*changed, read):
        if (form != letters or tone) and "w" not in form and (toned := _toned(form, tone)):
            return toned
    return None


def _toned(letters: str, tone: str) -> str | None:
    """The letters with the tone where it belongs; None where that is no syllable with a mark."""
    places = [match.start() for match in _MARKED.finditer(letters)]
    if letters.startswith(("qu", "gi")) and len(places) > 1:
        places = places[1:]
    if not places:
        return None
    own = [place for place in places if letters[place] not in _VOWEL]
    is_closed = places[-1] < len(letters) - 1
    place = own[-1] if own else places[-1] if is_closed else places[0] if len(places) < 3 else places[1]
    word = key(unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :]))
    return word if is_syllable(word) and fold(word) != word else None


def leftovers(text: str, common: Callable[[str], bool]) -> tuple[Typed, ...]:
    """The words of the text that are keys of Telex or VNI for a syllable that is ``common``."""
    found = []
    for match in _WORD.finditer(text):
        read = vni(match[0]) if any(map(str.isdigit, match[0])) else telex(match[0])
        if read and common(read):
            found.append(Typed(match.start(), match.end(), read))
    return tuple(found)


def mistyped(text: str, known: Callable[[str], bool], often: Mapping[str, float]) -> tuple[Typed, ...]:
    """The words of the text that are no syllable and not ``known``, and the one of ``often`` (folded words, with how
    often each was met) from which a single slip leads to them; none where several lead as well.
    """
    strange = [
        match
        for match in _WORD.finditer(text)
        if match[0].isalpha()
        and len(match[0]) >= _FEWEST
        and not match[0].isupper()
        and not is_syllable(key(match[0]))
        and not known(fold(match[0]))
    ]
    found = []
    for match in strange:
        near = sorted(
            {(-often[slip], slip) for slip in _slips(fold(match[0])) if slip in often and slip != fold(match[0])}
        )
        if near and (len(near) == 1 or near[0][0] < _CLEARLY * near[1][0]):
            found.append(Typed(match.start(), match.end(), near[0][1]))
    return tuple(found)


_CLEARLY = 4
"""So many times as often as the next one."""
_LETTERS = "abcdeghiklmnopqrstuvxy"


def _slips(word: str) -> Iterator[str]:
    """What one letter more, less, another or two exchanged ones make of a word."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def replaced(text: str, found: Iterable[Typed]) -> str:
    for each in sorted(found, reverse=True):
        text = text[: each.start] + each.read + text[each.end :]
    return text
