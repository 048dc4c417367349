"""TXT and MD -> one page of lines, also from encodings before Unicode; of Markdown only the markup is taken away."""

from __future__ import annotations

import codecs

from index.errors import DamagedFile, MislabelledFile, TooLarge
from index.language.legacy import decode_bytes, decode_plain
from index.language.text import printed
from index.reading.readers.markdown import without_markup
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

LARGEST = 10 * 2**20
"""Bytes: some five thousand pages of text."""
OTHER_FORMATS = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"{\\rtf",
    b"7z\xbc\xaf",
)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """Lines as they stand in the file, empty ones too. Raises `TooLarge`, `MislabelledFile`, `DamagedFile`."""
    return _one_page(_decoded(data, name, suffix=".txt").splitlines())


def read_markdown(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """Lines without their markup; headings and table rows are paragraphs of their own. Raises as `read_text`."""
    return _one_page(without_markup(_decoded(data, name, suffix=".md").splitlines()))


def _one_page(lines: list[str]) -> Pages:
    return Pages(pages=(tuple(printed(line) for line in lines),), physical=False, wrapped=True)


def _decoded(data: bytes, name: str, *, suffix: str) -> str:
    if len(data) > LARGEST:
        raise TooLarge(path=name, size=len(data) >> 20, limit=LARGEST >> 20)
    if data.startswith(OTHER_FORMATS):
        raise MislabelledFile(path=name, suffix=suffix)
    bom, encoding = next((row for row in BOMS if data.startswith(row[0])), (b"", guessed_encoding(data)))
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as err:
        older = None if bom or b"\0" in data else decode_bytes(data)
        if older is None:
            raise DamagedFile(path=name, detail=f"the text is neither UTF-8 nor UTF-16: {err}") from err
        text = older
    if "\0" in text:
        raise MislabelledFile(path=name, suffix=suffix)
    return decode_plain(text)


def guessed_encoding(data: bytes) -> str:
    """UTF-16 shows by its NULs: every space and digit has one as its high byte, and none as its low byte."""
    high_le, high_be = data[1::2].count(0), data[::2].count(0)
    if max(high_le, high_be) < len(data) // 20 or min(high_le, high_be) > 0:
        return "utf-8"
    return "utf-16-le" if high_le else "utf-16-be" if high_be else "utf-8"
