"""Stamps that recognition passes over: words in a frame, often a little tilted, beside the lines of the page.

What of the ink no word accounts for is looked at by itself, without the frame around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.text import fold, printed, syllables
from index.reading.readers.ocr import PageWords, Unreadable, Word, read_line
from index.reading.readers.preparing import tilt

if TYPE_CHECKING:
    from PIL.Image import Image

_CELL = 12
"""Pixels of the prepared picture: ink nearer than this belongs together."""
_LEAST, _MOST = (40, 22), (620, 260)
"""Width and height of a stamp at 150 dpi: 7 by 4 mm to 10 by 4 cm."""
_EXPLAINED = 60
"""A word that was read less surely may be a stamp over a line."""
_DARK = 140
_SURROUND = 6
_MOST_PLACES = 6
_WORDS = (
    "mat", "toi mat", "tuyet mat", "khan", "thuong khan", "hoa toc", "du thao", "luu hanh noi bo", "khong pho bien",
    "xem xong tra lai", "xong hoi nghi tra lai", "tai lieu hoi nghi", "thu hoi", "tai lieu thu hoi", "ban so",
)  # fmt: skip
_LIKENESS = 0.65


class _Place(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def read_stamps(picture: bytes, read: PageWords, tesseract: Path) -> tuple[Word, ...]:
    """The words of stamps that are not among those read; ``picture``: the PGM that they were read from."""
    grey = np.frombuffer(picture, dtype=np.uint8, offset=len(picture) - read.width * read.height)
    grey = grey.reshape(read.height, read.width)
    found: list[Word] = []
    for count, place in enumerate(_places(grey < _DARK, read)):
        if count == _MOST_PLACES:
            break
        text, confidence = _read(grey[place.top : place.bottom, place.left : place.right], tesseract)
        if _is_stamp(text):
            line = (-1 - len(found), 0, 0)
            box = {"left": place.left, "top": place.top, "right": place.right, "bottom": place.bottom}
            found.append(Word(text=text, confidence=confidence, line=line, **box))
    return tuple(found)


def _is_stamp(text: str) -> bool:
    folded = " ".join(fold(word) for word in syllables(text))
    return any(SequenceMatcher(None, folded, words).ratio() >= _LIKENESS for words in _WORDS)


def _places(ink: NDArray[np.bool_], read: PageWords) -> Iterator[_Place]:
    """The boxes of ink in which no sure word stands, of the size of a stamp, from the top of the page."""
    left_over = ink.copy()
    for word in read.words:
        if word.confidence >= _EXPLAINED:
            left_over[max(0, word.top - 3) : word.bottom + 3, max(0, word.left - 3) : word.right + 3] = False
    height, width = (side // _CELL * _CELL for side in ink.shape)
    grid = left_over[:height, :width].reshape(height // _CELL, _CELL, width // _CELL, _CELL)
    cells = np.asarray(grid.any(axis=(1, 3)))
    for top, left, bottom, right in sorted(_groups(cells)):
        wide, high = (right - left + 1) * _CELL, (bottom - top + 1) * _CELL
        if _LEAST[0] <= wide <= _MOST[0] and _LEAST[1] <= high <= _MOST[1] and wide > high * 0.9:
            yield _Place(left * _CELL, top * _CELL, (right + 1) * _CELL, (bottom + 1) * _CELL)


def _groups(cells: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
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


def _read(grey: NDArray[np.uint8], tesseract: Path) -> tuple[str, float]:
    """What stands in the frame, level."""
    from PIL import Image

    padded = np.pad(grey, _SURROUND, constant_values=255)
    level = Image.fromarray(padded).rotate(
        tilt(padded < _DARK, every=1), Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    inner = _without_frame(level)
    for each in (inner, level):
        try:
            words = read_line(b"P5 %d %d 255\n" % each.size + each.tobytes(), tesseract)
        except Unreadable:
            continue
        text = printed(" ".join(word.text for word in words))
        if _is_stamp(text):
            return text, min(word.confidence for word in words)
    return "", 0.0


def _without_frame(picture: Image) -> Image:
    """Each line of ink that reaches an edge of what is dark is taken out whole."""
    from PIL import Image, ImageDraw

    inked = picture.point(lambda value: 0 if value < 170 else 255)
    for _ in range(2):  # a frame may be double
        ink = np.asarray(inked) == 0
        rows, columns = np.nonzero(ink)
        if not len(rows):
            break
        for position in {int(rows.argmin()), int(rows.argmax()), int(columns.argmin()), int(columns.argmax())}:
            place = (int(columns[position]), int(rows[position]))
            if inked.getpixel(place) == 0 and _is_frame(np.asarray(inked) == 0, ink.shape):
                ImageDraw.floodfill(inked, place, 255)
    kept = np.where(np.asarray(inked) == 0, np.asarray(picture), 255).astype(np.uint8)
    return Image.fromarray(np.pad(kept, 10, constant_values=255))


def _is_frame(ink: NDArray[np.bool_], shape: tuple[int, ...]) -> bool:
    """A row near the upper or lower edge is mostly ink."""
    rows = np.nonzero(ink.any(axis=1))[0]
    columns = np.nonzero(ink.any(axis=0))[0]
    across = columns[-1] - columns[0] + 1
    shares = ink.sum(axis=1) / across
    edge = max(8, (rows[-1] - rows[0]) // 4)
    return bool(max(shares[rows[0] : rows[0] + edge].max(), shares[rows[-1] - edge + 1 : rows[-1] + 1].max()) > 0.5)
