"""Time travel: the digest goes out by itself in its hour, on its day, once."""

from __future__ import annotations

import asyncio
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.digest.clockwork import RESTORED
from bot.digest.schedule import Schedule
from bot.digest.timetable import Timetable
from bot.errors import StateBusy
from bot.state import digests, notes, outbox
from bot.state.database import Database
from bot.state.letters import LetterStatus
from bot.state.outbox import Status
from tests.digest.conftest import MakeDigests
from tests.digest.makers import MONDAY, NIGHT, ZONE, Clock, Digests, StandIn, local

BEFORE = "2026-11-20 12:00"
"""A Friday, on which everything is installed."""


def installed(make_digests: MakeDigests, *, now: str = BEFORE, **more: object) -> Digests:
    """One member, and an administrator who is told things on Zalo."""
    made = make_digests(now, **more)
    made.add("DV1", "telegram")
    made.add("QT1", "zalo", cell="Văn phòng", role="administrator")
    assert made.clockwork.look() is None
    return made


def slots(made: Digests) -> list[str]:
    with made.database.reading() as db:
        return [f"{each.slot}{' missed' if each.missed else ''}" for each in reversed(digests.newest(db, limit=99))]


def told(made: Digests) -> list[str]:
    """What the administrator was told beside digests."""
    return [row.reply for row in made.rows() if row.chat == "zalo-QT1" and row.ends_at is None]


def looks(made: Digests, *moments: str) -> list[int | None]:
    found = []
    for moment in moments:
        made.clock.set(moment)
        found.append(made.clockwork.look())
    return found


def test_it_goes_out_at_its_hour_and_once(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-23 07:29:59", "2026-11-23 07:30", "2026-11-23 07:30:30", "2026-11-23 20:00") == [
        None, 1, None, None,
    ]  # fmt: skip
    assert slots(made) == ["2026-11-23"]
    assert told(made) == []


