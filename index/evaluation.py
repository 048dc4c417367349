"""Question sets in, figures out, with exactly the code that answers members.

A folder with ``qrels.tsv`` is BEIR: one row of ``corpus.jsonl`` is one passage with ``title`` as its heading. A
``.json`` file is SQuAD: each context is one directive, and the question is whether the gold text stands in the
quotes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Literal, NamedTuple

import numpy as np

from index.build import write_library
from index.errors import BadQuestionSet, QuestionSetMissing
from index.findings import Findings, Passage
from index.language.text import fold, printed
from index.library import Library
from index.progress import Progress, Stage
from index.reading.form import read_form
from index.reading.passages import cut_passages
from index.searching.catalog import Entry
from index.searching.encoder import Encoder
from index.types import Directive, DirectiveId, Frozen, Pages, Printed, Reading

Half = Literal["even", "odd"]
_CUTOFFS = (1, 3, 5, 10, 20)
_RESAMPLES = 1000


class Evaluation(Frozen):
    """The figures of one question set.

    ``metrics``: means over the questions, ``ms`` the median milliseconds of one, and ``intervals``: 95 % bootstrap
    intervals by metric. ``by_kind``: the same means for each kind that the set names.
    """

    kind: Literal["beir", "squad"]
    questions: int
    metrics: dict[str, float | dict[str, tuple[float, float]]]
    by_kind: dict[str, dict[str, float]]


class _Asked(NamedTuple):
    id: str
    text: str
    kind: str | None
    score: Callable[[Findings], dict[str, float]]


def evaluate(
    path: Path,
    *,
    encoder: Encoder,
    unaccented: bool = False,
    half: Half | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Ask every question of the set and count. Raises BadQuestionSet where it is none of the two layouts.

    ``unaccented``: the questions are asked without accents. ``half``: only those whose sha256 of the id, as an
    integer, is even or odd.
    """
    if not path.exists():
        raise QuestionSetMissing(path=path)
    kind: Literal["beir", "squad"] = "beir" if path.is_dir() else "squad"
    entries, asked = _read_beir(path) if path.is_dir() else _read_squad(path)
    asked = [one for one in asked if half is None or _half(one.id) == half]
    if not asked:
        raise BadQuestionSet(path=path, detail="no question with an answer")
    with TemporaryDirectory() as folder:
        write_library(Path(folder), entries, encoder=encoder, progress=progress)
        library = Library(Path(folder), encoder)
        rows = list(_ask_all(library, asked, unaccented=unaccented, progress=progress))
    return Evaluation(kind=kind, questions=len(asked), metrics=_summary(rows), by_kind=_by_kind(asked, rows))


def _ask_all(
    library: Library, asked: Sequence[_Asked], *, unaccented: bool, progress: Callable[[Progress], None] | None
) -> Iterator[dict[str, float]]:
    for done, one in enumerate(asked, start=1):
        started = perf_counter()
        found = library.search(fold(printed(one.text)) if unaccented else one.text, limit=_CUTOFFS[-1])
        milliseconds = (perf_counter() - started) * 1000
        if progress:
            progress(Progress(stage=Stage.ASK, done=done, total=len(asked)))
        yield {**one.score(found), "ms": milliseconds}


def _half(name: str) -> Half:
    return "odd" if int(sha256(name.encode()).hexdigest(), 16) % 2 else "even"


# -- figures ------------------------------------------------------------


def _summary(rows: Sequence[dict[str, float]]) -> dict[str, float | dict[str, tuple[float, float]]]:
    figures: dict[str, float | dict[str, tuple[float, float]]] = {**_means(rows)}
    figures["intervals"] = {name: _interval(np.array([row[name] for row in rows])) for name in rows[0] if name != "ms"}
    return figures


def _means(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0] if name != "ms"}
    return {**means, "ms": float(np.median([row["ms"] for row in rows]))}


def _interval(values: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float, float]:
    """95 % percentile bootstrap of the mean (Efron), with a fixed seed."""
    draws = np.random.default_rng(0).integers(0, len(values), (_RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _by_kind(asked: Sequence[_Asked], rows: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    kinds = sorted({one.kind for one in asked if one.kind})
    return {kind: _means([row for one, row in zip(asked, rows, strict=True) if one.kind == kind]) for kind in kinds}


def ranking_metrics(ranked: Sequence[str], relevant: frozenset[str]) -> dict[str, float]:
    """MRR@10, recall and nDCG@10 (binary gains, log2 discount) of one ranking of ids."""
    ranks = [rank for rank, name in enumerate(ranked, start=1) if name in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), 10) + 1))
    return {
        "mrr@10": next((1 / rank for rank in ranks if rank <= 10), 0.0),
        **{f"recall@{cut}": sum(rank <= cut for rank in ranks) / len(relevant) for cut in _CUTOFFS},
        "ndcg@10": sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 10) / ideal,
    }


