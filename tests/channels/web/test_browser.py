"""The page in a real browser, as members use it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from bot import texts
from bot.messages import Choice, Choices, Text
from tests.channels.web.fakes import ADMIN_CODE, CODE, GUEST, MEMBER, NEXT_QUOTE, QUOTE, Served
from tests.channels.web.test_drawing import STAR

pytestmark = pytest.mark.slow

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 850}
ASKED = "Chi bộ sinh hoạt mỗi tháng mấy lần?"
LONG = "Chỉ_thị_" * 40  # a word that no line holds

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI_REQUIRES_SERVERS") == "1":
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"Chromium: not run ({CHROMIUM} is missing)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


@pytest.fixture
def address(served: Served, chromium: Browser) -> Iterator[str]:
    with served.in_a_thread() as address:
        yield address


@pytest.fixture
def open_page(address: str, chromium: Browser) -> Iterator[Open]:
    """Opens the page in a context of its own. At the end nothing may stand in any console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(*, viewport: dict[str, int] = DESK, script: str = "", code: str | None = CODE, **options: Any) -> Page:
        context = chromium.new_context(viewport=viewport, locale="vi-VN", base_url=address, **options)
        contexts.append(context)
        context.on(
            "console", lambda said: complaints.append(_told(said)) if said.type in ("error", "warning") else None
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto("/")
        if code:
            page.get_by_label(texts.WEB_CODE).fill(code)
            page.get_by_role("button", name=texts.WEB_SIGN_IN).click()
            expect(page.get_by_label(texts.WEB_QUESTION, exact=True)).to_be_visible()
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _told(said: ConsoleMessage) -> str:
    return f"{said.text} {said.location.get('url')}"


def box(page: Page) -> Any:
    return page.locator("#text")


def ask(page: Page, question: str) -> None:
    box(page).fill(question)
    page.get_by_role("button", name=texts.WEB_SEND, exact=True).click()


def overflows(page: Page) -> list[str]:
    """Everything that reaches over the right edge; nothing where the page cannot be pushed sideways."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        Array.from(document.querySelectorAll('*'))
             .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
             .map((one) => one.outerHTML.slice(0, 80))"""
    )


def test_a_member_signs_in_asks_and_asks_on(open_page: Open) -> None:
    page = open_page(code=None)
    page.get_by_label(texts.WEB_CODE).press_sequentially(CODE)
    expect(page.get_by_label(texts.WEB_CODE)).to_have_value("12345 67890")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đồng chí muốn hỏi điều gì?")).to_be_visible()
    ask(page, ASKED)
    expect(page.locator("blockquote").first).to_have_text(f"“{QUOTE.text}”")
    ask(page, "còn khoản 2?")
    expect(page.locator("blockquote").nth(1)).to_have_text(f"“{NEXT_QUOTE.text}”")
    expect(page.locator(".question p")).to_have_text([ASKED, "còn khoản 2?"])
    expect(page.locator(".pending")).to_have_count(0)
    page.reload()
    expect(page.locator(".question p")).to_have_text([ASKED, "còn khoản 2?"])


def test_a_button_asks_what_it_says(open_page: Open, served: Served) -> None:
    page = open_page()
    page.get_by_role("button", name=ASKED).click()
    expect(page.locator("blockquote")).to_have_count(1)
    expect(page.locator(".question p")).to_have_text([ASKED])
    assert [incoming.choice for incoming in served.bot.asked] == ["1:1"]


def test_the_original_opens_at_its_page(open_page: Open) -> None:
    page = open_page()
    ask(page, ASKED)
    link = page.locator("figcaption a")
    with page.context.expect_event("response", lambda answer: "/van-ban/" in answer.url) as caught:
        link.click()
    assert caught.value.header_value("content-type") == "application/pdf"
    assert str(link.get_attribute("href")).endswith("#page=2")


def test_everything_can_be_done_by_keyboard(open_page: Open, served: Served) -> None:
    page = open_page()
    expect(box(page)).to_be_focused()
    page.keyboard.type("dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    page.keyboard.press("Enter")
    expect(page.locator(".question p")).to_have_text("dòng một\ndòng hai", use_inner_text=True)
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.get_by_role("link", name=texts.WEB_SKIP).focus()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name=ASKED).focus()
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_have_count(1)
    assert [incoming.text or incoming.choice for incoming in served.bot.asked] == ["dòng một\ndòng hai", "1:1"]


