"""Marks of secrecy: seen as a stamp and in a file name, not where a paper only speaks of secrets."""

from __future__ import annotations

import unicodedata

import pytest

from index.reading.classified import mark_of_name, mark_of_pages
from index.types import Pages, Scan

BODY = tuple(f"{number}. Đảng viên thực hiện nhiệm vụ được giao." for number in range(1, 60))


def marked(*pages: tuple[str, ...]) -> str | None:
    return mark_of_pages(Pages(pages=pages, physical=True, wrapped=True))


def with_tone_first(text: str) -> str:
    """The same letters with the dot below typed before or after the circumflex, whichever NFD does not choose."""
    return unicodedata.normalize("NFD", text).replace("\u0323\u0302", "\u0302\u0323")


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("MẬT 05-BC.pdf", "MẬT"),
        ("05-BC_MẬT.docx", "MẬT"),
        ("05-BC(MẬT)-2025.docx", "MẬT"),
        ("toi-mat-05.pdf", "TỐI MẬT"),
        ("Báo cáo tối mật.pdf", "TỐI MẬT"),
        ("BC TỐI_MẬT.pdf", "TỐI MẬT"),
        ("tuyet_mat.txt", "TUYỆT MẬT"),
        ("Tuyệt Mật 2025.txt", "TUYỆT MẬT"),
        ("do mat cao.txt", "MẬT"),
        ("độ-mật.txt", "MẬT"),
        ("bao-cao-mat.pdf", "MẬT"),
        ("BAO CAO MAT.PDF", "MẬT"),
        ("bao-cao-mat (1).pdf", "MẬT"),
        ("toi-mat/bao-cao.pdf", "TỐI MẬT"),
        ("kh-mat.docx.txt", "MẬT"),
        ("kh mật 2.txt", "MẬT"),
        ("bc-toi-mat-2.docx.pdf", "TỐI MẬT"),
    ],
)
@pytest.mark.parametrize("form", [str, with_tone_first, lambda name: unicodedata.normalize("NFD", name)])
def test_a_marked_name_is_seen_however_it_is_composed(name: str, mark: str, form: type[str]) -> None:
    assert mark_of_name(form(name)) == mark


@pytest.mark.parametrize(
    "name",
    [
        "mat-tran.pdf",
        "Mặt trận Tổ quốc.pdf",
        "mặt-trận.pdf",
        "bao-cao-do-mat-tran-trinh.pdf",
        "MẶT TRẬN.docx",
        "Các mặt.docx",
        "luat-bi-mat.pdf",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC.pdf",
        "bao ve bi mat nha nuoc.pdf",
        "an toàn, bảo mật.pdf",
        "vat-tu.pdf",
        "format.txt",
        "mat-bang/ban-do.pdf",
        "bi-mat.docx.txt",
        "bi-mat-2.txt",
        "mat-tran-2.docx.txt",
        "MẬT VỤ.txt",
        "MẬT ĐỘ DÂN SỐ.txt",
    ],
)
def test_a_name_that_only_speaks_of_other_things_is_let_through(name: str) -> None:
    assert mark_of_name(name) is None


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT  MẬT", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I   M Ậ T", "TỐI MẬT"),
        ("[MẬT]", "MẬT"),
        ("**TỐI MẬT**", "TỐI MẬT"),
        ("- MẬT -", "MẬT"),
        ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"),
        ("Độ mật: MẬT", "MẬT"),
        ("MẬT - HỎA TỐC", "MẬT"),
        ("Số 05-BC/TU-MẬT", "MẬT"),
        ("Số: 12/BC-UBND (TỐI MẬT)", "TỐI MẬT"),
        ("MẬT Hà Nội, ngày 09 tháng 6 năm 2025", "MẬT"),
        ("MẬT ĐẢNG CỘNG SẢN VIỆT NAM", "MẬT"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM TỐI MẬT", "TỐI MẬT"),
        ("ĐẢNG BỘ TỈNH A MẬT", "MẬT"),
        ("ĐẢNG ỦY XÃ B TUYỆT MẬT", "TUYỆT MẬT"),
        ("ĐẢNG BỘ TỈNH A TỐI MẬT Bản số: 01", "TỐI MẬT"),
        ("MẬT ĐẢNG BỘ TỈNH A", "MẬT"),
        ("Trang 1 MẬT", "MẬT"),
        ("Trang 1/5 TỐI MẬT", "TỐI MẬT"),
        ("MẬT Bản số: 03", "MẬT"),
        ("MẬT Bản số: …", "MẬT"),
        ("TỐI MẬT - Bản số 1", "TỐI MẬT"),
        ("MẬT (02 bản)", "MẬT"),
        ("Cấp độ mật: MẬT", "MẬT"),
        ("DẤU MẬT", "MẬT"),
        ("1. MẬT", "MẬT"),
        ("Số bản | MẬT", "MẬT"),
        ("Mật", "MẬT"),
        ("Số 12-BC/ĐU | Tối mật", "TỐI MẬT"),
        ("(Tối mật)", "TỐI MẬT"),
        ("Mật - Hỏa tốc", "MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Độ mật: C", "MẬT"),
        ("TÀI LIỆU MẬT", "MẬT"),
        ("Tài liệu Mật", "MẬT"),
        ("TÀI LIỆU MẬT - KHÔNG SAO CHỤP", "MẬT"),
        ("ĐÓNG DẤU MẬT", "MẬT"),
        ("Đóng dấu: MẬT", "MẬT"),
        ("Đóng dấu: Tối mật", "TỐI MẬT"),
        ("BÍ MẬT", "MẬT"),
        ("TUYỆT ĐỐI BÍ MẬT", "MẬT"),
        ("BÍ MẬT NHÀ NƯỚC", "MẬT"),
        ("Bí mật nhà nước độ Mật", "MẬT"),
        ("Tài liệu thuộc bí mật nhà nước độ Tuyệt mật", "TUYỆT MẬT"),
        ("MẬT | Bản số 1", "MẬT"),
    ],
)
@pytest.mark.parametrize("form", [str, with_tone_first])
def test_a_stamp_in_the_header_is_seen(line: str, mark: str, form: type[str]) -> None:
    assert marked(("ĐẢNG BỘ TỈNH X", form(line), *BODY)) == mark


