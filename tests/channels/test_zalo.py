import asyncio
import json
import logging
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from bot import texts
from bot.channels.base import Webhook
from bot.channels.splitting import parts, units
from bot.channels.zalo import Zalo
from bot.errors import ChannelError, FileTooLarge, StateBusy
from bot.messages import (
    Attachment,
    Choice,
    Choices,
    File,
    Handler,
    Incoming,
    Link,
    Outgoing,
    Picture,
    QuoteBlock,
    Reply,
    Text,
    say,
)
from tests.channels.fake_zalo import Broken, FakeZalo, Hang, Hangup, Pass, Refuse, Slow
from tests.channels.fakes import Desk, Pauses, serving

SECRET = "bi-mat-cua-webhook"
HEADERS = {"x-bot-api-secret-token": SECRET}


@pytest.fixture
def fake():
    with FakeZalo() as running:
        yield running


@asynccontextmanager
async def opened(fake: FakeZalo, **options: object) -> AsyncIterator[Zalo]:
    options = {"sleep": Pauses(), "answer_seconds": 5, **options}
    channel = Zalo(options.pop("token", fake.token), api_url=fake.url, **options)
    try:
        yield channel
    finally:
        await channel.close()


async def until(fake: FakeZalo, condition) -> None:
    await asyncio.to_thread(fake.wait_for, condition)


def polled(fake: FakeZalo, count: int = 1, **options: object) -> list[Incoming]:
    """What the handler is handed of what waits at the platform."""

    async def go() -> list[Incoming]:
        desk = Desk()
        async with opened(fake, **options) as channel, serving(channel, desk):
            return await desk.has(count)

    return asyncio.run(go())


def accepted(body: object, headers=HEADERS, handler=None, secret: str | None = SECRET):
    """(status, what the handler was handed) of one call of the webhook."""

    async def go():
        desk = handler or Desk()
        channel = Zalo("1:x", webhook_secret=secret, api_url="http://127.0.0.1:9")
        try:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return await channel.accept(headers, content, desk), desk.received
        finally:
            await channel.close()

    return asyncio.run(go())


def send(fake: FakeZalo, *blocks, chat: str = "u1", **options: object) -> str | None:
    async def go() -> str | None:
        async with opened(fake, **options) as channel:
            return await channel.send(chat, Outgoing(reply=Reply(blocks=blocks)))

    fake.admit("u1")
    return asyncio.run(go())


def failure(fake: FakeZalo, **options: object) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        send(fake, Text(text="Chào đồng chí"), **options)
    return caught.value


def update(event="message.text.received", **fields):
    message = {
        "from": {"id": "u1", "display_name": "A", "is_bot": False},
        "chat": {"id": "u1", "chat_type": "PRIVATE"},
        "message_id": "m1",
        "date": 1750316131602,
        **fields,
    }
    return {"event_name": event, "message": message}


def test_it_is_a_channel_with_a_webhook():
    assert isinstance(Zalo("1:x"), Webhook)


# --------------------------------------------------------------------------------------------------- what comes in


def test_a_text_comes_with_its_sender_chat_id_and_moment():
    status, received = accepted(update(text="Chi bộ họp mấy lần?"))
    assert (status, received) == (
        200,
        [
            Incoming(
                channel="zalo",
                sender="u1",
                chat="u1",
                message="m1",
                text="Chi bộ họp mấy lần?",
                sent_at=datetime(2025, 6, 19, 6, 55, 31, 602000, tzinfo=UTC),
            )
        ],
    )


def test_both_shapes_of_a_delivery_are_the_same_message():
    bare = update(text="một")
    assert accepted({"ok": True, "result": bare}) == accepted(bare)


