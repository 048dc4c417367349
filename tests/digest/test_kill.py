"""Seven hundred people on two channels: killed at any moment, the bot sends nobody two digests and misses nobody."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bot.state.letters import LetterStatus
from tests.digest.campaign import Campaign, Outcome

pytestmark = pytest.mark.slow

PEOPLE, KILLS, SPEED = 700, 20, 4
SEED = int(os.environ.get("DIGEST_SEED") or random.randrange(10**6))


def nobody_twice_and_nobody_missed(found: Outcome, *, blocked: set[str]) -> None:
    unknown, failed = found.of(LetterStatus.UNKNOWN), found.of(LetterStatus.FAILED)
    assert len(found.digests) == 1
    assert not {chat for chat, count in found.seen.items() if count > 1}
    assert len(unknown) <= found.in_flight + found.timeouts
    assert failed <= blocked
    assert not {chat for chat in failed if found.seen[chat]}
    sent = found.of(LetterStatus.SENT)
    assert sent | unknown | failed == set(found.status)
    assert not {chat for chat in sent if found.seen[chat] != 1}
    assert found.inactive == failed, "who has blocked the bot is inactive from then on"
    assert blocked <= failed | unknown
    assert found.over == []


@pytest.mark.parametrize("faults", [False, True], ids=["all is well", "platforms with faults"])
def test_killed_twenty_times_nobody_gets_two_and_nobody_is_missed(tmp_path: Path, faults: bool) -> None:
    print(f"seed {SEED} (set DIGEST_SEED to repeat)")
    with Campaign(tmp_path, people=PEOPLE, speed=SPEED, seed=SEED).open() as campaign:
        if faults:
            campaign.script_faults()
        campaign.kill_at_random(KILLS, within=0.3)
        found = campaign.finish()
        print(*found.lines(), sep="\n")
        assert len(found.status) == PEOPLE
        assert found.in_flight, "no kill hit a send"
        nobody_twice_and_nobody_missed(found, blocked=campaign.blocked)


def test_two_processes_that_are_started_together_send_one(tmp_path: Path) -> None:
    with Campaign(tmp_path, people=80, speed=SPEED, seed=SEED).open() as campaign:
        found = campaign.finish(campaign.start(), campaign.start())
        assert (len(found.digests), found.of(LetterStatus.UNKNOWN)) == (1, set())
        assert set(found.seen.values()) == {1}
        assert len(found.seen) == 80
