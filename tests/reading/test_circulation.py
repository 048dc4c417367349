"""Marks of circulation and of drafts: seen on lines of their own, not where a paper only speaks of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from index.reading.circulation import Marks, read_marks
from index.reading.form import read_directives
from index.reading.sidecar import sidecar_of
from index.types import Pages, Scan

HEAD = ("ĐẢNG BỘ THÀNH PHỐ MINH GIANG", "ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG")
BODY = ("1. Chi bộ sinh hoạt mỗi tháng một lần.", "2. Đảng viên dự họp đầy đủ.")


def marks(*head: str, body: tuple[str, ...] = BODY, scanned: bool = False, file: str = "nq-1.pdf") -> Marks:
    scans = (Scan(page=1, confidence=80),) if scanned else ()
    return read_marks(Pages(pages=((*HEAD, *head, *body),), physical=True, wrapped=True, scans=scans), file=file)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("(Lưu hành nội bộ)", "Lưu hành nội bộ"),
        ("[LƯU HÀNH NỘI BỘ]", "LƯU HÀNH NỘI BỘ"),
        ("TÀI LIỆU LƯU HÀNH NỘI BỘ", "TÀI LIỆU LƯU HÀNH NỘI BỘ"),
        ("LƯU HÀNH TRONG NỘI BỘ ĐẢNG", "LƯU HÀNH TRONG NỘI BỘ ĐẢNG"),
        ("TÀI LIỆU NỘI BỘ", "TÀI LIỆU NỘI BỘ"),
        ("KHÔNG PHỔ BIẾN", "KHÔNG PHỔ BIẾN"),
        ("Không phổ biến", "Không phổ biến"),
        ("XONG HỘI NGHỊ TRẢ LẠI", "XONG HỘI NGHỊ TRẢ LẠI"),
        ("(Xong hội nghị trả lại)", "Xong hội nghị trả lại"),
        ("HỌP XONG NỘP LẠI", "HỌP XONG NỘP LẠI"),
        ("XEM XONG TRẢ LẠI", "XEM XONG TRẢ LẠI"),
        ("TÀI LIỆU THU HỒI SAU HỘI NGHỊ", "TÀI LIỆU THU HỒI SAU HỘI NGHỊ"),
        ("LƯU HÀNH NỘI BỘ ĐẢNG CỘNG SẢN VIỆT NAM", "LƯU HÀNH NỘI BỘ"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM KHÔNG PHỔ BIẾN", "KHÔNG PHỔ BIẾN"),
        ("Số 05-BC/ĐU | LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("Tài liệu sử dụng nội bộ", "Tài liệu sử dụng nội bộ"),
        *(
            (line, line.strip("()"))
            for line in (
                "(Tài liệu lưu hành nội bộ, xong hội nghị trả lại)",
                "TÀI LIỆU HỌP - KHÔNG PHỔ BIẾN",
                "Tài liệu lưu hành nội bộ; không sao chụp, phát tán",
                "(Tài liệu phục vụ hội nghị, thu lại sau khi họp)",
                "KHÔNG SAO CHỤP",
                "Tài liệu lưu hành nội bộ của Đảng bộ phường",
                "TUYỆT ĐỐI KHÔNG PHỔ BIẾN",
                "(Nội bộ)",
            )
        ),
    ],
)
def test_a_mark_that_keeps_a_paper_inside_is_shown_as_printed(line: str, shown: str) -> None:
    assert marks(line) == Marks(circulation=shown, restricted=True)


@pytest.mark.parametrize(
    "line",
    [
        "TÀI LIỆU HỘI NGHỊ",
        "(Tài liệu hội nghị)",
        "Chỉ thị này được phổ biến đến các chi bộ, không đăng báo, không lên mạng",
        "Không đăng báo, không lên mạng",
    ],
)
def test_a_mark_that_closes_nothing_is_shown_alone(line: str) -> None:
    assert marks(line) == Marks(circulation=line.strip("()"), restricted=False)


@pytest.mark.parametrize(
    "lines",
    [
        ("Việc lưu hành nội bộ được quy định tại Điều 5.",),
        ("Các tài liệu này chỉ gửi đến cấp ủy viên và được", "lưu hành nội bộ."),
        ("tài liệu lưu hành nội bộ;",),
        ("Nội dung này", "không phổ biến"),
        ("- Không phổ biến;",),
        ("- Lưu hành nội bộ;",),
        ("a) Lưu hành nội bộ;",),
        ("3. LƯU HÀNH NỘI BỘ",),
        ("QUY CHẾ QUẢN LÝ TÀI LIỆU LƯU HÀNH NỘI BỘ",),
        ("VỀ QUẢN LÝ TÀI LIỆU", "LƯU HÀNH NỘI BỘ"),
        ("Loại tài liệu | Lưu hành nội bộ | 12",),
        ("Họp xong, các đồng chí ở lại trả lời phỏng vấn.",),
        ("Đại biểu nhận tài liệu hội nghị tại Văn phòng.",),
        ("Tài liệu hội nghị",),
        ("Hình thức này hiện không phổ biến ở chi bộ.",),
        ("Đoàn kết nội bộ",),
        ("Phổ biến đến chi bộ những nội dung sau:",),
        ("Trả lại",),
        ("Phổ biến đến chi bộ",),
        ("Nghị quyết này phổ biến đến chi bộ.",),
        ("Tài liệu hội nghị, nước uống",),
        ("Không sao chụp",),
    ],
)
@pytest.mark.parametrize("scanned", [False, True])
def test_words_on_circulation_are_no_mark(lines: tuple[str, ...], scanned: bool) -> None:
    assert marks(*lines, scanned=scanned) == Marks()


@pytest.mark.parametrize("line", ["LƯU HÀNH NÔI BỘ", "LUU HẢNH NỘI BÔ", "LƯU HÀNH NỘI RỘ", "XONG HỘI NGHỊ TRA LAI", "KHÔNG PHÔ BIÉN"])  # fmt: skip  # noqa: E501
def test_a_misread_mark_is_seen_on_a_scan(line: str) -> None:
    assert marks(line, scanned=True) == Marks(circulation=line, restricted=True)


FORM = (*HEAD, "Số 05-TB/ĐU", "An Hòa Đông, ngày 05 tháng 8 năm 2026", "THÔNG BÁO", "về nhân sự")
PLACES = [
    pytest.param(place, id=where)
    for where, place in {"top": 0, "number": 3, "date": 4, "type": 5, "title": 6, "end": None}.items()
]
FOOT = ("Nơi nhận:", "- Lưu Văn phòng.", "T/M BAN THƯỜNG VỤ", "Trần Văn Lâm")


def marks_at(place: int | None, line: str, *, wrapped: bool) -> Marks:
    paper = [*FORM, *BODY, *FOOT]
    paper.insert(len(paper) if place is None else place, line)
    return read_marks(Pages(pages=(tuple(paper),), physical=wrapped, wrapped=wrapped), file="a.pdf")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(
    "line", ["Lưu hành nội bộ", "(Lưu hành nội bộ)", "Không phổ biến", "Tài liệu lưu hành nội bộ."]
)
def test_a_mark_is_seen_wherever_it_stands_without_a_gap(line: str, wrapped: bool, place: int | None) -> None:
    assert marks_at(place, line, wrapped=wrapped) == Marks(circulation=line.strip("()."), restricted=True)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("line", ["Dự thảo", "Dự thảo 2", "DỰ THẢO trình Ban Thường vụ", "Dự thảo lần 2 - 05/8/2026"])
def test_a_draft_says_so_wherever_without_a_gap(line: str, wrapped: bool, place: int | None) -> None:
    assert marks_at(place, line, wrapped=wrapped).draft


def test_a_mark_in_brackets_may_be_broken_over_two_lines() -> None:
    assert marks("(Tài liệu lưu hành nội bộ,", "xong hội nghị trả lại)").restricted


@pytest.mark.parametrize(
    "lines",
    [
        ("về quản lý tài liệu", "lưu hành nội bộ"),
        ("Tài liệu gồm:", "lưu hành nội bộ"),
        ("- Lưu hành nội bộ;",),
        ("VỀ QUẢN LÝ TÀI LIỆU", "LƯU HÀNH NỘI BỘ"),
        ("lấy ý kiến", "dự thảo"),
    ],
)
def test_a_paragraph_of_a_title_or_list_is_no_mark(lines: tuple[str, ...]) -> None:
    assert read_marks(Pages(pages=((*HEAD, *lines, *BODY),), physical=False, wrapped=False), file="a.docx") == Marks()


def test_another_letter_is_no_mark_on_a_page_of_text() -> None:
    assert marks("LƯU HÀNH NỘI RỘ") == Marks()


def test_a_mark_at_the_foot_of_a_later_page_is_seen() -> None:
    pages = Pages(pages=((*HEAD, *BODY), (*BODY, "LƯU HÀNH NỘI BỘ", "2")), physical=True, wrapped=True)
    assert read_marks(pages, file="a.pdf").restricted


def test_several_marks_are_shown_once_each_the_closing_ones_first() -> None:
    found = marks("TÀI LIỆU HỘI NGHỊ", "(Lưu hành nội bộ)", body=(*BODY, "LƯU HÀNH NỘI BỘ"))
    assert found.circulation == "Lưu hành nội bộ; TÀI LIỆU HỘI NGHỊ"


@pytest.mark.parametrize(
    "line",
    [
        "DỰ THẢO",
        "Dự thảo",
        "(Dự thảo)",
        "Dự thảo lần 2",
        "DỰ THẢO LẦN THỨ HAI",
        "DỰ THẢO 3",
        "DỰ THẢO ngày 12/5/2026",
        "DỰ THẢO NGÀY 12 THÁNG 5 NĂM 2026",
        "(Dự thảo trình Hội nghị Ban Chấp hành)",
        "(Dự thảo lấy ý kiến các chi bộ)",
        "DỰ THẢO ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG | DỰ THẢO",
        "DỰ THẢO NGHỊ QUYẾT CỦA BAN CHẤP HÀNH",
        "về nhiệm vụ năm 2026 (dự thảo lần 1)",
    ],
)
def test_a_draft_says_so_in_its_head(line: str) -> None:
    assert marks(line).draft


@pytest.mark.parametrize(
    "lines",
    [
        ("V/v góp ý dự thảo Nghị quyết",),
        ("Về việc góp ý dự thảo",),
        ("BÁO CÁO", "tiếp thu, giải trình ý kiến góp ý vào", "DỰ THẢO NGHỊ QUYẾT CỦA BAN CHẤP HÀNH"),
        ("BÁO CÁO", "KẾT QUẢ LẤY Ý KIẾN VỀ", "DỰ THẢO"),
        ("Về việc góp ý Quy chế (dự thảo)",),
        ("Dự thảo được gửi lấy ý kiến các chi bộ.",),
        ("Kính gửi: các chi bộ,", "dự thảo"),
        ("1. Dự thảo",),
        ("- Dự thảo lần 2;",),
    ],
)
def test_words_on_another_draft_make_none(lines: tuple[str, ...]) -> None:
    assert not marks(*lines).draft


def test_a_draft_spoken_of_in_the_body_makes_none() -> None:
    assert not marks(body=(*BODY, "Văn bản kèm theo:", "Dự thảo", *BODY)).draft


@pytest.mark.parametrize(
    ("file", "draft"),
    [
        ("du-thao-nq-12.docx", True),
        ("Dự thảo lần 2.pdf", True),
        ("nq-12 (DỰ THẢO).docx", True),
        ("du_thao/nq-12.docx", True),
        ("gop-y-du-thao-nq-12.docx", False),
        ("cv ve du thao.docx", False),
        ("tham-dinh-du-thao/bc-3.docx", False),
        ("du-toan.docx", False),
    ],
)
def test_a_name_may_say_that_it_is_a_draft(file: str, draft: bool) -> None:
    assert marks(file=file).draft is draft


class TestAFile:
    def read(self, tmp_path: Path, *head: str, sidecar: str = "") -> tuple[str | None, str | None, bool]:
        path = tmp_path / "nq-1.txt"
        path.write_text("\n\n".join((*HEAD, *head, *BODY)), encoding="utf-8")
        if sidecar:
            sidecar_of(path).write_text(sidecar, encoding="utf-8")
        (reading,) = read_directives(path, name="nq-1.txt")
        return reading.directive.audience, reading.directive.circulation, reading.directive.draft

    def test_what_stays_inside_is_for_the_committee(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, "LƯU HÀNH NỘI BỘ") == ("committee", "LƯU HÀNH NỘI BỘ", False)

    def test_what_is_only_shown_sets_no_audience(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, "TÀI LIỆU HỘI NGHỊ") == (None, "TÀI LIỆU HỘI NGHỊ", False)

    def test_a_sidecar_goes_before(self, tmp_path: Path) -> None:
        said = self.read(tmp_path, "LƯU HÀNH NỘI BỘ", "DỰ THẢO", sidecar="audience: member\ndraft: false\n")
        assert said == ("member", "LƯU HÀNH NỘI BỘ", False)

    def test_a_sidecar_may_say_that_it_is_a_draft(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, sidecar="draft: true\n") == (None, None, True)

    def test_a_draft_of_a_type_has_that_type(self, tmp_path: Path) -> None:
        path = tmp_path / "nq.txt"
        head = (*HEAD, "Số      -NQ/ĐU", "DỰ THẢO NGHỊ QUYẾT", "về nhiệm vụ năm 2026")
        path.write_text("\n\n".join((*head, *BODY)), encoding="utf-8")
        (reading,) = read_directives(path, name="nq.txt")
        found = reading.directive
        assert (found.draft, found.type_name, found.title) == (True, "Nghị quyết", "về nhiệm vụ năm 2026")

    @pytest.mark.parametrize("mark", ["Lưu hành nội bộ", "LƯU HÀNH NỘI BỘ", "Dự thảo lần 2", "DỰ THẢO"])
    def test_a_mark_in_the_form_is_no_part_of_a_title_or_name(self, tmp_path: Path, mark: str) -> None:
        for place in range(1, len(FORM) + 1):
            path = tmp_path / f"tb-{place}.md"
            path.write_text("\n\n".join((*FORM[:place], mark, *FORM[place:], *BODY)), encoding="utf-8")
            (reading,) = read_directives(path, name=path.name)
            found = reading.directive
            assert (found.title, found.issuer) == ("về nhân sự", "Đảng ủy phường An Hòa Đông")
            assert found.draft or found.audience == "committee"

    def test_the_margin_of_a_word_file_is_looked_at(self, tmp_path: Path) -> None:
        document = docx.Document()
        for line in (*HEAD, *BODY):
            document.add_paragraph(line)
        document.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
        document.sections[0].footer.paragraphs[0].text = "LƯU HÀNH NỘI BỘ"
        file = BytesIO()
        document.save(file)
        (tmp_path / "nq.docx").write_bytes(file.getvalue())
        (reading,) = read_directives(tmp_path / "nq.docx", name="nq.docx")
        assert (reading.directive.draft, reading.directive.circulation) == (True, "LƯU HÀNH NỘI BỘ")
        assert "LƯU HÀNH" not in reading.printed.text

    def test_an_old_title_in_the_properties_makes_no_draft(self, tmp_path: Path) -> None:
        document = docx.Document()
        for line in (*HEAD, *BODY):
            document.add_paragraph(line)
        document.core_properties.title = "Dự thảo lần 2"
        document.save(str(tmp_path / "nq.docx"))
        (reading,) = read_directives(tmp_path / "nq.docx", name="nq.docx")
        assert not reading.directive.draft

    @pytest.mark.parametrize("place", ["title", "subject", "keywords", "category", "hidden"])
    def test_what_a_word_file_does_not_print_is_looked_at(self, tmp_path: Path, place: str) -> None:
        document = docx.Document()
        for line in (*HEAD, *BODY):
            document.add_paragraph(line)
        if place == "hidden":
            document.add_paragraph().add_run("Lưu hành nội bộ").font.hidden = True
        else:
            setattr(document.core_properties, place, "nhân sự; Lưu hành nội bộ")
        document.save(str(tmp_path / "nq.docx"))
        (reading,) = read_directives(tmp_path / "nq.docx", name="nq.docx")
        assert reading.directive.audience == "committee"
        assert "Lưu hành" not in reading.printed.text
