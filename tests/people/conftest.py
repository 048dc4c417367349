"""The installation's key, and people in its database."""

from __future__ import annotations

import pytest

from bot.people.keys import Keys
from bot.state.database import Database
from tests.people.people import NOW, People


@pytest.fixture
def keys() -> Keys:
    return Keys("a secret of this installation")


@pytest.fixture
def people(database: Database) -> People:
    return People(database, NOW)