@pytest.mark.parametrize(
    "lines",
    [
        ("Hồ sơ đảng viên là tài liệu mật.",),
        ("mật",),
        ("MẶT",),
        ("Quy chế bảo vệ bí mật nhà nước",),
        ("DANH MỤC", "BÍ MẬT NHÀ NƯỚC"),
        ("QUY CHẾ QUẢN LÝ, SỬ DỤNG", "TÀI LIỆU MẬT"),
        ("BÍ MẬT NHÀ NƯỚC", "TRONG CÁC CƠ QUAN CỦA ĐẢNG"),
        ("Luật Bảo vệ", "bí mật nhà nước"),
        ("Chương II", "BÍ MẬT NHÀ NƯỚC"),
        ("Độ mật gồm:", "Mật"),
        ("a) Tối mật;",),
        ("- Mật",),
        ("Mật độ: cao",),
        ("Mật khẩu",),
        ("Độ mật:",),
        ("ĐỘ MẬT",),
        ("VỀ CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",),
        ("VỀ CÔNG TÁC BẢO VỆ BÍ", "MẬT"),
        ("TĂNG CƯỜNG AN TOÀN, BẢO", "MẬT"),
        ("TĂNG CƯỜNG BẢO MẬT",),
        ("QUẢN LÝ TÀI LIỆU MẬT, TỐI MẬT",),
        ("XÁC ĐỊNH ĐỘ MẬT",),
        ("MẬT VỤ",),
        ("Mặt trận",),
        ("Số 05-QĐ/TU về bảo vệ BÍ MẬT nhà nước",),
        ("Văn bản có độ mật TỐI MẬT do Ban Thường vụ quyết định.",),
        ("STT | Độ mật | Số lượng", "1 | MẬT | 3"),
    ],
)
def test_words_about_secrets_are_no_stamp(lines: tuple[str, ...]) -> None:
    assert marked(("ĐẢNG BỘ TỈNH X", *lines, *BODY)) is None


def test_a_name_that_ends_like_a_title_about_secrets_hides_no_stamp() -> None:
    assert marked(("ĐỒNG CHÍ NGUYỄN VĂN BẢO", "MẬT", *BODY)) == "MẬT"


