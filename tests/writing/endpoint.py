"""A strict OpenAI-compatible endpoint on this machine, which says what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from pydantic import SecretStr

from bot.writing.writer import Endpoint

KEY: Final = "sk-of-the-test"
_BOUND: Final = 20.0


class FakeEndpoint:
    """``status`` and ``body``: what is answered; ``gate``: cleared, no answer goes out. ``asked``: the bodies that
    came; ``wrong``: what no endpoint would have taken.
    """

    def __init__(self) -> None:
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.arrived = threading.Semaphore(0)
        self.asked: list[dict[str, Any]] = []
        self.wrong: list[str] = []
        self.url = ""

    def says(self, content: str | None, **message: object) -> None:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
        self.body = json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()

    def settings(self, *, seconds: float = _BOUND) -> Endpoint:
        return Endpoint(url=self.url, model="small", key=SecretStr(KEY), seconds=seconds)

    @property
    def last_words(self) -> str:
        """All that has left."""
        return json.dumps(self.asked, ensure_ascii=False)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        sent = handler.rfile.read(int(handler.headers["Content-Length"]))
        asked = json.loads(sent)
        self.asked.append(asked)
        problems = {
            "path": handler.path != "/v1/chat/completions",
            "key": handler.headers["Authorization"] != f"Bearer {KEY}",
            "model": asked.get("model") != "small",
            "roles": [each["role"] for each in asked["messages"]] != ["system", "user"],
        }
        self.wrong += [name for name, is_wrong in problems.items() if is_wrong]
        self.arrived.release()
        self.gate.wait(_BOUND)


@contextmanager
def serving(make: Callable[[], FakeEndpoint] = FakeEndpoint) -> Iterator[FakeEndpoint]:
    fake = make()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.take(self)
            try:
                self.send_response(fake.status)
                for name, value in {"Content-Type": "application/json", **fake.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(fake.body)))
                self.end_headers()
                self.wfile.write(fake.body)
            except OSError:  # whoever asked has gone
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    runs = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    runs.start()
    try:
        yield fake
    finally:
        fake.gate.set()
        server.shutdown()
        server.server_close()
        runs.join(_BOUND)
