"""HTML -> one page of the paragraphs that a reader of the page sees, without what the site puts round them.

Also what Word and mail programs save as HTML. A mark of secrecy is looked for in everything, hidden or not; other marks
also in the title of the page, in its drawings and in what its pictures are said to show.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from index.errors import ClassifiedPaper, DamagedFile, MislabelledFile, TooLarge
from index.language import legacy
from index.language.text import printed
from index.reading.classified import mark_of_pages
from index.reading.readers.html_body import read_page, words_beside
from index.reading.readers.text import BOMS, OTHER_FORMATS, guessed_encoding
from index.reading.tools import NO_TOOLS, Tools
from index.types import Pages

LARGEST = 20 * 2**20
_MOST_TAGS = 300_000
_DEEPEST = 250
"""Nested elements: the parser looks upward through them at each tag, so without a limit a small file takes hours."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
_HEAD = 8192
_MAIL = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_MARKUP = re.compile(rb"<[^>]*>")
# Elements that hold nothing, and those whose end may be left out.
_OPEN_ENDED = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead tbody tfoot "
    "colgroup rt rp"
)
_NOT_NESTED = frozenset(_OPEN_ENDED.split())
_SINGLE_BYTE = ("windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1", "x-user-defined", "us-ascii", "ascii", "")


def read_html(data: bytes, name: str, _: Tools = NO_TOOLS) -> Pages:
    """One line per paragraph, line break, list item or table row.

    Raises `TooLarge`, `MislabelledFile`, `DamagedFile`; `ClassifiedPaper` for a mark anywhere on the page.
    """
    from selectolax.lexbor import LexborHTMLParser

    if len(data) > LARGEST:
        raise TooLarge(path=name, size=len(data) >> 20, limit=LARGEST >> 20)
    if data.startswith(OTHER_FORMATS):
        raise MislabelledFile(path=name, suffix=Path(name).suffix)
    text = _decoded(*_without_envelope(data, name), name)
    _check_nesting(text, name)
    body = LexborHTMLParser(text).body
    if body is None:
        return Pages(pages=((),), physical=False, wrapped=False)
    shown, everything = map(_printed, read_page(body))
    beside = _printed(words_beside(body))
    if mark := mark_of_pages(Pages(pages=(everything,), physical=False, wrapped=False, furniture=beside)):
        raise ClassifiedPaper(path=name, mark=mark)
    return Pages(pages=(shown,), physical=False, wrapped=False, furniture=beside)


def _printed(lines: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(printed, lines)))


def _without_envelope(data: bytes, name: str) -> tuple[bytes, str]:
    """The page of a saved mail or a web page in one file (MHTML), and the charset that its envelope says."""
    if not _MAIL.match(data[:_HEAD].lstrip()):
        return data, ""
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        message = message_from_bytes(data.lstrip())
        parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
        part = next((one for one in parts if one.get_content_subtype() == "html"), None) or parts[0]
        body = part.get_payload(decode=True)
        charset = part.get_content_charset("")
    except (MessageError, LookupError, ValueError, TypeError) as err:
        raise DamagedFile(path=name, detail=err) from err
    return (body if isinstance(body, bytes) else b""), charset


def _decoded(data: bytes, charset: str, name: str) -> str:
    bom, encoding = next((row for row in BOMS if data.startswith(row[0])), (b"", guessed_encoding(data)))
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as err:
        if bom or b"\0" in data:
            raise DamagedFile(path=name, detail=err) from err
        text = _single_byte(data, charset or _said_charset(data), name)
    if "\0" in text:
        raise MislabelledFile(path=name, suffix=Path(name).suffix)
    return text


def _said_charset(data: bytes) -> str:
    found = _CHARSET.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""


def _single_byte(data: bytes, charset: str, name: str) -> str:
    """Bytes that are no UTF-8: as they say of themselves, but Vietnamese in CP1258 is known by its syllables; of older
    encodings the bytes stay as they are, to be decoded by font.
    """
    if charset not in _SINGLE_BYTE and not charset.startswith("utf"):
        with suppress(LookupError):
            return data.decode(charset, "replace")
    text = legacy.single_byte(data, sample=_MARKUP.sub(b" ", data))
    if text is None and charset.startswith("utf"):
        raise DamagedFile(path=name, detail=f"it says that it is {charset} and is not")
    return text if text is not None else legacy.latin(data)


def _check_nesting(text: str, name: str) -> None:
    depth = tags = 0
    for tags, found in enumerate(_TAG.finditer(text), start=1):
        if found[2].lower() not in _NOT_NESTED:
            depth = max(depth - 1, 0) if found[1] else depth + 1
        if depth > _DEEPEST:
            raise DamagedFile(path=name, detail=f"more than {_DEEPEST} elements lie within one another")
        if tags > _MOST_TAGS:
            raise DamagedFile(path=name, detail=f"it has more than {_MOST_TAGS} tags")
