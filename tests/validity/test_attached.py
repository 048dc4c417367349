"""A decision and the regulation that was issued with it bear one number: they are told and decided on as one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.validity.chain import chain_block, step_lines, surroundings
from bot.validity.register import Known
from bot.validity.wording import standing_text
from index import Directive, DirectiveId, Reference, Relation, RelationKind, Span

TODAY = date(2026, 5, 3)


def directive(name: str, number: str, year: int, *, kind: str = "Quyết định", with_: str | None = None) -> Directive:
    return Directive(
        id=DirectiveId(name), file=f"{name}.docx", number=number, type="QĐ", type_name=kind, issuer="Đảng ủy phường",
        place=None, date=date(year, 3, 1), title=name, attached_to=DirectiveId(with_) if with_ else None,
    )  # fmt: skip


OLD, OLD_RULES = (
    directive("old", "12-QĐ/ĐU", 2015),
    directive("old-rules", "12-QĐ/ĐU", 2015, kind="Quy chế", with_="old"),
)
NEW, NEW_RULES = (
    directive("new", "34-QĐ/ĐU", 2022),
    directive("new-rules", "34-QĐ/ĐU", 2022, kind="Quy chế", with_="new"),
)
ALL = (OLD, OLD_RULES, NEW, NEW_RULES)
REPLACES = Relation(
    kind=RelationKind.REPLACES,
    reference=Reference(words="Quy chế số 12-QĐ/ĐU", number="12-QĐ/ĐU"),
    explicit=False,
    span=Span(start=0, end=1),
)


@pytest.fixture
def known() -> Known:
    """The new regulation, not its decision, says that it replaces the old one; it has no clause that is explicit."""
    return Known({each.id: each for each in ALL}, {NEW_RULES.id: (REPLACES,)}, {}, frozenset(), TODAY, at_once=True)


def test_one_clause_about_both_is_one_proposal(known):
    assert len(known.validity.proposals) == 2
    assert len(known.proposals) == 1


def test_it_is_decided_on_for_both(known):
    twins = known.twins_of(known.proposals[0])
    after = known.supposing((edge.key for edge in twins), stands=True)
    assert {edge.target for edge in twins} == {OLD.id, OLD_RULES.id}
    assert after.validity.lapsed == {OLD.id, OLD_RULES.id}
    assert (after.proposals, known.supposing(after.decisions, stands=None).proposals) == ((), known.proposals)


def test_both_ends_are_told_as_one_paper(known):
    after = known.supposing(known.edges, stands=True)
    visible = frozenset(each.id for each in ALL)
    newer, older = (surroundings(each, after, visible=visible) for each in (OLD, NEW))
    assert step_lines(newer)[1:] == ["• được thay thế bởi Quyết định 34-QĐ/ĐU ngày 01/3/2022 (từ ngày 01/3/2022)"]
    assert step_lines(older)[1:] == ["• thay thế Quyết định 12-QĐ/ĐU ngày 01/3/2015 (từ ngày 01/3/2022)"]
    assert [paper.label for paper in chain_block(newer, after).papers] == ["12-QĐ/ĐU", "34-QĐ/ĐU"]
    assert len(chain_block(newer, after).arrows) == 1


def test_what_put_off_the_last_day_unseen_is_not_told_by_it(known):
    extends = Relation(
        kind=RelationKind.EXTENDS, reference=Reference(words="12-QĐ/ĐU", number="12-QĐ/ĐU"), date=date(2027, 12, 31)
    )
    known = Known(known.directives, {NEW.id: (extends,)}, {}, frozenset(), TODAY, at_once=True)
    seen = standing_text(OLD, known, visible=frozenset({OLD.id, NEW.id}))
    unseen = standing_text(OLD, known, visible=frozenset({OLD.id}))
    assert ("31/12/2027" in seen, "2027" in unseen) == (True, False)
