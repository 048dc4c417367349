"""Which of several papers of one number is meant, and quotation marks that belong to the sentence before."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.implemented import asked_implemented
from bot.answering.marks import unmarked
from bot.answering.singling import singled_out, without_issuer
from index import Directive, DirectiveId, Span


def paper(name: str, ward: str, year: int, title: str = "về thu, nộp đảng phí") -> Directive:
    return Directive(
        id=DirectiveId(name),
        file=f"{name}.md",
        number="07-QĐ/ĐU",
        type="QĐ",
        type_name="Quy định",
        issuer=f"Ban Thường vụ Đảng ủy phường {ward}",
        place=ward,
        date=date(year, 2, 5),
        title=title,
    )


NORTH = paper("north", "An Hòa", 2025)
SOUTH = paper("south", "Bình Lộc", 2026, "về chế độ hội họp của cấp ủy")


@pytest.mark.parametrize(
    ("question", "meant", "rest"),
    [
        ("07-QĐ/ĐU phường An Hòa điều 1", NORTH, "07-QĐ/ĐU điều 1"),
        ("07-QĐ/ĐU của Đảng ủy phường Bình Lộc còn hiệu lực không", SOUTH, "07-QĐ/ĐU còn hiệu lực không"),
        ("07-qđ/đu phuong binh loc ai ky", SOUTH, "07-qđ/đu ai ky"),
        ("07-QĐ/ĐU năm 2025 ai ký", NORTH, "07-QĐ/ĐU ai ký"),
        ("07-QĐ/ĐU chế độ hội họp của cấp ủy", SOUTH, "07-QĐ/ĐU chế độ hội họp của cấp ủy"),
        ("07-QĐ/ĐU của Đảng ủy phường ai ký", None, "07-QĐ/ĐU của Đảng ủy phường ai ký"),
        ("07-QĐ/ĐU của An Hòa và Bình Lộc", None, "07-QĐ/ĐU của An Hòa và Bình Lộc"),
    ],
)
def test_words_of_one_bearer_alone_say_which_is_meant(question: str, meant: Directive | None, rest: str) -> None:
    assert singled_out([NORTH, SOUTH], question) == (meant, rest)


def test_an_issuer_beside_the_number_is_no_subject() -> None:
    assert without_issuer("07-QĐ/ĐU phường An Hòa còn hiệu lực không", [NORTH]) == "07-QĐ/ĐU còn hiệu lực không"


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ('"2. Lệ phí 50.000 đồng"', "2. Lệ phí 50.000 đồng"),
        ('mức 50.000 đồng."', "mức 50.000 đồng."),
        ("“2. Mức “thấp” là 5%.”;", "2. Mức “thấp” là 5%."),
        ("sửa như sau: “2. Lệ phí”.", "sửa như sau: “2. Lệ phí”."),
        ("“A” và “B”", "“A” và “B”"),
    ],
)
def test_marks_round_the_words_or_without_their_other_half_are_left_out(printed: str, quoted: str) -> None:
    span = unmarked(printed, Span(start=0, end=len(printed)))
    assert printed[span.start : span.end] == quoted


@pytest.mark.parametrize(
    ("form", "asks"),
    [("van ban nao thuc hien", True), ("ke hoach nao da trien khai thuc hien", True), ("ai thuc hien", False)],
)
def test_what_carries_a_paper_out_is_asked_by_the_paper(form: str, *, asks: bool) -> None:
    assert (asked_implemented(form) is not None) is asks
