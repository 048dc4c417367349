from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.findings import Quote
from index.library import Library
from index.reading.form import read_directives
from index.searching.quotes import whole_quote
from index.searching.units import AROUND, LIMIT, Unit, unit_at, units_beside
from index.types import Directive, Printed, Section, SectionKind, Span
from tests.bot.fakes import DIRECTIVE_24
from tests.conftest import CORPUS
from tests.searching.fakes import FIRE, MEETING, RULES, make_library, printed_of

FILES = {
    "regulation": "qd-19-du-danh-gia-chat-luong.docx",
    "guidance": "hd-04-du-sinh-hoat-chi-bo.docx",
    "resolution": "nq-21-du-chuyen-doi-so.pdf",
    "report": "bc-61-du-xay-dung-dang-9-thang.pdf",
    "statute": "qc-03-du-phan-anh-kien-nghi.md",
    "notice": "tb-44-du-lich-tiep-dan.txt",
}
LONG = "\n".join(f"{number}. {'Chi bộ họp và ghi sổ nghị quyết. ' * 12}".strip() for number in range(1, 41))


@pytest.fixture(scope="module")
def papers() -> dict[str, Printed]:
    return {name: read_directives(CORPUS / file, name=file)[0].printed for name, file in FILES.items()}


def _span(printed: Printed, words: str) -> Span:
    start = printed.text.index(words)
    return Span(start=start, end=start + len(words))


def _text(printed: Printed, unit: Unit | None) -> str:
    return printed.text[unit.span.start : unit.span.end] if unit else ""


def _edges(printed: Printed, unit: Unit | None) -> tuple[str, str]:
    """The first and the last line of a unit."""
    lines = _text(printed, unit).split("\n")
    return lines[0], lines[-1]


# -- the unit that holds a quote


@pytest.mark.parametrize(
    ("paper", "words", "first", "last"),
    [
        ("regulation", "Trừ 10 điểm khi bị cấp ủy", "2. Bị trừ điểm", "đ) Trừ 15 điểm"),
        ("regulation", "Đảng viên tự chấm điểm", "1. Đảng viên tự chấm điểm", "1. Đảng viên tự chấm điểm"),
        ("regulation", "Điều 2. Nguyên tắc", "Điều 2. Nguyên tắc", "3. Kết quả bốn quý"),
        ("regulation", "Chương II\nTIÊU CHÍ", "Chương II", "2. Chi bộ mới thành lập"),
        ("guidance", "Chi ủy họp trước buổi", "1.2. Công tác chuẩn bị", "đ) Chuẩn bị địa điểm"),
        ("guidance", "Hướng dẫn này có hiệu lực", "Hướng dẫn này có hiệu lực", "Hướng dẫn này"),
        ("resolution", "+ Thông tin khẩn", "1.3. Nhiệm vụ của Tổ đảng viên số", "+ Thông tin khác"),
        ("resolution", "Đến hết tháng 02", "I- TÌNH HÌNH", ""),
        ("report", "Thi hành kỷ luật 02 đảng viên", "3. Công tác kiểm tra, giám sát", "- Tiếp nhận 07 đơn"),
        ("report", "KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU", "PHỤ LỤC", ""),
        ("statute", "Hòm thư góp ý đặt tại trụ sở", "Điều 2. Hình thức tiếp nhận", "đ) Ý kiến do Ủy ban"),
        ("notice", "Phòng Tiếp công dân, tầng 1", "2. Địa điểm", "2. Địa điểm"),
    ],
)  # fmt: skip
def test_the_whole_clause_that_holds_a_quote_is_given(
    papers: dict[str, Printed], paper: str, words: str, first: str, last: str
) -> None:
    unit = unit_at(papers[paper], _span(papers[paper], words))
    told = _edges(papers[paper], unit)
    if first == last == words:
        assert words in told[0]
    assert told[0].startswith(first)
    assert told[1].startswith(last)


@pytest.mark.parametrize(
    ("paper", "chain"),
    [
        ("regulation", ["d) Trừ 10 điểm", "2. Bị trừ điểm", "Điều 6.", "Chương II", None]),
        ("guidance", ["b) Chi ủy họp trước", "1.2. Công tác", "1. Sinh hoạt chi bộ", None]),
        ("resolution", ["+ Thông tin khẩn", "1.3. Nhiệm vụ", "1. Nâng cao nhận thức", "IV- NHIỆM VỤ", None]),
        ("statute", ["a) Trực tiếp tại", "Điều 2. Hình thức", None]),
        ("notice", ["2. Địa điểm", None]),
    ],
)
def test_a_quote_that_is_a_whole_unit_opens_the_next_larger_one_and_never_the_paper(
    papers: dict[str, Printed], paper: str, chain: list[str | None]
) -> None:
    printed = papers[paper]
    section = next(each for each in printed.sections if printed.text[each.start :].startswith(chain[0] or ""))
    span = Span(start=section.start, end=section.end)
    for opening in chain[1:]:
        unit = unit_at(printed, span)
        if opening is None:
            assert unit is None
        else:
            assert unit
            assert _text(printed, unit).startswith(opening)
            span = unit.span


