"""The grammar of document numbers, as printed (``24-CT/TU``) and as typed (``chi thi 24 cua thanh uy``)."""

from __future__ import annotations

from collections.abc import Sequence

from index.language import symbols
from index.language.mentions import Mention, find_mentions
from index.language.symbols import TYPE_NAMES, house_type
from index.language.text import aligned, fold, key
from index.types import DocumentNumber, Span

__all__ = ["TYPE_NAMES", "canonical", "find_numbers", "house_type", "matches"]


def find_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """The document numbers of the text in order, their spans apart and inside it.

    Unmarked and lower-case spellings are read too: ``da`` is ĐA or DA, ``tt`` TT or TTr, ``hd`` HD or HĐ; the first is
    the type, the other a candidate. ``117/2025/QH15`` is L with NQ as candidate, unless a name before it says which.
    """
    shown, offsets = aligned(text)
    return tuple(_document_number(mention, offsets) for mention in find_mentions(shown))


def canonical(text: str) -> str:
    """One spelling for comparing: a number's symbol, ``24-CT`` where no issuer is said; other text in bare capitals."""
    for number in find_numbers(text):
        return number.symbol or f"{_without_zeros(number.number)}-{number.type}"
    return "".join(key(aligned(text)[0]).upper().split())


def matches(asked: DocumentNumber, number: str) -> bool:
    """Whether a directive's number is one that `asked` may mean; what was not said (issuer, year) is not compared."""
    others = find_numbers(number)
    return bool(others) and _may_mean(asked, others[0])


def _may_mean(asked: DocumentNumber, other: DocumentNumber) -> bool:
    count, other_count = _without_zeros(asked.number.lower()), _without_zeros(other.number.lower())
    if count != (other_count if "/" in count else other_count.split("/")[0]):
        return False
    types = {wider for kind in (asked.type, *asked.candidates) for wider in (kind, *symbols.WIDER_TYPES.get(kind, ()))}
    if types.isdisjoint((other.type, *other.candidates)):
        return False
    return asked.issuer is None or fold(asked.issuer) == fold(other.issuer or "")


def _document_number(mention: Mention, offsets: Sequence[int]) -> DocumentNumber:
    number = "".join(mention.number.split())
    return DocumentNumber(
        number=number,
        type=mention.types[0],
        issuer=mention.issuer,
        symbol=_symbol_of(mention._replace(number=number)) if mention.issuer else None,
        candidates=mention.types[1:],
        span=Span(start=offsets[mention.start], end=offsets[mention.end]),
    )


def _symbol_of(mention: Mention) -> str:
    count, issuer, kind = _without_zeros(mention.number), mention.issuer or "", mention.types[0]
    order = mention.order or ("state" if symbols.is_state_issuer(issuer) else "party")
    if order == "typeless" or (order == "state" and kind == "CV"):
        return f"{count}/{issuer}"
    return f"{count}-{kind}/{issuer}" if order == "party" else f"{count}/{kind}-{issuer}"


def _without_zeros(number: str) -> str:
    return number.lstrip("0")
