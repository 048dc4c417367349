"""Whatever a file holds, it is read or refused with a word that says why; what is read hangs together.

``FUZZ_EXAMPLES=2000 pytest tests/reading/test_fuzz.py`` looks longer.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import LibraryError
from index.reading.form import read_directives
from index.reading.passages import cut_passages
from index.reading.readers import READERS
from index.reading.readers.ocr import PageWords, Word
from index.reading.readers.reading_order import lines_of
from index.reading.tools import NO_TOOLS, Tools, find_tools
from index.types import Reading, Span
from tests.programs import needs
from tests.reading.mutating import MAGIC, PAPER, SPLICES, TAGS, small_files, torn_bytes, torn_text, torn_zip

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "15"))
_HANGS: Final = 60
"""Seconds for one small file, on the slowest machine."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::FutureWarning")  # of the parsers, on odd files
RICH: Final = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard \u272?i\u7873?u 1. Chi b\u7897? h\u7885?p.\par}"
SUFFIXES = sorted(READERS)
BY_PROGRAMS_ALONE = (".jpeg", ".jpg", ".png", ".rtf")
ZIPPED = [".docx", ".xlsx"]
TEXTS = {".html": TAGS + SPLICES, ".md": SPLICES, ".txt": SPLICES}

fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def tools(folder: Path) -> Tools:
    """A stand-in for LibreOffice that hands out what it is given."""
    program = folder / "soffice"
    script = 'for given; do :; done\nmkdir -p "${given%/*}/out"; cp "$given" "${given%/*}/out/paper.docx"\n'
    program.write_text(f"#!/bin/sh\n{script}")
    program.chmod(0o755)
    return Tools(soffice=program)


def take_in(folder: Path, suffix: str, data: bytes, tools: Tools = NO_TOOLS) -> tuple[Reading, ...]:
    """What is read of it, checked; nothing where it is refused. Anything but a LibraryError goes through."""
    path = folder / f"paper{suffix}"
    path.write_bytes(data)
    with patience():
        try:
            readings = read_directives(path, name=path.name, tools=tools)
        except LibraryError:
            return ()
        for reading in readings:
            hangs_together(reading)
    return readings


@contextmanager
def patience() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"not read in {_HANGS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def hangs_together(reading: Reading) -> None:
    printed = reading.printed
    text, sections = printed.text, printed.sections
    spans = [*printed.fields.values(), *(Span(start=each.start, end=each.end) for each in sections)]
    spans += [span for relation in reading.relations for span in (relation.span, relation.words) if span]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert list(printed.page_starts) == sorted(printed.page_starts)
    assert all(0 <= start <= len(text) for start in printed.page_starts)
    assert [each.start for each in sections] == sorted(each.start for each in sections)
    for place, section in enumerate(sections):
        assert section.parent is None or 0 <= section.parent < place
    passages = cut_passages(reading)
    assert "".join(passage.text for passage in passages) == text
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert Reading.model_validate_json(reading.model_dump_json()) == reading  # as it is kept from build to build
    assert "\0" not in text


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@fuzzed
def test_bytes_behind_the_magic_of_a_format(suffix: str, folder: Path, tools: Tools, data: st.DataObject) -> None:
    take_in(folder, suffix, MAGIC[suffix] + data.draw(st.binary(max_size=2000)), tools)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@fuzzed
def test_files_with_torn_bytes(suffix: str, folder: Path, tools: Tools, data: st.DataObject) -> None:
    take_in(folder, suffix, data.draw(torn_bytes(small_files()[suffix])), tools)


@pytest.mark.parametrize("suffix", ZIPPED)
@given(data=st.data())
@fuzzed
def test_files_with_torn_parts(suffix: str, folder: Path, data: st.DataObject) -> None:
    take_in(folder, suffix, data.draw(torn_zip(small_files()[suffix])))


@pytest.mark.parametrize("suffix", sorted(TEXTS))
@given(data=st.data())
@fuzzed
def test_texts_with_foreign_marks(suffix: str, folder: Path, data: st.DataObject) -> None:
    take_in(folder, suffix, data.draw(torn_text(small_files()[suffix].decode(), TEXTS[suffix])))


@given(st.lists(st.lists(st.sampled_from((*PAPER, *SPLICES)), max_size=4).map("".join), max_size=30))
@fuzzed
def test_lines_in_any_order(folder: Path, lines: list[str]) -> None:
    take_in(folder, ".txt", "\n".join(lines).encode())


def test_a_decision_without_a_number_may_have_two_attached_papers(folder: Path) -> None:
    decision = ("ĐẢNG ỦY PHƯỜNG BÃI LAU", "QUYẾT ĐỊNH", "ban hành quy chế", "Điều 1. Ban hành.", *PAPER[19:23])
    assert len(take_in(folder, ".txt", "\n\n".join((*decision, *PAPER[23:27], *PAPER[23:27])).encode())) == 3


@given(st.text(max_size=400), st.sampled_from(SUFFIXES))
@fuzzed
def test_any_text_under_any_suffix(folder: Path, tools: Tools, text: str, suffix: str) -> None:
    take_in(folder, suffix, text.encode(), tools)


@st.composite
def words_anywhere(draw: st.DrawFn) -> Word:
    left, top, width, height = (draw(st.integers(1, most)) for most in (1600, 2200, 400, 90))
    text = draw(st.sampled_from(["Số", "12-QĐ/ĐU", "Điều", "1.", "-", "ĐẢNG", "a)", "…", "MẬT"]))
    line = (draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.integers(0, 3)))
    return Word(text=text, confidence=50, left=left, top=top, right=left + width, bottom=top + height, line=line)


@given(st.lists(words_anywhere(), max_size=30))
@fuzzed
def test_words_anywhere_on_a_page_are_all_kept(words: list[Word]) -> None:
    lines = lines_of(PageWords(words=tuple(words), width=1654, height=2339))
    kept = "".join("".join(line.split()) for line in lines)
    assert sorted(kept) == sorted("".join(word.text for word in words))


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in BY_PROGRAMS_ALONE])
def test_the_small_files_are_read(suffix: str, folder: Path, tools: Tools) -> None:
    """Else nothing behind the first check would be tried."""
    assert take_in(folder, suffix, small_files()[suffix], tools)


@pytest.mark.slow
@given(
    torn_bytes(b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\pard \\u272?i\\u7873?u 1. Ch\\u7881? b\\u7897? \\par}")
)
@settings(fuzzed, max_examples=max(3, EXAMPLES // 50))
def test_torn_files_go_through_libreoffice(folder: Path, data: bytes) -> None:
    needs("LibreOffice")
    take_in(folder, ".rtf", data, find_tools())
