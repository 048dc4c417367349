"""What every channel owes the rest of the application; a new channel gets a `Side` here and is tested the same day."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.channels.base import Capabilities, Channel, Webhook
from bot.channels.splitting import parts
from bot.errors import ChannelError
from bot.messages import Choice, Choices, Outgoing, QuoteBlock, Reply, Text, say
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_zalo import Broken, FakeZalo, Hang, Refuse
from tests.channels.fakes import Desk, Pauses, serving

HOSTILE = "<b>Nguyễn</b> & *Văn* _A_ [x](http://y) `z` <script>alert(1)</script> &amp; \\ ~"
SECRET = "bi-mat-cua-webhook"


class Side(ABC):
    """The other side of a channel: the person and, where there is one, the platform. ``chat``: of the person."""

    name: str
    chat: str

    @abstractmethod
    def open(self, *, answer_seconds: float = 10) -> Channel: ...

    @abstractmethod
    def write(self, text: str) -> None:
        """The person sends a message."""

    @abstractmethod
    def shown(self) -> str:
        """All that the person has been shown, with the labels of buttons."""

    @abstractmethod
    def stop(self) -> None:
        """Gives back what this side holds."""


class ConsoleSide(Side):
    name, chat = "console", "local"

    def __init__(self) -> None:
        read_end, write_end = os.pipe()
        self._stdin = os.fdopen(read_end, encoding="utf-8")
        self._feed = os.fdopen(write_end, "wb", buffering=0)
        self._stdout = io.StringIO()

    def open(self, *, answer_seconds: float = 10) -> Channel:
        from bot.channels.console import Console

        return Console(stdin=self._stdin, stdout=self._stdout)

    def write(self, text: str) -> None:
        self._feed.write(f"{text}\n".encode())

    def shown(self) -> str:
        """Without the questions, which a pipe sees again above their answers."""
        return "\n".join(line for line in self._stdout.getvalue().splitlines() if not line.startswith("Hỏi: "))

    def stop(self) -> None:
        self._feed.close()
        for thread in threading.enumerate():
            if thread.name == "console":
                thread.join(timeout=0.5)  # its read ends with the input; a read of a closed file would fail
        self._stdin.close()


class PlatformSide(Side):
    """``token``: never to be seen; ``script`` says what the next sending meets."""

    token: str

    @abstractmethod
    def open(
        self, *, answer_seconds: float = 10, token: str | None = None, webhook_secret: str | None = None
    ) -> Channel: ...

    @abstractmethod
    def script(self, what: str) -> None: ...

    @abstractmethod
    def delivery(self, text: str) -> bytes:
        """The body with which the platform would hand over a message at a webhook."""

    secret_header: str


class ZaloSide(PlatformSide):
    name, chat, secret_header = "zalo", "u1", "x-bot-api-secret-token"

    def __init__(self) -> None:
        self.fake = FakeZalo().start()
        self.fake.admit(self.chat)
        self.token = self.fake.token

    def open(
        self, *, answer_seconds: float = 10, token: str | None = None, webhook_secret: str | None = None
    ) -> Channel:
        from bot.channels.zalo import Zalo

        return Zalo(
            token or self.token,
            api_url=self.fake.url,
            webhook_secret=webhook_secret,
            answer_seconds=answer_seconds,
            poll_seconds=5,
            sleep=Pauses(),
        )

    def write(self, text: str) -> None:
        self.fake.post_text(self.chat, text)

    def shown(self) -> str:
        return "\n".join(self.fake.texts_to(self.chat))

    def script(self, what: str) -> None:
        action = {
            "blocked": Refuse(403, "user has blocked the bot"),
            "gone": Refuse(404, "chat not found"),
            "limit": Refuse(429, "quota exceeded"),
            "trouble": Broken(502),
            "hang": Hang(),
        }[what]
        self.fake.script("sendMessage", action)

    def delivery(self, text: str) -> bytes:
        message = {
            "from": {"id": self.chat, "is_bot": False},
            "chat": {"id": self.chat, "chat_type": "PRIVATE"},
            "message_id": "m1",
            "text": text,
        }
        return json.dumps({"event_name": "message.text.received", "message": message}).encode()

    def stop(self) -> None:
        self.fake.stop()


class TelegramSide(PlatformSide):
    name, chat, secret_header = "telegram", "7", "x-telegram-bot-api-secret-token"

    def __init__(self) -> None:
        self.fake = FakeTelegram().start()
        self.fake.meet(7)
        self.token = self.fake.token

    def open(
        self, *, answer_seconds: float = 10, token: str | None = None, webhook_secret: str | None = None
    ) -> Channel:
        from bot.channels.telegram import Telegram

        return Telegram(
            token or self.token,
            api_url=self.fake.url,
            webhook_secret=webhook_secret,
            answer_seconds=answer_seconds,
            poll_seconds=1,
            corpus_dir=Path(),
            sleep=Pauses(),
        )

    def write(self, text: str) -> None:
        self.fake.post_text(7, text)

    def shown(self) -> str:
        return "\n".join(
            "\n".join([sent.text, *(label for label, _ in sent.buttons)]) for sent in self.fake.sent if sent.user == 7
        )

    def script(self, what: str) -> None:
        match what:
            case "blocked":
                self.fake.script("sendMessage", 403)
            case "gone":
                self.fake.script("sendMessage", 400, text="Bad Request: chat not found")
            case "limit":
                self.fake.script("sendMessage", 429, retry_after=5)
            case "trouble":
                self.fake.script("sendMessage", 502)
            case "hang":
                self.fake.script("sendMessage", "hang")

    def delivery(self, text: str) -> bytes:
        return json.dumps(self.fake.post_text(7, text)).encode()

    def stop(self) -> None:
        self.fake.stop()


PLATFORMS: dict[str, Callable[[], PlatformSide]] = {"telegram": TelegramSide, "zalo": ZaloSide}
SIDES: dict[str, Callable[[], Side]] = {"console": ConsoleSide, **PLATFORMS}


@pytest.fixture(params=SIDES)
def side(request):
    made = SIDES[request.param]()
    yield made
    made.stop()


@pytest.fixture(params=PLATFORMS)
def platform(request):
    made = PLATFORMS[request.param]()
    yield made
    made.stop()


@asynccontextmanager
async def opened(side: Side, **options: object) -> AsyncIterator[Channel]:
    channel = side.open(**options)
    try:
        yield channel
    finally:
        await channel.close()


async def until(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not claim():
            await asyncio.sleep(0.01)


def sent(side: Side, reply: Reply, **options: object) -> None:
    """The reply, split as the application splits it, part after part."""

    async def go() -> None:
        async with opened(side, **options) as channel:
            limits = channel.capabilities
            for part in parts(reply, length=limits.length, choices=limits.choices):
                await channel.send(side.chat, Outgoing(reply=part, number=1))

    asyncio.run(go())


def failure(side: Side, **options: object) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        sent(side, say("Chào đồng chí"), **options)
    return caught.value


def received(side: Side, *messages: str, desk: Desk | None = None) -> Desk:
    async def go() -> Desk:
        handler = desk or Desk()
        async with opened(side) as channel, serving(channel, handler):
            for number, text in enumerate(messages, start=1):
                side.write(text)
                await handler.has(number)
        return handler

    return asyncio.run(go())


# --------------------------------------------------------------------------------------------------- every channel


def test_a_channel_says_its_name_and_what_it_can_do(side):
    async def go() -> tuple[str, Capabilities]:
        async with opened(side) as channel:
            return channel.name, channel.capabilities

    name, capabilities = asyncio.run(go())
    assert name == side.name
    assert isinstance(capabilities, Capabilities)


@pytest.mark.parametrize("text", ["Chi bộ họp mấy lần?", HOSTILE, "👍 24-CT/TU"])
def test_a_message_reaches_the_handler_once_with_its_text(side, text):
    desk = received(side, text, "còn khoản 2?")
    assert [each.text for each in desk.received] == [text, "còn khoản 2?"]


def test_a_message_says_where_it_came_from_under_an_id_of_its_own(side):
    first, second = received(side, "một", "hai").received
    assert {(each.channel, each.chat, each.private, each.addressed) for each in (first, second)} == {
        (side.name, side.chat, True, True)
    }
    assert first.sender == second.sender != ""
    assert first.message != second.message


def test_a_reply_that_is_ready_at_once_is_shown(side):
    async def go() -> None:
        async with opened(side) as channel, serving(channel, Desk(reply=say("Chào đồng chí"))):
            side.write("một")
            await until(lambda: side.shown().strip() == "Chào đồng chí")

    asyncio.run(go())
    assert side.shown().strip() == "Chào đồng chí"


def test_without_a_reply_nothing_is_shown(side):
    received(side, "một")
    assert side.shown().strip() == ""


def test_every_word_of_a_quote_and_its_citation_arrive(side):
    quote = QuoteBlock(
        lead="Các chi bộ phải:",
        text="a) Sinh hoạt thường lệ mỗi tháng một lần;\nb) Báo cáo cấp trên.",
        citation="Chỉ thị 24-CT/TU, mục 2, trang 3",
        sample=True,
    )
    sent(side, Reply(blocks=(Text(text="Theo văn bản:"), quote)))
    assert side.shown().split() == [
        *["Theo", "văn", "bản:"],
        *f"“{quote.lead}”".split(),
        *f"“{quote.text}”".split(),
        *f"— {quote.citation} (văn bản mẫu)".split(),
    ]


@pytest.mark.parametrize("place", ["text", "quote"])
def test_what_looks_like_markup_arrives_as_it_was_written(side, place):
    block = Text(text=HOSTILE) if place == "text" else QuoteBlock(text=HOSTILE, citation=HOSTILE)
    sent(side, Reply(blocks=(block,)))
    assert side.shown().count(HOSTILE) == (1 if place == "text" else 2)


def test_the_label_of_every_choice_can_be_read(side):
    labels = ["Tỉnh ủy A <1>", "Thành ủy Hạ Long & B", "_C_"]
    made = Choices(choices=tuple(Choice(label=label, send="a") for label in labels))
    sent(side, Reply(blocks=(Text(text="Văn bản nào?"), made)))
    assert [label for label in labels if label not in side.shown()] == []


def test_a_reply_that_is_too_long_for_one_message_arrives_whole_and_in_order(side):
    words = [f"từ<{number}>&" for number in range(1500)]
    sent(side, Reply(blocks=(Text(text=" ".join(words[:300])), Text(text=" ".join(words[300:])))))
    assert side.shown().split() == words


def test_a_quote_that_is_too_long_for_one_message_arrives_whole_and_in_order(side):
    words = [f"{number}<b>" for number in range(1500)]
    sent(side, Reply(blocks=(QuoteBlock(text=" ".join(words), citation="Chỉ thị"),)))
    shown = [word.strip("“”…") for word in side.shown().split()]
    assert [word for word in shown if word not in ("—", "Chỉ", "thị")] == words


def test_serving_ends_when_it_is_cancelled(side):
    async def go() -> bool:
        async with opened(side) as channel:
            task = asyncio.create_task(channel.serve(Desk()))
            await asyncio.sleep(0.05)
            task.cancel()
            with suppress(asyncio.CancelledError):
                async with asyncio.timeout(10):
                    await task
            return task.cancelled()

    assert asyncio.run(go())


def test_a_closed_channel_leaves_nothing_running(side):
    async def go() -> set[asyncio.Task[object]]:
        async with opened(side) as channel:
            desk = Desk()
            async with serving(channel, desk):
                side.write("một")
                await desk.has(1)
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(go()) == set()


# ------------------------------------------------------------------------------------------------- every platform


@pytest.mark.parametrize("what", ["blocked", "gone"])
def test_a_person_who_cannot_be_reached_any_more_is_a_permanent_error(platform, what):
    platform.script(what)
    error = failure(platform)
    assert (error.permanent, error.unknown, error.retry_after) == (True, False, None)


def test_a_limit_says_how_long_to_wait(platform):
    platform.script("limit")
    error = failure(platform)
    assert (error.permanent, error.unknown) == (False, False)
    assert error.retry_after >= 5


def test_trouble_of_the_platform_is_neither_permanent_nor_unknown(platform):
    platform.script("trouble")
    error = failure(platform)
    assert (error.permanent, error.unknown, error.retry_after) == (False, False, None)


def test_a_timeout_after_the_message_left_is_unknown(platform):
    platform.script("hang")
    error = failure(platform, answer_seconds=0.5)
    assert (error.permanent, error.unknown, platform.shown()) == (False, True, "Chào đồng chí")


def test_a_platform_that_is_not_there_may_be_tried_again(platform):
    async def go() -> ChannelError:
        async with opened(platform) as channel:
            platform.stop()
            platform.stop = lambda: None
            with pytest.raises(ChannelError) as caught:
                await channel.send(platform.chat, Outgoing(reply=say("a")))
            return caught.value

    error = asyncio.run(go())
    assert (error.permanent, error.unknown) == (False, False)


def test_a_wrong_token_ends_serving(platform):
    async def go() -> None:
        async with asyncio.timeout(15), opened(platform, token="9:wrong-token") as channel:
            await channel.serve(Desk())

    with pytest.raises(ChannelError) as caught:
        asyncio.run(go())
    assert caught.value.permanent
    assert "wrong-token" not in str(caught.value)


def test_a_message_that_cannot_be_stored_yet_is_handed_on_again_until_it_is(platform):
    desk = received(platform, "một", "hai", desk=Desk(failures=3))
    assert [each.text for each in desk.received] == ["một", "hai"]


def test_the_token_is_in_no_log_and_no_error(platform, caplog):
    for name in ("", "httpx", "httpcore", "telegram"):
        caplog.set_level(logging.DEBUG, logger=name)
    received(platform, "một")
    sent(platform, say("a"))
    said = []
    for what in ("blocked", "limit", "trouble", "hang"):
        platform.script(what)
        said.append(str(failure(platform, answer_seconds=0.5)))
    assert caplog.records
    assert platform.token not in caplog.text + "".join(said)
    assert platform.token.partition(":")[2] not in caplog.text + "".join(said)


def called(platform: PlatformSide, secret: str, body: bytes | None = None, **desk: int) -> tuple[int, list[str]]:
    """(status, texts handed on) of a call of the webhook."""

    async def go() -> tuple[int, list[str]]:
        handler = Desk(**desk)
        async with opened(platform, webhook_secret=SECRET) as channel:
            assert isinstance(channel, Webhook)
            content = platform.delivery("một") if body is None else body
            status = await channel.accept({platform.secret_header: secret}, content, handler)
        return status, [each.text for each in handler.received]

    return asyncio.run(go())


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], SECRET.upper()])
def test_a_forged_call_of_the_webhook_is_refused_and_handed_to_nobody(platform, secret):
    assert called(platform, secret) == (403, [])


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b"[" * 100_000], ids=["empty", "object", "bytes", "nested"])
def test_a_call_that_is_none_of_the_platform_s_is_refused(platform, body):
    assert called(platform, SECRET, body) == (400, [])


def test_a_call_of_the_webhook_is_confirmed_when_its_message_is_stored(platform):
    assert called(platform, SECRET) == (200, ["một"])


def test_a_call_whose_message_cannot_be_stored_is_to_come_again(platform):
    assert called(platform, SECRET, failures=1) == (503, [])
