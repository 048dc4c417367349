"""The web page as a channel. Starlette and uvicorn are imported when it begins to serve."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.channels.base import Capabilities, Webhook
from bot.channels.web.bells import Bells
from bot.channels.web.corpus_desk import CorpusDesk
from bot.channels.web.desk import WebDesk
from bot.channels.web.digest_desk import DigestDesk
from bot.channels.web.duty_desk import DutyDesk
from bot.channels.web.uploads import discard_uploads, take_upload
from bot.errors import ChannelError
from bot.messages import Attachment, Handler, Outgoing

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

logger = logging.getLogger(__name__)

_UPLOADS_KEPT: Final = 24 * 3600
_SWEEP: Final = 3600  # seconds
_PARTING: Final = 15  # seconds for answers in flight when the server stops


class Web:
    """``uploads``: a folder of its own; ``upload_limit``: bytes. ``corpus_desk``: of the administrators' pages,
    ``digest_desk``: of the digest's, ``duty_desk``: of duties, each None for none; ``unavailable``: errors of what they
    ask. ``address``: the URL once it listens.
    """

    name = "web"
    capabilities = Capabilities(choices=True, files=True, edits=True)

    def __init__(
        self,
        desk: WebDesk,
        *,
        host: str,
        port: int,
        corpus_dir: Path | None,
        uploads: Path,
        upload_limit: int,
        organization: str,
        metrics: Callable[[], tuple[bytes, str]],
        public_url: str | None,
        webhooks: Sequence[Webhook] = (),
        corpus_desk: CorpusDesk | None = None,
        digest_desk: DigestDesk | None = None,
        duty_desk: DutyDesk | None = None,
        unavailable: Sequence[type[Exception]] = (),
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._desk = desk
        self._host, self._port = host, port
        self._corpus_dir = corpus_dir
        self._uploads, self._upload_limit = uploads, upload_limit
        self._organization = organization
        self._metrics = metrics
        self._public_url = public_url
        self._webhooks = webhooks
        self._corpus_desk = corpus_desk
        self._digest_desk = digest_desk
        self._duty_desk = duty_desk
        self._unavailable = unavailable
        self._clock = clock
        self._sleep = sleep
        self._bells = Bells()
        self._listening = asyncio.Event()
        self.address = ""

    async def listening(self) -> str:
        """The address, as soon as it can be called."""
        await self._listening.wait()
        return self.address

    async def serve(self, handler: Handler) -> None:
        """Raises ChannelError where the address cannot be had. Cancelled, it lets answers in flight go out first."""
        await self._sweep()
        self._bells.start()
        with _bound(self._host, self._port) as listener:
            self.address = _url(listener)
            server = _server(self._build(handler))
            serving = asyncio.create_task(server.serve(sockets=[listener]), name="web server")
            sweeping = asyncio.create_task(self._sweep_forever(), name="uploads")
            self._listening.set()
            try:
                await asyncio.shield(serving)
            except asyncio.CancelledError:
                self._bells.stop()
                server.should_exit = True
                await serving
                raise
            finally:
                sweeping.cancel()
                self._listening.clear()

    async def _sweep_forever(self) -> None:
        """An upload that nobody fetches, as its message was never answered, does not stay."""
        while True:
            await self._sleep(_SWEEP)
            await self._sweep()

    async def _sweep(self) -> None:
        try:
            await asyncio.to_thread(discard_uploads, self._uploads, before=self._clock() - _UPLOADS_KEPT)
        except OSError as error:
            logger.warning("uploads in %s could not be swept: %s", self._uploads, error)

    def _build(self, handler: Handler) -> ASGIApp:
        from bot.channels.web.app import build_app
        from bot.channels.web.site import Site

        site = Site(
            desk=self._desk,
            handler=handler,
            organization=self._organization,
            metrics=self._metrics,
            uploads=self._uploads,
            upload_limit=self._upload_limit,
            corpus_dir=self._corpus_dir,
            corpus_desk=self._corpus_desk,
            digest_desk=self._digest_desk,
            duty_desk=self._duty_desk,
            webhooks=self._webhooks,
            public_url=self._public_url,
            unavailable=self._unavailable,
            bells=self._bells,
        )
        return build_app(site)

    async def send(self, chat: str, message: Outgoing) -> str | None:
        """Only wakes the open pages of this chat: the reply stands in the transcript that the desk shows."""
        self._bells.ring(chat)
        return str(message.number)

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        """Once: the upload is removed."""
        return await asyncio.to_thread(take_upload, self._uploads, attachment.reference, limit=limit)

    async def close(self) -> None:
        """There is nothing to give back; the server ends with `serve`."""


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise ChannelError(channel="web", detail=f"{host}:{port}: {error.strerror}", permanent=True) from error
    with listener:
        yield listener


def _url(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _server(app: ASGIApp) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Signals are the application's."""
            yield

    return Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PARTING,
        )
    )
