"""A strict stand-in for the Telegram Bot API on loopback: it refuses what Telegram refuses, and can be told to fail.

Written to the Bot API: 4,096 UTF-16 units after the tags are taken out, 64 bytes of callback data, form fields with
nested JSON, multipart and JSON bodies, confirmation of updates by the next offset, 409 for a second poller.
It runs in a thread of its own, so that a process under test and a test in an event loop can both talk to it.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, unquote

Json = dict[str, Any]
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "span", "a", "code", "pre"}
TAGS |= {"blockquote", "tg-emoji"}
BOT_ID = 4242
GROUP_LINK = "supergroup"
VISIBLE = ("sendMessage", "editMessageText", "sendDocument", "sendPhoto")


def units(text: str) -> int:
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Sent:
    """What somebody sees now. ``text``: without tags; ``markup``: the text as it came. ``at``: monotonic seconds."""

    method: str
    chat_id: int
    message_id: int
    text: str
    markup: str
    at: float
    reply_markup: Json | None = None
    file: tuple[str, bytes] | None = None
    parse_mode: str | None = None

    @property
    def user(self) -> int:
        """In a private chat, the person."""
        return self.chat_id

    @property
    def buttons(self) -> list[tuple[str, str]]:
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [(button["text"], button.get("callback_data", "")) for row in rows for button in row]


@dataclass
class Call:
    """Any call that came, and the status that it got; 0 while it has none."""

    method: str
    parameters: Json
    at: float
    status: int = 0


class Refused(Exception):
    """``parameters``: as in an answer of Telegram (retry_after, migrate_to_chat_id)."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class _Chats:
    """Who may be written to: those who wrote first."""

    known: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)


