"""More than one paper in a file, papers that are not final, papers not for everybody."""

from __future__ import annotations

from typing import Final

from index import DirectiveId
from tests.hard.paper import ISSUER, docx_of, paper, text_of
from tests.hard.traps import Shelf, Traps, has_fields, stands_at

TRAPS: Final = Traps()
REGULATION: Final = (
    "QUY CHẾ",
    "sử dụng nhà truyền thống phường",
    "(Ban hành kèm theo Quyết định số 101-QĐ/ĐU, ngày 02/7/2026 của Đảng ủy phường Bãi Lau)",
    "-----",
    "Điều 1. Giờ mở cửa",
    "Nhà truyền thống mở cửa từ thứ ba đến chủ nhật.",
    "Điều 2. Hiện vật",
    "1. Hiện vật cho mượn phải có giấy giao nhận.",
    "2. Mỗi lần cho mượn không quá bảy ngày.",
)


def with_regulation() -> bytes:
    decision = paper(
        "101-QĐ/ĐU",
        "02/7/2026",
        "QUYẾT ĐỊNH",
        "ban hành Quy chế sử dụng nhà truyền thống phường",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế sử dụng nhà truyền thống phường.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    )
    return docx_of([*decision, *REGULATION])


@TRAPS.set("decision with its regulation in one file", {"decision-and-regulation.docx": with_regulation}, built=True)
def _(shelf: Shelf) -> None:
    decision, regulation = shelf.readings("decision-and-regulation.docx")
    has_fields(decision, number="101-QĐ/ĐU", type_name="Quyết định", attached_to=None, signer="Lê Văn Sậy")
    has_fields(
        regulation, number="101-QĐ/ĐU", type_name="Quy chế", date="2026-07-02", issuer=ISSUER,
        title="sử dụng nhà truyền thống phường", attached_to=decision.directive.id,
    )  # fmt: skip
    stands_at(regulation, "Mỗi lần cho mượn không quá bảy ngày.", "Điều 2", "2")
    assert "bảy ngày" not in decision.printed.text
    quote = shelf.ask("Hiện vật nhà truyền thống cho mượn tối đa bao nhiêu ngày?").quotes[0]
    assert quote.directive.id == regulation.directive.id


def with_annex() -> bytes:
    lines = paper("102-HD/ĐU", "03/7/2026", "HƯỚNG DẪN", "về việc đăng ký đám cưới tập thể",
                  "1. Đôi bạn trẻ nộp đơn theo mẫu tại Phụ lục.")  # fmt: skip
    annex = ["PHỤ LỤC", "Mẫu đơn đăng ký đám cưới tập thể", "1. Họ và tên cô dâu, chú rể.", "2. Số khách mời hai họ."]
    return docx_of([*lines, *annex])


@TRAPS.set("annex behind the signature", {"annex.docx": with_annex})
def _(shelf: Shelf) -> None:
    reading = shelf.one("annex.docx")
    has_fields(reading, number="102-HD/ĐU", signer="Lê Văn Sậy")
    stands_at(reading, "Số khách mời hai họ.", "PHỤ LỤC", "2")
    stands_at(reading, "Đôi bạn trẻ nộp đơn theo mẫu tại Phụ lục.", "1")


def draft() -> bytes:
    lines = paper("     -NQ/ĐU", "04/7/2026", "NGHỊ QUYẾT", "về việc mở chợ nổi Rạch Ông",
                  "1. Chợ nổi Rạch Ông họp từ năm giờ sáng.", "2. Ghe bán hàng neo cách cầu ba mươi mét.")  # fmt: skip
    return docx_of(["DỰ THẢO LẦN 2", *lines])


