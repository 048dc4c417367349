"""Where a printed text is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.findings import Passage
from index.reading import passages
from index.reading.form import read_form
from index.reading.passages import LONGEST, WHOLE, cut_passages
from index.types import Pages, Reading, SectionKind
from tests.reading.labels import LABELS

SENTENCE = "Chi bộ thảo luận dân chủ, phân công từng đảng viên và kiểm tra việc thực hiện hằng tháng."
LONG = " ".join([SENTENCE] * 4)
HEADER = "ĐẢNG ỦY PHƯỜNG AN\n*\nSố 05-QĐ/ĐU\nQUY ĐỊNH\nvề họp chi bộ\n-----"
SIGNED = "Nơi nhận:\n- Các chi bộ.\nT/M ĐẢNG ỦY\nBÍ THƯ\nNguyễn Văn An"


def reading(*lines: str) -> Reading:
    pages = Pages(pages=(tuple("\n".join(lines).split("\n")),), physical=False, wrapped=False)
    return read_form(pages, file="a.txt")


def cut(*lines: str) -> list[str]:
    return [passage.text.strip() for passage in cut_passages(reading(*lines))]


def test_a_long_text_without_sentences_is_looked_through_only_once() -> None:
    class Counted:
        places = 0

        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def finditer(self, *bounds: Any) -> Iterator[re.Match[str]]:
            for match in self.pattern.finditer(*bounds):
                Counted.places += 1
                yield match

    words = 20_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.reading.passages._SPACE", Counted(passages._SPACE))
        runs = cut(" ".join(["lời"] * words))
    assert max(map(len, runs)) <= LONGEST
    assert Counted.places < 3 * words


def test_a_short_section_is_one_passage() -> None:
    section = ("1. Họp chi bộ", "a) Hằng tháng;", "b) Khi cần.")
    assert cut(HEADER, *section, SIGNED)[1] == "\n".join(section)


def test_header_closing_and_signature_stand_apart() -> None:
    closing = "Quy định này có hiệu lực."
    assert cut(HEADER, "1. Một", "Hai.", closing, SIGNED) == [HEADER, "1. Một\nHai.", closing, SIGNED]


def test_a_long_section_is_cut_at_its_inner_sections() -> None:
    assert cut("1. Họp", f"a) {LONG}", f"b) {LONG}", f"c) {LONG}") == [f"1. Họp\na) {LONG}", f"b) {LONG}", f"c) {LONG}"]


def test_a_heading_stays_with_the_first_section_below_at_any_depth() -> None:
    lines = (
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Họp",
        f"1. {LONG}",
        f"2. {LONG}",
        f"3. {LONG}",
        "Điều 2. Khác",
        LONG,
    )
    assert cut(*lines)[0] == "\n".join(lines[:4])


def test_a_heading_stays_with_a_dash_that_goes_on_in_pluses() -> None:
    lines = (
        "1. Thẩm tra",
        f"a) {LONG}",
        "d) Trách nhiệm của chi bộ",
        f"- Nơi có người: {LONG}",
        f"+ {LONG}",
        f"+ {LONG}",
    )
    assert not any(passage == "d) Trách nhiệm của chi bộ" for passage in cut(*lines))


def test_a_lead_line_stays_with_its_list() -> None:
    lines = ("1. Hồ sơ", f"a) {LONG}", "b) Hồ sơ gồm:", f"- {LONG}", f"- {LONG}", f"- {LONG}")
    assert cut(*lines)[1] == f"b) Hồ sơ gồm:\n- {LONG}"


def test_a_formula_before_the_first_section_stays_with_it() -> None:
    assert cut(HEADER, "Đảng ủy quy định như sau:", "Điều 1. Họp", LONG)[1].startswith(
        "Đảng ủy quy định như sau:\nĐiều 1"
    )


def test_a_longer_introduction_is_a_passage() -> None:
    assert cut(HEADER, LONG, "1. Họp", "Nội dung.")[1] == LONG


def test_small_neighbours_are_one_passage() -> None:
    items = [f"- Tài liệu thứ {number} trong hồ sơ của người xin vào Đảng do chi ủy giữ." for number in range(22)]
    passages = cut("1. Hồ sơ gồm:", *items)
    assert len(passages) == 3
    assert all(WHOLE / 2 < len(passage) <= WHOLE for passage in passages[:-1])


def test_an_annex_is_cut_off_the_signature() -> None:
    assert cut(HEADER, "1. Một", SIGNED, "PHỤ LỤC", "1 | Chi bộ A")[-2:] == [SIGNED, "PHỤ LỤC\n1 | Chi bộ A"]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_run_without_inner_sections_is_cut_between_sentences(between: str) -> None:
    passages = cut(between.join([SENTENCE] * 50))
    assert all(WHOLE / 2 <= len(passage) <= LONGEST for passage in passages)
    assert all(passage.endswith(".") for passage in passages)


def test_a_run_without_sentences_is_cut_between_words() -> None:
    assert all(len(passage) <= LONGEST for passage in cut("chi bộ " * 1000))


def test_a_run_without_spaces_is_left_whole() -> None:
    assert cut("x" * 5000) == ["x" * 5000]


def test_an_empty_text_has_no_passages() -> None:
    assert cut("") == []


def test_a_passage_knows_its_path_page_and_kind() -> None:
    pages = Pages(pages=(("I- MỘT", f"1. {LONG}", f"2. {LONG}"), (f"3. {LONG}",)), physical=True, wrapped=False)
    last = cut_passages(read_form(pages, file="a.pdf"))[-1]
    assert (last.path, last.page, last.kind) == (("I MỘT", "3"), 2, SectionKind.NUMBER)


WORDS = st.sampled_from(["Họp chi bộ", "Hồ sơ gồm:", SENTENCE, LONG, f"{LONG} {LONG} {LONG} {LONG} {LONG}"])
LINES = st.builds(lambda label, words: f"{label} {words}".strip(), st.sampled_from([*LABELS, "-", "+", ""]), WORDS)


class TestAnyPaper:
    @given(header=st.booleans(), body=st.lists(LINES, max_size=25), signed=st.booleans())
    def test_is_partitioned(self, *, header: bool, body: list[str], signed: bool) -> None:
        paper = reading(*[HEADER] * header, *body, *[SIGNED] * signed)
        passages = cut_passages(paper)
        assert "".join(passage.text for passage in passages) == paper.printed.text
        assert all(passage.text.strip() for passage in passages)
        assert all(len(passage.text) <= LONGEST for passage in passages)
        self.check_offsets(paper, passages)

    def check_offsets(self, paper: Reading, passages: tuple[Passage, ...]) -> None:
        for passage in passages:
            assert paper.printed.text[passage.start : passage.end] == passage.text
            assert passage.path == paper.printed.path_at(passage.start)
            assert passage.directive == paper.directive.id

    @given(text=st.text(max_size=300))
    def test_any_text_at_all_is_partitioned(self, text: str) -> None:
        paper = reading(*(" ".join(line.split()) for line in text.splitlines()))
        assert "".join(passage.text for passage in cut_passages(paper)) == paper.printed.text

    @given(body=st.lists(LINES, max_size=25))
    def test_header_and_signature_share_no_passage(self, body: list[str]) -> None:
        passages = cut_passages(reading(HEADER, *body, SIGNED))
        assert passages[0].kind is SectionKind.HEADER
        assert (passages[-1].kind, passages[-1].text) == (SectionKind.SIGNATURE, SIGNED)
