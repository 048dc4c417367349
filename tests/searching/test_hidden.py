"""A search within what may be seen is the search of a library that holds nothing else, to the last bit."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest

from index.library import Library
from index.types import DirectiveId
from tests.searching.fakes import FIRE, PAPERS, make_library

CHANGED = FIRE.replace("25-CT/TU", "26-CT/TU").replace("13 tháng 9", "14 tháng 9").replace("karaoke", "vũ trường")
"""The words of another paper but for a few, under a number of its own."""
EVERY = {"00-CT.md": CHANGED, **PAPERS}
QUESTIONS = (
    "Chi bộ tổ dân phố kiểm tra bình chữa cháy của từng hộ gia đình bao lâu một lần?",
    "kiem tra binh chua chay",
    "bí thư tiếp công dân vào sáng thứ mấy?",
    "bi thu tiep cong dan",
    "25-CT/TU có hiệu lực từ khi nào?",
    "chỉ thị 26 mục 3",
    "26-CT/TU và 08-NQ/ĐU",
    "26",
    "theo 26 mục 1",
    "vũ trường có nguy cơ cháy nổ",
    "karaoke",
    "Chỉ thị về tăng cường công tác phòng cháy, chữa cháy",
    "Đảng viên vắng mặt hai kỳ phải làm gì?",
    "12-CT/TU về phòng cháy",
    "thời gian dự bị là bao lâu?",
    "người vào Đảng nộp đơn cho ai?",
    "Trần Thị Ví Dụ",
    "diễn tập ở chung cư",
    "gì vậy",
    "",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("whole") / "library", EVERY)


@pytest.mark.parametrize("hidden", list(chain(combinations(EVERY, 1), combinations(EVERY, 2))), ids=" and ".join)
def test_findings_are_those_of_a_library_without_what_is_hidden(
    whole: Library, tmp_path: Path, hidden: tuple[str, ...]
) -> None:
    without = make_library(tmp_path / "library", {file: text for file, text in EVERY.items() if file not in hidden})
    visible = frozenset(directive.id for directive in without.list())
    assert len(visible) == len(EVERY) - len(hidden)
    for question in QUESTIONS:
        found = whole.search(question, visible=visible)
        assert found == without.search(question, visible=visible), question
        for quote in found.quotes[:1]:
            narrowed = [
                library.search("bí thư", visible=visible, within=frozenset({quote.directive.id}), focus=quote)
                for library in (whole, without)
            ]
            assert narrowed[0] == narrowed[1]


def test_a_set_of_directives_that_is_unknown_changes_nothing(whole: Library) -> None:
    visible = frozenset(directive.id for directive in whole.list()[:2])
    more = visible | {DirectiveId("there-is-none")}
    for question in QUESTIONS:
        assert whole.search(question, visible=more) == whole.search(question, visible=visible)
