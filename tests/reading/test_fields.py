"""The fields of header and signature, on invented papers of each form."""

from __future__ import annotations

import datetime
import re

import pytest

from index.reading.fields import Fields, read_fields
from index.reading.paragraphs import Layout, lay_out
from index.types import Pages

PARTY = """ĐẢNG BỘ XÃ TÂN PHÚ
ĐẢNG ỦY XÃ TÂN PHÚ
*
Số 05-NQ/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Tân Phú, ngày 05 tháng 02 năm 2026
NGHỊ QUYẾT
về nâng cao chất lượng
sinh hoạt chi bộ
-----
- Căn cứ Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương,
Đảng ủy xã quyết nghị:
1. Mở đầu
Nội dung.
Nơi nhận:
- Các chi bộ.
T/M ĐẢNG ỦY
BÍ THƯ
(đã ký)
Trần Thị Ước"""

STATE = """ỦY BAN NHÂN DÂN
PHƯỜNG TÂN PHÚ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
-------
Số: 12/2024/QĐ-UBND
Tân Phú, ngày 5 tháng 9 năm 2024
QUYẾT ĐỊNH
Ban hành Quy chế quản lý chợ
ỦY BAN NHÂN DÂN PHƯỜNG TÂN PHÚ
Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Điều 1. Ban hành Quy chế.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Bình"""


def laid(text: str) -> Layout:
    return lay_out(Pages(pages=(tuple(text.split("\n")),), physical=False, wrapped=False))


def fields(text: str) -> Fields:
    return read_fields(laid(text))


def printed(text: str, name: str) -> str:
    layout = laid(text)
    span = read_fields(layout).spans[name]
    return layout.text[span.start : span.end]


