"""Inbox, outbox, conversations, groups and leases, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from bot.messages import say
from bot.state import conversations, groups, inbox, leases, outbox
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.outbox import Status
from tests.state.makers import NOW, answer, at_once, later, message, push, receive


def test_a_message_is_stored_once(database: Database) -> None:
    with database.transaction() as db:
        assert inbox.store(db, message(1), now=NOW)
        assert not inbox.store(db, message(1, chat="c2"), now=later(minutes=1))
        assert inbox.store(db, message(1, channel="zalo"), now=NOW)
        assert (inbox.count_waiting(db, "telegram"), inbox.count_waiting(db)) == (1, 2)


def test_a_message_that_comes_eight_times_at_once_is_stored_once(database: Database) -> None:
    def store() -> bool:
        with database.transaction() as db:
            return inbox.store(db, message("same"), now=NOW)

    assert sum(at_once(*[store] * 8)) == 1


def test_the_oldest_message_of_each_chat_waits_for_its_turn(database: Database) -> None:
    with database.transaction() as db:
        for number, chat in ((1, "a"), (2, "b"), (3, "a"), (4, "c")):
            inbox.store(db, message(number, chat=chat), now=NOW)
        first, second, *_ = waiting = inbox.waiting(db, "telegram", limit=9)
        assert [each.incoming for each in waiting] == [message(n, chat=c) for n, c in ((1, "a"), (2, "b"), (4, "c"))]
        assert (first.received_at, first.number < second.number) == (NOW, True)
        assert [each.incoming.message for each in inbox.waiting(db, "telegram", limit=1)] == ["1"]
        assert [each.incoming.message for each in inbox.waiting(db, "telegram", limit=9, without=["a"])] == ["2", "4"]
        inbox.mark_answered(db, first.number, now=NOW)
        assert [each.incoming.message for each in inbox.waiting(db, "telegram", limit=9)] == ["2", "3", "4"]


def test_what_a_chat_waits_for_is_in_order(database: Database) -> None:
    with database.transaction() as db:
        for number, chat in ((2, "a"), (1, "b"), (3, "a")):
            inbox.store(db, message(number, chat=chat), now=NOW)
        assert list(inbox.waiting_in(db, "telegram", "a")) == [message(2, chat="a"), message(3, chat="a")]


def test_a_message_is_marked_answered_once(database: Database) -> None:
    with database.transaction() as db:
        number = receive(db, 1)
        assert inbox.lock_waiting(db, number)
        assert inbox.mark_answered(db, number, now=NOW)
        assert not inbox.mark_answered(db, number, now=NOW)
        assert not inbox.lock_waiting(db, number)


def test_a_message_is_answered_by_one_of_two_at_once(database: Database) -> None:
    with database.transaction() as db:
        numbers = [receive(db, number, chat=f"c{number}") for number in range(20)]

    def answer_all() -> list[bool]:
        done = []
        for number in numbers:
            with database.transaction() as db:
                done.append(inbox.lock_waiting(db, number) and inbox.mark_answered(db, number, now=NOW))
        return done

    first, second = at_once(answer_all, answer_all)
    assert [one + other for one, other in zip(first, second, strict=True)] == [1] * 20


def test_only_answered_messages_are_forgotten_and_discarded(database: Database) -> None:
    with database.transaction() as db:
        for number, moment in ((1, later(days=-2)), (2, NOW)):
            inbox.mark_answered(db, receive(db, number), now=moment)
        receive(db, 3)
        inbox.discard_old(db, before=later(days=-1))
        assert [inbox.store(db, message(number), now=NOW) for number in (1, 2, 3)] == [True, False, False]
        inbox.forget_chat(db, "telegram", "c1")
        assert [inbox.store(db, message(number), now=NOW) for number in (1, 2, 3)] == [False, True, False]


def due(database: Database, *, now: datetime = NOW, limit: int = 99, without: Sequence[str] = ()) -> list[int]:
    with database.reading() as db:
        return [parcel.number for parcel in outbox.due(db, "telegram", now=now, limit=limit, without=without)]


def test_a_stored_reply_comes_out_as_it_went_in(database: Database) -> None:
    with database.transaction() as db:
        number = answer(db, 1, text="Điều 7 “đúng lời”")
        (parcel,) = outbox.due(db, "telegram", now=NOW, limit=9)
    assert (parcel.number, parcel.chat, parcel.reply) == (number, "c1", say("Điều 7 “đúng lời”"))
    assert (parcel.pushed, parcel.again, parcel.parts_sent, parcel.tries, parcel.replaces) == (False, False, 0, 0, None)
    assert (parcel.created_at, parcel.asked_at) == (NOW, NOW)


def test_answers_go_before_what_is_pushed(database: Database) -> None:
    with database.transaction() as db:
        announced = [push(db, chat=chat) for chat in ("a", "b")]
        answered = [answer(db, 1, chat="c"), answer(db, 2, chat="b")]
    assert due(database) == [*answered, announced[0]]


def test_a_chat_gets_one_reply_at_a_time_in_order(database: Database) -> None:
    with database.transaction() as db:
        first, second = answer(db, 1), answer(db, 2)
    assert due(database) == [first]
    with database.transaction() as db:
        outbox.mark_sent(db, first, platform_message="m", now=NOW)
    assert due(database) == [second]


def test_a_reply_that_must_wait_holds_up_its_own_chat_only(database: Database) -> None:
    with database.transaction() as db:
        waits, _, other = answer(db, 1), answer(db, 2), answer(db, 3, chat="c2")
        outbox.put_off(db, waits, until=later(seconds=30), reason="429")
    assert due(database) == [other]
    assert due(database, now=later(seconds=30)) == [waits, other]


def test_busy_chats_are_left_out_and_no_more_are_given_than_asked_for(database: Database) -> None:
    with database.transaction() as db:
        _, second, third = (answer(db, number, chat=f"c{number}") for number in (1, 2, 3))
    assert due(database, without=["c1"]) == [second, third]
    assert due(database, without=["c1"], limit=1) == [second]


def test_a_reply_is_taken_for_sending_by_one_of_two_at_once(database: Database) -> None:
    with database.transaction() as db:
        numbers = [answer(db, number, chat=f"c{number}") for number in range(20)]

    def take_all() -> list[bool]:
        taken = []
        for number in numbers:
            with database.transaction() as db:
                taken.append(outbox.mark_sending(db, number))
        return taken

    first, second = at_once(take_all, take_all)
    assert [one + other for one, other in zip(first, second, strict=True)] == [1] * 20
    assert due(database) == []


def test_a_part_that_arrived_is_not_sent_again(database: Database) -> None:
    with database.transaction() as db:
        number = answer(db, 1)
        outbox.mark_sending(db, number)
        outbox.mark_part(db, number, parts_sent=2)
        (parcel,) = outbox.due(db, "telegram", now=NOW, limit=9)
    assert (parcel.number, parcel.parts_sent) == (number, 2)


def test_after_a_crash_answers_go_again_and_what_was_pushed_does_not(database: Database) -> None:
    with database.transaction() as db:
        sending, pushed = answer(db, 1, chat="a"), push(db, chat="b")
        pending = answer(db, 2, chat="c")
        for number in (sending, pushed):
            outbox.mark_sending(db, number)
        assert outbox.recover(db, "zalo") == 0
        assert outbox.recover(db, "telegram") == 1
        parcels = outbox.due(db, "telegram", now=NOW, limit=9)
        assert [(parcel.number, parcel.again) for parcel in parcels] == [(sending, True), (pending, False)]
        assert outbox.counts(db) == {"pending": 2, "unknown": 1}


def test_what_failed_is_counted_and_told_newest_first(database: Database) -> None:
    with database.transaction() as db:
        first, second, third = (push(db, now=later(minutes=minute)) for minute in (1, 2, 3))
        outbox.mark_ended(db, first, Status.FAILED, reason="blocked")
        outbox.mark_ended(db, second, Status.UNKNOWN, reason="timeout")
        outbox.mark_sent(db, third, platform_message=None, now=NOW)
        assert outbox.counts(db) == {"failed": 1, "unknown": 1, "sent": 1}
        assert list(outbox.last_failures(db, limit=1)) == [("telegram", "timeout", later(minutes=2))]
        assert [reason for _, reason, _ in outbox.last_failures(db, limit=9)] == ["timeout", "blocked"]


def test_a_message_has_one_answer(database: Database) -> None:
    with database.transaction() as db:
        number = receive(db, 1)
        outbox.put(db, channel="telegram", chat="c1", reply=say("a"), now=NOW, answers=number)
    with pytest.raises(IntegrityError), database.transaction() as db:
        outbox.put(db, channel="telegram", chat="c1", reply=say("b"), now=NOW, answers=number)


def test_a_reply_that_replaces_another_knows_its_message(database: Database) -> None:
    with database.transaction() as db:
        earlier = push(db)
        outbox.mark_sent(db, earlier, platform_message="m77", now=NOW)
        outbox.put(db, channel="telegram", chat="c1", reply=say("50 %"), now=NOW, replaces=earlier)
        (parcel,) = outbox.due(db, "telegram", now=NOW, limit=9)
        assert parcel.replaces == "m77"


def test_a_choice_is_made_only_from_a_reply_to_the_same_chat(database: Database) -> None:
    with database.transaction() as db:
        number = answer(db, 1, text="chọn")
        assert outbox.reply_of(db, number, channel="telegram", chat="c1") == say("chọn")
        assert outbox.reply_of(db, number, channel="telegram", chat="c2") is None
        assert outbox.reply_of(db, number, channel="zalo", chat="c1") is None


def test_the_last_reply_is_an_answer_and_nothing_pushed(database: Database) -> None:
    with database.transaction() as db:
        assert outbox.last_reply(db, "telegram", "c1") is None
        answer(db, 1, text="cũ")
        answer(db, 2, text="mới")
        push(db)
        assert outbox.last_reply(db, "telegram", "c1") == say("mới")


def test_a_transcript_shows_the_newest_in_order_with_their_questions(database: Database) -> None:
    with database.transaction() as db:
        first, second = answer(db, 1), answer(db, 2)
        pushed = push(db)
        answer(db, 3, chat="c2")
        shown = outbox.transcript(db, "telegram", "c1", after=first, limit=9)
        assert [(each.number, each.asked) for each in shown] == [(second, message(2)), (pushed, None)]
        assert [each.number for each in outbox.transcript(db, "telegram", "c1", after=0, limit=2)] == [second, pushed]


def test_what_is_on_its_way_is_neither_forgotten_nor_discarded(database: Database) -> None:
    with database.transaction() as db:
        sent, pending, elsewhere = answer(db, 1), answer(db, 2), answer(db, 3, chat="c2")
        for number in (sent, elsewhere):
            outbox.mark_sent(db, number, platform_message=None, now=NOW)
        outbox.forget_chat(db, "telegram", "c1")
        assert outbox.counts(db) == {"pending": 1, "sent": 1}
        outbox.discard_old(db, before=NOW)
        assert outbox.counts(db) == {"pending": 1, "sent": 1}
        outbox.discard_old(db, before=later(seconds=1))
        assert outbox.counts(db) == {"pending": 1}
    assert due(database) == [pending]


def test_a_reply_outlives_the_message_that_it_answers(database: Database) -> None:
    with database.transaction() as db:
        number = answer(db, 1, text="còn đây")
        inbox.forget_chat(db, "telegram", "c1")
        assert outbox.reply_of(db, number, channel="telegram", chat="c1") == say("còn đây")


def test_replies_follow_a_chat_that_moved(database: Database) -> None:
    with database.transaction() as db:
        number = answer(db, 1)
        outbox.move(db, "telegram", chat="c1", to="c9")
        assert [(each.number, each.chat) for each in outbox.due(db, "telegram", now=NOW, limit=9)] == [(number, "c9")]


def test_a_chat_stands_where_it_was_left(database: Database) -> None:
    state = ChatState(conversation='{"a": "ă"}', task='{"step": 2}', greeted=True)
    with database.transaction() as db:
        assert conversations.load(db, "zalo", "c") == ChatState()
        conversations.save(db, "zalo", "c", ChatState(), now=NOW)
        conversations.save(db, "zalo", "c", state, now=NOW)
        assert (conversations.load(db, "zalo", "c"), conversations.load(db, "web", "c")) == (state, ChatState())
        conversations.forget(db, "zalo", "c")
        assert conversations.load(db, "zalo", "c") == ChatState()


def test_a_conversation_moves_with_its_chat_over_what_was_there(database: Database) -> None:
    with database.transaction() as db:
        conversations.save(db, "telegram", "old", ChatState(greeted=True), now=NOW)
        conversations.save(db, "telegram", "new", ChatState(task="{}"), now=NOW)
        conversations.move(db, "telegram", chat="old", to="new")
        assert conversations.load(db, "telegram", "new") == ChatState(greeted=True)
        assert conversations.load(db, "telegram", "old") == ChatState()


def test_conversations_long_silent_are_discarded(database: Database) -> None:
    with database.transaction() as db:
        for chat, moment in (("old", later(days=-2)), ("new", NOW)):
            conversations.save(db, "telegram", chat, ChatState(greeted=True), now=moment)
        conversations.discard_old(db, before=later(days=-1))
        assert [conversations.load(db, "telegram", chat).greeted for chat in ("old", "new")] == [False, True]


def test_a_group_has_the_audience_it_was_last_registered_for(database: Database) -> None:
    with database.transaction() as db:
        assert groups.audience_of(db, "telegram", "g") is None
        groups.register(db, "telegram", "g", audience="public", now=NOW)
        groups.register(db, "telegram", "g", audience="member", now=NOW)
        assert (groups.audience_of(db, "telegram", "g"), groups.audience_of(db, "zalo", "g")) == ("member", None)
        groups.move(db, "telegram", chat="g", to="h")
        assert (groups.audience_of(db, "telegram", "g"), groups.audience_of(db, "telegram", "h")) == (None, "member")
        groups.remove(db, "telegram", "h")
        assert groups.audience_of(db, "telegram", "h") is None


def test_a_lease_is_held_until_it_ends_or_is_let_go(database: Database) -> None:
    with database.transaction() as db:
        assert leases.take(db, "telegram", holder="one", now=NOW, until=later(seconds=30))
        assert not leases.take(db, "telegram", holder="two", now=later(seconds=29), until=later(seconds=59))
        assert leases.take(db, "telegram", holder="one", now=later(seconds=10), until=later(seconds=40))
        assert leases.holder_of(db, "telegram", now=later(seconds=39)) == "one"
        assert leases.holder_of(db, "telegram", now=later(seconds=40)) is None
        assert leases.take(db, "telegram", holder="two", now=later(seconds=40), until=later(seconds=70))
        leases.release(db, "telegram", holder="one")
        assert leases.holder_of(db, "telegram", now=later(seconds=41)) == "two"
        leases.release(db, "telegram", holder="two")
        assert leases.take(db, "telegram", holder="one", now=later(seconds=42), until=later(seconds=72))


def test_a_lease_is_taken_by_one_of_two_at_once(database: Database) -> None:
    def take_all(holder: str) -> list[bool]:
        taken = []
        for number in range(20):
            with database.transaction() as db:
                taken.append(leases.take(db, f"lease {number}", holder=holder, now=NOW, until=later(seconds=30)))
        return taken

    first, second = at_once(lambda: take_all("one"), lambda: take_all("two"))
    assert [one + other for one, other in zip(first, second, strict=True)] == [1] * 20
