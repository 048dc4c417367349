"""The same text twice, and two texts under one number."""

from __future__ import annotations

from typing import Final

from tests.hard.paper import docx_of, paper, text_of
from tests.hard.traps import Shelf, Traps

TRAPS: Final = Traps()
SAME: Final = paper(
    "161-KH/ĐU",
    "02/10/2026",
    "KẾ HOẠCH",
    "về giữ giống lúa nàng hương",
    "1. Mỗi xã viên giữ mười ký giống lúa nàng hương.",
    "2. Giống lúa nàng hương cất trong khạp sành.",
)


@TRAPS.set(
    "the same text in two files",
    {"same-a.docx": lambda: docx_of(SAME), "same-b.txt": lambda: text_of(SAME)},
    built=True,
)
def _(shelf: Shelf) -> None:
    directive = shelf.directive("same-a.docx")
    assert set(directive.files) == {"same-a.docx", "same-b.txt"}
    assert [each.id for each in shelf.library.find("161-KH/ĐU")] == [directive.id]
    assert "two_sources" in shelf.troubles("same-a.docx") + shelf.troubles("same-b.txt")
    quotes = shelf.ask("Mỗi xã viên giữ bao nhiêu giống lúa nàng hương?").quotes
    assert [quote.text for quote in quotes].count(quotes[0].text) == 1


def _one_of_two(*body: str) -> bytes:
    return text_of(paper("162-KH/ĐU", "03/10/2026", "KẾ HOẠCH", "về canh giữ ruộng muối", *body))


@TRAPS.set(
    "two texts under one number",
    {
        "two-texts-a.txt": lambda: _one_of_two(
            "1. Ruộng muối có bốn người canh giữ ban đêm.", "2. Diêm dân nộp sổ muối."
        ),
        "two-texts-b.txt": lambda: _one_of_two(
            "1. Ruộng muối có chín chòi canh dọc đê bao.", "2. Chòi canh lợp lá dừa."
        ),
    },
    built=True,
)
def _(shelf: Shelf) -> None:
    one, other = shelf.directive("two-texts-a.txt"), shelf.directive("two-texts-b.txt")
    assert one.id != other.id
    assert {each.id for each in shelf.library.find("162-KH/ĐU")} == {one.id, other.id}
    assert "two_texts" in shelf.troubles("two-texts-a.txt") + shelf.troubles("two-texts-b.txt")
