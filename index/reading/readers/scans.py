"""Pictures of pages -> lines of text, several pages at once, each page kept so that it is read only once."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from index.reading.readers.coloured import SplitPage, split, without_stamps
from index.reading.readers.ocr import PageWords, Unreadable, Word, read_words, recipe, turn_of
from index.reading.readers.preparing import prepared
from index.reading.readers.reading_order import lines_of
from index.reading.readers.stamps import read_ink, read_stamps
from index.reading.tools import PageCache, Tools
from index.types import Scan

if TYPE_CHECKING:
    from PIL.Image import Image

_AT_ONCE = 4
"""Pages in work at most: each takes some 60 MB."""
_GOOD, _HOPEFUL = 0.6, 0.75
"""Trust below which a page may stand on its side or head; trust that ends the search."""
_WEAK_WORD = 60
_APART = -1000
"""The block of words that stand in an ink of their own."""
_BLANK = PageWords(words=(), width=1, height=1)


@dataclass(frozen=True)
class ScannedPage:
    """``scan``: None where the picture holds no words. ``trust``: 0-1, see `PageWords`. ``stamps``: what the stamps in
    inks of their own say; no part of the text.
    """

    lines: tuple[str, ...]
    scan: Scan | None
    trust: float
    stamps: tuple[str, ...] = ()


Drawn = tuple[int, Callable[[], "Image"]]
"""A page's number from 1, and what draws it; called in the order of the pages, one at a time."""


def read_scans(drawn: Iterable[Drawn], total: int, tools: Tools) -> dict[int, ScannedPage]:
    """The pages that could be read, by number; ``total``: of all of them, for `Tools.watch`.

    Memory holds few pictures at a time, however many there are.
    """
    found: dict[int, ScannedPage] = {}
    tesseract = tools.tesseract
    if tesseract is None:
        return found
    workers = max(1, min(_AT_ONCE, os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count() or 1))
    waiting: deque[tuple[int, str, Future[PageWords] | PageWords]] = deque()
    done = 0

    def finish() -> None:
        nonlocal done
        page, key, reading = waiting.popleft()
        words = _outcome(reading, key, tools.pages)
        if words is not None:
            found[page] = _scanned(page, words)
        done += 1
        tools.watch(done, total)

    with ThreadPoolExecutor(workers, thread_name_prefix="ocr") as pool:
        try:
            for page, draw in drawn:
                picture = split(draw())
                key = _key(picture, tools.version)
                kept = _kept(tools.pages, key)
                waiting.append((page, key, kept or pool.submit(_read_page, picture, tesseract, turns=tools.turns)))
                del picture
                while len(waiting) > workers:
                    finish()
            while waiting:
                finish()
        finally:
            for _, _, reading in waiting:
                if isinstance(reading, Future):
                    reading.cancel()
    return found


def _outcome(reading: Future[PageWords] | PageWords, key: str, cache: PageCache | None) -> PageWords | None:
    if isinstance(reading, PageWords):
        return reading
    try:
        words = reading.result()
    except Unreadable:
        return None
    if cache is not None:
        cache.put(key, words.model_dump_json().encode())
    return words


def _key(picture: SplitPage, version: str) -> str:
    digest = hashlib.sha256(f"{version}/{recipe()}/{picture.grey.size}/".encode())
    digest.update(picture.grey.tobytes())
    for ink in picture.inks:
        digest.update(ink.tobytes())
    return f"page/{digest.hexdigest()}"


def _kept(cache: PageCache | None, key: str) -> PageWords | None:
    body = cache.get(key) if cache is not None else None
    try:
        return PageWords.model_validate_json(body) if body else None
    except ValidationError:
        return None


def _read_page(page: SplitPage, tesseract: Path, *, turns: bool) -> PageWords:
    """The words of the page the right way up, those of stamps before them. Raises Unreadable."""
    inked = [word for ink in page.inks for word in read_ink(ink, tesseract)]
    # A coloured title is not a stamp: the inks are taken off for the stamps and seals that they are, no further.
    picture = without_stamps(page, inked)
    fit = prepared(picture)
    if fit is None:
        return _BLANK
    best, seen, turned = read_words(fit, tesseract), fit, 0
    if best.trust < _GOOD:
        best, seen, turned = _best_way_up(picture, fit, best, tesseract, turns=turns)
    if turned:
        inked = [word for ink in page.inks for word in read_ink(np.rot90(ink, -turned // 90), tesseract)]
    apart = [word.model_copy(update={"line": (_APART, 0, place)}) for place, word in enumerate(inked)]
    stamps = (*apart, *read_stamps(seen, best, tesseract))
    return best.model_copy(update={"words": (*stamps, *best.words)}) if stamps else best


def _best_way_up(
    picture: Image, fit: bytes, best: PageWords, tesseract: Path, *, turns: bool
) -> tuple[PageWords, bytes, int]:
    """The page turned so that it can be trusted most, and by how many degrees; ``fit``, ``best``: as it lies."""
    from PIL import Image

    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    seen, degrees = fit, 0
    told = turn_of(fit, tesseract) if turns else None
    for clockwise in [] if told == 0 and best.trust > _GOOD / 2 else [told] if told else list(ways):
        turned = prepared(picture.transpose(ways[clockwise]))
        if turned and (words := read_words(turned, tesseract)).trust > best.trust:
            best, seen, degrees = words, turned, clockwise
        if best.trust >= _HOPEFUL:
            break
    return best, seen, degrees


def _scanned(page: int, read: PageWords) -> ScannedPage:
    stamps = tuple(word.text for word in read.words if word.line[0] == _APART)
    read = read.model_copy(update={"words": tuple(word for word in read.words if word.line[0] != _APART)})
    lines = lines_of(read)
    words = [word for word in read.words if any(map(str.isalnum, word.text))]
    if not any(lines) or not words:
        return ScannedPage(lines=(), scan=None, trust=0.0, stamps=stamps)
    scan = Scan(page=page, confidence=_confidence(words), weak_words=tuple(_weak(words)))
    return ScannedPage(lines=lines, scan=scan, trust=read.trust, stamps=stamps)


def _confidence(words: list[Word]) -> float:
    """The mean of the words, weighted by their letters."""
    return round(sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words), 1)


def _weak(words: list[Word]) -> list[str]:
    return [word.text for word in words if word.confidence < _WEAK_WORD]
