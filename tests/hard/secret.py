"""Marks of state secrecy wherever they stand, and papers that only speak of secrets."""

from __future__ import annotations

from typing import Final

from tests.hard.paper import docx_of, font, paper, paragraph, paragraphs, run, text_of
from tests.hard.scanned import OCR, body_on, drawn
from tests.hard.traps import Make, Shelf, Traps, has_fields
from tests.language.legacy_encodings import tcvn3
from tests.reading.drawing import pdf_of_pictures, stamped

TRAPS: Final = Traps()


def lines(number: str) -> list[str]:
    return paper(number, "02/8/2026", "BÁO CÁO", "về tình hình nội bộ", "1. Việc thứ nhất đã làm xong trong quý.")


def in_head() -> bytes:
    made = lines("111-BC/ĐU")
    return docx_of([*made[:4], "MẬT", *made[4:]])


def in_legacy_font() -> bytes:
    stamp = paragraph(run(tcvn3("mật"), font(".VnTimeH")))
    return docx_of(stamp + paragraphs(lines("112-BC/ĐU")))


def in_capitals_of_legacy_font() -> bytes:
    """``MËT``: M and T are typed as capitals, the letter between them is what the font draws large."""
    return docx_of(paragraph(run("MËT", font(".VnTimeH"))) + paragraphs(lines("113-BC/ĐU")))


def in_scan() -> bytes:
    page = drawn("114-BC/ĐU", "về tình hình nội bộ", *body_on("sổ sách"))
    return pdf_of_pictures([stamped(page, "MẬT", at=(300, 20), tilt=4)])


_STAMPED: dict[str, tuple[str, Make, tuple[str, ...]]] = {
    "stamp in the head of a Word document": ("stamp-head.docx", in_head, ()),
    "stamp in an H font": ("stamp-h-font.docx", in_legacy_font, ()),
    "stamp in an H font typed in capitals": ("stamp-h-capitals.docx", in_capitals_of_legacy_font, ()),
    "stamp drawn on a scan": ("stamp-scan.pdf", in_scan, OCR),
    "stamp above each page": (
        "stamp-page-header.docx",
        lambda: docx_of(lines("115-BC/ĐU"), header=run("TỐI MẬT")),
        (),
    ),
    "symbol with the suffix of secrecy": ("stamp-suffix.txt", lambda: text_of(lines("116-BC/ĐU-TM")), ()),
    "symbol with the mark written out": ("stamp-symbol.docx", lambda: docx_of(lines("117-BC/ĐU-MẬT")), ()),
    "stamp in a hidden element": (
        "stamp-hidden.html",
        lambda: ("<meta charset=utf-8><p style='display:none'>TUYỆT MẬT<p>" + "<p>".join(lines("118-BC/ĐU"))).encode(),
        (),
    ),
    "stamp in a sheet": ("stamp-sheet.xlsx", lambda: _sheet(), ()),
    "mark in the name of the file": ("BC 119 - MAT.docx", lambda: docx_of(lines("119-BC/ĐU")), ()),
}  # fmt: skip


def _sheet() -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book, file = Workbook(), BytesIO()
    assert book.active is not None
    for line in ("MẬT", *lines("110-BC/ĐU")):
        book.active.append([line])
    book.save(file)
    return file.getvalue()


def _set_stamp(trap: str, file: str, make: Make, programs: tuple[str, ...]) -> None:
    @TRAPS.set(trap, {file: make}, needs=programs)
    def check(shelf: Shelf) -> None:
        assert shelf.refusal(file) == "classified"


for _trap, _stamp in _STAMPED.items():
    _set_stamp(_trap, *_stamp)


@TRAPS.set("the library holds nothing classified", {}, built=True)
def _(shelf: Shelf) -> None:
    for file, _make, _programs in _STAMPED.values():
        if (shelf.folder / file).exists():
            assert shelf.skipped(file) == "classified"
    numbers = {str(directive.number) for directive in shelf.library.list()}
    assert not {f"{n}-BC/ĐU" for n in range(110, 120)} & numbers


def decoy() -> bytes:
    return docx_of(
        paper(
            "120-KH/ĐU", "03/8/2026", "KẾ HOẠCH", "về công tác bảo vệ bí mật nhà nước",
            "1. Cán bộ giữ tài liệu mật ký sổ giao nhận.",
            "2. Mức độ mật gồm:", "a) Tuyệt mật;", "b) Tối mật;", "c) Mật.",
            "3. Tài liệu nuôi ong lấy mật không thuộc diện này.",
        )
    )  # fmt: skip


@TRAPS.set("paper about secrets that is none", {"decoy.docx": decoy})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("decoy.docx"), number="120-KH/ĐU", title="về công tác bảo vệ bí mật nhà nước", audience=None
    )  # fmt: skip
