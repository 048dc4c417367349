"""Photographs and scans of one page (JPEG, PNG) -> a page of lines."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from index.errors import DamagedFile, MislabelledFile, NoTextLayer
from index.reading.readers.preparing import LONG_SIDE
from index.reading.readers.scanned_labels import with_right_labels
from index.reading.readers.scans import read_scans
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 120_000_000
_SIGNS = {".jpg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
_FORMATS = {".jpg": "JPEG", ".png": "PNG"}


def read_jpeg(data: bytes, name: str, tools: Tools = NO_TOOLS) -> Pages:
    """One page. Raises `MislabelledFile`, `DamagedFile`, and `NoTextLayer` where it cannot be read here."""
    return _read(data, name, tools, suffix=".jpg")


def read_png(data: bytes, name: str, tools: Tools = NO_TOOLS) -> Pages:
    """As `read_jpeg`."""
    return _read(data, name, tools, suffix=".png")


def _read(data: bytes, name: str, tools: Tools, *, suffix: str) -> Pages:
    if not data.startswith(_SIGNS[suffix]):
        raise MislabelledFile(path=name, suffix=suffix)
    picture = _upright(data, name, _FORMATS[suffix])
    page = read_scans([(1, lambda: picture)], 1, tools).get(1)
    if page is None:
        raise NoTextLayer(path=name)
    lines = with_right_labels([page.lines], frozenset({1}))
    return Pages(pages=lines, physical=True, wrapped=True, scans=(page.scan,) if page.scan else ())


def _upright(data: bytes, name: str, form: str) -> Image:
    """The picture as its camera held it, grey, on white where it was see-through."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=(form,)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise DamagedFile(path=name, detail=f"more than {_MOST_PIXELS // 10**6} million pixels")
            picture.draft("L", (LONG_SIDE, LONG_SIDE))  # a JPEG is then decoded no larger than it is needed
            upright = ImageOps.exif_transpose(picture)
            if upright.has_transparency_data:
                seen = upright.convert("RGBA")
                upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
            return upright.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise DamagedFile(path=name, detail="too many pixels") from err
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, ZeroDivisionError) as err:
        # What Pillow raises on broken files is no one kind.
        raise DamagedFile(path=name, detail=type(err).__name__) from err
