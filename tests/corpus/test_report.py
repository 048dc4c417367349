from __future__ import annotations

from bot.corpus.report import rebuilt, report_lines, skipped_lines
from index import BuildReport, Skipped

DONE = BuildReport(added=2, changed=1, unchanged=3, removed=4, skipped=(), passages=40, seconds=1.26)


def test_the_counts_are_said_in_one_line():
    assert report_lines(rebuilt(DONE)) == [
        "Đã lập chỉ mục trong 1,3 giây: thêm 2, đổi 1, giữ nguyên 3, bỏ 4 văn bản; 40 đoạn."
    ]


def test_each_file_that_was_left_out_has_its_reason_and_cure():
    facts = {"path": "a.md", "number": "24-CT/TU", "other": "b.md"}
    done = rebuilt(
        DONE.model_copy(update={"skipped": (Skipped(path="a.md", reason="duplicate", facts=facts, message=""),)})
    )
    assert skipped_lines(done) == [
        "Bỏ qua 1 tệp:",
        "- a.md: 24-CT/TU đã có trong tệp b.md. Hãy giữ một tệp, bỏ tệp kia.",
    ]
    assert skipped_lines(rebuilt(DONE)) == []


def test_what_is_there_and_what_is_new_are_told_apart():
    kept = DONE.model_copy(update={"added": 0, "changed": 0, "removed": 0})
    gone = kept.model_copy(update={"unchanged": 0, "removed": 1})
    assert [(rebuilt(each).filled, rebuilt(each).differs) for each in (DONE, kept, gone)] == [
        (True, True),
        (True, False),
        (False, True),
    ]
