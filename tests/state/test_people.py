"""Members, their accounts, one-time codes, wrong tries and sessions, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from bot.state import accounts, invitations, members, sessions
from bot.state.database import Database
from bot.state.members import Role
from tests.state.makers import NOW, add_member, at_once, later


def test_a_member_is_found_by_id_and_code_as_added(database: Database) -> None:
    with database.transaction() as db:
        added = members.add(db, code="DV7", name="Trần Văn Đức", cell="Chi bộ 2", role=Role.SECRETARY, now=NOW)
        assert (members.by_id(db, added.id), members.by_code(db, "DV7")) == (added, added)
        assert (members.by_id(db, added.id + 1), members.by_code(db, "dv7")) == (None, None)
        assert (added.name, added.cell, added.role) == ("Trần Văn Đức", "Chi bộ 2", Role.SECRETARY)


def test_a_code_belongs_to_one_member(database: Database) -> None:
    with database.transaction() as db:
        add_member(db, "DV1")
    with pytest.raises(IntegrityError), database.transaction() as db:
        add_member(db, "DV1")


def test_members_are_listed_by_cell_and_code(database: Database) -> None:
    with database.transaction() as db:
        for code, cell in (("3", "B"), ("2", "A"), ("1", "B")):
            add_member(db, code, cell=cell)
        assert [member.code for member in members.everybody(db)] == ["2", "1", "3"]
        assert members.count(db) == 3


def test_every_cell_is_named_once(database: Database) -> None:
    with database.transaction() as db:
        assert members.cells(db) == []
        for code, cell in (("3", "B"), ("2", "A"), ("1", "B")):
            add_member(db, code, cell=cell)
        assert members.cells(db) == ["A", "B"]


def test_a_change_is_of_one_member_only(database: Database) -> None:
    with database.transaction() as db:
        one, other = add_member(db, "1"), add_member(db, "2")
        members.change(db, one.id, role=Role.COMMITTEE, cell="Chi bộ 9")
        assert members.by_id(db, one.id) == one.model_copy(update={"role": Role.COMMITTEE, "cell": "Chi bộ 9"})
        assert members.by_id(db, other.id) == other


def test_members_of_a_role_are_found(database: Database) -> None:
    with database.transaction() as db:
        add_member(db, "1")
        chief = add_member(db, "2", role=Role.ADMINISTRATOR)
        assert list(members.with_role(db, Role.ADMINISTRATOR)) == [chief]


def test_who_is_removed_leaves_no_account_and_no_code(database: Database) -> None:
    with database.transaction() as db:
        gone = add_member(db)
        accounts.link(db, member=gone.id, channel="zalo", account="a", chat="c", now=NOW)
        invitations.add(db, member=gone.id, code_hash="h", now=NOW, expires_at=later(days=1))
        members.remove(db, gone.id)
        assert (members.count(db), list(accounts.everybody(db)), invitations.find(db, "h")) == (0, [], None)


def test_the_id_of_a_removed_member_is_never_given_again(database: Database) -> None:
    with database.transaction() as db:
        gone = add_member(db, "1")
        members.remove(db, gone.id)
        assert add_member(db, "2").id > gone.id


def test_an_account_is_linked_to_one_member_at_a_time(database: Database) -> None:
    with database.transaction() as db:
        first, second = add_member(db, "1"), add_member(db, "2")
        for member in (first, second):
            accounts.link(db, member=member.id, channel="zalo", account="a", chat="c", now=NOW)
        assert accounts.member_of(db, "zalo", "a") == second.id
        assert list(accounts.of_member(db, first.id)) == []
        assert [(each.member, each.linked_at) for each in accounts.everybody(db)] == [(second.id, NOW)]


def test_an_account_is_of_its_channel(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        accounts.link(db, member=member.id, channel="zalo", account="a", chat="c", now=NOW)
        accounts.unlink(db, "telegram", "a")
        assert (accounts.member_of(db, "telegram", "a"), accounts.member_of(db, "zalo", "a")) == (None, member.id)
        accounts.unlink(db, "zalo", "a")
        assert accounts.member_of(db, "zalo", "a") is None


def test_an_account_that_is_refused_rests_until_the_person_writes(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        accounts.link(db, member=member.id, channel="zalo", account="a", chat="c", now=NOW)
        accounts.set_active(db, "zalo", "c", active=False)
        assert [each.active for each in accounts.of_member(db, member.id)] == [False]
        accounts.revive(db, "zalo", "a")
        assert [each.active for each in accounts.of_member(db, member.id)] == [True]


def test_a_chat_that_moved_is_written_to_at_its_new_id(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        accounts.link(db, member=member.id, channel="telegram", account="a", chat="old", now=NOW)
        accounts.move(db, "telegram", chat="old", to="new")
        assert [(each.account, each.chat) for each in accounts.of_member(db, member.id)] == [("a", "new")]


def test_a_code_is_redeemed_once(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        invitations.add(db, member=member.id, code_hash="h", now=NOW, expires_at=later(days=14))
        redeemed = invitations.redeem(db, "h", now=later(days=1))
        assert redeemed is not None
        assert (redeemed.member, redeemed.expires_at) == (member.id, later(days=14))
        assert invitations.redeem(db, "h", now=later(days=1)) is None
        found = invitations.find(db, "h")
        assert found is not None
        assert found.used_at == later(days=1)


def test_a_code_is_redeemed_once_by_two_at_once(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        for number in range(20):
            invitations.add(db, member=member.id, code_hash=f"h{number}", now=NOW, expires_at=later(days=1))

    def redeem_all() -> list[bool]:
        taken = []
        for number in range(20):
            with database.transaction() as db:
                taken.append(invitations.redeem(db, f"h{number}", now=NOW) is not None)
        return taken

    first, second = at_once(redeem_all, redeem_all)
    assert [one + other for one, other in zip(first, second, strict=True)] == [1] * 20


def test_a_code_that_ran_out_or_was_withdrawn_is_worth_nothing(database: Database) -> None:
    with database.transaction() as db:
        member, other = add_member(db, "1"), add_member(db, "2")
        for owner, code in ((member, "old"), (member, "used"), (member, "withdrawn"), (other, "theirs")):
            expires = later(days=-1) if code == "old" else later(days=1)
            invitations.add(db, member=owner.id, code_hash=code, now=NOW, expires_at=expires)
        assert invitations.redeem(db, "old", now=NOW) is None
        assert invitations.redeem(db, "used", now=NOW) is not None
        invitations.withdraw(db, member.id)
        assert invitations.redeem(db, "withdrawn", now=NOW) is None
        assert invitations.find(db, "used") is not None
        assert invitations.redeem(db, "theirs", now=NOW) is not None


def test_whose_code_can_still_be_used_is_known(database: Database) -> None:
    with database.transaction() as db:
        valid, used, old = (add_member(db, code) for code in "123")
        for member, days in ((valid, 2), (used, 2), (old, 1)):
            invitations.add(db, member=member.id, code_hash=f"h{member.code}", now=NOW, expires_at=later(days=days))
        invitations.redeem(db, "h2", now=NOW)
        assert invitations.members_with_code(db, now=later(days=1)) == {valid.id}


def test_old_codes_and_tries_are_discarded_and_valid_ones_kept(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db)
        for code, expires in (("old", later(days=-1)), ("used", later(days=9)), ("valid", later(days=9))):
            invitations.add(db, member=member.id, code_hash=code, now=NOW, expires_at=expires)
        invitations.redeem(db, "used", now=later(hours=-1))
        for moment in (later(hours=-1), later(hours=1)):
            invitations.add_attempt(db, channel="zalo", account="a", now=moment)
        invitations.discard_old(db, before=NOW)
        assert [code for code in ("old", "used", "valid") if invitations.find(db, code)] == ["valid"]
        assert list(invitations.attempt_times(db, since=later(days=-9))) == [later(hours=1)]


def test_wrong_tries_are_counted_by_account_and_altogether(database: Database) -> None:
    with database.transaction() as db:
        for minute, account in ((1, "a"), (2, "b"), (3, "a")):
            invitations.add_attempt(db, channel="zalo", account=account, now=later(minutes=minute))
        since = later(minutes=2)
        assert list(invitations.attempt_times(db, since=since)) == [later(minutes=2), later(minutes=3)]
        assert list(invitations.attempt_times(db, since=NOW, channel="zalo", account="b")) == [later(minutes=2)]
        assert list(invitations.attempt_times(db, since=since, channel="zalo", account="a")) == [later(minutes=3)]
        assert list(invitations.attempt_times(db, since=NOW, channel="telegram", account="a")) == []


def test_a_session_is_good_until_it_ends(database: Database) -> None:
    with database.transaction() as db:
        sessions.add(db, token_hash="t", account="a", now=NOW, expires_at=later(hours=1))
        assert sessions.account_of(db, "t", now=later(minutes=59)) == "a"
        assert sessions.account_of(db, "t", now=later(hours=1)) is None
        assert sessions.account_of(db, "other", now=NOW) is None


def test_all_sessions_of_an_account_end_together(database: Database) -> None:
    with database.transaction() as db:
        for token, account in (("1", "a"), ("2", "a"), ("3", "b")):
            sessions.add(db, token_hash=token, account=account, now=NOW, expires_at=later(hours=1))
        sessions.end_of_account(db, "a")
        assert [sessions.account_of(db, token, now=NOW) for token in "123"] == [None, None, "b"]


def test_sessions_that_ran_out_are_found(database: Database) -> None:
    with database.transaction() as db:
        sessions.add(db, token_hash="1", account="a", now=NOW, expires_at=later(hours=1))
        sessions.add(db, token_hash="2", account="b", now=NOW, expires_at=later(hours=2))
        assert list(sessions.expired(db, now=later(hours=1))) == ["a"]
