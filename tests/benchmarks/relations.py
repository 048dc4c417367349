"""How well relations are read: `python tests/benchmarks/relations.py [--held] [--misses]`.

The clauses were written and labelled by hand, apart from the rules: one half to develop by, one held back. Each is laid
out as a small paper and read like any other.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import date as Date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from index.language.numbers import TYPE_NAMES, canonical, find_numbers, house_type
from index.language.text import fold
from index.reading.form import read_form
from index.reading.relations import read_relations
from index.types import Directive, Pages, Printed, Relation

HERE = Path(__file__).parent
TITLE = "về một số nội dung công tác"


class Said(NamedTuple):
    """A relation as it is compared: its kind, the paper, the parts in any order, the day."""

    kind: str
    paper: str
    articles: frozenset[str]
    date: Date | None

    @property
    def edge(self) -> tuple[str, str]:
        return self.kind, self.paper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="the half held back: for the figures, once")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    half = "held" if options.held else "development"
    cases = yaml.safe_load((HERE / f"relations_{half}.yaml").read_text(encoding="utf-8"))
    answers = [(case, labels_of(case), answers_of(case)) for case in cases]
    print(f"{half}: {len(cases)} clauses, {sum(len(labels) for _, labels, _ in answers)} relations")
    print_table("relations", [(set(labels), {said for said, _ in found}) for _, labels, found in answers])
    at_once = [(set(labels), {said for said, sure in found if sure}) for _, labels, found in answers]
    print_table("explicit only", at_once)
    edges = [({one.edge for one in labels}, {said.edge for said, _ in found}) for _, labels, found in answers]
    print_table("edges only", edges)
    if options.misses:
        print_misses(answers)


def labels_of(case: Mapping[str, Any]) -> list[Said]:
    return joined(
        Said(
            one["kind"],
            canonical(one["number"]) if one.get("number") else plain(one.get("named") or ""),
            frozenset(map(plain, one["articles"])),
            Date.fromisoformat(str(one["date"])) if one["date"] else None,
        )
        for one in case["relations"]
    )


def joined(said: Iterable[Said]) -> list[Said]:
    """The parts of one paper that are treated alike, in one: labels name them together, items one by one."""
    parts: dict[tuple[str, str, Date | None, bool], frozenset[str]] = {}
    for one in said:
        alike = one.kind, one.paper, one.date, bool(one.articles)
        parts[alike] = parts.get(alike, frozenset()) | one.articles
    return [Said(kind, paper, articles, day) for (kind, paper, day, _), articles in parts.items()]


def answers_of(case: Mapping[str, Any]) -> list[tuple[Said, bool]]:
    directive, printed = paper_of(case)
    bare = {one["number"] for one in case["relations"] if one.get("number") and one["number"].isdigit()}
    found = [(said_by(relation, bare), relation.explicit) for relation in read_relations(directive, printed)]
    return [(one, sure) for sure in (True, False) for one in joined(said for said, surely in found if surely is sure)]


def said_by(relation: Relation, bare: Set[str] = frozenset()) -> Said:
    """``bare``: numbers labelled as printed, without the symbol that the reader completes ("Nghị quyết số 12")."""
    paper = ""
    if (reference := relation.reference) is not None:
        paper = canonical(reference.number) if reference.number else plain(reference.words)
        number, _, symbol = paper.partition("-")
        if number in bare and symbol and symbol not in reference.words:
            paper = number
    return Said(relation.kind.value, paper, frozenset(map(plain, relation.articles)), relation.date)


def plain(words: str) -> str:
    return " ".join(fold(words).replace(",", " ").split())


def paper_of(case: Mapping[str, Any]) -> tuple[Directive, Printed]:
    """The clause in a paper of its own, with the fields that the case gives."""
    own, lines = case["self"], case["text"].split("\n")
    titled = lines[0].isupper() and house_type(lines[0]) is not None
    day = Date.fromisoformat(str(own["date"]))
    head = [own["issuer"].upper(), "*", f"Số {own['number']}", f"An Hòa, ngày {day:%d} tháng {day:%m} năm {day:%Y}"]
    head += lines[:1] if titled else [own["type_name"].upper(), TITLE, "-----"]
    body = lines[1:] if titled else lines
    page = "\n\n".join([*head, "\n".join(body), "Nơi nhận:", "- Như trên,"]).split("\n")
    reading = read_form(Pages(pages=(tuple(page),), physical=False, wrapped=True), file="clause.txt")
    found = find_numbers(own["number"])
    kind = found[0].type if found else house_type(own["type_name"])
    assert kind is None or kind in TYPE_NAMES
    fields = {
        "number": own["number"],
        "type": kind,
        "type_name": own["type_name"],
        "issuer": own["issuer"],
        "date": day,
    }
    return reading.directive.model_copy(update=fields), reading.printed


def print_table(name: str, pairs: Iterable[tuple[set[Any], set[Any]]]) -> None:
    right, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    for labels, found in pairs:
        right.update(one[0] for one in labels & found)
        given.update(one[0] for one in found)
        wanted.update(one[0] for one in labels)
    print(f"\n{name:<16}{'right':>7}{'given':>7}{'wanted':>8}{'precision':>11}{'recall':>8}{'F1':>7}")
    for kind in (*sorted(wanted | given), "all"):
        hits, shown, asked = (
            sum(counts.values()) if kind == "all" else counts[kind] for counts in (right, given, wanted)
        )
        precision, recall = hits / shown if shown else 1.0, hits / asked if asked else 1.0
        both = 2 * precision * recall / (precision + recall) if hits else 0.0
        print(f"{kind:<16}{hits:>7}{shown:>7}{asked:>8}{precision:>11.3f}{recall:>8.3f}{both:>7.3f}")


def print_misses(answers: Iterable[tuple[Mapping[str, Any], list[Said], list[tuple[Said, bool]]]]) -> None:
    for case, labels, found in answers:
        missing, wrong = set(labels) - {said for said, _ in found}, {said for said, _ in found} - set(labels)
        if missing or wrong:
            print(f"\n{case['id']}: {case['text']}")
            for mark, group in (("-", missing), ("+", wrong)):
                for said in sorted(group, key=str):
                    print(f"  {mark} {said.kind} {said.paper} {sorted(said.articles)} {said.date}")


if __name__ == "__main__":
    main()
