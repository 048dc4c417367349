"""What is asked: document numbers, places inside a directive, and the words that are left for the search."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import NamedTuple

from index.language.numbers import TYPE_NAMES, find_numbers
from index.language.patterns import COUNTED
from index.language.text import fold, key, printed
from index.language.tokens import Token, tokens
from index.language.wording import Formal, formal_words, formal_words_heard, is_typed_with_marks, written_out
from index.searching.filters import Filters, read_filters
from index.searching.items import Item, find_items
from index.searching.past import asks_draft, asks_past, without_past
from index.searching.rewording import Reworded, Step, Words, reword
from index.types import DocumentNumber, Frozen

_FILLER = re.compile(
    r"\b(?:(?:(?<!toi )da(?!\s+(?:so|dang|nang|phuong))|vang)\s+(?=\w)"
    r"|(?:cho|xin)\s+(?:toi|em|e|minh|chau|bac|anh|chi)?\s*(?:duoc\s+)?(?:hoi|biet)(?:\s+(?:la|voi|chut))?"
    r"|giup\s+(?:toi|em|e|minh|voi)|(?:ban|ad|admin|bot|dong chi|d/c|(?:cac\s+)?bac|chu|anh|chi|em|moi nguoi)\s+oi"
    r"|vui\s+long|lam\s+on|hay\s+(?=cho|neu|noi)"
    r"|nhu\s+the\s+nao|nhu\s+nao|the\s+nao|ra\s+sao|thi\s+sao|bao\s+nhieu|bao\s+lau|bao\s+gio|khi\s+nao|luc\s+nao"
    r"|o\s+dau|la\s+gi|la\s+ai|nhung\s+gi|noi\s+(?:ve\s+)?gi|noi\s+ve\s+dieu\s+gi"
    r"|quy\s+dinh\s+(?:nhu\s+)?(?:the\s+nao|gi|ra\s+sao)|co\s+phai|hay\s+khong|duoc\s+khong|dung\s+khong|phai\s+khong"
    r"|khong\s+a|khong\s+(?:ta|ha|nhi)|(?:vay|the|khong|gi|sao|dau)\s+(?:ta|ha)|roi(?=\s*[?!.]*\s*$)|khong\s+vay"
    r"|vay\s+a|a|nhe|(?<!thieu )nhi|vay(?!\s+(?:von|tien|muon))|gi|nao|may(?!\s+(?:moc|tinh))"
    r"|sao(?!\s+(?:y|luc|chup))|ai|dau(?!\s+(?:tranh|tu|tien|nam|nhiem|thau|gia|hieu|moi|vao|ra)))\b(?:\s*[?!.]+)?"
)
"""Words that ask without saying what, on folded text. Only as syllables of a question, never of a document."""
_ASKING = frozenset({
    "dạ", "vâng", "cho", "xin", "tôi", "em", "e", "mình", "cháu", "bác", "anh", "chị", "được", "hỏi", "biết", "là",
    "với", "chút", "giúp", "bạn", "ad", "admin", "bot", "đồng", "chí", "đ", "d", "c", "ơi", "vui", "lòng", "làm",
    "ơn", "hãy", "như", "thế", "nào", "ra", "sao", "thì", "bao", "nhiêu", "lâu", "giờ", "khi", "lúc", "ở", "đâu",
    "gì", "ai", "những", "nói", "về", "điều", "quy", "định", "có", "phải", "hay", "không", "đúng", "ạ", "à", "a",
    "vậy", "nhé", "nhỉ", "mấy", "ta", "hả", "rồi", "các", "chú", "mọi", "người",
})  # fmt: skip
"""The syllables of these words with their marks: where marks are typed, "đấu" is no "đâu"."""
_TYPE_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(fold(name) for name in TYPE_NAMES.values())})\s+(?:so\s*:?\s*)?$")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BARE = re.compile(rf"(?<![\w.,/-])(\d{{1,4}})(?![\w%/-]|[.,]\d|\s*%|{COUNTED.pattern})")
_OF_A_ROW = "".join(f"(?<!{word} )" for word in ("dung", "vu", "viec", "muc", "dong", "hang", "tu"))
"""Not "nội dung số 2"."""
_POINTED = re.compile(rf"(?:^\s*(?=\d\d)|\b(?:van ban|vb|{_OF_A_ROW}so|trong|theo)\s+){_BARE.pattern}")


class Term(NamedTuple):
    """One syllable to look for.

    ``form``: its key where the question carries marks, else folded: what it is compared in. ``pair``: the forms of this
    and the next syllable with a space between, None where the next is not its neighbour. ``folded``, ``folded_pair``:
    without accents. ``formal``: phrases any of which says the same in the words of documents.
    """

    form: str
    folded: str
    pair: str | None
    folded_pair: str | None
    formal: tuple[str, ...] = ()


class Question(Frozen):
    """A question, read. ``terms``: what is left when numbers, places and filler words are taken out, in order.

    Filler words are left where a question has nothing else.
    ``bare``: numbers without a type that some directive carries ("294 mục 6.3.1"). ``marked``: typed with accents, so
    that they count. ``wording``: what was asked with its abbreviations written out, numbers and places cut out;
    ``formal``: phrases that say parts of it in the words of documents. ``past``: what held before is asked;
    ``draft``: what a draft says. ``steps``: how what was typed came to be read so. ``filters``: what is said of
    the papers that are meant.
    """

    text: str
    wording: str
    formal: tuple[str, ...]
    marked: bool
    numbers: tuple[DocumentNumber, ...]
    bare: tuple[str, ...]
    items: tuple[Item, ...]
    terms: tuple[Term, ...]
    past: bool = False
    draft: bool = False
    steps: tuple[Step, ...] = ()
    filters: Filters = Filters()


def read_question(text: str, *, carried: Collection[str] = (), words: Words | None = None) -> Question:
    """Read what a person typed; never fails, an empty question has no terms.

    ``carried``: the numbers (digits without leading zeros) that directives of the library carry. ``words``: by which
    it is read what was meant (`rewording`); None where all stays as typed.
    """
    text = printed(text)
    numbers = find_numbers(text)
    past, draft = asks_past(text), asks_draft(text)
    rest = without_past(text) if past else text
    rest = _blank(rest, [(_start_with_type(text, number), number.span.end) for number in numbers])
    items = find_items(rest)
    rest = _blank(rest, [(item.span.start, item.span.end) for item in items])
    bare = [] if numbers else [match for match in _bare_numbers(rest, items) if match[1].lstrip("0") in carried]
    rest = _blank(rest, [match.span() for match in bare])
    read = reword(rest, words) if words else _as_typed(rest)
    marked = words is not None or is_typed_with_marks(read.text)
    formal = (*formal_words(read.text, with_marks=marked), *read.shorts)
    formal += tuple(
        run for run in formal_words_heard(read.text) if _meets(run, read.unsure) and not _meets(run, formal)
    )
    heard = (*formal, *read.meant)
    terms = _terms(_without_filler(read.text, marked=marked, unsure=read.unsure), heard, marked=marked)
    if not terms and not (numbers or items or bare):
        terms = _terms(read.text, heard, marked=marked)
    rest = read.text
    return Question(
        text=text,
        wording=" ".join(rest.split()),
        formal=tuple(phrase for run in formal for phrase in run.phrases),
        marked=marked,
        numbers=numbers,
        bare=tuple(match[1].lstrip("0") for match in bare),
        items=items,
        terms=terms,
        past=past,
        draft=draft,
        steps=read.steps,
        filters=read_filters(read.text),
    )


def _meets(run: Formal, others: Sequence[tuple[int, int] | Formal]) -> bool:
    return any(run.start < other[1] and other[0] < run.end for other in others)


def _start_with_type(text: str, number: DocumentNumber) -> int:
    """Where a number begins with the name of its type before it ("Chỉ thị số 24-CT/TU")."""
    said = _TYPE_BEFORE.search(fold(text[: number.span.start]))
    return said.start() if said else number.span.start


def _bare_numbers(text: str, items: Sequence[Item]) -> list[re.Match[str]]:
    """Numbers that may name a directive: beside a place inside it, or behind a word that points at a paper."""
    pattern = _BARE if items else _POINTED
    return list(pattern.finditer(fold(text)))


def _as_typed(text: str) -> Reworded:
    written = written_out(text)
    return Reworded(written.text, written.shorts, (), (), ())


def _without_filler(text: str, *, marked: bool, unsure: Sequence[tuple[int, int]]) -> str:
    keyed = key(text)
    # An accent that is only guessed does not make another word of one that asks.
    for start, end in unsure:
        keyed = keyed[:start] + " " * (end - start) + keyed[end:]
    found = [match.span() for match in _FILLER.finditer(fold(text))]
    return _blank(
        text, [span for span in found if not marked or _ASKING.issuperset(_SYLLABLE.findall(keyed[slice(*span)]))]
    )


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _terms(text: str, formal: Sequence[Formal], *, marked: bool) -> tuple[Term, ...]:
    # A syllable without a mark inside a question with marks was most likely typed as it is meant ("theo", "trong").
    found = tokens(text)
    return tuple(
        _term(token, after if after and _neighbours(text, token, after) else None, formal, marked=marked)
        for token, after in zip_longest(found, found[1:])
    )


def _term(token: Token, after: Token | None, formal: Sequence[Formal], *, marked: bool) -> Term:
    form = token.key if marked else token.folded
    return Term(
        form=form,
        folded=token.folded,
        pair=f"{form} {after.key if marked else after.folded}" if after else None,
        folded_pair=f"{token.folded} {after.folded}" if after else None,
        formal=tuple(dict.fromkeys(p for run in formal if run.start <= token.start < run.end for p in run.phrases)),
    )


def _neighbours(text: str, left: Token, right: Token) -> bool:
    """Nothing was cut out between them: at most a space and a comma."""
    return len(text[left.end : right.start]) <= 2
