"""DOCX -> one page of paragraphs, with the automatic numbers, as the paper would be printed.

Tracked insertions are read, deletions and struck words left out; words in legacy fonts are decoded; footnotes stand
in their sentence. Page headers and footers, hidden words and what the file says of itself are looked at for marks only.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from index.errors import ClassifiedPaper, DamagedFile, MislabelledFile, PasswordProtected
from index.language.text import fold, printed
from index.reading.classified import mark_of_pages
from index.reading.readers.docx_body import document_lines
from index.reading.readers.ole import MAGIC
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

if TYPE_CHECKING:
    from docx.document import Document

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which Office locks a document up."""
_PROPERTIES = ("title", "subject", "keywords", "category")
_TYPES = "[Content_Types].xml"
_RELATIONS, _NUMBERING = "word/_rels/document.xml.rels", "word/numbering.xml"
_NO_LISTS = '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_LARGEST = 200 * 1024 * 1024  # bytes, all parts unpacked
_LARGEST_XML = 32 * 1024 * 1024  # of those that are parsed whole, at some twenty times their size; 10,000 pages of text
# What zipfile, lxml and python-docx raise on parts that are missing, torn or nested without end.
_BROKEN = (
    *(BadZipFile, ZlibError, EOFError, OSError, SyntaxError, NotImplementedError, RuntimeError, AssertionError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)


def read_docx(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """One line per paragraph, line break or table row.

    Raises `MislabelledFile`, `DamagedFile`, `PasswordProtected`; `ClassifiedPaper` for a mark beside the text.
    """
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    _check_envelope(data, name)
    try:
        document = _opened(data, name)
        body, around = document_lines(document)
        lines, furniture = (
            tuple(filter(None, map(printed, raw))) for raw in (body, [*around, *said_of(document.core_properties)])
        )
    except (*_BROKEN, PythonDocxError, OpcError) as err:
        raise DamagedFile(path=name, detail=" ".join(str(err).split()) or type(err).__name__) from err
    if mark := mark_of_pages(Pages(pages=(furniture,), physical=False, wrapped=False)):
        raise ClassifiedPaper(path=name, mark=mark)
    return Pages(pages=(lines,), physical=False, wrapped=False, furniture=furniture)


def said_of(properties: object) -> list[str]:
    """What an Office file says of itself in its core properties, a phrase in each line; not that it is a draft: such a
    title stays there when the paper is long issued.
    """
    said = (getattr(properties, name, None) or "" for name in _PROPERTIES)
    return [
        words
        for each in said
        for words in map(printed, re.split(r"[;\n]", str(each)))
        if words and "du thao" not in fold(words)
    ]


def _check_envelope(data: bytes, name: str) -> None:
    """Word locks a document by wrapping it into an OLE file, the format of the old .doc too."""
    if data.startswith(MAGIC) and ENCRYPTED in data:
        raise PasswordProtected(path=name)
    if not data.startswith(b"PK"):
        raise MislabelledFile(path=name, suffix=Path(name).suffix)


def _opened(data: bytes, name: str) -> Document:
    import docx

    with ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            raise DamagedFile(path=name, detail=f"unpacked it would be larger than {_LARGEST >> 20} MB")
        if sum(part.file_size for part in archive.infolist() if part.filename.endswith(".xml")) > _LARGEST_XML:
            raise DamagedFile(path=name, detail=f"its text would be larger than {_LARGEST_XML >> 20} MB")
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise PasswordProtected(path=name)
        missing = _lacks_numbering(archive)
        types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
    if b"wordprocessingml" not in types:
        raise MislabelledFile(path=name, suffix=Path(name).suffix)
    file = BytesIO(data)
    if missing:
        with ZipFile(file, "a") as archive:
            archive.writestr(_NUMBERING, _NO_LISTS)
    return docx.Document(file)


def _lacks_numbering(archive: ZipFile) -> bool:
    """Some programs name the part with the lists and then leave it out; the words of the paper are all there."""
    names = archive.namelist()
    return _RELATIONS in names and _NUMBERING not in names and b"numbering.xml" in archive.read(_RELATIONS)
