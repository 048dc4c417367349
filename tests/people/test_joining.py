from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.answering.phrases import form_of
from bot.department import Rank, Stale, Task
from bot.flow import housekeeping
from bot.messages import Choices, Incoming, Link, say
from bot.people.joining import Joining, how_to_link, intro
from bot.people.linking import Linking, code_in
from bot.state import conversations, inbox, outbox, questions
from bot.state.conversations import ChatState
from tests.people.people import NOW, said

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def joining(database, keys) -> Joining:
    return Joining(
        database=database, keys=keys, organization="Đảng ủy phường Hòa Bình", days=90, zone=VIETNAM,
        public_url="https://hoi.example.vn",
    )  # fmt: skip


@pytest.fixture
def give(joining, people):
    """What a command of an account is answered with."""
    commands = {name: command for command in joining.department().commands for name in command.names}

    def obey(account: str, name: str, **how):
        return commands[name].answer(people.asks(account, f"/{name}", **how))

    return obey


def test_the_first_message_says_that_nobody_human_answers_whose_it_is_and_what_is_stored():
    words = intro("Đảng ủy phường Hòa Bình", 90)
    for needed in ("tự động", "Đảng ủy phường Hòa Bình", "lưu", "90 ngày", "/toi", "/xoa"):
        assert needed in words


def test_somebody_unknown_is_told_at_the_start_how_to_be_linked(give):
    answer = said(give("77", "start"))
    assert "Đảng ủy phường Hòa Bình" in answer
    assert how_to_link() in answer


def test_in_a_group_nobody_is_asked_for_a_code_there(give):
    assert "gửi vào đây mã liên kết" in how_to_link()
    alone = how_to_link(private=False)
    assert "nhắn riêng cho tôi mã liên kết" in alone
    assert "gửi vào đây" not in alone
    assert alone in said(give("77", "start", private=False))


@pytest.mark.parametrize("private", [True, False])
def test_where_everybody_is_answered_nobody_is_told_otherwise(joining, people, private):
    [start] = [each for each in replace(joining, public_answers=True).department().commands if "start" in each.names]
    answer = said(start.answer(people.asks("77", "/start", private=private)))
    assert how_to_link(private=private, public_answers=True) in answer
    assert texts.WHY_TO_LINK in how_to_link(private=private)
    assert texts.WHY_TO_LINK not in answer


def test_a_member_is_greeted_by_name(people, give):
    people.link(people.add("A1", "Trần <i>Thị</i> Bình"), "77")
    answer = said(give("77", "start"))
    assert "Trần <i>Thị</i> Bình" in answer
    assert how_to_link() not in answer


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Thông tin của tôi", "toi"),
        ("xóa tài khoản", "xoa"),
        ("Xoá tài khoản", "xoa"),
        ("xoa tai khoan", "xoa"),
        ("Hủy liên kết", "xoa"),
        ("Mã đăng nhập", "maweb"),
        ("Bắt đầu", "start"),
    ],
)
def test_plain_words_mean_the_same_as_commands(joining, words, name):
    phrases = {phrase: command.names[0] for command in joining.department().commands for phrase in command.phrases}
    assert phrases[form_of(words)] == name


def test_what_is_personal_is_said_in_private_chats_only_and_web_codes_only_to_members(joining):
    commands = {command.names[0]: command for command in joining.department().commands}
    assert {name for name, command in commands.items() if command.private} == {"toi", "maweb", "xoa"}
    assert {name for name, command in commands.items() if command.rank > Rank.ANYBODY} == {"maweb"}


# --- /toi


def log(people, keys, member, *, vote=None):
    with people.database.transaction() as db:
        number = questions.add(
            db, asker=keys.asker(member.id), channel="telegram", text="Hỏi", answered=True, directives=(), now=NOW
        )
        if vote:
            questions.vote(db, number, vote)


