"""How well duties and deadlines are read: `python tests/benchmarks/deadlines.py [--held] [--misses]`.

The passages were written and labelled by hand, apart from the rules: one half to develop by, one held back, of which
only the sums are printed. A duty is found where its time is the same and its words meet those of the label; who is to
do it is counted beside that.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from index.language.text import fold
from index.reading.deadlines import duties_in
from index.types import Due

HERE = Path(__file__).parent


class Said(NamedTuple):
    """A duty as it is compared; ``words``: of its time or of itself, folded."""

    due: Due | None
    words: str
    who: str

    @property
    def kind(self) -> str:
        if self.due is None:
            return "no time"
        return "date" if self.due.date else "recurring" if self.due.every else "after"


class Case(NamedTuple):
    """``pairs``: each label with what was found of it."""

    entry: Mapping[str, Any]
    pairs: Sequence[tuple[Said, Said]]
    missed: Sequence[Said]
    wrong: Sequence[Said]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="the half held back: for the figures, once")
    parser.add_argument("--misses", action="store_true", help="what was not read as labelled, of the development half")
    options = parser.parse_args()
    half = "held" if options.held else "development"
    entries = yaml.safe_load((HERE / f"deadlines_{half}.yaml").read_text(encoding="utf-8"))
    cases = [compared(entry) for entry in entries]
    decoys = sum(not entry["duties"] for entry in entries)
    print(f"{half}: {len(entries)} passages, {decoys} of them without a duty")
    print_table(cases)
    if options.misses and not options.held:
        print_misses(cases)


def compared(entry: Mapping[str, Any]) -> Case:
    labels = [label_of(one) for one in entry["duties"]]
    left = found_in(entry)
    pairs, missed = [], []
    for label in labels:
        match = next((one for one in left if same(label, one)), None)
        if match is None:
            missed.append(label)
        else:
            left.remove(match)
            pairs.append((label, match))
    return Case(entry, pairs, missed, left)


def label_of(one: Mapping[str, Any]) -> Said:
    said = one["due"]
    due = None
    if said:
        day = Date.fromisoformat(str(said["date"])) if said.get("date") else None
        on = tuple(map(str, said.get("on", ())))
        due = Due(date=day, every=said.get("every"), on=on, after=said.get("after", ""))
    return Said(due, plain(one["words"]), plain(one["who"] or ""))


def found_in(entry: Mapping[str, Any]) -> list[Said]:
    issued = Date.fromisoformat(str(entry["issued"]))
    text = entry["text"]
    duties = duties_in(text, issued=issued, title=entry.get("title", ""), heading=entry.get("heading", ""))
    return [Said(one.due, plain(text[one.words.start : one.words.end]), plain(one.who)) for one in duties]


def same(label: Said, found: Said) -> bool:
    """The same time, and words that meet."""
    if label.kind != found.kind or not meets(label.words, found.words):
        return False
    if label.due is None or found.due is None:
        return True
    if label.due.after:
        return meets(plain(label.due.after), plain(found.due.after))
    on = days_of(label.due) == days_of(found.due)
    return label.due.date == found.due.date and label.due.every == found.due.every and on


def days_of(due: Due) -> list[str]:
    """The days of what comes again, without leading zeros."""
    return ["/".join(part.lstrip("0") for part in plain(day).split("/")) for day in due.on]


def meets(one: str, other: str) -> bool:
    """Whether most words of the shorter stand in the other."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return bool(shorter) and 2 * len(set(shorter) & set(longer)) >= len(set(shorter))


def plain(words: str) -> str:
    return " ".join(fold(words).replace(",", " ").split())


def print_table(cases: Iterable[Case]) -> None:
    right, missed, wrong, who = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        right.update(label.kind for label, _ in case.pairs)
        missed.update(one.kind for one in case.missed)
        wrong.update(one.kind for one in case.wrong)
        who.update(label.kind for label, found in case.pairs if label.who == found.who)
    print(f"\n{'':<12}{'right':>7}{'given':>7}{'wanted':>8}{'precision':>11}{'recall':>8}{'who':>7}")
    timed = ("date", "recurring", "after")
    for name, kinds in (
        *((kind, (kind,)) for kind in (*timed, "no time")),
        ("timed", timed),
        ("all", (*timed, "no time")),
    ):
        hits, misses, extra, named = (sum(counts[kind] for kind in kinds) for counts in (right, missed, wrong, who))
        precision = hits / (hits + extra) if hits + extra else 1.0
        recall = hits / (hits + misses) if hits + misses else 1.0
        share = named / hits if hits else 1.0
        print(f"{name:<12}{hits:>7}{hits + extra:>7}{hits + misses:>8}{precision:>11.3f}{recall:>8.3f}{share:>7.3f}")


def print_misses(cases: Iterable[Case]) -> None:
    for case in cases:
        others = [(label, found) for label, found in case.pairs if label.who != found.who]
        if not (case.missed or case.wrong or others):
            continue
        print(f"\n{case.entry['id']} ({case.entry['issued']}): {case.entry['text']}")
        for mark, group in (("-", case.missed), ("+", case.wrong)):
            for said in group:
                print(f"  {mark} {written(said.due)} | {said.words} | {said.who}")
        for label, found in others:
            print(f"  who {label.who!r}, found {found.who!r}")


def written(due: Due | None) -> str:
    if due is None:
        return "no time"
    return str(due.date or due.after or f"{due.every} {' '.join(due.on)}".strip())


if __name__ == "__main__":
    main()
