"""Questions made from plain text, to train the built-in encoder: from texts to pairs of a question and its passage.

A heading asks for its body, and a sentence or a piece of one asks for the lines around it (the inverse cloze task,
Lee et al. 2019, arXiv:1906.00300).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from pydantic import BaseModel

WINDOW_WORDS = 150
PIECE_WORDS = (6, 16)
NGRAM_WORDS = 8
HEADING_SHARE = 0.3  # of the windows that open a text
SENTENCE_SHARE = 0.5  # of the other questions: a whole sentence; the rest are pieces of one
KEPT_SHARE = 0.8  # of the questions that still stand in their passage, as the words of a real question often do
NAMED_SHARE = 0.2  # of the questions that name the document ("Theo Luật Du lịch, …")

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.;:?!])(?<!\s\d\.)(?<!\s\d\d\.)\s+|\s*[\r\n]+\s*")  # not after the label "2."
_LABEL = re.compile(r"^\s*(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]+[a-zđ]?\s*[.:]\s*", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s+(?:số\s+\d|áp dụng|mới nhất|(?:năm\s+)?\d{4}\b).*$", re.IGNORECASE)
_WIKI_TAIL = re.compile(r"^==+\s*(?:Tham khảo|Chú thích|Liên kết ngoài|Xem thêm|Ghi chú)\s*==+\s*$", re.MULTILINE)
_WIKI_HEADING = re.compile(r"^=+\s*(.*?)\s*=+\s*$", re.MULTILINE)


class Text(NamedTuple):
    """One article. ``document``: what it is part of ("Luật Du lịch"), empty where nothing says so."""

    document: str
    heading: str
    body: str


class Window(NamedTuple):
    """About `WINDOW_WORDS` words of one text, in sentences. ``opens``: the first of its text."""

    document: str
    heading: str
    sentences: tuple[str, ...]
    opens: bool


class Pair(NamedTuple):
    question: str
    passage: str


def read_texts(folder: Path) -> Iterator[Text]:
    """Every line with a title and a text of the .jsonl and .jsonl.gz files below the folder, by path.

    A folder that holds qrels.tsv is a question set and is never trained on.
    """
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.jsonl.gz")]):
        if not (path.parent / "qrels.tsv").exists():
            for row in _rows(path):
                if row.title and row.text:
                    yield text_of(row.title, row.text, document=row.law_title)


class _Row(BaseModel):
    title: str = ""
    text: str = ""
    law_title: str = ""


def _rows(path: Path) -> Iterator[_Row]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(_Row.model_validate_json, lines)


def text_of(title: str, body: str, *, document: str = "") -> Text:
    """One article without what no question says: its label, year and number, wiki marks, lists of references."""
    body = _WIKI_HEADING.sub(r"\1.", _WIKI_TAIL.split(body, maxsplit=1)[0])
    return Text(_TITLE_TAIL.sub("", document).strip(), _LABEL.sub("", title).strip(), body.strip())


def ngrams(text: str) -> set[str]:
    """Its runs of `NGRAM_WORDS` words in lower case; of a shorter text, its words as one run."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[i : i + NGRAM_WORDS]) for i in range(max(1, len(words) - NGRAM_WORDS + 1))}


def ngrams_below(folder: Path) -> frozenset[str]:
    """All the runs of words of a BEIR corpus, which must not be trained on."""
    return frozenset(run for row in _rows(folder / "corpus.jsonl") for run in ngrams(row.text))


def unlike(texts: Iterable[Text], held_out: frozenset[str]) -> Iterator[Text]:
    """The texts that have less than half of their runs of words in ``held_out``."""
    for text in texts:
        own = ngrams(text.body)
        if 2 * len(own & held_out) < len(own):
            yield text


def windows_of(text: Text) -> Iterator[Window]:
    """The text in windows of whole sentences; a sentence longer than a window is cut."""
    gathered: list[str] = []
    size, opens = 0, True
    for sentence in _sentences(text.body):
        words = len(sentence.split())
        if gathered and size + words > WINDOW_WORDS:
            yield Window(text.document, text.heading, tuple(gathered), opens)
            gathered, size, opens = [], 0, False
        gathered.append(sentence)
        size += words
    if gathered:
        yield Window(text.document, text.heading, tuple(gathered), opens)


def _sentences(body: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(f" {body}"):
        words = sentence.split()
        for start in range(0, len(words), WINDOW_WORDS):
            yield " ".join(words[start : start + WINDOW_WORDS])


def pair_of(window: Window, random: Random) -> Pair | None:
    """One question to this window, drawn anew at every call; None where it holds too few words to ask anything."""
    if window.opens and random.random() < HEADING_SHARE and len(window.heading.split()) >= 2:
        return Pair(_named(window.heading, window.document, random), " ".join(window.sentences))
    asked = _asked_sentence(window, random)
    if asked is None:
        return None
    kept = random.random() < KEPT_SHARE
    lines = [line for i, line in enumerate(window.sentences) if kept or i != asked]
    question = _named(_piece(window.sentences[asked], random), window.document, random)
    return Pair(question, " ".join([window.document, window.heading, *lines]).strip())


def _asked_sentence(window: Window, random: Random) -> int | None:
    long_enough = [i for i, line in enumerate(window.sentences) if len(line.split()) >= PIECE_WORDS[0]]
    return random.choice(long_enough) if long_enough else None


def _piece(sentence: str, random: Random) -> str:
    words = sentence.split()
    size = random.randint(*PIECE_WORDS)
    if len(words) <= size or random.random() < SENTENCE_SHARE:
        return sentence
    start = random.randrange(len(words) - size + 1)
    return " ".join(words[start : start + size])


def _named(question: str, document: str, random: Random) -> str:
    return f"Theo {document}, {question}" if document and random.random() < NAMED_SHARE else question
