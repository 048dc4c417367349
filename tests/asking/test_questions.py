"""A question from chat: whose rights it is answered with, what stands under the answer, what is logged."""

from __future__ import annotations

import pytest

from bot import texts
from bot.department import Request
from bot.messages import Choices, Incoming
from bot.people.access import Asker
from bot.state import members, questions
from tests.asking.ward import COMMITTEE, MEMBERS, NOW, PAGE, PUBLIC

ACCOUNTS = "luân chuyển kế toán trưởng trường Hoa Sen"
LETTERBOX = "hòm thư góp ý mở vào thứ mấy?"
MEETING = "chi bộ sinh hoạt định kỳ vào ngày nào?"
NONSENSE = "màu sơn vỏ tàu vũ trụ bằng titan"


def test_an_answer_ends_with_what_can_be_done_about_it(ward):
    assert "sáng thứ Hai hằng tuần" in ward.send("an", LETTERBOX)
    number = ward.logged()[-1].number
    assert [choice.send for choice in ward.choices] == [
        "/xemthem",
        "/vanbangoc",
        f"/tot {number}",
        f"/chuatot {number}",
    ]
    assert isinstance(ward.last.blocks[-1], Choices)


def test_a_question_without_an_answer_can_be_sent_to_the_office(ward):
    assert texts.NOT_FOUND in ward.send("an", NONSENSE)
    assert [choice.send for choice in ward.choices] == [f"/hoivanphong {ward.logged()[-1].number}"]


def test_the_log_has_the_number_of_the_message_and_no_name(ward):
    ward.send("an", "xin chào")
    ward.send("an", LETTERBOX)
    logged = ward.logged()
    assert [(each.number, each.text, each.answered) for each in logged] == [(2, LETTERBOX, True)]
    assert logged[0].directives == (ward.directive(PUBLIC).id,)
    assert logged[0].asker == ward.keys.asker(ward.asker("an").member.id)


def test_questions_that_were_never_stored_are_numbered_below_zero(database):
    row = {"asker": "x", "channel": "web", "text": "?", "answered": False, "directives": (), "now": NOW}
    with database.transaction() as db:
        numbers = [questions.add(db, **row), questions.add(db, number=7, **row), questions.add(db, **row)]
    assert numbers == [-1, 7, -2]


@pytest.mark.parametrize("text", ["xin chào", "cảm ơn", "ai ký?"])
def test_what_is_no_question_is_not_logged_and_gets_no_choices_of_an_answer(ward, text):
    ward.send("an", text)
    assert ward.logged() == []
    assert not any(choice.send.startswith("/") for choice in ward.choices)


def test_a_message_that_is_not_stored_gets_no_choices_no_log_and_no_limit(make_ward):
    ward = make_ward(limit=1)
    incoming = Incoming(channel="console", sender="me", chat="one", message="1", text=ACCOUNTS)
    request = Request(incoming=incoming, asker=Asker(everything=True), text=ACCOUNTS, now=NOW)
    for _ in range(3):
        outcome = ward.asking.ask(request)
    assert outcome.answer.answered
    assert outcome.writes == ()
    assert not any(isinstance(block, Choices) for block in outcome.answer.reply.blocks)


# -- rights ------------------------------------------------------------------------------------------------------------


def test_a_committee_member_is_answered_from_what_is_for_the_committee(ward):
    assert "Trạm Y tế" in ward.send("chi", ACCOUNTS)


def test_an_override_counts_from_the_next_question_on(ward):
    ward.override(MEMBERS, audience="committee")
    assert "ngày 03 hằng tháng" not in ward.send("an", MEETING)
    ward.override(MEMBERS, audience="member")
    assert "ngày 03 hằng tháng" in ward.send("an", MEETING)


def test_a_withdrawn_directive_is_not_even_shown_to_administrators(ward):
    ward.override(MEMBERS, withdrawn=True)
    assert "ngày 03 hằng tháng" not in ward.send("quan", MEETING)


def test_rights_that_change_while_the_answer_is_made_make_it_anew(ward):
    ward.before_writing = lambda: ward.override(MEMBERS, withdrawn=True)
    assert "ngày 03 hằng tháng" not in ward.send("an", MEETING)


def test_a_member_who_is_removed_while_the_answer_is_made_gets_none(ward):
    def remove() -> None:
        with ward.database.transaction() as db:
            members.remove(db, ward.asker("an").member.id)

    ward.before_writing = remove
    assert "ngày 03 hằng tháng" not in ward.send("an", MEETING)


def test_somebody_who_is_not_linked_sees_nothing(ward):
    assert "thứ Hai" not in ward.send("guest", LETTERBOX)


