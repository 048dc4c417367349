"""``digest send``, ``status`` and ``retry-unknown``: for people, and as JSON for programs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot import app, texts
from bot.answering.confirming import says_yes
from bot.clock import now_utc
from bot.commands.batch import print_json
from bot.commands.digest_room import DigestRoom, digest_room
from bot.commands.sending import deliver
from bot.digest import telling
from bot.digest.claiming import Draft
from bot.digest.ledger import Standing, bar, retry_unknown, standing
from bot.state.letters import LetterStatus

if TYPE_CHECKING:
    from bot.settings import Settings

_ACTOR: Final = "console"
_YES: Final = ("gui", "gui di", "gui ngay", "y", "yes")


class PrintedLedger(BaseModel):
    """What programs read: how many people by status; ``digest``: its number, None where there is none yet."""

    model_config = ConfigDict(frozen=True)

    digest: int | None
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    pending: int = 0
    skipped: int = 0


# -- sending -----------------------------------------------------------------------------------------------------------


def send(settings: Settings, *, sure: bool, as_json: bool) -> bool:
    """Makes a digest now, after asking where not ``sure``, and sees it out; False where there is nobody to send to, or
    the answer is not yes. What another one has left waiting goes out as well where nothing new is to be told.

    Raises SamplesRefused.
    """
    app.refuse_samples(settings)
    with digest_room(settings) as room:
        app.refuse_samples(settings, room.library)
        draft = room.claiming.preview()
        last = room.last()
        told_today = room.claiming.is_needless(draft, last)
        if not draft.going and not told_today:
            print("\n".join((texts.DIGEST_NOBODY, *telling.skipped_lines(draft.skipped))), file=sys.stderr)
            _print_standing(room, None, as_json=as_json)
            return False
        if not told_today and not sure and not _agreed(draft, settings.zone):
            print(texts.DIGEST_CLI_KEPT, file=sys.stderr)
            return False
        number = None if told_today else room.claiming.claim_now(by=_ACTOR)
        if number is None:
            number = last.number if (last := room.last()) else None
            if number is not None:
                print(texts.DIGEST_NOTHING_TO_SEND.format(number=number), file=sys.stderr)
        if number is not None:
            _see_out(room, number)
        _print_standing(room, number, as_json=as_json)
    return True


def again(settings: Settings, *, as_json: bool) -> None:
    """Sends the last digest once more to those of whom it is not known whether they have it. Raises SamplesRefused."""
    app.refuse_samples(settings)
    with digest_room(settings) as room:
        app.refuse_samples(settings, room.library)
        found = room.standing()
        if found is None or not found.unknown:
            number = found.digest.number if found else None
            said = texts.DIGEST_NONE_UNKNOWN.format(number=number) if found else texts.DIGEST_NONE_YET
            print(said, file=sys.stderr)
            _print_standing(room, number, as_json=as_json)
            return
        number, now = found.digest.number, now_utc()
        with room.database.transaction() as db:
            done = retry_unknown(db, number, room.timetable, by=_ACTOR, now=now)
        print(texts.DIGEST_AGAIN_DONE.format(count=done.again, number=number), file=sys.stderr)
        if done.left:
            print(texts.DIGEST_AGAIN_LEFT.format(count=done.left), file=sys.stderr)
        _see_out(room, number)
        _print_standing(room, number, as_json=as_json)


def _agreed(draft: Draft, zone: ZoneInfo) -> bool:
    """The question goes to stderr, as the answer of a program goes to stdout."""
    said = (*telling.draft_lines(draft, zone), telling.leaves(draft, zone, now=draft.until))
    print(*said, sep="\n", file=sys.stderr)
    print(texts.DIGEST_CLI_ASK.format(count=len(draft.going)), end="", file=sys.stderr, flush=True)
    return says_yes(sys.stdin.readline(), *_YES)


def _see_out(room: DigestRoom, number: int) -> None:
    """Waits until the digest has gone out, and says why where it does not wait."""
    if (until := room.timetable.quiet_until(now_utc())) is not None:
        print(texts.DIGEST_CLI_QUIET.format(at=telling.said_time(until, room.zone)), file=sys.stderr)
        return
    bars = _Bars(lambda: room.standing(number))
    gone = asyncio.run(
        deliver(room.settings, room.database, room.assembly.sight, room.timetable, number, show=bars.show)
    )
    bars.end()
    found = room.standing(number)
    if not gone and found:
        print(texts.DIGEST_CLI_LEFT.format(count=found.waiting), file=sys.stderr)


class _Bars:
    """The progress bar on a terminal, drawn anew in its line; on anything else none."""

    def __init__(self, look: Callable[[], Standing | None]) -> None:
        self._look, self._is_terminal, self._shown = look, sys.stderr.isatty(), ""

    def show(self) -> None:
        found = self._look() if self._is_terminal else None
        line = texts.DIGEST_CLI_PROGRESS.format(number=found.digest.number, bar=bar(found)) if found else ""
        if line != self._shown:
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
            self._shown = line

    def end(self) -> None:
        if self._shown:
            print(file=sys.stderr)


# -- what became of it -------------------------------------------------------------------------------------------------


def status(settings: Settings, *, as_json: bool) -> None:
    database = app.open_database(settings)
    try:
        with database.reading() as db:
            found = standing(db)
    finally:
        database.close()
    _print(found, settings.zone, as_json=as_json)


def _print_standing(room: DigestRoom, number: int | None, *, as_json: bool) -> None:
    _print(room.standing(number) if number is not None else None, room.zone, as_json=as_json)


def _print(found: Standing | None, zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        print_json(_printed(found))
    elif found is None:
        print(texts.DIGEST_NONE_YET)
    else:
        print("\n".join(telling.standing_lines(found, zone, now=now_utc())))


def _printed(found: Standing | None) -> PrintedLedger:
    if found is None:
        return PrintedLedger(digest=None)
    counts = found.counts
    return PrintedLedger(
        digest=found.digest.number,
        sent=counts[LetterStatus.SENT],
        failed=counts[LetterStatus.FAILED],
        unknown=counts[LetterStatus.UNKNOWN],
        pending=found.waiting,
        skipped=counts[LetterStatus.SKIPPED],
    )
