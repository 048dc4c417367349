"""Short forms that a text itself explains: "Ban Xây dựng Đảng (sau đây gọi tắt là Ban XDĐ)", "(PCCC)"."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.language.text import fold, key

_SHORT = re.compile(
    r"\(\s*(?:(?:sau\s+đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?(?:là|:)?:?\s*)?[\"“']?"
    r"(?P<word>(?:[^\W\d_]+\s+){0,2})(?P<short>[A-ZĐ][A-ZĐa-zđ]{1,11})[\"”']?\s*\)"
)
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.;:!?()\n\"“”]")
_MOST = 12
_JOINING = frozenset({"và", "của", "về", "các", "trong", "với", "cho", "ở", "tại"})


class Short(NamedTuple):
    """Both keys: lower case with accents."""

    short: str
    long: str


def find_shorts(text: str) -> tuple[Short, ...]:
    """The short forms whose letters begin the words right before their bracket; joining words may be left out."""
    found: list[Short] = []
    for match in _SHORT.finditer(text):
        short = match["short"]
        if sum(map(str.isupper, short)) < 2:
            continue
        before = _END.split(text[: match.start()])[-1]
        words = _WORD.findall(key(before))[-_MOST:]
        shared = _WORD.findall(key(match["word"]))
        if (long := _matching(short, words)) and long[-1] == words[-1] and not (shared and shared == long):
            found.append(Short(key(short), " ".join(long)))
    return tuple(dict.fromkeys(found))


def _matching(short: str, words: list[str]) -> list[str]:
    """The words at the end whose first letters are those of the short form; empty where they are not."""
    wanted = fold(short)
    at = len(wanted)
    for place in range(len(words) - 1, -1, -1):
        if at and fold(words[place])[0] == wanted[at - 1]:
            at -= 1
            if at == 0:
                return words[place:]
        elif words[place] not in _JOINING:
            return []
    return []
