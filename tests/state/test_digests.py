"""Digests, their letters and who chose what, on both databases."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.messages import say
from bot.state import digest_choices, digests, duty_decisions, letters, members, outbox
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.duty_decisions import DutyDecision
from bot.state.letters import LetterStatus, Skip
from bot.state.outbox import Status
from index import Due
from tests.state.makers import NOW, add_member, later


def add_digest(db: Connection, slot: str = "2026-03-02", *, missed: bool = False, until: datetime = NOW) -> int:
    moments = {"since": None, "until": until, "starts_at": NOW, "ends_at": later(hours=12)}
    return digests.add(db, slot=slot, missed=missed, papers="{}", by="clock", now=NOW, **moments)  # type: ignore[arg-type]


def add_letter(db: Connection, digest: int, member: int, *, text: int | None = None) -> int:
    number = outbox.put(db, channel="telegram", chat=f"c{member}", reply=say("tin"), now=NOW, ends_at=later(hours=12))
    letters.add(db, digest=digest, member=member, cell="Chi bộ 1", channel="telegram", outbox=number, text=text)
    return number


def test_a_slot_belongs_to_one_digest(database: Database) -> None:
    with database.transaction() as db:
        number = add_digest(db)
        found = digests.with_slot(db, "2026-03-02")
        assert found == digests.get(db, number)
        assert found
        assert (found.claimed_at, digests.with_slot(db, "2026-03-09")) == (NOW, None)
    with pytest.raises(IntegrityError), database.transaction() as db:
        add_digest(db)


def test_the_last_digest_is_one_that_went_out(database: Database) -> None:
    with database.transaction() as db:
        assert digests.last(db) is None
        first, second = add_digest(db, "1"), add_digest(db, "2", until=later(days=7))
        add_digest(db, "3", missed=True, until=later(days=14))
        last, before = digests.last(db), digests.last(db, before=later(days=6))
        assert (last and last.number, before and before.number) == (second, first)
        assert digests.last(db, before=later(days=-1)) is None
        assert [each.slot for each in digests.newest(db, limit=2)] == ["3", "2"]


def test_a_letter_becomes_what_its_reply_becomes(database: Database) -> None:
    with database.transaction() as db:
        digest = add_digest(db)
        people = [add_member(db, f"DV{number}").id for number in range(6)]
        numbers = [add_letter(db, digest, member) for member in people]
        letters.add(db, digest=digest, member=add_member(db, "DV9").id, cell="Chi bộ 9", skipped=Skip.NO_CHANNEL)
        outbox.mark_sending(db, numbers[1])
        outbox.mark_sent(db, numbers[2], platform_message="p", now=later(minutes=1))
        outbox.mark_ended(db, numbers[3], Status.FAILED, reason="chặn")
        outbox.mark_ended(db, numbers[4], Status.UNKNOWN, reason="hết giờ")
        outbox.put_off(db, numbers[5], until=later(minutes=1), reason="lỗi 500")
        ledger = letters.of_digest(db, digest)
        said = [(each.status.value, each.reason, each.sent_at) for each in ledger]
        assert said == [
            ("pending", None, None),
            ("sending", None, None),
            ("sent", None, later(minutes=1)),
            ("failed", "chặn", None),
            ("unknown", "hết giờ", None),
            ("pending", "lỗi 500", None),
            ("skipped", "no_channel", None),
        ]
        assert letters.counts(db, digest)[LetterStatus.PENDING] == 2
        assert sum(letters.counts(db, digest).values()) == 7
        found = letters.of_outbox(db, numbers[3])
        assert found
        assert (found.member, found.status) == (people[3], LetterStatus.FAILED)


def test_after_a_crash_a_letter_that_was_being_sent_is_unknown(database: Database) -> None:
    with database.transaction() as db:
        digest = add_digest(db)
        sending, waiting = (add_letter(db, digest, add_member(db, code).id) for code in ("DV1", "DV2"))
        outbox.mark_sending(db, sending)
        assert outbox.recover(db, "telegram") == 0
        assert {each.status for each in letters.of_digest(db, digest)} == {LetterStatus.UNKNOWN, LetterStatus.PENDING}
        outbox.restored(db)
        assert {each.status for each in letters.of_digest(db, digest)} == {LetterStatus.UNKNOWN}
        assert not outbox.mark_sending(db, waiting)


def test_a_letter_that_is_held_back_has_lost_no_try_and_one_that_is_withdrawn_is_gone(database: Database) -> None:
    with database.transaction() as db:
        digest = add_digest(db)
        member = add_member(db).id
        number = add_letter(db, digest, member)
        outbox.mark_sending(db, number)
        outbox.hold(db, number, until=later(hours=8), tries=0)
        assert not outbox.due(db, "telegram", now=later(hours=7), limit=9)
        (parcel,) = outbox.due(db, "telegram", now=later(hours=8), limit=9)
        assert (parcel.number, parcel.tries) == (number, 0)
        outbox.withdraw(db, number, skipped=Skip.OPTED_OUT)
        [letter] = letters.of_digest(db, digest)
        assert (letter.status, letter.reason) == (LetterStatus.SKIPPED, "opted_out")
        assert not outbox.due(db, "telegram", now=later(hours=8), limit=9)
        assert outbox.reply_of_letter(db, digest, member) is None


def test_of_a_chat_what_must_wait_for_the_morning_comes_behind_what_is_due(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db).id
        number = add_letter(db, add_digest(db), member)
        outbox.mark_part(db, number, parts_sent=1)
        outbox.hold(db, number, until=later(hours=8), tries=0)
        notice = outbox.put(db, channel="telegram", chat=f"c{member}", reply=say("báo động"), now=NOW)
        due = outbox.due(db, "telegram", now=NOW, limit=9)
        assert [parcel.number for parcel in due] == [notice]
        due = outbox.due(db, "telegram", now=later(hours=8), limit=9)
        assert [parcel.number for parcel in due] == [number]


def test_a_member_finds_the_own_last_digest_and_marks_it_read_once(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db).id
        for slot in ("1", "2"):
            digest = add_digest(db, slot)
            add_letter(db, digest, member, text=digests.add_text(db, digest, say(f"toàn văn {slot}")))
        found = letters.last_of(db, member)
        assert found
        assert (found[0].digest, found[1]) == (digest, say("toàn văn 2"))
        assert letters.get(db, digest - 1, member) != found
        assert [letters.mark_read(db, digest, member, now=later(hours=hour)) for hour in (1, 2)] == [True, False]
        again = letters.last_of(db, member)
        assert again
        assert again[0].read_at == later(hours=1)
        letters.forget_reading(db, member)
        forgotten = letters.last_of(db, member)
        assert forgotten
        assert forgotten[0].read_at is None


def test_with_a_member_go_the_letters_and_the_choice(database: Database) -> None:
    with database.transaction() as db:
        member, other = add_member(db, "DV1").id, add_member(db, "DV2").id
        digest = add_digest(db)
        for each in (member, other):
            add_letter(db, digest, each)
            digest_choices.save(db, each, DigestChoice(receives=False), now=NOW)
        members.remove(db, member)
        assert [letter.member for letter in letters.of_digest(db, digest)] == [other]
        assert set(digest_choices.everything(db)) == {other}


def test_the_last_choice_of_a_member_counts_until_it_is_forgotten(database: Database) -> None:
    with database.transaction() as db:
        member = add_member(db).id
        assert digest_choices.of_member(db, member) == DigestChoice()
        for choice in (DigestChoice(receives=False), DigestChoice(channel="zalo")):
            digest_choices.save(db, member, choice, now=NOW)
            assert digest_choices.of_member(db, member) == choice
        digest_choices.forget(db, member)
        assert digest_choices.everything(db) == {}


def test_the_last_decision_on_a_duty_holds_and_is_gone_when_it_is_dropped(database: Database) -> None:
    due = Due(date=date(2026, 12, 20))
    decision = DutyDecision(
        duty="a|1", directive="a", file="a.docx", words="báo cáo", confirmed=True, who="chi bộ", due=due,
        decided_by="QT1", decided_at=NOW,
    )  # fmt: skip
    other = decision.model_copy(update={"duty": "b|1", "confirmed": False, "who": None, "due": None})
    with database.transaction() as db:
        for each in (other, decision.model_copy(update={"confirmed": False}), decision):
            duty_decisions.save(db, each)
        assert duty_decisions.get(db, "a|1") == decision
        assert list(duty_decisions.everything(db)) == [decision, other]
        duty_decisions.drop(db, "a|1")
        assert list(duty_decisions.everything(db)) == [other]