def test_with_public_answers_somebody_who_is_not_linked_sees_what_is_public(make_ward):
    ward = make_ward(public_answers=True)
    assert "thứ Hai" in ward.send("guest", LETTERBOX)
    assert "ngày 03 hằng tháng" not in ward.send("guest", MEETING)


# -- ceilings ----------------------------------------------------------------------------------------------------------


def test_the_best_above_the_ceiling_is_only_a_link_to_the_web_page(ward):
    assert (
        ward.send("chi", ACCOUNTS, channel="telegram") == f"{texts.ABOVE_CEILING}\n\n{texts.ABOVE_CEILING_LINK}: {PAGE}"
    )
    assert ward.links == [PAGE]


def test_without_a_web_page_only_the_sentence_is_said(make_ward):
    ward = make_ward(public_url=None)
    ward.add("chi", "committee")
    assert ward.send("chi", ACCOUNTS, channel="telegram") == texts.ABOVE_CEILING


@pytest.mark.parametrize(
    "text", [ACCOUNTS, "77-NQ/ĐU nói gì?", "77-NQ/ĐU có mấy trang?", "77-NQ/ĐU ban hành ngày nào?", "77-NQ/ĐU khoản 9"]
)
def test_whatever_is_asked_of_a_directive_above_the_ceiling_names_none(ward, text):
    assert ward.send("chi", text, channel="telegram").startswith(texts.ABOVE_CEILING)
    assert "77" not in ward.conversation("telegram", "chi")
    assert ward.logged()[-1].answered
    assert ward.logged()[-1].directives == ()


def test_a_quote_above_the_ceiling_is_no_quote_of_the_conversation(ward):
    ward.send("chi", MEETING, channel="telegram")
    before = ward.conversation("telegram", "chi")
    ward.send("chi", ACCOUNTS, channel="telegram")
    assert ward.conversation("telegram", "chi") == before


def test_with_the_best_within_the_ceiling_hits_above_are_left_out(ward):
    shown = ward.send("chi", MEETING, channel="telegram")
    assert "ngày 03 hằng tháng" in shown
    assert "77-NQ/ĐU" not in shown


def test_what_is_not_found_names_nothing_above_the_ceiling_as_nearest(ward):
    for file in (PUBLIC, MEMBERS, "ct-20-lam-giang.md"):
        ward.override(file, audience="committee")
    shown = ward.send("chi", NONSENSE, channel="telegram")
    assert "Minh Hải" in shown or "rác thải" in shown
    assert not [number for number in ("77-NQ", "08-QC", "15-HD", "vỉa hè") if number in shown]


@pytest.mark.parametrize("text", ["ai ký văn bản đó?", "ai ban hành văn bản đó?", "còn khoản 2?", "có mấy trang?"])
def test_a_focus_that_was_raised_above_the_ceiling_is_only_linked(ward, text):
    ward.send("chi", MEETING, channel="telegram")
    ward.override(MEMBERS, audience="committee")
    assert ward.send("chi", text, channel="telegram").startswith(texts.ABOVE_CEILING)


# -- groups ------------------------------------------------------------------------------------------------------------


def test_a_group_sees_what_is_public_whoever_asks(ward):
    assert "thứ Hai" in ward.send("quan", LETTERBOX, channel="telegram", group="g")
    for text in (MEETING, ACCOUNTS):
        assert texts.NOT_FOUND in ward.send("quan", text, channel="telegram", group="g")
        assert ward.links == []


def test_a_group_registered_for_members_sees_what_is_for_members(ward):
    ward.register("g", "member")
    assert "ngày 03 hằng tháng" in ward.send("an", MEETING, channel="telegram", group="g")
    assert texts.NOT_FOUND in ward.send("chi", ACCOUNTS, channel="telegram", group="g")


def test_the_ceiling_of_the_channel_holds_in_registered_groups_too(ward):
    ward.register("g", "member", channel="zalo")
    assert texts.NOT_FOUND in ward.send("an", MEETING, channel="zalo", group="g")


# -- how often ---------------------------------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_how_long_to_wait(make_ward):
    ward = make_ward(limit=2)
    ward.add("an")
    ward.add("binh")
    assert "thứ Hai" in ward.send("an", LETTERBOX)
    ward.wait(seconds=20)
    ward.send("an", LETTERBOX)
    assert ward.send("an", LETTERBOX) == texts.TOO_MANY_QUESTIONS.format(seconds=40)
    assert len(ward.logged()) == 2
    assert "thứ Hai" in ward.send("binh", LETTERBOX)
    ward.wait(seconds=40)
    assert "thứ Hai" in ward.send("an", LETTERBOX)


def test_the_directive_of_the_committee_is_the_committees(ward):
    assert ward.directive(COMMITTEE).audience == "committee"
