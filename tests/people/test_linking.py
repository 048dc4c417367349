from __future__ import annotations

import base64
import random
import re
import struct
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import texts
from bot.department import Stale
from bot.messages import Incoming
from bot.people.linking import Linking, code_in, grouped, invite_link, make_invite, qr_picture
from bot.state import inbox, outbox, tables
from bot.state.members import Member
from tests.people.people import NOW, said

FORTNIGHT = timedelta(days=14)
HOUR = timedelta(hours=1)


@pytest.fixture
def linking(database, keys) -> Linking:
    return Linking(database, keys)


@pytest.fixture
def invite(people, keys):
    """A stored code of a member."""

    def make(member: Member, *, valid: timedelta = FORTNIGHT) -> str:
        made, store = make_invite(member, keys, now=people.now, valid=valid)
        with people.database.transaction() as db:
            store(db)
        return made.code

    return make


@pytest.fixture
def send(people, linking):
    """An account sends a message, and what its answer writes is written."""

    def deliver(account: str, text: str, **how):
        outcome = linking.answer(people.asks(account, text, **how))
        if outcome is not None:
            people.write(outcome)
        return outcome

    return deliver


# --- codes


def test_a_code_is_ten_digits_at_random_and_ends_after_its_time(people, keys):
    member = people.add("A1")
    made, _ = make_invite(member, keys, now=NOW, valid=FORTNIGHT, random=random.Random(7))
    other, _ = make_invite(member, keys, now=NOW, valid=FORTNIGHT, random=random.Random(8))
    assert re.fullmatch("[0-9]{10}", made.code)
    assert made.code != other.code
    assert (made.member, made.expires) == (member, NOW + FORTNIGHT)


def test_a_code_is_shown_in_two_groups_that_are_read_again():
    assert grouped("0123456789") == "01234 56789"
    assert code_in(grouped("0123456789")) == "0123456789"


def test_a_code_is_stored_only_as_its_hash(people, keys, invite):
    code = invite(people.add("A1"))
    with people.database.reading() as db:
        stored = [str(value) for row in db.execute(select(tables.invitations)) for value in row]
    assert keys.hash("code", code) in stored
    assert not [value for value in stored if code in value]


@pytest.mark.parametrize(
    "text",
    [
        "1234567890",
        "12345 67890",
        "Mã của tôi là 12345 67890 ạ",
        "12345-67890.",
        "12.345.678.90",
        "1 2 3 4 5 6 7 8 9 0",
        "12345\n67890",
        "12345 – 67890",
        "12345\u00a067890",
        "123 456 7890",
        "１２３４５ ６７８９０",
        "12345\u200b67890",
        "LIENKET1234567890",
        "/start 1234567890",
        "Nguyễn Văn An, chi bộ 5 12345 67890",
        "<b>12345 67890</b>",
        "12345 67890 của chi bộ 3, ngày 20/12/2026",
    ],
)
def test_a_code_is_found_in_any_message_that_holds_it(text):
    assert code_in(text) == "1234567890"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345 6789",
        "12345678901",
        "+84912345678",
        "1234567890.5",
        "01-1234567890",
        "1234 5678 9012 3456",
        "Quy định 19-QĐ/ĐU ngày 20/12/2026",
        "12345, 67890",
        "12345 và 67890",
        "mười chữ số",
    ],
)
def test_nothing_else_is_taken_for_a_code(text):
    assert code_in(text) is None


def test_of_several_numbers_the_one_in_groups_of_five_is_meant():
    assert code_in("Số điện thoại 0912345678, mã 12345 67890") == "1234567890"


def test_a_long_message_of_digits_is_read_at_once():
    assert code_in("1 23 " * 200_000) is not None
    assert code_in("123456789012 " * 80_000) is None


def test_a_deep_link_carries_the_code_alone():
    assert invite_link("tra_cuu_bot", "0123456789") == "https://t.me/tra_cuu_bot?start=0123456789"


def test_the_picture_of_a_link_is_a_png_that_can_be_photographed():
    picture = qr_picture("https://t.me/tra_cuu_bot?start=0123456789", "Quét mã này")
    data = base64.b64decode(picture.data, validate=True)
    width, height = struct.unpack(">II", data[16:24])  # of the header chunk, which comes first
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert width == height >= 150
    assert picture.caption == "Quét mã này"


