"""Kills the process that sends a digest at random moments and counts who got it: ``python -m tests.benchmarks.digest``.

Over the fake platforms, through the real adapters, with time sped up; DIGEST_SEED repeats a run.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.digest.campaign import BLOCKED, SHARES, Campaign


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=700)
    given.add_argument("--kills", type=int, default=20)
    given.add_argument("--speed", type=float, default=4)
    chosen = given.parse_args()
    seed = int(os.environ.get("DIGEST_SEED") or random.randrange(10**6))
    for faults in (False, True):
        with (
            TemporaryDirectory() as folder,
            Campaign(Path(folder), people=chosen.people, speed=chosen.speed, seed=seed).open() as campaign,
        ):
            if faults:
                campaign.script_faults()
            campaign.kill_at_random(chosen.kills, within=0.3)
            shares = ", ".join(f"{kind} {share:.0%}" for kind, share in SHARES.items())
            print(f"{chosen.kills} kills, seed {seed}; {f'{shares}, blocked {BLOCKED:.0%}' if faults else 'no faults'}")
            print(*(f"  {line}" for line in campaign.finish().lines()), sep="\n")


if __name__ == "__main__":
    main()
