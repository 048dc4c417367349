"""The administrators' pages without a script, and as everybody else and an attacker meet them."""

from __future__ import annotations

import asyncio
import html
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import texts
from bot.channels.web.offices import BUILD, DECISIONS, SHELF, UPLOADS
from bot.corpus.desk import AdministratorsDesk
from index.errors import LibraryDamaged
from tests.channels.web.fakes import ADMIN_CODE, CODE, Served
from tests.channels.web.test_web import JSON, run
from tests.corpus.fakes import paper
from tests.corpus.shelves import PAGED, TEXT, Office, office_in

TICKET = "0123456789abcdef"
FOREIGN = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def office(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Office]:
    with office_in(tmp_path / "office", _migrated_sqlite) as made:
        yield made


@pytest.fixture
def served(tmp_path: Path, office: Office) -> Served:
    return Served(tmp_path, corpus_desk=office.desk)


def address(office: Office, file: str) -> str:
    return f"{SHELF}/{office.id_of(file)}"


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back from the form of corrections."""
    form = page[page.index('name="mark"') : page.index("<fieldset>")]
    mark = re.search(r'name="mark" value="(\w*)"', form)
    assert mark
    fields = dict(re.findall(r'name="(\w+)" type="text" value="([^"]*)"', form))
    title = re.search(r'name="title"[^>]*>([^<]*)<', form)
    file = re.search(r'name="file" value="([^"]+)"', form)
    assert file
    return {**fields, "title": title[1] if title else "", "mark": mark[1], "file": file[1], "draft": ""}


# ------------------------------------------------------------------------------------------------------- who may come
READING = [SHELF, f"{SHELF}?q=phố", SHELF + "/{id}", SHELF + "/{id}?trang=2", SHELF + "/{id}/anh/1", BUILD]
WRITING = [SHELF + "/{id}", BUILD, DECISIONS, UPLOADS, f"{UPLOADS}/{TICKET}"]


@pytest.mark.parametrize("code", [None, CODE], ids=["a stranger", "a member"])
def test_for_everybody_else_there_is_nothing(served: Served, office: Office, code: str | None) -> None:
    before = sorted(path.name for path in office.corpus.iterdir())

    async def steps(client: httpx.AsyncClient) -> None:
        nowhere = await client.get("/khong-co-trang-nay")
        for path in READING:
            answer = await client.get(path.format(id=office.id_of(PAGED)))
            assert (answer.status_code, answer.text) == (404, nowhere.text), path
        for path in WRITING:
            answer = await client.post(path.format(id=office.id_of(PAGED)), files={"file": ("a.txt", paper("9-CT/ĐU"))})
            assert (answer.status_code, answer.text) == (404, nowhere.text), path

    run(served, steps, code=code)
    assert sorted(path.name for path in office.corpus.iterdir()) == before
    assert not (office.corpus.parent / "staged").exists()
    assert not office.reindexing.running


def test_no_other_site_writes_in_an_administrators_name(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for path in WRITING:
            answer = await client.post(path.format(id=office.id_of(TEXT)), data={"title": "giả"}, headers=FOREIGN)
            assert answer.status_code == 403, path

    run(served, steps, code=ADMIN_CODE)
    assert office.sidecar(TEXT) == ""
    assert not office.reindexing.running


@pytest.mark.parametrize(
    "path",
    [
        f"{SHELF}/khong-co",
        f"{SHELF}/..%2F..%2Fstate.sqlite3",
        f"{SHELF}/%00",
        SHELF + "/{id}?trang=0",
        SHELF + "/{id}?trang=99",
        SHELF + "/{id}?trang=-1",
        SHELF + "/{id}?trang=²",
        SHELF + "/{id}/anh/0",
        SHELF + "/{id}/anh/99",
        SHELF + "/{id}/anh/..%2F..%2F..%2Fstate.sqlite3",
        SHELF + "/..%2F..%2Fstate.sqlite3/anh/1",
    ],
)
def test_what_is_no_directive_and_no_page_is_not_there(served: Served, office: Office, path: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert (await client.get(path.format(id=office.id_of(PAGED)))).status_code == 404

    run(served, steps, code=ADMIN_CODE)


def test_a_ticket_that_is_none_leads_nowhere(served: Served) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        for ticket in ("..%2F..%2Fcorpus", "x", TICKET[:-1]):
            assert (await client.post(f"{UPLOADS}/{ticket}", data={"viec": "bo"})).status_code == 404
        gone = await client.post(f"{UPLOADS}/{TICKET}", data={"viec": "nhan"})
        assert texts.ARRIVE_GONE in gone.text
        assert (await client.post(f"{UPLOADS}/{TICKET}", data={"viec": "?"})).status_code == 400

    run(served, steps, code=ADMIN_CODE)


# ------------------------------------------------------------------------------------------------------------- the list
def test_the_list_names_each_directive_and_leads_to_it(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(SHELF)).text
        assert [file for file in (TEXT, PAGED) if file not in page] == []
        assert (await client.get(address(office, PAGED))).status_code == 200
        found = (await client.get(SHELF, params={"q": "trong cay"})).text
        assert (PAGED in found, TEXT in found) == (True, False)
        assert texts.SHELF_NONE in (await client.get(SHELF, params={"q": "<b>không có</b>"})).text

    run(served, steps, code=ADMIN_CODE)


def test_a_browser_finds_the_icon_where_it_looks_for_one(served: Served) -> None:
    """Beside a PDF, which names none."""

    async def steps(client: httpx.AsyncClient) -> None:
        icon = await client.get("/favicon.ico")
        assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")

    run(served, steps, code=None)


def test_only_administrators_are_shown_the_way(served: Served) -> None:
    async def member(client: httpx.AsyncClient) -> None:
        assert SHELF not in (await client.get("/")).text

    async def administrator(client: httpx.AsyncClient) -> None:
        assert SHELF in (await client.get("/")).text

    run(served, member)
    run(served, administrator, code=ADMIN_CODE)


# -------------------------------------------------------------------------------------------------------- one directive
def test_a_page_shows_its_picture_and_what_was_understood_of_it(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(f"{address(office, PAGED)}?trang=2")).text
        assert f"{address(office, PAGED)}/anh/2" in page
        assert "2 Khu phố báo cáo kết quả" in page
        assert "trồng mười cây" not in page
        picture = await client.get(f"{address(office, PAGED)}/anh/2")
        assert picture.content.startswith(b"\x89PNG")
        assert picture.headers["content-type"] == "image/png"
        assert picture.headers["cache-control"].startswith("private")

    run(served, steps, code=ADMIN_CODE)


def test_a_correction_is_saved_and_the_build_that_follows_is_shown(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(address(office, TEXT))).text)
        answer = await client.post(f"{address(office, TEXT)}?trang=1", data={**form, "number": "33-CT/ĐU"})
        assert answer.status_code == 303
        saved = await client.get(answer.headers["location"], follow_redirects=True)
        assert texts.READ_SAVED in saved.text
        office.settle()
        again = await client.get(answer.headers["location"], follow_redirects=True)
        assert 'value="33-CT/ĐU"' in again.text

    run(served, steps, code=ADMIN_CODE)
    office.settle()
    assert [each.file for each in office.library.find("33-CT/ĐU")] == [TEXT]


def test_a_bad_value_is_shown_beside_its_field_as_it_was_typed(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(address(office, TEXT))).text)
        answer = await client.post(address(office, TEXT), data={**form, "date": "<b>hôm qua</b>"})
        assert answer.status_code == 422
        assert 'id="loi-date"' in answer.text
        assert answer.text.count("&lt;b&gt;hôm qua&lt;/b&gt;") == 2
        assert "<b>hôm qua" not in answer.text

    run(served, steps, code=ADMIN_CODE)
    assert office.sidecar(TEXT) == ""


def test_pairs_of_words_are_taken_from_their_rows(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(address(office, PAGED))).text)
        rows = {"read": ["bóng mát", "", "vỉa hè"], "meant": ["ăn quả", "", ""], "at": ["1", "", "1"]}
        answer = await client.post(address(office, PAGED), data={**form, **rows})
        assert answer.status_code == 303

    run(served, steps, code=ADMIN_CODE)
    said = office.understood(PAGED).form.corrections
    assert [(each.read, each.meant, each.page) for each in said] == [("bóng mát", "ăn quả", 1)]


def test_what_was_decided_can_be_taken_back(served: Served, office: Office) -> None:
    clause = "3. Chỉ thị này thay thế Chỉ thị số 31-CT/ĐU, ngày 05/02/2026 của Đảng ủy phường Bình An."
    office.put("moi.txt", paper("40-CT/ĐU").replace("Nơi nhận:".encode(), f"{clause}\n\nNơi nhận:".encode()))
    office.reindexing.begin_soon("web", "w2")
    office.settle()

    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.get(address(office, "moi.txt"))).text
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        sent = {"key": html.unescape(key[1]), "directive": office.id_of("moi.txt"), "page": "1", "was": "rut"}
        assert 'name="was" value="rut"' in page
        offered = [texts.READ_TAKE_BACK in page]
        for was, stands in (("rut", "0"), ("0", "rut")):
            sent["was"] = was
            assert (await client.post(DECISIONS, data={**sent, "stands": stands})).status_code == 303
            offered.append(texts.READ_TAKE_BACK in (await client.get(address(office, "moi.txt"))).text)
        assert offered == [False, True, False]
        for bad in ({"stands": "?"}, {"stands": "1", "was": "?"}, {"stands": "1", "key": "khong-co"}):
            assert (await client.post(DECISIONS, data={**sent, **bad})).status_code == 404
        await client.post(DECISIONS, data={**sent, "was": "rut", "stands": "0"})
        late = await client.post(DECISIONS, data={**sent, "was": "rut", "stands": "1"}, follow_redirects=True)
        assert texts.READ_DECIDED_MEANWHILE in late.text
        assert 'name="was" value="0"' in late.text

    run(served, steps, code=ADMIN_CODE)


def test_what_was_typed_is_there_again_where_a_build_read_the_file_under_another_number(
    served: Served, office: Office
) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        old = address(office, TEXT)
        form = form_of((await client.get(old)).text)
        (office.corpus / TEXT).write_bytes(paper("33-CT/ĐU"))
        office.reindexing.begin_soon("web", "w2")
        office.settle()
        answer = await client.post(f"{old}?trang=1", data={**form, "title": "giữ phố sạch"})
        assert answer.status_code == 422
        assert texts.READ_FAULT_CHANGED in answer.text
        assert form_of(answer.text)["title"] == "giữ phố sạch"
        gone = await client.post(f"{old}?trang=1", data={**form, "file": "khong-co.txt"})
        assert gone.status_code == 404
        again = await client.post(address(office, TEXT), data=form_of(answer.text))
        assert again.status_code == 303

    run(served, steps, code=ADMIN_CODE)
    assert "giữ phố sạch" in office.sidecar(TEXT)


def test_pictures_wait_for_one_another_and_too_many_are_sent_away(
    served: Served, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, drawn = threading.Event(), threading.Event(), list[str]()

    def draw(_: AdministratorsDesk, directive: str, *, page: int) -> tuple[bytes, str]:
        drawn.append(directive)
        begun.set()
        assert go_on.wait(20)
        return b"picture", "image/png"

    monkeypatch.setattr(AdministratorsDesk, "picture", draw)

    async def steps(client: httpx.AsyncClient) -> None:
        picture = f"{address(office, PAGED)}/anh/1"
        asked = [asyncio.create_task(client.get(picture)) for _ in range(12)]
        assert await asyncio.to_thread(begun.wait, 20)
        refused, waiting = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        while len(refused) < 3:
            more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            refused |= more
        assert {(each.result().status_code, each.result().headers["retry-after"]) for each in refused} == {(503, "5")}
        assert len(drawn) == 1
        go_on.set()
        assert {(await each).status_code for each in waiting} == {200}
        assert (await client.get(picture)).status_code == 200

    run(served, steps, code=ADMIN_CODE)
    assert len(drawn) == 10


def test_a_library_that_cannot_be_opened_is_a_page_that_says_to_come_again(
    served: Served, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise LibraryDamaged(folder="library", detail="torn")

    monkeypatch.setattr(AdministratorsDesk, "listing", damaged)

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.get(SHELF)
        assert answer.status_code == 503
        assert texts.WEB_FAULTS[503] in answer.text

    run(served, steps, code=ADMIN_CODE)


# ------------------------------------------------------------------------------------------------------------- uploads
def test_without_a_script_several_files_are_sent_and_each_is_decided_on(served: Served, office: Office) -> None:
    files = [("file", (f"{number}.txt", paper(f"{number}-CT/ĐU"))) for number in (51, 52)]

    async def steps(client: httpx.AsyncClient) -> None:
        page = (await client.post(UPLOADS, files=files)).text
        assert [number for number in ("51-CT/ĐU", "52-CT/ĐU") if number not in page] == []
        tickets = list(dict.fromkeys(re.findall(rf"{UPLOADS}/(\w+)", page)))
        marks = re.findall(r'name="mark" value="(\w+)"', page)
        sent = {"viec": "nhan", "mark": marks[0], "con": " ".join(tickets)}
        after = (await client.post(f"{UPLOADS}/{tickets[0]}", data=sent)).text
        assert texts.ARRIVE_ACCEPTED.format(name="51.txt") in after
        assert f"{UPLOADS}/{tickets[1]}" in after
        dropped = await client.post(f"{UPLOADS}/{tickets[1]}", data={"viec": "bo"}, headers=JSON)
        assert texts.ARRIVE_DROPPED in dropped.json()["rows"][0]

    run(served, steps, code=ADMIN_CODE)
    assert sorted(path.name for path in office.corpus.iterdir()) == ["51.txt", TEXT, PAGED]


def test_without_a_script_pictures_are_one_paper_unless_each_is_said_to_be_one(served: Served) -> None:
    files = [("file", (f"{number}.png", b"torn")) for number in (1, 2)]

    async def steps(client: httpx.AsyncClient) -> None:
        for given, rows in (({}, 1), ({"rieng": "1"}, 2)):
            answer = await client.post(UPLOADS, files=files, data=given, headers=JSON)
            assert len(answer.json()["rows"]) == rows

    run(served, steps, code=ADMIN_CODE)


def test_a_file_above_the_limit_is_refused_in_its_row(served: Served, office: Office) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post(UPLOADS, files={"file": ("to.txt", b"x" * (1024**2 + 1))})
        assert texts.ARRIVE_LARGE.format(megabytes=1) in answer.text
        assert (await client.post(UPLOADS, data={"a": "b"})).status_code == 400

    run(served, steps, code=ADMIN_CODE)


# --------------------------------------------------------------------------------------------------------------- builds
def test_a_build_is_begun_and_looked_at(served: Served, office: Office) -> None:
    office.put("moi.txt", paper("61-CT/ĐU"))

    async def begin(client: httpx.AsyncClient) -> None:
        answer = await client.post(BUILD)
        assert (answer.status_code, answer.headers["location"]) == (303, BUILD)

    async def look(client: httpx.AsyncClient) -> None:
        page = await client.get(BUILD)
        assert "thêm 1" in page.text
        assert "refresh" not in page.headers
        state = (await client.get(BUILD, headers=JSON)).json()
        assert (state["running"], "thêm 1" in state["report"][0]) == (False, True)

    run(served, begin, code=ADMIN_CODE)
    office.settle()
    served.desk.codes[ADMIN_CODE] = next(iter(served.desk.sessions.values()))
    run(served, look, code=ADMIN_CODE)
