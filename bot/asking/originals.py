"""``/vanbangoc``: the file of the directive that the conversation stands at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import Answer
from bot.answering.citation import full_name_of
from bot.asking.finding import elsewhere
from bot.asking.sight import Sight
from bot.department import Command, Department, Outcome, Request, told
from bot.messages import File, Frozen, Link, Reply, Text
from bot.people.access import Asker
from bot.people.keys import Keys
from bot.state import members
from index import Directive, DirectiveId

if TYPE_CHECKING:
    from bot.state.database import Database

_PURPOSE: Final = "original"
_VALID: Final = timedelta(minutes=15)


class Original(Frozen):
    """A directive's file, after its rights have been checked. ``name``: as it is saved."""

    path: Path
    name: str


class Originals:
    """``corpus_dir``: nothing outside it is ever handed out. ``file_channels``: those that send files; the others
    send a link that runs out.
    """

    def __init__(
        self,
        database: Database,
        sight: Sight,
        *,
        keys: Keys,
        corpus_dir: Path,
        public_url: str | None,
        file_channels: Collection[str],
    ) -> None:
        self._database = database
        self._sight = sight
        self._keys = keys
        self._corpus_dir = corpus_dir
        self._public_url = public_url
        self._file_channels = frozenset(file_channels)

    def department(self) -> Department:
        words = ("van ban goc", "file goc", "toan van", "ban goc")
        command = Command(names=("vanbangoc",), answer=self.send, rank=self._sight.rank, phrases=words)
        return Department(commands=(command,))

    def send(self, request: Request) -> Outcome:
        view, focus = self._sight.of(request), request.conversation.focus
        if focus is None or focus.directive.id not in view.own:
            return told(texts.NO_ORIGINAL_MEANT, writes=view.checks)
        if view.is_above(focus.directive.id):
            return Outcome(elsewhere(self._public_url), writes=view.checks)
        directive = view.directives[focus.directive.id]
        block = self._block(directive, request)
        if block is None:
            return told(texts.ORIGINAL_AT_OFFICE.format(directive=full_name_of(directive)), writes=view.checks)
        said = Text(text=texts.ORIGINAL_SENT.format(directive=full_name_of(directive)))
        return Outcome(Answer(answered=True, reply=Reply(blocks=(said, block))), writes=view.checks)

    def original_of(self, directive: str, asker: Asker, *, channel: str | None = None) -> Original | None:
        """With the rights of this moment; ``channel``: within what it shows, None without such a limit."""
        with self._database.reading() as db:
            view = self._sight.of_asker(db, asker, channel=channel)
        found = view.directives.get(DirectiveId(directive)) if view.shows(directive) else None
        path = self._path(found) if found else None
        return Original(path=path, name=path.name) if path else None

    def linked_original(self, signature: str) -> Original | None:
        """None for a link that is forged or has run out, whose member has gone, or may not see it any more."""
        value = self._keys.signed(_PURPOSE, signature, seconds=int(_VALID.total_seconds()))
        member_id, _, rest = (value or "").partition(":")
        channel, _, directive = rest.partition(":")
        if not (member_id.isdecimal() and directive):
            return None
        with self._database.reading() as db:
            member = members.by_id(db, int(member_id))
        if member is None and int(member_id):
            return None
        return self.original_of(directive, Asker(member=member), channel=channel)

    def _block(self, directive: Directive, request: Request) -> File | Link | None:
        path = self._path(directive)
        if path is None:
            return None
        if request.incoming.channel in self._file_channels:
            return File(path=directive.file, name=path.name, directive=directive.id)
        if not self._public_url:
            return None
        member = request.asker.member
        value = f"{member.id if member else 0}:{request.incoming.channel}:{directive.id}"
        url = f"{self._public_url.rstrip('/')}/lien-ket/{self._keys.sign(_PURPOSE, value)}"
        return Link(label=texts.ORIGINAL_LINK.format(minutes=int(_VALID.total_seconds() // 60)), url=url)

    def _path(self, directive: Directive) -> Path | None:
        """The file, where it is one and lies in the corpus, also behind links."""
        root = self._corpus_dir.resolve()
        path = (root / directive.file).resolve()
        return path if path.is_file() and path.is_relative_to(root) else None
