"""A note stays with the sentence that bears its mark, so that a quote of the one holds the other."""

from __future__ import annotations

import pytest

from index.reading.form import read_form
from index.reading.readers.docx import read_docx
from index.reading.readers.html import read_html
from index.reading.readers.notes import Note, mark, set_in
from index.searching.quoting import best_run, split_units
from index.types import Pages
from tests.reading.footnotes import docx_with_notes, reference, run

NOTES = (Note("1", "Theo Mẫu 2. Gửi trước ngày 05."), Note("2", "Gồm ba tổ."), Note("", "Xem phụ lục."))
ONE, TWO, THREE = map(mark, range(3))


def lines(data: bytes) -> list[str]:
    return [line for page in read_docx(data, "x.docx").pages for line in page]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Chi bộ nộp báo cáo{ONE}. Câu sau.", "Chi bộ nộp báo cáo (Chú thích 1: {0}). Câu sau."),
        (f"Chi bộ nộp báo cáo.{ONE} Câu sau.", "Chi bộ nộp báo cáo (Chú thích 1: {0}). Câu sau."),
        (f"Chi bộ{ONE} nộp báo cáo. Câu sau.", "Chi bộ[1] nộp báo cáo (Chú thích 1: {0}). Câu sau."),
        (f"Một{ONE} hai{TWO}.", "Một[1] hai (Chú thích 1: {0}) (Chú thích 2: {1})."),
        (f"- Rà soát{ONE};", "- Rà soát (Chú thích 1: {0});"),
        (f"Các việc{ONE} gồm:", "Các việc[1] gồm (Chú thích 1: {0}):"),
        (f"Nộp{THREE}. Sau.", "Nộp (Chú thích: {2}). Sau."),
        (f"Theo V.I. Lênin{ONE} thì phải học. Sau.", "Theo V.I. Lênin[1] thì phải học (Chú thích 1: {0}). Sau."),
        (f"Đơn vị (cả tổ{ONE}; nhóm) nộp. Sau.", "Đơn vị (cả tổ[1]; nhóm) nộp (Chú thích 1: {0}). Sau."),
        (f"CHỈ THỊ{ONE}", "CHỈ THỊ\n(Chú thích 1: {0})"),
        (f"Điều 5. Trách nhiệm{ONE}", "Điều 5. Trách nhiệm\n(Chú thích 1: {0})"),
        ("Không có dấu.", "Không có dấu."),
    ],
)
def test_a_note_stands_before_the_stop_of_its_sentence(text, shown):
    assert set_in(text, NOTES) == shown.format(*(note.text for note in NOTES))


def test_the_sentence_and_its_note_are_one_unit_of_a_quote():
    text = set_in(f"Câu trước. Chi bộ{ONE} nộp báo cáo. Câu sau nói việc khác.", NOTES)
    units = [text[unit.start : unit.end] for unit in split_units(text, 0, len(text))]
    assert units == [
        "Câu trước.",
        "Chi bộ[1] nộp báo cáo (Chú thích 1: Theo Mẫu 2. Gửi trước ngày 05.).",
        "Câu sau nói việc khác.",
    ]