@pytest.mark.parametrize(
    ("event", "fields", "text", "attachment"),
    [
        ("image", {"photo": "https://x/1"}, "", Attachment(kind="photo", reference="https://x/1")),
        ("image", {"photo_url": "https://x/2"}, "", Attachment(kind="photo", reference="https://x/2")),
        ("image", {"photo_url": "https://x/2", "caption": "ảnh"}, "ảnh", Attachment(kind="photo", reference="https://x/2")),
        ("sticker", {"sticker": "s", "url": "https://x/s"}, "", Attachment(kind="sticker", reference="https://x/s")),
        ("voice", {"voice_url": "https://x/v.aac"}, "", Attachment(kind="voice", reference="https://x/v.aac")),
        ("unsupported", {}, "", Attachment(kind="unsupported")),
        ("link", {"text": "https://dangbo.vn"}, "https://dangbo.vn", None),
        ("link", {"url": "https://dangbo.vn"}, "https://dangbo.vn", None),
    ],
)  # fmt: skip
def test_what_is_no_text_comes_as_an_attachment_or_its_words(event, fields, text, attachment):
    _, received = accepted(update(f"message.{event}.received", **fields))
    assert [(each.text, each.attachment) for each in received] == [(text, attachment)]


@pytest.mark.parametrize("event", ["message.reaction.received", "message.something.new", "user.followed"])
def test_events_that_say_nothing_to_us_are_confirmed_and_handed_to_nobody(event):
    assert accepted({"event_name": event, "message": "anything"}) == (200, [])


def test_what_a_bot_writes_is_handed_to_nobody():
    assert accepted(update(text="a", **{"from": {"id": "b", "is_bot": True}})) == (200, [])


def test_ids_that_are_numbers_and_fields_that_are_new_are_taken():
    _, received = accepted(update(text="a", message_id=77, chat={"id": 5, "chat_type": "PRIVATE", "new": {}}, new=[1]))
    assert [(each.message, each.chat) for each in received] == [("77", "5")]


@pytest.mark.parametrize("date", [None, "soon", 10**30, float("1e400"), {}])
def test_a_date_that_is_none_leaves_the_moment_out(date):
    assert [each.sent_at for each in accepted(update(text="a", date=date))[1]] == [None]


def test_in_a_group_the_mention_is_left_out_and_the_reply_goes_to_the_group():
    _, (incoming,) = accepted(update(text="@BotDangUy  còn khoản 2?", chat={"id": "g1", "chat_type": "GROUP"}))
    assert (incoming.text, incoming.chat, incoming.sender) == ("còn khoản 2?", "g1", "u1")
    assert (incoming.private, incoming.addressed) == (False, True)


@pytest.mark.parametrize("chat", [{"id": "g1", "chat_type": "CHANNEL"}, {"id": "g1"}])
def test_a_chat_of_an_unknown_type_is_not_private(chat):
    assert [each.private for each in accepted(update(text="a", chat=chat))[1]] == [False]


# -------------------------------------------------------------------------------------------------------- webhook


@pytest.mark.parametrize(
    "headers", [{}, {"x-bot-api-secret-token": ""}, {"x-bot-api-secret-token": SECRET + "x"}, {"authorization": SECRET}]
)
def test_a_call_without_the_right_secret_is_refused_and_handed_to_nobody(headers):
    assert accepted(update(text="a"), headers) == (403, [])


@pytest.mark.parametrize("given", [{}, {"x-bot-api-secret-token": ""}])
@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_of_our_own_every_call_is_refused(secret, given):
    assert accepted(update(text="a"), given, secret=secret) == (403, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b"{}",
        b'{"ok": true, "result": null}',
        update(chat=None),
        {"event_name": []},
    ],
    ids=["nothing", "bytes", "nested", "null", "object", "no result", "no chat", "no event"],
)
def test_a_body_that_is_none_of_the_platform_s_is_refused(body):
    assert accepted(body) == (400, [])


def test_what_cannot_be_stored_is_to_come_again():
    async def busy(_: Incoming) -> None:
        raise StateBusy(detail="locked")

    busy.received = []
    assert accepted(update(text="a"), handler=busy) == (503, [])