class TestPartyPaper:
    def test_has_all_fields(self) -> None:
        found = fields(PARTY)
        assert (found.number, found.type, found.type_name) == ("05-NQ/ĐU", "NQ", "Nghị quyết")
        assert (found.issuer, found.place) == ("Đảng ủy xã Tân Phú", "Tân Phú")
        assert found.date == datetime.date(2026, 2, 5)
        assert found.title == "về nâng cao chất lượng sinh hoạt chi bộ"
        assert found.signer == "Trần Thị Ước"

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("number", "Số 05-NQ/ĐU"),
            ("date", "Tân Phú, ngày 05 tháng 02 năm 2026"),
            ("issuer", "ĐẢNG ỦY XÃ TÂN PHÚ"),
            ("title", "NGHỊ QUYẾT\nvề nâng cao chất lượng\nsinh hoạt chi bộ"),
            ("signer", "T/M ĐẢNG ỦY\nBÍ THƯ\n(đã ký)\nTrần Thị Ước"),
        ],
    )
    def test_says_where_each_field_is_printed(self, name: str, line: str) -> None:
        assert printed(PARTY, name) == line

    def test_the_header_ends_behind_the_grounds(self) -> None:
        assert laid(PARTY).text[fields(PARTY).header_end :].startswith("Đảng ủy xã quyết nghị:")

    def test_number_and_date_may_share_a_line_below_the_motto(self) -> None:
        text = (
            "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nĐẢNG CỘNG SẢN VIỆT NAM\n---------------\n"
            "Số 901-QĐ/TW Hà Nội, ngày 26 tháng 5 năm 2025\nQUY ĐỊNH\nHỌP CHI BỘ\n1. Một."
        )
        found = fields(text)
        assert (found.number, found.place, found.date) == ("901-QĐ/TW", "Hà Nội", datetime.date(2025, 5, 26))
        assert (found.type, found.type_name, found.issuer) == ("QĐ", "Quy định", "Ban Chấp hành Trung ương")

    @pytest.mark.parametrize(
        "broken", ["ngày 05 tháng 9 năm\n2025", "ngày 05\ntháng 9 năm 2025", "ngày 05 tháng 9\nnăm 2025"]
    )
    def test_a_date_that_a_narrow_column_broke_is_read(self, broken: str) -> None:
        whole = re.search(r"ngày \d+ tháng \d+ năm \d{4}", PARTY)
        assert whole
        assert fields(PARTY.replace(whole[0], broken, 1)).date == datetime.date(2025, 9, 5)

    def test_a_line_with_both_columns_is_read(self) -> None:
        text = PARTY.replace("ĐẢNG ỦY XÃ TÂN PHÚ\n*\nSố", "ĐẢNG ỦY XÃ TÂN PHÚ ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố")
        assert fields(text).issuer == "Đảng ủy xã Tân Phú"

    def test_the_standing_committee_is_known_by_its_signature(self) -> None:
        assert fields(PARTY.replace("T/M ĐẢNG ỦY", "T/M BAN THƯỜNG VỤ")).issuer == "Ban Thường vụ Đảng ủy xã Tân Phú"

    @pytest.mark.parametrize("sign", ["T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "K/T BÍ THƯ\nPHÓ BÍ THƯ"])
    def test_who_signs_for_another_leaves_the_issuer(self, sign: str) -> None:
        found = fields(PARTY.replace("T/M ĐẢNG ỦY\nBÍ THƯ", sign))
        assert (found.issuer, found.signer) == ("Đảng ủy xã Tân Phú", "Trần Thị Ước")

    def test_the_signer_alone_is_shown_where_recipients_stand_in_the_block(self) -> None:
        text = PARTY.replace("(đã ký)", "- Lưu Văn phòng.")
        assert printed(text, "signer") == "Trần Thị Ước"

    @pytest.mark.parametrize("issuer", ["ĐẢNG UỶ XÃ TÂN PHÚ", "ĐẢNG ỦY XÃ TÂN PHÚ", "ĐẢNG ỦY\nXÃ TÂN PHÚ"])
    def test_old_spelling_and_broken_names_are_one_issuer(self, issuer: str) -> None:
        assert fields(PARTY.replace("ĐẢNG ỦY XÃ TÂN PHÚ", issuer)).issuer == "Đảng ủy xã Tân Phú"

    def test_a_staff_body_is_named_with_the_body_above(self) -> None:
        text = "ĐẢNG ỦY XÃ TÂN PHÚ\nỦY BAN KIỂM TRA\n*\nSố 07-TB/UBKTĐU\nTHÔNG BÁO\nkết quả giám sát\n1. Một."
        assert fields(text).issuer == "Ủy ban Kiểm tra Đảng ủy xã Tân Phú"

    def test_a_cell_is_the_issuer_below_its_party_committee(self) -> None:
        text = "ĐẢNG BỘ XÃ TÂN PHÚ\nCHI BỘ KHU PHỐ 3\n*\nSố 10-NQ/CB\nNGHỊ QUYẾT\nhọp tháng 10\n1. Một."
        assert fields(text).issuer == "Chi bộ Khu phố 3"


class TestTitle:
    def title(self, lines: str) -> str:
        return fields(f"ĐẢNG ỦY XÃ AN\n*\nSố 05-NQ/ĐU\nAn, ngày 05 tháng 02 năm 2026\n{lines}\n1. Một.").title

    @pytest.mark.parametrize(
        ("lines", "title"),
        [
            ("NGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ XÃ\nvề nhiệm vụ", "của Ban Chấp hành Đảng bộ xã về nhiệm vụ"),
            ("KẾT LUẬN\nvề trật tự đô thị\n6 tháng đầu năm\n-----", "về trật tự đô thị 6 tháng đầu năm"),
            ("NGHỊ QUYẾT\nHội nghị lần thứ 6 Đảng ủy\nvề kinh tế", "Hội nghị lần thứ 6 Đảng ủy về kinh tế"),
            ("HƯỚNG DẪN VỀ HỌP CHI BỘ", "Về họp chi bộ"),
            ("Kế hoạch\ntổ chức đối thoại", "tổ chức đối thoại"),
            ("KẾ HOẠCH\n(VĂN BẢN MẪU)\ntổ chức đối thoại", "tổ chức đối thoại"),
            ("ĐỀ ÁN\n-----", ""),
            ("THÔNG BÁO\nNgày 05/9/2026, tại trụ sở, Thường trực Đảng ủy họp và có ý kiến như sau:", ""),
            ("QUY ĐỊNH\nsửa đổi Quy định số 19-QĐ/ĐU\nvề họp", "sửa đổi Quy định số 19-QĐ/ĐU về họp"),
        ],
        ids=lambda value: value[:40].replace("\n", " / "),
    )
    def test_is_what_stands_below_the_type(self, lines: str, title: str) -> None:
        assert self.title(lines) == title

    def test_a_number_in_it_is_not_that_of_the_paper(self) -> None:
        assert fields("QUY ĐỊNH\nsửa đổi Quy định số 19-QĐ/ĐU, ngày 12/6/2026\n1. Một.").number is None

    def test_a_date_in_it_is_not_that_of_the_paper(self) -> None:
        assert fields("QUY ĐỊNH\nsửa đổi Quy định số 19-QĐ/ĐU, ngày 12/6/2026\n1. Một.").date is None


class TestSamples:
    def test_the_remark_is_neither_issuer_nor_title(self) -> None:
        found = fields("(VĂN BẢN MẪU)\n" + PARTY)
        assert (found.sample, found.issuer, found.title) == (
            True,
            "Đảng ủy xã Tân Phú",
            "về nâng cao chất lượng sinh hoạt chi bộ",
        )

    def test_a_paper_without_it_is_none(self) -> None:
        assert fields(PARTY).sample is False


class TestLetter:
    LETTER = (
        "ĐẢNG ỦY XÃ AN\n*\nSố 118-CV/ĐU\nV/v báo cáo\nquý III năm 2026\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "An, ngày 09 tháng 11 năm 2026\nKính gửi: Các chi bộ,\nBan Xây dựng Đảng.\nĐể tổng hợp, đề nghị:\n1. Báo cáo."
    )

    def test_its_title_is_the_abstract_under_the_number(self) -> None:
        found = fields(self.LETTER)
        assert (found.number, found.type, found.type_name) == ("118-CV/ĐU", "CV", "Công văn")
        assert found.title == "V/v báo cáo quý III năm 2026"

    def test_its_header_ends_behind_the_addressees(self) -> None:
        assert laid(self.LETTER).text[fields(self.LETTER).header_end :].startswith("Để tổng hợp")

    def test_addressees_may_be_a_list(self) -> None:
        text = self.LETTER.replace(" Các chi bộ,\nBan Xây dựng Đảng.", "\n- Các chi bộ;\n- Ban Xây dựng Đảng.")
        assert laid(text).text[fields(text).header_end :].startswith("Để tổng hợp")


class TestDraft:
    @pytest.mark.parametrize("line", ["Số -KH/ĐU", "Số      -KH/ĐU", "Số ……-KH/ĐU", "Số: ..... /KH-UBND"])
    def test_a_blank_number_is_none_but_keeps_its_type(self, line: str) -> None:
        found = fields(f"ĐẢNG ỦY XÃ AN\n*\n{line}\nKính gửi: Các chi bộ\n1. Một.")
        assert (found.number, found.type) == (None, "KH")

    @pytest.mark.parametrize(
        "day", ["ngày     tháng 9 năm 2026", "ngày … tháng … năm 2026", "ngày ... tháng ... năm ...."]
    )
    def test_a_blank_date_is_none_but_keeps_the_place(self, day: str) -> None:
        found = fields(f"ĐẢNG ỦY XÃ AN\n*\nSố -KH/ĐU\nAn Phú, {day}\nKẾ HOẠCH\nhọp\n1. Một.")
        assert (found.place, found.date, found.title) == ("An Phú", None, "họp")

    def test_its_remark_is_no_part_of_the_issuer(self) -> None:
        assert fields("ĐẢNG ỦY XÃ AN\n*\nSố -KH/ĐU\nDỰ THẢO\nKẾ HOẠCH\nhọp\n1. Một.").issuer == "Đảng ủy xã An"


class TestStatePaper:
    def test_has_all_fields(self) -> None:
        found = fields(STATE)
        assert (found.number, found.type, found.type_name) == ("12/2024/QĐ-UBND", "QĐ", "Quyết định")
        assert (found.issuer, found.place) == ("Ủy ban nhân dân phường Tân Phú", "Tân Phú")
        assert (found.date, found.signer) == (datetime.date(2024, 9, 5), "Nguyễn Văn Bình")
        assert found.title == "Ban hành Quy chế quản lý chợ"

    def test_the_header_ends_behind_the_deciding_formula(self) -> None:
        assert laid(STATE).text[fields(STATE).header_end :].startswith("Điều 1.")

    def test_leading_zeros_of_the_number_stay(self) -> None:
        assert fields(STATE.replace("12/2024", "05/2024")).number == "05/2024/QĐ-UBND"

    def test_the_place_may_be_a_city(self) -> None:
        text = STATE.replace("Tân Phú, ngày", "Thành phố Hồ Chí Minh, ngày")
        assert fields(text).place == "Thành phố Hồ Chí Minh"


class TestPlainText:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Một dòng.", "Một dòng"),
            ("Kho văn bản\n1. Cách dùng", "Kho văn bản"),
            ("Câu một. Câu hai.", "Câu một"),
            ("1. Một\n2. Hai", "1. Một"),
            ("Điều 5. Nguyên tắc\n1. Một", "Điều 5. Nguyên tắc"),
        ],
    )
    def test_is_named_by_its_first_words(self, text: str, title: str) -> None:
        assert fields(text).title == title

    def test_a_long_first_sentence_is_cut_between_words(self) -> None:
        title = fields("chi bộ " * 60).title
        assert len(title) <= 162
        assert title.endswith((" chi …", " bộ …"))

    @pytest.mark.parametrize(
        "text",
        [
            "Lịch sử thành phố\nThành lập năm 1975, ngày 30/4/1975 là mốc.",
            "Thực hiện Kế hoạch 12-KH/ĐU, ngày 05/9/2026, chi bộ họp.",
            "Báo cáo\nChi bộ họp ngày 5/9/2026.",
        ],
    )
    def test_has_no_fields_of_the_form(self, text: str) -> None:
        found = fields(text)
        assert (found.number, found.type, found.issuer, found.date, found.header_end) == (None, None, None, None, 0)

    def test_a_letterhead_without_type_leaves_the_title_below_it(self) -> None:
        found = fields(
            "ĐẢNG ỦY XÃ AN\nBAN XÂY DỰNG ĐẢNG\nĐẢNG CỘNG SẢN VIỆT NAM\nAn, ngày 01 tháng 7 năm 2026\n"
            "TÀI LIỆU SINH HOẠT\nquý III năm 2026\n-----\nI- MỞ ĐẦU\nNội dung."
        )
        assert found.title == "Tài liệu sinh hoạt quý III năm 2026"
        assert (found.issuer, found.date) == ("Ban Xây dựng Đảng Đảng ủy xã An", datetime.date(2026, 7, 1))

    def test_nothing_gives_nothing(self) -> None:
        assert fields("") == Fields()
