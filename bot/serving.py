"""What `run` keeps going until it is stopped: the channels, the desk, the senders, the nightly look."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from bot.asking.recheck import as_allowed, shown_in
from bot.assembly import Assembly, Loop, assemble, lease_of
from bot.channels.base import Channel, Webhook
from bot.channels.web.channel import Web
from bot.clock import now_utc
from bot.corpus.nightly import Nightly, gone_back
from bot.corpus_desk import corpus_desk
from bot.department import Outcome
from bot.digest.clockwork import Clockwork
from bot.digest.desk import DigestPages
from bot.digest.duties.desk import DutyPages
from bot.digest.recipients import why_unwanted
from bot.errors import ChannelError
from bot.flow.commits import Commits
from bot.flow.delivery import Delivery
from bot.flow.desk import Desk
from bot.flow.duty import Duty, this_process
from bot.flow.housekeeping import keep_house
from bot.flow.metrics import Metrics
from bot.flow.waking import end, in_line
from bot.flow.watching import TRY_AGAIN, Watch
from bot.gate import group_intro
from bot.local import LocalDesk, print_reply
from bot.messages import Attachment, Incoming, Reply, Text
from bot.notices import Notices
from bot.people.identity import identify
from bot.people.joining import intro
from bot.people.keys import Keys
from bot.router import Arrived
from bot.state import outbox
from bot.state.conversations import ChatState
from bot.state.inbox import Waiting
from bot.state.outbox import Parcel
from bot.web_desk import SignedInDesk
from index import LibraryError

if TYPE_CHECKING:
    from bot.answering.standings import Standings
    from bot.settings import Settings
    from bot.state.database import Database
    from index import Library

logger = logging.getLogger(__name__)

_UPLOADS: Final = "uploads"
_DIGITS_OF_A_NUMBER: Final = 10
_GRACE: Final = 25.0


class Service:
    """One process of the bot. To be made and run on the event loop."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        database: Database,
        *,
        keys: Keys,
        chats: Mapping[str, Channel],
        host: str,
        port: int,
    ) -> None:
        self._settings, self._database, self._library = settings, database, library
        self._loop = asyncio.get_running_loop()
        self._channels: dict[str, Channel] = dict(chats)
        self._deliveries: dict[str, Delivery] = {}
        self._telegram_name: str | None = None
        self._watch = Watch()
        capabilities = {name: channel.capabilities for name, channel in chats.items()}
        capabilities[Web.name] = Web.capabilities
        self._notices = Notices(
            database, capabilities, clock=now_utc, wake=self._wake, elsewhere=lambda _, reply: print_reply(reply)
        )
        self._commits, self._metrics = Commits(database), Metrics(database)
        self.assembly: Assembly = assemble(
            settings,
            library,
            database,
            keys=keys,
            notices=self._notices,
            loop=Loop(start=self._start, wait=self._wait, fetch=self._fetch),
            capabilities=capabilities,
            telegram_name=lambda: self._telegram_name,
        )
        self.web = self._make_web(keys, host=host, port=port)
        self._channels[Web.name] = self.web
        self._desk = Desk(
            database,
            self._respond,
            commits=self._commits,
            metrics=self._metrics,
            clock=now_utc,
            replied=self._wake,
        )
        self._deliveries |= {name: self._make_delivery(channel) for name, channel in self._channels.items()}

    async def run(self, *, stop: asyncio.Event) -> None:
        """Until ``stop`` is set; answers that are under way are finished then. Raises ChannelError where the web
        address cannot be had.
        """
        serving = asyncio.create_task(self.web.serve(self._desk.receive), name="web")
        duties: dict[str, Callable[[], Awaitable[None]]] = {
            name: partial(self._on_duty, name) for name in self._channels
        }
        duties |= {
            "nightly": self._nightly,
            "digest": self._digest,
            "housekeeping": self._keep_house,
            "telegram name": self._learn_name,
        }
        work = [asyncio.create_task(self._watch.keep(name, duty), name=name) for name, duty in duties.items()]
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await _cancelled(*work)  # the page last, as it shows the answers
            await _cancelled(serving)
            await self._close()
        if not serving.cancelled() and (error := serving.exception()):
            raise error

    def problems(self) -> tuple[str, ...]:
        """Duties that are failing, each with the class of its error."""
        return self._watch.problems()

    def local_desk(self) -> LocalDesk:
        """For the person at this terminal, who may do everything."""
        return LocalDesk(self.assembly.router, database=self._database)

    def _make_web(self, keys: Keys, *, host: str, port: int) -> Web:
        settings = self._settings
        desk = SignedInDesk(
            self._library,
            self._database,
            keys=keys,
            originals=self.assembly.originals,
            public_answers=settings.public_answers,
            clock=now_utc,
            told=self._told,
            problems=self.problems,
        )
        secrets = {"telegram": settings.telegram_webhook_secret, "zalo": settings.zalo_webhook_secret}
        called = [each for name, each in self._channels.items() if secrets.get(name) and isinstance(each, Webhook)]
        return Web(
            desk,
            host=host,
            port=port,
            corpus_dir=settings.corpus_dir,
            uploads=settings.state_dir / _UPLOADS,
            upload_limit=settings.upload_limit,
            organization=settings.organization,
            metrics=self._metrics.render,
            public_url=settings.public_url,
            webhooks=called,
            unavailable=(LibraryError,),
            corpus_desk=corpus_desk(
                settings,
                self._library,
                self._database,
                staging=self.assembly.staging,
                reindexing=self.assembly.reindexing,
                register=self.assembly.register,
                wait=self._wait,
            ),
            duty_desk=DutyPages(self._library, self._database, self.assembly.register, clock=now_utc),
            digest_desk=DigestPages(
                self._database,
                self.assembly.sight,
                self.assembly.claiming,
                names=settings.digest_read_names,
                clock=now_utc,
                wake=self._notices.wake_all,
            ),
        )

    def _make_delivery(self, channel: Channel) -> Delivery:
        return Delivery(
            self._database,
            channel,
            workers=self._settings.send_workers,
            commits=self._commits,
            metrics=self._metrics,
            clock=now_utc,
            # the page does not show what is sent but the transcript, which is looked at whenever it is read
            still_allowed=None if channel.name == Web.name else self._still_allowed,
            quiet_until=self.assembly.timetable.quiet_until,
            unwanted=partial(why_unwanted, self._database),
        )

    # -- one channel ---------------------------------------------------------------------------------------------------

    async def _on_duty(self, name: str) -> None:
        """Serves a channel whenever this process holds it; one that ends is served again later."""
        duty = Duty(self._database, lease_of(name), holder=this_process(), clock=now_utc)
        while True:
            await duty.hold(lambda: self._serve(name))
            await asyncio.sleep(TRY_AGAIN)

    async def _serve(self, name: str) -> None:
        """Messages in, answers, replies out; they are stopped in this order."""
        work = [self._desk.answer_forever(name), self._deliveries[name].run()]
        if name != Web.name:  # the page is served whether or not this process answers it
            work.insert(0, self._channels[name].serve(self._desk.receive))
        await in_line(*work)

    def _still_allowed(self, parcel: Parcel) -> Reply | None:
        return as_allowed(self._database, self.assembly.sight, parcel)

    def _told(self, account: str) -> Standings:
        """On the page, where an account is its chat as well."""
        sight = self.assembly.sight
        with self._database.reading() as db:
            shown = shown_in(db, sight, Web.name, account)
        return sight.standings(shown)

    def _respond(self, waiting: Waiting, state: ChatState) -> Outcome:
        incoming = waiting.incoming
        with self._database.reading() as db:
            asker = identify(db, incoming.channel, incoming.sender)
            offered = _offered(db, incoming)
        arrived = Arrived(
            incoming=incoming, asker=asker, now=now_utc(), state=state, number=waiting.number, offered=offered
        )
        outcome = self.assembly.router.respond(arrived)
        if state.greeted or incoming.channel == Web.name:  # the page says it by itself
            return outcome
        organization, days = self._settings.organization, self._settings.question_log_days
        return introduced(outcome, intro(organization, days) if incoming.private else group_intro(organization))

    # -- beside the channels -------------------------------------------------------------------------------------------

    async def _nightly(self) -> None:
        at = self._settings.reindex_at
        if at is None:
            return
        nightly = Nightly(
            self.assembly.reindexing,
            self._notices,
            corpus=self._settings.corpus_dir,
            at=at,
            zone=self._settings.zone,
            database=self._database,
            clock=now_utc,
            rolled_back=lambda: gone_back(self._settings.library_dir),
        )
        duty = Duty(self._database, "nightly", holder=this_process(), clock=now_utc)
        await duty.hold(nightly.run_forever)

    async def _digest(self) -> None:
        own = self.assembly
        clockwork = Clockwork(self._database, own.claiming, own.timetable, clock=now_utc)
        duty = Duty(self._database, "digest", holder=this_process(), clock=now_utc)
        await duty.hold(clockwork.run_forever)

    async def _keep_house(self) -> None:
        await keep_house(self._database, question_days=self._settings.question_log_days, clock=now_utc)

    async def _learn_name(self) -> None:
        """Of our bot on Telegram, for the links of invitations; without it there are codes only."""
        from bot.channels.telegram import Telegram

        channel = self._channels.get("telegram")
        while isinstance(channel, Telegram) and not self._telegram_name:
            try:
                self._telegram_name = await channel.username()
            except ChannelError as error:
                logger.warning("%s", error)
                await asyncio.sleep(TRY_AGAIN)

    # -- threads and the loop ------------------------------------------------------------------------------------------

    def _start(self, work: Any) -> object:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _fetch(self, channel: str, attachment: Attachment, limit: int) -> bytes:
        return await self._channels[channel].fetch(attachment, limit=limit)

    def _wake(self, channel: str) -> None:
        if delivery := self._deliveries.get(channel):
            self._loop.call_soon_threadsafe(delivery.wake)

    async def _close(self) -> None:
        for channel in self._channels.values():
            await channel.close()
        self._desk.close()
        self._commits.close()


def stop_on_signals() -> asyncio.Event:
    """Set at SIGTERM and SIGINT."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    return stop


def introduced(outcome: Outcome, words: str) -> Outcome:
    """The first reply in a chat opens with what this is, unless it says so itself."""
    if outcome.answer is None:
        return outcome
    blocks = outcome.answer.reply.blocks
    if any(isinstance(block, Text) and words in block.text for block in blocks):
        return outcome
    answer = outcome.answer.model_copy(update={"reply": Reply(blocks=(Text(text=words), *blocks))})
    return Outcome(answer=answer, conversation=outcome.conversation, task=outcome.task, writes=outcome.writes)


def _offered(db: Connection, incoming: Incoming) -> Reply | None:
    """The reply whose choices this message may mean."""
    number = (incoming.choice or "").partition(":")[0]
    if number.isdecimal() and len(number) < _DIGITS_OF_A_NUMBER:
        return outbox.reply_of(db, int(number), channel=incoming.channel, chat=incoming.chat)
    return None if incoming.choice else outbox.last_reply(db, incoming.channel, incoming.chat)


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await end(tasks, grace=_GRACE)
