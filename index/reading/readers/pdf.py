"""PDF -> pages of visual lines, one page of the paper each, as pypdfium2 finds them.

Each page is judged by itself: one that is a picture, or whose letters are no Vietnamese, is read from its picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from index.errors import (
    DamagedFile,
    MislabelledFile,
    NoTextLayer,
    PasswordProtected,
    ReadError,
    TooManyPages,
    TooManyScans,
)
from index.language.syllables import valid_share
from index.language.text import printed
from index.reading.readers.pdf_tables import Box, is_ruled, with_tables
from index.reading.readers.preparing import LONG_SIDE
from index.reading.readers.scans import Drawn, ScannedPage, read_scans
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage

MOST_PAGES, MOST_SCANS = 3_000, 600
_FEWEST_LETTERS = 20
"""Over the whole file: scans often carry a stray stamp or page number as text."""
_FEW_LETTERS = 50
"""On a page that bears a picture; a page of text has some hundreds."""
_LEAST_VALID = 0.6
"""Share of Vietnamese syllables; what fonts without a table of letters give has far fewer."""
_LEAST_COVERED = 0.1
"""Share of the page that its pictures take where it is a scan: no emblem, no signature."""
_ENDING = 2048  # bytes: some programs write a little after the last %%EOF
_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_DOTS = 300 / 72
PDFIUM = Lock()  # PDFium may be entered by one thread of a process at a time

Lines = tuple[str, ...]

_LINE_END_HYPHEN = re.compile("[\x02\ufffe][\r\n]*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffd-\uffff]")


def read_pdf(data: bytes, name: str, tools: Tools = NO_TOOLS) -> Pages:
    """Pages of visual lines; a page without text is an empty tuple, so that the page numbers stay right.

    Raises `MislabelledFile`, `DamagedFile`, `PasswordProtected`, `NoTextLayer`, `TooManyPages`, `TooManyScans`.
    """
    _check_envelope(data, name)
    with _opened(data, name) as document:
        pages, pictured, ruled = _judged(document, name)
        with closing(_Boxes(document)) as boxes:
            pages = with_tables(data, pages, ruled, boxes.words)
        drawn: Iterator[Drawn] = ((number, partial(_drawn, document, number, name)) for number in pictured)
        scanned = read_scans(drawn, len(pictured), tools) if pictured else {}
    unread = tuple(number for number in pictured if number not in scanned)
    for number in pictured:
        pages[number - 1] = _better(pages[number - 1], scanned.get(number))
    if sum(letter.isalpha() for page in pages for line in page for letter in line) < _FEWEST_LETTERS and (
        unread or not pictured
    ):
        raise NoTextLayer(path=name)
    scans = tuple(page.scan for page in scanned.values() if page.scan and pages[page.scan.page - 1] is page.lines)
    stamps = tuple(stamp for page in scanned.values() for stamp in page.stamps)
    return Pages(pages=tuple(pages), physical=True, wrapped=True, scans=scans, unread=unread, furniture=stamps)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[PdfDocument]:
    """Opened and closed alone in PDFium; what is done with it in between takes `PDFIUM` itself."""
    from pypdfium2 import PdfDocument, PdfiumError

    with PDFIUM:
        try:
            document = PdfDocument(data)
        except PdfiumError as err:
            raise _read_error(err, name) from err
    try:
        yield document
    except PdfiumError as err:
        raise _read_error(err, name) from err
    finally:
        with PDFIUM:
            document.close()


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


def _judged(document: PdfDocument, name: str) -> tuple[list[Lines], list[int], list[int]]:
    """The text of each page, the numbers of those that are to be read from their pictures, and of those that are ruled
    as tables are.
    """
    with PDFIUM:
        count = len(document)
    if count > MOST_PAGES:
        raise TooManyPages(path=name, pages=count, limit=MOST_PAGES)
    pages: list[Lines] = []
    pictured: list[int] = []
    ruled: list[int] = []
    for position in range(count):
        with PDFIUM:
            page = document[position]
            try:
                pages.append(_lines(_page_text(page)))
                if _is_picture(pages[-1], page):
                    pictured.append(position + 1)
                elif is_ruled(page):
                    ruled.append(position + 1)
            finally:
                page.close()
    if len(pictured) > MOST_SCANS:
        raise TooManyScans(path=name, pages=len(pictured), limit=MOST_SCANS)
    return pages, pictured, ruled


class _Boxes:
    """The words inside boxes of one page after the other."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self._number = 0
        self._page: PdfPage | None = None
        self._text: PdfTextPage | None = None

    def words(self, number: int, box: Box) -> Lines:
        with PDFIUM:
            if number != self._number:
                self._close()
                self._page, self._number = self._document[number - 1], number
                self._text = self._page.get_textpage()
            assert self._page is not None  # both are open now
            assert self._text is not None
            height = self._page.get_height()
            left, top, right, bottom = box
            if right <= left or bottom <= top:
                return ()
            return _lines(self._text.get_text_bounded(left, height - bottom, right, height - top))

    def close(self) -> None:
        with PDFIUM:
            self._close()

    def _close(self) -> None:
        for each in (self._text, self._page):
            if each is not None:
                each.close()
        self._page = self._text = None


def _is_picture(lines: Lines, page: PdfPage) -> bool:
    text = " ".join(lines)
    if sum(map(str.isalpha, text)) < _FEW_LETTERS:
        return _covered(page) >= _LEAST_COVERED
    share = valid_share(text)
    return share is not None and share < _LEAST_VALID


def _covered(page: PdfPage) -> float:
    """The share of the page under its pictures; scanners often cut one page into strips."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = picture.get_bounds()
        # The place of a picture inside a form is told in the form's own measure: in doubt it covers the page.
        covered += 1.0 if picture.level else (right - left) * (top - bottom) / max(width * height, 1.0)
    return covered


def _drawn(document: PdfDocument, number: int, name: str) -> Image:
    """The page at 300 dpi; one that is far from the size of paper as if it were A4."""
    from pypdfium2 import PdfiumError

    with PDFIUM:
        try:
            page = document[number - 1]
            try:
                longest = max(*page.get_size(), 1.0)
                scale = _DOTS if 500 <= longest <= 1000 else LONG_SIDE / longest
                picture: Image = page.render(scale=scale, rev_byteorder=True).to_pil()
            finally:
                page.close()
        except PdfiumError as err:
            raise _read_error(err, name) from err
    return picture


def _better(text: Lines, scanned: ScannedPage | None) -> Lines:
    """What was read from the picture, unless the letters of the file say more. Letters that are no Vietnamese are kept
    only where the picture holds none either: a page in another language.
    """
    share = valid_share(" ".join(text))
    if scanned is None:
        return () if share is not None else text
    if share is not None and share < _LEAST_VALID:
        return text if scanned.trust < _LEAST_VALID else scanned.lines
    letters = sum(map(str.isalpha, " ".join(text)))
    return text if letters >= sum(map(str.isalpha, " ".join(scanned.lines))) else scanned.lines


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