def test_another_code_makes_another_picture():
    first, second = (qr_picture(invite_link("tra_cuu_bot", code), "") for code in ("0123456789", "0123456788"))
    assert first.data != second.data


# --- linking


def test_a_code_links_the_account_and_welcomes_by_name_and_cell(people, invite, send):
    member = people.add("A1", "Trần Thị <b>Bình</b>", "Khu phố 2")
    answer = said(send("77", f"Mã của tôi {grouped(invite(member))}"))
    assert people.code_of("77") == "A1"
    assert "Trần Thị <b>Bình</b>" in answer
    assert "Khu phố 2" in answer
    assert people.audited("account.link") == [{"actor": "A1", "channel": "telegram"}]


def test_a_code_is_used_once(people, invite, send):
    code = invite(people.add("A1"))
    send("77", code)
    assert said(send("88", code)) == texts.CODE_WRONG
    assert people.code_of("88") is None


def test_the_same_account_that_sends_its_code_again_is_told_so(people, invite, send):
    member = people.add("A1")
    code = invite(member)
    send("77", code)
    assert said(send("77", code)) == texts.ALREADY_LINKED.format(name=member.name)
    assert people.count("attempts") == 0


def test_a_member_may_link_several_accounts_each_with_a_code_of_its_own(people, invite, send):
    member = people.add("A1")
    send("77", invite(member))
    send("z-9", invite(member), channel="zalo")
    assert [people.code_of("77"), people.code_of("z-9", channel="zalo")] == ["A1", "A1"]


def test_a_new_code_ends_the_earlier_one(people, invite, send):
    member = people.add("A1")
    earlier, later = invite(member), invite(member)
    assert said(send("77", earlier)) == texts.CODE_WRONG
    send("77", later)
    assert people.code_of("77") == "A1"


def test_an_account_that_redeems_another_members_code_moves_and_its_conversation_begins_anew(people, invite, send):
    send("77", invite(people.add("A1")))
    outcome = send("77", invite(people.add("A2")))
    assert people.code_of("77") == "A2"
    assert outcome.conversation.topic is None


def test_expired_used_and_unknown_codes_are_refused_in_the_same_words(people, invite, send):
    used, expired = invite(people.add("A1")), invite(people.add("A2"), valid=timedelta(minutes=10))
    send("77", used)
    later = NOW + timedelta(minutes=10)
    refusals = {said(send(f"guesser-{code}", code, now=later)) for code in (used, expired, "0000000000")}
    assert refusals == {texts.CODE_WRONG}


def test_a_code_of_a_member_who_has_been_removed_is_worth_nothing(people, invite, send):
    member = people.add("A1")
    code = invite(member)
    with people.database.transaction() as db:
        db.execute(tables.members.delete())
    assert said(send("77", code)) == texts.CODE_WRONG


def test_of_two_who_redeem_a_code_at_once_one_is_linked_and_the_other_answered_anew(people, invite, linking):
    code = invite(people.add("A1"))
    first, second = (linking.answer(people.asks(account, code)) for account in ("77", "88"))
    people.write(first)
    with pytest.raises(Stale):
        people.write(second)
    assert [people.code_of("77"), people.code_of("88")] == ["A1", None]
    assert said(linking.answer(people.asks("88", code))) == texts.CODE_WRONG


def test_a_code_that_another_one_has_is_not_stored(people, keys):
    made, store = make_invite(people.add("A1"), keys, now=NOW, valid=FORTNIGHT, random=random.Random(7))
    _, store_again = make_invite(people.add("A2"), keys, now=NOW, valid=FORTNIGHT, random=random.Random(7))
    with people.database.transaction() as db:
        store(db)
    with pytest.raises(Stale), people.database.transaction() as db:
        store_again(db)
    assert made.code


@pytest.mark.parametrize("text", ["Chi bộ sinh hoạt mấy lần?", "gọi 12345", "/start"])
def test_a_message_without_a_code_is_not_ours(people, linking, text):
    assert linking.answer(people.asks("77", text)) is None


