from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numbers import find_numbers, matches
from index.language.text import fold
from index.searching.names import Names, newest_first, of_type_said
from index.types import Directive, DirectiveId

WORDS = ["đảng", "viên", "Chi", "bộ", "công", "tác"]


def _directive(name: str, *, number: str | None, title: str, type_name: str | None = "Kế hoạch") -> Directive:
    fields = dict.fromkeys(("type", "issuer", "place", "date"))
    return Directive(
        id=DirectiveId(name), file=f"{name}.txt", number=number, title=title, type_name=type_name, **fields
    )


def _made_up(seed: int) -> list[Directive]:
    generator = random.Random(seed)
    return [
        _directive(
            f"{place}",
            number=generator.choice([None, f"{generator.randint(0, 30):02d}-{generator.choice(['CT', 'KL'])}/TU"]),
            title=" ".join(generator.choices(WORDS, k=generator.randint(1, 6))),
            type_name=generator.choice([None, "Chỉ thị"]),
        )
        for place in range(60)
    ]


DIRECTIVES = _made_up(3)
NAMES = Names(DIRECTIVES)
SOME = frozenset(directive.id for directive in DIRECTIVES[::3])
VISIBLE = pytest.mark.parametrize("visible", [None, SOME, frozenset()], ids=["all", "some", "none"])


def _seen(visible: frozenset[DirectiveId] | None) -> list[Directive]:
    return [directive for directive in DIRECTIVES if visible is None or directive.id in visible]


@VISIBLE
@pytest.mark.parametrize("typed", ["chỉ thị 24", "24-CT/TU", "kl 7", "05-KL/TU và 5-CT/TU", "chỉ thị 0", "không số"])
def test_directives_of_a_number_are_all_that_match_it(typed: str, visible: frozenset[DirectiveId] | None) -> None:
    asked = find_numbers(typed)
    matching = [d for d in _seen(visible) if d.number and any(matches(number, d.number) for number in asked)]
    assert newest_first(NAMES.numbered(asked, visible=visible)) == newest_first(matching)


@VISIBLE
def test_carried_numbers_are_those_of_visible_directives(visible: frozenset[DirectiveId] | None) -> None:
    carried = {d.number.split("-")[0].lstrip("0") for d in _seen(visible) if d.number} - {""}
    asked = " ".join(f"{number:03d}" for number in range(40))
    assert NAMES.carried(asked, visible=visible) == carried


def test_a_number_begins_with_all_its_digits() -> None:
    names = Names([_directive("a", number="024-CT/TU", title=""), _directive("b", number="241-CT/TU", title="")])
    assert [directive.id for directive in names.beginning_with("24")] == ["a"]


def test_no_digits_are_no_number() -> None:
    assert Names([_directive("a", number="CT/TU", title="")]).beginning_with("") == []


@VISIBLE
@given(asked=st.lists(st.sampled_from([*WORDS, "Chỉ", "thị", "chi", "thi", "12", ","]), max_size=25).map(" ".join))
def test_titles_are_found_as_by_reading_them_all(visible: frozenset[DirectiveId] | None, asked: str) -> None:
    text = f" {_spaced(asked)} "
    titles = {d.id: _spaced(f"{d.type_name or ''} {d.title}") for d in _seen(visible)}
    standing = {name for name, title in titles.items() if len(title.split()) >= 5 and f" {title} " in text}
    assert {directive.id for directive in NAMES.titled(asked, visible=visible)} == standing


@pytest.mark.parametrize("directive", [d for d in DIRECTIVES if len(f"{d.type_name or ''} {d.title}".split()) >= 5])
def test_a_whole_title_finds_its_directive(directive: Directive) -> None:
    asked = f"Hỏi: {directive.type_name or ''} {directive.title.upper()}, có gì?"
    assert directive in NAMES.titled(asked)


