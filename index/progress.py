"""How far a build or an evaluation is, for a progress bar, and the named moments at which a test may kill it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from enum import StrEnum

from index.types import Frozen


class Stage(StrEnum):
    READ = "read"  # counted in files
    PAGES = "pages"  # counted in pages that are read from pictures, of the files begun so far
    EMBED = "embed"  # counted in passages
    WRITE = "write"  # counted in passages
    ASK = "ask"  # counted in questions of an evaluation


class Progress(Frozen):
    stage: Stage
    done: int
    total: int


Watch = Callable[[Progress], None]


def stop_at(moment: str) -> None:
    """Kill this process, as a power cut would, when the environment's DIRECTIVE_BOT_STOP_AT names this moment.

    The moments of a build, in order: mid_read, mid_embed, after_vectors, before_history, before_switch, after_switch;
    of a rollback: before_switch_back, after_switch_back.
    """
    if os.environ.get("DIRECTIVE_BOT_STOP_AT") == moment:
        os.kill(os.getpid(), signal.SIGKILL)