def test_ten_digits_of_a_linked_person_are_an_ordinary_question_and_no_wrong_try(people, invite, send):
    send("77", invite(people.add("A1")))
    assert send("77", "Số 0912345678 là của ai?") is None
    assert people.count("attempts") == 0


def test_a_linked_person_cannot_guess_on_for_others_codes(people, invite, send, linking):
    send("77", invite(people.add("A1")))
    code = invite(people.add("A2", role="administrator"))
    for digit in "12345":
        send("77", digit * 10)
    assert send("77", code) is None
    assert people.code_of("77") == "A1"
    send("77", code, now=NOW + HOUR)
    assert people.code_of("77") == "A2"


# --- codes in what is stored


@pytest.fixture
def kept(people, linking):
    """The text of a message, as it is stored after it was answered."""

    def text_of(account: str, text: str, **how) -> str:
        request = people.asks(account, text, **how)
        with people.database.transaction() as db:
            inbox.store(db, request.incoming, now=NOW)
            number = db.scalar(select(func.max(tables.inbox.c.id)))
        if outcome := linking.answer(replace(request, number=number)):
            people.write(outcome)
        with people.database.reading() as db:
            stored = db.scalar(select(tables.inbox.c.incoming).where(tables.inbox.c.id == number))
        return Incoming.model_validate_json(stored).text

    return text_of


def test_of_a_code_that_is_redeemed_no_digit_is_kept(people, invite, kept):
    code = invite(people.add("A1"))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code[5:])
    assert kept("77", f"Mã {code[:5]} {wide} ạ") == "Mã ••••• ••••• ạ"
    assert people.code_of("77") == "A1"


def test_of_a_code_that_is_wrong_used_locked_or_sent_in_a_group_no_digit_is_kept(people, invite, kept):
    used, other = invite(people.add("A1")), invite(people.add("A2"))
    kept("77", used)
    assert kept("77", used) == "•" * 10
    assert kept("88", other, private=False) == "•" * 10
    assert {kept("99", "00000 00000") for _ in range(7)} == {"••••• •••••"}


def test_the_digits_of_a_linked_persons_question_are_kept(people, invite, kept):
    kept("77", invite(people.add("A1")))
    assert kept("77", "Số 0912345678 là của ai?") == "Số 0912345678 là của ai?"


# --- groups


def test_a_code_that_is_sent_in_a_group_ends_and_links_nobody(people, invite, send):
    code = invite(people.add("A1"))
    assert said(send("77", code, private=False)) == texts.CODE_IN_GROUP
    assert people.code_of("77") is None
    assert said(send("77", code)) == texts.CODE_WRONG
    assert people.audited("code.shown_in_group") == [{"actor": "system", "channel": "telegram", "member": "A1"}]


def test_a_group_is_told_the_same_whether_the_code_was_one_or_not(people, send):
    assert said(send("77", "12345 67890", private=False)) == texts.CODE_IN_GROUP
    assert people.count("attempts") == 1


def test_in_a_group_a_linked_person_is_stopped_only_for_a_code_that_is_one(people, invite, send):
    send("77", invite(people.add("A1")))
    code = invite(people.add("A2"))
    assert send("77", "Số 0912345678 là của ai?", private=False) is None
    assert said(send("77", code, private=False)) == texts.CODE_IN_GROUP
    assert said(send("88", code)) == texts.CODE_WRONG
    assert people.code_of("77") == "A1"


# --- wrong tries


def test_after_five_wrong_codes_an_account_is_refused_unseen_for_an_hour(people, invite, send):
    code = invite(people.add("A1"))
    answers = [said(send("77", f"000000000{digit}")) for digit in range(6)]
    assert answers == [texts.CODE_WRONG] * 5 + [texts.CODE_LOCKED]
    assert said(send("77", code, now=NOW + HOUR - timedelta(seconds=1))) == texts.CODE_LOCKED
    assert people.code_of("77") is None
    send("77", code, now=NOW + HOUR)
    assert people.code_of("77") == "A1"


def test_tries_while_it_is_locked_do_not_make_the_lock_longer(people, invite, send):
    for minute in range(60):
        send("77", "0000000000", now=NOW + timedelta(minutes=minute))
    assert people.count("attempts") == 5
    assert said(send("77", "0000000000", now=NOW + HOUR + timedelta(minutes=4))) == texts.CODE_WRONG


