"""Small PDF files, written by hand; a table in the file says which letter each code is, so no font file is needed."""

from __future__ import annotations

from collections.abc import Sequence

_CID_INFO = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
_LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >> /ID [(i) (i)] "
)


def pdf_of(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """A PDF with these lines on these pages. ``locked``: nobody knows the password."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    kids = b" ".join(b"%d 0 R" % (6 + 2 * position) for position in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /ToUnicode 5 0 R"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500 %s >>" % _CID_INFO,
        _stream(_to_unicode(letters)),
    ]
    for position, page in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (7 + 2 * position),
            _stream(_drawn(page)),
        ]
    return _file(objects, extra=_LOCK if locked else b"")


def _drawn(lines: Sequence[str]) -> bytes:
    shown = (b"<%s> Tj 0 -20 Td" % line.encode("utf-16-be").hex().encode() for line in lines)
    return b"BT /F 12 Tf 60 780 Td %s ET" % b" ".join(shown)


def _to_unicode(letters: Sequence[str]) -> bytes:
    blocks = (letters[start : start + 100] for start in range(0, len(letters), 100))
    mapped = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar"
        % (len(block), b"\n".join(b"<%04x> <%04x>" % (ord(letter), ord(letter)) for letter in block))
        for block in blocks
    )
    return b"begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n%s\nendcmap" % mapped


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes], *, extra: bytes) -> bytes:
    written, starts = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, len(written))
    return written + head + table + tail
