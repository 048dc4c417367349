"""Numbers and names as they are typed, and two ways of counting in one paper."""

from __future__ import annotations

from typing import Final

from tests.hard.paper import ISSUER, NATION, docx_of, paper, text_of
from tests.hard.traps import Shelf, Traps, has_fields, stands_at

TRAPS: Final = Traps()


def _numbered(typed: str, thing: str) -> bytes:
    return text_of(paper(typed, "02/9/2026", "NGHỊ QUYẾT", f"về {thing}", f"1. Chi bộ bàn việc {thing} mỗi quý."))


@TRAPS.set("number with spaces", {"number-spaces.txt": lambda: _numbered("131 - NQ/ĐU", "quét dọn am miếu")})
def _(shelf: Shelf) -> None:
    has_fields(shelf.one("number-spaces.txt"), number="131-NQ/ĐU", type="NQ", date="2026-09-02")


@TRAPS.set("number with an en dash", {"number-en-dash.txt": lambda: _numbered("132–NQ/ĐU", "che bạt thuyền thúng")})
def _(shelf: Shelf) -> None:
    has_fields(shelf.one("number-en-dash.txt"), number="132-NQ/ĐU", type="NQ")


@TRAPS.set("numbers that are asked as they were typed", {}, built=True)
def _(shelf: Shelf) -> None:
    for typed in ("131-NQ/ĐU", "131 - NQ/ĐU", "131–nq/đu", "nghị quyết 131"):
        assert [each.file for each in shelf.library.find(typed)] == ["number-spaces.txt"], typed


@TRAPS.set("number that is left blank", {"number-blank.txt": lambda: _numbered("     -NQ/ĐU", "thả đèn hoa đăng")})
def _(shelf: Shelf) -> None:
    has_fields(shelf.one("number-blank.txt"), number=None, type="NQ", date="2026-09-02")


def old_tones() -> bytes:
    lines = paper("134-QĐ/ĐU", "03/9/2026", "QUYẾT ĐỊNH", "về việc cử người giữ thuỷ đài",
                  "Điều 1. Uỷ viên thường trực giữ chìa khoá thuỷ đài.", "Điều 2. Việc hoà giải do tổ hoà giải lo.",
                  issuer=("ĐẢNG BỘ TỈNH LAM HÀ", "ĐẢNG UỶ PHƯỜNG BÃI LAU"))  # fmt: skip
    return docx_of([line.replace("T/M ĐẢNG ỦY", "T/M ĐẢNG UỶ") for line in lines])


@TRAPS.set("marks of tone in their old place", {"old-tones.docx": old_tones}, built=True)
def _(shelf: Shelf) -> None:
    reading = shelf.one("old-tones.docx")
    has_fields(reading, number="134-QĐ/ĐU", issuer=ISSUER, signer="Lê Văn Sậy")
    assert "giữ chìa khoá thuỷ đài" in reading.printed.text
    for asked in ("Ai giữ chìa khóa thủy đài?", "ai giu chia khoa thuy dai"):
        quotes = shelf.ask(asked).quotes
        assert [quote.directive.file for quote in quotes[:1]] == ["old-tones.docx"], asked


def two_ways() -> bytes:
    return docx_of(
        paper(
            "135-HD/ĐU", "04/9/2026", "HƯỚNG DẪN", "thực hiện Quy định về giữ gìn nếp ăn ở bến phà",
            "1. Điều 2: Về giờ chạy phà", "1.1. Phà chạy chuyến đầu lúc năm giờ.",
            "2. Điều 3: Về vé phà", "2.1. Vé phà bán tại chòi gác.",
            "3. Điều 4: Về áo phao", "3.1. Khách qua phà mặc áo phao suốt chuyến.",
            "4. Điều 7: Về hàng cồng kềnh", "4.1. Hàng cồng kềnh xếp ở đuôi phà.",
        )
    )  # fmt: skip


@TRAPS.set("two ways of counting in one paper", {"two-numberings.docx": two_ways}, built=True)
def _(shelf: Shelf) -> None:
    stands_at(shelf.one("two-numberings.docx"), "Khách qua phà mặc áo phao suốt chuyến.", "3", "3.1")
    assert "áo phao" in shelf.said("Điều 4 của Hướng dẫn 135-HD/ĐU nói gì?")
    assert "áo phao" in shelf.said("mục 3 của Hướng dẫn 135-HD/ĐU nói gì?")
    assert "cồng kềnh" in shelf.said("mục 4 của Hướng dẫn 135-HD/ĐU nói gì?")


def run_together() -> bytes:
    """What a PDF makes of a head in two columns: both in one line."""
    body = paper(
        "136-CT/ĐU", "05/9/2026", "CHỈ THỊ", "về việc phơi lúa ven lộ", "1. Nông dân phơi lúa cách mép lộ một mét."
    )
    return text_of(
        [f"ĐẢNG BỘ TỈNH LAM HÀ      {NATION}", "ĐẢNG ỦY PHƯỜNG BÃI LAU", "*",
         "Số 136-CT/ĐU      Bãi Lau, ngày 05 tháng 9 năm 2026", *body[6:]]
    )  # fmt: skip


@TRAPS.set("two columns of a head in one line", {"columns-in-a-line.txt": run_together})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("columns-in-a-line.txt"), number="136-CT/ĐU", type="CT", date="2026-09-05", place="Bãi Lau",
        title="về việc phơi lúa ven lộ", issuer="Đảng ủy phường Bãi Lau",
    )  # fmt: skip


def of_the_state() -> bytes:
    return text_of(
        ["ỦY BAN NHÂN DÂN", "PHƯỜNG BÃI LAU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
         "Số: 137/2026/QĐ-UBND", "Bãi Lau, ngày 06 tháng 9 năm 2026", "QUYẾT ĐỊNH", "Về việc đặt tên ngõ Cây Thị",
         "Điều 1. Đặt tên ngõ Cây Thị cho lối vào giếng cổ.", "Nơi nhận:", "- Lưu VT.", "TM. ỦY BAN NHÂN DÂN",
         "CHỦ TỊCH", "Phan Văn Lúa"]
    )  # fmt: skip


@TRAPS.set("number of the State with its year", {"state-number.txt": of_the_state})
def _(shelf: Shelf) -> None:
    has_fields(
        shelf.one("state-number.txt"), number="137/2026/QĐ-UBND", type="QĐ", date="2026-09-06", signer="Phan Văn Lúa"
    )
