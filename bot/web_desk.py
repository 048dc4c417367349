"""What the web page asks of the application: sessions, transcripts, originals, health."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.asking.recheck import marked_anew, without_doubtful
from bot.channels.web.desk import Health, Line, Original, SignIn, Visitor
from bot.errors import BotError
from bot.messages import Block, QuoteBlock, Reply, Text, papers_of
from bot.people import sessions
from bot.people.access import Asker
from bot.people.erasing import WEB
from bot.people.identity import identify
from bot.people.keys import Keys
from bot.state import inbox, outbox
from index import LibraryError

if TYPE_CHECKING:
    from bot.answering.standings import Standings
    from bot.asking.originals import Originals
    from bot.state.database import Database
    from index import Library

_TRANSCRIPT: Final = 100


class SignedInDesk:
    """The `WebDesk` of this application. ``public_answers``: people without a code are answered too. ``told``:
    what an account may see now, and what of it holds: old replies are shown again as they may be by now.
    ``problems``: of channels, which are said and do not make the page less ready.
    """

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        keys: Keys,
        originals: Originals,
        public_answers: bool,
        clock: Callable[[], datetime],
        told: Callable[[str], Standings],
        problems: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._library = library
        self._database = database
        self._keys = keys
        self._originals = originals
        self._public_answers = public_answers
        self._clock = clock
        self._told = told
        self._problems = problems

    def sign_in(self, code: str, *, address: str) -> SignIn:
        admitted = sessions.sign_in(self._database, self._keys, code=code, address=address, now=self._clock())
        return SignIn(token=admitted.token, refusal=admitted.refusal, locked=admitted.locked)

    @property
    def public_answers(self) -> bool:
        return self._public_answers

    def guest(self) -> str | None:
        return sessions.guest(self._database, self._keys, now=self._clock()) if self._public_answers else None

    def visitor(self, token: str) -> Visitor | None:
        account = sessions.account_of(self._database, self._keys, token=token, now=self._clock())
        if account is None or (sessions.is_guest(account) and not self._public_answers):
            return None
        asker = self._asker(account)
        name = asker.member.name if asker.member else None
        return Visitor(account=account, chat=account, name=name, is_admin=asker.is_administrator)

    def sign_out(self, token: str) -> None:
        sessions.sign_out(self._database, self._keys, token=token, now=self._clock())

    def transcript(self, chat: str, *, after: int = 0) -> Sequence[Line]:
        with self._database.reading() as db:
            sent = outbox.transcript(db, WEB, chat, after=after, limit=_TRANSCRIPT)
        standings = self._told_in(chat, [each.reply for each in sent])
        return [
            Line(
                number=each.number,
                reply=_shown(each.reply, standings) if standings else each.reply,
                at=each.created_at,
                question=each.asked.text if each.asked else None,
                message=each.asked.message if each.asked else None,
                replaces=each.replaces,
            )
            for each in sent
        ]

    def waiting(self, chat: str) -> Sequence[tuple[str, str]]:
        with self._database.reading() as db:
            return [(each.message, each.text) for each in inbox.waiting_in(db, WEB, chat)]

    def original(self, visitor: Visitor, directive: str) -> Original | None:
        found = self._originals.original_of(directive, self._asker(visitor.account))
        return Original(path=found.path, name=found.name) if found else None

    def linked_original(self, signature: str) -> Original | None:
        found = self._originals.linked_original(signature)
        return Original(path=found.path, name=found.name) if found else None

    def health(self) -> Health:
        problems = [problem for problem in (self._of_library(), self._of_database()) if problem]
        return Health(ready=not problems, problems=(*problems, *self._problems()))

    def _told_in(self, chat: str, replies: Sequence[Reply]) -> Standings | None:
        """None where there is nothing to look at. Its own account is the only one that reads a chat of this channel."""
        named = any(papers_of(block) for reply in replies for block in reply.blocks)
        return self._told(chat) if named else None

    def _asker(self, account: str) -> Asker:
        with self._database.reading() as db:
            return identify(db, WEB, account)

    def _of_library(self) -> str:
        try:
            self._library.info()
        except LibraryError as error:
            return f"library: {error.code}"
        return ""

    def _of_database(self) -> str:
        if self._database.is_gone:
            return "database: the file is gone"
        try:
            with self._database.reading() as db:
                inbox.count_waiting(db)
        except BotError as error:
            return f"database: {error.code}"
        return ""


def _shown(reply: Reply, standings: Standings) -> Reply:
    """Without what may not be seen any more, and marked with what holds no longer; the choices keep their places."""
    visible: Set[str] = standings.visible or frozenset()
    gone = Text(text=texts.WEB_NOT_SHOWN)
    shown: list[Block] = []
    for block in reply.blocks:
        if papers_of(block) <= visible:
            shown.append(marked_anew(block, standings) if isinstance(block, QuoteBlock) else block)
        elif gone not in shown[-1:]:
            shown.append(gone)
    return without_doubtful(Reply(blocks=tuple(shown)))