def test_a_title_that_is_said_twice_is_found_once() -> None:
    names = Names([_directive("a", number=None, title="về công tác đảng")])
    assert len(names.titled("Kế hoạch về công tác đảng, kế hoạch về công tác đảng")) == 1


def _spaced(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def test_a_number_that_none_carries_is_like_those_of_its_digits_and_of_its_type() -> None:
    (asked,) = find_numbers("24-CT/TU")
    papers = {
        number: _directive(number, number=number, title="").model_copy(update={"type": kind})
        for number, kind in (("25-CT/TU", "CT"), ("30-KH/ĐU", "KH"), ("24-NQ/ĐU", "NQ"))
    }
    assert Names(papers.values()).like(asked) == [papers["24-NQ/ĐU"], papers["25-CT/TU"]]


_TITLED = [
    _directive("office", number="33-QĐ/ĐU", title="Làm việc của Văn phòng Đảng ủy", type_name="Quy chế"),
    _directive("committee", number="12-QĐ/ĐU", title="Làm việc của Đảng ủy phường", type_name="Quy chế"),
    _directive("letters", number="40-QC/ĐU", title="Tiếp nhận, xử lý phản ánh", type_name="Quy chế"),
    _directive("rules", number="19-QĐ/ĐU", title="về đánh giá, xếp loại chi bộ", type_name="Quy định"),
    _directive("change", number="22-QĐ/ĐU", title="sửa đổi Quy định 19 về đánh giá, xếp loại", type_name="Quy định"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("điều 4 quy chế làm việc của văn phòng", ["office"]),
        ("quy chế làm việc điều 4", []),
        ("điều 4 quy chế tiếp nhận phản ánh", ["letters"]),
        ("điều 3 quy định về xếp loại chi bộ", ["rules"]),
        ("điều 3 quy định đánh giá xếp loại", ["rules"]),
        ("điều 3 quy định sửa đổi quy định 19", ["change"]),
        ("điều 4 kế hoạch làm việc của văn phòng", []),
        ("điều 4 quy chế chi tiêu", []),
        ("điều 4 quy chế tiếp dân phản hồi", []),
    ],
)
def test_part_of_a_title_names_the_paper_that_it_fits_clearly_best(text: str, found: list[str]) -> None:
    assert [each.id for each in Names(_TITLED).titled_best(text)] == found
    assert [each.id for each in Names(_TITLED).titled_best(fold(text))] == found
    assert Names(_TITLED).titled_best(text, visible=frozenset()) == []


def test_what_holds_is_named_before_what_fits_as_well_and_holds_no_longer() -> None:
    old = _directive("old", number="05-QĐ/ĐU", title="về đánh giá, xếp loại chi bộ", type_name="Quy định")
    names = Names([*_TITLED, old])
    assert names.titled_best("điều 3 quy định đánh giá xếp loại") == []
    found = names.titled_best("điều 3 quy định đánh giá xếp loại", out=frozenset({old.id}))
    assert [each.id for each in found] == ["rules"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quy chế kèm theo quyết định 33 điều 1", ["rules"]),
        ("điều 1 quy chế 33-QĐ/ĐU", ["rules"]),
        ("quyết định 33 ban hành quy chế gì", ["decision", "rules"]),
        ("quyết định 33 kèm theo quy chế nào", ["decision", "rules"]),
        ("33-QĐ/ĐU điều 1", ["decision", "rules"]),
    ],
)
def test_a_type_that_is_said_means_what_was_issued_with_the_decision(text: str, found: list[str]) -> None:
    decision = _directive("decision", number="33-QĐ/ĐU", title="ban hành Quy chế", type_name="Quyết định")
    rules = _directive("rules", number="33-QĐ/ĐU", title="làm việc", type_name="Quy chế")
    rules = rules.model_copy(update={"attached_to": decision.id})
    assert [each.id for each in of_type_said([decision, rules], text)] == found
    assert of_type_said([decision], text) == [decision]
