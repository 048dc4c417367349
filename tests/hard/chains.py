"""Papers that end, change, lengthen or carry out one another; what each says and what then holds."""

from __future__ import annotations

from datetime import date
from typing import Final

from index import Reading, RelationKind
from tests.hard.paper import PROVINCE, WARD, docx_of, paper, text_of
from tests.hard.traps import Make, Shelf, Traps

TRAPS: Final = Traps()
PROVINCIAL: Final = ("TỈNH ỦY LAM HÀ", "BAN THƯỜNG VỤ")


def says(reading: Reading, kind: str) -> set[tuple[str | None, tuple[str, ...], date | None]]:
    """Number of the other paper, its articles, the day."""
    return {
        (one.reference.number if one.reference else None, one.articles, one.date)
        for one in reading.relations
        if one.kind is RelationKind(kind)
    }


def told(number: str, day: str, kind: str, title: str, *body: str, issuer: tuple[str, ...] = ()) -> Make:
    where = "Lam Hà" if issuer else "Bãi Lau"
    lines = paper(number, day, kind, title, *body, issuer=issuer or (PROVINCE, WARD), place=where)
    return lambda: text_of(lines)


@TRAPS.set(
    "paper that replaces another whole",
    {
        "rule-old.txt": told(
            "141-QĐ/ĐU",
            "10/3/2024",
            "QUY ĐỊNH",
            "về mượn sách thư viện phường",
            "Điều 1. Bạn đọc mượn tối đa hai cuốn sách thư viện.",
            "Điều 2. Thời gian mượn sách là năm ngày.",
        ),
        "rule-new.txt": told(
            "142-QĐ/ĐU",
            "10/3/2026",
            "QUY ĐỊNH",
            "về mượn sách thư viện phường, đọc sách tại chỗ",
            "Điều 1. Bạn đọc mượn tối đa sáu cuốn sách thư viện.",
            "Điều 2. Quy định này có hiệu lực kể từ ngày ký và thay thế Quy định số 141-QĐ/ĐU, ngày 10/3/2024.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert {number for number, _, _ in says(shelf.one("rule-new.txt"), "replaces")} == {"141-QĐ/ĐU"}
    standing = shelf.standing("rule-old.txt")
    assert (standing.status, standing.since) == ("replaced", date(2026, 3, 10))
    assert {edge.source for edge in standing.edges} == {shelf.directive("rule-new.txt").id}
    answer = shelf.ask("Bạn đọc được mượn tối đa mấy cuốn sách thư viện?")
    assert answer.quotes[0].directive.file == "rule-new.txt"
    assert "rule-old.txt" not in {quote.directive.file for quote in answer.quotes}


@TRAPS.set("replaced paper that is asked by its number", {}, built=True)
def _(shelf: Shelf) -> None:
    for asked in ("Quy định 141-QĐ/ĐU cho mượn mấy cuốn sách?", "Trước đây bạn đọc được mượn mấy cuốn sách thư viện?"):
        answer = shelf.ask(asked)
        old = [block for block in answer.reply.blocks if "hai cuốn sách" in getattr(block, "text", "")]
        assert old, asked
        warnings = " ".join(str(getattr(block, "warning", "")) for block in old)
        assert "thay thế" in warnings, asked
        assert "142-QĐ/ĐU" in warnings, asked


@TRAPS.set(
    "paper that is repealed",
    {
        "fee.txt": told(
            "143-QĐ/ĐU",
            "11/3/2024",
            "QUYẾT ĐỊNH",
            "về lệ phí đò ngang",
            "Điều 1. Khách đi đò ngang trả lệ phí hai nghìn đồng.",
        ),
        "fee-end.txt": told(
            "144-QĐ/ĐU",
            "11/3/2026",
            "QUYẾT ĐỊNH",
            "về việc bãi bỏ Quyết định số 143-QĐ/ĐU",
            "Điều 1. Bãi bỏ Quyết định số 143-QĐ/ĐU, ngày 11/3/2024 về lệ phí đò ngang.",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert shelf.standing("fee.txt").status == "repealed"
    assert "fee.txt" not in {quote.directive.file for quote in shelf.ask("Đi đò ngang trả lệ phí bao nhiêu?").quotes}


@TRAPS.set(
    "paper that changes an article",
    {
        "yard.txt": told(
            "145-QC/ĐU",
            "12/3/2025",
            "QUY CHẾ",
            "về sân chơi thiếu nhi",
            "Điều 1. Sân chơi thiếu nhi mở cửa lúc bảy giờ sáng.",
            "Điều 2. Sân chơi thiếu nhi đóng cửa lúc năm giờ chiều.",
        ),
        "yard-change.txt": told(
            "146-QĐ/ĐU",
            "12/3/2026",
            "QUYẾT ĐỊNH",
            "sửa đổi Quy chế số 145-QC/ĐU",
            "Điều 1. Sửa đổi Điều 2 Quy chế số 145-QC/ĐU, ngày 12/3/2025 như sau: “Điều 2. Sân chơi"
            " thiếu nhi đóng cửa lúc tám giờ tối.”",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    (relation,) = [one for one in shelf.one("yard-change.txt").relations if one.kind is RelationKind.AMENDS]
    assert relation.reference is not None
    assert (relation.reference.number, relation.articles) == ("145-QC/ĐU", ("Điều 2",))
    assert relation.words is not None
    assert shelf.standing("yard.txt").status == "amended"
    said = shelf.said("Sân chơi thiếu nhi đóng cửa lúc mấy giờ?")
    assert "tám giờ tối" in said
    assert "năm giờ chiều" in said
    assert "146-QĐ/ĐU" in said


@TRAPS.set(
    "paper whose term is over",
    {
        "expired.txt": told(
            "147-KH/ĐU",
            "13/3/2025",
            "KẾ HOẠCH",
            "về hội thi cấy lúa",
            "1. Hội thi cấy lúa tổ chức ở cánh đồng Mả Lạng.",
            "2. Kế hoạch này có hiệu lực đến hết ngày 31/12/2025.",
        )
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert says(shelf.one("expired.txt"), "expires_on") == {(None, (), date(2025, 12, 31))}
    assert shelf.standing("expired.txt").status == "expired"
    quotes = shelf.ask("Hội thi cấy lúa tổ chức ở đâu?").quotes
    assert "expired.txt" not in {quote.directive.file for quote in quotes}


@TRAPS.set(
    "term that is made longer",
    {
        "term.txt": told(
            "148-KH/ĐU",
            "14/3/2025",
            "KẾ HOẠCH",
            "về trồng sen đầm Bàu Vá",
            "1. Mỗi hộ nhận trồng sen trên một sào đầm Bàu Vá.",
            "2. Kế hoạch này có hiệu lực đến hết ngày 31/12/2025.",
        ),
        "term-longer.txt": told(
            "149-QĐ/ĐU",
            "20/12/2025",
            "QUYẾT ĐỊNH",
            "gia hạn Kế hoạch số 148-KH/ĐU",
            "Điều 1. Gia hạn thời gian thực hiện Kế hoạch số 148-KH/ĐU, ngày 14/3/2025 đến hết ngày 31/12/2027.",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert says(shelf.one("term-longer.txt"), "extends") == {("148-KH/ĐU", (), date(2027, 12, 31))}
    assert (shelf.standing("term.txt").status, shelf.standing("term.txt").until) == ("in_force", date(2027, 12, 31))


@TRAPS.set(
    "paper that is not yet in force",
    {
        "coming.txt": told(
            "150-QĐ/ĐU",
            "15/9/2026",
            "QUY ĐỊNH",
            "về họp chợ phiên Gò Găng",
            "Điều 1. Chợ phiên Gò Găng họp ngày ba và ngày bảy.",
            "Điều 2. Quy định này có hiệu lực thi hành từ ngày 01/01/2027.",
        )
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    standing = shelf.standing("coming.txt")
    assert (standing.status, standing.since) == ("not_yet", date(2027, 1, 1))
    blocks = shelf.ask("Chợ phiên Gò Găng họp ngày nào?").reply.blocks
    assert any("01/01/2027" in str(getattr(block, "warning", "")) for block in blocks)


@TRAPS.set(
    "paper that carries out another",
    {
        "order.txt": told(
            "151-CT/TU",
            "16/3/2026",
            "CHỈ THỊ",
            "về phòng cháy rừng tràm",
            "1. Các phường lập tổ canh lửa rừng tràm.",
            issuer=PROVINCIAL,
        ),
        "carrying-out.txt": told(
            "152-KH/ĐU",
            "20/4/2026",
            "KẾ HOẠCH",
            "thực hiện Chỉ thị số 151-CT/TU, ngày 16/3/2026 của Ban Thường vụ Tỉnh ủy về phòng cháy rừng tràm",
            "1. Tổ canh lửa rừng tràm trực hai ca mỗi ngày.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert {number for number, _, _ in says(shelf.one("carrying-out.txt"), "implements")} == {"151-CT/TU"}
    order, plan = shelf.directive("order.txt"), shelf.directive("carrying-out.txt")
    (edge,) = [edge for edge in shelf.validity.edges_to(order.id) if edge.source == plan.id]
    assert edge.stands
    assert shelf.standing("order.txt").status == "in_force"


@TRAPS.set(
    "reference that may mean two papers",
    {
        "twin-one.txt": told(
            "153-KH/ĐU", "17/3/2022", "KẾ HOẠCH", "về đua ghe ngo", "1. Đua ghe ngo vào rằm tháng mười."
        ),
        "twin-two.txt": told("153-KH/ĐU", "18/3/2024", "KẾ HOẠCH", "về hái dừa nước", "1. Hái dừa nước sau mùa lũ."),
        "unclear.txt": told(
            "154-KH/ĐU",
            "19/3/2026",
            "KẾ HOẠCH",
            "về lễ hội sông nước",
            "1. Lễ hội sông nước mở vào tháng tư.",
            "2. Kế hoạch này thay thế Kế hoạch số 153-KH/ĐU.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    """Neither is hidden; a person is asked."""
    source = shelf.directive("unclear.txt").id
    assert [shelf.standing(file).status for file in ("twin-one.txt", "twin-two.txt")] == ["in_force", "in_force"]
    proposed = {edge.target for edge in shelf.validity.proposals if edge.source == source}
    assert proposed == {shelf.directive(file).id for file in ("twin-one.txt", "twin-two.txt")}


@TRAPS.set(
    "draft that says it replaces",
    {
        "bridge.txt": told(
            "155-QĐ/ĐU",
            "20/3/2025",
            "QUY ĐỊNH",
            "về đi lại trên cầu khỉ",
            "Điều 1. Mỗi lượt một người đi trên cầu khỉ.",
        ),
        "bridge-draft.docx": lambda: docx_of(
            [
                "DỰ THẢO",
                *paper(
                    "     -QĐ/ĐU",
                    "20/3/2026",
                    "QUY ĐỊNH",
                    "về đi lại trên cầu khỉ mới",
                    "Điều 1. Mỗi lượt năm người đi trên cầu khỉ.",
                    "Điều 2. Quy định này thay thế Quy định số 155-QĐ/ĐU, ngày 20/3/2025.",
                ),
            ]
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert shelf.directive("bridge-draft.docx").draft
    assert shelf.standing("bridge.txt").status == "in_force"
    assert shelf.validity.edges_to(shelf.directive("bridge.txt").id) == ()
    quotes = shelf.ask("Mỗi lượt mấy người được đi trên cầu khỉ?").quotes
    assert {quote.directive.file for quote in quotes} == {"bridge.txt"}


@TRAPS.set(
    "lower body that says it replaces",
    {
        "superior.txt": told(
            "156-QĐ/TU",
            "21/3/2025",
            "QUY ĐỊNH",
            "về giờ hát bội đình thần",
            "Điều 1. Hát bội đình thần dừng lúc mười giờ đêm.",
            issuer=PROVINCIAL,
        ),
        "lower.txt": told(
            "157-QĐ/ĐU",
            "21/3/2026",
            "QUY ĐỊNH",
            "về giờ hát bội đình thần của phường",
            "Điều 1. Hát bội đình thần dừng lúc nửa đêm.",
            "Điều 2. Quy định này thay thế Quy định số 156-QĐ/TU, ngày 21/3/2025 của Ban Thường vụ Tỉnh ủy.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    assert shelf.standing("superior.txt").status == "in_force"
    assert shelf.directive("lower.txt").id in {edge.source for edge in shelf.validity.proposals}


@TRAPS.set(
    "paper that is named and not there",
    {
        "naming.txt": told(
            "158-KH/ĐU",
            "22/3/2026",
            "KẾ HOẠCH",
            "về tát đìa bắt cá",
            "1. Tát đìa bắt cá vào tháng chạp.",
            "2. Kế hoạch này thay thế Kế hoạch số 913-KH/ĐU, ngày 01/02/2023.",
        )
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    source = shelf.directive("naming.txt").id
    missing = [one for one in shelf.validity.missing if one.source == source]
    assert [one.relation.reference.number for one in missing if one.relation.reference] == ["913-KH/ĐU"]


@TRAPS.set(
    "two papers in force that differ",
    {
        "differ-high.txt": told(
            "159-CT/TU",
            "23/3/2025",
            "CHỈ THỊ",
            "về thả diều sáo trong phố",
            "1. Người thả diều sáo phải xin phép trước ba ngày.",
            issuer=PROVINCIAL,
        ),
        "differ-low.txt": told(
            "160-CT/ĐU",
            "23/3/2026",
            "CHỈ THỊ",
            "về thả diều sáo trong phường",
            "1. Người thả diều sáo phải xin phép trước một ngày.",
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    said = shelf.said("Người thả diều sáo phải xin phép trước mấy ngày?")
    assert "ba ngày" in said
    assert "một ngày" in said
    assert "khác nhau" in said