@asynccontextmanager
async def listening(channel: Zalo, handler: Handler) -> AsyncIterator[str]:
    """A real server that hands calls on to the channel; gives the address of the webhook."""
    import uvicorn

    async def app(scope, receive, send) -> None:
        body, more = b"", True
        while more:
            event = await receive()
            body, more = body + event["body"], event.get("more_body", False)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        status = await channel.accept(headers, body, handler)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body"})

    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{channel.webhook_path}"
    finally:
        server.should_exit = True
        await task


@pytest.mark.parametrize("wrapped", [True, False])
def test_the_platform_calls_until_the_message_is_stored(fake, wrapped):
    fake.wrapped = wrapped

    async def go() -> list[Incoming]:
        desk = Desk(failures=2)
        async with opened(fake, webhook_secret=SECRET) as channel, listening(channel, desk) as url:
            await channel.set_webhook(url)
            fake.post_text("u1", "Chi bộ họp mấy lần?")
            await until(fake, lambda it: len(it.deliveries) == 3)
            return desk.received

    assert [each.text for each in asyncio.run(go())] == ["Chi bộ họp mấy lần?"]
    assert [each.status for each in fake.deliveries] == [503, 503, 200]


def test_with_a_webhook_the_channel_does_not_poll(fake):
    fake.post_text("u1", "một")

    async def go() -> None:
        async with opened(fake, webhook_secret=SECRET) as channel, serving(channel, Desk()):
            await asyncio.sleep(0.1)

    asyncio.run(go())
    assert fake.called("getUpdates") == []


@pytest.mark.parametrize("length", [0, 7, 257])
def test_a_secret_of_a_length_that_the_platform_refuses_is_said_and_not_sent(fake, length):
    async def go() -> None:
        async with opened(fake, webhook_secret="x" * length) as channel:
            await channel.set_webhook("https://dangbo.example/zalo/webhook")

    with pytest.raises(ChannelError, match=f"hiện có {length} ký tự") as caught:
        asyncio.run(go())
    assert caught.value.permanent
    assert fake.calls == []


def test_a_webhook_is_set_with_its_secret_and_deleted(fake):
    async def go() -> tuple[object, object]:
        async with opened(fake, webhook_secret=SECRET) as channel:
            await channel.set_webhook("https://dangbo.example/zalo/webhook")
            was = fake.webhook
            await channel.delete_webhook()
            return was, fake.webhook

    assert asyncio.run(go()) == (("https://dangbo.example/zalo/webhook", SECRET), None)


# -------------------------------------------------------------------------------------------------------- polling


def test_messages_are_polled_one_after_the_other(fake):
    for text in ("một", "hai", "ba"):
        fake.post_text("u1", text)
    assert [each.text for each in polled(fake, 3)] == ["một", "hai", "ba"]


def test_an_empty_poll_is_no_error(fake, caplog):
    async def go() -> list[Incoming]:
        desk = Desk()
        async with opened(fake, poll_seconds=1) as channel, serving(channel, desk):
            await until(fake, lambda it: len(it.called("getUpdates")) == 3)
            fake.post_text("u1", "muộn")
            return await desk.has(1)

    assert [each.text for each in asyncio.run(go())] == ["muộn"]
    assert caplog.records == []


def test_nothing_is_polled_before_the_message_fetched_is_stored(fake):
    fake.post_text("u1", "một")
    pauses = Pauses()
    asked = []

    async def go() -> list[Incoming]:
        desk = Desk(failures=8)

        async def handler(incoming: Incoming) -> Reply | None:
            asked.append(len(fake.called("getUpdates")))
            return await desk(incoming)

        async with opened(fake, sleep=pauses) as channel, serving(channel, handler):
            return await desk.has(1)

    assert [each.text for each in asyncio.run(go())] == ["một"]
    assert asked == [1] * 9
    assert pauses.seconds[:8] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_failing_platform_is_polled_again_with_growing_pauses(fake):
    fake.script("getUpdates", Broken(502), Refuse(403, "internal error"), Broken(500), Pass(), Broken(502))
    fake.post_text("u1", "một")
    fake.post_text("u1", "hai")
    pauses = Pauses()
    assert [each.text for each in polled(fake, 2, sleep=pauses)] == ["một", "hai"]
    assert pauses.seconds == [1, 2, 4, 1]


