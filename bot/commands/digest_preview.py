"""``digest preview``: exactly what would go out to whom, who gets nothing and why; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import MAXYEAR, UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot import texts
from bot.channels.zalo import shown_text
from bot.clock import now_utc
from bot.commands.batch import print_json
from bot.commands.digest_room import digest_room
from bot.digest import telling
from bot.digest.claiming import Draft, DraftLetter
from bot.errors import BadUsage
from bot.messages import Choices, Reply, plain_text
from bot.people.audiences import cell_named
from bot.people.lookup import find_member
from bot.state import members

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database

_ZALO: Final = "zalo"
_LAST_YEAR: Final = MAXYEAR - 2
"""What is due is looked for up to the end of the next year."""


class PreviewedLetter(BaseModel):
    """``member``: the code; ``parts``: the text of each message."""

    model_config = ConfigDict(frozen=True)

    member: str
    cell: str
    channel: str
    parts: tuple[str, ...]


class PreviewedSkip(BaseModel):
    """``reason``: ``opted_out``, ``inactive``, ``no_channel`` or ``quiet``."""

    model_config = ConfigDict(frozen=True)

    member: str
    reason: str


class Previewed(BaseModel):
    """What programs read. ``period``: an interval of ISO 8601, in local time."""

    model_config = ConfigDict(frozen=True)

    period: str
    recipients: tuple[PreviewedLetter, ...]
    skipped: tuple[PreviewedSkip, ...]


def preview(settings: Settings, *, as_of: str | None, member: str | None, cell: str | None, as_json: bool) -> None:
    """Raises BadUsage for a time or a cell that cannot be meant, NoSuchMember, AmbiguousMember."""
    moment = _moment(as_of, settings.zone) if as_of is not None else None
    with digest_room(settings) as room:
        wanted = _wanted(room.database, member=member, cell=cell)
        draft = room.claiming.preview(as_of=moment)
    found = [letter for letter in draft.letters if wanted(letter)]
    if as_json:
        print_json(_previewed(draft, found, settings.zone))
        return
    lines = telling.draft_lines(replace(draft, letters=tuple(found)), settings.zone)
    if draft.going:
        lines.append(telling.leaves(draft, settings.zone, now=moment or now_utc()))
    print("\n".join(lines))
    for variant in telling.variants(found):
        print(f"\n{telling.variant_line(variant)}")
        for position, part in enumerate(variant.parts, start=1):
            if len(variant.parts) > 1:
                print(f"\n{texts.DIGEST_PART.format(position=position, count=len(variant.parts))}")
            print(f"\n{_shown(variant.channel, part)}")


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(typed.strip())
        if found.year > _LAST_YEAR:
            raise ValueError
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadUsage(detail=texts.DIGEST_BAD_TIME.format(value=typed)) from error


def _wanted(database: Database, *, member: str | None, cell: str | None) -> Callable[[DraftLetter], bool]:
    with database.reading() as db:
        one = find_member(db, member) if member is not None else None
        cells = members.cells(db)
    named = cell_named(cell, cells) if cell is not None else None
    if cell is not None and named is None:
        raise BadUsage(detail=texts.DIGEST_CLI_NO_CELL.format(cell=cell, cells="; ".join(cells)))
    return lambda letter: (
        (one is None or letter.member.id == one.id) and (named is None or telling.is_of(letter.member, named))
    )


def _previewed(draft: Draft, letters: Sequence[DraftLetter], zone: ZoneInfo) -> Previewed:
    since, until = (each.astimezone(zone).isoformat(timespec="seconds") for each in (draft.since, draft.until))
    return Previewed(
        period=f"{since}/{until}",
        recipients=tuple(
            PreviewedLetter(
                member=letter.member.code,
                cell=letter.member.cell,
                channel=letter.channel,
                parts=tuple(_shown(letter.channel, part) for part in letter.parts),
            )
            for letter in letters
            if letter.channel and not letter.skipped
        ),
        skipped=tuple(
            PreviewedSkip(member=letter.member.code, reason=letter.skipped.value)
            for letter in letters
            if letter.skipped
        ),
    )


def _shown(channel: str, part: Reply) -> str:
    """The text of a message as people read it there; buttons are no text."""
    if channel == _ZALO:
        return shown_text(part)
    return plain_text(Reply(blocks=tuple(block for block in part.blocks if not isinstance(block, Choices))))
