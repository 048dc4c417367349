"""What the reader makes of web pages: of portals, of Word, of mail programs."""

from __future__ import annotations

import pytest

from index.errors import ClassifiedPaper, DamagedFile, MislabelledFile, TooLarge
from index.reading.readers.html import LARGEST, read_html


def lines(html: str | bytes) -> list[str]:
    data = html.encode() if isinstance(html, str) else html
    return [line for page in read_html(data, "x.html").pages for line in page]


PROSE = "Các chi bộ trực thuộc tăng cường công tác tuyên truyền, vận động Nhân dân trong phường cùng thực hiện. " * 3


class TestBlocks:
    def test_paragraphs_breaks_and_inline_elements(self):
        assert lines("<p>Một <b>hai</b>\n  ba<br>bốn&nbsp;năm</p><div>sáu<p>bảy</div>") == [
            "Một hai ba",
            "bốn năm",
            "sáu",
            "bảy",
        ]

    def test_scripts_styles_comments_and_hidden_elements_are_no_text(self):
        page = """<style>.h{display:none}</style><script>var a</script><!-- thầm --><p>Chữ</p><p hidden>a</p>
        <p style="display: none">b</p><p class="h">c</p><span style='mso-hide:all'>d</span><noscript>e</noscript>"""
        assert lines(page) == ["Chữ"]

    def test_what_was_taken_out_or_struck_out_is_no_text(self):
        struck = "<span style='text-decoration:line-through'>x</span>"
        page = f"<p>Hạn <del>ngày 5</del><ins>ngày 6</ins>, <s>nộp</s> {struck}gửi</p>"
        assert lines(page) == ["Hạn ngày 6, gửi"]

    def test_lists_get_the_numbers_that_a_browser_shows(self):
        page = """<ol start=3><li>ba<li value=7>bảy<ul><li>gạch<li>- đã có</ul><li>tám</ol>
        <ol type=a><li>a<li><p>b</p><p>tiếp</p></ol><ol type=I reversed><li>hai<li>một</ol>
        <ul style="list-style:none"><li>trơn</ul>"""
        assert lines(page) == [
            *("3. ba", "7. bảy", "- gạch", "- đã có", "8. tám"),
            *("a. a", "b. b", "tiếp", "II. hai", "I. một", "trơn"),
        ]

    def test_capitals_by_style_are_printed(self):
        assert lines("<p style='text-transform:uppercase'>chỉ thị</p>") == ["CHỈ THỊ"]

    def test_lines_of_preformatted_text_stay(self):
        assert lines("<pre>Điều 1.\nĐiều 2.</pre>") == ["Điều 1.", "Điều 2."]


class TestTables:
    def test_the_head_of_a_paper_is_read_column_by_column(self):
        page = """<table><tr><td>ĐẢNG BỘ PHƯỜNG AN HÒA<br>CHI BỘ 5<br>Số 07-NQ/CB</td>
        <td><p>ĐẢNG CỘNG SẢN VIỆT NAM</p><p>An Hòa, ngày 05 tháng 02 năm 2026</p></td></tr></table>"""
        assert lines(page) == [
            *("ĐẢNG BỘ PHƯỜNG AN HÒA", "CHI BỘ 5", "Số 07-NQ/CB"),
            *("ĐẢNG CỘNG SẢN VIỆT NAM", "An Hòa, ngày 05 tháng 02 năm 2026"),
        ]

    def test_a_row_of_data_is_one_line_with_each_cell_that_covers_it(self):
        page = """<table border=1><tr><th>STT<th>Nội dung<th>Đơn vị</tr><tr><td>1<td>Rà soát<td rowspan=2>Văn phòng</tr>
        <tr><td>2<td>Báo cáo</tr></table>"""
        found = lines(page)
        assert [line for line in found if "Rà soát" in line and "Văn phòng" in line]
        assert [line for line in found if "Báo cáo" in line and "Văn phòng" in line]

    def test_a_page_set_in_a_table_is_no_table(self):
        page = f"<table><tr><td><a href=a>Trang chủ</a></td><td><p>{PROSE}</p><p>Điều 1.</p></td></tr></table>"
        assert lines(page)[-2:] == [PROSE.strip(), "Điều 1."]

    def test_tables_in_tables_without_end_are_read(self):
        assert lines("<table><tr><td>" * 60 + "sâu") == ["sâu"]


class TestMainText:
    @pytest.mark.parametrize(
        "opening", ['<div id="toanvancontent">', '<div class="content1">', "<article>", "<main>", '<div class="abc">']
    )
    def test_what_the_site_puts_round_it_is_left_out(self, opening):
        page = f"""<header><a href=/>Cổng thông tin</a></header><nav><a href=1>Giới thiệu</a></nav>
        <div class="sidebar"><a href=1>Tin A</a> <a href=2>Tin B</a></div>{opening}<p>CHỈ THỊ</p>
        <p>{PROSE}</p></{opening[1:].split(" ")[0].rstrip(">")}>
        <div><ul><li><a href=3>Bài liên quan một</a><li><a href=4>Bài hai</a><li><a href=5>Bài ba</a></ul></div>
        <footer>Bản quyền thuộc về</footer>"""
        found = lines(page)
        assert found[-2:] == ["CHỈ THỊ", PROSE.strip()]
        assert not {"Giới thiệu", "Tin A Tin B", "- Bài hai", "Bản quyền thuộc về"} & set(found)

    def test_the_head_of_a_paper_beside_the_known_place_is_not_lost(self):
        page = (
            f"""<div><p>ĐẢNG CỘNG SẢN VIỆT NAM</p><p>Số 24-CT/TU</p></div><div class="noidung"><p>{PROSE}</p></div>"""
        )
        assert lines(page) == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Số 24-CT/TU", PROSE.strip()]

    def test_a_plain_page_is_read_whole(self):
        assert lines("<title>x</title><p>Một</p><p>Hai</p>") == ["Một", "Hai"]


