"""Fits the weights of the ranking and of the confidence (`index.fitting`), and says what each part brings.

``python tests/benchmarks/fit.py --golden QUESTIONS.yaml --beir FOLDER --squad FILE.json --laws ARTICLES.jsonl.gz``

Of a BEIR set only the questions are used whose sha256 of the id is even. ``--laws``: articles beside those of the
BEIR set, so that there is more to tell apart. Unanswerable are the refusals of the golden questions, and every
question once more where the paper that answers it may not be seen. Held questions are never used. ``--write`` writes
`index/searching/weights.json`, ``--ablate`` prints what is lost without each part, ``--keep FOLDER`` keeps the built
libraries.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.local import local_desk
from bot.messages import Incoming
from bot.quality.questions import read_questions
from bot.quality.scoring import is_named
from bot.validity.register import Register
from index import Library, build_library, evaluation, fitting, load_encoder
from index.build import write_library
from index.findings import Signs
from index.fitting import ALL_MARKS, Judged, Ranked
from index.language.text import fold, printed, syllables
from index.searching.catalog import Entry
from index.searching.evidence import confidence_of
from index.searching.finding import Finding
from index.searching.ranking import WEIGHTS, Learned, PassageWeights, SignWeights, learned

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
THRESHOLDS = [step / 20 for step in range(1, 20)]
REFUSED_RIGHT = 0.7
"""The share of the golden refusals that the threshold is to refuse, with those that are declined unsearched."""
GOLDEN = "golden"
_LIKE = 0.25


class Case(NamedTuple):
    """A question as it reaches the library. ``answering``: the directives that answer it; ``words``: what stands in
    the passages that do, empty where all of theirs do.
    """

    id: str
    group: str
    text: str
    options: dict[str, Any]
    answering: frozenset[str]
    words: tuple[str, ...] = ()


class Shelf(NamedTuple):
    library: Library
    cases: list[Case]


# -- questions -----------------------------------------------------------------------------------------------------


def beir(folder: Path, encoder: Any, at: Path, *, laws: Path | None) -> Iterator[Shelf]:
    entries, _ = evaluation._read_beir(folder)
    relevant: dict[str, set[str]] = {}
    for question, passage in evaluation._relevant_pairs(folder / "qrels.tsv"):
        relevant.setdefault(question, set()).add(passage)
    asked = [
        (row["_id"], row["text"], frozenset(relevant[row["_id"]]))
        for row in evaluation._rows(folder / "queries.jsonl")
        if row["_id"] in relevant and evaluation._half(row["_id"]) == "even"
    ]
    shelves = {folder.name: entries}
    if laws:
        shelves[f"{folder.name}+laws"] = [*map(headed, entries), *further(laws, entries)]
    for name, held in shelves.items():
        library = shelf(at / name, held, encoder)
        texts = [(f"{name}{mark}", shown) for mark, shown in (("", str), (" bare", bare))]
        yield Shelf(
            library, [Case(id, group, shown(text), {}, gold) for group, shown in texts for id, text, gold in asked]
        )


def headed(entry: Entry) -> Entry:
    """An article whose first line repeats its law and says its heading, with that line as its heading."""
    (passage,) = entry.passages
    first, _, rest = passage.text.partition("\n")
    heading = first.removeprefix(entry.reading.directive.title).strip(" .") or first
    return with_text(entry, rest or first, heading)


def with_text(entry: Entry, text: str, heading: str) -> Entry:
    passage = entry.passages[0].model_copy(update={"text": text, "end": len(text), "path": (heading,)})
    shown = entry.reading.printed.model_copy(update={"text": text})
    return entry._replace(reading=entry.reading.model_copy(update={"printed": shown}), passages=(passage,))


def further(laws: Path, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Articles that are none of the entries: which share few runs of eight syllables with them."""
    known = {run for entry in entries for run in runs(entry.reading.printed.text)}
    seen = {entry.reading.directive.id for entry in entries}
    with gzip.open(laws, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            name, own = f"{row['law_id']}/{row['article_id']}", runs(row["text"])
            if name in seen or (own and len(own & known) > _LIKE * len(own)) or not row["text"].strip():
                continue
            seen.add(name)
            entry = evaluation._beir_entry(name, row["law_title"], row["text"])
            yield with_text(entry, entry.passages[0].text, printed(row["title"].split(". ", 1)[-1]))


def runs(text: str) -> set[int]:
    found = syllables(fold(text))
    return {hash(tuple(found[start : start + 8])) for start in range(len(found) - 8)}


def squad(file: Path, encoder: Any, at: Path) -> Shelf:
    entries, _ = evaluation._read_squad(file)
    groups = json.loads(file.read_text(encoding="utf-8"))["data"]
    contexts = [one for group in groups for one in group["paragraphs"]]
    cases = [
        Case(
            str(asked["id"]),
            file.stem,
            bare(asked["question"]) if position % 2 else asked["question"],
            {},
            frozenset({f"{number:05}"}),
            tuple(evaluation._searched(answer["text"]) for answer in asked["answers"] if answer["text"].strip()),
        )
        for number, context in enumerate(contexts)
        for position, asked in enumerate(context["qas"])
        if any(answer["text"].strip() for answer in asked.get("answers", ()))
    ]
    return Shelf(shelf(at / file.stem, entries, encoder), cases)


def shelf(folder: Path, entries: Iterable[Entry], encoder: Any) -> Library:
    if not folder.exists():
        folder.mkdir(parents=True)
        write_library(folder, entries, encoder=encoder)
    return Library(folder, encoder, threshold=0.0)


def bare(text: str) -> str:
    return fold(printed(text))


class Golden:
    """The golden questions over a corpus: what reaches the library is what the whole desk asks of it."""

    def __init__(self, questions: Sequence[Path], corpus: Path, at: Path, encoder: Any) -> None:
        build_library(corpus, at, encoder=encoder)
        self._library = Recording(at, encoder, threshold=0.0)
        self._validity = Register(self._library, None, zone=ZONE, at_once=True).now
        self._questions = [each for file in questions for each in read_questions(file) if not each.held]
        self.refusals = 2 * sum(each.is_refusal for each in self._questions)

    def shelf(self) -> Shelf:
        return Shelf(self._library, [case for case, _ in self._asked() if case.answering])

    def judged(self) -> Iterator[Judged]:
        """Refusals that are declined before anything is looked for are none; ``refusals`` counts all of them."""
        for case, signs in self._asked():
            if signs:
                yield Judged(case.id, case.group, signs, bool(case.answering), weight=3.0)

    def _asked(self) -> Iterator[tuple[Case, Signs | None]]:
        for mark, shown in (("", str), (" bare", bare)):
            for question in self._questions:
                answering = [
                    each.id
                    for each in self._library.list()
                    if not question.is_refusal and any(is_named(each, name) for name in question.directive)
                ]
                self._library.asked.clear()
                desk = local_desk(self._library, lambda: None, validity=self._validity)
                for position, turn in enumerate(question.turns):
                    self._library.asked.clear()
                    desk.answer(
                        Incoming(channel="fit", sender="local", chat="local", message=str(position), text=shown(turn))
                    )
                if self._library.asked:
                    text, options, signs = self._library.asked[0]
                    words = tuple(evaluation._searched(each) for each in question.words)
                    yield Case(question.id, GOLDEN + mark, text, options, frozenset(answering), words), signs


class Recording(Library):
    """Keeps what it was asked."""

    asked: ClassVar[list[tuple[str, dict[str, Any], Signs | None]]] = []

    def search(self, question: str, **options: Any) -> Any:
        found = super().search(question, **options)
        self.asked.append((question, {name: value for name, value in options.items() if name != "limit"}, found.signs))
        return found


# -- what is fitted on ---------------------------------------------------------------------------------------------


def ranked(shelf: Shelf, encoder: Any) -> Iterator[Ranked]:
    snapshot = shelf.library._current()
    for case in shelf.cases:
        passages, marks = Finding(case.text, snapshot, encoder, **case.options).looked_at()
        own = [each.directive in case.answering for each in passages]
        hold = [any(word in evaluation._searched(each.text) for word in case.words) for each in passages]
        gold = [one and two for one, two in zip(own, hold, strict=True)]
        yield Ranked(case.id, case.group, marks, gold_of(gold if any(gold) else own))


def gold_of(gold: Sequence[bool]) -> Any:
    import numpy as np

    return np.array(gold, dtype=bool)


def judged(shelf: Shelf) -> Iterator[Judged]:
    """Each question, and again where what answers it may not be seen."""
    everything = frozenset(each.id for each in shelf.library.list())
    for position, case in enumerate(shelf.cases):
        answerable = [True, False] if case.group.startswith(GOLDEN) else [position % 2 == 0]
        for each in answerable:
            if each and case.group.startswith(GOLDEN):
                continue  # asked already
            options = case.options if each else {**case.options, "visible": everything - case.answering}
            if focus := options.get("focus"):
                options = {**options, "focus": None} if focus.directive.id in case.answering and not each else options
            if signs := shelf.library.search(case.text, **options).signs:
                group, weight = case.group, 1.0 if case.group.startswith(GOLDEN) else 0.5
                yield Judged(case.id, group if each else f"{group} without its paper", signs, each, weight=weight)


# -- the command ---------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--golden", "--beir", "--squad"):
        parser.add_argument(name, type=Path, action="append", default=[])
    parser.add_argument("--laws", type=Path)
    parser.add_argument("--corpus", type=Path, default=ROOT / "docs_corpus")
    parser.add_argument("--refuse", type=float, default=REFUSED_RIGHT, help="share of the refusals to be right")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        fit(given, given.keep or Path(folder))


def fit(given: argparse.Namespace, at: Path) -> None:
    encoder, began = load_encoder(), perf_counter()
    golden = Golden(given.golden, given.corpus, at / "golden", encoder) if given.golden else None
    shelves = [*([golden.shelf()] if golden else []), *(squad(file, encoder, at) for file in given.squad)]
    shelves += [each for folder in given.beir for each in beir(folder, encoder, at, laws=given.laws)]
    questions = [each for one in shelves for each in ranked(one, encoder)]
    print(f"{len(questions)} questions looked at, {perf_counter() - began:.0f} s")
    passage, figures = fit_passages(questions, ablate=given.ablate)
    now = learned().model_copy(update={"passage": passage})
    use(now)
    answers = [*(golden.judged() if golden else ())]
    answers += [each for one in shelves if "+laws" not in one.cases[0].group for each in judged(one)]
    print(f"{len(answers)} questions judged, {perf_counter() - began:.0f} s")
    signs, threshold, costs = fit_signs(answers, refusals=golden.refusals if golden else 0, given=given)
    now = now.model_copy(update={"signs": signs, "threshold": threshold, "related": round(threshold / 2, 3)})
    if given.write:
        WEIGHTS.write_text(json.dumps(now.model_dump() | {"figures": {"mrr@10": figures, **costs}}, indent=2) + "\n")


def use(weights: Learned) -> None:
    """Has what is asked from now on judged by these."""
    import index.searching.finding as finding

    finding.learned = lambda: weights


def fit_passages(questions: Sequence[Ranked], *, ablate: bool) -> tuple[PassageWeights, dict[str, float]]:
    weights = fitting.fit_ranking(questions)
    print("\n" + "  ".join(f"{name} {getattr(weights, name):.3f}" for name in ALL_MARKS))
    whole = fitting.cross_validated(questions)
    print_row("MRR@10, cross validated", whole, head=True)
    for name in ALL_MARKS if ablate else ():
        print_row(f"  without {name}", fitting.cross_validated(questions, without=[name]))
    return weights, {group: round(value, 4) for group, value in whole.items()}


def print_row(name: str, figures: dict[str, float] | Any, *, head: bool = False) -> None:
    if head:
        print(f"{'':26}" + "".join(f"{group[-17:]:>18}" for group in figures))
    print(f"{name:26}" + "".join(f"{value:18.3f}" for value in figures.values()), flush=True)


def fit_signs(
    answers: Sequence[Judged], *, refusals: int, given: argparse.Namespace
) -> tuple[SignWeights, float, dict[str, Any]]:
    weights = fitting.fit_confidence(answers)
    print("\n" + "  ".join(f"{name} {value:.2f}" for name, value in weights))
    found = fitting.confidences(answers, confidence_of)
    own = [(each, value) for each, value in found if each.group in (GOLDEN, f"{GOLDEN} bare")] or found
    print(f"area under the curve, cross validated: {fitting.area(found):.3f}; golden questions {fitting.area(own):.3f}")
    for name in Signs.model_fields if given.ablate else ():
        without = fitting.confidences(answers, confidence_of, without=[name])
        print(f"  without {name:12} {fitting.area(without):.3f}")
    print("\nthreshold   wrong answers   wrong refusals   of the golden questions: wrong answers   wrong refusals")
    every, ours = list(fitting.costs(found, THRESHOLDS)), list(fitting.costs(own, THRESHOLDS))
    for one, two in zip(every, ours, strict=True):
        shares = (one.wrong_answers, one.wrong_refusals, two.wrong_answers, two.wrong_refusals)
        print(f"{one.threshold:9.2f}" + "".join(f"{value:17.3f}" for value in shares))
    fine = fitting.costs(own, [step / 1000 for step in range(1, 1000)])
    judged = sum(not each.answerable for each, _ in own)
    most = (1 - given.refuse) * max(refusals, judged) / max(judged, 1)
    chosen = next((each for each in fine if each.wrong_answers <= most), ours[-1])
    print(f"chosen: {chosen}")
    table = [[each.threshold, round(each.wrong_answers, 3), round(each.wrong_refusals, 3)] for each in ours]
    return weights, chosen.threshold, {"area": round(fitting.area(own), 3), "threshold, wrong answers, refusals": table}


if __name__ == "__main__":
    main(sys.argv[1:])
