from __future__ import annotations

import pytest

from bot.errors import AmbiguousMember, NoSuchMember
from bot.people.identity import identify
from bot.people.lookup import find_member


@pytest.fixture
def look(people):
    people.add("HP-01", "Nguyễn Thị Hòa", "Khu phố 1")
    people.add("HP-02", "Nguyễn Thị Hóa", "Khu phố 2")
    people.add("HP-03", "Trần Văn Bình", "Khu phố 1")
    people.add("HP-04", "Trần Văn Bình", "Khu phố 3")
    people.add("HP-05", "Lê Đình Đức", "Khu phố 3")

    def find(argument: str) -> str:
        with people.database.reading() as db:
            return find_member(db, argument).code

    return find


@pytest.mark.parametrize("argument", ["HP-03", "hp-03", "  Hp-03 "])
def test_a_code_is_found_whatever_its_case(look, argument):
    assert look(argument) == "HP-03"


@pytest.mark.parametrize("argument", ["Lê Đình Đức", "LÊ ĐÌNH ĐỨC", "le dinh duc", "Le  Dinh Duc", "Le\u0302 Đình Đức"])
def test_a_name_is_found_with_accents_or_without_whatever_its_case(look, argument):
    assert look(argument) == "HP-05"


@pytest.mark.parametrize(
    ("argument", "code"), [("Nguyễn Thị Hòa", "HP-01"), ("Nguyễn Thị Hoà", "HP-01"), ("nguyễn thị hoá", "HP-02")]
)
def test_an_accent_tells_two_names_apart_wherever_the_tone_mark_stands(look, argument, code):
    assert look(argument) == code


def test_an_accent_that_nobody_has_is_never_taken_for_another(look):
    with pytest.raises(NoSuchMember):
        look("Nguyễn Thị Hoa\u0309")


@pytest.mark.parametrize("argument", ["Trần Văn Bình", "tran van binh"])
def test_an_ambiguous_name_lists_the_candidates(look, argument):
    with pytest.raises(AmbiguousMember) as raised:
        look(argument)
    assert raised.value.facts == {
        "member": argument,
        "candidates": "HP-03 – Trần Văn Bình – Khu phố 1; HP-04 – Trần Văn Bình – Khu phố 3",
    }


def test_without_accents_two_names_that_differ_only_in_them_are_ambiguous(look):
    with pytest.raises(AmbiguousMember):
        look("nguyen thi hoa")


@pytest.mark.parametrize("argument", ["", "HP-0", "Bình", "HP-09"])
def test_nobody_is_found_by_a_part_of_a_code_or_name(look, argument):
    with pytest.raises(NoSuchMember):
        look(argument)


def test_a_code_goes_before_a_name(people):
    people.add("An", "Trần Văn Bình")
    people.add("B2", "An")
    with people.database.reading() as db:
        assert find_member(db, "an").code == "An"


def test_an_account_is_its_members_and_only_on_its_channel(people):
    people.link(people.add("HP-01"), "77")
    with people.database.reading() as db:
        found = [identify(db, channel, account).code for channel, account in (("telegram", "77"), ("zalo", "77"))]
    assert found == ["HP-01", "guest"]
