"""What holds no longer, on all the ways on which words leave: lists, choices, reading on, the office, late replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import texts
from bot.asking.recheck import as_allowed
from bot.asking.starters import Starters
from bot.messages import QuoteBlock, Reply, plain_text
from bot.state import outbox
from bot.state.database import Database
from index import Library, RelationKind, Standing, Status
from tests.asking.ward import NOW, PUBLIC, Ward
from tests.bot.chain import DRAFT, NEW, OLD, build_chain, changing, judged, of, replacing
from tests.bot.judged import Judged, edge


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return build_chain(tmp_path_factory.mktemp("holding"))


class Said:
    """A validity that a test may change while a ward stands."""

    def __init__(self, validity: Judged) -> None:
        self.now = validity

    def __call__(self) -> Judged:
        return self.now


@pytest.fixture
def said(chain: Library) -> Said:
    return Said(judged(chain))


@pytest.fixture
def bench(chain: Library, state: Database, tmp_path: Path, said: Said) -> Ward:
    ward = Ward(chain, state, tmp_path, validity=said)
    for code, role in (("an", "member"), ("quan", "administrator")):
        ward.add(code, role)
    return ward


def blocks(ward: Ward) -> list[QuoteBlock]:
    return [block for block in ward.last.blocks if isinstance(block, QuoteBlock)]


def test_lists_mark_what_does_not_hold(bench: Ward) -> None:
    bench.send("an", "/vanban")
    marked = {label.split(" (")[0]: label for label in bench.labels}
    assert "hết hiệu lực)" in marked["Quy định 05-QĐ/ĐU"]
    assert "dự thảo)" in marked["Nghị quyết 31-NQ/ĐU"]
    assert "chưa có hiệu lực)" in marked["Quy định 40-QĐ/ĐU"]
    assert "hiệu lực" not in marked["Quy định 19-QĐ/ĐU"].split(": ")[0]


def test_no_starter_is_of_a_paper_that_does_not_hold(chain: Library, said: Said) -> None:
    visible = frozenset(each.id for each in chain.list())
    starters = Starters(chain)
    offered = starters.offered(visible, validity=said.now)
    assert offered
    assert not any("05-QĐ/ĐU" in choice.send or "31-NQ/ĐU" in choice.send for choice in offered.choices)
    only = frozenset({of(chain, OLD).id})
    assert starters.offered(only, validity=said.now) is None
    assert starters.offered(only, validity=Judged()) is not None, "what was found is kept for what holds"


def test_reading_on_in_a_replaced_paper_stays_marked(bench: Ward) -> None:
    bench.send("an", "05-QĐ/ĐU khoản 1 điều 1")
    for step in ("/xemthem", "/xemthem sau", "/xemthem truoc"):
        bench.send("an", step)
        assert [bool(block.warning) for block in blocks(bench)] == [True], step


def test_reading_on_into_an_amended_clause_shows_the_new_words_behind_it(bench: Ward) -> None:
    bench.send("an", "19-QĐ/ĐU khoản 1 điều 2")
    text = bench.send("an", "/xemthem sau")
    assert "15 ngày làm việc" in text
    assert "10 ngày làm việc" in text
    assert "Khoản 2 Điều 2 đã được sửa đổi, bổ sung" in text


def test_an_answer_of_the_office_marks_what_has_lapsed_since(bench: Ward, said: Said) -> None:
    said.now = Judged()
    question = "Muốn phàn nàn chuyện ồn ào ban đêm thì đi đâu?"
    bench.send("an", question)
    bench.send("an", f"/hoivanphong {bench.logged()[-1].number}")
    bench.send("quan", f"/chuatraloi {bench.logged()[0].number}")
    bench.send("quan", "05-QĐ/ĐU khoản 2 điều 1")
    bench.press("quan", texts.OFFICE_QUOTE.format(position=1))
    bench.send("quan", texts.OFFICE_NO_REMARK)
    bench.press("quan", texts.OFFICE_SEND)
    bench.send("an", question)
    assert [block.warning for block in blocks(bench)] == [""]
    said.now = judged(bench.library)
    bench.send("an", question)
    assert [bool(block.warning) for block in blocks(bench)] == [True]


# -- a number that several bear ----------------------------------------------------------------------------------------


def twenty(ward: Ward) -> tuple[Ward, Judged]:
    """Of the two directives 20-CT/TU the older holds no longer."""
    older, newer = (ward.directive(file) for file in ("ct-20-lam-giang.md", "ct-20-minh-hai.md"))
    return ward, Judged([edge(newer, RelationKind.REPLACES, older)])


def test_of_several_bearers_the_one_that_holds_is_meant_and_the_others_are_named(make_ward) -> None:
    said = Said(Judged())
    ward = make_ward(validity=said)
    ward.add("an")
    assert texts.WHICH_OF_SEVERAL in ward.send("an", "chỉ thị 20 nói gì?")
    said.now = twenty(ward)[1]
    for question in ("chỉ thị 20 nói gì?", "20-CT/TU ai ký?", "chi thi 20 quy dinh nhung gi"):
        ward.send("an", "/moi")
        text = ward.send("an", question)
        assert "tôi trả lời theo Chỉ thị 20-CT/TU ngày 16/5/2023 của Thành ủy Minh Hải" in text
        assert "Chỉ thị 20-CT/TU ngày 05/01/2020 của Tỉnh ủy Lâm Giang (hết hiệu lực)" in text
        assert not any(block.warning for block in blocks(ward))


def test_the_other_bearer_is_answered_by_its_date_and_marked(make_ward) -> None:
    said = Said(Judged())
    ward = make_ward(validity=said)
    ward.add("an")
    said.now = twenty(ward)[1]
    assert "vỉa hè" in ward.send("an", "chỉ thị 20-CT/TU năm 2020 nói gì?")
    assert all(block.warning for block in blocks(ward))


# -- what waited -------------------------------------------------------------------------------------------------------


def shown(ward: Ward, reply: Reply) -> Reply | None:
    with ward.database.transaction() as db:
        number = outbox.put(db, channel="telegram", chat="telegram-an", reply=reply, now=NOW)
        waiting = next(each for each in outbox.due(db, "telegram", now=NOW, limit=99) if each.number == number)
        outbox.mark_sent(db, number, platform_message=None, now=NOW)
    return as_allowed(ward.database, ward.asking.sight, waiting)


@pytest.fixture
def linked(bench: Ward) -> Ward:
    bench.link(bench.asker("an").member, "telegram")  # type: ignore[arg-type]
    return bench


def test_a_reply_that_waited_while_its_paper_lapsed_goes_out_marked(linked: Ward, said: Said) -> None:
    said.now = Judged()
    linked.send("an", "05-QĐ/ĐU điều 2")
    assert not any(block.warning for block in blocks(linked))
    said.now = judged(linked.library)
    late = shown(linked, linked.last)
    assert late
    assert all(block.warning for block in late.blocks if isinstance(block, QuoteBlock))


def test_a_reply_that_waited_while_its_clause_was_amended_goes_out_marked(linked: Ward, said: Said) -> None:
    said.now = Judged([replacing(linked.library)])
    linked.send("an", "19-QĐ/ĐU khoản 2 điều 2")
    said.now = Judged([replacing(linked.library), changing(linked.library)])
    late = shown(linked, linked.last)
    assert late
    assert "Khoản 2 Điều 2 đã được sửa đổi" in plain_text(late)


def test_a_warning_is_not_taken_away_from_what_waited(linked: Ward, said: Said) -> None:
    linked.send("an", "05-QĐ/ĐU điều 2")
    said.now = Judged()
    late = shown(linked, linked.last)
    assert late
    assert late == linked.last


# -- rights of several people ------------------------------------------------------------------------------------------


def test_who_may_not_see_the_new_paper_is_told_that_the_old_one_ended_and_no_more(bench: Ward) -> None:
    bench.override(NEW, audience="committee")
    text = bench.send("an", "05-QĐ/ĐU điều 2")
    assert texts.QUOTE_ENDED in text
    assert "19-QĐ/ĐU" not in text
    assert "19-QĐ/ĐU" in bench.send("quan", "05-QĐ/ĐU điều 2")


def test_a_draft_is_marked_wherever_it_is_read(bench: Ward, chain: Library) -> None:
    bench.send("an", f"/vanban {of(chain, DRAFT).id}")
    assert blocks(bench)
    assert {block.warning for block in blocks(bench)} == {texts.QUOTE_DRAFT}


def test_what_papers_say_themselves_counts_where_nobody_judges(make_ward) -> None:
    ward = make_ward()
    ward.add("an")
    assert ward.asking.sight.standings(frozenset()).standing_of(ward.directive(PUBLIC).id) != Standing(
        status=Status.REPLACED
    )