def test_while_the_answer_is_made_the_page_says_so_and_then_shows_its_start(open_page: Open, served: Served) -> None:
    page = open_page(viewport=PHONE)
    served.bot.paused = True
    ask(page, ASKED)
    expect(page.get_by_text(texts.WEB_WAITING)).to_be_visible()
    served.desk.add(MEMBER.chat, Text(text="Chuyện khác"))
    expect(page.get_by_text("Chuyện khác")).to_be_visible()
    expect(page.get_by_text(texts.WEB_WAITING)).to_be_visible()
    served.in_loop(served.bot.answer(served.bot.asked[0]))
    expect(page.get_by_text(texts.WEB_WAITING)).to_have_count(0)
    expect(page.locator("blockquote")).to_be_in_viewport()


def test_a_new_state_takes_the_place_of_the_old_one(open_page: Open, served: Served) -> None:
    page = open_page()
    ask(page, "/reindex")
    expect(page.locator(".line")).to_have_count(2)
    last = served.desk.lines[MEMBER.chat][-1]
    served.desk.add(MEMBER.chat, Text(text="Đã xong"), replaces=last.number)
    expect(page.get_by_text("Đã xong")).to_be_visible()
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator(".question p")).to_have_text(["/reindex"])


@pytest.mark.parametrize("size", [0, 4])
def test_a_phone_shows_everything_without_pushing_sideways(open_page: Open, served: Served, size: int) -> None:
    page = open_page(viewport=PHONE, code=None)
    for _ in range(size):
        page.get_by_role("button", name=texts.WEB_LARGER).click()
    assert overflows(page) == []
    page.get_by_label(texts.WEB_CODE).fill(ADMIN_CODE)
    page.get_by_role("button", name=texts.WEB_SIGN_IN).click()
    expect(page.get_by_label(texts.WEB_QUESTION, exact=True)).to_be_visible()
    served.desk.add(
        "w2",
        Text(text=LONG),
        QUOTE.model_copy(update={"text": LONG, "citation": LONG}),
        Choices(choices=(Choice(label=LONG, send="x"),)),
    )
    ask(page, LONG)
    expect(page.locator(".line")).to_have_count(3)
    assert overflows(page) == []


def test_larger_text_is_remembered(open_page: Open) -> None:
    page = open_page()
    sizes = []
    for name in (texts.WEB_USUAL_SIZE, texts.WEB_LARGER, texts.WEB_LARGER, texts.WEB_SMALLER):
        page.get_by_role("button", name=name).click()
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.reply')).fontSize)"))
    assert sizes[0] == 18
    assert sizes[0] < sizes[1] == sizes[3] < sizes[2]
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.reply')).fontSize)") == sizes[3]


def test_no_size_of_text_is_fixed_in_pixels(open_page: Open) -> None:
    """The size that a member has set in the browser holds."""
    page = open_page()
    sizes = page.evaluate(
        """() => Array.from(document.styleSheets[0].cssRules).map((rule) => rule.style && rule.style.fontSize)
                .filter(Boolean)"""
    )
    assert len(sizes) > 5
    assert [size for size in sizes if size.endswith(("px", "pt"))] == []


def test_it_works_with_scripts_switched_off(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.locator(".reply .text")).to_have_text("Chào đồng chí! Đồng chí muốn hỏi điều gì?")
    ask(page, ASKED)
    expect(page.locator("blockquote")).to_have_count(1)
    page.get_by_role("button", name="Đảng phí đóng thế nào?").click()
    expect(page.locator(".question p")).to_have_text([ASKED, "Đảng phí đóng thế nào?"])
    page.get_by_role("link", name=texts.WEB_REFRESH).click()
    expect(page.locator(".line")).to_have_count(3)
    page.get_by_role("button", name=texts.WEB_SIGN_OUT).click()
    expect(page.get_by_label(texts.WEB_CODE)).to_be_visible()


