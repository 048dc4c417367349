"""``/hieuluc``: whether a paper holds, and the papers round it, for eyes that may see them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import texts
from bot.messages import Chain, QuoteBlock, plain_text
from bot.state import overrides, relation_decisions
from bot.validity.deciding import place_of
from tests.administration.office import ADMINISTRATOR
from tests.validity.conftest import PAGE
from tests.validity.papers import UNSEEN

MEMBER, COMMITTEE = "DV-1", "CU-1"


def chain_in(office):
    return next((block for block in office.last.blocks if isinstance(block, Chain)), None)


def quotes_in(office):
    return [block for block in office.last.blocks if isinstance(block, QuoteBlock)]


# -- the sentence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("09-CT/TU", "Chỉ thị 09-CT/TU ngày 12/3/2018 còn hiệu lực"),
        ("24-CT/TU", "Chỉ thị 24-CT/TU ngày 10/5/2012 không còn hiệu lực: đã được thay thế bởi Chỉ thị 09-CT/TU"),
        ("19-QĐ/ĐU", "Quy định 19-QĐ/ĐU ngày 01/6/2020 còn hiệu lực, nhưng đã được sửa đổi, bổ sung Điều 2 bởi"),
        ("12-QĐ/ĐU", "Quy định 12-QĐ/ĐU ngày 01/7/2019 còn hiệu lực. Từ ngày 01/7/2026 sẽ được thay thế bởi"),
        ("50-QĐ/ĐU", "Quy định 50-QĐ/ĐU ngày 20/4/2026 chưa có hiệu lực. Ngày bắt đầu có hiệu lực: 01/7/2026."),
        ("55-QĐ/ĐU", "Quy định 55-QĐ/ĐU ngày 25/4/2026 là dự thảo"),
    ],
)  # fmt: skip
def test_it_is_said_whether_a_paper_holds(office, number, said):
    assert office.send(MEMBER, f"/hieuluc {number}").startswith(said)


def test_what_holds_changes_with_the_day(office, clock):
    clock.now = datetime(2026, 6, 30, 17, 30, tzinfo=UTC)  # half past midnight here
    assert "không còn hiệu lực: đã được thay thế bởi Quy định 50-QĐ/ĐU" in office.send(MEMBER, "/hieuluc 12-QĐ/ĐU")


def test_a_paper_in_doubt_is_not_said_to_be_beyond_doubt(office):
    said = office.send(MEMBER, "/hieuluc 09-CT/TU")
    assert "Lưu ý: Quy định 41-QĐ/ĐU ngày 02/02/2024 có câu nói tới" in said
    assert texts.HOLDING.partition(":")[2] not in said


def test_a_draft_ends_nothing(office):
    assert "55-QĐ/ĐU" not in office.send(MEMBER, "/hieuluc 19-QĐ/ĐU")


# -- the chain ---------------------------------------------------------------------------------------------------------


def test_the_chain_is_told_both_ways_as_far_as_it_goes(office):
    lines = (
        "05-CT/TU (2006) ← được thay thế bởi 24-CT/TU (2012) ← được thay thế bởi 09-CT/TU (2018)",
        f"{texts.CHAIN_OLDER}\n• thay thế Chỉ thị 05-CT/TU ngày 03/02/2006",
        f"{texts.CHAIN_NEWER}\n• được thay thế bởi Chỉ thị 09-CT/TU ngày 12/3/2018",
    )
    said = office.send(MEMBER, "/hieuluc 24-CT/TU")
    assert [line for line in lines if line not in said] == []
    for number in ("05-CT/TU", "09-CT/TU"):
        assert lines[0] in office.send(MEMBER, f"/hieuluc {number}")


def test_what_leads_on_stands_under_what_it_leads_on_from(office):
    said = office.send(MEMBER, "/hieuluc 05-CT/TU")
    assert "• được thay thế bởi Chỉ thị 24-CT/TU ngày 10/5/2012" in said
    assert "\n   • được thay thế bởi Chỉ thị 09-CT/TU ngày 12/3/2018" in said


def test_what_carries_a_paper_out_is_told_and_leads_no_further(office):
    assert "• được thực hiện bởi Kế hoạch 60-KH/ĐU ngày 15/4/2019" in office.send(MEMBER, "/hieuluc 09-CT/TU")
    assert "60-KH/ĐU" not in office.send(MEMBER, "/hieuluc 24-CT/TU")


def test_each_link_next_to_the_paper_is_proved_by_its_clause(office):
    office.send(MEMBER, "/hieuluc 24-CT/TU")
    assert ["thay thế Chỉ thị số 24-CT/TU" in quotes_in(office)[0].text, "trang" in quotes_in(office)[0].citation] == [
        True,
        False,
    ]
    assert {"09-CT/TU", "24-CT/TU"} == {block.citation.split()[2] for block in quotes_in(office)}


def test_the_picture_holds_the_same_papers(office):
    office.send(MEMBER, "/hieuluc 24-CT/TU")
    chain = chain_in(office)
    assert [(paper.label, paper.detail, paper.asked, paper.lapsed) for paper in chain.papers] == [
        ("05-CT/TU", "2006 · hết hiệu lực", False, True),
        ("24-CT/TU", "2012 · hết hiệu lực", True, True),
        ("09-CT/TU", "2018", False, False),
    ]
    assert {
        (chain.papers[each.source].label, each.label, chain.papers[each.target].label) for each in chain.arrows
    } == {
        ("24-CT/TU", "thay thế", "05-CT/TU"),
        ("09-CT/TU", "thay thế", "24-CT/TU"),
    }


def test_a_paper_that_stands_alone_has_no_picture(office):
    office.send(MEMBER, "/hieuluc 70-KH/ĐU")
    assert chain_in(office) is None


# -- what may not be seen ----------------------------------------------------------------------------------------------


def test_a_paper_that_was_ended_by_one_that_may_not_be_seen_is_said_to_hold_no_longer_and_no_more(office):
    said = office.send(MEMBER, "/hieuluc 15-HD/ĐU")
    assert said == texts.HOLDING_ENDED.format(directive="Hướng dẫn 15-HD/ĐU ngày 05/01/2021")
    assert chain_in(office) is None
    assert UNSEEN.number in office.send(COMMITTEE, "/hieuluc 15-HD/ĐU")


def test_a_paper_that_may_not_be_seen_is_as_unknown_as_one_that_is_not_there(office):
    unseen = office.send(MEMBER, "/hieuluc 77-QĐ/ĐU")
    assert unseen == office.send(MEMBER, "/hieuluc 78-QĐ/ĐU").replace("78-QĐ/ĐU", "77-QĐ/ĐU")
    assert office.send(MEMBER, "/hieuluc luân chuyển kế toán các trường") == texts.NO_DIRECTIVES


def test_above_the_ceiling_of_a_channel_only_the_page_is_named(make_office):
    office = make_office(ceiling="member")
    said = office.send(COMMITTEE, "/hieuluc 77-QĐ/ĐU")
    assert (said.startswith(texts.ABOVE_CEILING), PAGE in said, "77-QĐ/ĐU" in said) == (True, True, False)
    assert office.send(COMMITTEE, "/hieuluc 15-HD/ĐU") == office.send(MEMBER, "/hieuluc 15-HD/ĐU")


def test_a_withdrawn_paper_revives_nothing_and_is_not_named(office, library):
    newest = library.find("09-CT/TU")[0]
    with office.database.transaction() as db:
        overrides.save(db, newest.id, file=newest.file, audience=None, withdrawn=True, now=office.now)
    said = office.send(MEMBER, "/hieuluc 24-CT/TU")
    assert said.startswith("Chỉ thị 24-CT/TU ngày 10/5/2012 không còn hiệu lực")
    assert "09-CT/TU" not in said


# -- which paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["/hieuluc 24-CT/TU", "/hiệulực 24 ct tu", "hieu luc 24 ct tu", "hiệu lực của 24-CT/TU", "/hiệu lực 24-CT/TU",
     "Hiệu lực của Chỉ thị số 24-CT/TU?", "xem hiệu lực văn bản 24-CT/TU", "/hieuluc 24", "/hieuluc quản lý vỉa hè"],
)  # fmt: skip
def test_a_paper_is_named_as_people_name_it(office, words):
    assert office.send(MEMBER, words).startswith("Chỉ thị 24-CT/TU ngày 10/5/2012 không còn hiệu lực")


@pytest.mark.parametrize(
    "words",
    ["Hiệu lực của 24-CT/TU từ ngày nào?", "hiệu lực thi hành của điều 3 là gì", "hiệu lực quản lý của 24-CT/TU"],
)
def test_a_question_that_asks_more_is_no_command(office, words):
    assert office.send(MEMBER, words) == f"asked: {words}"


def test_a_number_of_several_papers_is_asked_back_with_each(office):
    assert office.send(MEMBER, "/hieuluc 20-CT/TU").startswith(texts.HOLDING_WHICH)
    label = next(label for label in office.labels if "16/5/2021" in label)
    assert office.press(MEMBER, label).startswith("Chỉ thị 20-CT/TU ngày 16/5/2021")


def test_its_date_tells_one_from_another_of_the_same_number(office):
    assert office.send(MEMBER, "/hieuluc 20-CT/TU năm 2015").startswith("Chỉ thị 20-CT/TU ngày 05/01/2015")


def test_of_an_unknown_paper_only_what_others_say_is_told(office):
    said = office.send(MEMBER, "/hieuluc 99-NQ/TU")
    assert said.startswith("Tôi không tìm thấy văn bản 99-NQ/TU trong các văn bản hiện có, nên tôi không nói được")
    assert "• được thực hiện bởi Kế hoạch 70-KH/ĐU" in said
    assert texts.HOLDING_MENTIONED not in office.send(MEMBER, "/hieuluc 98-NQ/TU")


def test_without_a_number_it_is_told_how_and_then_the_paper_of_the_talk_is_meant(office):
    assert office.send(MEMBER, "/hieuluc") == texts.HOLDING_USAGE
    office.send(MEMBER, "/hieuluc 24-CT/TU")
    assert office.send(MEMBER, "hieu luc").startswith("Chỉ thị 24-CT/TU")


def test_an_administrator_is_pointed_to_what_waits(office):
    assert "/dexuat 09-CT/TU" in office.send(ADMINISTRATOR, "/hieuluc 09-CT/TU")
    assert "/dexuat" not in office.send(MEMBER, "/hieuluc 09-CT/TU")


def test_the_picture_says_nothing_in_plain_text(office):
    office.send(MEMBER, "/hieuluc 24-CT/TU")
    without = office.last.model_copy(
        update={"blocks": tuple(b for b in office.last.blocks if not isinstance(b, Chain))}
    )
    assert plain_text(office.last) == plain_text(without)


def test_every_clause_is_shown_on_request(office, register):
    known = register.known()
    with office.database.transaction() as db:
        for edge in known.edges.values():  # with what was doubtful there are more than are shown at once
            place = place_of(edge, known.directives)
            relation_decisions.save(db, edge.key, place, stands=True, by=ADMINISTRATOR, now=office.now)
    office.send(MEMBER, "/hieuluc 09-CT/TU")
    shown = {block.text for block in quotes_in(office)}
    office.press(MEMBER, texts.HOLDING_CLAUSES)
    everything = {block.text for block in quotes_in(office)}
    assert shown < everything
    assert any("thay thế Chỉ thị số 05-CT/TU" in text for text in everything - shown)


def test_the_words_of_a_paper_that_holds_no_longer_are_marked_also_here(office):
    office.send(MEMBER, "/hieuluc 05-CT/TU")
    (clause,) = [block for block in quotes_in(office) if "24-CT/TU" in block.citation]
    assert clause.warning.startswith("Đã được thay thế bởi Chỉ thị 09-CT/TU")
