"""The automatic numbers of Word lists come out as Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.reading.readers import read_pages
from index.reading.readers.docx_numbers import format_number


def level(depth: int, text: str, form: str = "decimal", *, start: int = 1, extra: str = "", suffix: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def num(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_at(depth: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def item(number: int | None = None, depth: int | None = None, *, style: str = "", text: str = "x") -> str:
    """A paragraph with this ``w:numId`` and ``w:ilvl``; both are left out where None."""
    numbers = "" if number is None else f'<w:numId w:val="{number}"/>'
    depths = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    listed = f"<w:numPr>{depths}{numbers}</w:numPr>" if numbers or depths else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def style(name: str, *, number: int | None = None, depth: int | None = None, based_on: str = "") -> str:
    numbers = "" if number is None else f'<w:numId w:val="{number}"/>'
    depths = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    listed = f"<w:pPr><w:numPr>{depths}{numbers}</w:numPr></w:pPr>" if numbers or depths else ""
    return f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}">{base}{listed}</w:style>'


@pytest.fixture
def labels(tmp_path: Path) -> Callable[..., list[str]]:
    """The lines of a document made of these paragraphs, lists and styles, each without its text ``x``."""

    def labels(*paragraphs: str, lists: str, styles: tuple[str, ...] = ()) -> list[str]:
        document = docx.Document()
        numbering = document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        numbering.extend(parse_xml(f"<w:numbering {nsdecls('w')}>{lists}</w:numbering>"))
        document.styles.element.extend(map(parse_xml, styles))
        body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(paragraphs)}</w:body>")
        for position, child in enumerate(list(body)):
            document.element.body.insert(position, child)
        document.save(tmp_path / "x.docx")
        (page,) = read_pages(tmp_path / "x.docx", name="x.docx").pages
        return [line.removesuffix("x").rstrip() for line in page]

    return labels


OUTLINE = abstract(
    1, level(0, "%1-", "upperRoman"), level(1, "%2."), level(2, "%2.%3."), level(3, "%4)", "lowerLetter")
) + num(1, 1)


def test_each_level_begins_anew_below_a_higher_one(labels: Callable[..., list[str]]) -> None:
    depths = [0, 1, 2, 2, 3, 3, 1, 2, 0, 1, 2, 3]
    found = labels(*(item(1, depth) for depth in depths), lists=OUTLINE)
    assert found == ["I-", "1.", "1.1.", "1.2.", "a)", "b)", "2.", "2.1.", "II-", "1.", "1.1.", "a)"]


def test_letters_are_those_of_word_not_of_the_vietnamese_alphabet(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "%1)", "lowerLetter")) + num(1, 1)
    assert labels(*[item(1, 0)] * 6, lists=lists) == ["a)", "b)", "c)", "d)", "e)", "f)"]


def test_plain_paragraphs_between_do_not_break_the_count(labels: Callable[..., list[str]]) -> None:
    assert labels(item(1, 1), item(), item(1, 1), lists=OUTLINE) == ["1.", "", "2."]


def test_a_list_begins_with_its_start_value(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "Điều %1.", start=5)) + num(1, 1)
    assert labels(item(1, 0), item(1, 0), lists=lists) == ["Điều 5.", "Điều 6."]


def test_a_higher_level_that_never_stood_shows_its_start(labels: Callable[..., list[str]]) -> None:
    assert labels(item(1, 2), lists=OUTLINE) == ["1.1."]


def test_lists_of_one_abstract_list_go_on_counting(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "%1.")) + num(1, 1) + num(2, 1)
    assert labels(item(1, 0), item(2, 0), item(1, 0), lists=lists) == ["1.", "2.", "3."]


def test_lists_of_two_abstract_lists_count_apart(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "%1.")) + abstract(2, level(0, "%1.")) + num(1, 1) + num(2, 2)
    assert labels(item(1, 0), item(2, 0), item(1, 0), lists=lists) == ["1.", "1.", "2."]


def test_a_start_override_begins_anew_once(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "%1.")) + num(1, 1) + num(2, 1, start_at(0, 1))
    found = labels(item(1, 0), item(1, 0), item(2, 0), item(2, 0), item(1, 0), lists=lists)
    assert found == ["1.", "2.", "1.", "2.", "3."]


def test_a_level_override_changes_the_format(labels: Callable[..., list[str]]) -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "%1/", "upperLetter")}</w:lvlOverride>'
    lists = abstract(1, level(0, "%1.")) + num(1, 1) + num(2, 1, override)
    assert labels(item(1, 0), item(2, 0), lists=lists) == ["1.", "B/"]


def test_a_level_that_never_restarts_goes_on_counting(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "Chương %1", "upperRoman"), level(1, "Điều %2.", extra='<w:lvlRestart w:val="0"/>'))
    found = labels(*(item(1, depth) for depth in (0, 1, 1, 0, 1)), lists=lists + num(1, 1))
    assert found == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_legal_numbering_shows_digits_for_every_level(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>")) + num(1, 1)
    assert labels(item(1, 0), item(1, 1), lists=lists) == ["I.", "1.1"]


@pytest.mark.parametrize(("sign", "shown"), [("\uf0b7", "-"), ("•", "-"), ("–", "-"), ("o", "-"), ("+", "+")])
def test_bullets_are_dashes_but_a_plus_stays(sign: str, shown: str, labels: Callable[..., list[str]]) -> None:
    assert labels(item(1, 0), lists=abstract(1, level(0, sign, "bullet")) + num(1, 1)) == [shown]


def test_a_number_without_a_suffix_touches_the_text(labels: Callable[..., list[str]]) -> None:
    lists = abstract(1, level(0, "(%1)", suffix="nothing")) + num(1, 1)
    assert labels(item(1, 0, text="một"), lists=lists) == ["(1)một"]


def test_a_style_numbers_its_paragraphs(labels: Callable[..., list[str]]) -> None:
    assert labels(item(style="A"), item(style="A"), lists=OUTLINE, styles=(style("A", number=1),)) == ["I-", "II-"]


def test_a_style_takes_the_list_of_the_style_it_is_based_on(labels: Callable[..., list[str]]) -> None:
    styles = style("A", number=1), style("B", depth=1, based_on="A")
    assert labels(item(style="A"), item(style="B"), lists=OUTLINE, styles=styles) == ["I-", "1."]


def test_a_level_tied_to_a_style_is_that_style_s_level(labels: Callable[..., list[str]]) -> None:
    tied = level(1, "%2)", extra='<w:pStyle w:val="A"/>')
    lists = abstract(1, level(0, "%1."), tied) + num(1, 1)
    assert labels(item(style="A"), lists=lists, styles=(style("A", number=1),)) == ["1)"]


def test_list_zero_takes_the_number_of_the_style_away(labels: Callable[..., list[str]]) -> None:
    found = labels(
        item(style="A"), item(0, 0, style="A"), item(style="A"), lists=OUTLINE, styles=(style("A", number=1),)
    )
    assert found == ["I-", "", "II-"]


def test_styles_based_on_each_other_in_a_ring_do_not_hang(labels: Callable[..., list[str]]) -> None:
    styles = style("A", based_on="B"), style("B", based_on="A")
    assert labels(item(style="A"), lists=OUTLINE, styles=styles) == [""]


def test_an_empty_item_counts_but_is_no_line(labels: Callable[..., list[str]]) -> None:
    assert labels(item(1, 1), item(1, 1, text=""), item(1, 1), lists=OUTLINE) == ["1.", "3."]


def test_cells_are_counted_row_by_row_even_where_columns_are_read(labels: Callable[..., list[str]]) -> None:
    rows = "".join(f"<w:tr>{f'<w:tc>{item(1, 1)}</w:tc>' * 2}</w:tr>" for _ in range(2))
    assert labels(f"<w:tbl><w:tblPr/>{rows}</w:tbl>", lists=OUTLINE) == ["1.", "3.", "2.", "4."]


def roman_value(text: str) -> int:
    worth = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[sign] for sign in text]
    return sum(-own if own < following else own for own, following in zip(worth, [*worth[1:], 0], strict=True))


def letters() -> Iterator[str]:
    for times in (1, 2, 3):
        yield from (letter * times for letter in "abcdefghijklmnopqrstuvwxyz")


def test_roman_numbers_are_worth_what_they_stand_for() -> None:
    assert [roman_value(format_number(value, "upperRoman")) for value in range(1, 400)] == list(range(1, 400))


def test_no_roman_sign_stands_four_times_in_a_row() -> None:
    assert not any(sign * 4 in format_number(value, "lowerRoman") for value in range(1, 400) for sign in "ixc")


def test_letters_double_after_z() -> None:
    assert [format_number(value, "lowerLetter") for value in range(1, 79)] == list(letters())


@pytest.mark.parametrize(
    ("form", "shown"), [("decimalZero", "03"), ("ordinal", "3rd"), ("none", ""), ("cardinalText", "3")]
)
def test_other_formats(form: str, shown: str) -> None:
    assert format_number(3, form) == shown
