"""Roman numerals, as sections are numbered."""

from __future__ import annotations

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SIGNS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals; 0 where it is not written canonically (``IIX``)."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    total = sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
    return total if _roman(total) == numeral else 0


def _roman(value: int) -> str:
    written = ""
    for worth, sign in _ROMAN_SIGNS:
        while value >= worth:
            written, value = written + sign, value - worth
    return written
