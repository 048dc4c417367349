"""How fast it is: `make bench`, or `python tests/benchmarks/speed.py [CORPUS]`. Prints figures and asserts nothing.

The questions are the titles and headings of the corpus itself, so every one of them is answered and quoted.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
COLD_RUNS, WARM_QUESTIONS = 7, 300


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs_corpus"
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        print(f"{corpus.name}, Python {platform.python_version()}, {os.cpu_count()} CPUs")
        print_builds(corpus, library)
        questions = own_questions(library)
        print_cold(library, questions[0])
        print_warm(library, questions)


def print_builds(corpus: Path, library: Path) -> None:
    from index import build_library, load_encoder

    encoder = load_encoder()
    first = build_library(corpus, library, encoder=encoder)
    again = build_library(corpus, library, encoder=encoder)
    directives, passages = first.added, max(first.passages, 1)
    print(f"build      {first.seconds:7.2f} s   {directives} directives, {passages} passages")
    print(f"           {first.seconds / passages * 1000:7.2f} ms  per passage")
    print(f"rebuild    {again.seconds:7.2f} s   nothing changed")
    print(f"library    {size_of(library / 'snapshots') / 2 / 1e6:7.2f} MB  per snapshot")


def print_cold(library: Path, question: str) -> None:
    """The whole process, as a person waits for it; the first run warms the disk and is not counted."""
    command = [sys.executable, "-m", "bot", "ask", question, "--library", str(library)]
    times = [
        timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)) for _ in range(COLD_RUNS)
    ]
    print(f"cold ask   {statistics.median(times[1:]):7.2f} s   median of {COLD_RUNS - 1} processes")
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"           {kilobytes / 1024:7.0f} MB  memory at the peak")


def print_warm(library: Path, questions: list[str]) -> None:
    """From the message to the worded answer, one after another in one process."""
    from bot.local import local_desk
    from bot.messages import Incoming
    from bot.validity.register import Register
    from index import Library

    opened = Library.open(library)
    validity = Register(opened, None, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at_once=True).now

    def ask(question: str) -> None:
        message = Incoming(channel="bench", sender="local", chat="local", message="1", text=question)
        local_desk(opened, validity=validity).answer(message)

    ask(questions[0])
    milliseconds = [timed(partial(ask, question)) * 1000 for question in questions]
    print(f"warm ask   {statistics.median(milliseconds):7.2f} ms  median of {len(milliseconds)} questions")
    print(f"           {statistics.quantiles(milliseconds, n=20)[-1]:7.2f} ms  95th percentile")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"           {megabytes:7.0f} MB  memory at the peak, with the builds")


def own_questions(library: Path) -> list[str]:
    """Different ones, at most WARM_QUESTIONS, in the order of the corpus."""
    return list(dict.fromkeys(_own_words(library)))[:WARM_QUESTIONS]


def _own_words(library: Path) -> Iterator[str]:
    from index import Library

    opened = Library.open(library)
    for directive in opened.list():
        yield directive.title
        printed = opened.printed(directive.id)
        sections = printed.sections if printed else ()
        yield from (section.heading for section in sections if len(section.heading.split()) > 2)


def timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
