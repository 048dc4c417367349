"""What the pages of the digest ask of the application; `bot.digest.desk` is the one that answers.

Everything is in the words that people read, but for numbers, and for the keys of forms.
"""

from __future__ import annotations

from typing import Final, Protocol

from bot.channels.web.desk import Visitor
from bot.messages import Frozen, Reply

PLAIN: Final = "chu"
"""Stands for a channel where the words alone are looked at, as a terminal prints them."""


class Option(Frozen):
    """``key``: what the form sends."""

    key: str
    label: str


class Count(Frozen):
    label: str
    count: int


class Readings(Frozen):
    """How many of a cell have read a digest; ``names``: of those, empty where the committee has not set that they are
    shown.
    """

    cell: str
    words: str
    read: int
    of: int
    names: tuple[str, ...] = ()


class Letter(Frozen):
    """The whole digest of one member, as it may be seen now. ``number``: of the digest; ``read``: since when it counts
    as read, empty where it does not.
    """

    number: int
    title: str
    period: str
    reply: Reply
    read: str = ""


class Past(Frozen):
    """An earlier digest, in a list. ``note``: what there is to say of it."""

    number: int
    title: str
    note: str = ""


class Mailbox(Frozen):
    """What a member finds. ``letter``: the one asked for, None where none has been made for them yet; ``receives`` and
    ``channel``: what they chose; ``plan``: when the next one comes; ``readings``: for the secretary, of their cell.
    """

    letter: Letter | None
    earlier: tuple[Past, ...]
    receives: bool
    channel: str
    channels: tuple[Option, ...]
    plan: str
    readings: tuple[Readings, ...] = ()


class Group(Frozen):
    """A cell in a draft: how many people, on which channels."""

    cell: str
    people: int
    channels: tuple[Count, ...]


class Skipped(Frozen):
    """People who get none, for one reason."""

    reason: str
    people: tuple[str, ...]


class Draft(Frozen):
    """What would go out at this moment. ``leaves``: when. ``mark``: of what is shown, for the yes to it; empty where
    there is nothing to send, and then ``leaves`` says why.
    """

    period: str
    people: int
    groups: tuple[Group, ...]
    skipped: tuple[Skipped, ...]
    leaves: str
    mark: str = ""


class Version(Frozen):
    """One of the texts that would go out. ``channel``: as whose messages ``parts`` are to be shown; ``who``: the
    people who would get it.
    """

    channel: str
    channel_label: str
    parts: tuple[Reply, ...]
    who: tuple[str, ...]


class Preview(Frozen):
    """``cell`` and ``channel``: what was asked for, empty for all cells and for the channel on which each would get
    it.
    """

    period: str
    cell: str
    channel: str
    cells: tuple[Option, ...]
    channels: tuple[Option, ...]
    versions: tuple[Version, ...]
    skipped: tuple[Skipped, ...]


class Ledger(Frozen):
    """What became of one digest. ``settled`` of ``people`` are neither waiting nor under way; ``failures``: by reason;
    ``unknown``: whom it may have reached, each with the channel. ``note``: what else there is to say, as that it waits
    for the morning, or that its day was missed.
    """

    number: int
    title: str
    period: str
    note: str
    people: int
    settled: int
    progress: str
    counts: tuple[Count, ...]
    failures: tuple[Count, ...]
    unknown: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    readings: tuple[Readings, ...]


class Overview(Frozen):
    """``schedule``: when digests are made; ``next``: the next moment; ``quiet``: when nothing is sent."""

    schedule: str
    next: str
    quiet: str
    draft: Draft
    last: Ledger | None
    past: tuple[Past, ...]


class Sent(Frozen):
    """What came of sending: the digest's number, None where nothing was sent, and ``said``: why."""

    digest: int | None
    said: str


class DigestDesk(Protocol):
    """All methods block, reading all directives for some seconds at most, and are called off the event loop."""

    def mailbox(self, visitor: Visitor, number: int | None = None) -> Mailbox | None:
        """With the digest of this number, or the newest. None for one that was not made for this member, and for
        somebody who is no member.
        """

    def mark_read(self, visitor: Visitor, number: int) -> bool:
        """False where there is no such letter of this member."""

    def choose(self, visitor: Visitor, *, receives: bool, channel: str) -> bool:
        """Whether and where digests come; False for a channel that this member has not."""

    # -- for administrators only

    def overview(self) -> Overview: ...

    def preview(self, *, cell: str, channel: str) -> Preview | None:
        """None for a cell or a channel that is not there."""

    def draft(self) -> Draft: ...

    def send(self, visitor: Visitor, *, mark: str) -> Sent:
        """Claims a digest at once. Nothing is sent where what would go out is not what was shown (``mark``)."""

    def ledger(self, number: int) -> Ledger | None: ...

    def retry_unknown(self, visitor: Visitor, number: int) -> int | None:
        """Sends it once more to whom it is not known to have reached; how many they are. None without such a digest."""
