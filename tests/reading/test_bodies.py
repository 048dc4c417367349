"""Who may change whose paper."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from index.reading.bodies import is_same_or_superior, outranks, rank_of
from index.types import Directive, DirectiveId, Reference

WARD = "Đảng ủy phường An Hòa"


def paper(issuer: str | None, number: str | None = None, *, place: str | None = None) -> Directive:
    return Directive(
        id=DirectiveId(f"{number}.{issuer}"),
        file="a.docx",
        number=number,
        type=None,
        type_name=None,
        issuer=issuer,
        place=place,
        date=date(2026, 5, 1),
        title="",
    )


@pytest.mark.parametrize(
    ("issuer", "of"),
    [
        (WARD, WARD),
        (WARD, f"Ban Thường vụ {WARD}"),
        (WARD, "Ban Chấp hành Đảng bộ phường An Hòa"),
        ("Đại hội Đảng bộ phường An Hòa", WARD),
        (f"Ban Thường vụ {WARD}", f"Ủy ban Kiểm tra {WARD}"),
        ("Đảng ủy phường An Hoà", WARD),
        ("Ban Thường vụ Thành ủy Minh Giang", WARD),
        ("Ban Bí thư", "Ban Thường vụ Tỉnh ủy Lam Sơn"),
        ("Bộ Chính trị", "Ban Bí thư"),
        ("Ban Chấp hành Trung ương", "Bộ Chính trị"),
        (WARD, "Chi bộ Khu phố 3"),
        ("Ban Chấp hành Đảng bộ tỉnh Lam Sơn", "Tỉnh ủy Lam Sơn"),
        ("Ủy ban Kiểm tra Tỉnh ủy Lam Sơn", "Ủy ban Kiểm tra Tỉnh ủy Lam Sơn"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy Lam Sơn", "Ban Dân vận Tỉnh ủy Lam Sơn"),
        ("Chính phủ", "Bộ Nội vụ"),
        ("Quốc hội", "Thủ tướng Chính phủ"),
        ("Hội đồng nhân dân tỉnh An Thuận", "Ủy ban nhân dân tỉnh An Thuận"),
        ("Ủy ban nhân dân tỉnh An Thuận", "Chủ tịch Ủy ban nhân dân tỉnh An Thuận"),
    ],
)
def test_the_same_body_or_one_above_may_change_a_paper(issuer: str, of: str) -> None:
    assert is_same_or_superior(paper(issuer), paper(of))


@pytest.mark.parametrize(
    ("issuer", "of"),
    [
        (WARD, "Thành ủy Minh Giang"),
        (WARD, "Đảng ủy phường Bình Minh"),
        (WARD, "Đảng ủy xã An Hòa"),
        (f"Ban Thường vụ {WARD}", WARD),
        (f"Ủy ban Kiểm tra {WARD}", f"Ban Thường vụ {WARD}"),
        ("Ủy ban Kiểm tra Tỉnh ủy Lam Sơn", WARD),
        ("Ban Tổ chức Tỉnh ủy Lam Sơn", "Văn phòng Tỉnh ủy Lam Sơn"),
        ("Ban Dân vận Tỉnh ủy Lam Sơn", "Ban Tuyên giáo và Dân vận Tỉnh ủy Lam Sơn"),
        ("Ban Bí thư", "Bộ Chính trị"),
        ("Tỉnh ủy Lam Sơn", "Tỉnh ủy An Thuận"),
        ("Đảng ủy Ủy ban nhân dân phường An Hòa", WARD),
        (WARD, "Ủy ban nhân dân phường An Hòa"),
        ("Chính phủ", WARD),
        ("Bộ Nội vụ", "Bộ Tài chính"),
        ("Ủy ban nhân dân tỉnh An Thuận", "Ủy ban nhân dân tỉnh Lam Sơn"),
        ("Chủ tịch Ủy ban nhân dân tỉnh An Thuận", "Ủy ban nhân dân tỉnh An Thuận"),
        ("Đảng ủy phường", "Đảng ủy phường"),
        ("Câu lạc bộ Hưu trí", "Câu lạc bộ Hưu trí"),
        (None, None),
        (None, WARD),
    ],
)
def test_whatever_is_lower_elsewhere_or_unknown_may_not(issuer: str | None, of: str | None) -> None:
    assert not is_same_or_superior(paper(issuer), paper(of))


def test_cells_of_one_name_in_two_wards_are_two() -> None:
    here, there = paper("Chi bộ Khu phố 3", place="An Hòa"), paper("Chi bộ Khu phố 3", place="Bình Minh")
    assert is_same_or_superior(here, here)
    assert not is_same_or_superior(here, there)


def test_the_symbol_says_the_level_where_no_name_does() -> None:
    assert is_same_or_superior(paper("Tỉnh ủy Lam Sơn"), paper(None, "3-QĐ/ĐU"))
    assert not is_same_or_superior(paper(None, "3-QĐ/ĐU"), paper(None, "4-QĐ/ĐU"))  # of the same place?


def test_a_city_committee_below_a_province_is_told_by_its_symbol() -> None:
    lower = paper("Thành ủy Bến Cát", "3-QĐ/ThU")
    assert is_same_or_superior(paper("Tỉnh ủy Lam Sơn", "4-QĐ/TU"), lower)
    assert not is_same_or_superior(lower, paper("Thành ủy Minh Giang", "4-QĐ/TU"))


def test_higher_issuers_rank_first() -> None:
    ladder = ["Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư", "Tỉnh ủy Lam Sơn",
              "Ban Thường vụ Tỉnh ủy Lam Sơn", "Văn phòng Tỉnh ủy Lam Sơn", WARD, f"Ban Thường vụ {WARD}",
              "Chi bộ Khu phố 3"]  # fmt: skip
    ranks = [rank_of(paper(issuer)) for issuer in ladder]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
    assert rank_of(paper(None)) == 0


def test_who_is_superior_is_never_answered_both_ways_by_bodies_of_two_ranks() -> None:
    party = [
        WARD,
        f"Ban Thường vụ {WARD}",
        f"Văn phòng {WARD}",
        "Chi bộ Khu phố 3",
        "Thành ủy Minh Giang",
        "Ban Bí thư",
    ]
    names = [*party, "Bộ Nội vụ", "Chính phủ", "Đảng ủy phường Bình Minh", "Ủy ban nhân dân phường An Hòa"]
    for one, other in itertools.combinations(map(paper, names), 2):
        if is_same_or_superior(one, other) and is_same_or_superior(other, one):
            assert rank_of(one) == rank_of(other), (one.issuer, other.issuer)


def test_a_paper_of_a_higher_body_outranks_the_one_that_names_it() -> None:
    own = paper(f"Ban Thường vụ {WARD}", "3-QĐ/ĐU")
    assert outranks(Reference(words="", number="24-CT/TU"), own)
    assert not outranks(Reference(words="", number="19-QĐ/ĐU"), own)
    assert not outranks(Reference(words="", number="02-QĐ/CB"), own)
