"""``admin``: what administrators do in chat, done by the person at the server, one conversation for each call."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import texts
from bot.app import chat_channels, open_database, open_keys, open_library
from bot.assembly import Assembly, Loop, assemble
from bot.clock import now_utc
from bot.errors import FileMissing, FileTooLarge
from bot.local import LocalDesk, print_reply
from bot.messages import Attachment, Incoming, Reply
from bot.notices import Notices

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.state.database import Database

CHANNEL: Final = "console"
_FILE_WORDS: Final = ("tệp:", "tep:")
_MEGABYTE: Final = 2**20


class _Background:
    """What an answer has begun, to be waited for before the next turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._begun: list[Future[None]] = []

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        self._begun.append(asyncio.run_coroutine_threadsafe(work, self._loop))

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def end(self) -> None:
        while self._begun:
            await asyncio.wrap_future(self._begun.pop(0))


def administer(settings: Settings, turns: Sequence[str], *, file: Path | None) -> bool:
    """Prints the reply to each turn; False when one failed, or what it began. ``file`` comes with the first turn.

    Raises FileMissing before anything is done, and what opening library, database and key may raise.
    """
    messages = list(_messages(turns, file=file))
    database = open_database(settings)
    try:
        return asyncio.run(_converse(settings, database, messages))
    finally:
        database.close()


def _messages(turns: Sequence[str], *, file: Path | None) -> Sequence[Incoming]:
    call = secrets.token_hex(4)  # each message of each call is one of its own
    found = []
    for position, turn in enumerate(turns or [""]):
        path, text = _named_file(turn), turn
        if path:
            text = ""
        elif position == 0:
            path = file
        found.append(
            Incoming(
                channel=CHANNEL,
                sender="local",
                chat=call,
                message=f"{call}-{position}",
                text=text,
                attachment=_attached(path) if path else None,
            )
        )
    return found


def _named_file(turn: str) -> Path | None:
    typed = unicodedata.normalize("NFC", turn).lstrip()
    word = next((each for each in _FILE_WORDS if typed.casefold().startswith(each)), None)
    path = turn.partition(":")[2].strip()  # as it is spelled on the disk
    return Path(path).expanduser() if word and path else None


def _attached(path: Path) -> Attachment:
    if not path.is_file():
        raise FileMissing(path=path, detail=texts.NO_SUCH_FILE)
    return Attachment(kind="file", name=path.name, size=path.stat().st_size, reference=str(path.resolve()))


async def _fetch(_: str, attachment: Attachment, limit: int) -> bytes:
    path = Path(attachment.reference)
    try:
        if path.stat().st_size > limit:
            raise FileTooLarge(limit=limit // _MEGABYTE)
        return await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise FileMissing(path=path, detail=error.strerror) from error


async def _converse(settings: Settings, database: Database, messages: Sequence[Incoming]) -> bool:
    background = _Background(asyncio.get_running_loop())
    assembly = _assembled(settings, database, background, say=print_reply)
    desk, clean = LocalDesk(assembly.router, database=database), True
    for message in messages:
        answer = await asyncio.to_thread(desk.answer, message)
        print_reply(answer.reply)
        before = assembly.reindexing.last
        await background.end()
        clean = clean and answer.error is None and not _has_failed(assembly.reindexing.last, before=before)
    return clean


def _has_failed(last: str, *, before: str) -> bool:
    """Whether the build that ran meanwhile came to nothing, by what was said of it."""
    return last != before and last.startswith(texts.REINDEX_FAILED.partition("{")[0])


def _assembled(
    settings: Settings, database: Database, background: _Background, *, say: Callable[[Reply], None]
) -> Assembly:
    """The router that `run` has; what goes out to people is queued, and sent by the process that runs."""
    from bot.channels.web.channel import Web

    capabilities = {name: channel.capabilities for name, channel in chat_channels(settings).items()}
    capabilities[Web.name] = Web.capabilities
    return assemble(
        settings,
        open_library(settings),
        database,
        keys=open_keys(settings),
        notices=Notices(
            database, capabilities, clock=now_utc, wake=lambda _: None, elsewhere=lambda _, reply: say(reply)
        ),
        loop=Loop(start=background.start, wait=background.wait, fetch=_fetch),
        capabilities=capabilities,
        telegram_name=lambda: None,
    )
