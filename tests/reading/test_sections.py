"""The tree of sections: headings, what they implement, header, closing, signature, annex."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.form import read_form
from index.reading.markers import read_marker
from index.reading.outline import Unit
from index.reading.paragraphs import lay_out
from index.reading.sections import build_sections
from index.types import Pages, Printed, Section
from index.types import SectionKind as Kind
from tests.reading.labels import LABELS

HEADER = "ĐẢNG ỦY PHƯỜNG AN\n*\nSố 05-QĐ/ĐU\nAn, ngày 05 tháng 9 năm 2026\nQUY ĐỊNH\nvề họp chi bộ\n-----"
SIGNED = "Nơi nhận:\n- Các chi bộ.\nT/M ĐẢNG ỦY\nBÍ THƯ\nNguyễn Văn An"


def printed(*lines: str) -> Printed:
    text = "\n".join(lines)
    return read_form(Pages(pages=(tuple(text.split("\n")),), physical=False, wrapped=False), file="a.txt").printed


def kinds(paper: Printed) -> list[str]:
    return [section.kind.value for section in paper.sections]


def text_of(paper: Printed, kind: Kind) -> list[str]:
    return [paper.text[section.start : section.end].strip() for section in paper.sections if section.kind is kind]


def heading(*lines: str) -> str:
    """The heading of the unit that opens with the first line."""
    return printed(*lines).sections[0].heading


class TestHeading:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (("1. Kết nạp đảng viên", "Chi bộ xem xét."), "Kết nạp đảng viên"),
            (("6.3.1. Chuyển sinh hoạt tạm thời.", "a) Chi bộ xét."), ""),
            (("1. Chuyển sinh hoạt tạm thời.", "a) Chi bộ xét."), "Chuyển sinh hoạt tạm thời"),
            (("1. Hồ sơ gồm:", "- Đơn xin;"), "Hồ sơ gồm"),
            (("Điều 5. Nguyên tắc", "Tập trung dân chủ."), "Nguyên tắc"),
            (("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. A", "B."), "QUY ĐỊNH CHUNG"),
            (("I- MỤC ĐÍCH, YÊU CẦU", "1. Một."), "MỤC ĐÍCH, YÊU CẦU"),
            (("1. Thẩm quyền của chi ủy (" + "kể cả nơi không có chi ủy, " * 5 + ").", "a) Một."), "Thẩm quyền"),
        ],
        ids=lambda value: value[0][:40] if isinstance(value, tuple) else "",
    )
    def test_is_the_first_line_when_it_is_like_a_title(self, lines: tuple[str, ...], expected: str) -> None:
        assert heading(*lines).startswith(expected)

    @pytest.mark.parametrize(
        "line",
        [
            "1. Nếu được hai phần ba số đảng viên đồng ý thì chi bộ ra nghị quyết.",
            "1. Tổ chức hội nghị vào ngày 17/10/2026.",
            "1. Chi bộ họp. Sau đó báo cáo cấp trên",
            "1. Chi bộ phải họp hằng tháng.",
            "1. Đơn xin vào Đảng;",
            "1. Đảng ủy cơ sở " + "thảo luận, biểu quyết, " * 5 + "ra nghị quyết.",
        ],
    )
    def test_is_no_sentence(self, line: str) -> None:
        assert heading(line, "Đoạn sau.") == ""

    def test_is_empty_where_the_unit_is_one_line(self) -> None:
        assert heading("1. Kết nạp đảng viên", "2. Việc khác") == ""

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("1. Hình thức kỷ luật: Khiển trách, cảnh cáo.", "Hình thức kỷ luật"),
            ("1. Thời gian: 08 giờ, ngày 16/5/2026.", "Thời gian"),
            ("1. (Khoản 2): Việc kết nạp thực hiện theo quy định.", "(Khoản 2)"),
            ("1. Chi bộ xem xét đảng viên thuộc một trong các trường hợp: bị trừ điểm; có đơn.", ""),
        ],
    )
    def test_may_stand_before_a_colon(self, line: str, expected: str) -> None:
        assert heading(line) == expected


class TestImplements:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("3. Điều 7: Giới thiệu người vào Đảng", ("điều 7",)),
            ("3. Điều 7 (Khoản 2): Tuổi đời", ("điều 7", "khoản 2")),
            ("3. Điều 7, Điều 8, Điều 9: Hệ thống", ("điều 7", "điều 8", "điều 9")),
            ("3. (Khoản 6, Điều 7)", ("khoản 6", "điều 7")),
            ("3. (Khoản 3, 4, 5, Điều 7): Lập chi bộ", ("khoản 3", "khoản 4", "khoản 5", "điều 7")),
            ("3. Việc bầu cử trong Đảng", ()),
            ("3. Điều kiện để lập chi bộ", ()),
            ("3. Thực hiện Điều 7", ()),
        ],
    )
    def test_names_what_stands_before_the_words(self, line: str, expected: tuple[str, ...]) -> None:
        assert printed("1. A", "2. A", line).sections[2].implements == expected

    def test_an_article_number_may_stand_in_several_headings(self) -> None:
        paper = printed("1. Điều 7: Một", "2. Điều 7: Hai")
        assert [section.implements for section in paper.sections] == [("điều 7",), ("điều 7",)]

    def test_the_label_is_the_papers_own_number(self) -> None:
        assert printed("1. Điều 7: Một").sections[0].label == "1"


class TestHeaderAndSignature:
    def test_stand_around_the_body(self) -> None:
        paper = printed(HEADER, "1. Một.", "2. Hai.", SIGNED)
        assert kinds(paper) == ["header", "number", "number", "signature"]
        assert text_of(paper, Kind.HEADER) == [HEADER]
        assert text_of(paper, Kind.SIGNATURE) == [SIGNED]

    def test_grounds_belong_to_the_header(self) -> None:
        grounds = "- Căn cứ Điều lệ Đảng;\n- Xét đề nghị của Văn phòng,"
        paper = printed(HEADER, grounds, "Đảng ủy quy định:", "1. Một.", SIGNED)
        assert text_of(paper, Kind.HEADER) == [f"{HEADER}\n{grounds}"]
        assert Kind.DASH not in {section.kind for section in paper.sections}

    def test_an_annex_behind_the_signature_is_a_section(self) -> None:
        paper = printed(HEADER, "1. Một.", SIGNED, "PHỤ LỤC", "DANH SÁCH CHI BỘ", "1. Chi bộ A.")
        assert kinds(paper) == ["header", "number", "signature", "annex", "number"]
        assert paper.path_of(4) == ("PHỤ LỤC DANH SÁCH CHI BỘ", "1")

    def test_a_table_stays_in_its_section_with_the_text_behind_it(self) -> None:
        paper = printed(
            HEADER, "I- PHÂN CÔNG", "STT | Việc", "1 | Họp", "Các chi bộ theo dõi.", "II- KHÁC", "Hết.", SIGNED
        )
        first = paper.sections[1]
        assert paper.text[first.start : first.end].strip().endswith("1 | Họp\nCác chi bộ theo dõi.")


class TestClosing:
    def closing(self, *lines: str) -> list[str]:
        return text_of(printed(HEADER, *lines, SIGNED), Kind.CLOSING)

    def test_holds_effect_and_repeal_up_to_the_signature(self) -> None:
        clauses = ("Quy định này có hiệu lực từ ngày ký.", "Các quy định trước đây trái với Quy định này đều bãi bỏ.")
        assert self.closing("1. Một", "Nội dung.", *clauses) == ["\n".join(clauses)]

    def test_ends_the_units_before_it(self) -> None:
        paper = printed(HEADER, "I- MỘT", "1. Một", "Nội dung.", "Quy định này có hiệu lực.", SIGNED)
        ends = {section.end for section in paper.sections if section.kind in (Kind.ROMAN, Kind.NUMBER)}
        assert ends == {next(section.start for section in paper.sections if section.kind is Kind.CLOSING)}

    def test_what_stands_below_the_last_heading_is_its_content(self) -> None:
        assert self.closing("Điều 1. Phạm vi", "A.", "Điều 2. Hiệu lực", "Quy định này có hiệu lực từ ngày ký.") == []
        assert self.closing("I- TỔ CHỨC THỰC HIỆN", "Trong quá trình thực hiện, báo cáo Đảng ủy.") == []

    def test_a_paragraph_behind_a_list_of_single_sentences_is_one(self) -> None:
        assert self.closing("1. Họp hằng tháng.", "2. Báo cáo cấp trên.", "Đề nghị các chi bộ thực hiện.") == [
            "Đề nghị các chi bộ thực hiện."
        ]

    def test_a_paragraph_behind_a_list_of_several_is_none(self) -> None:
        assert self.closing("1. Họp hằng tháng.", "Ghi sổ.", "2. Báo cáo cấp trên.", "Gửi bản giấy.") == []

    def test_a_plain_text_has_none(self) -> None:
        assert kinds(printed("Trong quá trình phát triển, thành phố đổi thay.", "Quy định này cũ.")) == []

    def test_does_not_swallow_an_annex(self) -> None:
        paper = printed(HEADER, "1. Một", "A.", "Quy định này có hiệu lực.", "PHỤ LỤC I", "DANH SÁCH")
        assert kinds(paper) == ["header", "number", "closing", "annex"]


WORDS = st.sampled_from(["Nội dung của chi bộ.", "Hồ sơ gồm:", "Việc họp", "Điều 3: Họp", "Quy định này có hiệu lực."])
LINES = st.builds(
    lambda label, words: f"{label} {words}".strip(), st.sampled_from([*LABELS, "-", "+", "", "1)"]), WORDS
)
BODIES = st.lists(LINES, max_size=25)


class TestAnyPaper:
    @given(header=st.booleans(), body=BODIES, signed=st.booleans(), annex=BODIES)
    def test_sections_nest(self, *, header: bool, body: list[str], signed: bool, annex: list[str]) -> None:
        lines = [HEADER] * header + body + [SIGNED] * signed + (["PHỤ LỤC", *annex] if annex else [])
        paper = printed(*lines)
        starts = [section.start for section in paper.sections]
        assert starts == sorted(set(starts))
        for position, section in enumerate(paper.sections):
            assert section.start < section.end <= len(paper.text)
            if section.parent is not None:
                parent = paper.sections[section.parent]
                assert section.parent < position
                assert parent.start < section.start
                assert section.end <= parent.end

    @given(body=BODIES)
    def test_sections_without_a_common_ancestor_do_not_meet(self, body: list[str]) -> None:
        paper = printed(HEADER, *body, SIGNED)
        siblings: dict[int | None, Section] = {}
        for section in paper.sections:
            before = siblings.get(section.parent)
            assert before is None or before.end <= section.start
            siblings[section.parent] = section

    @given(body=BODIES)
    def test_the_path_at_an_offset_is_that_of_the_innermost_section(self, body: list[str]) -> None:
        paper = printed(HEADER, *body, SIGNED)
        for offset in range(0, len(paper.text), 7):
            around = [p for p, section in enumerate(paper.sections) if section.start <= offset < section.end]
            assert paper.path_at(offset) == (paper.path_of(around[-1]) if around else ())

    @given(body=BODIES)
    def test_a_section_opens_with_its_label(self, body: list[str]) -> None:
        paper = printed(HEADER, *body, SIGNED)
        assert all(paper.text.startswith(section.label, section.start) for section in paper.sections)


def test_a_unit_inside_the_header_is_left_out() -> None:
    layout = lay_out(Pages(pages=(("- Căn cứ Điều lệ;", "1. Một"),), physical=False, wrapped=False))
    marker = read_marker("1. Một")
    assert marker is not None
    assert [type(unit) for unit in layout.units] == [Unit, Unit]
    assert [section.label for section in build_sections(layout, header_end=layout.text.index("1."))] == ["", "1"]
