"""The page as a browser without scripts, and as an attacker, meets it: a real server, real HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import texts
from bot.channels.web.app import build_app
from bot.channels.web.desk import Health
from bot.channels.web.rendering import render_line, safe_address
from bot.channels.web.stream import events
from bot.errors import ChannelError, FileTooLarge, StateBusy
from bot.messages import Attachment, Choices, File, Incoming, Link, Outgoing, Picture, QuoteBlock, Text, say
from tests.channels.web.fakes import ADMIN, ADMIN_CODE, CODE, GUEST, LOCKED, MEMBER, QUOTE, WRONG, Served

ID = "0123456789abcdef"
JSON = {"accept": "application/json"}


@asynccontextmanager
async def browser(served: Served, *, code: str | None = CODE) -> AsyncIterator[httpx.AsyncClient]:
    """The server runs; whoever has a code is signed in."""
    serving = asyncio.create_task(served.web.serve(served.bot.handle))
    try:
        async with httpx.AsyncClient(base_url=await served.web.listening(), timeout=10, trust_env=False) as client:
            await sign_in(client, code)
            yield client
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def sign_in(client: httpx.AsyncClient, code: str | None) -> None:
    if code:
        assert (await client.post("/vao", data={"code": code})).status_code == 303


Steps = Callable[[httpx.AsyncClient], Awaitable[None]]


def run_served(served: Served, steps: Steps, *, code: str | None = CODE) -> None:
    """Over the network."""

    async def main() -> None:
        async with browser(served, code=code) as client:
            await steps(client)

    asyncio.run(asyncio.wait_for(main(), 30))


def run(served: Served, steps: Steps, *, code: str | None = CODE) -> None:
    """Without the network: the same application, at once."""

    async def main() -> None:
        app = build_app(served.site())
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            await sign_in(client, code)
            await steps(client)

    asyncio.run(asyncio.wait_for(main(), 30))


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


# ------------------------------------------------------------------------------------------------ coming in, going out
def test_somebody_unknown_is_sent_to_the_form_that_says_what_this_is(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        sent_on = await client.get("/")
        assert (sent_on.status_code, sent_on.headers["location"]) == (303, "/vao")
        page = (await client.get("/vao")).text
        about = texts.WEB_ABOUT.format(organization="Đảng ủy phường An Hòa Đông")
        assert [words for words in (about, texts.WEB_STORED, texts.WEB_CODE) if words not in page] == []

    run(served, steps, code=None)


@pytest.mark.parametrize("code", ["12345 67890", "123-456-7890 ", CODE])
def test_a_code_signs_in_and_its_cookie_is_out_of_reach_of_scripts(served: Served, code: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/vao", data={"code": code})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
        assert (await client.get("/")).status_code == 200

    run(served, steps, code=None)


def test_the_cookie_is_secure_when_the_public_address_is(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/vao", data={"code": CODE})
        assert "; secure" in answer.headers["set-cookie"].lower()

    run(Served(tmp_path, public_url="https://hoi.example.vn"), steps, code=None)


def test_a_used_code_signs_nobody_in_again(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        client.cookies.clear()
        answer = await client.post("/vao", data={"code": CODE})
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)

    run(served, steps)


def test_a_wrong_code_gets_the_reason_and_many_are_locked_out(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answers = [await client.post("/vao", data={"code": "111 222 3333"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [403, 403, 403, 429]
        assert WRONG in answers[0].text
        assert LOCKED in answers[3].text
        assert (await client.post("/vao", data={"code": CODE})).status_code == 429

    run(served, steps, code=None)


def test_a_guessed_session_is_nobodys(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for guess in ("token-9", "x" * 5000, "../token-0"):
            client.cookies.clear()
            answer = await client.get("/", headers={"cookie": f"phien={guess}"})
            assert answer.headers["location"] == "/vao"

    run(served, steps)


def test_signing_in_ends_the_session_before(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        await client.post("/vao", data={"code": ADMIN_CODE})
        assert list(served.desk.sessions.values()) == [ADMIN]

    run(served, steps)


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        copy = client.cookies["phien"]
        answer = await client.post("/ra")
        goodbye = answer.headers["location"]
        assert (answer.status_code, goodbye, "phien" in client.cookies) == (303, "/vao?xong", False)
        assert texts.WEB_GOODBYE in (await client.get(goodbye)).text
        assert texts.WEB_GOODBYE not in (await client.get("/vao")).text
        assert (await client.get("/", headers={"cookie": f"phien={copy}"})).headers["location"] == "/vao"

    run(served, steps)


def test_an_erasure_that_ends_the_session_is_followed_by_a_goodbye_without_a_script_too(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answers = served.bot.answer

        async def erase(incoming: Incoming) -> None:
            await answers(incoming)
            served.desk.sessions.clear()

        served.bot.answer = erase  # type: ignore[method-assign]
        answer = await client.post("/hoi", data={"message": ID, "text": "/xoa"}, follow_redirects=True)
        assert texts.WEB_GOODBYE in answer.text

    run(served, steps)


def test_where_guests_are_answered_somebody_unknown_gets_a_chat_and_a_way_to_sign_in(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = await client.get("/")
        assert texts.WEB_STORED_GUEST in page.text
        assert 'href="/vao"' in page.text
        assert 'href="/"' in (await client.get("/vao")).text
        await client.post("/hoi", data={"message": ID, "text": "Chi bộ sinh hoạt thế nào?"})
        assert [incoming.sender for incoming in served.bot.asked] == [GUEST.account]

    served = Served(tmp_path, guests=True)
    run(served, steps, code=None)


def test_a_guest_is_made_by_the_first_message_and_by_no_look_at_the_page(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        looks = [await client.request(method, "/") for method in ("GET", "HEAD", "GET")]
        assert [(look.status_code, "set-cookie" in look.headers) for look in looks] == [(200, False)] * 3
        assert (await client.post("/hoi", json={"message": ID}, headers=JSON)).status_code == 400
        assert (served.desk.sessions, served.bot.taken) == ({}, {})
        for number in range(2):
            await client.post("/hoi", json={"message": f"{ID}-{number}", "text": "Đảng phí?"}, headers=JSON)
        assert list(served.desk.sessions.values()) == [GUEST]
        assert (await client.get("/")).text.count("<p>Đảng phí?</p>") == 2
        assert [incoming.text for incoming in served.bot.taken.values()] == ["Đảng phí?"] * 2

    served = Served(tmp_path, guests=True)
    run(served, steps, code=None)


def test_whose_session_has_ended_is_told_so_and_not_made_a_guest_unasked(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        served.desk.sessions.clear()
        assert (await client.head("/")).headers["location"] == "/vao"
        assert (await client.post("/hoi", json={"message": ID, "text": "?"}, headers=JSON)).status_code == 401
        await client.get("/vao?xong")
        assert (await client.post("/hoi", json={"message": ID, "text": "?"}, headers=JSON)).status_code == 202

    served = Served(tmp_path, guests=True)
    run(served, steps)


def test_asking_for_the_head_of_the_page_greets_nobody(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert (await client.head("/")).status_code == 200
        assert served.bot.taken == {}

    run(served, steps)


# ---------------------------------------------------------------------------------------------------------- asking
def test_a_question_is_handed_on_as_whose_it_is(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/hoi", json={"message": ID, "text": "Đảng phí?"}, headers=JSON)
        assert (answer.status_code, answer.json()) == (202, {"message": ID})
        [incoming] = served.bot.asked
        assert (incoming.channel, incoming.sender, incoming.chat) == ("web", MEMBER.account, MEMBER.chat)
        assert (incoming.message, incoming.text, incoming.choice) == (f"{MEMBER.chat}:{ID}", "Đảng phí?", None)

    run_served(served, steps)


def test_somebody_new_is_greeted_once(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        pages = [(await client.get("/")).text for _ in range(2)]
        assert [page.count("Đồng chí muốn hỏi điều gì?") for page in pages] == [1, 1]
        assert "/start" not in pages[0]

    run(served, steps)


def test_the_plain_form_shows_the_answer_without_a_script(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = {"message": ID, "text": "Chi bộ sinh hoạt mỗi tháng mấy lần?"}
        answer = await client.post("/hoi", data=form, follow_redirects=True)
        assert str(answer.url.path) == "/"
        assert QUOTE.text in answer.text
        assert form["text"] in answer.text
        assert texts.WEB_REFRESH in answer.text

    run(served, steps)


def test_what_is_not_answered_yet_stands_on_the_page_as_waiting(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        await client.get("/")
        served.bot.paused = True
        await client.post("/hoi", json={"message": ID, "text": "Đảng phí?"}, headers=JSON)
        page = (await client.get("/")).text
        assert f'class="line pending" data-message="{ID}"' in page
        assert "Đảng phí?" in page

    run(served, steps)


def test_a_button_sends_the_number_of_its_line_and_its_place_in_it(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get("/")).text
        buttons = re.findall(r'name="choice" value="([^"]+)" data-choice="([^"]+)">([^<]+)<', page)
        assert buttons[1] == ("1:2", "1:2", "Đảng phí đóng thế nào?")
        await client.post("/hoi", data={"message": ID, "text": "gõ dở", "choice": "1:2"})
        [incoming] = served.bot.asked
        assert (incoming.choice, incoming.text) == ("1:2", "")

    run(served, steps)


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "không có mã"},
        {"message": "a b", "text": "?"},
        {"message": ID + "<script>", "text": "?"},
        {"message": ID, "choice": "1:2:3"},
        {"message": ID, "text": "?", "sender": "web:2"},
        {"message": ID, "text": 7},
        {"message": ID, "text": "  "},
        ["message", "text"],
    ],
    ids=str,
)
def test_what_is_not_of_the_page_is_refused(served: Served, sent: object) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/hoi", json=sent, headers=JSON)
        assert (answer.status_code, answer.json()) == (400, {"error": texts.WEB_FAULTS[400]})
        assert served.bot.asked == []

    run(served, steps)


def test_broken_bodies_are_refused(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        bodies = [
            (b"{", "application/json"),
            (b"--x\r\nbroken", "multipart/form-data; boundary=y"),
            (b"text=a", "multipart/form-data"),
            (b'{"message": "0123456789", "text": "a"}', "text/plain"),
        ]
        for body, kind in bodies:
            answer = await client.post("/hoi", content=body, headers={"content-type": kind})
            assert (answer.status_code, kind) == (400, kind)

    run(served, steps)


def test_a_question_without_a_session_is_refused(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/hoi", json={"message": ID, "text": "?"}, headers=JSON)
        assert (answer.status_code, answer.json()["error"]) == (401, texts.WEB_FAULTS[401])
        assert (await client.post("/hoi", data={"message": ID, "text": "?"})).headers["location"] == "/vao"
        assert served.bot.asked == []

    run(served, steps, code=None)


def test_when_the_message_cannot_be_stored_the_page_is_told_so_and_no_detail(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/hoi", json={"message": ID, "text": "?"}, headers=JSON)
        assert (answer.status_code, answer.json()) == (503, {"error": texts.WEB_FAULTS[503]})

    served.bot.error = StateBusy(detail="secret-host:5432")
    run(served, steps)
    assert "secret-host:5432" in caplog.text


def test_a_fault_shows_a_small_page_and_no_traceback(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/hoi", data={"message": ID, "text": "?"})
        assert (answer.status_code, texts.WEB_FAULTS[500] in answer.text) == (500, True)
        assert "secret detail" not in answer.text
        assert "content-security-policy" in answer.headers

    served.bot.error = RuntimeError("secret detail")
    run_served(served, steps)
    assert "secret detail" in caplog.text


# ------------------------------------------------------------------------------------------------ limits and uploads
def test_a_text_above_100_kilobytes_is_refused_politely(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for text, status in (("ệ" * 34000, 202), ("ệ" * 35000, 413)):
            answer = await client.post("/hoi", json={"message": f"{ID}-{status}", "text": text}, headers=JSON)
            assert answer.status_code == status
        assert answer.json()["error"] == texts.WEB_TOO_LARGE.format(kilobytes=100, megabytes=1)
        assert len(served.bot.asked) == 1

    run(served, steps)


def test_a_message_of_one_megabyte_is_refused_and_the_page_lives_on(served: Served) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b'{"message": "%s", "text": "' % ID.encode()
        for _ in range(64):
            yield b"a" * 16384

    async def steps(client: httpx.AsyncClient) -> None:
        headers = {**JSON, "content-type": "application/json"}
        declared = await client.post("/hoi", content=b"a" * 1024**2, headers=headers)
        streamed = await client.post("/hoi", content=chunks(), headers=headers)
        form = await client.post("/hoi", data={"message": ID, "text": "ệ" * 400_000})
        assert [answer.status_code for answer in (declared, streamed, form)] == [413, 413, 413]
        assert (await client.get("/")).status_code == 200
        assert served.bot.asked == []

    run_served(served, steps)


def test_a_code_as_long_as_a_book_is_refused(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert (await client.post("/vao", data={"code": "1" * 10_000})).status_code == 413
        assert served.desk.wrong == {}

    run(served, steps, code=None)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Chỉ thị 24.docx", "Chỉ thị 24.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\bot\\texts.py", "texts.py"),
        ("/etc/cron.d/x", "x"),
        ("a\u202edocx.exe", "adocx.exe"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
    ],
)
def test_an_upload_is_kept_under_a_random_name_and_its_own_is_only_a_label(
    served: Served, name: str, label: str
) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        files = {"file": (name, b"bytes of the file")}
        answer = await client.post("/hoi", data={"message": ID, "text": "/nhap"}, files=files, headers=JSON)
        assert answer.status_code == 202
        [incoming] = served.bot.asked
        assert incoming.attachment is not None
        assert (incoming.attachment.name, incoming.attachment.size) == (label, 17)
        assert [path.name for path in served.uploads.iterdir()] == [incoming.attachment.reference]
        assert re.fullmatch("[0-9a-f]{32}", incoming.attachment.reference)
        assert await served.web.fetch(incoming.attachment, limit=17) == b"bytes of the file"
        assert list(served.uploads.iterdir()) == []
        with pytest.raises(ChannelError, match=texts.WEB_UPLOAD_GONE):
            await served.web.fetch(incoming.attachment, limit=17)

    run(served, steps, code=ADMIN_CODE)


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for size in (1024**2 + 1, 3 * 1024**2):
            files = {"file": ("a.pdf", b"%" * size)}
            answer = await client.post("/hoi", data={"message": ID, "text": ""}, files=files, headers=JSON)
            assert answer.status_code == 413
        assert (served.bot.asked, served.uploads.exists()) == ([], False)

    run_served(served, steps, code=ADMIN_CODE)


def test_only_administrators_send_files(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert 'type="file"' not in (await client.get("/")).text
        files = {"file": ("a.pdf", b"%PDF")}
        answer = await client.post("/hoi", data={"message": ID, "text": "?"}, files=files, headers=JSON)
        assert (answer.status_code, answer.json()["error"]) == (403, texts.WEB_FILE_ADMINS_ONLY)
        assert (served.bot.asked, served.uploads.exists()) == ([], False)

    run(served, steps)


def test_administrators_see_where_to_send_files(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get("/")).text
        assert 'enctype="multipart/form-data"' in page
        assert 'type="file"' in page
        form = {"message": (None, ID), "text": (None, "Đảng phí?"), "file": ("", b"")}
        assert (await client.post("/hoi", files=form)).status_code == 303
        assert [incoming.attachment for incoming in served.bot.asked] == [None]

    run(served, steps, code=ADMIN_CODE)


@pytest.mark.parametrize("reference", ["", "../outside.pdf", "/etc/passwd", "a" * 32, "A" * 32, "a" * 31 + "\n"])
def test_nothing_but_uploads_is_fetched(served: Served, reference: str) -> None:
    with pytest.raises(ChannelError) as caught:
        asyncio.run(served.web.fetch(Attachment(kind="file", reference=reference), limit=100))
    assert caught.value.permanent


def test_an_upload_above_the_limit_of_fetching_is_too_large(served: Served) -> None:
    served.uploads.mkdir()
    (served.uploads / ("a" * 32)).write_bytes(b"four")
    with pytest.raises(FileTooLarge):
        asyncio.run(served.web.fetch(Attachment(kind="file", reference="a" * 32), limit=3))
    assert list(served.uploads.iterdir()) == []


# ---------------------------------------------------------------------------------------------------------- safety
FORGED: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:1"},
    {"referer": "https://evil.example/page"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1"},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("path", ["/hoi", "/ra", "/vao"])
def test_a_form_from_elsewhere_is_refused(served: Served, path: str, headers: dict[str, str]) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = {"message": ID, "text": "?", "code": ADMIN_CODE}
        answer = await client.post(path, data=form, headers=headers)
        assert (answer.status_code, texts.WEB_FAULTS[403] in answer.text) == (403, True)
        assert (served.bot.asked, list(served.desk.sessions.values())) == ([], [MEMBER])

    run(served, steps)


def test_the_pages_own_forms_pass_at_either_address(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        own = [
            {"origin": str(client.base_url).rstrip("/")},
            {"origin": "https://hoi.example.vn"},
            {"referer": "https://hoi.example.vn/"},
            {"sec-fetch-site": "same-origin"},
        ]
        for number, headers in enumerate(own):
            sent = {"message": f"{ID}-{number}", "text": "?"}
            assert (await client.post("/hoi", json=sent, headers=headers | JSON)).status_code == 202

    served = Served(tmp_path, public_url="https://HOI.example.vn/")
    token = served.desk.sign_in(CODE, address="").token

    async def signed_in(client: httpx.AsyncClient) -> None:
        client.headers["cookie"] = f"phien={token}"  # one that was set is Secure, and this goes over loopback
        await steps(client)

    run(served, signed_in, code=None)


def test_what_is_refused_stands_in_the_log_without_what_was_sent(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        await client.post("/vao", data={"code": "111 222 3333"})
        await client.post("/hoi", data={"message": ID, "text": "lời riêng"}, headers={"origin": "https://evil.example"})
        await client.post("/hoi", data={"message": ID, "text": "lời riêng" * 99_999})
        await client.post("/hoi", json={"message": ID, "text": "lời riêng" * 10_000})
        await client.get("/van-ban/mat-1")
        await client.post("/zalo/webhook", content="lời riêng".encode())

    run(served, steps)
    logged = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    parts = ["sign-in refused", "forged, from https://evil.example", "413", "too large", "mat-1", "/zalo/webhook"]
    assert [part in line for part, line in zip(parts, logged, strict=True)] == [True] * 6
    assert not re.search("lời riêng|111|token-", " ".join(logged))


@pytest.mark.parametrize("path", ["/", "/vao", "/van-ban/mat-1", "/khong-co", "/health/live", "/static/chat.js"])
def test_every_answer_tells_browsers_to_be_careful(served: Served, path: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        kept = [headers[name] for name in ("x-content-type-options", "referrer-policy", "cache-control")]
        assert kept == ["nosniff", "same-origin", "no-store"]

    run(served, steps)


def test_static_files_are_kept_by_browsers_until_they_change(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', (await client.get("/")).text)
        answers = [await client.get(address) for address in addresses]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert all("immutable" in answer.headers["cache-control"] for answer in answers)
        assert (await client.get("/static/../app.py")).status_code == 404
        assert (await client.get("/static/%2e%2e/app.py")).status_code == 404

    run_served(served, steps)


def test_no_page_holds_a_script_or_style_of_its_own_or_anything_from_elsewhere(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for path in ("/", "/vao"):
            page = (await client.get(path)).text
            assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", page) == []
            assert re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', page) == []

    run(served, steps)


def test_html_in_questions_names_and_replies_is_shown_as_text(served: Served) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"

    async def steps(client: httpx.AsyncClient) -> None:
        await client.post("/hoi", data={"message": ID, "text": evil})
        served.desk.add(
            MEMBER.chat,
            Text(text=evil),
            QuoteBlock(text=evil, lead=evil, citation=evil, more=2, directive=f'"><b>{evil}', page=3),
            Choices.model_validate({"choices": ({"label": evil, "send": evil},)}),
            Link(label=evil, url="javascript:alert(1)"),
            Link(label=evil, url='https://a.example/"><script>'),
            File(path="x", name=evil, directive=evil),
            Picture(data='"><script>', caption=evil),
        )
        page = (await client.get("/")).text
        assert re.findall(r"<(?:script(?! src=\"/static)|img src=x|b>)", page) == []
        assert "javascript:" not in page
        assert "Lê &lt;b&gt;Thị&lt;/b&gt; Mai" in page

    run(served, steps)


def test_the_words_that_answer_are_bold_and_stay_text(served: Served) -> None:
    html = render_line(served.desk.add("w", QuoteBlock(text="Nộp <b>10</b> & 20.", citation="A", stressed=((4, 13),))))
    assert "<p>“Nộp <b>&lt;b&gt;10&lt;/b&gt;</b> &amp; 20.”</p>" in html


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.vn/a?b=1", "https://example.vn/a?b=1"),
        ("/van-ban/a", "/van-ban/a"),
        ("//evil.example", ""),
        ("///evil.example", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https:evil", ""),
        ("http://[", ""),
        ("van-ban", ""),
    ],
)
def test_links_lead_only_to_the_web_or_into_this_site(url: str, address: str) -> None:

    assert safe_address(url) == address


# ------------------------------------------------------------------------------------------------------- originals
def test_a_pdf_is_shown_by_the_browser_and_anything_else_is_saved(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        pdf, docx = await client.get("/van-ban/19-qd-du.pdf"), await client.get("/van-ban/24-ct-tu")
        assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
        assert pdf.headers["content-disposition"].startswith("inline; filename*=utf-8''Quy%20%C4%91")
        assert docx.headers["content-disposition"].startswith("attachment")
        assert (docx.content, docx.headers["cache-control"]) == (b"PK docx", "no-store")

    run(served, steps)


def test_hidden_and_missing_originals_are_refused_in_the_same_words(served: Served) -> None:
    served.desk.originals |= {
        "gone": served.desk.corpus / "gone.pdf",
        "outside": served.desk.corpus.parent / "outside.pdf",
        "up": Path("../outside.pdf"),
    }
    (served.desk.corpus / "link.pdf").symlink_to(served.desk.corpus.parent / "outside.pdf")
    served.desk.originals["link"] = Path("link.pdf")

    async def steps(client: httpx.AsyncClient) -> None:
        names = ["mat-1", "khong-co", "gone", "outside", "up", "link", "%00", "..%2Foutside.pdf", "%ff"]
        answers = [await client.get(f"/van-ban/{name}") for name in names]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1

    run_served(served, steps)


def test_originals_are_not_for_somebody_unknown(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answers = [await client.get(f"/van-ban/{name}") for name in ("19-qd-du.pdf", "khong-co")]
        assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, "/")] * 2

    run(served, steps, code=None)


def test_a_signed_link_opens_its_file_without_a_session_and_a_forged_one_nothing(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert (await client.get("/lien-ket/signed")).content == b"PK docx"
        assert (await client.get("/lien-ket/forged")).status_code == 404

    run(served, steps, code=None)


def test_a_citation_leads_to_the_page_of_its_original(served: Served) -> None:

    line = served.desk.add(
        "w", QUOTE, QUOTE.model_copy(update={"directive": "a b/c", "page": None}), File(path="x", name="n.pdf")
    )
    html = render_line(line)
    assert re.findall(r'href="([^"]+)"', html) == ["/van-ban/19-qd-du.pdf#page=2", "/van-ban/a%20b/c"]


def test_a_quote_keeps_its_words_and_what_was_left_out_stands_outside(served: Served) -> None:

    block = QuoteBlock(text="a)  Hai\n  dòng", lead="Gồm:", citation="QĐ 19", more=3, cut=True, sample=True)
    html = render_line(served.desk.add("w", block))
    assert "<blockquote><p>“Gồm:”</p><p>“a)  Hai\n  dòng…”</p>" in html
    assert texts.MORE_ITEMS.format(count=3) in html.partition("</blockquote>")[2]
    assert texts.SAMPLE in html.partition("<figcaption>")[2]


def test_a_new_state_of_a_reply_takes_the_place_of_the_old_one(served: Served) -> None:
    served.desk.add(MEMBER.chat, Text(text="Đang đọc 1/3"), question="/reindex", message="m1")
    served.desk.add(MEMBER.chat, Text(text="Chuyện khác"))
    served.desk.add(MEMBER.chat, Text(text="Đang đọc 2/3"), replaces=1)
    served.desk.add(MEMBER.chat, Text(text="Đã xong"), replaces=3, message="m1", question="/reindex")

    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get("/")).text
        assert re.findall(r'<p class="text">(.*?)</p>', page) == ["Đã xong", "Chuyện khác"]
        assert page.count("<p>/reindex</p>") == 1

    run(served, steps)


# -------------------------------------------------------------------------------------------------------- the stream
async def read_events(response: httpx.Response, count: int) -> list[dict[str, Any]]:
    """The next events: what follows ``data:``, with the id."""
    found: list[dict[str, Any]] = []
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if name == "data":
            found.append(json.loads(value))
            if len(found) == count:
                break
    return found


def test_replies_come_down_the_stream_as_they_are_made(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        await client.get("/")
        async with client.stream("GET", "/dong?sau=1") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            reading = asyncio.create_task(read_events(stream, 1))
            await client.post("/hoi", json={"message": ID, "text": "<i>?</i>"}, headers=JSON)
            [event] = await reading
        assert (event["number"], event["message"], event["question"]) == (2, ID, "<i>?</i>")
        assert "không tìm thấy: &lt;i&gt;?&lt;/i&gt;" in event["html"]

    run_served(served, steps)


@pytest.mark.parametrize(
    ("last", "numbers"), [("2", [3, 4]), ("0", [2, 3, 4]), ("x", [2, 3, 4]), ("9" * 40, [2, 3, 4])]
)
def test_a_broken_stream_goes_on_after_the_last_reply_that_was_seen(
    served: Served, last: str, numbers: list[int]
) -> None:
    for number in range(4):
        served.desk.add(MEMBER.chat, Text(text=f"Trả lời {number}"))

    async def steps(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", "/dong?sau=1", headers={"last-event-id": last}) as stream:
            seen = await read_events(stream, len(numbers))
        assert [event["number"] for event in seen] == numbers

    run_served(served, steps)


def test_replies_of_another_process_are_found_without_being_woken(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", "/dong") as stream:
            reading = asyncio.create_task(read_events(stream, 1))
            await asyncio.sleep(0.05)
            served.desk.add(MEMBER.chat, Text(text="Từ tiến trình khác"))
            [event] = await reading
        assert "Từ tiến trình khác" in event["html"]

    run_served(served, steps)


def test_a_stream_shows_only_its_own_chat(served: Served) -> None:
    served.desk.add(ADMIN.chat, Text(text="của người khác"))
    served.desk.add(MEMBER.chat, Text(text="của tôi"))

    async def steps(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", "/dong") as stream:
            seen = await read_events(stream, 1)
        assert [event["number"] for event in seen] == [2]

    run_served(served, steps)


def test_a_stream_without_a_session_says_so_and_ends(served: Served) -> None:
    served.desk.add(MEMBER.chat, Text(text="của người khác"))

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.get("/dong")
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.text == "event: het\ndata: {}\n\n"

    run(served, steps, code=None)


def test_signing_out_ends_the_streams(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        cookie = {"cookie": f"phien={client.cookies['phien']}"}
        async with client.stream("GET", "/dong", headers=cookie) as stream:
            reading = asyncio.create_task(stream.aread())
            await client.post("/ra")
            assert b"event: het" in await reading

    run_served(served, steps)


def test_a_member_who_was_removed_loses_the_stream(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", "/dong") as stream:
            reading = asyncio.create_task(stream.aread())
            await asyncio.sleep(0.05)
            served.desk.sessions.clear()
            served.desk.add(MEMBER.chat, Text(text="không còn cho người này"))
            ended = await reading
        assert b"event: het" in ended
        assert "không còn" not in ended.decode()

    run_served(served, steps)


def test_a_silent_stream_beats(served: Served) -> None:

    async def main() -> list[str]:
        token = served.desk.sign_in(CODE, address="").token
        assert token
        site = served.site(poll=0.01, beat=0.03)
        stream = events(site, token, MEMBER.chat, after=0)
        return [await anext(stream) for _ in range(3)]

    assert asyncio.run(main()) == ["retry: 2000\n\n", ": \n\n", ": \n\n"]


def test_stopping_ends_the_streams_and_lets_answers_in_flight_end(served: Served) -> None:
    async def main() -> tuple[bytes, int]:
        taken, go_on = asyncio.Event(), asyncio.Event()

        async def slow(incoming: object) -> None:
            taken.set()
            await go_on.wait()

        served.desk.add(MEMBER.chat, Text(text="Chào"))
        serving = asyncio.create_task(served.web.serve(slow))
        async with httpx.AsyncClient(base_url=await served.web.listening(), timeout=10, trust_env=False) as client:
            await client.post("/vao", data={"code": CODE})
            async with client.stream("GET", "/dong") as stream:
                asking = asyncio.create_task(client.post("/hoi", json={"message": ID, "text": "?"}, headers=JSON))
                await taken.wait()
                serving.cancel()
                ended = await stream.aread()
                go_on.set()
                answer = await asking
        with pytest.raises(asyncio.CancelledError):
            await serving
        return ended, answer.status_code

    ended, status = asyncio.run(asyncio.wait_for(main(), 20))
    assert b"event: het" not in ended
    assert status == 202


def test_an_address_that_is_taken_is_a_permanent_error(served: Served, tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        (tmp_path / "second").mkdir()
        second = Served(tmp_path / "second", port=int(served.web.address.rpartition(":")[2]))
        with pytest.raises(ChannelError) as caught:
            await second.web.serve(second.bot.handle)
        assert caught.value.permanent

    run_served(served, steps)


def test_uploads_that_nobody_fetched_for_a_day_are_removed_at_the_start_and_every_hour(tmp_path: Path) -> None:
    hours, slept = [48.0], []
    swept: asyncio.Queue[None] = asyncio.Queue()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > 1:
            swept.put_nowait(None)
            await asyncio.Event().wait()
        hours[0] += 1

    served = Served(tmp_path, clock=lambda: hours[0] * 3600, sleep=sleep)
    served.uploads.mkdir()
    for name, age in (("a", 23.5), ("b", 24.5), ("c", 25.5)):
        path = served.uploads / (name * 32)
        path.write_bytes(b"x")
        os.utime(path, (age * 3600,) * 2)

    async def steps(client: httpx.AsyncClient) -> None:
        await swept.get()
        assert [path.name for path in served.uploads.iterdir()] == ["c" * 32]
        assert slept == [3600, 3600]

    run_served(served, steps, code=None)


def test_sending_names_the_reply(served: Served) -> None:
    assert asyncio.run(served.web.send("w1", Outgoing(reply=say("Chào"), number=7))) == "7"


# ------------------------------------------------------------------------------------------- platforms and monitors
def test_a_webhook_is_handed_to_its_channel_and_its_status_given_back(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        right = {"X-Bot-Api-Secret-Token": "secret", "Origin": "https://platform.example"}
        wrong = {"X-Bot-Api-Secret-Token": "guess"}
        statuses = [
            (await client.post("/zalo/webhook", content=b"{}", headers=right)).status_code,
            (await client.post("/zalo/webhook", content=b"{}", headers=wrong)).status_code,
            (await client.post("/zalo/webhook", content=b"{}")).status_code,
            (await client.post("/zalo/webhook", content=b"a" * (1024**2 + 1), headers=right)).status_code,
            (await client.get("/zalo/webhook", headers=right)).status_code,
            (await client.post("/telegram/webhook", content=b"{}", headers=right)).status_code,
        ]
        assert statuses == [200, 403, 403, 413, 405, 403]
        assert served.platform.bodies == [b"{}"]

    run_served(served, steps, code=None)


def test_monitors_see_life_readiness_and_figures(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        alive, ready, figures = [await client.get(path) for path in ("/health/live", "/health/ready", "/metrics")]
        assert (alive.status_code, alive.text) == (200, "ok")
        assert (ready.status_code, ready.json()) == (200, {"ready": True, "problems": []})
        assert (figures.text, figures.headers["content-type"]) == ("questions_total 1\n", "text/plain; version=0.0.4")
        served.desk.state = Health(ready=False, problems=("the library is not open",))
        unready = await client.get("/health/ready")
        assert (unready.status_code, unready.json()["problems"]) == (503, ["the library is not open"])
        assert (await client.get("/health/live")).status_code == 200

    run(served, steps, code=None)
