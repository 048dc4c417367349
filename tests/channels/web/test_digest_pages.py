"""The digest on the page without a script: whose letter is shown to whom, and what only administrators do."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from bot import texts
from bot.channels.web.desk import Visitor
from bot.channels.web.digest_desk import PLAIN
from bot.channels.web.digest_pages import DIGESTS, PREVIEW, SENDING
from bot.channels.web.showing import shown
from bot.channels.web.site import LETTERS, way_back
from bot.channels.zalo import Zalo
from bot.messages import Reply, Text, plain_text
from tests.channels.web.digest_fakes import (
    BUTTONS,
    CELLS,
    QUOTE,
    SECRET,
    SENT_OUT,
    WHOLE,
    WORDS,
    DigestDeskInMemory,
)
from tests.channels.web.fakes import ADMIN, ADMIN_CODE, CODE, MEMBER, Served
from tests.channels.web.test_web import Steps, run, sign_in

READING = [DIGESTS, PREVIEW, f"{PREVIEW}?chi-bo=&kenh=zalo", SENDING, f"{DIGESTS}/2"]
WRITING = [SENDING, f"{DIGESTS}/2/gui-lai"]
CHOOSING = f"{LETTERS}/lua-chon"
FOREIGN = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def desk() -> DigestDeskInMemory:
    return DigestDeskInMemory()


@pytest.fixture
def served(tmp_path: Path, desk: DigestDeskInMemory) -> Served:
    return Served(tmp_path, digest_desk=desk)


def as_guest(served: Served, steps: Steps) -> None:
    """With the session that asking without a code makes."""

    async def main(client: httpx.AsyncClient) -> None:
        await client.post("/hoi", data={"message": "0123456789abcdef", "text": "sinh hoạt"})
        await steps(client)

    served.desk.guests = True
    run(served, main, code=None)


# ------------------------------------------------------------------------------------------------------- who sees what
def test_a_member_reads_the_own_newest_letter(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for path in (LETTERS, f"{LETTERS}/2"):
            page = await client.get(path)
            assert page.status_code == 200
            assert html.escape(WORDS, quote=False) in page.text
            assert QUOTE.text in page.text
            assert QUOTE.warning in page.text
            assert SECRET not in page.text
            assert page.headers["cache-control"] == "no-store"

    run(served, steps)


def test_anothers_letter_is_not_there(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        nowhere = await client.get("/khong-co-trang-nay")
        for number in ("1", "3", "0", "x", "²", "-1", "99999999999"):
            answers = (
                await client.get(f"{LETTERS}/{number}"),
                await client.post(f"{LETTERS}/{number}/da-doc"),
            )
            assert [(each.status_code, each.text) for each in answers] == [(404, nowhere.text)] * 2, number

    run(served, steps)
    assert desk.read == set()


@pytest.mark.parametrize("code", [None, CODE], ids=["a stranger", "a member"])
def test_for_everybody_else_the_administrators_pages_are_not_there(
    served: Served, desk: DigestDeskInMemory, code: str | None
) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        nowhere = await client.get("/khong-co-trang-nay")
        for path in READING:
            answer = await client.get(path)
            assert (answer.status_code, answer.text) == (404, nowhere.text), path
        for path in WRITING:
            answer = await client.post(path, data={"mark": desk.now})
            assert (answer.status_code, answer.text) == (404, nowhere.text), path

    run(served, steps, code=code)
    assert (desk.sent, desk.retried) == ([], [])


def test_a_guest_is_shown_no_letter_and_no_page_of_the_administrators(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for path in (LETTERS, f"{LETTERS}/2"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/vao?ve={path}")
        for path in (CHOOSING, f"{LETTERS}/2/da-doc"):
            answer = await client.post(path, data={"nhan": "0", "kenh": ""})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/vao?ve={LETTERS}")
        assert [(await client.get(path)).status_code for path in READING] == [404] * len(READING)
        assert [(await client.post(path)).status_code for path in WRITING] == [404] * len(WRITING)

    as_guest(served, steps)
    assert (desk.read, desk.chosen, desk.sent, desk.retried) == (set(), {}, [], [])


def test_whoever_follows_a_link_signs_in_and_comes_to_the_letter(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = await client.get((await client.get(f"{LETTERS}/2")).headers["location"])
        assert re.search(rf'name="ve" value="{LETTERS}/2"', form.text)
        wrong = await client.post("/vao", data={"code": "1", "ve": f"{LETTERS}/2"})
        assert re.search(rf'name="ve" value="{LETTERS}/2"', wrong.text)
        answer = await client.post("/vao", data={"code": CODE, "ve": f"{LETTERS}/2"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{LETTERS}/2")
        again = await client.get(f"/vao?ve={LETTERS}/2")
        assert (again.status_code, again.headers["location"]) == (303, f"{LETTERS}/2")

    run(served, steps, code=None)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/ra", f"{LETTERS}/2/da-doc", f"{LETTERS}/2\n", "/quan-tri/ban-tin"],
)
def test_signing_in_leads_nowhere_else(served: Served, path: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/vao", data={"code": CODE, "ve": path})
        assert answer.headers["location"] == "/"

    run(served, steps, code=None)
    assert way_back(path) == ""


def test_no_other_site_acts_in_anybodys_name(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for path in (*WRITING, CHOOSING, f"{LETTERS}/2/da-doc"):
            answer = await client.post(path, data={"mark": desk.now, "nhan": "0", "kenh": ""}, headers=FOREIGN)
            assert answer.status_code == 403, path

    run(served, steps, code=ADMIN_CODE)
    assert (desk.read, desk.chosen, desk.sent, desk.retried) == (set(), {}, [], [])


def test_without_a_desk_there_are_no_such_pages(tmp_path: Path) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert [(await client.get(path)).status_code for path in (LETTERS, *READING)] == [404] * (len(READING) + 1)

    run(Served(tmp_path), steps, code=ADMIN_CODE)


# ------------------------------------------------------------------------------------------------------ a member's own
def test_a_letter_is_marked_as_read_once_for_all(served: Served, desk: DigestDeskInMemory) -> None:
    button = f'action="{LETTERS}/2/da-doc"'

    async def steps(client: httpx.AsyncClient) -> None:
        assert button in (await client.get(LETTERS)).text
        for _ in range(2):
            answer = await client.post(f"{LETTERS}/2/da-doc")
            assert (answer.status_code, answer.headers["location"]) == (303, f"{LETTERS}/2#da-doc")
        page = (await client.get(f"{LETTERS}/2")).text
        assert button not in page
        assert texts.DIGEST_WEB_READ_SINCE.format(at="08:01 23/11/2026") in page

    run(served, steps)
    assert desk.read == {(MEMBER.account, 2)}


def test_a_member_says_whether_and_where_digests_come(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post(CHOOSING, data={"nhan": "0", "kenh": "telegram"})
        page = await client.get(answer.headers["location"].partition("#")[0])
        assert texts.DIGEST_WEB_SAVED in page.text
        assert re.search(r'value="0" checked', page.text)
        assert re.search(r'value="telegram" selected', page.text)
        for wrong in ({"nhan": "0", "kenh": "zalo"}, {"nhan": "x", "kenh": ""}, {"kenh": ""}):
            assert (await client.post(CHOOSING, data=wrong)).status_code == 400

    run(served, steps)
    assert desk.chosen == {MEMBER.account: (False, "telegram")}


def test_who_has_no_letter_yet_is_told_so(served: Served, desk: DigestDeskInMemory) -> None:
    desk.letters.clear()

    async def steps(client: httpx.AsyncClient) -> None:
        assert texts.DIGEST_WEB_NONE_YET in (await client.get(LETTERS)).text

    run(served, steps)


# ------------------------------------------------------------------------------------------------- the administrators'
def test_a_digest_goes_out_only_after_a_yes_to_what_was_shown(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(SENDING)).text
        assert desk.sent == []
        mark = re.search(r'name="mark" value="(\w+)"', page)
        assert mark
        assert texts.DIGEST_WEB_SEND_ASK.format(count=90) in page
        desk.now = "1c9d"  # a paper has come meanwhile
        again = await client.post(SENDING, data={"mark": mark[1]})
        assert (again.status_code, desk.sent) == (409, [])
        assert texts.DIGEST_WEB_CHANGED in again.text
        shown_now = re.search(r'name="mark" value="(\w+)"', again.text)
        assert shown_now
        answer = await client.post(SENDING, data={"mark": shown_now[1]})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{DIGESTS}/2")

    run(served, steps, code=ADMIN_CODE)
    assert desk.sent == [ADMIN.account]


def test_where_there_is_nothing_to_send_no_button_offers_it(served: Served, desk: DigestDeskInMemory) -> None:
    desk.now = ""

    async def steps(client: httpx.AsyncClient) -> None:
        for path in (DIGESTS, SENDING):
            page = (await client.get(path)).text
            assert texts.DIGEST_WEB_NOBODY in page
            assert 'name="mark"' not in page
        assert (await client.post(SENDING, data={"mark": ""})).status_code == 409

    run(served, steps, code=ADMIN_CODE)
    assert desk.sent == []


def test_the_ledger_shows_how_far_it_is_and_who_is_unknown(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(f"{DIGESTS}/2")).text
        assert re.search(r'<progress max="700" value="697"', page)
        assert texts.DIGEST_WEB_PROGRESS.format(settled=697, people=700) in page
        assert "Trần Thị Mơ (Chi bộ Khu phố 1), Zalo" in page
        assert texts.DIGEST_WEB_READINGS.format(read=17, of=30) in page
        answer = await client.post(f"{DIGESTS}/2/gui-lai")
        assert answer.status_code == 303
        page = (await client.get(answer.headers["location"])).text
        assert texts.DIGEST_WEB_AGAIN_DONE.format(count=2) in page
        assert "gui-lai" not in page
        for number in ("9", "x"):
            assert (await client.get(f"{DIGESTS}/{number}")).status_code == 404
            assert (await client.post(f"{DIGESTS}/{number}/gui-lai")).status_code == 404

    run(served, steps, code=ADMIN_CODE)
    assert desk.retried == [2]


def test_what_was_retried_is_a_count_and_nothing_else(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(f"{DIGESTS}/2?lai=<b>x")).text
        assert texts.DIGEST_WEB_AGAIN_DONE.format(count=0) in page

    run(served, steps, code=ADMIN_CODE)


def test_a_preview_is_of_a_cell_and_a_channel_that_are_there(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(PREVIEW, params={"chi-bo": CELLS[1], "kenh": "zalo"})).text
        assert re.search(rf'value="{CELLS[1]}" selected', page)
        assert re.search(r'value="zalo" selected', page)
        assert "Lê Thị Mai" in page
        for wrong in ({"chi-bo": "Chi bộ lạ"}, {"kenh": "fax"}):
            assert (await client.get(PREVIEW, params=wrong)).status_code == 404

    run(served, steps, code=ADMIN_CODE)


# --------------------------------------------------------------------------------------------- as each channel shows it
def test_telegram_shows_its_own_html_and_buttons() -> None:
    [seen] = shown("telegram", [SENT_OUT])
    assert "<b>Văn bản đã được sửa đổi bởi 33-CT/ĐU.</b>" in seen.html
    assert f"<blockquote>“{QUOTE.text}”</blockquote><i>" in seen.html
    assert "&amp; 1 &lt;việc&gt;" in seen.html
    assert [label for row in seen.rows for label in row] == [each.label for each in BUTTONS.choices]


def test_zalo_shows_plain_text_in_its_messages_with_choices_as_numbers() -> None:
    first, last = shown("zalo", [WHOLE, Reply(blocks=(Text(text="Hết."), BUTTONS))])
    assert (first.text, first.html, first.rows) == (plain_text(WHOLE), "", ())
    assert last.text == f"Hết.\n\n{texts.ZALO_CHOOSE}\n1. Đã đọc\n2. Tắt bản tin"
    assert Zalo.capabilities.choices is False


def test_the_page_shows_the_blocks_and_plain_text_the_words() -> None:
    [page] = shown("web", [SENT_OUT])
    assert page.reply == WHOLE
    assert page.rows == (("Đã đọc", "Tắt bản tin"),)
    assert [each.text for each in shown(PLAIN, [SENT_OUT])] == [plain_text(SENT_OUT)]


def test_nothing_of_a_letter_becomes_a_tag_in_any_form(served: Served, desk: DigestDeskInMemory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(PREVIEW)).text
        assert page.count("&amp; 1 &lt;việc&gt;") == 4
        assert "<việc>" not in page

    run(served, steps, code=ADMIN_CODE)


def test_a_member_and_an_administrator_find_their_ways(served: Served) -> None:
    async def member(client: httpx.AsyncClient) -> None:
        assert f'href="{LETTERS}"' in (await client.get("/")).text
        assert DIGESTS not in (await client.get(LETTERS)).text
        await client.post("/ra")
        await sign_in(client, ADMIN_CODE)
        assert f'href="{DIGESTS}"' in (await client.get(LETTERS)).text

    run(served, member)


def test_the_letter_is_made_for_whoever_is_signed_in(served: Served, desk: DigestDeskInMemory) -> None:
    seen: list[Visitor] = []
    mailbox = desk.mailbox

    def watched(visitor: Visitor, number: int | None = None) -> object:
        seen.append(visitor)
        return mailbox(visitor, number)

    desk.mailbox = watched  # type: ignore[assignment, method-assign]

    async def steps(client: httpx.AsyncClient) -> None:
        await client.get(f"{LETTERS}/2?account={ADMIN.account}")

    run(served, steps)
    assert seen == [MEMBER]