def test_a_quota_is_waited_out(fake):
    fake.script("getUpdates", Refuse(429, "quota exceeded"))
    fake.post_text("u1", "một")
    pauses = Pauses()
    polled(fake, sleep=pauses)
    assert pauses.seconds == [30]


def test_an_update_that_cannot_be_read_is_passed_over(fake):
    fake.post_raw(update(chat=None))
    fake.post_text("u1", "hai")
    assert [each.text for each in polled(fake)] == ["hai"]


def test_a_webhook_in_the_way_is_waited_for(fake):
    fake.webhook = ("https://dangbo.example", SECRET)

    async def go() -> list[Incoming]:
        desk = Desk()
        async with opened(fake) as channel, serving(channel, desk):
            await until(fake, lambda it: len(it.called("getUpdates")) == 2)
            await channel.delete_webhook()
            fake.post_text("u1", "một")
            return await desk.has(1)

    assert [each.text for each in asyncio.run(go())] == ["một"]


def test_a_wrong_token_ends_serving(fake):
    async def go() -> None:
        async with asyncio.timeout(10), opened(fake, token="9:wrong") as channel:
            await channel.serve(Desk())

    with pytest.raises(ChannelError, match=texts.ZALO_TOKEN) as caught:
        asyncio.run(go())
    assert caught.value.permanent


def test_a_reply_that_is_ready_at_once_is_shown_in_parts(fake):
    fake.post_text("u1", "một")
    reply = say("Đoạn văn. " * 250)

    async def go() -> None:
        async with opened(fake) as channel, serving(channel, Desk(reply=reply)):
            await until(fake, lambda it: len(it.sent) == 2)

    asyncio.run(go())
    assert " ".join(fake.texts_to("u1")).split() == ("Đoạn văn. " * 250).split()


# --------------------------------------------------------------------------------------------------------- typing


def test_after_a_message_is_stored_the_person_sees_that_we_write(fake):
    fake.post_text("u1", "một", group="g1")

    async def go() -> None:
        async with opened(fake) as channel, serving(channel, Desk()):
            await until(fake, lambda it: it.typing)

    asyncio.run(go())
    assert fake.typing == ["g1"]


def test_an_answer_comes_after_the_typing_sign(fake):
    fake.script("sendChatAction", Slow(0.15))
    fake.post_text("u1", "một")

    async def go() -> list[str]:
        async with opened(fake) as channel, serving(channel, Desk()):
            await until(fake, lambda it: it.called("sendChatAction"))
            await channel.send("u1", Outgoing(reply=say("Chào đồng chí")))
            return list(fake.typing)

    assert asyncio.run(go()) == ["u1"]


def test_one_typing_sign_at_a_time_goes_to_a_chat(fake):
    fake.script("sendChatAction", Hang())
    fake.post_text("u1", "một")
    fake.post_text("u1", "hai")

    async def go() -> None:
        desk = Desk()
        async with opened(fake, answer_seconds=60) as channel, serving(channel, desk):
            await desk.has(2)
            await channel.send("u1", Outgoing(reply=say("Chào đồng chí")))

    asyncio.run(go())
    assert len(fake.called("sendChatAction")) == 1


def test_an_answer_does_not_wait_long_for_a_typing_sign(fake):
    fake.script("sendChatAction", Hang())
    fake.post_text("u1", "một")

    async def go() -> None:
        async with opened(fake, answer_seconds=60) as channel, serving(channel, Desk()):
            await until(fake, lambda it: it.typing)
            async with asyncio.timeout(10):
                await channel.send("u1", Outgoing(reply=say("Chào đồng chí")))

    asyncio.run(go())
    assert fake.texts_to("u1") == ["Chào đồng chí"]


def test_a_typing_sign_that_fails_harms_nothing(fake):
    fake.script("sendChatAction", Refuse(403, "internal error"))
    fake.post_text("u1", "một")
    fake.post_text("u1", "hai")
    assert len(polled(fake, 2)) == 2


