"""Zalo Bot Platform on loopback: it refuses what the platform refuses, and fails as it is told.

Written to the facts about the platform that the project has collected, not to our adapter. It runs in threads of its
own, so that a test may run an event loop, or a process, against it.
"""

from __future__ import annotations

import json
import select
import socket
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

TEXT_LENGTH = 2000
METHODS = {
    "getMe": (),
    "getUpdates": ("timeout",),
    "sendMessage": ("chat_id", "text", "parse_mode"),
    "sendChatAction": ("chat_id", "action"),
    "setWebhook": ("url", "secret_token"),
    "deleteWebhook": (),
    "getWebhookInfo": (),
}


@dataclass(frozen=True)
class Refuse:
    """``ok: false``; under HTTP 200 unless ``http`` says otherwise. ``extra``: further keys of the answer."""

    code: int
    description: str = "refused"
    http: int = 200
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """An HTTP error with a page instead of JSON, as something between us and the platform makes it."""

    http: int = 502
    page: bytes = b"<html>Bad gateway</html>"


@dataclass(frozen=True)
class Hang:
    """Done as asked, and never answered (until the fake stops)."""


@dataclass(frozen=True)
class Hangup:
    """Done as asked; the connection is closed instead of an answer."""


@dataclass(frozen=True)
class Pass:
    """Done and answered: a script that lets some calls through first."""


@dataclass(frozen=True)
class Slow:
    """Done and answered, only later."""

    seconds: float


Action = Refuse | Broken | Hang | Hangup | Pass | Slow


class Refused(Exception):
    def __init__(self, code: int, description: str) -> None:
        self.code, self.description = code, description


@dataclass(frozen=True)
class Sent:
    chat: str
    text: str
    message: str


@dataclass(frozen=True)
class Delivery:
    """One call of the webhook and what came back; 0 where nothing did."""

    message: str
    status: int


