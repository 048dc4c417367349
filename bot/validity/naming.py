"""How far a chat of an administrator may name directives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.administration.directives import Naming, naming_under
from bot.department import Request
from bot.people.access import Ceiling
from bot.state import overrides

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

NamingOf = Callable[[Request], Naming]


def naming_of(
    library: Library, database: Database, *, ceilings: Mapping[str, Ceiling], public_url: str | None
) -> NamingOf:
    """``ceilings``: by channel, the most that it shows."""

    def naming(request: Request) -> Naming:
        with database.reading() as db:
            now = overrides.everything(db)
        return naming_under(ceilings.get(request.incoming.channel), library.list(), now, public_url=public_url)

    return naming