# -- BEIR ------------------------------------------------------------


def _read_beir(folder: Path) -> tuple[list[Entry], list[_Asked]]:
    entries = [_beir_entry(row["_id"], row.get("title") or "", row["text"]) for row in _rows(folder / "corpus.jsonl")]
    relevant: dict[str, set[str]] = {}
    for question, passage in _relevant_pairs(folder / "qrels.tsv"):
        relevant.setdefault(question, set()).add(passage)
    asked = [
        _Asked(row["_id"], row["text"], row.get("kind"), _ranks(frozenset(relevant[row["_id"]])))
        for row in _rows(folder / "queries.jsonl")
        if row["_id"] in relevant
    ]
    return entries, asked


def _ranks(relevant: frozenset[str]) -> Callable[[Findings], dict[str, float]]:
    return lambda found: ranking_metrics([hit.directive.file for hit in found.hits], relevant)


def _beir_entry(name: str, title: str, text: str) -> Entry:
    """One row as one directive of one passage."""
    text = "\n".join(line for line in map(printed, text.splitlines()) if line)
    unknown = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    directive = Directive(id=DirectiveId(name), file=name, title=title, **unknown)
    passage = Passage(
        directive=directive.id, start=0, end=len(text), text=text, path=(title,) if title else (), page=None
    )
    return Entry(name, Reading(directive=directive, printed=Printed(text=text)), (passage,))


def _relevant_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Question and passage of each row with a score above 0; the first row may name the columns."""
    for number, line in _lines(path):
        columns = line.split("\t")
        if len(columns) >= 3 and columns[-1].removeprefix("-").isdecimal():
            if int(columns[-1]) > 0:
                yield columns[0], columns[-2]
        elif number > 1:
            raise BadQuestionSet(
                path=path, detail=f"line {number}: question, passage and score are expected, with tabs"
            )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, each with its own ``_id`` and a ``text``."""
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadQuestionSet(path=path, detail=f"line {number}: no JSON ({error.msg})") from error
        _check_row(row, seen, path, number)
        seen.add(row["_id"])
        yield row


def _check_row(row: Any, seen: set[str], path: Path, number: int) -> None:
    if not isinstance(row, dict) or not isinstance(row.get("_id"), str) or not isinstance(row.get("text"), str):
        raise BadQuestionSet(path=path, detail=f"line {number}: '_id' and 'text' are expected")
    if not all(isinstance(row.get(name), str | None) for name in ("title", "kind")):
        raise BadQuestionSet(path=path, detail=f"line {number}: 'title' and 'kind' are texts")
    if row["_id"] in seen:
        raise BadQuestionSet(path=path, detail=f"line {number}: {row['_id']!r} stands there twice")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionSet(path=path, detail=f"cannot be read ({type(error).__name__})") from error


# -- SQuAD ------------------------------------------------------------


def _read_squad(path: Path) -> tuple[list[Entry], list[_Asked]]:
    try:
        groups = json.loads(path.read_text(encoding="utf-8"))["data"]
        paragraphs = [(group.get("title", ""), one) for group in groups for one in group["paragraphs"]]
        entries = [_squad_entry(number, title, one["context"]) for number, (title, one) in enumerate(paragraphs)]
        return entries, list(_squad_questions(paragraphs))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:  # an encoding, JSON, a field
        raise BadQuestionSet(path=path, detail=f"not in SQuAD's layout ({type(error).__name__}: {error})") from error


def _squad_questions(paragraphs: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[_Asked]:
    for _, paragraph in paragraphs:
        for asked in paragraph["qas"]:
            gold = [_searched(answer["text"]) for answer in asked.get("answers", []) if answer["text"].strip()]
            if gold:
                yield _Asked(str(asked["id"]), asked["question"], None, _holds(gold))


def _holds(gold: list[str]) -> Callable[[Findings], dict[str, float]]:
    def score(found: Findings) -> dict[str, float]:
        right = [any(text in _searched(quote.text) for text in gold) for quote in found.quotes]
        return {"quote@1": float(any(right[:1])), "quote@3": float(any(right[:3]))}

    return score


def _searched(text: str) -> str:
    return " ".join(printed(text).casefold().split())


def _squad_entry(number: int, title: str, context: str) -> Entry:
    """One context as one directive, named by its number: two contexts may open with the same header."""
    name = f"{number:05}"
    lines = tuple(printed(line) for line in context.splitlines())
    reading = read_form(Pages(pages=(lines,), physical=False, wrapped=False), file=name)
    known = {"id": DirectiveId(name), **({"title": title} if title else {})}
    reading = reading.model_copy(update={"directive": reading.directive.model_copy(update=known)})
    return Entry(name, reading, cut_passages(reading))
