"""Telegram with the real python-telegram-bot, over loopback against a strict fake."""

import asyncio
import base64
import json
import logging
import os
import socket
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import texts
from bot.channels.base import Channel, Webhook
from bot.channels.telegram import Telegram
from bot.channels.telegram_html import parts_of
from bot.errors import ChannelError, FileTooLarge, StateBusy
from bot.messages import (
    Attachment,
    Choice,
    Choices,
    File,
    Incoming,
    Link,
    Outgoing,
    Picture,
    QuoteBlock,
    Reply,
    Text,
    say,
)
from tests.channels.fake_telegram import BOT_ID, FakeTelegram, units

ANN, BEN, GROUP = 7, 8, -100500
PIXEL = base64.b64encode(b"\x89PNG not really").decode()


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "ct-24.docx").write_bytes(b"the original")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return folder


class Pauses:
    """Sleeping that takes no time; remembers how long it was asked for."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0.01)


class Inbox:
    """A handler that keeps what it was handed; ``errors`` are raised first."""

    def __init__(self, reply: Reply | None = None, errors: int = 0) -> None:
        self.messages: list[Incoming] = []
        self.reply, self.errors = reply, errors

    async def __call__(self, incoming: Incoming) -> Reply | None:
        if self.errors:
            self.errors -= 1
            raise StateBusy(detail="locked")
        self.messages.append(incoming)
        return self.reply

    async def holds(self, count: int) -> list[Incoming]:
        for _ in range(1000):
            if len(self.messages) >= count:
                return self.messages
            await asyncio.sleep(0.01)
        raise TimeoutError(f"{len(self.messages)} of {count} messages")


def make_channel(fake: FakeTelegram, corpus: Path, **options: Any) -> Telegram:
    options = {"poll_seconds": 1, "answer_seconds": 2, "sleep": Pauses(), **options}
    return Telegram(options.pop("token", fake.token), api_url=fake.url, corpus_dir=corpus, **options)


@asynccontextmanager
async def opened(fake: FakeTelegram, corpus: Path, **options: Any):
    channel = make_channel(fake, corpus, **options)
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def served(fake: FakeTelegram, corpus: Path, handler: Callable[[Incoming], Awaitable[Reply | None]], **options):
    async with opened(fake, corpus, **options) as channel:
        task = asyncio.create_task(channel.serve(handler))
        try:
            yield channel
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def received(fake: FakeTelegram, corpus: Path, count: int) -> list[Incoming]:
    """What the handler is given of what was posted."""

    async def run() -> list[Incoming]:
        inbox = Inbox()
        async with served(fake, corpus, inbox):
            return await inbox.holds(count)

    return asyncio.run(run())


def shown(fake: FakeTelegram, corpus: Path, *blocks: Any, chat: int = ANN, **outgoing: Any) -> str | None:
    """Sends a reply to somebody who has written before; its id."""
    fake.meet(chat)

    async def run() -> str | None:
        async with opened(fake, corpus) as channel:
            return await channel.send(str(chat), Outgoing(reply=Reply(blocks=blocks), **outgoing))

    return asyncio.run(run())


def failure(fake: FakeTelegram, corpus: Path, *blocks: Any, chat: int = ANN, **options: Any) -> ChannelError:
    async def run() -> None:
        async with opened(fake, corpus, **options) as channel:
            await channel.send(str(chat), Outgoing(reply=Reply(blocks=blocks or (Text(text="Chào"),))))

    with pytest.raises(ChannelError) as caught:
        asyncio.run(run())
    return caught.value


# ------------------------------------------------------------------------------------------------------- incoming
def test_telegram_is_a_channel_that_may_be_called(fake, corpus):
    channel: Channel = make_channel(fake, corpus)
    assert isinstance(channel, Webhook)


def test_a_text_comes_in_with_who_where_and_when(fake, corpus):
    update = fake.post_text(ANN, "Chi bộ họp mấy lần?")
    [incoming] = received(fake, corpus, 1)
    assert incoming == Incoming(
        channel="telegram",
        sender=str(ANN),
        chat=str(ANN),
        message=f"{ANN}:{update['message']['message_id']}",
        text="Chi bộ họp mấy lần?",
        sent_at=datetime.fromtimestamp(update["message"]["date"], UTC),
    )


def test_messages_come_in_their_order(fake, corpus):
    for number in range(120):  # more than one poll gives
        fake.post_text(ANN, str(number))
    assert [each.text for each in received(fake, corpus, 120)] == [str(number) for number in range(120)]


def test_a_reply_of_the_handler_is_sent_at_once(fake, corpus):
    async def run() -> None:
        async with served(fake, corpus, Inbox(say("Chào đồng chí"))):
            fake.post_text(ANN, "Chào")
            await fake.arrives(1)

    asyncio.run(run())
    assert [(sent.chat_id, sent.text) for sent in fake.sent] == [(ANN, "Chào đồng chí")]


def test_a_message_is_confirmed_only_after_the_handler_has_returned(fake, corpus):
    first, second = fake.post_text(ANN, "một")["update_id"], fake.post_text(ANN, "hai")["update_id"]
    confirmed: list[list[int]] = []

    async def handler(incoming: Incoming) -> None:
        confirmed.append(fake.unconfirmed)

    async def run() -> None:
        async with served(fake, corpus, handler):
            await fake.arrives(lambda fake: not fake.unconfirmed)

    asyncio.run(run())
    assert confirmed == [[first, second], [first, second]]


def test_a_message_in_work_when_the_process_ends_comes_again(fake, corpus):
    fake.post_text(ANN, "một")
    fake.post_text(ANN, "hai")
    begun = asyncio.Event()

    async def never_done(incoming: Incoming) -> None:
        if incoming.text == "hai":
            begun.set()
            await asyncio.Event().wait()

    async def run() -> None:
        async with served(fake, corpus, never_done):
            await begun.wait()

    asyncio.run(run())
    assert [each.text for each in received(fake, corpus, 2)] == ["một", "hai"]


def test_what_could_not_be_stored_is_taken_in_again_after_a_pause(fake, corpus):
    pauses, inbox = Pauses(), Inbox(errors=3)

    async def run() -> None:
        async with served(fake, corpus, inbox, sleep=pauses, jitter=lambda: 1.0):
            await inbox.holds(2)

    fake.post_text(ANN, "một")
    fake.post_text(ANN, "hai")
    asyncio.run(run())
    assert ([each.text for each in inbox.messages], pauses.asked) == (["một", "hai"], [1.0, 2.0, 4.0])


def test_a_message_repeated_by_the_platform_has_the_same_id(fake, corpus):
    fake.post_text(ANN, "một")
    fake.repeat_last_update()
    first, second = received(fake, corpus, 2)
    assert first.message == second.message


def test_messages_of_two_chats_never_share_an_id(fake, corpus):
    for user in (ANN, BEN):
        fake.push(
            {
                "message": {
                    "message_id": 1,
                    "date": 1,
                    "chat": {"id": user, "type": "private"},
                    "from": {"id": user, "is_bot": False, "first_name": "x"},
                    "text": "x",
                }
            }
        )
    assert len({each.message for each in received(fake, corpus, 2)}) == 2


def test_a_deep_link_comes_through_as_text(fake, corpus):
    fake.post_text(ANN, "/start 0123456789")
    assert received(fake, corpus, 1)[0].text == "/start 0123456789"


def test_a_press_of_a_button_is_handed_on_and_answered(fake, corpus):
    update = fake.press(ANN, "12:3", 5)

    async def run() -> Incoming:
        inbox = Inbox()
        async with served(fake, corpus, inbox):
            await fake.arrives(lambda fake: [call.status for call in fake.called("answerCallbackQuery")] == [200])
            return (await inbox.holds(1))[0]

    assert asyncio.run(run()) == Incoming(
        channel="telegram", sender="7", chat="7", message=f"cb:{update['callback_query']['id']}", choice="12:3"
    )


def test_a_press_is_answered_only_once_it_is_stored(fake, corpus):
    fake.press(ANN, "12:3", 5)
    answered: list[int] = []

    async def handler(incoming: Incoming) -> None:
        await asyncio.sleep(0.1)
        answered.append(len(fake.called("answerCallbackQuery")))

    async def run() -> None:
        async with served(fake, corpus, handler):
            await fake.arrives(lambda fake: fake.called("answerCallbackQuery") != [])

    asyncio.run(run())
    assert answered == [0]


PHOTO = [
    {"file_id": f"p{size}", "file_unique_id": "p", "file_size": size, "width": size, "height": 1} for size in (1, 9)
]
DOCUMENT = {"file_id": "d", "file_unique_id": "d", "file_size": 5, "file_name": "Chỉ thị 24.docx"}
MEDIA = {"file_id": "m", "file_unique_id": "m", "duration": 3, "file_size": 6}


@pytest.mark.parametrize(
    ("fields", "attachment"),
    [
        ({"photo": PHOTO}, Attachment(kind="photo", size=9, reference="p9")),
        ({"document": DOCUMENT}, Attachment(kind="file", name="Chỉ thị 24.docx", size=5, reference="d")),
        ({"voice": MEDIA}, Attachment(kind="voice", size=6, reference="m")),
        (
            {"sticker": {**MEDIA, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
            Attachment(kind="sticker", size=6, reference="m"),
        ),
        ({"contact": {"phone_number": "1", "first_name": "x"}}, Attachment(kind="unsupported")),
        ({"location": {"latitude": 1, "longitude": 2}}, Attachment(kind="unsupported")),
        ({"video": {**MEDIA, "width": 1, "height": 1}}, Attachment(kind="unsupported")),
        ({"animation": {**MEDIA, "width": 1, "height": 1}, "document": DOCUMENT}, Attachment(kind="unsupported")),
    ],
    ids=lambda each: "+".join(each) if isinstance(each, dict) else None,
)
def test_what_is_attached_comes_with_its_caption_as_text(fake, corpus, fields, attachment):
    fake.post(ANN, caption="xem giúp", **fields)
    [incoming] = received(fake, corpus, 1)
    assert (incoming.attachment, incoming.text) == (attachment, "xem giúp")


@pytest.mark.parametrize(
    "content",
    [
        {"edited_message": "text"},
        {"channel_post": "text"},
        {"message": "text", "from": {"id": 99, "is_bot": True, "first_name": "bot"}},
        {"message": "text", "sender_chat": {"id": -5, "type": "channel"}},
        {"message": "new_chat_title"},
        {"poll": "x"},
        {"message": "unreadable"},
    ],
    ids=["an edit", "a channel", "a bot", "a channel in a group", "an event", "a poll", "no message at all"],
)
def test_what_no_person_wrote_is_passed_over_and_confirmed(fake, corpus, content):
    kind, field = next(iter(content.items()))
    if field == "unreadable":
        fake.push({"message": {"message_id": "?", "chat": 5}})
    elif kind == "poll":
        fake.push({"poll": {"id": "1"}})
    else:
        extra = {name: value for name, value in content.items() if name != kind}
        fake.post(ANN, kind=kind, **{field: "lạ", **extra})
    fake.post_text(BEN, "tiếp")
    assert [each.text for each in received(fake, corpus, 1)] == ["tiếp"]


# --------------------------------------------------------------------------------------------------------- groups
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@dang_uy_bot Chỉ thị 24?", "Chỉ thị 24?"),
        ("@Dang_Uy_Bot, Chỉ thị 24?", "Chỉ thị 24?"),
        ("👩‍👩‍👧 Đồng chí ạ @dang_uy_bot: Chỉ thị 24?", "👩‍👩‍👧 Đồng chí ạ Chỉ thị 24?"),
        ("Điều 5 nói gì 🙏 @dang_uy_bot", "Điều 5 nói gì 🙏"),
        ("@dang_uy_bot", ""),
        ("/moi", "/moi"),
        ("/nhom member", "/nhom member"),
        ("/moi@dang_uy_bot", "/moi"),
        ("/cuoi@dang_uy_bot", "/cuoi"),
        ("/start@dang_uy_bot 123", "/start 123"),
    ],
)
def test_in_a_group_the_bot_is_meant_when_it_is_named(fake, corpus, text, expected):
    fake.post_text(ANN, text, group=GROUP)
    [incoming] = received(fake, corpus, 1)
    assert (incoming.text, incoming.addressed, incoming.private, incoming.chat) == (expected, True, False, str(GROUP))


@pytest.mark.parametrize(
    "text",
    ["Chào cả nhà", "@dang_uy_bot2 chào", "thư a@dang_uy_bot", "/moi@other_bot", "/cuoi", "/weather Hà Nội", "/"],
)
def test_what_is_said_in_a_group_and_not_to_the_bot_is_not_taken_in(fake, corpus, text):
    fake.post_text(ANN, text, group=GROUP)
    fake.post(ANN, group=GROUP, document=DOCUMENT, caption=text)
    fake.post(ANN, group=GROUP, document=DOCUMENT)
    fake.post_text(BEN, "hỏi riêng")
    assert [each.text for each in received(fake, corpus, 1)] == ["hỏi riêng"]


@pytest.mark.parametrize("text", ["còn khoản 2?", "/cuoi"])
@pytest.mark.parametrize(("replied", "addressed"), [(BOT_ID, True), (BEN, False)])
def test_in_a_group_the_bot_is_meant_when_it_is_replied_to(fake, corpus, replied, addressed, text):
    author = {"id": replied, "is_bot": replied == BOT_ID, "first_name": "x"}
    earlier = {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": author, "text": "x"}
    fake.post_text(ANN, text, group=GROUP, reply_to_message=earlier)
    fake.post_text(BEN, "hỏi riêng")
    assert [each.text for each in received(fake, corpus, 1 + addressed)] == [text] * addressed + ["hỏi riêng"]


def test_a_mention_in_a_caption_counts(fake, corpus):
    fake.post(ANN, group=GROUP, document=DOCUMENT, caption="@dang_uy_bot xem giúp")
    [incoming] = received(fake, corpus, 1)
    assert (incoming.text, incoming.addressed) == ("xem giúp", True)


def test_in_private_only_a_command_loses_the_name(fake, corpus):
    fake.post_text(ANN, "/moi@dang_uy_bot")
    fake.post_text(ANN, "@dang_uy_bot là ai?")
    assert [each.text for each in received(fake, corpus, 2)] == ["/moi", "@dang_uy_bot là ai?"]


# --------------------------------------------------------------------------------------------------------- typing
def test_the_sign_of_typing_never_comes_after_the_answer(fake, corpus):
    async def run() -> None:
        inbox = Inbox()
        async with served(fake, corpus, inbox) as channel:
            for number in range(5):
                fake.post_text(ANN, "hỏi")
                await inbox.holds(number + 1)
                await channel.send(str(ANN), Outgoing(reply=say("đáp")))

    asyncio.run(run())
    order = [call.method for call in fake.calls if call.method in ("sendChatAction", "sendMessage")]
    assert order == ["sendChatAction", "sendMessage"] * 5


def test_a_sign_of_typing_that_hangs_does_not_hold_the_answer(fake, corpus):
    fake.script("sendChatAction", "hang")

    async def run() -> None:
        inbox = Inbox()
        async with served(fake, corpus, inbox, answer_seconds=60) as channel:
            fake.post_text(ANN, "hỏi")
            await fake.arrives(lambda fake: fake.called("sendChatAction") != [])
            await asyncio.wait_for(channel.send(str(ANN), Outgoing(reply=say("đáp"))), timeout=20)

    asyncio.run(run())
    assert [sent.text for sent in fake.sent] == ["đáp"]


def test_in_a_group_nothing_is_typed_for_talk_among_people(fake, corpus):
    async def run() -> None:
        inbox = Inbox()
        async with served(fake, corpus, inbox):
            fake.post_text(ANN, "Chào cả nhà", group=GROUP)
            fake.post_text(BEN, "hỏi riêng")
            await inbox.holds(1)
            await fake.arrives(lambda fake: fake.called("sendChatAction") != [])

    asyncio.run(run())
    assert [call.parameters["chat_id"] for call in fake.called("sendChatAction")] == [str(BEN)]


# --------------------------------------------------------------------------------------------------------- sending
QUOTE = QuoteBlock(text="1. Mỗi tháng <b>một</b> lần & hơn", citation="Quy định 19-QĐ/ĐU <2023>, trang 3", sample=True)


def test_a_reply_is_one_message_with_its_quotes_set_apart(fake, corpus):
    number = shown(fake, corpus, Text(text="Theo <i>văn bản</i> & điều lệ:"), QUOTE)
    [sent] = fake.sent
    assert (number, sent.parse_mode) == (str(sent.message_id), "HTML")
    assert sent.text == (
        "Theo <i>văn bản</i> & điều lệ:\n\n“1. Mỗi tháng <b>một</b> lần & hơn”\n"
        "— Quy định 19-QĐ/ĐU <2023>, trang 3 (văn bản mẫu)"
    )
    assert "<blockquote>“1. Mỗi tháng &lt;b&gt;một" in sent.markup
    assert "<i>— Quy định" in sent.markup


def test_the_words_that_answer_are_bold(fake, corpus):
    quote = QuoteBlock(text="Nộp <mỗi tháng> 10 & 20.", citation="A", stressed=((16, 18),), cut=True)
    shown(fake, corpus, quote)
    assert "“Nộp &lt;mỗi tháng&gt; <b>10</b> &amp; 20.…”" in fake.sent[0].markup
    assert fake.sent[0].text.startswith("“Nộp <mỗi tháng> 10 & 20.…”")


@pytest.mark.parametrize("text", ["<b>", "&lt;", "</blockquote>", "a < b > c", "<a href='x'>", "&amp;", "`*_[x](y)"])
def test_no_text_is_taken_for_a_tag(fake, corpus, text):
    shown(fake, corpus, Text(text=text), QuoteBlock(text=text, citation=text))
    assert fake.sent[0].text == f"{text}\n\n“{text}”\n— {text}"
    assert len(fake.called("sendMessage")) == 1


def test_a_full_message_of_many_tags_and_emoji_fits(fake, corpus):
    text = "<&😀đ" * (4096 // units("<&😀đ"))
    shown(fake, corpus, Text(text=text))
    assert fake.sent[0].text == text


def test_decomposed_letters_are_sent_composed(fake, corpus):
    shown(fake, corpus, Text(text="Đie\u0302\u0300u"))
    assert fake.sent[0].text == "Điều"


def test_html_that_telegram_refuses_is_sent_as_plain_text(fake, corpus):
    fake.script("sendMessage", 400, text="Bad Request: can't parse entities: Unsupported start tag")
    shown(fake, corpus, Text(text="a < b"), Choices(choices=(Choice(label="Có", send="có"),)))
    [sent] = fake.sent
    assert (sent.text, sent.parse_mode, sent.buttons) == ("a < b", None, [("Có", "0:1")])


def test_links_are_links_only_to_web_pages(fake, corpus):
    shown(
        fake,
        corpus,
        Link(label="Trang <web>", url='https://a.vn/?a=1&b="2"'),
        Link(label="Khác", url="javascript:alert(1)"),
    )
    assert fake.sent[0].markup == (
        '<a href="https://a.vn/?a=1&amp;b=&quot;2&quot;">Trang &lt;web&gt;</a>\n\nKhác: javascript:alert(1)'
    )


def test_pages_behind_links_are_not_shown(fake, corpus):
    shown(fake, corpus, Text(text="https://a.vn"))
    assert json.loads(fake.called("sendMessage")[0].parameters["link_preview_options"]) == {"is_disabled": True}


def rows(fake: FakeTelegram) -> list[list[str]]:
    return [[button["text"] for button in row] for row in (fake.sent[-1].reply_markup or {})["inline_keyboard"]]


def choices(*labels: str) -> Choices:
    return Choices(choices=tuple(Choice(label=label, send=label) for label in labels))


def test_buttons_carry_the_number_of_the_reply_and_their_position_in_it(fake, corpus):
    shown(fake, corpus, Text(text="Chọn"), choices("a", "b"), choices("c"), number=123456789)
    assert fake.sent[0].buttons == [("a", "123456789:1"), ("b", "123456789:2"), ("c", "123456789:3")]


def test_buttons_share_a_row_only_where_they_can_be_read(fake, corpus):
    shown(fake, corpus, Text(text="x"), choices("Xem thêm", "Văn bản gốc", "👍", "👎"))
    assert rows(fake) == [["Xem thêm", "Văn bản gốc"], ["👍", "👎"]]


def test_long_labels_have_a_row_each_and_are_cut(fake, corpus):
    shown(fake, corpus, Text(text="x"), choices("Chỉ thị 20-CT/TU của Thành ủy Hạ Long", "dài " * 40))
    assert rows(fake)[0] == ["Chỉ thị 20-CT/TU của Thành ủy Hạ Long"]
    assert len(rows(fake)[1][0]) <= 60
    assert rows(fake)[1][0].endswith("…")


def test_buttons_without_a_text_get_one(fake, corpus):
    shown(fake, corpus, choices("Có", "Không"))
    assert fake.sent[0].text == texts.TELEGRAM_CHOOSE


def test_an_empty_reply_sends_nothing(fake, corpus):
    assert shown(fake, corpus, Text(text=" \n")) is None
    assert fake.sent == []


def test_an_edit_takes_the_place_of_the_message(fake, corpus):
    number = shown(fake, corpus, Text(text="10 %"))
    assert shown(fake, corpus, Text(text="20 %"), replaces=number) == number
    assert [(sent.method, sent.text) for sent in fake.sent] == [("sendMessage", "10 %"), ("editMessageText", "20 %")]


def test_an_edit_that_changes_nothing_is_a_success(fake, corpus):
    number = shown(fake, corpus, Text(text="10 %"))
    assert shown(fake, corpus, Text(text="10 %"), replaces=number) == number
    assert len(fake.sent) == 1


@pytest.mark.parametrize("why", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
def test_what_cannot_be_edited_is_sent_anew(fake, corpus, why):
    fake.script("editMessageText", 400, text=f"Bad Request: {why}")
    number = shown(fake, corpus, Text(text="10 %"), replaces="999")
    assert [(sent.method, str(sent.message_id)) for sent in fake.sent] == [("sendMessage", number)]


def test_an_id_that_is_none_of_telegrams_is_sent_anew(fake, corpus):
    shown(fake, corpus, Text(text="10 %"), replaces="zalo-1")
    assert [sent.method for sent in fake.sent] == ["sendMessage"]


# ----------------------------------------------------------------------------------------------------------- files
def test_an_original_is_sent_as_a_file_after_the_text(fake, corpus):
    shown(fake, corpus, Text(text="Đây ạ"), File(path="ct-24.docx", name="Chỉ thị 24.docx"), choices("👍"))
    assert [(sent.method, sent.file) for sent in fake.sent] == [
        ("sendMessage", None),
        ("sendDocument", ("Chỉ thị 24.docx", b"the original")),
    ]
    assert fake.sent[1].buttons == [("👍", "0:1")]


def test_several_messages_keep_the_order_of_the_blocks(fake, corpus):
    shown(fake, corpus, Text(text="một"), File(path="ct-24.docx", name="a.docx"), Text(text="hai"), Text(text="ba"))
    assert [sent.text or sent.method for sent in fake.sent] == ["một", "sendDocument", "hai\n\nba"]


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "link.txt", "gone.docx", "", "\0", "."]
)
def test_nothing_outside_the_corpus_folder_is_sent(fake, corpus, path):
    (corpus / "link.txt").symlink_to(corpus.parent / "secret.txt")
    shown(fake, corpus, File(path=path, name="../x.docx"))
    assert [(sent.file, sent.text) for sent in fake.sent] == [
        (None, texts.TELEGRAM_FILE_NOT_SENT.format(name="../x.docx"))
    ]


def test_a_name_of_a_file_is_no_path(fake, corpus):
    shown(fake, corpus, File(path="ct-24.docx", name="../../etc/x.docx"))
    assert fake.sent[0].file == ("x.docx", b"the original")


def test_a_picture_is_sent_with_its_caption(fake, corpus):
    shown(fake, corpus, Picture(data=PIXEL, caption="Mã <QR>"))
    [sent] = fake.sent
    assert (sent.method, sent.text, sent.file and sent.file[1]) == ("sendPhoto", "Mã <QR>", b"\x89PNG not really")


def fetched(fake: FakeTelegram, corpus: Path, limit: int, **changes: Any) -> bytes:
    fake.post_file(ANN, "Chỉ thị.docx", b"x" * 2_000_000)

    async def run() -> bytes:
        inbox = Inbox()
        async with served(fake, corpus, inbox) as channel:
            [incoming] = await inbox.holds(1)
            return await channel.fetch(incoming.attachment.model_copy(update=changes), limit=limit)

    return asyncio.run(run())


def test_a_file_is_fetched_whole(fake, corpus):
    assert fetched(fake, corpus, 2_000_000) == b"x" * 2_000_000


@pytest.mark.parametrize("changes", [{}, {"size": None}, {"size": 1}], ids=["said", "not said", "lied about"])
def test_a_file_above_the_limit_is_not_read(fake, corpus, changes):
    with pytest.raises(FileTooLarge) as caught:
        fetched(fake, corpus, 1_500_000, **changes)
    assert caught.value.facts == {"limit": "1"}


def test_a_file_that_telegram_does_not_hand_out_is_too_large(fake, corpus):
    fake.script("getFile", 400, text="Bad Request: file is too big")
    with pytest.raises(FileTooLarge) as caught:
        fetched(fake, corpus, 50_000_000)
    assert caught.value.facts == {"limit": "20"}


def test_a_path_of_this_machine_is_never_read_as_a_file(fake, corpus):
    fake.post_file(ANN, "x.docx", b"x")
    fake.paths = {str(corpus.parent / "secret.txt"): "file-0"}

    async def run() -> bytes:
        async with opened(fake, corpus) as channel:
            return await channel.fetch(Attachment(kind="file", reference="file-0"), limit=9)

    with pytest.raises(ChannelError):
        asyncio.run(run())


def test_a_file_that_is_gone_is_an_error_of_the_channel(fake, corpus):
    async def run() -> bytes:
        async with opened(fake, corpus) as channel:
            return await channel.fetch(Attachment(kind="file", reference="unknown"), limit=9)

    with pytest.raises(ChannelError):
        asyncio.run(run())


# ---------------------------------------------------------------------------------------------------------- errors
def kind(error: ChannelError) -> dict[str, Any]:
    names = ("permanent", "gone", "closed", "retry_after", "of_chat", "unknown", "moved_to")
    return {name: value for name in names if (value := getattr(error, name))}


@pytest.mark.parametrize(
    ("action", "parameters", "expected"),
    [
        (403, {}, {"permanent": True, "gone": True}),
        (400, {}, {"permanent": True}),
        (401, {}, {"permanent": True, "closed": True}),
        (404, {}, {"permanent": True, "closed": True}),
        (429, {"retry_after": 17}, {"retry_after": 17.0}),
        (429, {}, {}),
        (409, {}, {}),
        (500, {}, {}),
        (502, {}, {}),
        (400, {"migrate_to_chat_id": -100777}, {"moved_to": "-100777"}),
        ("hang", {}, {"unknown": True}),
        ("drop", {}, {"unknown": True}),
        ("garbage", {}, {"unknown": True}),
    ],
)
def test_every_answer_to_a_message_becomes_one_kind_of_error(fake, corpus, action, parameters, expected):
    fake.meet(ANN)
    fake.script("sendMessage", action, **parameters)
    assert kind(failure(fake, corpus, answer_seconds=0.5)) == expected
    assert len(fake.sent) == (1 if isinstance(action, str) else 0)


def test_a_message_that_never_left_may_be_sent_again(fake, corpus):
    class Elsewhere:
        token, url = fake.token, "http://127.0.0.1:1"

    assert kind(failure(Elsewhere, corpus)) == {}


@pytest.mark.parametrize("chat", [BEN, -5])
def test_a_chat_that_never_wrote_is_gone(fake, corpus, chat):
    assert kind(failure(fake, corpus, chat=chat)) == {"permanent": True, "gone": True}


def test_a_chat_that_has_moved_names_its_new_id(fake, corpus):
    fake.move(GROUP, -100777)
    assert failure(fake, corpus, chat=GROUP).moved_to == "-100777"


def test_who_blocks_the_bot_is_gone(fake, corpus):
    fake.block(ANN)
    assert kind(failure(fake, corpus)) == {"permanent": True, "gone": True}


def test_a_limit_in_a_group_is_the_group_s_only(fake, corpus):
    fake.meet(GROUP)
    fake.script("sendMessage", 429, retry_after=17)
    assert kind(failure(fake, corpus, chat=GROUP)) == {"retry_after": 17.0, "of_chat": True}


def test_too_many_messages_are_refused_with_a_time_to_wait(corpus):
    with FakeTelegram(limits=1) as fake:
        shown(fake, corpus, Text(text="một"))
        assert failure(fake, corpus).retry_after == 1.0


def test_what_is_half_shown_is_not_sent_again_as_a_whole(fake, corpus):
    fake.meet(ANN)
    fake.script("sendDocument", 500)
    assert kind(failure(fake, corpus, Text(text="một"), File(path="ct-24.docx", name="a.docx"))) == {"unknown": True}


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_ends_the_channel(fake, corpus, status):
    fake.script("getUpdates", status)
    assert ended(fake, corpus).permanent


def test_a_wrong_token_ends_the_channel_that_is_called(fake, corpus):
    fake.script("getMe", 401)
    assert ended(fake, corpus, webhook_secret="x").permanent


def ended(fake: FakeTelegram, corpus: Path, **options: Any) -> ChannelError:
    """What leaves `serve`."""

    async def run() -> None:
        async with opened(fake, corpus, **options) as channel:
            await asyncio.wait_for(channel.serve(Inbox()), timeout=20)

    with pytest.raises(ChannelError) as caught:
        asyncio.run(run())
    return caught.value


@pytest.mark.parametrize("action", [400, 403, 409, 500, 502, "drop", "refuse", "garbage", "hang"])
def test_a_failing_poll_is_tried_again(fake, corpus, action):
    fake.script("getUpdates", action, times=2)
    fake.post_text(ANN, "một")

    async def run() -> list[Incoming]:
        inbox = Inbox()
        async with served(fake, corpus, inbox, answer_seconds=0.3, poll_seconds=0):
            return await inbox.holds(1)

    assert [each.text for each in asyncio.run(run())] == ["một"]


def test_a_platform_that_cannot_be_reached_at_the_start_is_waited_for(fake, corpus):
    fake.script("getUpdates", "refuse", times=3)
    fake.post_text(ANN, "một")
    assert [each.text for each in received(fake, corpus, 1)] == ["một"]


def test_pauses_grow_to_a_minute_and_never_fall_below_what_is_asked(fake, corpus):
    fake.script("getUpdates", 502, times=9)
    fake.script("getUpdates", 429, retry_after=300)
    pauses = Pauses()

    async def run() -> None:
        async with served(fake, corpus, Inbox(), sleep=pauses, jitter=lambda: 1.0):
            await fake.arrives(lambda fake: len(fake.called("getUpdates")) > 10)

    asyncio.run(run())
    assert pauses.asked[:10] == [1, 2, 4, 8, 16, 32, 60, 60, 60, 300]


def test_jitter_shortens_a_pause_by_half_at_most(fake, corpus):
    fake.script("getUpdates", 502)
    pauses = Pauses()

    async def run() -> None:
        async with served(fake, corpus, Inbox(), sleep=pauses, jitter=lambda: 0.0):
            await fake.arrives(lambda fake: len(fake.called("getUpdates")) > 1)

    asyncio.run(run())
    assert pauses.asked[:1] == [0.5]


def test_two_pollers_do_not_crash_each_other(fake, corpus):
    async def run() -> set[str]:
        first, second = Inbox(), Inbox()
        async with served(fake, corpus, first, poll_seconds=5), served(fake, corpus, second, poll_seconds=5):
            await fake.arrives(lambda fake: any(call.status == 409 for call in fake.called("getUpdates")))
            fake.post_text(ANN, "một")
            await fake.arrives(lambda fake: not fake.unconfirmed)
            return {each.message for each in (*first.messages, *second.messages)}

    assert len(asyncio.run(run())) == 1


# -------------------------------------------------------------------------------------------------------- the menu
def test_the_menu_of_commands_is_set_for_vietnamese_and_all_others(fake, corpus):
    async def run() -> None:
        async with served(fake, corpus, Inbox()):
            await fake.arrives(lambda fake: len(fake.menu) == 2)

    asyncio.run(run())
    assert set(fake.menu) == {"", "vi"}
    assert fake.menu["vi"] == fake.menu[""]
    assert [each["command"] for each in fake.menu["vi"]] == [
        *("moi", "vanban", "hieuluc", "bantin", "toi", "giupdo", "xoa"),
    ]


def test_a_menu_that_is_refused_stops_nothing(fake, corpus):
    fake.script("setMyCommands", 400)
    fake.post_text(ANN, "một")
    assert len(received(fake, corpus, 1)) == 1


def test_a_deep_link_opens_the_chat_with_the_bot(fake, corpus):
    async def run() -> str:
        async with opened(fake, corpus) as channel:
            return await channel.deep_link("0123456789")

    assert asyncio.run(run()) == "https://t.me/dang_uy_bot?start=0123456789"


# --------------------------------------------------------------------------------------------------------- webhook
SECRET = "s3cret_-"


def accepted(fake: FakeTelegram, corpus: Path, inbox: Inbox, body: bytes, *, secret: str | None, ours=SECRET) -> int:
    async def run() -> int:
        headers = {"x-telegram-bot-api-secret-token": secret} if secret is not None else {}
        async with opened(fake, corpus, webhook_secret=ours) as channel:
            return await channel.accept(headers, body, inbox)

    return asyncio.run(run())


def update_body(fake: FakeTelegram) -> bytes:
    return json.dumps(fake.post_text(ANN, "một")).encode()


def test_a_call_with_the_secret_is_stored(fake, corpus):
    inbox = Inbox()
    assert accepted(fake, corpus, inbox, update_body(fake), secret=SECRET) == 200
    assert [each.text for each in inbox.messages] == ["một"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ß"])
def test_a_call_without_the_secret_is_refused_and_logged(fake, corpus, secret, caplog):
    inbox = Inbox()
    assert accepted(fake, corpus, inbox, update_body(fake), secret=secret) == 403
    assert (inbox.messages, len(caplog.records)) == ([], 1)


def test_without_a_secret_of_ours_every_call_is_refused(fake, corpus):
    assert accepted(fake, corpus, Inbox(), update_body(fake), secret="", ours=None) == 403


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"1", b"{}", b'{"update_id": "1"}', b"[" * 100_000])
def test_a_body_that_is_no_update_is_refused(fake, corpus, body):
    assert accepted(fake, corpus, Inbox(), body, secret=SECRET) == 400


@pytest.mark.parametrize("content", [{}, {"poll": {"id": "1"}}, {"message": {"message_id": []}}, {"message": 5}])
def test_an_update_that_says_nothing_to_us_is_confirmed(fake, corpus, content):
    inbox = Inbox()
    body = json.dumps({"update_id": 5, **content}).encode()
    assert (accepted(fake, corpus, inbox, body, secret=SECRET), inbox.messages) == (200, [])


def test_what_cannot_be_stored_is_to_come_again(fake, corpus):
    assert accepted(fake, corpus, Inbox(errors=1), update_body(fake), secret=SECRET) == 503


def test_with_a_secret_nothing_is_polled_and_the_menu_is_set(fake, corpus):
    async def run() -> None:
        async with served(fake, corpus, Inbox(), webhook_secret=SECRET):
            await fake.arrives(lambda fake: len(fake.menu) == 2)

    asyncio.run(run())
    assert fake.called("getUpdates") == []


def test_the_webhook_is_registered_with_its_secret_and_taken_away(fake, corpus):
    async def run() -> None:
        async with opened(fake, corpus, webhook_secret=SECRET) as channel:
            await channel.set_webhook("https://dang-uy.vn/telegram/webhook")
            registered = dict(fake.webhook)
            await channel.delete_webhook()
            assert registered == {
                "url": "https://dang-uy.vn/telegram/webhook",
                "secret_token": SECRET,
                "allowed": ["message", "callback_query"],
            }

    asyncio.run(run())
    assert fake.webhook["url"] == ""


def test_what_telegram_delivers_to_the_webhook_is_taken_in(fake, corpus):
    inbox = Inbox(errors=1)

    async def run() -> None:
        async with opened(fake, corpus, webhook_secret=SECRET) as channel:

            async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head)}
                body = await reader.readexactly(int(headers["content-length"]))
                status = await channel.accept(headers, body, inbox)
                writer.write(f"HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
                await writer.drain()
                writer.close()

            async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
                port = server.sockets[0].getsockname()[1]
                await channel.set_webhook(f"http://127.0.0.1:{port}/telegram/webhook")
                await asyncio.to_thread(fake.post_text, ANN, "một")
                await inbox.holds(1)
                await fake.arrives(lambda fake: bool(fake.deliveries and fake.deliveries[-1] == 200))

    asyncio.run(run())
    assert (fake.deliveries, [each.text for each in inbox.messages]) == ([503, 200], ["một"])


def test_a_webhook_address_that_telegram_refuses_is_an_error(fake, corpus):
    async def run() -> None:
        async with opened(fake, corpus, webhook_secret=SECRET) as channel:
            await channel.set_webhook("http://dang-uy.vn/telegram/webhook")

    with pytest.raises(ChannelError):
        asyncio.run(run())


# ------------------------------------------------------------------------------------------------------- the token
def test_the_token_stands_in_no_log_and_no_error(fake, corpus, caplog):
    for name in ("", "httpx", "httpcore", "telegram"):
        caplog.set_level(logging.DEBUG, logger=name)
    fake.meet(ANN)
    said: list[str] = []

    async def run() -> None:
        async with served(fake, corpus, Inbox(), answer_seconds=0.3) as channel:
            for action in ("garbage", "drop", "hang", "refuse", 401, 404, 500):
                fake.script("sendMessage", action, text=f"no such path /bot{fake.token}/sendMessage {fake.token}")
                with pytest.raises(ChannelError) as caught:
                    await channel.send(str(ANN), Outgoing(reply=say("một")))
                said.append(f"{caught.value} {caught.value.facts} {caught.value.__cause__!r}")
            fake.post_file(ANN, "x.docx", b"x")
            await channel.fetch(Attachment(kind="file", reference="file-0"), limit=9)

    asyncio.run(run())
    logged = [record.getMessage() for record in caplog.records]
    assert any("/bot***/sendMessage" in line for line in logged)
    assert [line for line in (*logged, caplog.text, *said) if fake.token in line] == []


def test_what_people_write_is_not_logged_by_the_library(fake, corpus):
    make_channel(fake, corpus)
    names = ("httpx", "httpcore.http11", "telegram.Bot")
    assert [name for name in names if logging.getLogger(name).isEnabledFor(logging.INFO)] == []


def test_an_empty_token_is_an_error_of_the_channel(fake, corpus):
    with pytest.raises(ChannelError):
        make_channel(fake, corpus, token="")


# -------------------------------------------------------------------------------------------------------- the fake
def test_parts_never_carry_more_than_64_bytes_on_a_button():
    message = Outgoing(reply=Reply(blocks=(choices("a"),)), number=10**30)
    assert all(len(button.data.encode()) <= 64 for part in parts_of(message) for row in part.rows for button in row)


@pytest.mark.parametrize(
    ("method", "parameters", "status", "words"),
    [
        ("sendMessage", {"chat_id": ANN, "text": "x" * 4097}, 400, "too long"),
        ("sendMessage", {"chat_id": ANN, "text": "😀" * 2049}, 400, "too long"),
        ("sendMessage", {"chat_id": ANN, "text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}, 200, ""),
        ("sendMessage", {"chat_id": ANN, "text": " "}, 400, "empty"),
        ("sendMessage", {"chat_id": ANN, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": ANN, "text": "<x>x</x>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": ANN, "text": "a < b", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": ANN, "text": "<b><i>x</b></i>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ("sendMessage", {"chat_id": ANN, "text": "a < b"}, 200, ""),
        ("sendMessage", {"chat_id": BEN, "text": "x"}, 400, "chat not found"),
        ("answerCallbackQuery", {"callback_query_id": "9"}, 400, "query is too old"),
        ("setMyCommands", {"commands": [{"command": "Mới", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
        ("sendSomething", {}, 404, "Not Found"),
        (
            "sendMessage",
            {
                "chat_id": ANN,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "đ" * 33}]]},
            },
            400,
            "BUTTON_DATA_INVALID",
        ),
    ],
)
@pytest.mark.parametrize("form", [False, True], ids=["json", "form"])
def test_the_fake_refuses_what_telegram_refuses(fake, method, parameters, status, words, form):
    fake.meet(ANN)
    url = f"{fake.url}/bot{fake.token}/{method}"
    if form:
        values = {name: json.dumps(each) for name, each in parameters.items() if isinstance(each, dict | list)}
        answer = httpx.post(url, data={**parameters, **values})
    else:
        answer = httpx.post(url, json=parameters)
    assert (answer.status_code, words in answer.json().get("description", "")) == (status, True)


@pytest.mark.parametrize(("token", "status"), [("123456:another", 401), ("nonsense", 404)])
def test_the_fake_refuses_a_wrong_token(fake, token, status):
    assert httpx.post(f"{fake.url}/bot{token}/getMe").status_code == status


def test_the_fake_refuses_polling_beside_a_webhook(fake):
    base = f"{fake.url}/bot{fake.token}"
    httpx.post(f"{base}/setWebhook", json={"url": "https://a.vn/x", "secret_token": "x"})
    assert httpx.post(f"{base}/getUpdates").status_code == 409


# -------------------------------------------------------------------------------------------------- second opinion
SECOND = os.environ.get("TELEGRAM_TEST_API", "")


@pytest.mark.slow
@pytest.mark.skipif(not SECOND, reason="TELEGRAM_TEST_API names no folder where npm's telegram-test-api is installed")
def test_another_stand_in_of_telegram_carries_question_answer_buttons_and_edit(corpus):
    """npm's telegram-test-api 4.2: private text, what buttons carry, edits; its presses lack a field."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = (
        f"const T = require('telegram-test-api'); const s = new T({{port: {port}, host: '127.0.0.1'}});"
        "s.start().then(() => console.log('up'));"
    )
    with subprocess.Popen(["node", "-e", script], cwd=SECOND, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "up\n"
            asyncio.run(ask_elsewhere(f"http://127.0.0.1:{port}", corpus))
        finally:
            process.kill()


async def ask_elsewhere(url: str, corpus: Path) -> None:
    token, person = "1:second", {"id": ANN, "is_bot": False, "first_name": "An"}
    chat = {"id": ANN, "type": "private", "first_name": "An"}
    inbox = Inbox()
    channel = Telegram(token, api_url=url, corpus_dir=corpus)
    serving = asyncio.create_task(channel.serve(inbox))
    try:
        async with httpx.AsyncClient(base_url=url) as client:
            asked = {"botToken": token, "from": person, "chat": chat, "date": 1, "text": "Chào <b>"}
            await client.post("/sendMessage", json=asked)
            assert [each.text for each in await inbox.holds(1)] == ["Chào <b>"]
            message = Outgoing(reply=Reply(blocks=(Text(text="1 < 2"), choices("a"))), number=5)
            number = await channel.send(str(ANN), message)
            shown = (await client.post("/getUpdates", json={"token": token, "chatId": ANN})).json()["result"]
            assert [each["message"]["text"] for each in shown] == ["1 &lt; 2"]
            [[button]] = shown[0]["message"]["reply_markup"]["inline_keyboard"]
            assert (button["text"], button["callback_data"]) == ("a", "5:1")
            await channel.send(str(ANN), Outgoing(reply=say("hai"), replaces=number))
            history = (await client.post("/getUpdatesHistory", json={"token": token})).json()["result"]
            assert history[-1]["message"]["text"] == "hai"
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await channel.close()
