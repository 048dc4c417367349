"""What is asked: document numbers, places inside a directive, and the words that are left for the search."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import NamedTuple

from index.language.numbers import find_numbers
from index.language.text import fold, is_vietnamese_marked, printed
from index.language.tokens import Token, tokens
from index.searching.items import Item, find_items
from index.types import DocumentNumber, Frozen

_FILLER = re.compile(
    r"\b(?:(?:da|vang)\s+(?=\w)|(?:cho|xin)\s+(?:toi|em|e|minh|chau|bac|anh|chi)?\s*(?:duoc\s+)?(?:hoi|biet)(?:\s+(?:la|voi|chut))?|xin\s+hoi|cho\s+biet"
    r"|giup\s+(?:toi|em|e|minh|voi)|(?:ban|ad|admin|bot|dong chi|d/c)\s+oi|vui\s+long|lam\s+on|hay\s+(?=cho|neu|noi)|nhu\s+the\s+nao|nhu\s+nao|the\s+nao|ra\s+sao|thi\s+sao"
    r"|bao\s+nhieu|bao\s+lau|bao\s+gio|khi\s+nao|luc\s+nao|o\s+dau|la\s+gi|la\s+ai|nhung\s+gi|noi\s+(?:ve\s+)?gi|noi\s+ve\s+dieu\s+gi|quy\s+dinh\s+(?:nhu\s+)?(?:the\s+nao|gi|ra\s+sao)"
    r"|co\s+phai|hay\s+khong|duoc\s+khong|dung\s+khong|phai\s+khong|khong\s+a|khong\s+vay|vay\s+a|a|nhe|nhi|vay|gi|nao|may|sao|ai|dau)\b(?:\s*[?!.]+)?"
)
"""Words that ask without saying what, on folded text. Only as syllables of a question, never of a document."""


_BARE = re.compile(r"(?<![\w.,/-])(\d{1,4})(?![\w%/-]|[.,]\d)(?!\s*(?:ngay|thang|nam|tuoi|nguoi|dang vien|trieu|%))")
_POINTED = re.compile(rf"\b(?:van ban|vb|so|trong|theo)\s+{_BARE.pattern}")


class Term(NamedTuple):
    """One syllable to look for.

    ``form``: its key where the question carries marks, else folded: what it is compared in. ``pair``: the forms of this
    and the next syllable with a space between, None where the next is not its neighbour. ``folded``, ``folded_pair``: without accents.
    """

    form: str
    folded: str
    pair: str | None
    folded_pair: str | None


class Question(Frozen):
    """A question, read. ``terms``: what is left when numbers, places and filler words are taken out, in order.

    ``bare``: numbers without a type that some directive carries ("294 mục 6.3.1"). ``marked``: typed with accents, so
    that they count.
    """

    text: str
    marked: bool
    numbers: tuple[DocumentNumber, ...]
    bare: tuple[str, ...]
    items: tuple[Item, ...]
    terms: tuple[Term, ...]


def read_question(text: str, *, carried: Collection[str] = ()) -> Question:
    """Read what a person typed; never fails, an empty question has no terms.

    ``carried``: the numbers (digits without leading zeros) that directives of the library carry.
    """
    text = printed(text)
    numbers = find_numbers(text)
    rest = _blank(text, [(number.span.start, number.span.end) for number in numbers])
    items = find_items(rest)
    rest = _blank(rest, [(item.span.start, item.span.end) for item in items])
    bare = [] if numbers else [match for match in _bare_numbers(rest, items) if match[1].lstrip("0") in carried]
    rest = _blank(rest, [match.span() for match in bare])
    asked = _blank(rest, [match.span() for match in _FILLER.finditer(fold(rest))])
    marked = is_vietnamese_marked(text)
    return Question(
        text=text,
        marked=marked,
        numbers=numbers,
        bare=tuple(match[1].lstrip("0") for match in bare),
        items=items,
        terms=_terms(asked, marked=marked) or _terms(rest, marked=marked),
    )


def _bare_numbers(text: str, items: Sequence[Item]) -> list[re.Match[str]]:
    """Numbers that may name a directive: beside a place inside it, or behind a word that points at a paper."""
    pattern = _BARE if items else _POINTED
    return list(pattern.finditer(fold(text)))


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _terms(text: str, *, marked: bool) -> tuple[Term, ...]:
    # A syllable without a mark inside a question with marks was most likely typed as it is meant ("theo", "trong").
    found = tokens(text)
    return tuple(
        _term(token, after if after and _neighbours(text, token, after) else None, marked=marked)
        for token, after in zip_longest(found, found[1:])
    )


def _term(token: Token, after: Token | None, *, marked: bool) -> Term:
    form = token.key if marked else token.folded
    return Term(
        form=form,
        folded=token.folded,
        pair=f"{form} {after.key if marked else after.folded}" if after else None,
        folded_pair=f"{token.folded} {after.folded}" if after else None,
    )


def _neighbours(text: str, left: Token, right: Token) -> bool:
    """Nothing was cut out between them: at most a space and a comma."""
    return len(text[left.end : right.start]) <= 2
