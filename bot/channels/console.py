"""The terminal as a channel: a dialogue for a person, line by line for a pipe."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TextIO

from bot import messages, texts
from bot.channels.base import Capabilities
from bot.errors import ChannelError
from bot.messages import Attachment, Block, Handler, Incoming, Outgoing, QuoteBlock, Reply

if TYPE_CHECKING:
    from rich.console import Console as Screen

_ENDINGS: Final = frozenset({"thoát", "thoat", "/thoat", "/thoát", "exit", "quit", "/quit"})


class Console:
    """Ends at the end of its input, at a word of parting, or when it is cancelled. ``greeting`` opens a dialogue."""

    name = "console"
    capabilities = Capabilities()

    def __init__(self, *, stdin: TextIO | None = None, stdout: TextIO | None = None, greeting: str = "") -> None:
        self._stdin: TextIO = stdin or sys.stdin or io.StringIO()  # a process may be started without one
        self._stdout = stdout or sys.stdout
        self._greeting = greeting
        self._dialogue = self._stdin.isatty() and self._stdout.isatty()

    async def serve(self, handler: Handler) -> None:
        if self._dialogue:
            self._write(f"{texts.CONSOLE_TITLE}\n{self._greeting}\n{texts.CONSOLE_HINT}\n".replace("\n\n", "\n"))
        with _terminal_kept(self._stdin):
            await self._serve(handler)

    async def send(self, chat: str, message: Outgoing) -> None:
        if self._stdout.isatty():
            self._show(message.reply)
        else:
            self._write(messages.plain_text(message.reply) + "\n")

    async def fetch(self, attachment: Attachment, *, limit: int) -> bytes:
        raise ChannelError(channel=self.name, detail="nothing can be attached", permanent=True)

    async def close(self) -> None:
        """Streams that were handed in stay open."""

    async def _serve(self, handler: Handler) -> None:
        position, parted = 0, False
        try:
            async for line in self._lines():
                position += 1
                text = line.strip()
                if parted := text.casefold() in _ENDINGS:
                    break
                if text:
                    if not self._dialogue:
                        self._write(f"{texts.CONSOLE_PROMPT}{messages.printed_text(text)}\n")
                    incoming = Incoming(
                        channel=self.name, sender="local", chat="local", message=str(position), text=text
                    )
                    if reply := await handler(incoming):
                        await self.send("local", Outgoing(reply=reply))
        finally:
            if self._dialogue:
                self._write(texts.FAREWELL if parted else f"\n{texts.FAREWELL}")

    async def _lines(self) -> AsyncIterator[str]:
        """Lines as they come. A thread reads them, as a read cannot be cancelled; it dies with the process."""
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        wanted = threading.Semaphore(0)

        def read() -> None:
            source = self._prompted() if self._dialogue else self._piped()
            with suppress(RuntimeError):  # the loop has ended meanwhile
                while wanted.acquire():
                    line = next(source, None)
                    loop.call_soon_threadsafe(lines.put_nowait, line)
                    if line is None:
                        return

        threading.Thread(target=read, daemon=True, name="console").start()
        wanted.release()
        while (line := await lines.get()) is not None:
            yield line
            wanted.release()

    def _prompted(self) -> Iterator[str]:
        with suppress(ImportError):
            import readline  # noqa: F401  # gives input() its line editing and history
        with suppress(EOFError):
            while True:
                yield input(texts.CONSOLE_PROMPT)

    def _piped(self) -> Iterator[str]:
        """UTF-8 whatever the locale says. A reader of its own, which the interpreter does not wait for at its end."""
        try:
            source: TextIO = open(self._stdin.fileno(), encoding="utf-8-sig", errors="replace", closefd=False)  # noqa: SIM115
        except OSError:
            source = self._stdin
        yield from iter(source.readline, "")

    def _write(self, text: str) -> None:
        self._stdout.write(text + "\n")
        self._stdout.flush()

    def _show(self, reply: Reply) -> None:
        from rich.console import Console as Screen

        screen = Screen(file=self._stdout, highlight=False, markup=False, emoji=False)
        screen.print()
        for block in reply.blocks:
            if not messages.block_text(block):
                continue
            _show_block(screen, block)
            screen.print()


def _show_block(screen: Screen, block: Block) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if isinstance(block, QuoteBlock):
        screen.print(Padding(Text(messages.quoted_text(block)), (0, 0, 0, 4), expand=False))
        screen.print(Padding(Text(messages.citation_text(block), style="dim"), (0, 0, 0, 4), expand=False))
    else:
        screen.print(Text(messages.block_text(block)))


@contextmanager
def _terminal_kept(stdin: TextIO) -> Iterator[None]:
    """Puts the terminal back as it was: an interrupted ``input()`` leaves it without echo."""
    if not stdin.isatty():
        yield
        return
    import termios

    before = termios.tcgetattr(stdin.fileno())
    try:
        yield
    finally:
        termios.tcsetattr(stdin.fileno(), termios.TCSADRAIN, before)
