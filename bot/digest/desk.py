"""What the pages of the digest ask of the application: a member's own letters, and all of it for administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.asking.recheck import left_of
from bot.channels.web.desk import Visitor
from bot.channels.web.digest_desk import Draft, Ledger, Letter, Mailbox, Option, Overview, Past, Preview, Sent
from bot.digest import ledger, schedule
from bot.digest.claiming import Claiming
from bot.digest.partly import partly
from bot.digest.previewing import Previewing
from bot.digest.readership import readings_for
from bot.digest.recipients import own_channels
from bot.digest.sheets import Sheets, capitalized
from bot.digest.telling import channel_name
from bot.messages import Choices, Reply, Text
from bot.people.access import Asker
from bot.people.erasing import WEB
from bot.people.identity import identify
from bot.state import digest_choices, digests, letters
from bot.state.digest_choices import DigestChoice
from bot.state.digests import Digest
from bot.state.members import Role

if TYPE_CHECKING:
    from bot.answering.standings import Standings
    from bot.asking.sight import Sight
    from bot.state.database import Database

_PAST: Final = 26
"""Half a year of weeks."""


class DigestPages:
    """The `DigestDesk` of this application. ``names``: the committee has set that who has read is named; ``wake``
    tells all senders that there is something to send.
    """

    def __init__(
        self,
        database: Database,
        sight: Sight,
        claiming: Claiming,
        *,
        names: bool,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._database, self._sight, self._claiming = database, sight, claiming
        self._names, self._clock, self._wake = names, clock, wake
        self._timetable, self._channels = claiming.timetable, tuple(claiming.capabilities)
        self._sheets = Sheets(self._timetable.zone)
        self._previewing = Previewing(database, claiming, self._sheets)

    # -- a member's own ------------------------------------------------------------------------------------------------

    def mailbox(self, visitor: Visitor, number: int | None = None) -> Mailbox | None:
        with self._database.reading() as db:
            asker = identify(db, WEB, visitor.account)
            if asker.member is None:
                return None
            member = asker.member.id
            found = letters.last_of(db, member) if number is None else letters.get(db, number, member)
            if found is None and number is not None:
                return None
            digest = digests.get(db, found[0].digest) if found else None
            choice = digest_choices.of_member(db, member)
            is_secretary = asker.member.role is Role.SECRETARY
            counted = readings_for(db, digest.number, asker, names=self._names) if digest and is_secretary else ()
            mailbox = Mailbox(
                letter=None,
                earlier=self._earlier(db, member, shown=digest),
                receives=choice.receives,
                channel=choice.channel or "",
                channels=_channel_options(choice, own_channels(db, member, among=self._channels)),
                plan=self._plan(db),
                readings=tuple(map(self._sheets.reading, counted)),
            )
            view = self._sight.of_asker(db, asker, channel=WEB)
        if found is None or digest is None:
            return mailbox
        return mailbox.model_copy(update={"letter": self._letter(digest, *found, standings=view.standings)})

    def _letter(self, digest: Digest, letter: letters.Letter, whole: Reply, *, standings: Standings) -> Letter:
        """Looked at anew; the page has buttons of its own."""
        left = left_of(whole, standings)
        shown = partly(left.blocks, whole.blocks) if left else (Text(text=texts.NO_LONGER_SHOWN),)
        return Letter(
            number=digest.number,
            title=self._sheets.title(digest),
            period=self._sheets.period(digest.since, digest.until),
            reply=Reply(blocks=tuple(block for block in shown if not isinstance(block, Choices))),
            read=texts.DIGEST_WEB_READ_SINCE.format(at=self._sheets.moment(letter.read_at)) if letter.read_at else "",
        )

    def _earlier(self, db: Connection, member: int, *, shown: Digest | None) -> tuple[Past, ...]:
        known = {each.number: each for each in digests.newest(db, limit=_PAST)}
        return tuple(
            Past(
                number=letter.digest,
                title=self._sheets.title(known[letter.digest]),
                note="" if letter.read_at else texts.DIGEST_WEB_UNREAD,
            )
            for letter in letters.of_member(db, member, limit=_PAST)
            if letter.digest in known and (shown is None or letter.digest != shown.number)
        )

    def mark_read(self, visitor: Visitor, number: int) -> bool:
        with self._database.transaction() as db:
            member = identify(db, WEB, visitor.account).member
            if member is None or letters.get(db, number, member.id) is None:
                return False
            letters.mark_read(db, number, member.id, now=self._clock())
        return True

    def choose(self, visitor: Visitor, *, receives: bool, channel: str) -> bool:
        with self._database.transaction() as db:
            member = identify(db, WEB, visitor.account).member
            if member is None:
                return False
            before = digest_choices.of_member(db, member.id).channel or ""
            if channel not in ("", before, *own_channels(db, member.id, among=self._channels)):
                return False
            choice = DigestChoice(receives=receives, channel=channel or None)
            digest_choices.save(db, member.id, choice, now=self._clock())
        return True

    # -- the administrators' -------------------------------------------------------------------------------------------

    def overview(self) -> Overview:
        draft = self.draft()
        with self._database.reading() as db:
            planned, at = self._timetable.schedule(db), self._timetable.next_slot(db, self._clock())
            past = digests.newest(db, limit=_PAST)
            notes = {each.number: self._sheets.note(each, letters.counts(db, each.number)) for each in past}
            last = digests.last(db)
        return Overview(
            schedule=capitalized(schedule.words(planned)),
            next=self._sheets.moment(at) if at else "",
            quiet=self._sheets.quiet(self._timetable.quiet),
            draft=draft,
            last=self.ledger(last.number) if last else None,
            past=tuple(
                Past(number=each.number, title=self._sheets.title(each), note=notes[each.number]) for each in past
            ),
        )

    def draft(self) -> Draft:
        drafted, now = self._claiming.preview(), self._clock()
        with self._database.reading() as db:
            last = digests.last(db)
        draft = self._sheets.draft(drafted, now=now)
        if self._claiming.is_needless(drafted, last):
            return draft.model_copy(update={"mark": "", "leaves": texts.DIGEST_WEB_NOT_SENT})
        return draft

    def preview(self, *, cell: str, channel: str) -> Preview | None:
        return self._previewing.of(cell=cell, channel=channel)

    def send(self, visitor: Visitor, *, mark: str) -> Sent:
        draft = self.draft()
        if not draft.mark or draft.mark != mark:
            return Sent(digest=None, said=texts.DIGEST_WEB_CHANGED if draft.mark else draft.leaves)
        number = self._claiming.claim_now(by=self._code_of(visitor))
        self._wake()
        return Sent(digest=number, said="" if number else texts.DIGEST_WEB_NOT_SENT)

    def ledger(self, number: int) -> Ledger | None:
        with self._database.reading() as db:
            standing = ledger.standing(db, number)
            if standing is None:
                return None
            everybody = Asker(everything=True)
            readings = readings_for(db, number, everybody, names=self._names)
            return self._sheets.ledger(db, standing, readings, now=self._clock())

    def retry_unknown(self, visitor: Visitor, number: int) -> int | None:
        now, by = self._clock(), self._code_of(visitor)
        with self._database.transaction() as db:
            if digests.get(db, number) is None:
                return None
            retried = ledger.retry_unknown(db, number, self._timetable, by=by, now=now)
        self._wake()
        return retried.again

    def _plan(self, db: Connection) -> str:
        planned, at = self._timetable.schedule(db), self._timetable.next_slot(db, self._clock())
        if planned is None or at is None:
            return texts.DIGEST_WEB_PLAN_OFF
        return texts.DIGEST_WEB_PLAN.format(schedule=capitalized(schedule.words(planned)), next=self._sheets.moment(at))

    def _code_of(self, visitor: Visitor) -> str:
        with self._database.reading() as db:
            return identify(db, WEB, visitor.account).code


def _channel_options(choice: DigestChoice, own: tuple[str, ...]) -> tuple[Option, ...]:
    """One that was chosen and cannot be reached by now is shown as such, so that saving does not change it unseen."""
    options = [
        Option(key="", label=texts.DIGEST_WEB_CHANNEL_ANY),
        *(Option(key=each, label=channel_name(each)) for each in own),
    ]
    if choice.channel and choice.channel not in own:
        label = texts.DIGEST_WEB_CHANNEL_INACTIVE.format(channel=channel_name(choice.channel))
        options.append(Option(key=choice.channel, label=label))
    return tuple(options)