class TestWord:
    def test_a_footnote_is_read_with_its_sentence_and_can_be_quoted(self):
        body = f"<w:p>{run('Chi bộ nộp báo cáo')}{reference(2)}{run('. Văn phòng tổng hợp.')}</w:p>"
        data = docx_with_notes(body, {2: run(" Theo mẫu số 7.")})
        assert lines(data) == ["Chi bộ nộp báo cáo (Chú thích 1: Theo mẫu số 7.). Văn phòng tổng hợp."]
        printed = read_form(read_docx(data, "x.docx"), file="x.docx").printed
        found = best_run(printed, 0, len(printed.text), lambda texts, _: [8.0 * ("mẫu số 7" in text) for text in texts])
        assert found is not None
        assert "nộp báo cáo (Chú thích 1: Theo mẫu số 7.)." in printed.text[found.span.start : found.span.end]

    def test_notes_are_counted_in_the_order_of_their_marks(self):
        body = f"<w:p>{run('Một')}{reference(9)}{run('. Hai')}{reference(4)}{run('.')}</w:p>"
        assert lines(docx_with_notes(body, {4: run("hai"), 9: run("một")})) == [
            "Một (Chú thích 1: một). Hai (Chú thích 2: hai)."
        ]

    def test_endnotes_are_counted_in_small_roman_numbers(self):
        body = f"<w:p>{run('Một')}{reference(1, 'endnote')}{run('.')}</w:p>"
        assert lines(docx_with_notes(body, {1: run("cuối")}, "endnote")) == ["Một (Chú thích i: cuối)."]

    def test_a_mark_typed_by_the_author_is_not_counted(self):
        body = f"<w:p>{run('Một')}{reference(1, own='*')}{run('. Hai')}{reference(2)}{run('.')}</w:p>"
        found = lines(docx_with_notes(body, {1: run("sao"), 2: run("số")}))
        assert found == ["Một* (Chú thích: sao). Hai (Chú thích 1: số)."]

    def test_numbers_that_begin_anew_on_each_page_are_not_guessed(self):
        anew = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
        restart = f"<w:p><w:pPr><w:sectPr>{anew}</w:sectPr></w:pPr></w:p>"
        body = f"<w:p>{run('Một')}{reference(1)}{run('.')}</w:p>{restart}"
        assert lines(docx_with_notes(body, {1: run("x")})) == ["Một (Chú thích: x)."]

    def test_a_deleted_mark_brings_no_note(self):
        deleted = f"<w:del w:id='1' w:author='x'>{reference(1)}</w:del>"
        body = f"<w:p>{run('Một')}{deleted}{run('. Hai')}{reference(2)}{run('.')}</w:p>"
        assert lines(docx_with_notes(body, {1: run("bỏ"), 2: run("giữ")})) == ["Một. Hai (Chú thích 1: giữ)."]

    def test_a_deleted_part_of_a_note_is_left_out(self):
        body = f"<w:p>{run('Một')}{reference(1)}{run('.')}</w:p>"
        note = f"{run('giữ')}<w:del w:id='1' w:author='x'><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        assert lines(docx_with_notes(body, {1: note})) == ["Một (Chú thích 1: giữ)."]

    def test_a_note_in_a_legacy_font_is_decoded(self):
        font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
        body = f"<w:p>{run('Mét', font)}{reference(1)}{run('.', font)}</w:p>"
        assert lines(docx_with_notes(body, {1: run("mÉu sè 7", font)})) == ["Một (Chú thích 1: mẫu số 7)."]

    def test_the_note_of_a_title_is_no_part_of_it(self):
        paragraphs = ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 24-CT/TU", "CHỈ THỊ", "về công tác lễ hội")
        head = "".join(f"<w:p>{run(text)}{reference(1) if text == 'CHỈ THỊ' else ''}</w:p>" for text in paragraphs)
        data = docx_with_notes(f"{head}<w:p>{run('Các chi bộ thực hiện.')}</w:p>", {1: run("Sao gửi các chi bộ.")})
        directive = read_form(read_docx(data, "x.docx"), file="x.docx").directive
        assert (directive.type, directive.number) == ("CT", "24-CT/TU")
        assert "về công tác lễ hội" in directive.title


class TestTrackedChanges:
    def test_moved_words_count_once(self):
        moved = "<w:r><w:t>dời</w:t></w:r>"
        body = (
            f"<w:p>{run('a ')}<w:moveFrom w:id='1' w:author='x'>{moved}</w:moveFrom></w:p>"
            f"<w:p>{run('b ')}<w:moveTo w:id='2' w:author='x'>{moved}</w:moveTo></w:p>"
        )
        assert lines(docx_with_notes(body, {})) == ["a", "b dời"]

    def test_deleted_rows_and_paragraph_marks_are_gone(self):
        row = "<w:tr><w:trPr>{0}</w:trPr><w:tc><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc></w:tr>"
        deleted = "<w:del w:id='1' w:author='x'/>"
        body = (
            f"<w:tbl>{row.format('', 'giữ')}{row.format(deleted, 'bỏ')}</w:tbl>"
            f"<w:p><w:pPr><w:rPr>{deleted}</w:rPr></w:pPr>{run('một ')}</w:p><w:p>{run('hai')}</w:p>"
        )
        assert lines(docx_with_notes(body, {})) == ["giữ", "một hai"]

    def test_struck_words_are_no_text(self):
        assert lines(docx_with_notes(f"<w:p>{run('Hạn ')}{run('ngày 5', '<w:strike/>')}{run('ngày 6')}</w:p>", {})) == [
            "Hạn ngày 6"
        ]


class TestWebPages:
    WORD = """<p>Chi bộ nộp báo cáo<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.
    Sau.</p>
    <div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>
    <p><a href="#_ftnref1" name="_ftn1">[1]</a> Theo mẫu số 7.</p><p>Hai trang.</p></div></div>"""
    SITE = """<p>Chi bộ nộp báo cáo<sup id="r1"><a href="#n1">1</a></sup>. Sau.</p>
    <ol><li id="n1">Theo mẫu số 7. Hai trang. <a href="#r1">↩</a></li></ol>"""

    @pytest.mark.parametrize("page", [WORD, SITE], ids=["Word", "site"])
    def test_a_linked_note_is_read_with_its_sentence(self, page):
        pages = read_html(page.encode(), "x.html").pages
        assert pages == (("Chi bộ nộp báo cáo (Chú thích 1: Theo mẫu số 7. Hai trang.). Sau.",),)

    def test_a_link_to_an_article_is_no_note(self):
        page = '<p>Xem <a href="#d1">1</a>.</p><p id="d1">Điều này quy định chung.</p>'
        assert read_html(page.encode(), "x.html") == Pages(
            pages=(("Xem 1.", "Điều này quy định chung."),), physical=False, wrapped=False
        )
