"""What became of a digest, and those of whom it is not known sent to once more."""

from __future__ import annotations

import pytest

from bot.digest.ledger import Retried, Standing, bar, retry_unknown, standing
from bot.people.erasing import erase_account
from bot.state import accounts, digest_choices, letters, outbox
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.letters import LetterStatus
from bot.state.outbox import Status
from tests.digest.conftest import MakeDigests
from tests.digest.makers import LINKED, Clock, Digests, local
from tests.state.makers import at_once

NOW = "2026-11-23 07:30"


def end(made: Digests, chat: str, status: Status, reason: str = "timeout") -> None:
    number = next(row.id for row in made.rows() if row.chat == chat)
    with made.database.transaction() as db:
        if status is Status.SENT:
            outbox.mark_sent(db, number, platform_message=None, now=made.clock())
        elif status is Status.SENDING:
            outbox.mark_sending(db, number)
        else:
            outbox.mark_ended(db, number, status, reason=reason)


def seen(made: Digests, number: int | None = None) -> Standing:
    with made.database.reading() as db:
        found = standing(db, number)
    assert found
    return found


def again(made: Digests) -> Retried:
    with made.database.transaction() as db:
        return retry_unknown(db, 1, made.timetable, by="QT01", now=made.clock())


def of_people(made: Digests, count: int) -> Digests:
    for number in range(count):
        made.add(f"DV{number}", "telegram")
    made.claiming.claim_now(by="QT1")
    return made


def test_the_ledger_counts_everybody_and_names_who_is_not_certain(make_digests: MakeDigests) -> None:
    made = make_digests(NOW)
    made.add("DV9")
    of_people(made, 6)
    end(made, "telegram-DV0", Status.SENT)
    end(made, "telegram-DV1", Status.UNKNOWN)
    end(made, "telegram-DV2", Status.FAILED, "blocked")
    end(made, "telegram-DV3", Status.FAILED, "blocked")
    end(made, "telegram-DV4", Status.SENDING)
    found = seen(made)
    assert {status.value: count for status, count in found.counts.items()} == {
        "pending": 1, "sending": 1, "sent": 1, "failed": 2, "unknown": 1, "skipped": 1,
    }  # fmt: skip
    assert (found.reasons, found.skipped) == ((("blocked", 2),), (("no_channel", 1),))
    assert [member.code for member in found.unknown] == ["DV1"]
    assert [member.code for member in found.failed] == ["DV2", "DV3"]
    assert (found.people, found.waiting, found.done, found.is_over) == (6, 2, 4, False)
    assert bar(found) == "▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░ 66% (4/6)"


@pytest.mark.parametrize(
    ("done", "expected"),
    [(0, "░" * 20 + " 0% (0/300)"), (299, "▓" * 19 + "░ 99% (299/300)"), (300, "▓" * 20 + " 100% (300/300)")],
)
def test_the_bar_is_full_only_when_everybody_is_done(make_digests: MakeDigests, done: int, expected: str) -> None:
    found = seen(of_people(make_digests(NOW), 1))
    counts = {**found.counts, LetterStatus.PENDING: 300 - done, LetterStatus.SENT: done}
    assert bar(Standing(found.digest, counts, (), (), (), ())) == expected


def test_a_digest_for_nobody_is_over(make_digests: MakeDigests) -> None:
    found = seen(of_people(make_digests(NOW), 0))
    assert (found.is_over, bar(found)) == (True, "▓" * 20 + " 100% (0/0)")


def test_without_a_digest_there_is_no_standing(make_digests: MakeDigests) -> None:
    with make_digests(NOW).database.reading() as db:
        assert (standing(db), standing(db, 7)) == (None, None)


def test_only_those_of_whom_it_is_not_known_are_sent_to_again_and_are_told(make_digests: MakeDigests) -> None:
    made = of_people(make_digests(NOW), 3)
    end(made, "telegram-DV0", Status.UNKNOWN)
    end(made, "telegram-DV1", Status.FAILED)
    end(made, "telegram-DV2", Status.SENT)
    assert again(made) == Retried(again=1, left=0, starts_at=made.clock())
    assert made.statuses(1) == ["pending", "failed", "sent"]
    new = made.rows()[-1]
    with made.database.reading() as db:
        (parcel,) = outbox.due(db, "telegram", now=made.clock(), limit=9)
    assert (parcel.number, parcel.chat, parcel.again, parcel.ends_at) == (
        new.id, "telegram-DV0", True, local("2026-11-23 21:30"),
    )  # fmt: skip
    assert new.reply == made.rows()[0].reply, "the content is the one that was frozen"
    assert again(made).again == 0
    end_of_it = next(row.id for row in reversed(made.rows()) if row.chat == "telegram-DV0")
    with made.database.transaction() as db:
        outbox.mark_sent(db, end_of_it, platform_message=None, now=made.clock())
    assert made.statuses(1) == ["sent", "failed", "sent"]


def test_at_night_it_waits_for_the_morning(make_digests: MakeDigests) -> None:
    made = of_people(make_digests(NOW), 1)
    end(made, "telegram-DV0", Status.UNKNOWN)
    made.clock.set("2026-11-23 22:00")
    assert again(made).starts_at == local("2026-11-24 06:00")
    row = made.rows()[-1]
    assert (row.not_before, row.ends_at) == (local("2026-11-24 06:00"), local("2026-11-24 21:30"))


def test_who_has_read_it_wants_none_or_is_gone_is_left_alone(make_digests: MakeDigests) -> None:
    made = of_people(make_digests(NOW), 5)
    for number in range(5):
        end(made, f"telegram-DV{number}", Status.UNKNOWN)
    read, unwilling, gone, blocked, _ = (letter.member for letter in made.ledger(1))
    with made.database.transaction() as db:
        letters.mark_read(db, 1, read, now=made.clock())
        digest_choices.save(db, unwilling, DigestChoice(receives=False), now=LINKED)
        erase_account(db, channel="telegram", account="telegram-DV2", chat="telegram-DV2")
        accounts.set_active(db, "telegram", "telegram-DV3", active=False)
    done = again(made)
    assert (done.again, done.left) == (1, 4)
    assert made.statuses(1) == ["unknown"] * 4 + ["pending"]
    assert {gone, blocked} <= {member.id for member in seen(made).unknown}


def test_two_who_press_the_button_together_send_one(database: Database) -> None:
    made = of_people(Digests(database, Clock(NOW)), 2)
    for number in range(2):
        end(made, f"telegram-DV{number}", Status.UNKNOWN)
    done = at_once(lambda: again(made), lambda: again(made))
    assert sorted(each.again for each in done) == [0, 2]
    assert len(made.rows()) == 4
