"""Passages by row as terms in several fields, searched by BM25 (k1 1.2, b .75)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.searching.postings import Postings, PostingsWriter, SeenWords, Tally, open_postings
from index.searching.rows import MadeOfRows, SeenRows
from index.searching.terms import FIELDS

if TYPE_CHECKING:
    import tantivy

FOLDER = "words"
_WRITER_BYTES = 1_000_000_000
"""An upper bound, not an allocation. What stays under it is written as one segment, whose row order breaks ties."""


class WordRow(NamedTuple):
    """The printed strings of one passage: its text, its heading path, the title of its directive."""

    text: str
    heading: str
    title: str


class WordStore(Protocol):
    """Row ``i`` is passage ``i``. A store once opened answers on, even when its folder is deleted."""

    @property
    def size(self) -> int: ...

    def search(
        self, field: str, terms: Mapping[str, float], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The at most ``k`` rows whose ``field`` holds some of ``terms`` (term -> boost), best first, ties by row.

        ``field``: a key of `terms.FIELDS`. ``rows``: the only ones that count; None means all.
        The statistics in BM25 are always those of all rows of this store.
        """
        ...

    def among(self, seen: SeenRows) -> WordStore:
        """The store as if it held only these rows, under the same numbers: in its statistics too."""
        ...

    def document_frequency(self, field: str, term: str) -> int:
        """In how many rows this field holds the term."""
        ...

    def frequencies(self, field: str, terms: Sequence[str]) -> NDArray[np.float64]:
        """In how many rows this field holds each term."""
        ...

    def tally(self, field: str, terms: Sequence[str], rows: NDArray[np.int64]) -> Tally:
        """How often the field of each of these rows holds each term."""
        ...

    def mean_length(self, field: str) -> float:
        """Terms of this field in a row, the mean over all rows of this store."""
        ...


def write_words(folder: Path, rows: Iterable[WordRow]) -> None:
    """Write the word index anew: a deleted passage would otherwise stay in the statistics of BM25."""
    import tantivy

    (folder / FOLDER).mkdir()
    index = tantivy.Index(_schema(), path=str(folder / FOLDER))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    postings = PostingsWriter()
    for number, row in enumerate(rows):
        terms = {name: field.terms(getattr(row, field.source)) for name, field in FIELDS.items()}
        writer.add_document(_document(number, terms))
        postings.add(terms)
    writer.commit()
    writer.wait_merging_threads()
    postings.write(folder)


def open_words(folder: Path) -> WordStore:
    """The store written there, memory-mapped. Raises ValueError, OSError or EOFError on a missing or damaged one."""
    import tantivy

    postings = open_postings(folder)
    try:
        return TantivyWords(tantivy.Index.open(str(folder / FOLDER)), postings)
    except ValueError:
        if os.access(folder / FOLDER, os.W_OK):
            raise
    # tantivy writes a lock file to open an index, which a folder that may only be read does not allow.
    with TemporaryDirectory() as copy:
        for file in filter(Path.is_file, (folder / FOLDER).iterdir()):
            shutil.copyfile(file, Path(copy) / file.name)
        return TantivyWords(tantivy.Index.open(copy), postings)


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder().add_unsigned_field("row", indexed=True, fast=True)
    for field in FIELDS:
        builder = builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(number: int, terms: Mapping[str, Sequence[str]]) -> tantivy.Document:
    import tantivy

    document = tantivy.Document()
    document.add_unsigned("row", number)
    for name, each in terms.items():
        document.add_text(name, " ".join(each))
    return document


class TantivyWords:
    """A tantivy index whose terms stand between spaces, so that ``24-ct/tu`` and ``chi_bộ`` stay whole."""

    def __init__(self, index: tantivy.Index, postings: Postings) -> None:
        self._schema = index.schema
        self._postings = postings
        self._searcher = index.searcher()
        if postings.size != self.size:
            raise ValueError(f"postings of {postings.size} rows beside an index of {self.size}")
        self._filter = MadeOfRows(self._make_filter)
        totals = postings.lengths.sum(axis=1, dtype=np.int64) / max(postings.size, 1)
        self._means: dict[str, float] = dict(zip(FIELDS, totals.tolist(), strict=True))

    @property
    def size(self) -> int:
        return self._searcher.num_docs

    def among(self, seen: SeenRows) -> WordStore:
        return SeenWords(self._postings, seen)

    def document_frequency(self, field: str, term: str) -> int:
        return self._searcher.doc_freq(field, term)

    def tally(self, field: str, terms: Sequence[str], rows: NDArray[np.int64]) -> Tally:
        return self._postings.tally(field, terms, rows)

    def frequencies(self, field: str, terms: Sequence[str]) -> NDArray[np.float64]:
        return np.array([end - begin for begin, end in self._postings.ranges(field, terms)], dtype=np.float64)

    def mean_length(self, field: str) -> float:
        return self._means[field]

    def search(
        self, field: str, terms: Mapping[str, float], k: int, *, rows: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        known = {term: boost for term, boost in terms.items() if self.document_frequency(field, term)}
        if k <= 0 or not known or (rows is not None and not len(rows)):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        query = self._any_of(field, known)
        query = query if rows is None else self._limited(query, rows)
        hits = self._searcher.search(query, min(k, self.size), count=False).hits
        found = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(found, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)

    def _any_of(self, field: str, terms: Mapping[str, float]) -> tantivy.Query:
        import tantivy

        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, field, term, index_option="freq"), boost
                    ),
                )
                for term, boost in terms.items()
            ]
        )

    def _limited(self, query: tantivy.Query, rows: NDArray[np.int64]) -> tantivy.Query:
        """The query, but only over these rows."""
        filtering, is_of_rows = self._filter(rows)
        return query.and_must_match(filtering) if is_of_rows else query.and_must_not_match(filtering)

    def _make_filter(self, rows: NDArray[np.int64]) -> tuple[tantivy.Query, bool]:
        """A query that scores nothing for these rows and True, or for all others and False: whichever are fewer."""
        import tantivy

        is_of_rows = len(rows) <= self.size // 2
        named = rows if is_of_rows else np.setdiff1d(np.arange(self.size), rows, assume_unique=True)
        query = tantivy.Query.term_set_query(self._schema, "row", named.tolist())
        return tantivy.Query.const_score_query(query, 0.0), is_of_rows
