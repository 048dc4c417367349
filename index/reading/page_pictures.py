"""One page of a paper as a picture, for people who compare it with what was read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DamagedFile, PasswordProtected, UnknownSuffix
from index.reading.readers.pdf import PDFIUM
from index.reading.readers.pictures import open_upright

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURED = (".pdf", ".jpg", ".jpeg", ".png")
"""The formats whose pages have a picture."""

_TALLEST = 4
"""A page is drawn at most so many times as high as it is wide."""
_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def page_picture(path: Path, page: int, *, width: int) -> bytes | None:
    """Page ``page`` (from 1) as a PNG at most ``width`` pixels wide; None where there is no such page.

    Raises UnknownSuffix for a format without pictures, DamagedFile, PasswordProtected. Whether the paper may be shown
    is the caller's business.
    """
    suffix = path.suffix.lower()
    if suffix not in PICTURED:
        raise UnknownSuffix(path=path.name, suffix=suffix, known=", ".join(PICTURED))
    return _pdf_page(path, page, width) if suffix == ".pdf" else _photo(path, page, width)


def _pdf_page(path: Path, page: int, width: int) -> bytes | None:
    from pypdfium2 import PdfDocument, PdfiumError

    with PDFIUM:
        try:
            with PdfDocument(path) as document:
                if not 1 <= page <= len(document):
                    return None
                drawn = document[page - 1]
                try:
                    across, down = drawn.get_size()
                    scale = min(width / max(across, 1), width * _TALLEST / max(down, 1))
                    return _png(drawn.render(scale=scale).to_pil())
                finally:
                    drawn.close()
        except PdfiumError as err:
            if err.err_code in _PASSWORD_ERRORS:
                raise PasswordProtected(path=path.name) from err
            raise DamagedFile(path=path.name, detail=err) from err
        except OSError as err:
            raise DamagedFile(path=path.name, detail=err.strerror or err) from err


def _photo(path: Path, page: int, width: int) -> bytes | None:
    if page != 1:
        return None
    picture = open_upright(path, path.name, longest=width * _TALLEST)
    picture.thumbnail((width, width * _TALLEST))
    return _png(picture.convert("RGB"))


def _png(picture: Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
