"""The digest in a real browser, which runs no script: a member reads it on a phone, an administrator sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot import texts
from bot.channels.web.digest_pages import DIGESTS, PREVIEW, SENDING
from bot.channels.web.site import LETTERS
from tests.channels.web.digest_fakes import QUOTE, DigestDeskInMemory
from tests.channels.web.fakes import ADMIN_CODE, CODE, MEMBER, Served
from tests.channels.web.test_browser import CHROMIUM, FLAGS, PHONE, overflows
from tests.programs import needs

pytestmark = pytest.mark.slow

WIDE = {"width": 1280, "height": 850}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    needs("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk() -> DigestDeskInMemory:
    return DigestDeskInMemory()


@pytest.fixture
def open_page(tmp_path: Path, desk: DigestDeskInMemory, chromium: Browser) -> Iterator[Open]:
    """Follows the link to a letter and signs in. At the end nothing may stand in the console."""
    served = Served(tmp_path, digest_desk=desk)
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    with served.in_a_thread() as address:

        def open_one(code: str, *, viewport: dict[str, int], **options: Any) -> Page:
            told = {"java_script_enabled": False, "locale": "vi-VN", "base_url": address, **options}
            context = chromium.new_context(viewport=viewport, **told)
            contexts.append(context)
            context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.goto(f"{LETTERS}/2")
            page.get_by_label(texts.WEB_CODE).fill(code)
            page.get_by_role("button", name=texts.WEB_SIGN_IN).click()
            page.wait_for_url(f"**{LETTERS}/2")
            return page

        yield open_one
        for context in contexts:
            context.close()
    assert complaints == []


def test_a_member_reads_marks_and_turns_it_off_on_a_phone(open_page: Open, desk: DigestDeskInMemory) -> None:
    page = open_page(CODE, viewport=PHONE)
    expect(page.locator("blockquote")).to_have_text(f"“{QUOTE.text}”")
    page.get_by_role("button", name=texts.DIGEST_WEB_READ, exact=True).click()
    expect(page.get_by_text(texts.DIGEST_WEB_READ_SINCE.format(at="08:01 23/11/2026"))).to_be_visible()
    page.get_by_label(texts.DIGEST_WEB_RECEIVES_NOT, exact=True).check()
    page.get_by_label(texts.DIGEST_WEB_CHANNEL).select_option("telegram")
    page.get_by_role("button", name=texts.DIGEST_WEB_SAVE).click()
    expect(page.get_by_text(texts.DIGEST_WEB_SAVED)).to_be_visible()
    assert (desk.read, desk.chosen) == ({(MEMBER.account, 2)}, {MEMBER.account: (False, "telegram")})


def test_an_administrator_looks_sends_and_follows(open_page: Open, desk: DigestDeskInMemory) -> None:
    page = open_page(ADMIN_CODE, viewport=WIDE)
    page.get_by_role("link", name=texts.DIGEST_WEB_OFFICE).click()
    page.get_by_role("link", name=texts.DIGEST_WEB_LOOK).click()
    expect(page.locator(".telegram blockquote").first).to_contain_text(QUOTE.text)
    page.get_by_label(texts.DIGEST_WEB_AS_ON).select_option("zalo")
    page.get_by_role("button", name=texts.DIGEST_WEB_SHOW, exact=True).click()
    expect(page.locator(".seen")).to_have_count(2)
    page.get_by_role("link", name=texts.DIGEST_WEB_BACK).click()
    page.get_by_role("link", name=texts.DIGEST_WEB_SEND).click()
    assert desk.sent == []
    page.get_by_role("button", name=texts.DIGEST_WEB_SEND_YES.format(count=90)).click()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.get_by_role("button", name=texts.DIGEST_WEB_RETRY.format(count=2)).click()
    expect(page.get_by_text(texts.DIGEST_WEB_AGAIN_DONE.format(count=2))).to_be_visible()
    assert (len(desk.sent), desk.retried) == (1, [2])


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["a phone", "a desk"])
def test_no_page_is_wider_than_the_screen(open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page(ADMIN_CODE, viewport=viewport, color_scheme="dark", java_script_enabled=True)
    for path in (LETTERS, DIGESTS, PREVIEW, SENDING, f"{DIGESTS}/2"):
        page.goto(path)
        assert overflows(page) == [], path
