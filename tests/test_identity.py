"""Which files are one directive: every rule by the entries that a build would make of them."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from bot.people.access import Asker, may_see
from bot.state.members import Member, Role
from index.comparing import agree, changes
from index.findings import Passage
from index.identity import is_within, narrowest, unite
from index.searching.catalog import Entry
from index.types import Directive, DirectiveId, Printed, Reading, Reference, Relation, RelationKind, Scan

NAME = DirectiveId("12-kh-du.ke-hoach.dang-uy.2026-03-02")
TEXT = "Điều 1. Chi bộ kiểm tra bình chữa cháy trước ngày 30 hằng tháng.\n" + " ".join(
    f"Tổ {place} họp vào tuần thứ {place} của quý và báo cáo Đảng ủy phường." for place in range(1, 9)
)


def entry(file: str, text: str = TEXT, *, scan: bool = False, doubted: tuple[str, ...] = (), **fields: object) -> Entry:
    known: dict[str, object] = {
        "id": NAME,
        "number": "12-KH/ĐU",
        "type": "KH",
        "type_name": "Kế hoạch",
        "issuer": "Đảng ủy",
        "place": None,
        "date": date(2026, 3, 2),
        "title": "về phòng cháy",
        **fields,
    }
    directive = Directive.model_validate({"file": file, **known})
    scans = (Scan(page=1, confidence=90, weak_words=doubted),) if scan else ()
    passage = Passage(directive=directive.id, start=0, end=len(text), text=text, path=(), page=None)
    return Entry("bytes.", Reading(directive=directive, printed=Printed(text=text, scans=scans)), (passage,))


def directives(*entries: Entry) -> list[Directive]:
    return [each.reading.directive for each in unite(entries).entries]


def codes(*entries: Entry) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in unite(entries).troubles]


def test_the_same_text_in_two_files_is_one_directive_with_two_sources():
    (one,) = directives(entry("a.docx"), entry("b.docx"))
    assert (one.file, one.sources, one.files) == ("a.docx", ("b.docx",), ("a.docx", "b.docx"))


def test_a_second_source_is_reported_with_the_file_that_is_quoted():
    (trouble,) = unite([entry("a.docx"), entry("b.docx")]).troubles
    assert (trouble.code, trouble.path, dict(trouble.facts)) == (
        "two_sources",
        "b.docx",
        {"number": "12-KH/ĐU", "other": "a.docx"},
    )


@pytest.mark.parametrize(
    "other",
    [TEXT.replace(" ", "  "), TEXT.replace("Tổ", "TỔ"), TEXT.replace("\n", " \n\n"), TEXT.replace("hoà", "hòa")],
)
def test_spaces_and_capitals_make_no_other_text(other):
    assert len(directives(entry("a.docx"), entry("b.docx", other))) == 1


def test_dashes_and_the_place_of_a_tone_mark_make_no_other_text():
    assert len(directives(entry("a.docx", "Hoà giải – cơ sở"), entry("b.docx", "Hòa giải - cơ sở"))) == 1


@pytest.mark.parametrize(("better", "worse"), [("z.pdf", "a.docx"), ("z.PDF", "a.txt"), ("a.docx", "b.docx")])
def test_the_pdf_is_quoted_before_what_can_be_changed(better, worse):
    assert [each.file for each in directives(entry(worse), entry(better))] == [better]


def test_the_file_that_an_administrator_has_corrected_is_quoted_first():
    corrected = entry("z.docx", title="về việc khác")._replace(digest="bytes.sidecar")
    assert [each.title for each in directives(entry("a.pdf"), corrected)] == ["về việc khác"]


def test_the_text_version_is_quoted_before_its_scan():
    read = TEXT.replace("phường", "phưòng", 1)
    (one,) = directives(entry("a.pdf", read, scan=True), entry("z.docx"))
    assert (one.file, one.sources) == ("z.docx", ("a.pdf",))


def test_a_scan_of_which_more_words_differ_is_another_text():
    read = TEXT.replace("báo cáo", "bảo cảo")
    assert len(directives(entry("a.pdf", read, scan=True), entry("z.docx"))) == 2


@pytest.mark.parametrize(("doubted", "count"), [((), 2), (("15",), 1)])
def test_another_figure_is_another_text_unless_the_recognition_doubts_it(doubted, count):
    read = TEXT.replace("ngày 30", "ngày 15")
    assert len(directives(entry("a.pdf", read, scan=True, doubted=doubted), entry("z.docx"))) == count


def test_two_text_versions_that_differ_in_one_word_are_both_kept_and_reported():
    files = entry("a.docx"), entry("b.docx", TEXT.replace("ngày 30", "ngày 15"))
    one, two = directives(*files)
    assert (one.id, two.id.startswith(f"{NAME}."), codes(*files)) == (NAME, True, [("two_texts", "b.docx")])


def test_the_passages_of_a_text_with_a_name_of_its_own_bear_it():
    for each in unite([entry("a.docx"), entry("b.docx", "khác")]).entries:
        assert {passage.directive for passage in each.passages} == {each.reading.directive.id}


def test_which_text_keeps_the_name_does_not_depend_on_the_order_of_the_files():
    files = entry("a.docx"), entry("b.docx", "Hai"), entry("c.pdf", "Ba"), entry("d.docx")
    assert len({str(directives(*order)) for order in permutations(files)}) == 1


def test_a_text_keeps_its_own_name_when_a_third_one_comes():
    two = directives(entry("a.docx"), entry("c.docx", "Hai"))[1].id
    assert two in [each.id for each in directives(entry("a.docx"), entry("b.docx", "Ba"), entry("c.docx", "Hai"))]


def test_a_draft_never_takes_the_name_of_the_paper_itself():
    final, draft = entry("b.docx"), entry("a.pdf", "Dự thảo", draft=True)
    assert {each.id: each.draft for each in directives(final, draft)}[NAME] is False


def test_the_same_text_under_another_number_is_kept_beside():
    assert len(directives(entry("a.docx"), entry("b.docx", number="13-KH/ĐU", id="13-kh-du"))) == 2


def test_two_copies_of_a_paper_that_is_known_by_its_file_alone_are_one():
    fields = {"number": None, "date": None}
    (one,) = directives(entry("a.docx", id="a.1", **fields), entry("b.docx", id="a.2", **fields))
    assert (one.id, one.sources) == ("a.1", ("b.docx",))


@pytest.mark.parametrize("unread", ["date", "issuer", "type_name"])
def test_a_copy_of_which_less_could_be_read_is_the_same_paper(unread):
    (one,) = directives(entry("a.pdf", id="a.1", **{unread: None}), entry("b.docx"))
    assert (one.id, one.file, one.sources) == (NAME, "b.docx", ("a.pdf",))


def test_a_scan_of_which_the_date_could_not_be_read_is_the_same_paper():
    (one,) = directives(entry("a.pdf", TEXT + " dấu", scan=True, id="a.1", date=None), entry("b.docx"))
    assert (one.id, one.sources) == (NAME, ("a.pdf",))


def test_another_text_of_which_the_date_could_not_be_read_is_reported_too():
    files = entry("a.pdf", "Hai", id="a.1", date=None), entry("b.docx")
    assert (len(directives(*files)), codes(*files)) == (2, [("two_texts", "a.pdf")])


def test_another_text_of_another_day_is_not_reported():
    assert codes(entry("a.docx"), entry("b.docx", "Hai", date=date(2026, 4, 2), id="other")) == []


def test_the_same_text_of_another_day_is_another_paper():
    assert len(directives(entry("a.docx"), entry("b.docx", date=date(2026, 4, 2), id="other"))) == 2


def test_other_papers_that_are_known_by_their_files_alone_are_no_two_texts():
    fields = {"number": None, "date": None}
    files = entry("a.docx", id="a.1", **fields), entry("b.docx", "khác", id="a.2", **fields)
    assert ([each.id for each in directives(*files)], codes(*files)) == (["a.1", "a.2"], [])


def test_what_was_issued_with_a_decision_follows_its_name():
    attached = {"id": f"{NAME}.quy-che", "type_name": "Quy chế", "attached_to": NAME}
    decisions = entry("a.docx"), entry("b.docx", "Quyết định khác")
    rules = entry("a.docx", "Quy chế", **attached), entry("b.docx", "Quy chế khác", **attached)
    found = directives(*decisions, *rules)
    by_file = {each.file: each.id for each in found if each.attached_to is None}
    assert [(each.file, each.attached_to) for each in found if each.attached_to] == [*by_file.items()]


def test_an_administrators_word_in_either_sidecar_counts():
    said = Relation(kind=RelationKind.REPEALS, reference=Reference(words="9-KH/ĐU", number="9-KH/ĐU"))
    other = entry("b.docx", circulation="LƯU HÀNH NỘI BỘ")
    other = other._replace(reading=other.reading.model_copy(update={"relations": (said,)}))
    (one,) = unite([entry("a.docx"), other]).entries
    assert (one.reading.relations, one.reading.directive.circulation) == ((said,), "LƯU HÀNH NỘI BỘ")


# -- audiences


@pytest.mark.parametrize(
    ("said", "held"),
    [
        (["public", None], ["member"]),
        ([None, None], [None]),
        (["public", "member"], ["member"]),
        ([None, "committee"], ["committee"]),
        (["secretary", "secretary:Tổ 3"], ["secretary:Tổ 3"]),
        (["cell:Tổ 3", "secretary:tổ  3"], ["secretary:tổ  3"]),
        (["cell:Tổ 3", "cell:Tổ 3"], ["cell:Tổ 3"]),
        (["cell:Tổ 3", "cell:Tổ 4"], ["cell:Tổ 3", "cell:Tổ 4"]),
        (["committee", "secretary", "public"], ["committee", "secretary"]),
    ],
)
def test_of_several_audiences_the_narrower_holds_and_both_where_neither_is(said, held):
    files = [entry(f"{place}.docx", audience=audience) for place, audience in enumerate(said)]
    (one,) = directives(*files)
    assert [one.audience, *one.narrowed] == held
    assert narrowest(reversed(said)) == tuple(held)


def test_files_that_say_different_audiences_are_reported():
    files = entry("a.docx", audience="public"), entry("b.docx", audience="committee")
    assert codes(*files) == [("two_sources", "b.docx"), ("two_audiences", "a.docx")]


AUDIENCES = [None, "public", "member", "committee", "secretary", "cell:A", "cell:B", "secretary:A"]


@pytest.mark.parametrize("one", AUDIENCES)
@pytest.mark.parametrize("other", AUDIENCES)
def test_an_audience_is_within_another_only_when_everybody_who_may_see_the_one_may_see_the_other(one, other):
    people = [
        Member(id=1, code="A1", name="An", cell=cell, role=role)
        for role in Role
        for cell in ("A", "B", "C")
        if role is not Role.ADMINISTRATOR
    ]
    everybody = [Asker(), *(Asker(member=each) for each in people)]
    sees = [(may_see(asker, one or "member"), may_see(asker, other or "member")) for asker in everybody]
    assert is_within(one, other) is all(wide for narrow, wide in sees if narrow)


# -- words


def test_changes_are_the_words_that_differ():
    before, after = ["a", "b", "c", "d", "e", "f", "g", "h"], ["a", "b", "x", "d", "e", "f", "g", "y", "z", "h"]
    assert [(before[c.start : c.end], after[c.other_start : c.other_end]) for c in changes(before, after)] == [
        (["c"], ["x"]),
        ([], ["y", "z"]),
    ]


@pytest.mark.parametrize(("before", "after"), [("", "a b"), ("a b", ""), ("", ""), ("a", "a"), ("a a a a a", "a a a")])
def test_changes_turn_one_text_into_the_other(before, after):
    old, new = before.split(), after.split()
    built, place = [], 0
    for change in changes(old, new):
        built += old[place : change.start] + new[change.other_start : change.other_end]
        place = change.end
    assert built + old[place:] == new


def test_texts_agree_up_to_the_share_that_is_asked():
    words = [str(number) for number in range(100)]
    other = [*words[:50], "x", "y", "z", *words[53:]]
    assert (agree(words, other, share=0.97), agree(words, other, share=0.98)) == (True, False)


def test_a_text_of_twenty_thousand_words_is_compared():
    words = [word for place in range(4000) for word in ("và", "các", f"{place}", "của", "Đảng")]
    read = [("vả" if place % 50 == 0 else word) for place, word in enumerate(words)]
    assert agree(words, read, share=0.97)
