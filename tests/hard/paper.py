"""Papers of one invented ward, line by line, and their makers in the formats that need no program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PROVINCE: Final = "ĐẢNG BỘ TỈNH LAM HÀ"
WARD: Final = "ĐẢNG ỦY PHƯỜNG BÃI LAU"
ISSUER: Final = "Đảng ủy phường Bãi Lau"
NATION: Final = "ĐẢNG CỘNG SẢN VIỆT NAM"
SIGNER: Final = "Lê Văn Sậy"


def head(
    number: str,
    day: str,
    kind: str,
    title: str,
    *,
    issuer: Sequence[str] = (PROVINCE, WARD),
    place: str = "Bãi Lau",
) -> list[str]:
    """``number``: without "Số"; ``day``: ``05/3/2026``."""
    date, month, year = day.split("/")
    dated = f"{place}, ngày {int(date):02} tháng {int(month)} năm {year}"
    return [*issuer, "*", f"Số {number}", NATION, dated, kind, title, "-----"]


def foot(signer: str = SIGNER) -> list[str]:
    return [
        *("Nơi nhận:", "- Các chi bộ trực thuộc,", "- Lưu Văn phòng Đảng ủy."),
        *("T/M ĐẢNG ỦY", "BÍ THƯ", "(đã ký)", signer),
    ]


def paper(
    number: str,
    day: str,
    kind: str,
    title: str,
    *body: str,
    issuer: Sequence[str] = (PROVINCE, WARD),
    place: str = "Bãi Lau",
    signer: str = SIGNER,
) -> list[str]:
    return [*head(number, day, kind, title, issuer=issuer, place=place), *body, *foot(signer)]


def text_of(lines: Sequence[str]) -> bytes:
    """Plain text: an empty line between paragraphs."""
    return "\n\n".join(lines).encode()


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def paragraphs(lines: Sequence[str], properties: str = "") -> str:
    return "".join(paragraph(run(line, properties)) for line in lines)


def table(rows: Sequence[Sequence[str]], merged: Mapping[tuple[int, int], str] | None = None) -> str:
    """``merged``: (row, column) -> what its cell has of ``w:vMerge`` or ``w:gridSpan``."""
    said = merged or {}
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr>{said.get((place, column), '')}</w:tcPr>{paragraph(run(cell))}</w:tc>"
            for column, cell in enumerate(row)
        )
        + "</w:tr>"
        for place, row in enumerate(rows)
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid/>{made}</w:tbl>"


def docx_of(body: Sequence[str] | str, *, header: str = "") -> bytes:
    """A Word document with these lines, or this XML in its body; ``header``: runs above each page."""
    made = docx.Document()
    xml = body if isinstance(body, str) else paragraphs(body)
    spaces = nsdecls("w", "wp", "a", "r") + (
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for position, child in enumerate(list(parse_xml(f"<w:body {spaces}>{xml}</w:body>"))):
        made.element.body.insert(position, child)
    if header:
        for child in parse_xml(f"<w:p {spaces}>{header}</w:p>"):
            made.sections[0].header.paragraphs[0]._p.append(child)
    return saved(made)


def saved(made: docx.document.Document) -> bytes:
    file = BytesIO()
    made.save(file)
    return file.getvalue()