@pytest.mark.parametrize("line", ["- MẬT", "+ TỐI MẬT", "| MẬT |", "1. MẬT", "a) MẬT", "Số bản | MẬT"])
def test_a_list_line_or_cell_in_the_body_is_no_stamp(line: str) -> None:
    assert marked((*BODY, line)) is None


def test_a_stamp_at_the_top_of_a_later_page_is_seen() -> None:
    assert marked(BODY, ("2", "MẬT ĐẢNG CỘNG SẢN VIỆT NAM", *BODY)) == "MẬT"


def test_a_line_of_its_own_is_seen_anywhere() -> None:
    assert marked((*BODY, "TỐI MẬT", *BODY)) == "TỐI MẬT"


def scanned(*lines: str, behind: tuple[str, ...] = BODY) -> str | None:
    """The mark on a page that was read from its picture."""
    page = ("ĐẢNG BỘ TỈNH X", *lines, *behind)
    return mark_of_pages(Pages(pages=(page,), physical=True, wrapped=True, scans=(Scan(page=1, confidence=80),)))


MISREAD = [
    ("MẶT", "MẬT"),
    ("MÂT", "MẬT"),
    ("MAT", "MẬT"),
    ("MẠT", "MẬT"),
    ("M Ậ T", "MẬT"),
    ("M Ặ T", "MẬT"),
    ("[MẶT]", "MẬT"),
    ("|MẬT|", "MẬT"),
    ("I MẬT l", "MẬT"),
    ("| MÂT |", "MẬT"),
    ("IMẬTI", "MẬT"),
    ("! MẬT 1", "MẬT"),
    ("MẬ1", "MẬT"),
    ("IVIẬT", "MẬT"),
    ("MẬT.", "MẬT"),
    ("MẶT Bản số: 03", "MẬT"),
    ("TỔI MẬT", "TỐI MẬT"),
    ("TÓI MẶT", "TỐI MẬT"),
    ("T0I MẬT", "TỐI MẬT"),
    ("TỐl MẬT", "TỐI MẬT"),
    ("[ TÔI MÂT ]", "TỐI MẬT"),
    ("TUYỆT MAT", "TUYỆT MẬT"),
    ("TUYẾT MÂT", "TUYỆT MẬT"),
    ("I TUYÊT MẠT I", "TUYỆT MẬT"),
    ("MẶT ĐẢNG CỘNG SẢN VIỆT NAM", "MẬT"),
    ("ĐẢNG CỘNG SẢN VIỆT NAM TỔI MẶT", "TỐI MẬT"),
    ("ĐẢNG BỘ TỈNH A MÂT", "MẬT"),
    ("Số 05-BC/TU TÔI MẬT", "TỐI MẬT"),
    ("ĐẢNG BỘ TỈNH A | MẶT", "MẬT"),
    ("TUYẾỆT MẬT", "TUYỆT MẬT"),
    ("TUYẾT MÃN", "TUYỆT MẬT"),
    ("TUYẾT MẠ]", "TUYỆT MẬT"),
    ("MAẠT", "MẬT"),
    ("TỔI MẬT BÁO CÁO", "TỐI MẬT"),
    ("MẬT QUYẾT ĐỊNH", "MẬT"),
]


@pytest.mark.parametrize(("line", "mark"), MISREAD)
def test_a_stamp_is_seen_in_what_recognition_makes_of_it(line: str, mark: str) -> None:
    assert scanned(line) == mark


@pytest.mark.parametrize("line", ["TỔI MẶT", "TUYỆT MAT", "I MẬT l", "MÂT"])
def test_a_misread_stamp_is_seen_at_the_foot_too(line: str) -> None:
    assert scanned(behind=(*BODY, line)) is not None