# -------------------------------------------------------------------------------------------------------- sending


def test_the_id_of_the_message_sent_comes_back(fake):
    assert send(fake, Text(text="Chào")) == fake.sent[0].message


def test_a_quote_stands_with_its_citation(fake):
    send(fake, Text(text="Theo văn bản:"), QuoteBlock(text="Giữ nghiêm kỷ cương.", citation="Chỉ thị 24-CT/TU"))
    assert fake.texts_to("u1") == ["Theo văn bản:\n\n“Giữ nghiêm kỷ cương.”\n— Chỉ thị 24-CT/TU"]


def test_choices_are_numbered_under_a_line_that_says_how_to_choose(fake):
    made = Choices(choices=(Choice(label="Tỉnh ủy A", send="a"), Choice(label="Thành ủy Hạ Long", send="b")))
    send(fake, Text(text="Đồng chí hỏi văn bản nào?"), made)
    assert fake.texts_to("u1") == [
        f"Đồng chí hỏi văn bản nào?\n\n{texts.ZALO_CHOOSE}\n1. Tỉnh ủy A\n2. Thành ủy Hạ Long"
    ]


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Link(label="Văn bản gốc", url="https://dangbo.vn/a?b=1&c=2"), "Văn bản gốc: https://dangbo.vn/a?b=1&c=2"),
        (File(path="a/ct-24.docx", name="ct-24.docx"), "Tệp: ct-24.docx"),
        (Picture(data="AAAA", caption="Mã của đồng chí: 0123456789"), "Mã của đồng chí: 0123456789"),
    ],
)
def test_what_zalo_cannot_carry_is_said_in_words(fake, block, shown):
    send(fake, block)
    assert fake.texts_to("u1") == [shown]


def test_a_part_with_choices_as_long_as_can_be_is_within_the_limit_of_the_platform(fake):
    made = Choices(choices=tuple(Choice(label=f"lựa chọn 👍 {n}", send="a") for n in range(90)))
    capabilities = Zalo.capabilities
    for part in parts(
        Reply(blocks=(Text(text="x" * 1000), made)), length=capabilities.length, choices=capabilities.choices
    ):
        send(fake, *part.blocks)
    filled = Reply(blocks=(Text(text="x" * (capabilities.length - 5)), Choices(choices=(Choice(label="", send=""),))))
    send(fake, *filled.blocks)
    assert units(fake.sent[-1].text) in range(1990, 2001)


def test_what_is_sent_is_composed(fake):
    send(fake, Text(text=unicodedata.normalize("NFD", "Đảng ủy")))
    assert fake.texts_to("u1") == [unicodedata.normalize("NFC", "Đảng ủy")]


def test_a_reply_that_shows_nothing_is_not_sent(fake):
    assert send(fake, Text(text=" \n")) is None
    assert fake.calls == []


def test_nothing_is_marked_up(fake):
    send(fake, Text(text="<b>đậm</b> *nghiêng* [a](b)"))
    assert fake.called("sendMessage") == [{"chat_id": "u1", "text": "<b>đậm</b> *nghiêng* [a](b)"}]


# --------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Refuse(400, "bad"), {"permanent"}),
        (Refuse(400, "the following parameter is wrong"), {"permanent"}),
        (Refuse(400, "user not found"), {"permanent", "gone"}),
        (Refuse(401, "token"), {"permanent"}),
        (Refuse(403, "internal error"), set()),
        (Refuse(403, "user has blocked the bot"), {"permanent", "gone"}),
        (Refuse(403, "not a friend of the user"), {"permanent", "gone"}),
        (Refuse(404, "chat not found"), {"permanent", "gone"}),
        (Refuse(404, "chat not found", http=404), {"permanent", "gone"}),
        (Refuse(408, "timeout"), {"unknown"}),
        (Refuse(429, "quota"), {"retry_after"}),
        (Refuse(429, "quota", http=429), {"retry_after"}),
        (Refuse(500, "oops", http=500), set()),
        (Broken(502), set()),
        (Broken(503), set()),
        (Broken(504), {"unknown"}),
        (Broken(404), {"permanent"}),
        (Broken(200), {"unknown"}),
        (Hang(), {"unknown"}),
        (Hangup(), {"unknown"}),
    ],
    ids=lambda given: str(sorted(given) if isinstance(given, set) else given),  # the same in every process
)
def test_what_the_platform_answers_says_what_may_be_done(fake, action, expected):
    fake.script("sendMessage", action)
    error = failure(fake, answer_seconds=0.3)
    assert {name for name in ("permanent", "gone", "unknown", "retry_after") if getattr(error, name)} == expected


