"""The composition root: the only place that sees everything and joins it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.channels.console import Console
from bot.errors import BadUsage, BotError, NoSuchMember, SamplesRefused
from bot.local import LocalDesk, local_desk
from index import LibraryError

if TYPE_CHECKING:
    from bot.answering.standings import Visible
    from bot.channels.base import Channel
    from bot.people.access import Asker
    from bot.people.keys import Keys
    from bot.settings import Settings
    from bot.state.database import Database
    from index import BuildReport, DirectiveId, Library, Progress, Rollback, Validity

logger = logging.getLogger(__name__)

Watch = Callable[["Progress"], None]
Sight = Callable[[], "Visible"]

BUNDLED_CORPUS: Final = Path(__file__).resolve().parent.parent / "docs_corpus"


def set_up_logging(level: str) -> None:
    """To stderr, what this program says at ``level``, and of the libraries under it only errors."""
    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("bot", "index"):
        logging.getLogger(name).setLevel(level)


def open_library(settings: Settings) -> Library:
    from index import Library

    return Library.open(settings.library_dir, encoder=settings.encoder, threshold=settings.answer_threshold)


def rebuild(settings: Settings, *, progress: Watch | None = None, accept: bool = False) -> BuildReport:
    """Makes the library answer from what the corpus holds now; ``accept``: however it answers the questions."""
    from bot.quality.guarding import guard_of
    from index import build_library, load_encoder

    guard = guard_of(settings)
    return build_library(
        settings.corpus_dir,
        settings.library_dir,
        encoder=load_encoder(settings.encoder),
        progress=progress,
        check=(guard.accepting() if accept else guard).check(),
    )


def roll_back(settings: Settings, *, progress: Watch | None = None) -> Rollback:
    """Lets the snapshot before answer again; the nightly look leaves it until the corpus changes."""
    from bot.corpus.nightly import fingerprint
    from index import roll_back as go_back

    found = fingerprint(settings.corpus_dir)
    return go_back(settings.corpus_dir, settings.library_dir, mark=found, progress=progress)


def open_or_build(settings: Settings, build: Callable[[Settings], object]) -> Library:
    """The library; where none has been built yet, or by another version or model, ``build`` is called first."""
    try:
        return open_library(settings)
    except LibraryError as error:
        if error.code not in ("library_missing", "library_outdated", "encoder_mismatch"):
            raise
    build(settings)
    return open_library(settings)


# -- for the person who runs the program ---------------------------------------------------------------------------


def sight(settings: Settings, library: Library, *, member: str | None) -> Sight:
    """What may be seen now: all that is not withdrawn, or what the member of this code or name may see.

    Raises NoSuchMember, AmbiguousMember.
    """
    from bot.people.access import Asker

    database = open_database(settings) if has_state(settings) else None
    if database is None:
        if member:
            raise NoSuchMember(member=member)
        return lambda: None
    if not member:
        return lambda: _visible(library, database, Asker(everything=True))
    from bot.people.lookup import find_member

    with database.reading() as db:
        asker = Asker(member=find_member(db, member))
    return lambda: _visible(library, database, asker)


def _visible(library: Library, database: Database, asker: Asker) -> frozenset[DirectiveId]:
    from bot.people.access import rights
    from bot.state import overrides

    with database.reading() as db:
        return rights(library.list(), overrides.everything(db), asker, ceiling=None).own


def validity(settings: Settings, library: Library) -> Callable[[], Validity]:
    """Whether the directives hold now; without a database by their own words alone."""
    from bot.validity.register import Register

    database = open_database(settings) if has_state(settings) else None
    return Register(library, database, zone=settings.zone, at_once=settings.relations_at_once).now


def what_waits(settings: Settings, report: BuildReport) -> list[str]:
    """A line for each thing in the library that waits for an administrator; nothing where there is no database."""
    from bot.digest.duties.deciding import waiting_duties
    from bot.validity.register import Register
    from bot.validity.waiting import waiting_lines

    if not has_state(settings):
        return []
    try:
        library, database = open_library(settings), open_database(settings)
        register = Register(library, database, zone=settings.zone, at_once=settings.relations_at_once)
        return [*waiting_lines(register.known(), report), *waiting_duties(library, database, register)]
    except (BotError, LibraryError) as error:  # the build is done all the same
        logger.warning("what waits in the library could not be told: %s", error)
        return []


def chat(settings: Settings, library: Library, *, member: str | None) -> None:
    """Questions and answers in the terminal, until its end."""
    judged = validity(settings, library)
    desk = local_desk(library, sight(settings, library, member=member), validity=judged)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one leaves
        asyncio.run(Console(greeting=_greeting(library)).serve(desk.handle))


def _greeting(library: Library) -> str:
    from bot.answering.citation import spoken_date

    info = library.info()
    return texts.CONSOLE_LIBRARY.format(
        directives=info.directives, built_at=spoken_date(info.built_at.astimezone().date())
    )


# -- for everybody -------------------------------------------------------------------------------------------------


def has_state(settings: Settings) -> bool:
    """Whether there is a database to look into; a file that is not there yet is none."""
    return settings.database_url is not None or settings.state_file.exists()


def open_database(settings: Settings) -> Database:
    from bot.state.database import Database

    return Database.open(settings.database)


def open_keys(settings: Settings) -> Keys:
    from bot.people.keys import load_keys

    secret = settings.secret_key.get_secret_value() if settings.secret_key else None
    return load_keys(secret, state_dir=settings.state_dir)


def chat_channels(settings: Settings) -> dict[str, Channel]:
    """The chat platforms that have a token, by name."""
    channels: dict[str, Channel] = {}
    if settings.telegram_token:
        from bot.channels.telegram import Telegram

        secret = settings.telegram_webhook_secret
        channels["telegram"] = Telegram(
            settings.telegram_token.get_secret_value(),
            corpus_dir=settings.corpus_dir,
            api_url=settings.telegram_api_url,
            webhook_secret=secret.get_secret_value() if secret else None,
        )
    if settings.zalo_token:
        from bot.channels.zalo import Zalo

        secret = settings.zalo_webhook_secret
        channels["zalo"] = Zalo(
            settings.zalo_token.get_secret_value(),
            api_url=settings.zalo_api_url,
            webhook_secret=secret.get_secret_value() if secret else None,
        )
    return channels


def webhook_of(settings: Settings, name: str) -> Channel:
    """Raises BadUsage for a channel without a token."""
    channel = chat_channels(settings).get(name)
    if channel is None:
        raise BadUsage(detail=texts.WEBHOOK_NO_CHANNEL.format(channel=name))
    return channel


def refuse_samples(settings: Settings, library: Library | None = None) -> None:
    """Raises SamplesRefused where papers written for trying would reach members over a chat platform."""
    reaches_members = bool(settings.telegram_token or settings.zalo_token) and not settings.allow_samples
    is_bundled = settings.corpus_dir.resolve() == BUNDLED_CORPUS
    if reaches_members and (is_bundled or (library and any(directive.sample for directive in library.list()))):
        raise SamplesRefused(folder=settings.corpus_dir)


def run(settings: Settings, *, build: Callable[[Settings], object], console: bool) -> None:
    """Serves every channel until it is stopped.

    Raises SamplesRefused, ChannelError where the web address cannot be had, and what opening library, database and key
    may raise.
    """
    refuse_samples(settings)
    library = open_or_build(settings, build)
    refuse_samples(settings, library)
    database, keys = open_database(settings), open_keys(settings)
    try:
        asyncio.run(_serve(settings, library, database, keys=keys, console=console))
    finally:
        database.close()


async def _serve(settings: Settings, library: Library, database: Database, *, keys: Keys, console: bool) -> None:
    from bot.first_steps import first_code, free_endpoint
    from bot.serving import Service, stop_on_signals

    stop = stop_on_signals()
    host, port = settings.web_endpoint or free_endpoint()
    service = Service(settings, library, database, keys=keys, chats=chat_channels(settings), host=host, port=port)
    running = asyncio.create_task(service.run(stop=stop))
    listening = asyncio.create_task(service.web.listening())
    await asyncio.wait({running, listening}, return_when=asyncio.FIRST_COMPLETED)
    if listening.done():
        code = await asyncio.to_thread(first_code, settings, database, keys)
        print(texts.RUN_ADDRESS.format(address=listening.result()), *code, sep="\n", flush=True)
    dialogue = asyncio.create_task(_converse(service.local_desk(), library)) if console else None
    try:
        await running
    finally:
        for task in (listening, dialogue):
            if task:
                task.cancel()


async def _converse(desk: LocalDesk, library: Library) -> None:
    """The end of the terminal's input ends this only."""
    with suppress(BrokenPipeError):
        await Console(greeting=_greeting(library)).serve(desk.handle)
        print(texts.CONSOLE_ENDED, file=sys.stderr)
