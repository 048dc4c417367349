"""Yes and no as people type them, the same under every question that waits for one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.answering.phrases import form_of

_YES: Final = frozenset({"co", "co a", "vang", "vang a", "da", "da vang", "da co", "dong y", "ok", "xac nhan"})
_NO: Final = frozenset(
    {
        *("khong", "khong a", "thoi", "huy", "huy bo", "bo", "bo di", "chua", "chua dung", "dung lai"),
        *("dung gui", "khong gui", "bo khong gui", "dung xoa", "khong xoa"),
    }
)
_SPELLED_YES: Final = frozenset({"đúng", "đúng ạ", "đúng rồi", "đúng vậy"})
_SPELLED_NO: Final = frozenset({"dừng", "đừng", "dừng rồi"})
"""Without accents ``đúng``, ``dừng`` and ``đừng`` are all ``dung``, which is therefore neither."""


def says_yes(text: str, *acts: str) -> bool:
    """``acts``: words, folded, that name what is to be confirmed, and so mean yes under this question alone."""
    return _spelled(text) in _SPELLED_YES or _folded(text) in {*_YES, *acts}


def says_no(text: str) -> bool:
    return _spelled(text) in _SPELLED_NO or _folded(text) in _NO


def _folded(text: str) -> str:
    return form_of(text).replace("~", "")


def _spelled(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
