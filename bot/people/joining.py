"""Coming and going: /start, what is stored (/toi), erasing it (/xoa), a code for the web page (/maweb)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Final

from sqlalchemy import Connection

from bot import texts
from bot.answering.answer import Answer
from bot.answering.citation import spoken_date
from bot.answering.confirming import says_no, says_yes
from bot.answering.conversation import Conversation
from bot.department import Command, Department, Outcome, Rank, Request, Stale, Task, told
from bot.messages import Block, Choice, Choices, Link, Reply, Text
from bot.people.erasing import erase_account
from bot.people.keys import Keys
from bot.people.linking import grouped, make_invite
from bot.state import accounts, audit, digest_choices, letters, questions
from bot.state.accounts import Account
from bot.state.database import Database
from bot.state.digest_choices import DigestChoice
from bot.state.members import Member

WEB_CODE_VALID: Final = timedelta(minutes=10)
_TIME_TO_CONFIRM: Final = timedelta(minutes=10)
_ERASE: Final = "erase"


def intro(organization: str, days: int) -> str:
    """What somebody is told first: that nobody human answers, whose this is, and what is stored."""
    return f"{texts.INTRO.format(organization=organization)}\n\n{texts.INTRO_STORED.format(days=days)}"


def how_to_link(*, private: bool = True, public_answers: bool = False) -> str:
    """A code is asked for only where nobody else reads it. ``public_answers``: others are answered as well."""
    why = texts.WHY_TO_LINK_PUBLIC if public_answers else texts.WHY_TO_LINK
    how = texts.HOW_TO_LINK if private else texts.HOW_TO_LINK_IN_GROUP
    return f"{why} {how}"


@dataclass(frozen=True, kw_only=True)
class Joining:
    """``days``: how long a logged question is kept. ``public_url``: of the web page, None where there is none.

    ``starters``: questions to begin with, for somebody who is linked. ``public_answers``: people who are not linked
    are answered from what is public.
    """

    database: Database
    keys: Keys
    organization: str
    days: int
    zone: tzinfo
    public_url: str | None = None
    public_answers: bool = False
    starters: Callable[[Request], Choices | None] = lambda _: None

    def department(self) -> Department:
        return Department(
            commands=(
                Command(names=("start", "batdau"), answer=self._start, rank=Rank.ANYBODY, phrases=("bat dau",)),
                Command(
                    names=("toi",),
                    answer=self._about_me,
                    rank=Rank.ANYBODY,
                    phrases=("thong tin cua toi", "thong tin ve toi", "toi la ai", "luu gi ve toi"),
                    private=True,
                ),
                Command(
                    names=("maweb",),
                    answer=self._web_code,
                    phrases=("ma web", "ma trang web", "ma vao trang web", "ma dang nhap", "lay ma dang nhap"),
                    private=True,
                ),
                Command(
                    names=("xoa",),
                    answer=self._ask_to_erase,
                    rank=Rank.ANYBODY,
                    phrases=("xoa tai khoan", "xoa thong tin cua toi", "xoa lien ket", "huy lien ket"),
                    private=True,
                ),
            ),
            tasks={_ERASE: self._confirm},
        )

    def _start(self, request: Request) -> Outcome:
        member = request.asker.member
        if member is not None:
            blocks: list[Block] = [Text(text=texts.GREETING_LINKED.format(name=member.name))]
            if starters := self.starters(request):
                blocks.append(starters)
            return Outcome(Answer(answered=False, reply=Reply(blocks=tuple(blocks))))
        if request.asker.everything:
            return told(texts.GREETING)
        how = how_to_link(private=request.incoming.private, public_answers=self.public_answers)
        return told(intro(self.organization, self.days), how)

    def _about_me(self, request: Request) -> Outcome:
        member = request.asker.member
        if member is None:
            return told(texts.ABOUT_CONSOLE if request.asker.everything else texts.ABOUT_GUEST.format(days=self.days))
        asker = self.keys.asker(member.id)
        with self.database.reading() as db:
            linked = accounts.of_member(db, member.id)
            asked, voted = questions.of_asker(db, asker), questions.votes_of(db, asker)
            choice, (made, read) = digest_choices.of_member(db, member.id), letters.kept_of(db, member.id)
        stored = texts.ABOUT_ME_MEMBER.format(
            code=member.code,
            name=member.name,
            cell=member.cell,
            role=texts.ROLE_NAMES[member.role],
            accounts="; ".join(self._account(account, request) for account in linked),
            days=self.days,
            questions=asked,
            votes=voted,
            digest=_digest(choice),
            digests=made,
            read=read,
        )
        return told(f"{texts.ABOUT_ME}\n{stored}", texts.ABOUT_ME_CURE)

    def _account(self, account: Account, request: Request) -> str:
        template = texts.ABOUT_ME_THIS_ACCOUNT if _is_here(account, request) else texts.ABOUT_ME_ACCOUNT
        return template.format(
            channel=_channel(account), date=spoken_date(account.linked_at.astimezone(self.zone).date())
        )

    def _web_code(self, request: Request) -> Outcome:
        member = request.asker.member
        if member is None:
            return told(texts.WEB_CODE_NEEDS_MEMBER)
        invite, store = make_invite(member, self.keys, now=request.now, valid=WEB_CODE_VALID, beside_others=True)
        minutes = int(WEB_CODE_VALID.total_seconds()) // 60
        blocks: list[Block] = [Text(text=texts.WEB_CODE_FOR_YOU.format(code=grouped(invite.code), minutes=minutes))]
        if self.public_url:
            blocks.append(Link(label=texts.WEB_CODE_OPEN, url=self.public_url))
        return Outcome(answer=Answer(answered=False, reply=Reply(blocks=tuple(blocks))), writes=(store,))

    def _ask_to_erase(self, request: Request) -> Outcome:
        if request.asker.everything:
            return told(texts.NOTHING_TO_ERASE)
        question = texts.ERASE_QUESTION if request.asker.member else texts.ERASE_QUESTION_GUEST
        choices = tuple(Choice(label=words, send=words) for words in (texts.ERASE_YES, texts.ERASE_NO))
        reply = Reply(blocks=(Text(text=question), Choices(choices=choices)))
        task = Task(name=_ERASE, until=request.now + _TIME_TO_CONFIRM)
        return Outcome(answer=Answer(answered=False, reply=reply), task=task)

    def _confirm(self, request: Request) -> Outcome | None:
        if says_no(request.text):
            return told(texts.ERASE_KEPT)
        return self._erase(request) if says_yes(request.text, "xoa", "xoa di", "co xoa") else None

    def _erase(self, request: Request) -> Outcome:
        member = request.asker.member
        others = self._others(member, request) if member else ()

        def erase(db: Connection) -> None:
            incoming = request.incoming
            erase_account(db, channel=incoming.channel, account=incoming.sender, chat=incoming.chat)
            if member is None:
                return
            left = accounts.of_member(db, member.id)
            if bool(left) != bool(others):
                raise Stale
            if not left:
                questions.forget_asker(db, self.keys.asker(member.id))
                digest_choices.forget(db, member.id)
                letters.forget_reading(db, member.id)
            audit.record(db, actor=member.code, action="account.erase", now=request.now, channel=incoming.channel)

        words = texts.ERASED if member else texts.ERASED_GUEST
        if others:
            words = texts.ERASED_OTHERS_LEFT.format(accounts=", ".join(map(_channel, others)))
        done = told(words, writes=(erase,))
        return Outcome(answer=done.answer, conversation=Conversation(), writes=done.writes)

    def _others(self, member: Member, request: Request) -> Sequence[Account]:
        with self.database.reading() as db:
            return [each for each in accounts.of_member(db, member.id) if not _is_here(each, request)]


def _is_here(account: Account, request: Request) -> bool:
    return (account.channel, account.account) == (request.incoming.channel, request.incoming.sender)


def _channel(account: Account) -> str:
    return texts.CHANNEL_NAMES.get(account.channel, account.channel)


def _digest(choice: DigestChoice) -> str:
    if not choice.receives:
        return texts.ABOUT_ME_DIGEST_OFF
    if choice.channel is None:
        return texts.ABOUT_ME_DIGEST_ON
    return texts.ABOUT_ME_DIGEST_ON_AT.format(channel=texts.CHANNEL_NAMES.get(choice.channel, choice.channel))
