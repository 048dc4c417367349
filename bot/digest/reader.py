"""What members say to the digest: ``/bantin`` shows the last one, turns it on and off and sets its channel, ``/daxem``
marks it as read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.citation import spoken_date
from bot.answering.phrases import form_of
from bot.asking.recheck import left_of
from bot.asking.sight import Sight, View
from bot.department import Command, Department, Outcome, Request, told
from bot.digest.partly import partly
from bot.digest.readership import reading_words, readings_for
from bot.digest.recipients import own_channels
from bot.digest.telling import channel_name
from bot.digest.timetable import Timetable
from bot.messages import Block, Choice, Choices, Link, Reply, Text, papers_of
from bot.state import digest_choices, digests, letters
from bot.state.digest_choices import DigestChoice
from bot.state.digests import Digest
from bot.state.letters import Letter
from bot.state.members import Member, Role
from index import fold

if TYPE_CHECKING:
    from bot.state.database import Database

_READ_WORDS: Final = (
    *("da doc", "da xem", "toi da doc", "da doc ban tin", "da doc roi"),
    *("da~ doc", "da~ xem", "toi da~ doc", "da~ doc ban tin", "da~ doc roi"),
)
_OFF: Final = frozenset({"tat", "off", "dung", "huy", "thoi", "khong nhan", "tat ban tin"})
_ON: Final = frozenset({"bat", "on", "mo", "nhan", "nhan lai", "bat ban tin"})
_OFF_PHRASES: Final = frozenset({"tat ban tin", "dung ban tin", "khong nhan ban tin", "khong nhan ban tin nua"})
_ON_PHRASES: Final = frozenset({"bat ban tin", "nhan ban tin", "nhan lai ban tin", "mo ban tin"})
_NUMBER: Final = re.compile(r"(?:so )?(?P<number>\d{1,9})")
_CHANNEL: Final = re.compile(r"(?:kenh|qua)\b\s*(?P<name>.*)")
_CHANNELS: Final = {"telegram": "telegram", "zalo": "zalo", "web": "web", "trang web": "web", "trangweb": "web"}
_ANY: Final = frozenset({"tu dong", "mac dinh", "nhu cu"})
_READINGS: Final = frozenset({"luot doc", "ai doc", "ai da doc", "so nguoi doc", "thong ke"})


class Reader:
    """``channels``: those that are set up. ``names``: the committee lets secretaries see who has read. ``office``:
    what an administrator may ask beside this, None for a message that it does not know. ``public_url``: of the web
    page, None where there is none.
    """

    def __init__(
        self,
        database: Database,
        sight: Sight,
        *,
        channels: Collection[str],
        timetable: Timetable,
        names: bool,
        public_url: str | None = None,
        office: Callable[[Request], Outcome | None] = lambda _: None,
    ) -> None:
        self._database, self._sight, self._office = database, sight, office
        self._channels, self._timetable, self._names, self._public_url = channels, timetable, names, public_url

    def department(self) -> Department:
        shown = ("ban tin", "xem ban tin", "ban tin gan nhat", "ban tin moi nhat", "ban tin tuan")
        return Department(
            commands=(
                Command(names=("bantin",), answer=self._obey, phrases=shown, private=True, reads=_turned),
                Command(names=("daxem", "dadoc"), answer=self._mark, phrases=_READ_WORDS, private=True),
            )
        )

    def _obey(self, request: Request) -> Outcome:
        if request.asker.is_administrator and (answered := self._office(request)) is not None:
            return answered
        words, member = " ".join(fold(request.arguments).split()), request.asker.member
        if words in _READINGS:
            return self._readings(request)
        if member is None:
            return told(texts.DIGEST_OF_NOBODY)
        if not words or (wanted := _NUMBER.fullmatch(words)):
            return self._show(request, member, number=int(wanted["number"]) if words and wanted else None)
        if words in _OFF | _ON:
            return self._turn(request, member, receives=words in _ON)
        if found := _CHANNEL.fullmatch(words):
            return self._move(request, member, found["name"].strip())
        return self._help(request)

    def _help(self, request: Request) -> Outcome:
        counting = texts.DIGEST_HELP_READINGS if _may_count(request) else ""
        office = texts.DIGEST_OFFICE_HELP if request.asker.is_administrator else ""
        return told(texts.DIGEST_HELP, office or counting)

    # -- the last one --------------------------------------------------------------------------------------------------

    def _show(self, request: Request, member: Member, *, number: int | None) -> Outcome:
        with self._database.reading() as db:
            found = letters.last_of(db, member.id) if number is None else letters.get(db, number, member.id)
            digest = digests.get(db, found[0].digest) if found else None
            choice = digest_choices.of_member(db, member.id)
            counted = readings_for(db, digest.number, request.asker, names=False) if digest else ()
            own = own_channels(db, member.id, among=self._channels)
            plan = self._plan(db, choice, request.now)
        if found is None or digest is None:
            none = texts.DIGEST_NONE if number is None else texts.DIGEST_NO_SUCH.format(number=number)
            return told(none, plan)
        letter, whole = found
        view = self._sight.of(request)
        shown = self._shown(letter, whole, view)
        beneath = [self._state_of(letter), *map(reading_words, counted), plan]
        blocks: list[Block] = [Text(text=self._heading(digest)), *shown, Text(text="\n".join(filter(None, beneath)))]
        blocks.append(Choices(choices=_next_steps(letter, choice, own)))
        return Outcome(Answer(answered=True, reply=Reply(blocks=tuple(blocks))), writes=view.checks)

    def _shown(self, letter: Letter, whole: Reply, view: View) -> tuple[Block, ...]:
        """As it may be seen by now; of what lies above this chat only that there is more."""
        blocks = [block for block in whole.blocks if not isinstance(block, Choices)]  # they are offered anew
        here = [block for block in blocks if not _is_above(block, view)]
        left = left_of(Reply(blocks=tuple(here)), view.standings)
        shown = partly(left.blocks, blocks) if left else (Text(text=texts.NO_LONGER_SHOWN),)
        if len(here) == len(blocks):
            return shown
        if not self._public_url:
            return (*shown, Text(text=texts.DIGEST_MORE_ABOVE))
        url = f"{self._public_url}/ban-tin/{letter.digest}"
        return (*shown, Text(text=texts.DIGEST_MORE_ABOVE), Link(label=texts.DIGEST_MORE_ABOVE_LINK, url=url))

    def _heading(self, digest: Digest) -> str:
        day = spoken_date(digest.claimed_at.astimezone(self._timetable.zone).date())
        return texts.DIGEST_HEADING.format(number=digest.number, date=day)

    def _state_of(self, letter: Letter) -> str:
        if letter.read_at is None:
            return ""
        return texts.DIGEST_READ_ON.format(date=spoken_date(letter.read_at.astimezone(self._timetable.zone).date()))

    def _plan(self, db: Connection, choice: DigestChoice, now: datetime) -> str:
        if not choice.receives:
            return texts.DIGEST_IS_OFF
        where = (
            texts.DIGEST_IS_ON_AT.format(channel=channel_name(choice.channel)) if choice.channel else texts.DIGEST_IS_ON
        )
        at = self._timetable.next_slot(db, now)
        if at is None:
            return where
        there = at.astimezone(self._timetable.zone)
        return f"{where} {texts.DIGEST_NEXT.format(at=f'{there:%H:%M}', date=spoken_date(there.date()))}"

    # -- whether and where ---------------------------------------------------------------------------------------------

    def _turn(self, request: Request, member: Member, *, receives: bool) -> Outcome:
        with self._database.reading() as db:
            before = digest_choices.of_member(db, member.id)
            after = before.model_copy(update={"receives": receives})
            said = self._plan(db, after, request.now) if receives else texts.DIGEST_TURNED_OFF
        return self._chosen(request, member, after, said)

    def _move(self, request: Request, member: Member, name: str) -> Outcome:
        channel = None if name in _ANY else _CHANNELS.get(name)
        choice = DigestChoice(channel=channel)
        with self._database.reading() as db:
            own = own_channels(db, member.id, among=self._channels)
            plan = self._plan(db, choice, request.now)
        if name in _ANY or channel in own:
            return self._chosen(request, member, choice, plan)
        if channel is None:
            return _ask_channel(own)
        if channel not in self._channels:
            return told(texts.DIGEST_CHANNEL_NOT_HERE.format(channel=channel_name(channel)))
        return told(texts.DIGEST_CHANNEL_NOT_LINKED[channel])

    def _chosen(self, request: Request, member: Member, choice: DigestChoice, said: str) -> Outcome:
        def write(db: Connection) -> None:
            digest_choices.save(db, member.id, choice, now=request.now)

        return told(said, task=request.task, writes=(write,))

    # -- read ----------------------------------------------------------------------------------------------------------

    def _mark(self, request: Request) -> Outcome:
        member, typed = request.asker.member, _NUMBER.fullmatch(" ".join(fold(request.arguments).split()))
        if member is None:
            return told(texts.DIGEST_OF_NOBODY)
        with self._database.reading() as db:
            found = letters.get(db, int(typed["number"]), member.id) if typed else letters.last_of(db, member.id)
        if found is None:
            return told(texts.DIGEST_NO_SUCH.format(number=typed["number"]) if typed else texts.DIGEST_NONE)
        letter, _ = found
        if letter.read_at is not None:
            return told(texts.DIGEST_READ_BEFORE.format(number=letter.digest), task=request.task)

        def write(db: Connection) -> None:
            letters.mark_read(db, letter.digest, member.id, now=request.now)

        who = texts.DIGEST_READ_BY_NAME if self._names else texts.DIGEST_READ_COUNTED
        return told(texts.DIGEST_READ.format(number=letter.digest, who=who), task=request.task, writes=(write,))

    def _readings(self, request: Request) -> Outcome:
        if not _may_count(request):
            return told(texts.DIGEST_READINGS_NOT_YOURS)
        with self._database.reading() as db:
            digest = digests.last(db)
            counted = readings_for(db, digest.number, request.asker, names=self._names) if digest else ()
        if digest is None:
            return told(texts.DIGEST_NONE_YET)
        lines = list(map(reading_words, counted)) or [texts.DIGEST_NOBODY_IN_CELL]
        return told("\n".join((self._heading(digest), *lines)))


def _turned(text: str) -> str | None:
    form = form_of(text).replace("~", "")
    return "tắt" if form in _OFF_PHRASES else "bật" if form in _ON_PHRASES else None


def _may_count(request: Request) -> bool:
    member = request.asker.member
    return request.asker.is_administrator or (member is not None and member.role is Role.SECRETARY)


def _is_above(block: Block, view: View) -> bool:
    return any(map(view.is_above, papers_of(block)))


def _next_steps(letter: Letter, choice: DigestChoice, own: Collection[str]) -> tuple[Choice, ...]:
    steps = []
    if letter.read_at is None:
        steps.append(Choice(label=texts.DIGEST_MARK_READ, send=f"/daxem {letter.digest}"))
    if choice.receives:
        steps.append(Choice(label=texts.DIGEST_TURN_OFF, send="/bantin tắt"))
    else:
        steps.append(Choice(label=texts.DIGEST_TURN_ON, send="/bantin bật"))
    if len(own) > 1:
        steps.append(Choice(label=texts.DIGEST_OTHER_CHANNEL, send="/bantin kênh"))
    return tuple(steps)


def _ask_channel(own: Collection[str]) -> Outcome:
    said = texts.DIGEST_WHICH_CHANNEL.format(channels=", ".join(map(channel_name, own)) or texts.DIGEST_NO_CHANNELS)
    choices = Choices(choices=tuple(map(_to_channel, own)))
    return Outcome(Answer(answered=False, reply=Reply(blocks=(Text(text=said), *([choices] if own else [])))))


def _to_channel(channel: str) -> Choice:
    return Choice(label=texts.DIGEST_BY_CHANNEL.format(channel=channel_name(channel)), send=f"/bantin kênh {channel}")
