from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.state.database import Database
from tests.flow.fakes import Flow, ScriptedChannel


@pytest.fixture
def make_flow(database: Database) -> Iterator[Callable[..., Flow]]:
    """``capabilities`` are the channel's; everything else is the flow's."""
    made: list[Flow] = []

    def make(*, capabilities: dict[str, Any] | None = None, **more: Any) -> Flow:
        made.append(Flow(database, ScriptedChannel(**(capabilities or {})), **more))
        return made[-1]

    yield make
    for flow in made:
        flow.close()
