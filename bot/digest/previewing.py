"""The texts of a digest before it goes: each once, with the people who would get it, also as if on another channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot import texts
from bot.channels.base import Capabilities
from bot.channels.web.digest_desk import PLAIN, Option, Preview, Version
from bot.digest.claiming import Claiming, DraftLetter
from bot.digest.sheets import Sheets, capitalized, person, skipped_of
from bot.digest.telling import by_cell, channel_name, of_cell, variants
from bot.people.erasing import WEB
from bot.state import digests

if TYPE_CHECKING:
    from bot.digest.edition import Edition
    from bot.state.database import Database


class Previewing:
    def __init__(self, database: Database, claiming: Claiming, sheets: Sheets) -> None:
        self._database, self._claiming, self._sheets = database, claiming, sheets

    def of(self, *, cell: str, channel: str) -> Preview | None:
        """``cell`` and ``channel`` empty: all cells, and the channel on which each would get it. None for one that is
        not there.
        """
        drafted = self._claiming.preview()
        wanted = of_cell(drafted, cell) if cell else drafted.letters
        if (cell and not wanted) or channel not in ("", PLAIN, *self._claiming.capabilities):
            return None
        going = [letter for letter in wanted if letter.skipped is None]
        if channel:
            going = list(self._as_on(channel, going, until=drafted.until))
        cells = [name for name, _ in by_cell(drafted.letters)]
        return Preview(
            period=self._sheets.period(drafted.since, drafted.until),
            cell=next((name for name, _ in by_cell(wanted)), "") if cell else "",
            channel=channel,
            cells=(
                Option(key="", label=texts.DIGEST_WEB_ALL_CELLS),
                *(Option(key=each, label=each) for each in cells),
            ),
            channels=tuple(map(_option, ("", *self._claiming.capabilities, PLAIN))),
            versions=tuple(
                Version(
                    channel=each.channel,
                    channel_label=_option(each.channel).label,
                    parts=each.parts,
                    who=tuple(map(person, each.people)),
                )
                for each in variants(going)
            ),
            skipped=skipped_of(letter for letter in wanted if letter.skipped),
        )

    def _as_on(self, channel: str, going: Sequence[DraftLetter], *, until: datetime) -> Iterator[DraftLetter]:
        """As these people would get it there; of the words alone the whole, as the page has it."""
        with self._database.reading() as db:
            last = digests.last(db)
        edition: Edition = self._claiming.author(last, until)
        for letter in going:
            written = edition.written(letter.member, WEB if channel == PLAIN else channel, number=None)
            there = letter.recipient.model_copy(update={"channel": channel})
            reply = written.whole if channel == PLAIN else written.reply
            yield replace(
                letter, recipient=there, reply=reply, able=self._claiming.capabilities.get(channel, Capabilities())
            )


def _option(channel: str) -> Option:
    labels = {"": texts.DIGEST_WEB_EACH_CHANNEL, PLAIN: texts.DIGEST_WEB_PLAIN}
    return Option(key=channel, label=labels.get(channel) or capitalized(channel_name(channel)))
