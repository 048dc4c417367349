"""What the page of duties asks of the application; `bot.digest.duties.desk` is the one that answers.

Everything is in the words that people read, but for keys, marks and the names of the lists.
"""

from __future__ import annotations

from typing import Final, Literal, Protocol

from bot.channels.web.desk import Visitor
from bot.messages import Frozen, QuoteBlock

DutyView = Literal["waiting", "undated", "confirmed", "dropped"]
DutyDeed = Literal["confirm", "correct", "drop", "take_back"]
VIEWS: Final[tuple[DutyView, ...]] = ("waiting", "undated", "confirmed", "dropped")


class DutyRow(Frozen):
    """One duty. ``lines``: who, by when, how it was read; ``who`` and ``due``: as they stand in its form. ``mark``: of
    what was decided on it, to be sent back with the next decision. ``state``: `proposed`, `confirmed` or `dropped`.
    """

    key: str
    mark: str
    state: str
    lines: tuple[str, ...]
    quote: QuoteBlock | None
    who: str
    due: str


class DutyListing(Frozen):
    """One page of one list. ``counts``: of every list; ``note``: what it leaves out; ``page`` of ``pages``, from 1."""

    view: DutyView
    counts: dict[str, int]
    rows: tuple[DutyRow, ...]
    page: int
    pages: int
    note: str = ""


class DutyDesk(Protocol):
    """All methods block for some milliseconds and are called off the event loop."""

    def listing(self, view: DutyView, *, page: int) -> DutyListing:
        """A page that is not there is the last one."""

    def decide(self, visitor: Visitor, key: str, deed: DutyDeed, *, mark: str, who: str, due: str) -> str | None:
        """Empty where it is done, else the words of the refusal; None where there is no such duty. ``mark``: of what
        was shown; ``who``, ``due``: as they were sent back, for "correct" alone.
        """