def test_a_unit_with_or_without_its_full_stop_is_the_same_unit(papers: dict[str, Printed]) -> None:
    printed = papers["guidance"]
    section = next(each for each in printed.sections if each.label == "1.4")
    for end in (section.end, section.end - 1, section.end - 2):
        assert _text(printed, unit_at(printed, Span(start=section.start, end=end))).startswith("1. Sinh hoạt")


def test_words_over_two_clauses_open_what_holds_both(papers: dict[str, Printed]) -> None:
    printed = papers["regulation"]
    start, end = printed.text.index("1. Bảo đảm khách quan"), printed.text.index("3. Kết quả bốn quý")
    assert _edges(printed, unit_at(printed, Span(start=start, end=end)))[0] == "Điều 2. Nguyên tắc"


def test_a_unit_that_is_too_long_ends_with_a_paragraph() -> None:
    printed = printed_of(RULES.replace("Chương II\n", f"{LONG.replace('1. Chi', 'Điều 9. Chi', 1)}\nChương II\n"))
    place = next(each for each in printed.sections if each.label == "Chương I")
    unit = unit_at(printed, Span(start=place.start, end=place.start + 9))
    assert unit
    assert unit.cut
    assert LIMIT / 2 < unit.span.end - unit.span.start <= LIMIT
    assert printed.text[unit.span.end] == "\n"


def test_the_cut_part_of_a_long_unit_holds_the_quote() -> None:
    printed = _one_article(LONG.replace(". Chi", ") Chi"))
    for words in ("1) Chi bộ", "25) Chi bộ", "40) Chi bộ"):
        span = _span(printed, words)
        unit = unit_at(printed, span)
        assert unit
        assert unit.span.start <= span.start < span.end <= unit.span.end
        assert unit.span.end - unit.span.start <= LIMIT
        assert unit.cut == (unit.span.end < len(printed.text.rstrip()))


def test_a_paragraph_without_an_end_is_cut_between_words() -> None:
    printed = _one_article("chi bộ " * 2_000)
    unit = unit_at(printed, Span(start=0, end=6))
    assert unit
    assert unit.cut
    assert _text(printed, unit).endswith(("chi", "bộ"))


def _one_article(text: str) -> Printed:
    section = Section(kind=SectionKind.ARTICLE, label="Điều 1", heading="", start=0, end=len(text))
    return Printed(text=text, sections=(section,))


# -- where no unit holds the words


def test_a_paper_without_sections_gives_the_paragraphs_round_the_words() -> None:
    text = "\n".join(f"Đoạn {number}: {'chi bộ họp hằng tháng. ' * 10}" for number in range(30))
    printed = Printed(text=text)
    unit = unit_at(printed, _span(printed, "Đoạn 15"))
    lines = _text(printed, unit).split("\n")
    assert lines[0].startswith("Đoạn 1")
    assert AROUND - 300 < len(_text(printed, unit)) <= AROUND
    assert any(line.startswith("Đoạn 15") for line in lines[2:-2])


def test_a_short_paper_without_sections_is_given_whole_and_no_more() -> None:
    printed = Printed(text="Một câu.\nHai câu.\n")
    unit = unit_at(printed, Span(start=0, end=7))
    assert _text(printed, unit) == "Một câu.\nHai câu."
    assert unit_at(printed, Span(start=0, end=17)) is None


def test_what_stands_between_the_units_stays_between_them(papers: dict[str, Printed]) -> None:
    printed = papers["regulation"]
    opening = next(each for each in printed.sections if each.kind is SectionKind.CHAPTER).start
    header = printed.sections[0].end
    unit = unit_at(printed, Span(start=header + 5, end=header + 20))
    assert unit
    assert header <= unit.span.start < unit.span.end <= opening


def test_a_list_of_dashes_alone_is_given_as_paragraphs() -> None:
    text = "- Chi bộ họp.\n- Đảng viên dự.\n- Bí thư kết luận."
    bounds = [0, 14, 30, len(text)]
    sections = tuple(
        Section(kind=SectionKind.DASH, label="-", heading="", start=start, end=end) for start, end in pairwise(bounds)
    )
    printed = Printed(text=text, sections=sections)
    assert _text(printed, unit_at(printed, _span(printed, "Đảng viên"))) == text


