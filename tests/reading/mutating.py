"""Small real files of every format, and what may befall them: bytes, parts of a zip, marks of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import strategies as st

from tests.reading.footnotes import docx_with_notes, reference, run
from tests.reading.pdf_fixture import pdf_of

PAPER = (
    *("ĐẢNG BỘ TỈNH LAM HÀ", "ĐẢNG ỦY PHƯỜNG BÃI LAU", "*", "Số 12-QĐ/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    *("Bãi Lau, ngày 05 tháng 02 năm 2026", "QUYẾT ĐỊNH", "ban hành Quy chế giữ đê", "-----"),
    *("- Căn cứ Điều lệ Đảng;", "Điều 1. Ban hành kèm theo Quyết định này Quy chế giữ đê."),
    "Điều 2. Quyết định này có hiệu lực từ ngày ký, thay thế Quyết định số 10-QĐ/ĐU, ngày 02/3/2022.",
    "1. Sửa đổi khoản 2 Điều 7 Quy chế số 2-QC/ĐU như sau: “2. Họp mỗi quý.”",
    *("a) Chi bộ 3;", "1.1. Gia hạn Kế hoạch số 5-KH/ĐU đến hết năm 2027.", "- Như Điều 2.", "+ Lưu."),
    *("Nơi nhận:", "- Các chi bộ,", "T/M ĐẢNG ỦY", "BÍ THƯ", "(đã ký)", "Lê Văn Sậy"),
    *("QUY CHẾ", "giữ đê", "(Ban hành kèm theo Quyết định số 12-QĐ/ĐU)", "Điều 1. Phạm vi", "PHỤ LỤC I"),
)
MAGIC: Mapping[str, bytes] = {
    ".doc": bytes.fromhex("d0cf11e0a1b11ae1"),
    ".docx": b"PK\x03\x04",
    ".htm": b"<html>",
    ".html": b"<!doctype html><table>",
    ".jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    ".jpg": b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00",
    ".md": b"# ",
    ".pdf": b"%PDF-1.7\n",
    ".png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ".rtf": b"{\\rtf1",
    ".txt": b"\xef\xbb\xbf",
    ".xlsx": b"PK\x03\x04",
}
"""What a file of this suffix begins with."""

SPLICES = (
    *("\x00", "\x01", "\x02", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\ufeff", "\u202e", "\u200d", "\xad", "\ufffe"),
    *("\U0001f600", "\u0300" * 40, "ß", "ŉ", "İ", "ﬁ", "Ð", "①", "٣", "²", "½", "Ⅳ", "\u0301Đ", "K", "ſ"),
    *("\n", "\n\n", "\t", " | ", "STT | Nội dung | Thời hạn", "STT: 1 | Nội dung: x", "9" * 5000),
    *("(" * 300, "“", "a" * 20000),
    *("Điều 1. ", "Điều 99999999999. ", "1.1.1.1.1. ", "Phần thứ nhất", "Chương XLIX", "Mục 0", "a) ", "IIII. ", "+ "),
    *("ngày 31 tháng 02 năm 2026", "ngày 00/00/0000", "đến hết ngày 99/99/9999", "quý V/2026"),
    *("năm 0", "tháng 13 năm 1"),
    *("Số /", "Số 1/1/1-/", "12-QĐ/ĐU-M", "Số     -KH/ĐU", "Nghị quyết số 1", "DỰ THẢO", "LƯU HÀNH NỘI BỘ", "MẬT mã"),
    *("thay thế", "bãi bỏ ", "sửa đổi, bổ sung ", "hết hiệu lực", "gia hạn ", "khoản 2 Điều 7", "kể từ ngày ký", "và "),
    *("Nơi nhận:", "T/M ", "Kính gửi: ", "QUY CHẾ", "(Ban hành kèm theo Quyết định", "PHỤ LỤC", "(Chú thích 1: "),
)  # fmt: skip
TAGS = (
    *("<table>", "<tr>", "<td rowspan=99999999>", "<td colspan=65535>", "<td rowspan=-1 colspan=x>", "</td>"),
    *("</table>", "<frameset>", "<math>", "<pre>\n\n"),
    *("<div>" * 600, "<p", "<!--", "-->", "<script>", "</script>", "<ol start=99999999999999>", "<ul>"),
    *("<ol type=I start=5000>", "&#xD800;", "&#0;", "&amp;amp;", "&#99999999;", "<a href='#x'>1</a>", "<p id=x>"),
    *("<p style='display:none'>", "<p style=';;:;{'>", "<style>p{", "</body>", "<svg><p>", "<li value=-7>"),
    *("<meta charset=utf-7>", "<meta charset=nonsense>", "<![CDATA[", "<template><p>", "<select><p>", "<p><table><p>"),
    *("Content-Type: text/html; charset=x\n\n", "MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n"),
)  # fmt: skip
VALUES = (
    "-1",
    "",
    "0",
    "99999999999",
    "x",
    "true",
    "none",
    "2147483648",
    "1e400",
    "\u0663",
    "A1:XFD1048576",
    "ZZZ9",
    "d",
)
"""Of attributes."""
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def small_files() -> Mapping[str, bytes]:
    """One of each suffix."""
    html = "<html><body><table><tr><th>STT<th>Việc<tr><td rowspan=2>1<td>Họp</table><ol><li>" + "<p>".join(PAPER)
    return {
        ".doc": _docx(),
        ".docx": _docx(),
        ".htm": (html + '<p>Nộp<a href="#n">1</a><p id=n>1. Ghi').encode("utf-16"),
        ".html": (html + '<p>Nộp<a href="#n">1</a><p id=n>1. Ghi').encode(),
        ".jpeg": _picture("JPEG"),
        ".jpg": _picture("JPEG"),
        ".md": ("# " + "\n\n".join(PAPER) + "\n\n| STT | Việc |\n|---|---|\n| 1 | Họp |\n").encode(),
        ".pdf": pdf_of([PAPER[:16], [], PAPER[16:]]),
        ".png": _picture("PNG"),
        ".rtf": b"{\\rtf1\\ansi " + PAPER[10].encode("ascii", "replace") + b"}",
        ".txt": "\n".join(PAPER).encode(),
        ".xlsx": _sheet(),
    }


def _docx() -> bytes:
    changed = (
        "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>Thêm</w:t></w:r></w:ins><w:del w:id='2' w:author='a'><w:r>"
        f"<w:delText>Bớt</w:delText></w:r></w:del>{run('Theo mẫu')}{reference(2)}{run('.')}</w:p>"
    )
    old = run("Ng\xadêi ®øng ®Çu", '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>')
    body = "".join(f"<w:p>{run(line)}</w:p>" for line in PAPER) + changed + f"<w:p>{old}</w:p>"
    made = docx.Document(BytesIO(docx_with_notes(body, {2: run("Mẫu số 7.")})))
    for text in ("Rà soát", "Báo cáo"):
        made.add_paragraph(text, style="List Number")
    rows = made.add_table(2, 2, style="Table Grid")
    for cell, text in zip((cell for row in rows.rows for cell in row.cells), ("STT", "Việc", "1", "Họp"), strict=True):
        cell.text = text
    made.sections[0].header.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>Trang 1</w:t></w:r>"))
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _sheet() -> bytes:
    from datetime import date

    from openpyxl import Workbook

    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in PAPER[:9]:
        sheet.append([line])
    for row in (["STT", "Việc", "Hạn"], [1, "Họp", date(2026, 3, 5)], [2, "Báo cáo", 0.5], [None, "=A1", True]):
        sheet.append(row)
    sheet.merge_cells("A10:A11")
    book.create_sheet("Hai").append(["một"])
    book.save(file)
    return file.getvalue()


def _picture(form: str) -> bytes:
    from PIL import Image, ImageDraw

    page, file = Image.new("L", (120, 90), 255), BytesIO()
    ImageDraw.Draw(page).text((10, 10), "Dieu 1", 0)
    notes = Image.Exif()
    notes[0x0112] = 6
    page.save(file, form, exif=notes)
    return file.getvalue()


@st.composite
def torn_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes turned over, taken out, doubled, put elsewhere, or the rest cut off."""
    torn = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(len(torn) - 1, 0)))
        length = draw(st.sampled_from((1, 2, 4, 16, 100, 1000)))
        match draw(st.integers(0, 5)):
            case 0 if torn:
                torn[start] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del torn[start : start + length]
            case 2:
                torn[start:start] = torn[start : start + length]
            case 3:
                torn[start : start + length] = bytes(draw(st.integers(0, 255)) for _ in range(min(length, 16)))
            case 4:
                torn[start : start + 4] = draw(st.sampled_from((0, 1, 2**31, 2**32 - 1))).to_bytes(4, "little")
            case _:
                del torn[start + len(torn) // 2 :]
    return bytes(torn)


@st.composite
def torn_text(draw: st.DrawFn, text: str, splices: tuple[str, ...]) -> bytes:
    """What an editor, a bad converter or a rogue puts between the words; now and then bytes that are no UTF-8."""
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from((0, 0, 1, 5, 200)))
        text = text[:start] + splices[draw(st.integers(0, len(splices) - 1))] + text[start + cut :]
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 4)) == 0:
        start = draw(st.integers(0, len(data)))
        rogue = (b"\xed\xa0\x80", b"\xff", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xfe\xff", b"\x00")
        data = data[:start] + rogue[draw(st.integers(0, 5))] + data[start:]
    return data


@st.composite
def torn_zip(draw: st.DrawFn, data: bytes) -> bytes:
    """Parts that are torn, bent, swapped or gone, in a zip that is whole."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    telling = [name for name in names if name.endswith(_TELLING)]
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(telling if draw(st.integers(0, 3)) else names))
        match draw(st.integers(0, 9)):
            case 0:
                parts[name] = draw(torn_bytes(parts.get(name, b"")))
            case 1:
                other = draw(st.sampled_from(names))
                parts[name], parts[other] = parts.get(other, b""), parts.get(name, b"")
            case 2:
                parts.pop(name, None)
            case _:
                parts[name] = _bent(draw, parts.get(name, b""))
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


_TELLING = ("document.xml", "sheet1.xml", "footnotes.xml", "numbering.xml", "styles.xml", "sharedStrings.xml")


def _bent(draw: st.DrawFn, part: bytes) -> bytes:
    """Well-formed as before, but with elements doubled, gone, elsewhere or deep within themselves, and odd values."""
    from lxml import etree

    try:
        root = etree.fromstring(part)
    except (etree.XMLSyntaxError, ValueError):
        return part
    for _ in range(draw(st.integers(1, 6))):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        one, other = draw(st.sampled_from(elements)), draw(st.sampled_from(elements))
        parent, action = one.getparent(), draw(st.integers(0, 6))
        if action <= 1 and one.attrib:
            one.set(draw(st.sampled_from(sorted(one.attrib))), draw(st.sampled_from(VALUES)))
        elif action == 2 or parent is None:
            one.text = _FORBIDDEN.sub("", (one.text or "") + draw(st.sampled_from(SPLICES)))
        elif action == 3:
            parent.remove(one)
        elif action == 4:
            other.insert(0, deepcopy(one))
        elif action == 5:
            for _ in range(draw(st.sampled_from((1, 30)))):
                parent.append(deepcopy(one))
        else:
            for _ in range(draw(st.sampled_from((2, 40, 300)))):
                inner = etree.SubElement(one, one.tag, dict(one.attrib))
                one = inner
    bent: bytes = etree.tostring(root)
    return bent
