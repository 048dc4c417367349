"""The page of duties without a script, and as everybody else and an attacker meet it."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot import texts
from bot.channels.web.duty_pages import DUTIES
from bot.digest.duties.confirmed import confirmed_duties
from bot.digest.duties.desk import DutyPages
from bot.state import accounts, audit, duty_decisions, members
from bot.state.database import Database
from bot.state.members import Role
from bot.validity.register import Register
from index import Due, Recurrence
from tests.administration.office import ADMINISTRATOR, NOW
from tests.channels.web.fakes import ADMIN, ADMIN_CODE, CODE, Served
from tests.channels.web.test_web import run
from tests.digest.duty_papers import DutyLibrary, papers_in
from tests.validity.conftest import ZONE

FOREIGN = {"sec-fetch-site": "cross-site"}


class Pages:
    """What the page is made of. The administrator of the fakes is linked."""

    def __init__(self, folder: Path, library: DutyLibrary, database: Database) -> None:
        self.library, self.database = library, database
        self.register = Register(library, database, zone=ZONE, at_once=True, clock=lambda: NOW)
        self.served = Served(folder, duty_desk=DutyPages(library, database, self.register, clock=lambda: NOW))
        with database.transaction() as db:
            person = members.add(
                db, code=ADMINISTRATOR, name="Trần Văn Quản", cell="1", role=Role("administrator"), now=NOW
            )
            accounts.link(db, member=person.id, channel="web", account=ADMIN.account, chat=ADMIN.chat, now=NOW)

    def confirmed(self) -> list[tuple[str, Due]]:
        with self.database.reading() as db:
            decisions = duty_decisions.everything(db)
        return [(one.who, one.due) for one in confirmed_duties(self.library, decisions, self.register.now())]

    def audited(self) -> list[tuple[str, str]]:
        with self.database.reading() as db:
            return [(entry.actor, entry.action) for entry in audit.entries(db)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> DutyLibrary:
    return papers_in(tmp_path_factory.mktemp("duties"))


@pytest.fixture
def pages(tmp_path: Path, library: DutyLibrary, _migrated_sqlite: Path) -> Iterator[Pages]:
    shutil.copyfile(_migrated_sqlite, tmp_path / "state.sqlite3")
    database = Database.open(f"sqlite:///{tmp_path / 'state.sqlite3'}")
    yield Pages(tmp_path, library, database)
    database.close()


def form_of(page: str, place: int = 1) -> dict[str, str]:
    """What a browser would send back from the form of corrections of this duty."""
    box = page[page.index(f'id="nhiem-vu-{place}"') :]
    box = box[box.index("<details") : box.index("</details>")]
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', box)}


def test_for_everybody_else_there_is_nothing(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        nowhere = await client.get("/khong-co-trang-nay")
        for answer in (await client.get(DUTIES), await client.post(DUTIES, data={"viec": "co", "key": "x"})):
            assert (answer.status_code, answer.text) == (404, nowhere.text)

    for code in (None, CODE):
        run(pages.served, steps, code=code)


def test_no_other_site_decides_in_an_administrators_name(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        assert (await client.post(DUTIES, data={**form, "viec": "co"}, headers=FOREIGN)).status_code == 403

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


def test_each_proposal_stands_with_its_clause(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        page = html.unescape((await client.get(DUTIES)).text)
        assert "Người làm: Khu phố 1" in page
        assert "“Khu phố 1 dọn bến sông, xong trước ngày 20/6/2026.”" in page
        assert texts.DUTIES_LISTS["waiting"].format(count=4) in page
        assert texts.DUTIES_PAST.format(count=1) in page
        assert "cây phượng" not in page
        assert "cây phượng" in (await client.get(DUTIES, params={"muc": "chua-ro-han"})).text

    run(pages.served, steps, code=ADMIN_CODE)


def test_what_is_confirmed_there_counts_and_can_be_taken_back(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        done = await client.post(DUTIES, data={**form, "viec": "co"})
        assert done.status_code == 303
        assert texts.DUTIES_WEB_SAVED in (await client.get(done.headers["location"])).text
        assert pages.confirmed() == [("Khu phố 1", Due(date=date(2026, 6, 20)))]
        form = form_of((await client.get(DUTIES, params={"muc": "da-xac-nhan"})).text)
        assert (await client.post(DUTIES, data={**form, "viec": "rut"})).status_code == 303

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []
    assert pages.audited() == [(ADMINISTRATOR, "duty.confirm"), (ADMINISTRATOR, "duty.reset")]


def test_a_dropped_one_stands_in_its_list(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        await client.post(DUTIES, data={**form, "viec": "bo"})
        assert "dọn bến" not in (await client.get(DUTIES)).text
        assert "dọn bến" in (await client.get(DUTIES, params={"muc": "da-bo"})).text

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


def test_a_corrected_one_counts_as_corrected(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        assert (form["who"], form["due"]) == ("Khu phố 1", "20/6/2026")
        given = {**form, "viec": "sua", "who": "Chi bộ 3", "due": "hằng tháng ngày 25"}
        assert (await client.post(DUTIES, data=given)).status_code == 303
        form = form_of((await client.get(DUTIES, params={"muc": "da-xac-nhan"})).text)
        assert form["due"] == "hằng tháng, ngày 25"
        assert (await client.post(DUTIES, data={**form, "viec": "sua", "who": "Chi bộ 4"})).status_code == 303

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == [("Chi bộ 4", Due(every=Recurrence.MONTH, on=("25",)))]


def test_an_emptied_field_takes_the_time_away(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        await client.post(DUTIES, data={**form, "viec": "sua", "due": " "})
        assert "chưa rõ hạn" in (await client.get(DUTIES, params={"muc": "da-xac-nhan"})).text

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


@pytest.mark.parametrize("due", ["31/02/2027", "1/5/2026", "tuần sau", "người làm: ai đó", "bỏ hạn; người làm: X"])
def test_a_refused_correction_says_why_and_keeps_what_was_typed(pages: Pages, due: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text, 2)
        answer = await client.post(DUTIES, data={**form, "viec": "sua", "due": due, "who": "<b>Tổ 1</b>"})
        assert answer.status_code == 422
        assert 'id="loi-2" role="alert"' in answer.text
        assert "<b>" not in answer.text
        assert (form_of(answer.text, 2)["due"], form_of(answer.text, 2)["who"]) == (due, "<b>Tổ 1</b>")

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(pages: Pages) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = form_of((await client.get(DUTIES)).text)
        await client.post(DUTIES, data={**form, "viec": "bo"})
        answer = await client.post(DUTIES, data={**form, "viec": "co"})
        assert answer.status_code == 422
        assert texts.READ_DECIDED_MEANWHILE in html.unescape(answer.text)

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


@pytest.mark.parametrize(
    ("change", "status"),
    [({"key": "khong-co"}, 404), ({"viec": "xoa"}, 400), ({"muc": "khac"}, 400), ({"trang": "-1"}, 400)],
)
def test_a_form_that_is_not_ours_is_refused(pages: Pages, change: dict[str, str], status: int) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        form = {**form_of((await client.get(DUTIES)).text), "viec": "co", **change}
        assert (await client.post(DUTIES, data=form)).status_code == status

    run(pages.served, steps, code=ADMIN_CODE)
    assert pages.confirmed() == []


@pytest.mark.parametrize("address", ["?muc=khac", "?trang=0", "?trang=²"])
def test_a_list_or_page_that_is_none_is_not_there(pages: Pages, address: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        assert (await client.get(f"{DUTIES}{address}")).status_code == 404

    run(pages.served, steps, code=ADMIN_CODE)