@pytest.mark.parametrize("span", [Span(start=0, end=0), Span(start=8, end=9), Span(start=90, end=99)], ids=str)
def test_no_words_have_no_unit(span: Span) -> None:
    printed = Printed(text="Một câu.\n-----\n")
    assert unit_at(printed, span) is None
    assert units_beside(printed, span) == (None, None)


# -- before and after


@pytest.mark.parametrize(
    ("paper", "words", "before", "after"),
    [
        ("regulation", "2. Kết quả xếp loại", "1. Bảo đảm khách quan", "3. Kết quả bốn quý"),
        ("regulation", "1. Bảo đảm khách quan", "2. Đối tượng áp dụng", "2. Kết quả xếp loại"),
        ("regulation", "Trừ 10 điểm khi bị", "1. Được cộng tối đa", "1. Hoàn thành xuất sắc"),
        ("regulation", "Điều 4. Tiêu chí đối với chi bộ\n", "Điều 3. Thời gian", "Điều 5. Tiêu chí"),
        ("guidance", "1.4. Sổ nghị quyết", "1.3. Nội dung chính", "2.1. Mỗi quý"),
        ("guidance", "5.3. Các chi bộ gửi", "5.2. Ban Xây dựng", "Hướng dẫn này có hiệu lực"),
        ("resolution", "1. Chuyển đổi số là nhiệm vụ", "I- TÌNH HÌNH", "2. Lấy sự thuận tiện"),
        ("resolution", "Kinh phí thực hiện", "3. Bảo đảm hạ tầng", "1. Ban Thường vụ"),
        ("report", "Số liệu chi tiết nêu tại", "III- NHIỆM VỤ", "PHỤ LỤC"),
        ("notice", "1. Thời gian", "", "2. Địa điểm"),
    ],
)
def test_the_units_before_and_after_are_those_next_in_the_text(
    papers: dict[str, Printed], paper: str, words: str, before: str, after: str
) -> None:
    printed = papers[paper]
    span = _span(printed, words)
    told = [_text(printed, unit) for unit in units_beside(printed, span)]
    assert told[0].startswith(before)
    assert bool(told[0]) == bool(before)
    assert told[1].startswith(after)


def test_the_names_above_and_below_a_paper_are_no_neighbours(papers: dict[str, Printed]) -> None:
    for printed in papers.values():
        frame = [each for each in printed.sections if each.kind in (SectionKind.HEADER, SectionKind.SIGNATURE)]
        for section in printed.sections:
            for unit in units_beside(printed, Span(start=section.start, end=section.end)):
                assert unit is None or unit.span.start not in {each.start for each in frame}


def test_one_may_leaf_through_a_paper_from_its_first_unit_to_its_last(papers: dict[str, Printed]) -> None:
    printed = papers["regulation"]
    unit = unit_at(printed, _span(printed, "1. Quy định này quy định tiêu")) or Unit(Span(start=0, end=0))
    seen = []
    while unit is not None:
        seen.append(unit.span)
        _, unit = units_beside(printed, unit.span)
    clauses = [each for each in printed.sections if each.kind is SectionKind.NUMBER]
    assert [span.start for span in seen] == sorted({span.start for span in seen})
    assert {each.start for each in clauses} <= {span.start for span in seen}


def test_the_rest_of_a_long_unit_comes_after_its_first_part() -> None:
    printed = _one_article(LONG.replace(". Chi", ") Chi"))
    whole, unit = [], unit_at(printed, Span(start=0, end=9))
    while unit is not None:
        whole.append(_text(printed, unit))
        _, unit = units_beside(printed, unit.span) if unit.cut else (None, None)
    assert "\n".join(whole).split() == printed.text.split()


def test_where_there_are_no_sections_the_paragraphs_before_and_after_are_given() -> None:
    printed = Printed(text="\n".join(f"Đoạn {number} họp." for number in range(10, 20)))
    before, after = units_beside(printed, _span(printed, "Đoạn 15 họp."))
    assert _edges(printed, before) == ("Đoạn 10 họp.", "Đoạn 14 họp.")
    assert _edges(printed, after) == ("Đoạn 16 họp.", "Đoạn 19 họp.")
    assert units_beside(printed, Span(start=0, end=len(printed.text))) == (None, None)


@given(data=st.data())
def test_a_unit_holds_its_quote_and_neighbours_do_not(data: st.DataObject) -> None:
    printed = printed_of(data.draw(st.sampled_from([FIRE, MEETING, RULES])))
    start = data.draw(st.integers(0, len(printed.text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 250, len(printed.text))))  # half of the shortest paper
    unit = unit_at(printed, Span(start=start, end=end))
    words = printed.text[start:end].strip()
    if unit:
        assert unit.span.end - unit.span.start <= LIMIT
        assert words in _text(printed, unit)
        assert unit.span != Span(start=0, end=len(printed.text.strip()))
    before, after = units_beside(printed, Span(start=start, end=end))
    assert before is None or before.span.end <= start
    assert after is None or after.span.start >= end