@pytest.mark.parametrize(
    "lines",
    [
        ("CÁC", "MẶT"),
        ("VẮNG", "MẶT"),
        ("CÓ MẶT",),
        ("MỌI MẶT",),
        ("LÃNH ĐẠO TOÀN DIỆN CÁC MẶT",),
        ("ĐẢNG BỘ TỈNH A LÃNH ĐẠO MỌI MẶT",),
        ("ỦY BAN", "MẶT", "TRẬN TỔ QUỐC VIỆT NAM"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",),
        ("MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH A",),
        ("Mặt",),
        ("mặt",),
        ("MAI",),
        ("TÔI",),
        ("TUYỆT",),
        ("MẬT ĐỘ",),
        ("MẬT VỤ",),
        ("ĐỘ MẬT",),
        ("Danh mục bí mật nhà nước độ Mật",),
        ("DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ", "MẬT"),
        ("VỀ CÔNG TÁC BẢO VỆ BÍ", "MẬT"),
        ("TT | Tên tài liệu | Độ mật", "Đề thi tuyển dụng | MẬT", "Phương án | TUYỆT MẬT"),
        ("Hồ sơ đảng viên là tài liệu mật.",),
        ("Tôi mất thẻ đảng viên.",),
    ],
)
def test_other_words_on_a_scan_are_no_stamp(lines: tuple[str, ...]) -> None:
    assert scanned(*lines) is None


@pytest.mark.parametrize("line", ["MẶT", "MAT", "TÔI MẤT"])
def test_what_only_recognition_confuses_is_no_stamp_on_a_page_of_text(line: str) -> None:
    assert marked(("ĐẢNG BỘ TỈNH X", line, *BODY)) is None


def test_what_a_second_look_at_a_scan_found_counts_too() -> None:
    scan = (Scan(page=1, confidence=80),)
    pages = Pages(pages=(BODY,), physical=True, wrapped=True, scans=scan, furniture=("ĐẢNG BỘ TỈNH X", "TỔI MẶT"))
    assert mark_of_pages(pages) == "TỐI MẬT"


def test_a_stamp_that_is_only_likely_may_be_set_aside() -> None:
    scan = (Scan(page=1, confidence=80),)
    likely, sure = (
        Pages(pages=((line, *BODY),), physical=True, wrapped=True, scans=scan) for line in ("MẶT", "TỐI MẬT")
    )
    assert (mark_of_pages(likely, surely=True), mark_of_pages(sure, surely=True)) == (None, "TỐI MẬT")


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("12-QĐ/TU-MẬT", "MẬT"),
        ("Số 12-QĐ/TU-MẬT", "MẬT"),
        ("15-BC/ĐU(M)", "MẬT"),
        ("Số: 15-BC/ĐU (M)", "MẬT"),
        ("Số 08-KH/TU (TM)", "TỐI MẬT"),
        ("Số 08-KH/TU-M", "MẬT"),
        ("Số 07-TB/UBKTTU-TM", "TỐI MẬT"),
        ("Số 12-BC/UBND (Tối mật)", "TỐI MẬT"),
        ("Số: 05-BC/TU - Mật", "MẬT"),
        ("Số 05-BC/TW - TUYỆT MẬT", "TUYỆT MẬT"),
        ("Số 15-BC/ĐU(M) Hà Nội, ngày 5 tháng 6 năm 2026", "MẬT"),
        ("Số 12-KH/BCĐ (M)", "MẬT"),
        ("Số 12-BC/ĐU/M", "MẬT"),
        ("Số 12-M/BC/ĐU", "MẬT"),
        ("Số: 12-BC/ĐU.M", "MẬT"),
        ("12-BC/ĐU.TM", "TỐI MẬT"),
        ("Số      -BC/TU/TyM", "TUYỆT MẬT"),
    ],
)
def test_a_mark_behind_the_papers_own_number_is_seen(line: str, mark: str) -> None:
    assert marked(("ĐẢNG BỘ TỈNH X", line, *BODY)) == mark


@pytest.mark.parametrize(
    "line",
    [
        "Số 12-KH/BCĐ-XDNTM",
        "Số 09/KH-XDNTM",
        "Số 123/SCT-TM",
        "Số 45/BCT-TM",
        "Số 12-QĐ/BTM",
        "Số 01-QC/TU-M1",
        "Số 03-QĐ/ĐUQS",
        "Số 12-KH/TU",
        "Số 05-QĐ/TU về mật độ dân cư",
        "Căn cứ Báo cáo số 15-BC/ĐU(M) ngày 05/6/2026;",
        "- Thực hiện Quyết định số 12-QĐ/TU-MẬT của Ban Thường vụ.",
        "Số 15-BC/ĐU (Mẫu 1)",
        "Số 15-BC/ĐU/MT",
        "Số 15-KH/HĐND/M",
        "Số 12-MTTQ/BC/ĐU",
    ],
)
def test_another_suffix_or_number_is_no_mark(line: str) -> None:
    assert marked(("ĐẢNG BỘ TỈNH X", line, *BODY)) is None
