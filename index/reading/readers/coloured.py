"""Inks on a page beside its print: red, blue, and on a photocopy a grey that is paler than the print.

Each is split off into a picture of its own, so that a stamp is read by itself, whatever it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.reading.readers.preparing import Grey, Ink, sized

if TYPE_CHECKING:
    from PIL.Image import Image

_HALF = 2
"""Ink is looked for at half of the size: print has coloured edges where a scanner's colours do not quite meet."""
_ROUGH, _TINGED = 6, 30
"""A page whose colours, so many pixels made one, differ no more than this from grey has none."""
_COLOURED = 55
"""Of 255, on white paper: how much lighter the ink's own colour is than the others."""
_FEWEST = 400
"""Pixels of one colour; a page with less bears no stamp."""
_MOST = 0.15
"""Share of the page above which its colours are no ink but a print or a bad light."""
_PALER = 140
"""Ink under which nothing is printed is lighter than this in its own colour."""
_STRONG = 2.2


_PALE_STEP, _PALEST = 35, 190
"""Grey ink is so much paler than the print, and darker than this."""
_MOST_PALE = 0.3
"""Share of all that is dark, above which grey is what the page is printed in."""


_INKED = 200
_SEAL, _SEAL_CELL = (150, 320), 12
"""Pixels at 150 dpi: a round seal is 25 to 54 mm wide."""


class Box(Protocol):
    """Pixels at half of the page's size."""

    @property
    def left(self) -> int: ...

    @property
    def top(self) -> int: ...

    @property
    def right(self) -> int: ...

    @property
    def bottom(self) -> int: ...


class SplitPage(NamedTuple):
    """``grey``: the page with all of its inks. ``inks``: each alone, at half of its size, 255 where there is none.
    ``bare``: the page without the coloured ones; None where it has none.
    """

    grey: Image
    inks: tuple[Grey, ...] = ()
    bare: Image | None = None


def split(picture: Image) -> SplitPage:
    """The page brought to its size, and its inks, if it has some."""
    whole = sized(picture if _is_coloured(picture) else picture.convert("L"))
    found = SplitPage(whole) if whole.mode == "L" else _split_colours(whole, whole.convert("L"))
    pale = _pale(np.asarray((found.bare or found.grey).reduce(_HALF)))
    return found if pale is None else found._replace(inks=(*found.inks, pale))


def _is_coloured(picture: Image) -> bool:
    if picture.mode in ("1", "L"):
        return False
    small = np.asarray(picture.convert("RGB").reduce(_ROUGH)).astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2)).max() > _TINGED)


def _pale(grey: Grey) -> Grey | None:
    """The strokes that are paler than the print, not the edges of darker ones."""
    from PIL import Image, ImageFilter

    darkest = int(np.percentile(grey[::4, ::4], 0.5))
    between = (grey > darkest + _PALE_STEP) & (grey < _PALEST)
    strokes = Image.fromarray(between.astype(np.uint8) * 255).filter(ImageFilter.MinFilter(3))
    kept = (np.asarray(strokes.filter(ImageFilter.MaxFilter(5))) > 0) & (grey > darkest + _PALE_STEP - 10)
    count = int((kept & between).sum())
    if not _FEWEST // 4 <= count <= _MOST_PALE * int((grey < _PALEST).sum()):
        return None
    return np.where(kept, grey, 255).astype(np.uint8)


def _split_colours(whole: Image, grey: Image) -> SplitPage:
    half = whole.reduce(_HALF)
    even = _on_white(half)
    masks = [mask for mask in _masks(even) if int(mask.sum()) >= _FEWEST]
    if not masks or sum(int(mask.sum()) for mask in masks) > _MOST * even[..., 0].size:
        return SplitPage(grey)
    chroma = (even.max(axis=2) - even.min(axis=2)).astype(np.float32)
    strength = 255 - np.minimum(chroma * _STRONG, 255).astype(np.uint8)
    inks = tuple(np.where(_wider(mask, 3), strength, 255).astype(np.uint8) for mask in masks)
    return SplitPage(grey, inks, _without(whole, grey, np.logical_or.reduce(masks)))


def _on_white(picture: Image) -> NDArray[np.uint8]:
    """``(height, width, 3)``: each colour as it were on white paper in white light."""
    from PIL import Image, ImageFilter

    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    light = np.maximum(np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR)), 60).astype(np.uint16)
    even: NDArray[np.uint8] = np.minimum(np.asarray(picture).astype(np.uint16) * 250 // light, 255).astype(np.uint8)
    return even


def _masks(even: NDArray[np.uint8]) -> tuple[Ink, Ink]:
    """Where red ink is, and blue."""
    red, green, blue = (even[..., channel].astype(np.int16) for channel in range(3))
    reddish = np.minimum(red - green, red - blue) > _COLOURED
    bluish = (blue - red > _COLOURED) & (blue - green > _COLOURED // 2)
    return reddish, bluish


def _wider(mask: Ink, pixels: int) -> Ink:
    from PIL import Image, ImageFilter

    wide = Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(pixels))
    return np.asarray(wide) > 0


def _without(whole: Image, grey: Image, ink: Ink) -> Image:
    """Ink alone is paper; print under it stays."""
    from PIL import Image

    mask = Image.fromarray(_wider(ink, 5)).resize(whole.size, Image.Resampling.NEAREST)
    lightest = np.asarray(whole).max(axis=2)
    bare = np.where(np.asarray(mask) & (lightest > _PALER), 255, np.asarray(grey))
    return Image.fromarray(bare.astype(np.uint8))


def without_stamps(page: SplitPage, stamps: Sequence[Box]) -> Image:
    """The page to be read: round seals and these stamps taken off, coloured print left as it is."""
    if page.bare is None:
        return page.grey
    picture = page.grey.copy()
    places = [(box.left, box.top, box.right, box.bottom) for box in stamps]
    for ink in page.inks:
        places += [place for place in groups_of(ink < _INKED, cell=_SEAL_CELL) if _is_seal(*place)]
    for left, top, right, bottom in places:
        corner = (_HALF * left, _HALF * top)
        picture.paste(page.bare.crop((*corner, _HALF * right, _HALF * bottom)), corner)
    return picture


def _is_seal(left: int, top: int, right: int, bottom: int) -> bool:
    wide, high = right - left, bottom - top
    return min(wide, high) >= _SEAL[0] and max(wide, high) <= _SEAL[1] and 0.8 < wide / high < 1.25


def groups_of(ink: Ink, *, cell: int, sideways: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each group of ink, from the top of the page.

    Ink belongs together where the squares of ``cell`` pixels that hold it touch, or have ``2 * sideways`` others
    between them in a row.
    """
    height, width = (side // cell * cell for side in ink.shape)
    cells = np.asarray(ink[:height, :width].reshape(height // cell, cell, width // cell, cell).any(axis=(1, 3)))
    for _ in range(sideways):
        cells = cells | np.pad(cells, ((0, 0), (1, 0)))[:, :-1] | np.pad(cells, ((0, 0), (0, 1)))[:, 1:]
    for top, left, bottom, right in sorted(_touching(cells)):
        yield (left + sideways) * cell, top * cell, (right + 1 - sideways) * cell, (bottom + 1) * cell


def _touching(cells: Ink) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, bottom, right of each group of cells that touch."""
    open_cells = set(zip(*map(np.ndarray.tolist, np.nonzero(cells)), strict=True))
    while open_cells:
        group = [open_cells.pop()]
        for row, column in group:
            near = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & open_cells
            open_cells -= near
            group.extend(near)
        rows, columns = zip(*group, strict=True)
        yield min(rows), min(columns), max(rows), max(columns)
