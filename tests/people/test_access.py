"""Who may see what, row by row (issue: everybody linked = public + member + own cell, and so on)."""

from __future__ import annotations

import pytest

from bot.people.access import Asker, audience_of, is_within, may_see, rights
from bot.state.members import Member, Role
from bot.state.overrides import Override
from index import Directive, DirectiveId
from tests.people.people import NOW

CELL = "Khu phố Hòa 1"
AUDIENCES = (
    "public",
    "member",
    "committee",
    "secretary",
    f"cell:{CELL}",
    "cell:Khu phố Hòa 2",
    f"secretary:{CELL}",
    "secretary:Khu phố Hòa 2",
)
SEEN = {
    "nobody": ("public",),
    "member": ("public", "member", f"cell:{CELL}"),
    "committee": ("public", "member", "committee", f"cell:{CELL}"),
    "secretary": ("public", "member", "secretary", f"cell:{CELL}", f"secretary:{CELL}"),
    "administrator": AUDIENCES,
    "console": AUDIENCES,
}


def asker(who: str, cell: str = CELL) -> Asker:
    if who == "nobody":
        return Asker()
    if who == "console":
        return Asker(everything=True)
    return Asker(member=Member(id=1, code="A1", name="An", cell=cell, role=Role(who)))


@pytest.mark.parametrize("who", SEEN)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_role_sees_exactly_its_audiences(who, audience):
    assert may_see(asker(who), audience) is (audience in SEEN[who])


@pytest.mark.parametrize("role", ["member", "secretary"])
@pytest.mark.parametrize("written", ["khu phố hòa 1", "  KHU  PHỐ HÒA 1 ", "Khu phố Ho\u0300a 1", "Khu\u00a0phố Hòa 1"])
def test_the_name_of_a_cell_is_one_whatever_its_case_spaces_and_composition(role, written):
    kind = "cell" if role == "member" else "secretary"
    assert may_see(asker(role), f"{kind}:{written}")
    assert may_see(asker(role, cell=written), f"{kind}:{CELL}")


@pytest.mark.parametrize("role", ["member", "secretary"])
@pytest.mark.parametrize("other", ["Khu phố Hóa 1", "Khu phố Hoa 1", "Khu pho Hòa 1", "Khu phố Hòa 11", "Khu phố Hòa"])
def test_a_cell_whose_name_differs_in_an_accent_or_a_letter_is_another_one(role, other):
    kind = "cell" if role == "member" else "secretary"
    assert not may_see(asker(role), f"{kind}:{other}")


@pytest.mark.parametrize("audience", ["", "Public", "everybody", "cell", "cell:", "admin", "members"])
@pytest.mark.parametrize("who", ["nobody", "member", "secretary", "committee"])
def test_an_audience_that_is_none_is_only_for_administrators(who, audience):
    assert not may_see(asker(who), audience)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_ceiling_lets_through_the_public_and_at_most_what_is_for_every_member(audience):
    assert is_within(audience, "public") is (audience == "public")
    assert is_within(audience, "member") is (audience in ("public", "member"))


def directive(name: str, audience: str | None = None, file: str = "") -> Directive:
    return Directive(
        id=DirectiveId(name), file=file or f"{name}.docx", number=None, type=None, type_name=None, issuer=None,
        place=None, date=None, title=name, audience=audience,
    )  # fmt: skip


def override(name: str, audience: str | None = None, *, withdrawn: bool = False, file: str = "") -> Override:
    return Override(
        directive=DirectiveId(name), file=file or f"{name}.docx", audience=audience, withdrawn=withdrawn, changed_at=NOW
    )


def test_the_audience_is_the_override_else_what_the_directive_says_else_member():
    assert audience_of(directive("a", "public"), override("a", "committee")) == "committee"
    assert audience_of(directive("a", "public"), override("a")) == "public"
    assert audience_of(directive("a", "public"), None) == "public"
    assert audience_of(directive("a"), None) == "member"


LIBRARY = [
    directive("open", "public"),
    directive("usual"),
    directive("high", "committee"),
    directive("own", f"cell:{CELL}"),
]


@pytest.mark.parametrize(
    ("who", "ceiling", "own", "shown"),
    [
        ("nobody", None, "open", "open"),
        ("nobody", "member", "open", "open"),
        ("member", None, "open usual own", "open usual own"),
        ("member", "member", "open usual own", "open usual"),
        ("member", "public", "open usual own", "open"),
        ("committee", "member", "open usual high own", "open usual"),
        ("administrator", "public", "open usual high own", "open"),
        ("administrator", None, "open usual high own", "open usual high own"),
    ],
)
def test_rights_keep_apart_what_is_ones_own_and_what_may_be_shown_here(who, ceiling, own, shown):
    found = rights(LIBRARY, [], asker(who), ceiling=ceiling)
    assert (found.own, found.shown) == (frozenset(own.split()), frozenset(shown.split()))