def test_a_screen_reader_finds_landmarks_labels_and_a_log_that_speaks(open_page: Open) -> None:
    page = open_page(code=ADMIN_CODE)
    for role, name in [
        ("log", texts.WEB_CONVERSATION),
        ("form", texts.WEB_ASKING),
        ("textbox", texts.WEB_QUESTION),
        ("group", texts.WEB_TEXT_SIZE),
        ("group", texts.WEB_CHOICES),
    ]:
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)  # type: ignore[arg-type]
    for role in ("banner", "main"):
        expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
    expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    unnamed = page.evaluate(
        """() => Array.from(document.querySelectorAll('button, input:not([type=hidden]), textarea, a'))
                .filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') ||
                                   (one.labels && one.labels.length)))
                .map((one) => one.outerHTML)"""
    )
    assert unnamed == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(open_page: Open, served: Served, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    page = open_page(color_scheme=scheme)
    ask(page, ASKED)
    expect(page.locator("blockquote")).to_have_count(1)
    weak = page.evaluate(
        """() => {
          const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
          const light = (colour) => numbers(colour).slice(0, 3).map((part) => part / 255)
            .map((part) => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
          const ground = (one) => {
            for (; one; one = one.parentElement) {
              const colour = getComputedStyle(one).backgroundColor;
              if (numbers(colour)[3] !== 0) { return colour; }
            }
            return 'rgb(255, 255, 255)';
          };
          return Array.from(document.querySelectorAll('body *')).filter((one) => one.checkVisibility() &&
              Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim()))
            .map((one) => {
              const [low, high] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => a - b);
              return [(high + .05) / (low + .05), one.outerHTML.slice(0, 80)];
            }).filter(([ratio]) => ratio < 4.5);
        }"""
    )
    assert weak == []


def test_what_could_not_be_sent_goes_back_into_the_box(open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    ask(page, ASKED)
    expect(page.get_by_text(texts.WEB_NOT_SENT)).to_be_visible()
    expect(box(page)).to_have_value(ASKED)
    expect(page.locator(".pending")).to_have_count(0)
    page.reload()
    expect(box(page)).to_have_value(ASKED)
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_have_count(1)
    expect(box(page)).to_have_value("")


def test_a_text_that_is_too_long_is_not_sent(open_page: Open, served: Served) -> None:
    page = open_page()
    ask(page, "ệ" * 40_000)
    expect(page.get_by_text(texts.WEB_TOO_LARGE.format(kilobytes=100, megabytes=1))).to_be_visible()
    assert served.bot.asked == []


def test_a_broken_stream_is_said_and_mended(open_page: Open, served: Served) -> None:
    script = """
      window.streams = [];
      const Real = window.EventSource;
      window.EventSource = function (address) { const one = new Real(address); window.streams.push(one); return one; };
      window.EventSource.CLOSED = Real.CLOSED;
    """
    page = open_page(script=script)
    notice = page.get_by_text(texts.WEB_RECONNECTING)
    expect(notice).to_be_hidden()
    page.evaluate("() => { streams[0].close(); streams[0].onerror(); }")
    expect(notice).to_be_visible()
    served.desk.add(MEMBER.chat, Text(text="Trong lúc mất kết nối"))
    expect(page.get_by_text("Trong lúc mất kết nối")).to_be_visible()
    expect(notice).to_be_hidden()


def test_signing_out_elsewhere_ends_the_page(open_page: Open, served: Served) -> None:
    page = open_page()
    expect(page.locator(".reply")).to_have_count(1)
    served.desk.sessions.clear()
    expect(page.get_by_label(texts.WEB_CODE)).to_be_visible()
    expect(page.get_by_text(texts.WEB_GOODBYE)).to_be_visible()


def test_a_guest_asks_twice_at_once_and_has_one_session(open_page: Open, served: Served) -> None:
    served.desk.guests = True
    page = open_page(code=None)
    ask(page, ASKED)
    ask(page, "còn khoản 2?")
    expect(page.locator("blockquote")).to_have_count(2)
    expect(page.locator(".pending")).to_have_count(0)
    assert list(served.desk.sessions.values()) == [GUEST]


VOICES = """
  window.said = [];
  Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'en-US' }, { lang: 'vi_VN' }], cancel: () => {},
    speak: (utterance) => { window.said.push([utterance.lang, utterance.text]); },
  }) });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.SpeechRecognition = function () {
    this.start = () => setTimeout(() => {
      this.onresult({ results: [[{ transcript: 'chi bộ sinh hoạt' }]] }); this.onend();
    }, 50);
  };
"""


def test_replies_are_read_aloud_and_questions_spoken_where_the_browser_can(open_page: Open) -> None:
    page = open_page(script=VOICES)
    ask(page, ASKED)
    page.locator(".line").nth(1).get_by_role("button", name=texts.WEB_READ_ALOUD).click()
    said = page.evaluate("said")
    assert said[0] == ["vi-VN", f"“{QUOTE.text}”"]
    assert QUOTE.citation in said[1][1]
    page.get_by_role("button", name=texts.WEB_SPEAK_QUESTION_LONG).click()
    expect(box(page)).to_have_value("chi bộ sinh hoạt")


def test_voice_is_not_offered_where_the_browser_cannot(open_page: Open) -> None:
    script = """
      Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
        getVoices: () => [{ lang: 'en-US' }], cancel: () => {} }) });
      delete window.SpeechRecognition; delete window.webkitSpeechRecognition;
    """
    page = open_page(script=script)
    expect(page.locator(".reply")).to_have_count(1)
    expect(page.locator(".aloud")).to_have_count(0)
    expect(page.get_by_role("button", name=texts.WEB_SPEAK_QUESTION_LONG)).to_have_count(0)


def test_an_administrator_sends_a_file(open_page: Open, served: Served, tmp_path: Path) -> None:
    path = tmp_path / "Chỉ thị 24.pdf"
    path.write_bytes(b"%PDF-")
    page = open_page(code=ADMIN_CODE)
    page.get_by_label(texts.WEB_FILE.format(megabytes=1)).set_input_files(path)
    ask(page, "")
    expect(page.locator(".question p")).to_have_text(["Chỉ thị 24.pdf"])
    expect(page.get_by_text("Tôi không tìm thấy: Chỉ thị 24.pdf")).to_be_visible()
    [incoming] = served.bot.asked
    assert incoming.attachment is not None
    assert (served.uploads / incoming.attachment.reference).read_bytes() == b"%PDF-"


def test_a_chain_of_papers_is_drawn_within_a_phone_and_told_to_screen_readers(open_page: Open, served: Served) -> None:
    served.desk.add(MEMBER.chat, Text(text="Chỉ thị 24-CT/TU còn hiệu lực."), STAR)
    page = open_page(viewport=PHONE)
    picture = page.get_by_role("img", name=STAR.title)
    expect(picture).to_be_visible()
    assert overflows(page) == []
    edge = page.evaluate("document.documentElement.clientWidth")
    assert all(0 <= place["x"] <= place["x"] + place["width"] <= edge for place in places_of(picture))
    colours = picture.locator("rect").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert len(set(colours)) == 2  # the one that was asked for stands out


def places_of(picture: Locator) -> list[dict[str, float]]:
    return picture.locator("text").evaluate_all(  # type: ignore[no-any-return]
        "all => all.map(one => one.getBoundingClientRect()).map(({x, width}) => ({x, width}))"
    )


def test_pictures_of_the_page(open_page: Open, served: Served, tmp_path: Path) -> None:
    """For the eyes of whoever changes the page; only that each was taken is tested."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path / "screenshots"))
    looks: dict[str, dict[str, Any]] = {
        "desk": {"viewport": DESK},
        "phone": {"viewport": PHONE},
        "dark": {"viewport": PHONE, "color_scheme": "dark"},
        "large": {"viewport": PHONE},
    }
    for name, options in looks.items():
        served.desk.codes = {CODE: MEMBER}
        page = open_page(code=None, **options)
        for _ in range(2 if name == "large" else 0):
            page.get_by_role("button", name=texts.WEB_LARGER).click()
        page.screenshot(path=folder / f"{name}-1.png")
        page.get_by_label(texts.WEB_CODE).fill(CODE)
        page.get_by_role("button", name=texts.WEB_SIGN_IN).click()
        expect(page.locator(".reply")).not_to_have_count(0)
        page.screenshot(path=folder / f"{name}-2.png")
        ask(page, ASKED)
        expect(page.locator(".pending")).to_have_count(0)
        page.wait_for_timeout(600)
        page.screenshot(path=folder / f"{name}-3.png")
        page.screenshot(path=folder / f"{name}-4.png", full_page=True)
    assert len([path for path in folder.iterdir() if re.fullmatch(r"\w+-\d\.png", path.name)]) == 16