def test_every_week_has_one_also_over_the_end_of_the_year(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    days = ["2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11"]
    assert looks(made, "2026-11-23 07:30", *(f"{day} 07:30:10" for day in days)) == [1, 2, 3, 4, 5]
    assert slots(made)[1:] == days


def test_monthly_it_goes_out_on_the_first_such_day(make_digests: MakeDigests) -> None:
    timetable = Timetable(planned=Schedule(weekday=0, at=time(7, 30), monthly=True), quiet=NIGHT, zone=ZONE)
    made = installed(make_digests, timetable=timetable)
    mondays = ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-28", "2027-01-04"]
    assert looks(made, *(f"{day} 07:30" for day in mondays)) == [None, None, 1, None, None, 2]
    assert told(made) == []


def test_what_was_planned_before_the_first_start_is_nobodys_business(make_digests: MakeDigests) -> None:
    made = installed(make_digests, now="2026-11-23 07:31")
    assert looks(made, "2026-11-23 08:00", "2026-11-24 08:00") == [None, None]
    assert (slots(made), told(made)) == ([], [])
    assert looks(made, "2026-11-30 07:30") == [1]


def test_who_slept_through_the_hour_sends_it_on_the_same_day(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-23 16:45") == [1]
    assert [row.not_before for row in made.rows()] == [local("2026-11-23 16:45")] * 2


def test_who_wakes_in_the_quiet_hours_of_the_same_day_sends_it_at_their_end(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-23 23:00") == [1]
    assert {row.not_before for row in made.rows()} == {local("2026-11-24 06:00")}


def test_who_slept_through_the_day_tells_administrators_once_and_sends_nothing(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-24 02:00") == [None]
    assert told(made) == [], "administrators are not woken"
    assert looks(made, "2026-11-24 06:00", "2026-11-24 06:01", "2026-11-26 12:00") == [None, None, None]
    (said,) = told(made)
    assert texts.DIGEST_MISSED.format(at="07:30 23/11/2026") in said
    assert slots(made) == ["2026-11-23 missed"]
    assert looks(made, "2026-11-30 07:30") == [2]
    with made.database.reading() as db:
        found = digests.get(db, 2)
    assert found
    assert found.since is None, "what was missed has told nobody anything"


def test_after_weeks_of_sleep_only_the_last_one_is_told_of(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-12-10 08:00") == [None]
    assert slots(made) == ["2026-12-07 missed"]
    assert len(told(made)) == 1


def test_another_plan_holds_from_when_it_was_made(make_digests: MakeDigests) -> None:
    """Its days of before it was made were slept through by nobody."""
    made = installed(make_digests)
    assert looks(made, "2026-11-23 07:30") == [1]
    with made.database.transaction() as db:
        made.timetable.change(db, Schedule(weekday=1, at=time(7, 0)))
    assert looks(made, "2026-11-25 09:00", "2026-11-30 07:30", "2026-12-01 07:00") == [None, None, 2]
    with made.database.transaction() as db:
        made.timetable.change(db, None)
    assert looks(made, "2026-12-01 07:01", "2026-12-08 08:00", "2026-12-15 08:00") == [None, None, None]
    with made.database.transaction() as db:
        made.timetable.change(db, MONDAY)
    assert looks(made, "2026-12-15 09:00", "2026-12-21 07:30") == [None, 3]
    assert told(made) == []


def test_a_plan_of_a_later_hour_of_the_same_day_sends_no_second_one(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-23 07:30") == [1]
    with made.database.transaction() as db:
        made.timetable.change(db, Schedule(weekday=0, at=time(9, 0)))
    assert looks(made, "2026-11-23 08:00", "2026-11-23 09:00") == [None, None]
    assert slots(made) == ["2026-11-23"]


@pytest.mark.parametrize("moved", ["2026-11-23 07:00", "2026-11-22 23:00", "2026-11-16 08:00"])
def test_a_clock_that_is_put_back_sends_no_second_one(make_digests: MakeDigests, moved: str) -> None:
    made = installed(make_digests)
    assert looks(made, "2026-11-23 07:30", moved, "2026-11-23 07:30", "2026-11-23 07:31") == [1, None, None, None]


@pytest.mark.parametrize(
    ("at", "moments", "expected"),
    [
        (time(2, 30), ["2026-03-29 01:59:59", "2026-03-29 03:29", "2026-03-29 03:30", "2026-03-29 04:00"], [2]),
        (time(2, 30), ["2026-10-25 02:29", "2026-10-25 02:30", "2026-10-25 02:59", "2026-10-25 03:30"], [1]),
    ],
    ids=["an hour that is left out", "an hour that comes twice"],
)
def test_on_a_day_on_which_the_clock_is_changed_it_goes_out_once(
    make_digests: MakeDigests, at: time, moments: list[str], expected: list[int]
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    made = make_digests("2026-01-01 12:00", timetable=Timetable(Schedule(weekday=6, at=at), None, zone))
    made.add("DV1", "telegram")
    made.clock.now = local(moments[0][:10], zone)  # the midnight before
    made.clockwork.look()
    found = []
    for moment in moments:
        made.clock.now = local(moment, zone)
        found.append(made.clockwork.look())
    assert [position for position, number in enumerate(found) if number] == expected
    made.clock.wait(hours=1)
    assert made.clockwork.look() is None


def test_two_processes_that_look_together_send_one(database: Database) -> None:
    from tests.state.makers import at_once

    clock = Clock(BEFORE)
    processes = [Digests(database, clock, StandIn()) for _ in range(2)]
    processes[0].add("DV1", "telegram")
    processes[0].clockwork.look()
    clock.set("2026-11-23 07:30")
    assert sorted(at_once(*(made.clockwork.look for made in processes)), key=str) == [1, None]
    assert len(processes[0].rows()) == 1


def test_two_processes_that_wake_together_tell_of_a_missed_one_once(database: Database) -> None:
    from tests.state.makers import at_once

    clock = Clock(BEFORE)
    processes = [Digests(database, clock, StandIn()) for _ in range(2)]
    processes[0].add("QT1", "zalo", role="administrator")
    processes[0].clockwork.look()
    clock.set("2026-11-24 08:00")
    assert at_once(*(made.clockwork.look for made in processes)) == [None, None]
    assert (len(told(processes[0])), slots(processes[0])) == (1, ["2026-11-23 missed"])


def test_after_a_restore_what_may_have_gone_since_is_not_sent_again_and_administrators_hear_of_it(
    make_digests: MakeDigests,
) -> None:
    made = installed(make_digests)
    with made.database.transaction() as db:
        notes.write(db, RESTORED, local("2026-11-23 09:00").isoformat())
    assert looks(made, "2026-11-23 09:01", "2026-11-23 09:02") == [None, None]
    (said,) = told(made)
    assert texts.DIGEST_NOT_AFTER_RESTORE.format(at="07:30 23/11/2026") in said
    assert looks(made, "2026-11-30 07:30") == [2]


def test_a_restore_before_the_hour_stops_nothing(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    with made.database.transaction() as db:
        notes.write(db, RESTORED, local("2026-11-23 07:00").isoformat())
    assert looks(made, "2026-11-23 07:30") == [1]


def test_administrators_are_told_once_when_not_everybody_got_it_for_certain(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    made.add("DV2", "telegram")
    made.add("DV3", "telegram")
    looks(made, "2026-11-23 07:30")
    by_chat = {row.chat: row.id for row in made.rows()}
    with made.database.transaction() as db:
        outbox.mark_ended(db, by_chat["telegram-DV1"], Status.UNKNOWN, reason="timeout")
        outbox.mark_ended(db, by_chat["telegram-DV2"], Status.FAILED, reason="window closed")
        outbox.mark_sent(db, by_chat["zalo-QT1"], platform_message=None, now=made.clock())
    looks(made, "2026-11-23 07:31")
    assert told(made) == []
    with made.database.transaction() as db:
        outbox.mark_sent(db, by_chat["telegram-DV3"], platform_message=None, now=made.clock())
    looks(made, "2026-11-23 21:40")
    assert told(made) == [], "not at night"
    looks(made, "2026-11-24 06:00", "2026-11-24 06:01")
    (said,) = told(made)
    assert "đã gửi 2 người, chưa gửi được 1 người, chưa rõ 1 người" in said
    assert "/bantin gửi lại" in said


def test_nobody_is_told_of_a_digest_that_everybody_got(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    looks(made, "2026-11-23 07:30")
    with made.database.transaction() as db:
        for row in made.rows():
            outbox.mark_sent(db, row.id, platform_message=None, now=made.clock())
    looks(made, "2026-11-23 07:32", "2026-11-23 08:00")
    assert told(made) == []
    assert {letter.status for letter in made.ledger(1)} == {LetterStatus.SENT}


def test_a_fault_of_the_database_does_not_end_the_clockwork(make_digests: MakeDigests) -> None:
    made = installed(make_digests)
    made.clock.set("2026-11-23 07:30")
    failures = [StateBusy(detail="locked")]
    look = made.clockwork.look

    def failing() -> int | None:
        if failures:
            raise failures.pop()
        return look()

    made.clockwork.look = failing  # type: ignore[method-assign]
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(made.clockwork.run_forever(sleep))
    assert (slots(made), pauses) == (["2026-11-23"], [30.0, 30.0])