def test_nobody_listening_is_tried_again(fake):
    fake.stop()
    error = failure(fake)
    assert (error.permanent, error.unknown, error.retry_after) == (False, False, None)


def test_the_first_message_to_somebody_who_never_wrote_is_refused_for_good(fake):
    assert failure(fake, chat="stranger").permanent


@pytest.mark.parametrize("address", ["bot-api.example", "http://[::1", "ftp://bot-api.example"])
def test_an_address_that_is_none_is_refused_for_good(address):
    async def go() -> None:
        channel = Zalo("1:x", api_url=address)
        try:
            await channel.send("u1", Outgoing(reply=say("a")))
        finally:
            await channel.close()

    with pytest.raises(ChannelError) as caught:
        asyncio.run(go())
    assert caught.value.permanent


@pytest.mark.parametrize("extra", [{"retry_after": 7}, {"parameters": {"retry_after": 7}}])
def test_a_pause_that_the_platform_names_is_taken(fake, extra):
    fake.script("sendMessage", Refuse(429, "quota", extra=extra))
    assert failure(fake).retry_after == 7


def test_without_a_named_pause_it_grows_until_something_goes_through(fake):
    fake.admit("u1")
    fake.script("sendMessage", *[Refuse(429)] * 7, Pass(), Refuse(429))
    waits = []

    async def go() -> None:
        async with opened(fake) as channel:
            for _ in range(9):
                try:
                    await channel.send("u1", Outgoing(reply=say("a")))
                except ChannelError as error:
                    waits.append(error.retry_after)

    asyncio.run(go())
    assert waits == [30, 60, 120, 240, 480, 600, 600, 30]


def test_a_timeout_after_which_the_message_has_arrived_is_unknown(fake):
    fake.script("sendMessage", Hang())
    assert failure(fake, answer_seconds=0.3).unknown
    assert fake.texts_to("u1") == ["Chào đồng chí"]


@pytest.mark.parametrize("result", [b'{"ok":true}', b'{"ok":true,"result":[]}', b'{"ok":true,"result":{"x":1}}'])
def test_a_message_that_went_without_an_id_is_no_error(fake, result):
    fake.script("sendMessage", Broken(200, result))
    assert send(fake, Text(text="a")) is None


