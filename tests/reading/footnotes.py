"""Word documents with footnotes, which python-docx does not write."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"


def reference(number: int, kind: str = "footnote", own: str = "") -> str:
    """The run with the mark of a note; ``own``: a mark that the author typed."""
    custom = ' w:customMarkFollows="1"' if own else ""
    return f'<w:r><w:{kind}Reference w:id="{number}"{custom}/>{f"<w:t>{own}</w:t>" if own else ""}</w:r>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx_with_notes(body: str, notes: Mapping[int, str], kind: str = "footnote") -> bytes:
    """``body``: paragraphs; ``notes``: id -> runs."""
    document = docx.Document()
    for position, child in enumerate(list(parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))):
        document.element.body.insert(position, child)
    inner = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{runs}</w:p></w:{kind}>'
        for number, runs in notes.items()
    )
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p>{run("-----")}</w:p></w:{kind}>'
    blob = f"<w:{kind}s {nsdecls('w')}>{separator}{inner}</w:{kind}s>".encode()
    part = Part(PackURI(f"/word/{kind}s.xml"), _TYPE.format(kind=kind), blob, document.part.package)
    document.part.relate_to(part, _RELATION.format(kind=kind))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
