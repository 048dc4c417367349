from __future__ import annotations

from datetime import date

import pytest

from index.searching.filters import Filters, read_filters
from index.types import Directive, DirectiveId


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("nghị quyết năm 2023 về phòng cháy", Filters(types=("nghi quyet",), year=2023)),
        ("ke hoach thang 9/2026 noi gi", Filters(types=("ke hoach",), year=2026, month=9)),
        ("nghị quyết mới nhất", Filters(types=("nghi quyet",), newest=True)),
        ("theo kế hoạch thì ai làm", Filters(types=("ke hoach",))),
        ("chỉ thị của thành ủy", Filters(types=("chi thi",), issuer=("thanh uy",))),
        ("đảng viên phải báo cáo ai", Filters()),
        ("năm 2026 được chi bao nhiêu", Filters()),
        ("quy định họp thế nào", Filters()),
    ],
)
def test_what_is_said_of_the_papers(text: str, filters: Filters) -> None:
    assert read_filters(text) == filters


def _paper(**fields: object) -> Directive:
    told = {"id": DirectiveId("a"), "file": "a.md", "title": "về họp", "type": "NQ", "type_name": "Nghị quyết"}
    return Directive.model_validate({**dict.fromkeys(("number", "issuer", "place", "date")), **told, **fields})


def test_a_paper_fits_as_far_as_what_is_said_is_true() -> None:
    said = Filters(types=("nghi quyet",), year=2024)
    assert said.share(_paper(date=date(2024, 3, 2))) == 1
    assert said.share(_paper(date=date(2023, 3, 2))) == 0.5
    assert said.share(_paper(type="KH", type_name="Kế hoạch")) == 0


def test_an_office_is_not_its_committee() -> None:
    of_committee = Filters(issuer=("dang uy",))
    assert of_committee.share(_paper(issuer="Ban Thường vụ Đảng ủy phường Mẫu")) == 1
    assert of_committee.share(_paper(issuer="Chi bộ Khu phố 3, Đảng ủy phường Mẫu")) == 0


def test_where_nothing_is_said_nothing_fits() -> None:
    assert Filters().share(_paper()) == 0
