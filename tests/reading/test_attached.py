"""A decision and what was issued with it, in one file: two directives under one symbol."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadSidecar
from index.reading.attached import attached_starts, cut_at
from index.reading.form import read_directives, read_forms
from index.reading.passages import cut_passages
from index.reading.sidecar import Sidecar, sidecar_of
from index.types import Pages, Reading, Relation, RelationKind, Scan
from index.types import SectionKind as Kind
from tests.reading.pdf_fixture import pdf_of

DECISION = """ĐẢNG BỘ THÀNH PHỐ MINH GIANG
ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG
*
Số 12-QĐ/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
An Hòa Đông, ngày 05 tháng 02 năm 2026
QUYẾT ĐỊNH
ban hành Quy chế làm việc của Đảng ủy phường
-----
- Căn cứ Điều lệ Đảng;
BAN CHẤP HÀNH ĐẢNG BỘ PHƯỜNG QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Đảng ủy phường.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 2,
- Lưu Văn phòng Đảng ủy.
T/M ĐẢNG ỦY
BÍ THƯ
(đã ký)
Đinh Trọng Khải"""
REMARK = "(Ban hành kèm theo Quyết định số 12-QĐ/ĐU ngày 05/02/2026 của Đảng ủy phường)"
ARTICLES = ("Điều 1. Phạm vi", "Quy chế này áp dụng với đảng ủy viên.", "Điều 2. Họp", "Đảng ủy họp mỗi tháng một lần.")
RULES = ("QUY CHẾ", "làm việc của Đảng ủy phường An Hòa Đông", REMARK, "-----", *ARTICLES)


def read(*pages: str, sidecar: Sidecar | None = None, scans: tuple[int, ...] = ()) -> tuple[Reading, ...]:
    return read_forms(
        Pages(
            pages=tuple(tuple(page.split("\n")) for page in pages),
            physical=True,
            wrapped=True,
            scans=tuple(Scan(page=page, confidence=90) for page in scans),
        ),
        file="qd-12.pdf",
        sidecar=sidecar,
    )


def behind(*lines: str) -> tuple[Reading, ...]:
    """What a file holds in which these lines follow the decision on the next page."""
    return read(DECISION, "\n".join(lines))


class TestADecisionWithItsRules:
    decision, rules = behind(*RULES)

    def test_both_bear_the_number_date_issuer_and_signer_of_the_decision(self) -> None:
        shared = {"number", "date", "issuer", "signer", "place"}
        assert self.rules.directive.model_dump(include=shared) == self.decision.directive.model_dump(include=shared)
        assert self.rules.directive.number == "12-QĐ/ĐU"
        assert self.rules.directive.date == datetime.date(2026, 2, 5)

    def test_each_has_its_own_type_and_title(self) -> None:
        named = [(each.directive.type, each.directive.type_name) for each in (self.decision, self.rules)]
        assert named == [("QĐ", "Quyết định"), ("QC", "Quy chế")]
        assert self.rules.directive.title == "làm việc của Đảng ủy phường An Hòa Đông"

    def test_the_attached_one_names_its_decision(self) -> None:
        assert self.rules.directive.attached_to == self.decision.directive.id
        assert self.decision.directive.attached_to is None
        assert self.rules.directive.id != self.decision.directive.id

    def test_the_text_of_the_decision_ends_where_the_other_begins(self) -> None:
        assert self.decision.printed.text.endswith("Đinh Trọng Khải")
        assert self.rules.printed.text.startswith("QUY CHẾ\n")

    def test_an_article_stands_in_its_own_paper(self) -> None:
        article = next(section for section in self.rules.printed.sections if section.label == "Điều 2")
        assert self.rules.printed.text[article.start : article.end].strip().endswith("mỗi tháng một lần.")
        assert [s.label for s in self.decision.printed.sections if s.kind is Kind.ARTICLE] == ["Điều 1", "Điều 2"]

    def test_the_pages_are_those_of_the_paper(self) -> None:
        assert self.rules.printed.page_starts == (0, 0)
        assert self.rules.printed.page_at(0) == 2
        assert {passage.page for passage in cut_passages(self.rules)} == {2}

    def test_the_number_is_shown_where_the_remark_stands(self) -> None:
        span = self.rules.printed.fields["number"]
        assert self.rules.printed.text[span.start : span.end] == REMARK

    def test_the_head_ends_behind_the_remark(self) -> None:
        head = self.rules.printed.sections[0]
        assert head.kind is Kind.HEADER
        assert self.rules.printed.text[head.end :].startswith("Điều 1.")


def test_a_letterhead_that_is_repeated_belongs_to_the_attached_paper() -> None:
    letterhead = ("ĐẢNG BỘ THÀNH PHỐ MINH GIANG", "ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG", "*", "ĐẢNG CỘNG SẢN VIỆT NAM")
    decision, rules = behind(*letterhead, *RULES)
    assert decision.printed.text.endswith("Đinh Trọng Khải")
    assert rules.printed.text.startswith(letterhead[0])


@pytest.mark.parametrize(
    "head",
    [
        (REMARK, "QUY CHẾ", "làm việc của Đảng ủy phường"),
        ("QUY CHẾ LÀM VIỆC", "CỦA ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG", REMARK),
        ("QUY CHẾ", "làm việc của Đảng ủy", REMARK[:50], REMARK[50:].strip()),
        ("QUY CHẾ", "làm việc của Đảng ủy", REMARK.strip("()")),
        ("QUY CHẾ", "làm việc của Đảng ủy", "(Kèm theo Quyết định số 12-QĐ/ĐU ngày 05/02/2026)"),
        ("QUY CHẾ", "làm việc của Đảng ủy", "(Được ban hành kèm theo Quyết định số: 12 - QĐ/ĐU)"),
        ("QUY CHẾ", "làm việc của Đảng ủy", "(Ban hành kèm theo Quyết định số     -QĐ/ĐU ngày  /02/2026)"),
        ("NỘI QUY", "tiếp dân", REMARK),
        ("KẾ HOẠCH", "kiểm tra năm 2026", REMARK),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "thực hiện Nghị quyết", REMARK),
        ("ĐỀ ÁN", "chuyển đổi số", REMARK),
        ("QUY ĐỊNH", "về chế độ họp", REMARK),
    ],
)
def test_a_title_with_its_remark_begins_a_directive(head: tuple[str, ...]) -> None:
    _, attached = behind(*head, *ARTICLES)
    assert attached.printed.text.startswith(head[0])
    assert [s.label for s in attached.printed.sections if s.kind is Kind.ARTICLE] == ["Điều 1", "Điều 2"]


@pytest.mark.parametrize(
    "lines",
    [
        ("PHỤ LỤC", "KẾ HOẠCH CHI TIẾT", REMARK, "1. Một.", "2. Hai."),
        ("PHỤ LỤC I", REMARK, "QUY CHẾ MẪU", "Điều 1. Một."),
        ("DANH SÁCH", "đảng viên được phân công", REMARK, "1. Một.", "2. Hai."),
        ("MẪU 1", REMARK, "KẾ HOẠCH", "của chi bộ", "1. Một."),
        ("BIỂU TỔNG HỢP", REMARK, "1. Một."),
        ("KẾ HOẠCH PHÂN CÔNG", "(Kèm theo Kế hoạch số 12-KH/ĐU)", "1. Một."),
        ("QUY CHẾ", "làm việc của Đảng ủy phường", "Điều 1. Không có dòng ghi kèm theo."),
        ("Quy chế", "làm việc", REMARK, "Điều 1. Tên không viết hoa."),
        ("QUY CHẾ", "làm việc", REMARK.replace("12-QĐ", "13-QĐ"), "Điều 1. Của quyết định khác."),
        ("QUY CHẾ", "Điều 1. Một.", REMARK),
    ],
)
def test_an_annex_stays_in_its_directive(lines: tuple[str, ...]) -> None:
    (decision,) = behind(*lines)
    assert decision.printed.text.endswith(lines[-1])


def test_before_the_signature_nothing_is_attached() -> None:
    (paper,) = read("\n".join(RULES))
    assert (paper.directive.type_name, paper.directive.attached_to) == ("Quy chế", None)


def test_an_annex_between_the_two_belongs_to_the_decision() -> None:
    decision, rules = read(DECISION, "PHỤ LỤC\n1. Một.", "\n".join(RULES))
    assert decision.printed.text.endswith("PHỤ LỤC\n1. Một.")
    assert rules.printed.page_starts == (0, 0, 0)


def test_a_decision_may_have_two_attached_papers() -> None:
    found = read(DECISION, "\n".join(RULES), "\n".join(("QUY CHẾ", "chi tiêu nội bộ", REMARK, "Điều 1. Chi.")))
    assert [each.directive.title.split()[0] for each in found] == ["ban", "làm", "chi"]
    assert len({each.directive.id for each in found}) == 3


def test_a_regulation_attached_to_one_has_another_identity() -> None:
    of_a_kind = DECISION.replace("QUYẾT ĐỊNH\nban", "QUY ĐỊNH\nban")
    found = read(of_a_kind, "\n".join(("QUY ĐỊNH", "về chế độ họp", REMARK, "Điều 1. Họp.")))
    assert [each.directive.type_name for each in found] == ["Quy định", "Quy định"]
    assert len({each.directive.id for each in found}) == 2


def test_an_attached_paper_may_count_its_own_pages() -> None:
    _, rules = read(DECISION, "\n".join(RULES), "2\nĐiều 3. Ghi biên bản.")
    assert rules.printed.text.endswith("mỗi tháng một lần.\nĐiều 3. Ghi biên bản.")


def test_a_misread_remark_is_read_right_on_a_scan() -> None:
    rules = ("QUY CHÉ", "làm việc của Đảng ủy phường", "(Ban hành kèm theo Quyết định số 12-QB/ĐÐU)", *ARTICLES)
    assert [each.directive.type_name for each in read(DECISION, "\n".join(rules), scans=(1, 2))] == [
        "Quyết định",
        "Quy chế",
    ]


def test_scans_stay_with_the_paper_on_their_page() -> None:
    decision, rules = read(DECISION, "\n".join(RULES), "Điều 3. Ghi.", scans=(1, 3))
    assert [scan.page for scan in decision.printed.scans] == [1]
    assert [scan.page for scan in rules.printed.scans] == [3]
    at = rules.printed.text.index("Điều 3")
    assert (rules.printed.scan_at(0), rules.printed.scan_at(at)) == (None, Scan(page=3, confidence=90))


def test_a_page_that_could_not_be_read_stays_with_the_paper_around_it() -> None:
    pages = Pages(
        pages=(tuple(DECISION.split("\n")), (), RULES, ()), physical=True, wrapped=True, unread=(2, 4)
    )  # fmt: skip
    decision, rules = read_forms(pages, file="a.pdf")
    assert (decision.printed.unread, rules.printed.unread) == ((2,), (4,))


class TestSidecar:
    def test_number_date_issuer_and_audience_hold_for_both(self) -> None:
        said = {"date": datetime.date(2026, 3, 1), "issuer": "Chi bộ 1", "audience": "committee", "sample": True}
        both = read(DECISION, "\n".join(RULES), sidecar=Sidecar.model_validate(said))
        assert [each.directive.model_dump(include=set(said)) for each in both] == [said, said]

    def test_title_and_type_are_the_decisions(self) -> None:
        _, rules = read(DECISION, "\n".join(RULES), sidecar=Sidecar(title="khác", type="NQ"))
        assert (rules.directive.title, rules.directive.type) == ("làm việc của Đảng ủy phường An Hòa Đông", "QC")

    def test_the_attached_one_may_be_named(self) -> None:
        said = Sidecar.model_validate({"attached": {"title": "làm việc mới", "type": "QĐi"}})
        decision, rules = read(DECISION, "\n".join(RULES), sidecar=said)
        assert (rules.directive.title, rules.directive.type, rules.directive.type_name) == (
            "làm việc mới", "QĐ", "Quy định",
        )  # fmt: skip
        assert decision.directive.title.startswith("ban hành")

    def test_words_on_an_attached_paper_that_is_not_there_are_refused(self) -> None:
        with pytest.raises(BadSidecar) as caught:
            read(DECISION, sidecar=Sidecar.model_validate({"attached": {"title": "x"}}))
        assert (caught.value.facts["key"], caught.value.facts["fault"]) == ("attached", "bad_value")

    def test_another_number_is_compared_with_the_remark(self) -> None:
        (decision,) = read(DECISION, "\n".join(RULES), sidecar=Sidecar(number="14-QĐ/ĐU"))
        assert decision.directive.number == "14-QĐ/ĐU"

    def test_its_term_holds_for_both_and_its_references_for_the_decision(self) -> None:
        said = Sidecar.model_validate(
            {
                "relations": [
                    {"kind": "expires_on", "date": "2027-01-01"},
                    {"kind": "replaces", "reference": {"words": "Quyết định 3", "number": "03-QĐ/ĐU"}},
                ]
            }
        )
        decision, rules = read(DECISION, "\n".join(RULES), sidecar=said)
        expires, replaces = said.relations
        assert {expires, replaces} <= set(decision.relations)
        assert of_sidecar(rules.relations) == [expires]


def of_sidecar(relations: tuple[Relation, ...]) -> list[Relation]:
    return [relation for relation in relations if relation.span is None and relation.kind in set(RelationKind)]


def test_a_file_of_two_is_read_from_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "qd-12.pdf"
    path.write_bytes(pdf_of([DECISION.split("\n"), RULES]))
    sidecar_of(path).write_text("attached: {title: làm việc}\n", encoding="utf-8")
    decision, rules = read_directives(path, name="qd-12.pdf")
    assert (decision.directive.file, rules.directive.file) == ("qd-12.pdf", "qd-12.pdf")
    assert rules.directive.title == "làm việc"
    assert rules.printed.page_at(0) == 2


@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", REMARK, *DECISION.split("\n"), *RULES]), max_size=12).map(tuple), max_size=5
    ),
    st.booleans(),
)
def test_nothing_is_lost_or_doubled_by_cutting(pages: list[tuple[str, ...]], physical: bool) -> None:
    whole = Pages(pages=tuple(pages), physical=physical, wrapped=True)
    parts = cut_at(whole, attached_starts(whole))
    lines = [line for part in parts for page in part.pages for line in page if line]
    assert lines == [line for page in pages for line in page if line]
