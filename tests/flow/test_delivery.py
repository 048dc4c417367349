"""Replies: sent once, in the order of their chat, at the channel's pace; and what becomes of those that fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot import texts
from bot.channels.splitting import sent_parts
from bot.errors import ChannelError
from bot.messages import Choice, Choices, File, Outgoing, QuoteBlock, Reply, Text, choice_id, plain_text, say
from bot.state import accounts, conversations, groups, members, outbox
from bot.state.conversations import ChatState
from bot.state.database import Database
from bot.state.outbox import Parcel, Status
from bot.state.tables import outbox as outbox_table
from tests.flow.fakes import NAME, START, Flow, message, stop, until

MakeFlow = Callable[..., Flow]


def error(**facts: object) -> ChannelError:
    return ChannelError(channel=NAME, detail="kịch bản", **facts)  # type: ignore[arg-type]


def deliver(flow: Flow, claim: Callable[[], bool]) -> None:
    async def go() -> None:
        async with flow.delivering():
            await until(claim)

    asyncio.run(go())


def deliver_all(flow: Flow) -> None:
    deliver(flow, lambda: not {"pending", "sending"} & set(flow.statuses()))


def set_status(database: Database, number: int, status: Status, *, parts_sent: int = 0) -> None:
    with database.transaction() as db:
        db.execute(
            update(outbox_table)
            .where(outbox_table.c.id == number)
            .values(status=status.value, parts_sent=parts_sent, tries=1)
        )


def link(database: Database, chat: str) -> None:
    with database.transaction() as db:
        member = members.add(db, code=chat, name=chat, cell="1", role=members.Role.MEMBER, now=START)
        accounts.link(db, member=member.id, channel=NAME, account=chat, chat=chat, now=START)


def test_a_reply_is_marked_before_it_is_sent_and_again_afterwards(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.put("chào")
    flow.channel.gate.clear()

    async def go() -> None:
        async with flow.delivering():
            await until(lambda: flow.channel.at_once == 1)
            assert flow.statuses() == ["sending"]
            flow.channel.gate.set()
            await until(lambda: flow.statuses() == ["sent"])

    asyncio.run(go())
    [row] = flow.rows()
    assert (row.platform_message, row.sent_at, row.parts_sent) == ("platform-1", START, 0)


def test_a_chat_gets_its_replies_in_order_one_at_a_time(make_flow: MakeFlow) -> None:
    flow = make_flow()
    for number in range(5):
        for chat in ("an", "bình"):
            flow.put(f"{number}", chat=chat)
    deliver_all(flow)
    assert flow.channel.texts("an") == flow.channel.texts("bình") == ["0", "1", "2", "3", "4"]
    assert flow.channel.most_at_once <= 2


def test_no_more_are_sent_at_once_than_there_are_workers(make_flow: MakeFlow) -> None:
    flow = make_flow(workers=3)
    for number in range(10):
        flow.put("chào", chat=f"chat-{number}")
    flow.channel.gate.clear()

    async def go() -> None:
        async with flow.delivering():
            await until(lambda: flow.channel.at_once == 3)
            assert sorted(flow.statuses()) == ["pending"] * 7 + ["sending"] * 3
            flow.channel.gate.set()
            await until(lambda: flow.statuses() == ["sent"] * 10)

    asyncio.run(go())
    assert flow.channel.most_at_once == 3


def test_answers_go_before_anything_pushed_in_other_chats_and_in_the_same(make_flow: MakeFlow) -> None:
    flow = make_flow(workers=1)
    for number in range(20):
        flow.put("thông báo", chat=f"chat-{number}")
    flow.put("đáp 1", chat="chat-19", answers=message(1, chat="chat-19"))
    flow.put("đáp 2", chat="chat-20", answers=message(1, chat="chat-20"))
    deliver_all(flow)
    assert flow.channel.texts()[:2] == ["đáp 1", "đáp 2"]
    assert flow.channel.texts("chat-19") == ["đáp 1", "thông báo"]


def test_a_long_reply_goes_in_parts_with_the_number_of_the_whole(make_flow: MakeFlow) -> None:
    flow = make_flow(capabilities={"length": 200, "choices": True})
    choices = Choices(choices=(Choice(label="Xem thêm", send="xem thêm"),))
    number = flow.put(Reply(blocks=(Text(text="một " * 30), Text(text="hai " * 30), choices)))
    deliver_all(flow)
    first, second = (outgoing for _, outgoing in flow.channel.sent)
    assert (first.number, second.number) == (number, number)
    assert (plain_text(first.reply).split()[0], second.reply.blocks[-1]) == ("một", choices)
    assert choice_id(second.number, 1) == f"{number}:1"


def test_between_the_parts_of_a_reply_other_chats_get_theirs(make_flow: MakeFlow) -> None:
    flow = make_flow(workers=1, capabilities={"length": 200, "chat_interval": 0.3})
    flow.put(say("một " * 30, "hai " * 30), chat="an")
    flow.put("chào", chat="bình")
    deliver_all(flow)
    assert [chat for chat, _ in flow.channel.sent] == ["an", "bình", "an"]


def test_a_reply_that_has_begun_is_ended_before_a_later_answer(make_flow: MakeFlow) -> None:
    flow = make_flow(workers=1, capabilities={"length": 200})
    flow.put(say("một " * 30, "hai " * 30))
    with flow.database.transaction() as db:
        outbox.mark_part(db, 1, parts_sent=1)
    flow.put("đáp", answers=message(1))
    deliver_all(flow)
    assert [text.split()[0] for text in flow.channel.texts()] == ["hai", "đáp"]


def test_a_failed_part_is_sent_again_and_those_before_it_are_not(make_flow: MakeFlow) -> None:
    flow = make_flow(capabilities={"length": 200})
    flow.channel.script["an"].extend([None, error()])
    flow.put(say("một " * 30, "hai " * 30))
    deliver(flow, lambda: len(flow.channel.sent) == 1 and flow.rows()[0].reason is not None)
    flow.clock.wait(seconds=2)
    deliver_all(flow)
    assert [text.split()[0] for text in flow.channel.texts()] == ["một", "hai"]


def test_a_reply_takes_the_place_of_the_message_that_it_replaces(make_flow: MakeFlow) -> None:
    flow = make_flow()
    first = flow.put("đang làm")
    flow.put("xong", replaces=first)
    deliver_all(flow)
    assert [outgoing.replaces for _, outgoing in flow.channel.sent] == [None, "platform-1"]


def test_a_limit_of_the_platform_is_waited_out(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.channel.script["an"].append(error(retry_after=30))
    flow.put("chào")
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    assert flow.rows()[0].not_before == START + timedelta(seconds=30)
    assert flow.delivery._pace._paused_until > flow.delivery._monotonic() + 20


def test_whoever_blocked_the_bot_is_marked_inactive_and_the_others_go_on(
    make_flow: MakeFlow, database: Database
) -> None:
    flow = make_flow()
    for chat in ("an", "bình"):
        link(database, chat)
        flow.put("chào", chat=chat)
    flow.channel.script["an"].append(error(permanent=True, gone=True))
    deliver_all(flow)
    assert flow.statuses() == ["failed", "sent"]
    with database.reading() as db:
        assert [account.active for account in accounts.everybody(db)] == [False, True]
    assert b'bot_replies_failed_total{channel="scripted"} 1.0' in flow.metrics.render()[0]


@pytest.mark.parametrize("fault", [error(unknown=True), KeyError("lỗi của kênh")], ids=["timeout", "fault"])
def test_what_may_have_arrived_is_not_sent_again(make_flow: MakeFlow, fault: Exception) -> None:
    flow = make_flow()
    flow.channel.script["an"].append(fault)
    flow.put("một")
    flow.put("hai")
    deliver_all(flow)
    flow.clock.wait(days=1)
    deliver_all(flow)
    assert (flow.statuses(), flow.channel.texts()) == (["unknown", "sent"], ["hai"])


def test_a_message_that_is_refused_for_good_fails_alone_and_its_reader_stays_active(
    make_flow: MakeFlow, database: Database
) -> None:
    flow = make_flow()
    link(database, "an")
    flow.channel.script["an"].append(error(permanent=True))
    flow.put("một")
    flow.put("hai")
    deliver_all(flow)
    assert (flow.statuses(), flow.channel.texts()) == (["failed", "sent"], ["hai"])
    with database.reading() as db:
        assert [account.active for account in accounts.everybody(db)] == [True]


def test_only_the_part_that_may_have_arrived_is_withheld(make_flow: MakeFlow) -> None:
    flow = make_flow(capabilities={"length": 200})
    flow.channel.script["an"].append(error(unknown=True))
    flow.put(say("một " * 30, "hai " * 30, "ba " * 30))
    deliver_all(flow)
    assert [text.split()[0] for text in flow.channel.texts()] == ["hai", "ba"]
    [row] = flow.rows()
    assert (row.status, row.reason) == ("unknown", str(error()))


@pytest.mark.parametrize(
    "asked", [{"retry_after": 30}, {"permanent": True, "closed": True}], ids=["too many", "wrong token"]
)
def test_what_is_too_old_is_given_up_also_where_the_channel_rests(make_flow: MakeFlow, asked: dict[str, Any]) -> None:
    flow = make_flow()
    flow.channel.script["an"].append(error(**asked))
    flow.put("chào", answers=message(1))
    flow.clock.wait(hours=24)
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    assert flow.statuses() == ["failed"]
    assert flow.delivery._pace._paused_until > flow.delivery._monotonic() + 20


def test_a_limit_of_one_chat_lets_the_others_go_on(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.channel.script["nhóm"].append(error(retry_after=3600, of_chat=True))
    flow.put("một", chat="nhóm", answers=message(1, chat="nhóm"))
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    flow.put("chào", chat="bình")
    deliver(flow, lambda: flow.statuses()[1] == "sent")
    assert (flow.statuses(), flow.channel.texts()) == (["pending", "sent"], ["chào"])
    assert flow.rows()[0].not_before == START + timedelta(hours=1)


@pytest.mark.parametrize("lead", [None, "đoạn dẫn " * 40], ids=["in quotes", "in plain texts"])
def test_every_part_goes_as_it_may_be_shown_at_that_moment(make_flow: MakeFlow, lead: str | None) -> None:
    """Also where a quote is too long for its frame and has been cut into plain texts, which name no directive."""
    quote = QuoteBlock(text="mật " * 100, citation="nơi", directive="x", lead=lead)
    is_withdrawn: list[bool] = []

    def still_allowed(parcel: Parcel) -> Reply | None:
        blocks = [Text(text=texts.NO_LONGER_SHOWN) if block == quote else block for block in parcel.reply.blocks]
        return Reply(blocks=tuple(blocks)) if is_withdrawn else parcel.reply

    flow = make_flow(capabilities={"length": 300}, still_allowed=still_allowed)
    flow.put(Reply(blocks=(Text(text="một " * 60), quote, Text(text="ba " * 60))))
    assert len(sent_parts(first_due(flow).reply, flow.channel.capabilities)) > 3
    send = flow.channel.send

    async def withdraw_after_the_first(chat: str, outgoing: Outgoing) -> str | None:
        is_withdrawn.append(True)
        return await send(chat, outgoing)

    flow.channel.send = withdraw_after_the_first  # type: ignore[method-assign]
    deliver_all(flow)
    first, *others = flow.channel.texts()
    assert first.split()[0] == "một"
    assert not any("mật" in text or "dẫn" in text for text in others)
    assert texts.NO_LONGER_SHOWN in others[0]
    assert others[-1].rstrip().endswith("ba ba")


def first_due(flow: Flow) -> Parcel:
    with flow.database.reading() as db:
        return outbox.due(db, NAME, now=flow.clock(), limit=1)[0]


def test_a_reply_of_which_nothing_may_be_shown_is_a_sentence(make_flow: MakeFlow) -> None:
    flow = make_flow(still_allowed=lambda _: None)
    flow.put("mật")
    deliver_all(flow)
    assert (flow.statuses(), flow.channel.texts()) == (["sent"], [texts.NO_LONGER_SHOWN])


def test_what_cannot_be_looked_at_does_not_go_until_it_can(make_flow: MakeFlow) -> None:
    failures = [KeyError("kho")]

    def still_allowed(parcel: Parcel) -> Reply | None:
        if failures:
            raise failures.pop()
        return parcel.reply

    flow = make_flow(still_allowed=still_allowed)
    flow.put("chào")
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    assert (flow.statuses(), flow.channel.sent) == (["pending"], [])
    flow.clock.wait(seconds=5)
    deliver_all(flow)
    assert flow.channel.texts() == ["chào"]


def test_a_chat_that_has_moved_is_moved_everywhere(make_flow: MakeFlow, database: Database) -> None:
    link(database, "an")
    with database.transaction() as db:
        conversations.save(db, NAME, "an", ChatState(greeted=True), now=START)
        groups.register(db, NAME, "an", audience="member", now=START)
    flow = make_flow()
    flow.channel.script["an"].append(error(moved_to="an-mới"))
    flow.put("một")
    flow.put("hai")
    deliver_all(flow)
    assert [chat for chat, _ in flow.channel.sent] == ["an-mới", "an-mới"]
    with database.reading() as db:
        assert accounts.everybody(db)[0].chat == "an-mới"
        assert conversations.load(db, NAME, "an-mới").greeted
        assert groups.audience_of(db, NAME, "an-mới") == "member"


def test_a_failing_platform_is_tried_again_with_growing_pauses_and_holds_up_its_chat(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.channel.script["an"].extend([error()] * 12)
    flow.put("một", answers=message(1))
    flow.put("hai", answers=message(2))
    pauses = []
    for _ in range(12):
        tries = flow.rows()[0].tries
        deliver(flow, lambda tries=tries: flow.rows()[0].tries > tries and flow.rows()[0].status == "pending")  # type: ignore[misc]
        pauses.append((flow.rows()[0].not_before - flow.clock()).total_seconds())
        flow.clock.now = flow.rows()[0].not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    assert flow.statuses() == ["pending", "pending"]
    deliver_all(flow)
    assert flow.channel.texts() == ["một", "hai"]


@pytest.mark.parametrize(
    ("pushed", "hours", "ends"),
    [(False, 23, "pending"), (False, 24, "failed"), (True, 24, "pending"), (True, 24 * 7, "failed")],
)
def test_a_reply_is_given_up_when_nobody_waits_for_it_any_more(
    make_flow: MakeFlow, pushed: bool, hours: int, ends: str
) -> None:
    flow = make_flow()
    flow.channel.script["an"].append(error())
    flow.put("chào", answers=None if pushed else message(1))
    flow.clock.wait(hours=hours)
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    assert flow.statuses() == [ends]


def test_an_answer_that_was_being_sent_at_a_crash_goes_again_and_says_so(
    make_flow: MakeFlow, database: Database
) -> None:
    flow = make_flow()
    set_status(database, flow.put("đáp", answers=message(1)), Status.SENDING)
    flow.put("đáp tiếp", answers=message(2))
    deliver_all(flow)
    assert flow.channel.texts() == [f"{texts.SENT_AGAIN}\n\nđáp", "đáp tiếp"]
    assert texts.SENT_AGAIN.startswith("Tôi xin gửi lại câu trả lời")


def test_what_was_pushed_at_a_crash_is_not_sent_again(make_flow: MakeFlow, database: Database) -> None:
    flow = make_flow()
    set_status(database, flow.put("thông báo"), Status.SENDING)
    deliver_all(flow)
    assert (flow.statuses(), flow.channel.sent) == (["unknown"], [])


def test_after_a_crash_only_the_part_that_was_being_sent_goes_again(make_flow: MakeFlow, database: Database) -> None:
    """And the parts are cut as they were, with the sentence and without."""
    flow = make_flow(capabilities={"length": 220})
    reply = say("một " * 30, "hai " * 30, "ba " * 30)
    number = flow.put(reply, answers=message(1))
    set_status(database, number, Status.SENDING, parts_sent=1)
    deliver_all(flow)
    second, third = flow.channel.texts()
    assert second == f"{texts.SENT_AGAIN}\n\n{('hai ' * 30).strip()} "
    assert third.split() == ["ba"] * 30
    assert max(len(second), len(third)) <= 220


def test_files_are_parts_of_their_own(make_flow: MakeFlow) -> None:
    flow = make_flow(capabilities={"length": 500, "files": True})
    quote = QuoteBlock(text="Điều 1", citation="Quy định 19-QĐ/ĐU")
    flow.put(Reply(blocks=(quote, File(path="a.docx", name="a.docx"))))
    deliver_all(flow)
    assert [outgoing.reply.blocks[-1].kind for _, outgoing in flow.channel.sent] == ["quote", "file"]


def test_an_empty_reply_ends_without_being_sent(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.put(Reply(blocks=()))
    deliver_all(flow)
    assert (flow.statuses(), flow.channel.sent) == (["sent"], [])


def test_sends_under_way_end_and_due_answers_still_go_when_delivery_stops(make_flow: MakeFlow) -> None:
    flow = make_flow(workers=1)
    flow.put("đang gửi", answers=message(1))
    flow.channel.gate.clear()

    async def go() -> None:
        task = asyncio.create_task(flow.delivery.run())
        await until(lambda: flow.channel.at_once == 1)
        flow.put("đáp", chat="bình", answers=message(1, chat="bình"))
        flow.put("thông báo", chat="chi")
        task.cancel()
        await asyncio.sleep(0.05)
        flow.channel.gate.set()
        await asyncio.wait({task})

    asyncio.run(go())
    assert flow.channel.texts() == ["đang gửi", "đáp"]
    assert flow.statuses() == ["sent", "sent", "pending"]


def test_a_send_that_does_not_end_is_given_up_at_the_end_of_the_grace(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.delivery._grace = 0.1
    flow.put("đang gửi", answers=message(1))
    flow.channel.gate.clear()

    async def go() -> None:
        task = asyncio.create_task(flow.delivery.run())
        await until(lambda: flow.channel.at_once == 1)
        await stop(task)

    asyncio.run(go())
    assert flow.statuses() == ["sending"]


def test_a_busy_database_does_not_make_what_was_sent_forgotten(make_flow: MakeFlow, database: Database) -> None:
    from bot.errors import StateBusy

    flow = make_flow()
    flow.delivery._sleep = lambda _: asyncio.sleep(0.01)
    flow.put("chào")
    flow.channel.gate.clear()
    real, failures = database.transaction, 3

    def busy() -> object:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise StateBusy(detail="locked")
        return real()

    async def go() -> None:
        async with flow.delivering():
            await until(lambda: flow.channel.at_once == 1)
            database.transaction = busy  # type: ignore[method-assign, assignment]
            flow.channel.gate.set()
            await until(lambda: flow.statuses() == ["sent"])

    asyncio.run(go())
    assert flow.channel.texts() == ["chào"]


def test_the_time_from_receipt_to_arrival_is_measured(make_flow: MakeFlow) -> None:
    flow = make_flow()
    flow.put("đáp", answers=message(1))
    flow.clock.wait(seconds=3)
    deliver_all(flow)
    page = flow.metrics.render()[0].decode()
    assert 'bot_answer_seconds_sum{channel="scripted"} 3.0' in page
    assert 'bot_replies{status="sent"} 1.0' in page