class FakeZalo:
    """``poll_scale``: by which the seconds of a poll are multiplied. ``loopback_webhooks``: whether plain HTTP to this
    machine is taken for a webhook. A delivery that is not answered by 200 comes again, ``deliveries_at_most`` in all.
    """

    def __init__(
        self,
        *,
        token: str = "1234567890:zalo-secret-part",
        poll_scale: float = 0.02,
        loopback_webhooks: bool = True,
        deliveries_at_most: int = 4,
    ) -> None:
        self.token = token
        self.sent: list[Sent] = []
        self.typing: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.deliveries: list[Delivery] = []
        self.webhook: tuple[str, str] | None = None
        self.wrapped = True  # the documented shape of a delivery; False: the one that was seen
        self._poll_scale = poll_scale
        self._loopback_webhooks = loopback_webhooks
        self._deliveries_at_most = deliveries_at_most
        self._chats: set[str] = set()
        self._waiting: deque[dict[str, Any]] = deque()
        self._scripts: dict[str, deque[Action]] = {}
        self._photos: list[bytes] = []
        self._count = 0
        self._changed = threading.Condition(threading.RLock())
        self._stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": self}))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # what people do

    def admit(self, chat: str) -> None:
        """The bot may write to whoever has written to it once."""
        with self._changed:
            self._chats.add(chat)

    def post_text(self, user: str, text: str, *, group: str | None = None, message: str | None = None) -> str:
        return self.post_event("message.text.received", user, group=group, message=message, text=text)

    def post_photo(self, user: str, content: bytes, *, key: str = "photo_url", **fields: Any) -> str:
        with self._changed:
            self._photos.append(content)
            fields[key] = f"{self.url}/photos/{len(self._photos) - 1}"
        return self.post_event("message.image.received", user, **fields)

    def post_event(
        self, event: str, user: str, *, group: str | None = None, message: str | None = None, **fields: Any
    ) -> str:
        """Returns the message id; one that is given may be that of an earlier event, which then comes again."""
        with self._changed:
            message = message or self._next_id("m")
            chat = group or user
            self._chats.add(chat)
            body = {
                "event_name": event,
                "message": {
                    "from": {"id": user, "display_name": f"Người {user}", "is_bot": False},
                    "chat": {"id": chat, "chat_type": "GROUP" if group else "PRIVATE"},
                    "message_id": message,
                    "date": int(time.time() * 1000),
                    **fields,
                },
            }
            self.post_raw(body)
        return message

    def post_raw(self, body: dict[str, Any]) -> None:
        """``event_name`` and ``message``, to the webhook where there is one, else to whoever polls next."""
        with self._changed:
            if self.webhook:
                threading.Thread(target=self._deliver, args=(body, *self.webhook), daemon=True).start()
            else:
                self._waiting.append(body)
                self._changed.notify_all()

    # what a test asks for and looks at

    def script(self, method: str, *actions: Action) -> None:
        """What the next calls of a method meet, one action each; then all is well again."""
        with self._changed:
            self._scripts.setdefault(method, deque()).extend(actions)

    def wait_for(self, condition: Callable[[FakeZalo], object], *, seconds: float = 10) -> None:
        """Blocks until something is true of this fake; AssertionError when it does not become so."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), timeout=seconds), "it did not happen"

    def texts_to(self, chat: str) -> list[str]:
        with self._changed:
            return [sent.text for sent in self.sent if sent.chat == chat]

    def called(self, method: str) -> list[dict[str, Any]]:
        with self._changed:
            return [parameters for name, parameters in self.calls if name == method]

    # the platform

    def answer(self, token: str, method: str, body: bytes, connection: socket.socket) -> tuple[int, bytes] | None:
        """Status and body; None where nothing is to be answered."""
        try:
            result, action = self._do(token, method, body, connection)
        except Refused as refused:
            return _refusal(Refuse(refused.code, refused.description))
        match action:
            case Refuse():
                return _refusal(action)
            case Broken():
                return action.http, action.page
            case Hang():
                self._stopped.wait(60)
                return None
            case Hangup():
                return None
            case _:
                return 200, json.dumps({"ok": True, **({} if result is None else {"result": result})}).encode()

    def _do(
        self, token: str, method: str, body: bytes, connection: socket.socket
    ) -> tuple[dict[str, Any] | None, Action | None]:
        if token != self.token:
            raise Refused(401, "Unauthorized")
        if method not in METHODS:
            raise Refused(400, f"Bad request: no method {method}")
        parameters = _parameters(method, body)
        with self._changed:
            self.calls.append((method, parameters))
            scripted = self._scripts.get(method)
            action = scripted.popleft() if scripted else None
            self._changed.notify_all()
        if isinstance(action, Refuse | Broken):
            return None, action
        if isinstance(action, Slow):
            self._stopped.wait(action.seconds)
        if method == "getUpdates":
            return self._update(float(parameters.get("timeout", 30)), connection), action
        with self._changed:
            result = getattr(self, f"_do_{method}")(**parameters)
            self._changed.notify_all()
        return result, action

    def _do_getMe(self) -> dict[str, Any]:  # noqa: N802
        return {"id": "999", "account_name": "bot.thu", "account_type": "BASIC", "can_join_groups": False}

    def _do_sendMessage(  # noqa: N802
        self, chat_id: object = None, text: object = None, parse_mode: object = None
    ) -> dict[str, Any]:
        chat = self._known_chat(chat_id)
        if not isinstance(text, str) or not 1 <= _units(text) <= TEXT_LENGTH or not text.strip():
            raise Refused(400, "text must have 1 to 2000 characters")
        if parse_mode not in (None, "markdown", "html"):
            raise Refused(400, "parse_mode must be markdown or html")
        sent = Sent(chat=chat, text=text, message=self._next_id("s"))
        self.sent.append(sent)
        return {"message_id": sent.message, "date": int(time.time() * 1000)}

    def _do_sendChatAction(self, chat_id: object = None, action: object = None) -> None:  # noqa: N802
        if action != "typing":
            raise Refused(400, "action must be typing")
        self.typing.append(self._known_chat(chat_id))

    def _do_setWebhook(self, url: object = None, secret_token: object = None) -> dict[str, Any]:  # noqa: N802
        if not isinstance(secret_token, str) or not 8 <= len(secret_token) <= 256:
            raise Refused(400, "secret_token must have 8 to 256 characters")
        if not isinstance(url, str) or not self._takes_webhook(url):
            raise Refused(400, "url must be public and https")
        self.webhook = (url, secret_token)
        return self._do_getWebhookInfo()

    def _do_deleteWebhook(self) -> dict[str, Any]:  # noqa: N802
        self.webhook = None
        return self._do_getWebhookInfo()

    def _do_getWebhookInfo(self) -> dict[str, Any]:  # noqa: N802
        return {"url": self.webhook[0] if self.webhook else "", "updated_at": int(time.time() * 1000)}

    def _update(self, seconds: float, connection: socket.socket) -> dict[str, Any]:
        """One update, which is gone then; nobody who has hung up takes one away."""
        deadline = time.monotonic() + seconds * self._poll_scale
        with self._changed:
            while True:
                if self.webhook:
                    raise Refused(400, "getUpdates is off while a webhook is set")
                if self._stopped.is_set() or _is_closed(connection):
                    raise Refused(408, "Request timeout")
                if self._waiting:
                    return self._waiting.popleft()
                if time.monotonic() >= deadline:
                    raise Refused(408, "Request timeout")
                self._changed.wait(0.02)

    def _deliver(self, body: dict[str, Any], url: str, secret: str) -> None:
        shaped = {"ok": True, "result": body} if self.wrapped else body
        for again in range(self._deliveries_at_most):
            if self._stopped.wait(0.05 if again else 0):
                return
            try:
                headers = {"X-Bot-Api-Secret-Token": secret}
                status = httpx.post(url, json=shaped, headers=headers, timeout=30, trust_env=False).status_code
            except httpx.HTTPError:
                status = 0
            with self._changed:
                self.deliveries.append(Delivery(str(body.get("message", {}).get("message_id")), status))
                self._changed.notify_all()
            if status == 200:
                return

    def photo(self, path: str) -> bytes | None:
        number = path.removeprefix("/photos/")
        return self._photos[int(number)] if number.isdigit() and int(number) < len(self._photos) else None

    def _known_chat(self, chat_id: object) -> str:
        if not isinstance(chat_id, str) or not chat_id:
            raise Refused(400, "chat_id must be a string")
        if chat_id not in self._chats:
            raise Refused(404, "chat not found")
        return chat_id

    def _takes_webhook(self, url: str) -> bool:
        address = urlsplit(url)
        try:
            is_private = ip_address(address.hostname or "").is_private
        except ValueError:
            is_private = address.hostname in (None, "localhost")
        return (address.scheme == "https" and not is_private) or (self._loopback_webhooks and is_private)

    def _next_id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count:06}"


class _Handler(BaseHTTPRequestHandler):
    fake: FakeZalo
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token, _, method = self.path.removeprefix("/bot").partition("/")
        if self.headers.get_content_type() != "application/json":
            answer: tuple[int, bytes] | None = _refusal(Refuse(400, "this fake takes JSON only"))
        else:
            answer = self.fake.answer(token, method, body, self.connection)
        if answer is None:
            self.close_connection = True
        else:
            self._write(*answer, "application/json")

    def do_GET(self) -> None:
        photo = self.fake.photo(self.path)
        self._write(200 if photo is not None else 404, photo or b"", "image/png")

    def _write(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # it has hung up
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _refusal(refuse: Refuse) -> tuple[int, bytes]:
    answer = {"ok": False, "description": refuse.description, "error_code": refuse.code, **refuse.extra}
    return refuse.http, json.dumps(answer).encode()


def _parameters(method: str, body: bytes) -> dict[str, Any]:
    try:
        parameters = json.loads(body or b"{}")
    except ValueError as error:
        raise Refused(400, "no JSON") from error
    if not isinstance(parameters, dict) or not set(parameters) <= set(METHODS[method]):
        raise Refused(400, f"unknown parameters for {method}")
    return parameters


def _units(text: str) -> int:
    return len(unicodedata.normalize("NFC", text).encode("utf-16-le", "surrogatepass")) // 2


def _is_closed(connection: socket.socket) -> bool:
    readable, _, _ = select.select([connection], [], [], 0)
    try:
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return True
