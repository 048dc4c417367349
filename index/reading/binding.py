"""Photographs of pages -> one PDF of pictures, a page each, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DamagedFile

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 60_000_000
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
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path, formats=("JPEG", "PNG")) as photo:
            if photo.width * photo.height > _MOST_PIXELS:
                raise DamagedFile(path=path.name, detail="too many pixels")
            photo.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            file = BytesIO()
            resolution = max(upright.size) / _INCHES  # the page is of A4 height, whatever the camera
            _on_white(upright).save(file, "PDF", resolution=resolution, quality=_QUALITY)
            return file.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as err:
        raise DamagedFile(path=path.name, detail=type(err).__name__) from err


def _on_white(picture: Image) -> Image:
    """What is transparent is paper."""
    from PIL import Image

    if "A" not in picture.getbands():
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