class TestMarksOfSecrecy:
    @pytest.mark.parametrize(
        "page",
        [
            f"<p>MẬT</p><p>{PROSE}</p>",
            f"<footer>TỐI MẬT</footer><p>{PROSE}</p>",
            f"<p style='display:none'>TUYỆT MẬT</p><p>{PROSE}</p>",
            f"<img alt='MẬT' src=a.png><p>{PROSE}</p>",
            f"<p><font face='.VnTimeH'>mËt</font></p><p>{PROSE}</p>",
            f"<p style='font-family:\"VNI-Times\"'>MA<b>ÄT</b></p>{PROSE}",
            f"<p style='text-transform:uppercase'>mật</p><p>{PROSE}</p>",
        ],
    )
    def test_is_seen_wherever_it_stands(self, page):
        with pytest.raises(ClassifiedPaper):
            lines(page)

    def test_prose_about_secrets_is_taken_in(self):
        assert lines("<p>Giữ bí mật nhà nước</p>")


class TestEncodings:
    def test_fonts_of_word_are_decoded_by_element_and_style_sheet(self):
        page = """<style><!-- p.MsoNormal {font-family:".VnTime","sans-serif";} .x{font-family:VNI-Times} --></style>
        <p class=MsoNormal>Xin chµo tÊt c¶ mäi ng&shy;êi</p><p class=x>Coäng hoøa</p>
        <p><font face=".VnTimeH">nghÞ quyÕt</font></p>
        <p class=MsoNormal>Đã là Unicode</p>"""
        assert lines(page) == ["Xin chào tất cả mọi người", "Cộng hòa", "NGHỊ QUYẾT", "Đã là Unicode"]

    @pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-8-sig"])
    def test_unicode_is_known_by_its_bytes(self, charset):
        assert lines(f"<p>{PROSE}</p>".encode(charset)) == [PROSE.strip()]

    def test_a_page_without_charset_is_known_by_its_syllables(self):
        page = "<p>§¶ng bé ph\xadêng An Hßa yªu cÇu c¸c chi bé thùc hiÖn tèt nhiÖm vô n¨m nay</p>".encode("latin-1")
        assert lines(page) == ["Đảng bộ phường An Hòa yêu cầu các chi bộ thực hiện tốt nhiệm vụ năm nay"]

    def test_another_language_stays_as_it_is(self):
        page = "<meta charset=iso-8859-1><p>Le conseil a été élu à l'unanimité après la fête</p>".encode("latin-1")
        assert lines(page) == ["Le conseil a été élu à l'unanimité après la fête"]

    def test_a_saved_mail_is_read(self):
        head = b"From: a@b\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
        mail = head + b"Content-Transfer-Encoding: quoted-printable\n\n<p>K=E1=BA=BF ho=E1=BA=A1ch</p>"
        assert lines(mail) == ["Kế hoạch"]


class TestBounds:
    def test_a_large_page_is_refused(self):
        with pytest.raises(TooLarge):
            lines(b"<p>" + b"a" * LARGEST)

    @pytest.mark.parametrize("page", ["<div>" * 100_000, "<font size=1>" * 5_000 + "<p>x" * 5_000, "<b>" * 600_000])
    def test_elements_nested_without_end_are_refused(self, page):
        with pytest.raises(DamagedFile):
            lines(page)

    def test_many_flat_elements_are_read(self):
        assert len(lines("<p>a" * 20_000)) == 20_000

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.7", b"<p>a\0b" + b"x" * 50])
    def test_another_format_is_mislabelled(self, data):
        with pytest.raises(MislabelledFile):
            lines(data)


@pytest.mark.parametrize(
    "page",
    [
        "<head><title>MẬT</title></head><body><p>nội dung</p></body>",
        "<body><p>nội dung</p><svg><text>Tối mật</text></svg></body>",
    ],
)
def test_a_stamp_is_seen_in_the_title_of_the_page_and_in_a_drawing(page: str) -> None:
    with pytest.raises(ClassifiedPaper):
        read_html(f"<html>{page}</html>".encode(), "a.html")


def test_what_stands_beside_the_text_is_kept_for_other_marks() -> None:
    page = (
        "<html><head><title>Dự thảo</title></head><body><p>một</p><svg><text>Không phổ biến</text></svg></body></html>"
    )
    read = read_html(page.encode(), "a.html")
    assert (read.pages, read.furniture) == ((("một",),), ("Dự thảo", "Không phổ biến"))
