"""What the office answers: grouped without names, given once, told to those who asked, found by the next asker."""

from __future__ import annotations

import pytest

from bot import texts
from bot.messages import QuoteBlock, plain_text
from bot.state import accounts, audit, members, office_answers
from tests.asking.ward import NOW, PUBLIC, Ward

QUESTION = "Bao giờ sửa xong mái che bể bơi?"
PLAIN = "bao gio sua xong mai che be boi"
LETTERBOX = "hòm thư góp ý mở vào thứ mấy"
COMMITTEE_WORDS = "luân chuyển kế toán trưởng trường Hoa Sen"


@pytest.fixture
def asked(ward):
    """Two members asked the same; both can be reached on Telegram."""
    for code in ("an", "binh"):
        ward.link(ward.asker(code).member, "telegram")
    ward.send("an", QUESTION, channel="telegram")
    ward.send("binh", PLAIN, channel="telegram")
    return ward


def answer(ward, *, words: str = LETTERBOX, remark: str = "Không", channel: str = "web") -> str:
    """The administrator's steps up to the preview."""
    ward.send("quan", "/chuatraloi", channel=channel)
    ward.press("quan", ward.labels[0], channel=channel)
    ward.send("quan", words, channel=channel)
    ward.press("quan", "Đoạn 1", channel=channel)
    return ward.send("quan", remark, channel=channel)


def test_open_questions_are_grouped_and_counted_without_names(asked):
    asked.send("an", "giá vàng thế giới hôm nay")
    shown = asked.send("quan", "/chuatraloi")
    assert asked.labels == [f"{PLAIN} (2 lượt hỏi)", "giá vàng thế giới hôm nay (1 lượt hỏi)"]
    hashes = {question.asker for question in asked.logged()}
    assert not [secret for secret in (*hashes, "Nguyễn Văn An", "binh") if secret in shown]


def test_where_nothing_is_open_that_is_said(ward):
    assert ward.send("quan", "/chuatraloi") == texts.OFFICE_NOTHING


def test_a_disliked_answer_is_on_the_list_with_its_reason(ward):
    ward.send("an", LETTERBOX)
    ward.press("an", texts.BAD)
    ward.send("an", "Văn bản đã cũ")
    ward.send("quan", "/chuatraloi")
    assert "Văn bản đã cũ" in ward.press("quan", ward.labels[0])


def test_the_preview_shows_the_quote_the_remark_and_how_many_are_told(asked):
    shown = answer(asked, remark="Đồng chí bỏ thư vào hòm thư.")
    assert "sáng thứ Hai hằng tuần" in shown
    assert f"{texts.OFFICE_ANSWERS} Đồng chí bỏ thư vào hòm thư." in shown
    assert texts.OFFICE_WHO.format(told=2) in shown
    assert asked.pushed("telegram", "an") == []
    assert asked.office_answers() == []


def test_on_confirmation_everybody_who_asked_is_told_with_their_own_words(asked):
    answer(asked)
    assert asked.press("quan", texts.OFFICE_SEND) == texts.OFFICE_SENT.format(told=2)
    for code, words in (("an", QUESTION), ("binh", PLAIN)):
        (told,) = asked.pushed("telegram", code)
        assert words in plain_text(told)
        assert "sáng thứ Hai hằng tuần" in plain_text(told)
    assert asked.send("quan", "/chuatraloi") == texts.OFFICE_NOTHING
    assert len({question.office_answer for question in asked.logged()} - {None}) == 1


def test_an_answer_of_the_office_is_in_the_audit_log_by_code(asked):
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    with asked.database.reading() as db:
        (entry,) = audit.entries(db)
    assert (entry.actor, entry.action, entry.facts["told"]) == ("quan", "office.answer", "2")


@pytest.mark.parametrize("text", [QUESTION, PLAIN, f"Dạ cho tôi hỏi {QUESTION}"])
def test_the_next_asker_gets_it(asked, text):
    answer(asked, remark="Đồng chí bỏ thư vào hòm thư.")
    asked.press("quan", texts.OFFICE_SEND)
    shown = asked.send("chi", text)
    assert shown.startswith(f"{texts.OFFICE_ANSWERS} Đồng chí bỏ thư vào hòm thư.")
    assert "sáng thứ Hai hằng tuần" in shown
    assert "Điều 2. Thời hạn trả lời" in asked.send("chi", "/xemthem")


@pytest.mark.parametrize("override", [{"withdrawn": True}, {"audience": "committee"}])
def test_the_next_asker_who_may_not_see_it_gets_the_search_of_always(asked, override):
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    asked.override(PUBLIC, **override)
    shown = asked.send("an", QUESTION)
    assert texts.OFFICE_ANSWERS not in shown
    assert "thứ Hai" not in shown