# -- through the library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("units") / "library", {"03-QĐ.md": RULES, "25-CT.md": FIRE})


def _directive(library: Library, number: str) -> Directive:
    return next(each for each in library.list() if each.number == number)


def _quote(library: Library, question: str) -> Quote:
    return library.search(question).quotes[0]


def test_a_whole_unit_is_a_quote_with_its_place(library: Library) -> None:
    quote = _quote(library, "03-QĐ/ĐU khoản 1 Điều 2")
    unit = library.unit_of(quote)
    assert unit
    printed = library.printed(quote.directive.id)
    assert printed
    assert unit.text == printed.text[unit.span.start : unit.span.end]
    assert unit.text.startswith("Điều 2. Lịch tiếp công dân\n1. ")
    assert unit.text.endswith("đ) Mặt trận Tổ quốc phường.")
    assert unit.path == ("Chương I NHỮNG QUY ĐỊNH CHUNG", "Điều 2 Lịch tiếp công dân")
    assert (unit.directive, unit.page, unit.cut, unit.lead, unit.more) == (quote.directive, quote.page, False, None, 0)


def test_neighbours_are_quotes_with_their_own_places(library: Library) -> None:
    quote = _quote(library, "03-QĐ/ĐU khoản 1 Điều 3")
    before, after = library.neighbours(quote)
    assert before
    assert after
    assert before.path[-2:] == (
        "Điều 2 Lịch tiếp công dân",
        "2 Khi vắng mặt, bí thư phân công phó bí thư tiếp thay và báo cáo",
    )
    assert after.text == "2. Công an phường bảo đảm trật tự nơi tiếp công dân."


def test_nothing_is_told_of_a_directive_that_may_not_be_seen(library: Library) -> None:
    quote = _quote(library, "03-QĐ/ĐU khoản 1 Điều 2")
    visible = frozenset({_directive(library, "25-CT/TU").id})
    assert library.unit_of(quote, visible=visible) is None
    assert library.neighbours(quote, visible=visible) == (None, None)
    assert library.unit_of(quote, visible=frozenset({quote.directive.id})) == library.unit_of(quote)


@pytest.mark.parametrize("change", [{"text": "Lời khác."}, {"span": Span(start=1, end=9)}], ids=["words", "place"])
def test_a_quote_that_no_longer_stands_there_has_no_unit(library: Library, change: dict[str, object]) -> None:
    quote = _quote(library, "03-QĐ/ĐU khoản 1 Điều 2").model_copy(update=change)
    assert library.unit_of(quote) is None
    assert library.neighbours(quote) == (None, None)


def test_a_quote_of_a_directive_that_is_gone_has_no_unit(library: Library, tmp_path: Path) -> None:
    quote = _quote(library, "03-QĐ/ĐU khoản 1 Điều 2")
    other = make_library(tmp_path / "library", {"25-CT.md": FIRE})
    assert other.unit_of(quote) is None
    assert other.neighbours(quote) == (None, None)


def test_clauses_in_one_quote_are_cited_by_what_holds_them_all() -> None:
    """The rest of a long article is no part of its first clause."""
    lines = [f"{number}. Khoản {number} nói về việc thứ {number} của chi bộ." for number in (1, 2)]
    text = "\n".join(["Điều 1. Chỉ dẫn", *lines])
    ends = [len("\n".join(["Điều 1. Chỉ dẫn", *lines[:count]])) for count in (0, 1, 2)]
    article = Section(kind=SectionKind.ARTICLE, label="Điều 1", heading="Chỉ dẫn", start=0, end=len(text))
    clauses = [
        Section(kind=SectionKind.NUMBER, label=str(at), heading="", start=ends[at - 1] + 1, end=ends[at], parent=0)
        for at in (1, 2)
    ]
    printed = Printed(text=text, sections=(article, *clauses))
    asked = Quote(directive=DIRECTIVE_24, text=text[:5], span=Span(start=0, end=5), path=(), page=None, score=0)
    both = whole_quote(asked, printed, Unit(Span(start=clauses[0].start, end=len(text))))
    one = whole_quote(asked, printed, Unit(Span(start=clauses[0].start, end=clauses[0].end)))
    assert both is not None
    assert one is not None
    assert (both.path, one.path) == (("Điều 1 Chỉ dẫn",), ("Điều 1 Chỉ dẫn", "1"))
