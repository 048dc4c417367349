from __future__ import annotations

import pytest

from bot import texts
from bot.corpus.report import rebuilt, report_lines, shortened, skipped_lines, trouble_lines
from index import BuildReport, Skipped, Trouble
from index.report import TROUBLES, UNREAD

DONE = BuildReport(added=2, changed=1, unchanged=3, removed=4, skipped=(), passages=40, seconds=1.26)


def test_the_counts_are_said_in_one_line():
    assert report_lines(rebuilt(DONE)) == [
        "Đã lập chỉ mục trong 1,3 giây: thêm 2, đổi 1, giữ nguyên 3, bỏ 4 văn bản; 40 đoạn."
    ]


def test_each_file_that_was_left_out_has_its_reason_and_cure():
    done = rebuilt(
        DONE.model_copy(update={"skipped": (Skipped(path="a.md", reason="empty", facts={"path": "a.md"}, message=""),)})
    )
    assert skipped_lines(done) == [
        "Bỏ qua 1 tệp:",
        "- a.md: Tệp không có chữ nào. Hãy thay bằng tệp có nội dung hoặc xóa đi.",
    ]
    assert skipped_lines(rebuilt(DONE)) == []


def test_each_thing_to_look_at_says_where_and_what_to_do():
    facts = {"pages": "2, 5-7", "reason": "no_program"}
    done = rebuilt(DONE.model_copy(update={"troubles": (Trouble(path="a.pdf", code="unread_pages", facts=facts),)}))
    heading, line = trouble_lines(done)
    assert heading == "Cần xem lại 1 chỗ (văn bản vẫn được đưa vào kho):"
    assert line.startswith("- a.pdf: trang 2, 5-7 chỉ có ảnh và chưa đọc được. Máy chưa cài tesseract")
    assert trouble_lines(rebuilt(DONE)) == []


@pytest.mark.parametrize("code", TROUBLES)
def test_every_trouble_has_vietnamese_words_that_say_what_they_know(code):
    facts = {"pages": "<2>", "reason": "unreadable", "number": "<12>", "other": "<b>", "audience": "<m>"}
    text = texts.trouble_text(code, facts)
    assert [part for part in ("<2>", "<b>") if part in text] != []
    assert texts.trouble_text(code, {**facts, "number": ""}).count("()") == 0


def test_there_are_words_for_every_reason_and_for_no_trouble_that_is_gone():
    assert (set(texts.TROUBLES), set(texts.UNREAD_REASONS)) == (set(TROUBLES), set(UNREAD))


def test_a_long_list_ends_with_how_many_more_there_are():
    assert shortened(["a", "b", "c"], 2, rest="{count} nữa") == ["a", "b", "1 nữa"]
    assert shortened(["a", "b"], 2, rest="{count} nữa") == ["a", "b"]


def test_what_is_there_and_what_is_new_are_told_apart():
    kept = DONE.model_copy(update={"added": 0, "changed": 0, "removed": 0})
    gone = kept.model_copy(update={"unchanged": 0, "removed": 1})
    assert [(rebuilt(each).filled, rebuilt(each).differs) for each in (DONE, kept, gone)] == [
        (True, True),
        (True, False),
        (False, True),
    ]
