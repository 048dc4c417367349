"""PDF -> pages of visual lines, one page of the paper each, as pypdfium2 finds them."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING

from index.errors import DamagedFile, MislabelledFile, NoTextLayer, PasswordProtected, ReadError
from index.language.text import printed
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfiumError, PdfPage

_FEWEST_LETTERS = 20  # over the whole file: scans often carry a stray stamp or page number as text
_ENDING = 2048  # bytes: some programs write a little after the last %%EOF
_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_PDFIUM = Lock()  # PDFium may be entered by one thread of a process at a time

_LINE_END_HYPHEN = re.compile("[\x02\ufffe][\r\n]*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffd-\uffff]")


def read_pdf(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """Pages of visual lines; a page without text is an empty tuple, so that the page numbers stay right.

    Raises `MislabelledFile`, `DamagedFile`, `PasswordProtected`, `NoTextLayer`.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    _check_envelope(data, name)
    with _PDFIUM:
        try:
            with PdfDocument(data) as document:
                pages = _pages(document)
        except PdfiumError as err:
            raise _read_error(err, name) from err
    if sum(letter.isalpha() for page in pages for line in page for letter in line) < _FEWEST_LETTERS:
        raise NoTextLayer(path=name)
    return Pages(pages=pages, physical=True, wrapped=True)


def _check_envelope(data: bytes, name: str) -> None:
    """PDFium mends a file that was cut off and silently loses its last pages, so the end is looked for first."""
    if b"%PDF-" not in data[:1024]:
        raise MislabelledFile(path=name, suffix=".pdf")
    if b"%%EOF" not in data[-_ENDING:]:
        raise DamagedFile(path=name, detail="the end of the file is missing")


def _read_error(err: PdfiumError, name: str) -> ReadError:
    if err.err_code in _PASSWORD_ERRORS:
        return PasswordProtected(path=name)
    return DamagedFile(path=name, detail=err)


def _pages(document: PdfDocument) -> tuple[tuple[str, ...], ...]:
    pages = []
    for position in range(len(document)):
        page = document[position]
        try:
            pages.append(_lines(_page_text(page)))
        finally:
            page.close()
    return tuple(pages)


def _page_text(page: PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_bounded()
    finally:
        textpage.close()
    return text


def _lines(text: str) -> tuple[str, ...]:
    """PDFium writes a hyphen at the end of a line as a mark of its own and swallows the line break after it."""
    text = _CONTROL.sub("", _LINE_END_HYPHEN.sub("-\n", text))
    lines = [printed(line) for line in text.splitlines()]
    return tuple(lines) if any(lines) else ()
