"""House spelling of bodies and titles; the identity of a directive."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.names import body_name, directive_id, full_name, signing_body, slug, title_case


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ĐẢNG ỦY PHƯỜNG AN HÒA", "Đảng ủy phường An Hòa"),
        ("ĐẢNG UỶ PHƯỜNG AN HOÀ", "Đảng ủy phường An Hoà"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
        ("ỦY BAN NHÂN DÂN XÃ TÂN PHÚ", "Ủy ban nhân dân xã Tân Phú"),
        ("UỶ BAN KIỂM TRA", "Ủy ban Kiểm tra"),
        ("CHI BỘ KHU PHỐ 3", "Chi bộ Khu phố 3"),
        ("BAN XÂY DỰNG ĐẢNG", "Ban Xây dựng Đảng"),
        ("ĐẢNG ỦY PHƯỜNG XIV", "Đảng ủy phường XIV"),
        ("BỘ CHÍNH TRỊ", "Bộ Chính trị"),
        ("THÀNH ỦY MINH GIANG", "Thành ủy Minh Giang"),
    ],
)
def test_a_body_is_written_in_house_spelling(capitals: str, name: str) -> None:
    assert body_name(capitals) == name


def test_a_staff_body_takes_the_name_of_the_body_above() -> None:
    assert full_name("Ủy ban Kiểm tra", above="Đảng ủy xã An") == "Ủy ban Kiểm tra Đảng ủy xã An"


@pytest.mark.parametrize("body", ["Chi bộ Khu phố 3", "Ban Bí thư", "Ban Chấp hành Trung ương", "Đảng ủy xã An"])
def test_a_body_that_says_where_it_is_stands_alone(body: str) -> None:
    assert full_name(body, above="Đảng bộ xã An") == body


@pytest.mark.parametrize(
    ("signed", "header", "issuer"),
    [
        ("Ban Thường vụ", "Đảng ủy xã An", "Ban Thường vụ Đảng ủy xã An"),
        ("Ban Thường vụ Đảng ủy", "Đảng ủy xã An", "Ban Thường vụ Đảng ủy xã An"),
        ("Đảng ủy", "Đảng ủy xã An", "Đảng ủy xã An"),
        ("Ban Bí thư", "Ban Chấp hành Trung ương", "Ban Bí thư"),
        ("Bộ Chính trị", "Ban Chấp hành Trung ương", "Bộ Chính trị"),
        ("Chi bộ", None, "Chi bộ"),
    ],
)
def test_the_signature_tells_which_body_decided(signed: str, header: str | None, issuer: str) -> None:
    assert signing_body(signed, header) == issuer


def test_a_title_in_capitals_is_written_as_the_text_writes_it() -> None:
    assert title_case("THI HÀNH ĐIỀU LỆ ĐẢNG", "Quy định thi hành Điều lệ Đảng.") == "Thi hành Điều lệ Đảng"


def test_a_word_is_a_name_where_sentences_mostly_write_it_so() -> None:
    text = "họp tại Minh Giang, ở Minh Giang và công tác ở đó"
    assert title_case("CÔNG TÁC MINH GIANG", text) == "Công tác Minh Giang"


def test_a_title_in_small_letters_stays() -> None:
    assert title_case("về công tác Đảng", "") == "về công tác Đảng"


IDENTITY = {
    "number": "05-NQ/ĐU",
    "kind": "Nghị quyết",
    "issuer": "Đảng ủy phường An Hòa",
    "title": "về họp",
    "file": "a.pdf",
}


def identity(**changes: object) -> str:
    return directive_id(**{**IDENTITY, "date": date(2026, 9, 5), **changes})  # type: ignore[arg-type]


def test_an_identity_is_number_type_issuer_and_date() -> None:
    assert identity() == "05-nq-du.nghi-quyet.dang-uy-phuong-an-hoa.2026-09-05"


def test_the_file_is_no_part_of_a_whole_identity() -> None:
    assert identity(file="b.pdf", title="khác") == identity()


@pytest.mark.parametrize(
    "changes",
    [{"issuer": "Đảng ủy phường An Bình"}, {"date": date(2021, 9, 5)}, {"number": "06-NQ/ĐU"}, {"kind": "Quy định"}],
    ids=str,
)
def test_each_part_tells_two_papers_apart(changes: dict[str, object]) -> None:
    assert identity(**changes) != identity()


@pytest.mark.parametrize("changes", [{"number": None}, {"issuer": None}, {"date": None}], ids=str)
def test_two_files_never_share_an_identity_that_lacks_a_part(changes: dict[str, object]) -> None:
    assert identity(**changes) != identity(**changes, file="b.pdf")


def test_old_and_new_spelling_are_one_identity() -> None:
    assert identity(issuer="Đảng uỷ phường An Hoà") == identity()


@given(st.text(max_size=50))
def test_a_slug_is_plain(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
