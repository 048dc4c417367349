"""A desk in memory, a bot that answers on the fly, and the page served on a free port."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels.web.channel import Web
from bot.channels.web.corpus_desk import CorpusDesk
from bot.channels.web.desk import Health, Line, Original, SignIn, Visitor
from bot.channels.web.digest_desk import DigestDesk
from bot.channels.web.duty_desk import DutyDesk
from bot.channels.web.site import Site
from bot.messages import Block, Choice, Choices, Handler, Incoming, Outgoing, QuoteBlock, Reply, say
from index import LibraryError

CODE = "1234567890"
ADMIN_CODE = "0987654321"
MEMBER = Visitor(account="web:1", chat="w1", name="Lê <b>Thị</b> Mai")
ADMIN = Visitor(account="web:2", chat="w2", name="Trần Văn Quản", is_admin=True)
GUEST = Visitor(account="web:9", chat="w9", name=None)
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
LOCKED = "Đã thử sai nhiều lần. Đồng chí vui lòng thử lại sau 15 phút."
WRONG = "Mã không đúng hoặc đã dùng. Đồng chí kiểm tra lại."

QUOTE = QuoteBlock(
    text="1. Chi bộ sinh hoạt thường kỳ mỗi tháng một lần.",
    citation="Quy định 19-QĐ/ĐU ngày 12/6/2026 của Ban Thường vụ Đảng ủy phường An Hòa Đông, khoản 1, Điều 7",
    sample=True,
    directive="19-qd-du.pdf",
    page=2,
)
NEXT_QUOTE = QuoteBlock(text="2. Chi bộ sinh hoạt chuyên đề mỗi quý ít nhất một lần.", citation="Quy định 19-QĐ/ĐU")
GREETING = (
    *say("Chào đồng chí! Đồng chí muốn hỏi điều gì?").blocks,
    Choices(
        choices=(
            Choice(label="Chi bộ sinh hoạt mỗi tháng mấy lần?", send="Chi bộ sinh hoạt mỗi tháng mấy lần?"),
            Choice(label="Đảng phí đóng thế nào?", send="Đảng phí đóng thế nào?"),
        )
    ),
)


class DeskInMemory:
    """Codes work once; three wrong ones lock an address. ``hidden`` directives are there and seen by nobody."""

    def __init__(self, *, corpus: Path, guests: bool = False) -> None:
        self.corpus = corpus
        self.guests = guests
        self.codes = {CODE: MEMBER, ADMIN_CODE: ADMIN}
        self.sessions: dict[str, Visitor] = {}
        self.wrong: dict[str, int] = {}
        self.lines: dict[str, list[Line]] = {}
        self.open: dict[str, dict[str, str]] = {}
        self.hidden = {"mat-1": corpus / "mat.pdf"}
        self.originals = {"19-qd-du.pdf": corpus / "19.pdf", "24-ct-tu": corpus / "24.docx"}
        self.links = {"signed": corpus / "24.docx"}
        self.state = Health(ready=True)

    def sign_in(self, code: str, *, address: str) -> SignIn:
        if self.wrong.get(address, 0) >= 3:
            return SignIn(token=None, refusal=LOCKED, locked=True)
        visitor = self.codes.pop("".join(filter(str.isdigit, code)), None)
        if visitor is None:
            self.wrong[address] = self.wrong.get(address, 0) + 1
            return SignIn(token=None, refusal=WRONG)
        return SignIn(token=self._session(visitor))

    @property
    def public_answers(self) -> bool:
        return self.guests

    def guest(self) -> str | None:
        return self._session(GUEST) if self.guests else None

    def _session(self, visitor: Visitor) -> str:
        token = f"token-{len(self.sessions)}"
        self.sessions[token] = visitor
        return token

    def visitor(self, token: str) -> Visitor | None:
        return self.sessions.get(token)

    def sign_out(self, token: str) -> None:
        self.sessions.pop(token, None)

    def transcript(self, chat: str, *, after: int = 0) -> Sequence[Line]:
        return [line for line in self.lines.get(chat, []) if line.number > after][-100:]

    def waiting(self, chat: str) -> Sequence[tuple[str, str]]:
        return list(self.open.get(chat, {}).items())

    def original(self, visitor: Visitor, directive: str) -> Original | None:
        path = self.originals.get(directive)
        return Original(path=path, name=f"Quy định {path.name}") if path else None

    def linked_original(self, signature: str) -> Original | None:
        path = self.links.get(signature)
        return Original(path=path, name=path.name) if path else None

    def health(self) -> Health:
        return self.state

    def add(self, chat: str, *blocks: Block, **facts: object) -> Line:
        number = sum(len(lines) for lines in self.lines.values()) + 1
        line = Line.model_validate({"number": number, "reply": Reply(blocks=blocks), "at": AT, **facts})
        self.lines.setdefault(chat, []).append(line)
        return line


class Bot:
    """Answers what it is asked into the desk, or fails; ``paused`` messages wait until `answer` is called."""

    def __init__(self, desk: DeskInMemory) -> None:
        self.desk = desk
        self.taken: dict[str, Incoming] = {}
        self.paused = False
        self.error: Exception | None = None
        self.web: Web | None = None

    @property
    def asked(self) -> list[Incoming]:
        """Without the greeting that opening the page calls for."""
        return [incoming for incoming in self.taken.values() if incoming.text != "/start"]

    async def handle(self, incoming: Incoming) -> Reply | None:
        if self.error:
            raise self.error
        if incoming.message not in self.taken:
            self.taken[incoming.message] = incoming
            self.desk.open.setdefault(incoming.chat, {})[incoming.message] = self._shown(incoming)
            if not self.paused:
                await self.answer(incoming)
        return None

    async def answer(self, incoming: Incoming) -> None:
        question = self.desk.open[incoming.chat].pop(incoming.message)
        line = self.desk.add(
            incoming.chat, *self._blocks(incoming), question=question or None, message=incoming.message
        )
        if self.web:
            await self.web.send(incoming.chat, Outgoing(reply=line.reply, number=line.number))

    def _shown(self, incoming: Incoming) -> str:
        if incoming.choice:
            number, position = map(int, incoming.choice.split(":"))
            line = next(line for line in self.desk.lines[incoming.chat] if line.number == number)
            offered = [choice for block in line.reply.blocks if isinstance(block, Choices) for choice in block.choices]
            return offered[position - 1].send
        return incoming.text or (incoming.attachment.name if incoming.attachment else "")

    def _blocks(self, incoming: Incoming) -> tuple[Block, ...]:
        asked = self._shown(incoming)
        if asked == "/start":
            return GREETING
        if "khoản 2" in asked:
            return (NEXT_QUOTE,)
        return (QUOTE,) if "sinh hoạt" in asked else say(f"Tôi không tìm thấy: {asked}").blocks


class Platform:
    """A webhook that wants a secret; keeps what it accepted."""

    webhook_path = "/zalo/webhook"

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def accept(self, headers: Mapping[str, str], body: bytes, handler: Handler) -> int:
        if headers.get("x-bot-api-secret-token") != "secret":
            return 403
        self.bodies.append(body)
        return 200

    async def set_webhook(self, url: str) -> None: ...

    async def delete_webhook(self) -> None: ...


class Served:
    """A running page with all that stands behind it."""

    def __init__(
        self,
        folder: Path,
        *,
        guests: bool = False,
        public_url: str | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        corpus_desk: CorpusDesk | None = None,
        digest_desk: DigestDesk | None = None,
        duty_desk: DutyDesk | None = None,
    ) -> None:
        corpus = folder / "corpus"
        corpus.mkdir()
        (corpus / "19.pdf").write_bytes(two_pages())
        (corpus / "24.docx").write_bytes(b"PK docx")
        (corpus / "mat.pdf").write_bytes(b"%PDF hidden words")
        (folder / "outside.pdf").write_bytes(b"%PDF outside")
        self.uploads = folder / "uploads"
        self.desk = DeskInMemory(corpus=corpus, guests=guests)
        self.bot = Bot(self.desk)
        self.platform = Platform()
        self.facts: dict[str, Any] = {
            "corpus_dir": corpus,
            "uploads": self.uploads,
            "upload_limit": 1024**2,
            "webhooks": [self.platform],
            "organization": "Đảng ủy phường An Hòa Đông",
            "metrics": lambda: (b"questions_total 1\n", "text/plain; version=0.0.4"),
            "public_url": public_url,
            "corpus_desk": corpus_desk,
            "digest_desk": digest_desk,
            "duty_desk": duty_desk,
            "unavailable": (LibraryError,),
        }
        self.web = Web(self.desk, host="127.0.0.1", port=port, clock=clock, sleep=sleep, **self.facts)
        self.bot.web = self.web

    def site(self, *, poll: float = 1, beat: float = 15) -> Site:
        return Site(desk=self.desk, handler=self.bot.handle, poll=poll, beat=beat, **self.facts)

    @contextmanager
    def in_a_thread(self) -> Iterator[str]:
        """Serves on a loop of its own, for browsers that are driven synchronously; gives the address."""
        loop = self.loop = asyncio.new_event_loop()
        ready: list[str] = []
        listening, ending = threading.Event(), asyncio.Event()

        async def serve() -> None:
            serving = asyncio.create_task(self.web.serve(self.bot.handle))
            ready.append(await self.web.listening())
            listening.set()
            await ending.wait()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
        thread.start()
        try:
            assert listening.wait(20)
            yield ready[0]
        finally:
            loop.call_soon_threadsafe(ending.set)
            thread.join(20)
            loop.close()

    def in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Does it where the page is served, from another thread."""
        asyncio.run_coroutine_threadsafe(work, self.loop).result(20)


def two_pages() -> bytes:
    """The smallest PDF that browsers show, of two empty pages."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
    ]
    body = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return body + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(body))
    )
