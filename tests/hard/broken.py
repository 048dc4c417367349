"""Files that cannot be read: each is refused by its reason."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from tests.hard.paper import docx_of, paper
from tests.hard.traps import Make, Shelf, Traps
from tests.reading.pdf_fixture import pdf_of

TRAPS: Final = Traps()
LINES: Final = paper("171-TB/ĐU", "02/11/2026", "THÔNG BÁO", "về lịch trực tết", "1. Trực tết theo ca.")
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")


def locked() -> bytes:
    """Word wraps a document with a password into the old format."""
    return _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)


def zipped() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("nghi-quyet.txt", "\n".join(LINES))
    return file.getvalue()


def torn() -> bytes:
    data = docx_of(LINES)
    return data[: len(data) * 2 // 3]


def torn_inside() -> bytes:
    """The list of parts is whole, the words are not."""
    data = bytearray(docx_of(LINES))
    place = data.index(b"word/document.xml") + 40
    data[place : place + 60] = bytes(60)
    return bytes(data)


_BROKEN: dict[str, tuple[str, Make, str]] = {
    "password on a Word document": ("password.docx", locked, "password"),
    "password on a sheet": ("password.xlsx", locked, "password"),
    "password on a PDF": ("password.pdf", lambda: pdf_of([LINES], locked=True), "password"),
    "torn Word document": ("torn.docx", torn, "damaged"),
    "Word document torn inside": ("torn-inside.docx", torn_inside, "damaged"),
    "empty file": ("empty.docx", lambda: b"", "empty"),
    "file of spaces": ("spaces.txt", lambda: b" \r\n\t\n ", "empty"),
    "document without words": ("no-words.docx", lambda: docx_of(["", " "]), "empty"),
    "PDF that was cut off": ("cut-off.pdf", lambda: pdf_of([LINES])[:900], "damaged"),
    "zip named as PDF": ("zip.pdf", zipped, "mislabelled"),
    "zip named as Word document": ("zip.docx", zipped, "mislabelled"),
    "sheet named as Word document": ("sheet.docx", lambda: _sheet(), "mislabelled"),
    "program named as old Word document": ("program.doc", lambda: b"MZ\x90\x00" + bytes(300), "mislabelled"),
    "picture that is none": ("no-picture.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(200), "damaged"),
    "suffix that nobody reads": ("slides.pptx", zipped, "unknown_suffix"),
    "sidecar with an unknown key": ("bad-sidecar.docx", lambda: docx_of(LINES), "bad_sidecar"),
}


def _sheet() -> bytes:
    from openpyxl import Workbook

    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def _set_broken(trap: str, file: str, make: Make, code: str) -> None:
    files = {file: make, **({f"{file}.yaml": lambda: b"audiense: member\n"} if code == "bad_sidecar" else {})}

    @TRAPS.set(trap, files)
    def check(shelf: Shelf) -> None:
        assert shelf.refusal(file) == code


for _trap, _file in _BROKEN.items():
    _set_broken(_trap, *_file)


@TRAPS.set("the build names each file that it leaves out", {}, built=True)
def _(shelf: Shelf) -> None:
    assert {file: shelf.skipped(file) for file, _, _ in _BROKEN.values()} == {
        file: code for file, _, code in _BROKEN.values()
    }
