"""Letters on their way: never in the quiet hours, never after their window, never to who has left or wants none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import texts
from bot.digest.recipients import why_unwanted
from bot.digest.schedule import parse_quiet, quiet_until
from bot.errors import ChannelError
from bot.flow.delivery import WINDOW_CLOSED
from bot.messages import Outgoing, Reply, say
from bot.people.erasing import erase_account, remove_member
from bot.state import accounts, digest_choices, digests, letters, members, outbox
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.letters import Letter
from bot.state.members import Member, Role
from bot.state.outbox import Parcel
from tests.digest.makers import ZONE, local
from tests.flow.fakes import NAME, Flow, ScriptedChannel, message, until
from tests.flow.test_delivery import deliver, deliver_all, error

NIGHT = parse_quiet("21:30-06:00")
EVENING, ENDS = local("2026-11-23 21:00"), local("2026-11-23 21:30")
LONG = say("một " * 30, "hai " * 30, "ba " * 30)

MakeLetters = Callable[..., "Letters"]


class Letters(Flow):
    """Digest 1, with a letter to each of these members; the clock stands in the evening before the quiet hours."""

    def __init__(self, database: Database, *chats: str, reply: Reply, ends_at: datetime, **able: Any) -> None:
        super().__init__(
            database,
            ScriptedChannel(**able),
            quiet_until=lambda moment: quiet_until(NIGHT, moment, ZONE),
            unwanted=lambda parcel: why_unwanted(database, parcel),
        )
        self.clock.now = EVENING
        self.members: dict[str, Member] = {}
        with database.transaction() as db:
            now = EVENING
            moments = {"since": None, "until": now, "starts_at": now, "ends_at": ends_at}
            digests.add(db, slot="2026-11-23", papers="{}", by="clock", now=now, **moments)  # type: ignore[arg-type]
            for chat in chats:
                member = members.add(db, code=chat, name=chat, cell="1", role=Role.MEMBER, now=now)
                accounts.link(db, member=member.id, channel=NAME, account=chat, chat=chat, now=now)
                number = outbox.put(db, channel=NAME, chat=chat, reply=reply, now=now, ends_at=ends_at)
                letters.add(db, digest=1, member=member.id, cell="1", channel=NAME, outbox=number)
                self.members[chat] = member

    def ledger(self) -> list[Letter]:
        with self.database.reading() as db:
            return list(letters.of_digest(db, 1))

    def told(self) -> list[tuple[str, str | None]]:
        return [(each.status.value, each.reason) for each in self.ledger()]


@pytest.fixture
def make_letters(own_database: Database) -> Iterator[MakeLetters]:
    made: list[Letters] = []

    def make(*chats: str, reply: Reply = LONG, ends_at: datetime = ENDS, **able: Any) -> Letters:
        made.append(Letters(own_database, *(chats or ("an",)), reply=reply, ends_at=ends_at, **able))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_what_is_claimed_in_the_evening_goes_and_its_ledger_says_when(make_letters: MakeLetters) -> None:
    flow = make_letters("an", "bình")
    deliver_all(flow)
    assert [each.sent_at for each in flow.ledger()] == [EVENING] * 2
    assert flow.told() == [("sent", None)] * 2


def test_in_the_quiet_hours_nothing_of_a_digest_goes_and_no_try_is_counted(make_letters: MakeLetters) -> None:
    flow = make_letters(ends_at=local("2026-11-24 21:30"))
    flow.clock.now = local("2026-11-23 23:00")
    flow.put("đáp", answers=message(1, chat="bình"), chat="bình")
    deliver(flow, lambda: flow.statuses()[1] == "sent" and flow.rows()[0].not_before > flow.clock())
    assert flow.channel.texts() == ["đáp"], "answers go at any hour"
    row = flow.rows()[0]
    assert (row.status, row.tries, row.not_before) == ("pending", 0, local("2026-11-24 06:00"))
    flow.clock.now = local("2026-11-24 06:00")
    deliver_all(flow)
    assert flow.told() == [("sent", None)]


def test_what_was_waiting_for_its_turn_when_the_quiet_hours_began_does_not_go(make_letters: MakeLetters) -> None:
    """It is looked at once more when it has been looked up, and everything else is done."""
    flow = make_letters(ends_at=local("2026-11-24 21:30"))

    def look(parcel: Parcel) -> Reply:
        flow.clock.now = local("2026-11-23 21:30")
        return parcel.reply

    flow.delivery._still_allowed = look
    deliver(flow, lambda: flow.rows()[0].not_before == local("2026-11-24 06:00"))
    assert (flow.channel.sent, flow.rows()[0].tries, flow.told()) == ([], 0, [("pending", None)])


def test_a_retry_that_would_fall_into_the_quiet_hours_is_their_failure(make_letters: MakeLetters) -> None:
    flow = make_letters()
    flow.clock.now = ENDS - timedelta(seconds=1)
    flow.channel.script["an"].append(error(retry_after=30))
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    assert (flow.statuses(), flow.rows()[0].not_before) == (["pending"], ENDS)
    flow.clock.now = ENDS
    deliver_all(flow)
    assert (flow.told(), flow.channel.sent) == ([("failed", WINDOW_CLOSED)], [])


def test_a_retry_that_would_fall_into_the_quiet_hours_waits_where_the_window_goes_on(make_letters: MakeLetters) -> None:
    flow = make_letters(ends_at=local("2026-11-24 21:30"))
    flow.clock.now = ENDS - timedelta(seconds=1)
    flow.channel.script["an"].append(error())
    deliver(flow, lambda: flow.rows()[0].reason is not None)
    flow.clock.now = ENDS + timedelta(minutes=1)
    deliver(flow, lambda: flow.rows()[0].not_before == local("2026-11-24 06:00"))
    flow.clock.now = local("2026-11-24 06:00")
    deliver_all(flow)
    assert (flow.told(), len(flow.channel.sent)) == ([("sent", None)], 1)


def test_retries_go_on_with_growing_pauses_until_the_window_closes(make_letters: MakeLetters) -> None:
    flow = make_letters()
    flow.channel.script["an"].extend([error()] * 99)
    pauses: list[float] = []
    while flow.clock() < ENDS:
        tries = flow.rows()[0].tries
        deliver(flow, lambda tries=tries: flow.rows()[0].tries > tries and flow.rows()[0].status == "pending")  # type: ignore[misc]
        pauses.append((flow.rows()[0].not_before - flow.clock()).total_seconds())
        flow.clock.now = flow.rows()[0].not_before
    deliver_all(flow)
    assert pauses[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert (sum(pauses), flow.told()) == (30 * 60, [("failed", WINDOW_CLOSED)])


def test_a_letter_of_several_parts_stops_in_front_of_the_quiet_hours_and_ends_after_them(
    make_letters: MakeLetters,
) -> None:
    flow = make_letters(ends_at=local("2026-11-24 21:30"), length=200)
    send = flow.channel.send

    async def late(chat: str, outgoing: Outgoing) -> str | None:
        shown = await send(chat, outgoing)
        flow.clock.wait(minutes=20)
        return shown

    flow.channel.send = late  # type: ignore[method-assign]
    deliver(flow, lambda: flow.rows()[0].not_before == local("2026-11-24 06:00"))
    assert [text.split()[0] for text in flow.channel.texts()] == ["một", "hai"]
    flow.put("đáp", answers=message(1))
    deliver(flow, lambda: flow.statuses()[1] == "sent")
    assert flow.channel.texts()[-1] == "đáp", "what has begun holds up no answer over a night"
    flow.clock.now = local("2026-11-24 06:00")
    deliver_all(flow)
    assert (flow.channel.texts()[-1].split()[0], len(flow.channel.sent), flow.told()) == ("ba", 4, [("sent", None)])


def test_a_letter_that_waits_for_the_morning_holds_up_no_notice(make_letters: MakeLetters) -> None:
    flow = make_letters(ends_at=local("2026-11-24 21:30"))
    with flow.database.transaction() as db:
        outbox.hold(db, 1, until=local("2026-11-24 06:00"), tries=0)
    flow.put("báo động")
    deliver(flow, lambda: flow.statuses()[1] == "sent")
    assert flow.channel.texts() == ["báo động"]


def test_after_its_window_nothing_goes_any_more(make_letters: MakeLetters) -> None:
    flow = make_letters("an", "bình")
    flow.clock.now = local("2026-11-25 08:00")
    deliver_all(flow)
    assert (flow.told(), flow.channel.sent) == ([("failed", WINDOW_CLOSED)] * 2, [])


def test_of_a_letter_whose_window_closes_it_is_not_known_where_a_part_may_have_arrived(
    make_letters: MakeLetters,
) -> None:
    flow = make_letters(length=200)
    flow.channel.script["an"].extend([error(unknown=True), error()])
    deliver(flow, lambda: flow.rows()[0].parts_sent == 1 and flow.rows()[0].reason is not None)
    flow.clock.now = ENDS
    deliver_all(flow)
    assert flow.told() == [("unknown", WINDOW_CLOSED)]


def test_who_opts_out_between_the_claim_and_the_send_gets_none(make_letters: MakeLetters) -> None:
    """It is asked at the last look, when the letter is on its way to the platform."""
    flow = make_letters("an", "bình", "chi")

    def opt_out(chat: str) -> None:
        with flow.database.transaction() as db:
            digest_choices.save(db, flow.members[chat].id, DigestChoice(receives=False), now=flow.clock())

    opt_out("an")
    unwanted = flow.delivery._unwanted
    assert unwanted

    def late(parcel: Parcel) -> Any:
        if parcel.chat == "bình":
            opt_out("bình")
            assert flow.told()[1] == ("sending", None)
        return unwanted(parcel)

    flow.delivery._unwanted = late
    deliver_all(flow)
    assert flow.told() == [("skipped", "opted_out")] * 2 + [("sent", None)]
    assert [chat for chat, _ in flow.channel.sent] == ["chi"]


def test_a_letter_that_has_begun_is_ended_though_its_reader_opts_out(make_letters: MakeLetters) -> None:
    flow = make_letters(length=200)
    send = flow.channel.send

    async def opting_out(chat: str, outgoing: Outgoing) -> str | None:
        with flow.database.transaction() as db:
            digest_choices.save(db, flow.members["an"].id, DigestChoice(receives=False), now=flow.clock())
        return await send(chat, outgoing)

    flow.channel.send = opting_out  # type: ignore[method-assign]
    deliver_all(flow)
    assert (len(flow.channel.sent), flow.told()) == (3, [("sent", None)])


@pytest.mark.parametrize("begun", [False, True])
def test_who_is_taken_off_the_roll_in_the_middle_gets_nothing_more(make_letters: MakeLetters, begun: bool) -> None:
    flow = make_letters("an", "bình", length=200)
    with flow.database.transaction() as db:
        if begun:
            outbox.mark_part(db, 1, parts_sent=1)
        remove_member(db, flow.members["an"])
    deliver_all(flow)
    assert ([chat for chat, _ in flow.channel.sent], flow.told()) == (["bình"] * 3, [("sent", None)])
    assert flow.statuses() == ["sent"]


def test_an_account_that_is_given_up_or_has_another_owner_by_now_gets_nothing(make_letters: MakeLetters) -> None:
    flow = make_letters("an", "bình", "chi")
    with flow.database.transaction() as db:
        erase_account(db, channel=NAME, account="an", chat="an")
        accounts.link(db, member=flow.members["chi"].id, channel=NAME, account="bình", chat="bình", now=flow.clock())
    deliver_all(flow)
    assert flow.told() == [("skipped", "no_channel")] * 2 + [("sent", None)]
    assert [chat for chat, _ in flow.channel.sent] == ["chi"]


def test_who_has_blocked_the_bot_is_inactive_and_skipped_the_next_time(make_letters: MakeLetters) -> None:
    flow = make_letters("an", "bình")
    flow.channel.script["an"].append(ChannelError(channel=NAME, detail="chặn", permanent=True, gone=True))
    deliver_all(flow)
    assert [status for status, _ in flow.told()] == ["failed", "sent"]
    with flow.database.reading() as db:
        assert [account.active for account in accounts.everybody(db)] == [False, True]


def test_at_a_crash_what_was_being_sent_is_unknown_and_what_had_begun_goes_on(make_letters: MakeLetters) -> None:
    flow = make_letters("an", "bình", "chi", length=200)
    with flow.database.transaction() as db:
        outbox.mark_sending(db, 1)
        outbox.mark_part(db, 2, parts_sent=2)
    deliver_all(flow)
    assert flow.told() == [("unknown", "stopped while sending"), ("sent", None), ("sent", None)]
    assert [chat for chat, _ in flow.channel.sent].count("bình") == 1


def test_who_is_sent_one_again_reads_that_it_may_have_come(make_letters: MakeLetters) -> None:
    flow = make_letters(reply=say("tin"))
    with flow.database.transaction() as db:
        outbox.put(db, channel=NAME, chat="an", reply=say("tin"), now=EVENING, ends_at=ENDS, again=True)
        [letter] = letters.of_digest(db, 1)
        letters.send_again(db, letter, outbox=2, channel=NAME)
        outbox.withdraw(db, 1, skipped=letters.Skip.INACTIVE)
    deliver_all(flow)
    assert flow.channel.texts() == [f"{texts.DIGEST_SENT_AGAIN}\n\ntin"]
    assert flow.told() == [("sent", None)]


def test_what_is_due_is_not_asked_for_again_and_again_while_it_waits(make_letters: MakeLetters) -> None:
    flow = make_letters(ends_at=local("2026-11-24 21:30"))
    flow.clock.now = local("2026-11-23 23:00")
    held: list[datetime] = []
    kept_back = flow.delivery._kept_back

    def counted(parcel: Parcel) -> Any:
        held.append(flow.clock())
        return kept_back(parcel)

    flow.delivery._kept_back = counted  # type: ignore[method-assign]

    async def go() -> None:
        async with flow.delivering():
            await until(lambda: flow.rows()[0].not_before == local("2026-11-24 06:00"))
            for _ in range(3):
                flow.delivery.wake()
                await asyncio.sleep(0.02)

    asyncio.run(go())
    assert len(held) == 1
