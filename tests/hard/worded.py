"""What Word keeps beside its words: tracked changes, numbers that are not typed, notes, boxes."""

from __future__ import annotations

from typing import Final

import docx

from tests.hard.paper import (
    ISSUER,
    NATION,
    PROVINCE,
    WARD,
    docx_of,
    foot,
    head,
    paper,
    paragraph,
    paragraphs,
    run,
    saved,
    table,
)
from tests.hard.traps import Shelf, Traps, has_fields, stands_at
from tests.reading.footnotes import docx_with_notes, reference

TRAPS: Final = Traps()
_BY = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'


def tracked() -> bytes:
    changed = paragraph(
        run("1. Hồ sơ nộp trước "),
        f"<w:del {_BY}><w:r><w:delText>ngày mười lăm</w:delText></w:r></w:del>",
        f"<w:ins {_BY}>{run('ngày hai mươi')}</w:ins>",
        run(" hằng tháng."),
    )
    gone = (
        f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr><w:del {_BY}><w:r><w:delText>2. Bỏ họp giao ban."
        "</w:delText></w:r></w:del></w:p>"
    )
    top = head("71-HD/ĐU", "06/4/2026", "HƯỚNG DẪN", "về hồ sơ thủ tục sang tên ao cá")
    return docx_of(paragraphs(top) + changed + gone + paragraphs(foot()))


@TRAPS.set("tracked deletion and insertion", {"tracked.docx": tracked})
def _(shelf: Shelf) -> None:
    reading = shelf.one("tracked.docx")
    stands_at(reading, "Hồ sơ nộp trước ngày hai mươi hằng tháng.", "1")
    assert "mười lăm" not in reading.printed.text
    assert "giao ban" not in reading.printed.text
    has_fields(reading, signer="Lê Văn Sậy")


def numbered() -> bytes:
    made = docx.Document()
    for line in head("72-HD/ĐU", "07/4/2026", "HƯỚNG DẪN", "về việc trông coi đình làng"):
        made.add_paragraph(line)
    for line in (
        "Ông từ mở cửa đình mỗi sáng.",
        "Khách viếng ghi tên vào sổ vàng.",
        "Đèn nhang tắt trước chín giờ tối.",
    ):
        made.add_paragraph(line, style="List Number")
    for line in foot():
        made.add_paragraph(line)
    return saved(made)


@TRAPS.set("numbers that Word counts", {"automatic-numbers.docx": numbered})
def _(shelf: Shelf) -> None:
    reading = shelf.one("automatic-numbers.docx")
    stands_at(reading, "Khách viếng ghi tên vào sổ vàng.", "2")
    stands_at(reading, "Đèn nhang tắt", "3")
    assert "3. Đèn nhang" in reading.printed.text


def annotated() -> bytes:
    top = head("73-HD/ĐU", "08/4/2026", "HƯỚNG DẪN", "về việc ghi sổ trực đê")
    noted = f"<w:p>{run('1. Người trực đê ghi mực nước')}{reference(2)}{run('. Sổ để tại điếm canh.')}</w:p>"
    return docx_with_notes(paragraphs(top) + noted + paragraphs(foot()), {2: run("Đo tại cọc gỗ số chín.")})


@TRAPS.set("footnote", {"footnote.docx": annotated}, built=True)
def _(shelf: Shelf) -> None:
    stands_at(shelf.one("footnote.docx"), "ghi mực nước (Chú thích 1: Đo tại cọc gỗ số chín.). Sổ để", "1")
    answer = shelf.ask("Người trực đê ghi mực nước đo tại cọc nào?")
    assert "cọc gỗ số chín" in answer.quotes[0].text


def boxed() -> bytes:
    """Word writes a text box twice: once for itself, once for programs that do not know it."""
    words = f"<w:txbxContent>{paragraph(run('Bản sao do Văn phòng Đảng ủy sao lục.'))}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    lines = paper(
        "74-HD/ĐU", "09/4/2026", "HƯỚNG DẪN", "về việc sao lục giấy tờ", "1. Giấy tờ sao lục phải đóng dấu treo."
    )
    return docx_of(paragraphs(lines[:9]) + paragraph(run("Lời nhắc."), box) + paragraphs(lines[9:]))


@TRAPS.set("text box", {"text-box.docx": boxed})
def _(shelf: Shelf) -> None:
    reading = shelf.one("text-box.docx")
    assert reading.printed.text.count("Bản sao do Văn phòng Đảng ủy sao lục.") == 1
    has_fields(reading, number="74-HD/ĐU", issuer=ISSUER)


def headed_by_table() -> bytes:
    """A head in two columns is a table without lines."""
    rows = [[PROVINCE, NATION], [WARD, ""], ["*", "Bãi Lau, ngày 10 tháng 4 năm 2026"], ["Số 75-HD/ĐU", ""]]
    lines = head("75-HD/ĐU", "10/4/2026", "HƯỚNG DẪN", "về việc mượn phòng đọc")
    body = paragraphs([*lines[6:], "1. Bạn đọc xuất trình thẻ khi mượn phòng đọc.", *foot()])
    return docx_of(table(rows) + body)


@TRAPS.set("head of two columns in a Word table", {"head-in-table.docx": headed_by_table})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("head-in-table.docx"), number="75-HD/ĐU", issuer=ISSUER, date="2026-04-10", place="Bãi Lau",
        title="về việc mượn phòng đọc",
    )  # fmt: skip


def manual_breaks() -> bytes:
    """Lines of one paragraph parted by hand, the number and its date by a tabulator."""
    top = (
        f"<w:p><w:r><w:t>{PROVINCE}</w:t><w:br/><w:t>{WARD}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Số 76-HD/ĐU</w:t><w:tab/><w:t>Bãi Lau, ngày 11 tháng 4 năm 2026</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>HƯỚNG DẪN</w:t><w:br/><w:t>về việc thắp đèn ngõ nhỏ</w:t></w:r></w:p>"
    )
    return docx_of(top + paragraphs(["-----", "1. Đèn ngõ nhỏ thắp từ sáu giờ tối.", *foot()]))


@TRAPS.set("lines parted by hand", {"manual-breaks.docx": manual_breaks})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("manual-breaks.docx"), number="76-HD/ĐU", issuer=ISSUER, date="2026-04-11",
        title="về việc thắp đèn ngõ nhỏ",
    )  # fmt: skip


def stamped_by_hand_in_header() -> bytes:
    body = paper("77-HD/ĐU", "12/4/2026", "HƯỚNG DẪN", "về việc đánh số nhà", "1. Số nhà gắn bên phải cửa chính.")
    return docx_of(body, header=run("Trang 1 của 2"))


@TRAPS.set("page header in Word", {"page-header.docx": stamped_by_hand_in_header})
def _(shelf: Shelf) -> None:
    reading = shelf.one("page-header.docx")
    assert "Trang 1" not in reading.printed.text
    stands_at(reading, "Số nhà gắn bên phải cửa chính.", "1")
