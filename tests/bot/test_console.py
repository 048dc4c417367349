import asyncio
import os
import threading

import pytest

from bot.channels.console import Console
from bot.errors import ChannelError
from bot.messages import Attachment, Handler, Incoming, QuoteBlock, Reply, Text


async def echo(incoming: Incoming) -> Reply:
    return Reply(
        blocks=(Text(text=f"<{incoming.text}>"), QuoteBlock(text="Lời.", citation="Chỉ thị 1, trang 2", sample=True))
    )


def piped(data: bytes, handler: Handler = echo) -> str:
    """What the console prints for input that comes through a real pipe."""
    read_end, write_end = os.pipe()
    printed_end, print_end = os.pipe()
    with os.fdopen(write_end, "wb") as feed:
        feed.write(data)
    with os.fdopen(read_end, encoding="utf-8") as stdin, os.fdopen(print_end, "w", encoding="utf-8") as stdout:
        asyncio.run(Console(stdin=stdin, stdout=stdout).serve(handler))
    with os.fdopen(printed_end, encoding="utf-8") as shown:
        return shown.read()


def test_each_line_of_a_pipe_is_answered_and_its_end_ends_the_console():
    assert piped("một\nhai".encode()).count("“Lời.”\n— Chỉ thị 1, trang 2 (văn bản mẫu)\n") == 2


def test_empty_lines_are_passed_over():
    assert piped("\n \nmột\n".encode()).count("<") == 1


@pytest.mark.parametrize("word", ["thoát", "thoat", "/thoat", "Thoát"])
def test_a_word_of_parting_ends_the_console(word):
    assert "<hai>" not in piped(f"{word}\nhai\n".encode())


def test_what_goes_into_a_pipe_has_no_terminal_codes():
    assert "\x1b" not in piped("một\n".encode())


def test_a_line_that_is_not_utf8_is_still_answered():
    assert "<" in piped(b"ch\xe0o\n")


def test_in_a_pipe_each_answer_stands_under_its_question():
    shown = piped("một\nhai".encode())
    assert [shown.index(part) for part in ("Hỏi: một", "<một>", "Hỏi: hai", "<hai>")] == sorted(
        shown.index(part) for part in ("Hỏi: một", "<một>", "Hỏi: hai", "<hai>")
    )


def test_a_byte_order_mark_is_no_part_of_the_question():
    assert "<một>" in piped("\ufeffmột\n".encode())


def test_a_line_is_answered_before_the_next_one_comes():
    read_end, write_end = os.pipe()
    printed_end, print_end = os.pipe()
    with (
        os.fdopen(read_end, encoding="utf-8") as stdin,
        os.fdopen(print_end, "w", encoding="utf-8") as stdout,
        os.fdopen(write_end, "wb", buffering=0) as feed,
        os.fdopen(printed_end, encoding="utf-8") as shown,
    ):
        serving = threading.Thread(target=asyncio.run, args=(Console(stdin=stdin, stdout=stdout).serve(echo),))
        serving.start()
        feed.write("một\n".encode())
        assert [shown.readline() for _ in range(3)] == ["Hỏi: một\n", "\n", "<một>\n"]
        feed.write("thoát\n".encode())
        serving.join(timeout=10)
        assert not serving.is_alive()


def test_a_message_that_is_answered_later_shows_nothing_yet():
    async def later(_: Incoming) -> None:
        return None

    assert piped("một\nhai\n".encode(), later) == "Hỏi: một\n\nHỏi: hai\n\n"


def test_nothing_can_be_attached():
    with pytest.raises(ChannelError):
        asyncio.run(Console().fetch(Attachment(kind="file"), limit=9))