@TRAPS.set("draft", {"draft.docx": draft}, built=True)
def _(shelf: Shelf) -> None:
    reading = shelf.one("draft.docx")
    has_fields(reading, draft=True, number=None, type="NQ")
    assert shelf.standing("draft.docx").status == "draft"
    answer = shelf.ask("Chợ nổi Rạch Ông họp từ mấy giờ?")
    assert [quote.directive.file for quote in answer.quotes if not answer.reply.blocks] == []
    assert "draft.docx" not in {quote.directive.file for quote in answer.quotes}
    asked = shelf.ask("Dự thảo nghị quyết nói chợ nổi Rạch Ông họp từ mấy giờ?")
    assert any("ự thảo" in getattr(block, "warning", "") for block in asked.reply.blocks)


INTERNAL: Final = paper(
    "103-BC/ĐU", "05/7/2026", "BÁO CÁO", "về tình hình tư tưởng trong xóm chài",
    "1. Bà con xóm chài lo việc neo đậu mùa bão.", "2. Ý kiến về bến mới còn khác nhau.",
)  # fmt: skip


@TRAPS.set(
    "paper that stays inside", {"internal.docx": lambda: docx_of([*INTERNAL[:6], "LƯU HÀNH NỘI BỘ", *INTERNAL[6:]])}
)
def _(shelf: Shelf) -> None:
    reading = shelf.one("internal.docx")
    has_fields(reading, audience="committee", number="103-BC/ĐU")
    assert str(reading.directive.circulation).upper() == "LƯU HÀNH NỘI BỘ"


@TRAPS.set("paper that stays inside, asked by who may not see it", {}, built=True)
def _(shelf: Shelf) -> None:
    hidden = shelf.directive("internal.docx").id
    seen: frozenset[DirectiveId] = frozenset(each.id for each in shelf.library.list()) - {hidden}
    findings = shelf.library.search("Bà con xóm chài lo việc gì mùa bão?", visible=seen)
    assert hidden not in {quote.directive.id for quote in findings.quotes}
    assert hidden not in {hit.directive.id for hit in findings.hits}
    assert shelf.library.find("103-BC/ĐU", visible=seen) == ()
    assert any("LƯU HÀNH NỘI BỘ" in " ".join(getattr(block, "marks", ())).upper()
               for block in shelf.ask("Bà con xóm chài lo việc gì mùa bão?").reply.blocks)  # fmt: skip


@TRAPS.set(
    "paper that is handed back, and a sidecar that says for whom",
    {
        "handed-back.txt": lambda: text_of(
            ["TÀI LIỆU XONG HỘI NGHỊ TRẢ LẠI",
             *paper("104-BC/ĐU", "06/7/2026", "BÁO CÁO", "về quỹ khuyến học", "1. Quỹ khuyến học còn chín triệu đồng.")]
        ),
        "handed-back.txt.yaml": lambda: b"audience: member\n",
    },
)  # fmt: skip
def _(shelf: Shelf) -> None:
    has_fields(shelf.one("handed-back.txt"), audience="member", number="104-BC/ĐU")
    assert shelf.one("handed-back.txt").directive.circulation


def letter() -> bytes:
    """No type line: an abstract below the number."""
    return text_of(
        ["ĐẢNG BỘ TỈNH LAM HÀ", "ĐẢNG ỦY PHƯỜNG BÃI LAU", "*", "Số 105-CV/ĐU", "V/v chuẩn bị đèn lồng rằm tháng tám",
         "ĐẢNG CỘNG SẢN VIỆT NAM", "Bãi Lau, ngày 07 tháng 7 năm 2026", "Kính gửi: Các chi bộ trực thuộc,",
         "Đảng ủy đề nghị các chi bộ chuẩn bị hai trăm đèn lồng.", "Nơi nhận:", "- Như trên,", "- Lưu.",
         "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Trần Thị Sen"]
    )  # fmt: skip


@TRAPS.set("letter without a type line", {"letter.txt": letter})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("letter.txt"), number="105-CV/ĐU", type="CV", date="2026-07-07", signer="Trần Thị Sen",
        title="V/v chuẩn bị đèn lồng rằm tháng tám",
    )  # fmt: skip