def test_the_next_asker_below_its_ceiling_gets_the_link(asked):
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    asked.override(PUBLIC, audience="committee")
    assert asked.send("chi", QUESTION, channel="telegram").startswith(texts.ABOVE_CEILING)


def test_an_answer_whose_words_are_gone_is_not_given(asked):
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    given = asked.office_answers()[0]
    changed = given.quote.model_copy(update={"text": given.quote.text.replace("Hai", "Ba")})
    with asked.database.transaction() as db:
        office_answers.add(db, question=given.question, form=given.form, quote=changed, remark="", now=NOW)
    assert "thứ Ba" not in asked.send("chi", QUESTION)


def test_askers_who_may_not_see_it_are_told_nothing_and_stay_on_the_list(asked):
    asked.override(PUBLIC, audience="cell:Khu phố 9")
    with asked.database.transaction() as db:
        members.change(db, asked.asker("binh").member.id, cell="Khu phố 9")
    shown = answer(asked)
    assert texts.OFFICE_WHO_NOT.format(count=1) in shown
    asked.press("quan", texts.OFFICE_SEND)
    assert asked.pushed("telegram", "an") == []
    assert len(asked.pushed("telegram", "binh")) == 1
    asked.send("quan", "/chuatraloi")
    assert asked.labels == [f"{QUESTION} (1 lượt hỏi)"]


def test_askers_below_its_ceiling_are_told_only_that_there_is_an_answer(ward):
    ward.link(ward.asker("chi").member, "telegram")
    ward.send("chi", QUESTION, channel="telegram")
    assert texts.OFFICE_WHO_ELSEWHERE.format(count=1) in answer(ward, words=COMMITTEE_WORDS)
    ward.press("quan", texts.OFFICE_SEND)
    (told,) = ward.pushed("telegram", "chi")
    assert texts.ABOVE_CEILING in plain_text(told)
    assert "kế toán" not in plain_text(told)
    assert not [block for block in told.blocks if isinstance(block, QuoteBlock)]


def test_askers_are_told_where_they_asked_and_elsewhere_only_when_that_is_gone(ward):
    member = ward.asker("an").member
    ward.link(member, "telegram")
    ward.link(member, "zalo")
    ward.send("an", QUESTION, channel="telegram")
    with ward.database.transaction() as db:
        accounts.set_active(db, "telegram", "telegram-an", active=False)
    answer(ward)
    ward.press("quan", texts.OFFICE_SEND)
    assert ward.pushed("telegram", "an") == []
    assert len(ward.pushed("zalo", "an")) == 1


def test_an_administrator_below_a_ceiling_is_shown_no_quote_above_it(asked):
    asked.send("quan", "/chuatraloi", channel="telegram")
    asked.press("quan", asked.labels[0], channel="telegram")
    assert asked.send("quan", COMMITTEE_WORDS, channel="telegram").startswith(texts.ABOVE_CEILING)
    assert "thứ Hai" in asked.send("quan", LETTERBOX, channel="telegram")


def test_a_question_may_be_dropped(asked):
    asked.send("quan", "/chuatraloi")
    asked.press("quan", asked.labels[0])
    assert asked.press("quan", texts.OFFICE_DROP) == texts.OFFICE_DROPPED
    assert asked.send("quan", "/chuatraloi") == texts.OFFICE_NOTHING
    assert asked.pushed("telegram", "an") == []


def test_every_step_can_be_left(asked):
    answer(asked)
    assert asked.press("quan", texts.CANCEL) == texts.CANCELLED
    assert "lượt hỏi" in asked.send("quan", "/chuatraloi")


def test_nothing_goes_out_on_a_word_that_is_neither_yes_nor_no(asked):
    answer(asked)
    shown = asked.send("quan", "để tôi xem đã")
    assert texts.OFFICE_WHO.format(told=2) in shown
    assert asked.office_answers() == []
    assert asked.press("quan", texts.OFFICE_SEND) == texts.OFFICE_SENT.format(told=2)


def test_words_that_find_nothing_may_be_tried_again(asked):
    asked.send("quan", "/chuatraloi")
    asked.press("quan", asked.labels[0])
    assert asked.send("quan", "tàu vũ trụ sao Hỏa").startswith(texts.OFFICE_NOT_FOUND)
    assert "thứ Hai" in asked.send("quan", LETTERBOX)


def test_a_remark_that_is_too_long_is_asked_for_again(asked):
    shown = answer(asked, remark="x" * 900)
    assert "900" in shown
    assert texts.OFFICE_WHO.format(told=2) in asked.send("quan", "Ngắn thôi.")


def test_who_is_no_administrator_any_more_goes_no_further(asked):
    answer(asked)
    with asked.database.transaction() as db:
        members.change(db, asked.asker("quan").member.id, role="member")
    asked.press("quan", texts.OFFICE_SEND)
    assert asked.office_answers() == []


