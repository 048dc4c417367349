"""Pages drawn as pictures, as a scanner or a telephone gives them: tilted, blurred, faint, on their side."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from tests.programs import FONT

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 1654, 2339
"""An A4 page at 200 dpi."""
LEFT, TOP, RIGHT, STEP = 200, 150, 1454, 60

Line = str | tuple[str, str]
"""A line of the text, or the left and the right column of one; ``>`` before it sets it in the middle."""


def page_of(lines: Sequence[Line], *, size: int = 36, step: int = STEP) -> Image:
    """A grey page with these lines, one below the other; an empty line is half a line of space."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (WIDTH, HEIGHT), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), size)
    height = TOP
    for line in lines:
        if isinstance(line, tuple):
            for text, middle in zip(line, (LEFT + 280, RIGHT - 330), strict=True):
                pen.text((middle, height), text, 0, font, anchor="mt")
        elif line.startswith(">"):
            pen.text((WIDTH // 2, height), line[1:], 0, font, anchor="mt")
        else:
            pen.text((LEFT, height), line, 0, font)
        height += step if line else step // 2
    return page


def spoilt(page: Image, *, tilt: float = 0, blur: float = 0, ink: int = 0, noise: float = 0, turn: int = 0) -> Image:
    """``tilt``, ``turn``: degrees counter-clockwise. ``ink``: grey of the letters, 0 black. ``noise``: its spread."""
    from PIL import Image, ImageFilter

    if tilt:
        page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    if blur:
        page = page.filter(ImageFilter.GaussianBlur(blur))
    grey = np.asarray(page, dtype=np.float32) * ((250 - ink) / 255) + ink
    if noise:
        grey = grey + np.random.default_rng(7).normal(0, noise, grey.shape)
    page = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return page.rotate(turn, expand=True) if turn else page


def stamped(page: Image, text: str, *, at: tuple[int, int], tilt: float = 0, size: int = 44) -> Image:
    """The page with a stamp: a frame with these words, in the grey that red ink gives."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(FONT), size)
    left, top, right, bottom = font.getbbox(text)
    stamp = Image.new("L", (int(right - left) + 60, int(bottom - top) + 50), 255)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((4, 4, stamp.width - 5, stamp.height - 5), outline=70, width=5)
    pen.text((30 - left, 25 - top), text, 70, font)
    stamp = stamp.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    whole = page.copy()
    whole.paste(stamp, at, stamp.point(lambda value: 255 - value))
    return whole


def jpeg(page: Image, *, quality: int = 70) -> bytes:
    return _saved(page, "JPEG", quality=quality)


def png(page: Image) -> bytes:
    return _saved(page, "PNG")


def pdf_of_pictures(pages: Sequence[Image]) -> bytes:
    """One picture a page, 200 dots to the inch."""
    file = BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return file.getvalue()


def _saved(page: Image, form: str, **options: int) -> bytes:
    file = BytesIO()
    page.save(file, form, **options)
    return file.getvalue()
