"""Lines joined into paragraphs, page numbers taken away, pages kept."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.paragraphs import Layout, lay_out
from index.types import Pages, Printed

FULL = "Chi bộ thảo luận dân chủ, phân công nhiệm vụ cho từng đảng viên và kiểm tra việc thực hiện của"
"""A line as wide as the page."""


def laid(*pages: str, physical: bool = True, wrapped: bool = True) -> Layout:
    return lay_out(Pages(pages=tuple(tuple(page.split("\n")) for page in pages), physical=physical, wrapped=wrapped))


def paragraphs(*pages: str, wrapped: bool = True) -> list[str]:
    layout = laid(*pages, wrapped=wrapped)
    return [layout.text[span.start : span.end] for span in layout.paragraphs]


def labels(*pages: str) -> list[str]:
    return [unit.marker.label for unit in laid(*pages).units]


class TestJoining:
    def test_a_full_line_goes_on(self) -> None:
        assert paragraphs(f"{FULL}\nmỗi người.") == [f"{FULL} mỗi người."]

    def test_a_full_line_goes_on_before_a_capital(self) -> None:
        assert paragraphs(f"{FULL}\nBan Thường vụ. Sau đó.") == [f"{FULL} Ban Thường vụ. Sau đó."]

    def test_a_nearly_full_heading_stays_alone_beside_other_headings(self) -> None:
        heading = f"2. {FULL[:77]}"
        text = f"{FULL}\nmột.\n1. Bản kiểm điểm\nSau một năm.\n{heading}\nĐảng viên viết."
        assert paragraphs(text)[-2:] == [heading, "Đảng viên viết."]

    def test_a_nearly_full_line_goes_on_where_no_heading_is_beside_it(self) -> None:
        line = f"2. {FULL[:77]}"
        assert paragraphs(f"{FULL}\nmột.\n1. Viết.\n{line}\nĐảng viên viết.")[-1] == f"{line} Đảng viên viết."

    def test_a_short_line_ends_its_paragraph(self) -> None:
        assert paragraphs(f"{FULL}\nmỗi người.\nĐoạn sau.") == [f"{FULL} mỗi người.", "Đoạn sau."]

    def test_an_empty_line_ends_a_paragraph(self) -> None:
        assert paragraphs(f"{FULL}\n\nmỗi người.") == [FULL, "mỗi người."]

    def test_lines_of_a_format_that_does_not_wrap_stay_apart(self) -> None:
        assert paragraphs(f"{FULL}\nmỗi người.", wrapped=False) == [FULL, "mỗi người."]

    def test_lines_too_long_for_paper_are_paragraphs(self) -> None:
        long = [f"{FULL} {FULL} {FULL} {number}." for number in range(3)]
        assert paragraphs("\n".join(long)) == long

    def test_capitals_do_not_run_into_other_text(self) -> None:
        assert paragraphs("QUY ĐỊNH VỀ SINH HOẠT CHI BỘ\nvề nền nếp") == ["QUY ĐỊNH VỀ SINH HOẠT CHI BỘ", "về nền nếp"]

    def test_rows_of_a_table_stay_apart(self) -> None:
        assert paragraphs(f"{FULL} | x\n{FULL}\n1 | tên") == [f"{FULL} | x", FULL, "1 | tên"]

    def test_a_remark_in_brackets_stays_alone(self) -> None:
        assert paragraphs(f"(Kèm theo {FULL})\nSTT Tên\n{FULL}")[0] == f"(Kèm theo {FULL})"

    @pytest.mark.parametrize("rule", ["-----", "–––––", "* * *"])
    def test_a_rule_stays_alone(self, rule: str) -> None:
        assert paragraphs(f"{FULL}\n{rule}\ncủa chi bộ") == [FULL, rule, "của chi bộ"]

    def test_a_sentence_goes_on_over_a_page_break(self) -> None:
        assert paragraphs(FULL, "mỗi người.") == [f"{FULL} mỗi người."]


class TestMarksInBrokenLines:
    @pytest.mark.parametrize(
        ("before", "line"),
        [
            ("có hiệu lực từ ngày", "01/7/2025. Các tổ chức đảng"),
            ("trong thời hạn", "30 ngày làm việc kể từ ngày"),
            ("tối thiểu là", "10% đối với chi bộ"),
            ("đảng bộ có từ", "1.000 đảng viên trở lên"),
            ("chi ủy có từ 5 đến", "7 chi ủy viên. Chi bộ ít hơn"),
            ("được trao vào dịp", "2/9; 7/11 và các ngày lễ"),
            ("theo quy định ngày", "02/6/1997 của Bộ"),
            ("đến 11 giờ", "00. Trường hợp trùng ngày nghỉ"),
            ("theo Mục 1 và Mục", "2. Các trường hợp khác"),
            ("đến hết quý", "2. Sau đó"),
            ("trong kinh tế", "- xã hội của phường"),
            ("giai đoạn 2020", "- 2025 của Đảng bộ"),
            ("theo quy định tại", "Điều 2"),
            ("theo quy định tại", "Điều 2. Các cấp ủy"),
        ],
    )
    def test_a_broken_line_is_no_item(self, before: str, line: str) -> None:
        filled = f"{FULL[: len(FULL) - len(before) - 1]} {before}"
        assert labels(f"1. Mở đầu\n{FULL}\n{filled}\n{line}\n{FULL}") == ["1"]

    def test_an_item_after_a_full_line_that_ends_a_sentence_is_one(self) -> None:
        assert labels(f"1. {FULL}.\n2. Tiếp theo") == ["1", "2"]

    def test_an_item_after_a_full_heading_is_one(self) -> None:
        heading = f"1. {FULL[:-4]} chi bộ"
        assert labels(f"{heading}\na) Người vào Đảng") == ["1", "a)"]

    def test_a_row_of_a_table_is_no_item(self) -> None:
        assert labels("1. Mở đầu\n2. | Nội dung | Thời hạn\n2. Tiếp") == ["1", "2"]


class TestPageNumbers:
    @pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2", "2/9", "Trang 2/9", "02"])
    def test_the_own_number_of_a_page_is_taken_away(self, number: str) -> None:
        assert paragraphs("Một.", f"{number}\nHai.") == ["Một.", "Hai."]

    def test_the_own_number_is_taken_away_at_the_foot(self) -> None:
        assert paragraphs("Một.", "Hai.\n2\n") == ["Một.", "Hai."]

    @pytest.mark.parametrize("line", ["3", "2 đảng viên", "2.", "22"])
    def test_any_other_number_is_text(self, line: str) -> None:
        assert paragraphs("Một.", f"{line}\nHai.")[1] == line

    def test_a_number_in_the_middle_is_text(self) -> None:
        assert paragraphs("Một.", "Hai.\n2\nBa.") == ["Một.", "Hai.", "2", "Ba."]

    def test_a_format_without_pages_keeps_all_numbers(self) -> None:
        assert laid("1\nMột.", physical=False).text == "1\nMột."


class TestPages:
    def test_a_sentence_over_a_page_break_has_two_pages(self) -> None:
        layout = laid(FULL, "mỗi người.")
        printed = Printed(text=layout.text, page_starts=layout.page_starts)
        assert [printed.page_at(layout.text.index(word)) for word in ("Chi bộ", "của", "mỗi")] == [1, 1, 2]

    def test_an_empty_page_counts(self) -> None:
        layout = laid("Một.", "", "Ba.")
        printed = Printed(text=layout.text, page_starts=layout.page_starts)
        assert printed.page_at(layout.text.index("Ba")) == 3

    def test_a_format_without_pages_has_none(self) -> None:
        assert laid("Một.", physical=False).page_starts == ()

    WORD = st.sampled_from(["chi", "bộ", "Đảng", "1.", "2.", "a)", "-", "Điều", "5.", "|", "NGHỊ", "QUYẾT", "x" * 30])
    LINES = st.lists(st.lists(WORD, max_size=9).map(" ".join), max_size=6).map(tuple)

    @given(pages=st.lists(LINES, min_size=1, max_size=5), wrapped=st.booleans())
    def test_each_page_holds_its_own_words(self, *, pages: list[tuple[str, ...]], wrapped: bool) -> None:
        layout = lay_out(Pages(pages=tuple(pages), physical=True, wrapped=wrapped))
        bounds = [*layout.page_starts, len(layout.text)]
        found = [layout.text[start:end].split() for start, end in pairwise(bounds)]
        assert found == [" ".join(page).split() for page in pages]

    @given(pages=st.lists(LINES, min_size=1, max_size=5))
    def test_pages_never_go_back(self, pages: list[tuple[str, ...]]) -> None:
        layout = lay_out(Pages(pages=tuple(pages), physical=True, wrapped=True))
        printed = Printed(text=layout.text, page_starts=layout.page_starts)
        numbers = [printed.page_at(offset) or 0 for offset in range(len(layout.text))]
        assert numbers == sorted(numbers)
        assert set(numbers) <= set(range(1, len(pages) + 1))

    @given(pages=st.lists(LINES, min_size=1, max_size=5))
    def test_paragraphs_joined_are_the_text(self, pages: list[tuple[str, ...]]) -> None:
        layout = lay_out(Pages(pages=tuple(pages), physical=False, wrapped=True))
        assert "\n".join(layout.text[span.start : span.end] for span in layout.paragraphs) == layout.text


class TestSignature:
    @pytest.mark.parametrize(
        "line",
        [
            "Nơi nhận:",
            "NƠI NHẬN",
            "T/M ĐẢNG ỦY",
            "TM. ỦY BAN NHÂN DÂN",
            "K/T BÍ THƯ",
            "T/L BAN THƯỜNG VỤ",
            "Q. CHỦ TỊCH",
        ],
    )
    def test_the_block_begins_at_its_first_line(self, line: str) -> None:
        layout = laid(f"1. Việc.\n{line}\nNguyễn Văn An")
        assert [layout.text[span.start : span.end] for span in layout.signatures] == [f"{line}\nNguyễn Văn An"]

    @pytest.mark.parametrize("line", ["TM. là thay mặt", "Q. Bình Thạnh", "Nơi nhận hồ sơ là chi bộ"])
    def test_prose_begins_none(self, line: str) -> None:
        assert laid(f"1. Việc.\n{line}").signatures == []

    def test_it_runs_over_a_page_break(self) -> None:
        layout = laid("1. Việc.\nNơi nhận:\n- Các chi bộ,", "2\nT/M ĐẢNG ỦY\nBÍ THƯ")
        assert layout.text[layout.signatures[0].start :] == "Nơi nhận:\n- Các chi bộ,\nT/M ĐẢNG ỦY\nBÍ THƯ"

    def test_recipients_are_no_items(self) -> None:
        assert labels("1. Việc.\nNơi nhận:\n- Các chi bộ,\n2. Lưu") == ["1"]

    def test_an_annex_ends_it(self) -> None:
        layout = laid("1. Việc.\nT/M ĐẢNG ỦY\nBÍ THƯ\nPHỤ LỤC I\n1. Bảng")
        assert layout.text[slice(layout.signatures[0].start, layout.signatures[0].end)].endswith("BÍ THƯ\n")
        assert [unit.marker.label for unit in layout.units] == ["1", "PHỤ LỤC I", "1"]

    def test_an_attached_paper_ends_it_and_may_have_its_own(self) -> None:
        layout = laid("Điều 1. Việc.\nT/M ĐẢNG ỦY\nBÍ THƯ\nQUY CHẾ LÀM VIỆC\nĐiều 1. Họp\nT/M ĐẢNG ỦY\nBÍ THƯ")
        assert [unit.marker.label for unit in layout.units] == ["Điều 1", "QUY CHẾ LÀM VIỆC", "Điều 1"]
        assert len(layout.signatures) == 2


def test_nothing_gives_nothing() -> None:
    layout = lay_out(Pages(pages=((),), physical=True, wrapped=True))
    assert (layout.text, layout.paragraphs, layout.units, layout.signatures) == ("", [], [], [])
