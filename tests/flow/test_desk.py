"""Messages: stored before they are confirmed, each answered once, in the order of its chat."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot import texts
from bot.answering.conversation import Conversation
from bot.department import SILENCE, Outcome, Stale, Task, told
from bot.errors import StateBusy
from bot.messages import Choice, Choices, Incoming, Reply, plain_text
from bot.state import accounts, conversations, inbox, members
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.inbox import Waiting
from bot.state.tables import inbox as inbox_table
from tests.flow.fakes import NAME, START, Flow, echo, message, until

MakeFlow = Callable[..., Flow]


def waiting_texts(database: Database) -> list[str]:
    with database.reading() as db:
        return [each.incoming.text for each in inbox.waiting(db, NAME, limit=100)]


def waiting_count(flow: Flow) -> int:
    with flow.database.reading() as db:
        return inbox.count_waiting(db, NAME)


def answer_all(flow: Flow, *messages: Incoming) -> None:
    """Without sending: the replies stay in the outbox."""

    async def go() -> None:
        await flow.receive(*messages)
        async with flow.answering():
            await until(lambda: waiting_count(flow) == 0)

    asyncio.run(go())


def replies(flow: Flow) -> list[str]:
    return [plain_text(Reply.model_validate_json(row.reply)) for row in flow.rows()]


def test_a_message_is_stored_when_receive_returns(make_flow: MakeFlow, database: Database) -> None:
    asyncio.run(make_flow().receive(message(1)))
    assert waiting_texts(database) == ["câu 1"]


def test_a_message_that_comes_twice_is_stored_and_counted_once(make_flow: MakeFlow) -> None:
    flow = make_flow()
    asyncio.run(flow.receive(message(1), message(1)))
    asyncio.run(flow.receive(message(1)))
    answer_all(flow)
    assert replies(flow) == ["đáp câu 1"]
    assert b'bot_messages_received_total{channel="scripted"} 1.0' in flow.metrics.render()[0]


def test_messages_that_come_at_once_share_transactions(make_flow: MakeFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    flow, opened = make_flow(), 0
    real = flow.database.transaction

    def counted() -> Any:
        nonlocal opened
        opened += 1
        return real()

    monkeypatch.setattr(flow.database, "transaction", counted)
    asyncio.run(flow.receive(*(message(number, chat=f"chat-{number}") for number in range(50))))
    assert opened == 1


def test_a_message_that_cannot_be_stored_is_not_confirmed(make_flow: MakeFlow, database: Database) -> None:
    def fail() -> Any:
        raise StateBusy(detail="locked")

    flow = make_flow()
    real, database.transaction = database.transaction, fail  # type: ignore[method-assign]
    with pytest.raises(StateBusy):
        asyncio.run(flow.receive(message(1), message(2)))
    database.transaction = real  # type: ignore[method-assign]
    assert waiting_texts(database) == []


def test_a_huge_message_is_stored_small_and_stays_too_long(make_flow: MakeFlow, database: Database) -> None:
    asyncio.run(make_flow().receive(message(1, text="á" * 1_000_000)))
    [text] = waiting_texts(database)
    assert (len(text), text[-1]) == (20_001, "…")


def test_chats_are_answered_side_by_side_and_each_in_order(make_flow: MakeFlow) -> None:
    together = threading.Barrier(3)  # broken, and so an error, unless three chats are answered at once
    answered: list[str] = []

    def respond(waiting: Waiting, state: ChatState) -> Outcome:
        if waiting.incoming.message.endswith("-0"):
            together.wait(timeout=10)
        answered.append(waiting.incoming.message)
        return echo(waiting, state)

    flow = make_flow(respond=respond)
    chats = ("an", "bình", "chi")
    answer_all(flow, *(message(number, chat=chat) for number in range(6) for chat in chats))
    for chat in chats:
        assert [each for each in answered if each.startswith(chat)] == [f"{chat}-{number}" for number in range(6)]
    assert len(answered) == 18


def test_no_more_chats_are_answered_at_once_than_allowed(make_flow: MakeFlow) -> None:
    turns, most = threading.Semaphore(2), []

    def respond(waiting: Waiting, state: ChatState) -> Outcome:
        most.append(turns.acquire(blocking=False))
        time.sleep(0.01)
        turns.release()
        return echo(waiting, state)

    answer_all(make_flow(respond=respond, chats=2), *(message(number, chat=f"chat-{number}") for number in range(10)))
    assert most == [True] * 10


def test_the_state_of_a_chat_goes_from_answer_to_answer(make_flow: MakeFlow, database: Database) -> None:
    seen: list[ChatState] = []

    def respond(waiting: Waiting, state: ChatState) -> Outcome:
        seen.append(state)
        task = Task(name="hỏi lại", until=START) if len(seen) == 1 else None
        conversation = Conversation(topic="họp") if len(seen) == 1 else None
        return Outcome(told("vâng").answer, conversation=conversation, task=task)

    answer_all(make_flow(respond=respond), message(1), message(2), message(3))
    assert [state.greeted for state in seen] == [False, True, True]
    assert [state.task is not None for state in seen] == [False, True, False]
    assert [Conversation.model_validate_json(state.conversation).topic for state in seen] == [None, "họp", "họp"]


def test_silence_is_an_answer_and_leaves_the_chat_as_it_was(make_flow: MakeFlow, database: Database) -> None:
    flow = make_flow(respond=lambda _, __: SILENCE)
    answer_all(flow, message(1))
    with database.reading() as db:
        assert conversations.load(db, NAME, "an") == ChatState()
    assert flow.rows() == []


def test_what_an_answer_writes_is_written_with_it_or_not_at_all(make_flow: MakeFlow, database: Database) -> None:
    def write_and_fail(db: Any) -> None:
        members.add(db, code="1", name="An", cell="1", role=members.Role.MEMBER, now=START)
        raise ZeroDivisionError

    def respond(waiting: Waiting, _: ChatState) -> Outcome:
        return told("xong", writes=(write_and_fail,))

    flow = make_flow(respond=respond)
    answer_all(flow, message(1))
    assert replies(flow) == [texts.UNEXPECTED]
    with database.reading() as db:
        assert members.count(db) == 0


def test_what_an_answer_erases_is_not_written_back(make_flow: MakeFlow, database: Database) -> None:
    flow = make_flow(respond=lambda _, __: told("đã xóa", writes=(lambda db: conversations.forget(db, NAME, "an"),)))
    with database.transaction() as db:
        conversations.save(db, NAME, "an", ChatState(conversation='{"topic": "riêng"}'), now=START)
    answer_all(flow, message(1))
    with database.reading() as db:
        assert conversations.load(db, NAME, "an") == ChatState()


def test_an_answer_that_has_gone_stale_is_given_anew(make_flow: MakeFlow) -> None:
    tries = 0

    def refuse_once(_: Any) -> None:
        if tries == 1:
            raise Stale

    def respond(_: Waiting, __: ChatState) -> Outcome:
        nonlocal tries
        tries += 1
        return told(f"lần {tries}", writes=(refuse_once,))

    flow = make_flow(respond=respond)
    answer_all(flow, message(1))
    assert replies(flow) == ["lần 2"]


def test_an_answer_that_is_stale_again_and_again_becomes_an_apology(make_flow: MakeFlow) -> None:
    tries = 0

    def respond(_: Waiting, __: ChatState) -> Outcome:
        nonlocal tries
        tries += 1
        raise Stale

    flow = make_flow(respond=respond)
    answer_all(flow, message(1))
    assert (replies(flow), tries) == ([texts.UNEXPECTED], 3)


def test_a_failing_answer_becomes_an_apology_and_the_others_go_on(make_flow: MakeFlow) -> None:
    def respond(waiting: Waiting, state: ChatState) -> Outcome:
        if waiting.incoming.text == "câu 1":
            raise KeyError("lỗi")
        return echo(waiting, state)

    flow = make_flow(respond=respond)
    answer_all(flow, message(1), message(2))
    assert replies(flow) == [texts.UNEXPECTED, "đáp câu 2"]


def test_a_database_that_is_busy_is_waited_for(make_flow: MakeFlow, database: Database) -> None:
    flow, failures = make_flow(), 3
    real = database.transaction

    def busy_at_first() -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise StateBusy(detail="locked")
        return real()

    asyncio.run(flow.receive(message(1)))
    database.transaction = busy_at_first  # type: ignore[method-assign]
    answer_all(flow)
    assert replies(flow) == ["đáp câu 1"]


def test_a_message_that_cannot_be_read_any_more_is_passed_over(
    make_flow: MakeFlow, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    flow = make_flow()
    asyncio.run(flow.receive(message(1), message(2), message(1, chat="bình")))
    with database.transaction() as db:
        db.execute(update(inbox_table).where(inbox_table.c.message == "an-1").values(incoming='{"channel": 7}'))
    answer_all(flow)
    assert sorted(replies(flow)) == ["đáp câu 1", "đáp câu 2"]
    assert [record.getMessage() for record in caplog.records] == ["message 1: cannot be read, and is passed over"]


def test_messages_that_other_processes_store_are_answered_too(make_flow: MakeFlow) -> None:
    here, elsewhere = make_flow(), make_flow()

    async def go() -> None:
        async with here.answering():
            await elsewhere.receive(message(1))
            await until(lambda: len(here.rows()) == 1)

    asyncio.run(go())


def test_two_desks_on_one_channel_answer_each_message_once(
    make_flow: MakeFlow, caplog: pytest.LogCaptureFixture
) -> None:
    """Which a lease forbids; but a process may find out late that it has lost it."""
    one, two = make_flow(), make_flow()

    async def go() -> None:
        await one.receive(*(message(number, chat=f"chat-{number % 5}") for number in range(40)))
        async with one.answering(), two.answering():
            await until(lambda: waiting_count(one) == 0)

    asyncio.run(go())
    assert sorted(replies(one)) == sorted(f"đáp câu {number}" for number in range(40))
    assert not caplog.records, "whoever comes second has nothing to do, which is no fault"


@pytest.mark.parametrize(
    ("received", "sent", "late"),
    [
        (timedelta(seconds=119), None, False),
        (timedelta(minutes=3), None, True),
        (timedelta(0), timedelta(hours=3), True),
        (timedelta(0), timedelta(days=400), False),  # a platform whose clock is wrong
    ],
    ids=["soon", "waited here", "waited at the platform", "impossibly old"],
)
def test_what_had_to_wait_is_answered_with_an_apology(
    make_flow: MakeFlow, received: timedelta, sent: timedelta | None, late: bool
) -> None:
    flow = make_flow()
    sent_at: datetime | None = START - sent if sent else None
    asyncio.run(flow.receive(message(1, sent_at=sent_at)))
    flow.clock.now += received
    answer_all(flow)
    assert replies(flow)[0].startswith(texts.LATE_ANSWER) is late
    assert replies(flow)[0].endswith("đáp câu 1")


def test_whoever_writes_is_active_again(make_flow: MakeFlow, database: Database) -> None:
    with database.transaction() as db:
        member = members.add(db, code="1", name="An", cell="1", role=members.Role.MEMBER, now=START)
        accounts.link(db, member=member.id, channel=NAME, account="an", chat="an", now=START)
        accounts.set_active(db, NAME, "an", active=False)
    flow = make_flow()
    asyncio.run(flow.receive(message(1, private=False)))
    with database.reading() as db:
        assert [each.active for each in accounts.everybody(db)] == [False]
    asyncio.run(flow.receive(message(2)))
    with database.reading() as db:
        assert [each.active for each in accounts.everybody(db)] == [True]


def test_answers_under_way_are_finished_when_the_desk_stops(make_flow: MakeFlow) -> None:
    started = threading.Event()

    def slow(waiting: Waiting, state: ChatState) -> Outcome:
        started.set()
        time.sleep(0.3)
        return echo(waiting, state)

    flow = make_flow(respond=slow)

    async def go() -> None:
        await flow.receive(message(1), message(2))
        async with flow.answering():
            await until(started.is_set)

    asyncio.run(go())
    assert replies(flow) == ["đáp câu 1"]


def test_choices_keep_their_positions_under_an_apology(make_flow: MakeFlow) -> None:
    choices = Choices(choices=(Choice(label="Một", send="1"),))
    answer = told("chọn").answer
    assert answer is not None
    reply = Reply(blocks=(*answer.reply.blocks, choices))
    flow = make_flow(respond=lambda _, __: Outcome(answer.model_copy(update={"reply": reply})))
    asyncio.run(flow.receive(message(1)))
    flow.clock.wait(minutes=5)
    answer_all(flow)
    assert Reply.model_validate_json(flow.rows()[0].reply).blocks[1:] == reply.blocks


def test_nothing_is_stored_twice_over_a_whole_flow(make_flow: MakeFlow) -> None:
    flow = make_flow()

    async def go() -> None:
        async with flow.running():
            for number in range(30):
                await flow.receive(message(number, chat=f"chat-{number % 3}"), message(number, chat="chat-0"))
            await until(lambda: waiting_count(flow) == 0)
            stored = await asyncio.to_thread(_count, flow.database)
            await until(lambda: len(flow.channel.sent) == stored)

    asyncio.run(go())
    assert len(set(flow.channel.texts("chat-1"))) == len(flow.channel.texts("chat-1")) == 10


def _count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(inbox_table)) or 0
