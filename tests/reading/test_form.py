"""A whole paper read: the sample corpus field by field, sidecars, marks of secrecy."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest
import yaml

from index.errors import BadSidecar, ClassifiedPaper
from index.reading.form import read_directives, read_form
from index.reading.passages import cut_passages
from index.reading.readers import read_pages
from index.reading.sidecar import Sidecar
from index.types import Pages, Reading
from index.types import SectionKind as Kind

CORPUS = Path(__file__).parents[2] / "docs_corpus"
CARDS = sorted((CORPUS / "the-thong-tin").glob("*.md"))

ISSUERS = {"": "Đảng ủy phường An Hòa Đông", "BTV": "Ban Thường vụ Đảng ủy phường An Hòa Đông"}
# file | number | date | issuer ("" and "BTV" stand for the ward's) | title begins | signer
PAPERS = """
bc-61-du-xay-dung-dang-9-thang.pdf | 61-BC/ĐU | 2026-10-02 | BTV | kết quả công tác xây dựng Đảng | Lương Thị Mai Quyên
ct-09-tu-tiet-kiem-chong-lang-phi.pdf | 09-CT/TU | 2026-02-03 | Ban Thường vụ Thành ủy Minh Giang | của Ban Thường vụ Thành ủy về tăng cường | Kiều Đức Thuần
ctr-02-du-kiem-tra-giam-sat-2026.docx | 02-CTr/ĐU | 2026-01-15 |  | kiểm tra, giám sát năm 2026 của Ban Chấp hành | Đinh Trọng Khải
cv-118-du-kiem-diem-cuoi-nam.docx | 118-CV/ĐU | 2026-11-09 | BTV | V/v chuẩn bị kiểm điểm, đánh giá | Lương Thị Mai Quyên
hd-04-du-sinh-hoat-chi-bo.docx | 04-HD/ĐU | 2026-02-10 | BTV | nội dung, nền nếp sinh hoạt chi bộ | Lương Thị Mai Quyên
kh-31-du-doi-thoai.docx | 31-KH/ĐU | 2026-04-20 | BTV | tổ chức đối thoại trực tiếp | Lương Thị Mai Quyên
kh-46-du-ra-soat-pccc.docx | 46-KH/ĐU | 2026-09-14 | BTV | rà soát, khắc phục nguy cơ | Lương Thị Mai Quyên
kl-09-du-trat-tu-do-thi.pdf | 09-KL/ĐU | 2026-07-22 | BTV | của Ban Thường vụ Đảng ủy về công tác quản lý | Đinh Trọng Khải
nq-10-cb-khu-pho-3-thang-10.docx | 10-NQ/CB | 2026-10-05 | Chi bộ Khu phố 3 | sinh hoạt chi bộ tháng 10 | Cù Thị Nhàn
nq-12-du-nhiem-vu-2026.docx | 12-NQ/ĐU | 2025-12-18 |  | của Ban Chấp hành Đảng bộ phường về nhiệm vụ năm 2026 | Đinh Trọng Khải
nq-21-du-chuyen-doi-so.pdf | 21-NQ/ĐU | 2026-03-25 |  | về chuyển đổi số trong công tác xây dựng Đảng | Đinh Trọng Khải
qc-03-du-phan-anh-kien-nghi.md | 03-QC/ĐU | 2026-05-15 |  | tiếp nhận, xử lý phản ánh | Đinh Trọng Khải
qd-05-du-danh-gia-chat-luong.docx | 05-QĐ/ĐU | 2025-08-12 | BTV | về kiểm điểm, xếp loại chất lượng định kỳ | Đinh Trọng Khải
qd-19-du-danh-gia-chat-luong.docx | 19-QĐ/ĐU | 2026-06-12 | BTV | về kiểm điểm, đánh giá, xếp loại chất lượng hằng quý | Đinh Trọng Khải
qd-22-du-sua-doi-qd-19.docx | 22-QĐ/ĐU | 2026-10-05 | BTV | sửa đổi, bổ sung một số điều của Quy định số 19-QĐ/ĐU | Đinh Trọng Khải
tai-lieu-chuyen-de-quy-3.md |  | 2026-07-01 | Ban Xây dựng Đảng Đảng ủy phường An Hòa Đông | Tài liệu sinh hoạt chuyên đề quý III | 
tb-07-ubkt-giam-sat-dang-phi.docx | 07-TB/UBKTĐU | 2026-06-30 | Ủy ban Kiểm tra Đảng ủy phường An Hòa Đông | kết quả giám sát chuyên đề | Vi Thị Hồng Diệp
tb-37-du-phan-cong-du-sinh-hoat.docx | 37-TB/ĐU | 2026-03-05 | BTV | phân công cấp ủy viên phụ trách | Lương Thị Mai Quyên
tb-44-du-lich-tiep-dan.txt | 44-TB/ĐU | 2026-04-02 |  | lịch tiếp đảng viên và Nhân dân | Trịnh Ngọc Uyển
"""  # noqa: E501
ROWS = [[cell.strip() for cell in row.split("|")] for row in PAPERS.strip("\n").split("\n")]
NAMES = {
    **{"BC": "Báo cáo", "CT": "Chỉ thị", "CTr": "Chương trình", "CV": "Công văn", "HD": "Hướng dẫn"},
    **{"KH": "Kế hoạch", "KL": "Kết luận", "NQ": "Nghị quyết", "QC": "Quy chế", "QĐ": "Quy định", "TB": "Thông báo"},
}


def read(name: str) -> Reading:
    """The paper as its own text tells it, without the sidecar."""
    return read_form(read_pages(CORPUS / name, name=name), file=name)


def plain(text: str | None) -> str:
    return (text or "").replace("Hoà", "Hòa")


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_sample_paper_has_its_fields(row: list[str]) -> None:
    name, number, date, issuer, title, signer = row
    paper = read(name).directive
    symbol = number.split("-")[1].split("/")[0] if number else None
    assert (paper.number or "", paper.type, paper.signer or "") == (number, symbol, signer)
    assert paper.type_name == (NAMES[symbol] if symbol else None)
    assert paper.date == datetime.date.fromisoformat(date)
    assert plain(paper.issuer) == ISSUERS.get(issuer, issuer)
    assert paper.title.startswith(title)
    assert plain(paper.place) == ("Minh Giang" if number.endswith("/TU") else "An Hòa Đông")
    assert paper.sample


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_sample_paper_stands_between_header_and_signature(row: list[str]) -> None:
    printed = read(row[0]).printed
    kinds = Counter(section.kind for section in printed.sections)
    assert printed.sections[0].kind is Kind.HEADER
    assert kinds[Kind.HEADER] == 1
    assert kinds[Kind.SIGNATURE] == (1 if row[5] else 0)
    assert all(span.end <= printed.sections[0].end for name, span in printed.fields.items() if name != "signer")


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_passages_of_a_sample_paper_give_its_text(row: list[str]) -> None:
    paper = read(row[0])
    assert "".join(passage.text for passage in cut_passages(paper)) == paper.printed.text


@pytest.mark.parametrize(
    ("name", "kind", "labels"),
    [
        ("qd-19-du-danh-gia-chat-luong.docx", Kind.CHAPTER, [f"Chương {n}" for n in ("I", "II", "III", "IV")]),
        ("qd-19-du-danh-gia-chat-luong.docx", Kind.ARTICLE, [f"Điều {n}" for n in range(1, 14)]),
        ("qd-22-du-sua-doi-qd-19.docx", Kind.ARTICLE, ["Điều 1", "Điều 2", "Điều 3"]),
        ("qc-03-du-phan-anh-kien-nghi.md", Kind.ARTICLE, [f"Điều {n}" for n in range(1, 8)]),
        ("nq-12-du-nhiem-vu-2026.docx", Kind.ROMAN, ["I", "II", "III", "IV"]),
        ("kh-31-du-doi-thoai.docx", Kind.ROMAN, ["I", "II", "III", "IV"]),
        ("tb-44-du-lich-tiep-dan.txt", Kind.NUMBER, ["1", "2", "3", "4", "5"]),
        ("bc-61-du-xay-dung-dang-9-thang.pdf", Kind.ANNEX, ["PHỤ LỤC"]),
    ],
)
def test_a_sample_paper_has_its_units(name: str, kind: Kind, labels: list[str]) -> None:
    assert [section.label for section in read(name).printed.sections if section.kind is kind] == labels


def test_items_that_begin_with_a_figure_are_items() -> None:
    sections = read("nq-21-du-chuyen-doi-so.pdf").printed.sections
    goals = next(position for position, section in enumerate(sections) if section.label == "III")
    years = [position for position, section in enumerate(sections) if section.parent == goals]
    assert [section.label for section in sections if section.parent in years] == ["1.1", "1.2", "1.3", "2.1", "2.2"]


@pytest.mark.parametrize("card", CARDS, ids=[card.stem for card in CARDS])
def test_the_header_of_a_card_says_what_its_sidecar_says(card: Path) -> None:
    said = yaml.safe_load(card.with_name(f"{card.name}.yaml").read_text(encoding="utf-8"))
    paper = read(f"the-thong-tin/{card.name}").directive
    found = paper.model_dump(include={"number", "type", "issuer", "date", "title"})
    assert found == {key: said[key] for key in found}


def test_no_two_sample_papers_share_an_identity() -> None:
    files = [row[0] for row in ROWS] + [f"the-thong-tin/{card.name}" for card in CARDS]
    assert max(Counter(read(name).directive.id for name in files).values()) == 1


LINES = ("ĐẢNG ỦY XÃ AN", "*", "Số 05-NQ/ĐU", "An, ngày 05 tháng 02 năm 2026", "NGHỊ QUYẾT", "về họp", "1. Một.")


def form(*lines: str, sidecar: Sidecar | None = None, file: str = "kh.txt") -> Reading:
    return read_form(Pages(pages=(lines,), physical=False, wrapped=False), file=file, sidecar=sidecar)


class TestSidecar:
    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("number", "06-NQ/ĐU"),
            ("issuer", "Chi bộ 1"),
            ("date", datetime.date(2020, 1, 2)),
            ("title", "về việc khác"),
            ("audience", "cell:Khu phố 3"),
            ("sample", True),
        ],
    )
    def test_overrides_what_was_read(self, key: str, value: object) -> None:
        paper = form(*LINES, sidecar=Sidecar.model_validate({key: value})).directive
        assert paper.model_dump()[key] == value

    def test_another_type_takes_its_own_name(self) -> None:
        paper = form(*LINES, sidecar=Sidecar(type="KH")).directive
        assert (paper.type, paper.type_name) == ("KH", "Kế hoạch")

    def test_the_same_type_keeps_the_printed_name(self) -> None:
        paper = form(*LINES[:4], "QUY ĐỊNH", "về họp", "1. Một.", sidecar=Sidecar(number="05-QĐ/ĐU")).directive
        assert (paper.type, paper.type_name) == ("QĐ", "Quy định")

    def test_a_number_alone_tells_the_type(self) -> None:
        assert form("Một dòng.", sidecar=Sidecar(number="5-KH/ĐU")).directive.type == "KH"

    def test_changes_the_identity(self) -> None:
        assert form(*LINES, sidecar=Sidecar(issuer="Chi bộ 1")).directive.id != form(*LINES).directive.id

    def test_leaves_the_printed_text_alone(self) -> None:
        assert form(*LINES, sidecar=Sidecar(title="khác")).printed == form(*LINES).printed


class TestTitle:
    def test_without_one_is_type_and_number(self) -> None:
        assert form(*LINES[:4], "ĐỀ ÁN", "-----", "1. Một.").directive.title == "Đề án số 05-NQ/ĐU"

    def test_of_an_empty_text_is_the_files_name(self) -> None:
        assert form("", file="x/ten-tep.txt").directive.title == "ten-tep"


class TestFiles:
    def test_the_sidecar_beside_the_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Một dòng.", encoding="utf-8")
        (tmp_path / "a.txt.yaml").write_text("audience: committee", encoding="utf-8")
        assert read_directives(tmp_path / "a.txt", name="a.txt")[0].directive.audience == "committee"

    def test_a_bad_sidecar_is_reported(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Một dòng.", encoding="utf-8")
        (tmp_path / "a.txt.yaml").write_text("audiense: committee", encoding="utf-8")
        with pytest.raises(BadSidecar):
            read_directives(tmp_path / "a.txt", name="a.txt")

    def test_a_classified_name_is_refused_before_the_file_is_opened(self, tmp_path: Path) -> None:
        with pytest.raises(ClassifiedPaper):
            read_directives(tmp_path / "toi-mat.txt", name="toi-mat.txt")

    def test_a_classified_paper_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("ĐẢNG ỦY XÃ AN\n\nMẬT\n\nNội dung.", encoding="utf-8")
        with pytest.raises(ClassifiedPaper):
            read_directives(tmp_path / "a.txt", name="a.txt")

    def test_prose_about_secrecy_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Hồ sơ đảng viên là tài liệu mật.", encoding="utf-8")
        assert read_directives(tmp_path / "a.txt", name="a.txt")[0].printed.text == "Hồ sơ đảng viên là tài liệu mật."


def test_what_is_printed_wrongly_stays_as_printed() -> None:
    line = "1. Cơ quan họng tổ chức cơ sử đảng; xoá tên, xóa tên."
    assert form(line).printed.text == line