def test_about_me_says_all_that_is_stored_about_the_asker(people, keys, give):
    member = people.add("HP-01", "Trần Thị Bình", "Khu phố 2", "secretary")
    people.link(member, "77")
    people.link(member, "z-9", channel="zalo")
    log(people, keys, member)
    log(people, keys, member, vote="good")
    log(people, keys, people.add("HP-02"), vote="bad")
    lines = said(give("77", "toi")).splitlines()
    assert "• Mã đảng viên: HP-01" in lines
    assert "• Họ tên: Trần Thị Bình" in lines
    assert "• Chi bộ: Khu phố 2" in lines
    assert "• Vai trò: bí thư" in lines
    assert "• Tài khoản đã liên kết: Telegram (từ ngày 03/5/2026, đang dùng); Zalo (từ ngày 03/5/2026)" in lines
    assert "• Nhật ký câu hỏi, không ghi tên, mỗi câu giữ 90 ngày: 2 câu, trong đó 1 câu có đánh giá" in lines
    assert f"• Nội dung trao đổi với tôi, giữ {housekeeping.MESSAGES.days} ngày" in lines
    assert [line for line in lines if "Nhật ký quản trị" in line]


def test_somebody_unknown_is_told_that_they_are_not_known(give):
    assert said(give("77", "toi")) == texts.ABOUT_GUEST.format(days=90)


# --- /maweb


def test_a_web_code_is_a_code_for_ten_minutes_with_the_pages_link(people, keys, give, database):
    people.link(people.add("A1"), "77")
    outcome = give("77", "maweb")
    people.write(outcome)
    code = code_in(outcome.answer.reply.blocks[0].text)
    assert outcome.answer.reply.blocks[1] == Link(label=texts.WEB_CODE_OPEN, url="https://hoi.example.vn")
    linking, late = Linking(database, keys), NOW + timedelta(minutes=10)
    assert said(linking.answer(people.asks("88", code, now=late))) == texts.CODE_WRONG
    people.write(linking.answer(people.asks("88", code, now=late - timedelta(seconds=1))))
    assert people.code_of("88") == "A1"


# --- /xoa


def write_in(people, account: str) -> None:
    """A question of this account with its answer, both over, and where the chat stands."""
    request = people.asks(account, "Hỏi")
    with people.database.transaction() as db:
        inbox.store(db, request.incoming, now=NOW)
        [waiting] = [each for each in inbox.waiting(db, "telegram", limit=9) if each.incoming == request.incoming]
        number = outbox.put(
            db, channel="telegram", chat=request.incoming.chat, reply=say("Đáp"), now=NOW, answers=waiting.number
        )
        inbox.mark_answered(db, waiting.number, now=NOW)
        outbox.mark_sent(db, number, platform_message=None, now=NOW)
        conversations.save(db, "telegram", request.incoming.chat, ChatState(greeted=True), now=NOW)


@pytest.fixture
def confirm(joining, people, give):
    """Asks to be erased, and answers the question."""
    tasks = joining.department().tasks

    def answer(account: str, text: str, *, channel: str = "telegram"):
        task = give(account, "xoa", channel=channel).task
        return tasks[task.name](people.asks(account, text, channel=channel, task=task))

    return answer


def test_erasing_asks_first_and_writes_nothing(people, give):
    people.link(people.add("A1"), "77")
    outcome = give("77", "xoa")
    [choices] = [block for block in outcome.answer.reply.blocks if isinstance(block, Choices)]
    assert [choice.send for choice in choices.choices] == ["Có, xóa", "Không"]
    assert outcome.writes == ()
    assert NOW < outcome.task.until <= NOW + timedelta(hours=1)


def test_both_choices_are_understood(people, confirm):
    people.link(people.add("A1"), "77")
    assert said(confirm("77", texts.ERASE_NO)) == texts.ERASE_KEPT
    assert said(confirm("77", texts.ERASE_YES)) == texts.ERASED


@pytest.mark.parametrize("text", ["có", "CÓ XÓA", "xoá đi", "đồng ý", "vâng"])
def test_erasing_goes_on_after_a_plain_yes(people, confirm, text):
    people.link(people.add("A1"), "77")
    assert confirm("77", text).writes


