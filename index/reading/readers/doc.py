"""DOC and RTF -> as DOCX, by way of LibreOffice. What only bears the suffix is read by what it is."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from index.errors import DamagedFile, MislabelledFile, PasswordProtected
from index.reading.readers.docx import read_docx
from index.reading.readers.html import read_html
from index.reading.readers.office import as_docx
from index.reading.readers.ole import MAGIC, open_compound
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

_WORD_2003 = re.compile(rb"<(?:w:wordDocument|pkg:package)\b")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table|font|span)\b|^\s*MIME-Version:", re.IGNORECASE
)
_HEAD = 4096
_WORD_MAGICS = (0xA5EC, 0xA5DC)  # Word 97 and later; Word 6 and 95
_ENCRYPTED = 0x0100


def read_doc(data: bytes, name: str, tools: Tools = NO_TOOLS) -> Pages:
    """As `read_docx`. Word 6 to 2003, RTF, and the Word XML, HTML or DOCX that was saved under such a name.

    Raises `NeedsOffice`, `MislabelledFile` for what is no document of Word, `PasswordProtected`, `DamagedFile`.
    """
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return read_docx(data, name, tools)
    if data.startswith(MAGIC):
        _check_word(data, name)
        return read_docx(as_docx(data, name, tools, suffix=".doc"), name, tools)
    if head.startswith(b"{\\rtf"):
        return read_docx(as_docx(data, name, tools, suffix=".rtf"), name, tools)
    if _WORD_2003.search(head):
        return read_docx(as_docx(data, name, tools, suffix=".xml"), name, tools)
    if _HTML.search(_without_nuls(head)):
        return read_html(data, name, tools)
    raise MislabelledFile(path=name, suffix=Path(name).suffix)


def _without_nuls(head: bytes) -> bytes:
    """UTF-16 as it would look in ASCII."""
    return head.replace(b"\0", b"").lstrip(b"\xff\xfe")


def _check_word(data: bytes, name: str) -> None:
    """LibreOffice would open a table or slides as well, and waits for a password that nobody types."""
    try:
        streams = open_compound(data).first
    except ValueError as err:
        raise DamagedFile(path=name, detail=err) from err
    if "EncryptedPackage" in streams:
        raise PasswordProtected(path=name)
    if "WordDocument" not in streams:
        raise MislabelledFile(path=name, suffix=Path(name).suffix)
    opening = streams["WordDocument"]
    if len(opening) < 12 or struct.unpack_from("<H", opening)[0] not in _WORD_MAGICS:
        raise DamagedFile(path=name, detail="the text of the document is torn")
    if struct.unpack_from("<H", opening, 10)[0] & _ENCRYPTED:
        raise PasswordProtected(path=name)
