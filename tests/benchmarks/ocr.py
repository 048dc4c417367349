"""How well pictures of pages are read: `python tests/benchmarks/ocr.py [--scan] FILE_OR_FOLDER…` (PDF files with text).

Every page is printed to a picture of 300 dpi and read back; fields, tree and letters are compared with those of the
text. ``--scan``: the pictures are tilted, blurred, speckled and pressed into JPEG as a scanner does. Prints figures and
asserts nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

    from index import Reading, Tools

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("number", "date", "issuer", "title", "type", "signer")


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from index import find_tools

    tools = find_tools()
    print(tools.version or "tesseract is not installed")
    as_scan = "--scan" in sys.argv
    print(f"{'file':24} {'pages':>5} {'s/page':>6} {'conf.':>5} {'weak':>4}  {'fields':>6} {'items':>7} {'CER':>6}")
    for path in sorted(_files(sys.argv[1:])):
        _compare(path, tools, as_scan=as_scan)


def _files(arguments: Sequence[str]) -> Iterator[Path]:
    for path in (Path(argument) for argument in arguments if not argument.startswith("--")):
        yield from path.rglob("*.pdf") if path.is_dir() else [path]


def _compare(path: Path, tools: Tools, *, as_scan: bool) -> None:
    from index import read_directives

    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        pages = print_to_pictures(path, copy, as_scan=as_scan)
        text = read_directives(path, name=path.name)[0]
        started = perf_counter()
        scan = read_directives(copy, name=path.name, tools=tools)[0]
        seconds = (perf_counter() - started) / pages
    wrong = [name for name in FIELDS if getattr(text.directive, name) != getattr(scan.directive, name)]
    kept, total = items_kept(text, scan)
    rate = error_rate(text, scan)
    scans = scan.printed.scans
    confidence = sum(page.confidence for page in scans) / max(len(scans), 1)
    print(
        f"{path.name[:24]:24} {pages:5} {seconds:6.2f} {confidence:5.1f} {sum(page.weak for page in scans):4}"
        f"  {len(FIELDS) - len(wrong)}/{len(FIELDS):<4} {kept / max(total, 1):7.2%} {rate:6.2%}"
    )
    for name in wrong:
        print(f"    {name}: {getattr(text.directive, name)!r} was read as {getattr(scan.directive, name)!r}")
    if scan.printed.unread:
        print(f"    unread: {scan.printed.unread}")
    if "--items" in sys.argv:
        _print_items(text, scan)


def print_to_pictures(source: Path, target: Path, *, as_scan: bool) -> int:
    """A PDF of pictures of the pages; how many."""
    from pypdfium2 import PdfDocument

    dice = random.Random(1)
    with PdfDocument(source) as document:
        pictures = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]
    if as_scan:
        pictures = [_scanned(picture, dice) for picture in pictures]
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=300, quality=60)
    return len(pictures)


def _scanned(picture: Image, dice: random.Random) -> Image:
    from PIL import Image, ImageFilter

    tilted = picture.rotate(dice.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(tilted.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) * 0.85 + 20
    noise = np.random.default_rng(dice.randrange(10**6)).normal(0, 12, grey.shape)
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def items_kept(text: Reading, scan: Reading) -> tuple[int, int]:
    """How many items of the text's tree stand in the scan's at the same place (label, depth and order), and of all."""
    one, other = _items(text), _items(scan)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(one)


def _items(reading: Reading) -> list[tuple[int, str, str]]:
    sections = reading.printed.sections
    depths: list[int] = []
    for section in sections:
        depths.append(0 if section.parent is None else depths[section.parent] + 1)
    return [
        (depth, section.kind.value, "" if section.kind == "header" else section.label)
        for depth, section in zip(depths, sections, strict=True)
    ]


def _print_items(text: Reading, scan: Reading) -> None:
    one, other = _items(text), _items(scan)
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            print(f"    {one[start:end]} was read as {other[begin:stop]}")


def error_rate(text: Reading, scan: Reading) -> float:
    """Letters to be changed, left out or put in, per letter of the text; page by page, spaces made one."""
    wanted, got = _pages(text), _pages(scan)
    wrong = sum(distance(one, other) for one, other in zip(wanted, got, strict=True))
    return wrong / max(sum(map(len, wanted)), 1)


def _pages(reading: Reading) -> list[str]:
    printed = reading.printed
    ends = (*printed.page_starts[1:], len(printed.text))
    return [" ".join(printed.text[start:end].split()) for start, end in zip(printed.page_starts, ends, strict=True)]


def distance(one: str, other: str) -> int:
    """Levenshtein's, a row at a time."""
    letters = np.frombuffer(other.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(letters) + 1)
    row = places.copy()
    for count, letter in enumerate(map(ord, one), start=1):
        following = np.empty_like(row)
        following[0] = count
        following[1:] = np.minimum(row[1:] + 1, row[:-1] + (letters != letter))
        row = np.minimum.accumulate(following - places) + places
    return int(row[-1])


if __name__ == "__main__":
    main()
