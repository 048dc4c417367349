"""A page picture made fit to be read: grey, of a known size, even in its light, level, without specks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Grey = NDArray[np.uint8]
"""``(height, width)``, 0 black."""
Ink = NDArray[np.bool_]

LONG_SIDE = 3508
"""Pixels of an A4 page at 300 dpi, to which every page is brought."""
_SHRINK = 0.5
"""Vietnamese print is read best at about 150 dpi, with thin strokes made a little bolder before."""
_LEAST_TILT, _MOST_TILT = 0.7, 10.0
_SMALL = 4
_FEW_INK = 200
"""Dark pixels below which a page is blank."""
_THIN = 4.6
"""Pixels at 300 dpi: strokes at most so wide lose their accents when they are made smaller."""
_DARKEST = 40
_PALE, _PAPER = 215.0, 235.0
"""Of 255: nothing darker than the one is ink, all that is lighter than the other is paper."""
_BLACK, _WHITE = 60, 245
_STRIP = 256
_SPECKLED = 0.004
"""Share of all dark pixels that stand alone, above which they are taken away."""


def sized(picture: Image) -> Image:
    """Grey or RGB, its longer side `LONG_SIDE`; what is much smaller is enlarged at most three times."""
    from PIL.Image import Resampling

    plain = picture.convert("L" if picture.mode == "L" else "RGB")
    scale = min(LONG_SIDE / max(plain.size), 3.0)
    if 0.9 < scale < 1.1:
        return plain
    return plain.resize(
        (max(1, round(plain.width * scale)), max(1, round(plain.height * scale))), Resampling.LANCZOS, reducing_gap=3
    )


def prepared(picture: Image) -> bytes | None:
    """The page as it is handed to the recognition, a PGM at half of its size; None where it is blank."""
    from PIL import Image, ImageFilter

    grey = _even(np.asarray(picture))
    ink = grey < _threshold(grey)
    if int(ink.sum()) < _FEW_INK:
        return None
    degrees = tilt(ink)
    level = Image.fromarray(grey)
    if _LEAST_TILT <= abs(degrees) <= _MOST_TILT:
        level = level.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        ink = np.asarray(level) < _threshold(np.asarray(level))
    level = _without_specks(level, ink)
    if stroke_width(ink) <= _THIN:
        level = level.filter(ImageFilter.MinFilter(3))
    small = level.resize((round(level.width * _SHRINK), round(level.height * _SHRINK)), Image.Resampling.BICUBIC)
    return b"P5 %d %d 255\n" % small.size + small.tobytes()


def tilt(ink: Ink, *, every: int = _SMALL) -> float:
    """Degrees, counter-clockwise, by which the page must be turned to make its lines level.

    The angle whose row sums are most uneven (Postl's criterion), tried coarsely and then finely, on each
    ``every``-th pixel.
    """
    rows, columns = np.nonzero(ink[::every, ::every])
    if not len(rows):
        return 0.0
    if len(rows) > 60_000:
        chosen = np.linspace(0, len(rows) - 1, 60_000).astype(np.intp)
        rows, columns = rows[chosen], columns[chosen]

    def unevenness(degrees: float) -> float:
        slope = np.tan(np.radians(degrees))
        heights = (rows + columns * -slope).round().astype(np.int64)
        counts = np.bincount(heights - heights.min()).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    best = max(np.arange(-_MOST_TILT, _MOST_TILT + 0.1, 0.5), key=unevenness)
    return float(max(np.arange(best - 0.5, best + 0.51, 0.1), key=unevenness))


def stroke_width(ink: Ink) -> float:
    """Pixels: the usual length of a horizontal run of ink."""
    sample = ink[:: _SMALL * 2]
    edges = np.diff(np.pad(sample, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    lengths = np.nonzero(edges == -1)[1] - np.nonzero(edges == 1)[1]
    return float(np.median(lengths)) if len(lengths) else 0.0


def _even(grey: Grey) -> Grey:
    """Shadows and yellow paper taken out, faint ink made dark."""
    from PIL import Image, ImageFilter

    picture = Image.fromarray(grey)
    small = picture.resize((max(1, picture.width // 16), max(1, picture.height // 16)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    light = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR))
    sample = grey[::_SMALL, ::_SMALL] * _brightening(light[::_SMALL, ::_SMALL])
    # The darkest are ink even on an almost empty page; where they are not dark there is none.
    dark = float(np.partition(sample, _DARKEST, axis=None)[_DARKEST]) if sample.size > _DARKEST else 0.0
    if dark > _PALE:
        return np.full_like(grey, 255)
    if dark < _BLACK and int(light.min()) > _WHITE:  # drawn by a program: nothing to mend
        return grey
    even = np.empty_like(grey)
    for top in range(0, len(grey), _STRIP):  # a strip at a time: a page in floating point is 35 MB
        part = slice(top, top + _STRIP)
        lit = grey[part] * _brightening(light[part])
        even[part] = np.clip((lit - dark) * (255.0 / (_PAPER - dark)), 0, 255)
    return even


def _brightening(light: Grey) -> NDArray[np.float32]:
    return np.float32(250.0) / np.maximum(light, 40).astype(np.float32)


def _threshold(grey: Grey) -> int:
    """Otsu's: parts dark from light so that the two differ most."""
    counts = np.bincount(grey[::2, ::2].ravel(), minlength=256).astype(np.float64)
    weight = counts.cumsum()
    mean = (counts * np.arange(256)).cumsum()
    other = weight[-1] - weight
    with np.errstate(divide="ignore", invalid="ignore"):
        between = weight * other * (mean / weight - (mean[-1] - mean) / other) ** 2
    return int(np.nan_to_num(between).argmax()) + 1


def _without_specks(picture: Image, ink: Ink) -> Image:
    from PIL import Image

    padded = np.pad(ink, 1).astype(np.uint8)
    height, width = ink.shape
    around = sum(
        padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    )
    alone = ink & (np.asarray(around) <= 2)
    if alone.sum() < _SPECKLED * ink.sum():
        return picture
    grey = np.array(picture)
    grey[alone] = 255
    return Image.fromarray(grey)
