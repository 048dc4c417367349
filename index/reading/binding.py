"""Photographs of pages -> one PDF of pictures, a page each, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from index.reading.readers.pictures import open_upright

_LONGEST_SIDE = 3508
"""Pixels: A4 at 300 dpi; more shows nothing that can be read better."""
_INCHES = 11.69
_QUALITY = 85


def bind_pictures(pictures: Sequence[Path]) -> bytes:
    """The pages upright as the camera says, none larger than needed. Raises DamagedFile naming the picture."""
    from pypdfium2 import PdfDocument

    with PdfDocument.new() as bound:
        for picture in pictures:
            with PdfDocument(_page(picture)) as page:
                bound.import_pages(page)
        file = BytesIO()
        bound.save(file)
        return file.getvalue()


def _page(path: Path) -> bytes:
    picture = open_upright(path, path.name, longest=_LONGEST_SIDE)
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    file = BytesIO()
    resolution = max(picture.size) / _INCHES  # the page is of A4 height, whatever the camera
    picture.save(file, "PDF", resolution=resolution, quality=_QUALITY)
    return file.getvalue()