def test_a_question_answered_meanwhile_is_not_answered_twice(asked):
    asked.add("hai", "administrator")
    answer(asked)
    asked.send("hai", "/chuatraloi")
    asked.press("hai", asked.labels[0])
    asked.press("hai", texts.OFFICE_DROP)
    assert asked.send("quan", texts.OFFICE_SEND) == texts.OFFICE_GONE
    assert asked.office_answers() == []


def test_somebody_who_asks_during_the_confirmation_is_told_too(asked):
    asked.link(asked.asker("chi").member, "telegram")
    answer(asked)
    asked.before_writing = lambda: asked.send("chi", QUESTION, channel="telegram")
    sends = {choice.label: choice.send for choice in asked.choices}
    asked.send("quan", sends[texts.OFFICE_SEND])
    assert len(asked.pushed("telegram", "chi")) == 1


def test_a_quote_withdrawn_before_the_confirmation_is_not_sent(asked):
    answer(asked)
    asked.override(PUBLIC, withdrawn=True)
    assert asked.press("quan", texts.OFFICE_SEND) == texts.OFFICE_NOT_FOUND
    assert asked.office_answers() == []


def test_a_question_that_means_something_only_in_its_conversation_is_answered_to_its_asker_alone(ward):
    for code in ("an", "binh"):
        ward.link(ward.asker(code).member, "telegram")
    ward.send("an", LETTERBOX, channel="telegram")
    ward.send("an", "còn khoản 9?", channel="telegram")
    ward.send("binh", "chi bộ sinh hoạt định kỳ vào ngày nào?", channel="telegram")
    ward.send("binh", "còn khoản 9?", channel="telegram")
    ward.send("quan", "/chuatraloi")
    assert ward.labels == ["còn khoản 9? (1 lượt hỏi)", "còn khoản 9? (1 lượt hỏi)"]
    assert texts.OFFICE_WHO.format(told=1) in answer(ward)
    ward.press("quan", texts.OFFICE_SEND)
    assert ward.pushed("telegram", "an") == []
    ward.send("chi", "chi bộ sinh hoạt định kỳ vào ngày nào?")
    assert texts.OFFICE_ANSWERS not in ward.send("chi", "còn khoản 9?")


def test_the_asker_of_a_settled_question_is_told_so(asked):
    number = asked.logged()[0].number
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    assert asked.send("an", f"/hoivanphong {number}", channel="telegram") == texts.OFFICE_HAS_ANSWERED


def test_a_long_list_is_turned_over(ward):
    for subject in ("vàng", "bạc", "đồng", "chì", "kẽm", "sắt", "thiếc", "nhôm", "niken", "titan"):
        ward.send("an", f"giá {subject} thế giới hôm nay bao nhiêu")
    ward.send("quan", "/chuatraloi")
    assert len(ward.labels) == 9
    ward.press("quan", texts.DIRECTIVES_NEXT)
    assert len(ward.labels) == 2


def test_the_whole_way_on_both_databases(library, database, corpus):
    ward = Ward(library, database, corpus)
    for code, role in (("an", "member"), ("quan", "administrator")):
        ward.link(ward.add(code, role), "telegram")
    ward.send("an", QUESTION, channel="telegram")
    ward.press("an", texts.ASK_OFFICE, channel="telegram")
    answer(ward)
    ward.press("quan", texts.OFFICE_SEND)
    assert len(ward.pushed("telegram", "an")) == 1
    assert texts.OFFICE_ANSWERS in ward.send("quan", PLAIN)


def test_a_guest_is_promised_nothing_and_stays_on_the_list_untold(make_ward):
    ward = make_ward(public_answers=True)
    ward.add("quan", "administrator")
    ward.send("khach", QUESTION)
    assert ward.press("khach", texts.ASK_OFFICE) == texts.OFFICE_ASKED_GUEST
    assert texts.OFFICE_WHO_UNREACHED.format(count=1) in answer(ward)
    ward.press("quan", texts.OFFICE_SEND)
    assert [question.office_answer for question in ward.logged() if question.text == QUESTION] == [None]
    assert "sáng thứ Hai hằng tuần" in ward.send("khach", QUESTION)


def test_a_newer_answer_that_may_not_be_seen_hides_no_older_one(asked):
    answer(asked)
    asked.press("quan", texts.OFFICE_SEND)
    given = asked.office_answers()[0]
    hidden = given.quote.model_copy(update={"directive": asked.directive("nq-77.md")})
    with asked.database.transaction() as db:
        office_answers.add(db, question=given.question, form=given.form, quote=hidden, remark="Mới", now=NOW)
    shown = asked.send("an", QUESTION)
    assert ("sáng thứ Hai hằng tuần" in shown, "Mới" in shown) == (True, False)
