"""The administrators' pages in a real browser: files are dropped, a number is corrected, a build is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot import texts
from bot.channels.web.offices import SHELF
from tests.channels.web.fakes import ADMIN_CODE, Served
from tests.channels.web.test_browser import CHROMIUM, DESK, FLAGS, PHONE, overflows
from tests.corpus.fakes import paper
from tests.corpus.shelves import PAGED, TEXT, Office, office_in
from tests.programs import needs

pytestmark = pytest.mark.slow

Open = Callable[..., Page]

DROP = """([target, files]) => {
  const data = new DataTransfer();
  files.forEach(([name, text]) => data.items.add(new File([text], name, { type: 'text/plain' })));
  const zone = document.querySelector(target);
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    needs("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Office]:
    with office_in(tmp_path / "office", _migrated_sqlite) as made:
        yield made


@pytest.fixture
def open_page(tmp_path: Path, office: Office, chromium: Browser) -> Iterator[Open]:
    """As an administrator. At the end nothing may stand in the console."""
    complaints: list[str] = []
    served = Served(tmp_path, corpus_desk=office.desk)
    with served.in_a_thread() as address:
        contexts = []

        def open_one(*, viewport: dict[str, int] = DESK, **options: Any) -> Page:
            context = chromium.new_context(viewport=viewport, locale="vi-VN", base_url=address, **options)
            contexts.append(context)
            context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            context.on("weberror", lambda error: complaints.append(str(error.error)))
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.goto("/vao")
            page.get_by_label(texts.WEB_CODE).fill(ADMIN_CODE)
            page.get_by_role("button", name=texts.WEB_SIGN_IN).click()
            page.get_by_role("link", name=texts.SHELF_TITLE).click()
            page.wait_for_url(f"**{SHELF}")  # with its styles
            return page

        yield open_one
        for context in contexts:
            context.close()
    assert [complaint for complaint in complaints if "422" not in complaint] == []  # a bad value, which a test types


def test_dropped_files_become_rows_of_which_one_is_corrected_and_taken_in(open_page: Open, office: Office) -> None:
    page = open_page()
    files = [["moi.txt", paper("51-CT/ĐU").decode()], ["mat.txt", paper("52-CT/ĐU", mark="MẬT").decode()]]
    page.evaluate(DROP, ["#arriving", files])
    rows = page.locator("#arrivals > li")
    expect(rows.nth(0)).to_contain_text("51-CT/ĐU")
    expect(rows.nth(1)).to_contain_text("MẬT")
    rows.nth(0).get_by_text(texts.ARRIVE_AMEND, exact=True).click()
    rows.nth(0).get_by_label(texts.INSPECT_FIELDS["number"]).fill("53-CT/ĐU")
    rows.nth(0).get_by_role("button", name=texts.ARRIVE_AGAIN).click()
    expect(rows.nth(0).locator("dl")).to_contain_text("53-CT/ĐU")
    rows.nth(0).get_by_role("button", name=texts.ARRIVE_TAKE, exact=True).click()
    expect(rows.nth(0)).to_contain_text(texts.ARRIVE_ACCEPTED.format(name="moi.txt"))
    expect(page.locator("#building .report")).to_contain_text("thêm 1")
    assert [each.file for each in office.library.find("53-CT/ĐU")] == ["moi.txt"]
    assert sorted(path.name for path in office.corpus.glob("*.txt")) == [TEXT, "moi.txt"]


def test_pictures_that_are_chosen_together_are_one_paper_unless_it_is_said_that_each_is_one(open_page: Open) -> None:
    page = open_page()
    torn = [{"name": f"{number}.PNG", "mimeType": "image/png", "buffer": b"torn"} for number in (2, 1)]
    other = {"name": "a.txt", "mimeType": "text/plain", "buffer": paper("58-CT/ĐU")}
    rows = page.locator("#arrivals > li")
    page.locator("#files").set_input_files([other, *torn])
    expect(rows).to_contain_text([texts.UPLOAD_REASONS["damaged"], "58-CT/ĐU"])
    page.get_by_label(texts.ARRIVE_APART).check()
    page.locator("#files").set_input_files(torn)
    expect(rows).to_contain_text([texts.UPLOAD_REASONS["damaged"], "58-CT/ĐU", "2.PNG", "1.PNG"])


def test_a_number_is_corrected_on_the_spot(open_page: Open, office: Office) -> None:
    page = open_page()
    page.get_by_role("link", name="31-CT/ĐU").click()
    number = page.get_by_label(texts.INSPECT_FIELDS["number"])
    number.fill("số sai")
    page.get_by_role("button", name=texts.READ_SAVE).click()
    expect(page.locator("#loi-number")).to_contain_text("số sai")
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("33-CT/ĐU")
    page.get_by_role("button", name=texts.READ_SAVE).click()
    expect(page.get_by_text(texts.READ_SAVED)).to_be_visible()
    expect(page.locator("#building .line")).to_have_text(texts.REBUILD_DONE)
    page.get_by_role("link", name=texts.READ_AGAIN).click()
    expect(page.get_by_label(texts.INSPECT_FIELDS["number"])).to_have_value("33-CT/ĐU")
    assert [each.file for each in office.library.find("33-CT/ĐU")] == [TEXT]


def test_a_build_is_begun_and_watched_on_the_list(open_page: Open, office: Office) -> None:
    page = open_page()
    office.put("moi.txt", paper("54-CT/ĐU"))
    page.get_by_role("button", name=texts.REBUILD_BUTTON).click()
    expect(page.locator("#building .line")).to_have_text(texts.REBUILD_DONE)
    expect(page.locator("#building .report")).to_contain_text("thêm 1")
    expect(page.get_by_role("button", name=texts.REBUILD_BUTTON)).to_be_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_pushing_sideways(open_page: Open, office: Office, scheme: str) -> None:
    office.put("rat-" * 30 + "dai.txt", paper("55-CT/ĐU"))
    office.reindexing.begin_soon("web", "w2")
    office.settle()
    page = open_page(viewport=PHONE, color_scheme=scheme)
    assert overflows(page) == []
    page.evaluate(DROP, ["#arriving", [["mới.txt", paper("56-CT/ĐU").decode()]]])
    page.locator("#arrivals summary").click()
    assert overflows(page) == []
    page.goto(f"{SHELF}/{office.id_of(PAGED)}")
    image = page.locator(".sheet img")
    expect(image).to_be_visible()
    assert image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 1000
    assert overflows(page) == []


def test_without_a_script_the_same_can_be_done(open_page: Open, office: Office) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("#files").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": paper("57-CT/ĐU")}])
    page.get_by_role("button", name=texts.ARRIVE_SEND).click()
    page.get_by_role("button", name=texts.ARRIVE_TAKE, exact=True).click()
    expect(page.get_by_text(texts.ARRIVE_ACCEPTED.format(name="a.txt"))).to_be_visible()
    office.settle()
    assert [each.file for each in office.library.find("57-CT/ĐU")] == ["a.txt"]