@pytest.mark.parametrize("text", ["không", "thôi", "đừng xóa", "dừng", "dung", "Chi bộ họp mấy lần?", "", "xóa gì?"])
def test_nothing_is_erased_after_anything_else(people, confirm, text):
    people.link(people.add("A1"), "77")
    outcome = confirm("77", text)
    assert outcome is None or not outcome.writes


def test_erasing_the_last_account_unlinks_it_and_erases_what_was_written_and_the_log(people, keys, confirm):
    member, other = people.add("A1"), people.add("A2")
    people.link(member, "77")
    people.link(other, "88")
    for account, who in (("77", member), ("88", other)):
        write_in(people, account)
        log(people, keys, who)
    outcome = confirm("77", "Có, xóa")
    people.write(outcome)
    assert said(outcome) == texts.ERASED
    assert [people.code_of("77"), people.code_of("88")] == [None, "A2"]
    assert [people.count(table) for table in ("accounts", "conversations", "inbox", "outbox", "questions")] == [1] * 5
    assert outcome.conversation is not None


def test_the_roll_entry_stays_and_the_code_for_coming_back_is_a_new_one(people, confirm):
    people.link(people.add("A1"), "77")
    people.write(confirm("77", "Có, xóa"))
    assert list(people.everybody()) == ["A1"]
    assert people.audited("account.erase") == [{"actor": "A1", "channel": "telegram"}]
    assert "danh sách đảng viên" in texts.ERASED
    assert "nhật ký quản trị, chỉ ghi mã đảng viên" in texts.ERASED


def test_while_another_account_is_linked_the_log_stays_and_that_is_said(people, keys, confirm):
    member = people.add("A1")
    people.link(member, "77")
    people.link(member, "z-9", channel="zalo")
    log(people, keys, member)
    outcome = confirm("77", "Có, xóa")
    people.write(outcome)
    assert said(outcome) == texts.ERASED_OTHERS_LEFT.format(accounts="Zalo")
    assert people.count("questions") == 1
    assert people.code_of("z-9", channel="zalo") == "A1"


def test_when_another_account_is_linked_meanwhile_it_is_answered_anew(people, confirm):
    member = people.add("A1")
    people.link(member, "77")
    outcome = confirm("77", "Có, xóa")
    people.link(member, "z-9", channel="zalo")
    with pytest.raises(Stale):
        people.write(outcome)
    assert people.code_of("77") == "A1"


def test_a_message_that_still_waits_is_not_lost(people, confirm):
    people.link(people.add("A1"), "77")
    waiting = Incoming(channel="telegram", sender="77", chat="chat-77", message="later", text="Còn câu này")
    with people.database.transaction() as db:
        inbox.store(db, waiting, now=NOW)
    people.write(confirm("77", "Có, xóa"))
    with people.database.reading() as db:
        assert inbox.waiting_in(db, "telegram", "chat-77") == [waiting]


def test_somebody_unknown_can_have_erased_what_was_written(people, confirm):
    write_in(people, "77")
    outcome = confirm("77", "Có, xóa")
    people.write(outcome)
    assert said(outcome) == texts.ERASED_GUEST
    assert [people.count(table) for table in ("conversations", "inbox", "outbox")] == [0, 0, 0]


def test_erasing_on_the_web_page_ends_its_session(people, keys, database, confirm, give):
    from bot.people import sessions
    from bot.people.linking import make_invite

    made, store = make_invite(people.add("A1"), keys, now=NOW, valid=timedelta(days=1))
    with database.transaction() as db:
        store(db)
    token = sessions.sign_in(database, keys, code=made.code, address="192.0.2.7", now=NOW).token
    account = sessions.account_of(database, keys, token=token, now=NOW)
    people.write(confirm(account, "Có, xóa", channel="web"))
    assert people.count("sessions") == 0


def test_the_console_has_nothing_to_erase_and_no_web_code(joining, people):
    from bot.people.access import Asker

    request = replace(people.asks("77", "/xoa"), asker=Asker(everything=True))
    outcomes = [command.answer(request) for command in joining.department().commands]
    assert [bool(outcome.writes or outcome.task) for outcome in outcomes] == [False] * len(outcomes)
    assert Task(name="erase", until=NOW).facts == {}
