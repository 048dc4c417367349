"""``audit``: what administrators did and what was refused, as JSON lines, oldest first."""

from __future__ import annotations

from bot.commands.batch import print_json
from bot.state import audit
from bot.state.database import Database


def export_audit(database: Database) -> None:
    """One line for each entry: ``at`` (UTC), ``actor`` (a member's code, ``console`` or ``system``), ``action``,
    ``facts``.
    """
    with database.reading() as connection:
        for entry in audit.entries(connection):
            print_json(entry)
