"""Votes, and the question sent on to the office: only for one's own questions."""

from __future__ import annotations

import pytest

from bot import texts

LETTERBOX = "hòm thư góp ý mở vào thứ mấy?"
NONSENSE = "giá vàng thế giới hôm nay"


@pytest.fixture
def asked(ward):
    ward.send("an", LETTERBOX)
    return ward


def test_a_good_vote_is_kept(asked):
    assert asked.press("an", texts.GOOD) == texts.VOTED_GOOD
    assert asked.logged()[0].vote == "good"


def test_a_bad_vote_is_kept_at_once_and_asks_for_a_reason(asked):
    assert asked.press("an", texts.BAD).startswith(texts.VOTED_BAD)
    assert asked.logged()[0].vote == "bad"
    assert asked.labels == [*texts.BAD_REASONS, texts.OTHER_REASON]


@pytest.mark.parametrize("answer", ["Văn bản đã cũ", "3", "van ban da cu"])
def test_an_offered_reason_is_kept(asked, answer):
    asked.press("an", texts.BAD)
    assert asked.send("an", answer).startswith(texts.REASON_NOTED)
    assert (asked.logged()[0].vote, asked.logged()[0].reason) == ("bad", "Văn bản đã cũ")


def test_own_words_are_asked_for_before_they_are_taken(asked):
    asked.press("an", texts.BAD)
    assert asked.press("an", texts.OTHER_REASON) == texts.SAY_REASON
    asked.send("an", "Tôi hỏi về giờ mở cửa mà")
    assert asked.logged()[0].reason == "Tôi hỏi về giờ mở cửa mà"


def test_a_new_question_is_no_reason(asked):
    asked.press("an", texts.BAD)
    assert "ngày 03 hằng tháng" in asked.send("an", "chi bộ sinh hoạt định kỳ vào ngày nào?")
    assert asked.logged()[0].reason is None


@pytest.mark.parametrize("command", ["/tot", "/chuatot", "/hoivanphong"])
def test_somebody_elses_question_is_as_unknown_as_one_that_was_never_asked(asked, command):
    number = asked.logged()[0].number
    refused = asked.send("binh", f"{command} {number}")
    assert refused == asked.send("binh", f"{command} 4711") == texts.UNKNOWN_QUESTION
    assert asked.logged()[0].vote is None
    assert not asked.logged()[0].forwarded


@pytest.mark.parametrize("number", ["", "-1", "x", "1 2", "٣", "9" * 40, "99999999999"])
def test_what_is_no_number_names_no_question(asked, number):
    assert asked.send("an", f"/tot {number}") == texts.UNKNOWN_QUESTION


def test_in_a_group_another_members_words_are_no_reason_of_the_asker(ward):
    ward.send("an", LETTERBOX, channel="telegram", group="g")
    ward.press("an", texts.BAD, channel="telegram", group="g")
    ward.press("an", texts.OTHER_REASON, channel="telegram", group="g")
    assert "thứ Hai" in ward.send("binh", LETTERBOX, channel="telegram", group="g")


def test_an_unanswered_question_goes_to_the_office(ward):
    ward.send("an", NONSENSE)
    assert ward.press("an", texts.ASK_OFFICE) == texts.OFFICE_ASKED
    assert ward.logged()[0].forwarded


def test_an_answered_question_goes_to_the_office_only_after_a_bad_vote(asked):
    number = asked.logged()[0].number
    assert asked.send("an", f"/hoivanphong {number}") == texts.OFFICE_NOT_NEEDED
    asked.send("an", f"/chuatot {number}")
    asked.send("an", texts.BAD_REASONS[0])
    assert asked.press("an", texts.ASK_OFFICE) == texts.OFFICE_ASKED


def test_guests_vote_on_their_own_questions_only(make_ward):
    ward = make_ward(public_answers=True)
    ward.send("one", LETTERBOX)
    number = ward.logged()[0].number
    assert ward.send("two", f"/tot {number}") == texts.UNKNOWN_QUESTION
    assert ward.send("one", f"/tot {number}") == texts.VOTED_GOOD
