from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import texts
from bot.messages import Incoming, say
from bot.people import sessions
from bot.people.linking import make_invite
from bot.state import inbox, outbox, tables
from bot.state.members import Member
from tests.people.people import NOW

ADDRESS = "192.0.2.7"


@pytest.fixture
def invite(people, keys):
    def make(member: Member) -> str:
        made, store = make_invite(member, keys, now=NOW, valid=timedelta(days=14))
        with people.database.transaction() as db:
            store(db)
        return made.code

    return make


@pytest.fixture
def sign_in(database, keys):
    def enter(code: str, *, address: str = ADDRESS, now=NOW) -> sessions.Admission:
        return sessions.sign_in(database, keys, code=code, address=address, now=now)

    return enter


def account_of(database, keys, token, *, now=NOW):
    return sessions.account_of(database, keys, token=token, now=now)


def test_a_code_signs_in_as_its_member(people, database, keys, invite, sign_in):
    code = invite(people.add("A1"))
    admission = sign_in(f" {code[:5]} {code[5:]} ")
    account = account_of(database, keys, admission.token)
    assert people.code_of(account, channel="web") == "A1"
    assert people.audited("account.link") == [{"actor": "A1", "channel": "web"}]


def test_every_session_has_an_account_of_its_own(people, database, keys, invite, sign_in):
    member = people.add("A1")
    tokens = [sign_in(invite(member)).token for _ in range(2)]
    found = {account_of(database, keys, token) for token in tokens}
    assert len(set(tokens)) == len(found) == 2


def test_the_token_is_long_and_stands_nowhere_in_the_database(people, database, invite, sign_in):
    token = sign_in(invite(people.add("A1"))).token
    with database.reading() as db:
        stored = [
            str(value) for table in tables.metadata.sorted_tables for row in db.execute(select(table)) for value in row
        ]
    assert len(token) >= 43
    assert not [value for value in stored if token in value]


def test_a_session_ends_after_ninety_days(people, database, keys, invite, sign_in):
    token = sign_in(invite(people.add("A1"))).token
    assert account_of(database, keys, token, now=NOW + timedelta(days=90, seconds=-1)) is not None
    assert account_of(database, keys, token, now=NOW + timedelta(days=90)) is None


@pytest.mark.parametrize("token", ["", "guessed", "a" * 43])
def test_a_guessed_token_is_nobodys(database, keys, token):
    assert account_of(database, keys, token) is None


def test_wrong_used_and_expired_codes_are_refused_in_the_same_words(people, invite, sign_in):
    used, expired = invite(people.add("A1")), invite(people.add("A2"))
    sign_in(used)
    later = NOW + timedelta(days=15)
    admissions = [sign_in(code, now=later) for code in (used, expired, "0000000000", "không phải mã")]
    assert admissions == [sessions.Admission(refusal=texts.CODE_WRONG)] * 4


def test_after_five_wrong_codes_an_address_is_refused_unseen(people, database, invite, sign_in):
    code = invite(people.add("A1"))
    for _ in range(5):
        sign_in("0000000000")
    assert sign_in(code) == sessions.Admission(refusal=texts.CODE_LOCKED, locked=True)
    assert sign_in(code, address="192.0.2.8").token is not None


def test_what_cannot_be_a_code_is_no_wrong_try(people, sign_in):
    for text in ("", "12345", "mã"):
        sign_in(text)
    assert people.count("attempts") == 0


def test_fifty_wrong_codes_on_every_channel_count_together(people, invite, sign_in):
    for host in range(50):
        sign_in("0000000000", address=f"192.0.2.{host}")
    assert sign_in(invite(people.add("A1")), address="198.51.100.1").locked


def test_of_many_who_redeem_one_code_at_once_one_is_let_in(people, invite, sign_in):
    code = invite(people.add("A1"))
    start, admissions = threading.Barrier(4), []

    def enter(host: int) -> None:
        start.wait()
        admissions.append(sign_in(code, address=f"192.0.2.{host}"))

    threads = [threading.Thread(target=enter, args=(host,)) for host in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(admission.token is not None for admission in admissions) == [False, False, False, True]


def test_wrong_tries_at_once_never_exceed_the_limit(people, sign_in):
    people.link(people.add("Q1", role="administrator"), "admin")
    start, admissions = threading.Barrier(8), []

    def guess() -> None:
        start.wait()
        admissions.append(sign_in("0000000000"))

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(admission.locked for admission in admissions) == [False] * 5 + [True] * 3
    assert people.count("attempts") == 5
    assert len(people.pushed_to("chat-admin")) == 1


def test_a_guest_is_nobody_and_stays_the_same_guest(people, database, keys):
    token = sessions.guest(database, keys, now=NOW)
    account = account_of(database, keys, token)
    assert sessions.is_guest(account)
    assert account == account_of(database, keys, token)
    assert people.code_of(account, channel="web") is None


def test_a_members_account_is_no_guest(people, database, keys, invite, sign_in):
    assert not sessions.is_guest(account_of(database, keys, sign_in(invite(people.add("A1"))).token))


def test_the_session_of_a_member_who_was_removed_is_over(people, database, keys, invite, sign_in):
    token = sign_in(invite(people.add("A1"))).token
    with database.transaction() as db:
        db.execute(tables.members.delete())
    assert account_of(database, keys, token) is None


def write_in(database, account: str) -> None:
    """One question of this account, with its answer, both over."""
    incoming = Incoming(channel="web", sender=account, chat=account, message=f"m-{account}", text="Hỏi")
    with database.transaction() as db:
        inbox.store(db, incoming, now=NOW)
        [waiting] = [each for each in inbox.waiting(db, "web", limit=10) if each.incoming == incoming]
        number = outbox.put(db, channel="web", chat=account, reply=say("Đáp"), now=NOW, answers=waiting.number)
        inbox.mark_answered(db, waiting.number, now=NOW)
        outbox.mark_sent(db, number, platform_message=None, now=NOW)


def test_signing_out_ends_one_session_with_what_was_written_in_it(people, database, keys, invite, sign_in):
    member = people.add("A1")
    gone, kept = (sign_in(invite(member)).token for _ in range(2))
    for token in (gone, kept):
        write_in(database, account_of(database, keys, token))
    sessions.sign_out(database, keys, token=gone, now=NOW)
    assert account_of(database, keys, gone) is None
    assert account_of(database, keys, kept) is not None
    assert [people.count(table) for table in ("accounts", "sessions", "inbox", "outbox")] == [1, 1, 1, 1]


def test_signing_out_with_an_unknown_token_ends_nothing(people, database, keys, invite, sign_in):
    token = sign_in(invite(people.add("A1"))).token
    sessions.sign_out(database, keys, token="unknown", now=NOW)
    assert account_of(database, keys, token) is not None


def test_sessions_that_ran_out_are_thrown_away_with_their_accounts(people, database, keys, invite, sign_in):
    token = sign_in(invite(people.add("A1"))).token
    write_in(database, account_of(database, keys, token))
    people.link(people.add("A2"), "77")
    later = sign_in(invite(people.add("A3")), now=NOW + timedelta(days=10)).token
    now = NOW + timedelta(days=90)
    with database.transaction() as db:
        sessions.discard_expired(db, now=now)
    assert [people.count(table) for table in ("accounts", "sessions", "inbox", "outbox")] == [2, 1, 0, 0]
    assert account_of(database, keys, later, now=now) is not None
