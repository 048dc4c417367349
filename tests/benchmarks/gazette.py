"""Document numbers in titles of the official gazette: `python tests/benchmarks/gazette.py TITLES_FILE`.

TITLES_FILE holds one JSON object a line with its ``title``; it is not part of this repository. 400 of its lines are
labelled in `gazette_labels.jsonl` (position from 0, the beginning of the title's SHA-256, the numbers that it prints);
their misses are printed with the share of lines and of numbers read right. Over all lines it then prints those that
hold "số" and a slash but gave nothing, and the page furniture that gave a number.

A number is right when its count, type and issuer symbol are. Labels say them as printed, once where a line prints a
number twice. A symbol that shows no type (``117/2025/QH15``) is labelled null there: it is right when its symbol was
read so, and as the type that the words right before it name (Luật, Nghị quyết, Pháp lệnh) where they name one. A letter
of the State (``764/BYT-DP``) shows none either; its label is CV.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from index import find_numbers
from index.language.numbers import house_type
from index.types import DocumentNumber

LABELS = Path(__file__).with_name("gazette_labels.jsonl")
SHOWN = 40
FURNITURE = re.compile(r"\s*(?:Công báo số|CÔNG BÁO\b|Văn bản loại\b|Văn bản (?:ban hành bởi|mới)\b|RSS Công báo)")
ISSUED_WITHOUT_TYPE = ("L", "NQ", "PL")


class Label(NamedTuple):
    number: str
    type: str | None
    issuer: str | None


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python tests/benchmarks/gazette.py TITLES_FILE")
        return 2
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in lines if line.strip()]
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    if strangers := [label["line"] for label in labels if not is_same(titles, label["line"], label["sha"])]:
        print(f"not the file that was labelled: {len(strangers)} of {len(labels)} lines differ, first {strangers[0]}")
        return 1
    print_labelled(titles, [(row["line"], [Label(**number) for number in row["numbers"]]) for row in labels])
    print_silent(titles)
    return 0


def is_same(titles: list[str], line: int, sha: str) -> bool:
    return line < len(titles) and sha256(titles[line].encode()).hexdigest().startswith(sha)


def print_labelled(titles: list[str], rows: list[tuple[int, list[Label]]]) -> None:
    right_lines = right = wanted_in_all = given_in_all = 0
    for line, wanted in rows:
        found = list(dict.fromkeys(labels_of(titles[line])))
        hits = [label for label in wanted if label in found]
        right, wanted_in_all, given_in_all = right + len(hits), wanted_in_all + len(wanted), given_in_all + len(found)
        if len(hits) == len(wanted) == len(found):
            right_lines += 1
            continue
        print(f"{line:5} wanted {in_words(wanted)}\n      got    {in_words(found)}\n      {titles[line][:300]}")
    print(f"lines right    {right_lines / len(rows):7.2%}  {right_lines} of {len(rows)}")
    print(f"numbers found  {right / wanted_in_all:7.2%}  {right} of {wanted_in_all}")
    print(f"numbers right  {right / max(given_in_all, 1):7.2%}  {right} of {given_in_all} given")


def labels_of(title: str) -> Iterator[Label]:
    for number in find_numbers(title):
        shows_no_type = number.symbol is not None and re.search(r"\d/(?:QH|UBTVQH)\d+$", number.symbol)
        if not shows_no_type:
            yield Label(number.number, number.type, number.issuer)
        elif is_as_named(title, number):
            yield Label(number.number, None, number.issuer)


def is_as_named(title: str, number: DocumentNumber) -> bool:
    """Whether a law's type is the one that the words right before it say, where they say one."""
    before = re.findall(r"[^\W\d_]+", title[: number.span.start])
    if before and before[-1].lower() == "số":
        before.pop()
    named = next((kind for length in (2, 1) if (kind := house_type(" ".join(before[-length:])))), None)
    return number.type == named if named in ISSUED_WITHOUT_TYPE else number.type in ISSUED_WITHOUT_TYPE


def in_words(labels: list[Label]) -> str:
    return ", ".join(f"{number} {kind or '-'} {issuer or '-'}" for number, kind, issuer in labels) or "nothing"


def print_silent(titles: list[str]) -> None:
    furniture = [(line, title) for line, title in enumerate(titles) if FURNITURE.match(title)]
    silent = [
        (line, title)
        for line, title in enumerate(titles)
        if re.search(r"\bsố\b", title, re.IGNORECASE) and "/" in title and not find_numbers(title)
    ]
    texts = [(line, title) for line, title in silent if not FURNITURE.match(title)]
    print(
        f'\n"số" and a slash, no number: {len(silent)} of {len(titles)} lines, {len(texts)} of them no page furniture'
    )
    for line, title in [*texts, *(row for row in silent if row not in texts)][:SHOWN]:
        print(f"{line:5} {title[:200]}")
    loud = [(line, title) for line, title in furniture if find_numbers(title)]
    print(f"\npage furniture that gave a number: {len(loud)} of {len(furniture)} lines")
    for line, title in loud[:SHOWN]:
        print(f"{line:5} {in_words(list(labels_of(title)))}  {title[:160]}")


if __name__ == "__main__":
    raise SystemExit(main())
