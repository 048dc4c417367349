"""A digest is claimed once, for everybody of the roll, with what each is to get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.messages import plain_text
from bot.state import audit, digest_choices, digests, letters
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.digests import Digest
from bot.state.letters import LetterStatus
from tests.digest.conftest import MakeDigests
from tests.digest.makers import LINKED, Clock, Digests, StandIn, local
from tests.state.makers import at_once

MONDAY_MORNING = "2026-11-23 07:30"
SLOT = local(MONDAY_MORNING)


def get(made: Digests, number: int) -> Digest:
    with made.database.reading() as db:
        found = digests.get(db, number)
    assert found
    return found


def test_everybody_of_the_roll_has_a_row_and_only_those_who_get_it_have_a_reply(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    made.add("DV1", "telegram")
    made.add("DV2", "zalo", cell="Khu phố 2")
    made.add("DV3")
    made.add("DV4", "telegram", active=False)
    assert made.claiming.claim_slot(SLOT, by="clock") == 1
    assert sorted(made.statuses(1)) == ["pending", "pending", "skipped", "skipped"]
    assert made.queued() == {
        "telegram-DV1": "bản tin 1 của Khu phố 1 trên telegram",
        "zalo-DV2": "bản tin 1 của Khu phố 2 trên zalo",
    }
    digest = get(made, 1)
    assert (digest.slot, digest.missed, digest.since, digest.until) == ("2026-11-23", False, None, SLOT)
    assert {(row.not_before, row.ends_at) for row in made.rows()} == {(SLOT, local("2026-11-23 21:30"))}


def test_the_whole_digest_is_kept_once_for_all_who_may_see_the_same_also_for_those_who_get_none(
    make_digests: MakeDigests,
) -> None:
    made = make_digests(MONDAY_MORNING)
    members = [made.add("DV1", "telegram"), made.add("DV2", "zalo"), made.add("DV3"), made.add("DV4", cell="Khu phố 2")]
    made.claiming.claim_slot(SLOT, by="clock")
    kept = {letter.member: letter.text for letter in made.ledger(1)}
    assert kept[members[0].id] == kept[members[1].id] == kept[members[2].id] != kept[members[3].id]
    with made.database.reading() as db:
        found = letters.last_of(db, members[2].id)
    assert found
    assert plain_text(found[1]) == "bản tin 1 của Khu phố 1, toàn văn"


def test_a_slot_is_claimed_once(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    made.add("DV1", "telegram")
    assert [made.claiming.claim_slot(SLOT, by="clock") for _ in range(2)] == [1, None]
    assert len(made.rows()) == 1


@pytest.mark.parametrize("what", ["slot", "now"])
def test_of_several_that_claim_at_the_same_moment_one_does(database: Database, what: str) -> None:
    clock = Clock(MONDAY_MORNING)
    processes = [Digests(database, clock, StandIn()) for _ in range(4)]
    processes[0].add("DV1", "telegram")

    def claim(made: Digests) -> Callable[[], int | None]:
        made.author = made.claiming.author = AsKnown()
        return lambda: (
            made.claiming.claim_slot(SLOT, by="clock") if what == "slot" else made.claiming.claim_now(by="QT1")
        )

    claimed = at_once(*map(claim, processes))
    assert sorted(claimed, key=str) == [1, None, None, None]
    assert processes[0].statuses(1) == ["pending"]
    assert len(processes[0].rows()) == 1


class AsKnown(StandIn):
    """There is news until somebody has told it."""

    def __call__(self, last: Digest | None, until: object) -> AsKnown:
        self.has_news = last is None
        return self


def test_who_claims_after_another_makes_it_from_what_the_other_left(make_digests: MakeDigests) -> None:
    """The edition was made before anybody else could be waited for."""
    made = make_digests(MONDAY_MORNING)
    made.add("DV1", "telegram")
    other = make_digests(MONDAY_MORNING)

    class Overtaken(StandIn):
        def __call__(self, last: Digest | None, until: object) -> StandIn:
            found = super().__call__(last, until)  # type: ignore[arg-type]
            if last is None:
                assert other.claiming.claim_now(by="QT1") == 1
            return found

    made.claiming.author = author = Overtaken()
    assert made.claiming.claim_slot(SLOT, by="clock") == 2
    assert [last.number if last else None for last, _ in author.asked] == [None, 1]
    assert get(made, 2).since == get(made, 1).until


def test_sent_by_hand_again_on_the_same_day_with_nothing_new_nothing_goes(make_digests: MakeDigests) -> None:
    made = make_digests("2026-11-25 10:00")
    made.add("DV1", "telegram")
    assert made.claiming.claim_now(by="QT1") == 1
    made.author.has_news = False
    made.clock.wait(hours=1)
    assert made.claiming.claim_now(by="QT1") is None
    made.author.has_news = True
    assert made.claiming.claim_now(by="QT1") == 2
    made.author.has_news = False
    made.clock.wait(days=1)
    assert made.claiming.claim_now(by="QT1") == 3


def test_a_planned_one_on_the_day_of_one_sent_by_hand_goes_only_with_something_new(make_digests: MakeDigests) -> None:
    made = make_digests("2026-11-23 07:00")
    made.add("DV1", "telegram")
    assert made.claiming.claim_now(by="QT1") == 1
    made.author.has_news = False
    made.clock.set(MONDAY_MORNING)
    assert [made.claiming.claim_slot(SLOT, by="clock") for _ in range(2)] == [None, None]
    assert (get(made, 2).missed, made.statuses(2), len(made.rows())) == (True, [], 1)
    with made.database.reading() as db:
        assert digests.last(db) == get(made, 1)


def test_each_digest_goes_on_where_the_last_one_ended(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    made.add("DV1", "telegram")
    made.author.papers = '{"papers": {}}'
    made.claiming.claim_slot(SLOT, by="clock")
    made.clock.wait(days=7)
    made.claiming.claim_slot(SLOT + timedelta(days=7), by="clock")
    first, second = get(made, 1), get(made, 2)
    assert (second.since, second.until) == (first.until, SLOT + timedelta(days=7))
    assert made.author.asked[-1][0] == first
    assert first.papers == '{"papers": {}}'


def test_in_the_quiet_hours_it_is_claimed_for_their_end(make_digests: MakeDigests) -> None:
    made = make_digests("2026-12-31 22:00")
    made.add("DV1", "telegram")
    assert made.claiming.claim_now(by="QT1") == 1
    digest = get(made, 1)
    assert (digest.starts_at, digest.ends_at) == (local("2027-01-01 06:00"), local("2027-01-01 21:30"))
    assert [(row.not_before, row.ends_at) for row in made.rows()] == [(digest.starts_at, digest.ends_at)]


@pytest.mark.parametrize(("as_set", "statuses"), [("line", ["pending", "pending"]), ("skip", ["skipped", "pending"])])
def test_who_has_nothing_to_be_told_is_told_so_or_left_out(
    make_digests: MakeDigests, as_set: str, statuses: list[str]
) -> None:
    made = make_digests(MONDAY_MORNING, quiet_week=as_set)
    made.add("DV1", "telegram")
    made.add("DV2", "telegram", cell="Khu phố 2")
    made.author.quiet = {"Khu phố 1"}
    made.claiming.claim_slot(SLOT, by="clock")
    assert made.statuses(1) == statuses
    assert {letter.reason for letter in made.ledger(1) if letter.status is LetterStatus.SKIPPED} <= {"quiet"}


def test_a_preview_says_what_a_claim_does_and_writes_nothing(make_digests: MakeDigests) -> None:
    made = make_digests("2026-11-23 22:00", quiet_week="skip")
    made.add("DV1", "telegram")
    made.add("DV2", "zalo", cell="Khu phố 2")
    made.add("DV3")
    made.author.quiet = {"Khu phố 2"}
    draft = made.claiming.preview()
    with made.database.reading() as db:
        assert (digests.last(db), made.rows()) == (None, [])
    made.claiming.claim_now(by="QT1")
    digest = get(made, 1)
    assert (draft.until, draft.starts_at, draft.ends_at) == (digest.until, digest.starts_at, digest.ends_at)
    assert draft.since == draft.until - timedelta(days=7)
    said = [(each.member.code, each.channel, each.skipped and each.skipped.value) for each in draft.letters]
    assert said == [("DV1", "telegram", None), ("DV3", None, "no_channel"), ("DV2", None, "quiet")]
    assert [each.member for each in draft.skipped] == [each.member for each in draft.letters if each.skipped]
    (going,) = draft.going
    assert [plain_text(part) for part in going.parts] == ["bản tin None của Khu phố 1 trên telegram"]
    assert [(each.channel, each.reason) for each in made.ledger(1)] == [(each[1], each[2]) for each in said]


def test_a_preview_for_a_day_before_the_last_digest_goes_on_from_the_one_before_that(make_digests: MakeDigests) -> None:
    made = make_digests("2026-11-16 07:30")
    made.add("DV1", "telegram")
    made.claiming.claim_now(by="QT1")
    made.clock.set(MONDAY_MORNING)
    made.claiming.claim_now(by="QT1")
    assert made.claiming.preview(as_of=local("2026-11-20 08:00")).since == get(made, 1).until
    assert made.claiming.preview(as_of=local("2026-11-30 07:30")).since == get(made, 2).until


def test_who_joins_or_opts_out_while_it_is_being_made_is_counted(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    leaving = made.add("DV1", "telegram")

    class Slow(StandIn):
        def __call__(self, last: Digest | None, until: object) -> StandIn:
            made.add("DV2", "zalo")
            with made.database.transaction() as db:
                digest_choices.save(db, leaving.id, DigestChoice(receives=False), now=LINKED)
            return self

    made.claiming.author = Slow()
    made.claiming.claim_slot(SLOT, by="clock")
    assert made.statuses(1) == ["skipped", "pending"]
    assert set(made.queued()) == {"zalo-DV2"}


def test_a_claim_that_fails_leaves_nothing(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    for number in range(3):
        made.add(f"DV{number}", "telegram")

    def fail(_: object, __: object, statement: str, ___: object, ____: object, _____: object) -> None:
        if statement.startswith("INSERT INTO letters") and len(seen) == 2:
            raise RuntimeError("stopped")
        if statement.startswith("INSERT INTO letters"):
            seen.append(statement)

    seen: list[str] = []
    event.listen(made.database.engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="stopped"):
        made.claiming.claim_slot(SLOT, by="clock")
    event.remove(made.database.engine, "before_cursor_execute", fail)
    with made.database.reading() as db:
        assert (digests.last(db), made.rows()) == (None, [])
    assert made.claiming.claim_slot(SLOT, by="clock") == 1


def test_a_claim_stands_in_the_audit_log(make_digests: MakeDigests) -> None:
    made = make_digests(MONDAY_MORNING)
    made.add("DV1", "telegram")
    made.add("DV2")
    made.claiming.claim_now(by="QT1")
    with made.database.reading() as db:
        (entry,) = audit.entries(db)
    assert (entry.actor, entry.action, entry.facts) == (
        "QT1",
        "digest.claim",
        {"digest": "1", "to": "1", "skipped": "1"},
    )
