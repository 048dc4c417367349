"""What the readers make of good files, and what they say of bad ones."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from index.errors import (
    ClassifiedPaper,
    DamagedFile,
    EmptyFile,
    MislabelledFile,
    NoTextLayer,
    PasswordProtected,
    ReadError,
)
from index.reading.readers import READERS, read_pages
from index.types import Pages
from tests.reading.pdf_fixture import pdf_of

SENTENCE = "Đảng viên được miễn công tác và sinh hoạt đảng; ỡ ự ậ ễ."


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def docx_with(body_xml: str) -> bytes:
    """A document whose body holds this WordprocessingML."""
    document = docx.Document()
    fragment = parse_xml(f"<w:body {nsdecls('w')}>{body_xml}</w:body>")
    for position, child in enumerate(list(fragment)):
        document.element.body.insert(position, child)
    return saved(document)


def zip_of(**members: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes], Pages]:
    def read(name: str, data: bytes) -> Pages:
        path = tmp_path / name
        path.write_bytes(data)
        return read_pages(path, name=name)

    return read


@pytest.fixture
def lines(read: Callable[[str, bytes], Pages]) -> Callable[[str, bytes], list[str]]:
    return lambda name, data: [line for page in read(name, data).pages for line in page]


CONTENT = {".pdf": lambda: pdf_of([[SENTENCE]]), ".docx": lambda: docx_of(SENTENCE)}
CONTENT |= dict.fromkeys((".doc", ".rtf"), CONTENT[".docx"])  # read by what it is, without LibreOffice


def xlsx_of(text: str) -> bytes:
    book, file = Workbook(), BytesIO()
    book.active.append([text])
    book.save(file)
    return file.getvalue()


CONTENT[".xlsx"] = lambda: xlsx_of(SENTENCE)


PICTURES = {".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG"}
"""What is in them is read by a program, and tried with the other scans."""


def picture_of(form: str) -> bytes:
    buffer = BytesIO()
    Image.new("L", (40, 30), 120).save(buffer, form)
    return buffer.getvalue()


CONTENT |= {suffix: partial(picture_of, form) for suffix, form in PICTURES.items()}


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in PICTURES])
class TestEveryReaderOfText:
    def test_gives_the_printed_words(self, suffix: str, lines: Callable[[str, bytes], list[str]]) -> None:
        data = CONTENT.get(suffix, SENTENCE.encode)()
        assert [line for line in lines(f"x{suffix}", data) if line] == [SENTENCE]

    def test_takes_a_suffix_in_capitals(self, suffix: str, lines: Callable[[str, bytes], list[str]]) -> None:
        data = CONTENT.get(suffix, SENTENCE.encode)()
        assert [line for line in lines(f"x{suffix.upper()}", data) if line] == [SENTENCE]


@pytest.mark.parametrize("suffix", READERS)
class TestEveryReader:
    @pytest.mark.parametrize("data", [b"", b" \r\n\t "], ids=["no bytes", "blanks"])
    def test_reports_an_empty_file(self, suffix: str, data: bytes, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(EmptyFile):
            read(f"x{suffix}", data)

    def test_reports_another_format_under_its_name(self, suffix: str, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(MislabelledFile):
            read(f"x{suffix}", zip_of(x=b"x"))

    def test_names_the_path_in_the_corpus(self, suffix: str, tmp_path: Path) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"")
        with pytest.raises(EmptyFile, match="2026/x"):
            read_pages(path, name=f"2026/x{suffix}")

    def test_a_file_that_is_gone_is_a_read_error(self, suffix: str, tmp_path: Path) -> None:
        with pytest.raises(ReadError):
            read_pages(tmp_path / f"x{suffix}", name=f"x{suffix}")

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(cut=st.floats(0, 1), noise=st.binary(min_size=1, max_size=30))
    def test_never_fails_otherwise_than_with_a_read_error(
        self, suffix: str, tmp_path: Path, cut: float, noise: bytes
    ) -> None:
        data = CONTENT.get(suffix, SENTENCE.encode)()
        position = int(cut * len(data))
        path = tmp_path / f"x{suffix}"
        path.write_bytes(data[:position] + noise + data[position + len(noise) :])
        with suppress(ReadError):
            assert isinstance(read_pages(path, name=path.name), Pages)


@pytest.mark.parametrize(("name", "data"), [("x.txt", b"...!!!"), ("x.md", b"...!!!"), ("x.docx", docx_of("...!!!"))])
def test_a_file_of_signs_only_is_empty(name: str, data: bytes, read: Callable[[str, bytes], Pages]) -> None:
    with pytest.raises(EmptyFile):
        read(name, data)


class TestPdf:
    def test_pages_are_those_of_the_paper(self, read: Callable[[str, bytes], Pages]) -> None:
        pages = read("x.pdf", pdf_of([[SENTENCE, "Điều 1."], [], ["2", SENTENCE]]))
        assert pages == Pages(pages=((SENTENCE, "Điều 1."), (), ("2", SENTENCE)), physical=True, wrapped=True)

    def test_a_hyphen_at_the_end_of_a_line_stays(self, lines: Callable[[str, bytes], list[str]]) -> None:
        broken = ["phát triển kinh tế-", "xã hội của phường trong năm 2026"]
        assert lines("x.pdf", pdf_of([broken])) == broken

    def test_pages_without_text_are_reported(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(NoTextLayer):
            read("x.pdf", pdf_of([["2"], [], ["3"]]))

    def test_a_password_is_reported(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(PasswordProtected):
            read("x.pdf", pdf_of([[SENTENCE]], locked=True))

    def test_a_file_that_was_cut_off_is_damaged(self, read: Callable[[str, bytes], Pages]) -> None:
        data = pdf_of([[SENTENCE]] * 9)
        with pytest.raises(DamagedFile):
            read("x.pdf", data[: len(data) * 3 // 4])

    def test_a_file_without_objects_is_damaged(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(DamagedFile):
            read("x.pdf", b"%PDF-1.7\nnothing\n%%EOF\n")


class TestText:
    @pytest.mark.parametrize(
        ("bom", "encoding"),
        [
            (b"", "utf-8"),
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (b"", "utf-16-le"),
            (b"", "utf-16-be"),
        ],
        ids=["utf-8", "utf-8 bom", "utf-16-le bom", "utf-16-be bom", "utf-16-le", "utf-16-be"],
    )
    def test_every_unicode_encoding_is_read(
        self, bom: bytes, encoding: str, lines: Callable[[str, bytes], list[str]]
    ) -> None:
        assert lines("x.txt", bom + f"Điều 1.\r\n{SENTENCE}\r\n".encode(encoding)) == ["Điều 1.", SENTENCE]

    def test_an_empty_line_is_kept_as_a_paragraph_break(self, read: Callable[[str, bytes], Pages]) -> None:
        pages = read("x.txt", "Một\n\nHai\n".encode())
        assert pages == Pages(pages=(("Một", "", "Hai"),), physical=False, wrapped=True)

    def test_decomposed_letters_are_composed(self, lines: Callable[[str, bytes], list[str]]) -> None:
        assert lines("x.txt", "Thưởng".encode()) == lines("y.txt", "Thu\u031bo\u031b\u0309ng".encode())

    def test_an_old_encoding_of_another_language_is_damaged(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(DamagedFile, match="UTF-8"):
            read("x.txt", "Le théâtre a été créé à Orléans".encode("latin-1"))

    @pytest.mark.parametrize("data", [pdf_of([[SENTENCE]]), b"a\0\0\0b" * 40, b"{\\rtf1 x}"], ids=["pdf", "nul", "rtf"])
    def test_binary_content_is_mislabelled(self, data: bytes, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(MislabelledFile):
            read("x.txt", data)


class TestMarkdown:
    @pytest.mark.parametrize(
        ("markup", "shown"),
        [
            ("**Điều 1.** Phạm *vi*", "Điều 1. Phạm vi"),
            ("__Điều__ _một_ ***ba***", "Điều một ba"),
            ("* một", "- một"),
            ("+ một", "+ một"),
            ("- một", "- một"),
            ("a) một", "a) một"),
            ("1\\. Số 1\\_2", "1. Số 1_2"),
            ("\\*", "*"),
            ("*", "*"),
            ("-----", "-----"),
            ("> trích", "trích"),
            ("dòng  ", "dòng"),
            ("dòng\\", "dòng"),
            ("giá (*) và (*)", "giá (*) và (*)"),
            ("5 * 3 * 2", "5 * 3 * 2"),
            ("ngày ___ tháng ___ năm", "ngày ___ tháng ___ năm"),
            ("xem [Điều lệ](https://x.vn/a)", "xem Điều lệ"),
            ("a <!-- ẩn --> b", "a b"),
            ("<center>**NGHỊ QUYẾT**</center>", "NGHỊ QUYẾT"),
            ("A &amp; B", "A & B"),
            ("điểm < 5 và > 3", "điểm < 5 và > 3"),
        ],
    )
    def test_only_the_markup_goes(self, markup: str, shown: str, lines: Callable[[str, bytes], list[str]]) -> None:
        assert lines("x.md", f"đầu\n\n{markup}\n".encode())[2:] == [shown]

    def test_a_heading_is_a_paragraph_of_its_own(self, lines: Callable[[str, bytes], list[str]]) -> None:
        found = lines("x.md", "trước\n## I- MỤC ĐÍCH ##\nsau".encode())
        assert found == ["trước", "", "I- MỤC ĐÍCH", "", "sau"]

    @pytest.mark.parametrize("edge", ["|", ""], ids=["with edges", "without edges"])
    def test_a_table_row_is_one_line_that_names_its_columns(
        self, edge: str, lines: Callable[[str, bytes], list[str]]
    ) -> None:
        table = [f"{edge} STT | Việc {edge}", f"{edge} --- | :--: {edge}", f"{edge} 1 | a \\| **b** {edge}"]
        assert [line for line in lines("x.md", "\n".join(table).encode()) if line] == [
            "STT | Việc",
            "STT: 1 | Việc: a | b",
        ]

    def test_a_comment_over_several_lines_goes(self, lines: Callable[[str, bytes], list[str]]) -> None:
        assert [line for line in lines("x.md", "một\n<!-- a\nb -->\nhai".encode()) if line] == ["một", "hai"]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*contents: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(contents)}</w:p>"


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraph(run(text)) for text in texts)}</w:tc>"


def table(*rows: str, ruled: bool) -> str:
    borders = '<w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/></w:tblBorders>' if ruled else ""
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


TEXT_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


class TestDocxCapitals:
    RUN = "<w:r><w:rPr>{}</w:rPr><w:t>Tối mật</w:t></w:r>"
    CAPS = "<w:rPr><w:caps/></w:rPr>"

    @pytest.mark.parametrize(
        ("styles", "paragraph", "run", "shown"),
        [
            ("", "", "<w:smallCaps/>", "TỐI MẬT"),
            (f'<w:style w:type="paragraph" w:styleId="A">{CAPS}</w:style>', "A", "", "TỐI MẬT"),
            (f'<w:style w:type="paragraph" w:styleId="A">{CAPS}</w:style>', "A", '<w:caps w:val="0"/>', "Tối mật"),
            (f'<w:style w:type="paragraph" w:styleId="A">{CAPS}</w:style>', "", "", "Tối mật"),
            (f'<w:style w:type="character" w:styleId="B">{CAPS}</w:style>', "", '<w:rStyle w:val="B"/>', "TỐI MẬT"),
            (
                f'<w:style w:type="paragraph" w:styleId="A">{CAPS}</w:style>'
                '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="A"/></w:style>',
                "C",
                "",
                "TỐI MẬT",
            ),
        ],
        ids=["small", "paragraph", "taken away", "other", "character", "based on"],
    )
    def test_stand_as_they_are_printed(
        self, styles: str, paragraph: str, run: str, shown: str, lines: Callable[[str, bytes], list[str]]
    ) -> None:
        document = docx.Document()
        document.styles.element.extend(parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"))
        style = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{style}{self.RUN.format(run)}</w:p>"))
        assert lines("x.docx", saved(document)) == [shown]

    def test_of_the_default_style_count_where_none_is_named(self, lines: Callable[[str, bytes], list[str]]) -> None:
        document = docx.Document()
        document.styles["Normal"].font.all_caps = True
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{self.RUN.format('')}</w:p>"))
        assert lines("x.docx", saved(document)) == ["TỐI MẬT"]


class TestDocx:
    @pytest.mark.parametrize("declared", [True, False])
    def test_a_missing_numbering_part_takes_no_words_away(
        self, *, declared: bool, lines: Callable[[str, bytes], list[str]]
    ) -> None:
        document = docx.Document()
        document.add_paragraph(SENTENCE, style="List Number")
        with ZipFile(BytesIO(saved(document))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name != "word/numbering.xml"}
        if not declared:
            types = "[Content_Types].xml"
            parts[types] = re.sub(rb"<Override [^>]*numbering[^>]*/>", b"", parts[types])
        assert lines("x.docx", zip_of(**parts)) == [SENTENCE]

    def test_each_paragraph_is_a_line(self, read: Callable[[str, bytes], Pages]) -> None:
        pages = read("x.docx", docx_of("Một", "", "Hai"))
        assert pages == Pages(pages=(("Một", "Hai"),), physical=False, wrapped=False)

    @pytest.mark.parametrize(
        ("content", "shown"),
        [
            (run("a") + "<w:r><w:tab/></w:r>" + run("b"), ["a b"]),
            (run("a") + "<w:r><w:br/></w:r>" + run("b"), ["a", "b"]),
            ('<w:ins w:id="1">' + run("thêm") + "</w:ins>" + run(" vào"), ["thêm vào"]),
            ('<w:del w:id="1"><w:r><w:delText>bỏ</w:delText></w:r></w:del>' + run("còn"), ["còn"]),
            (
                '<w:moveFrom w:id="1">' + run("cũ") + '</w:moveFrom><w:moveTo w:id="2">' + run("mới") + "</w:moveTo>",
                ["mới"],
            ),
            ("<w:hyperlink>" + run("Điều lệ") + "</w:hyperlink>", ["Điều lệ"]),
            ("<w:sdt><w:sdtContent>" + run("ô chữ") + "</w:sdtContent></w:sdt>", ["ô chữ"]),
            (run("ẩn", "<w:vanish/>") + run("hiện"), ["hiện"]),
            (run("chỉ thị", "<w:caps/>"), ["CHỈ THỊ"]),
            ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("3"), ["3"]),
            (run("trước") + TEXT_BOX.format(paragraph(run("trong khung"))), ["trước", "trong khung"]),
        ],
        ids=["tab", "break", "inserted", "deleted", "moved", "link", "control", "hidden", "caps", "field", "text box"],
    )
    def test_a_paragraph_reads_as_it_is_printed(
        self, content: str, shown: list[str], lines: Callable[[str, bytes], list[str]]
    ) -> None:
        assert lines("x.docx", docx_with(paragraph(content))) == shown

    def test_a_paragraph_whose_end_was_deleted_joins_the_next(self, lines: Callable[[str, bytes], list[str]]) -> None:
        body = paragraph(run("một "), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph(run("hai"))
        assert lines("x.docx", docx_with(body)) == ["một hai"]

    def test_a_paragraph_in_a_content_control_is_read(self, lines: Callable[[str, bytes], list[str]]) -> None:
        body = f"<w:sdt><w:sdtContent>{paragraph(run('Một'))}</w:sdtContent></w:sdt>{paragraph(run('Hai'))}"
        assert lines("x.docx", docx_with(body)) == ["Một", "Hai"]

    def test_tables_stand_between_the_paragraphs_around_them(self, lines: Callable[[str, bytes], list[str]]) -> None:
        body = paragraph(run("trước")) + table(cell("a") + cell("b"), ruled=True) + paragraph(run("sau"))
        assert lines("x.docx", docx_with(body)) == ["trước", "a | b", "sau"]

    def test_a_header_table_is_read_column_by_column(self, lines: Callable[[str, bytes], list[str]]) -> None:
        rows = cell("ĐẢNG BỘ X", "CHI BỘ Y", "*"), cell("Số 01-NQ/CB")
        body = table(rows[0] + cell("ĐẢNG CỘNG SẢN VIỆT NAM"), rows[1] + cell("Hà Nội, ngày 01 tháng 02"), ruled=True)
        left = ["ĐẢNG BỘ X", "CHI BỘ Y", "*", "Số 01-NQ/CB"]
        assert lines("x.docx", docx_with(body)) == [*left, "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Nội, ngày 01 tháng 02"]

    def test_a_signature_table_is_read_column_by_column(self, lines: Callable[[str, bytes], list[str]]) -> None:
        body = table(cell("Nơi nhận:", "- Lưu.") + cell("T/M CHI BỘ", "BÍ THƯ"), ruled=False)
        assert lines("x.docx", docx_with(body)) == ["Nơi nhận:", "- Lưu.", "T/M CHI BỘ", "BÍ THƯ"]

    def test_paragraphs_of_a_data_cell_share_its_line(self, lines: Callable[[str, bytes], list[str]]) -> None:
        body = table(cell("1") + cell("Việc một", "Việc hai", "của phường") + cell("Quý I"), ruled=True)
        assert lines("x.docx", docx_with(body)) == ["1 | Việc một; Việc hai của phường | Quý I"]

    def test_a_merge_over_rows_stands_in_each_of_them(self, lines: Callable[[str, bytes], list[str]]) -> None:
        start, going_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        rows = (
            cell("Nhóm", properties='<w:gridSpan w:val="2"/>'),
            cell("A", properties=start) + cell("một"),
            cell("A", properties=going_on) + cell("hai"),
        )
        assert lines("x.docx", docx_with(table(*rows, ruled=True))) == ["Nhóm", "A | một", "A | hai"]

    def test_a_table_within_a_cell_is_read(self, lines: Callable[[str, bytes], list[str]]) -> None:
        inner = table(cell("a") + cell("b"), ruled=True)
        body = table(f"<w:tc>{inner}{paragraph(run('C'))}</w:tc>" + cell("d"), ruled=True)
        assert lines("x.docx", docx_with(body)) == ["a | b; C | d"]

    def test_a_deleted_row_is_left_out(self, lines: Callable[[str, bytes], list[str]]) -> None:
        gone = '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("bỏ") + cell("bỏ")
        assert lines("x.docx", docx_with(table(gone, cell("a") + cell("b"), ruled=True))) == ["a | b"]

    def test_page_headers_are_left_out(self, lines: Callable[[str, bytes], list[str]]) -> None:
        document = docx.Document()
        document.add_paragraph("thân")
        document.sections[0].header.paragraphs[0].text = "đầu trang"
        assert lines("x.docx", saved(document)) == ["thân"]

    def test_a_mark_of_secrecy_in_a_page_header_is_seen(self, read: Callable[[str, bytes], Pages]) -> None:
        document = docx.Document()
        document.add_paragraph("thân")
        document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
        with pytest.raises(ClassifiedPaper, match="TỐI MẬT"):
            read("x.docx", saved(document))

    def test_a_zip_cut_off_is_damaged(self, read: Callable[[str, bytes], Pages]) -> None:
        data = docx_of(SENTENCE)
        with pytest.raises(DamagedFile):
            read("x.docx", data[: len(data) // 2])

    def test_a_locked_document_is_reported(self, read: Callable[[str, bytes], Pages]) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
        with pytest.raises(PasswordProtected):
            read("x.docx", ole)

    def test_an_old_doc_under_the_new_name_is_mislabelled(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(MislabelledFile):
            read("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))

    def test_a_part_that_would_fill_the_memory_is_refused(self, read: Callable[[str, bytes], Pages]) -> None:
        with pytest.raises(DamagedFile, match="200 MB"):
            read("x.docx", zip_of(bomb=bytes(201 << 20)))

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        position=st.floats(0, 1), noise=st.sampled_from([b"<", b">", b"\0", b"w:p", b"</w:p>", b'"', b"\xff", b"-9"])
    )
    def test_a_broken_part_in_a_sound_zip_is_a_read_error_at_worst(
        self, tmp_path: Path, position: float, noise: bytes
    ) -> None:
        with ZipFile(BytesIO(docx_of(SENTENCE))) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        body = members["word/document.xml"]
        place = int(position * len(body))
        members["word/document.xml"] = body[:place] + noise + body[place + len(noise) :]
        path = tmp_path / "x.docx"
        path.write_bytes(zip_of(**members))
        with suppress(ReadError):
            assert isinstance(read_pages(path, name="x.docx"), Pages)
