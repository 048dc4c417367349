"""A check that fails shows what was there instead."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    *(f"tests.hard.{name}" for name in ("broken", "chains", "copies", "encoded", "forms", "numbers", "scanned")),
    *(f"tests.hard.{name}" for name in ("secret", "tabled", "traps", "webbed", "worded")),
)
