"""Photographs and scans of one page (JPEG, PNG) -> a page of lines."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DamagedFile, MislabelledFile, NoTextLayer
from index.reading.readers.preparing import LONG_SIDE
from index.reading.readers.scans import read_scans
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from PIL.Image import Image

_GREY = ("1", "L", "LA", "I", "I;16", "F")
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
    picture = open_upright(BytesIO(data), name, formats=(_FORMATS[suffix],), longest=LONG_SIDE)
    page = read_scans([(1, lambda: picture)], 1, tools).get(1)
    if page is None:
        raise NoTextLayer(path=name)
    scans = (page.scan,) if page.scan else ()
    return Pages(pages=(page.lines,), physical=True, wrapped=True, scans=scans, furniture=page.stamps)


def open_upright(
    source: BytesIO | Path, name: str, *, formats: tuple[str, ...] = ("JPEG", "PNG"), longest: int
) -> Image:
    """The picture as its camera held it, in grey or colour, on white where it was see-through; decoded no larger than
    its use needs, which is ``longest`` pixels a side. Raises DamagedFile.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(source, formats=formats) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise DamagedFile(path=name, detail=f"more than {_MOST_PIXELS // 10**6} million pixels")
            picture.draft(None, (longest, longest))
            upright = ImageOps.exif_transpose(_smaller(picture, longest))
            if upright.has_transparency_data:
                seen = upright.convert("RGBA")
                upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
            return upright.convert("L" if upright.mode in _GREY else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise DamagedFile(path=name, detail="too many pixels") from err
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, ZeroDivisionError) as err:
        # What Pillow raises on broken files is no one kind.
        raise DamagedFile(path=name, detail=type(err).__name__) from err


def _smaller(picture: Image, longest: int) -> Image:
    """By a whole number, while it is larger than needed by so much: a large PNG would fill the memory in each step."""
    times = max(picture.size) // longest
    if times < 2 or picture.mode not in ("L", "LA", "RGB", "RGBA"):
        return picture
    return picture.reduce(times)
