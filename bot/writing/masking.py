"""Personal data is taken out of a question before it leaves."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HIDDEN: Final = "•••"
LONGEST: Final = 500
_MAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_DIGITS: Final = re.compile(r"\d(?:[\s.()\-]{0,3}\d){6,}")
"""Seven and more: of a telephone, an identity card, an account, a one-time code; no document number has so many."""


def masked(question: str) -> str:
    """The question, at most `LONGEST` characters, without e-mail addresses and long runs of digits, however they are
    written.
    """
    text = "".join(each for each in unicodedata.normalize("NFKC", question) if unicodedata.category(each) != "Cf")
    return _DIGITS.sub(HIDDEN, _MAIL.sub(HIDDEN, text))[:LONGEST]
