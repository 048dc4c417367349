"""Words in legacy fonts of Word documents, run by run, and in plain text without fonts."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.errors import ClassifiedPaper, DamagedFile
from index.reading.readers.docx import read_docx
from index.reading.readers.text import read_markdown, read_text
from tests.language.legacy_encodings import tcvn3, vni
from tests.language.test_legacy import FRENCH, PROSE


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def run(text: str, name: str = "", properties: str = "") -> str:
    fonts = font(name) if name else ""
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p {nsdecls('w')}>{named}{''.join(runs)}</w:p>"


def document(*paragraphs: str, header: str = "", styles: str = "", default: str = "") -> bytes:
    made = docx.Document()
    for position, each in enumerate(paragraphs):
        made.element.body.insert(position, parse_xml(each))
    if header:
        holder = made.sections[0].header.paragraphs[0]._p
        for child in parse_xml(f"<w:p {nsdecls('w')}>{header}</w:p>"):
            holder.append(child)
    for style in parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"):
        made.styles.element.append(style)
    if default:
        properties = made.styles.element.find(".//{*}rPrDefault/{*}rPr")
        properties.remove(properties.find("{*}rFonts"))
        properties.append(parse_xml(default.replace("<w:rFonts", f"<w:rFonts {nsdecls('w')}")))
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return [line for page in read_docx(data, "x.docx").pages for line in page]


class TestFontOfTheRun:
    def test_tcvn3_vni_and_unicode_side_by_side(self):
        data = document(paragraph(run("§¶ng bé ", ".VnTime"), run("phöôøng ", "VNI-Times"), run("An Hòa", "Arial")))
        assert lines(data) == ["Đảng bộ phường An Hòa"]

    def test_the_capital_fonts_print_capitals(self):
        assert lines(document(paragraph(run("nghÞ quyÕt ", ".VnTimeH"), run("sè 5", ".VnTime")))) == ["NGHỊ QUYẾT số 5"]

    def test_capitals_by_property_are_made_after_decoding(self):
        assert lines(document(paragraph(run("chØ thÞ cµng", ".VnTime", "<w:caps/>")))) == ["CHỈ THỊ CÀNG"]

    def test_a_letter_parted_between_two_runs_is_whole(self):
        data = document(paragraph(run("MA", "VNI-Times"), run("ËT va", "VNI-Times", "<w:b/>"), run("ên", "VNI-Times")))
        assert lines(document(paragraph(run("ngöô", "VNI-Times"), run("øi", "VNI-Times", "<w:b/>")))) == ["người"]
        assert lines(data) == ["MẶT văn"]

    @pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
    def test_unicode_in_a_legacy_font_is_left_alone(self, name):
        assert lines(document(paragraph(run("Đảng ủy ", name), run("và công tác", name)))) == ["Đảng ủy và công tác"]

    def test_a_legacy_word_beside_unicode_in_one_font_is_decoded(self):
        assert lines(document(paragraph(run("Đảng ủy ", ".VnTime"), run("ph¶i lµm", ".VnTime")))) == [
            "Đảng ủy phải làm"
        ]

    def test_the_soft_hyphen_element_is_the_letter_too(self):
        split = f"<w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>êng</w:t></w:r>"
        assert lines(
            document(paragraph(split), paragraph("<w:r><w:t>chi</w:t><w:softHyphen/><w:t>bộ</w:t></w:r>"))
        ) == [
            "trường",
            "chibộ",
        ]

    def test_dropped_soft_hyphens_are_mended(self):
        text = tcvn3(PROSE.lower()).replace("\xad", "")
        assert lines(document(paragraph(run(text, ".VnTime")))) == [PROSE.lower()]

    def test_words_are_not_mended_where_the_letter_is_there(self):
        data = document(paragraph(run("ng\xadêi cha, ®a d¹ng, cha mÑ, d ng\xadêi", ".VnTime")))
        assert lines(data) == ["người cha, đa dạng, cha mẹ, d người"]


class TestFontOfTheStyle:
    STYLES = (
        f'<w:style w:type="paragraph" w:styleId="Old"><w:rPr>{font(".VnTime")}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Newer"><w:basedOn w:val="Old"/></w:style>'
    )

    @pytest.mark.parametrize("style", ["Old", "Newer"])
    def test_is_inherited(self, style):
        data = document(paragraph(run("chi bé "), run("ở phường", "Arial"), style=style), styles=self.STYLES)
        assert lines(data) == ["chi bộ ở phường"]

    def test_of_the_whole_document(self):
        assert lines(document(paragraph(run("chi bé")), default=font(".VnTime"))) == ["chi bộ"]


class TestWithoutFonts:
    @pytest.mark.parametrize("encode", [tcvn3, vni])
    def test_a_document_is_known_by_its_syllables(self, encode):
        found = lines(document(paragraph(run(encode(PROSE), "Arial")), paragraph(run(encode("chi bộ cơ sở"), "Arial"))))
        assert [line.lower() for line in found] == [PROSE.lower(), "chi bộ cơ sở"]

    @pytest.mark.parametrize("text", [PROSE, FRENCH])
    def test_everything_else_stays(self, text):
        assert lines(document(paragraph(run(text, "Arial")))) == [text]


class TestMarksOfSecrecy:
    @pytest.mark.parametrize(
        "stamp",
        [
            run("mËt", ".VnTimeH"),
            run("tèi mËt", ".VnArialH"),
            run("MAÄT", "VNI-Times"),
            run("MA", "VNI-Times") + run("ÄT", "VNI-Times", "<w:b/>"),
            run("MËT", ".VnTime"),
            run("mËt", ".VnTime", "<w:caps/>"),
        ],
    )
    @pytest.mark.parametrize("place", ["header", "body"])
    def test_in_a_legacy_font_is_seen(self, stamp, place):
        text = paragraph(run("Néi dung", ".VnTime"))
        data = document(text, header=stamp) if place == "header" else document(paragraph(stamp), text)
        if place == "header":
            with pytest.raises(ClassifiedPaper):
                lines(data)
        else:
            assert lines(data)[0] in ("MẬT", "TỐI MẬT")


class TestPlainText:
    @pytest.mark.parametrize("encode", [tcvn3, vni])
    @pytest.mark.parametrize("charset", ["latin-1", "utf-8", "utf-16"])
    def test_is_decoded(self, encode, charset):
        data = encode(f"{PROSE}\nĐiều 1. Phạm vi").encode(charset)
        for read in (read_text, read_markdown):
            found = [line for page in read(data, "x.txt").pages for line in page]
            assert [line.lower() for line in found] == [PROSE.lower(), "điều 1. phạm vi"]

    def test_french_in_unicode_stays(self):
        assert read_text(FRENCH.encode(), "x.txt").pages == ((FRENCH,),)

    def test_bytes_of_another_language_are_damaged(self):
        with pytest.raises(DamagedFile):
            read_text(FRENCH.encode("latin-1"), "x.txt")