def test_the_token_is_in_no_error_and_no_log(fake, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    fake.script("sendMessage", Refuse(400, f"bad path /bot{fake.token}/sendMessage"))
    said = str(failure(fake))
    send(fake, Text(text="a"))
    assert texts.HIDDEN in said
    assert any("sendMessage" in record.getMessage() for record in caplog.records if record.name == "httpx")
    assert fake.token not in said + caplog.text


# ------------------------------------------------------------------------------------------------ fetching, closing


def fetched(fake: FakeZalo, attachment: Attachment, limit: int) -> bytes:
    async def go() -> bytes:
        async with opened(fake) as channel:
            return await channel.fetch(attachment, limit=limit)

    return asyncio.run(go())


def test_a_photo_is_fetched_up_to_the_limit(fake):
    fake.post_photo("u1", b"x" * 3_000_000)
    (incoming,) = polled(fake)
    assert fetched(fake, incoming.attachment, 3_000_000) == b"x" * 3_000_000


def test_a_photo_above_the_limit_is_refused_in_megabytes(fake):
    fake.post_photo("u1", b"x" * 3_000_000)
    (incoming,) = polled(fake)
    with pytest.raises(FileTooLarge, match="2 MB"):
        fetched(fake, incoming.attachment, 2 * 1_048_576)


@pytest.mark.parametrize("reference", ["", "file:///etc/passwd", "/etc/passwd", "ftp://x/y"])
def test_only_web_addresses_are_fetched(fake, reference):
    with pytest.raises(ChannelError) as caught:
        fetched(fake, Attachment(kind="photo", reference=reference), 100)
    assert caught.value.permanent


def test_a_photo_that_is_gone_is_gone_for_good(fake):
    with pytest.raises(ChannelError) as caught:
        fetched(fake, Attachment(kind="photo", reference=f"{fake.url}/photos/9"), 100)
    assert caught.value.permanent


def test_a_client_that_was_handed_in_stays_open(fake):
    fake.admit("u1")

    async def go() -> httpx.Response:
        async with httpx.AsyncClient() as client:
            async with opened(fake, client=client) as channel:
                await channel.send("u1", Outgoing(reply=say("a")))
            return await client.get(f"{fake.url}/photos/0")

    assert asyncio.run(go()).status_code == 404


def test_closing_ends_a_typing_sign_under_way(fake):
    fake.script("sendChatAction", Hang())
    fake.post_text("u1", "một")

    async def go() -> set[str]:
        async with opened(fake, answer_seconds=60) as channel, serving(channel, Desk()):
            await until(fake, lambda it: it.typing)
        return {task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()}}

    assert asyncio.run(go()) == set()


# ------------------------------------------------------------------------------------------------------ the fake


def call(fake: FakeZalo, method: str, *, token: str | None = None, **parameters: object) -> tuple[object, object]:
    """(ok, error code)."""
    answer = httpx.post(f"{fake.url}/bot{token or fake.token}/{method}", json=parameters, trust_env=False).json()
    return answer["ok"], answer.get("error_code")


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("getMe", {"token": "9:wrong"}, 401),
        ("getme", {}, 400),
        ("getUpdates", {"timeout": 0}, 408),
        ("getUpdates", {"offset": 3}, 400),
        ("sendMessage", {"chat_id": "u1", "text": "x" * 2001}, 400),
        ("sendMessage", {"chat_id": "u1", "text": "👍" * 1001}, 400),
        ("sendMessage", {"chat_id": "u1", "text": ""}, 400),
        ("sendMessage", {"chat_id": 1, "text": "a"}, 400),
        ("sendMessage", {"chat_id": "stranger", "text": "a"}, 404),
        ("sendMessage", {"chat_id": "u1", "text": "a", "reply_markup": {}}, 400),
        ("sendChatAction", {"chat_id": "u1", "action": "upload_photo"}, 400),
        ("setWebhook", {"url": "https://a.example", "secret_token": "x" * 7}, 400),
        ("setWebhook", {"url": "https://a.example"}, 400),
        ("setWebhook", {"url": "http://a.example", "secret_token": "x" * 8}, 400),
    ],
)
def test_the_fake_refuses_what_the_platform_refuses(fake, method, parameters, code):
    fake.admit("u1")
    assert call(fake, method, **parameters) == (False, code)


def test_the_fake_refuses_a_webhook_on_this_machine_unless_told_otherwise():
    with FakeZalo(loopback_webhooks=False) as strict:
        assert call(strict, "setWebhook", url="https://127.0.0.1/x", secret_token="x" * 8) == (False, 400)


def test_the_fake_gives_no_updates_while_a_webhook_is_set(fake):
    call(fake, "setWebhook", url="https://a.example", secret_token="x" * 8)
    assert call(fake, "getUpdates", timeout=0) == (False, 400)


def test_the_fake_takes_exactly_2000_characters_as_composed(fake):
    fake.admit("u1")
    assert call(fake, "sendMessage", chat_id="u1", text="e\u0301" * 2000) == (True, None)