def test_an_override_widens_and_narrows_at_once():
    overrides = [override("usual", "public"), override("open", "committee")]
    assert rights(LIBRARY, overrides, asker("nobody"), ceiling=None).own == {"usual"}


@pytest.mark.parametrize("who", SEEN)
@pytest.mark.parametrize("ceiling", [None, "public", "member"])
def test_what_is_withdrawn_is_nobodys_whatever_its_audience(who, ceiling):
    overrides = [override("open", "public", withdrawn=True)]
    found = rights(LIBRARY, overrides, asker(who), ceiling=ceiling)
    assert "open" not in found.own | found.shown


@pytest.mark.parametrize("who", SEEN)
def test_what_is_withdrawn_stays_so_when_a_build_reads_its_file_under_another_id(who):
    library = [directive("open-of-another-date", "public", file="open.docx")]
    found = rights(library, [override("open", withdrawn=True)], asker(who), ceiling=None)
    assert found.own == frozenset()


@pytest.mark.parametrize("own", AUDIENCES)
@pytest.mark.parametrize("old", AUDIENCES)
@pytest.mark.parametrize("who", SEEN)
def test_an_override_of_another_paper_with_the_same_file_name_never_widens(who, old, own):
    library = [directive("new", own, file="x.docx")]
    overrides = [override("old", old, file="x.docx"), override("older", "public", file="x.docx")]
    found = rights(library, overrides, asker(who), ceiling=None)
    assert ("new" in found.own) is (may_see(asker(who), own) and may_see(asker(who), old))
    found = rights(library, overrides, asker(who), ceiling="public")
    assert ("new" in found.shown) is (own == old == "public")


def test_an_override_of_the_paper_itself_holds_whatever_another_one_of_its_file_says():
    library = [directive("new", "committee", file="x.docx")]
    overrides = [override("new", "public", file="x.docx"), override("old", "secretary", file="x.docx")]
    assert rights(library, overrides, asker("nobody"), ceiling="public").shown == {"new"}


# -- several files of one text, several texts of one number


@pytest.mark.parametrize("old", AUDIENCES)
@pytest.mark.parametrize("who", SEEN)
def test_what_is_said_of_a_further_file_of_a_text_narrows_whatever_is_said_of_the_text(who, old):
    library = [directive("new", "public", file="x.docx").model_copy(update={"sources": ("copy.docx",)})]
    overrides = [override("new", "public", file="x.docx"), override("copy", old, file="copy.docx")]
    found = rights(library, overrides, asker(who), ceiling=None)
    assert ("new" in found.own) is may_see(asker(who), old)


def test_what_is_withdrawn_stays_so_as_a_further_file_of_a_text():
    library = [directive("new", "public", file="x.docx").model_copy(update={"sources": ("copy.docx",)})]
    overrides = [override("copy", withdrawn=True, file="copy.docx")]
    assert rights(library, overrides, asker("console"), ceiling=None).own == frozenset()


@pytest.mark.parametrize("who", SEEN)
def test_only_who_is_in_every_audience_of_a_text_sees_it(who):
    narrowed = directive("both", "committee").model_copy(update={"narrowed": (f"cell:{CELL}",)})
    found = rights([narrowed], [], asker(who), ceiling=None)
    assert ("both" in found.own) is (who in ("committee", "administrator", "console"))
    other = narrowed.model_copy(update={"narrowed": ("cell:Khu phố Hòa 2",)})
    assert ("both" in rights([other], [], asker(who), ceiling=None).own) is (who in ("administrator", "console"))


@pytest.mark.parametrize("who", SEEN)
def test_an_override_of_a_text_never_widens_another_text_that_took_its_number(who):
    library = [directive("name", "committee", file="new.docx"), directive("name.1", "member", file="old.docx")]
    overrides = [override("name", "public", file="old.docx")]
    found = rights(library, overrides, asker(who), ceiling=None)
    assert [each in found.own for each in ("name", "name.1")] == [
        may_see(asker(who), "committee"),
        may_see(asker(who), "member"),
    ]


def test_an_override_widens_a_decision_though_its_file_holds_another_paper():
    library = [directive("decision", "committee", file="x.docx"), directive("rules", "committee", file="x.docx")]
    overrides = [override("decision", "public", file="x.docx")]
    assert rights(library, overrides, asker("nobody"), ceiling="public").shown == {"decision"}


def test_the_person_who_runs_the_program_sees_all_but_what_is_withdrawn():
    found = rights(LIBRARY, [override("high", withdrawn=True)], asker("console"), ceiling=None)
    assert found.own == {"open", "usual", "own"}
