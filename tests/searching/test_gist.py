"""The sentence that tells what a paper orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Library
from index.findings import Quote
from index.reading.form import read_directives
from index.searching.gist import gist
from index.types import SectionKind

HEAD = """ĐẢNG ỦY PHƯỜNG BÌNH AN

Số {number}

Bình An, ngày 12 tháng 5 năm 2026

{kind}

{title}

-----

"""
CLOSING = (
    "\n\nNơi nhận:\n\n- Các chi bộ trực thuộc phải thực hiện,\n\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\n\nBÍ THƯ\n"
)


def gist_of(
    folder: Path, body: str, *, number: str = "24-CT/ĐU", kind: str = "CHỈ THỊ", title: str = "về rác thải"
) -> Quote | None:
    text = HEAD.format(number=number, kind=kind, title=title) + "\n\n".join(body.splitlines()) + CLOSING
    (folder / "paper.md").write_text(text, encoding="utf-8")
    reading = read_directives(folder / "paper.md", name="paper.md")[0]
    found = gist(reading.directive, reading.printed)
    if found:
        assert reading.printed.text[found.span.start : found.span.end] == found.text
    return found


def words_of(folder: Path, body: str, **fields: str) -> str:
    found = gist_of(folder, body, **fields)
    assert found is not None
    return found.text


def test_the_order_is_told_and_not_the_complaint_before_it(tmp_path: Path) -> None:
    body = (
        "Thời gian qua, công tác thu gom rác thải đã đạt kết quả tích cực. Tuy nhiên, còn hạn chế ở một số khu phố.\n"
        "1. Các khu phố phải thu gom rác thải trước 6 giờ mỗi ngày.\n"
        "2. Cấp ủy quan tâm."
    )
    assert words_of(tmp_path, body) == "1. Các khu phố phải thu gom rác thải trước 6 giờ mỗi ngày."


def test_grounds_scope_and_term_are_not_told(tmp_path: Path) -> None:
    body = (
        "Điều 1. Phạm vi điều chỉnh\nQuy định này quy định về việc thu gom rác thải trên địa bàn phường Bình An.\n"
        "Điều 2. Thời gian\nHộ dân bỏ rác thải ra trước cửa từ 18 giờ đến 19 giờ hằng ngày.\n"
        "Điều 3. Hiệu lực thi hành\nQuy định này về rác thải có hiệu lực kể từ ngày ký và phải được thực hiện nghiêm."
    )
    told = words_of(tmp_path, body, number="24-QĐ/ĐU", kind="QUY ĐỊNH")
    assert told == "Hộ dân bỏ rác thải ra trước cửa từ 18 giờ đến 19 giờ hằng ngày."


def test_header_and_signature_are_not_told(tmp_path: Path) -> None:
    body = "1. Trường học dạy các em phân loại rác thải từ lớp một."
    assert words_of(tmp_path, body) == body


def test_what_an_amendment_says_is_told_with_its_opening(tmp_path: Path) -> None:
    body = (
        'Điều 1. Nội dung\n1. Sửa đổi khoản 2, Điều 3 như sau: "2. Chi bộ gửi hồ sơ trước ngày 20 hằng tháng."\n'
        "Điều 2. Tổ chức thực hiện\n1. Văn phòng phải theo dõi."
    )
    told = words_of(
        tmp_path,
        body,
        number="24-QĐ/ĐU",
        kind="QUY ĐỊNH",
        title="sửa đổi, bổ sung một số điều của Quy định số 19-QĐ/ĐU, ngày 12/6/2025",
    )
    assert told == '1. Sửa đổi khoản 2, Điều 3 như sau: "2. Chi bộ gửi hồ sơ trước ngày 20 hằng tháng."'


def test_a_sentence_is_whole_where_it_is_not_too_long(tmp_path: Path) -> None:
    clauses = "; ".join(f"khu phố {at} phải quét dọn các tuyến đường được giao mỗi tuần" for at in range(1, 6))
    body = f"1. Các khu phố phải thu gom rác thải: {clauses}."
    found = gist_of(tmp_path, body)
    assert found is not None
    assert found.text == body
    assert not found.cut


def test_a_part_of_a_longer_sentence_says_that_it_goes_on(tmp_path: Path) -> None:
    clauses = "; ".join(f"khu phố {at} phải quét dọn các tuyến đường được giao mỗi tuần" for at in range(1, 30))
    found = gist_of(tmp_path, f"1. Các khu phố phải thu gom rác thải mỗi ngày; {clauses}.")
    assert found is not None
    assert found.text == "1. Các khu phố phải thu gom rác thải mỗi ngày;"
    assert found.cut


def test_rows_of_a_table_are_not_told(sample_library: Library) -> None:
    (plan,) = sample_library.find("58-KH/ĐU")
    assert sample_library.gist(plan.id) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("24-QĐ/ĐU", "Đảng viên vắng họp phải báo cáo người chủ trì trước 02 ngày và nêu lý do"),
        ("28-QĐ/ĐU", "Điều 1. Bãi bỏ Hướng dẫn số 02-HD/ĐU"),
        ("49-TB/ĐU", "2. Chi bộ gửi danh sách học viên về Ban Xây dựng Đảng trước ngày 12/10/2026"),
        ("19-QĐ/ĐU", "2. Chi bộ hoàn thành đánh giá, xếp loại đảng viên và gửi hồ sơ"),
    ],
)
def test_samples_are_told_by_what_they_order(sample_library: Library, number: str, words: str) -> None:
    (directive,) = sample_library.find(number)
    found = sample_library.gist(directive.id)
    assert found is not None
    assert found.text.startswith(words)


def test_every_gist_of_the_samples_stands_in_the_body(sample_library: Library) -> None:
    for directive in sample_library.list():
        found, printed = sample_library.gist(directive.id), sample_library.printed(directive.id)
        if found and printed:
            position = printed.section_at(found.span.start)
            kind = printed.sections[position].kind if position is not None else None
            assert kind not in (SectionKind.HEADER, SectionKind.SIGNATURE)
            assert printed.text[found.span.start : found.span.end] == found.text


def test_nothing_is_told_of_what_may_not_be_seen(sample_library: Library) -> None:
    (directive,) = sample_library.find("24-QĐ/ĐU")
    assert sample_library.gist(directive.id, visible=frozenset()) is None
