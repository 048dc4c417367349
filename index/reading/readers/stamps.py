"""Stamps that recognition passes over: words in a frame, often a little tilted, beside the lines of the page.

What of the ink no word accounts for is looked at by itself, without the frame around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.language.text import fold, printed, syllables
from index.reading.readers.coloured import groups_of
from index.reading.readers.ocr import PageWords, Unreadable, Word, read_line
from index.reading.readers.preparing import Grey, Ink, tilt

if TYPE_CHECKING:
    from PIL.Image import Image

_CELL, _INK_CELL = 12, 20
"""Pixels at 150 dpi: ink nearer than this belongs together; in an ink of its own, even what is farther apart."""
_LEAST, _MOST = (40, 22), (620, 260)
"""Width and height of a stamp at 150 dpi: 7 by 4 mm to 10 by 4 cm."""
_EXPLAINED = 60
"""A word that was read less surely may be a stamp over a line."""
_SEAL = 150
"""Pixels: what is as high, and no wider, is a round seal."""
_DARK, _INKED = 140, 200
_SURROUND = 6
_MOST_PLACES = 6
_WORDS = (
    "mat", "toi mat", "tuyet mat", "khan", "thuong khan", "hoa toc", "du thao", "luu hanh noi bo", "khong pho bien",
    "xem xong tra lai", "xong hoi nghi tra lai", "tai lieu hoi nghi", "thu hoi", "tai lieu thu hoi", "ban so",
)  # fmt: skip
_LIKENESS, _SURELY, _ALONE = 0.65, 0.7, 0.85
"""Of what was read to the words of a stamp; of a degree; of other words where they are taken off the page."""
_LETTERS = re.compile(r"[^\W_]+")


class _Place(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def read_stamps(picture: bytes, read: PageWords, tesseract: Path) -> tuple[Word, ...]:
    """The words of stamps that are not among those read; ``picture``: the PGM that they were read from."""
    grey = np.frombuffer(picture, dtype=np.uint8, offset=len(picture) - read.width * read.height)
    grey = grey.reshape(read.height, read.width)
    return _stamps(grey, islice(_places(_unexplained(grey < _DARK, read)), _MOST_PLACES), tesseract)


def read_ink(ink: Grey, tesseract: Path) -> tuple[Word, ...]:
    """The words of the stamps in one ink of a page, see `split`."""
    # What stands in one line is one thing: a word of a coloured title is no stamp.
    places = _places(ink < _INKED, cell=_INK_CELL, sideways=1)
    return _stamps(ink, islice(places, _MOST_PLACES), tesseract, alone=True)


def _stamps(grey: Grey, places: Iterable[_Place], tesseract: Path, *, alone: bool = False) -> tuple[Word, ...]:
    """``alone``: nothing but stamps is in this ink; what is read is then put right, and no quote shows it."""
    found: list[Word] = []
    for place in places:
        part = grey[place.top : place.bottom, place.left : place.right]
        text, confidence = _read_alone(part, tesseract) if alone else _read(part, tesseract)
        if text:
            line = (-1 - len(found), 0, 0)
            box = {"left": place.left, "top": place.top, "right": place.right, "bottom": place.bottom}
            found.append(Word(text=text, confidence=confidence, line=line, **box))
    return tuple(found)


def _is_stamp(text: str, *, likeness: float = _LIKENESS) -> bool:
    folded = " ".join(fold(word) for word in syllables(text))
    return any(SequenceMatcher(None, folded, words).ratio() >= likeness for words in _WORDS)


def _unexplained(ink: Ink, read: PageWords) -> Ink:
    """The ink in which no sure word stands."""
    left_over = ink.copy()
    for word in read.words:
        if word.confidence >= _EXPLAINED:
            left_over[max(0, word.top - 3) : word.bottom + 3, max(0, word.left - 3) : word.right + 3] = False
    return left_over


def _places(ink: Ink, *, cell: int = _CELL, sideways: int = 0) -> Iterator[_Place]:
    """The boxes of ink of the size of a stamp, from the top of the page."""
    for place in map(_Place._make, groups_of(ink, cell=cell, sideways=sideways)):
        wide, high = place.right - place.left, place.bottom - place.top
        is_round = high >= _SEAL and wide < high * 1.25
        if _LEAST[0] <= wide <= _MOST[0] and _LEAST[1] <= high <= _MOST[1] and wide > high * 0.9 and not is_round:
            yield place


def _read(grey: Grey, tesseract: Path) -> tuple[str, float]:
    """What stands in the frame, level."""
    level = _level(grey)
    for each in (_without_frame(level), level):
        try:
            words = read_line(b"P5 %d %d 255\n" % each.size + each.tobytes(), tesseract)
        except Unreadable:
            continue
        text = printed(" ".join(word.text for word in words))
        if _is_stamp(text):
            return text, min(word.confidence for word in words)
    return "", 0.0


def _read_alone(grey: Grey, tesseract: Path) -> tuple[str, float]:
    """What the ink says, without its frame and with it, its gaps left open and closed."""
    level = _level(grey)
    best = ("", 0.0)
    for look in (look for each in (_without_frame(level), level) for look in _looks(each)):
        try:
            words = read_line(b"P5 %d %d 255\n" % look.size + look.tobytes(), tesseract)
        except Unreadable:
            continue
        for _, row in groupby(words, key=lambda word: word.line):
            line = list(row)
            text = printed(" ".join(word.text for word in line))
            if mark := _degree_of(text):
                return mark, min(word.confidence for word in line)
            if _is_stamp(text, likeness=_ALONE) and not best[0]:
                best = text, min(word.confidence for word in line)
    return best


def _looks(ink: Image) -> Iterator[Image]:
    """Pictures that hold the ink several times, one below the other: as it is or with its gaps closed, bolder, larger;
    each is read in one run.
    """
    from PIL import Image, ImageFilter

    closed = ink.filter(ImageFilter.MinFilter(5)).filter(ImageFilter.MaxFilter(5))
    for each in (ink, closed):
        larger = each.resize((each.width * 2, each.height * 2), Image.Resampling.BICUBIC)
        whole = Image.new("L", (larger.width, 2 * each.height + larger.height), 255)
        for place, part in enumerate((each, each.filter(ImageFilter.MinFilter(3)), larger)):
            whole.paste(part, (0, place * each.height))
        yield whole


def _degree_of(text: str) -> str:
    """The mark of which recognition made this; "" where it is none for certain."""
    folded = " ".join(fold(word) for word in _LETTERS.findall(text))
    for mark, words in (("TỐI MẬT", "toi mat"), ("TUYỆT MẬT", "tuyet mat")):
        first, _, _ = folded.partition(" ")
        is_like = SequenceMatcher(None, folded, words).ratio() >= _SURELY
        if is_like and SequenceMatcher(None, first, words.split()[0]).ratio() >= _LIKENESS:
            return mark
    return "MẬT" if folded in ("mat", "i mat", "mat i", "i mat i", "l mat", "mat l") else ""


def _level(grey: Grey) -> Image:
    from PIL import Image

    padded = np.pad(grey, _SURROUND, constant_values=255)
    return Image.fromarray(padded).rotate(
        tilt(padded < _DARK, every=1), Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )


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


def _is_frame(ink: Ink, shape: tuple[int, ...]) -> bool:
    """A row near the upper or lower edge is mostly ink."""
    rows = np.nonzero(ink.any(axis=1))[0]
    columns = np.nonzero(ink.any(axis=0))[0]
    across = columns[-1] - columns[0] + 1
    shares = ink.sum(axis=1) / across
    edge = max(8, (rows[-1] - rows[0]) // 4)
    return bool(max(shares[rows[0] : rows[0] + edge].max(), shares[rows[-1] - edge + 1 : rows[-1] + 1].max()) > 0.5)
