"""Which marks are accepted, and under which parent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.markers import read_marker
from index.reading.outline import Outline


def tree(*lines: str) -> list[str]:
    """The accepted lines as paths of labels."""
    outline = Outline()
    for offset, line in enumerate(lines):
        if marker := read_marker(line):
            outline.accept(marker, offset)
        else:
            outline.end_list(offset)
    outline.close(len(lines))
    paths: list[str] = []
    for unit in outline.units:
        paths.append((f"{paths[unit.parent]} > " if unit.parent is not None else "") + unit.marker.label)
    return paths


def test_a_regulation_nests_from_part_to_plus() -> None:
    lines = ("Phần I", "Chương I", "Mục 1", "Điều 1. A", "1. A", "a) A", "- A", "+ A")
    assert tree(*lines)[-1] == "Phần I > Chương I > Mục 1 > Điều 1 > 1 > a) > - > +"


def test_a_resolution_nests_from_roman_to_plus() -> None:
    assert tree("I- A", "1- A", "1.1. A", "a) A", "- A", "+ A")[-1] == "I > 1 > 1.1 > a) > - > +"


def test_three_numbers_nest_in_two_and_one() -> None:
    assert tree("1. A", "1.1. A", "1.1.1. A", "a) A", "1.1.2. A", "1.2. A", "2. A") == [
        "1",
        "1 > 1.1",
        "1 > 1.1 > 1.1.1",
        "1 > 1.1 > 1.1.1 > a)",
        "1 > 1.1 > 1.1.2",
        "1 > 1.2",
        "2",
    ]


def test_a_dash_stands_directly_under_a_number() -> None:
    assert tree("1. A", "1.1. A", "1.1.1. A", "- A") == ["1", "1 > 1.1", "1 > 1.1 > 1.1.1", "1 > 1.1 > 1.1.1 > -"]


def test_a_number_under_its_roman_carries_it() -> None:
    assert tree("I- A", "II- A", "II.1. A", "II.2. A") == ["I", "II", "II > II.1", "II > II.2"]


def test_articles_are_counted_through_all_chapters() -> None:
    assert tree("Chương I", "Điều 1. A", "Chương II", "Điều 2. A")[-1] == "Chương II > Điều 2"


def test_articles_begin_anew_in_an_annex() -> None:
    assert tree("Điều 1. A", "Điều 2. A", "PHỤ LỤC I", "Điều 1. A")[-1] == "PHỤ LỤC I > Điều 1"


def test_an_inserted_article_follows_its_number() -> None:
    assert tree("Điều 1. A", "Điều 2. A", "Điều 2a. A", "Điều 2b. A", "Điều 3. A") == [
        "Điều 1", "Điều 2", "Điều 2a", "Điều 2b", "Điều 3",
    ]  # fmt: skip


def test_an_extract_may_begin_anywhere_and_leave_articles_out() -> None:
    assert tree("Điều 12. A", "Điều 30. A", "1. A") == ["Điều 12", "Điều 30", "Điều 30 > 1"]


def test_a_quoted_article_far_away_is_prose() -> None:
    assert tree("Điều 1. A", "1. A", "Điều 20. A", "2. A", "Điều 2. A") == [
        "Điều 1", "Điều 1 > 1", "Điều 1 > 2", "Điều 2",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["9. A", "0. A", "00. A", "2.1. A", "1.7. A"])
def test_a_number_out_of_order_is_prose(line: str) -> None:
    assert tree("1. A", line, "2. A") == ["1", "2"]


def test_a_number_may_be_missed_once() -> None:
    assert tree("1. A", "3. A", "4. A") == ["1", "3", "4"]


def test_a_number_that_comes_back_is_prose() -> None:
    assert tree("1. A", "2. A", "2. A", "3. A") == ["1", "2", "3"]


def test_numbers_begin_anew_under_the_next_roman() -> None:
    assert tree("I- A", "1. A", "2. A", "II- A", "1. A") == ["I", "I > 1", "I > 2", "II", "II > 1"]


def test_numbers_may_begin_anew_without_a_parent() -> None:
    assert tree("1. A", "2. A", "Phần chung", "1. A", "2. A") == ["1", "2", "1", "2"]


def test_a_bracketed_list_stands_inside_a_number() -> None:
    assert tree("1. A", "1) A", "2) A", "2. A", "1) A") == ["1", "1 > 1", "1 > 2", "2", "2 > 1"]


def test_numbers_may_stand_inside_points() -> None:
    assert tree("I- A", "a) A", "1. A", "2. A", "b) A") == ["I", "I > a)", "I > a) > 1", "I > a) > 2", "I > b)"]


def test_romans_are_one_list_whatever_mark_closes_them() -> None:
    assert tree("I- A", "II. A", "III/ A") == ["I", "II", "III"]


def test_points_with_two_styles_are_two_lists() -> None:
    assert tree("1. A", "a) A", "b. A", "b) A") == ["1", "1 > a)", "1 > b)"]


def test_points_pass_the_letters_that_vietnamese_lacks() -> None:
    letters = "abcdđeghiklmnopqrstuvxy"
    assert len(tree(*(f"{letter}) a" for letter in letters))) == len(letters)


def test_plain_text_ends_dashes_but_no_number() -> None:
    assert tree("1. A", "- A", "Văn xuôi", "+ A", "a) A") == ["1", "1 > -", "1 > +", "1 > a)"]


def test_a_chapter_out_of_order_is_prose() -> None:
    assert tree("Chương I", "Chương V", "Chương II") == ["Chương I", "Chương II"]


MARKS = st.sampled_from(
    [
        *(
            "Phần I",
            "Chương I",
            "Chương II",
            "Mục 1",
            "PHỤ LỤC",
            "Điều 1. A",
            "Điều 2. A",
            "Điều 3a. A",
            "I- A",
            "II- A",
        ),
        *("1. A", "2. A", "3. A", "1.1. A", "1.2. A", "2.1. A", "1.1.1. A", "II.1. A", "1) A", "2) A"),
        *("a) A", "b) A", "đ) A", "- A", "+ A", "Văn xuôi"),
    ]
)


@given(st.lists(MARKS, max_size=40))
def test_units_rise_and_stay_inside_their_parents(lines: list[str]) -> None:
    outline = Outline()
    for offset, line in enumerate(lines):
        marker = read_marker(line)
        if not (marker and outline.accept(marker, offset)):
            outline.end_list(offset)
    outline.close(len(lines))
    starts = [unit.start for unit in outline.units]
    assert starts == sorted(set(starts))
    for position, unit in enumerate(outline.units):
        assert unit.start < unit.end
        if unit.parent is not None:
            parent = outline.units[unit.parent]
            assert unit.parent < position
            assert parent.start < unit.start
            assert unit.end <= parent.end
