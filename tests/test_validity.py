"""What holds on which day, from what papers say of each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.form import read_directives
from index.types import Directive, DirectiveId, Reference, Relation, Span, Status
from index.types import RelationKind as Kind
from index.validity import Edge, Validity

WARD = "Ban Thường vụ Đảng ủy phường An Hòa"
CORPUS = Path(__file__).parents[1] / "docs_corpus"
HERE = Span(start=0, end=10)
Said = Mapping[DirectiveId, tuple[Relation, ...]]


def paper(
    number: str | None,
    day: date | None,
    *,
    issuer: str = WARD,
    type_name: str = "Quy định",
    draft: bool = False,
    attached_to: DirectiveId | None = None,
) -> Directive:
    return Directive(
        id=DirectiveId(f"{number}.{type_name}.{issuer}.{day}"),
        file="a.docx",
        number=number,
        type="QĐ",
        type_name=type_name,
        issuer=issuer,
        place="An Hòa",
        date=day,
        title=number or "",
        draft=draft,
        attached_to=attached_to,
    )


def says(
    kind: Kind,
    number: str | None = None,
    *articles: str,
    day: date | None = None,
    explicit: bool = True,
    span: Span | None = HERE,
    **reference: object,
) -> Relation:
    named = {"words": f"Quy định số {number}", "number": number, "type": "QĐi", **reference}
    return Relation(
        kind=kind,
        reference=Reference.model_validate(named) if number or reference else None,
        articles=articles,
        date=day,
        explicit=explicit,
        span=span,
    )


OLD = paper("5-QĐ/ĐU", date(2025, 1, 10))
MIDDLE = paper("19-QĐ/ĐU", date(2026, 6, 12))
NEW = paper("30-QĐ/ĐU", date(2026, 9, 1))


def on(day: date, papers: list[Directive], said: Said, **more: object) -> Validity:
    return Validity(papers, said, today=day, **more)  # type: ignore[arg-type]


def test_what_nothing_is_known_against_is_in_force() -> None:
    validity = on(date(2026, 1, 1), [OLD], {})
    assert validity.standing_of(OLD.id).status is Status.IN_FORCE
    assert validity.standing_of(DirectiveId("unknown")).status is Status.IN_FORCE
    assert not (validity.lapsed)
    assert not (validity.proposals)
    assert not (validity.missing)


@pytest.mark.parametrize(
    ("today", "old", "new"),
    [
        (date(2026, 6, 11), Status.IN_FORCE, Status.NOT_YET),
        (date(2026, 6, 30), Status.IN_FORCE, Status.NOT_YET),
        (date(2026, 7, 1), Status.REPLACED, Status.IN_FORCE),
        (date(2027, 1, 1), Status.REPLACED, Status.IN_FORCE),
    ],
)
def test_a_paper_holds_until_the_one_that_replaces_it_is_in_force(today: date, old: Status, new: Status) -> None:
    said = {MIDDLE.id: (says(Kind.IN_FORCE_FROM, day=date(2026, 7, 1)), says(Kind.REPLACES, "05-QĐ/ĐU"))}
    validity = on(today, [OLD, MIDDLE], said)
    assert validity.standing_of(OLD.id).status is old
    assert validity.standing_of(MIDDLE.id).status is new
    assert validity.lapsed == ({OLD.id} if old is Status.REPLACED else set())


def test_a_standing_says_since_when_and_by_what() -> None:
    validity = on(date(2026, 8, 1), [OLD, MIDDLE], {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)})
    standing = validity.standing_of(OLD.id)
    assert standing.since == MIDDLE.date
    assert [edge.source for edge in standing.edges] == [MIDDLE.id]
    assert validity.edges_from(MIDDLE.id) == validity.edges_to(OLD.id) == standing.edges


def test_the_day_that_a_clause_says_goes_before_the_day_of_its_paper() -> None:
    said = {MIDDLE.id: (says(Kind.REPEALS, "5-QĐ/ĐU", day=date(2026, 8, 1)),)}
    assert on(date(2026, 7, 31), [OLD, MIDDLE], said).standing_of(OLD.id).status is Status.IN_FORCE
    assert on(date(2026, 8, 1), [OLD, MIDDLE], said).standing_of(OLD.id).status is Status.REPEALED


def test_a_paper_does_not_come_back_when_what_replaced_it_is_replaced() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),), NEW.id: (says(Kind.REPLACES, "19-QĐ/ĐU"),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE, NEW], said)
    assert validity.lapsed == {OLD.id, MIDDLE.id}
    assert validity.standing_of(OLD.id).since == MIDDLE.date


def test_what_was_repealed_before_its_first_day_never_replaced_anything() -> None:
    said = {
        MIDDLE.id: (says(Kind.IN_FORCE_FROM, day=date(2027, 1, 1)), says(Kind.REPLACES, "5-QĐ/ĐU")),
        NEW.id: (says(Kind.REPEALS, "19-QĐ/ĐU"),),
    }
    assert on(date(2027, 2, 1), [OLD, MIDDLE, NEW], said).lapsed == {MIDDLE.id}


def test_an_amendment_marks_the_paper_and_falls_with_its_source() -> None:
    amended = {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5"),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE, NEW], amended)
    assert validity.standing_of(OLD.id).status is Status.AMENDED
    assert validity.lapsed == set()
    for kind in (Kind.REPEALS, Kind.REPLACES):
        fallen = on(date(2026, 10, 1), [OLD, MIDDLE, NEW], amended | {NEW.id: (says(kind, "19-QĐ/ĐU"),)})
        assert fallen.standing_of(OLD.id).status is Status.IN_FORCE
        assert fallen.amendments_of(OLD.id, ("Điều 5 Họp",)) == ()


def test_a_part_that_is_replaced_or_repealed_leaves_the_paper_in_force() -> None:
    for kind in (Kind.REPEALS, Kind.REPLACES):
        validity = on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (says(kind, "5-QĐ/ĐU", "Điều 5"),)})
        assert validity.standing_of(OLD.id).status is Status.AMENDED
        assert len(validity.amendments_of(OLD.id, ("Điều 5 Họp", "2"))) == 1


@pytest.mark.parametrize(
    ("part", "path", "touched"),
    [
        ("khoản 2 Điều 5", ("Chương I QUY ĐỊNH CHUNG", "Điều 5 Tiêu chí", "2 Nền nếp"), True),
        ("khoản 2 Điều 5", ("Chương I QUY ĐỊNH CHUNG", "Điều 5 Tiêu chí", "2", "a)"), True),
        ("khoản 2 Điều 5", ("Điều 5 Tiêu chí",), True),
        ("khoản 2 Điều 5", ("Điều 5 Tiêu chí", "3"), False),
        ("khoản 2 Điều 5", ("Điều 15 Tiêu chí", "2"), False),
        ("Điều 5", ("Điều 5 Tiêu chí", "3"), True),
        ("Điều 5", ("Điều 5a Tiêu chí",), False),
        ("điểm đ khoản 1 Điều 8", ("Điều 8", "1", "đ)"), True),
        ("điểm đ khoản 1 Điều 8", ("Điều 8", "1", "d)"), False),
        ("mục 3", ("3 Tổ chức thực hiện",), True),
        ("mục 3", ("2 Nhiệm vụ", "2.3"), False),
        ("mục II", ("II NHIỆM VỤ", "1"), True),
        ("mục II", ("III TỔ CHỨC", "1"), False),
        ("mục II.2", ("II NHIỆM VỤ", "3"), False),
        ("điểm 2.1 mục 2", ("2 Nhiệm vụ", "2.1 Thu"), True),
        ("điểm 2.1 mục 2", ("2 Nhiệm vụ", "2.2 Chi"), False),
        ("Chương II", ("Chương II TỔ CHỨC", "Điều 9"), True),
        ("Chương II", ("Chương III TỔ CHỨC", "Điều 9"), False),
        ("Phụ lục II", ("Phụ lục II Mẫu",), True),
        ("Phụ lục II", ("Phụ lục I Mẫu",), False),
        ("Phụ lục II", ("Điều 5",), False),
        ("Điều 5", ("Phụ lục I",), False),
        ("Điều 5", ("3 Nhiệm vụ",), True),  # a paper without articles: the path cannot tell
        ("Điều 5", (), True),
    ],
)
def test_an_amended_place_is_known_by_its_heading_path(part: str, path: tuple[str, ...], touched: bool) -> None:
    validity = on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU", part),)})
    assert bool(validity.amendments_of(OLD.id, path)) is touched


def test_an_amendment_that_names_no_part_counts_everywhere() -> None:
    validity = on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU"),)})
    assert validity.amendments_of(OLD.id, ("Điều 77",))
    assert not validity.amendments_of(MIDDLE.id, ())


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2026, 12, 31), Status.IN_FORCE), (date(2027, 1, 1), Status.EXPIRED)],
)
def test_a_paper_expires_the_day_after_its_last(today: date, status: Status) -> None:
    validity = on(today, [OLD], {OLD.id: (says(Kind.EXPIRES_ON, day=date(2026, 12, 31)),)})
    standing = validity.standing_of(OLD.id)
    assert standing.status is status
    assert standing.until == date(2026, 12, 31)


def test_the_newest_extension_says_the_last_day() -> None:
    said = {
        OLD.id: (says(Kind.EXPIRES_ON, day=date(2026, 12, 31)),),
        MIDDLE.id: (says(Kind.EXTENDS, "5-QĐ/ĐU", day=date(2028, 12, 31)),),
        NEW.id: (says(Kind.EXTENDS, "5-QĐ/ĐU", day=date(2027, 6, 30)),),
    }
    assert on(date(2026, 8, 1), [OLD, MIDDLE, NEW], said).standing_of(OLD.id).until == date(2028, 12, 31)
    assert on(date(2027, 6, 30), [OLD, MIDDLE, NEW], said).standing_of(OLD.id).status is Status.IN_FORCE
    assert on(date(2027, 7, 1), [OLD, MIDDLE, NEW], said).lapsed == {OLD.id}


def test_a_draft_says_nothing_and_never_holds() -> None:
    draft = paper("31-QĐ/ĐU", date(2026, 9, 2), draft=True)
    validity = on(date(2026, 10, 1), [OLD, draft], {draft.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)})
    assert validity.standing_of(draft.id).status is Status.DRAFT
    assert validity.lapsed == {draft.id}
    assert not (validity.edges_from(draft.id))
    assert not (validity.proposals)


def test_withdrawing_a_paper_brings_back_nothing_that_it_ended() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),), NEW.id: (says(Kind.REPLACES, "19-QĐ/ĐU"),)}
    for ignored in (frozenset({MIDDLE.id}), frozenset({NEW.id}), frozenset({MIDDLE.id, NEW.id})):
        assert on(date(2026, 10, 1), [OLD, MIDDLE, NEW], said, ignored=ignored).lapsed == {OLD.id, MIDDLE.id}


def test_an_administrator_takes_back_what_a_withdrawn_paper_ended() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    withdrawn = frozenset({MIDDLE.id})
    (edge,) = on(date(2026, 10, 1), [OLD, MIDDLE], said, ignored=withdrawn).edges_from(MIDDLE.id)
    rejected = on(date(2026, 10, 1), [OLD, MIDDLE], said, ignored=withdrawn, decisions={edge.key: False})
    assert not rejected.lapsed
    assert not rejected.edges_from(MIDDLE.id)


def test_nothing_of_a_withdrawn_paper_waits_or_is_missed_and_a_decision_on_it_counts() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU", explicit=False), says(Kind.REPEALS, "8-QĐ/ĐU"))}
    withdrawn = frozenset({MIDDLE.id})
    validity = on(date(2026, 10, 1), [OLD, MIDDLE], said, ignored=withdrawn)
    assert (validity.proposals, validity.missing, validity.lapsed) == ((), (), frozenset())
    (edge,) = validity.edges_from(MIDDLE.id)
    assert on(date(2026, 10, 1), [OLD, MIDDLE], said, ignored=withdrawn, decisions={edge.key: True}).lapsed == {OLD.id}


def titled(title: str, number: str, day: date, **more: object) -> Directive:
    return paper(number, day, **more).model_copy(update={"title": title})  # type: ignore[arg-type]


AMENDING = titled("sửa đổi Quy định số 5-QĐ/ĐU", "19-QĐ/ĐU", date(2026, 6, 12))


@pytest.mark.parametrize(("kind", "status"), [(Kind.REPLACES, Status.REPLACED), (Kind.REPEALS, Status.REPEALED)])
def test_a_paper_that_only_amends_falls_with_what_it_amends(kind: Kind, status: Status) -> None:
    said = {AMENDING.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 1"),), NEW.id: (says(kind, "5-QĐ/ĐU"),)}
    assert on(date(2026, 8, 1), [OLD, AMENDING, NEW], said).standing_of(AMENDING.id).status is Status.IN_FORCE
    standing = on(date(2026, 10, 1), [OLD, AMENDING, NEW], said).standing_of(AMENDING.id)
    assert (standing.status, standing.since) == (status, NEW.date)
    assert [(edge.source, edge.target) for edge in standing.edges] == [(NEW.id, OLD.id)]


def test_an_amendment_of_an_amendment_falls_with_the_paper_that_both_amend() -> None:
    second = titled("sửa đổi Điều 1 Quy định số 19-QĐ/ĐU", "25-QĐ/ĐU", date(2026, 7, 1))
    said = {
        AMENDING.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 1"),),
        second.id: (says(Kind.AMENDS, "19-QĐ/ĐU", "Điều 1"),),
        NEW.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),),
    }
    papers = [second, OLD, AMENDING, NEW]
    assert on(date(2026, 10, 1), papers, said).lapsed == {OLD.id, AMENDING.id, second.id}
    assert on(date(2026, 8, 1), papers, said).lapsed == set()


def test_a_paper_that_amends_several_falls_when_all_are_over() -> None:
    other = paper("6-QĐ/ĐU", date(2025, 2, 1))
    last = paper("31-QĐ/ĐU", date(2026, 9, 20))
    amends = (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 1"), says(Kind.AMENDS, "6-QĐ/ĐU", "Điều 3"))
    said = {AMENDING.id: amends, NEW.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),), last.id: (says(Kind.REPEALS, "6-QĐ/ĐU"),)}
    papers = [OLD, other, AMENDING, NEW, last]
    assert on(date(2026, 9, 10), papers, said).standing_of(AMENDING.id).status is Status.IN_FORCE
    standing = on(date(2026, 10, 1), papers, said).standing_of(AMENDING.id)
    assert (standing.status, standing.since) == (Status.REPEALED, last.date)


@pytest.mark.parametrize(
    "more",
    [
        says(Kind.IMPLEMENTS, "9-QĐ/ĐU"),
        says(Kind.REPLACES, "7-QĐ/ĐU"),
        says(Kind.AMENDS, "8-QĐ/ĐU", "Điều 2"),  # of a paper that is lacking
        says(Kind.AMENDS, "7-QĐ/ĐU", "Điều 2", explicit=False),
    ],
)
def test_a_paper_that_says_more_than_it_amends_stays(more: Relation) -> None:
    others = [paper("7-QĐ/ĐU", date(2025, 3, 1)), paper("9-QĐ/ĐU", date(2025, 4, 1))]
    said = {AMENDING.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 1"), more), NEW.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    validity = on(date(2026, 10, 1), [OLD, AMENDING, NEW, *others], said)
    assert validity.standing_of(AMENDING.id).status is Status.IN_FORCE
    assert [edge.source for edge in validity.superseding(AMENDING.id, HERE)] == [NEW.id]
    assert not validity.superseding(AMENDING.id, Span(start=10, end=20))


def test_a_paper_with_another_title_stays_and_only_its_amending_words_are_marked() -> None:
    said = {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 1"),), NEW.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE, NEW], said)
    assert validity.standing_of(MIDDLE.id).status is Status.IN_FORCE
    assert [edge.source for edge in validity.superseding(MIDDLE.id, HERE)] == [NEW.id]


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("khoản 2 Điều 3", "khoản 2 Điều 3", True),
        ("khoản 2 Điều 3", "Điều 3", True),
        ("Điều 3", "khoản 2 Điều 3", True),
        ("khoản 2 Điều 3", "khoản 1 Điều 3", False),
        ("khoản 2 Điều 3", "khoản 2 Điều 4", False),
        ("Điều 9", "Chương II", True),
        ("Phụ lục I", "Chương II", False),
        ("Phụ lục I", "Điều 9", False),
        ("điểm d", "khoản 2 Điều 3", False),
    ],
)
def test_the_later_of_two_amendments_of_one_part_holds(first: str, second: str, marked: bool) -> None:
    said = {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU", first),), NEW.id: (says(Kind.AMENDS, "5-QĐ/ĐU", second),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE, NEW], said)
    assert [edge.source for edge in validity.superseding(MIDDLE.id, HERE)] == ([NEW.id] if marked else [])
    assert not validity.superseding(NEW.id, HERE)
    assert not on(date(2026, 8, 1), [OLD, MIDDLE, NEW], said).superseding(MIDDLE.id, HERE)


def test_a_lower_body_only_proposes() -> None:
    cell = paper("9-QĐ/CB", date(2026, 7, 1), issuer="Chi bộ Khu phố 3")
    said = {cell.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    validity = on(date(2026, 10, 1), [OLD, cell], said)
    (edge,) = validity.proposals
    assert (edge.source, edge.target, edge.stands) == (cell.id, OLD.id, False)
    assert validity.edges_to(OLD.id) == (edge,)
    assert not validity.lapsed
    assert on(date(2026, 10, 1), [OLD, cell], said, decisions={edge.key: True}).lapsed == {OLD.id}
    rejected = on(date(2026, 10, 1), [OLD, cell], said, decisions={edge.key: False})
    assert not (rejected.lapsed)
    assert not (rejected.proposals)
    assert not (rejected.edges_to(OLD.id))


def test_an_administrator_may_reject_what_stands_by_itself() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    (edge,) = on(date(2026, 10, 1), [OLD, MIDDLE], said).edges_to(OLD.id)
    assert edge.stands
    rejected = on(date(2026, 10, 1), [OLD, MIDDLE], said, decisions={edge.key: False})
    assert rejected.standing_of(OLD.id).status is Status.IN_FORCE


def test_nothing_stands_by_itself_where_that_is_switched_off_but_a_sidecar() -> None:
    read, written = says(Kind.REPLACES, "5-QĐ/ĐU"), says(Kind.REPLACES, "5-QĐ/ĐU", span=None)
    assert not on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (read,)}, at_once=False).lapsed
    assert on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (written,)}, at_once=False).lapsed == {OLD.id}


def test_a_doubtful_clause_proposes() -> None:
    said = {MIDDLE.id: (says(Kind.REPEALS, "5-QĐ/ĐU", explicit=False),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE], said)
    assert not validity.lapsed
    assert len(validity.proposals) == 1


def test_the_date_tells_papers_of_one_number_apart() -> None:
    earlier = paper("5-QĐ/ĐU", date(2020, 1, 10))
    said = {MIDDLE.id: (says(Kind.REPLACES, "05-QĐ/ĐU", date=date(2020, 1, 10)),)}
    assert on(date(2026, 10, 1), [OLD, earlier, MIDDLE], said).lapsed == {earlier.id}


def test_a_number_that_several_bear_makes_proposals_up_to_three() -> None:
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    twins = [paper("5-QĐ/ĐU", date(year, 1, 10)) for year in (2010, 2015, 2020, 2025)]
    few = on(date(2026, 10, 1), [*twins[:3], MIDDLE], said)
    assert [edge.stands for edge in few.proposals] == [False] * 3
    many = on(date(2026, 10, 1), [*twins, MIDDLE], said)
    assert not (many.proposals)
    assert not (many.lapsed)
    assert not (many.missing)


def test_a_paper_of_another_ward_is_not_meant() -> None:
    other = paper("5-QĐ/ĐU", date(2025, 1, 10), issuer="Đảng ủy phường Bình Minh")
    validity = on(date(2026, 10, 1), [other, MIDDLE], {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)})
    assert not (validity.edges_to(other.id))
    assert not (validity.lapsed)
    assert [one.source for one in validity.missing] == [MIDDLE.id]


def test_a_paper_that_is_lacking_is_listed_once_for_each_that_names_it() -> None:
    twice = (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5"), says(Kind.AMENDS, "05-QĐ/ĐU", "Điều 7"))
    validity = on(date(2026, 10, 1), [MIDDLE, NEW], {MIDDLE.id: twice, NEW.id: twice})
    assert [one.source for one in validity.missing] == [MIDDLE.id, NEW.id]


def test_a_decision_is_not_the_regulation_of_the_same_number() -> None:
    decision = paper("5-QĐ/ĐU", date(2025, 3, 1), type_name="Quyết định")
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"),)}
    assert on(date(2026, 10, 1), [OLD, decision, MIDDLE], said).lapsed == {OLD.id}


def test_a_regulation_that_a_clause_calls_a_decision_is_known_by_its_date() -> None:
    named = {"words": "Quyết định số 5-QĐ/ĐU", "type": "QĐ", "issuer": "Ban Thường vụ"}
    dated = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU", date=OLD.date, **named),)}
    assert on(date(2026, 10, 1), [OLD, MIDDLE], dated).lapsed == {OLD.id}
    bare = on(date(2026, 10, 1), [OLD, MIDDLE], {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU", **named),)})
    assert (bare.lapsed, [edge.target for edge in bare.proposals]) == (set(), [OLD.id])
    other = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU", words="Chỉ thị số 5-QĐ/ĐU", type="CT"),)}
    assert not on(date(2026, 10, 1), [OLD, MIDDLE], other).proposals


@pytest.mark.parametrize(
    ("subject", "meant"),
    [("đồng phục", "đồng phục"), ("bãi đỗ xe", "bãi đỗ xe"), ("đồng phục và bãi đỗ xe", None), ("thư viện", None)],
)
def test_the_subject_tells_papers_of_one_number_apart(subject: str, meant: str | None) -> None:
    papers = {
        title: titled(f"về {title}", "5-QĐ/ĐU", date(year, 1, 5))
        for year, title in ((2024, "đồng phục"), (2025, "bãi đỗ xe"))
    }
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU", subject=subject),)}
    validity = on(date(2026, 10, 1), [*papers.values(), MIDDLE], said)
    assert validity.lapsed == ({papers[meant].id} if meant else set())
    assert len(validity.proposals) == (0 if meant else 2)


def test_what_was_issued_with_a_decision_is_meant_alone_whatever_it_is_called() -> None:
    decision = paper("7-QĐ/ĐU", date(2025, 1, 10), type_name="Quyết định")
    rules = titled("phối hợp tiếp dân", "7-QĐ/ĐU", date(2025, 1, 10), type_name="Quy chế", attached_to=decision.id)
    words = "Quy chế phối hợp tiếp dân ban hành kèm theo Quyết định số 7-QĐ/ĐU"
    said = {MIDDLE.id: (says(Kind.AMENDS, "7-QĐ/ĐU", "Điều 2", words=words, type="QĐ"),)}
    validity = on(date(2026, 10, 1), [decision, rules, MIDDLE], said)
    assert [validity.standing_of(one.id).status for one in (decision, rules)] == [Status.IN_FORCE, Status.AMENDED]


def test_neither_itself_nor_a_newer_paper_is_meant() -> None:
    newer = paper("5-QĐ/ĐU", date(2027, 1, 1))
    said = {MIDDLE.id: (says(Kind.REPLACES, "5-QĐ/ĐU"), says(Kind.REPEALS, "19-QĐ/ĐU"))}
    validity = on(date(2027, 2, 1), [newer, MIDDLE], said)
    assert not (validity.edges_from(MIDDLE.id))
    assert not (validity.lapsed)
    assert len(validity.missing) == 1  # an older one of that number


def test_a_paper_named_by_date_and_issuer_is_found() -> None:
    said = {
        MIDDLE.id: (
            says(Kind.REPEALS, None, words="Quy định ngày 10/01/2025 của Ban Thường vụ", type="QĐi",
                 date=date(2025, 1, 10), issuer="Ban Thường vụ Đảng ủy phường"),
        )
    }  # fmt: skip
    assert on(date(2026, 10, 1), [OLD, MIDDLE], said).lapsed == {OLD.id}


def test_a_decision_takes_along_what_was_issued_with_it() -> None:
    decision = paper("7-QĐ/ĐU", date(2025, 1, 10), type_name="Quyết định")
    rules = paper("7-QĐ/ĐU", date(2025, 1, 10), type_name="Quy chế", attached_to=decision.id)
    whole = {MIDDLE.id: (says(Kind.REPEALS, "7-QĐ/ĐU", words="Quyết định số 7-QĐ/ĐU", type="QĐ"),)}
    assert on(date(2026, 10, 1), [decision, rules, MIDDLE], whole).lapsed == {decision.id, rules.id}
    alone = {MIDDLE.id: (says(Kind.REPEALS, "7-QĐ/ĐU", words="Quy chế ban hành kèm theo …", type="QC"),)}
    assert on(date(2026, 10, 1), [decision, rules, MIDDLE], alone).lapsed == {rules.id}


def test_what_was_issued_with_a_decision_has_its_first_day() -> None:
    decision = paper("7-QĐ/ĐU", date(2026, 1, 10), type_name="Quyết định")
    rules = paper("7-QĐ/ĐU", date(2026, 1, 10), type_name="Quy chế", attached_to=decision.id)
    said = {decision.id: (says(Kind.IN_FORCE_FROM, day=date(2026, 3, 1)),)}
    assert on(date(2026, 2, 1), [decision, rules], said).standing_of(rules.id).status is Status.NOT_YET


def test_what_implements_a_paper_changes_nothing_and_needs_nobody() -> None:
    higher = paper("9-CT/TU", date(2025, 1, 1), issuer="Thành ủy Minh Giang", type_name="Chỉ thị")
    said = {MIDDLE.id: (says(Kind.IMPLEMENTS, "9-CT/TU", words="Chỉ thị số 9-CT/TU", type="CT"),)}
    validity = on(date(2026, 10, 1), [higher, MIDDLE], said)
    assert [edge.stands for edge in validity.edges_to(higher.id)] == [True]
    assert validity.standing_of(higher.id).status is Status.IN_FORCE
    assert not validity.proposals


def test_an_edge_keeps_its_key_in_every_build() -> None:
    first = says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5", "Điều 7")
    moved = first.model_copy(update={"span": Span(start=90, end=99), "articles": ("Điều 7", "Điều 5")})
    keys = {
        edge.key
        for order in permutations([OLD, MIDDLE, NEW])
        for relation in (first, moved)
        for edge in on(date(2026, 10, 1), list(order), {MIDDLE.id: (relation,)}).edges_to(OLD.id)
    }
    assert len(keys) == 1


def test_two_papers_that_end_each_other_do_not_hang() -> None:
    twin = paper("20-QĐ/ĐU", MIDDLE.date)
    said = {MIDDLE.id: (says(Kind.REPLACES, "20-QĐ/ĐU"),), twin.id: (says(Kind.REPLACES, "19-QĐ/ĐU"),)}
    assert on(date(2026, 10, 1), [MIDDLE, twin], said).lapsed == {MIDDLE.id, twin.id}


@pytest.mark.parametrize(
    ("today", "standings"),
    [
        (date(2026, 6, 30), ["in_force", "not_yet", "not_yet"]),
        (date(2026, 7, 1), ["replaced", "in_force", "not_yet"]),
        (date(2026, 10, 5), ["replaced", "amended", "in_force"]),
    ],
)
def test_the_samples_stand_as_they_say_themselves(today: date, standings: list[str]) -> None:
    names = ["qd-05-du-danh-gia-chat-luong.docx", "qd-19-du-danh-gia-chat-luong.docx", "qd-22-du-sua-doi-qd-19.docx"]
    readings = [reading for name in names for reading in read_directives(CORPUS / name, name=name)]
    papers = [reading.directive for reading in readings]
    validity = on(today, papers, {reading.directive.id: reading.relations for reading in readings})
    assert [validity.standing_of(one.id).status for one in papers] == standings
    touched = [bool(validity.amendments_of(papers[1].id, ("Điều 3 Thời gian", str(item)))) for item in (1, 2, 3)]
    assert touched == [False, standings[1] == "amended", False]


PAPERS = [paper(f"{number}-QĐ/ĐU", date(2026, 1, 1) + timedelta(days=30 * number)) for number in range(1, 7)]
_RELATIONS = st.builds(
    lambda kind, number, parts, day: says(kind, f"{number}-QĐ/ĐU", *parts, day=day),
    st.sampled_from([Kind.REPLACES, Kind.REPEALS, Kind.AMENDS, Kind.EXTENDS]),
    st.integers(1, 6),
    st.sampled_from([(), ("Điều 5",)]),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 6, 1)),
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([one.id for one in PAPERS]), st.lists(_RELATIONS, max_size=3).map(tuple)),
    st.permutations(PAPERS),
    st.integers(0, 500),
)
def test_the_order_of_the_papers_changes_nothing(said: Said, order: list[Directive], days: int) -> None:
    today = date(2026, 1, 1) + timedelta(days=days)
    one, other = on(today, PAPERS, said), on(today, order, said)
    for directive in PAPERS:
        assert one.standing_of(directive.id) == other.standing_of(directive.id)
        assert one.edges_to(directive.id) == other.edges_to(directive.id)
        assert list(one.edges_to(directive.id)) == sorted(one.edges_to(directive.id), key=_newness, reverse=True)
    assert one.lapsed == other.lapsed
    assert {edge.target for edge in one.proposals} <= {directive.id for directive in PAPERS}


def _newness(edge: Edge) -> tuple[date, str]:
    return edge.since or date.min, edge.key


@pytest.mark.parametrize("day", [None, date(2026, 9, 15)])
def test_an_amendment_falls_with_a_paper_that_is_over_also_since_nobody_knows_when(day: date | None) -> None:
    ending = paper("40-QĐ/ĐU", day)
    said = {MIDDLE.id: (says(Kind.AMENDS, "5-QĐ/ĐU", "Điều 5"),), ending.id: (says(Kind.REPEALS, "19-QĐ/ĐU"),)}
    validity = on(date(2026, 10, 1), [OLD, MIDDLE, ending], said)
    assert validity.standing_of(MIDDLE.id).status is Status.REPEALED
    assert validity.standing_of(OLD.id).status is Status.IN_FORCE
    assert on(date(2026, 10, 1), [OLD, MIDDLE], said).standing_of(OLD.id).status is Status.AMENDED


def test_a_chain_of_papers_may_be_longer_than_the_stack_of_python() -> None:
    chain = [paper(f"{place}-QĐ/ĐU", date(2000, 1, 1) + timedelta(days=place)) for place in range(1, 1501)]
    said = {new.id: (says(Kind.REPLACES, old.number),) for old, new in pairwise(chain)}
    for papers in (chain, chain[::-1]):
        validity = on(date(2026, 10, 1), papers, said)
        assert validity.lapsed == {each.id for each in chain[:-1]}
