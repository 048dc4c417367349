"""Pages that are pictures: clean, spoilt, among pages of text, under letters that are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from tests.hard.paper import ISSUER, NATION, PROVINCE, WARD, paper
from tests.hard.traps import Shelf, Traps, has_fields, page_of_words, stands_at
from tests.reading.drawing import Line, jpeg, page_of, pdf_of_pictures, png, spoilt
from tests.reading.pdf_fixture import pdf_of

if TYPE_CHECKING:
    from PIL.Image import Image

TRAPS: Final = Traps()
OCR: Final = ("tesseract", "DejaVu")


def drawn(number: str, topic: str, *body: str, kind: str = "KẾT LUẬN") -> Image:
    """A paper with a head of two columns; ``body``: its lines."""
    lines: tuple[Line, ...] = (
        (PROVINCE, NATION),
        (WARD, ""),
        ("*", ""),
        (f"Số {number}", "Bãi Lau, ngày 12 tháng 6 năm 2026"),
        "",
        f">{kind}",
        f">{topic}",
        "",
        *body,
        "",
        ("Nơi nhận:", "T/M ĐẢNG ỦY"),
        ("- Các chi bộ;", "BÍ THƯ"),
        ("- Lưu Văn phòng.", ""),
        ("", ""),
        ("", "Lê Văn Sậy"),
    )
    return page_of(lines, size=34)


def is_as_printed(shelf: Shelf, file: str, number: str, title: str, words: str) -> None:
    """Fields, place, page and mark of one of the papers that are drawn here."""
    reading = shelf.one(file)
    has_fields(reading, number=number, type="KL", issuer=ISSUER, date="2026-06-12", title=title, signer="Lê Văn Sậy")
    stands_at(reading, words, "2")
    assert page_of_words(reading, words) == 1
    assert [scan.page for scan in reading.printed.scans] == [1]
    assert reading.printed.unread == ()


def body_on(thing: str) -> tuple[str, ...]:
    return (
        f"      1. Chi bộ khu phố lập sổ theo dõi {thing} trong",
        "quý III, gửi về Văn phòng Đảng ủy.",
        f"      2. Tổ công tác kiểm tra {thing} mỗi tháng",
        "một lần và báo cáo Ban Thường vụ.",
    )


_SCANS: dict[str, tuple[str, str, Callable[[Image], Image]]] = {
    "scan clean": ("41-KL/ĐU", "bến đò", spoilt),
    "scan tilted by 1.5 degrees": ("42-KL/ĐU", "cột đèn", partial(spoilt, tilt=1.5, noise=5)),
    "scan on its side": ("43-KL/ĐU", "giếng làng", partial(spoilt, turn=90)),
    "scan faint": ("44-KL/ĐU", "vườn ươm", partial(spoilt, ink=190, noise=4)),
}


def _set_scan(trap: str, number: str, thing: str, spoil: Callable[[Image], Image]) -> None:
    file, title = f"{trap.replace(' ', '-')}.pdf", f"về việc quản lý {thing}"

    @TRAPS.set(trap, {file: lambda: pdf_of_pictures([spoil(drawn(number, title, *body_on(thing)))])}, needs=OCR)
    def check(shelf: Shelf) -> None:
        is_as_printed(shelf, file, number, title, f"kiểm tra {thing}")


for _trap, _scan in _SCANS.items():
    _set_scan(_trap, *_scan)


def mixed() -> bytes:
    from pypdfium2 import PdfDocument

    lines = paper("45-KL/ĐU", "12/6/2026", "KẾT LUẬN", "về việc quản lý chợ cá",
                  "1. Ban quản lý chợ cá mở cửa từ bốn giờ sáng đến chín giờ sáng các ngày trong tuần.")  # fmt: skip
    second = ["      2. Tiểu thương nộp phí vệ sinh vào ngày mồng năm", "hằng tháng tại quầy của ban quản lý."]
    with (
        PdfDocument(pdf_of([lines[:10]])) as whole,
        PdfDocument(pdf_of_pictures([page_of(second)])) as scan,
        PdfDocument(pdf_of([lines[10:]])) as end,
    ):
        for part in (scan, end):
            whole.import_pages(part)
        file = BytesIO()
        whole.save(file)
    return file.getvalue()


@TRAPS.set("a scanned page between pages of text", {"mixed.pdf": mixed}, needs=OCR)
def _(shelf: Shelf) -> None:
    reading = shelf.one("mixed.pdf")
    has_fields(reading, number="45-KL/ĐU", signer="Lê Văn Sậy")
    stands_at(reading, "phí vệ sinh vào ngày mồng năm", "2")
    assert [page_of_words(reading, words) for words in ("bốn giờ sáng", "phí vệ sinh", "Nơi nhận")] == [1, 2, 3]
    assert [scan.page for scan in reading.printed.scans] == [2]
    assert reading.printed.scan_at(0) is None


def photograph() -> bytes:
    """Held upright, stored on its side, with a note in the file which way is up."""
    from PIL import Image

    page = drawn("46-KL/ĐU", "về việc quản lý bãi xe", *body_on("bãi xe")).rotate(90, expand=True)
    notes, file = Image.Exif(), BytesIO()
    notes[0x0112] = 6  # to be turned a quarter clockwise
    page.save(file, "JPEG", quality=80, exif=notes)
    return file.getvalue()


@TRAPS.set("photograph with a turn noted in it", {"photograph.jpg": photograph}, needs=OCR)
def _(shelf: Shelf) -> None:
    is_as_printed(shelf, "photograph.jpg", "46-KL/ĐU", "về việc quản lý bãi xe", "kiểm tra bãi xe")


@TRAPS.set(
    "page as a PNG",
    {"page.png": lambda: png(drawn("47-KL/ĐU", "về việc quản lý kho thóc", *body_on("kho thóc")))},
    needs=OCR,
)
def _(shelf: Shelf) -> None:
    is_as_printed(shelf, "page.png", "47-KL/ĐU", "về việc quản lý kho thóc", "kiểm tra kho thóc")


def under_a_picture(letters: Callable[[str], str], number: str, thing: str) -> bytes:
    """The picture of a page over the letters that a font without a table of letters gives."""
    from pypdfium2 import PdfDocument, PdfImage, PdfMatrix

    title = f"về việc quản lý {thing}"
    lines = paper(number, "12/6/2026", "KẾT LUẬN", title, *body_on(thing))
    with PdfDocument(pdf_of([[letters(line) for line in lines]])) as document:
        page, picture = document[0], PdfImage.new(document)
        picture.load_jpeg(BytesIO(jpeg(drawn(number, title, *body_on(thing)))))
        picture.set_matrix(PdfMatrix().scale(*page.get_size()))
        page.insert_obj(picture)
        page.gen_content()
        file = BytesIO()
        document.save(file)
    return file.getvalue()


def shifted(line: str) -> str:
    """The numbers of the shapes instead of the letters: some are letters, most are signs."""
    return "".join(sign if sign == " " else chr(ord(sign) + 29) for sign in line)


def other_letters(line: str) -> str:
    """Each letter another one."""
    return "".join(sign if sign == " " else chr(0x410 + ord(sign) % 60) for sign in line)


def mistaken(line: str) -> str:
    """Two or three letters for each one with a mark: more than there are on the page."""
    return line.encode().decode("latin-1")


_GARBAGE: dict[str, tuple[str, str, str, Callable[[str], str]]] = {
    "letters of a font without a table": ("garbage-signs.pdf", "48-KL/ĐU", "lò gạch", shifted),
    "letters that are all others": ("garbage-letters.pdf", "39-KL/ĐU", "lò rèn", other_letters),
    "letters in a wrong encoding": ("garbage-encoding.pdf", "40-KL/ĐU", "lò đường", mistaken),
}


def _set_garbage(trap: str, file: str, number: str, thing: str, letters: Callable[[str], str]) -> None:
    @TRAPS.set(trap, {file: lambda: under_a_picture(letters, number, thing)}, needs=OCR)
    def check(shelf: Shelf) -> None:
        is_as_printed(shelf, file, number, f"về việc quản lý {thing}", f"kiểm tra {thing}")


for _trap, _layer in _GARBAGE.items():
    _set_garbage(_trap, *_layer)


def long_columns() -> bytes:
    lines: tuple[Line, ...] = (
        ("ĐẢNG BỘ PHƯỜNG BÃI LAU", NATION),
        ("CHI BỘ KHU PHỐ BẾN TRE NHỎ", "Bãi Lau, ngày 09 tháng 02 năm 2026"),
        ("*", ""),
        ("Số 07-NQ/CB", ""),
        "",
        ">NGHỊ QUYẾT",
        ">về việc làm sạch kênh Cửa Chùa",
        "",
        "      1. Mỗi hộ cử một người dọn kênh vào sáng thứ bảy.",
        "      2. Chi bộ chấm công từng tổ dân phố.",
        "",
        ("Nơi nhận:", "T/M CHI BỘ"),
        ("- Đảng ủy phường;", "BÍ THƯ"),
        ("", ""),
        ("", "Ngô Thị Lài"),
    )
    return pdf_of_pictures([page_of(lines, size=32)])


@TRAPS.set("head of two columns in a scan", {"two-columns-scan.pdf": long_columns}, needs=OCR)
def _(shelf: Shelf) -> None:
    reading = shelf.one("two-columns-scan.pdf")
    has_fields(reading, number="07-NQ/CB", date="2026-02-09", place="Bãi Lau", signer="Ngô Thị Lài")
    assert "Bến Tre Nhỏ" in str(reading.directive.issuer)
    text = reading.printed.text
    assert text.index("BẾN TRE NHỎ") < text.index("07-NQ/CB") < text.index("VIỆT NAM") < text.index("NGHỊ QUYẾT")


@TRAPS.set(
    "doubled Đ in the number of a scan",
    {
        "doubled-letter.pdf": lambda: pdf_of_pictures(
            [drawn("49-QĐĐ/ĐĐU", "về việc quản lý nhà kho", *body_on("nhà kho"), kind="QUYẾT ĐỊNH")]
        )
    },
    needs=OCR,
)
def _(shelf: Shelf) -> None:
    reading = shelf.one("doubled-letter.pdf")
    has_fields(reading, number="49-QĐ/ĐU", type="QĐ", date="2026-06-12")
    assert "ĐĐ" in reading.printed.text.split("\n")[3]  # a quote shows what was read


@TRAPS.set(
    "answer from a scan",
    {
        "scan-asked.pdf": lambda: pdf_of_pictures(
            [
                drawn(
                    "50-KL/ĐU",
                    "về việc quản lý đàn cò trắng",
                    "      1. Vườn cò trắng mở cửa đón khách từ sáu giờ sáng.",
                    "      2. Du khách không được mang loa vào vườn cò trắng.",
                )
            ]
        )
    },
    needs=OCR,
    built=True,
)
def _(shelf: Shelf) -> None:
    answer = shelf.ask("Du khách có được mang loa vào vườn cò trắng không?")
    assert answer.quotes[0].directive.file == "scan-asked.pdf"
    assert answer.quotes[0].scan is not None
    assert "văn bản quét" in shelf.said("Du khách có được mang loa vào vườn cò trắng không?")