def test_the_lock_lasts_an_hour_from_the_fifth_try_however_slowly_they_came(people, send):
    times = [NOW + timedelta(minutes=minute) for minute in (0, 14, 28, 42, 56)]
    for time in times:
        send("77", "0000000000", now=time)
    assert said(send("77", "0000000000", now=times[-1] + timedelta(minutes=59))) == texts.CODE_LOCKED
    assert said(send("77", "0000000000", now=times[-1] + HOUR)) == texts.CODE_WRONG


def test_five_wrong_codes_over_more_than_an_hour_lock_nobody(people, send):
    answers = {said(send("77", "0000000000", now=NOW + timedelta(minutes=16 * each))) for each in range(10)}
    assert answers == {texts.CODE_WRONG}


def test_one_locked_account_locks_no_other_and_the_same_id_of_another_channel_neither(people, invite, send):
    for _ in range(5):
        send("77", "0000000000")
    send("88", invite(people.add("A1")))
    send("77", invite(people.add("A2")), channel="zalo")
    assert [people.code_of("88"), people.code_of("77", channel="zalo")] == ["A1", "A2"]


def test_fifty_wrong_codes_of_all_together_lock_everybody_for_an_hour(people, invite, send):
    code = invite(people.add("A1"))
    for account in range(50):
        assert said(send(f"bot-{account}", "0000000000")) == texts.CODE_WRONG
    assert said(send("honest", code)) == texts.CODE_LOCKED
    send("honest", code, now=NOW + HOUR)
    assert people.code_of("honest") == "A1"


def test_the_administrators_are_told_once_and_only_where_they_can_be_reached(people, send):
    administrator = people.add("Q1", role="administrator")
    people.link(administrator, "admin")
    people.link(administrator, "blocked", channel="zalo")
    people.link(people.add("A1"), "member")
    with people.database.transaction() as db:
        db.execute(tables.accounts.update().where(tables.accounts.c.account == "blocked").values(active=False))
    for _ in range(9):
        send("77", "0000000000")
    [warning] = people.pushed_to("chat-admin")
    assert "Telegram" in warning.blocks[0].text
    assert people.pushed_to("chat-blocked", channel="zalo") == []
    assert people.pushed_to("chat-member") == []


def test_the_administrators_are_told_once_when_everybody_is_locked(people, send):
    people.link(people.add("Q1", role="administrator"), "admin")
    for account in range(60):
        send(f"bot-{account}", "0000000000")
    assert [reply.blocks[0].text for reply in people.pushed_to("chat-admin")] == [texts.TRIES_OF_ALL.format(count=50)]


def test_wrong_codes_and_locks_are_audited_without_the_code(people, send):
    for _ in range(7):
        send("77", "0000000000")
    assert people.audited("code.wrong") == [{"actor": "guest", "channel": "telegram", "account": "77"}] * 5
    assert people.audited("code.locked") == [{"actor": "system", "channel": "telegram", "account": "77"}]


def test_tries_that_were_looked_at_together_are_counted_one_by_one(people, linking):
    """All are answered from what was known before any of them was counted."""
    outcomes = [linking.answer(people.asks("77", "0000000000")) for _ in range(6)]
    for outcome in outcomes[:5]:
        people.write(outcome)
    with pytest.raises(Stale):
        people.write(outcomes[5])
    assert people.count("attempts") == 5


def test_a_code_that_was_looked_at_before_the_lock_is_not_redeemed_after_it(people, invite, send, linking):
    outcome = linking.answer(people.asks("77", invite(people.add("A1"))))
    for _ in range(5):
        send("77", "0000000000")
    with pytest.raises(Stale):
        people.write(outcome)
    assert people.code_of("77") is None


def test_the_warning_goes_behind_the_answers(people, send):
    people.link(people.add("Q1", role="administrator"), "admin")
    for _ in range(5):
        send("77", "0000000000")
    with people.database.reading() as db:
        [parcel] = outbox.due(db, "telegram", now=NOW, limit=10)
    assert parcel.pushed
