from __future__ import annotations

import unicodedata

import pytest

from bot import texts
from bot.people.audiences import audience_choices, audience_label, cell_named, parse_audience, with_known_cell

CELLS = ("Chi bộ Khu phố 1", "Khu phố 2", "Trường Hòa Bình", "Trường Hóa Bình", "3", "Khu phố  2 ")


@pytest.mark.parametrize(
    ("typed", "audience"),
    [
        ("public", "public"),
        ("công khai", "public"),
        ("đảng viên", "member"),
        ("ĐẢNG VIÊN", "member"),
        ("mọi  đảng viên", "member"),
        ("cấp ủy", "committee"),
        ("cấp uỷ", "committee"),
        ("cap uy vien", "committee"),
        ("bí thư", "secretary"),
        ("bí thư chi bộ", "secretary"),
        ("bí thư các chi bộ", "secretary"),
        ("chi bộ 3", "cell:3"),
        ("Chi bộ: Khu phố 2", "cell:Khu phố 2"),
        ("chibo Khu phố 2", "cell:Khu phố 2"),
        ("cell:Khu phố 2", "cell:Khu phố 2"),
        ("cell:Chi bộ Khu phố 1", "cell:Khu phố 1"),
        ("chi bộ “Tổ dân phố 3”", "cell:Tổ dân phố 3"),
        ("bí thư chi bộ Khu phố 2", "secretary:Khu phố 2"),
        ("bi thu: 3", "secretary:3"),
        ("secretary:3", "secretary:3"),
        (unicodedata.normalize("NFD", "bí thư chi bộ Khu phố 2"), "secretary:Khu phố 2"),
        ("chi bộ", None),
        ("cell:", None),
        ("chi bộ “”", None),
        ("tất cả", None),
        ("mọi người", None),
        ("", None),
        ("giám đốc", None),
    ],
)
def test_audiences_are_read_as_people_write_them(typed, audience):
    assert parse_audience(typed) == audience


@pytest.mark.parametrize(
    "audience", ["public", "member", "committee", "secretary", "cell:Khu phố 2", "secretary:Khu phố 2"]
)
def test_what_is_shown_for_an_audience_is_read_as_the_same(audience):
    assert parse_audience(audience_label(audience)) == audience
    assert parse_audience(audience) == audience


def test_every_choice_sends_the_audience_that_it_shows():
    choices = audience_choices("/doituong #a ", " z")
    assert {choice.send: choice.label.lower() for choice in choices} == {
        f"/doituong #a {audience} z": texts.AUDIENCES[audience].lower()
        for audience in ("public", "member", "committee", "secretary")
    }


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("Khu phố 1", "Chi bộ Khu phố 1"),
        ("chi bộ khu phố 1", "Chi bộ Khu phố 1"),
        ("khu pho 1", "Chi bộ Khu phố 1"),
        ("Chi bộ Khu phố 2", "Khu phố 2"),
        ("Trường Hòa Bình", "Trường Hòa Bình"),
        ("truong hoa binh", None),
        ("Trường Hoa Bình", None),
        ("Khu phó 1", None),
        ("3", "3"),
        ("Khu phố", None),
        ("", None),
    ],
)
def test_a_cell_is_found_as_the_roll_writes_it_and_never_guessed(typed, cell):
    assert cell_named(typed, CELLS) == cell


@pytest.mark.parametrize(
    ("audience", "known"),
    [
        ("member", "member"),
        ("cell:khu phố 1", "cell:Chi bộ Khu phố 1"),
        ("secretary:khu phố 2", "secretary:Khu phố 2"),
        ("cell:Khu phố 9", None),
    ],
)
def test_an_audience_gets_the_spelling_of_the_roll(audience, known):
    assert with_known_cell(audience, CELLS) == known
