"""What a digest says at one moment, worded once for all who are told the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.channels.base import Capabilities
from bot.channels.splitting import room
from bot.digest.content import DigestContent, compose
from bot.digest.material import Material, content_key, gather, papers_json
from bot.digest.wording import worded
from bot.messages import Reply
from bot.people.access import Asker, Ceiling
from bot.people.erasing import WEB
from bot.state.members import Member

if TYPE_CHECKING:
    from datetime import datetime

    from bot.state.database import Database
    from bot.state.digests import Digest
    from bot.validity.register import Known
    from index import Library


class Written(NamedTuple):
    """``reply``: as it goes out on a channel; ``whole``: all of it, as the web page may show it. ``is_quiet``: there is
    nothing to tell this person; ``has_news``: there is something that has not been told before.
    """

    reply: Reply
    whole: Reply
    is_quiet: bool
    has_news: bool


class Edition(Protocol):
    """All digests of one moment. ``papers``: JSON, for the next digest to compare with."""

    @property
    def papers(self) -> str: ...

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        """``number``: of the digest, None for a preview."""


Author = Callable[["Digest | None", "datetime"], Edition]
"""The edition of a moment; the digest before it. It reads the database, so it is asked outside of a transaction."""


class Newsroom:
    """Writes editions from the library and the state. ``capabilities``: of the channels that are set up, by name."""

    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        known: Callable[[], Known],
        ceilings: Mapping[str, Ceiling],
        capabilities: Mapping[str, Capabilities],
        public_url: str | None,
        zone: ZoneInfo,
    ) -> None:
        self._library, self._database, self._known = library, database, known
        self._ceilings, self._capabilities = ceilings, capabilities
        self._public_url, self._zone = public_url, zone

    def edition(self, last: Digest | None, until: datetime) -> Edition:
        known = self._known()
        with self._database.reading() as db:
            material = gather(
                db, self._library, known, ceilings=self._ceilings, zone=self._zone, until=until, last=last
            )
        return _Printed(material, self._capabilities, public_url=self._public_url)


class _Printed:
    def __init__(self, material: Material, capabilities: Mapping[str, Capabilities], *, public_url: str | None) -> None:
        self._material, self._capabilities, self._public_url = material, capabilities, public_url
        self._contents: dict[tuple[str, ...], DigestContent] = {}
        self._written: dict[tuple[object, ...], Written] = {}

    @property
    def papers(self) -> str:
        return papers_json(self._material)

    def written(self, member: Member, channel: str, *, number: int | None) -> Written:
        asker = Asker(member=member)
        key = (*content_key(self._material, asker, channel), channel, number)
        if key not in self._written:
            content = self._content(asker, channel)
            reply = self._worded(content, channel, number)[0]
            whole = self._worded(self._content(asker, WEB), WEB, number)[1]
            self._written[key] = Written(reply, whole, content.is_quiet, content.has_news)
        return self._written[key]

    def _content(self, asker: Asker, channel: str) -> DigestContent:
        key = content_key(self._material, asker, channel)
        if key not in self._contents:
            self._contents[key] = compose(self._material, asker, channel)
        return self._contents[key]

    def _worded(self, content: DigestContent, channel: str, number: int | None) -> tuple[Reply, Reply]:
        able = self._capabilities.get(channel, Capabilities())
        return worded(content, length=room(able), public_url=self._public_url, number=number)
