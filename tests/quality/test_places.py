"""The labels of a place against where words stand."""

from __future__ import annotations

import pytest

from bot.quality.places import stands_at
from index import Printed, Section, SectionKind, Span

TEXT = """Chương I CHUNG
Điều 5. Hội họp
1. Họp thường kỳ
2. Họp bất thường
a) Có lệnh;
b) Có thiên tai;
Điều 15. Hiệu lực
II- NHIỆM VỤ
1. Tuyên truyền
1.2. Hằng tuần
đ) Qua loa;
- Trên bảng tin
IV PHÂN CÔNG
STT: 4 | Việc: quét dọn | Người: chị Hoa
STT: 14 | Việc: trồng cây | Người: anh Bính
"""


def _printed() -> Printed:
    kinds = SectionKind
    rows = [
        (kinds.CHAPTER, "Chương I", "Chương I", "II- NHIỆM", None),
        (kinds.ARTICLE, "Điều 5", "Điều 5", "Điều 15", 0),
        (kinds.NUMBER, "1", "1. Họp", "2. Họp", 1),
        (kinds.NUMBER, "2", "2. Họp", "Điều 15", 1),
        (kinds.POINT, "a)", "a) Có", "b) Có", 3),
        (kinds.POINT, "b)", "b) Có", "Điều 15", 3),
        (kinds.ARTICLE, "Điều 15", "Điều 15", "II- NHIỆM", 0),
        (kinds.ROMAN, "II", "II- NHIỆM", "IV PHÂN", None),
        (kinds.NUMBER, "1", "1. Tuyên", "IV PHÂN", 7),
        (kinds.NUMBER, "1.2", "1.2. Hằng", "IV PHÂN", 8),
        (kinds.POINT, "đ)", "đ) Qua", "IV PHÂN", 9),
        (kinds.DASH, "-", "- Trên", "IV PHÂN", 10),
    ]
    sections = [
        Section(kind=kind, label=label, heading="", start=TEXT.index(start), end=TEXT.index(end), parent=parent)
        for kind, label, start, end, parent in rows
    ]
    last = Section(kind=kinds.ROMAN, label="IV", heading="", start=TEXT.index("IV PHÂN"), end=len(TEXT))
    return Printed(text=TEXT, sections=(*sections, last))


PRINTED = _printed()


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Có thiên tai", "Điều 5.2.b"),
        ("Có thiên tai", "5.2.b"),
        ("Có thiên tai", "Chương I.Điều 5.2"),
        ("Có thiên tai", "Điều 5"),
        ("Có thiên tai", "điều 5. khoản 2. điểm b"),
        ("Qua loa", "II.1.2.đ"),
        ("Trên bảng tin", "II.1.2.đ"),
        ("Hằng tuần", "II.1"),
        ("Điều 5. Hội họp\n1. Họp thường kỳ\n2. Họp bất thường", "Điều 5.2"),  # a quote that holds the place whole
        ("chị Hoa", "STT 4"),
        ("STT: 4 | Việc: quét dọn", "IV.STT 4"),
        ("quét dọn | Người: chị Hoa\nSTT: 14", "STT 14"),
    ],
)
def test_words_stand_where_the_labels_lead(words, place):
    assert stands_at(PRINTED, at(words), place)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Có thiên tai", "Điều 5.2.a"),
        ("Có thiên tai", "Điều 15"),
        ("Hiệu lực", "Điều 5"),
        ("Họp bất thường", "Điều 5.2.b"),
        ("Qua loa", "1.2.đ"),  # outside a chapter or part the outermost label is said
        ("Qua loa", "II.1.2.d"),
        ("Qua loa", "Điều II"),
        ("Hằng tuần", "I"),
        ("chị Hoa", "STT 14"),
        ("anh Bính", "STT 4"),
        ("chị Hoa", "II.STT 4"),
        ("Hằng tuần", "STT 1"),
    ],
)
def test_and_nowhere_else(words, place):
    assert not stands_at(PRINTED, at(words), place)


def test_a_row_without_names_of_columns_is_known_by_its_first_cell():
    printed = Printed(text="7 | thu đảng phí | 412,6\n8 | chi | 10")
    assert stands_at(printed, Span(start=4, end=10), "STT 7")
    assert not stands_at(printed, Span(start=4, end=10), "STT 8")
