"""Web pages: of a portal, of Word, with a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.hard.paper import ISSUER, foot, head, paper
from tests.hard.traps import Shelf, Traps, has_fields, stands_at

TRAPS: Final = Traps()


def shown(lines: Sequence[str]) -> str:
    return "\n".join(f"<p>{line}</p>" for line in lines)


def portal() -> bytes:
    lines = paper("91-CT/ĐU", "02/6/2026", "CHỈ THỊ", "về việc giữ sạch bến tắm",
                  "1. Ban quản lý bến tắm thay nước sát trùng vào mỗi buổi sáng trước khi mở cửa đón Nhân dân.",
                  "2. Người tắm sông không xả rác xuống bến, không giặt giũ trong giờ đông người.")  # fmt: skip
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>Cổng thông tin phường Bãi Lau</title>
    <script>var tin = "Tin nóng";</script><style>.x{{color:red}}</style></head><body>
    <header><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></header>
    <nav><ul><li><a href="/a">Giới thiệu</a></li><li><a href="/b">Thủ tục hành chính</a></li></ul></nav>
    <div class="sidebar"><h3>Tin đọc nhiều</h3><ul><li><a href="/1">Khai mạc hội xuân</a></li></ul></div>
    <main><article><h1>Chỉ thị về việc giữ sạch bến tắm</h1><div class="content">{shown(lines)}</div>
    <div class="share"><a href="#">Chia sẻ Facebook</a></div></article></main>
    <footer>Bản quyền thuộc về cổng thông tin. Lượt truy cập: 12345</footer></body></html>""".encode()


@TRAPS.set("page of a portal with its navigation", {"portal.html": portal}, built=True)
def _(shelf: Shelf) -> None:
    reading = shelf.one("portal.html")
    has_fields(reading, number="91-CT/ĐU", type="CT", issuer=ISSUER, date="2026-06-02", signer="Lê Văn Sậy")
    stands_at(reading, "không giặt giũ trong giờ đông người", "2")
    for words in ("Trang chủ", "Thủ tục hành chính", "hội xuân", "Facebook", "Lượt truy cập", "Tin nóng"):
        assert words not in reading.printed.text
    assert shelf.ask("Người tắm sông có được giặt giũ ở bến không?").quotes[0].directive.file == "portal.html"


def by_word() -> bytes:
    lines = [
        f"<p class=MsoNormal style='margin-top:6.0pt;mso-line-height-rule:exactly'>"
        f"<span lang=VI style='mso-ansi-language:VI'>{line}<o:p></o:p></span></p>"
        for line in head("92-CT/ĐU", "03/6/2026", "CHỈ THỊ", "về việc nuôi vịt chạy đồng")
    ]
    listed = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        "1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Chủ vịt ký cam kết "
        "tiêm phòng.</p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        "2.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Vịt chạy đồng "
        "<del cite='mailto:a' datetime='2026-01-01'>không</del> phải đeo vòng chân.</p>"
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
    <head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
    <meta name=Generator content="Microsoft Word 15">
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
    <style><!-- p.MsoNormal {{mso-style-parent:"";}} --></style></head>
    <body><div class=WordSection1>{"".join(lines)}{listed}{shown(foot())}</div></body></html>""".encode()


@TRAPS.set("page that Word saved", {"by-word.htm": by_word})
def _(shelf: Shelf) -> None:
    reading = shelf.one("by-word.htm")
    has_fields(reading, number="92-CT/ĐU", issuer=ISSUER, title="về việc nuôi vịt chạy đồng", signer="Lê Văn Sậy")
    stands_at(reading, "Vịt chạy đồng phải đeo vòng chân.", "2")
    assert "WordDocument" not in reading.printed.text
    assert "mso" not in reading.printed.text


def spanning() -> bytes:
    rows = """<tr><th>STT</th><th>Nội dung</th><th>Chủ trì</th><th>Hạn</th></tr>
    <tr><td>1</td><td>Lợp mái nhà văn hóa</td><td rowspan=2>Tổ xây dựng</td><td>01/10/2026</td></tr>
    <tr><td>2</td><td>Quét vôi nhà văn hóa</td><td>15/10/2026</td></tr>"""
    top = shown(head("93-KH/ĐU", "04/6/2026", "KẾ HOẠCH", "về sửa nhà văn hóa"))
    return f'<meta charset="utf-8"><body>{top}<table border=1>{rows}</table>{shown(foot())}'.encode()


@TRAPS.set("table of a web page with a cell over two rows", {"table.html": spanning})
def _(shelf: Shelf) -> None:
    text = shelf.one("table.html").printed.text
    assert "STT: 2 | Nội dung: Quét vôi nhà văn hóa | Chủ trì: Tổ xây dựng | Hạn: 15/10/2026" in text
