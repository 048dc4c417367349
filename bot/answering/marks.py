"""Quotation marks round the words of a paper: those that belong to the sentence before them are left out."""

from __future__ import annotations

from typing import Final

from index import Span

_OPENING: Final = "“«„"
_CLOSING: Final = "”»"
_EITHER: Final = '"'
_BEHIND: Final = ".,; \n"
"""What may stand behind the mark that ends an amendment's words."""


def unmarked(text: str, span: Span) -> Span:
    """Without marks that stand round all of these words, or of which only one stands in them."""
    start, end = _trimmed(text, span.start, span.end)
    while start < end:
        before = start, end
        words = text[start:end]
        body = words.rstrip(_BEHIND)
        opens, closes = words[0] in _OPENING + _EITHER, body[-1:] != "" and body[-1] in _CLOSING + _EITHER
        if opens and closes and len(body) > 1 and _is_pair(body):
            start, end = start + 1, start + len(body) - 1
        elif opens and _is_alone(words, 0):
            start += 1
        elif closes and _is_alone(words, len(body) - 1):
            end = start + len(body) - 1
        start, end = _trimmed(text, start, end)
        if (start, end) == before:
            break
    return Span(start=start, end=end) if start < end else span


def _is_pair(words: str) -> bool:
    """The first mark is closed by the last one, and not before."""
    if words[0] == _EITHER:
        return words[-1] == _EITHER and words.count(_EITHER) == 2
    depth = 0
    for position, letter in enumerate(words):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth == 0:
            return position == len(words) - 1
    return False


def _is_alone(words: str, position: int) -> bool:
    """Nothing in these words answers to the mark at this place."""
    if words[position] == _EITHER:
        return words.count(_EITHER) % 2 == 1
    opened = sum(letter in _OPENING for letter in words)
    closed = sum(letter in _CLOSING for letter in words)
    return opened > closed if words[position] in _OPENING else closed > opened


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())