class FakeTelegram:
    """``limits``: 0 is none; 1 is Telegram's 30 messages a second and one a second to each chat; 10 is ten times that.

    ``sent``: what was shown, in order; ``calls``: every call; ``files``: bytes by file id, both ways; ``menu``: the
    commands by language; ``deliveries``: what the webhook answered.
    """

    def __init__(self, *, token: str = "123456:fake-telegram-token", limits: float = 0) -> None:
        self.token, self.limits = token, limits
        self.username = "dang_uy_bot"
        self.sent: list[Sent] = []
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        self.paths: dict[str, str] = {}
        self.menu: dict[str, list[Json]] = {}
        self.webhook: Json = {"url": "", "secret_token": None}
        self.deliveries: list[int] = []
        self.url = ""
        self._chats = _Chats()
        self._updates: deque[Json] = deque()
        self._last_update: Json = {}
        self._update_id, self._message_id, self._query_id = 1000, 0, 0
        self._queries: set[str] = set()
        self._messages: dict[tuple[int, int], tuple[str, str]] = {}
        self._scripts: dict[str, deque[tuple[int | str, str, dict[str, int]]]] = defaultdict(deque)
        self._recent: deque[float] = deque()
        self._last_to: dict[int, float] = {}
        self._poller: asyncio.Future[None] | None = None
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake telegram", daemon=True)
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._delivering: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------------------------------------- for tests
    def start(self) -> FakeTelegram:
        self._thread.start()
        self._do(self._listen())
        return self

    def stop(self) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> FakeTelegram:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def meet(self, chat: int) -> None:
        """As if the chat had written before."""
        self._chats.known.add(chat)

    def block(self, chat: int) -> None:
        self._chats.blocked.add(chat)

    def move(self, chat: int, new: int) -> None:
        self._chats.moved[chat] = new
        self.meet(new)

    def post_text(self, user: int, text: str, *, group: int | None = None, **fields: Any) -> Json:
        """A person writes; mentions and commands get their entities, as Telegram marks them. The update."""
        entities = [
            {
                "type": "mention" if found.group().startswith("@") else "bot_command",
                "offset": units(text[: found.start()]),
                "length": units(found.group()),
            }
            for found in re.finditer(r"(?<![\w@/])(?:@\w{3,32}|/\w{1,32}(?:@\w{3,32})?)", text, re.ASCII)
        ]
        return self.post(user, group=group, text=text, **({"entities": entities} if entities else {}), **fields)

    def post(self, user: int, *, group: int | None = None, kind: str = "message", **fields: Any) -> Json:
        """Any message of a person; ``group``: a negative chat id, else the private chat."""
        self._message_id += 1
        chat = self._chat(user, group)
        self.meet(chat["id"])
        person = {"id": user, "is_bot": False, "first_name": f"<b>Người {user}</b>"}
        message = {"message_id": self._message_id, "date": int(time.time()), "chat": chat, "from": person, **fields}
        return self.push({kind: message})

    def post_file(self, user: int, name: str, data: bytes, *, kind: str = "document", **fields: Any) -> Json:
        file_id = f"file-{len(self.files)}"
        self.files[file_id], self.paths[f"documents/{file_id}"] = data, file_id
        about: Json = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(data), "file_name": name}
        return self.post(user, **{kind: about}, **fields)

    def press(self, user: int, data: str, message: int, *, group: int | None = None) -> Json:
        """A press of a button under a message of the bot."""
        self._query_id += 1
        query = str(self._query_id)
        self._queries.add(query)
        under = {"message_id": message, "date": int(time.time()), "chat": self._chat(user, group), "text": "…"}
        person = {"id": user, "is_bot": False, "first_name": "Người"}
        return self.push(
            {"callback_query": {"id": query, "from": person, "message": under, "chat_instance": "1", "data": data}}
        )

    def push(self, content: Json) -> Json:
        return self._do(self._push(content))

    def repeat_last_update(self) -> None:
        """The same message comes again under a new update id."""
        self.push({name: value for name, value in self._last_update.items() if name != "update_id"})

    def script(self, method: str, action: int | str, *, times: int = 1, text: str = "", **parameters: int) -> None:
        """The next calls of ``method`` end so. A status: nothing is done. "hang": done, and never answered. "drop":
        done, and the connection broken. "garbage": done, and something answered that is no JSON. "refuse": the
        connection broken with nothing done.
        """
        self._scripts[method].extend([(action, text, parameters)] * times)

    def wait_for(self, wanted: int | Callable[[FakeTelegram], bool], timeout: float = 10) -> list[Sent]:
        """Waits until so much was shown, or the claim holds, else TimeoutError. In an event loop: `arrives`."""
        holds = (lambda fake: len(fake.sent) >= wanted) if isinstance(wanted, int) else wanted
        with self._changed:
            if not self._changed.wait_for(lambda: holds(self), timeout):
                raise TimeoutError(f"{len(self.sent)} messages, calls: {[call.method for call in self.calls[-20:]]}")
        return list(self.sent)

    async def arrives(self, wanted: int | Callable[[FakeTelegram], bool], timeout: float = 10) -> list[Sent]:
        return await asyncio.to_thread(self.wait_for, wanted, timeout)

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    @property
    def unconfirmed(self) -> list[int]:
        return [update["update_id"] for update in list(self._updates)]

    # ----------------------------------------------------------------------------------------------- the server
    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=1 << 20)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _close(self) -> None:
        await asyncio.sleep(0.01)  # a connection that has just been accepted would be lost with the server
        if self._server:
            self._server.close()
        tasks = [*self._connections, *([self._delivering] if self._delivering else [])]
        for writer in self._connections.values():
            writer.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # the connections are let go

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections[task] = writer
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._connections.pop(task).close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False where the connection ends."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        target = head[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path, _, query = target.partition("?")
        if path.startswith("/file/bot"):
            status, answer = self._download(unquote(path))
        else:
            parameters = {**dict(parse_qsl(query)), **_fields(headers.get("content-type", ""), body)}
            outcome = await self._call(unquote(path), parameters, reader)
            if outcome is None:
                return False
            status, answer = outcome
        writer.write(
            f"HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {len(answer)}\r\n\r\n".encode()
            + answer
        )
        await writer.drain()
        return True

    async def _call(self, path: str, parameters: Json, reader: asyncio.StreamReader) -> tuple[int, bytes] | None:
        """None: the connection is to be broken."""
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", path)
        call = Call(found.group(2) if found else path, parameters, time.monotonic())
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
        script = self._scripts[call.method].popleft() if self._scripts.get(call.method) else None
        try:
            if not found:
                raise Refused(404, "Not Found")
            if found.group(1) != self.token:
                raise Refused(401 if re.fullmatch(r"\d+:.+", found.group(1)) else 404, "Unauthorized")
            if script and isinstance(script[0], int):
                raise Refused(script[0], script[1] or _DESCRIPTIONS.get(script[0], "Error"), **script[2])
            if script and script[0] == "refuse":
                return None
            result = await self._answer(call)
            call.status, answer = 200, {"ok": True, "result": result}
        except Refused as refusal:
            call.status = refusal.status
            answer = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
        finally:
            with self._changed:
                self._changed.notify_all()
        match script:
            case ("hang", _, _):
                await reader.read()  # until the other side gives up
                return None
            case ("drop", _, _):
                return None
            case ("garbage", _, _):
                return 200, b"<html>/bot" + self.token.encode()
        return call.status, json.dumps(answer).encode()

    async def _answer(self, call: Call) -> Any:
        known: dict[str, Callable[[Json], Any]] = {
            "getMe": lambda _: _me(self.username),
            "getUpdates": self._get_updates,
            "sendMessage": lambda given: self._show("sendMessage", given),
            "editMessageText": self._edit,
            "sendDocument": lambda given: self._show_file("sendDocument", "document", given),
            "sendPhoto": lambda given: self._show_file("sendPhoto", "photo", given),
            "sendChatAction": self._act,
            "answerCallbackQuery": self._answer_query,
            "getFile": self._get_file,
            "setMyCommands": self._set_menu,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: {
                "url": self.webhook["url"],
                "has_custom_certificate": False,
                "pending_update_count": len(self._updates),
            },
        }
        if call.method not in known:
            raise Refused(404, "Not Found")
        result = known[call.method](call.parameters)
        return await result if isinstance(result, Awaitable) else result

    # ------------------------------------------------------------------------------------------------- updates
    def _chat(self, user: int, group: int | None) -> Json:
        if group is None:
            return {"id": user, "type": "private", "first_name": "Người"}
        return {"id": group, "type": GROUP_LINK, "title": "Chi bộ <1>"}

    async def _push(self, content: Json) -> Json:
        self._update_id += 1
        self._last_update = {"update_id": self._update_id, **content}
        self._updates.append(self._last_update)
        if self.webhook["url"]:
            if self._delivering is None or self._delivering.done():
                self._delivering = asyncio.create_task(self._deliver())
        elif self._poller and not self._poller.done():
            self._poller.set_result(None)
        return self._last_update

    async def _get_updates(self, given: Json) -> list[Json]:
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        if self._poller and not self._poller.done():
            self._poller.set_exception(Refused(409, "Conflict: terminated by other getUpdates request"))
        offset, allowed = int(given.get("offset", 0)), _json(given.get("allowed_updates"))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if allowed:
            self._updates = deque(update for update in self._updates if set(update) & set(allowed))
        if not self._updates and (seconds := float(given.get("timeout", 0))):
            waiting = self._poller = self._loop.create_future()
            try:
                await asyncio.wait_for(waiting, seconds)
            except TimeoutError:
                return []
        return list(self._updates)[: int(given.get("limit", 100))]

    async def _deliver(self) -> None:
        """One call after the other, each again until it is answered with success."""
        import httpx

        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"] or ""}
        async with httpx.AsyncClient() as client:
            while self._updates and self.webhook["url"]:
                update = self._updates.popleft()
                try:
                    answer = await client.post(self.webhook["url"], json=update, headers=headers)
                    status = answer.status_code
                except httpx.HTTPError:
                    status = 0
                self.deliveries.append(status)
                if not 200 <= status < 300:
                    self._updates.appendleft(update)
                    await asyncio.sleep(0.05)

    def _set_webhook(self, given: Json) -> bool:
        url, secret = given.get("url", ""), given.get("secret_token")
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = {"url": url, "secret_token": secret, "allowed": _json(given.get("allowed_updates"))}
        return True

    def _delete_webhook(self, _: Json) -> bool:
        self.webhook = {"url": "", "secret_token": None}
        return True

    # ------------------------------------------------------------------------------------------------ messages
    def _target(self, given: Json) -> int:
        """The chat, where it may be written to and within the limits."""
        if not re.fullmatch(r"-?\d+", str(given.get("chat_id", ""))):
            raise Refused(400, "Bad Request: chat_id is empty")
        chat = int(given["chat_id"])
        if chat in self._chats.moved:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self._chats.moved[chat],
            )
        if chat in self._chats.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats.known:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _count(self, chat: int) -> None:
        """A tenth more than the limit is let through, for what the network shifts."""
        if not self.limits:
            return
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        least = 0.9 / self.limits
        since = now - self._last_to.get(chat, -math.inf)
        if since < least or len(self._recent) >= 33 * self.limits:
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        self._recent.append(now)
        self._last_to[chat] = now

    def _show(self, method: str, given: Json) -> Json:
        chat = self._target(given)
        text = _visible(given.get("text", ""), given.get("parse_mode"), most=4096, name="message")
        markup = _keyboard(given)
        self._count(chat)
        return self._keep(method, chat, text, given, markup, None)

    def _show_file(self, method: str, kind: str, given: Json) -> Json:
        chat = self._target(given)
        if given.get(kind, "").startswith("attach://"):
            content = given.get(given[kind].removeprefix("attach://"))
        else:
            content = given.get(f"{kind}:file")
        if not isinstance(content, tuple) or not content[1]:
            raise Refused(400, "Bad Request: file must be non-empty")
        text = _visible(given.get("caption", ""), given.get("parse_mode"), most=1024, name="message caption")
        markup = _keyboard(given)
        self._count(chat)
        message = self._keep(method, chat, text, given, markup, content)
        file_id = f"file-{len(self.files)}"
        self.files[file_id], self.paths[f"documents/{file_id}"] = content[1], file_id
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content[1])}
        media: Any = [{**about, "width": 9, "height": 9}] if kind == "photo" else {**about, "file_name": content[0]}
        return {**message, kind: media}

    def _keep(
        self, method: str, chat: int, text: str, given: Json, markup: Json | None, content: tuple[str, bytes] | None
    ) -> Json:
        self._message_id += 1
        number = self._message_id
        self._messages[chat, number] = (text, json.dumps(markup))
        self._record(method, chat, number, text, given, markup, content)
        kind = "private" if chat > 0 else GROUP_LINK
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": kind},
            "from": _me(self.username),
            **({"text": text} if text else {}),
        }

    def _record(
        self,
        method: str,
        chat: int,
        number: int,
        text: str,
        given: Json,
        markup: Json | None,
        content: tuple[str, bytes] | None,
    ) -> None:
        written = given.get("text", given.get("caption", ""))
        shown = Sent(method, chat, number, text, written, time.monotonic(), markup, content, given.get("parse_mode"))
        with self._changed:
            self.sent.append(shown)
            self._changed.notify_all()

    def _edit(self, given: Json) -> Json:
        chat, number = self._target(given), int(given.get("message_id", 0))
        if (chat, number) not in self._messages:
            raise Refused(400, "Bad Request: message to edit not found")
        text = _visible(given.get("text", ""), given.get("parse_mode"), most=4096, name="message")
        markup = _keyboard(given)
        if self._messages[chat, number] == (text, json.dumps(markup)):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        self._count(chat)
        self._messages[chat, number] = (text, json.dumps(markup))
        self._record("editMessageText", chat, number, text, given, markup, None)
        kind = "private" if chat > 0 else GROUP_LINK
        return {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": kind}, "text": text}

    def _act(self, given: Json) -> bool:
        self._target(given)
        if given.get("action") != "typing":
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _answer_query(self, given: Json) -> bool:
        if given.get("callback_query_id") not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(given["callback_query_id"])
        return True

    def _get_file(self, given: Json) -> Json:
        file_id = given.get("file_id", "")
        if file_id not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        if len(self.files[file_id]) > 20_000_000:
            raise Refused(400, "Bad Request: file is too big")
        path = next((path for path, known in self.paths.items() if known == file_id), f"documents/{file_id}")
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": path}

    def _download(self, path: str) -> tuple[int, bytes]:
        file_id = self.paths.get(path.removeprefix(f"/file/bot{self.token}/"))
        return (200, self.files[file_id]) if file_id else (404, b'{"ok":false,"error_code":404}')

    def _set_menu(self, given: Json) -> bool:
        commands = _json(given.get("commands"))
        if not isinstance(commands, list) or len(commands) > 100:
            raise Refused(400, "Bad Request: can't parse commands list JSON object")
        for each in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", each.get("command", "")):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(each.get("description", "")) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.menu[given.get("language_code", "")] = commands
        return True


_DESCRIPTIONS = {
    400: "Bad Request: scripted",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry after some time",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def _me(username: str) -> Json:
    return {"id": BOT_ID, "is_bot": True, "first_name": "Trợ lý", "username": username}


def _json(value: Any) -> Any:
    """A nested value comes as JSON text in a form, and as itself in a JSON body."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(400, "Bad Request: can't parse JSON object") from None


def _fields(content_type: str, body: bytes) -> Json:
    kind, _, rest = content_type.partition(";")
    if kind == "application/json":
        return dict(json.loads(body))
    if kind == "multipart/form-data":
        return _multipart(body, rest.partition("boundary=")[2].strip('" '))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _multipart(body: bytes, boundary: str) -> Json:
    """Files as (name, bytes), under the name of their field; beside a field of that name, under ``NAME:file``."""
    found: Json = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        about = dict(re.findall(r'(\w+)="([^"]*)"', head.decode()))
        content = content.removesuffix(b"\r\n")
        if "filename" in about:
            key = about["name"] if about["name"] not in ("document", "photo") else f"{about['name']}:file"
            found[key] = (about["filename"], content)
        else:
            found[about["name"]] = content.decode()
    return found


def _visible(text: str, parse_mode: str | None, *, most: int, name: str) -> str:
    if parse_mode not in (None, "HTML"):
        raise Refused(400, "Bad Request: unsupported parse_mode")
    seen = _without_tags(text) if parse_mode else text
    if units(seen) > most:
        raise Refused(400, f"Bad Request: {name} is too long")
    if name == "message" and not seen.strip():
        raise Refused(400, "Bad Request: message text is empty")
    return seen.strip()


def _without_tags(text: str) -> str:
    """Every "<" begins a tag; tags are known and closed in order."""
    seen: list[str] = []
    opened: list[str] = []
    position = 0
    for found in re.finditer(r"<(/?)([^\s<>]*)((?:\s[^<>]*)?)(>?)", text):
        slash, tag, attributes, end = found.groups()
        seen.append(unescape(text[position : found.start()]))
        position = found.end()
        if not end or tag.lower() not in TAGS:
            _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {len(text[: found.start()].encode())}')
        elif slash:
            if not opened or opened.pop() != tag:
                _cannot_parse(f"Unexpected end tag at byte offset {len(text[: found.start()].encode())}")
        else:
            if tag == "blockquote" and tag in opened:
                _cannot_parse("Nested blockquotes are not allowed")
            if tag == "a" and not re.fullmatch(r'\s+href="[^"]+"', attributes):
                _cannot_parse("Bad link")
            opened.append(tag)
    if opened:
        _cannot_parse(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join([*seen, unescape(text[position:])])


def _cannot_parse(why: str) -> None:
    raise Refused(400, f"Bad Request: can't parse entities: {why}")


def _keyboard(given: Json) -> Json | None:
    markup = _json(given.get("reply_markup"))
    if markup is None:
        return None
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise Refused(400, "Bad Request: object expected as reply markup")
    for row in markup["inline_keyboard"]:
        for button in row:
            if not button.get("text", "").strip():
                raise Refused(400, 'Bad Request: can\'t parse inline keyboard button: Field "text" must be non-empty')
            if not ({"callback_data", "url"} & set(button)):
                raise Refused(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
            if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return dict(markup)
